#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""What the real Thunderbird trusts after an account was handed over, and primary passwords."""

import glob
import hashlib
import json
import os
import pty
import sqlite3
import ssl
import subprocess
import sys
import termios

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
import mwtest  # noqa: E402
from mwtest import PASSWORDS, wait_for  # noqa: E402

JAN = "jan@example.test"
PRIMARY = 'pri "źń" 1'
QUESTION = b"go on without it): "
LOGIN_SECONDS = 60


class Home:
    """A home with a keyring in it, and Thunderbird's profile once there is one."""

    def __init__(self, t, screen=False):
        mwtest.need("thunderbird", "certutil")
        self.t = t
        self.session = t.session(lab=LAB, screen="1280x900" if screen else None, keyring=True)

    def cli(self, *arguments, user="jan", stdin=None, code=0):
        done = self.session.cli(*arguments, "--json", password=stdin or PASSWORDS[user])
        self.t.equal(done.code, code, done.out + done.err)
        return done.json

    def add(self, *options, user="jan", **kwargs):
        return self.cli("add", f"{user}@example.test", "--password-stdin", "--to", "thunderbird",
                        *options, user=user, **kwargs)["targets"][0]

    def export(self, *options, user="jan", **kwargs):
        return self.cli("export", f"{user}@example.test", "--to", "thunderbird", *options,
                        user=user, **kwargs)["targets"][0]

    def delete(self, user, *options, **kwargs):
        return self.cli("delete", f"{user}@example.test", "--from", "thunderbird", *options,
                        **kwargs)

    @property
    def profile(self):
        found = glob.glob(f"{self.session.home}/.thunderbird/*.*/prefs.js")
        self.t.equal(len(found), 1, f"profiles: {found}; number")
        return os.path.dirname(found[0])

    def read(self, name):
        with open(f"{self.profile}/{name}", "rb") as f:
            return f.read()

    def files(self):
        return {name: self.read(name) for name in os.listdir(self.profile)
                if os.path.isfile(f"{self.profile}/{name}")}

    def authorities(self):
        """Name -> trust of what stands in the profile."""
        listed = self.session.run("certutil", "-L", "-d", f"sql:{self.profile}", check=True)
        rows = (line.rstrip().rpartition(" ") for line in listed.stdout.splitlines())
        return {name.strip(): trust for name, _, trust in rows if trust.count(",") == 2
                and "/" not in trust and trust != "SSL,S/MIME,JAR/XPI"}

    def lock(self, new=PRIMARY):
        for name, text in (("old", "\n"), ("new", f"{new}\n")):
            with open(f"{self.session.home}/{name}", "w") as f:
                f.write(text)
        self.session.run("certutil", "-W", "-d", f"sql:{self.profile}",
                         "-f", f"{self.session.home}/old", "-@", f"{self.session.home}/new",
                         check=True)

    def windows(self):
        done = self.session.run("xdotool", "search", "--onlyvisible", "--name", ".")
        return [self.session.run("xdotool", "getwindowname", number).stdout.strip()
                for number in done.stdout.split()]

    def start(self):
        self.process = self.session.spawn("thunderbird")

    def stop(self):
        """Ends it by its own number."""
        for pid in mwtest.descendants(self.process.pid) | {self.process.pid}:
            try:
                program = os.path.basename(os.readlink(f"/proc/{pid}/exe"))
                with open(f"/proc/{pid}/cmdline") as f:
                    own_child = "-contentproc" in f.read()
                if program in ("thunderbird", "thunderbird-bin") and not own_child:
                    os.kill(pid, 15)
            except OSError:
                pass
        self.process.wait(30)


def authority():
    """SHA-256 of the lab's authority."""
    with open(LAB.env["MW_LAB_CA"]) as f:
        return hashlib.sha256(ssl.PEM_cert_to_DER_cert(f.read())).hexdigest()


