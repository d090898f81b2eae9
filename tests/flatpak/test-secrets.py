#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Passwords saved from inside are in the host's keyring, where Evolution looks for them; and what
cannot be reached from inside is said, not lost."""

import glob
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwflatpak  # noqa: E402
from mwflatpak import mwtest  # noqa: E402
from mwprograms import put  # noqa: E402

ADDRESS = "jan@example.test"
PASSWORD = mwtest.PASSWORDS["jan"]
SERVERS = "--in", "imaps:imap.example.test", "--out", "submissions:smtp.example.test"
OWN = "xdg:schema", "io.github.mailwright.Account"
EVOLUTION = "eds-origin", "evolution-data-server"


class Host:
    def __init__(self, t, portal=True):
        self.t = t
        self.session = mwflatpak.Session(portal=portal, bus=True, keyring=True, screen="640x480")
        t.sessions.append(self.session)
        self.session.install(mwflatpak.build())
        self.home = self.session.home

    def cli(self, *arguments, options=()):
        return self.session.inside("mailwright-cli", *arguments, options=options,
                                   input=PASSWORD + "\n")

    def add(self, *options, code=0):
        done = self.cli("add", ADDRESS, "--password-stdin", "--untested", *SERVERS,
                        options=options)
        self.t.equal(done.returncode, code, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def stored(self, *attributes):
        """The passwords that everybody on the host finds."""
        found = self.session.run("secret-tool", "search", "--all", *attributes)
        return [line.partition(" = ")[2] for line in found.stdout.splitlines()
                if line.startswith("secret = ")]

    def targets(self, *options):
        done = self.cli("targets", "--json", options=options)
        self.t.equal(done.returncode, 0, done.stdout + done.stderr)
        return {each["id"]: each for each in json.loads(done.stdout)["targets"]}

    def export(self, target, *options):
        done = self.cli("export", ADDRESS, "--to", target, options=options)
        return done.returncode, done.stdout + done.stderr


def check_secrets(t, portal):
    host = Host(t, portal)
    host.add()
    t.equal(set(host.stored(*OWN)), {PASSWORD}, "what the host finds")
    code, said = host.export("evolution")
    t.equal(code, 0, said)
    t.equal(host.stored(*EVOLUTION), [PASSWORD, PASSWORD], "what Evolution finds")
    t.equal(glob.glob(f"{host.home}/.var/app/{mwflatpak.ID}/data/keyrings/*"), [],
            "passwords where nobody else looks")
    # And back, by a program that was started anew.
    code, said = host.export("thunderbird")
    t.equal(code, 0, said)
    with open(glob.glob(f"{host.home}/.thunderbird/*/logins.json")[0]) as f:
        t.contains(f.read(), "imap://imap.example.test")


def test_with_the_secret_portal(t):
    check_secrets(t, True)


def test_without_a_portal(t):
    check_secrets(t, False)


def test_what_is_out_of_reach(t):
    host = Host(t)
    put(f"{host.home}/.thunderbird/profiles.ini",
        "[Profile0]\nName=a\nIsRelative=1\nPath=a.default\nDefault=1\n")
    put(f"{host.home}/.thunderbird/a.default/prefs.js", 'user_pref("mail.own", 1);\n')
    put(f"{host.home}/.var/app/org.mozilla.thunderbird/.thunderbird/profiles.ini", "")

    # No keyring: not saved, not lost in silence.
    t.contains(host.add("--no-talk-name=org.freedesktop.secrets", code=3),
               "No Password Storage")
    t.equal(host.stored(*OWN), [])

    host.add()
    no_folder = "--nofilesystem=~/.thunderbird"
    read_only = "--filesystem=~/.thunderbird:ro"
    no_evolution = "--no-talk-name=org.gnome.evolution.dataserver.Sources5"
    found = host.targets()
    t.equal((found["thunderbird"]["access"], found["evolution"]["access"]), ("ok", "ok"))
    hidden = found["thunderbird-flatpak"]
    t.equal(hidden["access"], "not-granted")
    t.equal(hidden["command"], "flatpak override --user --filesystem=~/.var/app/"
            f"org.mozilla.thunderbird/.thunderbird {mwflatpak.ID}")
    t.equal(host.targets(no_folder)["thunderbird"]["access"], "not-granted")
    t.equal(host.targets(read_only)["thunderbird"]["access"], "read-only")
    t.true("evolution" not in host.targets(no_evolution), "an Evolution that cannot be reached")
    for target, option in (("thunderbird", no_folder), ("thunderbird", read_only),
                           ("evolution", no_evolution), ("thunderbird-flatpak", "--share=ipc")):
        code, said = host.export(target, option)
        t.true(code != 0 and said.strip() != "", f"{target} {option}: {code} {said}")
    with open(f"{host.home}/.thunderbird/a.default/prefs.js") as f:
        t.equal(f.read(), 'user_pref("mail.own", 1);\n')
    t.equal(host.stored(*EVOLUTION), [])

    # What the command allows is there at the next start.
    host.session.flatpak(*hidden["command"].split()[1:-1], mwflatpak.ID)
    t.true(host.targets().get("thunderbird-flatpak", {}).get("access") != "not-granted",
           "still hidden")

    done = host.cli("add", "piet@example.test", "--password-stdin", options=("--unshare=network",))
    t.true(done.returncode != 0, "without a network")
    t.contains(done.stdout + done.stderr, "offline")


mwflatpak.main(globals())
