#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""What a provider wants first is said before a password is typed, without asking the network."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402

DESK = mwui.Desk(keyring=True)
CARD = "Before you sign in"

OWN = """[own]
Name=Own Mail
Domains=example.test;
Imap=imap.example.test:993:tls;
Smtp=smtp.example.test:465:tls;
Steps=separate-password;
Help=https://example.test/help
"""


def sign_in(app, address):
    app.type("Email address", address)
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")


def sentences(app):
    """What the card says, or nothing when there is no card."""
    card = next((node for node in app.walk() if mwui.plain(node.get_name()) == CARD), None)
    if card is None:
        return None
    return " ".join(mwui.plain(node.get_name()) for node in app.walk(card)
                    if node.get_role_name() == "label")


def wait_for_sentence(app, part):
    return mwtest.wait_for(lambda: part in (sentences(app) or ""),
                           what=f"a hint with {part!r}")


def page_button(app, provider):
    return app.find("link", f"Open the Page of {provider}")


def test_app_password(t):
    app = DESK.start()
    sign_in(app, "jan@gmail.com")
    wait_for_sentence(app, "Gmail wants an app password")
    t.true(page_button(app, "Gmail") is not None, "no way to the page of Gmail")
    t.true(app.find("text", "Password") is not None, "no password entry")
    app.wait("label", part="only to the servers of Gmail,")


def test_changes_with_the_address(t):
    app = DESK.start()
    sign_in(app, "jan@gmail.com")
    wait_for_sentence(app, "app password")
    app.type("Email address", "jan@o2.pl")
    wait_for_sentence(app, "switch access by mail programs (IMAP or POP) on")
    app.type("Email address", "jan@nobody-knows.example")
    mwtest.wait_for(lambda: sentences(app) is None, what="no card")
    app.type("Email address", "jan@")
    mwtest.wait_for(lambda: sentences(app) is None, what="no card")


def test_browser_sign_in_takes_no_password(t):
    app = DESK.start()
    sign_in(app, "jan@outlook.com")
    wait_for_sentence(app, "Outlook.com takes no passwords from mail programs")
    t.true(app.find("text", "Password") is None, "a password entry")
    t.true(app.find("push button", "Connect") is None, "a button to connect")
    t.true(app.find("push button", "Advanced Settings") is not None, "no way on")
    app.type("Email address", "jan@wp.pl")
    app.wait("text", "Password")
    app.wait("push button", "Connect")


def test_no_mail_programs_at_all(t):
    app = DESK.start()
    sign_in(app, "jan@tuta.io")
    wait_for_sentence(app, "Tuta lets no mail programs in")
    t.true(page_button(app, "Tuta") is not None, "no way to the page of Tuta")
    t.true(app.find("text", "Password") is None, "a password entry")
    t.true(app.find("push button", "Connect") is None, "a button to connect")
    t.true(app.find("push button", "Advanced Settings") is None, "a way that leads nowhere")


def test_bridge(t):
    app = DESK.start()
    sign_in(app, "jan@protonmail.com")
    wait_for_sentence(app, "its own bridge program")
    wait_for_sentence(app, "only paying customers")
    t.true(app.find("text", "Password") is None, "a password entry")
    app.press("Advanced Settings")
    app.wait("text", "Incoming server")
    # Servers entered by hand are the person's own affair.
    app.type("Incoming server", "127.0.0.1")
    app.type("Outgoing server", "127.0.0.1")
    app.press("Back")
    app.wait("heading", "Sign In to Your Mail")


def test_own_list_has_no_button(t):
    app = DESK.start()
    folder = os.path.join(app.env["XDG_CONFIG_HOME"], "mailwright", "providers.d")
    os.makedirs(folder)
    with open(os.path.join(folder, "own.keyfile"), "w", encoding="utf-8") as file:
        file.write(OWN)
    app = DESK.start(home=app)
    sign_in(app, "jan@example.test")
    wait_for_sentence(app, "Own Mail has a separate password")
    t.true(page_button(app, "Own Mail") is None, "a button to a page nobody vouches for")
    # Not trusted, so the domain is named, not whoever keeps its mail.
    app.wait("label", part="only to the servers of example.test,")


def test_polish(t):
    app = DESK.start(env={"LANGUAGE": "pl"})
    sign_in(app, "jan@gmail.com")
    app.wait("label", part="wymaga hasła aplikacji")


mwtest.main(globals())
