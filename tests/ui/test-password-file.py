#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""A password that comes in a file or a text stays in memory, and the file can be deleted once the
account is saved."""

import os
import sys
import urllib.parse

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
import mwsettings  # noqa: E402
from mwui import mwtest  # noqa: E402

LAB = mwtest.Lab()
DESK = mwui.Desk(lab=LAB, keyring=True)
JAN = mwtest.PASSWORDS["jan"]


def own_folder():
    path = os.path.join(DESK.up().session.home, "Downloads")
    os.makedirs(path, mode=0o700, exist_ok=True)
    return path


def write(name, text):
    path = os.path.join(own_folder(), name)
    with open(path, "w") as f:
        f.write(text)
    return path


def sign(path):
    """As companies do it, by somebody this computer does not know."""
    mwtest.need("openssl")
    signed = path.replace("plain", "signed")
    session = DESK.session
    key, certificate = f"{session.directory}/key.pem", f"{session.directory}/certificate.pem"
    session.run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key,
                "-out", certificate, "-subj", "/CN=Firma", "-days", "2", check=True)
    session.run("openssl", "cms", "-sign", "-nodetach", "-binary", "-outform", "DER", "-in", path,
                "-signer", certificate, "-inkey", key, "-out", signed, check=True)
    return signed


def set_up(app):
    """From the review to the saved account, with the password that came along."""
    app.press("I have an account at srvonly.test", role="check box")
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")
    t_password = app.text("Password")
    app.wait("label", part="unless you type another one")
    app.press("Connect")
    app.wait("push button", "Done", seconds=30)
    return t_password


def test_a_file_is_deleted(t):
    """Also a signed one; that a signature makes nothing better is said elsewhere."""
    path = sign(write("plain.mobileconfig", mwsettings.PROFILE.format(password=JAN)))
    app = DESK.start(path)
    app.wait("label", part="There is a password in the file")
    t.true(JAN not in app.texts(), "the password is shown")
    t.equal(set_up(app), "", "the password stands in the entry")
    t.true(not app.is_checked(app.wait("check box", part="default")), "the default account")

    app.wait("alert", part="Your password is in the file “signed.mobileconfig”")
    t.true(os.path.exists(path), "deleted without a word")
    app.press("Delete the File")
    app.wait("alert", part="“signed.mobileconfig” is deleted")
    t.true(not os.path.exists(path), "the file is still there")
    t.true(os.path.exists(path.replace("signed", "plain")), "another file is gone")
    t.equal(app.find("push button", "Delete the File"), None)
    app.press("Done")
    app.wait("list", "Accounts")
    t.true(app.find("alert", part="is deleted") is None, "still said")
    t.true(JAN not in app.log(), "the password in the log")


@mwtest.long
def test_a_file_that_is_not_ours_to_delete(t):
    """A link would go and leave the password where it is; a changed file is another one."""
    path = write("plain.mobileconfig", mwsettings.PROFILE.format(password=JAN))
    link = os.path.join(own_folder(), "link.mobileconfig")
    os.symlink(path, link)
    app = DESK.start(link)
    app.wait("label", part="There is a password in the file")
    set_up(app)
    app.wait("alert", part="Delete the file when you no longer need it")
    t.equal(app.find("push button", "Delete the File"), None)

    app = DESK.start(path)
    app.wait("label", part="There is a password in the file")
    set_up(app)
    app.wait("push button", "Delete the File")
    with open(path, "a") as f:
        f.write("\n")
    app.press("Delete the File")
    app.wait("alert", part="was changed since it was opened")
    t.true(os.path.exists(path), "the changed file is gone")


def test_a_text_with_a_password(t):
    """What another program gives away, pasted into the entry of the address."""
    app = DESK.start()
    app.wait("heading", "Add Your Mail Account")
    password = urllib.parse.quote(JAN, safe="")
    app.type("Email address", f"dclogin:jan@srvonly.test?p={password}&v=1&ih=mail.hosting.test"
             "&is=ssl&ip=993&sh=mail.hosting.test&ss=ssl&sp=465")
    app.wait("label", "Set-Up Link")
    t.true(JAN not in app.texts() and password not in app.texts(), "the password is shown")
    t.equal(set_up(app), "", "the password stands in the entry")
    t.true(not app.is_checked(app.wait("check box", part="default")), "the default account")
    t.equal(app.find("push button", "Delete the File"), None, "of no file")


mwtest.main(globals())
