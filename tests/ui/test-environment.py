#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Variables that make libraries write secrets down do nothing, in neither program."""

import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402

LAB = mwtest.Lab()
DESK = mwui.Desk(lab=LAB, keyring=True)
JAN = mwtest.PASSWORDS["jan"]
TALKATIVE = {"GNUTLS_DEBUG_LEVEL": "9", "G_DBUS_DEBUG": "all", "WAYLAND_DEBUG": "1"}


def chatter(text):
    """What the libraries those variables are for say: GnuTLS, GDBus, Wayland."""
    return {line for line in text.splitlines()
            if re.match(r"gnutls\[|GDBus-debug:|\[ *\d+\.\d+\]|.*wl_display", line)}


def spoken_before_main():
    """GnuTLS looks at the processor while it is loaded: before main(), and before any secret."""
    done = DESK.up().session.run(mwtest.program("mailwright-cli"), "--version", env=TALKATIVE)
    return chatter(done.stderr)


def check(t, name, directory, output, keys):
    t.true(not os.path.exists(keys), f"{name} wrote TLS keys")
    said = chatter(output) - spoken_before_main()
    t.equal(sorted(said), [], f"what the libraries of {name} said")
    t.absent(JAN, f"the output of {name}", output.encode())
    for folder, _, files in os.walk(directory):
        for file in files:
            with open(os.path.join(folder, file), "rb") as f:
                t.absent(JAN, os.path.join(folder, file), f.read())


def check_no_core(t, name, pid):
    with open(f"/proc/{pid}/limits") as f:
        limit = [line.split() for line in f if line.startswith("Max core file size")]
    t.equal(limit[0][4:6], ["0", "0"], f"the size of core files of {name}")


def test_window(t):
    keys = os.path.join(DESK.up().session.directory, "window-keys")
    app = DESK.start(env=TALKATIVE | {"SSLKEYLOGFILE": keys})
    app.type("Email address", "jan@example.test")
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")
    app.type("Password", JAN)
    app.press("Connect")
    app.wait("alert", part="Account Set Up", seconds=60)
    app.wait("label", part="The account is saved.")
    check_no_core(t, "the window", app.pid())
    app.stop()
    check(t, "the window", app.directory, app.log(), keys)


def test_command_line(t):
    session = DESK.up().session
    keys = os.path.join(session.directory, "cli-keys")
    done = session.cli("verify", "jan@example.test", "--password-stdin", "--verbose", password=JAN,
                       env=TALKATIVE | {"SSLKEYLOGFILE": keys})
    t.equal(done.code, 0, done.err)
    check(t, "the command line", session.home, done.out + done.err, keys)


mwtest.main(globals())
