# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""A day at the window: everything that can be done in it, at any pace."""

import glob
import os
import shutil
import subprocess
import tempfile

import mwui
from mwui import mwtest

HERE = os.path.dirname(os.path.realpath(__file__))
JAN = mwtest.PASSWORDS["jan"]
ANNA = mwtest.PASSWORDS["anna"]
FAKE = os.path.join(HERE, "fake-notifications.py")

SETTINGS = """<clientConfig version="1.1"><emailProvider id="file.test">
<incomingServer type="imap"><hostname>imap.example.test</hostname><port>993</port>
<socketType>SSL</socketType><authentication>password-cleartext</authentication>
<username>%EMAILADDRESS%</username></incomingServer>
<outgoingServer type="smtp"><hostname>smtp.example.test</hostname><port>465</port>
<socketType>SSL</socketType><authentication>password-cleartext</authentication>
<username>%EMAILADDRESS%</username></outgoingServer>
</emailProvider></clientConfig>"""


def make_home(desk):
    """Thunderbird has an account there that Mailwright does not know."""
    session = desk.up().session
    if not os.path.exists(f"{session.logs}/notifications.log"):
        session.spawn("/usr/bin/python3", FAKE, name="notifications", stdin=subprocess.PIPE,
                      text=True)
    directory = tempfile.mkdtemp(dir=session.directory)
    data = f"{directory}/.local/share"
    profile = f"{directory}/.thunderbird/abcd.default"
    os.makedirs(profile)
    with open(f"{directory}/.thunderbird/profiles.ini", "w") as f:
        f.write("[Profile0]\nName=default\nIsRelative=1\nPath=abcd.default\nDefault=1\n")
    with open(f"{profile}/prefs.js", "w") as f:
        f.write("")
    done = session.cli("add", "anna@example.test", "--password-stdin", "--to", "thunderbird",
                       "--trust-authority", password=ANNA,
                       env={"HOME": directory, "XDG_DATA_HOME": data})
    assert done.code == 0, done
    shutil.rmtree(f"{data}/mailwright")
    with open(f"{directory}/settings.xml", "w") as f:
        f.write(SETTINGS)
    return directory


