#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Thunderbird's files when a hand-over ends at any step, or fails there.

The real exporter runs below step-runner, which ends it, or lets it fail, at
its N-th change of a file, the password helper's changes included.  Afterwards
everything is as before to the byte, or the hand-over is done whole.
"""

import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "support"))
import mwtest  # noqa: E402

TOOL = os.path.join(mwtest.BUILD, "tests", "export", "export-tool")
RUNNER = os.path.join(mwtest.BUILD, "tests", "export", "step-runner")
KILLED = 99
# What is synced a thousand times need not reach a disk.
if os.access("/dev/shm", os.W_OK):
    tempfile.tempdir = "/dev/shm"
PIN = "ab" * 32
JAN = ("--in=imaps:imap.example.test", "--out=submissions:smtp.example.test", f"--pin={PIN}")
# Not part of what is handed over: the lock stays, as Thunderbird leaves it.
IGNORED = (".parentlock",)
BACKUP = "prefs-mailwright-backup.js"


class Home:
    """One home that can be put back to what it was at a moment."""

    def __init__(self, t, root=None):
        mwtest.need(TOOL, RUNNER, "thunderbird")
        self.t = t
        self.session = t.session()
        self.place = self.session.home if root is None else root
        self.home = os.path.join(self.place, "person")
        self.template = os.path.join(self.place, "as-it-was")
        self.log = os.path.join(self.session.logs, "steps")
        os.makedirs(self.home, 0o700)

    def argv(self, command, *arguments):
        return [TOOL, f"--memory={self.home}/memory", *arguments, command]

    def env(self, env=None):
        return {"HOME": self.home} | (env or {})

    def tool(self, command, *arguments, password="first", code=0, wrapper=(), env=None):
        done = self.session.run(*wrapper, *self.argv(command, *arguments), env=self.env(env),
                                input=password + "\n")
        if code is not None:
            self.t.equal(done.returncode, code, done.stdout + done.stderr)
        self.t.true("CRITICAL" not in done.stderr, done.stderr)
        self.t.absent(password, "what was printed", (done.stdout + done.stderr).encode())
        return done

    def outcome(self, command, *arguments, **kwargs):
        return self.tool(command, *arguments, **kwargs).stdout.splitlines()[0]

    def step(self, what, number, command, *arguments, **kwargs):
        return self.tool(command, *arguments, code=None,
                         wrapper=(RUNNER, self.home, self.log, what, str(number)), **kwargs)

    def steps(self):
        with open(self.log) as f:
            return [line.split(" ", 1)[1].strip() for line in f]

    def keep(self):
        shutil.copytree(self.home, self.template, symlinks=True)

    def put_back(self):
        shutil.rmtree(self.home)
        shutil.copytree(self.template, self.home, symlinks=True)

    def state(self):
        """Every file below Thunderbird's folder, with what is in it."""
        found = {}
        for folder, folders, files in os.walk(f"{self.home}/.thunderbird"):
            for name in files:
                if name not in IGNORED:
                    path = os.path.join(folder, name)
                    with open(path, "rb") as f:
                        found[os.path.relpath(path, self.home)] = f.read()
            for name in folders:
                found[os.path.relpath(os.path.join(folder, name), self.home)] = None
        return found

    def left_overs(self):
        return [name for name in self.state() if ".mailwright-" in name]

    def profile(self):
        [path] = glob.glob(f"{self.home}/.thunderbird/*/prefs.js")
        return os.path.dirname(path)


def fresh(home):
    pass


def with_another(home):
    """A profile with an account of somebody else, and his certificate."""
    home.tool("export", "--in=imaps:imap.other.test", "--address=piet@other.test",
              f"--pin={PIN[::-1]}", f"--memory={home.home}/memory-piet")


def with_account(home):
    with_another(home)
    home.tool("export", *JAN)


# name: (what is there, command, its arguments, the password)
SCENARIOS = {
    "create": (fresh, "export", JAN, "first"),
    "add": (with_another, "export", JAN, "first"),
    "update": (with_account, "export", (*JAN, "--name=Jan", "--signature=Groet"), "second"),
    "remove": (with_account, "remove", JAN, "first"),
}


