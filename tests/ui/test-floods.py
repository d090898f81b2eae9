#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Links and files as nobody sends them who means well: thousands, huge, of any kind, at the worst
moment. The person in front of the window is not disturbed, and at most told one calm sentence."""

import os
import re
import resource
import socket
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402

DESK = mwui.Desk(keyring=True)
NAME = "io.github.mailwright.Mailwright"
PATH = "/io/github/mailwright/Mailwright"
LINK = "mailto-setup:jan@example.test?in=imaps:imap.example.test&out=submissions:smtp.example.test"
QUIET = "Nothing was contacted yet."
MANY = 10000

# What the window may grow by while it drops links.
MEMORY_KB = 16 * 1024


def number(n):
    """Each another link, as a hostile page would write them."""
    return f"mailto-setup:jan{n}@example.test?in=imaps:imap{n}.example.test"


class Others:
    """Another program on the session's bus."""

    def __init__(self):
        DESK.up()
        from gi.repository import Gio, GLib
        self.gio, self.glib = Gio, GLib
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)

    def open(self, *uris):
        """Does not wait, nor start anything."""
        self.bus.call(NAME, PATH, "org.freedesktop.Application", "Open",
                      self.glib.Variant("(asa{sv})", (uris, {})), None,
                      self.gio.DBusCallFlags.NO_AUTO_START, -1, None, None)

    def answer(self):
        """What was sent before is done with when this is answered, by the window's own loop."""
        self.bus.flush_sync(None)
        self.bus.call_sync(NAME, PATH, "org.gtk.Actions", "List", None, None,
                           self.gio.DBusCallFlags.NO_AUTO_START, 20000, None)


def memory(app):
    with open(f"/proc/{app.pid()}/status") as f:
        return int(re.search(r"VmRSS:\s+(\d+)", f.read())[1])


def windows():
    done = DESK.session.run("xdotool", "search", "--onlyvisible", "--class", "mailwright")
    return len(done.stdout.split())


def address(app):
    """Whose account the page that is shown is about."""
    return next(iter(re.findall(r"^jan\d*@\S+$", app.texts(), re.MULTILINE)), None)


def rest():
    """Links faster than one a second are dropped, so a second has to go by."""
    time.sleep(1.2)


def test_many_while_somebody_types(t):
    """They change nothing of what is under way, and are soon forgotten."""
    mwtest.need("xdotool")
    app, others = DESK.start("jan@example.test"), Others()
    app.wait("heading", "Sign In to Your Mail")
    app.type("Password", "half typed")
    while not app.has_focus("text", "Your name"):
        app.key("Tab")
    others.answer()
    before = memory(app)
    typing = DESK.session.spawn("xdotool", "type", "--delay", "40", "Jan Kowalski, all of it")
    for n in range(MANY):
        others.open(number(n))
    others.answer()
    typing.wait(30)
    mwtest.wait_for(lambda: app.text("Your name") == "Jan Kowalski, all of it",
                    what="all that was typed")
    t.true(app.has_focus("text", "Your name"), "the focus went elsewhere")
    t.equal(windows(), 1)
    t.true(memory(app) - before < MEMORY_KB, f"{before} KB became {memory(app)} KB")
    t.true(app.find("heading", "Sign In to Your Mail") is not None, "another page")
    t.equal([name for name in re.findall(r"jan\d+@", app.texts())], [])