def logged_in(since, user=JAN):
    return any(service == "imap" and who == user for service, who, *_ in LAB.logins(since))


def test_authority_of_this_system(t):
    # It stands in the system's store only: Thunderbird has to be told, after a yes.
    home = Home(t, screen=True)
    said = home.add()
    t.equal([(each["sha256"], each["offered"]) for each in said["needs_authority"]],
            [(authority(), True)])
    t.contains(said["notes"], "authority-offered")
    t.equal(home.authorities(), {})
    before = home.files()
    said = home.export("--trust-authority", "--dry-run")
    t.equal((said["outcome"], said["needs_authority"]), ("done", []))
    t.contains(said["updated"], f"{home.profile}/cert9.db")
    t.true(home.files() == before, "a dry run changed something")

    said = home.export("--trust-authority")
    t.equal((said["outcome"], said["needs_authority"], said["notes"]), ("done", [], []))
    t.equal(list(home.authorities().values()), ["C,,"])
    t.equal(home.export("--trust-authority")["outcome"], "unchanged")
    t.equal(home.export()["outcome"], "unchanged")
    since = LAB.mark()
    home.start()
    wait_for(lambda: logged_in(since), LOGIN_SECONDS, "the log-in")
    titles = wait_for(home.windows, what="a window")
    t.true(not any("alert" in title.lower() or "security" in title.lower() for title in titles),
           f"windows: {titles}")
    home.stop()

    # Another account needs it too: it goes with the last of them.
    t.equal(home.add(user="piet")["needs_authority"], [])
    home.delete("jan")
    t.equal(list(home.authorities().values()), ["C,,"])
    home.delete("piet")
    t.equal(home.authorities(), {})
    t.true(b"mailwright.authority" not in home.read("prefs.js"), "a setting stayed")


def test_authority_without_a_yes(t):
    # The counterpart: Thunderbird refuses the server and says so.
    home = Home(t, screen=True)
    home.add()
    since = LAB.mark()
    home.start()
    wait_for(lambda: any("alert" in title.lower() or "security" in title.lower()
                         for title in home.windows())
             or any("unknown ca" in line or "SSL_accept() failed" in line
                    for line in LAB.lines("dovecot", since)),
             LOGIN_SECONDS, "the refusal")
    t.true(not logged_in(since), "logged in")
    home.stop()


def test_authorities_of_others(t):
    home = Home(t)
    home.add()
    # The person has put it in: it is not ours, and stays.
    home.session.run("certutil", "-A", "-d", f"sql:{home.profile}", "-n", "mine", "-t", "C,,",
                     "-i", LAB.env["MW_LAB_CA"], check=True)
    said = home.export("--trust-authority")
    t.equal((said["outcome"], said["needs_authority"]), ("unchanged", []))
    home.delete("jan")
    t.equal(home.authorities(), {"mine": "C,,"})
    # They have taken the trust away: that is not undone.
    home.session.run("certutil", "-M", "-d", f"sql:{home.profile}", "-n", "mine", "-t", ",,",
                     check=True)
    said = home.add("--trust-authority")
    t.equal([each["offered"] for each in said["needs_authority"]], [False])
    t.equal(home.authorities(), {"mine": ",,"})


def test_authority_of_a_ca_file(t):
    # Given for one run: it is none of this system, and is not handed over.
    home = Home(t)
    without = ("unshare", "-m", "sh", "-c",
               'umount /etc/ssl/certs/ca-certificates.crt && exec "$@"', "sh")
    done = home.session.cli("add", JAN, "--password-stdin", "--to", "thunderbird",
                            "--trust-authority", "--ca-file", LAB.env["MW_LAB_CA"], "--json",
                            password=PASSWORDS["jan"], wrapper=without)
    t.equal(done.code, 0, done.out + done.err)
    said = done.json["targets"][0]
    t.equal([(each["sha256"], each["offered"]) for each in said["needs_authority"]],
            [(authority(), False)])
    t.contains(said["notes"], "authority-unknown")
    t.equal(home.authorities(), {})


