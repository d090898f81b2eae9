#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""What is said of a provider while the address is typed, and what the name service is asked."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402

LAB = mwtest.Lab()
DESK = mwui.Desk(lab=LAB, keyring=True)
CARD = "Before you sign in"
TYPING = "Look the domain up while typing"


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


def no_card(app):
    mwtest.wait_for(lambda: sentences(app) is None, what="no card")


def page_button(app, provider):
    return app.find("link", f"Open the Page of {provider}")


def look_up(app):
    """Switches it on; nothing had been asked for longer than a pause by then."""
    app.key("ctrl+comma")
    app.press(TYPING, role="check box")
    mwtest.wait_for(lambda: app.is_checked(app.find("check box", TYPING)), what="the switch")
    app.key("Escape")
    app.gone("check box", TYPING)
    app.focus_window()
    return app


def test_listed_domains_at_once(t):
    """On the first page already, with the way to the provider's page."""
    app = DESK.start()
    for domain, sentence, provider in (
            ("gmail.com", "Gmail wants an app password", "Gmail"),
            ("o2.pl", "switch access by mail programs (IMAP or POP) on", "o2"),
            ("outlook.com", "takes no passwords from mail programs", "Outlook.com"),
            ("tuta.io", "Tuta lets no mail programs in", "Tuta"),
            ("hey.com", "HEY lets no mail programs in", "HEY"),
            ("protonmail.com", "its own bridge program", "Proton Mail"),
            ("mail.com", "only paying customers", "mail.com")):
        app.type("Email address", f"jan@{domain}")
        wait_for_sentence(app, sentence)
        t.true(page_button(app, provider) is not None, f"no way to the page of {provider}")
        t.true(app.find("push button", "Continue") is not None, "left the first page")
    app.type("Email address", "jan@protonmail.co")
    no_card(app)


def test_nothing_is_asked(t):
    """As delivered: whatever is typed, on both pages, by a person's speed."""
    app = DESK.start()
    mark = LAB.mark()
    app.keys("jan@atovh.test")
    mwtest.wait_for(lambda: app.text("Email address") == "jan@atovh.test", what="the address")
    app.type("Email address", "jan@gmail.com")
    wait_for_sentence(app, "app password")
    app.type("Email address", "jan@example.test")
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")
    app.type("Email address", "jan@atgoogle.test")
    app.type("Password", "whatever")
    no_card(app)
    look_up(app)
    wait_for_sentence(app, "Mail for atgoogle.test is kept by")
    t.equal(LAB.questions(mark), [("MX", "atgoogle.test")])


def test_the_exchanger_tells(t):
    app = look_up(DESK.start())
    mark = LAB.mark()
    app.type("Email address", "jan@atovh.test")
    wait_for_sentence(app, "Mail for atovh.test is kept by OVHcloud.")
    t.true(page_button(app, "OVHcloud") is not None, "no way to the page of OVHcloud")
    t.equal(LAB.questions(mark), [("MX", "atovh.test")])

    # The next page knows it already and asks nobody.
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")
    wait_for_sentence(app, "Mail for atovh.test is kept by OVHcloud.")
    # The domain may name servers of its own, so nothing is promised for OVH.
    app.wait("label", part="only to the servers of atovh.test,")
    t.true(app.find("text", "Password") is not None, "no password entry")

    app.type("Email address", "jan@atgoogle.test")
    no_card(app)
    wait_for_sentence(app, "Mail for atgoogle.test is kept by")
    wait_for_sentence(app, "app password")
    t.equal(LAB.questions(mark), [("MX", "atovh.test"), ("MX", "atgoogle.test")])


def test_one_question_for_all_letters(t):
    app = look_up(DESK.start())
    mark = LAB.mark()
    app.keys("jan@atgoogle.test")
    wait_for_sentence(app, "Mail for atgoogle.test is kept by")
    t.equal(LAB.questions(mark), [("MX", "atgoogle.test")])


def test_browser_sign_in_by_exchanger(t):
    app = look_up(DESK.start())
    app.type("Email address", "jan@atmicrosoft.test")
    wait_for_sentence(app, "takes no passwords from mail programs")
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")
    wait_for_sentence(app, "Mail for atmicrosoft.test is kept by Microsoft 365.")
    t.true(app.find("text", "Password") is None, "a password entry")
    t.true(app.find("push button", "Connect") is None, "a button to connect")
    t.true(app.find("push button", "Advanced Settings") is not None, "no way on")

    # A password that stands there is not taken away.
    app.type("Email address", "jan@nobody-knows.test")
    app.type("Password", "whatever")
    app.type("Email address", "piet@atmicrosoft.test")
    wait_for_sentence(app, "Mail for atmicrosoft.test is kept by Microsoft 365.")
    t.equal(len(app.text("Password")), len("whatever"))
    t.true(app.find("push button", "Connect") is not None, "no button to connect")


def test_listed_domains_are_not_asked_about(t):
    app = look_up(DESK.start())
    mark = LAB.mark()
    app.type("Email address", "jan@gmail.com")
    wait_for_sentence(app, "app password")
    # What is asked next comes later than this could have.
    app.type("Email address", "jan@atovh.test")
    wait_for_sentence(app, "OVHcloud")
    t.equal(LAB.questions(mark), [("MX", "atovh.test")])


TILES = ("WP", "o2", "Onet", "Interia", "Gmail", "Outlook.com", "Microsoft 365", "Yahoo", "AOL",
         "iCloud")


def tiles(app):
    return [name for node in app.walk() if node.get_role_name() == "push button"
            for name in [mwui.plain(node.get_name())] if name in TILES]


def test_tiles_of_the_country(t):
    app = DESK.start(env={"LANGUAGE": "pl_PL"})
    t.equal(tiles(app), ["WP", "o2", "Onet", "Interia", "Gmail", "Outlook.com"])
    app = DESK.start()
    t.equal(tiles(app), ["Gmail", "Outlook.com", "Microsoft 365", "Yahoo", "AOL", "iCloud"])


def test_tile(t):
    app = DESK.start()
    app.press("Outlook.com")
    app.wait("heading", "Sign In to Your Mail")
    wait_for_sentence(app, "You chose Outlook.com")
    t.true(app.find("text", "Password") is None, "a password entry")
    app.press("Back")
    app.wait("heading", "Add Your Mail Account")
    app.type("Email address", "jan@firma.test")
    app.press("Gmail")
    app.wait("heading", "Sign In to Your Mail")
    wait_for_sentence(app, "You chose Gmail")
    wait_for_sentence(app, "Gmail wants an app password")
    t.true(page_button(app, "Gmail") is not None, "no way to the page of Gmail")
    mwtest.wait_for(lambda: app.text("Email address") == "jan@firma.test", what="the address")

    # What the provider's servers answer to is tried for the other domain, too.
    mark = LAB.mark()
    app.type("Password", "whatever")
    app.press("Connect")
    mwtest.wait_for(lambda: ("A", "imap.gmail.com") in LAB.questions(mark),
                    what="the servers of Gmail")
    app.wait("push button", "Copy Report", seconds=60)
    app.press("Back")

    # Going on with the address alone takes the choice back.
    app.wait("heading", "Sign In to Your Mail")
    app.press("Back")
    app.wait("heading", "Add Your Mail Account")
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")
    no_card(app)


def test_polish(t):
    app = DESK.start(env={"LANGUAGE": "pl"})
    app.key("ctrl+comma")
    app.press(TYPING, role="check box")
    app.key("Escape")
    app.type("Email address", "jan@atovh.test")
    app.wait("label", "Pocztę domeny atovh.test obsługuje OVHcloud.")


mwtest.main(globals())
