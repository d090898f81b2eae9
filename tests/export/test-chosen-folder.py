#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""A mail program's folder that the sandbox hides, chosen in a file chooser: its document portal."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "support"))
import mwdocuments  # noqa: E402
import mwsandbox  # noqa: E402
import mwtest  # noqa: E402
from mwprograms import ACCOUNT, ACCOUNT_ID, put  # noqa: E402

FLATPAK = ".var/app/org.mozilla.thunderbird/.thunderbird"


class Home:
    def __init__(self, t):
        self.t = t
        self.session = t.session(bus=True)
        self.path = self.session.home
        self.own = f"{self.path}/.local/share"
        put(f"{self.own}/mailwright/accounts/{ACCOUNT_ID}.account", ACCOUNT)
        self.root = f"{self.path}/{FLATPAK}"
        put(f"{self.root}/profiles.ini",
            "[Profile0]\nName=Inner\nIsRelative=1\nPath=inner\nDefault=1\n")
        put(f"{self.root}/inner/prefs.js", 'user_pref("mail.own", 1);\n')
        self.documents = mwdocuments.start(t, self.session)
        self.wrapper = mwsandbox.wrapper(self.session, self.path, self.own,
                                         documents=self.documents)

    def choose(self, folder, instead):
        """As the window does when FOLDER was chosen."""
        path = mwdocuments.grant(self.session, folder)
        put(f"{self.own}/mailwright/chosen-folders",
            f"[Folder 1]\nHidden={instead}\nChosen={path}\n")
        return path

    def target(self, name="thunderbird-flatpak"):
        done = self.session.cli("targets", "--json", wrapper=self.wrapper)
        return next(each for each in done.json["targets"] if each["id"] == name)

    def export(self, name="thunderbird-flatpak", *options):
        done = self.session.cli("export", ACCOUNT_ID, "--to", name, "--password-stdin", "--json",
                                *options, password="x", wrapper=self.wrapper)
        row = done.json["targets"][0]
        return row["outcome"], row["message"]

    def read(self, name):
        with open(f"{self.root}/inner/{name}") as f:
            return f.read()


def test_folder_of_profiles(t):
    home = Home(t)
    t.equal(home.target()["access"], "not-granted")
    t.equal(home.export()[0], "failed")

    home.choose(home.root, home.root)
    t.equal((home.target()["access"], home.target()["profile"]), ("ok", "inner"))
    t.equal(home.export("thunderbird-flatpak", "--dry-run")[0], "done")
    t.equal(home.read("prefs.js"), 'user_pref("mail.own", 1);\n')
    t.equal(home.export(), ("done", None))
    # All of it arrived in the real folder, and nothing else was left there.
    t.contains(home.read("prefs.js"), "imap.example.test")
    t.contains(home.read("prefs.js"), "mail.own")
    t.contains(home.read("logins.json"), "imap://imap.example.test")
    t.equal(sorted(os.listdir(f"{home.root}/inner")),
            ["cert9.db", "key4.db", "logins.json", "prefs-mailwright-backup.js", "prefs.js"])
    t.equal([name for name in os.listdir(home.session.env["XDG_RUNTIME_DIR"])
             if name.startswith("mailwright")], [])
    t.equal(home.export()[0], "unchanged")

    # The grant was taken back.
    home.choose(home.root, "/elsewhere")
    t.equal(home.target()["access"], "not-granted")


def test_it_is_running(t):
    home = Home(t)
    home.choose(home.root, home.root)
    # There is no lock that could be seen; the link is what Thunderbird makes beside it.
    os.symlink("127.0.0.1:+77", f"{home.root}/inner/lock")
    t.true(home.target()["running"], "it is running")
    outcome, message = home.export()
    t.equal(outcome, "failed")
    t.contains(message, "was not closed properly")
    t.equal(home.read("prefs.js"), 'user_pref("mail.own", 1);\n')
    os.unlink(f"{home.root}/inner/lock")
    t.equal(home.export()[0], "done")


def test_profile_itself(t):
    home = Home(t)
    home.choose(f"{home.root}/inner", home.root)
    t.equal(home.target()["profile"], "inner")
    t.equal(home.export()[0], "done")
    t.contains(home.read("prefs.js"), "imap.example.test")


def test_first_profile(t):
    home = Home(t)
    home.choose(home.root, home.root)
    os.rename(f"{home.root}/inner", f"{home.root}/gone")
    t.equal(home.target()["access"], "not-granted")


def test_link_instead_of_a_file(t):
    home = Home(t)
    home.choose(home.root, home.root)
    os.rename(f"{home.root}/inner/prefs.js", f"{home.path}/other.js")
    os.symlink(f"{home.path}/other.js", f"{home.root}/inner/prefs.js")
    before = os.stat(f"{home.path}/other.js")
    t.equal(home.export()[0], "failed")
    t.equal(os.stat(f"{home.path}/other.js").st_mtime_ns, before.st_mtime_ns)


mwtest.main(globals())
