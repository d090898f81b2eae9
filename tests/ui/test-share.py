#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""The settings of an account for somebody else: looked at first, without the person."""

import os
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402
import mwaccounts  # noqa: E402

DESK = mwui.Desk(keyring=True)
ADDRESS = "jan.kowalski@example.test"
PREVIEW = "The settings as they are shared"
SERVERS = "in=imaps:imap.example.test&out=submissions:smtp.example.test"


class Home:
    def __init__(self, address=ADDRESS):
        DESK.up()
        self.directory = tempfile.mkdtemp(dir=DESK.session.directory)
        mwaccounts.write(f"{self.directory}/.local/share", address, label="Work")


def share(env=None, address=ADDRESS):
    app = DESK.start(home=Home(address), env=env or {})
    app.wait("list item", "Work")
    app.press((app.words.say("Menu of %s")) % "Work")
    app.press("Share Set-Up…", role="menu item")
    app.wait("text", PREVIEW)
    return app


def shows(app, text):
    mwtest.wait_for(lambda: app.text(PREVIEW) == text, what=text)


def copied(text):
    """The sentence about it is gone before a busy machine has looked for it."""
    mwtest.need("xclip")
    mwtest.wait_for(lambda: text == DESK.session.run(
        "xclip", "-selection", "clipboard", "-o").stdout, what=f"{text} in the clipboard")


def ends(path, end):
    if not os.path.exists(path):
        return False
    with open(path, "rb") as f:
        return f.read().endswith(end)


def save(app, name, end, button="Save…"):
    """The file, once it is there to its END."""
    path = os.path.join(DESK.session.directory, name)
    app.press(button)
    app.wait("label", "Name:")
    app.key("ctrl+a")
    app.keys(path)
    app.key("Return")
    mwtest.wait_for(lambda: ends(path, end), what=path)
    app.gone("label", "Name:")
    return path


def read(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


def decode(path):
    """What another program reads in a picture."""
    mwtest.need("zbarimg", "rsvg-convert")
    if path.endswith(".svg"):
        DESK.session.run("rsvg-convert", "-o", path + ".png", path, check=True)
        path += ".png"
    done = DESK.session.run("zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", path,
                            check=True)
    return done.stdout.rstrip("\n")


def test_link(t):
    """For everybody first; who is in it is said; what is seen is what is copied."""
    app = share()
    shows(app, f"mailto-setup:@example.test?{SERVERS}")
    t.true(app.find("alert") is None, "a warning of nothing")
    app.pick("For", "Down")
    app.wait("alert", part="learns the address")
    shows(app, f"mailto-setup:{ADDRESS}?{SERVERS}&acct=Work")
    t.true(app.find("text", "Name of the provider") is None, "a provider is asked for")
    app.pick("For", "Down")
    app.gone("alert")
    shows(app, f"mailto-setup:?{SERVERS}&prov=example.test")
    app.type("Name of the provider", "Firma & Co")
    wanted = f"mailto-setup:?{SERVERS}&prov=Firma%20%26%20Co"
    shows(app, wanted)
    app.press("Copy Link")
    copied(wanted)
    app.type("Name of the provider", "Jan Kowalski")
    shows(app, f"mailto-setup:?{SERVERS}&prov=Jan%20Kowalski")

    # A file is for a domain.
    app.pick("Share as", "Down", "Down")
    app.gone("text", "Name of the provider")
    t.contains(app.text(PREVIEW), "Mail settings for example.test")


def test_code(t):
    """A camera reads it on the screen, in the dark too, and in both files."""
    app = share(env={"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"})
    app.pick("Share as", "Down")
    link = f"mailto-setup:@example.test?{SERVERS}"
    code = app.wait("image", "QR code of the link below")
    t.equal(code.get_description(), link)
    shows(app, link)
    picture = os.path.join(DESK.session.directory, "screen.png")
    app.picture(picture)
    t.equal(decode(picture), link)
    t.equal(decode(save(app, "code.png", b"IEND\xaeB`\x82", "Save PNG…")), link)
    t.equal(decode(save(app, "code.svg", b"</svg>\n", "Save SVG…")), link)


def test_text(t):
    app = share()
    app.pick("Share as", "Down", "Down")
    mwtest.wait_for(lambda: "Port: 993" in app.text(PREVIEW), what="the table")
    text = app.text(PREVIEW)
    for part in ("Mail settings for example.test", "Server: imap.example.test", "Port: 993",
                 "User name: the whole email address"):
        t.contains(text, part)
    t.true("kowalski" not in text, "the person is in it")
    t.true(app.find("alert") is None, "a warning of nothing")
    app.pick("For", "Down")
    app.wait("alert", part="learns the address")
    t.contains(app.text(PREVIEW), ADDRESS)
    app.pick("For", "Up")
    app.gone("alert")
    app.press("Copy as Text")
    copied(text)
    t.equal(read(save(app, "settings.txt", b"yes\n")), text)


@mwtest.long
def test_in_polish(t):
    app = share(env={"LANGUAGE": "pl"})
    app.pick("Share as", "Down", "Down")
    mwtest.wait_for(lambda: "Serwer: imap.example.test" in app.text(PREVIEW), what="the table")
    t.true("Server" not in app.text(PREVIEW), "English words")


@mwtest.long
def test_a_name_that_tells(t):
    app = share(address="jan@jan.kowalski.test")
    app.wait("alert", part="stands in the name of a server or of the domain")


def test_files(t):
    """What is saved can be opened again, here for instance."""
    app = share()
    app.pick("Share as", "Down", "Down", "Down")
    mwtest.wait_for(lambda: "<clientConfig" in app.text(PREVIEW), what="the set-up file")
    t.true("kowalski" not in app.text(PREVIEW), "the person is in it")
    path = save(app, "settings.xml", b"</clientConfig>\n")
    t.contains(read(path), "<hostname>imap.example.test</hostname>")
    app.key("Escape")
    app.gone("text", PREVIEW)

    DESK.session.run(mwtest.program("mailwright"), path, env=app.env, check=True)
    app.wait("alert", "Look at These Settings First")
    app.wait("list item", "imap.example.test")


mwtest.main(globals())
