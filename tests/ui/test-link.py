#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Addresses and links from outside: command line, desktop and other programs.

Whatever a link says is only looked at; the way of a password after it is in test-review.py."""

import os
import re
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402
import mwaccounts  # noqa: E402
import mwkeys  # noqa: E402

DESK = mwui.Desk(keyring=True)
NAME = "io.github.mailwright.Mailwright"
PATH = "/io/github/mailwright/Mailwright"
SETTINGS = "Look at These Settings First"
ADDRESS = "Look at This Address First"
SCHEME = "mailto-setup:"
OVH = "in=imaps:ssl0.ovh.net&in=pop3s:ssl0.ovh.net&out=submissions:ssl0.ovh.net"


def give(app, *arguments):
    """As another program does with the one that runs."""
    mwui.rest_from_links()
    DESK.session.run(mwtest.program("mailwright"), *arguments, env=app.env, check=True)


def rows(app, title):
    """The servers of one side: (host, what is said of it)."""
    box = app.wait("list", title)
    return [(mwui.plain(node.get_name()), mwui.plain(node.get_description()))
            for node in app.walk(box) if node.get_role_name() == "list item"]


def may_go_on(app):
    return app.is_sensitive(app.wait("push button", "Continue"))


def ticks(app, domain):
    name = f"I have an account at {domain}"
    app.press(name, role="check box")
    mwtest.wait_for(lambda: app.is_checked(app.find("check box", name)), what="the tick")


def goes_on(app):
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")


def test_address_on_the_command_line(t):
    app = DESK.start("jan@example.test")
    app.wait("heading", "Sign In to Your Mail")
    t.equal(app.text("Email address"), "jan@example.test")
    t.true(app.find("label", part="From a link") is None, "a typed address is no link")


def test_no_address_on_the_command_line(t):
    app = DESK.start("not-an-address")
    app.wait("heading", "Add Your Mail Account")
    t.equal(app.text("Email address"), "not-an-address")
    app.wait("alert")


def test_link_of_a_person(t):
    """Everything that is in it is seen, and one tick is the question."""
    app = DESK.start(f"{SCHEME}jan@example.com?{OVH}&prov=OVH%20%3Cb%3E")
    app.wait("alert", SETTINGS)
    app.wait("label", "Set-Up Link")
    app.wait("label", "From a link – sender unknown. The link calls itself “OVH <b>”.")
    app.wait("label", "Nothing was contacted yet.")
    app.wait("list item", "jan@example.com")
    t.equal(rows(app, "Receiving Mail"), [("ssl0.ovh.net", "IMAP, SSL/TLS, port 993"),
                                          ("ssl0.ovh.net", "POP3, SSL/TLS, port 995")])
    t.equal(rows(app, "Sending Mail"), [("ssl0.ovh.net", "SMTP, SSL/TLS, port 465")])
    app.wait("label", "Mail for example.com will be read at ovh.net\n"
                      "Mail from example.com will be sent through ovh.net")
    app.wait("label", "Then the password may be sent to\nssl0.ovh.net")
    t.equal(app.find("push button", "Details"), None, "details of nothing")

    # Enter says yes to nothing, wherever the focus is.
    ticks(app, "example.com")
    mwtest.wait_for(lambda: may_go_on(app), what="the way on")
    app.key("Return", "Return")
    app.wait("alert", SETTINGS)
    app.press("I have an account at example.com", role="check box")
    mwtest.wait_for(lambda: not may_go_on(app), what="no way on")
    ticks(app, "example.com")

    goes_on(app)
    app.wait("label", part="From a link")
    t.equal(app.text("Email address"), "jan@example.com")
    t.true(not app.is_sensitive(app.wait("text", "Email address")), "another address")
    t.true("OVH" not in app.texts(), "the link's own words beside the password")
    t.equal(app.text("Password"), "")


def test_link_with_an_address(t):
    """It is looked at, too; there is nothing to say yes to."""
    for link, address in (
            ("MAILTO-SETUP://jan@example.test/?v=1&x-a=7", "jan@example.test"),
            ("mailto-setup:jan+shop@b%C3%BCcher.example",
             "jan+shop@bücher.example (xn--bcher-kva.example)")):
        app = DESK.start(link)
        app.wait("alert", ADDRESS)
        app.wait("list item", address)
        app.wait("label", part="From a link")
        app.wait("label", part="The link names no server.")
        t.equal(app.find("check box"), None, link)
        t.equal(app.find("list", "Receiving Mail"), None, link)
    goes_on(app)
    t.equal(app.text("Email address"), "jan+shop@bücher.example")
    app.press("Back")
    app.wait("alert", ADDRESS)
    app.press("Cancel")
    app.wait("heading", "Add Your Mail Account")
    t.equal(app.text("Email address"), "")


def test_another_address(t):
    """A yes is about one domain, and who types a domain has said where the account is."""
    app = DESK.start(f"{SCHEME}jan@example.com?{OVH}")
    ticks(app, "example.com")
    app.press("Use Another Address")
    t.equal(app.text("Email address"), "jan@example.com")
    app.type("Email address", "jan@example.org")
    app.wait("check box", "I have an account at example.org")
    t.true(not may_go_on(app), "the yes was for another domain")
    app.type("Email address", "jan@")
    app.wait("check box", "I have an account there")
    t.true(not app.is_sensitive(app.find("check box", "I have an account there")))
    app.type("Email address", "jan@example.com")
    t.true(not may_go_on(app), "the yes came back")
    ticks(app, "example.com")
    goes_on(app)
    t.equal(app.find("label", part="From a link"), None, "the domain was typed")

    # Not by changing what stands before the @.
    app = DESK.start(f"{SCHEME}jan@example.com?{OVH}")
    app.press("Use Another Address")
    ears = mwkeys.Person(app)
    ears.hears("text", "Email address")
    ears.press("Home")
    ears.writes("anna.")
    mwtest.wait_for(lambda: app.text("Email address") == "anna.jan@example.com",
                    what=f"the name in {app.text('Email address')}")
    ticks(app, "example.com")
    goes_on(app)
    app.wait("label", part="From a link")


def test_link_of_a_company(t):
    """Only the name before the @ is typed."""
    app = DESK.start(f"{SCHEME}@example.com?in=imaps:mail.example.com&out=submissions:b.test")
    app.wait("alert", SETTINGS)
    app.wait("label", "@example.com")
    t.equal(mwui.plain(app.wait("text", "Name before the @").get_description()), "@example.com")
    app.wait("label", "Mail from example.com will be sent through b.test")
    app.wait("label", "Then the password may be sent to\nmail.example.com\nb.test")
    ticks(app, "example.com")
    app.press("Continue")
    app.wait("alert", part="before the @")
    for typed in ("jan@example.org", "jan@xn--exmple-4nf.test"):
        app.type("Name before the @", typed)
        app.press("Continue")
        app.wait("alert", part="only for addresses at example.com")
    app.type("Name before the @", "jan")
    t.true(app.is_checked(app.wait("check box", "I have an account at example.com")),
           "the domain has not changed")
    goes_on(app)
    t.equal(app.text("Email address"), "jan@example.com")
    app.wait("label", part="From a link")


def test_link_of_a_provider(t):
    """The whole address is typed, so the domain is the person's word."""
    app = DESK.start(f"{SCHEME}?prov=OVHcloud&{OVH}")
    app.wait("alert", SETTINGS)
    app.wait("label", part="The link calls itself “OVHcloud”.")
    consent = app.wait("check box", "I have an account there")
    t.true(not app.is_sensitive(consent), "a yes to nobody knows what")
    app.type("Email address", "jan@")
    app.wait("alert", part="after the @")
    app.type("Email address", "jan@example.com")
    app.wait("label", part="Mail for example.com will be read at ovh.net")
    ticks(app, "example.com")
    goes_on(app)
    t.equal(app.find("label", part="From a link"), None, "the address was typed")


