#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Evolution's accounts when a hand-over ends at any step.

The command line runs below step-runner, which ends it before its N-th change
of a file or message on the bus that changes something.  The next hand-over
makes one account of what is there, and a removal leaves nothing.
"""

import configparser
import glob
import os
import re
import sys
import tempfile
import uuid

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "support"))
import mwtest  # noqa: E402

RUNNER = os.path.join(mwtest.BUILD, "tests", "export", "step-runner")
DRIVER = os.path.join(mwtest.BUILD, "tests", "export", "evolution-driver")
CLI = os.path.join(mwtest.BUILD, "src", "cli", "mailwright-cli")
KILLED = 99
# What is synced a thousand times need not reach a disk.
if os.access("/dev/shm", os.W_OK):
    tempfile.tempdir = "/dev/shm"
PIET = "1d0e8c52-3f3f-4b7e-9a53-0d2c3b1a9f11"
ACCOUNT = """[Account]
Format=1
Label={name}
Address={name}@example.test
SenderName={name}
Signature={name} greets
State=works
Created=2026-01-02T03:04:05Z

[Incoming]
Service=imaps
Host=imap.example.test
Port=993
User={name}@example.test
Auth=PLAIN

[Outgoing]
Service=submissions
Host=smtp.example.test
Port=465
User={name}@example.test
Auth=PLAIN
Authenticate=true
OwnCredentials=false
"""


class Evolution:
    def __init__(self, t):
        mwtest.need(RUNNER, DRIVER, CLI, "evolution", "gnome-keyring-daemon", "secret-tool")
        self.t = t
        self.session = t.session(bus=True, keyring=True)
        self.data = f"{self.session.env['XDG_DATA_HOME']}/mailwright"
        self.config = f"{self.session.env['XDG_CONFIG_HOME']}/evolution"
        self.log = os.path.join(self.session.logs, "steps")
        os.makedirs(f"{self.data}/accounts", 0o700)
        self.jan = None
        self.account(PIET, "piet")
        self.hand_over(PIET, "other")
        self.before = self.state()

    def account(self, number, name):
        """As it is before any hand-over."""
        path = f"{self.data}/accounts/{number}.account"
        with open(path, "w") as file:
            file.write(ACCOUNT.format(name=name))
        os.chmod(path, 0o600)

    def new_account(self):
        """In the place of the former one, which is no account any more."""
        if self.jan is not None:
            os.unlink(f"{self.data}/accounts/{self.jan}.account")
        self.jan = str(uuid.uuid4())
        self.account(self.jan, "jan")

    def export(self, number=None):
        return [CLI, "export", number or self.jan, "--to", "evolution", "--password-stdin",
                "--json"]

    def remove(self):
        return [DRIVER, self.data, self.jan]

    def run(self, argv, password, wrapper=()):
        return self.session.run(*wrapper, *argv, input=password + "\n",
                                env={"STEP_MESSAGES": "1"})

    def hand_over(self, number, password):
        done = self.run(self.export(number), password)
        self.t.equal(done.returncode, 0, done.stdout + done.stderr)

    def kill(self, number, argv, password):
        return self.run(argv, password,
                        (RUNNER, self.session.home, self.log, "kill", str(number)))

    def steps(self):
        with open(self.log) as file:
            return [line.split(" ", 1)[1].strip() for line in file]

    def sources(self):
        found = {}
        for path in glob.glob(f"{self.config}/sources/*.source"):
            file = configparser.RawConfigParser(strict=False)
            file.optionxform = str
            file.read(path)
            found[os.path.basename(path)[:-len(".source")]] = file
        return found

    def secrets(self):
        done = self.session.run("secret-tool", "search", "--all", "--unlock",
                                "eds-origin", "evolution-data-server")
        return sorted(re.findall(r"attribute\.e-source-uid = (\S+)", done.stdout + done.stderr))

    def password(self, uid):
        return self.session.run("secret-tool", "lookup", "e-source-uid", uid).stdout

    def state(self):
        return (sorted(self.sources()), self.secrets(),
                sorted(os.listdir(f"{self.config}/signatures")))

    def check_whole(self, password, where):
        every = self.sources()
        accounts = []
        for uid, file in every.items():
            identity = every.get(file.get("Mail Account", "IdentityUid", fallback=""))
            if identity and identity.get("Mail Identity", "Address") == "jan@example.test":
                accounts.append((uid, identity))
        self.t.equal(len(accounts), 1, f"accounts: {where}")
        [(uid, identity)] = accounts
        transport = identity.get("Mail Submission", "TransportUid")
        signature = identity.get("Mail Identity", "SignatureUid")
        sources, secrets, signatures = self.before
        self.t.equal(set(every) - set(sources),
                     {uid, file_uid(every, identity), transport, signature}, where)
        self.t.equal(self.secrets(), sorted([*secrets, uid, transport]), f"secrets: {where}")
        self.t.equal([self.password(uid), self.password(transport)], [password] * 2, where)
        self.t.equal(sorted(os.listdir(f"{self.config}/signatures")),
                     sorted([*signatures, signature]), where)

    def check_gone(self, where):
        mwtest.wait_for(lambda: sorted(self.sources()) == self.before[0], 10, f"sources: {where}")
        self.t.equal(self.state(), self.before, where)


def file_uid(every, wanted):
    [uid] = [uid for uid, file in every.items() if file is wanted]
    return uid


def chosen(steps):
    """What changes something of Evolution, and the first step after that."""
    wanted = [n for n in range(1, len(steps) + 1)
              if steps[n - 1].startswith("message") or "evolution" in steps[n - 1]]
    return [n for n in range(1, len(steps) + 1) if n in wanted or n == wanted[-1] + 1]


def test_killed_while_creating(t):
    evolution = Evolution(t)
    evolution.new_account()
    t.equal(evolution.kill(0, evolution.export(), "first").returncode, 0)
    evolution.check_whole("first", "not killed")
    steps = evolution.steps()
    evolution.run(evolution.remove(), "")
    evolution.check_gone("not killed")
    for kind in ("CreateItem", "CreateSources", "signatures/"):
        t.true(any(kind in step for step in steps), f"{kind} in {steps}")
    for n in chosen(steps):
        where = f"killed before step {n} ({steps[n - 1]})"
        evolution.new_account()
        t.equal(evolution.kill(n, evolution.export(), "first").returncode, KILLED, where)
        evolution.hand_over(evolution.jan, "first")
        evolution.check_whole("first", where)
        t.equal(evolution.run(evolution.remove(), "").returncode, 0, where)
        evolution.check_gone(where)
    print(f"# {len(chosen(steps))} of {len(steps)} steps")


def test_killed_while_updating_and_removing(t):
    evolution = Evolution(t)
    evolution.new_account()
    evolution.hand_over(evolution.jan, "first")
    t.equal(evolution.kill(0, evolution.export(), "second").returncode, 0)
    # The account file gets another time only when a second has passed.
    steps = [step for step in evolution.steps() if "mailwright/accounts" not in step]
    for n in chosen(steps):
        where = f"killed before step {n} ({steps[n - 1]})"
        evolution.hand_over(evolution.jan, "first")
        t.equal(evolution.kill(n, evolution.export(), "second").returncode, KILLED, where)
        evolution.hand_over(evolution.jan, "second")
        evolution.check_whole("second", where)
    n_update = len(chosen(steps))

    t.equal(evolution.kill(0, evolution.remove(), "").returncode, 0)
    steps = evolution.steps()
    for n in chosen(steps):
        where = f"removal killed before step {n} ({steps[n - 1]})"
        evolution.new_account()
        evolution.hand_over(evolution.jan, "first")
        t.equal(evolution.kill(n, evolution.remove(), "").returncode, KILLED, where)
        t.equal(evolution.run(evolution.remove(), "").returncode, 0, where)
        evolution.check_gone(where)
    print(f"# updating: {n_update} steps, removing: {len(chosen(steps))} of {len(steps)} steps")


mwtest.main(globals())
