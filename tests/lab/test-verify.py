#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""mailwright-cli verify against real servers, good ones and bad ones."""

import os
import re
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
import mwtest  # noqa: E402
import sites  # noqa: E402

JAN = mwtest.PASSWORDS["jan"]
WRONG = JAN + "x"

VERIFY_KEYS = {"address", "outcome", "message", "advice", "incoming", "outgoing", "probes",
               "sources", "password_presentations", "elapsed_ms"}
PROBE_KEYS = {"service", "host", "port", "security", "sources", "grade", "address", "user", "stage",
              "outcome", "server_text", "auth", "auth_offered", "capabilities", "notes", "folders",
              "tls", "elapsed_ms"}
TLS_KEYS = {"version", "cipher", "trusted", "problems", "certificate"}
CERTIFICATE_KEYS = {"subject", "names", "issuer", "not_before", "not_after", "sha256"}
SOURCE_KEYS = {"name", "grade", "outcome", "detail", "elapsed_ms"}


def verify(t, address, *more, password=JAN, **kwargs):
    session = t.session(lab=LAB)
    return session.cli("verify", address, "--password-stdin", "--json", *more, password=password,
                       **kwargs)


def expect(t, done, outcome, code=None):
    t.equal(done.json and done.json["outcome"], outcome, done.err or "outcome")
    t.equal(done.code, (0 if outcome == "works" else 1) if code is None else code, "exit code")


def place(probe):
    return probe and (probe["service"], probe["host"], probe["port"])


def test_right_password(t):
    mark = LAB.mark()
    done = verify(t, "jan@example.test")
    expect(t, done, "works")
    t.equal(place(done.json["incoming"]), ("imaps", "imap.example.test", 993))
    t.equal(place(done.json["outgoing"]), ("submissions", "smtp.example.test", 465))
    t.equal(done.json["password_presentations"],
            {"imap.example.test:imap": 1, "smtp.example.test:smtp": 1})
    # What it says is what the servers saw.
    t.equal([(service, mechanism) for service, mechanism, _ in LAB.presentations(mark)],
            [("imap", "PLAIN"), ("smtp", "PLAIN")])
    t.equal(sorted(login[0] for login in LAB.logins(mark)), ["imap", "smtp"])


def test_json_is_the_contract(t):
    done = verify(t, "jan@example.test").json
    t.true(VERIFY_KEYS <= done.keys(), f"missing {VERIFY_KEYS - done.keys()}")
    for probe in [done["incoming"], done["outgoing"], *done["probes"]]:
        t.true(PROBE_KEYS <= probe.keys(), f"missing {PROBE_KEYS - probe.keys()}")
        t.true({"resolve", "connect", "tls", "greeting", "auth", "total"}
               <= probe["elapsed_ms"].keys(), "elapsed_ms")
    t.true({"title", "text", "action", "uri"} <= done["advice"].keys(), "advice")
    for probe in (done["incoming"], done["outgoing"]):
        t.true(TLS_KEYS <= probe["tls"].keys(), "tls")
        t.true(CERTIFICATE_KEYS <= probe["tls"]["certificate"].keys(), "certificate")
        t.equal((probe["stage"], probe["outcome"], probe["auth"], probe["user"]),
                ("done", "works", "PLAIN", "jan@example.test"))
        t.equal(probe["tls"]["version"], "TLS1.3")
    for source in done["sources"]:
        t.true(SOURCE_KEYS <= source.keys(), "source")


def test_every_name_is_asked_once(t):
    mark = LAB.mark()
    verify(t, "jan@example.test")
    questions = LAB.questions(mark)
    t.true(questions, "no questions at all")
    t.equal(sorted(questions), sorted(set(questions)), "questions")


def test_no_message_is_sent(t):
    mark = LAB.mark()
    verify(t, "jan@example.test")
    t.true("cleanup" not in "\n".join(LAB.lines("postfix", mark)), "a message was queued")
    # Mail is proved readable without being touched.
    t.true("SELECT finished" not in "\n".join(LAB.lines("dovecot", mark)), "SELECT was used")


def test_other_passwords(t):
    for user, password in mwtest.PASSWORDS.items():
        expect(t, verify(t, f"{user}@example.test", password=password), "works")


