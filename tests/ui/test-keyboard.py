#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Everything with the keyboard alone, by what a screen reader says; rows.md says what this is for.

Each test is a journey. Only keys go in; where a page is met for the first time, Tab goes round it
once in both directions.
"""

import glob
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402
import mwkeys  # noqa: E402
import mwprograms  # noqa: E402

LAB = mwtest.Lab()
DESK = mwui.Desk(lab=LAB, keyring=True)
# Of letters that every keyboard has.
ANNA = mwtest.PASSWORDS["anna"]


def start(*arguments, home=None):
    return mwkeys.Person(DESK.start(*arguments, home=home))


def look_round(person, back=True):
    """Names of all that Tab comes to on this page; the focus stays where it was."""
    way = person.tour(back=back)
    mwkeys.check_order(person.app, way)
    return [(stop.role, stop.name) for stop in way]


def saved(app):
    """The text of the only account file."""
    files = glob.glob(f"{app.env['XDG_DATA_HOME']}/mailwright/accounts/*.account")
    if len(files) != 1:
        raise mwtest.Failure(f"account files: {files}")
    with open(files[0], encoding="utf-8") as f:
        return f.read()


def test_address_and_password(t):
    """Two entries, two times Enter; then the account's options, and the account again."""
    person = start()
    app = person.app

    person.hears("text", "Email address")
    stops = look_round(person)
    for name in ("Continue", "Other Account", "IMAP Account", "POP Account",
                 "Enter the Servers by Hand", "Main Menu"):
        t.contains(stops, ("push button", name))

    # What is wrong is heard with the entry.
    person.writes("anna@")
    person.press("Return")
    app.wait("alert", part="after the @")
    said = person.hears("text", "Email address")
    t.contains(said.description, "after the @")
    t.true(said.states & {"INVALID", "INVALID_ENTRY"}, f"said to be right: {said}")
    person.press("ctrl+a")
    person.writes("anna@example.test")
    mwtest.wait_for(lambda: person.stop().description == "", what="the entry to be right again")
    person.press("Return")

    person.hears("text", "Password")
    stops = look_round(person)
    for stop in (("text", "Your name"), ("text", "Email address"), ("push button", "Show Text"),
                 ("push button", "Connect"), ("push button", "Advanced Settings"),
                 ("push button", "Back")):
        t.contains(stops, stop)
    person.writes(ANNA)
    person.press("Return")

    # Nothing but the result is spoken, and the options are behind it.
    person.hears("alert", "Account Set Up with IMAP", seconds=40)
    app.wait("label", part="The account is saved.")
    app.gone("label", part="Looking for mail programs")
    look_round(person)
    person.fills("Account name", "Work")
    person.fills("Description", "All of it")
    person.uses("check box", "Notify of new messages")
    mwtest.wait_for(lambda: "CHECKED" not in person.stop().states, what="no notifications")
    person.goes_to("text", "Signature")
    person.writes("Anna")
    person.press("Return")
    person.writes("at work")
    person.press("alt+d")

    person.hears("list item", "Work")
    look_round(person, back=False)
    text = mwtest.wait_for(lambda: "at work" in saved(app) and saved(app),
                           what="the options in the file")
    t.contains(text, "Label=Work")
    t.contains(text, "Description=All of it")

    # What the window remembers is its size. The password is in no file at all.
    app.resize(700, 640)
    person.press("ctrl+w")
    t.equal(app.process.wait(10), 0, "exit status")
    remembered = []
    for folder, _, names in os.walk(app.directory):
        for name in names:
            with open(os.path.join(folder, name), "rb") as f:
                content = f.read()
            t.absent(ANNA, name, content, "anna@example.test")
            remembered += [line for line in content.decode(errors="replace").splitlines()
                           if line.startswith("window-")]
    t.true(any(line.startswith("window-width=") for line in remembered), f"{remembered}")


def choose(person, title, down):
    """Another item of a drop-down list, that many further down (or up)."""
    person.goes_to("combo box", title)
    person.step("space")
    for _ in range(abs(down)):
        person.press("Down" if down > 0 else "Up")
    person.press("Return")
    person.hears("combo box", title)


def port_is(app, side, port):
    mwtest.wait_for(lambda: app.text(f"{side} port") == port,
                    what=f"{side} port {port}, not {app.text(f'{side} port')!r}")


