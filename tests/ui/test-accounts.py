#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""The list of accounts: states in words, every key, search, and how it changes."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402
import mwaccounts  # noqa: E402

from gi.repository import GLib  # noqa: E402

DESK = mwui.Desk(keyring=True)


class Home:
    """A home with accounts in it; the window can be started on it more than once."""

    def __init__(self):
        self.app = mwui.App(DESK.up(), None, {})
        self.data = self.app.env["XDG_DATA_HOME"]

    def write(self, *arguments, **values):
        return mwaccounts.write(self.data, *arguments, **values)

    def fill(self, count):
        return mwaccounts.write_many(self.data, count)

    def start(self, **env):
        return DESK.start(home=self.app, env=env)


def row(app, name):
    return app.wait("list item", name)


def said(app, name):
    """What is heard after the name of a row."""
    return mwui.plain(row(app, name).get_description())


def has_row_focus(app, name):
    mwtest.wait_for(lambda: app.has_focus("list item", name), what=f"the focus on {name}; it is "
                    f"on {focus(app)}")


def focus(app):
    for node in app.walk():
        if node.get_state_set().contains(DESK.atspi.StateType.FOCUSED):
            return f"{node.get_role_name()} {mwui.plain(node.get_name())!r}"
    return "nothing"


def extents(app, name):
    return row(app, name).call("org.a11y.atspi.Component", "GetExtents",
                               GLib.Variant("(u)", (1,)))


def read(node):
    iface = node.get_text_iface()
    return DESK.atspi.Text.get_text(iface, 0, DESK.atspi.Text.get_character_count(iface))


def list_extents(app):
    return app.wait("list", "Accounts").call("org.a11y.atspi.Component", "GetExtents",
                                             GLib.Variant("(u)", (1,)))


def test_first_run_and_later_ones(t):
    app = DESK.start()
    app.wait("heading", "Add Your Mail Account")
    home = Home()
    home.write("jan@example.test")
    app = home.start()
    row(app, "jan@example.test")
    app.wait("push button", "Add Account")


def test_states(t):
    home = Home()
    home.write("jan@example.test", default=True, exports=("evolution", "thunderbird:abc"))
    home.write("one@example.test", label="<b>One</b> & \u202egnorw", expires=9)
    home.write("two@example.test", checked=-1, outgoing=False)
    home.write("three@gmail.com", label="Three", auth="oauth2", exports=("thunderbird",))
    home.write("four@example.test", state="bad-credentials")
    home.write("five@example.test", state="sender-not-allowed")
    home.write("six@example.test", state="pending", checked=None)
    home.write("seven@example.test", expires=-1, checked=-2)
    app = home.start()
    t.equal(said(app, "jan@example.test"),
            "Works, checked today, Default account · In Evolution and Thunderbird")
    t.equal(said(app, "<b>One</b> & gnorw"), "one@example.test, Certificate expires in 9 days")
    t.equal(said(app, "two@example.test"), "Receives only, checked yesterday")
    t.equal(said(app, "Three"), "three@gmail.com, Signs in in Thunderbird, In Thunderbird")
    t.equal(said(app, "four@example.test"), "Password was refused")
    t.equal(said(app, "five@example.test"), "Receives, but cannot send")
    t.equal(said(app, "six@example.test"), "Not checked yet")
    t.equal(said(app, "seven@example.test"), "Certificate has expired")
    # What is said stands there for the eye as well.
    for text in ("Password was refused", "Certificate expires in 9 days", "Not checked yet"):
        app.wait("label", text)
    names = [mwui.plain(node.get_name()) for node in app.walk()
             if node.get_role_name() == "list item"]
    t.equal(names[0], "jan@example.test", "the default account comes first")


def test_plural_in_polish(t):
    home = Home()
    for days in (1, 2, 5, 12):
        home.write(f"{days}@example.test", expires=days + 0.001)
    app = home.start(LANGUAGE="pl")
    t.equal(said(app, "1@example.test"), "Certyfikat wygaśnie za 1 dzień")
    t.equal(said(app, "2@example.test"), "Certyfikat wygaśnie za 2 dni")
    t.equal(said(app, "5@example.test"), "Certyfikat wygaśnie za 5 dni")
    t.equal(said(app, "12@example.test"), "Certyfikat wygaśnie za 12 dni")


