#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Under valgrind the window loses no memory but what toolkit.supp says of other libraries."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402

HERE = os.path.dirname(os.path.realpath(__file__))
DESK = mwui.Desk(keyring=True)
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


mwtest.main(globals())
