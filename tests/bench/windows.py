# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Until a window stands on the screen: `run window` and `run list`.

The screen is watched, not the program: the window is painted when the top of it
is not black any more, the list when a coloured disc stands in it.
"""

import ctypes
import os
import shutil
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "support"))
import mwaccounts  # noqa: E402
import mwtest  # noqa: E402

LIMIT = 60
SETTLE = 1.5
ALL_PLANES = 0xFFFFFFFF
Z_PIXMAP = 2
DISCS = 95  # where they stand from left to right


class Screen:
    """A column of pixels of the screen, without a program between."""

    class Image(ctypes.Structure):
        _fields_ = [("width", ctypes.c_int), ("height", ctypes.c_int), ("xoffset", ctypes.c_int),
                    ("format", ctypes.c_int), ("data", ctypes.POINTER(ctypes.c_uint32))]

    def __init__(self, name):
        self.x11 = ctypes.CDLL("libX11.so.6")
        self.x11.XOpenDisplay.restype = ctypes.c_void_p
        self.x11.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
        self.x11.XDefaultRootWindow.restype = ctypes.c_ulong
        self.x11.XGetImage.restype = ctypes.POINTER(self.Image)
        self.x11.XGetImage.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_int,
                                       ctypes.c_uint, ctypes.c_uint, ctypes.c_ulong, ctypes.c_int]
        self.x11.XDestroyImage.argtypes = [ctypes.c_void_p]
        self.display = self.x11.XOpenDisplay(name.encode())
        self.root = self.x11.XDefaultRootWindow(self.display)

    def column(self, x, y, height):
        image = self.x11.XGetImage(self.display, self.root, x, y, 1, height, ALL_PLANES, Z_PIXMAP)
        colours = [image.contents.data[row] & 0xFFFFFF for row in range(height)]
        self.x11.XDestroyImage(image)
        return colours

    def shows_window(self):
        return any(self.column(60, 20, 2))

    def shows_list(self):
        return any(max(parts) - min(parts) > 60
                   for parts in (colour.to_bytes(3, "big")
                                 for colour in self.column(DISCS - 15, 60, 240)))


def cpu_ms(pid):
    with open(f"/proc/{pid}/stat") as f:
        fields = f.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 // os.sysconf("SC_CLK_TCK")


def pss_mib(pid):
    with open(f"/proc/{pid}/smaps_rollup") as f:
        return next(int(line.split()[1]) for line in f if line.startswith("Pss:")) / 1024


def open_once(session, screen, argv, env, painted):
    """Milliseconds by the clock and by the processor until it is painted, and its memory."""
    mwtest.wait_for(lambda: not screen.shows_window(), what="an empty screen")
    begin = time.monotonic()
    process = subprocess.Popen(argv, env=session.env | env, stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not painted():
            if time.monotonic() - begin > LIMIT or process.poll() is not None:
                raise mwtest.Failure(f"{argv[0]} shows nothing")
            time.sleep(0.002)
        clock, cpu = (time.monotonic() - begin) * 1000, cpu_ms(process.pid)
        time.sleep(SETTLE)
        return clock, cpu, pss_mib(process.pid)
    finally:
        process.terminate()
        process.wait(10)


def measure(session, screen, argv, env, painted, runs):
    """The first run warms up caches and does not count."""
    results = [open_once(session, screen, argv, env, painted) for _ in range(runs + 1)][1:]
    return [statistics.median(column) for column in zip(*results)]


def begin():
    session = mwtest.Session(bus=True, screen="1000x900")
    # A screen reader's questions are no part of it.
    session.env |= {"GSK_RENDERER": "cairo", "GDK_BACKEND": "x11", "GTK_A11Y": "none"}
    subprocess.run(["xdotool", "mousemove", "999", "899"], env=session.env, check=False)
    return session, Screen(session.env["DISPLAY"])


def print_row(name, result, base):
    clock, cpu, pss = result
    ratios = " ".join(f"{value / other:5.2f}" for value, other in zip(result, base))
    print(f"{name:34} {clock:6.0f} {cpu:6.0f} {pss:6.1f}  {ratios}", flush=True)


def print_head(base):
    print(f"{'':34} {'clock':>6} {'CPU':>6} {'PSS':>6}  beside {base}")
    print(f"{'':34} {'ms':>6} {'ms':>6} {'MiB':>6}  clock   CPU   PSS")


def home(session, name, count):
    """A home of its own, with that many accounts in it."""
    data = os.path.join(session.directory, name, "data")
    mwaccounts.write_many(data, count)
    return {"HOME": os.path.join(session.directory, name), "XDG_DATA_HOME": data,
            "XDG_CONFIG_HOME": os.path.join(session.directory, name, "config")}


def window(build, runs):
    session, screen = begin()
    plain = [os.path.join(build, "tests", "bench", "bench-window")]
    ours = [mwtest.program("mailwright")]
    base = measure(session, screen, plain, {}, screen.shows_window, runs)
    print_head("a plain window with a form")
    print_row("plain libadwaita window", base, base)
    print_row("mailwright, first run", measure(session, screen, ours, {}, screen.shows_window,
                                               runs), base)
    print_row("mailwright, 3 accounts", measure(session, screen, ours, home(session, "few", 3),
                                                screen.shows_window, runs), base)
    for peer in ("gnome-text-editor", "geary"):
        path = shutil.which(peer)
        if path is None:
            print(f"{peer:34} is not installed")
        else:
            print_row(peer, measure(session, screen, [path], {}, screen.shows_window, runs), base)


def accounts(build, runs, count=10000):
    session, screen = begin()
    ours = [mwtest.program("mailwright")]
    one, many = home(session, "one", 1), home(session, "many", count)
    base = measure(session, screen, ours, one, screen.shows_list, runs)
    print_head("a list of one account")
    print_row("list of 1 account", base, base)
    print_row(f"window before {count} accounts", measure(session, screen, ours, many,
                                                         screen.shows_window, runs), base)
    print_row(f"list of {count} accounts", measure(session, screen, ours, many,
                                                   screen.shows_list, runs), base)
