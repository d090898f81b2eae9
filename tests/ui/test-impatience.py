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


mwtest.main(globals())
