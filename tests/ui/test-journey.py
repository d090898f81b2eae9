#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""From an address to a saved account, the ways people take."""

import fcntl
import glob
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402

LAB = mwtest.Lab()
DESK = mwui.Desk(lab=LAB, keyring=True)
JAN = mwtest.PASSWORDS["jan"]


def sign_in(app, address, password):
    app.type("Email address", address)
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")
    app.type("Password", password)
    app.press("Connect")


def finish(app):
    app.wait("alert", part="Account Set Up", seconds=60)
    app.wait("label", part="The account is saved.")
    app.press("Done")
    app.wait("push button", "Add Account")


def test_wrong_password_then_right(t):
    app = DESK.start()
    since = LAB.mark()
    sign_in(app, "jan@example.test", "not the password")

    app.wait("alert", "Password or User Name Refused", seconds=30)
    app.wait("label", part="Authentication failed")
    t.equal(app.text("Password"), "")
    shown = [service for service, _, _ in LAB.presentations(since)]
    t.equal(shown, ["imap"], "servers that saw the wrong password")

    app.type("Password", JAN)
    app.press("Try Again")
    finish(app)
    app.wait("list item", "jan@example.test")
    app.wait("label", part="Works, checked today")
    t.equal({service for service, user, *_ in LAB.logins(since)}, {"imap", "smtp"})

    files = glob.glob(f"{app.env['XDG_DATA_HOME']}/mailwright/accounts/*.account")
    t.equal(len(files), 1, "account files")
    with open(files[0], "rb") as f:
        t.absent(JAN, files[0], f.read())
    t.absent(JAN, "the log", app.log().encode())

    # The next start opens the list, and checking again asks for nothing.
    again = DESK.start(home=app)
    again.wait("list item", "jan@example.test")
    again.press("Menu of jan@example.test")
    again.press("Check Again", role="menu item")
    again.wait("label", part="jan@example.test works", seconds=30)
    files = glob.glob(f"{app.env['XDG_DATA_HOME']}/mailwright/accounts/*.account")
    t.equal(len(files), 1, "account files after another check")


def test_keyboard_alone(t):
    app = DESK.start()
    app.wait("text", "Email address")
    app.keys("jan@example.test")
    app.key("Return")
    app.wait("heading", "Sign In to Your Mail")
    app.keys("wrong")
    mwtest.wait_for(lambda: app.text("Password") != "", what="the keys to go to the password")
    app.key("Return")
    app.wait("alert", "Password or User Name Refused", seconds=30)
    app.key("Escape")
    app.wait("heading", "Sign In to Your Mail")
    t.equal(app.text("Email address"), "jan@example.test")
    app.key("Escape")
    app.wait("heading", "Add Your Mail Account")
    t.equal(app.text("Email address"), "jan@example.test")


def test_cancel_a_check(t):
    app = DESK.start()
    sign_in(app, "jan@silent.test", JAN)
    app.wait("alert", part="Checking jan@silent.test")
    app.press("Cancel")
    app.wait("heading", "Sign In to Your Mail")
    t.equal(app.text("Email address"), "jan@silent.test")
    t.true(app.text("Password") != "", "the password typed was lost")


def test_closing_at_any_time(t):
    app = DESK.start()
    sign_in(app, "jan@silent.test", JAN)
    app.wait("alert", part="Checking jan@silent.test")
    app.key("ctrl+w")
    t.equal(app.process.wait(10), 0, "exit status in the middle of a check")

    app = DESK.start()
    sign_in(app, "jan@example.test", JAN)
    app.wait("alert", part="Account Set Up", seconds=30)
    app.type("Account name", "Typed last")
    app.key("ctrl+w")
    t.equal(app.process.wait(10), 0, "exit status on the last page")
    file = glob.glob(f"{app.env['XDG_DATA_HOME']}/mailwright/accounts/*.account")[0]
    with open(file) as f:
        t.contains(f.read(), "Label=Typed last")


def test_question_before_a_foreign_server(t):
    app = DESK.start()
    since = LAB.mark()
    sign_in(app, "jan@srvonly.test", JAN)
    app.wait("alert", "Is This Your Mail Server?", seconds=30)
    t.equal(LAB.presentations(since), [], "passwords shown before the question")
    mwtest.wait_for(lambda: app.has_focus("push button", "Cancel"), what="the focus on Cancel")
    app.press("Cancel")
    app.wait("heading", "Sign In to Your Mail")
    t.equal(LAB.presentations(since), [], "passwords shown after the refusal")

    app.press("Connect")
    app.wait("alert", "Is This Your Mail Server?", seconds=30)
    app.press("Send the Password There")
    finish(app)


