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

LAB = mwtest.Lab()
DESK = mwui.Desk(lab=LAB, keyring=True)
# Of letters that every keyboard has.
ANNA = mwtest.PASSWORDS["anna"]


def start(*arguments, home=None):
    return mwkeys.Person(DESK.start(*arguments, home=home))


def look_round(person):
    """Names of all that Tab comes to on this page; the focus stays where it was."""
    way = person.tour()
    mwkeys.check_order(way)
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
    look_round(person)
    text = mwtest.wait_for(lambda: "at work" in saved(app) and saved(app),
                           what="the options in the file")
    t.contains(text, "Label=Work")
    t.contains(text, "Description=All of it")


mwtest.main(globals())
