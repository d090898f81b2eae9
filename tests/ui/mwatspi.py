# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""What a screen reader is told, asked for over D-Bus each time.

libatspi keeps copies of other programs' widgets. When a program goes away at
the wrong moment it loses itself in them: later windows are never found, or it
recurses until its stack is full. So only its names of roles and states are
used here; the calls have its names, too.
"""

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

PREFIX = "org.a11y.atspi."
PROPERTIES = "org.freedesktop.DBus.Properties"
NOWHERE = "/org/a11y/atspi/null"
CALL_MS = 5000
StateType = Atspi.StateType


class StateSet:
    def __init__(self, words):
        self.bits = sum(word << 32 * place for place, word in enumerate(words))

    def contains(self, state):
        return bool(self.bits >> int(state) & 1)


class Node:
    """One widget, or a program, or the desktop that has all programs."""

    def __init__(self, bus, owner, path):
        self.bus = bus
        self.owner = owner
        self.path = path
        self.role_name = None

    def call(self, interface, method, parameters=None):
        done = self.bus.call_sync(self.owner, self.path, interface, method, parameters, None,
                                  Gio.DBusCallFlags.NONE, CALL_MS, None)
        values = done.unpack()
        return values[0] if len(values) == 1 else values

    def get(self, interface, name):
        return self.call(PROPERTIES, "Get", GLib.Variant("(ss)", (PREFIX + interface, name)))

    def other(self, place):
        return Node(self.bus, *place) if place[1] != NOWHERE else None

    def ask(self, method, parameters=None):
        return self.call(PREFIX + "Accessible", method, parameters)

    def get_name(self):
        return self.get("Accessible", "Name")

    def get_description(self):
        return self.get("Accessible", "Description")

    def get_role_name(self):
        if self.role_name is None:  # a widget keeps its role
            self.role_name = Atspi.role_get_name(Atspi.Role(self.ask("GetRole")))
        return self.role_name

    def get_state_set(self):
        return StateSet(self.ask("GetState"))

    def get_parent(self):
        return self.other(self.get("Accessible", "Parent"))

    # One by one, as screen readers do: GetChildren leaves out the pages of a
    # GtkStack, which have its titles.
    def get_children(self):
        return [self.other(self.ask("GetChildAtIndex", GLib.Variant("(i)", (index,))))
                for index in range(self.get("Accessible", "ChildCount"))]

    def get_interface(self, name):
        return self if PREFIX + name in self.ask("GetInterfaces") else None

    def get_action_iface(self):
        return self.get_interface("Action")

    def get_text_iface(self):
        return self.get_interface("Text")

    def get_editable_text_iface(self):
        return self.get_interface("EditableText")


class Action:
    @staticmethod
    def get_n_actions(node):
        return node.get("Action", "NActions")

    @staticmethod
    def do_action(node, index):
        return node.call(PREFIX + "Action", "DoAction", GLib.Variant("(i)", (index,)))


class Text:
    @staticmethod
    def get_character_count(node):
        return node.get("Text", "CharacterCount")

    @staticmethod
    def get_text(node, start, end):
        return node.call(PREFIX + "Text", "GetText", GLib.Variant("(ii)", (start, end)))


class Component:
    @staticmethod
    def get_extents(node):
        """Left, top, width and height inside the window."""
        return node.call(PREFIX + "Component", "GetExtents", GLib.Variant("(u)", (1,)))


class EditableText:
    @staticmethod
    def set_text_contents(node, text):
        return node.call(PREFIX + "EditableText", "SetTextContents", GLib.Variant("(s)", (text,)))


def connect():
    """The desktop of the session whose bus is in the environment."""
    session = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    address = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress",
                                None, None, Gio.DBusCallFlags.NONE, CALL_MS, None).unpack()[0]
    flags = (Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
             | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION)
    bus = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)
    bus.set_exit_on_close(False)
    return Node(bus, PREFIX + "Registry", "/org/a11y/atspi/accessible/root")
