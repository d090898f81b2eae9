#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Pressing twice, closing the window at any moment, and windows of any size."""

import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402
from mwwalk import Walk  # noqa: E402

LAB = mwtest.Lab()
DESK = mwui.Desk(lab=LAB, keyring=True)
JAN = mwtest.PASSWORDS["jan"]


def sign_in(address, password=JAN):
    app = DESK.start()
    app.type("Email address", address)
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")
    app.type("Password", password)
    return app


def by_hand():
    app = DESK.start()
    app.press("Enter the Servers by Hand")
    app.wait("text", "Incoming server")
    app.type("Email address", "jan@selfsigned.test")
    app.type("Password", JAN)
    app.type("Incoming server", "imap.selfsigned.test")
    app.type("Outgoing server", "imap.selfsigned.test")
    app.press("Check")
    app.press("Show Certificate", seconds=30)
    app.wait("push button", "Trust This Certificate")
    return app


def close(t, app, what):
    """The window goes at once, and the program ends as it should."""
    app.key("ctrl+w")
    try:
        code = app.process.wait(10)
    except subprocess.TimeoutExpired:
        raise mwtest.Failure(f"the window stays open: {what}\n{app.describe()}") from None
    t.equal(code, 0, f"{what}: {app.log()[-2000:]}")


def test_connect_twice(t):
    app = sign_in("jan@example.test", "not the password")
    since = LAB.mark()
    button = app.find_pressable("push button", "Connect")
    for _ in range(3):
        DESK.atspi.Action.do_action(button.get_action_iface(), 0)
    app.wait("push button", "Copy Report", seconds=30)
    app.key("Return", "Return")
    app.wait("alert", "Type the password again.")
    t.equal(len(LAB.presentations(since)), 1, "passwords shown")


def test_enter_twice(t):
    app = sign_in("jan@example.test", "not the password")
    since = LAB.mark()
    app.key("Return", "Return", "Return")
    app.wait("push button", "Copy Report", seconds=30)
    time.sleep(1)
    t.equal(len(LAB.presentations(since)), 1, "passwords shown")


def test_close_while_checking(t):
    app = sign_in("jan@silent.test")
    app.press("Connect")
    app.wait("push button", "Cancel")
    app.press("Details")
    close(t, app, "while it checks")


def test_close_at_once(t):
    app = sign_in("jan@example.test")
    app.press("Connect")
    close(t, app, "as soon as it checks")


def test_close_at_the_question(t):
    app = sign_in("jan@srvonly.test")
    app.press("Connect")
    app.wait("push button", "Send the Password There", seconds=30)
    close(t, app, "at the question")


def test_close_at_the_problem(t):
    app = sign_in("jan@refused.test")
    app.press("Connect")
    app.wait("push button", "Copy Report", seconds=60)
    close(t, app, "at the problem")


def test_end_behind_a_dialog(t):
    """Whoever ends the session does not ask for dialogs to be closed first."""
    app = by_hand()
    app.process.terminate()
    app.process.wait(10)
    t.true("CRITICAL" not in app.log() and "WARNING" not in app.log(), app.log()[-2000:])


def test_sizes(t):
    """What opens over a narrow window is no wider, and everything bears any size."""
    app = by_hand()
    app.key("Escape")
    app.gone("push button", "Trust This Certificate")
    for width, height in ((412, 400), (900, 850), (412, 692)):
        app.resize(width, height)
        time.sleep(0.5)
        parent = app.width()
        app.press("Show Certificate")
        app.wait("push button", "Trust This Certificate")
        t.true(app.width() <= parent, f"the certificate is {app.width()} wide before {parent}")
        app.key("Escape")
        app.gone("push button", "Trust This Certificate")
        app.press("Copy Report")
        app.wait("push button", "Copy")
        t.true(app.width() <= parent, f"the report is {app.width()} wide before {parent}")
        app.key("Escape")
        app.gone("push button", "Copy")


def passwords_kept(account):
    done = DESK.session.run("secret-tool", "search", "--all", "--unlock", "account", account)
    return (done.stdout + done.stderr).count("account = ")


