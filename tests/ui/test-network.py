#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""What stands in the way before any server does: no network, or a portal."""

import os
import shutil
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402
import mwnetwork  # noqa: E402

LAB = mwtest.Lab("--capture")
DESK = mwui.Desk(lab=LAB, keyring=True)
PASSWORD = mwtest.PASSWORDS["jan"]
NETWORK = None


def network(state):
    """Says so on the system bus, and makes it true."""
    global NETWORK
    DESK.up()
    if NETWORK is None:
        NETWORK = mwnetwork.NetworkManager(DESK.session, state)
    if state == "none":
        mwnetwork.unplug(LAB)
    else:
        mwnetwork.plug(LAB)
    NETWORK.set(state)


def sign_in(app, address="jan@starttls.test"):
    app.wait("text", "Email address")
    app.type("Email address", address)
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")
    app.type("Password", PASSWORD)


def connect_is_sensitive(app):
    return app.is_sensitive(app.wait("push button", "Connect"))


def test_connect_waits(t):
    network("none")
    app = DESK.start()
    app.wait("alert", part="This computer is offline.")
    mark, dialled = LAB.mark(), len(LAB.dialled())
    sign_in(app)
    app.wait("alert", part="This computer is offline.")
    t.true(not connect_is_sensitive(app), "Connect can be pressed without a network")
    if shutil.which("thunderbird"):
        app.type("Email address", "jan@aol.com")
        there = app.wait("push button", "Sign In in Thunderbird Instead")
        t.true(not app.is_sensitive(there), "a sign-in can be prepared without a network")
        app.type("Email address", "jan@starttls.test")
    t.equal(LAB.questions(mark), [])
    t.equal(LAB.dialled()[dialled:], [])

    network("full")
    app.gone("alert", part="This computer is offline.")
    mwtest.wait_for(lambda: connect_is_sensitive(app), what="Connect to become active")
    app.press("Connect")
    app.wait("alert", part="Account Set Up with IMAP", seconds=30)


def test_own_network_only(t):
    """Offline, but the cable is in: what lies here may be tried."""
    network("full")
    app = DESK.start()
    sign_in(app)
    t.true(connect_is_sensitive(app), "Connect cannot be pressed")
    NETWORK.set("none")
    app.wait("alert", part="Only servers in its own network can be reached.")
    t.true(connect_is_sensitive(app), "Connect waits for nothing")
    app.press("Connect")
    app.wait("alert", part="Account Set Up with IMAP", seconds=30)


def test_network_goes(t):
    network("full")
    app = DESK.start()
    sign_in(app)
    app.type("Password", "not the password")
    app.press("Connect")
    app.wait("push button", "Copy Report", seconds=30)
    network("none")
    app.type("Password", PASSWORD)
    time.sleep(0.5)  # nothing on this page says that the window has heard of it
    app.press("Try Again")
    app.wait("alert", part="No Network Connection")
    app.wait("label", part="This computer is offline.")
    network("full")
    app.press("Try Again")
    app.wait("alert", part="Account Set Up with IMAP", seconds=30)


class Home:
    """One in which a browser writes down where it is sent."""

    def __init__(self):
        self.directory = tempfile.mkdtemp(dir=DESK.up().session.directory)
        self.visited = os.path.join(self.directory, "visited")
        browser = os.path.join(self.directory, "browser")
        with open(browser, "w") as f:
            f.write(f"#!/bin/sh\necho \"$1\" >> {self.visited}\n")
        os.chmod(browser, 0o755)
        for folder, name, text in (
                (".local/share/applications", "browser.desktop",
                 f"[Desktop Entry]\nType=Application\nName=Browser\nExec={browser} %u\n"
                 "MimeType=x-scheme-handler/http;\n"),
                (".config", "mimeapps.list",
                 "[Default Applications]\nx-scheme-handler/http=browser.desktop\n")):
            os.makedirs(os.path.join(self.directory, folder), exist_ok=True)
            with open(os.path.join(self.directory, folder, name), "w") as f:
                f.write(text)

    def count(self):
        if not os.path.exists(self.visited):
            return 0
        with open(self.visited) as f:
            return f.read().splitlines().count("http://nmcheck.gnome.org/")


def test_portal(t):
    home = Home()
    network("portal")
    app = DESK.start(home=home)
    app.wait("alert", part="This network wants you to sign in to it first")
    app.press("Open Sign-In Page")
    mwtest.wait_for(lambda: home.count() == 1, what="the browser")

    mark = LAB.mark()
    sign_in(app)
    app.wait("alert", part="This network wants you to sign in to it first")
    app.press("Connect")
    app.wait("alert", part="Network Wants You to Sign In")
    t.equal(LAB.presentations(mark), [])
    t.true(app.find("push button", part="Certificate") is None, "offers to trust a certificate")
    app.press("Open Sign-In Page")
    mwtest.wait_for(lambda: home.count() == 2, what="the browser")
    NETWORK.set("full")
    app.press("Try Again")
    app.wait("alert", part="Account Set Up with IMAP", seconds=30)


mwtest.main(globals())
