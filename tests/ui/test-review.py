#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""What a file says is shown before anybody is contacted, and its servers get the password only
after the person said that they have an account there."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
import mwsettings  # noqa: E402
from mwui import mwtest  # noqa: E402

LAB = mwtest.Lab()
DESK = mwui.Desk(lab=LAB, keyring=True)
JAN = mwtest.PASSWORDS["jan"]
HEADING = "Look at These Settings First"
REFUSED = "This File Cannot Be Used"

AUTOCONFIG = """<clientConfig version="1.1"><emailProvider id="file.test">
<displayName>{name}</displayName>
<incomingServer type="imap"><hostname>{incoming}</hostname><port>{port}</port>
<socketType>SSL</socketType><authentication>password-cleartext</authentication>
<username>%EMAILADDRESS%</username></incomingServer>
<outgoingServer type="smtp"><hostname>{outgoing}</hostname><port>465</port>
<socketType>SSL</socketType><authentication>password-cleartext</authentication>
<username>%EMAILADDRESS%</username></outgoingServer>
</emailProvider></clientConfig>"""


def autoconfig(incoming, outgoing=None, port=993, name="A File"):
    return AUTOCONFIG.format(incoming=incoming, outgoing=outgoing or incoming, port=port,
                             name=name)


def write(name, content):
    DESK.up()
    path = os.path.join(DESK.session.directory, name)
    with open(path, "wb") as f:
        f.write(content.encode() if isinstance(content, str) else content)
    return path


def open_file(name, content):
    app = DESK.start(write(name, content))
    app.wait("alert", HEADING)
    return app


def rows(app, title):
    """The servers of one side: (host, what is said of it)."""
    box = app.wait("list", title)
    return [(mwui.plain(node.get_name()), node.get_description()) for node in app.walk(box)
            if node.get_role_name() == "list item"]


def may_go_on(app):
    return app.is_sensitive(app.wait("push button", "Continue"))


def tick(app, domain):
    name = f"I have an account at {domain}"
    app.press(name, role="check box")
    mwtest.wait_for(lambda: app.is_checked(app.find("check box", name)), what="the tick")


def test_a_file_to_the_end(t):
    """The same servers, found by the name service alone, would be asked about."""
    app = DESK.start()
    mark = LAB.mark()
    app = open_file("firma.xml", autoconfig("mail.hosting.test", name="Firma &lt;b>&amp; Sp."))
    app.wait("label", part="From the file “firma.xml”")
    app.wait("label", part="It calls itself “Firma <b>& Sp.”")
    app.wait("label", "Nothing was contacted yet.")
    t.equal(rows(app, "Receiving Mail"), [("mail.hosting.test", "IMAP, SSL/TLS, port 993")])
    t.equal(rows(app, "Sending Mail"), [("mail.hosting.test", "SMTP, SSL/TLS, port 465")])
    t.true(not may_go_on(app), "goes on without a word")

    app.type("Email address", "jan@srvonly.test")
    app.wait("label", "Mail for srvonly.test will be read at hosting.test\n"
                      "Mail from srvonly.test will be sent through hosting.test")
    app.wait("label", "Then the password may be sent to\nmail.hosting.test")
    t.true(not may_go_on(app), "goes on without a tick")
    tick(app, "srvonly.test")
    mwtest.wait_for(lambda: may_go_on(app), what="the way on")
    # A yes is about one domain.
    app.type("Email address", "jan@example.test")
    mwtest.wait_for(lambda: not may_go_on(app), what="a new question")
    app.type("Email address", "jan@srvonly.test")
    t.true(not may_go_on(app), "the yes came back")
    tick(app, "srvonly.test")

    # Enter says yes to nothing.
    app.key("Return")
    t.true(app.find("alert", HEADING) is not None, "Enter went on")
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")
    t.equal(LAB.questions(mark), [], "somebody was asked before the password was there")
    t.true(not app.is_sensitive(app.wait("text", "Email address")), "another address")
    app.type("Password", JAN)
    app.press("Connect")
    app.wait("push button", "Done", seconds=30)
    t.true({host for _, _, host in LAB.presentations(mark)} != set(), "nobody was logged in")