def test_folders(t):
    usual = {use: use for use in ("Sent", "Drafts", "Trash", "Junk", "Archive")}
    for user in ("jan", *sites.FOLDERS):
        done = verify(t, f"{user}@example.test", password=mwtest.PASSWORDS[user])
        names = sites.FOLDERS.get(user, usual)
        t.equal(done.json["incoming"]["folders"],
                {use.lower(): name for use, name in names.items()}
                | {"delimiter": ".", "prefix": ""}, user)
        t.equal(done.json["incoming"]["notes"], [], user)
        t.equal(done.json["outgoing"]["folders"], None)
    t.equal(verify(t, "jan@poponly.test").json["incoming"]["folders"], None)


def test_saved_folders(t):
    session = t.session(lab=LAB, bus=True, keyring=True)
    done = session.cli("add", "anna@example.test", "--password-stdin", "--json",
                       password=mwtest.PASSWORDS["anna"])
    t.equal(done.code, 0, done.err)
    shown = session.cli("show", "anna@example.test", "--json").json
    t.equal({use.lower(): name for use, name in sites.FOLDERS["anna"].items()}
            | {"delimiter": ".", "prefix": ""}, shown["folders"])


def test_wrong_password(t):
    mark = LAB.mark()
    done = verify(t, "jan@example.test", password=WRONG)
    expect(t, done, "bad-credentials")
    t.equal(done.json["incoming"]["outcome"], "bad-credentials")
    t.equal(done.json["incoming"]["stage"], "auth")
    t.equal(sum(done.json["password_presentations"].values()), 1)
    # One presentation, and the outgoing server never saw it.
    t.equal([service for service, _, _ in LAB.presentations(mark)], ["imap"])
    t.true("sasl" not in "\n".join(LAB.lines("postfix", mark)), "the outgoing server saw AUTH")


def test_wrong_password_pop3(t):
    mark = LAB.mark()
    done = verify(t, "jan@poponly.test", password=WRONG)
    expect(t, done, "bad-credentials")
    t.equal([service for service, _, _ in LAB.presentations(mark)], ["pop3"])


def test_repair_is_named(t):
    """What the window has a button for, the command line names an option for."""
    session = t.session(lab=LAB)
    for address, password, words in (
            ("jan@example.test", WRONG, ("Password or User Name Refused",
                                         "Run the command again with the right password.",
                                         "Likely causes:", "Other User Name", "--user NAME")),
            ("jan@refused.test", JAN, ("Connection Refused", "--in SERVER")),
            ("jan@selfsigned.test", JAN, ("--json shows the certificate", "--in SERVER")),
            ("jan@srvonly.test", JAN, ("--allow-host HOST",)),
            ("jan@purpose.test", JAN, ("Ask your provider",))):
        done = session.cli("verify", address, "--password-stdin", password=password)
        for part in words:
            t.contains(done.out, part)
    causes = verify(t, "jan@example.test", password=WRONG).json["advice"]["causes"]
    t.equal([cause["action"] for cause in causes], ["other-user-name"])


def test_bad_domains(t):
    for domain, outcome in (
            ("wrongname", "cert-name"),
            ("cnonly", "cert-name"),
            ("expired", "cert-expired"),
            ("notyet", "cert-not-yet"),
            ("selfsigned", "cert-self-signed"),
            ("unknownca", "cert-unknown-ca"),
            ("purpose", "cert-purpose"),
            ("refused", "refused"),
            ("nostarttls", "starttls-missing"),
            ("swapped", "wrong-tls-mode"),
            ("silent", "timeout"),
            ("nowhere", "nothing-found")):
        mark = LAB.mark()
        started = time.monotonic()
        done = verify(t, f"jan@{domain}.test")
        t.equal(done.json["outcome"], outcome, domain)
        t.equal(done.code, 1, f"{domain}: exit code")
        t.true(time.monotonic() - started < 12, f"{domain} took too long")
        t.equal(LAB.presentations(mark), [], f"{domain}: presentations")
        t.equal(done.json["password_presentations"], {}, domain)
        t.true(done.json["advice"]["title"] and done.json["advice"]["text"], f"{domain}: no advice")


