# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""A person without a mouse who hears the window instead of seeing it.

    person = mwkeys.Person(app)
    person.at("text", "Email address")
    person.writes("jan@example.test")
    person.goes_to("push button", "Continue")
    person.press("space")

Only keys go in, as from a keyboard. What comes out is what a screen reader is
told of the widget that gets the focus: the accessibility bus says which one.
"""

import collections
import re
import subprocess
import time

from gi.repository import Gio, GLib

import mwui
from mwui import mwtest

Stop = collections.namedtuple("Stop", "role name description states box path")
NOTHING = Stop("", "", "", set(), (0, 0, 0, 0), None)
STATES = ("CHECKED", "EXPANDED", "SENSITIVE", "INVALID_ENTRY", "INVALID")
CLASS_NAME = re.compile(r"^(Gtk|Adw|Mw|Gdk)[A-Z]")

# Longer than any page has stops.
STEPS = 80
PATIENCE = 5


class Person:
    def __init__(self, app):
        self.app = app
        self.desk = app.desk
        self.bus = self.desk.desktop.bus
        self.node = None
        self.heard = []
        self.bus.signal_subscribe(
            None, "org.a11y.atspi.Event.Object", "StateChanged", None, "focused",
            Gio.DBusSignalFlags.NONE, self.on_focus)
        app.focus_window()
        self.node = self.find_focus()

    # --- hearing ----------------------------------------------------------

    def on_focus(self, bus, sender, path, interface, signal, parameters):
        values = parameters.unpack()
        if values[1]:
            self.heard.append(type(self.desk.desktop)(self.bus, sender, path))

    def find_focus(self, window=None):
        return next((node for node in self.app.walk(window) if self.is_focused(node)), None)

    def is_focused(self, node):
        try:
            return node.get_state_set().contains(self.desk.atspi.StateType.FOCUSED)
        except GLib.Error:  # it went away
            return False

    def listen(self):
        """Takes in what was said meanwhile; the last that still has the focus counts."""
        context = GLib.MainContext.default()
        while context.iteration(False):
            pass
        heard, self.heard = self.heard, []
        for node in reversed(heard):
            if self.is_focused(node):
                self.node = node
                return True
        return False

    def stop(self):
        """What is said of the widget with the focus."""
        try:
            return self.describe(self.node)
        except (AttributeError, GLib.Error):  # nothing has it, or it went away
            return NOTHING

    def describe(self, node):
        have = node.get_state_set()
        return Stop(node.get_role_name(), mwui.plain(node.get_name()),
                    mwui.plain(node.get_description()),
                    {name for name in STATES
                     if have.contains(getattr(self.desk.atspi.StateType, name))},
                    node.call("org.a11y.atspi.Component", "GetExtents",
                              GLib.Variant("(u)", (1,))), node.path)

    def is_at(self, role, name=None, part=None):
        said = self.stop()
        name, part = self.app.words.say(name), self.app.words.say(part)
        return (said.role == role and (name is None or said.name == name)
                and (part is None or part in said.name))

    def hears(self, role, name=None, part=None, seconds=mwui.DEADLINE):
        """Waits until the focus is there: the program has put it there by itself."""
        deadline = time.monotonic() + seconds
        while not self.is_at(role, name, part) or not self.is_focused(self.node):
            self.app.check_alive()
            if time.monotonic() > deadline:
                self.node = self.find_focus()
                if self.is_at(role, name, part):
                    break
                raise mwtest.Failure(f"the focus is not on {role} {name or part!r} but on "
                                     f"{self.stop()[:3]}; there is:\n{self.app.describe()}")
            if not self.listen():
                time.sleep(0.02)
        return self.stop()

    # --- doing ------------------------------------------------------------

    def press(self, *keys):
        self.keyboard("key", *keys)

    def writes(self, text):
        self.keyboard("type", "--delay", "4", f'"{text}"')

    # One for all of it: to start a program in the lab for each key costs more
    # than everything else.
    def keyboard(self, *words):
        mwtest.need("xdotool")
        if not hasattr(self.desk, "xdotool"):
            self.desk.xdotool = self.desk.session.spawn("xdotool", "-", name="xdotool",
                                                        stdin=subprocess.PIPE, text=True)
        self.desk.xdotool.stdin.write(" ".join(words) + "\n")
        self.desk.xdotool.stdin.flush()

    def faces(self, role, name=None, part=None, seconds=mwui.DEADLINE):
        """A window has opened, or closed before this one; without a window manager nobody gives
        it the keyboard."""
        window = top(self.app.wait(role, name, part, seconds))
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.app.focus_window()
            self.node = self.find_focus(window)
            if self.node is not None:
                return
            time.sleep(0.1)

    def step(self, key):
        """One key that moves the focus; what is said then, or nothing when it stays."""
        self.listen()
        before = self.node
        self.press(key)
        deadline = time.monotonic() + PATIENCE
        # What is told late is not an answer to this key.
        while not self.listen() or (before is not None and self.node.path == before.path):
            if time.monotonic() > deadline:
                if before is not None and self.is_focused(before):
                    return None
                self.node = self.find_focus()
                return self.stop()
            time.sleep(0.005)
        # What has to be scrolled to gets its place a moment later.
        deadline = time.monotonic() + 2
        while self.stop().box[2] <= 0 and time.monotonic() < deadline:
            time.sleep(0.02)
        return self.stop()

    def goes_to(self, role, name=None, part=None, key="Tab"):
        """Presses KEY until the focus is there; everything on the way has to speak."""
        way = [self.stop()]
        while not self.is_at(role, name, part):
            said = self.step(key)
            if said is None:
                raise mwtest.Failure(f"{key} does not leave {way[-1][:3]} for {role} "
                                     f"{name or part!r}")
            check_stop(said)
            way.append(said)
            if len(way) > STEPS:
                raise mwtest.Failure(f"no {key} comes to {role} {name or part!r}, only to "
                                     + "; ".join(f"{stop.role} {stop.name}" for stop in way[:40]))
        return self.stop()

    def uses(self, role, name=None, part=None, key="space"):
        """Goes there with Tab and presses a key."""
        self.goes_to(role, name, part)
        self.press(key)

    def fills(self, name, text):
        """Goes to an entry and writes over what stands there."""
        self.goes_to("text", name)
        self.press("ctrl+a")
        self.writes(text)

    def tour(self, most=STEPS, back=True):
        """Every stop of the page, forward until the first comes again, then back the same way.

        Not BACK where a list is among them: from behind, it is come to at its row."""
        first = self.node
        way = [self.stop()]
        nodes = [first.path]
        while True:
            said = self.step("Tab")
            if said is None:
                raise mwtest.Failure(f"a trap: Tab does not leave {way[-1][:3]}")
            check_stop(said)
            if self.node.path == first.path:
                break
            if self.node.path in nodes or len(way) > most:
                raise mwtest.Failure(f"Tab goes in a circle at {said[:3]} and never comes back "
                                     f"to {way[0][:3]}")
            way.append(said)
            nodes.append(self.node.path)
        if not back:
            return way
        for place in range(len(nodes) - 1, 0, -1):
            said = self.step("shift+Tab")
            if said is None or self.node.path != nodes[place]:
                raise mwtest.Failure(f"Shift+Tab comes to {said and said[:3]}, not back to "
                                     f"{way[place][:3]}")
        self.step("shift+Tab")
        return way


def top(node):
    """Which window a widget is in."""
    while (parent := node.get_parent()) is not None and parent.get_role_name() != "application":
        node = parent
    return node


def check_stop(said):
    """A widget with the focus has a name, can be used, and is where it can be seen."""
    words = f"{said.role} {said.name!r}"
    if not said.name.strip() or CLASS_NAME.match(said.name):
        raise mwtest.Failure(f"the focus is on a {said.role} without a name ({said.name!r})")
    if "SENSITIVE" not in said.states:
        raise mwtest.Failure(f"the focus is on {words}, which cannot be used")
    if said.box[2] <= 0 or said.box[3] <= 0:
        raise mwtest.Failure(f"the focus is on {words}, which cannot be seen")


def check_order(app, way):
    """As the window is read out, from the beginning: only where Tab begins anew it goes back."""
    order = {node.path: place for place, node in enumerate(app.walk())}
    turns = [f"{before.name!r} → {after.name!r}" for before, after in zip(way, way[1:])
             if order.get(after.path, 0) < order.get(before.path, 0)]
    if len(turns) > 1:
        raise mwtest.Failure("the order is not that of reading: " + ", ".join(turns))
