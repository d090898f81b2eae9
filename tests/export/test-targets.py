#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Which mail programs are found, and what is done about folders in odd places."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "support"))
import mwsandbox  # noqa: E402
import mwtest  # noqa: E402
from mwprograms import ACCOUNT, ACCOUNT_ID, put  # noqa: E402


def profiles(root, *entries):
    """A profiles.ini of (name, path) and those folders that are relative."""
    text = ""
    for number, (name, path) in enumerate(entries):
        relative = 0 if path.startswith("/") else 1
        text += f"[Profile{number}]\nName={name}\nIsRelative={relative}\nPath={path}\n\n"
        if relative and not os.path.exists(f"{root}/{path}/prefs.js"):
            put(f"{root}/{path}/prefs.js", f'user_pref("mail.{name}", 1);\n')
    put(f"{root}/profiles.ini", text)


class Home:
    def __init__(self, t):
        self.t = t
        self.session = t.session()
        self.path = self.session.home
        self.data = f"{self.session.directory}/data"
        put(f"{self.data}/accounts/{ACCOUNT_ID}.account", ACCOUNT)

    def targets(self, wrapper=()):
        done = self.session.cli("targets", "--json", wrapper=wrapper)
        return {target["id"]: target for target in done.json["targets"]
                if target["client"] == "thunderbird"}

    def export(self, target, *options, wrapper=()):
        """Whether it was done, and what was said."""
        done = self.session.cli("--data-dir", self.data, "export", ACCOUNT_ID, "--to", target,
                                "--password-stdin", "--json", *options, password="x",
                                wrapper=wrapper)
        row = done.json["targets"][0]
        return row["outcome"], row["message"]

    def sandbox(self, *filesystems):
        return mwsandbox.wrapper(self.session, self.path, *filesystems)


def snapshot(folder):
    found = {}
    for base, _, names in os.walk(folder):
        for name in names:
            with open(f"{base}/{name}", "rb") as f:
                found[f"{base}/{name}"] = f.read()
    return found


def test_places(t):
    home = Home(t)
    elsewhere = f"{home.session.directory}/elsewhere"
    beyond = f"{home.session.directory}/beyond"
    for folder in (elsewhere, beyond):
        put(f"{folder}/prefs.js")
        os.chmod(folder, 0o700)
    root = f"{home.path}/.thunderbird"
    profiles(root, ("Work", "work"), ("Home", "home"), ("Linked", "linked"), ("Open", "open"),
             ("Closed", "closed"), ("Outside", elsewhere), ("Beyond", beyond))
    os.rename(f"{root}/linked", f"{home.path}/Mail")
    os.symlink(f"{home.path}/Mail", f"{root}/linked")
    os.chmod(f"{root}/open", 0o777)
    os.chmod(f"{root}/closed", 0o500)

    found = home.targets()
    t.equal({name: (each["access"], each["profile_name"]) for name, each in found.items()}, {
        "thunderbird:work": ("ok", "Work"),
        "thunderbird:home": ("ok", "Home"),
        "thunderbird:linked": ("unusual-place", "Linked"),
        "thunderbird:open": ("unsafe", "Open"),
        "thunderbird:closed": ("read-only", "Closed"),
        "thunderbird:elsewhere": ("unusual-place", "Outside"),
        "thunderbird:beyond": ("unusual-place", "Beyond")})
    t.equal(found["thunderbird:linked"]["place"], f"{home.path}/Mail")

    # Nothing of the person's is touched where it must not be.
    before = snapshot(home.path), snapshot(elsewhere)
    for name in ("linked", "open", "closed", "elsewhere"):
        t.equal(home.export(f"thunderbird:{name}")[0], "failed", name)
    t.equal((snapshot(home.path), snapshot(elsewhere)), before)

    t.equal(home.export("thunderbird:open", "--accept-place")[0], "failed", "what others may write")
    t.equal(home.export("thunderbird:beyond", "--accept-place")[0], "done")
    t.equal(home.export("thunderbird:beyond")[0], "unchanged", "the yes is remembered")

    # After a yes, which the account remembers, the link is followed; to where it led then.
    path = f"{home.data}/accounts/{ACCOUNT_ID}.account"
    for place, outcome in ((f"{home.path}/Else", "failed"), (f"{home.path}/Mail", "done")):
        put(path, ACCOUNT + f"\n[Export thunderbird:linked]\nProfile=linked\nPlace={place}\n")
        t.equal(home.export("thunderbird:linked")[0], outcome, place)
    t.contains(str(snapshot(f"{home.path}/Mail")), "imap.example.test")

    # One that the person names themselves may lie elsewhere.
    t.equal(home.export(elsewhere)[0], "done")
    t.equal(home.export("thunderbird:home")[0], "done")
    work = snapshot(f"{root}/work")
    t.equal(work, {name: data for name, data in before[0].items() if name in work})


def test_another_profile_appears(t):
    home = Home(t)
    root = f"{home.path}/.thunderbird"
    profiles(root, ("Work", "work"))
    t.equal(home.export("thunderbird")[0], "done")

    # The same profile has another name now, and the account is known to be there.
    profiles(root, ("Work", "work"), ("Home", "home"))
    t.equal(sorted(home.targets()), ["thunderbird:home", "thunderbird:work"])
    account = f"{home.data}/accounts/{ACCOUNT_ID}.account"
    with open(account) as f:
        t.true("[Export thunderbird]" in f.read())
    t.equal(home.export("thunderbird:work")[0], "unchanged")
    with open(account) as f:
        text = f.read()
    t.true("[Export thunderbird:work]" in text and "[Export thunderbird]" not in text, text)


def test_inside_the_sandbox(t):
    home = Home(t)
    root = f"{home.path}/.thunderbird"
    flatpak = f"{home.path}/.var/app/org.mozilla.thunderbird/.thunderbird"
    profiles(root, ("Work", "work"))
    profiles(flatpak, ("Inner", "inner"))
    wrapper = home.sandbox("~/.thunderbird:create")
    found = home.targets(wrapper)
    t.equal(found["thunderbird"]["access"], "ok")
    t.equal(found["thunderbird-flatpak"]["access"], "not-granted")
    t.equal(found["thunderbird-flatpak"]["command"],
            "flatpak override --user "
            "--filesystem=~/.var/app/org.mozilla.thunderbird/.thunderbird "
            "io.github.mailwright.Mailwright")

    # What would be gone at the end is said, and what was granted arrives.
    t.equal(home.export("thunderbird-flatpak", wrapper=wrapper)[0], "failed")
    t.equal(home.export("thunderbird", wrapper=wrapper)[0], "done")
    with open(os.path.join(root, "work", "prefs.js")) as f:
        t.contains(f.read(), "imap.example.test")

    # Told, but not there when the sandbox was made: in memory all the same.
    wrapper = home.sandbox("~/.thunderbird-later", f"{home.path}/snap")
    t.equal(home.targets(wrapper)["thunderbird"]["access"], "not-granted")
    t.equal(home.targets(wrapper)["thunderbird-snap"]["access"], "not-granted")
    t.equal(home.export("thunderbird", wrapper=wrapper)[0], "failed")

    wrapper = home.sandbox("~/.var/app/org.mozilla.thunderbird/.thunderbird")
    found = home.targets(wrapper)
    t.equal(found["thunderbird-flatpak"]["access"], "ok")
    t.equal(found["thunderbird-flatpak"]["profile"], "inner")


mwtest.main(globals())
