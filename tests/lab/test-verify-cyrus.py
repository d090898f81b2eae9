#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""mailwright-cli verify against Cyrus IMAP and Exim.

What Dovecot and Postfix say is in test-verify.py; these are other words for
the same things, another SASL library and, in Exim, another TLS library.
"""

import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
import mwtest  # noqa: E402
import cyrus_exim  # noqa: E402
import debian_packages  # noqa: E402

JAN = mwtest.PASSWORDS["jan"]
WRONG = JAN + "x"


class CyrusLab(mwtest.Lab):
    def up(self):
        if self.state is None:
            try:
                cyrus_exim.packages()
            except debian_packages.Unavailable as why:
                raise mwtest.Skip(f"Cyrus and Exim cannot be fetched: {why}") from None
        return super().up()

    def mark(self):
        return {log: len(self.read(log)) for log in ("cyrus", "exim")}

    def logins(self, since=None):
        """Log-ins that worked: [(service, user, mechanism)]."""
        found = []
        for line in self.lines("cyrus", since):
            match = re.search(r"cyrus/(imap|pop3)\S*: login: (?:\S+ )?\[\S+\] (\S+) (\S+?)\+TLS ",
                              line)
            if match:
                found.append(match.groups())
        for line in self.lines("exim", since):
            match = re.search(r"login: (\S+) (\S+) \d+$", line)
            if match:
                found.append(("smtp", *match.groups()))
        return found

    def presentations(self, since=None):
        """Passwords presented, right or wrong: [(service, mechanism)], in any order."""
        found = [(service, mechanism) for service, _, mechanism in self.logins(since)
                 if service != "smtp"]
        for line in self.lines("cyrus", since):
            match = re.search(r"cyrus/(imap|pop3)\S*: badlogin: (?:\S+ )?\[\S+\] (\S+)", line)
            if match:
                found.append(match.groups())
        for line in self.lines("exim", since):
            match = re.search(r"AUTH (\S+) to ", line)
            if match:
                found.append(("smtp", match[1]))
        return sorted(found)


def verify(t, address, *more, password=JAN, no_ca=False):
    session = t.session(lab=LAB)
    session.argv = lambda argv: LAB.argv(argv, no_ca=no_ca)
    return session.cli("verify", address, "--password-stdin", "--json", *more, password=password)


def expect(t, done, outcome):
    t.equal(done.json and done.json["outcome"], outcome, done.err or done.out or "outcome")
    t.equal(done.code, 0 if outcome == "works" else 1, "exit code")


def place(probe):
    return probe and (probe["service"], probe["host"], probe["port"])


def test_right_password(t):
    mark = LAB.mark()
    done = verify(t, "jan@cyrus.test")
    expect(t, done, "works")
    t.equal(place(done.json["incoming"]), ("imaps", "imap.cyrus.test", 993))
    t.equal(place(done.json["outgoing"]), ("submissions", "smtp.cyrus.test", 465))
    t.equal(done.json["password_presentations"],
            {"imap.cyrus.test:imap": 1, "smtp.cyrus.test:smtp": 1})
    t.equal(LAB.presentations(mark), [("imap", "PLAIN"), ("smtp", "PLAIN")])
    t.equal(LAB.logins(mark), [("imap", "jan@cyrus.test", "PLAIN"),
                               ("smtp", "jan@cyrus.test", "plain")])


def test_folders(t):
    folders = verify(t, "jan@cyrus.test").json["incoming"]["folders"]
    t.equal(folders, {"sent": "Sent", "drafts": "Drafts", "trash": "Trash", "junk": None,
                      "archive": None, "delimiter": "/", "prefix": ""})


def test_other_passwords(t):
    for user, password in mwtest.PASSWORDS.items():
        expect(t, verify(t, f"{user}@cyrus.test", password=password), "works")


def test_every_protocol_by_hand(t):
    for service, port in (("imaps", 993), ("imap", 143), ("pop3s", 995), ("pop3", 110)):
        for out, out_port in (("submissions", 465), ("submission", 587)):
            done = verify(t, "jan@cyrus.test", "--in", f"{service}:mail.cyrus.test",
                          "--out", f"{out}:mail.cyrus.test")
            expect(t, done, "works")
            t.equal(place(done.json["incoming"]), (service, "mail.cyrus.test", port))
            t.equal(place(done.json["outgoing"]), (out, "mail.cyrus.test", out_port))


def test_starttls(t):
    done = verify(t, "jan@cyrus-starttls.test")
    expect(t, done, "works")
    t.equal(place(done.json["incoming"]), ("imap", "imap.cyrus-starttls.test", 143))
    t.equal(place(done.json["outgoing"]), ("submission", "smtp.cyrus-starttls.test", 587))


def test_pop3(t):
    mark = LAB.mark()
    done = verify(t, "jan@cyrus-poponly.test")
    expect(t, done, "works")
    t.equal(place(done.json["incoming"]), ("pop3s", "pop3.cyrus-poponly.test", 995))
    t.equal(LAB.presentations(mark), [("pop3", "PLAIN"), ("smtp", "PLAIN")])


def test_wrong_password(t):
    for domain, service in (("cyrus", "imap"), ("cyrus-starttls", "imap"),
                            ("cyrus-poponly", "pop3"), ("cyrus-login", "imap"),
                            ("cyrus-cram", "imap"), ("cyrus-scram", "imap")):
        mark = LAB.mark()
        done = verify(t, f"jan@{domain}.test", password=WRONG)
        t.equal(done.json["outcome"], "bad-credentials", f"{domain}: {done.out}")
        t.equal(sum(done.json["password_presentations"].values()), 1, domain)
        # One presentation, and the outgoing server never saw it.
        t.equal([seen for seen, _ in LAB.presentations(mark)], [service], domain)
        t.equal(LAB.logins(mark), [], domain)


def test_unknown_user(t):
    mark = LAB.mark()
    expect(t, verify(t, "nobody@cyrus.test"), "bad-credentials")
    t.equal(LAB.presentations(mark), [("imap", "PLAIN")])


def test_wrong_password_for_sending_alone(t):
    """Cyrus would have refused it first, so Exim is asked with a password of its own."""
    for out in ("submissions", "submission"):
        mark = LAB.mark()
        session = t.session(lab=LAB)
        done = session.cli("verify", "jan@cyrus.test", "--password-stdin", "--json",
                           "--in", "imaps:imap.cyrus.test", "--out", f"{out}:smtp.cyrus.test",
                           "--outgoing-password-stdin", password=JAN, outgoing_password=WRONG)
        t.equal(done.json and done.json["outgoing"]["outcome"], "bad-credentials", done.err)
        t.equal(LAB.presentations(mark), [("imap", "PLAIN"), ("smtp", "PLAIN")])


def test_sender_refused(t):
    done = verify(t, "jan@cyrus-sender.test")
    expect(t, done, "sender-not-allowed")
    t.equal((done.json["outgoing"]["stage"], done.json["outgoing"]["outcome"]),
            ("sender", "sender-not-allowed"))
    t.equal(done.json["incoming"]["outcome"], "works")


def test_mechanisms(t):
    """The password itself goes first, by SASL or by LOGIN and USER, which Cyrus always has; USER
    only after a SCRAM that is offered without any mechanism that takes the password."""
    for domain, mechanisms, outgoing in (
            ("cyrus-login", ("LOGIN", "LOGIN"), "LOGIN"),
            ("cyrus-cram", ("password-command", "password-command"), "CRAM-MD5"),
            ("cyrus-scram", ("password-command", "SCRAM-SHA-256"), "SCRAM-SHA-256")):
        for user, password in mwtest.PASSWORDS.items():
            for service, incoming in zip(("imaps", "pop3s"), mechanisms):
                mark = LAB.mark()
                done = verify(t, f"{user}@{domain}.test", "--in", f"{service}:mail.{domain}.test",
                              "--out", f"submissions:mail.{domain}.test", password=password)
                expect(t, done, "works")
                t.equal([done.json[side]["auth"] for side in ("incoming", "outgoing")],
                        [incoming, outgoing])
                seen = "plaintext" if incoming == "password-command" else incoming
                t.equal(LAB.presentations(mark), [(service[:-1], seen), ("smtp", outgoing)])


def test_scram_with_a_pin(t):
    """Where only the pin vouches for the server, it does not get the password itself."""
    for service, port in (("imaps", 993), ("pop3s", 995)):
        servers = ("--in", f"{service}:mail.cyrus.test", "--out", "submissions:mail.cyrus.test")
        done = verify(t, "jan@cyrus.test", *servers, no_ca=True)
        expect(t, done, "cert-unknown-ca")
        digest = done.json["incoming"]["tls"]["certificate"]["sha256"]
        pins = ("--pin", f"{digest}@mail.cyrus.test:{port}",
                "--pin", f"{digest}@mail.cyrus.test:465")
        for user, password in mwtest.PASSWORDS.items():
            mark = LAB.mark()
            done = verify(t, f"{user}@cyrus.test", *servers, *pins, password=password, no_ca=True)
            expect(t, done, "works")
            t.equal(LAB.presentations(mark),
                    [(service[:-1], "SCRAM-SHA-256"), ("smtp", "SCRAM-SHA-256")])
        done = verify(t, "jan@cyrus.test", *servers, *pins, password=WRONG, no_ca=True)
        expect(t, done, "bad-credentials")


def test_wire_never_shows_the_password(t):
    wire = LAB.wire()
    t.true(len(wire) > 10000, "there is no capture")
    for password in (*mwtest.PASSWORDS.values(), WRONG):
        t.absent(password, "a packet", wire)


def test_no_log_shows_the_password(t):
    for log in ("cyrus", "exim"):
        for password in (*mwtest.PASSWORDS.values(), WRONG):
            t.absent(password, log, LAB.read(log).encode())


LAB = CyrusLab("--capture", "--family", "cyrus")
mwtest.main(globals())
