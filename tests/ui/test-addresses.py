#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""What is no address gets a sentence beside the field, and nothing typed is lost."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402

DESK = mwui.Desk(keyring=True)

BAD = [
    "",
    "jan",
    "jan@",
    "@example.test",
    "jan@example@test",
    "jan kowalski@example.test",
    "jan@exa mple.test",
    "jan@-example.test",
    "jan@example..test",
    "j" * 65 + "@example.test",
    "jan@" + "a" * 64 + ".test",
    "imaps://imap.example.test",
    "https://mail.example.test/",
]


def error_of(app):
    """The sentence beside the field, or None."""
    node = app.find("alert")
    return mwui.plain(node.get_name()) if node is not None else None


def test_bad_addresses_on_the_first_page(t):
    app = DESK.start()
    seen = set()
    for text in BAD:
        app.type("Email address", text)
        app.press("Continue")
        sentence = mwtest.wait_for(lambda: error_of(app), what=f"a sentence for {text!r}")
        t.true(len(sentence) > 15 and sentence.rstrip().endswith((".", "?")),
               f"{text!r}: {sentence!r} is no sentence")
        t.equal(app.text("Email address"), text)
        t.true(app.find("heading", "Add Your Mail Account"), "left the page")
        seen.add(sentence)
        # Typing takes the sentence away. The click may come late, after the
        # sentence for who stopped typing; it must find no address to go on with.
        mwtest.wait_for(lambda: app.type("Email address", text + "@") or error_of(app) is None,
                        what="no sentence while typing")
    t.true(len(seen) >= 6, f"too few different sentences: {seen}")


def test_bad_address_at_sign_in(t):
    app = DESK.start()
    app.press("Other Account")
    app.wait("heading", "Sign In to Your Mail")
    app.type("Email address", "jan@")
    app.type("Password", "x")
    app.press("Connect")
    mwtest.wait_for(lambda: error_of(app), what="a sentence")
    t.equal(app.text("Email address"), "jan@")


def test_missing_password(t):
    app = DESK.start()
    app.type("Email address", "jan@example.test")
    app.press("Continue")
    app.press("Connect")
    sentence = mwtest.wait_for(lambda: error_of(app), what="a sentence")
    t.contains(sentence, "password")


def test_international_domain_in_both_forms(t):
    app = DESK.start()
    app.type("Email address", "jan@BÜCHER.example")
    app.press("Continue")
    app.wait("label", part="bücher.example as xn--bcher-kva.example")
    t.equal(app.text("Email address"), "jan@bücher.example")


def test_blanks_and_mailto_are_forgiven(t):
    app = DESK.start()
    app.type("Email address", "  mailto:jan@example.test ")
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")
    t.equal(app.text("Email address"), "jan@example.test")


def test_servers_by_hand(t):
    app = DESK.start()
    app.press("Enter the Servers by Hand")
    app.wait("text", "Incoming server")
    app.type("Email address", "jan@example.test")
    app.type("Password", "x")
    app.type("Incoming server", "imaps://MAIL.Example.Test:1993/")
    app.type("Outgoing server", "not a server")
    app.press("Check")
    app.wait("list item", part="This is not the name of a server.")
    t.equal(app.text("Incoming server"), "mail.example.test")
    t.equal(app.text("Incoming port"), "1993")
    t.equal(app.text("Outgoing server"), "not a server")
    app.type("Outgoing server", "smtp.example.test")
    app.type("Outgoing port", "70000")
    app.press("Check")
    app.wait("list item", part="65535")


mwtest.main(globals())
