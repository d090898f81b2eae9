#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Servers out of a set-up link: who is shown the password, by the servers' own logs."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
import mwtest  # noqa: E402
import sites  # noqa: E402

JAN = mwtest.PASSWORDS["jan"]
EVIL = sites.EVIL_SERVER
HONEST = "192.0.2.20"   # mail.hosting.test
FOREIGN = "ssl0.evil.test"
FORGED = "mail.evil.test"
OWN = "mail.hosting.test"


def link(domain, incoming, outgoing, more=""):
    return f"mailto-setup:jan@{domain}?in=imaps:{incoming}&out=submissions:{outgoing}{more}"


def drive(t, session, text, address, *words):
    """What became of it, and where which password was presented."""
    path = os.path.join(mwtest.BUILD, "tests", "lab", "link-driver")
    mwtest.need(path)
    mark = LAB.mark()
    done = session.run(path, text, address, *words, input=JAN + "\n", check=True)
    return done.stdout.strip(), sorted((service, place)
                                       for service, _, place in LAB.presentations(mark))


# The domain, who is named, what is said by the person, what becomes of it, who is shown the
# password to receive and to send.
CASES = [
    # Nobody else names the host: not without a yes, whoever typed the address.
    ("quiet.example.test", FOREIGN, FOREIGN, "", f"consent-needed ?{FOREIGN}", None, None),
    ("quiet.example.test", FOREIGN, FOREIGN, "typed", f"consent-needed ?{FOREIGN}", None, None),
    ("evildb.test", FOREIGN, "box.evildb.test", "", "consent-needed", None, None),
    # With the yes it works, so its absence was what held back.
    ("quiet.example.test", FOREIGN, FOREIGN, "yes", f"works {FOREIGN} {FOREIGN}", EVIL, EVIL),
    # Each host by itself: the domain names one for receiving, only the link the other.
    ("halfforged.test", OWN, FORGED, "typed", f"consent-needed {OWN} ?{FORGED}", HONEST, None),
    ("halfforged.test", OWN, FORGED, "typed yes", f"works {OWN} {FORGED}", HONEST, EVIL),
    # The domain's own settings name the host, which counts when the person typed the domain.
    ("auto.test", OWN, OWN, "", f"consent-needed ?{OWN}", None, None),
    ("auto.test", OWN, OWN, "typed", f"works {OWN} {OWN}", HONEST, HONEST),
    ("auto.test", OWN, OWN, "yes", f"works {OWN} {OWN}", HONEST, HONEST),
    # They contradict the link: the yes was about the link's hosts, and these are not used.
    ("auto.test", FOREIGN, FOREIGN, "yes", f"consent-needed ?{OWN} -{FOREIGN}", None, None),
    ("auto.test", FOREIGN, FOREIGN, "typed yes", f"works {OWN} {OWN} -{FOREIGN}", HONEST, HONEST),
    ("auto.test", OWN, FOREIGN, "typed yes", f"works {OWN} {OWN} -{FOREIGN}", HONEST, HONEST),
]


def test_who_is_shown_the_password(t):
    session = t.session(lab=LAB)
    for domain, incoming, outgoing, words, outcome, receiving, sending in CASES:
        case = f"{domain} {incoming} {outgoing} {words}"
        result, shown = drive(t, session, link(domain, incoming, outgoing), f"jan@{domain}",
                              *words.split())
        if outcome == "consent-needed":
            t.equal(result.split()[0], outcome, case)
        else:
            t.equal(result, outcome, case)
        t.equal(shown, [(service, place) for service, place in (("imap", receiving),
                                                                 ("smtp", sending)) if place],
                case)


def test_sending_without_a_log_in_is_no_way_round(t):
    """What the link suggests is not followed: nothing is sent through its host unasked."""
    text = link("halfforged.test", OWN, FORGED, "&out-auth=none")
    session = t.session(lab=LAB)
    result, shown = drive(t, session, text, "jan@halfforged.test", "typed")
    t.equal((result, shown), (f"consent-needed {OWN} ?{FORGED}", [("imap", HONEST)]))
    # Nor with a yes: it still logs in.
    result, shown = drive(t, session, text, "jan@halfforged.test", "typed", "yes")
    t.equal((result, shown), (f"works {OWN} {FORGED}", [("imap", HONEST), ("smtp", EVIL)]))


def test_a_link_for_a_whole_domain(t):
    """The person typed only what stands before the @, so the domain is the link's word."""
    text = f"mailto-setup:@auto.test?in=imaps:{OWN}&out=submissions:{OWN}"
    result, shown = drive(t, t.session(lab=LAB), text, "jan@auto.test", "typed")
    t.equal((result, shown), (f"consent-needed ?{OWN}", []))


def test_the_own_network(t):
    """A yes to the names is none to the place they lead to."""
    text = link("quiet.example.test", "imap.private.test", "smtp.private.test")
    result, shown = drive(t, t.session(lab=LAB), text, "jan@quiet.example.test", "yes")
    t.equal((result.split()[0], shown), ("consent-needed", []))


LAB = mwtest.Lab()
mwtest.main(globals())