def test_sender_refused(t):
    done = verify(t, "jan@sender.test")
    expect(t, done, "sender-not-allowed")
    t.equal((done.json["outgoing"]["stage"], done.json["outgoing"]["outcome"]),
            ("sender", "sender-not-allowed"))
    t.equal(done.json["incoming"]["outcome"], "works")


def test_starttls(t):
    done = verify(t, "jan@starttls.test")
    expect(t, done, "works")
    t.equal(place(done.json["incoming"]), ("imap", "imap.starttls.test", 143))
    t.equal(place(done.json["outgoing"]), ("submission", "smtp.starttls.test", 587))
    t.equal(done.json["incoming"]["security"], "starttls")
    t.true(done.json["incoming"]["tls"]["trusted"], "not trusted")


def test_pop3(t):
    done = verify(t, "jan@poponly.test")
    expect(t, done, "works")
    t.equal(place(done.json["incoming"]), ("pop3s", "pop3.poponly.test", 995))


def test_srv_says_no_imap(t):
    done = verify(t, "jan@srvnone.test")
    expect(t, done, "works")
    t.equal(place(done.json["incoming"]), ("pop3s", "pop3.srvnone.test", 995))


def test_srv_inside(t):
    done = verify(t, "jan@srvinside.test")
    expect(t, done, "works")
    t.equal(place(done.json["incoming"]), ("imaps", "mail.srvinside.test", 993))
    t.contains([source["name"] for source in done.json["sources"]
                if source["outcome"] == "found"], "srv")


def test_every_protocol_by_hand(t):
    for service, port in (("imaps", 993), ("imap", 143), ("pop3s", 995), ("pop3", 110)):
        for out, out_port in (("submissions", 465), ("submission", 587)):
            done = verify(t, "jan@example.test", "--in", f"{service}:mail.example.test",
                          "--out", f"{out}:mail.example.test")
            expect(t, done, "works")
            t.equal(place(done.json["incoming"]), (service, "mail.example.test", port))
            t.equal(place(done.json["outgoing"]), (out, "mail.example.test", out_port))
            t.equal(done.json["incoming"]["grade"], "U")


def test_dropped_port(t):
    started = time.monotonic()
    done = verify(t, "jan@dropped.test")
    expect(t, done, "works")
    t.equal(done.json["incoming"]["port"], 143)
    t.true(time.monotonic() - started < 4, "waited for the dropped port")


def test_broken_ipv6(t):
    started = time.monotonic()
    expect(t, verify(t, "jan@brokenv6.test"), "works")
    t.true(time.monotonic() - started < 4, "waited for the address that never answers")


def families(probe):
    return {name: family["outcome"] for name, family in probe["families"].items()}


def test_families(t):
    """What became of each kind of address, and whose fault it is in words."""
    for domain, ipv6, words in (("example", "works", None),
                                ("brokenv6", "timeout", "does not reach"),
                                ("refusedv6", "refused", "IPv6 is broken at"),
                                ("starttls", "dns-nxdomain", None)):
        done = verify(t, f"jan@{domain}.test")
        expect(t, done, "works")
        for side in ("incoming", "outgoing"):
            said = families(done.json[side])
            t.equal(said["ipv6"], ipv6, domain)
            t.equal(said["ipv4"], "not-needed" if ipv6 == "works" else "works", domain)
        plain = t.session(lab=LAB).cli("verify", f"jan@{domain}.test", "--password-stdin",
                                       password=JAN)
        if words:
            t.contains(plain.out, words)
        else:
            t.true("IPv6" not in plain.out, f"{domain}: {plain.out}")


def test_odd_name_servers(t):
    for domain, at_least, less_than in (("drops-a", 0, 2.5), ("drops-aaaa", 0, 2.5),
                                        ("fails-aaaa", 0, 2.5), ("no-aaaa", 0, 2.5),
                                        ("late-names", 3, 6), ("alias-chain", 0, 2.5)):
        started = time.monotonic()
        servers = ("--in", f"imaps:imap.{domain}.test", "--out", f"submissions:smtp.{domain}.test")
        done = verify(t, f"jan@{domain}.test", *servers)
        elapsed = time.monotonic() - started
        expect(t, done, "works")
        t.true(at_least <= elapsed < less_than, f"{domain} took {elapsed:.1f} s")
    done = verify(t, "jan@alias-loop.test", "--in", "imaps:imap.alias-loop.test", "--receive-only")
    t.contains(("dns-fail", "dns-nxdomain"), done.json["outcome"])


