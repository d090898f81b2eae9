#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""What the window says of mail programs that the sandbox hides, and a folder chosen for one."""

import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwflatpak  # noqa: E402
from mwflatpak import mwtest  # noqa: E402
import mwdocuments  # noqa: E402
from mwprograms import ACCOUNT, ACCOUNT_ID, put  # noqa: E402

DESK = mwflatpak.Desk()


def start(item="Export…", options=()):
    DESK.up()
    put(f"{DESK.session.home}/.var/app/{mwflatpak.ID}/data/mailwright/accounts/"
        f"{ACCOUNT_ID}.account", ACCOUNT)
    app = DESK.start(keep=True, options=options)
    app.press("Menu of Jan")
    app.press(item, role="menu item")
    return app


def test_nothing_found(t):
    # Without a bus name there is no Evolution, and without the folder no Thunderbird.
    app = start(options=("--no-talk-name=org.gnome.evolution.dataserver.Sources5",
                         "--nofilesystem=~/.thunderbird"))
    app.wait("label", "No Mail Program Found")
    app.wait("label", part="sees a mail program only after it was started once")
    app.press("Programs Mailwright May Not Look For")
    for folder in ("~/.thunderbird", "~/snap/thunderbird/common/.thunderbird",
                   "~/.var/app/eu.betterbird.Betterbird/.thunderbird"):
        app.wait("label", f"flatpak override --user --filesystem={folder} {mwflatpak.ID}")


def choose(t, path):
    """From now on PATH is what is taken in a file chooser."""
    session = DESK.up().session
    runtime = f"/run/user/{os.getuid()}"
    if not os.path.isdir(f"{runtime}/doc"):
        # Outside and inside the folder has the same name, as in every real session.
        if os.access("/dev/fuse", os.W_OK):
            subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=755", "none", "/run/user"],
                           check=True)
            os.mkdir(runtime, 0o700)
        mwdocuments.start(t, session, runtime)
        put(f"{session.directory}/answer")
        mwdocuments.start_chooser(session, f"{session.directory}/answer")
    put(f"{session.directory}/answer", path)


def test_chosen_folder(t):
    session = DESK.up().session
    choose(t, session.home)
    root = f"{session.home}/.var/app/org.mozilla.thunderbird/.thunderbird"
    put(f"{root}/profiles.ini", "[Profile0]\nName=In\nIsRelative=1\nPath=in\n")
    put(f"{root}/in/prefs.js")

    app = start()
    app.press("Programs Mailwright May Not Look For")
    button = mwtest.wait_for(lambda: next(
        (node for node in app.walk() if node.get_name() == "Choose Folder…"
         and node.get_description() == "Thunderbird · Flatpak"), None), what="the button")
    DESK.atspi.Action.do_action(button.get_action_iface(), 0)
    app.wait("alert", part="holds no profile")
    choose(t, root)
    DESK.atspi.Action.do_action(button.get_action_iface(), 0)
    # The one of the distribution has a row, too, and comes first.
    mwtest.wait_for(lambda: sum(node.get_name() == "Thunderbird" for node in app.walk()
                                if node.get_role_name() == "list item") == 2,
                    what="the row of the Flatpak's")
    DESK.stop_apps()

    # The choice is remembered, and what is written arrives outside.
    done = session.inside("mailwright-cli", "export", ACCOUNT_ID, "--to", "thunderbird-flatpak",
                          "--password-stdin", input="secret\n")
    t.equal(done.returncode, 0, done.stdout + done.stderr)
    with open(f"{root}/in/prefs.js") as f:
        t.contains(f.read(), "imap.example.test")
    t.true(os.path.exists(f"{root}/in/logins.json"), "the password did not arrive")


def test_saving_a_file(t):
    path = f"{DESK.up().session.home}/Documents/set-up"
    os.makedirs(os.path.dirname(path))
    choose(t, path)
    app = start("Share Set-Up…")
    # The second line of the list is the one with a picture.
    app.wait("combo box", "Share as")
    while not app.has_focus("combo box", "Share as"):
        app.key("Tab")
    app.key("space", "Down", "Return")
    app.press("Save SVG…")
    mwtest.wait_for(lambda: os.path.exists(path) and os.path.getsize(path) > 0,
                    what="the file on the host")


mwflatpak.main(globals())