def test_servers_by_hand(t):
    """Protocol, port, security, both ticks and credentials of the outgoing server."""
    person = start()
    app = person.app
    person.hears("text", "Email address")
    person.uses("push button", "Enter the Servers by Hand")
    app.wait("text", "Incoming server")
    person.hears("text", "Email address")
    look_round(person)
    person.writes("anna@example.test")
    person.fills("Password", ANNA)

    # The port follows the security, and a usual port sets it.
    choose(person, "Protocol", 1)
    port_is(app, "Incoming", "995")
    choose(person, "Protocol", -1)
    port_is(app, "Incoming", "993")
    person.fills("Incoming server", "IMAP.Example.test:143")
    choose(person, "Incoming security", 0)
    port_is(app, "Incoming", "143")
    t.equal(app.text("Incoming server").lower(), "imap.example.test")
    person.fills("Outgoing server", "smtp.example.test")
    choose(person, "Outgoing security", 1)
    port_is(app, "Outgoing", "587")

    # Without a log-in there is nothing to fill in; with one of its own there is.
    person.uses("check box", "Outgoing server requires authentication")
    app.gone("check box", "Use the same user name and password for sending and receiving")
    person.press("space")
    person.uses("check box", "Use the same user name and password for sending and receiving")
    person.fills("User name for sending", "piet@example.test")
    person.fills("Password for sending", "not that")
    since = LAB.mark()
    person.uses("push button", "Check")
    app.wait("push button", "Copy Report", seconds=60)
    t.equal([user for service, user, *_ in LAB.logins(since) if service == "imap"],
            ["anna@example.test"])

    # Back to the same page, with everything that was typed.
    person.uses("push button", "Advanced Settings")
    app.wait("text", "Incoming server")
    person.goes_to("text", "User name for sending")
    t.equal(app.text("User name for sending"), "piet@example.test")
    person.goes_to("check box", "Use the same user name and password for sending and receiving",
                   key="shift+Tab")
    person.press("space")
    person.uses("push button", "Check")
    person.hears("alert", "Account Set Up with IMAP", seconds=60)
    app.wait("label", part="The account is saved.")
    text = saved(app)
    t.contains(text, "Port=143")
    t.contains(text, "Port=587")
    t.contains(text, "OwnCredentials=false")


def test_what_goes_wrong(t):
    """A question, a wrong password, the report, a letter: none of them a trap."""
    person = start()
    app = person.app
    person.hears("text", "Email address")
    person.writes("anna@srvonly.test")
    person.uses("push button", "IMAP Account")
    person.hears("text", "Password")
    person.writes("not the password")
    since = LAB.mark()
    person.press("Return")

    # The answer that costs nothing has the focus, and the other one is one Tab away.
    said = person.hears("push button", "Cancel", seconds=60)
    t.contains(said.description, "mail.hosting.test")
    person.press("Return")
    person.hears("text", "Password")
    t.equal(LAB.presentations(since), [])
    person.press("Return")
    person.hears("push button", "Cancel", seconds=60)
    person.uses("push button", "Send the Password There")

    said = person.hears("text", "Password", seconds=60)
    t.contains(said.description, "Password or User Name Refused")
    look_round(person)
    person.uses("push button", "Ask Your Provider")
    app.wait("label", part="Letter copied")
    person.uses("push button", "Copy Report")
    person.faces("text", "The report as it is copied")
    look_round(person)
    person.uses("check box", "Include the part before the @")
    person.uses("push button", "Copy")
    app.wait("label", part="Report copied")
    person.press("Escape")
    app.gone("push button", "Copy")
    app.focus_window()
    person.hears("push button", "Copy Report")
    person.uses("push button", "Details")
    mwtest.wait_for(lambda: "EXPANDED" in person.stop().states, what="the details to be open")
    person.goes_to("text", "Password", key="shift+Tab")
    person.writes(ANNA)
    person.press("Return")
    person.hears("alert", "Account Set Up with IMAP", seconds=60)
    person.press("Escape")


def many_accounts(number):
    app = DESK.start(wait=False)
    for place in range(number):
        mwprograms.put(f"{app.env['XDG_DATA_HOME']}/mailwright/accounts/"
                       f"7f0e8c52-3f3f-4b7e-9a53-0d2c3b1a9f{place:02d}.account",
                       mwprograms.ACCOUNT.replace("Label=Jan", f"Label=Account {place:02d}"))
    return app


def open_menu(person, name):
    """That of the row with the focus, which has this item."""
    person.press("Menu")
    person.app.wait("menu item", name)
    person.hears("menu item")


