#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""A run while it goes on: nothing moves, and neither sleep nor a lost network is a problem."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402
import mwnetwork  # noqa: E402

LAB = mwtest.Lab()
DESK = mwui.Desk(lab=LAB, keyring=True)
JAN = mwtest.PASSWORDS["jan"]
NETWORK = None
LOGIND = None

RECEIVING = "Receiving mail"
WAITING = "Waiting for the network"


def services():
    """What stands for the system; the programs hear of it on a bus of its own."""
    global NETWORK, LOGIND
    DESK.up()
    if NETWORK is None:
        NETWORK = mwnetwork.NetworkManager(DESK.session)
        LOGIND = mwnetwork.Logind(DESK.session)
    mwnetwork.unmute(LAB)
    mwnetwork.plug(LAB)
    NETWORK.set("full")


def lose_network():
    mwnetwork.unplug(LAB)
    NETWORK.set("none")


def start():
    services()
    return DESK.start()


def fill_in(app, address):
    app.type("Email address", address)
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")
    app.type("Password", JAN)


def said(app, title=RECEIVING):
    row = app.find("list item", title)
    return mwui.plain(row.get_description()) if row is not None else ""


def wait_until_said(app, words):
    try:
        mwtest.wait_for(lambda: said(app).startswith(words), mwui.DEADLINE, f"{words!r}")
    except mwtest.Failure as failure:
        raise mwtest.Failure(f"{failure}; there is:\n{app.describe()}") from None


def measure(app):
    """Where everything is that stays while the run goes on."""
    boxes = {}
    order = []
    for node in app.walk():
        role, name = node.get_role_name(), mwui.plain(node.get_name())
        if role in ("list item", "push button", "toggle button", "alert") or name == "Details":
            boxes[role, name] = app.desk.atspi.Component.get_extents(node)
            if role == "list item":
                order.append(name)
    return boxes, order


def test_nothing_moves(t):
    app = start()
    fill_in(app, "jan@silentall.test")
    app.resize(360 + 52, 1400)
    mwnetwork.mute(LAB)
    app.press("Connect")
    wait_until_said(app, "Looking for the server")
    app.press("Details")
    app.wait("list item", "Name service (SRV)")

    boxes, order = measure(app)
    for words in (WAITING, "Connecting: mail.silentall.test"):
        LOGIND.sleep(words == WAITING)
        wait_until_said(app, words)
        if words != WAITING:
            app.wait("list item", part=", port ")
        now, rows = measure(app)
        t.equal(rows[:len(order)], order, f"the rows when it says {words!r}")
        for thing, box in boxes.items():
            # The words below may be fewer.
            kept = slice(0, 3) if thing[1] == "Details" else slice(0, 4)
            t.equal(now[thing][kept], box[kept], f"{thing} when it says {words!r}")
        services()
    app.press("Cancel")


def test_sleep(t):
    app = start()
    fill_in(app, "jan@starttls.test")
    # While a page stands open, sleep changes nothing on it.
    LOGIND.sleep(True)
    LOGIND.sleep(False)

    # The system has not noticed yet that nothing gets through.
    mwnetwork.mute(LAB)
    since = LAB.mark()
    app.press("Connect")
    wait_until_said(app, "Looking for the server")
    LOGIND.sleep(True)
    wait_until_said(app, WAITING)
    t.true(app.find("push button", "Copy Report") is None, "told of a problem")
    lose_network()
    LOGIND.sleep(False)
    wait_until_said(app, WAITING)
    services()
    app.wait("alert", part="Account Set Up with IMAP", seconds=30)
    t.equal(sorted((service, user) for service, user, *_ in LAB.logins(since)),
            [("imap", "jan@starttls.test"), ("smtp", "jan@starttls.test")])


def test_network_goes_and_comes(t):
    app = start()
    fill_in(app, "jan@starttls.test")
    mwnetwork.mute(LAB)
    since = LAB.mark()
    app.press("Connect")
    wait_until_said(app, "Looking for the server")
    lose_network()
    wait_until_said(app, WAITING)

    # Whoever does not want to wait goes back, and nothing is lost.
    app.press("Cancel")
    app.wait("heading", "Sign In to Your Mail")
    t.equal(app.text("Email address"), "jan@starttls.test")
    services()
    mwtest.wait_for(lambda: app.is_sensitive(app.wait("push button", "Connect")),
                    what="Connect to become active")
    t.equal(LAB.presentations(since), [], "passwords shown by themselves")
    t.true(app.find("list item", RECEIVING) is None, "goes on after Cancel")

    mwnetwork.mute(LAB)
    app.press("Connect")
    wait_until_said(app, "Looking for the server")
    lose_network()
    wait_until_said(app, WAITING)
    services()
    app.wait("alert", part="Account Set Up with IMAP", seconds=30)
    t.equal(sorted(service for service, *_ in LAB.presentations(since)), ["imap", "smtp"])


mwtest.main(globals())
