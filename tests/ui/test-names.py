#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Every control on every page has one name that a person understands."""

import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402

LAB = mwtest.Lab()
DESK = mwui.Desk(lab=LAB, keyring=True)

CONTROLS = {"push button", "toggle button", "check box", "radio button", "text", "password text",
            "combo box", "spin button", "slider", "link", "menu item", "list", "alert", "heading",
            "tree", "table", "switch"}
CLASS_NAME = re.compile(r"^(Gtk|Adw|Mw|Gdk)[A-Z]")


def check_names(t, app, page):
    bad = []
    for node in app.walk():
        role = node.get_role_name()
        name = mwui.plain(node.get_name()).strip()
        if role not in CONTROLS and not (role == "list item" and is_row(node)):
            continue
        words = name.split()
        half = len(words) // 2
        if not name or CLASS_NAME.match(name):
            bad.append(f"{role} without a name ({name!r})")
        elif "_" in name:
            bad.append(f"{role} {name!r} has its mnemonic in its name")
        elif half and len(words) % 2 == 0 and words[:half] == words[half:]:
            bad.append(f"{role} {name!r} says everything twice")
    t.true(not bad, f"{page}: " + "; ".join(bad))


def is_row(node):
    """A row of a list of ours; those in a drop-down speak by their label."""
    parent = node.get_parent()
    while parent is not None and parent.get_role_name() != "frame":
        if parent.get_role_name() == "combo box":
            return False
        parent = parent.get_parent()
    return True


def test_every_page(t):
    app = DESK.start()
    app.wait("heading", "Add Your Mail Account")
    check_names(t, app, "Type")

    app.press("Enter the Servers by Hand")
    app.wait("text", "Incoming server")
    check_names(t, app, "Advanced")
    app.press("Back")

    app.wait("heading", "Add Your Mail Account")
    app.type("Email address", "jan@silent.test")
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")
    check_names(t, app, "Sign-in")

    app.type("Password", mwtest.PASSWORDS["jan"])
    app.press("Connect")
    app.wait("alert", part="Checking")
    app.press("Details")
    app.wait("label", "Servers for Receiving")
    check_names(t, app, "Check")
    app.press("Cancel")

    app.wait("heading", "Sign In to Your Mail")
    app.type("Email address", "jan@srvonly.test")
    app.press("Connect")
    app.wait("alert", "Is This Your Mail Server?", seconds=30)
    check_names(t, app, "question")
    app.press("Cancel")

    app.wait("heading", "Sign In to Your Mail")
    app.type("Email address", "jan@selfsigned.test")
    app.press("Connect")
    app.wait("push button", "Copy Report", seconds=60)
    app.press("Details")
    app.wait("label", "SHA-256 fingerprint")
    check_names(t, app, "Problem")
    app.press("Back")

    app.wait("heading", "Sign In to Your Mail")
    app.type("Email address", "jan@example.test")
    app.type("Password", mwtest.PASSWORDS["jan"])
    app.press("Connect")
    app.wait("alert", part="Account Set Up", seconds=30)
    app.wait("label", part="The account is saved.")
    app.gone("label", part="Looking for mail programs")
    check_names(t, app, "Done")
    app.press("Done")

    app.wait("list item", "jan@example.test")
    check_names(t, app, "Accounts")
    app.press("Menu of jan@example.test")
    app.wait("menu item", "Delete…")
    check_names(t, app, "row menu")
    app.press("Export…", role="menu item")
    app.wait("frame", "Export Account")
    check_names(t, app, "Export")
    app.press("Close")


mwtest.main(globals())