class Walk:
    """Everything that can be done in the window; PRESSES times each button, at once."""

    def __init__(self, desk, wrapper=(), patience=mwui.DEADLINE, presses=1):
        self.desk = desk
        self.directory = make_home(desk)
        self.patience = patience
        self.presses = presses
        self.app = desk.start(home=self, wait=False, wrapper=wrapper)
        self.wait("heading", "Add Your Mail Account")

    def wait(self, role, name=None, part=None):
        return self.app.wait(role, name, part, seconds=2 * self.patience)

    def gone(self, role, name=None, part=None):
        self.app.gone(role, name, part, seconds=2 * self.patience)

    def press(self, name, role="push button"):
        seconds = 2 * self.patience
        self.app.wait(role, name, seconds=seconds)
        node = mwtest.wait_for(lambda: self.app.find_pressable(role, name), seconds,
                               f"{name} to be sensitive")
        action = node.get_action_iface()
        for _ in range(1 if self.opens(name, role) else self.presses):
            try:
                self.desk.atspi.Action.do_action(action, 0)
            except Exception:  # it went away with the first press
                break

    @staticmethod
    def opens(name, role):
        """What is pressed twice to be as before."""
        return (role in ("check box", "toggle button") or name.startswith("Menu of")
                or name in ("Main Menu", "Details", "What will change in Thunderbird"))

    def type(self, title, text, role="text"):
        node = self.wait(role, title)
        self.desk.atspi.EditableText.set_text_contents(node.get_editable_text_iface(), text)

    def choose(self, entry, menu="Main Menu"):
        self.press(menu)
        self.press(entry, role="menu item")

    def go_away(self, role, name):
        self.app.key("Escape")
        self.gone(role, name)

    def see_dialogs(self):
        self.choose("Preferences")
        self.wait("check box", "Look the domain up while typing")
        self.go_away("check box", "Look the domain up while typing")
        self.choose("Keyboard Shortcuts")
        self.wait("label", "Shortcuts")
        self.go_away("label", "Shortcuts")
        self.choose("About Mailwright")
        self.wait("label", "Mailwright")
        self.go_away("label", "Mailwright")

    def add(self):
        """A wrong password, its repair, options, and the hand-over."""
        if self.app.find("text", "Email address") is None:
            self.press("Add Account")
        self.type("Email address", "jan@example.test")
        self.press("Continue")
        self.wait("heading", "Sign In to Your Mail")
        self.type("Password", "not the password")
        self.press("Connect")
        self.wait("alert", "Password or User Name Refused")
        self.press("Details")
        self.press("Copy Report")
        self.wait("push button", "Copy")
        self.go_away("push button", "Copy")
        self.type("Password", JAN)
        self.press("Try Again")
        self.wait("label", part="The account is saved.")
        self.type("Account name", "Work")
        self.type("Description", "For letters")
        self.press("What will change in Thunderbird")
        self.wait("label", part="The password is stored")
        self.go_away("label", "The password is stored")
        self.press("Add to Thunderbird")
        self.wait("push button", "Open Thunderbird")
        self.press("Done")
        self.wait("list item", "Work")

    def accept_certificate(self):
        self.press("Add Account")
        self.press("Enter the Servers by Hand")
        self.wait("text", "Incoming server")
        self.type("Email address", "jan@selfsigned.test")
        self.type("Password", JAN)
        self.type("Incoming server", "imap.selfsigned.test")
        self.type("Outgoing server", "imap.selfsigned.test")
        self.press("Check")
        self.press("Show Certificate")
        self.press("Trust This Certificate")
        self.wait("label", part="The account is saved.")
        self.press("Done")
        self.wait("list item", "jan@selfsigned.test")

    def edit(self):
        self.choose("Edit…", "Menu of Work")
        self.type("Outgoing server", "mail.example.test")
        self.press("Save")
        self.press("Update")
        self.wait("push button", "Open Thunderbird")
        self.go_away("push button", "Open Thunderbird")

        self.choose("Edit…", "Menu of Work")
        self.type("Account name", "Work no more")
        self.press("Back")
        self.press("Discard")
        self.wait("list item", "Work")

    def change_password(self):
        self.choose("Change Password…", "Menu of Work")
        self.type("New password", JAN, role="password text")
        self.press("Change")
        self.wait("push button", "Open Thunderbird")
        self.go_away("push button", "Open Thunderbird")

    def go_on_with_it(self):
        self.choose("Check Again", "Menu of Work")
        self.wait("label", part="Work works")
        self.choose("Duplicate", "Menu of Work")
        self.wait("text", "Incoming server")
        self.press("Back")
        self.wait("list item", "Work")
        self.choose("Share Set-Up…", "Menu of Work")
        self.press("Copy Link")
        self.wait("label", part="Link copied")
        self.go_away("push button", "Copy Link")
        self.choose("Export…", "Menu of Work")
        self.wait("push button", "What will change in Thunderbird")
        self.go_away("push button", "What will change in Thunderbird")

    def review(self):
        self.desk.session.run(mwtest.program("mailwright"), f"{self.directory}/settings.xml",
                         env=self.app.env, check=True, timeout=self.patience * 2)
        self.wait("alert", "Look at These Settings First")
        self.press("Cancel")
        self.wait("list item", "Work")

    def bring_in(self):
        self.choose("Import Accounts…")
        self.wait("alert", "Import From Which Program?")
        self.press("Import from Thunderbird")
        self.wait("alert", "Accounts in Thunderbird")
        self.press("Import")
        self.wait("alert", "Are These Your Mail Servers?")
        self.press("Import")
        self.wait("alert", "1 Account Imported")
        self.press("Done")
        self.wait("list item", "anna@example.test")

    def delete(self, account, undo=False):
        self.choose("Delete…", f"Menu of {account}")
        self.wait("label", "Deleting does not delete messages on the server.")
        self.press("Delete")
        self.gone("list item", account)
        if undo:
            self.press("Undo")
            self.wait("list item", account)

    def files(self):
        return glob.glob(f"{self.directory}/.local/share/mailwright/accounts/*.account")

    def prefs(self):
        with open(f"{self.directory}/.thunderbird/abcd.default/prefs.js") as f:
            return f.read()

    def wait_for_end_of_undo(self):
        mwtest.wait_for(lambda: not self.files(), 30 + self.patience, "the accounts to go")

    def day(self):
        """Begins and ends without an account."""
        self.see_dialogs()
        self.add()
        self.accept_certificate()
        self.edit()
        self.change_password()
        self.go_on_with_it()
        self.review()
        self.bring_in()
        self.delete("Work", undo=True)
        for account in ("anna@example.test", "jan@selfsigned.test", "Work"):
            self.delete(account)
        self.wait_for_end_of_undo()

    def quit(self):
        self.app.key("ctrl+q")
        return self.app.process.wait(2 * self.patience)