class Step:
    """A home with an account called Work in it and in Thunderbird, its window, and the window's
    end in the middle of something."""

    def __init__(self, t):
        self.t = t
        self.walk = Walk(DESK)
        done = DESK.session.cli("add", "jan@example.test", "--password-stdin", "--label", "Work",
                                "--in", "imaps:imap.example.test",
                                "--out", "submissions:smtp.example.test",
                                "--to", "thunderbird", "--trust-authority", password=JAN,
                                env=self.walk.app.env)
        t.equal(done.code, 0, done)
        self.walk.app = DESK.start(home=self.walk)
        self.walk.wait("list item", "Work")
        self.before = self.read()

    def read(self):
        found = {}
        for path in self.walk.files():
            with open(path) as f:
                found[os.path.basename(path)] = f.read()
        return found

    def end(self, what):
        """As the session does it, which asks nobody; the window's own button is behind a dialog."""
        app = self.walk.app
        if app.find("push button", "Close") is not None:
            app.press("Close")
        try:
            code = app.process.wait(5)
        except subprocess.TimeoutExpired:
            app.process.terminate()
            code = app.process.wait(15)
        self.t.true(code in (0, -15), f"{what}: {code} {app.log()[-2000:]}")
        for word in ("CRITICAL", "WARNING"):
            self.t.true(word not in app.log(), f"{what}: {app.log()[-2000:]}")


@mwtest.long
def test_everything_twice(t):
    """A whole day with each button pressed twice, and nothing is done twice."""
    walk = Walk(DESK, presses=2)
    before = walk.prefs().count('"imap.example.test"')
    walk.day()
    t.equal(walk.files(), [], "accounts that came a second time")
    t.equal(walk.prefs().count('"imap.example.test"'), before + 1,
            "servers in Thunderbird, where one was left without a tick to remove it")
    t.equal(walk.quit(), 0, walk.app.log()[-2000:])


@mwtest.long
def test_close_while_an_account_is_changed(t):
    step = Step(t)
    walk = step.walk
    walk.choose("Edit…", "Menu of Work")
    walk.type("Outgoing server", "smtp.silent.test")
    walk.press("Save")
    walk.wait("push button", "Cancel")
    step.end("while a change is proved")
    t.equal(step.read(), step.before, "accounts after a proof that did not end")

    step = Step(t)
    walk = step.walk
    walk.choose("Edit…", "Menu of Work")
    walk.type("Account name", "Private")
    walk.press("Save")
    step.end("while a change is saved")
    t.equal(len(step.read()), 1, "accounts")
    t.contains(list(step.read().values())[0], "Label=Private")

    step = Step(t)
    walk = step.walk
    walk.choose("Change Password…", "Menu of Work")
    walk.type("New password", JAN, role="password text")
    walk.press("Change")
    step.end("while a password is changed")
    t.equal(len(step.read()), 1, "accounts")
    t.equal(passwords_kept(list(step.read())[0].removesuffix(".account")), 1, "passwords kept")

    step = Step(t)
    walk = step.walk
    walk.delete("Work")
    step.end("while a deletion can be taken back")
    t.equal(step.read(), {}, "accounts")


@mwtest.long
def test_close_while_programs_are_changed(t):
    step = Step(t)
    walk = step.walk
    walk.choose("Edit…", "Menu of Work")
    walk.type("Account name", "Private")
    walk.press("Save")
    walk.press("Update")
    step.end("while a copy is changed")
    whole = walk.prefs()
    t.true('"Private"' in whole or '"Work"' in whole, "the account has no name in Thunderbird")
    t.equal(len(step.read()), 1, "accounts")

    step = Step(t)
    walk = step.walk
    walk.choose("Import Accounts…")
    walk.press("Import from Thunderbird")
    walk.press("Import")
    walk.wait("alert", "Are These Your Mail Servers?")
    walk.press("Import")
    step.end("while an account is imported")
    t.true(len(step.read()) in (1, 2), "accounts")
    for name in step.read():
        t.true(passwords_kept(name.removesuffix(".account")) > 0, "an account lost its password")


@mwtest.long
def test_close_behind_a_file_chooser(t):
    step = Step(t)
    walk = step.walk
    walk.choose("Share Set-Up…", "Menu of Work")
    walk.app.pick("Share as", "Down", "Down", "Down")
    walk.press("Save…")
    walk.wait("label", "Name:")
    step.end("while a file is chosen")
    t.equal(step.read(), step.before)

    step = Step(t)
    walk = step.walk
    walk.choose("Open Set-Up File…")
    walk.wait("push button", part="_Open")
    step.end("while a file to open is chosen")
    t.equal(step.read(), step.before)


mwtest.main(globals())
