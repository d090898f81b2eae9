#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""On Wayland the window comes up, can be heard, takes what is typed, and ends without a warning.

A compositor without a screen takes no keys, so this is all; the rest is tested under X.
"""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402

DESK = mwui.Desk(keyring=True)


def end(app):
    """Closes one window after the other; the exit status."""
    def close():
        if app.process.poll() is not None:
            return True
        try:
            node = app.find_pressable("push button", "Close")
            if node is not None:
                DESK.atspi.Action.do_action(node.get_action_iface(), 0)
        except Exception:  # it went away while we looked
            pass
        return False

    mwtest.wait_for(close, what="the end")
    return app.process.returncode


def test_window(t):
    mwtest.need("weston")
    session = DESK.up().session
    session.spawn("weston", "--backend=headless-backend.so", "--socket=wayland-mw",
                  "--idle-time=0", "--width=1000", "--height=900", name="weston")
    mwtest.wait_for(lambda: os.path.exists(f"{session.env['XDG_RUNTIME_DIR']}/wayland-mw"),
                    what="the compositor: " + session.log("weston"))
    app = DESK.start(env={"GDK_BACKEND": "wayland", "WAYLAND_DISPLAY": "wayland-mw",
                          "DISPLAY": ""})
    app.wait("heading", "Add Your Mail Account")
    app.type("Email address", "jan@gmail.com")
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")
    t.equal(app.text("Email address"), "jan@gmail.com")
    app.press("Main Menu")
    app.wait("menu item", "Preferences")
    app.press("Preferences", role="menu item")
    app.wait("check box", "Ask the public settings database")
    pid = app.pid()
    with open(f"/proc/{pid}/maps") as f:
        t.contains(f.read(), "libwayland-client")
    t.equal(end(app), 0, "exit status")
    t.true("WARNING" not in app.log() and "CRITICAL" not in app.log(), app.log()[-2000:])


mwtest.main(globals())