@mwtest.long
def test_what_the_list_knows(t):
    """Our own list names these very servers for that very domain."""
    gmail = "in=imaps:imap.gmail.com&out=submissions:smtp.gmail.com"
    app = DESK.start(f"{SCHEME}jan@gmail.com?{gmail}")
    app.wait("alert", SETTINGS)
    mwtest.wait_for(lambda: may_go_on(app), what="the way on")
    t.equal(app.find("check box"), None)
    app.key("Return", "Return")
    app.wait("alert", SETTINGS)
    # One host more, or the same at another domain.
    for link in (f"jan@gmail.com?{gmail}&out=submissions:smtp.evil.test",
                 f"jan@example.com?{gmail}",
                 "jan@gmail.com?in=imaps:imap.gmail.com.evil.test"):
        app = DESK.start(SCHEME + link)
        app.wait("alert", SETTINGS)
        app.wait("check box", part="I have an account at")
        t.true(not may_go_on(app), link)


def test_details(t):
    """Suggestions are text; nothing of them happens by itself."""
    app = DESK.start(f"{SCHEME}jan@example.com?in=imaps:mail.example.com&un=jan.k&auth=app-password"
                     "&out-auth=none&name=Jan%20K%3Cb%3E&acct=Work&client=thunderbird"
                     "&help=https://help.example.com/x&colour=blue&x-quiet=1")
    app.wait("alert", SETTINGS)
    app.wait("label", part="No server for sending is named.")
    without = "Send without signing in"
    t.true(not app.is_checked(app.wait("check box", without)), "the link decides")
    t.true("help.example.com" not in app.texts(), "details are open")
    app.press("Details")
    box = app.wait("list", "Details")
    said = {mwui.plain(node.get_name()): mwui.plain(node.get_description())
            for node in app.walk(box) if node.get_role_name() == "list item"}
    t.equal(said, {
        "User name": "“jan.k”",
        "What you sign in with": "A password made for programs (app password)",
        "Suggested name for your messages": "“Jan K<b>”",
        "Suggested name for the account": "“Work”",
        "Suggested mail program": "thunderbird",
        "Help page, not opened": "https://help.example.com/x",
        "Not understood and not used": "colour",
    })
    t.equal([node for node in app.walk(box) if node.get_role_name() in ("push button", "link")], [])


