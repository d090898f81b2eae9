#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""What the two entries of the happy path do while somebody types: address and password."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402

LAB = mwtest.Lab()
DESK = mwui.Desk(lab=LAB, keyring=True)
CARD = "Before you sign in"
WHICH = "Which Password?"


def card(app):
    node = next((node for node in app.walk() if mwui.plain(node.get_name()) == CARD), None)
    return None if node is None else [mwui.plain(child.get_name()) for child in app.walk(node)
                                      if child.get_role_name() == "label"]


def sign_in(app, address):
    app.type("Email address", address)
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")


def description(app, title):
    return app.wait("text", title).get_description()


def focused(app):
    for node in app.walk():
        if node.get_state_set().contains(DESK.atspi.StateType.FOCUSED):
            return f"{node.get_role_name()} {mwui.plain(node.get_name())}"
    return None


@mwtest.long
def test_the_provider_is_recognised(t):
    """As soon as the domain is there, also where there is nothing else to say."""
    app = DESK.start()
    for address, name in (("jan@wp.pl", "WP"), ("jan@onet.pl", "Onet"), ("jan@gmail.com", "Gmail"),
                          ("jan@wp.pl", "WP")):
        app.type("Email address", address)
        mwtest.wait_for(lambda: name in (card(app) or []), what=name)
    app.type("Email address", "jan@nobody-knows.test")
    mwtest.wait_for(lambda: card(app) is None, what="no card")


@mwtest.long
def test_tiles_of_the_country(t):
    """Where the language is at home, when nothing else says where that is."""
    app = DESK.start(env={"LANGUAGE": "pl"})
    for name in ("WP", "o2", "Onet", "Interia", "Gmail"):
        app.wait("push button", name)
    app = DESK.start()
    app.wait("push button", "Gmail")
    t.true(app.find("push button", "WP") is None, "Polish providers in English")


def test_mistakes_wait(t):
    """Nothing is red while somebody types; once they have stopped, the sentence is there and
    is the description of the entry, which is what is heard."""
    for page in ("Type", "Sign-in"):
        app = DESK.start()
        if page == "Sign-in":
            app.press("Other Account")
            app.wait("heading", "Sign In to Your Mail")
        app.keys("jan@example")
        alert = app.wait("alert")
        sentence = mwui.plain(alert.get_name())
        t.true(sentence and description(app, "Email address") == sentence, page)
        app.keys(".test")
        mwtest.wait_for(lambda: app.text("Email address") == "jan@example.test", what="the address")
        app.gone("alert")
        t.equal(description(app, "Email address"), "", page)
    # Who goes on to the next entry has stopped.
    app.keys("@")
    app.key("Tab")
    app.wait("alert")


def test_every_tile_by_arrow_keys(t):
    app = DESK.start(env={"LANGUAGE": "pl"})
    app.wait("push button", "WP")
    seen = []
    app.key("Tab")
    for _ in range(3):
        app.key("Tab")
        seen.append(focused(app))
        if seen[-1] == "push button WP":
            break
    t.equal(seen[-1], "push button WP")
    app.key("Right")
    t.equal(focused(app), "push button o2")
    app.key("Down")
    t.equal(focused(app), "push button Interia")
    app.key("Left")
    t.equal(focused(app), "push button Onet")
    for _ in range(2):
        app.key("Down")
    t.equal(focused(app), "push button " + app.words.say("Other Account"))
    app.key("Down", "Down")
    t.equal(focused(app), "push button " + app.words.say("POP Account"))
    app.key("Return")
    app.wait("label", app.words.say("You chose a POP account: only the inbox is collected."))


def test_notes_about_a_password(t):
    app = DESK.start()
    sign_in(app, "jan@gmail.com")
    for password, part in (("abcd efgh ijkl mnop", "App passwords of Gmail have no blanks"),
                           ("hunter2\n", "line break"),
                           ("hunter2 ", "begins or ends with a blank")):
        app.type("Password", password)
        app.wait("label", part=part)
        t.contains(description(app, "Password"), part)
    # What is typed on is not commented before it is ready.
    app.type("Password", "hunter2 and more")
    app.gone("label", part="begins or ends with a blank")
    # It depends on whose password it is.
    app.type("Password", "abcd efgh ijkl mnop")
    app.wait("label", part="App passwords of Gmail")
    app.type("Email address", "jan@example.test")
    app.gone("label", part="App passwords of Gmail")


@mwtest.long
def test_where_the_password_comes_from(t):
    app = DESK.start()
    sign_in(app, "jan@example.test")
    app.press(WHICH)
    app.wait("label", part="the password you use to read your mail in the browser")
    t.true(app.find("link") is None, "a page of nobody")
    app.key("Escape")
    app.gone("label", part="the password you use to read your mail in the browser")
    app.type("Email address", "jan@gmail.com")
    app.press(WHICH)
    mwtest.wait_for(lambda: len([node for node in app.walk() if node.get_role_name() == "label"
                                 and "Gmail wants an app password" in node.get_name()]) == 2,
                    what="the sentence on the card and in the help")


def test_caps_lock(t):
    app = DESK.start()
    sign_in(app, "jan@example.test")
    try:
        app.key("Caps_Lock")
        app.wait("label", "Caps Lock is on.")
        t.equal(description(app, "Password"), "Caps Lock is on.")
    finally:
        app.key("Caps_Lock")
    app.gone("label", "Caps Lock is on.")
    t.equal(description(app, "Password"), "")


def test_a_revealed_password_is_hidden_again(t):
    """Its button says which of both it would do."""
    app = DESK.start()
    sign_in(app, "jan@example.test")
    app.keys("hunter2")
    app.press("Show Text")
    app.wait("push button", "Hide Text")
    app.key("shift+Tab")
    app.wait("push button", "Show Text")
    app.key("Tab")
    app.press("Show Text")
    app.wait("push button", "Hide Text")
    # The button of the entry itself is no other place.
    app.key("Tab")
    mwtest.wait_for(lambda: focused(app) == "push button Hide Text", what="the focus on the button")
    app.key("ctrl+comma")
    app.wait("check box", "Ask the public settings database")
    app.key("Escape")
    app.wait("push button", "Show Text")
    t.equal(app.text("Password"), "hunter2")


def test_two_clicks_are_one(t):
    """The second click of a double click does not press what the next page has in the same
    place."""
    app = DESK.start()
    app.type("Email address", "jan@example.test")
    app.click("Continue", times=2)
    app.wait("heading", "Sign In to Your Mail")
    app.press("Advanced Settings")
    app.wait("text", "Incoming server")
    app.click("Back", times=2)
    app.wait("heading", "Sign In to Your Mail")
    app.type("Password", mwtest.PASSWORDS["jan"])
    mark = LAB.mark()
    app.click("Connect", times=2)
    app.wait("push button", "Done", seconds=30)
    t.equal(sorted(service for service, _, _ in LAB.presentations(mark)), ["imap", "smtp"])


mwtest.main(globals())
