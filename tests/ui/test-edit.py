#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""What is done with a saved account: changed, given another password, duplicated, made the
default, and checked again after its servers have moved. Log-ins are counted by the servers."""

import fcntl
import glob
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402

LAB = mwtest.Lab()
DESK = mwui.Desk(lab=LAB, keyring=True)
JAN = mwtest.PASSWORDS["jan"]
ANNA = mwtest.PASSWORDS["anna"]
FAKE = os.path.join(os.path.dirname(os.path.realpath(__file__)), "fake-notifications.py")
SERVERS = "--in", "imaps:imap.example.test", "--out", "submissions:smtp.example.test"


class Home:
    """A home with a saved account called Work."""

    def __init__(self, *options, address="jan@example.test", password=JAN, servers=SERVERS):
        DESK.up()
        self.directory = tempfile.mkdtemp(dir=DESK.session.directory)
        self.data = f"{self.directory}/.local/share"
        self.add(address, "Work", *options, password=password, servers=servers)

    def add(self, address, label, *options, password=JAN, servers=SERVERS):
        self.cli("add", address, "--password-stdin", "--label", label, *servers, *options,
                 password=password)

    def cli(self, *arguments, password=None):
        done = DESK.session.cli(*arguments, password=password, env={
            "HOME": self.directory, "XDG_DATA_HOME": self.data})
        assert done.code == 0, (arguments, done)
        return done

    def accounts(self):
        found = {}
        for path in glob.glob(f"{self.data}/mailwright/accounts/*.account"):
            with open(path) as f:
                lines = f.read()
            label = next(line for line in lines.splitlines() if line.startswith("Label="))
            found[label.removeprefix("Label=")] = lines
        return found

    def start(self, **more):
        app = DESK.start(home=self, **more)
        app.wait("list item", "Work")
        return app


class Copied(Home):
    """And with a copy of it in Thunderbird."""

    def __init__(self):
        super().__init__()
        self.profile = f"{self.directory}/.thunderbird/abcd.default"
        os.makedirs(self.profile)
        with open(f"{self.directory}/.thunderbird/profiles.ini", "w") as f:
            f.write("[Profile0]\nName=default\nIsRelative=1\nPath=abcd.default\nDefault=1\n")
        with open(f"{self.profile}/prefs.js", "w") as f:
            f.write("")
        self.cli("export", "Work", "--to", "thunderbird", "--trust-authority")

    def prefs(self):
        with open(f"{self.profile}/prefs.js") as f:
            return f.read()

    def log_in_times(self):
        with open(f"{self.profile}/logins.json") as f:
            return {(one["hostname"], one["encryptedPassword"]) for one in json.load(f)["logins"]}


def choose(app, entry, account="Work"):
    app.press(f"Menu of {account}")
    app.press(entry, role="menu item")


def edit(app):
    choose(app, "Edit…")
    app.wait("text", "Account name")


def choose_protocol(app, key):
    """By keys, as there is no other way to a row of choices."""
    app.focus_window()
    app.key(*["Tab"] * 6)
    for _ in range(40):
        if app.has_focus("combo box", "Protocol"):
            break
        app.key("Tab")
    app.key("space", key, "Return")


def type_password(app, password):
    node = app.wait("password text", "New password")
    DESK.atspi.EditableText.set_text_contents(node.get_editable_text_iface(), password)


def logins(since):
    return sorted(service for service, *_ in LAB.logins(since))


@mwtest.long
def test_words_are_saved_without_a_check(t):
    home = Home()
    app = home.start()
    since = LAB.mark()
    edit(app)
    t.equal(app.text("Incoming server"), "imap.example.test")
    t.equal(app.text("Email address"), "jan@example.test")
    app.type("Account name", "Private")
    app.type("Description", "For letters")
    app.type("Your name", "Jan <b>K</b>")
    app.press("Save")
    app.wait("list item", "Private")
    app.wait("label", part="Private saved")
    saved = home.accounts()["Private"]
    t.contains(saved, "Description=For letters")
    t.contains(saved, "Jan <b>K</b>")
    t.equal(LAB.presentations(since), [], "passwords shown for a new name")


@mwtest.long
def test_leaving_asks(t):
    home = Home()
    app = home.start()
    edit(app)
    app.key("Escape")
    app.wait("list item", "Work")

    edit(app)
    app.type("Account name", "Private")
    app.key("Escape")
    app.wait("label", "Save Changes?")
    app.press("Cancel")
    app.gone("label", "Save Changes?")
    t.equal(app.text("Account name"), "Private")
    app.key("ctrl+w")
    app.wait("label", "Save Changes?")
    app.press("Discard")
    t.equal(app.process.wait(10), 0, "exit status after the changes were discarded")
    t.equal(list(home.accounts()), ["Work"])


def test_only_the_outgoing_server(t):
    home = Home()
    app = home.start()
    edit(app)
    app.type("Outgoing server", "mail.example.test")
    since = LAB.mark()
    app.press("Save")
    app.wait("label", part="Work saved", seconds=30)
    t.equal(logins(since), ["smtp"], "servers that were logged in to")
    t.contains(home.accounts()["Work"], "Host=mail.example.test")

    # The server that does not answer is the problem, and nothing typed is lost.
    edit(app)
    app.type("Outgoing server", "smtp.refused.test")
    app.type("Description", "Typed last")
    since = LAB.mark()
    app.press("Save")
    app.wait("push button", "Copy Report", seconds=60)
    t.equal(LAB.presentations(since), [], "passwords shown")
    app.press("Back")
    t.equal(app.text("Outgoing server"), "smtp.refused.test")
    t.equal(app.text("Description"), "Typed last")
    app.type("Outgoing server", "smtp.example.test")
    since = LAB.mark()
    app.press("Save")
    mwtest.wait_for(lambda: "Description=Typed last" in home.accounts()["Work"], 30,
                    "the account to be saved")
    t.equal(logins(since), ["smtp"], "servers that were logged in to at last")


def test_imap_to_pop(t):
    home = Home()
    app = home.start()
    edit(app)
    choose_protocol(app, "Down")
    app.wait("label", part="answers with POP", seconds=30)
    t.true(app.text("Incoming server").startswith("p"), app.text("Incoming server"))
    t.equal(app.text("Incoming port"), "995")
    app.wait("check box", "Leave messages on the server")
    since = LAB.mark()
    app.press("Save")
    app.wait("label", part="Work saved", seconds=30)
    t.equal(logins(since), ["pop3"], "servers that were logged in to")
    saved = home.accounts()["Work"]
    t.contains(saved, "imap.example.test")


@mwtest.long
def test_pop_to_imap(t):
    home = Home(servers=("--in", "pop3s:pop3.example.test",
                         "--out", "submissions:smtp.example.test"))
    app = home.start()
    edit(app)
    choose_protocol(app, "Up")
    app.wait("label", part="answers with IMAP", seconds=30)
    app.press("Save")
    mwtest.wait_for(lambda: "[Incoming]\nService=imaps" in home.accounts()["Work"], 30,
                    "the account to be saved")

    # Where it was before is still known, so nobody is asked.
    edit(app)
    choose_protocol(app, "Down")
    mwtest.wait_for(lambda: app.text("Incoming server") == "pop3.example.test",
                    what="the former server")
    t.true(app.find("label", part="answers with POP") is None, "it was looked for again")


@mwtest.long
def test_another_address_is_another_account(t):
    home = Home()
    app = home.start()
    edit(app)
    app.type("Email address", "anna@example.test")
    app.type("Password (empty: unchanged)", ANNA)
    app.type("User name (empty: the whole address)", "")
    app.type("Account name", "Anna")
    app.press("Save")
    app.wait("label", "Add Another Account?")
    # Asked once, also when the button behind it is pressed again.
    app.press("Save")
    app.press("Cancel")
    app.gone("label", "Add Another Account?")
    app.press("Save")
    app.wait("label", "Add Another Account?")
    app.press("Add Account")
    app.wait("list item", "Anna", seconds=30)
    app.wait("list item", "Work")
    t.equal(sorted(home.accounts()), ["Anna", "Work"])


@mwtest.long
def test_changed_and_deleted_elsewhere(t):
    home = Home()
    app = home.start()
    edit(app)
    app.type("Description", "Mine")
    path = glob.glob(f"{home.data}/mailwright/accounts/*.account")[0]
    with open(path) as f:
        text = f.read()
    with open(path + ".new", "w") as f:
        f.write(text.replace("Label=Work", "Label=Elsewhere"))
    os.rename(path + ".new", path)

    def asked():
        app.press("Save")
        return app.find("label", "Changed Elsewhere") is not None

    # The folder is watched, and news of it may be a moment late.
    app.wait("push button", "Save")
    mwtest.wait_for(lambda: "Elsewhere" in home.accounts(), what="the other program")
    DESK.session.run("sleep", "1")
    t.true(asked() or app.wait("label", "Changed Elsewhere") is not None, "nobody asked")
    app.press("Load Its Settings")
    mwtest.wait_for(lambda: app.text("Account name") == "Elsewhere", what="the other settings")

    app.type("Description", "Mine")
    home.cli("delete", "Elsewhere")
    DESK.session.run("sleep", "1")
    app.press("Save")
    app.wait("label", "Account Deleted")


def test_new_password_reaches_thunderbird(t):
    DESK.up().session.spawn("/usr/bin/python3", FAKE, name="notifications",
                            stdin=subprocess.PIPE, text=True)
    home = Copied()
    before = home.log_in_times()
    app = home.start()
    since = LAB.mark()

    # A wrong one changes nothing.
    choose(app, "Change Password…")
    type_password(app, "wrong")
    app.press("Change")
    app.wait("alert", "Password or User Name Refused", seconds=30)
    app.press("Back")
    app.wait("list item", "Work")
    app.wait("label", part="Works, checked today")
    t.equal(home.log_in_times(), before, "passwords in Thunderbird")

    # That the server did not change it does not matter: it is proved anew. The
    # running Thunderbird is waited for.
    lock = f"{home.profile}/.parentlock"
    with open(lock, "w") as running:
        fcntl.lockf(running, fcntl.LOCK_EX)
        choose(app, "Change Password…")
        type_password(app, JAN)
        since = LAB.mark()
        app.press("Change")
        app.wait("label", part="Thunderbird is running. Close it", seconds=60)
        t.equal(logins(since), ["imap", "smtp"], "servers that were logged in to")
    app.wait("push button", "Open Thunderbird", seconds=30)


def test_passwords_leave_the_memory(t):
    """By keys: through the accessibility bus they would lie in its messages."""
    former = "former p@ssw\u00f6rd"
    home = Home("--untested", address="anna@example.test", password=former)
    app = home.start()
    choose(app, "Change Password…")
    mwtest.wait_for(lambda: app.has_focus("password text", "New password"), what="the focus")
    app.keys(ANNA)
    mwtest.wait_for(lambda: app.traces(ANNA), what="the new password in the entry")
    app.key("Return")
    app.wait("label", part="Password of Work changed", seconds=30)
    for name, password in (("former", former), ("new", ANNA)):
        mwtest.wait_for(lambda: not app.traces(password), what=f"the {name} password to be gone")

    # It is taken out of the keyring for the proof.
    edit(app)
    app.type("Outgoing server", "mail.example.test")
    app.press("Save")
    app.wait("label", part="Work saved", seconds=30)
    mwtest.wait_for(lambda: not app.traces(ANNA), what="the password to be gone after an edit")

    edit(app)
    for _ in range(60):
        if app.has_focus("text", "Password (empty: unchanged)"):
            break
        app.key("Tab")
    app.keys(ANNA)
    mwtest.wait_for(lambda: app.traces(ANNA), what="the password in the page")
    app.key("Escape")
    app.press("Discard")
    app.wait("list item", "Work")
    mwtest.wait_for(lambda: not app.traces(ANNA), what="the password to be gone unsaved")


def test_copy_is_updated_on_request(t):
    home = Copied()
    app = home.start()
    edit(app)
    app.type("Account name", "Private")
    app.press("Save")
    app.wait("label", "Update the Copy in Thunderbird, Too?")
    t.true("Private" not in home.prefs(), "the copy was changed without a yes")
    app.press("Update")
    mwtest.wait_for(lambda: "Private" in home.prefs(), 30, "the new name in Thunderbird")


@mwtest.long
def test_duplicate(t):
    DESK.up()
    signature = f"{DESK.session.directory}/signature"
    with open(signature, "w") as f:
        f.write("Regards\n")
    home = Home("--signature-file", signature)
    app = home.start()
    choose(app, "Duplicate")
    app.wait("text", "Incoming server")
    t.equal(app.text("Incoming server"), "imap.example.test")
    t.equal(app.text("Outgoing server"), "smtp.example.test")
    t.equal(app.text("Email address"), "")
    app.key("Escape")
    app.wait("list item", "Work")

    choose(app, "Duplicate")
    app.wait("text", "Incoming server")
    # The cursor is there already.
    app.keys("anna@example.test")
    mwtest.wait_for(lambda: app.text("Email address") == "anna@example.test", what="the address")
    app.type("Password", ANNA)
    app.press("Check")
    app.wait("alert", part="Account Set Up", seconds=30)
    app.wait("label", part="The account is saved.")
    app.press("Done")
    app.wait("list item", "anna@example.test")
    t.contains(home.accounts()["anna@example.test"], "Regards")
    t.true("Regards" in home.accounts()["Work"], "the first one was changed")


def test_default_moves(t):
    home = Home("--default")
    home.add("anna@example.test", "Anna", password=ANNA)
    app = home.start()
    choose(app, "Set as Default", "Anna")
    app.wait("label", part="Anna is the default account now, no longer Work")
    mwtest.wait_for(lambda: "Default=true" in home.accounts()["Anna"]
                    and "Default=true" not in home.accounts()["Work"], what="the mark")


def test_servers_that_moved(t):
    """Its domain names other servers than those the account was saved with."""
    home = Home(address="jan@auto.test", servers=("--in", "imaps:mail.example.test",
                                                  "--out", "submissions:mail.example.test"))
    path = glob.glob(f"{home.data}/mailwright/accounts/*.account")[0]
    with open(path) as f:
        text = f.read()
    t.contains(text, "Source=manual")
    with open(path, "w") as f:
        f.write(text.replace("Source=manual", "Source=autoconfig"))

    app = home.start()
    choose(app, "Check Again")
    app.wait("push button", "Use the New Settings", seconds=60)
    texts = app.texts()
    t.contains(texts, "The server for receiving is now mail.hosting.test, no longer "
                      "mail.example.test.")
    t.contains(texts, "The server for sending is now mail.hosting.test")
    app.press("Use the New Settings")
    app.wait("label", part="Work saved", seconds=30)
    saved = home.accounts()["Work"]
    t.equal(saved.count("Host=mail.hosting.test"), 2, "servers that were moved")

    # Now nothing has changed any more.
    choose(app, "Check Again")
    app.wait("label", part="Work works", seconds=30)


mwtest.main(globals())
