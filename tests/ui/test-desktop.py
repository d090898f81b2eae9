#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""The ways in that a desktop has: menu, search, links, files, clipboard, drag and drop. With a
window manager, and with programs started by the bus."""

import os
import re
import signal
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402

DESK = mwui.Desk(keyring=True)
ID = "io.github.mailwright.Mailwright"
PATH = "/io/github/mailwright/Mailwright"
LINK = "mailto-setup:jan@example.test?in=imaps:imap.example.test&out=submissions:smtp.example.test"
HEADING = "Look at These Settings First"

AUTOCONFIG = """<?xml version="1.0"?>
<!-- of a provider -->
<clientConfig version="1.1"><emailProvider id="file.test">
<incomingServer type="imap"><hostname>imap.file.test</hostname><port>993</port>
<socketType>SSL</socketType><authentication>password-cleartext</authentication>
<username>%EMAILADDRESS%</username></incomingServer>
</emailProvider></clientConfig>"""


class Process:
    """One that the bus has started."""

    def __init__(self, pid):
        self.pid = pid
        self.returncode = None

    def poll(self):
        try:
            with open(f"/proc/{self.pid}/stat") as f:
                gone = f.read().rpartition(")")[2].split()[0] == "Z"
        except OSError:
            gone = True
        self.returncode = -1 if gone else None
        return self.returncode

    def terminate(self):
        os.kill(self.pid, signal.SIGTERM)

    def kill(self):
        os.kill(self.pid, signal.SIGKILL)

    def wait(self, seconds):
        mwtest.wait_for(lambda: self.poll() is not None, seconds, "the end of the window")


class Started(mwui.App):
    """The window, whoever started it."""

    def __init__(self):
        super().__init__(DESK, DESK.session.home, {})
        self.process = mwtest.wait_for(find_process, what="the window on the bus")


def bus(method, *arguments):
    return DESK.session.run("gdbus", "call", "--session", "-d", "org.freedesktop.DBus",
                            "-o", "/org/freedesktop/DBus", "-m", f"org.freedesktop.DBus.{method}",
                            *arguments)


def find_process():
    found = re.search(r"uint32 (\d+)", bus("GetConnectionUnixProcessID", ID).stdout)
    return Process(int(found[1])) if found else None


def desk():
    """Up, with a window manager, our program in the path, and a bus that knows the screen."""
    if DESK.session is not None:
        DESK.stop_apps()
        left = find_process()
        if left is not None:
            left.terminate()
            mwtest.wait_for(lambda: find_process() is None, what="a free name on the bus")
        return DESK.session
    mwtest.need("openbox", "gtk4-launch", "gio", "xdg-open", "xclip", "xprop")
    session = DESK.up().session
    session.env["PATH"] = f"{mwtest.PREFIX}/bin:{session.env['PATH']}"
    session.env["G_DEBUG"] = "fatal-warnings"
    session.env["XDG_CURRENT_DESKTOP"] = "GNOME"
    mwui.App(DESK, session.home, {}).settings()
    names = ("DISPLAY", "GDK_BACKEND", "GSK_RENDERER", "GTK_A11Y", "GTK_USE_PORTAL", "G_DEBUG",
             "ADW_DISABLE_PORTAL", "PATH", "GSETTINGS_SCHEMA_DIR")
    bus("UpdateActivationEnvironment",
        "{" + ", ".join(f"'{name}': '{session.env[name]}'" for name in names) + "}")
    session.spawn("openbox", "--sm-disable")
    mwtest.wait_for(lambda: "window id" in session.run(
        "xprop", "-root", "_NET_SUPPORTING_WM_CHECK").stdout, what="the window manager")
    return session


def stop(app):
    app.stop()
    mwtest.wait_for(lambda: find_process() is None, what="a free name on the bus")


def active_class():
    """Of the window in front."""
    found = re.search(r"0x[0-9a-f]+", DESK.session.run("xprop", "-root",
                                                       "_NET_ACTIVE_WINDOW").stdout)
    return DESK.session.run("xprop", "-id", found[0], "WM_CLASS").stdout if found else ""


def is_in_front():
    return "mailwright" in active_class().lower()


def other_window(*arguments):
    """Another program in front of ours; returns its process."""
    process = DESK.session.spawn("/usr/bin/python3", os.path.join(mwtest.TESTS, "ui",
                                                                  "other-window.py"), *arguments)
    mwtest.wait_for(lambda: "python3" in active_class(), what="another window in front")
    return process


def write(name, content):
    path = os.path.join(DESK.session.home, name)
    with open(path, "w") as f:
        f.write(content)
    return path


def put_into_clipboard(text):
    done = DESK.session.spawn("xclip", "-selection", "clipboard", "-quiet",
                              stdin=subprocess.PIPE)
    done.stdin.write(text.encode())
    done.stdin.close()
    mwtest.wait_for(lambda: DESK.session.run(
        "xclip", "-selection", "clipboard", "-o").stdout == text, what="the clipboard")


def back_home(app):
    app.press("Cancel")
    app.wait("heading", "Add Your Mail Account")
    mwui.rest_from_links()


# --- what stands in files -------------------------------------------------

WORDS = {
    "en": ["mail", "account", "imap", "e-mail", "password", "poczta", "konto"],
    "pl": ["poczta", "konto", "imap", "mail", "e-mail", "skrzynka", "hasło", "account"],
    "de": ["mail", "E-Mail", "Konto", "Postfach", "imap", "Passwort", "account"],
    "fr": ["mail", "imap"],
}
SEARCH = """
import sys
from gi.repository import Gio
for word in sys.argv[1:]:
    if not any("io.github.mailwright" in name for group in Gio.DesktopAppInfo.search(word)
               for name in group):
        print(word)
