#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Another program's window, which has the focus and lets things be dragged out of it.

other-window.py text TEXT | file PATH
"""

import sys

import gi

gi.require_version("Gdk", "4.0")
gi.require_version("Gtk", "4.0")
from gi.repository import Gdk, Gio, GObject, Gtk  # noqa: E402


def content():
    kind, what = sys.argv[1:]
    if kind == "text":
        return Gdk.ContentProvider.new_for_value(GObject.Value(str, what))
    files = Gdk.FileList.new_from_list([Gio.File.new_for_path(what)])
    return Gdk.ContentProvider.new_for_value(GObject.Value(Gdk.FileList, files))


def activate(app):
    window = Gtk.ApplicationWindow(application=app, title="Other", default_width=200,
                                   default_height=120)
    label = Gtk.Label(label="Drag me")
    source = Gtk.DragSource(actions=Gdk.DragAction.COPY)
    source.connect("prepare", lambda *_: content())
    label.add_controller(source)
    window.set_child(label)
    window.present()


app = Gtk.Application(application_id="io.github.mailwright.Other",
                      flags=Gio.ApplicationFlags.NON_UNIQUE)
app.connect("activate", activate)
app.run([])
