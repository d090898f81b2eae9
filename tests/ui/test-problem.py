#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Each repair of the problem page does what its button says; there are no dead ends."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402

LAB = mwtest.Lab()
DESK = mwui.Desk(lab=LAB, keyring=True)
JAN = mwtest.PASSWORDS["jan"]
WRONG = "not \"the\" pass\\word ł"

# What a person's own list may say of a domain that has nothing.
NO_IMAP = """[closed]
Name=Closed Mail
Grade=A
Domains=nowhere.test;
UserName=full;
Auth=none;
Steps=no-imap;
Source=programs;
"""
HINTS = """[example]
Name=Example <b>Mail</b> & so
Grade=A
Domains=example.test;
Imap=imap.example.test:993:tls;
Smtp=smtp.example.test:465:tls;
UserName=full;
Auth=password;app-password;
Steps=enable-imap:maybe;app-password:two-step;
Help=https://help.example.test/;
Source=programs;
"""


def start(providers=None):
    app = DESK.start()
    if providers is None:
        return app
    folder = os.path.join(app.env["XDG_CONFIG_HOME"], "mailwright", "providers.d")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "own.keyfile"), "w") as f:
        f.write(providers)
    return DESK.start(home=app)


def fail(app, address, password=JAN):
    app.type("Email address", address)
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")
    app.type("Password", password)
    app.press("Connect")
    app.wait("push button", "Copy Report", seconds=60)
    return app


def works(app):
    app.wait("alert", part="Account Set Up", seconds=30)


def test_try_again(t):
    app = fail(start(), "jan@silent.test")
    t.contains(app.texts(), "Server Does Not Answer")
    app.press("Try Again")
    app.wait("push button", "Cancel")
    app.press("Cancel")


def test_edit_servers(t):
    app = fail(start(), "jan@refused.test")
    app.press("Change Server Settings")
    app.wait("text", "Incoming server")


def test_enter_servers(t):
    app = fail(start(), "jan@nowhere.test")
    t.contains(app.texts(), "No mail server was found for nowhere.test")
    app.press("Enter the Servers by Hand")
    app.wait("text", "Incoming server")


def test_edit_password(t):
    app = fail(start(), "jan@example.test", WRONG)
    app.press("Try Again")
    app.wait("alert", "Type the password again.")
    app.type("Password", JAN)
    app.press("Try Again")
    works(app)


def test_other_user_name(t):
    app = fail(start(), "jan@example.test", WRONG)
    since = LAB.mark()
    app.wait("label", "Likely Causes")
    for _ in range(8):
        if app.has_focus("list item", "Other User Name"):
            break
        app.key("Tab")
    app.key("Return")
    mwtest.wait_for(lambda: len(LAB.presentations(since)) == 1, what="one more presentation")


def test_edit_user_name(t):
    app = fail(start(), "jan@sender.test")
    t.equal(app.text("User name"), "jan@sender.test")
    t.equal([node.get_name() for node in app.walk() if node.get_role_name() == "push button"]
            .count("Try Again"), 1, "buttons to try again")
    app.type("User name", "jan@example.test")
    since = LAB.mark()
    app.press("Try Again")
    mwtest.wait_for(lambda: [user for _, user, _, _, _ in LAB.logins(since)]
                    == ["jan@example.test"], what="the other user name at the outgoing server")


def test_receive_only(t):
    app = fail(start(), "jan@sender.test")
    app.press("Receive Only")
    works(app)


def test_show_certificate(t):
    app = fail(start(), "jan@selfsigned.test")
    app.press("Show Certificate")
    app.wait("label", "SHA-256 fingerprint")


def test_ask_provider(t):
    app = fail(start(), "jan@purpose.test")
    app.press("Copy Letter to Provider")
    app.wait("label", part="opied")


def test_letter_on_every_page(t):
    app = fail(start(), "jan@refused.test")
    app.press("Ask Your Provider")
    app.wait("label", part="opied")


def test_change_encryption(t):
    """For servers typed by hand, at both sides, and nothing else changes."""
    app = start()
    app.press("Enter the Servers by Hand")
    app.wait("text", "Incoming server")
    app.type("Email address", "jan@swapped.test")
    app.type("Password", JAN)
    app.type("Incoming server", "imap.swapped.test")
    app.type("Outgoing server", "smtp.swapped.test")
    since = LAB.mark()
    app.press("Check")
    app.wait("label", part="imap.swapped.test does not begin with SSL/TLS at this port", seconds=60)
    app.press("Change Encryption")
    app.wait("label", part="smtp.swapped.test does not begin with SSL/TLS at this port", seconds=60)
    app.press("Change Encryption")
    works(app)
    t.equal(sorted((service, user) for service, user, *_ in LAB.logins(since)),
            [("imap", "jan@swapped.test"), ("smtp", "jan@swapped.test")])


def by_hand(app, address, incoming, outgoing):
    app.press("Enter the Servers by Hand")
    app.wait("text", "Incoming server")
    app.type("Email address", address)
    app.type("Password", JAN)
    app.type("Incoming server", incoming)
    app.type("Outgoing server", outgoing)


def test_sign_in_for_sending(t):
    """A server that takes nothing without: the tick comes back with one press."""
    app = start()
    by_hand(app, "jan@example.test", "imap.example.test", "smtp.example.test")
    app.press("Outgoing server requires authentication", role="check box")
    since = LAB.mark()
    app.press("Check")
    app.press("Sign In for Sending", seconds=60)
    works(app)
    # The incoming side was proved by the first run.
    t.equal([service for service, *_ in LAB.logins(since)], ["imap", "smtp"])


def test_third_refusal(t):
    """Who was refused again and again is told what may come of it."""
    warning = "Your provider may lock the account for a while"
    app = fail(start(), "jan@example.test", WRONG)
    for number in (2, 3):
        t.true(app.find("label", part=warning) is None, f"warned before refusal {number}")
        app.type("Password", WRONG + str(number))
        app.press("Try Again")
        app.gone("push button", "Copy Report")
        app.wait("push button", "Copy Report", seconds=60)
    app.wait("label", part=warning)

    # Another account is another matter.
    app.press("Back")
    app.wait("heading", "Sign In to Your Mail")
    app.type("Email address", "piet@example.test")
    app.type("Password", WRONG)
    app.press("Connect")
    app.gone("heading", "Sign In to Your Mail")
    app.wait("push button", "Copy Report", seconds=60)
    t.true(app.find("label", part=warning) is None, "warned of another account's refusals")


def test_edit_address(t):
    app = fail(start(NO_IMAP), "jan@nowhere.test")
    t.contains(app.texts(), "Closed Mail does not let mail programs in.")
    app.press("Change Address")
    app.wait("heading", "Sign In to Your Mail")
    app.key("ctrl+a")
    app.keys("jan@example.test")
    mwtest.wait_for(lambda: app.text("Email address") == "jan@example.test",
                    what="the address to be edited")


def test_causes_of_a_provider(t):
    """In their order, without markup, and without a button: the list is the person's own."""
    app = fail(start(HINTS), "jan@example.test", WRONG)
    texts = app.texts()
    t.contains(texts, "Example <b>Mail</b> & so may let mail programs in only after")
    t.true(texts.index("Mail Programs Switched Off") < texts.index("App Password"), "the order")
    t.true("https://" not in texts, "an address of the person's own list is shown")
    app.type("Password", JAN)
    app.press("Try Again")
    works(app)


mwtest.main(globals())
