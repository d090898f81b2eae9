# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Debian packages that cannot be installed beside others, unpacked into a cache.

apt-get finds out what they need, fetches and checks it, as any user may ask
it to; nothing is installed, and nothing of the system changes.
"""

import glob
import os
import pwd
import re
import shutil
import subprocess
import tempfile

FETCH_SECONDS = 300


class Unavailable(Exception):
    """The packages are not to be had; the text says why."""


def cache_directory():
    """Of the person who asks, also when asking through sudo."""
    own = os.environ.get("MW_CACHE_DIR")
    if own:
        return os.path.abspath(own)
    base = os.environ.get("XDG_CACHE_HOME")
    if not base or not os.path.isabs(base):
        base = os.path.join(os.environ.get("HOME") or pwd.getpwuid(os.getuid()).pw_dir, ".cache")
    return os.path.join(base, "mailwright-tests")


def run(argv, directory):
    try:
        done = subprocess.run(argv, cwd=directory, stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, timeout=FETCH_SECONDS, env=os.environ | {"LC_ALL": "C"})
    except subprocess.TimeoutExpired:
        raise Unavailable(f"{argv[0]} took more than {FETCH_SECONDS} s") from None
    if done.returncode != 0:
        said = [line for line in done.stderr.splitlines() if not line.startswith("W:")]
        raise Unavailable(f"{' '.join(argv[:2])}: {said[0] if said else done.returncode}")
    return done.stdout


def system():
    """What the packages have to fit: another system gets others."""
    with open("/etc/os-release") as f:
        fields = dict(line.strip().partition("=")[::2] for line in f if "=" in line)
    words = (fields.get("ID", ""), fields.get("VERSION_ID", ""), os.uname().machine)
    return "-".join(re.sub(r"[^\w.]", "", word) for word in words)


def unpacked(name, packages):
    """The directory in which PACKAGES and what they need stand as below /."""
    for program in ("apt-get", "dpkg"):
        if shutil.which(program) is None:
            raise Unavailable(f"there is no {program}")
    prefix = os.path.join(cache_directory(), f"{name}-{system()}")
    if os.path.isdir(prefix):
        return prefix

    try:
        os.makedirs(cache_directory(), 0o700, exist_ok=True)
        work = tempfile.mkdtemp(prefix=f"{name}.", dir=cache_directory())
    except OSError as error:
        raise Unavailable(str(error)) from None
    try:
        plan = run(["apt-get", "install", "--simulate", "--no-install-recommends", *packages], work)
        # What the system has already is used from there.
        needed = set(packages) | set(re.findall(r"^Inst (\S+)", plan, re.M))
        quick = ["-o", "Acquire::http::Timeout=20", "-o", "Acquire::Retries=1"]
        if os.geteuid() == 0:
            quick += ["-o", "APT::Sandbox::User=root"]
        run(["apt-get", "download", *quick, *sorted(needed)], work)
        for package in glob.glob(f"{work}/*.deb"):
            run(["dpkg", "--extract", package, f"{work}/root"], work)
        for folder, _, files in os.walk(f"{work}/root"):
            for path in (os.path.join(folder, file) for file in files):
                # Nothing here may lend anybody the rights of its owner.
                if not os.path.islink(path):
                    os.chmod(path, os.stat(path).st_mode & 0o777)
        try:
            os.rename(f"{work}/root", prefix)
        except OSError:
            # Somebody else was faster.
            if not os.path.isdir(prefix):
                raise
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return prefix