"""


def test_found_by_words(t):
    session = desk()
    for language, words in WORDS.items():
        done = session.run("/usr/bin/python3", "-c", SEARCH, *words,
                          env={"LANGUAGE": language}, check=True)
        t.equal(done.stdout.split(), [], f"not found in {language}")


TYPES = {
    "config-v1.1.xml": (AUTOCONFIG, "application/x-mail-autoconfig+xml"),
    "without-a-name": (AUTOCONFIG, "application/x-mail-autoconfig+xml"),
    "firma.mobileconfig": ("<plist/>", "application/x-apple-aspen-config"),
    "signed.mobileconfig": ("\x30\x03abc", "application/x-apple-aspen-config"),
    "other.xml": ("<?xml version='1.0'?><note>clientConfig</note>", "application/xml"),
    "page.html": ("<html><body>clientConfig</body></html>", "text/html"),
    "notes.txt": ("autoconfig", "text/plain"),
}


def test_types_of_files(t):
    session = desk()
    for name, (content, kind) in TYPES.items():
        path = write(name, content)
        found = session.run("xdg-mime", "query", "filetype", path).stdout.strip()
        t.equal(found, kind, name)
        ours = ID in session.run("gio", "mime", kind).stdout
        t.equal(ours, "apple" in kind or "autoconfig" in kind, f"claimed: {kind}")


def test_options_are_documented(t):
    desk()
    text = DESK.session.run(mwtest.program("mailwright"), "--help", check=True).stdout
    data = os.path.join(os.path.dirname(mwtest.TESTS), "data")
    options = set(re.findall(r"--([a-z-]+)", text)) - {"help-gapplication"}
    t.true({"version", "new-account", "from-clipboard"} <= options, options)
    for name in ("mailwright.1.in", "mailwright.bash", "_mailwright", "mailwright.fish"):
        with open(os.path.join(data, name), encoding="utf-8") as f:
            known = f.read().replace("\\-", "-")
        for option in options:
            t.true(re.search(rf"(--|-l ){option}\b", known), f"{name}: {option}")


# --- starting -------------------------------------------------------------

def open_warm(t, app, number, way):
    """A link comes to the window that is there, and that comes before the other one."""
    other = other_window("text", "x")
    DESK.session.run(*way, LINK.replace("jan@", f"jan{number}@"), check=True)
    app.wait("label", "Set-Up Link")
    app.wait("list item", f"jan{number}@example.test")
    mwtest.wait_for(is_in_front, what=f"the window in front after {way}")
    other.terminate()
    other.wait()
    t.equal(find_process().pid, app.process.pid, "a second program took over")


def test_links_cold_and_warm(t):
    desk().run("gio", "open", LINK, check=True)
    app = Started()
    app.wait("label", "Set-Up Link")
    app.wait("list item", "jan@example.test")
    mwtest.wait_for(is_in_front, what="the window in front")
    back_home(app)
    open_warm(t, app, 1, ("xdg-open",))
    stop(app)


@mwtest.long
def test_every_way_warm(t):
    desk().run("gtk4-launch", ID, LINK, check=True)
    app = Started()
    app.wait("label", "Set-Up Link")
    for number, way in enumerate((("gio", "open"), ("gtk4-launch", ID),
                                  (mwtest.program("mailwright"),))):
        back_home(app)
        open_warm(t, app, number, way)
    stop(app)


def test_files_cold_and_warm(t):
    session = desk()
    path = write("config-v1.1.xml", AUTOCONFIG)
    session.run("gtk4-launch", ID, path, check=True)
    app = Started()
    app.wait("alert", HEADING)
    back_home(app)
    session.run("gio", "open", write("firma żółw.mobileconfig", AUTOCONFIG), check=True)
    app.wait("label", part="firma żółw.mobileconfig")
    stop(app)


@mwtest.long
def test_token_brings_the_window_to_front(t):
    """What a launcher hands over with the link is used: it says when the click was."""
    session = desk()
    app = DESK.start(home=None, env={"G_MESSAGES_DEBUG": ""})
    other = other_window("text", "x")
    watch = session.spawn("dbus-monitor", "--session", "interface='org.freedesktop.Application'",
                          name="monitor")
    mwtest.wait_for(lambda: "NameAcquired" in session.log("monitor"), what="the monitor")
    session.run("gtk4-launch", ID, LINK, check=True)
    app.wait("label", "Set-Up Link")
    mwtest.wait_for(is_in_front, what="the window in front")
    said = mwtest.wait_for(lambda: session.log("monitor") if "member=Open" in
                           session.log("monitor") else None, what="the call")
    t.contains(said, "desktop-startup-id")
    watch.terminate()
    other.terminate()
    DESK.stop_apps()


# --- the desktop's menu ---------------------------------------------------

NAMES = """
from gi.repository import Gio
info = Gio.DesktopAppInfo.new("io.github.mailwright.Mailwright.desktop")
print(";".join(info.get_action_name(name) for name in info.list_actions()))
"""


def choose(action):
    """As the desktop does: it stays, and so does what it has said to the bus."""
    DESK.session.run("gdbus", "call", "--session", "-d", ID, "-o", PATH, "-m",
                     "org.freedesktop.Application.ActivateAction", action, "[]", "{}", check=True)


def test_actions_of_the_menu(t):
    session = desk()
    names = session.run("/usr/bin/python3", "-c", NAMES, env={"LANGUAGE": "en"}, check=True).stdout
    t.equal(names.strip(), "Add Account;Set Up From a Link in the Clipboard")
    names = session.run("/usr/bin/python3", "-c", NAMES, env={"LANGUAGE": "pl"}, check=True).stdout
    t.true("Dodaj konto" in names and "Add" not in names, names)

    put_into_clipboard(f"  <{LINK}>\n")
    choose("from-clipboard")
    app = Started()
    app.wait("label", "Set-Up Link")
    app.wait("list item", "jan@example.test")
    back_home(app)
    session.run(mwtest.program("mailwright"), "--from-clipboard", check=True)
    app.wait("label", "Set-Up Link")
    back_home(app)
    choose("new-account")
    app.wait("heading", "Add Your Mail Account")
    stop(app)


NO_LINK = ["hunter2", "https://example.test/?x=mailto-setup:jan@example.test", "a" * 300000]


@mwtest.long
def test_other_things_in_the_clipboard(t):
    session = desk()
    app = DESK.start()
    for text in NO_LINK:
        put_into_clipboard(text)
        session.run(mwtest.program("mailwright"), "--from-clipboard", env=app.env, check=True)
        app.wait("label", part="Copy a link that begins with")
        t.true("hunter2" not in app.texts() + app.log(), "the clipboard was repeated")
        app.key("Escape")
        app.gone("label", part="Copy a link that begins with")
    t.equal(app.traces("hunter2"), set(), "what was in the clipboard is kept")
    DESK.stop_apps()


# --- pasted and dropped ---------------------------------------------------

def test_pasted(t):
    desk()
    app = DESK.start()
    app.wait("heading", "Add Your Mail Account")
    put_into_clipboard(LINK)
    app.key("ctrl+v")
    app.wait("label", "Set-Up Link")
    app.wait("label", "Set-Up Link")
    app.wait("list item", "jan@example.test")
    app.press("Cancel")
    app.wait("heading", "Add Your Mail Account")
    t.equal(app.text("Email address"), "")

    # Broken over lines, as mail programs do; and not in the entry.
    put_into_clipboard(LINK[:70] + "\n   " + LINK[70:])
    app.key("Tab", "Tab")
    mwtest.wait_for(lambda: not app.has_focus("text", "Email address"), what="the focus elsewhere")
    app.key("ctrl+v")
    app.wait("label", "Set-Up Link")
    app.press("Cancel")
    app.wait("heading", "Add Your Mail Account")

    # Other text is what it always was, and where there is no entry, no more than a sentence.
    put_into_clipboard("piet@example.test")
    app.key("ctrl+v")
    mwtest.wait_for(lambda: app.text("Email address") == "piet@example.test", what="the address")
    app.key("Tab", "Tab", "ctrl+v")
    app.wait("label", part="There is no set-up link in the clipboard")
    app.type("Email address", "")
    app.type("Email address", LINK)
    app.wait("label", "Set-Up Link")
    DESK.stop_apps()


def drag(kind, what, down=260):
    """From another window to the middle of ours; DOWN from its upper edge."""
    session = DESK.session
    other = other_window(kind, what)
    found = session.run("xdotool", "search", "--name", "^Other$", check=True).stdout.split()[-1]
    ours = session.run("xdotool", "search", "--onlyvisible", "--class", "mailwright",
                       check=True).stdout.split()[-1]
    session.run("xdotool", "windowmove", "--sync", found, "10", "700", check=True)
    session.run("xdotool", "windowmove", ours, "300", "0", check=True)
    session.run("xdotool", "mousemove", "--window", found, "100", "60", "mousedown", "1",
                check=True)
    for x in range(120, 400, 20):
        session.run("xdotool", "mousemove", str(x), str(780 - x), check=True)
    for y in (down - 10, down):
        session.run("xdotool", "mousemove", "--sync", "610", str(y), check=True)
    session.run("xdotool", "mouseup", "1", check=True)
    return other


def test_dropped(t):
    desk()
    app = DESK.start()
    app.wait("heading", "Add Your Mail Account")
    for kind, what, title in (("text", LINK, "Set-Up Link"),
                              ("file", write("config-v1.1.xml", AUTOCONFIG), "Set-Up File")):
        other = drag(kind, what)
        app.wait("label", title)
        app.press("Cancel")
        app.wait("heading", "Add Your Mail Account")
        other.terminate()
        other.wait()
    other = drag("text", "no link at all", down=420)
    app.wait("label", part="This is no set-up link")
    other.terminate()
    DESK.stop_apps()


mwtest.main(globals())
