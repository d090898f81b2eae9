#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""What the settings document of a domain says beside its servers, once it was read."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402

LAB = mwtest.Lab()
DESK = mwui.Desk(lab=LAB, keyring=True)
CARD = "Before you sign in"


def card(app):
    return next((node for node in app.walk()
                 if mwui.plain(node.get_name()) == app.words.say(CARD)), None)


def said(app, role="label"):
    """The lines of the card, or nothing when there is no card."""
    node = card(app)
    return [mwui.plain(line.get_name()) for line in app.walk(node)
            if line.get_role_name() == role] if node is not None else []


def wait_for_card(app):
    mwtest.wait_for(lambda: said(app), what="what the document says")
    return said(app)


def fail_at(app, address):
    """A check with a wrong password, and back to where it was typed."""
    app.type("Email address", address)
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")
    app.type("Password", "wrong")
    app.press("Connect")
    app.wait("label", "Copy Report", seconds=60)


def test_hints_of_a_document(t):
    app = DESK.start()
    fail_at(app, "jan@told.test")
    # The domain's own page is the way on, said beside the wrong password.
    app.wait("label", part="lets mail programs in only after you have switched them on")
    app.press("Back")
    app.wait("heading", "Sign In to Your Mail")
    t.equal(wait_for_card(app), [
        "First switch access by mail programs (IMAP or POP) on, in the web mail settings of "
        "“Told & Sons”.",
        "“Tick “POP” first”",
        "Open the Page of “Told & Sons”",
        "“Told & Sons” has a page about setting up mail programs.",
        "“How <b>to</b> set up”\nThe page it names: http://help.hosting.test/",
    ])
    # Nothing but the domain's own page can be opened.
    t.equal(said(app, "link"), ["Open the Page of “Told & Sons”"])
    t.true(app.find("text", "Password") is not None, "no password entry")

    # It is not said of anybody else.
    app.type("Email address", "jan@other.test")
    mwtest.wait_for(lambda: not said(app), what="no card")


def test_browser_sign_in(t):
    app = DESK.start()
    fail_at(app, "jan@oauth.test")
    app.press("Back")
    app.wait("heading", "Sign In to Your Mail")
    t.contains(wait_for_card(app)[0], "“Told & Sons” takes no passwords from mail programs")
    t.true(app.find("text", "Password") is None, "a password entry")
    t.true(app.find("push button", "Advanced Settings") is not None, "no way on")


def test_in_the_language_of_the_interface(t):
    app = DESK.start(env={"LANGUAGE": "pl"})
    fail_at(app, "jan@told.test")
    app.press("Back")
    lines = wait_for_card(app)
    t.contains(" ".join(lines), "„Jak ustawić”\nPodana strona: http://help.hosting.test/")
    t.contains(" ".join(lines), "„Told & Sons”")


def test_account_is_named_after_the_provider(t):
    app = DESK.start()
    app.type("Email address", "jan@told.test")
    app.press("Continue")
    app.type("Password", mwtest.PASSWORDS["jan"])
    app.press("Connect")
    app.wait("alert", part="Account Set Up with POP", seconds=60)
    t.equal(mwui.plain(app.text("Account name")), "Told & Sons (jan@told.test)")
    app.press("Done")
    app.wait("list item", "Told & Sons (jan@told.test)")


mwtest.main(globals())
