#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Names, descriptions and signatures as people have them, and as nobody should."""

import glob
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402

LAB = mwtest.Lab()
DESK = mwui.Desk(lab=LAB, keyring=True)
JAN = mwtest.PASSWORDS["jan"]
SIGNATURE = "Zażółć gęślą jaźń 🐢 <b>&amp;</b>\n" * 110  # some 4 KB


def test_from_entry_to_list(t):
    """It stays what it was, nothing grows with it, and it is there again after a start."""
    app = DESK.start()
    app.type("Email address", "  jan@example.test\n")
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")
    t.equal(app.text("Email address"), "jan@example.test")
    app.type("Your name", "יוסי כהן " * 40)
    app.type("Password", JAN)
    app.press("Connect")
    app.wait("alert", part="Account Set Up", seconds=60)
    app.wait("label", part="The account is saved.")
    name = "🐢 محمد <i>" + "bardzo długa nazwa " * 20 + "end"
    app.type("Account name", name)
    app.type("Description", "first\nsecond\u202e\x07" + "long " * 300)
    app.type("Signature", SIGNATURE)
    app.resize(412, 700)
    t.true(app.width() <= 412, f"the window is {app.width()} wide with a long name")
    app.press("Done")
    app.wait("list item", part="🐢 محمد <i>bardzo")
    t.true(app.width() <= 412, f"the window is {app.width()} wide with a long name in the list")

    [path] = glob.glob(f"{app.env['XDG_DATA_HOME']}/mailwright/accounts/*.account")
    mwtest.wait_for(lambda: "gęślą" in open(path, encoding="utf-8").read(), what="the signature")
    again = DESK.start(home=app)
    again.wait("list item", part="🐢 محمد <i>bardzo")


mwtest.main(globals())
