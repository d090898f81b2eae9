#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""A link reaches the window in the sandbox in every way a desktop has, byte for byte."""

import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwflatpak  # noqa: E402
from mwflatpak import ID, mwtest, mwui  # noqa: E402

DESK = mwflatpak.Desk()
PATH = "/" + ID.replace(".", "/")
SCHEME = "x-scheme-handler/mailto-setup"
START = "Add Your Mail Account"
SETTINGS = "Look at These Settings First"
LINK = ("mailto-setup:jan.kowalski+shop@example.test?v=1&in=imaps:imap.example.test:993"
        "&in=pop3:imap.example.test&out=submissions:smtp.example.test:465"
        "&prov=F%C3%BCr%20%22alle%22&x-note=a:/@+!$()*,-._~z")


def with_gio(session, link):
    session.run("gio", "open", link, check=True)


def with_xdg_open(session, link):
    """On GNOME."""
    session.run("xdg-open", link, check=True)


def with_bare_xdg_open(session, link):
    """Where no desktop is known it starts the program itself, and stays as long."""
    session.spawn("xdg-open", link, env={"XDG_CURRENT_DESKTOP": "", "BROWSER": "/bin/false"})


def with_launch(session, link):
    session.run("gtk4-launch", ID, link, check=True)


def with_bus(session, link):
    session.run("gdbus", "call", "--session", "-d", ID, "-o", PATH, "-m",
                "org.freedesktop.Application.Open", f"['{link}']", "{}", check=True)


def with_flatpak(session, link):
    session.spawn("flatpak", "run", ID, link)


WAYS = (with_gio, with_xdg_open, with_bare_xdg_open, with_launch, with_bus, with_flatpak)


class Listener:
    """What is opened over the bus."""

    def __init__(self, session):
        self.session = session
        session.spawn("dbus-monitor", "--session", "member='Open'")
        # It says so when it hears.
        mwtest.wait_for(lambda: "NameAcquired" in self.text() or "signal" in self.text(),
                        what="the listener")
        self.mark()

    def text(self):
        return self.session.log("dbus-monitor")

    def mark(self):
        self.start = len(self.text())

    def opened(self):
        return re.findall(r'string "(mailto-setup:[^\n]*)"', self.text()[self.start:], re.I)


_listener = None


def listener():
    global _listener
    if _listener is None:
        DESK.up()
        _listener = Listener(DESK.session)
    _listener.mark()
    return _listener


def given(app):
    """Links on the command line of the window, and those it was given over the bus."""
    with open(f"/proc/{app.pid()}/cmdline", "rb") as f:
        words = f.read().decode().split("\0")
    return [word for word in words if word.lower().startswith("mailto-setup:")] + \
        _listener.opened()


def sees(t, app, way):
    app.wait("alert", SETTINGS, seconds=30)
    app.wait("list item", "jan.kowalski+shop@example.test")
    app.wait("list item", "imap.example.test")
    app.wait("list item", "smtp.example.test")
    app.wait("label", part="The link calls itself “Für \"alle\"”.")
    app.wait("label", "Nothing was contacted yet.")
    t.equal(set(given(app)), {LINK}, way.__name__)


def test_the_desktop_knows_the_handler(t):
    DESK.up()
    done = DESK.session.run("gio", "mime", SCHEME, check=True)
    t.contains(done.stdout.splitlines()[0], f"{ID}.desktop")
    done = DESK.session.run("xdg-mime", "query", "default", SCHEME, check=True)
    t.equal(done.stdout.strip(), f"{ID}.desktop")


def test_cold(t):
    for way in WAYS:
        app = DESK.watch()
        listener()
        way(DESK.session, LINK)
        sees(t, app, way)


def test_warm(t):
    app = DESK.start()
    app.wait("heading", START)
    first = app.pid()
    for way in WAYS:
        listener()
        way(DESK.session, LINK)
        sees(t, app, way)
        t.equal(app.pid(), first, way.__name__)
        mwtest.wait_for(lambda: len(DESK.session.running()) == 1, what="the end of the second")
        app.press("Cancel")
        app.wait("heading", START)
        mwui.rest_from_links()


def test_refused(t):
    """With the sentence of everywhere else, and nothing of it kept."""
    app = DESK.watch()
    listener()
    with_gio(DESK.session, "mailto-setup:jan@example.test?p=hunter2")
    app.wait("label", part="contains a password", seconds=30)
    t.true("hunter2" not in app.texts(), "it was repeated")
    DESK.session.kill()
    for folder, _, names in os.walk(app.folder):
        for name in names:
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                with open(path, "rb") as f:
                    t.true(b"hunter2" not in f.read(), f"it stands in {path}")


mwflatpak.main(globals())