def test_names_that_lie(t):
    """Long, international, imitating, at an odd port: nothing is cut."""
    long = ".".join(["a" * 63, "b" * 63, "c" * 63, "d" * 49, "example.org"])
    t.equal(len(long), 253)
    app = DESK.start(f"{SCHEME}jan@{'e' * 63}.example.com?in=imaps:{long}"
                     "&in=imaps:imap.b%C3%BCcher.example"
                     "&out=submissions:xn--pypal-4ve.com&out=submission:mail.example.com:2525")
    app.wait("alert", SETTINGS)
    app.wait("list item", f"jan@{'e' * 63}.example.com")
    t.equal(rows(app, "Receiving Mail"), [
        (long, "IMAP, SSL/TLS, port 993"),
        ("imap.bücher.example (imap.xn--bcher-kva.example)", "IMAP, SSL/TLS, port 993")])
    (imitated, said), (odd, port) = rows(app, "Sending Mail")
    t.equal(imitated, "xn--pypal-4ve.com")
    t.contains(said, "It may imitate another name.")
    t.equal(odd, "mail.example.com")
    t.contains(port, "SMTP, STARTTLS, port 2525. This port is unusual")
    app.wait("label", "Then the password may be sent to\n" + "\n".join(
        [long, "imap.bücher.example (imap.xn--bcher-kva.example)", imitated, odd]))
    app.resize(360 + 52, 640)
    mwtest.wait_for(lambda: app.width() == 360 + 52, what="a narrow window")


# All there are: unit/test-setup-link.c.
REFUSED = {
    "jan@example.test?PassWord=hunter2": "contains a password",
    "jan:hunter2@example.test": "contains a password",
    "jan%E2%80%AE@example.test?x-y=hunter2": "hidden characters",
    "hunter2" + "a" * 3000 + "@example.test": "longer",
}


def test_refused_links(t):
    """One calm sentence, nothing of the link in it, and nothing that was typed is lost."""
    app = DESK.start()
    app.type("Email address", "piet@example.test")
    for link, part in REFUSED.items():
        give(app, SCHEME + link)
        app.wait("label", "This Link Cannot Be Used")
        app.wait("label", part=part)
        app.wait("label", part="Nothing was changed")
        t.true("hunter2" not in app.log() + app.texts(), "a refused link was repeated")
        t.true("jan" not in app.log() + app.texts(), "a refused link was repeated")
        app.key("Escape")
        app.gone("label", part="Nothing was changed")
    t.equal(app.text("Email address"), "piet@example.test")