def test_swapped_ports(t):
    """Named within seconds, with the way out."""
    for server, words in (("imap:imap.swapped.test:143", "begins with SSL/TLS"),
                          ("imaps:imap.swapped.test:993", "does not begin with SSL/TLS")):
        started = time.monotonic()
        mark = LAB.mark()
        done = verify(t, "jan@swapped.test", "--receive-only", "--in", server)
        expect(t, done, "wrong-tls-mode")
        t.true(time.monotonic() - started < 4.5, f"{server} took too long")
        t.contains(done.json["advice"]["text"], words)
        t.equal(done.json["advice"]["action"], "switch-security")
        t.equal(LAB.presentations(mark), [])
    for server in ("imaps:imap.swapped.test:143", "imap:imap.swapped.test:993"):
        expect(t, verify(t, "jan@swapped.test", "--receive-only", "--in", server), "works")


def test_both_sides_are_told(t):
    done = verify(t, "jan@selfsigned.test", "--in", "imaps:imap.selfsigned.test", "--out",
                  "submission:smtp.nostarttls.test")
    expect(t, done, "cert-self-signed")
    t.equal(done.json["incoming"]["outcome"], "cert-self-signed")
    t.equal(done.json["outgoing"]["outcome"], "starttls-missing")


def test_international_domain(t):
    for address in ("jan@żółw.test", f"jan@{mwtest.IDN}"):
        done = verify(t, address)
        expect(t, done, "works")
        t.equal(done.json["incoming"]["host"], f"imap.{mwtest.IDN}")


def test_receive_only(t):
    done = verify(t, "jan@receiveonly.test", "--receive-only")
    expect(t, done, "works")
    t.equal(done.json["outgoing"], None)


def test_no_login(t):
    mark = LAB.mark()
    done = verify(t, "jan@example.test", "--no-login")
    expect(t, done, "works")
    t.equal(done.json["incoming"]["stage"], "capability")
    t.equal(LAB.presentations(mark), [])


def test_consent(t):
    """Hosts that only DNS vouches for are asked about, by name, before a password goes there."""
    for address, hosts in (("jan@srvonly.test", ["mail.hosting.test"]),
                           ("jan@wildcard.test", ["imap.wildcard.test", "smtp.wildcard.test"]),
                           ("jan@mxelsewhere.test", ["mail.mxelsewhere.test"])):
        mark = LAB.mark()
        done = verify(t, address)
        expect(t, done, "consent-needed")
        said = done.out + done.err
        for host in hosts:
            t.contains(said, host)
        t.equal(LAB.presentations(mark), [], address)

        allowed = [word for host in hosts for word in ("--allow-host", host)]
        done = verify(t, address, *allowed)
        expect(t, done, "works")
        used = {done.json[side]["host"] for side in ("incoming", "outgoing")}
        t.true(used <= set(hosts), f"used {used}")


def test_consent_for_the_wrong_host(t):
    mark = LAB.mark()
    expect(t, verify(t, "jan@srvonly.test", "--allow-host", "mail.example.test"), "consent-needed")
    t.equal(LAB.presentations(mark), [])


def test_srv_name_in_the_certificate(t):
    """A certificate that carries the SRV name of the domain answers the question."""
    done = verify(t, "jan@srvid.test")
    expect(t, done, "works")
    t.equal(done.json["incoming"]["host"], "mail.hosting-id.test")


def test_clear_text_needs_a_second_yes(t):
    """Outside the own network; inside it typing the server is enough."""
    server = ("--receive-only", "--in", "imap+plain:imap.nostarttls.test")
    mark = LAB.mark()
    done = verify(t, "jan@nostarttls.test", *server)
    expect(t, done, "consent-needed")
    t.equal(done.json["consent_hosts"], ["imap.nostarttls.test"])
    t.contains(done.json["advice"]["text"], "not encrypted")
    t.equal(LAB.presentations(mark), [])

    expect(t, verify(t, "jan@nostarttls.test", *server, "--allow-host", "imap.nostarttls.test"),
           "works")
    expect(t, verify(t, "jan@private.test", "--receive-only", "--in",
                     "imap+plain:imap.private.test"), "works")


