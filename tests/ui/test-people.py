#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Ten people set up their account; what they type, press and are asked is counted.

The table of rows.md has to say the same. In the lab a provider is an entry of the person's own
list, and the mail programs know nothing of its authority: the question for that is left out.
"""

import fcntl
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402
import mwkeys  # noqa: E402
import mwnetwork  # noqa: E402

LAB = mwtest.Lab("--mechanisms")
DESK = mwui.Desk(lab=LAB, keyring=True)
JAN = mwtest.PASSWORDS["jan"]
HERE = os.path.dirname(os.path.realpath(__file__))
DONE = "Account Set Up with IMAP"

PROVIDER = """[own]
Name=Provider
Grade=A
Domains=example.test;
Imap=imap.example.test:993:tls;
Smtp=smtp.example.test:465:tls;
UserName=full;
Auth=%s;
Steps=%s;
Source=programs;
"""


class Someone:
    """A person with a mouse, who is counted."""

    def __init__(self, name, *arguments, home=None, provider=None):
        self.name = name
        self.app = DESK.start(*arguments, home=home, wait=provider is None)
        if provider is not None:
            folder = os.path.join(self.app.env["XDG_CONFIG_HOME"], "mailwright", "providers.d")
            os.makedirs(folder, exist_ok=True)
            with open(os.path.join(folder, "own.keyfile"), "w") as f:
                f.write(PROVIDER % provider)
            self.app = DESK.start(*arguments, home=self.app)
        self.entries = self.clicks = self.questions = self.dead_ends = 0

    def types(self, title, text):
        self.entries += 1
        self.app.type(title, text)

    def presses(self, name, **kwargs):
        self.clicks += 1
        self.app.press(name, **kwargs)

    def is_asked(self, role, name, seconds=mwui.DEADLINE):
        self.questions += 1
        self.app.wait(role, name, seconds=seconds)

    def signs_in(self, address, password):
        self.types("Email address", address)
        self.presses("Continue")
        self.app.wait("heading", "Sign In to Your Mail")
        self.types("Password", password)
        self.presses("Connect")

    def gets(self, part, seconds=60):
        """A page that says what is the matter, and has a way on that is not the way back."""
        self.app.wait("alert", part=part, seconds=seconds)
        ways = [node for node in self.app.walk() if node.get_role_name() == "push button"
                and mwui.plain(node.get_name()) not in ("Back", "Main Menu", "Close", "Minimize",
                                                        "Maximize", "Copy Report", "Details")]
        if not ways:
            self.dead_ends += 1

    def takes_the_program(self, program="Evolution"):
        """The last click; the program then has the account."""
        self.app.wait("alert", DONE, seconds=60)
        self.app.gone("label", part="Looking for mail programs")
        self.presses(f"Add to {program}")
        if program == "Evolution":
            self.app.wait("label", part="fetches mail without asking", seconds=60)

    def count(self):
        return self.entries, self.clicks, self.questions, self.dead_ends


def table():
    """What rows.md says of each: {name: (entries, clicks, questions, dead ends)}."""
    with open(os.path.join(HERE, "rows.md"), encoding="utf-8") as f:
        rows = re.findall(r"^\| ([^|]+?) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|", f.read(), re.M)
    return {name: tuple(map(int, numbers)) for name, *numbers in rows}


def check(t, person):
    print(f"# {person.name}: %d entries, %d clicks, %d questions, %d dead ends" % person.count(),
          flush=True)
    t.equal(person.count(), table().get(person.name), person.name)
    t.equal(person.dead_ends, 0, "dead ends")


def test_gmail(t):
    """Two-step sign-in: told before the password is typed, that it has to be an app password."""
    person = Someone("Gmail with two-step sign-in",
                     provider=("oauth2;app-password", "app-password"))
    person.types("Email address", "jan@example.test")
    person.presses("Continue")
    person.app.wait("label", part="wants an app password")
    person.types("Password", JAN)
    person.presses("Connect")
    person.takes_the_program()
    check(t, person)
    t.true(person.count() <= (2, 3, 0, 0), "more than two entries and three clicks")


def test_wp(t):
    """Access was off: the page says so, the person switches it on there and tries again."""
    person = Someone("WP with IMAP switched off",
                     provider=("password", "enable-imap:maybe"))
    person.signs_in("jan@example.test", "refused until it is switched on")
    person.gets("Refused")
    person.app.wait("list item", part="Mail Programs Switched Off")
    person.types("Password", JAN)
    person.presses("Try Again")
    person.takes_the_program()
    check(t, person)


def test_own_domain(t):
    """The servers are the hoster's."""
    person = Someone("Own domain at OVH")
    person.signs_in("jan@auto.test", JAN)
    person.takes_the_program()
    check(t, person)
    t.equal(person.count(), (2, 3, 0, 0))