def test_one_after_the_other(t):
    """One is looked at, three wait, the rest is left out."""
    app = DESK.start(f"{SCHEME}jan@a.test")
    app.wait("list item", "jan@a.test")
    give(app, f"{SCHEME}jan@a.test")
    give(app, f"{SCHEME}jan@b.test")
    app.wait("label", "1 more link or file waits until you go on or cancel.")
    give(app, f"{SCHEME}jan@b.test")
    give(app, f"{SCHEME}jan@c.test?p=hunter2")
    app.wait("label", "2 more links or files wait until you go on or cancel.")
    give(app, f"{SCHEME}jan@d.test")
    give(app, f"{SCHEME}jan@e.test")
    app.wait("label", part="3 more links or files wait until you go on or cancel. Others were left")
    app.wait("list item", "jan@a.test")
    app.press("Cancel")
    app.wait("list item", "jan@b.test")
    goes_on(app)
    app.type("Password", "half typed")
    give(app, f"{SCHEME}jan@f.test")
    app.wait("label", part="waits until you finish or cancel this account")
    t.equal(app.text("Email address"), "jan@b.test")
    app.press("Back")
    app.wait("list item", "jan@b.test")
    app.press("Cancel")
    app.wait("label", part="contains a password")
    app.key("Escape")
    app.wait("list item", "jan@d.test")
    app.press("Leave Them Out")
    app.gone("push button", "Leave Them Out")
    app.press("Cancel")
    app.wait("heading", "Add Your Mail Account")


def test_an_account_that_is_saved(t):
    """What the link says stands beside what is saved; nothing is changed or asked for."""
    app = DESK.start()
    mwaccounts.write(app.env["XDG_DATA_HOME"], "jan@example.com", label="Work")
    path = next(os.path.join(folder, name) for folder, _, names in os.walk(app.env["XDG_DATA_HOME"])
                for name in names if "account" in folder or "account" in name)
    with open(path, encoding="utf-8") as f:
        before = f.read()
    app = DESK.start(f"{SCHEME}JAN@Example.com?{OVH}&prov=OVH", home=app)
    app.wait("alert", "Work Is Already Set Up")
    app.wait("label", "From a link – sender unknown. The link calls itself “OVH”.")
    app.wait("label", "Nothing was contacted, and nothing was changed.")
    app.wait("label", part="The link names other servers than your account uses.")
    saved, *named = rows(app, "Receiving Mail")
    t.equal(saved, ("imap.example.com", "In your account\nIMAP, SSL/TLS, port 993"))
    t.equal(named, [("ssl0.ovh.net", "In the link: another one\nIMAP, SSL/TLS, port 993"),
                    ("ssl0.ovh.net", "In the link: another one\nPOP3, SSL/TLS, port 995")])
    t.equal(app.find("push button", "Continue"), None)
    t.equal(app.find("check box"), None)
    app.press("Open Account")
    app.wait("label", "Edit Account")
    app.press("Back")
    app.wait("list", "Accounts")

    give(app, f"{SCHEME}jan@example.com?in=imaps:imap.example.com")
    app.wait("label", "The link names the servers that your account uses.")
    app.press("Leave As It Is")
    app.wait("list", "Accounts")
    # What is typed on the review page may be saved as well.
    give(app, f"{SCHEME}@example.com?{OVH}")
    app.type("Name before the @", "jan")
    ticks(app, "example.com")
    app.press("Continue")
    app.wait("alert", "Work Is Already Set Up")
    with open(path, encoding="utf-8") as f:
        t.equal(f.read(), before)


def test_while_a_dialog_is_open(t):
    app = DESK.start()
    app.key("ctrl+comma")
    app.wait("check box", "Ask the public settings database")
    give(app, f"{SCHEME}jan@a.test")
    app.wait("label", part="waits until you finish")
    t.equal(app.find("list item", "jan@a.test"), None)
    app.key("Escape")
    app.wait("list item", "jan@a.test")


