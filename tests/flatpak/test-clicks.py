#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""A link clicked in the real Chromium and the real Thunderbird, which run on the host, opens the
window in the sandbox."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwflatpak  # noqa: E402
import mwclicks  # noqa: E402

DESK = mwflatpak.Desk()


def clicks():
    window = DESK.watch()
    return mwclicks.Clicks(DESK, window)


def test_chromium(t):
    clicks().in_chromium(t)


def test_thunderbird(t):
    clicks().in_thunderbird(t)


mwflatpak.main(globals())
