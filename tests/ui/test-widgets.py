#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Widgets by themselves: heights, held-back answers, and the page of every problem."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402

DESK = mwui.Desk()


def test_widgets(t):
    """MW_PICTURES=FOLDER in the environment has the pages painted there, too."""
    program = os.path.join(mwtest.BUILD, "tests", "ui", "widgets")
    if not os.path.exists(program):
        raise mwtest.Failure(f"{program} is not built")
    env = {name: os.environ[name] for name in ("MW_PICTURES", "LANGUAGE", "ADW_DEBUG_COLOR_SCHEME")
           if name in os.environ}
    DESK.up()
    done = DESK.session.run("env", *(f"{name}={value}" for name, value in env.items()),
                            "G_DEBUG=fatal-warnings", program, "--tap")
    t.equal(done.returncode, 0, done.stdout[-2000:] + done.stderr[-2000:])


mwtest.main(globals())
