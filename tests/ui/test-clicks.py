#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""A link clicked on a page in the real Chromium and in a letter in the real Thunderbird."""

import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwclicks  # noqa: E402
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402

DESK = mwui.Desk(keyring=True)


class Window(mwui.App):
    """Started by the bus when a link is opened; it stays for the next one."""

    def __init__(self):
        super().__init__(DESK, DESK.session.home, {})
        self.settings()

    def check_alive(self):
        pass  # not started yet, perhaps

    def log(self):
        return DESK.session.log("dbus-daemon")


def clicks():
    """At a desktop as others have it: it knows of the program, and starts it through the bus."""
    DESK.up()
    session = DESK.session
    session.env |= {"PATH": f"{mwtest.PREFIX}/bin:" + session.env["PATH"],
                    "XDG_CURRENT_DESKTOP": "GNOME"}
    session.run("gdbus", "call", "--session", "-d", "org.freedesktop.DBus",
                "-o", "/org/freedesktop/DBus",
                "-m", "org.freedesktop.DBus.UpdateActivationEnvironment",
                json.dumps(session.env | {"G_DEBUG": "fatal-warnings"}), check=True)
    return mwclicks.Clicks(DESK, Window())


@mwtest.long
def test_chromium(t):
    clicks().in_chromium(t)


def test_thunderbird(t):
    clicks().in_thunderbird(t)


mwtest.main(globals())
