# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""A link is clicked on a page in the real Chromium, or in a letter in the real Thunderbird.

    clicks = mwclicks.Clicks(desk, window)
    clicks.in_chromium(t)
    clicks.in_thunderbird(t)

The desktop file leads from there to the window, so nobody here starts it; what is passed on is
compared with what stood on the page, byte for byte.
"""

import html
import json
import os
import re

import mwui
from mwui import mwtest

MARIONETTE = os.path.join(mwtest.TESTS, "export", "marionette.py")
QUIET = "Nothing was contacted yet."

# What is written on the page, and what is shown of it. Chromium makes
# %27 of an apostrophe, and browsers write every scheme small: both say the same as before.
LINKS = [
    ("mailto-setup:jan.kowalski+shop@example.test?v=1&in=imaps:imap.example.test:993"
     "&in=pop3:imap.example.test&out=submissions:smtp.example.test:465&prov=F%C3%BCr%20%22alle%22"
     "&x-note=a:/@+!$()*,-._~z",
     ["jan.kowalski+shop@example.test", "imap.example.test", "smtp.example.test", "Für \"alle\""]),
    ("Mailto-Setup:%E6%9D%8E@b%C3%BCcher.example?in=imaps:mail.b%C3%BCcher.example",
     ["李@bücher.example", "mail.bücher.example", "mail.xn--bcher-kva.example"]),
    ("mailto-setup:@example.test?in=imaps:mail.hosting.test&out=submissions:mail.hosting.test",
     ["mail.hosting.test", "example.test"]),
]

PAGE = "<!doctype html><meta charset=utf-8><title>Help page</title>" + "".join(
    f"<p><a id=l{number} href=\"{html.escape(link)}\">Set up {number}</a>"
    for number, (link, _) in enumerate(LINKS))
LETTER = """From - Mon Jan  1 00:00:00 2024
From: Help Desk <help@example.test>
To: jan@example.test
Subject: Your mail
Date: Mon, 01 Jan 2024 00:00:00 +0000
Message-ID: <1@example.test>
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

