#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""A keyring that is locked, stays locked, or goes away: nothing is lost by it."""

import glob
import os
import signal
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402

LAB = mwtest.Lab()
DESK = mwui.Desk(lab=LAB, keyring=True)
JAN = mwtest.PASSWORDS["jan"]
SERVICE = ("-d", "org.freedesktop.secrets", "-o", "/org/freedesktop/secrets")
LOGIN = "/org/freedesktop/secrets/collection/login"
KEPT = "The account is saved. The password is in this computer’s keyring."
AGAIN = "Try to Save Again"


def lock():
    """As the screen lock or the person does it."""
    session = DESK.up().session
    session.run("dbus-update-activation-environment", "DISPLAY", "XAUTHORITY")
    session.run("gdbus", "call", "--session", *SERVICE, "-m",
                "org.freedesktop.Secret.Service.Lock", f"[objectpath '{LOGIN}']", check=True)


def prompter():
    done = DESK.session.run("xdotool", "search", "--onlyvisible", "--class", "gcr-prompter")
    return done.stdout.split()


def answer(*commands):
    """Types into the question of the keyring, which has the keyboard for itself."""
    mwtest.wait_for(prompter, 30, "the question of the keyring")
    DESK.session.run("xdotool", "windowfocus", "--sync", prompter()[-1], check=True)
    for command in commands:
        DESK.session.run("xdotool", *command, check=True)
    mwtest.wait_for(lambda: not prompter(), what="the end of the question")


def connect(app, address):
    app.type("Email address", address)
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")
    app.type("Password", JAN)
    app.press("Connect")
    app.wait("alert", part="Account Set Up with IMAP", seconds=30)


def saved_accounts(app):
    return glob.glob(f"{app.env['XDG_DATA_HOME']}/mailwright/accounts/*.account")


def test_locked(t):
    app = DESK.start()
    lock()
    connect(app, "jan@example.test")
    # Waits for as long as the person does, and takes a no.
    answer(["key", "Escape"])
    app.wait("label", part="The keyring stayed locked")
    app.press(AGAIN)
    answer(["type", "--delay", "20", "throw-away"], ["key", "Return"])
    app.wait("label", KEPT)
    t.equal(len(saved_accounts(app)), 1, "accounts")


def test_another_account_while_the_keyring_thinks(t):
    """The password that comes late is that of the account it was asked for."""
    app = DESK.start()
    for user in ("jan", "anna"):
        done = DESK.session.cli("add", f"{user}@example.test", "--password-stdin", "--label", user,
                                "--in", "imaps:imap.example.test",
                                "--out", "submissions:smtp.example.test",
                                password=mwtest.PASSWORDS[user], env=app.env)
        t.equal(done.code, 0, done)
    app = DESK.start(home=app)
    app.wait("list item", "anna")
    since = LAB.mark()
    keyring = DESK.session.keyring
    keyring.send_signal(signal.SIGSTOP)
    try:
        for user in ("jan", "anna"):
            app.press(f"Menu of {user}")
            app.press("Check Again", role="menu item")
            app.gone("menu item", "Check Again")
    finally:
        keyring.send_signal(signal.SIGCONT)
    app.wait("label", part="anna works", seconds=30)
    t.equal(len(LAB.presentations(since)), 2, "passwords shown")
    t.equal({user for _, user, *_ in LAB.logins(since)}, {"anna@example.test"})


def test_vanished(t):
    """The bus brings another one, which is locked; whoever leaves it so keeps the account."""
    app = DESK.start()
    app.wait("text", "Email address")
    lock()
    DESK.session.stop_keyring()
    connect(app, "jan@example.test")
    answer(["key", "Escape"])
    app.wait("push button", AGAIN)
    t.true(app.find("label", KEPT) is None, "says that the password is kept")
    app.press("Done")
    mwtest.wait_for(lambda: len(saved_accounts(app)) == 1, what="the account")


mwtest.main(globals())
