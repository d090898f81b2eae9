#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""What will change is seen before a hand-over, and asked where a yes is needed."""

import glob
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402

LAB = mwtest.Lab()
DESK = mwui.Desk(lab=LAB, keyring=True)
JAN = mwtest.PASSWORDS["jan"]
PREFS = 'user_pref("mail.server.server9.type", "none");\n'
SERVERS = "--in", "imaps:imap.example.test", "--out", "submissions:smtp.example.test"


FAKE = os.path.join(os.path.dirname(os.path.realpath(__file__)), "fake-notifications.py")


def take_notifications():
    """A window that lost the focus to a question sends some."""
    if not os.path.exists(f"{DESK.up().session.logs}/notifications.log"):
        DESK.session.spawn("/usr/bin/python3", FAKE, name="notifications",
                           stdin=subprocess.PIPE, text=True)
        mwtest.wait_for(lambda: "ready" in DESK.session.log("notifications"),
                        what="the notifications")


class Home:
    """A home with an account in Mailwright and a profile of Thunderbird."""

    def __init__(self, *options):
        take_notifications()
        self.directory = tempfile.mkdtemp(dir=DESK.session.directory)
        self.profile = f"{self.directory}/.thunderbird/abcd.default"
        os.makedirs(self.profile)
        with open(f"{self.directory}/.thunderbird/profiles.ini", "w") as f:
            f.write("[Profile0]\nName=default\nIsRelative=1\nPath=abcd.default\nDefault=1\n")
        with open(f"{self.profile}/prefs.js", "w") as f:
            f.write(PREFS)
        self.data = f"{self.directory}/.local/share"
        # Untested, it is not known which authority the servers have.
        self.cli("add", "jan@example.test", "--password-stdin", "--label", "Work", *SERVERS,
                 *(options or ["--untested"]))

    def cli(self, *arguments, password=JAN):
        done = DESK.session.cli(*arguments, password=password, env={
            "HOME": self.directory, "XDG_DATA_HOME": self.data})
        assert done.code == 0, done
        return done

    def by_hand(self, address, *servers):
        """An account of which this Mailwright knows nothing."""
        other = f"{self.directory}/other"
        user = address.partition("@")[0]
        self.cli("add", address, "--password-stdin", "--untested", "--no-keyring", *servers,
                 "--data-dir", other, "--to", "thunderbird", "--label", "By hand",
                 password=mwtest.PASSWORDS[user])

    def files(self):
        found = {}
        for path in glob.glob(f"{self.directory}/.thunderbird/**", recursive=True):
            if os.path.isfile(path):
                with open(path, "rb") as f:
                    found[path] = f.read()
        return found

    def prefs(self):
        with open(f"{self.profile}/prefs.js") as f:
            return f.read()

    def logins(self):
        with open(f"{self.profile}/logins.json") as f:
            return json.load(f)["logins"]

    def start(self):
        app = DESK.start(home=self)
        app.press("Menu of Work")
        app.press("Export…", role="menu item")
        app.wait("push button", "Add to Thunderbird")
        return app


def wait_done(app):
    app.wait("push button", "Open Thunderbird")


def test_plain_account(t):
    home = Home()
    before = home.files()
    app = home.start()
    app.press("What will change in Thunderbird")
    app.wait("label", "The account jan@example.test is added")
    app.wait("label", "The account is called “Work”")
    app.wait("label", "Receiving: imap.example.test, port 993, SSL/TLS")
    app.wait("label", "The password is stored")
    t.true(app.has_focus("alert", "What Will Change in Thunderbird"), "the heading has no focus")
    t.equal(home.files(), before, "files after a look")
    app.key("Escape")
    app.gone("label", "The password is stored")

    # One click, and no question.
    app.press("Add to Thunderbird")
    wait_done(app)
    app.wait("label", part=f"kept in {home.profile}/prefs-mailwright-backup.js")
    t.equal(len(home.logins()), 2)


