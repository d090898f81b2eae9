#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Under valgrind and AddressSanitizer the window loses no memory but what toolkit.supp and
toolkit-lsan.supp say of other libraries, and what was made for a page or a dialog goes with it."""

import glob
import os
import re
import subprocess
import sys
from array import array
from collections import Counter

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402
from mwwalk import Walk  # noqa: E402

HERE = os.path.dirname(os.path.realpath(__file__))
LAB = mwtest.Lab()
DESK = mwui.Desk(lab=LAB, keyring=True)
# Everything takes thirty times as long.
PATIENCE = 240


@mwtest.long
def test_pages(t):
    mwtest.need("valgrind")
    log = os.path.join(DESK.up().session.logs, "valgrind.log")
    app = DESK.start(wait=False, wrapper=(
        "valgrind", "--quiet", "--leak-check=full", "--show-leak-kinds=definite",
        "--errors-for-leak-kinds=definite", "--num-callers=60",
        f"--suppressions={HERE}/toolkit.supp", f"--log-file={log}"))
    app.wait("heading", "Add Your Mail Account", seconds=PATIENCE)
    app.press("Enter the Servers by Hand", seconds=PATIENCE)
    app.wait("text", "Incoming server", seconds=PATIENCE)
    app.press("Back", seconds=PATIENCE)
    app.wait("heading", "Add Your Mail Account", seconds=PATIENCE)
    app.press("Close", seconds=PATIENCE)
    t.equal(app.process.wait(PATIENCE), 0, "exit status")
    with open(log) as f:
        t.equal(f.read(), "", "what valgrind says")


def build_with_sanitizer():
    """Only the window: what it starts and reads is that of the build under test."""
    folder = os.path.join(mwtest.BUILD, "sanitized-window")
    if not os.path.exists(os.path.join(folder, "build.ninja")):
        subprocess.run(["meson", "setup", folder, mwtest.ROOT, "--prefix", mwtest.PREFIX,
                        "-Dtests=false", "-Db_sanitize=address", "-Db_lundef=false"],
                       check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["ninja", "-C", folder, "src/app/mailwright"], check=True,
                   stdout=subprocess.DEVNULL)
    return os.path.join(folder, "src", "app", "mailwright")


@mwtest.long
def test_whole_day(t):
    """From the first account to the last one deleted, every page and dialog between."""
    os.environ["MW_MAILWRIGHT"] = build_with_sanitizer()
    log = os.path.join(DESK.up().session.logs, "sanitizer")
    try:
        walk = Walk(DESK, patience=120, wrapper=(
            "env", "ASAN_OPTIONS=detect_leaks=1:fast_unwind_on_malloc=0:malloc_context_size=40:"
            f"log_path={log}", f"LSAN_OPTIONS=suppressions={HERE}/toolkit-lsan.supp"))
        walk.day()
        status = walk.quit()
    finally:
        del os.environ["MW_MAILWRIGHT"]
    said = []
    for path in glob.glob(log + ".*"):
        with open(path) as f:
            said.append(f.read())
    t.equal((status, "".join(line for line in said if "SUMMARY" in line)), (0, ""),
            "".join(said))


def find_types(app):
    """The number of each class of ours: {number: name}."""
    program = mwtest.program("mailwright")
    names = set(re.findall(r" [tT] (mw_\w+)_get_type$",
                           DESK.session.run("nm", program, check=True).stdout, re.MULTILINE))
    asked = [part for name in sorted(names)
             for part in ("-ex", f'printf "{name} %lu\\n", (unsigned long) '
                                 f"&{name}_get_type::static_g_define_type_id")]
    told = DESK.session.run("gdb", "-nx", "-batch", *asked, program).stdout
    with open(f"/proc/{app.pid()}/maps") as maps:
        base = next(int(line.split("-")[0], 16) for line in maps
                    if line.rstrip().endswith(os.path.realpath(program)))
    with open(f"/proc/{app.pid()}/mem", "rb") as memory:
        found = {}
        for name, offset in re.findall(r"^(mw_\w+) (\d+)$", told, re.MULTILINE):
            memory.seek(base + int(offset))
            found[int.from_bytes(memory.read(8), "little")] = name
    found.pop(0, None)
    return found


def words(app):
    for start, data in app.memory():
        yield start, array("Q", data[:len(data) // 8 * 8])


def count_objects(app):
    """How many instances of each class live: one begins with the address of its class, which
    begins with its number; GObject clears that address in what it frees."""
    types = find_types(app)
    classes = {start + 8 * at: types[word] for start, piece in words(app)
               for at, word in enumerate(piece) if word in types}
    return Counter(classes[word] for _, piece in words(app) for word in piece if word in classes)


@mwtest.long
def test_nothing_stays_alive(t):
    mwtest.need("gdb", "nm")
    walk = Walk(DESK)
    walk.add()
    counts = []
    for _ in range(3):
        walk.see_dialogs()
        walk.change_password()
        walk.edit()
        walk.go_on_with_it()
        walk.review()
        walk.delete("Work", undo=True)
        counts.append(count_objects(walk.app))
    t.true(counts[0]["mw_window"] > 0, f"nothing is counted: {counts[0]}")
    grown = {name: [count[name] for count in counts] for name in counts[0]
             if counts[0][name] < counts[1][name] < counts[2][name]
             # An address of a source of settings; not looked into yet.
             and name != "mw_checked_address"}
    t.equal(grown, {}, "objects that are more after each round")
    t.equal(walk.quit(), 0, "exit status")


mwtest.main(globals())
