#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""The preferences say what leaves the computer, and are kept at once."""

import configparser
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402

DESK = mwui.Desk(keyring=True)
DATABASE = "Ask the public settings database"
TYPING = "Look the domain up while typing"


def stored(app, key):
    """The value on the disk, or None while it was never changed."""
    parser = configparser.ConfigParser()
    parser.read(os.path.join(app.env["XDG_CONFIG_HOME"], "glib-2.0", "settings", "keyfile"))
    return parser.get("io/github/mailwright/Mailwright", key, fallback=None)


def open_by_key(app):
    app.key("ctrl+comma")
    app.wait("check box", DATABASE)


def row_text(app, title):
    """What a screen reader says of the row of a switch."""
    row = app.wait("list item", title)
    return " ".join(mwui.plain(node.get_name()) for node in app.walk(row)
                    if node.get_role_name() == "label")


def test_as_delivered(t):
    app = DESK.start()
    open_by_key(app)
    t.true(app.is_checked(app.find("check box", DATABASE)), "the database is not asked")
    t.true(not app.is_checked(app.find("check box", TYPING)), "domains are looked up")
    t.contains(row_text(app, DATABASE), "is sent the domain")
    t.contains(row_text(app, DATABASE), "v1.ispdb.net")
    t.contains(row_text(app, DATABASE), "the domain of the server that takes its mail")
    t.contains(row_text(app, TYPING), "is sent the domain and nothing else")
    app.key("Escape")
    app.gone("check box", DATABASE)


def test_kept_at_once(t):
    app = DESK.start()
    open_by_key(app)
    app.press(DATABASE, role="check box")
    app.press(TYPING, role="check box")
    mwtest.wait_for(lambda: stored(app, "use-ispdb") == "false", what="use-ispdb to be kept")
    mwtest.wait_for(lambda: stored(app, "lookup-mx-while-typing") == "true",
                    what="lookup-mx-while-typing to be kept")
    app = DESK.start(home=app)
    open_by_key(app)
    t.true(not app.is_checked(app.find("check box", DATABASE)), "forgotten")
    t.true(app.is_checked(app.find("check box", TYPING)), "forgotten")


def test_from_the_menu(t):
    app = DESK.start()
    app.key("F10")
    app.wait("menu item", "Preferences")
    for _ in range(8):
        if app.has_focus("menu item", "Preferences"):
            break
        app.key("Down")
    app.key("Return")
    app.wait("check box", DATABASE)


def test_only_here(t):
    """One place for one truth: not among the servers of an account."""
    app = DESK.start()
    app.press("Enter the Servers by Hand")
    app.wait("text", "Incoming server")
    t.true(app.find("check box", DATABASE) is None, "a second switch")


def test_narrow(t):
    app = DESK.start()
    app.resize(360 + 52, 640 + 52)
    mwtest.wait_for(lambda: app.width() <= 360 + 52, what="a narrow window")
    open_by_key(app)
    mwtest.wait_for(lambda: app.width() <= 360 + 52, what="narrow preferences")


def test_listed_among_the_shortcuts(t):
    app = DESK.start()
    app.key("ctrl+question")
    app.wait("label", "Preferences")


def test_polish(t):
    app = DESK.start(env={"LANGUAGE": "pl"})
    app.key("ctrl+comma")
    app.wait("check box", "Pytaj publiczną bazę ustawień")
    app.wait("check box", "Sprawdzaj domenę podczas pisania")


mwtest.main(globals())