def test_keys(t):
    home = Home()
    for name in ("a", "b", "c"):
        home.write(f"{name}@example.test")
    app = home.start()
    has_row_focus(app, "a@example.test")
    app.key("Down")
    has_row_focus(app, "b@example.test")
    app.key("End")
    has_row_focus(app, "c@example.test")
    app.key("Home")
    has_row_focus(app, "a@example.test")

    # Tab goes through the row and out of the list; back is the same way.
    for stop in ("Delete a@example.test…", "Menu of a@example.test", "Add Account"):
        app.key("Tab")
        mwtest.wait_for(lambda: app.has_focus("push button", stop),
                        what=f"the focus on {stop}, not on {focus(app)}")
    for stop in ("Menu of a@example.test", "Delete a@example.test…"):
        app.key("shift+Tab")
        mwtest.wait_for(lambda: app.has_focus("push button", stop),
                        what=f"the focus on {stop}, not on {focus(app)}")
    app.key("shift+Tab")
    has_row_focus(app, "a@example.test")
    app.key("Tab", "Down")
    has_row_focus(app, "b@example.test")

    for keys in ("Menu", "shift+F10"):
        app.key(keys)
        app.wait("menu item", "Check Again")
        app.key("Escape")
        app.gone("menu item", "Check Again")
        has_row_focus(app, "b@example.test")

    app.key("Delete")
    app.wait("label", part="Delete b@example.test?")
    app.key("Escape")
    app.gone("label", part="Delete b@example.test?")
    app.focus_window()
    has_row_focus(app, "b@example.test")

    app.press("Delete c@example.test…")
    app.wait("label", part="Delete c@example.test?")
    app.key("Escape")
    app.gone("label", part="Delete c@example.test?")


