#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""meson compile -C BUILD remove: takes away what the last `meson install` put there, and makes
the caches of the desktop anew, which `ninja uninstall` leaves as they are."""

import os
import subprocess
import sys

BUILD = os.environ.get("MESON_BUILD_ROOT", ".")
MIME_CACHES = ("aliases", "generic-icons", "globs", "globs2", "icons", "magic", "mime.cache",
               "subclasses", "treemagic", "types", "version", "XMLnamespaces")


def installed():
    """What meson wrote down: files, and the folders it had to make, inner ones first."""
    try:
        with open(os.path.join(BUILD, "meson-logs", "install-log.txt"), encoding="utf-8") as log:
            return [line.rstrip("\n") for line in log if not line.startswith("#")]
    except FileNotFoundError:
        sys.exit("Nothing was installed from here.")


def run(*command):
    try:
        subprocess.run(command, check=False, stdin=subprocess.DEVNULL)
    except FileNotFoundError:
        print(f"{command[0]} is not installed: what it keeps in mind stays as it is")


def refresh(source, caches, *command, folder=None):
    """Makes caches anew; where SOURCE has nothing for them any more, they go."""
    if not os.path.isdir(source):
        return
    run(*command)
    if not set(os.listdir(source)) - set(caches):
        for name in caches:
            path = os.path.join(folder or source, name)
            if os.path.exists(path):
                os.unlink(path)


def refresh_all(datadir):
    def share(*parts):
        return os.path.join(datadir, *parts)

    schemas, menu, icons, types = (share("glib-2.0", "schemas"), share("applications"),
                                   share("icons", "hicolor"), share("mime"))
    refresh(schemas, ["gschemas.compiled"], "glib-compile-schemas", schemas)
    refresh(menu, ["mimeinfo.cache"], "update-desktop-database", "-q", menu)
    refresh(icons, ["icon-theme.cache"], "gtk4-update-icon-cache", "-q", "-t", "-f", icons)
    refresh(share("mime", "packages"), MIME_CACHES, "update-mime-database", types, folder=types)


def is_removed(folder):
    try:
        os.rmdir(folder)
    except OSError:
        return False
    return True


def main():
    prefix, datadir = sys.argv[1:]
    lines = installed()
    folders = [line for line in lines if os.path.isdir(line) and not os.path.islink(line)]
    files = [line for line in lines if line not in folders and os.path.lexists(line)]
    for path in files:
        os.unlink(path)
    around = {os.path.dirname(path) for path in files if path.startswith(prefix + os.sep)}
    # A staged install has no caches.
    if around:
        refresh_all(datadir)
        around.add(os.path.join(datadir, "mime", "application"))

    # A second install does not write down the folders of the first. Others may count on `bin`,
    # `share` and their like, so those go only where meson made them.
    for folder in around:
        while folder.count(os.sep) > prefix.count(os.sep) + 1 and is_removed(folder):
            folder = os.path.dirname(folder)
    for folder in folders:
        is_removed(folder)
    print(f"{len(files)} files removed")


if __name__ == "__main__":
    main()