def test_a_flood(t):
    """As many as a web page can open: one is shown, nothing grows, and it can be cancelled."""
    app = DESK.start(f"{SCHEME}first@a.test")
    app.wait("list item", "first@a.test")
    size = resident(app)
    mwui.rest_from_links()
    code = (
        "import sys\nfrom gi.repository import Gio, GLib\n"
        "bus = Gio.bus_get_sync(Gio.BusType.SESSION)\n"
        "for i in range(1, 2000):\n"
        "    uri = 'mailto-setup:jan%d@b.test?acct=' % i + 'x' * (60 if i % 100 else 1 << 20)\n"
        f"    bus.call_sync('{NAME}', '{PATH}', 'org.freedesktop.Application', 'Open',\n"
        "                  GLib.Variant('(asa{sv})', ([uri], {})), None, 0, -1)\n")
    DESK.session.run("/usr/bin/python3", "-c", code, env=app.env, check=True)
    app.wait("list item", "first@a.test")
    t.true(resident(app) - size < 20_000, f"{resident(app) - size} kB more")
    t.true(len(app.log()) < 20_000, "the log grows")
    app.press("Cancel")
    app.wait("list item", "jan1@b.test")
    app.press("Cancel")
    app.wait("heading", "Add Your Mail Account")


def resident(app):
    with open(f"/proc/{app.pid()}/status") as f:
        return int(re.search(r"^VmRSS:\s+(\d+)", f.read(), re.M).group(1))


def test_the_click_that_brings_it_to_front(t):
    """Whoever clicks where Continue turns up has not said yes."""
    app = DESK.start(f"{SCHEME}jan@example.test")
    app.wait("alert", ADDRESS)
    app.focus_window()
    mwtest.wait_for(lambda: may_go_on(app), what="the way on")
    DESK.session.run("xdotool", "windowfocus", root_window(), check=True)
    mwtest.wait_for(lambda: not may_go_on(app), what="a window that nobody looks at")
    time.sleep(0.7)
    t.true(not may_go_on(app), "it can be pressed without a look")
    app.focus_window()
    mwtest.wait_for(lambda: may_go_on(app), what="the way on")


def root_window():
    done = DESK.session.run("xwininfo", "-root", check=True)
    return re.search(r"Window id: (\S+)", done.stdout).group(1)


def test_without_a_mouse(t):
    """From the link to the password with keys and ears only."""
    app = DESK.start(f"{SCHEME}@example.com?in=imaps:mail.example.com&out=submissions:b.test")
    ears = mwkeys.Person(app)
    ears.hears("alert", SETTINGS)
    ears.goes_to("text", "Name before the @")
    t.equal(ears.stop().description, "@example.com")
    ears.writes("jan")
    ears.goes_to("check box", "I have an account at example.com")
    ears.press("space")
    ears.goes_to("push button", "Cancel")
    ears.goes_to("push button", "Continue")
    ears.press("space")
    ears.hears("text", "Password")


@mwtest.long
def test_second_start_uses_the_first_window(t):
    app = DESK.start()
    give(app, "jan@example.test")
    # Whoever is on the bus may say this, so it counts like a link.
    app.wait("alert", ADDRESS)
    app.wait("list item", "jan@example.test")
    app.wait("label", part="From a link")


def test_actions_on_the_bus(t):
    app = DESK.start(f"{SCHEME}jan@example.test")
    app.wait("alert", ADDRESS)
    done = DESK.session.run("gdbus", "call", "--session", "-d", NAME, "-o", PATH,
                            "-m", "org.gtk.Actions.List", check=True)
    t.equal(sorted(re.findall(r"'([^']+)'", done.stdout)),
            ["about", "from-clipboard", "help", "new-account", "open"])
    for number in (1, 2):
        done = DESK.session.run("gdbus", "call", "--session", "-d", NAME,
                                "-o", f"{PATH}/window/{number}", "-m", "org.gtk.Actions.List")
        t.equal(re.findall(r"'([^']+)'", done.stdout), [], "exported window actions")


mwtest.main(globals())
