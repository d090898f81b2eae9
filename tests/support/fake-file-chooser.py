#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""The desktop's file chooser behind xdg-desktop-portal, with a person who knows what to take.

    fake-file-chooser.py FILE

FILE holds the path to choose; what the program asked for is printed.
"""

import sys

from gi.repository import Gio, GLib

NAME = "org.freedesktop.impl.portal.desktop.mailwrighttest"
INTERFACE = """
<node><interface name="org.freedesktop.impl.portal.FileChooser">
  <method name="OpenFile">
    <arg type="o" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="a{sv}" direction="in"/>
    <arg type="u" direction="out"/><arg type="a{sv}" direction="out"/>
  </method>
  <method name="SaveFile">
    <arg type="o" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="a{sv}" direction="in"/>
    <arg type="u" direction="out"/><arg type="a{sv}" direction="out"/>
  </method>
</interface></node>
"""


def on_call(connection, sender, path, interface, method, parameters, invocation):
    _, app, _, title, options = parameters.unpack()
    print(f"{app}|{title}|{options.get('directory', False)}", flush=True)
    with open(sys.argv[1]) as f:
        uri = GLib.filename_to_uri(f.read().strip(), None)
    invocation.return_value(GLib.Variant("(ua{sv})", (0, {
        "uris": GLib.Variant("as", [uri]), "writable": GLib.Variant("b", True)})))


def main():
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    info = Gio.DBusNodeInfo.new_for_xml(INTERFACE)
    bus.register_object("/org/freedesktop/portal/desktop", info.interfaces[0], on_call, None, None)
    Gio.bus_own_name_on_connection(bus, NAME, Gio.BusNameOwnerFlags.NONE, None, None)
    GLib.MainLoop().run()


main()