def check_harmless(home, before):
    """What a Thunderbird that starts now would find: no account without its password."""
    for path in glob.glob(f"{home.home}/.thunderbird/*/prefs.js"):
        with open(path) as f:
            has_account = "imap.example.test" in f.read()
        logins = os.path.join(os.path.dirname(path), "logins.json")
        if has_account and os.path.relpath(path, home.home) in before:
            with open(logins) as f:
                names = [login["hostname"] for login in json.load(f)["logins"]]
            home.t.contains(names, "imap://imap.example.test")


def is_new(home, command, arguments, password):
    if command == "remove":
        return home.outcome("remove", *arguments, password=password) == "outcome unchanged"
    return home.outcome("export", *arguments, "--dry-run",
                        password=password) == "outcome unchanged"


def chosen(steps, all_of_them):
    """NSS writes many pages to its own copies, where one is like the next."""
    def is_page(step):
        return ".db-journal" in step or \
            ".db" in step and step.startswith(("pwrite64", "fdatasync", "unlink "))
    return [n for n in range(1, len(steps) + 1)
            if all_of_them or not is_page(steps[n - 1]) or n % 8 == 0]


def count_steps(home, command, arguments, password):
    done = home.step("kill", 0, command, *arguments, password=password)
    home.t.equal(done.returncode, 0, done.stdout + done.stderr)
    home.t.equal(home.left_overs(), [], "left over by a run that was not ended")
    steps = home.steps()
    home.put_back()
    return steps


def check_kills(t, name, all_of_them=False):
    prepare, command, arguments, password = SCENARIOS[name]
    home = Home(t)
    prepare(home)
    home.keep()
    before = home.state()
    steps = count_steps(home, command, arguments, password)
    seen = {"old": 0, "new": 0}
    for n in chosen(steps, all_of_them):
        where = f"{name}, killed before step {n} ({steps[n - 1]})"
        done = home.step("kill", n, command, *arguments, password=password)
        t.equal(done.returncode, KILLED, where)
        check_harmless(home, before)
        # Looking for mail programs heals, and so does what comes next by itself.
        if n % 2 == 0:
            home.tool("targets")
            after = home.state()
            if name == "create" and list(after) == [".thunderbird"]:
                after = before
            if after == before:
                seen["old"] += 1
            else:
                t.equal(home.left_overs(), [], where)
                t.true(is_new(home, command, arguments, password), f"half a state: {where}")
                seen["new"] += 1
        home.tool(command, *arguments, password=password)
        t.true(is_new(home, command, arguments, password), f"not whole in the end: {where}")
        t.equal(home.left_overs(), [], where)
        folders = [path for path in glob.glob(f"{home.home}/.thunderbird/*/") if "." in path]
        t.equal(len(folders), 1, f"{folders} {where}")
        if before:
            after = home.state()
            with_prefs = [path for path in before if path.endswith("prefs.js")]
            foreign = [line for line in before[with_prefs[0]].splitlines()
                       if b"piet" in line or b"imap.other.test" in line]
            t.true(foreign and all(line in after[with_prefs[0]].splitlines() for line in foreign),
                   f"lines of others: {where}")
        home.put_back()
    t.true(seen["old"] > 0 and seen["new"] > 0, f"{name}: both states were seen: {seen}")
    print(f"# {name}: {len(chosen(steps, all_of_them))} of {len(steps)} steps, {seen}")


def test_killed_while_creating(t):
    check_kills(t, "create")


def test_killed_while_adding(t):
    check_kills(t, "add")


def test_killed_while_updating(t):
    check_kills(t, "update")


def test_killed_while_removing(t):
    check_kills(t, "remove")


@mwtest.long
def test_killed_at_every_step(t):
    for name in SCENARIOS:
        check_kills(t, name, all_of_them=True)


