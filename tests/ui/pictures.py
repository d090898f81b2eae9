#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Makes a picture of every page: pictures.py FOLDER [PART…] [MODE…]

Parts: accounts, share, problems, sources, targets, edit, forms, files, links; without one, the way
of an account.

Modes: light, dark, narrow, pl, narrow-pl, contrast, big (text of 200 %), rtl (right to left); all
of them, if none is named. The pages come out of a real journey in the lab; the programs are those
of MW_BUILD_DIR, as for the tests. With "problems" the journey goes to one domain after the other
where something is wrong, and shows nothing but problem pages, and what stands there while the
network is in the way; with "sources" it shows what each source of settings said; with "targets"
the Done page shows mail programs in many states; with "edit" a saved account is changed in every
way; with "forms" servers are entered by hand, wrong and right.
"""

import glob
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402
import mwaccounts  # noqa: E402
import mwnetwork  # noqa: E402
import mwprograms  # noqa: E402
import mwsandbox  # noqa: E402

MODES = {
    "light": {},
    "dark": {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"},
    "narrow": {},
    "pl": {"LANGUAGE": "pl"},
    "narrow-pl": {"LANGUAGE": "pl"},
    "contrast": {"ADW_DEBUG_HIGH_CONTRAST": "1"},
    # Text twice as large, and from right to left without a translation.
    "big": {},
    "rtl": {"LANGUAGE": mwui.MIRRORED},
}

SET_UP_FILE = """<clientConfig version="1.1"><emailProvider id="firma.test">
<displayName>Firma &amp; Sons</displayName>
<incomingServer type="imap"><hostname>mail.hosting.test</hostname><port>993</port>
<socketType>SSL</socketType><username>%EMAILADDRESS%</username></incomingServer>
<outgoingServer type="smtp"><hostname>mail.hosting.test</hostname><port>465</port>
<socketType>SSL</socketType><username>%EMAILADDRESS%</username></outgoingServer>
<outgoingServer type="smtp"><hostname>smtp.bücher.example</hostname><port>587</port>
<socketType>plain</socketType></outgoingServer>
</emailProvider></clientConfig>"""

LAB = mwtest.Lab()
DESK = mwui.Desk(lab=LAB, keyring=True, size="1100x1000")
JAN = mwtest.PASSWORDS["jan"]


class Album:
    def __init__(self, folder, mode):
        self.folder = folder
        self.mode = mode
        self.start()

    def start(self, home=None, wrapper=(), page="text"):
        if self.mode == "rtl" and not wrapper:
            wrapper = mwui.mirrored(DESK.up().session)
        self.app = DESK.start(home=home, env=MODES[self.mode], wrapper=wrapper,
                              dpi=192 if self.mode == "big" else 96)
        self.app.wait(page, "Email address" if page == "text" else "Accounts")
        if self.mode.startswith("narrow"):
            self.app.resize(360 + 52, 640 + 52)
            time.sleep(0.5)

    def take(self, page):
        path = os.path.join(self.folder, f"{self.mode}-{page}.png")
        self.app.picture(path)
        print(f"# {path}", flush=True)


def connect(app, address, password):
    app.wait("heading", "Sign In to Your Mail")
    app.type("Email address", address)
    app.type("Password", password)
    app.press("Connect")


def journey(album):
    app = album.app
    album.take("type")
    app.key("ctrl+comma")
    app.wait("check box", "Ask the public settings database")
    album.take("preferences")
    app.key("Escape")
    app.gone("check box", "Ask the public settings database")
    app.type("Email address", "jan@gmail.com")
    album.take("type-hints")
    app.type("Email address", "imaps://imap.example.test")
    app.press("Continue")
    app.wait("alert")
    album.take("type-sentence")

    app.type("Email address", "jan@example.test")
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")
    app.type("Your name", "Jan Kowalski")
    album.take("sign-in")
    app.type("Email address", "jan@zoho.com")
    album.take("sign-in-hints")
    app.type("Email address", "jan@outlook.com")
    album.take("sign-in-browser")
    app.type("Email address", "jan@gmail.com")
    album.take("sign-in-elsewhere")
    app.type("Email address", "jan@example.test")
    app.press("Advanced Settings")
    app.wait("text", "Incoming server")
    album.take("advanced")
    app.press("Back")

    connect(app, "jan@example.test", "not the password")
    app.wait("push button", "Cancel")
    album.take("check")
    app.wait("push button", "Copy Report", seconds=30)
    album.take("problem")
    app.press("Copy Report")
    app.wait("text", "The report as it is copied")
    album.take("report")
    app.key("Escape")
    app.gone("text", "The report as it is copied")
    app.press("Back")

    connect(app, "jan@silent.test", JAN)
    app.press("Details")
    time.sleep(1)
    album.take("check-details")
    app.press("Cancel")

    connect(app, "jan@srvonly.test", JAN)
    app.wait("push button", "Send the Password There", seconds=30)
    album.take("question")
    app.press("Cancel")

    connect(app, "jan@selfsigned.test", JAN)
    app.wait("push button", "Copy Report", seconds=60)
    album.take("certificate")
    app.press("Show Certificate")
    app.wait("label", "SHA-256 fingerprint")
    album.take("certificate-details")
    app.key("Escape")
    app.press("Back")

    connect(app, "jan@example.test", JAN)
    app.wait("push button", "Done", seconds=30)
    app.wait("text", "Account name")
    time.sleep(1)
    album.take("done")
    # An inactive window would send a notification, and nobody takes it here.
    app.focus_window()
    look = app.words.say("What will change in %s") % "Thunderbird"
    app.press(look)
    app.wait("label", "The password is stored", seconds=30)
    album.take("hand-over-changes")
    app.key("Escape")
    app.press(app.words.say("Add to %s") % "Thunderbird")
    app.wait("push button", "Trust for Every Server", seconds=30)
    album.take("hand-over-authority")
    app.press("Trust for Every Server")
    time.sleep(3)
    for _ in range(12):
        app.key("Tab")
    album.take("done-below")
    app.press("Done")

    for number, address in enumerate(("piet@example.test", "anna@starttls.test")):
        app.press("Add Account")
        app.wait("heading", "Add Your Mail Account")
        app.type("Email address", address)
        app.press("Continue")
        connect(app, address, mwtest.PASSWORDS[address.partition("@")[0]])
        app.wait("push button", "Done", seconds=30)
        if number == 1:
            app.type("Account name", "Association")
        app.press("Done")
        app.wait("push button", "Add Account")
    time.sleep(1)
    album.take("accounts")


# What is wrong in the lab, and what a provider of the person's own list is known for.
PROBLEMS = ("nowhere", "refused", "silent", "swapped", "nostarttls", "expired", "notyet",
            "wrongname", "selfsigned", "unknownca", "purpose", "sender", "example")
PROVIDERS = """[example]
Name=Example Mail
Grade=A
Domains=example.test;
Imap=imap.example.test:993:tls;
Smtp=smtp.example.test:465:tls;
UserName=full;
Auth=password;app-password;
Steps=enable-imap:maybe;app-password:two-step;approve-computer:maybe;
Source=programs;
"""


def problems(album):
    folder = os.path.join(album.app.env["XDG_CONFIG_HOME"], "mailwright", "providers.d")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "example.keyfile"), "w") as f:
        f.write(PROVIDERS)

    # The list is read when the program starts.
    album.start(album.app)
    app = album.app
    app.type("Email address", "jan@nowhere.test")
    app.press("Continue")
    for domain in PROBLEMS:
        connect(app, f"jan@{domain}.test", "not the password" if domain == "example" else JAN)
        app.wait("push button", "Copy Report", seconds=60)
        time.sleep(0.5)
        album.take(f"problem-{domain}")
        app.press("Back")


def network(album):
    manager = mwnetwork.NetworkManager(DESK.session, "none")
    mwnetwork.unplug(LAB)
    album.start()
    app = album.app
    album.take("type-offline")
    app.type("Email address", "jan@starttls.test")
    app.press("Continue")
    app.type("Password", JAN)
    album.take("sign-in-offline")
    mwnetwork.plug(LAB)
    manager.set("none")
    app.wait("alert", "This computer is not connected to the internet. Only servers in its own "
             "network can be reached.")
    album.take("sign-in-own-network")
    manager.set("portal")
    app.wait("push button", "Open Sign-In Page")
    album.take("sign-in-portal")
    app.press("Connect")
    app.wait("push button", "Copy Report")
    album.take("problem-portal")
    mwnetwork.unplug(LAB)
    manager.set("none")
    time.sleep(0.5)
    app.press("Try Again")
    app.wait("alert", "No Network Connection")
    album.take("problem-offline")
    mwnetwork.plug(LAB)
    manager.set("full")


def sources(album):
    app = album.app
    app.type("Email address", "jan@silentall.test")
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")
    if not album.mode.startswith("narrow"):
        app.resize(752, 1000)
    connect(app, "jan@silentall.test", JAN)
    app.wait("list item", "Receiving mail")
    album.take("check-finding")
    app.press("Details")
    time.sleep(0.5)
    album.take("sources-asking")
    app.wait("push button", "Copy Report", seconds=60)
    app.press("Details")
    time.sleep(0.5)
    album.take("sources-asked")
    app.press("Back")

    connect(app, "jan@conflict.test", "not the password")
    # The details are still open.
    app.wait("list", "Where Sources Disagree", seconds=60)
    for _ in range(14):
        app.key("Tab")
    time.sleep(0.5)
    album.take("sources-conflict")
    app.press("Advanced Settings")
    app.wait("text", "Incoming server")
    time.sleep(0.5)
    album.take("sources-advanced")


def targets(album):
    home = album.app
    mwprograms.install(home.directory)
    album.start(home)
    app = album.app
    connect_first(app, "jan@example.test")
    take_targets(album, "targets")

    wrapper = mwsandbox.wrapper(DESK.session, home.directory, "~/.thunderbird:create",
                                f"{home.directory}/.config", f"{home.directory}/.local/share")
    album.start(home, wrapper, page="list")
    album.app.press("Add Account")
    connect_first(album.app, "anna@starttls.test")
    album.app.press("Programs Mailwright May Not Look For")
    take_targets(album, "targets-hidden")


def connect_first(app, address):
    app.type("Email address", address)
    app.press("Continue")
    connect(app, address, mwtest.PASSWORDS[address.partition("@")[0]])
    app.wait("push button", "Done", seconds=30)
    app.gone("label", part="Looking for mail programs")


def take_targets(album, name):
    album.take(name)
    for _ in range(14):
        album.app.key("Tab")
    time.sleep(0.5)
    album.take(f"{name}-below")


def windows(album):
    app = album.app
    row = next(node for node in app.walk()
               if node.get_role_name() == "list item" and "jan@" in node.get_name())
    del row
    app.key("Delete")
    app.wait("check box", "Forget the stored password")
    album.take("delete")
    app.key("Escape")
    app.key("ctrl+question")
    time.sleep(1)
    album.take("shortcuts")
    app.key("Escape")


def by_hand(album):
    app = album.app
    app.press("Add Account")
    app.press("Enter the Servers by Hand")
    app.wait("text", "Incoming server")
    app.type("Email address", "jan@selfsigned.test")
    app.type("Password", JAN)
    app.type("Incoming server", "imap.selfsigned.test")
    app.type("Outgoing server", "imap.selfsigned.test")
    # The title of a page is the same word in English only.
    app.press(app.words.known.get("C_heck", "Check"))
    app.press("Show Certificate", seconds=30)
    app.wait("push button", "Trust This Certificate")
    album.take("certificate-question")
    app.key("Escape")


def edit(album):
    """What is done with a saved account."""
    home = album.app
    folder = f"{home.directory}/.thunderbird/abcd.default"
    os.makedirs(folder)
    with open(f"{home.directory}/.thunderbird/profiles.ini", "w") as f:
        f.write("[Profile0]\nName=default\nIsRelative=1\nPath=abcd.default\nDefault=1\n")
    with open(f"{folder}/prefs.js", "w") as f:
        f.write("")
    env = {"HOME": home.directory, "XDG_DATA_HOME": home.env["XDG_DATA_HOME"]}
    for address, label, server in (("jan@example.test", "Work", "example.test"),
                                   ("jan@auto.test", "Club", "example.test")):
        DESK.session.cli("add", address, "--password-stdin", "--label", label,
                         "--in", f"imaps:mail.{server}", "--out", f"submissions:mail.{server}",
                         password=JAN, env=env)
    DESK.session.cli("export", "Work", "--to", "thunderbird", "--trust-authority", env=env)
    for path in glob.glob(f"{env['XDG_DATA_HOME']}/mailwright/accounts/*.account"):
        with open(path) as f:
            text = f.read()
        with open(path, "w") as f:
            f.write(text.replace("Source=manual", "Source=autoconfig"))

    album.start(home, page="list")
    app = album.app

    def choose(entry, label="Work"):
        menu = app.words.say("Menu of %s") % label
        app.wait("push button", menu)
        app.press(menu)
        app.press(entry, role="menu item")

    choose("Edit…")
    app.wait("text", "Incoming server")
    time.sleep(0.5)
    album.take("edit")
    app.type("Account name", "Private")
    app.key("Escape")
    app.wait("push button", "Discard")
    album.take("edit-leave")
    app.press("Cancel")
    app.gone("push button", "Discard")
    app.type("Email address", "anna@example.test")
    app.press("Save")
    app.wait("push button", "Add Account")
    album.take("edit-other-address")
    app.press("Cancel")
    app.gone("push button", "Add Account")
    app.type("Email address", "jan@example.test")
    app.press("Save")
    app.wait("push button", "Update", seconds=30)
    album.take("copies")
    app.press("Update")
    opens = app.words.say("Open %s") % "Thunderbird"
    app.wait("push button", opens, seconds=60)
    album.take("copies-updated")
    app.key("Escape")
    app.gone("push button", opens)
    choose("Change Password…", "Private")
    app.wait("password text", "New password")
    album.take("change-password")
    app.key("Escape")
    app.gone("password text", "New password")
    choose("Check Again", "Club")
    app.wait("push button", "Use the New Settings", seconds=60)
    album.take("drift")
    app.press("Keep the Settings")
    app.gone("push button", "Use the New Settings")


def files(album):
    """A set-up file that is reviewed, and what stands on the way to the password after it."""
    path = os.path.join(DESK.session.directory, "firma.xml")
    with open(path, "w") as f:
        f.write(SET_UP_FILE)
    DESK.session.run(mwtest.program("mailwright"), path, env=album.app.env, check=True)
    app = album.app
    app.wait("list", "Receiving Mail")
    album.take("review-empty")
    app.type("Email address", "jan@srvonly.test")
    time.sleep(1)
    album.take("review")
    consent = app.words.say("I have an account at %s") % "srvonly.test"
    app.press(consent, role="check box")
    # The page of the address has a button of the same name.
    app.press(app.words.known.get("C_ontinue", "Continue"))
    app.type("Password", " typed with a blank")
    time.sleep(3)
    album.take("sign-in-notes")
    app.press("Which Password?")
    time.sleep(0.5)
    album.take("sign-in-which-password")
    app.key("Escape")
    app.type("Password", JAN)
    app.press("Connect")
    app.wait("push button", "Done", seconds=30)
    app.press("Done")
    app.wait("list item", "jan@srvonly.test")
    app.press(app.words.say("Menu of %s") % "jan@srvonly.test")
    app.press("Share Set-Up…", role="menu item")
    app.wait("text", "The settings as they are shared")
    album.take("share")


LINKS = {
    "personal": "jan@example.com?in=imaps:ssl0.ovh.net&in=pop3s:ssl0.ovh.net"
                "&out=submissions:ssl0.ovh.net&out=submission:ssl0.ovh.net&prov=OVHcloud",
    "address": "jan.kowalski@example.com",
    "company": "@example.com?in=imaps:mail.example.com&out=submissions:smtp.hosting.test",
    "provider": "?prov=OVHcloud&in=imaps:ssl0.ovh.net&out=submissions:ssl0.ovh.net",
    "look-alike": "jan@xn--bcher-kva.example?in=imaps:imap.xn--bcher-kva.example"
                  "&out=submissions:smtp.xn--pypal-4ve.com:2525",
    "long": "a.long.name.before.the.sign@" + "b" * 63 + ".example.com?in=imaps:"
            + ".".join(["a" * 63, "b" * 63, "c" * 63, "d" * 49, "example.org"])
            + "&out=submissions:paypal.com.secure-log-in." + "a" * 50 + ".evil.example",
    "known": "jan@gmail.com?in=imaps:imap.gmail.com&out=submissions:smtp.gmail.com",
    "details": "@example.com?in=imaps:mail.example.com&out=submissions:mail.example.com&un=jan.k"
               "&auth=app-password&out-auth=none&name=Jan%20Kowalski&acct=Work"
               "&help=https://help.example.com/mail/set-up&client=thunderbird&colour=blue",
}


def hand_over(album, *arguments):
    """As a click in another program does; never two within a second."""
    time.sleep(1.1)
    DESK.session.run(mwtest.program("mailwright"), *arguments, env=album.app.env, check=True)


def links(album):
    """Links of every kind, cold and warm."""
    app = album.app
    for name, rest in LINKS.items():
        hand_over(album, f"mailto-setup:{rest}")
        app.wait("label", "Nothing was contacted yet.")
        time.sleep(0.7)
        if name == "details":
            app.press("Details")
            time.sleep(0.5)
        album.take(f"link-{name}")
        if name in ("long", "personal", "details"):
            app.key("End")
            album.take(f"link-{name}-end")
        app.press(app.words.known.get("_Cancel", "Cancel"))
        app.gone("label", "Nothing was contacted yet.")

    for rest in ("jan@example.com", "@example.org", "@example.net", "@a.test", "@b.test"):
        hand_over(album, f"mailto-setup:{rest}")
    time.sleep(0.7)
    app.key("End")
    album.take("link-queue")
    app.press("Leave Them Out")
    app.press(app.words.known.get("_Cancel", "Cancel"))
    app.gone("label", "Nothing was contacted yet.")
    hand_over(album, "mailto-setup:jan@example.com?p=hunter2")
    app.wait("label", "This Link Cannot Be Used")
    time.sleep(0.7)
    album.take("link-refused")
    app.key("Escape")

    mwaccounts.write(app.env["XDG_DATA_HOME"], "jan@example.com", label="Work")
    album.start(app, page="list")
    hand_over(album, f"mailto-setup:{LINKS['personal']}")
    album.app.wait("label", "Nothing was contacted, and nothing was changed.")
    time.sleep(0.7)
    album.take("link-saved")
    album.app.key("End")
    album.take("link-saved-end")


def forms(album):
    """Servers by hand with what is wrong, saved untested; the Done page with a signature."""
    app = album.app
    check = app.words.known.get("C_heck", "Check")
    app.press("Enter the Servers by Hand")
    app.wait("text", "Incoming server")
    if not album.mode.startswith("narrow"):
        app.resize(652, 1000)
    app.type("Email address", "jan@")
    app.type("Incoming server", "jan@example.test")
    app.press(check)
    album.take("advanced-wrong")
    app.type("Email address", "jan@example.test")
    app.type("Password", JAN)
    app.type("Incoming server", "imap.example.test")
    app.type("Outgoing server", "smtp.example.test")
    app.press("Save Without Checking…")
    app.wait("label", app.words.say("Save Without Checking?"))
    time.sleep(0.6)
    album.take("save-question")
    app.press("Save Without Checking")
    app.wait("push button", "Test Now")
    time.sleep(1)
    album.take("done-untested")
    app.press("Test Now")
    app.wait("list", "What was proved", seconds=30)
    app.type("Signature", "Jan Kowalski\nŁódź")
    time.sleep(0.5)
    album.take("done-facts")
    for _ in range(16):
        app.key("Tab")
    album.take("done-signature")


def accounts(album):
    """The list with an account in every state."""
    data = album.app.env["XDG_DATA_HOME"]
    for address, values in (
            ("jan@example.test", {"default": True, "exports": ("evolution", "thunderbird")}),
            ("jan.kowalski@gmail.com", {"label": "Google", "auth": "oauth2",
                                        "exports": ("thunderbird",)}),
            ("biuro@example.test", {"label": "Firma – biuro i zamówienia, dział z długą nazwą",
                                    "expires": 9}),
            ("anna@wp.pl", {"state": "bad-credentials"}),
            ("piet@example.test", {"label": "Newsletter", "outgoing": False, "checked": -1}),
            ("old@example.test", {"label": "Old server", "state": "timeout"}),
            ("new@example.test", {"label": "🎉 Party", "state": "pending", "checked": None})):
        mwaccounts.write(data, address, **values)
    album.start(album.app, page="list")
    album.app.wait("list item", "jan@example.test")
    album.take("accounts-states")
    album.app.key("Down", "Menu")
    album.app.wait("menu item", "Check Again")
    album.take("accounts-menu")
    album.app.key("Escape")
    mwaccounts.write_many(data, 12)
    album.app.wait("entry", "Search accounts")
    album.app.keys("nobody")
    album.app.wait("label", "No Accounts Found")
    album.take("accounts-not-found")


def share(album):
    """The settings of an account for others, in every form and for everybody."""
    data = album.app.env["XDG_DATA_HOME"]
    mwaccounts.write(data, "jan.kowalski@firma.test", label="Work")
    album.start(album.app, page="list")
    app = album.app
    app.wait("list item", "Work")
    app.press(app.words.say("Menu of %s") % "Work")
    app.press("Share Set-Up…", role="menu item")
    app.wait("text", "The settings as they are shared")

    def choose(row, *keys):
        while not app.has_focus("combo box", row):
            app.key("Tab")
        app.key("space", *keys)
        time.sleep(0.5)

    time.sleep(0.5)
    album.take("share-link")
    choose("For", "Down")
    album.take("share-for")
    app.key("Return")
    time.sleep(0.5)
    album.take("share-person")
    choose("For", "Down", "Return")
    album.take("share-provider")
    app.key("shift+Tab")
    choose("Share as", "Down", "Return")
    album.take("share-qr")
    choose("Share as", "Down", "Return")
    album.take("share-text")
    choose("Share as", "Down", "Return")
    album.take("share-file")


PARTS = {"accounts": [accounts],
         "share": [share],
         "forms": [forms], "edit": [edit], "problems": [problems, network],
         "sources": [sources], "files": [files], "links": [links], "targets": [targets]}


def main():
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        print(__doc__.strip(), file=sys.stderr)
        return 2
    folder = os.path.abspath(sys.argv[1])
    os.makedirs(folder, exist_ok=True)
    parts = [part for name, functions in PARTS.items() if name in sys.argv[2:]
             for part in functions] or [journey, windows, by_hand]
    modes = [mode for mode in sys.argv[2:] if mode not in PARTS] or list(MODES)

    def make(mode):
        def test(t):
            album = Album(folder, mode)
            for part in parts:
                part(album)
        return test

    sys.argv[1:] = []
    mwtest.main({f"test_{mode}": make(mode) for mode in modes})
    return 0


sys.exit(main())
