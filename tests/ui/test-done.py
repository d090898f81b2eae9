#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""The last page: what was proved, in words, and the options of the account."""

import glob
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402

LAB = mwtest.Lab()
DESK = mwui.Desk(lab=LAB, keyring=True, size="1000x1700")


def done(app, address, name=None, kind=None):
    app.type("Email address", address)
    app.press(kind or "Continue")
    app.wait("heading", "Sign In to Your Mail")
    app.type("Your name", name or "")
    app.type("Password", mwtest.PASSWORDS[address.partition("@")[0]])
    app.press("Connect")
    app.wait("alert", part="Account Set Up", seconds=60)
    app.wait("label", part="The account is saved.")


def saved(app):
    return {path: open(path).read() for path in
            glob.glob(f"{app.env['XDG_DATA_HOME']}/mailwright/accounts/*.account")}


def toggle(app, name):
    node = app.wait("check box", name)
    DESK.atspi.Action.do_action(node.get_action_iface(), 0)


def facts(app):
    """What the rows say, as it is heard."""
    app.wait("list", "What was proved")
    return {node.get_name(): mwui.plain(node.get_description()) for node in app.walk()
            if node.get_role_name() == "list item" and node.get_description()}


def test_facts_and_names(t):
    app = DESK.start()
    done(app, "jan@example.test", "Jan <b>K</b>")
    heard = facts(app)
    t.equal(heard["Receiving mail"], "imap.example.test, SSL/TLS: signed in and opened the inbox")
    t.equal(heard["Sending mail"],
            "smtp.example.test, SSL/TLS: signed in, and your address may send")
    t.equal(heard["Encryption"], "Nobody on the way can read it (TLS 1.3)")
    t.contains(heard["Certificate"], "Confirmed by ")
    t.contains(heard["Certificate"], "valid until ")
    t.equal(heard["Signing in"], "As jan@example.test, with the password")
    app.wait("label", part="People you write to see the name “Jan <b>K</b>”.")
    app.wait("label", "It becomes the default only where a mail program has none")
    toggle(app, "Set as default account")
    app.wait("label", "New messages are written from it")
    app.type("Account name", "First & only")
    app.press("Done")

    app.press("Add Account")
    done(app, "piet@example.test")
    app.wait("label", part="see your address without a name.")
    app.wait("label", "The default account is First & only")
    toggle(app, "Set as default account")
    app.wait("label", "Takes the place of First & only")
    app.press("Done")
    app.wait("push button", "Add Account")
    defaults = [text for text in saved(app).values() if "\nDefault=true" in text]
    t.equal(len(defaults), 1)
    t.contains(defaults[0], "piet@example.test")


def test_pop_and_signature(t):
    app = DESK.start()
    done(app, "jan@example.test", kind="POP Account")
    app.wait("label", "Other devices and the web mail still have them")
    app.wait("label", "They are never deleted")
    toggle(app, "Leave messages on the server")
    app.wait("label", part="Each message is deleted there once")
    t.equal(app.find("spin button"), None)
    toggle(app, "Leave messages on the server")
    app.wait("spin button")

    t.equal(app.find("label", "How a message will end"), None)
    app.type("Signature", "Jan Kowalski\nŁódź 🙂")
    app.wait("label", "How a message will end")
    app.wait("label", part="\n\n-- \nJan Kowalski\nŁódź 🙂")
    app.type("Signature", "ł" * 4096)
    app.wait("label", "This is long: 4096 letters below every message.")
    app.type("Signature", "Jan Kowalski\n" * 6000)
    app.wait("label", part="the end was cut off.")

    # Closed at once: the last that was typed is not lost.
    app.type("Signature", "Jan")
    app.type("Description", "The last word")
    app.key("ctrl+w")
    t.equal(app.process.wait(20), 0)
    text, = saved(app).values()
    t.contains(text, "Description=The last word")
    t.contains(text, "Signature=Jan\n")


mwtest.main(globals())
