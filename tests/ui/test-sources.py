#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""What each source of settings said, while the search runs and after it."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402

LAB = mwtest.Lab()
DESK = mwui.Desk(lab=LAB, keyring=True)

DATABASE = "Public settings database"
SERVICES = "Name service (SRV)"
EXCHANGER = "Name service (MX)"
GUESSES = "Usual server names"


def connect(app, address, password=mwtest.PASSWORDS["jan"]):
    app.type("Email address", address)
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")
    app.type("Password", password)
    app.press("Connect")


def said(app, title):
    """What a screen reader speaks with that row, and the same on the screen."""
    row = app.find("list item", title)
    if row is None:
        return None
    labels = [mwui.plain(node.get_name()) for node in app.walk(row)
              if node.get_role_name() == "label"]
    spoken = mwui.plain(row.get_description())
    return spoken if spoken in labels else f"{spoken!r} is not in {labels!r}"


def wait_until_said(app, title, words, seconds=mwui.DEADLINE):
    app.wait("list item", title, seconds=seconds)
    mwtest.wait_for(lambda: (said(app, title) or "").startswith(words), seconds,
                    f"{title!r} to say {words!r}; it says {said(app, title)!r}")


def is_busy(app, title):
    """A row that is not there, because the check has ended meanwhile, is not busy."""
    row = app.find("list item", title)
    return row is not None and row.get_state_set().contains(app.desk.atspi.StateType.BUSY)


def titles(app, name):
    """The rows of a list, in order."""
    return [mwui.plain(node.get_name()) for node in app.walk(app.wait("list", name))
            if node.get_role_name() == "list item"]


def test_while_it_runs(t):
    """The web server of the domain keeps silent, the name service does not."""
    app = DESK.start()
    connect(app, "jan@silentall.test")
    app.wait("list item", "Receiving mail")
    t.equal(app.find("list item", SERVICES), None)
    app.press("Details")
    own = "Settings published by silentall.test"
    mwtest.wait_for(lambda: is_busy(app, own) and said(app, own) == "Asking…",
                    what="a busy row that is asking")
    app.wait("label", part="sources have answered")
    order = titles(app, "Where the Settings Come From")
    wait_until_said(app, SERVICES, "Found 2 servers")
    t.true(not is_busy(app, SERVICES), "the row is still busy")
    wait_until_said(app, DATABASE, "Nothing found")
    wait_until_said(app, GUESSES, "Names to try")

    # At the end no row is still asking, and there is not one more or less.
    app.wait("push button", "Copy Report", seconds=60)
    app.press("Details")
    wait_until_said(app, own, "No answer in time")
    t.true(not is_busy(app, own), "the row is busy for ever")
    t.equal(titles(app, "Where the Settings Come From"), order)
    t.equal(order[:2], ["Mailwright’s own list of providers", own])


def test_disagreement(t):
    app = DESK.start()
    connect(app, "jan@conflict.test", "not the password")
    app.wait("push button", "Copy Report", seconds=60)
    app.press("Details")
    wait_until_said(app, "Settings published by conflict.test", "Found 2 servers")
    wait_until_said(app, DATABASE, "Found 2 servers")
    for title in ("Sources disagree about receiving with IMAP", "Sources disagree about sending"):
        t.equal(said(app, title), "Settings published by conflict.test: mail.hosting.test\n"
                                  "Public settings database: mail.example.test\n"
                                  "What stands first counts for more.")
    t.contains(said(app, "mail.hosting.test, port 993"),
               "Named by: Settings published by conflict.test")
    t.contains(said(app, "mail.example.test, port 465"), f"Named by: {DATABASE}")

    # Both count the same, so who was ready first was signed in to; that one is filled in.
    told = mwui.plain(app.wait("label", part="The server ").get_name())
    app.press("Advanced Settings")
    app.wait("text", "Incoming server")
    filled = [mwui.plain(node.get_name()) for node in app.walk()
              if node.get_role_name() == "label" and "Named by" in node.get_name()]
    sources = {"mail.hosting.test": "Settings published by conflict.test",
               "mail.example.test": DATABASE}
    hosts = [line.partition(",")[0] for line in filled]
    t.equal(filled, [f"{host}, port {port}, SSL/TLS\nIt answers. Named by: {sources[host]}"
                     for host, port in zip(hosts, (993, 465))])
    t.equal((len(hosts), told), (2, f"The server {hosts[0]} said:"))


def test_switched_off(t):
    app = DESK.start()
    app.key("ctrl+comma")
    switch = app.wait("check box", "Ask the public settings database")
    t.true(app.is_sensitive(switch), "no settings: is everything installed?")
    app.press("Ask the public settings database", role="check box")
    app.key("Escape")
    app.gone("check box", "Ask the public settings database")
    connect(app, "jan@conflict.test", "not the password")
    app.wait("push button", "Copy Report", seconds=60)
    app.press("Details")
    wait_until_said(app, DATABASE, "Not asked: it is switched off")
    t.equal(app.find("list item", part="Sources disagree"), None)
    wait_until_said(app, EXCHANGER, "Nothing found")


def test_by_hand(t):
    """Where the servers are entered there is nothing to find."""
    app = DESK.start()
    app.press("Enter the Servers by Hand")
    app.wait("text", "Incoming server")
    app.type("Email address", "jan@silent.test")
    app.type("Password", mwtest.PASSWORDS["jan"])
    app.type("Incoming server", "imap.silent.test")
    app.type("Outgoing server", "smtp.silent.test")
    app.press("Check")
    app.wait("list item", "Receiving mail")
    app.press("Details")
    app.wait("list item", part=", port ")
    t.equal(app.find("list", "Where the Settings Come From"), None)


mwtest.main(globals())
