#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""While somebody types, nobody on the network hears of it."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402

LAB = mwtest.Lab("--capture")
DESK = mwui.Desk(lab=LAB, keyring=True)


def heard(mark, wire):
    return LAB.questions(mark), LAB.dialled(wire)


def begin():
    """A window that waits for an address, and where the logs stand."""
    app = DESK.start()
    app.wait("text", "Email address")
    return app, LAB.mark(), len(LAB.wire())


def test_typing(t):
    """An address, letter by letter and changed, and a password: of known and unknown domains."""
    app, mark, wire = begin()
    app.keys("anna@gmail.com")
    app.key("ctrl+a")
    app.keys("anna@example.test")
    mwtest.wait_for(lambda: app.text("Email address") == "anna@example.test", what="the address")
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")
    app.type("Password", mwtest.PASSWORDS["anna"])
    t.equal(heard(mark, wire), ([], []))

    # So that the silence means something.
    app.press("Connect")
    app.wait("alert", part="Account Set Up", seconds=60)
    questions, dialled = heard(mark, wire)
    t.contains(questions, ("MX", "example.test"))
    t.contains([port for _, port in dialled], 993)


mwtest.main(globals())
