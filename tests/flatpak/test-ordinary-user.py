#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""The other scripts once more for somebody who is not root, as those are who run them by hand."""

import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwflatpak  # noqa: E402
from mwflatpak import mwtest  # noqa: E402

NOBODY = 65534
SCRIPTS = ("test-package.py", "test-links.py", "test-secrets.py", "test-hidden.py")
SECONDS = 900


def show(path, *names):
    """Lets everybody see a folder, wherever it is, below that of this script's homes."""
    place = os.path.join(os.environ[mwflatpak.INSIDE], *names)
    os.makedirs(place)
    subprocess.run(["mount", "--bind", path, place], check=True)
    return place


def run_as_user(t, script, home, **env):
    env = {"HOME": home, "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "USER": "nobody",
           "LOGNAME": "nobody"} | env
    child = subprocess.Popen(
        ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", script],
        env=env, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, preexec_fn=mwtest.die_with_parent)
    output, _ = child.communicate(timeout=SECONDS)
    # Documents need FUSE, which not every machine lets everybody use.
    bad = re.findall(r"^not ok\b.*|^ok\b.*# SKIP(?!.*/dev/fuse).*", output, re.M)
    good = re.findall(r"^ok\b", output, re.M)
    plan = re.search(r"^1\.\.(\d+)", output, re.M)
    t.true(child.returncode == 0 and not bad and plan and len(good) == int(plan[1]),
           f"{os.path.basename(script)}: {child.returncode}\n{output[-6000:]}")


def need_root(t):
    if os.geteuid() != 0:
        t.skip("run by an ordinary user already")


def test_with_what_root_has_built(t):
    need_root(t)
    package = mwflatpak.build().folder
    tree = show(mwtest.ROOT, "source")
    runtime = show(mwflatpak.runtime(), os.path.basename(mwflatpak.runtime()))
    show(package, "build", "flatpak", os.path.basename(package))
    home = tempfile.mkdtemp()
    os.chown(home, NOBODY, NOBODY)
    for script in SCRIPTS:
        run_as_user(t, f"{tree}/tests/flatpak/{script}", home, MW_FLATPAK_RUNTIME=runtime,
                    MW_BUILD_DIR=os.path.join(os.environ[mwflatpak.INSIDE], "build"))


@mwtest.long
def test_from_nothing(t):
    """The runtime and the package, too."""
    need_root(t)
    tree = os.path.join(os.environ[mwflatpak.INSIDE], "source")
    if not os.path.isdir(tree):
        show(mwtest.ROOT, "source")
    # Too much for a home in memory.
    folder = tempfile.mkdtemp(dir="/var/tmp", prefix="mw-flatpak-")
    try:
        # All but what the compiler made: that is the same for everybody.
        compiled = os.path.join(os.path.dirname(mwflatpak.runtime()), "ccache")
        if os.path.isdir(compiled):
            shutil.copytree(compiled, f"{folder}/cache/flatpak/ccache")
        subprocess.run(["chown", "-R", f"{NOBODY}:{NOBODY}", folder], check=True)
        run_as_user(t, f"{tree}/tests/flatpak/{SCRIPTS[0]}", folder, MW_CACHE_DIR=f"{folder}/cache",
                    MW_BUILD_DIR=f"{folder}/build")
    finally:
        shutil.rmtree(folder)


mwflatpak.main(globals())
