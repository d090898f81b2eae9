#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Stands in for the desktop's notifications.

Prints each one, and each withdrawal, as a line of JSON; a line "NUMBER ACTION"
on standard input is the person who answers one.
"""

import json
import sys
import threading

from gi.repository import Gio, GLib

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
XML = f"""<node>
  <interface name="{NAME}">
    <method name="Notify">
      <arg type="s" direction="in"/><arg type="u" direction="in"/>
      <arg type="s" direction="in"/><arg type="s" direction="in"/>
      <arg type="s" direction="in"/><arg type="as" direction="in"/>
      <arg type="a{{sv}}" direction="in"/><arg type="i" direction="in"/>
      <arg type="u" direction="out"/>
    </method>
    <method name="CloseNotification"><arg type="u" direction="in"/></method>
    <method name="GetCapabilities"><arg type="as" direction="out"/></method>
    <method name="GetServerInformation">
      <arg type="s" direction="out"/><arg type="s" direction="out"/>
      <arg type="s" direction="out"/><arg type="s" direction="out"/>
    </method>
  </interface>
</node>"""

bus = Gio.bus_get_sync(Gio.BusType.SESSION)
number = 0


def say(**what):
    print(json.dumps(what), flush=True)


def on_call(connection, sender, path, interface, method, parameters, invocation):
    global number
    if method == "Notify":
        _, replaces, _, title, body, actions, _, _ = parameters.unpack()
        number = replaces or number + 1
        say(number=number, title=title, body=body, actions=actions[::2], labels=actions[1::2])
        invocation.return_value(GLib.Variant("(u)", (number,)))
    elif method == "CloseNotification":
        say(number=parameters.unpack()[0], closed=True)
        invocation.return_value(None)
    elif method == "GetCapabilities":
        invocation.return_value(GLib.Variant("(as)", (["actions", "body"],)))
    else:
        invocation.return_value(GLib.Variant("(ssss)", ("fake", "none", "1", "1.2")))


def answer(which, action):
    bus.emit_signal(None, PATH, NAME, "ActionInvoked",
                    GLib.Variant("(us)", (int(which), action)))


def listen():
    for line in sys.stdin:
        GLib.idle_add(answer, *line.split(None, 1)[:1], line.split(None, 1)[1].strip())


bus.register_object(PATH, Gio.DBusNodeInfo.new_for_xml(XML).interfaces[0], on_call, None, None)
Gio.bus_own_name_on_connection(bus, NAME, Gio.BusNameOwnerFlags.NONE,
                               lambda *_: say(ready=True), None)
threading.Thread(target=listen, daemon=True).start()
GLib.MainLoop().run()
