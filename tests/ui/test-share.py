#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""The settings of an account for somebody else: looked at first, without the person."""

import os
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402
import mwaccounts  # noqa: E402

DESK = mwui.Desk(keyring=True)
ADDRESS = "jan.kowalski@example.test"
PREVIEW = "The settings as they are shared"
PERSON = "Include my name and address"


class Home:
    def __init__(self, address=ADDRESS):
        DESK.up()
        self.directory = tempfile.mkdtemp(dir=DESK.session.directory)
        mwaccounts.write(f"{self.directory}/.local/share", address, label="Work")


def share(env=None, address=ADDRESS):
    app = DESK.start(home=Home(address), env=env or {})
    app.wait("list item", "Work")
    app.press((app.words.say("Menu of %s")) % "Work")
    app.press("Share Set-Up…", role="menu item")
    app.wait("text", PREVIEW)
    return app


def choose(app, number):
    """The form: text, set-up file or profile, from the one before."""
    app.wait("combo box", "Share as")
    while not app.has_focus("combo box", "Share as"):
        app.key("Tab")
    app.key("space")
    app.key(*["Down"] * number)
    app.key("Return")


def save(app, path):
    app.press("Save as File…")
    app.wait("label", "Name:")
    app.key("ctrl+a")
    app.keys(path)
    app.key("Return")
    mwtest.wait_for(lambda: os.path.exists(path), what=path)
    app.wait("label", part="Settings saved")
    with open(path, encoding="utf-8") as f:
        return f.read()


def test_text(t):
    app = share()
    text = app.text(PREVIEW)
    for part in ("Mail settings for example.test", "Server: imap.example.test", "Port: 993",
                 "User name: the whole email address"):
        t.contains(text, part)
    t.true("kowalski" not in text, "the person is in it")
    t.true(app.find("alert") is None, "a warning of nothing")
    app.press(PERSON, role="check box")
    app.wait("alert", part="learns your address")
    t.contains(app.text(PREVIEW), ADDRESS)
    app.press(PERSON, role="check box")
    app.gone("alert")
    app.press("Copy as Text")
    app.wait("label", part="Settings copied")
    saved = save(app, os.path.join(DESK.session.directory, "settings.txt"))
    t.equal(saved, text)


@mwtest.long
def test_in_polish(t):
    app = share(env={"LANGUAGE": "pl"})
    text = app.text(PREVIEW)
    t.contains(text, "Serwer: imap.example.test")
    t.true("Server" not in text, "English words")


@mwtest.long
def test_a_name_that_tells(t):
    app = share(address="jan@jan.kowalski.test")
    app.wait("alert", part="stands in the name of a server or of the domain")


def test_files(t):
    """What is saved can be opened again, here for instance."""
    app = share()
    choose(app, 1)
    mwtest.wait_for(lambda: "<clientConfig" in app.text(PREVIEW), what="the set-up file")
    t.true("kowalski" not in app.text(PREVIEW), "the person is in it")
    path = os.path.join(DESK.session.directory, "settings.xml")
    t.contains(save(app, path), "<hostname>imap.example.test</hostname>")
    app.key("Escape")
    app.gone("text", PREVIEW)

    DESK.session.run(mwtest.program("mailwright"), path, env=app.env, check=True)
    app.wait("alert", "Look at These Settings First")
    app.wait("list item", "imap.example.test")


mwtest.main(globals())