@mwtest.long
def test_back_and_cancel(t):
    app = open_file("firma.xml", autoconfig("mail.hosting.test"))
    app.type("Email address", "jan@srvonly.test")
    tick(app, "srvonly.test")
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")
    app.press("Back")
    app.wait("alert", HEADING)
    t.equal(app.text("Email address"), "jan@srvonly.test")
    app.press("Cancel")
    app.wait("heading", "Add Your Mail Account")
    t.equal(app.text("Email address"), "")


def test_a_profile_with_a_password(t):
    app = open_file("firma.mobileconfig", mwsettings.PROFILE.format(password=JAN))
    mark = LAB.mark()
    app.wait("list item", "jan@srvonly.test")
    app.wait("label", part="There is a password in the file")
    t.true(JAN not in app.texts(), "the password is shown")
    tick(app, "srvonly.test")
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")
    t.equal(app.text("Password"), "")
    app.wait("label", part="The password that came along is used")
    app.press("Connect")
    app.wait("push button", "Done", seconds=30)
    t.equal(sorted(service for service, _, _ in LAB.presentations(mark)), ["imap", "smtp"])
    t.true(not app.is_checked(app.wait("check box", part="default")), "the default account")


def test_a_link_that_is_contradicted(t):
    """The documents of a domain that was typed win, and that is said."""
    app = DESK.start("mailto-setup:?in=imaps:imap.example.test&out=submissions:imap.example.test"
                     "&client=thunderbird&name=Somebody%20Else&acct=Theirs")
    app.wait("alert", HEADING)
    mark = LAB.mark()
    app.type("Email address", "jan@auto.test")
    tick(app, "auto.test")
    t.equal(LAB.questions(mark), [], "somebody was asked before the person went on")
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")
    t.true("Somebody" not in app.texts() and "Theirs" not in app.texts(), "the link's names")
    app.type("Password", JAN)
    app.press("Connect")
    app.wait("push button", "Done", seconds=60)
    app.wait("label", part="The link asked for")
    t.equal({host for _, _, host in LAB.presentations(mark)} & {"imap.example.test"}, set(),
            "the password went where the link said")
    app.gone("label", part="Looking for mail programs")
    mwtest.need("thunderbird", "xdotool")
    app.key("Return")  # the program of the link is the one to press
    app.wait("push button", "Trust for Every Server", seconds=60)


def test_no_link_weakens_a_certificate(t):
    """Neither the tick nor the typed address makes an exception of one possible."""
    server = "mail.selfsigned.test"
    app = DESK.start(f"mailto-setup:jan@selfsigned.test?in=imaps:{server}&out=submissions:{server}")
    app.wait("alert", HEADING)
    mark = LAB.mark()
    tick(app, "selfsigned.test")
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")
    app.type("Password", JAN)
    app.press("Connect")
    app.wait("push button", "Copy Report", seconds=60)
    app.press("Show Certificate")
    app.wait("label", "SHA-256 fingerprint")
    t.equal(app.find("push button", "Trust This Certificate"), None, "an exception is offered")
    t.equal(LAB.presentations(mark), [])


def test_the_own_network_is_asked_about(t):
    """Nobody saw in the file where a name leads to."""
    app = open_file("local.xml", autoconfig("imap.private.test"))
    mark = LAB.mark()
    app.type("Email address", "jan@quiet.example.test")
    tick(app, "quiet.example.test")
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")
    app.type("Password", JAN)
    app.press("Connect")
    mwtest.wait_for(lambda: app.find("push button", "Copy Report")
                    or app.find("push button", "Send the Password There"), seconds=60,
                    what="the end of the run")
    t.equal(LAB.presentations(mark), [])


