#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""An account that waits until Thunderbird is closed: with the window, without it, and after
Mailwright itself had ended. The lock on the profile stands for a running Thunderbird."""

import fcntl
import glob
import json
import os
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402

LAB = mwtest.Lab()
DESK = mwui.Desk(lab=LAB, keyring=True)
JAN = mwtest.PASSWORDS["jan"]
PREFS = 'user_pref("mail.server.server9.type", "none");\n'
MARKUP = "<b>Work</b> &amp; <a href='https://x.test'>more</a>"
FAKE = os.path.join(os.path.dirname(os.path.realpath(__file__)), "fake-notifications.py")


class Notifications:
    """What the desktop is told from now on."""

    count = 0

    def __init__(self):
        Notifications.count += 1
        self.name = f"notifications-{Notifications.count}"
        self.process = DESK.session.spawn("/usr/bin/python3", FAKE, name=self.name,
                                          stdin=subprocess.PIPE, text=True)
        mwtest.wait_for(lambda: self.said(ready=True), what="the notifications")

    def all(self):
        log = DESK.session.log(self.name)
        return [json.loads(line) for line in log.splitlines() if line.endswith("}")]

    def said(self, **wanted):
        return [each for each in self.all() if wanted.items() <= each.items()]

    def wait(self, title, count=1):
        mwtest.wait_for(lambda: len(self.said(title=title)) >= count,
                        what=f"the notification {title!r}, in {self.all()}")
        return self.said(title=title)[-1]

    def stop(self):
        self.process.terminate()
        self.process.wait(10)

    def answer(self, notification, action):
        self.process.stdin.write(f"{notification['number']} {action}\n")
        self.process.stdin.flush()


class Home:
    """A home with an account in Mailwright and a profile of Thunderbird."""

    def __init__(self, label="Work"):
        DESK.up()
        self.directory = tempfile.mkdtemp(dir=DESK.session.directory)
        self.profile = f"{self.directory}/.thunderbird/abcd.default"
        os.makedirs(self.profile)
        with open(f"{self.directory}/.thunderbird/profiles.ini", "w") as f:
            f.write("[Profile0]\nName=default\nIsRelative=1\nPath=abcd.default\nDefault=1\n")
        with open(f"{self.profile}/prefs.js", "w") as f:
            f.write(PREFS)
        self.data = f"{self.directory}/.local/share"
        done = DESK.session.cli("add", "jan@example.test", "--password-stdin", "--label", label,
                                password=JAN, env={"HOME": self.directory,
                                                   "XDG_DATA_HOME": self.data})
        mwtest.wait_for(lambda: self.accounts(), 1, f"the account: {done.out}{done.err}")
        self.running = None

    def accounts(self):
        return glob.glob(f"{self.data}/mailwright/accounts/*-*.account")

    @property
    def waiting(self):
        return f"{self.data}/mailwright/accounts/waiting.account"

    def run_thunderbird(self):
        self.running = open(f"{self.profile}/.parentlock", "w")
        fcntl.lockf(self.running, fcntl.LOCK_EX)

    def close_thunderbird(self):
        self.running.close()

    def prefs(self):
        with open(f"{self.profile}/prefs.js") as f:
            return f.read()

    def servers(self):
        return self.prefs().count('.hostname", "imap.example.test")')


def begin(home, account="Work"):
    """A window in which the account waits for a running Thunderbird."""
    home.run_thunderbird()
    app = DESK.start(home=home)
    app.press(f"Menu of {account}")
    app.press("Export…", role="menu item")
    app.press("Add to Thunderbird")
    app.press("Hand Over Without It")
    app.wait("label", part="Thunderbird is running. Close it")
    mwtest.wait_for(lambda: os.path.exists(home.waiting), what="the wait on the disk")
    return app


def end_unseen(app):
    """As a session ends that was switched off."""
    os.kill(app.pid(), signal.SIGKILL)
    app.process.wait(10)


def test_without_a_window(t):
    """With a name that some desktops would read as markup."""
    home = Home(label=MARKUP)
    told = Notifications()
    app = begin(home, MARKUP)
    with open(home.waiting, "rb") as f:
        t.absent(JAN, "what is remembered", f.read())
    app.key("Escape")
    app.wait("label", part="Waiting for Thunderbird to close")

    # The same hand-over stands in the window again, not a second one.
    app.press(f"Menu of {MARKUP}")
    app.press("Export…", role="menu item")
    app.wait("push button", "Do Not Wait")
    app.key("Escape")
    app.gone("push button", "Do Not Wait")
    app.key("ctrl+w")
    notice = told.wait("Mailwright Is Waiting")
    t.contains(notice["body"], "Close Thunderbird")
    app.check_alive()

    home.close_thunderbird()
    notice = told.wait("Account Added to Thunderbird")
    t.true(mwui.plain(notice["body"]).startswith("‹b›Work‹/b› ＆amp; "), f"the text is {notice}")
    t.true(not set("<>&") & set(notice["title"] + notice["body"]), f"markup in {notice}")
    t.true("@" not in json.dumps(notice), "the notification tells the address")
    t.equal(home.servers(), 1, "accounts in Thunderbird")
    t.contains(home.prefs(), PREFS)
    t.true(os.path.exists(f"{home.profile}/logins.json"), "no password in Thunderbird")
    mwtest.wait_for(lambda: not os.path.exists(home.waiting), what="nothing to be remembered")
    mwtest.wait_for(lambda: any(each.get("closed") for each in told.all()),
                    what="the first notification to be withdrawn")

    told.answer(notice, "default")
    app.wait("list item", MARKUP)
    app.key("ctrl+w")
    told.stop()


def test_after_mailwright_ended(t):
    home = Home()
    app = begin(home)
    app.key("Escape")
    end_unseen(app)
    t.true(os.path.exists(home.waiting), "the wait was forgotten")

    app = DESK.start(home=home)
    app.wait("label", part="Waiting for Thunderbird to close")
    t.equal(home.servers(), 0, "accounts in the running Thunderbird")
    home.close_thunderbird()
    app.gone("label", part="Waiting for Thunderbird to close")
    app.wait("label", part="In Thunderbird")
    t.equal(home.servers(), 1, "accounts in Thunderbird")
    mwtest.wait_for(lambda: not os.path.exists(home.waiting), what="nothing to be remembered")
    app.key("ctrl+w")
    t.equal(app.process.wait(10), 0, "exit status")


def test_given_up(t):
    home = Home()
    app = begin(home)
    app.key("Escape")
    app.wait("label", part="Waiting for Thunderbird to close")
    app.press("Menu of Work")
    app.press("Stop Waiting", role="menu item")
    app.gone("label", part="Waiting for Thunderbird to close")
    mwtest.wait_for(lambda: not os.path.exists(home.waiting), what="nothing to be remembered")
    app.press("Menu of Work")
    app.wait("menu item", "Export…")
    t.true(app.find("menu item", "Stop Waiting") is None, "Stop Waiting of nothing")
    app.key("Escape")
    home.close_thunderbird()

    # Nothing keeps the program alive any more.
    app.key("ctrl+w")
    t.equal(app.process.wait(10), 0, "exit status")
    t.equal(home.prefs(), PREFS)


def test_deleted_meanwhile(t):
    home = Home()
    app = begin(home)
    app.key("Escape")
    app.press("Menu of Work")
    app.press("Delete…", role="menu item")
    app.press("Delete")
    app.gone("list item", "Work")

    # It could still be taken back, so it is not forgotten, but not handed over either.
    home.close_thunderbird()
    app.key("ctrl+w")
    t.equal(app.process.wait(10), 0, "exit status")
    t.equal(home.accounts(), [])
    t.true(not os.path.exists(home.waiting), "something waits for nobody")
    t.equal(home.prefs(), PREFS)


def test_thunderbird_went_away(t):
    home = Home()
    app = begin(home)
    end_unseen(app)
    home.close_thunderbird()
    os.rename(f"{home.directory}/.thunderbird", f"{home.directory}/gone")
    told = Notifications()
    app = DESK.start(home=home)
    # Said in the window when somebody looks at it, else by the desktop.
    mwtest.wait_for(lambda: told.said(title="Account Not Added to Thunderbird")
                    or app.find("label", part="There is no such mail program"),
                    what="a word about it")
    mwtest.wait_for(lambda: not os.path.exists(home.waiting), what="nothing to be remembered")
    app.check_alive()
    told.stop()


@mwtest.long
def test_a_link_without_a_window(t):
    """It opens one that shows the link, and what waits goes on waiting."""
    home = Home()
    told = Notifications()
    app = begin(home)
    app.key("Escape")
    app.wait("label", part="Waiting for Thunderbird to close")
    app.key("ctrl+w")
    told.wait("Mailwright Is Waiting")
    DESK.session.run(mwtest.program("mailwright"), "mailto-setup:piet@example.test?"
                     "in=imaps:imap.example.test", env=app.env, check=True)
    app.wait("label", "Nothing was contacted yet.")
    t.true(os.path.exists(home.waiting), "what waited is forgotten")
    app.press("Cancel")
    app.wait("label", part="Waiting for Thunderbird to close")
    home.close_thunderbird()
    mwtest.wait_for(lambda: home.servers() == 1, what="the account in Thunderbird")
    told.stop()


mwtest.main(globals())