def choose_item(person, letter):
    """The one of the open menu that this letter stands for."""
    person.press(letter)


def test_the_account_list(t):
    """Arrows, search, menu and Delete; with more accounts than are seen at once."""
    person = start(home=many_accounts(12))
    app = person.app
    person.hears("list item", "Account 00")
    person.goes_to("list item", "Account 11", key="Down")
    person.goes_to("list item", "Account 01", key="Up")
    stops = look_round(person, back=False)
    for stop in (("push button", "Menu of Account 01"), ("push button", "Add Account"),
                 ("entry", "Search accounts")):
        t.contains(stops, stop)

    # Whoever just types is searching.
    person.writes("07")
    app.gone("list item", "Account 01")
    person.hears("entry", "Search accounts")
    person.press("Return")
    person.hears("list item", "Account 07")
    person.press("ctrl+f")
    person.hears("entry", "Search accounts")
    person.press("ctrl+a", "BackSpace")
    app.wait("list item", "Account 01")
    person.goes_to("list item", part="Account")
    person.goes_to("list item", "Account 02", key="Up")

    open_menu(person, "Export…")
    choose_item(person, "x")
    person.faces("frame", "Export Account")
    person.hears("alert", "Account 02")
    app.gone("label", part="Looking for mail programs")
    look_round(person)
    person.press("Escape")
    app.gone("frame", "Export Account")
    app.focus_window()

    # With the key, and with the menu; the answer that keeps the account is Esc.
    person.goes_to("list item", part="Account")
    person.goes_to("list item", "Account 03", key="Down")
    person.press("Delete")
    app.wait("label", "Deleting does not delete messages on the server.")
    person.faces("check box", "Forget the stored password")
    look_round(person)
    person.press("Escape")
    app.gone("check box", "Forget the stored password")
    app.focus_window()
    person.hears("list item", "Account 03")
    open_menu(person, "Delete…")
    choose_item(person, "d")
    person.faces("check box", "Forget the stored password")
    person.uses("push button", "Delete")
    app.gone("list item", "Account 03")
    app.focus_window()
    person.hears("list item", "Account 04")
    app.wait("alert", "Account 03 deleted")

    # While the toast stands it is come to with Tab, and it is taken back with a key as well.
    said = person.goes_to("push button", "Undo")
    t.equal(said.description, "Account 03 deleted")
    person.press("space")
    person.hears("list item", "Account 03")
    person.press("Delete")
    person.faces("check box", "Forget the stored password")
    person.uses("push button", "Delete")
    app.wait("alert", "Account 03 deleted")
    app.focus_window()
    person.hears("list item", "Account 04")
    person.press("ctrl+z")
    person.hears("list item", "Account 03")
    app.gone("alert", "Account 03 deleted")


def test_a_saved_account(t):
    """Enter opens it; its name, its protocol, its password, and another one like it."""
    home = DESK.start(wait=False)
    DESK.session.cli("add", "anna@example.test", "--password-stdin", "--label", "Work",
                     "--in", "imaps:imap.example.test", "--out", "submissions:smtp.example.test",
                     password=ANNA, env={"HOME": home.directory,
                                         "XDG_DATA_HOME": home.env["XDG_DATA_HOME"]})
    person = start(home=home)
    app = person.app
    person.hears("list item", "Work")
    person.press("Return")
    app.wait("text", "Incoming server")
    person.hears("text", "Account name")
    look_round(person)
    person.press("ctrl+a")
    person.writes("Home")
    choose(person, "Protocol", 1)
    port_is(app, "Incoming", "995")
    person.uses("push button", "Save")
    person.hears("list item", "Home", seconds=60)
    t.contains(saved(app), "Service=pop3s")

    open_menu(person, "Change Password…")
    choose_item(person, "p")
    person.faces("password text", "New password")
    person.hears("password text", "New password")
    look_round(person)
    person.writes(ANNA)
    since = LAB.mark()
    person.press("Return")
    app.gone("password text", "New password")
    app.focus_window()
    person.hears("list item", "Home", seconds=60)
    t.equal({service for service, *_ in LAB.logins(since)}, {"pop3", "smtp"})

    open_menu(person, "Duplicate")
    choose_item(person, "u")
    app.wait("text", "Incoming server")
    person.hears("text", "Email address")
    t.equal(app.text("Email address"), "")
    t.equal(app.text("Incoming port"), "995")


mwtest.main(globals())