def test_many_at_once_on_the_first_page(t):
    """One is looked at, few wait, and then it is as it was."""
    app, others = DESK.start(), Others()
    others.answer()
    before = memory(app)
    for n in range(MANY // 8):
        others.open(*(number(n * 8 + part) for part in range(8)))
    others.answer()
    app.wait("label", QUIET)
    t.equal(address(app), "jan0@example.test")
    t.true(memory(app) - before < MEMORY_KB, f"{before} KB became {memory(app)} KB")
    t.equal(windows(), 1)
    seen = []
    while app.find("label", QUIET):
        seen.append(address(app))
        app.press("Cancel")
        mwtest.wait_for(lambda: address(app) != seen[-1], what="the next")
    app.wait("heading", "Add Your Mail Account")
    t.equal(seen, [f"jan{n}@example.test" for n in range(4)])


def test_while_a_dialog_is_open(t):
    app, others = DESK.start(), Others()
    app.wait("heading", "Add Your Mail Account")
    app.key("ctrl+comma")
    app.wait("label", "Preferences")
    for n in range(1000):
        others.open(number(n))
    others.answer()
    t.true(app.find("label", "Preferences") is not None, "the dialog went away")
    t.true(app.find("label", QUIET) is None, "a link took the window from below a dialog")
    app.key("Escape")
    app.gone("label", "Preferences")
    app.wait("label", QUIET)
    app.press("Cancel")
    app.wait("heading", "Add Your Mail Account")


def test_huge_links(t):
    """More than an argument can be: through the bus, where anything may be sent."""
    app, others = DESK.start(), Others()
    app.wait("heading", "Add Your Mail Account")
    app.type("Email address", "piet@example.test")
    before = memory(app)
    links = [LINK + "&name=" + "hunter2" * 150000, "mailto-setup:" + "%41" * 400000,
             "mailto-setup:a@example.test?" + "in=imaps:a.test&" * 70000, "x" * 1000000 + ":y"]
    for link in links if "MW_ALL" in os.environ else links[:1]:
        others.open(link)
        others.answer()
        app.wait("label", "This Link Cannot Be Used")
        t.true("hunter2" not in app.texts() + app.log(), "a refused link was repeated")
        app.key("Escape")
        app.gone("label", "This Link Cannot Be Used")
        rest()
    t.equal(app.text("Email address"), "piet@example.test")
    t.true(memory(app) - before < MEMORY_KB, f"{before} KB became {memory(app)} KB")


FOREIGN = ["http://example.test/config-v1.1.xml", "smb://192.0.2.1/share/a.mobileconfig",
           "trash:///", "admin:///etc/shadow", "resource:///org/gtk", "file://192.0.2.1/a.xml",
           "file:///%00", "file:relative", "", ":", "mailto-setup", "mailto-setup:%00"]


def test_other_places(t):
    """What is neither a link of ours nor a file here is not even asked for."""
    app, others = DESK.start(), Others()
    app.wait("heading", "Add Your Mail Account")
    for uri in FOREIGN if "MW_ALL" in os.environ else FOREIGN[:1] + FOREIGN[-1:]:
        others.open(uri)
        others.answer()
        app.wait("label", part="Cannot Be Used")
        app.key("Escape")
        app.gone("label", part="Cannot Be Used")
        rest()


def test_while_it_starts(t):
    """Many starts at once, each with a link: one window, and nobody hangs."""
    app = DESK.start(LINK, wait=False)
    started = [DESK.session.spawn(mwtest.program("mailwright"), number(n), env=app.env,
                                  name=f"start-{n}") for n in range(12)]
    left = [app.process, *started]
    mwtest.wait_for(lambda: sum(each.poll() is None for each in left) == 1, 60, "one program")
    t.equal({each.poll() for each in left} - {None}, {0}, "ends")
    app.process = next(each for each in left if each.poll() is None)
    app.wait("label", QUIET)
    t.equal(windows(), 1)

    app = DESK.start(*(number(n) for n in range(500)))
    app.wait("label", QUIET)
    t.equal(address(app), "jan0@example.test")


def test_while_it_closes(t):
    others = Others()
    for turn in range(8 if "MW_ALL" in os.environ else 2):
        app = DESK.start()
        ended = threading.Event()

        def send():
            n = 0
            while not ended.is_set() and n < 200000:
                others.open(number(n))
                n += 1
                if n % 50 == 0:
                    others.bus.flush_sync(None)

        sender = threading.Thread(target=send)
        sender.start()
        try:
            app.press("Close")
            app.process.wait(30)
        except subprocess.TimeoutExpired:
            pass  # a link opened the window once more, which is fine
        finally:
            ended.set()
            sender.join()
        t.true(app.process.poll() in (None, 0), f"it ended with {app.process.poll()}")
        app = DESK.start(LINK, home=app)
        app.wait("label", QUIET)


def inspect(t, path):
    """Refused, in a sentence, with a clear end; this says whether as unreadable."""
    done = DESK.session.cli("inspect", "--timeout", "1", path, timeout=30)
    t.true(done.code in (1, 2), f"{path}: {done.code}")
    t.equal(done.out, "", path)
    [line] = done.err.strip().splitlines()
    t.true(line.startswith("mailwright-cli: "), line)
    return done.code == 2


def test_strange_files(t):
    """Devices, pipes, sockets, endless and vanishing ones: the command line reads them as the
    window does."""
    DESK.up()
    folder = DESK.session.directory
    here = os.path.join(folder, "strange")
    os.makedirs(here)
    with open(f"{here}/sparse", "w") as f:
        os.ftruncate(f.fileno(), 1 << 40)
    os.symlink("loop", f"{here}/loop")
    os.symlink("/nowhere", f"{here}/dangling")
    os.mkfifo(f"{here}/pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"{here}/socket")
        for path in ("sparse", "loop", "dangling", "pipe", "socket", "gone.xml", "", "x" * 300):
            inspect(t, f"{here}/{path}")
        for path in ("/dev/zero", "/dev/null", "/dev/urandom", "/dev/full", "/dev/tty",
                     "/dev/stdout", "/proc/self/mem", "/proc/self/environ", "/proc/self/fd/0",
                     "/proc/kmsg", "/sys/kernel/notes", "/proc/self/pagemap"):
            if os.path.exists(path):
                inspect(t, path)
                inspect(t, "file://" + path)
    # A writer that never says anything.
    writer = os.open(f"{here}/pipe", os.O_RDWR)
    t.true(inspect(t, f"{here}/pipe"), "an end that never came")
    os.close(writer)
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    t.true(used < 400 * 1024, f"{used} KB")


@mwtest.long
def test_strange_files_in_the_window(t):
    app, others = DESK.start(), Others()
    app.wait("heading", "Add Your Mail Account")
    app.type("Email address", "piet@example.test")
    here = os.path.join(DESK.session.directory, "window")
    os.makedirs(here)
    os.symlink("loop", f"{here}/loop")
    os.mkfifo(f"{here}/pipe")
    with open(f"{here}/sparse", "w") as f:
        os.ftruncate(f.fileno(), 1 << 40)
    writer = os.open(f"{here}/pipe", os.O_RDWR)
    before = memory(app)
    for path in (f"{here}/loop", f"{here}/sparse", f"{here}/pipe", f"{here}/", "/dev/zero",
                 "/proc/self/mem", "/dev/tty"):
        others.open("file://" + path)
        others.answer()
        app.wait("label", "This File Cannot Be Used")
        app.wait("label", part="Nothing was changed")
        app.key("Escape")
        app.gone("label", "This File Cannot Be Used")
        rest()
    os.close(writer)
    t.equal(app.text("Email address"), "piet@example.test")
    t.true(memory(app) - before < MEMORY_KB, f"{before} KB became {memory(app)} KB")


mwtest.main(globals())
