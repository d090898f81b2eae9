#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Accounts out of Thunderbird, by the window: chosen, their servers agreed to, saved, checked,
and handed to Evolution."""

import glob
import os
import shutil
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402

LAB = mwtest.Lab()
DESK = mwui.Desk(lab=LAB, keyring=True)
PRIMARY = "Prim ąry\"1"


class Home:
    """A home where Thunderbird has accounts that Mailwright put there and forgot."""

    def __init__(self, *users):
        DESK.up()
        mwtest.need("modutil")
        self.directory = tempfile.mkdtemp(dir=DESK.session.directory)
        self.data = f"{self.directory}/.local/share"
        self.profile = f"{self.directory}/.thunderbird/abcd.default"
        os.makedirs(self.profile)
        with open(f"{self.directory}/.thunderbird/profiles.ini", "w") as f:
            f.write("[Profile0]\nName=default\nIsRelative=1\nPath=abcd.default\nDefault=1\n")
        with open(f"{self.profile}/prefs.js", "w") as f:
            f.write('user_pref("mail.shell.checkDefaultClient", false);\n')
        for user in users:
            done = DESK.session.cli("add", f"{user}@example.test", "--password-stdin",
                                    "--to", "thunderbird", password=mwtest.PASSWORDS[user],
                                    env={"HOME": self.directory, "XDG_DATA_HOME": self.data})
            mwtest.wait_for(lambda: done.code == 0, 1, f"the account: {done.out}{done.err}")
        shutil.rmtree(f"{self.data}/mailwright")

    def lock(self):
        """Gives Thunderbird's passwords a primary password, as Thunderbird does."""
        path = f"{self.directory}/primary"
        with open(path, "w") as f:
            f.write(PRIMARY + "\n")
        DESK.session.run("modutil", "-force", "-changepw", "NSS Certificate DB", "-dbdir",
                         f"sql:{self.profile}", "-newpwfile", path, check=True)

    def read(self):
        files = {}
        for name in ("prefs.js", "logins.json", "key4.db"):
            with open(f"{self.profile}/{name}", "rb") as f:
                files[name] = f.read()
        return files

    def accounts(self):
        return glob.glob(f"{self.data}/mailwright/accounts/*-*.account")


def open_import(app):
    app.press("Main Menu")
    app.press("Import Accounts…", role="menu item")
    app.press("Import from Thunderbird")  # Evolution is there, too
    app.wait("alert", "Accounts in Thunderbird", seconds=30)


def test_import(t):
    home = Home("jan", "piet")
    before = home.read()
    app = DESK.start(home=home)
    app.wait("heading", "Add Your Mail Account")
    since = LAB.mark()
    open_import(app)
    app.wait("label", part="IMAP: imap.example.test, SSL/TLS")
    app.wait("label", part="Its password comes along.")
    app.key("Tab")
    mwtest.wait_for(lambda: app.has_focus("list item", "jan@example.test"), what="the first row")
    app.key("Down")
    mwtest.wait_for(lambda: app.has_focus("list item", "piet@example.test"), what="the second row")
    app.key("space")
    mwtest.wait_for(lambda: not app.is_checked(app.find("check box", "piet@example.test")),
                    what="piet not to be ticked")

    # The page is the question, and Enter never says yes.
    app.press("Import")
    app.wait("alert", "Are These Your Mail Servers?")
    app.wait("label", "imap.example.test")
    mwtest.wait_for(lambda: app.has_focus("push button", "Cancel"), what="the focus on Cancel")
    app.key("Return")
    app.wait("alert", "Accounts in Thunderbird")
    t.equal(home.accounts(), [], "accounts without a yes")
    t.true(not app.is_checked(app.wait("check box", "piet@example.test")), "piet is ticked again")
    app.press("Import")
    app.wait("alert", "Are These Your Mail Servers?")
    app.press("Import")
    app.wait("alert", "1 Account Imported")
    t.equal(len(home.accounts()), 1, "accounts")
    with open(home.accounts()[0], "rb") as f:
        t.absent(mwtest.PASSWORDS["jan"], "the account", f.read())
    t.equal(LAB.presentations(since), [], "passwords shown")
    t.equal(home.read(), before, "files of Thunderbird")

    # Into the other program, all in one go.
    app.press("Add to Evolution")
    app.wait("label", part="The account is there", seconds=30)
    app.press("Done")
    app.wait("list item", "jan@example.test")
    app.wait("label", part="Not checked yet")

    # The password came along: nothing has to be typed for the check.
    app.press("Menu of jan@example.test")
    app.press("Check Again", role="menu item")
    app.wait("label", part="Works, checked today", seconds=60)

    # What is here already cannot be imported again.
    open_import(app)
    app.wait("label", part="among your accounts")
    t.true(not app.is_sensitive(app.wait("check box", "jan@example.test")), "jan can be ticked")
    app.key("Escape")


def test_primary_password(t):
    home = Home("jan")
    home.lock()
    app = DESK.start(home=home)
    open_import(app)
    app.wait("label", part="locked with the primary password")
    app.type("Primary password of Thunderbird", "another one")
    app.press("Unlock")
    app.wait("label", "The primary password is another one.", seconds=30)
    app.type("Primary password of Thunderbird", PRIMARY)
    app.press("Unlock")
    app.wait("label", part="Its password comes along.", seconds=30)
    t.true(app.find("push button", "Unlock") is None, "still something to unlock")
    app.press("Import")
    app.wait("alert", "Are These Your Mail Servers?")
    app.press("Import")
    app.wait("alert", "1 Account Imported", seconds=30)


mwtest.main(globals())