def test_what_the_list_knows(t):
    """Our own list names these very servers, so nothing is asked."""
    app = open_file("gmail.xml", autoconfig("imap.gmail.com", "smtp.gmail.com"))
    app.type("Email address", "jan@gmail.com")
    app.gone("check box", part="I have an account")
    mwtest.wait_for(lambda: may_go_on(app), what="the way on")
    app.type("Email address", "jan@example.test")
    app.wait("check box", part="I have an account at example.test")
    t.true(not may_go_on(app), "goes on without a tick")


@mwtest.long
def test_names_that_lie(t):
    """Long, international, imitating, at an odd port."""
    long = "imap." + "a" * 60 + "." + "b" * 60 + ".example.com"
    for host, name, part in ((long, long, "port 993"),
                             ("imap.xn--bcher-kva.example",
                              "imap.bücher.example (imap.xn--bcher-kva.example)", "port 993"),
                             ("xn--pypal-4ve.com", "xn--pypal-4ve.com", "imitate")):
        app = open_file("names.xml", autoconfig(host))
        (found, said), = rows(app, "Receiving Mail")
        t.equal(found, name)
        t.contains(said, part)
    app = open_file("port.xml", autoconfig("mail.hosting.test", port=2222))
    t.contains(rows(app, "Receiving Mail")[0][1], "This port is unusual")


BAD = {
    "empty.xml": ("", "There is nothing in it."),
    "other.xml": ("<html><body>hello</body></html>", "no kind of settings"),
    "damaged.xml": ("<clientConfig version='1.1'><emailProvider", "damaged"),
    "nothing.xml": ("<clientConfig version='1.1'><emailProvider id='a.test'>"
                    "</emailProvider></clientConfig>", "no mail server"),
    "clear.xml": (autoconfig("mail.hosting.test").replace("SSL", "plain"), "no mail server"),
    "huge.xml": ("<clientConfig>" + " " * (3 << 20), "longer than settings"),
    "noise.bin": (bytes(range(256)) * 64, "no kind of settings"),
    "<b>\u202e.xml": ("", "There is nothing in it."),
}


def test_bad_files(t):
    """One calm sentence, and nothing that was typed is lost."""
    app = DESK.start()
    app.type("Email address", "jan@example.test")
    paths = [(write(name, content), part) for name, (content, part) in BAD.items()]
    paths += [(DESK.session.directory, "cannot be read"), ("/nowhere/at-all.xml", "cannot be read")]
    for path, part in paths:
        mwui.rest_from_links()
        DESK.session.run(mwtest.program("mailwright"), path, env=app.env, check=True)
        app.wait("label", part=part)
        app.wait("label", part="Nothing was changed")
        app.key("Escape")
        app.gone("label", part="Nothing was changed")
    t.equal(app.text("Email address"), "jan@example.test")


@mwtest.long
def test_not_while_an_account_is_under_way(t):
    app = DESK.start("jan@example.test")
    app.wait("heading", "Sign In to Your Mail")
    app.type("Password", "half typed")
    DESK.session.run(mwtest.program("mailwright"), write("f.xml", autoconfig("mail.hosting.test")),
                     env=app.env, check=True)
    app.wait("label", part="waits until you finish or cancel this account")
    t.equal(app.text("Email address"), "jan@example.test")
    app.press("Back")
    app.wait("alert", HEADING)


@mwtest.long
def test_the_menu_opens_a_chooser(t):
    app = DESK.start()
    app.press("Main Menu")
    app.press("Open Set-Up File…", role="menu item")
    app.wait("label", "Set-up files")
    app.key("Escape")
    app.gone("label", "Set-up files")
    app.key("ctrl+o")
    app.wait("label", "Set-up files")
    app.key("Escape")
    app.gone("label", "Set-up files")
    app.wait("heading", "Add Your Mail Account")


mwtest.main(globals())
