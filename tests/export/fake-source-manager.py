#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Stands in for Evolution Data Server where the real one cannot be made to fail.

    fake-source-manager.py fail [NAME]  CreateSources makes one source, then fails
    fake-source-manager.py goa [NAME]   has an account of GNOME Online Accounts

Prints each call it gets, one a line.
"""

import sys

from gi.repository import Gio, GLib

NAME = sys.argv[2] if len(sys.argv) > 2 else "org.gnome.evolution.dataserver.Sources5"
MANAGER = "/org/gnome/evolution/dataserver/SourceManager"
SOURCE = "org.gnome.evolution.dataserver.Source"
XML = """<node>
  <interface name="org.freedesktop.DBus.ObjectManager">
    <method name="GetManagedObjects"><arg type="a{oa{sa{sv}}}" direction="out"/></method>
  </interface>
  <interface name="org.gnome.evolution.dataserver.SourceManager">
    <method name="CreateSources"><arg type="a{ss}" direction="in"/></method>
  </interface>
  <interface name="org.gnome.evolution.dataserver.Source.Removable">
    <method name="Remove"/>
  </interface>
</node>"""

mode = sys.argv[1]
sources = {}
node = Gio.DBusNodeInfo.new_for_xml(XML)
bus = Gio.bus_get_sync(Gio.BusType.SESSION)


def path_of(uid):
    return f"{MANAGER}/Source_{uid}"


def add(uid, data, removable=True):
    sources[uid] = (data, removable)
    if removable:
        bus.register_object(path_of(uid), node.interfaces[2], on_call, None, None)


def describe(uid):
    data, removable = sources[uid]
    interfaces = {SOURCE: {"UID": GLib.Variant("s", uid), "Data": GLib.Variant("s", data)}}
    if removable:
        interfaces |= {SOURCE + ".Writable": {}, SOURCE + ".Removable": {}}
    return interfaces


def on_call(connection, sender, path, interface, method, parameters, invocation):
    print(method, path.rpartition("_")[2] if method == "Remove" else "", flush=True)
    if method == "GetManagedObjects":
        objects = {path_of(uid): describe(uid) for uid in sources}
        invocation.return_value(GLib.Variant("(a{oa{sa{sv}}})", (objects,)))
    elif method == "CreateSources":
        first, = list(parameters[0].items())[:1]
        add(*first)
        invocation.return_dbus_error("org.gtk.GDBus.UnmappedGError.Quark.Code1", "disk full")
    elif method == "Remove":
        del sources[path[len(path_of("")):]]
        invocation.return_value(None)


for interface in node.interfaces[:2]:
    bus.register_object(MANAGER, interface, on_call, None, None)
if mode == "goa":
    add("C", "[Data Source]\nEnabled=true\n[GNOME Online Accounts]\nAccountId=1\n", False)
    add("A", "[Data Source]\nEnabled=true\nParent=C\n"
        "[Mail Account]\nBackendName=imapx\nIdentityUid=I\n", False)
    add("I", "[Data Source]\nEnabled=true\nParent=C\n"
        "[Mail Identity]\nAddress=jan@example.test\n", False)
Gio.bus_own_name_on_connection(bus, NAME, Gio.BusNameOwnerFlags.NONE, None, None)
GLib.MainLoop().run()
