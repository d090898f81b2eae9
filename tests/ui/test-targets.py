#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""The rows of the mail programs: which one it is, which profile, and why it cannot be used."""

import os
import sys
import types

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402
import mwdocuments  # noqa: E402
import mwprograms  # noqa: E402
import mwsandbox  # noqa: E402

DESK = mwui.Desk(keyring=True)
ACCOUNT = mwprograms.ACCOUNT + """
[Export thunderbird]
Profile=work.default
Time=2026-01-02T03:04:05Z
"""


def make_home(name):
    DESK.up()
    home = os.path.join(DESK.session.directory, name)
    mwprograms.put(f"{home}/.local/share/mailwright/accounts/{mwprograms.ACCOUNT_ID}.account",
                   ACCOUNT)
    mwprograms.install(home)
    return types.SimpleNamespace(directory=home)


def rows(app):
    """What the row of each target says, button and all."""
    found = []
    for item in app.walk():
        if item.get_role_name() != "list item" or not item.get_name().startswith("Thunderbird"):
            continue
        nodes = list(app.walk(item))
        texts = [mwui.plain(node.get_name()) for node in nodes
                 if node.get_role_name() == "label"]
        # A menu button is two widgets of the same name.
        buttons = dict.fromkeys((node.get_name(), node.get_description()) for node in nodes
                                if node.get_role_name() == "push button")
        found.append((" / ".join(dict.fromkeys(texts)), list(buttons)))
    return found


def test_rows(t):
    app = DESK.start(home=make_home("many"))
    app.press("Menu of Jan")
    app.press("Export…", role="menu item")
    app.wait("label", part="is damaged")
    said = rows(app)
    t.equal(len(said), 4, said)
    work, linked, damaged, closed = said

    # The account remembers the profile it went to, which had another name then.
    about = "From the distribution · Version 140.3.1 · Profile “Work”, the usual one"
    t.contains(work[0], about)
    t.contains(work[0], "The account is there already")
    t.equal(work[1], [("What will change in Thunderbird", about),
                      ("Update in Thunderbird", about)])
    t.contains(linked[0], "Profile “Home <b>”")
    t.contains(linked[0], "is reached over a link and is really ~/Mail")
    t.equal([name for name, _ in linked[1]],
            ["What will change in Thunderbird", "Add to Thunderbird"])
    t.contains(damaged[0], "Flatpak, the program itself was not found")
    t.contains(damaged[0],
               "~/.var/app/org.mozilla.thunderbird/.thunderbird/profiles.ini, is damaged")
    t.contains(closed[0], "~/snap/thunderbird/common/.thunderbird cannot be opened")
    t.equal((damaged[1], closed[1]), ([], []))


def test_hidden_rows(t):
    home = make_home("hidden")
    data = f"{home.directory}/.local/share"
    wrapper = mwsandbox.wrapper(DESK.session, home.directory, "~/.thunderbird:create", data)
    app = DESK.start(home=home, wrapper=wrapper)
    app.press("Menu of Jan")
    app.press("Export…", role="menu item")
    app.wait("push button", "Programs Mailwright May Not Look For")
    t.true(any("Profile “Work”" in words for words, _ in rows(app)), rows(app))
    app.press("Programs Mailwright May Not Look For")
    command = ("flatpak override --user --filesystem=~/.var/app/org.mozilla.thunderbird/"
               ".thunderbird io.github.mailwright.Mailwright")
    app.wait("label", command)
    # The profile behind a link is in a folder that was not granted either.
    app.wait("label", "flatpak override --user --filesystem=~/Mail "
                      "io.github.mailwright.Mailwright")
    copy = next(node for node in app.walk() if node.get_name() == "Copy Command"
                and node.get_description() == "Thunderbird · Flatpak")
    DESK.atspi.Action.do_action(copy.get_action_iface(), 0)
    mwtest.wait_for(lambda: command == DESK.session.run(
        "xclip", "-selection", "clipboard", "-o").stdout, what="the command in the clipboard")


def test_chosen_folder(t):
    home = make_home("chosen")
    root = f"{home.directory}/.var/app/org.mozilla.thunderbird/.thunderbird"
    mwprograms.put(f"{root}/profiles.ini", "[Profile0]\nName=In\nIsRelative=1\nPath=in\n")
    mwprograms.put(f"{root}/in/prefs.js")
    documents = mwdocuments.start(t, DESK.session)
    answer = f"{DESK.session.directory}/answer"
    mwprograms.put(answer, home.directory)
    mwdocuments.start_chooser(DESK.session, answer)
    # GTK asks for the portal when it sees this file.
    mwprograms.put(f"{DESK.session.env['XDG_RUNTIME_DIR']}/flatpak-info")
    wrapper = mwsandbox.wrapper(DESK.session, home.directory, f"{home.directory}/.local/share",
                                documents=documents)
    app = DESK.start(home=home, wrapper=wrapper)
    app.press("Menu of Jan")
    app.press("Export…", role="menu item")
    app.press("Programs Mailwright May Not Look For")
    choose = mwtest.wait_for(lambda: next(
        (node for node in app.walk() if node.get_name() == "Choose Folder…"
         and node.get_description() == "Thunderbird · Flatpak"), None), what="the button")
    DESK.atspi.Action.do_action(choose.get_action_iface(), 0)
    app.wait("alert", part="holds no profile")
    t.contains(DESK.session.log("file-chooser"),
               "io.github.mailwright.Mailwright|Choose the Folder of the Mail Program|True")

    mwprograms.put(answer, root)
    DESK.atspi.Action.do_action(choose.get_action_iface(), 0)
    app.wait("push button", "Add to Thunderbird")
    app.focus_window()
    mwtest.wait_for(lambda: app.has_focus("push button", "Add to Thunderbird"),
                    what="the focus on the new button")
    app.press("Add to Thunderbird")

    def arrived():
        with open(f"{root}/in/prefs.js") as f:
            return "imap.example.test" in f.read()
    mwtest.wait_for(arrived, what="the account in the chosen folder")


mwtest.main(globals())
