# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""The real document portal, which shows a sandbox the folders that its user chose."""

import os

import mwtest

APP = "io.github.mailwright.Mailwright"
GRANT = """
import os, sys
from gi.repository import Gio, GLib
NAME, PATH = "org.freedesktop.portal.Documents", "/org/freedesktop/portal/documents"
REUSE, PERSISTENT, DIRECTORY = 1, 2, 8
files = Gio.UnixFDList.new()
number = files.append(os.open(sys.argv[1], os.O_PATH | os.O_CLOEXEC))
answer, _ = Gio.bus_get_sync(Gio.BusType.SESSION).call_with_unix_fd_list_sync(
    NAME, PATH, NAME, "AddFull",
    GLib.Variant("(ahusas)", ([number], REUSE | PERSISTENT | DIRECTORY, sys.argv[2],
                              ["read", "write", "grant-permissions"])),
    None, 0, -1, files, None)
print(answer.unpack()[0][0])
"""


def start(t, session, runtime=None):
    """Its mount point. Without the right to make such mounts this cannot be tried.

    runtime  the folder it is in, when that is not the session's
    """
    mwtest.need("/usr/libexec/xdg-document-portal", "/usr/libexec/xdg-permission-store")
    if not os.access("/dev/fuse", os.R_OK | os.W_OK):
        t.skip("this user may not open /dev/fuse")
    runtime = runtime or session.env["XDG_RUNTIME_DIR"]
    mount = os.path.join(runtime, "doc")
    session.spawn("/usr/libexec/xdg-permission-store")
    # The bus may have started the one of the system for somebody else.
    session.spawn("/usr/libexec/xdg-document-portal", "--replace",
                  env={"XDG_RUNTIME_DIR": runtime})
    mwtest.wait_for(lambda: os.path.isdir(f"{mount}/by-app"), what="the document portal")
    return mount


def grant(session, folder, app=APP):
    """What the file chooser portal does with a folder that was chosen; its path in the sandbox."""
    number = session.run("/usr/bin/python3", "-c", GRANT, folder, app, check=True).stdout.strip()
    return os.path.join(session.env["XDG_RUNTIME_DIR"], "doc", number, os.path.basename(folder))


def start_chooser(session, answer):
    """A desktop whose file chooser takes the folder that the file ANSWER names, unasked."""
    mwtest.need("/usr/libexec/xdg-desktop-portal")
    portals = os.path.join(session.directory, "portals")
    os.makedirs(portals, exist_ok=True)
    with open(f"{portals}/mailwright.portal", "w") as f:
        f.write("[portal]\nDBusName=org.freedesktop.impl.portal.desktop.mailwrighttest\n"
                "Interfaces=org.freedesktop.impl.portal.FileChooser\nUseIn=mailwright-test\n")
    session.spawn(os.path.join(os.path.dirname(__file__), "fake-file-chooser.py"), answer,
                  name="file-chooser")
    wait_for_name(session, "org.freedesktop.impl.portal.desktop.mailwrighttest")
    process = session.spawn(
        "/usr/libexec/xdg-desktop-portal", "--replace",
        env={"XDG_DESKTOP_PORTAL_DIR": portals, "XDG_CURRENT_DESKTOP": "mailwright-test"})
    mwtest.wait_for(lambda: str(process.pid) in session.run(
        "gdbus", "call", "--session", "--dest", "org.freedesktop.DBus", "--object-path", "/",
        "--method", "org.freedesktop.DBus.GetConnectionUnixProcessID",
        "org.freedesktop.portal.Desktop").stdout, what="the portal")


def wait_for_name(session, name):
    mwtest.wait_for(lambda: "true" in session.run(
        "gdbus", "call", "--session", "--dest", "org.freedesktop.DBus", "--object-path", "/",
        "--method", "org.freedesktop.DBus.NameHasOwner", name).stdout, what=name)