def test_private_address_is_not_dialled(t):
    before = len(LAB.dialled())
    done = verify(t, "jan@private.test")
    expect(t, done, "consent-needed")
    t.equal([to for to in LAB.dialled()[before:] if to[0].startswith("10.")], [])
    for host in ("imap.private.test", "smtp.private.test"):
        t.contains(done.out + done.err, host)

    done = verify(t, "jan@private.test", "--allow-host", "imap.private.test",
                  "--allow-host", "smtp.private.test")
    expect(t, done, "works")
    t.true(("10.20.30.40", 993) in LAB.dialled(), "not dialled after the yes")


LISTENER = """
import select, socket
ends = []
for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
    for port in (993, 143, 995, 110, 465, 587):
        end = socket.socket(family)
        end.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        end.bind((address, port))
        end.listen()
        ends.append(end)
print("listening", flush=True)
while True:
    for end in select.select(ends, (), ())[0]:
        print("dialled", end.accept()[0].getsockname(), flush=True)
"""


def test_loopback_is_not_dialled(t):
    session = t.session(lab=LAB)
    session.spawn("/usr/bin/python3", "-c", LISTENER, name="listener")
    mwtest.wait_for(lambda: "listening" in session.log("listener"), what="the listener")
    done = verify(t, "jan@loopback.test")
    expect(t, done, "consent-needed")
    t.true("dialled" not in session.log("listener"), "loop-back was dialled")
    # The listener does see those who come.
    verify(t, "jan@loopback.test", "--in", "imaps:imap.loopback.test", "--timeout", "2",
           "--receive-only")
    t.contains(session.log("listener"), "dialled")


def test_own_trust(t):
    """Without the system's trust the CA is unknown, and --ca-file makes it known."""
    session = t.session()
    arguments = (mwtest.program("mailwright-cli"), "verify", "jan@example.test",
                 "--password-stdin", "--json")
    session.argv = lambda argv: LAB.argv(argv, no_ca=True)
    done = session.run(*arguments, input=JAN + "\n")
    t.equal(done.returncode, 1)
    t.contains(done.stdout, "cert-unknown-ca")
    done = session.run(*arguments, "--ca-file", LAB.env["MW_LAB_CA"], input=JAN + "\n")
    t.equal(done.returncode, 0)


def test_pin(t):
    servers = ("--in", "imaps:imap.selfsigned.test", "--out", "submissions:smtp.selfsigned.test")
    done = verify(t, "jan@selfsigned.test", *servers)
    expect(t, done, "cert-self-signed")
    digest = done.json["incoming"]["tls"]["certificate"]["sha256"]
    pins = ("--pin", f"{digest}@imap.selfsigned.test:993",
            "--pin", f"{digest}@smtp.selfsigned.test:465")
    done = verify(t, "jan@selfsigned.test", *servers, *pins)
    expect(t, done, "works")
    t.true(done.json["incoming"]["tls"]["pinned"], "the pin was not what it hung on")
    mark = LAB.mark()
    other = pins[1].replace(digest, "0" * 64)
    expect(t, verify(t, "jan@selfsigned.test", *servers, "--pin", other), "cert-pin-changed")
    t.equal(LAB.presentations(mark), [])


def test_pin_is_named(t):
    """Ready to be pasted, and only where a certificate may be accepted at all."""
    session = t.session(lab=LAB)

    def ask(address, *more):
        return session.cli("verify", address, "--password-stdin", *more, password=JAN)

    servers = ("--in", "imaps:imap.selfsigned.test", "--out", "submissions:smtp.selfsigned.test")
    done = ask("jan@selfsigned.test", *servers)
    t.equal(done.code, 1)
    pins = re.findall(r"^  (--pin) ([0-9a-f]{64}@\S+)$", done.out, re.MULTILINE)
    t.equal([pin.partition("@")[2] for _, pin in pins],
            ["imap.selfsigned.test:993", "smtp.selfsigned.test:465"])
    t.equal(ask("jan@selfsigned.test", *servers, *(word for pin in pins for word in pin)).code, 0)
    # Found by Mailwright, of another purpose, or no certificate at all.
    for words in (("jan@selfsigned.test",), ("jan@purpose.test",), ("jan@refused.test",)):
        t.true("--pin" not in ask(*words).out, f"{words}: a pin is offered")


