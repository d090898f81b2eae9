#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Certificates that nobody vouches for, and the person's word about them."""

import glob
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402

LAB = mwtest.Lab()
DESK = mwui.Desk(lab=LAB, keyring=True)
JAN = mwtest.PASSWORDS["jan"]
TRUST = "Trust This Certificate"
AGAIN = "Set Up This Server’s Certificate Again"


def enter_servers(app, incoming, outgoing):
    app.press("Enter the Servers by Hand")
    app.wait("text", "Incoming server")
    app.type("Email address", "jan@selfsigned.test")
    app.type("Password", JAN)
    app.type("Incoming server", incoming)
    app.type("Outgoing server", outgoing)
    app.press("Check")


def show_certificate(app):
    app.press("Show Certificate", seconds=30)
    app.wait("label", "SHA-256 fingerprint")


def account_file(app):
    files = glob.glob(f"{app.env['XDG_DATA_HOME']}/mailwright/accounts/*.account")
    return files[0] if files else None


def read_account(app):
    with open(account_file(app)) as f:
        return f.read()


def test_only_for_a_typed_server(t):
    app = DESK.start()
    since = LAB.mark()
    app.type("Email address", "jan@selfsigned.test")
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")
    app.type("Password", JAN)
    app.press("Connect")
    show_certificate(app)
    app.wait("label", part="only for a server whose name you type yourself")
    t.equal(app.find("push button", TRUST), None)
    app.press("Close", role="push button")
    t.equal(LAB.presentations(since), [], "passwords shown")


def test_trust(t):
    app = DESK.start()
    since = LAB.mark()
    enter_servers(app, "imap.selfsigned.test", "imap.selfsigned.test")
    show_certificate(app)
    mwtest.wait_for(lambda: app.has_focus("push button", "Cancel"), what="the focus on Cancel")
    heard = mwui.plain(app.find("push button", "Cancel").get_description())
    t.contains(heard, "imap.selfsigned.test. Ask whoever runs the server for the fingerprint")
    app.key("Return")
    app.gone("push button", TRUST)
    t.equal(LAB.presentations(since), [], "passwords shown after Enter")

    show_certificate(app)
    app.press(TRUST)
    # One answer for both ports: the same certificate of the same host.
    app.wait("alert", part="Account Set Up", seconds=30)
    app.wait("label", part="The account is saved.")
    pins = re.findall(r"^Pin=([0-9a-f]{64})$", read_account(app), re.MULTILINE)
    t.equal(len(pins), 2, "pins in the account")
    t.equal(len(set(pins)), 1, "certificates pinned")
    t.equal(sorted(service for service, *_ in LAB.presentations(since)), ["imap", "smtp"])


def test_every_host_has_its_own_question(t):
    app = DESK.start()
    since = LAB.mark()
    enter_servers(app, "imap.selfsigned.test", "smtp.selfsigned.test")
    show_certificate(app)
    app.wait("label", "imap.selfsigned.test")
    app.press(TRUST)
    app.wait("label", part="smtp.selfsigned.test made its certificate itself", seconds=30)
    show_certificate(app)
    app.wait("label", "smtp.selfsigned.test")
    t.equal([service for service, *_ in LAB.presentations(since)], ["imap"])
    app.press(TRUST)
    app.wait("alert", part="Account Set Up", seconds=30)


def test_a_changed_certificate_stops(t):
    app = DESK.start()
    enter_servers(app, "imap.selfsigned.test", "imap.selfsigned.test")
    show_certificate(app)
    app.press(TRUST)
    app.wait("alert", part="Account Set Up", seconds=30)
    app.wait("label", part="The account is saved.")
    app.press("Done")
    app.wait("push button", "Add Account")
    app.stop()

    text = read_account(app)
    pin = re.search(r"^Pin=([0-9a-f]{64})$", text, re.MULTILINE).group(1)
    former = "0123456789abcdef" * 4
    with open(account_file(app), "w") as f:
        f.write(text.replace(pin, former))

    again = DESK.start(home=app)
    since = LAB.mark()
    again.press("Menu of jan@selfsigned.test")
    again.press("Check Again", role="menu item")
    again.wait("alert", "Certificate Has Changed", seconds=30)
    t.equal(LAB.presentations(since), [], "passwords shown")
    show_certificate(again)
    again.wait("label", "Accepted before")
    again.wait("label", part=":".join(["01", "23", "45", "67", "89", "AB", "CD", "EF"] * 4))
    mwtest.wait_for(lambda: again.has_focus("push button", "Cancel"), what="the focus on Cancel")
    again.press(AGAIN)
    again.wait("label", part="Works, checked today", seconds=30)
    mwtest.wait_for(lambda: re.findall(r"^Pin=(.*)$", read_account(again), re.MULTILINE)
                    == [pin, pin], what="the new certificate in the account")


mwtest.main(globals())
