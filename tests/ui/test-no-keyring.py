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
    # First of all: it is a toast, which goes after five seconds.
    app.wait("label", part="not in the keyring")
    app.wait("heading", "Sign In to Your Mail")
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


def save_without_password(app):
    app.wait("label", part="This session has no keyring")
    app.type("Email address", "jan@example.test")
    app.press("Continue")
    app.press("Go on without saving the password", role="check box")
    mwtest.wait_for(lambda: app.is_sensitive(app.wait("push button", "Connect")),
                    what="Connect to be sensitive")
    app.type("Password", PASSWORD)
    app.press("Connect")
    app.wait("alert", part="Account Set Up with IMAP", seconds=30)
    app.press("Done")
    app.wait("list item", "jan@example.test")


def asks_database(since):
    return any("ispdb" in name for _, name in LAB.questions(since))


def test_saved_account_obeys_the_settings(t):
    """Servers of a saved account that are looked for again are looked for as at first."""
    app = DESK.start()
    mark = LAB.mark()
    save_without_password(app)
    # Neither the name server's log nor the database is waited for by the window.
    mwtest.wait_for(lambda: asks_database(mark), what="the database to be asked at first")

    app.key("ctrl+comma")
    app.press("Ask the public settings database", role="check box")
    mwtest.wait_for(lambda: not app.is_checked(app.find("check box",
                                                        "Ask the public settings database")),
                    what="the switch to be off")
    app.key("Escape")
    app.gone("check box", "Ask the public settings database")
    mark = LAB.mark()
    app.press("Menu of jan@example.test")
    app.press("Check Again", role="menu item")
    app.wait("heading", "Sign In to Your Mail")
    app.press("Go on without saving the password", role="check box")
    app.press("Advanced Settings")
    # The page before has a password, too.
    app.wait("text", "Incoming server")
    app.type("Password", PASSWORD)
    app.type("Incoming server", "")
    app.type("Outgoing server", "")
    app.press("Check")
    app.wait("push button", "Add Account", seconds=30)
    mwtest.wait_for(lambda: ("MX", "example.test") in LAB.questions(mark),
                    what="the servers to be looked for")
    t.true(not asks_database(mark), "the database is asked against the settings")


mwtest.main(globals())
