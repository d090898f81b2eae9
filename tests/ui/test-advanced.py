#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Servers entered by hand: every field of it, what is wrong with it, and saving untested."""

import glob
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwkeys  # noqa: E402
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402

LAB = mwtest.Lab()
DESK = mwui.Desk(lab=LAB, keyring=True, size="1000x1700")
JAN = mwtest.PASSWORDS["jan"]
PIET = mwtest.PASSWORDS["piet"]

OUTGOING_AUTH = "Outgoing server requires authentication"
SAME = "Use the same user name and password for sending and receiving"


def by_hand():
    app = DESK.start()
    app.press("Enter the Servers by Hand")
    app.wait("text", "Incoming server")
    return app


def fill(app, address="jan@example.test", password=JAN):
    app.type("Email address", address)
    app.type("Password", password)
    app.type("Incoming server", "imap.example.test")
    app.type("Outgoing server", "smtp.example.test")


def accounts(app):
    return glob.glob(f"{app.env['XDG_DATA_HOME']}/mailwright/accounts/*.account")


def toggle(app, name):
    node = app.wait("check box", name)
    DESK.atspi.Action.do_action(node.get_action_iface(), 0)


def choose(app, name, steps):
    """The item so far down the list, by keys."""
    person = mwkeys.Person(app)
    person.goes_to("combo box", name)
    person.press("space")
    mwtest.wait_for(lambda: app.find("list", name) is not None, what=f"the list of {name}")
    person.press(*["Down"] * steps, "Return")


def holds(app, title, text):
    mwtest.wait_for(lambda: app.text(title) == text, what=f"{text!r} in {title}")


def test_each_field_says_what_is_wrong(t):
    app = by_hand()
    app.type("Email address", "jan@")
    # Nobody has pressed anything, but the person has stopped.
    sentence = app.wait("list item", part="The part after the @ sign is missing").get_name()
    spoken = [node.get_description() for node in app.walk()
              if node.get_role_name() == "text" and node.get_name() == "Email address"]
    t.true(sentence in spoken, f"the entry does not say so: {spoken}")
    app.type("Email address", "jan@example.test")
    app.gone("list item", part="The part after the @ sign is missing")

    app.type("Email address", "jan")
    app.type("Incoming server", "jan@example.test")
    app.type("Incoming port", "many")
    app.type("Outgoing server", "two words!")
    app.type("Outgoing port", "70000")
    app.press("Check")
    app.wait("list item", "Type the password.")
    app.wait("list item", part="This is an email address, not a server.")
    app.wait("list item", part="This is not the name of a server.")
    t.equal(sum(node.get_name().startswith("A port is a number") for node in app.walk()
                if node.get_role_name() == "list item"), 2)
    t.true(app.has_focus("text", "Email address"), "the first wrong field has no focus")

    fill(app)
    app.type("Incoming port", "993")
    app.type("Outgoing port", "")
    app.press("Check")
    mwtest.wait_for(lambda: app.has_focus("text", "Outgoing port"), what="focus on the port")
    app.type("Outgoing port", "465")
    app.press("Check")
    app.wait("alert", "Account Set Up with IMAP", seconds=30)


def test_pasted_servers(t):
    app = by_hand()
    app.type("Incoming server", " POP3S://jan@Mail.Example.TEST/ ")
    holds(app, "Incoming server", "mail.example.test")
    holds(app, "Incoming port", "995")
    app.type("Incoming server", "IMAP.example.test:143")
    holds(app, "Incoming server", "imap.example.test")
    holds(app, "Incoming port", "143")
    app.wait("label", part="Guides that say “SSL off”")
    app.type("Incoming port", "imaps://other.example.test")
    holds(app, "Incoming server", "other.example.test")
    holds(app, "Incoming port", "993")
    app.gone("label", part="Guides that say “SSL off”")
    app.type("Outgoing port", "587 (STARTTLS)")
    holds(app, "Outgoing port", "587")
    app.wait("label", part="Guides that say “SSL off”")
    app.type("Outgoing port", "465")
    app.gone("label", part="Guides that say “SSL off”")


