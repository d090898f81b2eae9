# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Builds, runs the suites and counts; tests/run has installed what it needs."""

import argparse
import glob
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree

TESTS = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
ROOT = os.path.dirname(TESTS)
BUILD = os.path.abspath(os.environ.get("MW_BUILD_DIR", os.path.join(ROOT, "_build")))

MESON_SUITES = ("style", "unit", "net", "fuzz")
SCRIPT_SUITES = ("style", "lab", "ui", "export", "flatpak")
SUITES = ("style", "unit", "net", "fuzz", "lab", "ui", "export", "flatpak")
SANITIZED = ("unit", "net", "fuzz")
SCRIPT_SECONDS = 1200
# Most of the time of tests is waiting, for servers, windows and programs.
AT_ONCE = min(8, 2 * (os.cpu_count() or 1))


class Count:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def add(self, passed=0, failed=0, skipped=0):
        self.passed += passed
        self.failed += failed
        self.skipped += skipped

    def __iadd__(self, other):
        self.add(other.passed, other.failed, other.skipped)
        return self

    def __str__(self):
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def say(text):
    print(text, flush=True)


def build(directory, *options):
    """Configures (once), builds and installs into the build directory itself."""
    os.makedirs(directory, exist_ok=True)
    steps = [["ninja", "-C", directory],
             ["meson", "install", "-C", directory, "--no-rebuild", "--quiet"]]
    if not os.path.exists(f"{directory}/build.ninja"):
        steps.insert(0, ["meson", "setup", directory, ROOT, f"--prefix={directory}/install",
                         "-Dwerror=true", *options])
    log = f"{directory}/build.log"
    with open(log, "w") as out:
        for step in steps:
            if subprocess.run(step, stdin=subprocess.DEVNULL, stdout=out, stderr=out).returncode:
                with open(log) as f:
                    say(f.read()[-6000:])
                return False
    return True