def check_failures(t, name, what, all_of_them=False):
    prepare, command, arguments, password = SCENARIOS[name]
    home = Home(t)
    prepare(home)
    home.keep()
    before = home.state()
    # Counted without the steps that cannot fail so.
    done = home.step(what, 0, command, *arguments, password=password)
    t.equal(done.returncode, 0)
    steps = home.steps()
    home.put_back()
    failed = 0
    for n in chosen(steps, all_of_them):
        where = f"{name}, {what} at step {n} ({steps[n - 1]})"
        done = home.step(what, n, command, *arguments, password=password)
        after = home.state()
        if done.returncode == 0:
            t.equal(home.left_overs(), [], where)
            t.true(is_new(home, command, arguments, password), f"half a state: {where}")
        else:
            failed += 1
            t.true(done.stdout.startswith("error "), f"{where}: {done.stdout} {done.stderr}")
            changed = [path for path in after | before
                       if after.get(path, 0) != before.get(path, 0)]
            t.equal(changed, [], f"not as before: {where}")
        home.put_back()
    t.true(failed > len(steps) // 4, f"{failed} of {len(steps)} failed")
    print(f"# {name} {what}: {failed} of {len(steps)} steps failed")


def test_disk_full_while_adding(t):
    check_failures(t, "add", "ENOSPC")


def test_quota_while_updating(t):
    check_failures(t, "update", "EDQUOT+")


def test_disk_full_while_creating(t):
    check_failures(t, "create", "ENOSPC+")


@mwtest.long
def test_every_error_at_every_step(t):
    for name in SCENARIOS:
        for what in ("ENOSPC", "ENOSPC+", "EDQUOT", "EIO", "EROFS+"):
            check_failures(t, name, what, all_of_them=True)


# --- disks as they are ----------------------------------------------------------

def need_root(t):
    if os.geteuid() != 0:
        t.skip("only root can mount")


def test_small_disk(t):
    """A real file system without room, and one that is read-only."""
    need_root(t)
    home = Home(t)
    # In a mount namespace of its own; what is in it ends with the last command.
    script = os.path.join(home.session.logs, "script")
    with open(script, "w") as f:
        f.write("""set -e
mount -t tmpfs -o size=400k,mode=700 none "$HOME"
"$@" export --address=piet@other.test --in=imaps:imap.other.test <&3 >/dev/null
sums() { cd "$HOME" && find . -type f ! -name memory ! -name filler -exec sha256sum {} + | sort; }
before=$(sums)
# All but a little, which is not enough for the copies.
head -c 400k /dev/zero > "$HOME/filler" 2>/dev/null || true
code=0; echo first | "$@" export || code=$?
[ $code = 1 ] && [ "$before" = "$(sums)" ] || { echo "full: $code"; sums; exit 3; }
rm "$HOME/filler"
mount -o remount,ro "$HOME"
code=0; echo first | "$@" export || code=$?
[ $code = 1 ] && [ "$before" = "$(sums)" ] || { echo "read-only: $code"; exit 4; }
mount -o remount,rw "$HOME"
echo first | "$@" export
[ "$before" != "$(sums)" ]
[ -z "$(find "$HOME" -name '.mailwright-*')" ]
""")
    with open(os.path.join(home.session.logs, "password"), "w+") as password:
        password.write("piets\n")
        password.seek(0)
        done = subprocess.run(["unshare", "--mount", "--propagation", "private", "sh", "-c",
                               f'exec 3<&0; . {script}', "sh", TOOL],
                              env=home.session.env | home.env(), stdin=password,
                              capture_output=True, text=True, timeout=60)
    t.equal(done.returncode, 0, done.stdout + done.stderr)
    t.contains(done.stdout, "No space left on device")
    t.contains(done.stdout, "Read-only file system")


def test_missing_permission(t):
    """What mode bits forbid, for somebody who is not root."""
    home = Home(t)
    with_another(home)
    before = home.state()
    profile = home.profile()
    wrapper = ()
    if os.geteuid() == 0:
        wrapper = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
        for folder in (home.session.directory, home.session.home):
            os.chmod(folder, 0o711)
        subprocess.run(["chown", "-R", "65534:65534", home.home], check=True)
    for path, mode, part in ((profile, 0o500, "read-only"),
                             (f"{profile}/prefs.js", 0o400, "read-only"),
                             (f"{profile}/logins.json", 0o400, "read-only"),
                             (f"{profile}/key4.db", 0o400, "read-only"),
                             (f"{profile}/logins.json", 0o000, "Permission denied"),
                             (f"{profile}/.parentlock", 0o000, "Permission denied")):
        former = os.stat(path).st_mode & 0o7777
        os.chmod(path, mode)
        done = home.tool("export", *JAN, wrapper=wrapper, code=1)
        os.chmod(path, former)
        t.contains(done.stdout, part)
        t.contains(done.stdout, os.path.basename(path))
        t.true(home.state() == before, f"{path} {mode:o}: something was changed")
    home.tool("export", *JAN, wrapper=wrapper)
    t.equal(home.left_overs(), [])


def test_link_swapped_in(t):
    """Somebody puts a link where a file was, between any two steps."""
    prepare, command, arguments, password = SCENARIOS["update"]
    home = Home(t)
    prepare(home)
    home.keep()
    profile = home.profile()
    victim = os.path.join(home.session.directory, "victim")
    steps = [n for n, step in enumerate(count_steps(home, command, arguments, password), 1)
             if step.startswith(("openat", "rename", "mkdir"))]
    names = "prefs.js", "logins.json", BACKUP, ".mailwright-new", ".mailwright-old"
    for number, n in enumerate(steps):
        # Each name at every second or third step, all of them at some.
        for name in names[number % 2::2]:
            with open(victim, "w") as f:
                f.write("precious")
            place = os.path.join(profile, name)
            home.step("run", n, command, *arguments, password=password,
                      env={"STEP_COMMAND": f"rm -rf '{place}.was'; mv -T '{place}' '{place}.was' "
                           f"2>/dev/null; ln -s '{victim}' '{place}'"})
            with open(victim) as f:
                t.equal(f.read(), "precious", f"{name} at step {n}")
            t.equal(os.stat(victim).st_nlink, 1)
            home.put_back()


# --- several at once ------------------------------------------------------------

def start(home, *arguments, password):
    process = subprocess.Popen(home.argv("export", *arguments), env=home.session.env | home.env(),
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    process.stdin.write(password + "\n")
    process.stdin.close()
    return process


def check_at_once(t, prepare):
    home = Home(t)
    prepare(home)
    people = [f"person{n}" for n in range(5)]
    processes = [start(home, f"--address={name}@many.test", "--in=imaps:imap.many.test",
                       f"--memory={home.home}/memory-{name}", password=name)
                 for name in people]
    for process in processes:
        said = process.stdout.read()
        t.equal(process.wait(60), 0, said)
    t.equal(home.left_overs(), [])
    t.equal(len(glob.glob(f"{home.home}/.thunderbird/*/prefs.js")), 1)
    for name in people:
        done = home.tool("export", f"--address={name}@many.test", "--in=imaps:imap.many.test",
                         f"--memory={home.home}/memory-{name}", "--dry-run", password=name)
        t.equal(done.stdout.splitlines()[0], "outcome unchanged", name)


def test_several_at_once(t):
    check_at_once(t, with_another)


def test_several_make_the_first_profile(t):
    for _ in range(3):
        check_at_once(t, fresh)


def test_backup_is_named(t):
    home = Home(t)
    with_another(home)
    with open(f"{home.profile()}/prefs.js", "rb") as f:
        before = f.read()
    said = home.tool("export", *JAN).stdout.splitlines()
    path = f"{home.profile()}/{BACKUP}"
    t.contains(said, f"backup {path}")
    with open(path, "rb") as f:
        t.equal(f.read(), before)
    t.equal(os.stat(path).st_mode & 0o7777, 0o600)


mwtest.main(globals())
