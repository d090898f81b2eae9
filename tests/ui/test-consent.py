#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Before somebody says *Continue*, a link or file makes the program talk to nobody: no server, no
name server, no keyring. Otherwise a page on the web could see who opens it, try
the doors of a private network, or ask which accounts there are."""

import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402

LAB = mwtest.Lab()
DESK = mwui.Desk(lab=LAB, keyring=True)
JAN = mwtest.PASSWORDS["jan"]
SECRETS = "org.freedesktop.secrets"
QUIET = "Nothing was contacted yet."
# Beside the program, so that ending it ends both.
STRACE = ("strace", "-D", "-f", "-qq", "--seccomp-bpf", "-e", "trace=socket,connect", "-o")

LINK = "mailto-setup:jan@srvonly.test?in=imaps:mail.hosting.test&out=submissions:mail.hosting.test"
FILE = """<clientConfig version="1.1"><emailProvider id="srvonly.test">
<incomingServer type="imap"><hostname>mail.hosting.test</hostname><port>993</port>
<socketType>SSL</socketType></incomingServer>
<outgoingServer type="smtp"><hostname>mail.hosting.test</hostname><port>465</port>
<socketType>SSL</socketType></outgoingServer></emailProvider></clientConfig>"""


def watch():
    """Everything on the session's bus is written down from now on."""
    mwtest.need("strace", "dbus-monitor")
    DESK.up()
    if not DESK.session.log("bus"):
        DESK.session.spawn("dbus-monitor", "--session", name="bus")
        mwtest.wait_for(lambda: "NameAcquired" in DESK.session.log("bus"), what="the monitor")


def bus(method, *arguments):
    """Asks the session's bus something; None when that went away meanwhile."""
    from gi.repository import Gio, GLib
    parameters = GLib.Variant("(s)", arguments) if arguments else None
    try:
        return Gio.bus_get_sync(Gio.BusType.SESSION, None).call_sync(
            "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", method,
            parameters, None, Gio.DBusCallFlags.NONE, 10000, None).unpack()[0]
    except GLib.Error:
        return None


def messages(app):
    """What the program sent: [(to whom, all of the message)]."""
    own = {name for name in bus("ListNames")
           if name.startswith(":") and bus("GetConnectionUnixProcessID", name) == app.pid()}
    if not own:
        raise mwtest.Failure("the program is not on the bus")
    found = []
    for message in re.split(r"^(?=method call |signal )", DESK.session.log("bus"),
                            flags=re.MULTILINE):
        match = re.match(r"method call .* sender=(\S+) -> destination=(\S+) ", message)
        if match and match[1] in own:
            found.append((match[2], message))
    return found


def about_secrets(app):
    owner = bus("GetNameOwner", SECRETS)
    return [message for to, message in messages(app) if to == owner or SECRETS in message]


class Calls:
    """The sockets of a program and all that it started."""

    def __init__(self, name):
        self.path = os.path.join(DESK.session.directory, f"{name}.strace")
        self.wrapper = (*STRACE, self.path)

    def read(self):
        with open(self.path, errors="replace") as f:
            return f.read()

    def internet(self):
        return re.findall(r"socket\(AF_INET6?, .*", self.read())

    def connected(self):
        """Without what every window has: its screen, the session's bus, the one of accessibility.
        The C library looks for nscd when it wants to know who runs the program; that daemon would
        look up hosts, too, so it may only be looked for in vain, as it is not there.
        There is no other local service whose answer could not be told over the network."""
        runtime = re.escape(DESK.session.env["XDG_RUNTIME_DIR"])
        usual = re.compile(rf'sun_path=(@?"/tmp/\.X11-unix/X\d+"|"{runtime}/bus"'
                           rf'|"{runtime}/at-spi/bus\w*"'
                           r'|"/var/run/nscd/socket"}, \d+\) = -1 ENOENT)')
        return [line for line in re.findall(r"connect\(\d+, .*", self.read())
                if not usual.search(line)]


def check_quiet(t, app, calls, mark):
    app.wait("label", QUIET)
    if app.find("text", "Email address"):
        app.type("Email address", "jan@srvonly.test")
    # What is done when there is time is done by now: the page answers.
    app.press("I have an account at srvonly.test", role="check box")
    mwtest.wait_for(lambda: app.is_sensitive(app.find("push button", "Continue")), what="an answer")
    t.contains(calls.read(), "connect(")
    t.equal(calls.connected(), [])
    t.equal(calls.internet(), [])
    t.equal(about_secrets(app), [])
    t.equal(LAB.questions(mark), [])


def test_link(t):
    watch()
    mark, calls = LAB.mark(), Calls("link")
    app = DESK.start(LINK, wrapper=calls.wrapper)
    check_quiet(t, app, calls, mark)

    # So that the silence means something.
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")
    app.type("Password", JAN)
    app.press("Connect")
    app.wait("push button", "Done", seconds=60)
    t.true(calls.internet() != [], "no connection was seen")
    t.true(about_secrets(app) != [], "no word to the keyring was seen")
    t.true(LAB.questions(mark) != [], "no question to the name server was seen")


def test_file(t):
    watch()
    mark, calls = LAB.mark(), Calls("file")
    path = os.path.join(DESK.session.directory, "settings.xml")
    with open(path, "w") as f:
        f.write(FILE)
    app = DESK.start(path, wrapper=calls.wrapper)
    check_quiet(t, app, calls, mark)


def test_command_line(t):
    """It reads a link or file, and that is all."""
    watch()
    path = os.path.join(DESK.session.directory, "settings.xml")
    with open(path, "w") as f:
        f.write(FILE)
    for number, argument in enumerate((LINK, path)):
        mark, calls = LAB.mark(), Calls(f"inspect-{number}")
        done = DESK.session.cli("inspect", argument, wrapper=calls.wrapper)
        t.equal(done.code, 0, done.err)
        t.contains(done.out, "mail.hosting.test")
        t.equal(re.findall(r".*(?:socket|connect)\(.*", calls.read()), [])
        t.equal(LAB.questions(mark), [])


mwtest.main(globals())