def test_enter_never_says_yes(t):
    app = DESK.start()
    since = LAB.mark()
    sign_in(app, "jan@srvonly.test", JAN)
    app.wait("alert", "Is This Your Mail Server?", seconds=30)
    app.key("Return")
    app.wait("heading", "Sign In to Your Mail")
    t.equal(LAB.presentations(since), [], "passwords shown after Enter")


def test_receive_only(t):
    app = DESK.start()
    sign_in(app, "jan@receiveonly.test", JAN)
    app.press("Receive Only", seconds=60)
    app.wait("alert", part="Account Set Up", seconds=30)
    app.wait("label", part="Not wanted: this account only receives")
    app.wait("label", part="The account is saved.")
    app.press("Done")
    app.wait("label", part="Receives only, checked today")


def test_self_signed_certificate(t):
    app = DESK.start()
    since = LAB.mark()
    sign_in(app, "jan@selfsigned.test", JAN)
    app.wait("push button", "Copy Report", seconds=60)
    t.equal(LAB.presentations(since), [], "passwords shown")
    app.press("Details")
    app.wait("label", "SHA-256 fingerprint")


def copy_report(app, shown):
    """What another program finds in the clipboard afterwards: the report as it is SHOWN. The
    sentence about it may still be there from the time before, so the clipboard is waited for."""
    def find():
        report = DESK.session.run("xclip", "-o", "-selection", "clipboard", "-t", "UTF8_STRING",
                                  check=True).stdout
        return report if report.rstrip("\n") == shown.rstrip("\n") else None

    mwtest.need("xclip")
    app.press("Copy")
    app.wait("label", part="Report copied")
    return mwtest.wait_for(find, what="the report in the clipboard")


def test_report_names_nobody(t):
    app = DESK.start()
    sign_in(app, "jan@example.test", "secret \"w\\ord\"")
    app.press("Copy Report", seconds=30)
    shown = mwtest.wait_for(lambda: app.text("The report as it is copied"), what="the report")
    report = copy_report(app, shown)
    t.contains(report, "imaps:imap.example.test:993: bad-credentials")
    t.true(re.search(r"EHLO \[(IPv6:)?…\]", report), "the report shows no EHLO")
    t.true("jan@" not in report, "the report names the person")
    t.true("192.0.2.1 " not in report and "2001:db8::1]" not in report,
           "the report names this computer")
    t.absent("secret \"w\\ord\"", "the report", report.encode())
    t.absent("secret \"w\\ord\"", "the window", app.texts().encode())

    # More is told only when it is wanted, and is shown before it is copied.
    for title in ("Include the part before the @", "Include addresses of your own network"):
        app.press(title, role="check box")
    mwtest.wait_for(lambda: re.search(r"jan@example.test(.|\n)*EHLO \[[^…\n]*\n",
                                      app.text("The report as it is copied")),
                    what="the person and this computer in the report")
    whole = app.text("The report as it is copied")
    t.absent("secret \"w\\ord\"", "the whole report", whole.encode())
    copy_report(app, whole)

    # Not the sentence at its bottom, which goes by itself.
    app.key("Escape")
    app.gone("push button", "Copy", seconds=3)
    t.true(app.find("push button", "Copy Report") is not None, "Escape closed more than the report")


def test_servers_by_hand(t):
    app = DESK.start()
    app.press("Enter the Servers by Hand")
    app.wait("text", "Incoming server")
    app.type("Email address", "jan@example.test")
    app.type("Password", JAN)
    app.type("Incoming server", "IMAP.example.test:143")
    app.type("Outgoing server", "smtp.example.test")
    app.type("Outgoing port", "587")
    since = LAB.mark()
    app.press("Check")
    app.wait("alert", "Account Set Up with IMAP", seconds=30)
    app.wait("label", part="imap.example.test, STARTTLS")
    t.true(any(port == 143 for service, _, _, port, _ in LAB.logins(since) if service == "imap"),
           "did not use port 143")