def test_company_link(t):
    person = Someone("Company link from an administrator", "mailto-setup:jan@srvonly.test?"
                     "in=imaps:mail.hosting.test&out=submissions:mail.hosting.test")
    # Whoever wrote the link may have meant another server.
    person.is_asked("check box", "I have an account at srvonly.test")
    person.presses("I have an account at srvonly.test", role="check box")
    person.presses("Continue")
    person.app.wait("heading", "Sign In to Your Mail")
    person.types("Password", JAN)
    person.presses("Connect")
    person.takes_the_program()
    check(t, person)


def test_captive_portal(t):
    network = mwnetwork.NetworkManager(DESK.up().session, "portal")
    try:
        person = Someone("Captive portal")
        person.signs_in("jan@example.test", JAN)
        person.gets("Network Wants You to Sign In")
        network.set("full")  # the person has signed in there
        person.presses("Try Again")
        person.takes_the_program()
        check(t, person)
    finally:
        network.set("full")


def test_wrong_password(t):
    person = Someone("Wrong password")
    person.signs_in("jan@example.test", "mistyped")
    person.gets("Password or User Name Refused")
    person.types("Password", JAN)
    person.presses("Try Again")
    person.takes_the_program()
    check(t, person)


def test_home_server(t):
    person = Someone("Home server with a self-signed certificate")
    person.types("Email address", "jan@selfsigned.test")
    person.presses("Enter the Servers by Hand")
    person.app.wait("text", "Incoming server")
    person.types("Password", JAN)
    person.types("Incoming server", "mail.selfsigned.test")
    person.types("Outgoing server", "mail.selfsigned.test")
    person.presses("Check")
    person.presses("Show Certificate", seconds=60)
    person.is_asked("push button", "Trust This Certificate")
    person.presses("Trust This Certificate")
    person.takes_the_program()
    check(t, person)


def test_outlook(t):
    """No password is typed anywhere but on Microsoft's page, which the mail program shows."""
    mwtest.need("thunderbird")
    person = Someone("Outlook.com")
    person.types("Email address", "jan@office365.com")
    person.presses("Continue")
    person.presses("Sign In in Thunderbird or Evolution")
    person.app.wait("alert", part="Account Set Up", seconds=60)
    person.app.gone("label", part="Looking for mail programs")
    person.presses("Add to Thunderbird")
    person.app.press("Trust for Every Server", seconds=60)
    person.app.wait("push button", "Open Thunderbird", seconds=60)
    check(t, person)


def test_flatpak_running(t):
    """It is added when the program has been closed, without another click."""
    fake = os.path.join(HERE, "fake-notifications.py")
    DESK.up().session.spawn("/usr/bin/python3", fake, name="notifications",
                            stdin=subprocess.PIPE, text=True)
    mwtest.wait_for(lambda: "ready" in DESK.session.log("notifications"),
                    what="the notifications")
    person = Someone("Thunderbird from Flatpak, running")
    root = f"{person.app.directory}/.var/app/org.mozilla.thunderbird/.thunderbird"
    os.makedirs(f"{root}/inner")
    with open(f"{root}/profiles.ini", "w") as f:
        f.write("[Profile0]\nName=inner\nIsRelative=1\nPath=inner\nDefault=1\n")
    with open(f"{root}/inner/prefs.js", "w") as f:
        f.write("")
    with open(f"{root}/inner/.parentlock", "w") as running:
        fcntl.lockf(running, fcntl.LOCK_EX)
        person.signs_in("jan@example.test", JAN)
        person.app.wait("alert", DONE, seconds=60)
        person.app.gone("label", part="Looking for mail programs")
        # Debian's is in the list as well.
        button = next(node for node in person.app.walk()
                      if node.get_name() == "Add to Thunderbird"
                      and "Flatpak" in node.get_description())
        DESK.atspi.Action.do_action(button.get_action_iface(), 0)
        person.clicks += 1
        if mwtest.wait_for(lambda: person.app.find("label", part="is running. Close it")
                           or person.app.find("push button", "Trust for Every Server"),
                           60, "the program to be waited for").get_role_name() == "push button":
            person.app.press("Trust for Every Server")
        person.app.wait("label", part="is running. Close it")
    mwtest.wait_for(lambda: "example.test" in open(f"{root}/inner/prefs.js").read(), 30,
                    "the account in the program")
    check(t, person)


def test_blind(t):
    """Keys and ears only; Enter counts as a click."""
    person = Someone("Blind, with Orca")
    ears = mwkeys.Person(person.app)
    ears.hears("text", "Email address")
    ears.writes("anna@example.test")
    ears.press("Return")
    ears.hears("text", "Password")
    ears.writes(mwtest.PASSWORDS["anna"])
    ears.press("Return")
    ears.hears("alert", DONE, seconds=60)
    person.entries, person.clicks = 2, 2
    person.app.gone("label", part="Looking for mail programs")
    ears.goes_to("push button", "Add to Evolution")
    ears.press("space")
    person.clicks += 1
    person.app.wait("label", part="fetches mail without asking", seconds=60)
    check(t, person)
    t.equal(person.count(), (2, 3, 0, 0))


mwtest.main(globals())
