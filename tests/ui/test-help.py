#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""F1 opens the help on what is in front, and says so when nothing can show it."""

import os
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402

LAB = mwtest.Lab()
DESK = mwui.Desk(lab=LAB, keyring=True)


class Home:
    """One in which the help viewer writes down what it is asked for."""

    def __init__(self, viewer=True):
        self.directory = tempfile.mkdtemp(dir=DESK.up().session.directory)
        self.asked = os.path.join(self.directory, "asked")
        if not viewer:
            # One that is installed here is none of the test's business.
            self.write(".config/mimeapps.list",
                       "[Removed Associations]\n"
                       "x-scheme-handler/help=yelp.desktop;org.gnome.Yelp.desktop;\n")
            return
        script = self.write("viewer", f"#!/bin/sh\necho \"$1\" >> {self.asked}\n")
        os.chmod(script, 0o755)
        self.write(".local/share/applications/viewer.desktop",
                   f"[Desktop Entry]\nType=Application\nName=Viewer\nExec={script} %u\n"
                   "MimeType=x-scheme-handler/help;\n")
        self.write(".config/mimeapps.list",
                   "[Default Applications]\nx-scheme-handler/help=viewer.desktop\n")

    def write(self, name, text):
        path = os.path.join(self.directory, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as f:
            f.write(text)
        return path

    def topics(self):
        if not os.path.exists(self.asked):
            return []
        with open(self.asked) as f:
            return f.read().splitlines()

    def wait(self, topic):
        mwtest.wait_for(lambda: self.topics()[-1:] == [topic],
                        what=f"{topic}, not {self.topics()[-1:]}")


def test_where_you_are(t):
    home = Home()
    app = DESK.start(home=home)
    app.wait("heading", "Add Your Mail Account")
    app.key("F1")
    home.wait("help:mailwright/add-account")

    app.key("ctrl+comma")
    app.wait("check box", "Ask the public settings database")
    app.key("F1")
    home.wait("help:mailwright/privacy")
    app.key("Escape")
    app.gone("check box", "Ask the public settings database")

    app.type("Email address", "jan@nowhere.test")
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")
    app.key("F1")
    home.wait("help:mailwright/password")
    app.press("Advanced Settings")
    app.wait("text", "Incoming server")
    app.key("F1")
    home.wait("help:mailwright/servers")
    app.press("Back")
    app.gone("text", "Incoming server")

    app.type("Password", "secret")
    app.press("Connect")
    app.press("What Does This Mean?", seconds=60)
    home.wait("help:mailwright/problems#nothing-found")
    app.press("Copy Report")
    app.wait("text", "The report as it is copied")
    app.key("F1")
    home.wait("help:mailwright/report")
    app.key("Escape")
    app.gone("text", "The report as it is copied")
    app.key("F1")
    home.wait("help:mailwright/problems#nothing-found")
    t.equal(len(home.topics()), 7, "calls of the viewer")


def test_no_viewer(t):
    app = DESK.start(home=Home(viewer=False))
    app.wait("heading", "Add Your Mail Account")
    app.key("F1")
    app.wait("label", "Help Cannot Be Shown")
    t.contains(app.texts(), "Yelp")
    app.key("Escape")
    app.gone("label", "Help Cannot Be Shown")
    app.key("ctrl+comma")
    app.wait("check box", "Ask the public settings database")
    app.key("F1")
    app.wait("label", "Help Cannot Be Shown")


mwtest.main(globals())