def test_pop(t):
    app = DESK.start()
    app.type("Email address", "jan@example.test")
    app.press("POP Account")
    app.wait("heading", "Sign In to Your Mail")
    app.type("Password", JAN)
    app.press("Connect")
    app.wait("alert", "Account Set Up with POP", seconds=30)
    app.wait("check box", "Leave messages on the server")


def test_details_of_the_account_are_saved(t):
    app = DESK.start()
    sign_in(app, "jan@example.test", JAN)
    app.wait("alert", part="Account Set Up", seconds=30)
    app.wait("label", part="The account is saved.")
    app.type("Account name", "Work")
    app.type("Description", "What <b>this</b> & that is for")
    app.press("Done")
    app.wait("list item", "Work")
    file = glob.glob(f"{app.env['XDG_DATA_HOME']}/mailwright/accounts/*.account")[0]
    mwtest.wait_for(lambda: "this" in open(file).read(), what="the description in the file")
    with open(file) as saved:
        t.equal(saved.read().count("\nCertificateExpires=20"), 2, "ends of certificates")


def test_delete_and_undo(t):
    app = DESK.start()
    sign_in(app, "jan@example.test", JAN)
    finish(app)
    files = f"{app.env['XDG_DATA_HOME']}/mailwright/accounts/*.account"

    def delete():
        app.press("Menu of jan@example.test")
        app.press("Delete…", role="menu item")
        app.wait("label", "Deleting does not delete messages on the server.")
        t.true(app.is_checked(app.wait("check box", "Forget the stored password")),
               "the password would be kept")
        app.press("Delete")
        app.gone("list item", "jan@example.test")

    delete()
    app.press("Undo")
    app.wait("list item", "jan@example.test")
    t.equal(len(glob.glob(files)), 1, "account files after Undo")

    account = os.path.basename(glob.glob(files)[0]).removesuffix(".account")
    search = ("secret-tool", "search", "--all", "--unlock", "account", account)
    done = DESK.session.run(*search)
    t.contains(done.stdout + done.stderr, account)
    delete()
    mwtest.wait_for(lambda: not glob.glob(files), 12, "the account file to go")
    done = DESK.session.run(*search)
    t.true(account not in done.stdout + done.stderr, "the password is still in the keyring")


def test_password_leaves_the_memory(t):
    password = mwtest.PASSWORDS["anna"]
    app = DESK.start("anna@example.test")
    app.wait("text", "Password")
    # By keys: through the accessibility bus it would lie in its messages.
    app.keys(password)
    mwtest.wait_for(lambda: app.traces(password), what="the password in the entry")
    app.key("Return")
    finish(app)
    mwtest.wait_for(lambda: not app.traces(password), what="the password to be gone")


def test_running_thunderbird_is_waited_for(t):
    # A window that lost the focus to a question sends notifications.
    fake = os.path.join(os.path.dirname(os.path.realpath(__file__)), "fake-notifications.py")
    DESK.up().session.spawn("/usr/bin/python3", fake, name="notifications",
                            stdin=subprocess.PIPE, text=True)
    mwtest.wait_for(lambda: "ready" in DESK.session.log("notifications"),
                    what="the notifications")
    app = DESK.start()
    sign_in(app, "jan@example.test", JAN)
    app.press("Add to Thunderbird", seconds=60)
    app.press("Trust for Every Server", seconds=60)
    app.wait("label", part="Thunderbird fetches mail without asking", seconds=60)

    # What was changed after that is not there yet.
    app.type("Account name", "Work")
    app.wait("push button", "Update in Thunderbird")

    lock = glob.glob(f"{app.directory}/.thunderbird/*/.parentlock")[0]
    with open(lock, "w") as running:
        fcntl.lockf(running, fcntl.LOCK_EX)
        app.press("Update in Thunderbird")
        app.wait("label", part="Thunderbird is running. Close it")
        app.press("Do Not Wait")
        app.press("Add to Thunderbird")
        app.wait("label", part="Thunderbird is running. Close it")
        app.press("Done")
        app.wait("label", part="Waiting for Thunderbird to close")
    app.gone("label", part="Waiting for Thunderbird to close")
    mwtest.wait_for(lambda: "Work" in open(os.path.dirname(lock) + "/prefs.js").read(),
                    what="the new name in Thunderbird")


mwtest.main(globals())