def test_enter_and_click_edit(t):
    home = Home()
    home.write("jan@example.test")
    home.write("piet@example.test")
    app = home.start()
    has_row_focus(app, "jan@example.test")
    app.key("Down", "Return")
    app.wait("text", "Account name")
    t.equal(app.text("Email address"), "piet@example.test")
    app.press("Back")
    has_row_focus(app, "piet@example.test")
    x, y, width, height = extents(app, "jan@example.test")
    DESK.session.run("xdotool", "mousemove", str(x + width // 3), str(y + height // 2), "click",
                     "1", check=True)
    app.wait("text", "Account name")
    t.equal(app.text("Email address"), "jan@example.test")
    DESK.park_pointer()


def test_menus(t):
    home = Home()
    home.write("jan@example.test", default=True)
    home.write("piet@example.test", auth="oauth2")
    app = home.start()

    def entries(name):
        app.press(f"Menu of {name}")
        app.wait("menu item", "Delete…")
        found = [mwui.plain(node.get_name()) for node in app.walk()
                 if node.get_role_name() == "menu item"]
        app.key("Escape")
        app.gone("menu item", "Delete…")
        return found

    t.equal(entries("jan@example.test"),
            ["Edit…", "Change Password…", "Check Again", "Duplicate", "Share Set-Up…", "Export…",
             "Delete…"])
    t.equal(entries("piet@example.test"),
            ["Edit…", "Check Again", "Duplicate", "Share Set-Up…", "Export…", "Set as Default",
             "Delete…"])


def test_delete_keeps_the_place(t):
    home = Home()
    for name in ("a", "b", "c"):
        home.write(f"{name}@example.test")
    app = home.start()
    has_row_focus(app, "a@example.test")
    app.key("Down", "Delete")
    app.press("Delete")
    app.gone("list item", "b@example.test")
    has_row_focus(app, "c@example.test")
    app.press("Undo")
    has_row_focus(app, "b@example.test")

    app.key("Delete")
    app.press("Delete")
    app.gone("list item", "b@example.test")
    app.key("ctrl+w")
    app.process.wait(10)
    t.equal(len(os.listdir(mwaccounts.folder(home.data))), 2, "accounts left")


def test_nothing_left(t):
    home = Home()
    home.write("jan@example.test")
    app = home.start()
    has_row_focus(app, "jan@example.test")
    app.key("Delete")
    app.press("Delete")
    app.wait("label", "No Accounts Yet")
    mwtest.wait_for(lambda: app.has_focus("push button", "Add Account"),
                    what="the focus on Add Account")
    app.press("Undo")
    has_row_focus(app, "jan@example.test")
    app.gone("label", "No Accounts Yet")


def test_search(t):
    home = Home()
    for number in range(10):
        home.write(f"person{number}@example.test")
    app = home.start()
    has_row_focus(app, "person0@example.test")
    t.true(app.find("entry", "Search accounts") is None, "a search among ten")

    home.write("zofia@bücher.test".replace("bücher", "xn--bcher-kva"), label="Zażółć",
               description="Association of turtles")
    app.wait("entry", "Search accounts")
    app.key("ctrl+f")
    app.keys("TURTLE")
    app.gone("list item", "person0@example.test")
    row(app, "Zażółć")
    app.key("Return")
    has_row_focus(app, "Zażółć")

    # Typing anywhere goes on searching, and Esc ends it.
    app.keys("x yz")
    app.wait("label", "No Accounts Found")
    app.key("Escape")
    row(app, "person0@example.test")
    app.gone("label", "No Accounts Found")
    mwtest.wait_for(lambda: focus(app).startswith("list item"), what="the focus in the list")

    app.keys("bücher tURT")
    app.gone("list item", "person0@example.test")
    row(app, "Zażółć")


def test_changes_from_outside(t):
    home = Home()
    names = [f"{chr(ord('a') + number)}@example.test" for number in range(20)]
    ids = {name: home.write(name) for name in names}
    app = home.start()
    has_row_focus(app, "a@example.test")
    app.key("End")
    has_row_focus(app, "t@example.test")
    app.key("Up", "Up")
    has_row_focus(app, "r@example.test")
    before = extents(app, "r@example.test")

    home.write("b@example.test", ids["b@example.test"], state="bad-credentials")
    mwtest.wait_for(lambda: "refused" in said(app, "b@example.test"), what="the new state")
    t.true(app.has_focus("list item", "r@example.test"), f"the focus went to {focus(app)}")
    t.equal(extents(app, "r@example.test"), before, "the place of the row with the focus")

    home.write("s@example.test", ids["s@example.test"], label="Renamed")
    row(app, "Renamed")
    t.true(app.has_focus("list item", "r@example.test"), f"the focus went to {focus(app)}")
    mwaccounts.remove(home.data, ids["q@example.test"])
    app.gone("list item", "q@example.test")
    t.true(app.has_focus("list item", "r@example.test"), f"the focus went to {focus(app)}")

    # The one with the focus itself gets another place, and keeps the focus.
    home.write("r@example.test", ids["r@example.test"], label="Another name")
    has_row_focus(app, "Another name")


def test_many(t):
    """However many accounts there are, there are rows for what can be seen, and some more."""
    home = Home()
    home.fill(1000)
    app = home.start()
    accounts = app.wait("list", "Accounts")

    def n_rows():
        return accounts.get("Accessible", "ChildCount")

    def name_of_row(place):
        node = accounts.other(accounts.ask("GetChildAtIndex", GLib.Variant("(i)", (place,))))
        return mwui.plain(node.get_name())

    t.equal(name_of_row(0), "Account 00000")
    t.true(n_rows() < 400, f"{n_rows()} rows")
    app.key("End")
    mwtest.wait_for(lambda: name_of_row(n_rows() - 1) == "Account 00999", what="the last one")
    t.true(n_rows() < 400, f"{n_rows()} rows at the end")
    app.keys("0077")
    mwtest.wait_for(lambda: n_rows() == 11, what="eleven to be found")
    t.equal(name_of_row(10), "Account 00779")


def test_main_menu(t):
    app = DESK.start()
    app.key("F10")
    app.wait("menu item", "Preferences")
    found = [mwui.plain(node.get_name()) for node in app.walk()
             if node.get_role_name() == "menu item"]
    t.equal(found, ["New Account", "Import Accounts…", "Open Set-Up File…", "Preferences",
                    "Keyboard Shortcuts", "Help", "About Mailwright"])


def test_about(t):
    """What can be told about the program, and nothing of the person."""
    home = Home()
    home.write("jan@example.test")
    app = home.start()
    app.key("F10")
    app.press("About Mailwright", role="menu item")
    app.wait("label", "Debugging Information")
    text = "\n".join(read(node) for node in app.walk(app.find("frame", "About"))
                     if node.get_role_name() == "text")
    t.contains(text, "proves that receiving and sending work")
    t.contains(text, "Mailwright 0.")
    t.contains(text, "GTK 4.")
    for secret in ("jan@", "example.test", home.app.directory, os.uname().nodename):
        t.true(secret not in text, f"{secret} is in {text}")


def test_names_of_two_lines(t):
    """A narrow window: the whole row is there to see, with nothing below it."""
    home = Home()
    home.write("jan@example.test", label="Firma – biuro i zamówienia, dział z bardzo długą nazwą")
    app = home.start()
    name = "Firma – biuro i zamówienia, dział z bardzo długą nazwą"
    row(app, name)
    app.resize(360 + 52, 400 + 52)
    mwtest.wait_for(lambda: list_extents(app)[2] < 400, what="a narrow list")

    def is_whole():
        _, top, _, height = extents(app, name)
        _, list_top, _, list_height = list_extents(app)
        return top + height <= list_top + list_height < top + 2 * height

    mwtest.wait_for(is_whole, what=f"a list as high as its row; {list_extents(app)}, "
                    f"{extents(app, name)}")


mwtest.main(globals())
