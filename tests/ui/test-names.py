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
import mwprograms  # noqa: E402

LAB = mwtest.Lab()
DESK = mwui.Desk(lab=LAB, keyring=True)

CONTROLS = {"push button", "toggle button", "check box", "radio button", "text", "password text",
            "combo box", "spin button", "slider", "link", "menu item", "list", "alert", "heading",
            "tree", "table", "switch"}
STOPS = {"push button", "check box", "combo box", "toggle button", "link"}
SET_UP_FILE = """<clientConfig version="1.1"><emailProvider id="file.test">
<incomingServer type="imap"><hostname>mail.hosting.test</hostname><port>993</port>
<socketType>SSL</socketType></incomingServer>
<outgoingServer type="smtp"><hostname>mail.hosting.test</hostname><port>465</port>
<socketType>SSL</socketType></outgoingServer>
</emailProvider></clientConfig>"""
# Of every window.
DECORATION = ("Close", "Minimize", "Maximize")
CLASS_NAME = re.compile(r"^(Gtk|Adw|Mw|Gdk)[A-Z]")


def check_names(t, app, page):
    """One name for each control, none of them twice, and nothing to go to that is not seen."""
    bad = []
    states = DESK.atspi.StateType
    stops = {}
    for node in app.walk():
        role = node.get_role_name()
        if role not in CONTROLS and not (role == "list item" and is_row(node)):
            continue
        if role == "list" and not node.get_children():
            continue  # that of a search in the preferences, which have none
        name = mwui.plain(node.get_name()).strip()
        # Rows of a list may be alike, and an entry row speaks with its text, too.
        have = node.get_state_set()
        if have.contains(states.FOCUSABLE) and have.contains(states.SENSITIVE):
            width, height = DESK.atspi.Component.get_extents(node)[2:]
            # A message dialog has its buttons beside and below one another.
            if (width <= 0 or height <= 0) and not is_in_dialog(node):
                bad.append(f"{role} {name!r} can have the focus and is not seen")
        if role in STOPS and have.contains(states.FOCUSABLE) and have.contains(states.SENSITIVE):
            stop = (role, name, mwui.plain(node.get_description()))
            stops.setdefault(stop, []).append(node)
        words = name.split()
        half = len(words) // 2
        if not name or CLASS_NAME.match(name):
            bad.append(f"{role} without a name ({name!r})")
        elif "_" in name:
            bad.append(f"{role} {name!r} has its mnemonic in its name")
        elif half and len(words) % 2 == 0 and words[:half] == words[half:]:
            bad.append(f"{role} {name!r} says everything twice")
    for (role, name, _), nodes in stops.items():
        if (len(nodes) > 1 and not any(is_in_dialog(node) for node in nodes)
                and name not in DECORATION):
            bad.append(f"{len(nodes)} times {role} {name!r}")
    t.true(not bad, f"{page}: " + "; ".join(bad))


def is_below(node, role):
    while node is not None and node.get_role_name() != "application":
        if node.get_role_name() == role:
            return True
        node = node.get_parent()
    return False


def is_in_dialog(node):
    return is_below(node, "alert") or is_below(node, "dialog")


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


LINK = "mailto-setup:"


def test_every_window(t):
    """What is opened from the list of accounts and from the main menu."""
    app = DESK.start(wait=False)
    for number, label in enumerate(("Home", "Work")):
        mwprograms.put(f"{app.env['XDG_DATA_HOME']}/mailwright/accounts/"
                       f"7f0e8c52-3f3f-4b7e-9a53-0d2c3b1a9f{number:02d}.account",
                       mwprograms.ACCOUNT.replace("Label=Jan", f"Label={label}"))
    app = DESK.start(home=app)
    app.wait("list item", "Home")

    def from_row(item, role, name, page):
        app.press("Menu of Home")
        app.press(item, role="menu item")
        app.wait(role, name)
        check_names(t, app, page)

    from_row("Edit…", "text", "Incoming server", "Edit")
    app.press("Back")
    app.wait("list item", "Home")
    from_row("Change Password…", "password text", "New password", "Change Password")
    app.press("Cancel")
    app.gone("password text", "New password")
    from_row("Delete…", "check box", "Forget the stored password", "Delete")
    app.press("Cancel")
    app.gone("check box", "Forget the stored password")

    from_row("Share Set-Up…", "text", "The settings as they are shared", "Share")
    app.key("Escape")
    app.gone("frame", "Share Set-Up")

    app.press("Main Menu")
    app.wait("menu item", "Preferences")
    check_names(t, app, "main menu")
    app.press("Preferences", role="menu item")
    app.wait("check box", "Ask the public settings database")
    check_names(t, app, "Preferences")
    app.key("Escape")
    app.gone("check box", "Ask the public settings database")
    app.press("Main Menu")
    app.press("Import Accounts…", role="menu item")
    app.wait("alert")
    check_names(t, app, "Import")
    app.key("Escape")
    app.gone("frame", "Import Accounts")
    app.press("Main Menu")
    # Its controls are the toolkit's, as those of About are.
    app.press("Keyboard Shortcuts", role="menu item")
    app.wait("label", "Undo the deletion")
    app.key("Escape")
    app.gone("label", "Undo the deletion")

    DESK.session.run(mwtest.program("mailwright"), f"{LINK}jan@example.test?in=imaps:a.test",
                     env=app.env, check=True)
    app.wait("alert", "Home Is Already Set Up")
    check_names(t, app, "Comparison")

    app = DESK.start(f"{LINK}@example.com?in=imaps:imap.b%C3%BCcher.example&out-auth=none"
                     "&out=submissions:b.test&name=Jan&help=https://example.com/x")
    app.press("Details")
    app.wait("list", "Details")
    mwui.rest_from_links()
    DESK.session.run(mwtest.program("mailwright"), f"{LINK}jan@example.test", env=app.env,
                     check=True)
    app.wait("push button", "Leave Them Out")
    check_names(t, app, "Link")

    path = os.path.join(DESK.session.directory, "firma.xml")
    with open(path, "w", encoding="utf-8") as f:
        f.write(SET_UP_FILE)
    app = DESK.start(path)
    app.wait("alert", "Look at These Settings First")
    check_names(t, app, "Review")


mwtest.main(globals())