def test_good_certificate_needs_no_pin(t):
    server = ("--in", "imaps:imap.example.test", "--receive-only")
    digest = verify(t, "jan@example.test", *server).json["incoming"]["tls"]["certificate"]["sha256"]
    done = verify(t, "jan@example.test", *server, "--pin", f"{digest}@imap.example.test:993")
    expect(t, done, "works")
    t.equal(done.json["incoming"]["tls"]["pinned"], False)


def test_usage(t):
    session = t.session(lab=LAB)
    for words in (("jan",), ("jan@",), ("@example.test",), ("jan@a@example.test",), ("jan@a..b",),
                  ("jan@example.test", "--in", "telnet:example.test"),
                  ("jan@example.test", "--what"), ()):
        done = session.cli("verify", "--password-stdin", *words, password=JAN)
        t.equal(done.code, 2, f"exit code for {words}")
        t.equal(done.out, "", "stdout")
        t.contains(done.err, "mailwright-cli: ")
    done = session.cli("verify", "jan@example.test", "--password-stdin", password="")
    t.equal(done.code, 2, "exit code for an empty password")


def test_nothing_leaks_into_output_or_files(t):
    """Not by --verbose, not by the variables that make libraries talk, not into the home."""
    session = t.session(lab=LAB)
    keys = os.path.join(session.home, "keys")
    talkative = {"SSLKEYLOGFILE": keys, "GNUTLS_DEBUG_LEVEL": "9", "G_MESSAGES_DEBUG": "all",
                 "G_DBUS_DEBUG": "all"}
    for password in (JAN, WRONG):
        for more in ((), ("--json",)):
            done = session.cli("verify", "jan@example.test", "--password-stdin", "--verbose", *more,
                               password=password, env=talkative)
            t.absent(password, "the output", (done.out + done.err).encode())
    t.true(not os.path.exists(keys), "TLS keys were written")
    for folder, _, files in os.walk(session.home):
        for name in files:
            with open(os.path.join(folder, name), "rb") as f:
                t.absent(JAN, name, f.read())


def test_no_leak_under_the_sanitizer(t):
    binary = mwtest.sanitized("mailwright-cli")
    for address, password, outcome in (("jan@example.test", JAN, "works"),
                                       ("jan@example.test", WRONG, "bad-credentials"),
                                       ("jan@starttls.test", JAN, "works"),
                                       ("jan@expired.test", JAN, "cert-expired"),
                                       ("jan@poponly.test", JAN, "works"),
                                       ("jan@srvonly.test", JAN, "consent-needed")):
        done = verify(t, address, password=password, binary=binary,
                      env={"ASAN_OPTIONS": "detect_leaks=1", "G_SLICE": "always-malloc"})
        t.true("Sanitizer" not in done.err and "runtime error" not in done.err, done.err[-6000:])
        expect(t, done, outcome)


def test_no_leak_under_valgrind(t):
    mwtest.need("valgrind")
    wrapper = ("valgrind", "--quiet", "--leak-check=full", "--errors-for-leak-kinds=definite",
               "--show-leak-kinds=definite", "--error-exitcode=99",
               f"--suppressions={mwtest.TESTS}/support/valgrind.supp")
    done = verify(t, "jan@example.test", wrapper=wrapper, env={"G_SLICE": "always-malloc"})
    t.true(done.code != 99, done.err[-6000:])
    expect(t, done, "works")


def test_wire_never_shows_the_password(t):
    """All that the tests above have sent, with the right password and the wrong one."""
    verify(t, "jan@example.test")
    wire = LAB.wire()
    t.true(len(wire) > 10000, "there is no capture")
    t.contains(wire, b"STARTTLS")
    t.absent(JAN, "a packet", wire)
    t.absent(WRONG, "a packet", wire)
    for _, password in mwtest.PASSWORDS.items():
        t.absent(password, "a packet", wire)
    # Searching must be able to find: what was sent in clear is there.
    t.true(re.search(rb"EHLO \[", wire), "no greeting found in the capture")


LAB = mwtest.Lab("--capture")
mwtest.main(globals())