def run_meson(directory, suite):
    """One suite of C programs; each of their TAP lines counts."""
    base = f"suite-{suite}"
    report = f"{directory}/meson-logs/{base}.junit.xml"
    found = Count()
    if os.path.exists(report):
        os.unlink(report)
    done = subprocess.run(["meson", "test", "-C", directory, "--no-rebuild", "--suite", suite,
                           "--logbase", base, "--print-errorlogs",
                           "--num-processes", str(AT_ONCE)],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if not os.path.exists(report):
        say(f"  nothing to run: suite {suite} has no test")
        found.add(skipped=1)
        return found
    for program in xml.etree.ElementTree.parse(report).getroot().iter("testsuite"):
        number = {key: int(program.get(key, 0))
                  for key in ("tests", "failures", "errors", "skipped")}
        bad = number["failures"] + number["errors"]
        found.add(max(0, number["tests"] - bad - number["skipped"]), bad, number["skipped"])
    if done.returncode != 0:
        found.failed = max(found.failed, 1)
        say(done.stdout[-8000:])
    say(f"  {found}")
    return found


class Script:
    """One test script on its way; what it prints is kept until it has ended."""

    def __init__(self, path):
        self.path = path
        self.suite = os.path.basename(os.path.dirname(path))
        self.output = tempfile.TemporaryFile()
        self.started = time.monotonic()
        self.child = subprocess.Popen([path], stdin=subprocess.DEVNULL, stdout=self.output,
                                      stderr=subprocess.STDOUT, start_new_session=True,
                                      env=os.environ | {"MW_BUILD_DIR": BUILD})
        self.deadline = self.started + SCRIPT_SECONDS
        self.is_late = False

    def has_ended(self):
        if self.child.poll() is not None:
            return True
        if time.monotonic() > self.deadline:
            if self.is_late:
                os.killpg(self.child.pid, signal.SIGKILL)
                self.child.wait()
                return True
            self.stop()  # it tidies up behind itself
            self.is_late = True
            self.deadline += 30
        return False

    def stop(self):
        self.child.send_signal(signal.SIGTERM)

    def read(self):
        self.output.seek(0)
        text = self.output.read().decode(errors="replace")
        return text + f"\nnot ok - did not end in {SCRIPT_SECONDS} s\n" if self.is_late else text


def count_script(script):
    """Every line of TAP counts; without any, the exit code does."""
    output, code = script.read(), script.child.returncode
    found = Count()
    bad = re.findall(r"^not ok\b.*", output, re.M)
    good = re.findall(r"^ok\b.*", output, re.M)
    skips = [line for line in good if re.search(r"# SKIP\b", line, re.I)]
    plan = re.search(r"^1\.\.(\d+)", output, re.M)
    found.add(len(good) - len(skips), len(bad), len(skips))
    if plan and plan[1] == "0" and code == 0:
        pass  # all of it is long
    elif not good and not bad:
        found.add(passed=code == 0, skipped=code == 77, failed=code not in (0, 77))
    elif plan and int(plan[1]) > len(good) + len(bad):
        found.add(failed=int(plan[1]) - len(good) - len(bad))
    elif code not in (0, 77) and not bad:
        found.add(failed=1)
    name = os.path.relpath(script.path, TESTS)
    say(f"  {name}: {found} ({time.monotonic() - script.started:.0f} s)")
    if found.failed:
        say("\n".join("    " + line for line in output.splitlines()[-120:]))
    else:
        for line in skips:
            say("    " + line)
        if code == 77 and not skips:
            say("    " + output.strip()[-500:])
    return found


def scripts_of(suite):
    return [path for kind in ("py", "sh") for path in glob.glob(f"{TESTS}/{suite}/test-*.{kind}")]


def run_scripts(suites):
    """The scripts of all suites, several at once and the long ones first."""
    found = {suite: Count() for suite in suites}
    # A long script has a long text; the analysers only use what time the others leave.
    waiting = sorted((path for suite in suites for path in scripts_of(suite)),
                     key=lambda path: (f"{TESTS}/style/" not in path, -os.path.getsize(path)))
    running = []
    try:
        while waiting or running:
            while waiting and len(running) < AT_ONCE:
                running.append(Script(waiting.pop(0)))
            time.sleep(0.1)
            for script in [script for script in running if script.has_ended()]:
                running.remove(script)
                found[script.suite] += count_script(script)
    except BaseException:
        for script in running:
            script.stop()
        for script in running:
            script.child.wait()
        raise
    total = Count()
    for suite in suites:
        if not scripts_of(suite):
            say(f"  nothing to run: tests/{suite} has no test-*.py")
            found[suite].add(skipped=1)
        say(f"  {suite}: {found[suite]}")
        total += found[suite]
    return total


def main():
    parser = argparse.ArgumentParser(prog="tests/run")
    parser.add_argument("--all", action="store_true",
                        help="the long cases, too")
    parser.add_argument("--yes", action="store_true", help="install packages without asking")
    parser.add_argument("suite", nargs="*", metavar="SUITE", default=[],
                        help=" ".join(SUITES))
    options = parser.parse_args()
    for suite in options.suite:
        if suite not in SUITES:
            parser.error(f"unknown suite {suite}")
    suites = options.suite or list(SUITES)

    # A person's own bus, keyring and settings stay out of it, and their
    # other Pythons too: only the system's has the modules that Meson needs.
    for name in ("DBUS_SESSION_BUS_ADDRESS", "SSLKEYLOGFILE", "G_MESSAGES_DEBUG", "DESTDIR"):
        os.environ.pop(name, None)
    os.environ["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin:" + os.environ.get("PATH", "")

    if options.all:
        os.environ["MW_ALL"] = "1"

    count = Count()
    say(f"== build ({BUILD})")
    if not build(BUILD):
        count.add(failed=1)
        say("the build failed")
        say(str(count))
        return 1
    sanitized = f"{BUILD}/sanitized"
    has_sanitized = False
    if set(suites) & set(SANITIZED):
        say("== build with sanitizers")
        # gcc: with clang the shared library would miss the sanitizer's symbols.
        os.environ["CC"] = "gcc"
        has_sanitized = build(sanitized, "-Dapp=disabled", "-Doptimization=1",
                              "-Db_sanitize=address,undefined", "-Db_lundef=false")
        if not has_sanitized:
            count.add(failed=1)
            say("the build with sanitizers failed")
    os.environ.setdefault("ASAN_OPTIONS", "detect_leaks=1:abort_on_error=0")
    os.environ.setdefault("UBSAN_OPTIONS", "halt_on_error=1:print_stacktrace=1")

    for suite in [suite for suite in MESON_SUITES if suite in suites]:
        say(f"== {suite}")
        count += run_meson(BUILD, suite)
        if suite in SANITIZED and has_sanitized:
            say(f"== {suite}, with sanitizers")
            count += run_meson(sanitized, suite)
    scripts = [suite for suite in SCRIPT_SUITES if suite in suites]
    if scripts:
        say(f"== scripts of {', '.join(scripts)}")
        count += run_scripts(scripts)

    say("")
    say(str(count))
    return 1 if count.failed else 0


if __name__ == "__main__":
    # Ctrl-C and a CI's patience end the running script, which tidies up.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if shutil.which("meson") is None:
        print("meson is missing")
        print("0 passed, 1 failed, 0 skipped")
        sys.exit(1)
    sys.exit(main())
