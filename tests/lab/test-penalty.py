#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Dovecot delays its answers after wrong passwords: that is waited out and said."""

import os
import pty
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
import mwtest  # noqa: E402

JAN = mwtest.PASSWORDS["jan"]
WRONG = JAN + "x"
NOTICE = "The server makes us wait"


def verify(t, password):
    """Exit code, output, and what stood on the progress line."""
    session = t.session(lab=LAB)
    terminal, screen = pty.openpty()
    process = session.spawn(mwtest.program("mailwright-cli"), "verify", "jan@example.test",
                            "--password-stdin", "--in", "imaps:imap.example.test",
                            "--out", "submissions:smtp.example.test",
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=screen)
    os.close(screen)
    process.stdin.write(password.encode() + b"\n")
    process.stdin.close()
    drawn = b""
    while True:
        try:
            drawn += os.read(terminal, 4096)
        except OSError:
            break
    os.close(terminal)
    out = process.stdout.read().decode()
    return process.wait(), out, drawn.decode(errors="replace")


def test_penalty(t):
    mark = LAB.mark()
    code, out, drawn = verify(t, WRONG)
    t.equal(code, 1, out)
    t.true(NOTICE not in drawn, f"the first failure takes two seconds: {drawn}")

    # Now every answer is late, the one to the right password, too.
    code, out, drawn = verify(t, WRONG)
    t.equal(code, 1, out)
    t.contains(drawn, NOTICE)
    code, out, drawn = verify(t, JAN)
    t.equal(code, 0, out)
    t.contains(drawn, NOTICE)
    t.equal([service for service, _, _ in LAB.presentations(mark)],
            ["imap", "imap", "imap", "smtp"])


LAB = mwtest.Lab("--penalty")
mwtest.main(globals())
