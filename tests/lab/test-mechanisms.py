#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""mailwright-cli verify against Dovecots that know one SASL mechanism each.

Where a mechanism is refused the next one follows; where the password is
refused nothing does. What is counted is what the servers were sent.
"""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
import mwtest  # noqa: E402

JAN = mwtest.PASSWORDS["jan"]
WRONG = JAN + "x"

# Domain → the mechanism. Dovecot still names USER where it refuses PLAIN.
# SCRAM goes before it there; beside CRAM-MD5 alone, which other servers name
# for nothing, POP3 presents the password once for nothing.
WORKING = {"plain": "PLAIN", "login": "LOGIN", "cram": "CRAM-MD5",
           "scram-1": "SCRAM-SHA-1", "scram-256": "SCRAM-SHA-256"}
USER_REFUSED = ("cram",)
SERVICES = (("imaps", "submissions"), ("imap", "submission"), ("pop3s", "submissions"),
            ("pop3", "submission"))


def verify(t, user, domain, incoming, outgoing, password=JAN):
    session = t.session(lab=LAB)
    return session.cli("verify", f"{user}@{domain}.test", "--password-stdin", "--json",
                       "--in", f"{incoming}:mail.{domain}.test",
                       "--out", f"{outgoing}:mail.{domain}.test", password=password)


def seen(mark):
    return [(service, mechanism) for service, mechanism, _ in LAB.presentations(mark)]


def counts(done):
    return {key.rpartition(":")[2]: count
            for key, count in done.json["password_presentations"].items()}


def test_right_password(t):
    for domain, mechanism in WORKING.items():
        for incoming, outgoing in SERVICES:
            mark = LAB.mark()
            done = verify(t, "jan", domain, incoming, outgoing)
            where = f"{domain} {incoming} {outgoing}"
            service = incoming.rstrip("s")
            t.equal(done.json and done.json["outcome"], "works", f"{where}: {done.out}{done.err}")
            t.equal([done.json[side]["auth"] for side in ("incoming", "outgoing")],
                    [mechanism, mechanism], where)
            t.equal(seen(mark), [(service, mechanism), ("smtp", mechanism)], where)
            twice = domain in USER_REFUSED and service == "pop3"
            t.equal(counts(done), {service: 2 if twice else 1, "smtp": 1}, where)


def test_other_passwords(t):
    for domain in WORKING:
        for user, password in mwtest.PASSWORDS.items():
            done = verify(t, user, domain, "imaps", "submissions", password=password)
            t.equal(done.json and done.json["outcome"], "works", f"{user}@{domain}: {done.err}")


def test_wrong_password(t):
    for domain, mechanism in WORKING.items():
        for incoming, outgoing in (("imaps", "submissions"), ("pop3s", "submissions")):
            mark = LAB.mark()
            done = verify(t, "jan", domain, incoming, outgoing, password=WRONG)
            service = incoming.rstrip("s")
            t.equal(done.json and done.json["outcome"], "bad-credentials", f"{domain} {incoming}")
            # One failure, and the outgoing server never saw it.
            t.equal(seen(mark), [(service, mechanism)], f"{domain} {incoming}")
            twice = domain in USER_REFUSED and service == "pop3"
            t.equal(counts(done), {service: 2 if twice else 1}, f"{domain} {incoming}")


def test_no_password_wanted(t):
    for domain, outcome, title in (("oauth", "need-oauth", "Sign-In in the Browser Needed"),
                                   ("kerberos", "mech-none", "Kerberos Needed")):
        for incoming, outgoing in SERVICES:
            mark = LAB.mark()
            done = verify(t, "jan", domain, incoming, outgoing)
            where = f"{domain} {incoming}"
            t.equal(done.json and done.json["outcome"], outcome, f"{where}: {done.err}")
            t.equal(done.json["advice"]["title"], title, where)
            t.equal(seen(mark), [], where)
            told = outcome == "mech-none" and incoming.startswith("pop3")
            t.equal(counts(done), {"pop3": 1} if told else {}, where)


def test_no_log_shows_the_password(t):
    for log in ("dovecot", "postfix"):
        for password in (*mwtest.PASSWORDS.values(), WRONG):
            t.absent(password, log, LAB.read(log).encode())


def add(t, address, *more):
    session = t.session(lab=LAB)
    return session, session.cli("add", address, "--browser-sign-in", "--json", *more)


def saved(session, account):
    done = session.cli("show", account, "--json")
    return [(done.json[side]["host"], done.json[side]["auth"], done.json[side]["user"])
            for side in ("incoming", "outgoing")]


def test_browser_sign_in(t):
    """The servers are proved and nobody signs in, also for a domain kept elsewhere."""
    for address, incoming, outgoing in (
            ("jan@gmail.com", "imap.gmail.com", "smtp.gmail.com"),
            ("jan@atgoogle.test", "imap.gmail.com", "smtp.gmail.com"),
            ("jan@office365.com", "outlook.office365.com", "smtp.office365.com"),
            ("jan@atmicrosoft.test", "outlook.office365.com", "smtp.office365.com")):
        mark = LAB.mark()
        session, done = add(t, address)
        t.equal(done.code, 0, f"{address}: {done.out}{done.err}")
        t.equal((done.json["browser_sign_in"], done.json["verification"]["outcome"]),
                (True, "works"), address)
        for side in ("incoming", "outgoing"):
            probe = done.json["verification"][side]
            t.equal((probe["stage"], probe["auth"], probe["user"]), ("capability", None, None),
                    address)
            t.contains(probe["auth_offered"], "XOAUTH2")
        t.equal(saved(session, done.json["account"]),
                [(incoming, "oauth2", address), (outgoing, "oauth2", address)])
        t.equal((LAB.presentations(mark), done.json["verification"]["password_presentations"]),
                ([], {}), address)


def test_browser_sign_in_elsewhere(t):
    """Neither mail program would have a page for these servers."""
    for address, more in (("jan@oauth.test", ()),
                          ("jan@gmail.com", ("--in", "imaps:imap.oauth.test"))):
        _, done = add(t, address, *more)
        t.equal((done.code, done.json["account"], done.json["verification"]["outcome"]),
                (1, None, "nothing-found"), done.out + done.err)
    done = verify(t, "jan", "oauth", "imaps", "submissions")
    t.equal((done.json["outcome"], done.json["advice"]["action"]), ("need-oauth", "ask-provider"))
    done = verify(t, "jan", "test", "imaps", "submissions")
    t.equal((done.json["outcome"], done.json["advice"]["action"]),
            ("need-oauth", "browser-sign-in"))


LAB = mwtest.Lab("--mechanisms")
mwtest.main(globals())
