# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""The system calls of the lab, and a few words for saying what went wrong."""

import ctypes
import os
import subprocess

CLONE_NEWNS = 0x00020000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000
MS_BIND = 4096
MS_REC = 16384
MS_PRIVATE = 1 << 18
MS_SLAVE = 1 << 19

libc = ctypes.CDLL(None, use_errno=True)


class LabError(Exception):
    pass


def check(result, what):
    if result != 0:
        code = ctypes.get_errno()
        raise LabError(f"{what}: {os.strerror(code)}")


def unshare(flags):
    check(libc.unshare(flags), "cannot make namespaces")


def setns(fd, kind):
    check(libc.setns(fd, kind), "cannot enter the namespace")


def mount(source, target, fstype=None, flags=0):
    args = [s.encode() if s is not None else None for s in (source, target, fstype)]
    check(libc.mount(*args, ctypes.c_ulong(flags), None), f"cannot mount {target}")


def bind(source, target):
    # A resolver that the system keeps as a link to a file elsewhere is
    # covered where it really is.
    target = os.path.realpath(target)
    if os.path.exists(target):
        mount(source, target, flags=MS_BIND)


def run(argv, **kwargs):
    done = subprocess.run(argv, stdin=subprocess.DEVNULL if "input" not in kwargs else None,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **kwargs)
    if done.returncode != 0:
        raise LabError(f"{' '.join(argv[:4])}: {done.stdout.strip()}")
    return done.stdout


def write(path, text, mode=0o644):
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w") as f:
        f.write(text)
