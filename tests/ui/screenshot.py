#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Makes the picture of the README: screenshot.py [FILE]

Two pages of a real journey in the lab, side by side; without FILE it takes the place of
data/screenshots/window.png. The program is that of MW_BUILD_DIR, as for the tests.
"""

import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402

PICTURE = os.path.join(os.path.dirname(os.path.realpath(__file__)),
                       "..", "..", "data", "screenshots", "window.png")
SIZE = (640, 720)
MAX_BYTES = 150 * 1024
SETTINGS = "[Settings]\ngtk-enable-animations=false\ngtk-font-name=Cantarell 11\n"

LAB = mwtest.Lab()
DESK = mwui.Desk(lab=LAB, keyring=True, size="{}x{}".format(*SIZE))


class Home:
    """With the fonts of GNOME, and a name to greet."""

    def __init__(self):
        self.directory = tempfile.mkdtemp(dir=DESK.up().session.directory)
        folder = os.path.join(self.directory, ".config", "gtk-4.0")
        os.makedirs(folder)
        with open(os.path.join(folder, "settings.ini"), "w") as f:
            f.write(SETTINGS)


def take(app, path):
    """The whole screen, which the window fills."""
    app.resize(*SIZE)
    app.focus_window()
    mwtest.wait_for(lambda: app.width() == SIZE[0], what="the window to fill the screen")
    app.picture(path)


def make(t):
    folder = DESK.up().session.directory
    pages = [os.path.join(folder, name) for name in ("type.png", "done.png")]
    app = DESK.start(home=Home())
    app.wait("text", "Email address")
    take(app, pages[0])

    app.type("Email address", "jan@example.test")
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")
    app.type("Your name", "Jan Kowalski")
    app.type("Password", mwtest.PASSWORDS["jan"])
    app.press("Connect")
    app.wait("push button", "Done", seconds=30)
    app.gone("label", part="Looking for mail programs")
    take(app, pages[1])

    # Without the frame that the window would have on a desktop; a line between the two.
    subprocess.run(["convert", pages[0], pages[1], "-shave", "4x4", "-bordercolor", "#d0d0d0",
                    "-border", "1", "+append", "-strip", TARGET], check=True)
    t.true(os.path.getsize(TARGET) <= MAX_BYTES, "the picture is too large")


TARGET = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else PICTURE)
sys.argv[1:] = []
mwtest.main({"test_screenshot": make})
