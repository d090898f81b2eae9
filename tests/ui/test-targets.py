#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""The rows of the mail programs: which one it is, which profile, and why it cannot be used."""

import os
import sys
import types

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402

DESK = mwui.Desk(keyring=True)
ACCOUNT_ID = "7f0e8c52-3f3f-4b7e-9a53-0d2c3b1a9f10"
ACCOUNT = """[Account]
Format=1
Label=Jan
Address=jan@example.test
State=works

[Incoming]
Service=imaps
Host=imap.example.test
Port=993
User=jan@example.test
Auth=PLAIN

[Outgoing]
Service=submissions
Host=smtp.example.test
Port=465
User=jan@example.test
Auth=PLAIN
Authenticate=true
OwnCredentials=false

[Export thunderbird]
Profile=work.default
Time=2026-01-02T03:04:05Z
"""


def put(path, text=""):
    os.makedirs(os.path.dirname(path), 0o700, exist_ok=True)
    with open(path, "w") as f:
        f.write(text)
    os.chmod(path, 0o600)


def make_home():
    """Two profiles, one of them behind a link; a Flatpak's list that is damaged, a closed Snap."""
    DESK.up()
    home = os.path.join(DESK.session.directory, "many-programs")
    put(f"{home}/.local/share/mailwright/accounts/{ACCOUNT_ID}.account", ACCOUNT)
    root = f"{home}/.thunderbird"
    put(f"{root}/profiles.ini",
        "[Profile0]\nName=Work\nIsRelative=1\nPath=work.default\nDefault=1\n"
        "\n[Profile1]\nName=Home <b>\nIsRelative=1\nPath=home.default\n")
    put(f"{root}/work.default/prefs.js")
    put(f"{root}/work.default/compatibility.ini", "[Compatibility]\nLastVersion=140.3.1_1/1\n")
    put(f"{home}/Mail/prefs.js")
    os.symlink(f"{home}/Mail", f"{root}/home.default")
    put(f"{home}/.var/app/org.mozilla.thunderbird/.thunderbird/profiles.ini", "[Profile0\n")
    closed = f"{home}/snap/thunderbird/common/.thunderbird"
    put(f"{closed}/profiles.ini", "[Profile0]\nName=x\nIsRelative=1\nPath=x\n")
    os.chmod(closed, 0)
    return types.SimpleNamespace(directory=home)


def rows(app):
    """What the row of each target says, button and all."""
    found = []
    for item in app.walk():
        if item.get_role_name() != "list item" or not item.get_name().startswith("Thunderbird"):
            continue
        nodes = list(app.walk(item))
        texts = [mwui.plain(node.get_name()) for node in nodes
                 if node.get_role_name() == "label"]
        buttons = [(node.get_name(), node.get_description()) for node in nodes
                   if node.get_role_name() == "push button"]
        found.append((" / ".join(dict.fromkeys(texts)), buttons))
    return found


def test_rows(t):
    app = DESK.start(home=make_home())
    app.press("Menu of Jan")
    app.press("Export…", role="menu item")
    app.wait("label", part="is damaged")
    said = rows(app)
    t.equal(len(said), 4, said)
    work, linked, damaged, closed = said

    # The account remembers the profile it went to, which had another name then.
    about = "From the distribution · Version 140.3.1 · Profile “Work”, the usual one"
    t.contains(work[0], about)
    t.contains(work[0], "The account is there already")
    t.equal(work[1], [("Update in Thunderbird", about)])
    t.contains(linked[0], "Profile “Home <b>”")
    t.contains(linked[0], "is reached over a link and is really ~/Mail")
    t.equal([name for name, _ in linked[1]], ["Add to Thunderbird"])
    t.contains(damaged[0], "Flatpak, the program itself was not found")
    t.contains(damaged[0],
               "~/.var/app/org.mozilla.thunderbird/.thunderbird/profiles.ini, is damaged")
    t.contains(closed[0], "~/snap/thunderbird/common/.thunderbird cannot be opened")
    t.equal((damaged[1], closed[1]), ([], []))


mwtest.main(globals())
