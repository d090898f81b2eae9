# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""A home folder with mail programs in many states."""

import os

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
"""


def put(path, text=""):
    os.makedirs(os.path.dirname(path), 0o700, exist_ok=True)
    with open(path, "w") as f:
        f.write(text)
    os.chmod(path, 0o600)


def install(home):
    """Two profiles, one of them behind a link; a Flatpak's list that is damaged, a closed Snap."""
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
