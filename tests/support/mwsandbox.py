# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""The inside of our own Flatpak, made with bubblewrap.

As there, the home folder is an empty one in memory, with the granted folders mounted into it, and
/.flatpak-info says which those are.
"""

import os

import mwtest


def wrapper(session, home, *filesystems, documents=None):
    """What a program is started with so that it reaches only these folders of HOME.

    documents  where the document portal shows everything; inside only what is the program's
    """
    mwtest.need("bwrap")
    info = os.path.join(session.directory, "flatpak-info")
    with open(info, "w") as f:
        f.write("[Application]\nname=io.github.mailwright.Mailwright\n\n"
                f"[Context]\nfilesystems={''.join(each + ';' for each in filesystems)}\n")

    argv = ["bwrap", "--die-with-parent", "--tmpfs", "/"]
    for folder in sorted(os.listdir("/")):
        if os.path.islink(f"/{folder}"):
            argv += ["--symlink", os.readlink(f"/{folder}"), f"/{folder}"]
        elif os.path.isdir(f"/{folder}") and folder not in ("dev", "proc"):
            argv += ["--bind", f"/{folder}", f"/{folder}"]
    argv += ["--dev", "/dev", "--proc", "/proc", "--tmpfs", home, "--ro-bind", info,
             "/.flatpak-info"]
    for each in filesystems:
        path = each.partition(":")[0].replace("~", home)
        if os.path.exists(path):
            argv += ["--bind", path, path]
    if documents is not None:
        argv += ["--bind", f"{documents}/by-app/io.github.mailwright.Mailwright", documents]
    return argv
