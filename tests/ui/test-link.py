#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Addresses and links from outside: command line, desktop and other programs."""

import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402

DESK = mwui.Desk(keyring=True)
NAME = "io.github.mailwright.Mailwright"
PATH = "/io/github/mailwright/Mailwright"


def test_address_on_the_command_line(t):
    app = DESK.start("jan@example.test")
    app.wait("heading", "Sign In to Your Mail")
    t.equal(app.text("Email address"), "jan@example.test")
    t.true(app.find("label", part="From a link") is None, "a typed address is no link")


def test_no_address_on_the_command_line(t):
    app = DESK.start("not-an-address")
    app.wait("heading", "Add Your Mail Account")
    t.equal(app.text("Email address"), "not-an-address")
    app.wait("alert")


def test_link_with_an_address(t):
    for link in ("mailto-setup:jan@example.test", "MAILTO-SETUP:jan@example.test",
                 "mailto-setup://jan@example.test/?v=1", "mailto-setup:jan@example.test?x-a=7"):
        app = DESK.start(link)
        app.wait("heading", "Sign In to Your Mail")
        t.equal(app.text("Email address"), "jan@example.test", link)
        app.wait("label", part="From a link")


def test_link_with_letters(t):
    app = DESK.start("mailto-setup:jan+shop@b%C3%BCcher.example")
    app.wait("heading", "Sign In to Your Mail")
    t.equal(app.text("Email address"), "jan+shop@bücher.example")


REFUSED = {
    "mailto-setup:jan@example.test?p=hunter2": "contains a password",
    "mailto-setup:jan@example.test?PassWord=x": "contains a password",
    "mailto-setup:jan:hunter2@example.test": "contains a password",
    "mailto-setup:": "damaged",
    "mailto-setup:@example": "damaged",
    "mailto-setup:jan@example.test#x": "damaged",
    "mailto-setup:jan@example.test?v=2": "damaged",
    "mailto-setup:not-an-address?in=imaps:imap.evil.test": "damaged",
    "mailto-setup:jan%FF@example.test": "damaged",
    "mailto-setup:jan%E2%80%AE@example.test": "damaged",
    "mailto-setup:jan%zz@example.test": "damaged",
    "mailto-setup:jan%00@example.test": "damaged",
    "mailto-setup:" + "a" * 3000 + "@example.test": "damaged",
}


def test_refused_links(t):
    for link, part in REFUSED.items():
        app = DESK.start(link, wait=False)
        app.wait("label", part=part)
        t.true("hunter2" not in app.log() and "hunter2" not in app.texts(),
               "a refused link was repeated")
        app.press("Close")


SETTINGS = "A Link With Mail Settings"
WITH_SETTINGS = {
    "mailto-setup:jan@example.test?v=1&in=imaps:imap.evil.test": "jan@example.test",
    "mailto-setup:@example.test?in=imaps:imap.evil.test": "",
    "mailto-setup:?in=imaps:imap.evil.test": "",
}


def test_link_with_settings(t):
    """They are not read yet: the address alone may go on, and comes from a link."""
    for link, address in WITH_SETTINGS.items():
        app = DESK.start(link)
        app.wait("alert", SETTINGS)
        app.wait("label", part="does not read such links yet")
        app.wait("label", "Nothing was contacted yet.")
        app.wait("label", "Set-Up Link")
        t.equal(app.text("Email address"), address, link)
        t.true("evil" not in app.texts() + app.log(), "what is not read was repeated")
        t.equal(app.find("heading", "Receiving Mail"), None)
        t.equal(app.find("check box"), None, "a question without servers")

    app.press("Continue")
    app.wait("alert", part="address")
    app.type("Email address", "piet@example.test")
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")
    t.equal(app.text("Email address"), "piet@example.test")
    t.true(app.find("label", part="From a link") is None, "a typed address is no link")


def test_link_with_settings_answered(t):
    link = next(iter(WITH_SETTINGS))
    app = DESK.start(link)
    app.wait("alert", SETTINGS)
    app.press("Cancel")
    app.wait("heading", "Add Your Mail Account")
    t.equal(app.text("Email address"), "")

    DESK.session.run(mwtest.program("mailwright"), link, env=app.env, check=True)
    app.wait("alert", SETTINGS)
    DESK.session.run(mwtest.program("mailwright"), "mailto-setup:piet@other.test", env=app.env,
                     check=True)
    app.wait("label", part="Finish or cancel this account first")
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")
    t.equal(app.text("Email address"), "jan@example.test")
    app.wait("label", part="From a link")


def test_link_while_an_account_is_under_way(t):
    app = DESK.start("jan@example.test")
    app.wait("heading", "Sign In to Your Mail")
    app.type("Password", "half typed")
    DESK.session.run(mwtest.program("mailwright"), "mailto-setup:piet@other.test", env=app.env,
                     check=True)
    app.wait("label", part="Finish or cancel this account first")
    t.equal(app.text("Email address"), "jan@example.test")


def test_second_start_uses_the_first_window(t):
    app = DESK.start()
    done = DESK.session.run(mwtest.program("mailwright"), "jan@example.test", env=app.env)
    t.equal(done.returncode, 0, done.stderr)
    app.wait("heading", "Sign In to Your Mail")
    # Whoever is on the bus may say this, so it counts like a link.
    app.wait("label", part="From a link")


def test_actions_on_the_bus(t):
    app = DESK.start()
    app.wait("heading", "Add Your Mail Account")
    done = DESK.session.run("gdbus", "call", "--session", "-d", NAME, "-o", PATH,
                            "-m", "org.gtk.Actions.List", check=True)
    t.equal(sorted(re.findall(r"'([^']+)'", done.stdout)),
            ["about", "help", "new-account", "open"])
    for number in (1, 2):
        done = DESK.session.run("gdbus", "call", "--session", "-d", NAME,
                                "-o", f"{PATH}/window/{number}", "-m", "org.gtk.Actions.List")
        t.equal(re.findall(r"'([^']+)'", done.stdout), [], "exported window actions")


mwtest.main(globals())
