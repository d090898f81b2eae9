#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Accounts whose mail program signs in: set up without a password, and what becomes of them."""

import configparser
import glob
import os
import sys
import tempfile
import types

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402

LAB = mwtest.Lab("--mechanisms")
# Where nothing starts by itself, Evolution is there only for a home that has its folder.
DESK = mwui.Desk(lab=LAB, keyring=True, services=False)
IN_THUNDERBIRD = "Sign In in Thunderbird"
DONE = "Account Set Up with IMAP"


def start(evolution=False, env=None):
    mwtest.need("thunderbird")
    DESK.up()
    home = tempfile.mkdtemp(dir=DESK.session.directory)
    if evolution:
        mwtest.need("evolution")
        os.makedirs(f"{home}/.config/evolution/sources")
    return DESK.start(home=types.SimpleNamespace(directory=home), env=env)


def enter(app, address):
    app.type("Email address", address)
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")


def services(app):
    [path] = glob.glob(f"{app.env['XDG_DATA_HOME']}/mailwright/accounts/*.account")
    file = configparser.ConfigParser(strict=False, interpolation=None)
    file.read(path)
    return [(file[side]["Host"], file[side]["Auth"], file[side]["User"])
            for side in ("Incoming", "Outgoing")]


def stored():
    return DESK.session.run("secret-tool", "search", "--all", "xdg:schema",
                            "io.github.mailwright.Account").stdout


def test_no_password_taken(t):
    app = start()
    mark = LAB.mark()
    enter(app, "jan@office365.com")
    app.wait("push button", IN_THUNDERBIRD)
    app.wait("label", "Thunderbird will show the sign-in page of Microsoft once.")
    t.true(app.find("text", "Password") is None, "a password entry")
    t.true(app.find("push button", "Connect") is None, "a button to connect")

    # It is the page's one suggested action, so Enter is enough.
    mwtest.wait_for(lambda: app.has_focus("text", "Email address"), what="the focus")
    mwtest.wait_for(lambda: app.find_pressable("push button", IN_THUNDERBIRD), what="the button")
    app.key("Return")
    app.wait("alert", DONE, seconds=60)
    app.wait("label", part="outlook.office365.com, SSL/TLS: answers, and lets you sign in")
    app.wait("label", part="smtp.office365.com, STARTTLS: answers, and lets you sign in")
    app.wait("label", part="It has no password: you sign in when your mail program starts.")
    t.equal(services(app), [("outlook.office365.com", "oauth2", "jan@office365.com"),
                            ("smtp.office365.com", "oauth2", "jan@office365.com")])
    app.wait("label", part="Thunderbird will show the sign-in page of Microsoft once.")
    app.press("Add to Thunderbird")
    app.press("Trust for Every Server")
    app.wait("push button", "Open Thunderbird", seconds=30)
    [prefs] = glob.glob(f"{app.directory}/.thunderbird/*/prefs.js")
    with open(prefs) as f:
        t.equal(f.read().count('authMethod", 10)'), 2)

    # Nobody asks for a password when it is checked again.
    app.press("Done")
    app.wait("label", part="Signs in in Thunderbird")
    app.press("Menu of Microsoft 365 (jan@office365.com)")
    t.true(app.find("menu item", "Change Password…") is None, "a password to change")
    app.press("Check Again", role="menu item")
    app.wait("label", part="The servers of", seconds=60)
    app.wait("push button", "Add Account")

    # Nor when something else about it is changed.
    app.press("Menu of Microsoft 365 (jan@office365.com)")
    app.press("Edit…", role="menu item")
    app.wait("text", "Password (empty: sign-in in the browser)")
    app.type("Description", "At work")
    app.press("Save")
    app.wait("push button", "Add Account")
    t.equal([auth for _, auth, _ in services(app)], ["oauth2", "oauth2"])
    t.equal((LAB.presentations(mark), stored()), ([], ""))


def test_password_taken_too(t):
    app = start(evolution=True)
    mark = LAB.mark()
    # Of two programs only one knows AOL, and nobody signs in like this at WP.
    enter(app, "jan@aol.com")
    app.wait("push button", "Sign In in Thunderbird Instead")
    app.wait("label", "Thunderbird will show the sign-in page of AOL once.")
    app.type("Email address", "jan@wp.pl")
    app.gone("push button", "Sign In in Thunderbird Instead")
    app.type("Email address", "jan@gmail.com")
    t.true(app.find("text", "Password") is not None, "no password entry")
    app.wait("push button", "Connect")
    app.wait("label", "Thunderbird or Evolution will show the sign-in page of Google once.")
    # What was typed is not sent, nor kept.
    app.type("Password", "not for them")
    app.press("Sign In in Thunderbird or Evolution Instead")
    app.wait("alert", DONE, seconds=60)
    app.wait("label", part="It has no password")
    t.equal([auth for _, auth, _ in services(app)], ["oauth2", "oauth2"])
    # Of two programs neither is the default.
    app.wait("push button", "Add to Thunderbird")
    app.wait("push button", "Add to Evolution")
    t.equal((LAB.presentations(mark), stored()), ([], ""))


def test_domain_kept_elsewhere(t):
    app = start()
    app.key("ctrl+comma")
    app.press("Look the domain up while typing", role="check box")
    app.key("Escape")
    enter(app, "jan@atgoogle.test")
    app.press("Sign In in Thunderbird Instead", seconds=30)
    app.wait("alert", DONE, seconds=60)
    t.equal(services(app), [("imap.gmail.com", "oauth2", "jan@atgoogle.test"),
                            ("smtp.gmail.com", "oauth2", "jan@atgoogle.test")])


def test_refused_password(t):
    """Where only the server says that it takes none, the Problem page leads on."""
    app = start()
    mark = LAB.mark()
    enter(app, "jan@oauth.test")
    app.type("Password", "whatever")
    app.press("Connect")
    app.wait("alert", "Sign-In in the Browser Needed", seconds=60)
    t.true(app.find("push button", "Set Up Without a Password") is None, "an empty promise")
    app.press("Back")
    app.wait("label", part="Neither Thunderbird nor Evolution has a sign-in page for “Told & Sons”")
    t.true(app.find("push button", IN_THUNDERBIRD) is None, "an empty promise")

    # Thunderbird has one for this name.
    app.type("Email address", "jan@test.test")
    app.type("Password", "whatever")
    app.press("Connect")
    app.wait("alert", "Sign-In in the Browser Needed", seconds=60)
    app.press("Set Up Without a Password")
    app.wait("alert", DONE, seconds=60)
    t.equal(services(app), [("imap.test.test", "oauth2", "jan@test.test"),
                            ("smtp.test.test", "oauth2", "jan@test.test")])
    t.equal((LAB.presentations(mark), stored()), ([], ""))


mwtest.main(globals())