def test_other_password_for_sending(t):
    app = by_hand()
    fill(app, password=PIET)
    app.type("User name (empty: the whole address)", "piet@example.test")
    toggle(app, SAME)
    app.type("User name for sending", "jan@example.test")
    app.press("Check")
    app.wait("list item", "Type the password for sending.")
    app.type("Password for sending", JAN)
    since = LAB.mark()
    app.press("Check")
    app.wait("alert", "Account Set Up with IMAP", seconds=30)
    users = {(service, user) for service, user, *_ in LAB.logins(since)}
    t.equal(users, {("imap", "piet@example.test"), ("smtp", "jan@example.test")})
    app.wait("label", part="Receiving: As piet@example.test, with the password")


@mwtest.long
def test_without_signing_in_to_send(t):
    app = by_hand()
    fill(app)
    toggle(app, OUTGOING_AUTH)
    app.wait("label", part="Most providers then refuse to send it.")
    t.true(app.find("check box", SAME) is None, "asks for credentials nobody needs")
    app.press("Check")
    # The provider refuses, and one button mends it.
    app.wait("alert", "Sending Needs Signing In", seconds=30)


def test_chosen_authentication(t):
    app = by_hand()
    fill(app)
    choose(app, "Authentication", 3)
    since = LAB.mark()
    app.press("Check")
    app.wait("alert", "Account Set Up with IMAP", seconds=30)
    methods = {service: method for service, _, method, *_ in LAB.logins(since)}
    t.equal(methods, {"imap": "CRAM-MD5", "smtp": "PLAIN"})
    app.wait("label", part="Receiving: As jan@example.test, without sending the password itself")


@mwtest.long
def test_authentication_that_is_not_offered(t):
    app = by_hand()
    fill(app)
    choose(app, "Authentication", 5)
    app.press("Check")
    app.wait("alert", "Way to Sign In Is Not Offered", seconds=30)
    app.press("Change Server Settings")
    app.wait("text", "Incoming server")


def test_other_protocol(t):
    """What answered in the run is filled in for somebody who wants POP after all."""
    app = DESK.start()
    app.type("Email address", "jan@example.test")
    app.press("Continue")
    app.type("Password", "not the password")
    app.press("Connect")
    app.wait("push button", "Copy Report", seconds=30)
    app.press("Advanced Settings")
    holds(app, "Incoming port", "993")
    choose(app, "Protocol", 1)
    holds(app, "Incoming port", "995")
    t.true(app.text("Incoming server") != "imap.example.test", "still the IMAP server")
    app.wait("label", part="It answers.")

    # What was typed may speak both.
    app.type("Incoming server", "mail.example.test")
    choose(app, "Protocol", 0)
    mwtest.wait_for(lambda: app.text("Incoming port") in ("993", "995"), what="a port")
    t.equal(app.text("Incoming server"), "mail.example.test")


def test_save_without_checking(t):
    app = by_hand()
    app.press("Save Without Checking…")
    # What is not looked for has to be typed.
    app.wait("list item", part="Without a check nothing is looked for.")
    fill(app)
    since = LAB.mark()
    app.press("Save Without Checking…")
    app.wait("label", part="imap.example.test, port 993, SSL/TLS")
    t.true(app.has_focus("push button", "Cancel"), "Cancel is not the default")
    app.key("Return")
    app.gone("push button", "Save Without Checking")
    t.equal(accounts(app), [])

    app.press("Save Without Checking…")
    app.press("Save Without Checking")
    app.wait("alert", "Account Saved, Not Tested Yet")
    app.wait("label", part="imap.example.test, SSL/TLS: not tested yet")
    app.wait("label", part="The password is in this computer’s keyring.")
    t.equal([LAB.presentations(since), LAB.questions(since)], [[], []], "asked somebody")
    text = open(accounts(app)[0]).read()
    t.absent(JAN, "the account", text.encode())

    app.press("Test Now")
    app.wait("alert", "Account Set Up with IMAP", seconds=30)
    app.wait("label", part="Confirmed by")
    t.equal(len(accounts(app)), 1)
    app.press("Done")
    app.wait("push button", "Add Account")


@mwtest.long
def test_clear_text_is_asked_about(t):
    app = by_hand()
    fill(app)
    choose(app, "Incoming security", 2)
    app.wait("label", part="Anyone on the way can read the password and the mail.")
    holds(app, "Incoming port", "143")
    app.press("Save Without Checking…")
    app.wait("label", part="Without encryption anyone on the way can read the password")
    app.press("Save Without Checking")
    app.wait("alert", "Account Saved, Not Tested Yet")
    app.press("Done")
    app.wait("label", part="Not ")


mwtest.main(globals())
