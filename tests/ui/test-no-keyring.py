#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Without a keyring the person knows it before a password is asked for."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402

LAB = mwtest.Lab()
DESK = mwui.Desk(lab=LAB, services=False)
PASSWORD = mwtest.PASSWORDS["jan"]


def test_said_before_the_password(t):
    app = DESK.start()
    app.wait("label", part="This session has no keyring")
    app.type("Email address", "jan@example.test")
    app.press("Continue")
    app.wait("label", part="This session has no keyring")
    t.true(not app.is_sensitive(app.wait("push button", "Connect")),
           "Connect can be pressed before the question was answered")
    t.true(app.find("label", part="kept in this computer") is None,
           "promises a keyring that is not there")

    app.press("Go on without saving the password", role="check box")
    mwtest.wait_for(lambda: app.is_sensitive(app.wait("push button", "Connect")),
                    what="Connect to be sensitive")
    app.type("Password", PASSWORD)
    app.press("Connect")
    app.wait("alert", part="Account Set Up with IMAP", seconds=30)
    app.wait("label", part="The account is saved, without the password.")
    app.press("Done")
    app.wait("list item", "jan@example.test")

    # Checking again has to ask for the password, and says so.
    app.press("Menu of jan@example.test")
    app.press("Check Again", role="menu item")
    app.wait("heading", "Sign In to Your Mail")
    app.wait("label", part="not in the keyring")
    app.press("Back")
    app.wait("list item", "jan@example.test")

    files = [os.path.join(folder, name)
             for folder, _, names in os.walk(app.directory) for name in names]
    t.true(any(name.endswith(".account") for name in files), "no account file")
    for name in files:
        with open(name, "rb") as f:
            t.absent(PASSWORD, name, f.read())

    app.press("Menu of jan@example.test")
    app.press("Delete…", role="menu item")
    app.press("Delete")
    mwtest.wait_for(lambda: not any(os.path.exists(name) for name in files
                                    if name.endswith(".account")), 12, "the account file to go")


mwtest.main(globals())
