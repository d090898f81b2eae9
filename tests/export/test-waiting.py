#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""The window goes on with what an earlier one waited for, when the real Thunderbird is closed."""

import glob
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "support"))
import mwtest  # noqa: E402
from mwtest import PASSWORDS, wait_for  # noqa: E402

LAB = mwtest.Lab()


def read(path):
    with open(path) as f:
        return f.read()


def end(session, process):
    """Ends the Thunderbird of PROCESS, and not the programs it started."""
    for pid in mwtest.descendants(process.pid) | {process.pid}:
        try:
            program = os.path.basename(os.readlink(f"/proc/{pid}/exe"))
            own_child = "-contentproc" in read(f"/proc/{pid}/cmdline")
            if program in ("thunderbird", "thunderbird-bin") and not own_child:
                os.kill(pid, 15)
        except OSError:
            pass
    process.wait(30)


@mwtest.long
def test_real_thunderbird(t):
    mwtest.need("thunderbird", "certutil", "xdotool")
    session = t.session(lab=LAB, keyring=True, screen="1280x900")
    done = session.cli("add", "jan@example.test", "--password-stdin", "--to", "thunderbird",
                       "--json", password=PASSWORDS["jan"])
    t.equal(done.code, 0, done.err)
    profile = os.path.dirname(glob.glob(f"{session.home}/.thunderbird/*.*/prefs.js")[0])
    session.run("certutil", "-A", "-d", f"sql:{profile}", "-n", "lab", "-t", "C,,",
                "-i", LAB.env["MW_LAB_CA"], check=True)
    since = LAB.mark()
    bird = session.spawn("thunderbird")
    wait_for(lambda: any(service == "imap" for service, *_ in LAB.logins(since)), 60,
             "Thunderbird to log in")

    # What a window left behind that ended while it waited.
    file, = glob.glob(f"{session.home}/.local/share/mailwright/accounts/*.account")
    text = read(file)
    with open(file, "w") as f:
        f.write("\n".join("Label=Renamed" if line.startswith("Label=") else line
                          for line in text.split("\n")))
    waiting = os.path.join(os.path.dirname(file), "waiting.account")
    with open(waiting, "w") as f:
        f.write("[Waiting]\nFormat=1\n[Hand-over 1]\nTarget=thunderbird\n"
                f"Account={os.path.basename(file).removesuffix('.account')}\n")
    session.spawn(mwtest.program("mailwright"))
    wait_for(lambda: session.run("xdotool", "search", "--onlyvisible", "--class",
                                 "mailwright").stdout.strip(), what="the window")
    t.true("Renamed" not in read(f"{profile}/prefs.js"), "changed while Thunderbird runs")

    end(session, bird)
    wait_for(lambda: '"Renamed"' in read(f"{profile}/prefs.js"), 30, "the new name in Thunderbird")
    wait_for(lambda: not os.path.exists(waiting), what="nothing to be remembered")

    since = LAB.mark()
    bird = session.spawn("thunderbird")
    wait_for(lambda: any(service == "imap" for service, *_ in LAB.logins(since)), 60,
             "Thunderbird to log in unasked")
    end(session, bird)


mwtest.main(globals())
