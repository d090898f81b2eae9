#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""The whole way of an account through the Flatpak: typed once, then the host's Thunderbird and
Evolution log in with it, unasked."""

import glob
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwflatpak  # noqa: E402
from mwflatpak import mwtest  # noqa: E402
from mwprograms import put  # noqa: E402
from mwtest import wait_for  # noqa: E402

LAB = mwtest.Lab()
DESK = mwflatpak.Desk(lab=LAB)
ADDRESS = "jan@example.test"
PASSWORD = mwtest.PASSWORDS["jan"]
LOGIN_SECONDS = 90


def profile(session):
    found = glob.glob(f"{session.home}/.thunderbird/*/prefs.js")
    return os.path.dirname(found[0]) if found else None


def has_evolution_account(session):
    for path in glob.glob(f"{session.env['XDG_CONFIG_HOME']}/evolution/sources/*.source"):
        with open(path, errors="replace") as f:
            if "BackendName=imapx" in f.read():
                return True
    return False


def inside(t, *arguments, code=0):
    done = DESK.session.inside("mailwright-cli", *arguments, "--json")
    t.equal(done.returncode, code, done.stdout + done.stderr)
    return {each["id"]: each for each in json.loads(done.stdout)["targets"]}


def logs_in(name, look, **env):
    """Starts the host's own mail program; it asks nothing, since nobody is there to answer."""
    session = DESK.session
    since = LAB.mark()
    process = session.spawn(name, env=env)
    wait_for(lambda: [line for line in LAB.logins(since) if line[1] == ADDRESS], LOGIN_SECONDS,
             f"{name} to log in")
    look()
    group = mwtest.descendants(process.pid) | {process.pid}
    mwtest.end_processes(lambda: group & mwtest.descendants(os.getpid()))


def test_whole_way(t):
    mwtest.need("thunderbird", "evolution")
    app = DESK.start()
    session = DESK.session
    app.wait("heading", "Add Your Mail Account")
    app.type("Email address", ADDRESS)
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")
    app.type("Your name", "Jan Kowalski")
    app.type("Password", PASSWORD + " mistyped")
    app.press("Connect")
    app.wait("alert", "Password or User Name Refused", seconds=30)
    app.type("Password", PASSWORD)
    app.press("Try Again")
    app.wait("alert", part="Account Set Up", seconds=30)

    # The host's programs are out of sight, and found all the same.
    app.press("Add to Thunderbird")
    app.press("Trust for Every Server")
    app.press("Add to Evolution")
    wait_for(lambda: profile(session), 30, "Thunderbird's profile on the host")
    wait_for(lambda: has_evolution_account(session), 30, "Evolution's account on the host")
    app.gone("push button", "Add to Thunderbird")
    app.gone("push button", "Add to Evolution")
    # Nothing can be started from inside, so that no button says so.
    app.wait("label", part="Open Thunderbird from your list of programs.")
    t.true(app.find("push button", "Open Thunderbird") is None, "a button that cannot work")
    t.true(app.find("push button", "Open Evolution") is None, "a button that cannot work")
    app.press("Done")
    app.wait("list item", ADDRESS)
    DESK.stop_apps()

    def thunderbird_is_seen():
        t.equal(inside(t, "targets")["thunderbird"]["running"], True, "what runs outside")
        inside(t, "export", ADDRESS, "--to", "thunderbird", code=3)
    logs_in("thunderbird", thunderbird_is_seen)
    t.equal(inside(t, "targets")["thunderbird"]["running"], False, "what was closed outside")

    def evolution_is_not():
        path, = glob.glob(f"{session.home}/.var/app/{mwflatpak.ID}/data/mailwright/accounts/*")
        with open(path) as f:
            text = f.read()
        put(path, text.replace("Host=imap.", "Host=mail."))
        found = inside(t, "export", ADDRESS, "--to", "evolution")["evolution"]
        t.equal((found["outcome"], found["needs_restart"]), ("done", True))
    logs_in("evolution", evolution_is_not, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS="1",
            WEBKIT_DISABLE_COMPOSITING_MODE="1")


mwflatpak.main(globals())