def test_made_by_hand(t):
    home = Home()
    home.by_hand("jan@example.test", "--in", "imap:imap.example.test",
                 "--out", "submissions:smtp.example.test")
    before = home.files()
    app = home.start()
    app.press("Add to Thunderbird")
    app.wait("label", "“jan@example.test” Is Already Set Up in Thunderbird")
    app.wait("label", "Receiving: imap.example.test, port 993, SSL/TLS instead of "
             "imap.example.test, port 143, STARTTLS")
    t.true(app.find("label", "The password is stored") is None, "it is there already")
    # The safe answer is the one at hand.
    app.key("Return")
    app.gone("push button", "Update It")
    app.wait("push button", "Add to Thunderbird")
    t.equal(home.files(), before, "files after a no")

    app.press("Add to Thunderbird")
    app.press("Update It")
    wait_done(app)
    app.wait("label", part="Receiving: imap.example.test, port 993")
    t.contains(home.prefs(), '"mail.server.server1.port", 993')
    t.contains(home.prefs(), '"mail.server.server1.name", "By hand"')


def lock_passwords(home, primary):
    for name, text in (("old", "\n"), ("new", primary + "\n")):
        with open(f"{home.directory}/{name}", "w") as f:
            f.write(text)
    DESK.session.run("certutil", "-W", "-d", f"sql:{home.profile}", "-f",
                     f"{home.directory}/old", "-@", f"{home.directory}/new", check=True)


def test_primary_password(t):
    mwtest.need("certutil")
    home = Home()
    home.by_hand("piet@example.test", *SERVERS)
    lock_passwords(home, "open sesame")
    before = home.files()
    app = home.start()
    app.press("Add to Thunderbird")
    app.wait("label", "Primary Password of Thunderbird")
    app.wait("push button", "Hand Over Without the Password")
    t.true(not app.is_sensitive(app.wait("push button", "Unlock")), "nothing can be unlocked yet")
    app.keys("sesame")
    app.press("Unlock")
    app.wait("label", part="That is not the primary password")
    t.equal(home.files(), before, "files after a wrong password")
    app.keys("open sesame")
    app.key("Return")
    wait_done(app)
    t.equal(len(home.logins()), 4)


def test_without_the_password(t):
    mwtest.need("certutil")
    home = Home()
    home.by_hand("piet@example.test", *SERVERS)
    lock_passwords(home, "open sesame")
    app = home.start()
    app.press("Add to Thunderbird")
    app.press("Hand Over Without the Password")
    wait_done(app)
    app.wait("label", part="it will ask for the password once")
    t.equal(len(home.logins()), 2)
    t.contains(home.prefs(), '"jan@example.test"')


def test_unusual_place(t):
    home = Home()
    place = f"{home.directory}/elsewhere"
    os.rename(f"{home.directory}/.thunderbird", place)
    os.symlink(place, f"{home.directory}/.thunderbird")
    before = home.files()
    app = home.start()
    app.press("Add to Thunderbird")
    app.wait("label", "Use This Folder?")
    app.wait("label", part=f"in an unusual place: {place}/abcd.default")
    app.press("Cancel")
    app.wait("push button", "Add to Thunderbird")
    t.equal(home.files(), before, "files after a no")
    app.press("Add to Thunderbird")
    app.press("Use This Folder")
    wait_done(app)
    t.contains(home.prefs(), '"imap.example.test"')


def test_authority(t):
    mwtest.need("certutil")
    home = Home("--name", "Jan")
    before = home.files()
    app = home.start()
    app.press("Add to Thunderbird")
    app.wait("label", "Trust “Mailwright lab CA” in Thunderbird?")
    app.wait("label", part="Thunderbird will trust it for every server there is")
    mwtest.wait_for(lambda: app.has_focus("push button", "Cancel"), what="the focus on Cancel")
    app.key("Return")
    app.gone("push button", "Trust for Every Server")
    t.equal(home.files(), before, "files after a no")
    app.press("Add to Thunderbird")
    app.press("Trust for Every Server")
    wait_done(app)
    listed = DESK.session.run("certutil", "-L", "-d", f"sql:{home.profile}", check=True)
    t.contains(listed.stdout, "C,,")


mwtest.main(globals())