""" + PAGE + "\n\n"


FIND_LINKS = """
const done = arguments[arguments.length - 1];
(async () => {
  const { MailServices } = ChromeUtils.importESModule(
    "resource:///modules/MailServices.sys.mjs");
  async function wait(what, get) {
    for (let i = 0; i < 300; i++) {
      const value = get();
      if (value)
        return value;
      await new Promise(resolve => Services.tm.mainThread.dispatch(
        () => setTimeout(resolve, 100), 0));
    }
    throw new Error("no " + what);
  }
  const { setTimeout } = ChromeUtils.importESModule("resource://gre/modules/Timer.sys.mjs");
  const window = await wait("window", () => Services.wm.getMostRecentWindow("mail:3pane"));
  const folder = await wait("folder", () => MailServices.accounts.localFoldersServer.rootFolder
    .subFolders.find(folder => folder.name == "Letters"));
  const pane = await wait("pane", () => window.document.getElementById("tabmail")
    .currentAbout3Pane);
  await wait("list", () => {
    if (pane.gDBView?.rowCount == 1)
      return true;
    pane.displayFolder(folder.URI);
    return false;
  });
  pane.threadTree.selectedIndex = 0;
  const last = await wait("letter", () => pane.messageBrowser.contentWindow
    .getMessagePaneBrowser()?.contentDocument?.getElementById("l%d"));
  const view = last.ownerDocument.defaultView;
  const measure = () => [...last.ownerDocument.links].map(link => {
    const place = link.getBoundingClientRect();
    return [view.mozInnerScreenX + place.left + 5, view.mozInnerScreenY + place.top + 5];
  });
  // What stands above it comes bit by bit.
  await wait("head", () => pane.messageBrowser.contentWindow.msgLoaded);
  let places = "", same = 0;
  await wait("rest", () => {
    const now = JSON.stringify(measure());
    same = now == places ? same + 1 : 0;
    places = now;
    return same == 10;
  });
  done(measure());
})().catch(error => done(String(error)));
""" % (len(LINKS) - 1)

PREFERENCES = {
    "remote.prefs.recommended": False,
    "mail.shell.checkDefaultClient": False,
    "mail.provider.suppress_dialog_on_startup": True,
    "datareporting.policy.dataSubmissionPolicyBypassNotification": True,
    "mail.account.account1.server": "server1",
    "mail.accountmanager.accounts": "account1",
    "mail.accountmanager.localfoldersserver": "server1",
    "mail.server.server1.directory-rel": "[ProfD]Mail/Local Folders",
    "mail.server.server1.hostname": "Local Folders",
    "mail.server.server1.name": "Local Folders",
    "mail.server.server1.type": "none",
    "mail.server.server1.userName": "nobody",
}


class Clicks:
    """Whoever clicks sits at DESK, and expects WINDOW (an mwui.App) to come up."""

    def __init__(self, desk, window):
        mwtest.need("xdotool", "dbus-monitor")
        self.desk = desk
        self.session = desk.session
        self.window = window
        if not self.session.log("clicks"):
            self.session.spawn("dbus-monitor", "--session",
                               "interface='org.freedesktop.Application',member='Open'",
                               name="clicks")
            mwtest.wait_for(lambda: self.session.log("clicks"), what="the monitor")

    def opened(self):
        """The links that anybody passed on to the program."""
        return re.findall(r'string "(mailto-setup:.*)"$', self.session.log("clicks"),
                          re.MULTILINE | re.IGNORECASE)

    def click(self, program, left, top):
        """With the mouse, as nothing else counts as a person's wish; PROGRAM comes to the front,
        for which there is no window manager."""
        self.session.run("xdotool", "search", "--onlyvisible", "--class", program, "windowraise",
                         "%@", check=True)
        self.session.run("xdotool", "mousemove", str(int(left)), str(int(top)), "click", "1",
                         check=True)
        self.desk.park_pointer()

    def find(self, role, name):
        """A widget of another program than ours."""
        for program in self.desk.desktop.get_children():
            try:
                if program is None or program.get_name() == "mailwright":
                    continue
                for node in self.window.walk(program):
                    if node.get_role_name() == role and node.get_name() == name:
                        return node
            except Exception:  # it went away while we looked
                continue
        return None

    def click_widget(self, program, role, name, seconds=30):
        from gi.repository import GLib
        node = mwtest.wait_for(lambda: self.find(role, name), seconds, f"{name} in {program}")
        left, top, width, height = node.call("org.a11y.atspi.Component", "GetExtents",
                                             GLib.Variant("(u)", (0,)))
        self.click(program, left + width // 2, top + height // 2)

    def say_yes(self, program, name):
        """Clicks a button of a question, which takes no click right after it came up."""
        for _ in range(5):
            self.click_widget(program, "push button", name)
            try:
                return mwtest.wait_for(lambda: self.find("push button", name) is None, 2, "the end")
            except mwtest.Failure:
                continue
        raise mwtest.Failure(f"{name} in {program} does nothing")

    def click_until_opened(self, program, left, top, before):
        """As a person does when nothing seems to happen."""
        mwui.rest_from_links()
        for _ in range(5):
            self.click(program, left, top)
            try:
                return mwtest.wait_for(lambda: len(self.opened()) > before, 5, "the link")
            except mwtest.Failure:
                continue
        raise mwtest.Failure(f"a click in {program} opens nothing")

    def check(self, t, number, before):
        """The review page of a link stands there, and nothing was contacted."""
        link, parts = LINKS[number]
        self.window.wait("label", QUIET, seconds=30)
        t.equal(set(self.opened()[before:]), {link.replace("Mailto-Setup", "mailto-setup")},
                "what was passed on")
        shown = self.window.texts()
        for part in parts:
            t.contains(shown, part)
        self.window.press("Cancel")
        self.window.gone("label", QUIET)

    def end(self):
        """So that the next program finds no window of ours."""
        self.window.press("Close")
        mwtest.wait_for(lambda: self.window.root() is None, what="the end of the window")

    def in_chromium(self, t):
        """It asks first, and then hands over what stood on the page."""
        mwtest.need("chromium", "xdg-open")
        path = os.path.join(self.session.home, "help.html")
        with open(path, "w") as f:
            f.write(PAGE)
        # As root it runs without its own sandbox or not at all.
        self.session.spawn("chromium", *(["--no-sandbox"] if os.geteuid() == 0 else []),
                           f"--user-data-dir={self.session.home}/chromium", "--no-first-run",
                           "--no-default-browser-check", "--force-renderer-accessibility",
                           "--disable-gpu", "--disable-background-networking", "--disable-sync",
                           "--password-store=basic", "--window-position=0,0",
                           "--window-size=900,700", f"file://{path}")
        for number in range(len(LINKS)):
            before = len(self.opened())
            mwui.rest_from_links()
            self.click_widget("chromium", "link", f"Set up {number}", 60)
            mwtest.wait_for(lambda: self.find("push button", "Open Mailwright"),
                            what="the browser's question")
            t.equal(self.opened()[before:], [], "opened before the answer")
            self.say_yes("chromium", "Open Mailwright")
            self.check(t, number, before)
        self.end()

    def in_thunderbird(self, t):
        """It asks nothing, once the desktop has a program for such links."""
        mwtest.need("thunderbird")
        profile = os.path.join(self.session.home, "letters")
        os.makedirs(f"{profile}/Mail/Local Folders")
        with open(f"{profile}/user.js", "w") as f:
            f.write("".join(f'user_pref("{name}", {json.dumps(value)});\n'
                            for name, value in PREFERENCES.items()))
        with open(f"{profile}/Mail/Local Folders/Letters", "w") as f:
            f.write(LETTER)
        self.session.spawn("thunderbird", "-profile", profile, "--marionette",
                           "--remote-allow-system-access")
        done = self.session.run("/usr/bin/python3", MARIONETTE, "2828", input=FIND_LINKS,
                                timeout=150, check=True)
        places = json.loads(done.stdout)
        t.equal(len(places), len(LINKS), done.stdout)
        for number, (left, top) in enumerate(places):
            before = len(self.opened())
            self.click_until_opened("thunderbird", left, top, before)
            self.check(t, number, before)
        self.end()