def test_passwords_elsewhere(t):
    # Versions to come may keep them in a database and give up the file.
    home = Home(t)
    home.add()
    database = sqlite3.connect(f"{home.profile}/logins.db")
    database.execute("CREATE TABLE loginsL (id INTEGER, origin TEXT)")
    database.commit()
    os.remove(f"{home.profile}/logins.json")
    said = home.export()
    t.equal((said["password"], "other-store" in said["notes"]), ("stored", False))
    database.execute("INSERT INTO loginsL VALUES (1, 'imap://imap.example.test')")
    database.commit()
    t.true("other-store" not in home.export()["notes"], "although the file is there")
    os.remove(f"{home.profile}/logins.json")
    said = home.export()
    t.equal((said["password"], "other-store" in said["notes"]), ("stored", True))


def test_primary_password(t):
    home = Home(t)
    home.add(user="piet")
    home.lock()
    before = home.files()
    said = home.add()
    t.equal(said["password"], "primary-password")
    t.true(home.read("key4.db") == before["key4.db"], "the store changed")
    t.true(home.read("logins.json") == before["logins.json"], "the store changed")

    # A wrong one changes nothing at all.
    before = home.files()
    said = home.export("--primary-password-fd=0", stdin="wrong", code=1)
    t.equal(said["outcome"], "failed")
    t.true(home.files() == before, "something changed")
    t.equal(home.delete("jan", "--primary-password-fd=0", stdin="wrong", code=1), None)
    t.true(home.files() == before, "something changed")

    said = home.export("--primary-password-fd=0", "--trust-authority", stdin=PRIMARY)
    t.equal((said["outcome"], said["password"]), ("done", "stored"))
    t.equal(list(home.authorities().values()), ["C,,"])
    # Of each account the log-ins for fetching and sending.
    t.equal(len(json.loads(home.read("logins.json"))["logins"]), 4)
    for name, contents in home.files().items():
        t.absent(PRIMARY, name, contents)
    home.delete("jan", "--primary-password-fd=0", stdin=PRIMARY)
    t.equal(len(json.loads(home.read("logins.json"))["logins"]), 2)
    t.equal(home.authorities(), {})


def export_at_a_terminal(home, *answers):
    """What it says when ANSWERS are typed, each of them once it reads without echo."""
    terminal, screen = pty.openpty()
    process = home.session.spawn(mwtest.program("mailwright-cli"), "export", JAN,
                                 "--to", "thunderbird", stdin=screen,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    err = b""
    for number, answer in enumerate(answers, 1):
        while err.count(QUESTION) < number:
            read = os.read(process.stderr.fileno(), 4096)
            home.t.true(read, f"it ended without asking: {err}")
            err += read
        wait_for(lambda: not termios.tcgetattr(terminal)[3] & termios.ECHO, what="no echo")
        os.write(terminal, answer.encode() + b"\n")
    out = process.stdout.read().decode()
    said = out, (err + process.stderr.read()).decode(), process.wait()
    os.close(screen)
    os.close(terminal)
    return said


def test_primary_password_at_a_terminal(t):
    home = Home(t)
    home.add()
    home.lock()
    # A new password for the account, so that there is something to hand over.
    os.remove(f"{home.profile}/logins.json")
    out, err, code = export_at_a_terminal(home, "wrong", "")
    t.equal(code, 0, out + err)
    t.contains(err, "not the primary password")
    t.true(not os.path.exists(f"{home.profile}/logins.json"), "a password without a key")
    out, err, code = export_at_a_terminal(home, "wrong", PRIMARY)
    t.equal(code, 0, out + err)
    t.contains(out, "the account is there now")
    t.absent(PRIMARY, "its output", (out + err).encode())
    t.equal(len(json.loads(home.read("logins.json"))["logins"]), 2)


LAB = mwtest.Lab()
mwtest.main(globals())
