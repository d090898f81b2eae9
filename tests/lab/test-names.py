#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""What the name service says, and what it is asked."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
import mwtest  # noqa: E402

JAN = mwtest.PASSWORDS["jan"]


def verify(t, address, *more):
    return t.session(lab=LAB).cli("verify", address, "--password-stdin", "--json", *more,
                                  password=JAN)


def expect(t, done, outcome):
    t.equal((done.json["outcome"], done.code), (outcome, 0 if outcome == "works" else 1), done.err)


def hosts(done):
    return [done.json[side]["host"] for side in ("incoming", "outgoing")]


def test_srv_targets_in_turn(t):
    """One has no address, the next one no server; nobody is asked about them."""
    done = verify(t, "jan@srvmany.test")
    expect(t, done, "consent-needed")
    t.contains(done.json["advice"]["text"], "kept at mail.hosting.test,")
    done = verify(t, "jan@srvmany.test", "--allow-host", "mail.hosting.test")
    expect(t, done, "works")
    t.equal(hosts(done), ["mail.hosting.test"] * 2)
    outcomes = {probe["host"]: probe["outcome"] for probe in done.json["probes"]
                if probe["service"] == "imaps" and "srv" in probe["sources"]}
    t.equal((outcomes["gone.srvmany.test"], outcomes["imap.refused.test"]),
            ("dns-nxdomain", "refused"))


def test_srv_aliases(t):
    """RFC 2782 forbids aliases as targets; they are followed as the mail programs do."""
    done = verify(t, "jan@srvalias.test")
    expect(t, done, "works")
    t.equal(hosts(done), ["mail.srvalias.test"] * 2)
    for side in ("incoming", "outgoing"):
        t.true("srv" in done.json[side]["sources"], str(done.json[side]["sources"]))


LAB = mwtest.Lab()
mwtest.main(globals())
