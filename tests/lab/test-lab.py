#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""The lab itself: what the other tests take for granted about it."""

import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
import mwtest  # noqa: E402

# Runs in the lab; says how each protocol of a host answered, one word each.
CLIENT = r"""
import base64, imaplib, poplib, smtplib, socket, ssl, sys
host, user, password = sys.argv[1], sys.argv[2], sys.stdin.readline().rstrip("\n")
socket.setdefaulttimeout(float(sys.argv[3]))
tls = ssl.create_default_context()
plain = f"\0{user}\0{password}".encode()
def imap(c):
    c.authenticate("PLAIN", lambda _: plain)
    return "in" if c.select("INBOX", readonly=True)[1] == [b"3"] else "empty"
def pop(c):
    c._shortcmd("AUTH PLAIN " + base64.b64encode(plain).decode())
    return "in" if c.stat()[0] == 3 else "empty"
def smtp(c):
    c.ehlo()
    if c.docmd("AUTH", "PLAIN " + base64.b64encode(plain).decode())[0] != 235: return "auth"
    c.mail(user)
    return "in" if c.rcpt(user)[0] == 250 else "sender"
def starttls(c):
    c.starttls(ssl_context=tls) if isinstance(c, imaplib.IMAP4) else c.stls(tls) \
        if isinstance(c, poplib.POP3) else c.starttls(context=tls)
    return c
for port, do in ((993, lambda: imap(imaplib.IMAP4_SSL(host, 993, ssl_context=tls))),
                 (143, lambda: imap(starttls(imaplib.IMAP4(host, 143)))),
                 (995, lambda: pop(poplib.POP3_SSL(host, 995, context=tls))),
                 (110, lambda: pop(starttls(poplib.POP3(host, 110)))),
                 (465, lambda: smtp(smtplib.SMTP_SSL(host, 465, context=tls))),
                 (587, lambda: smtp(starttls(smtplib.SMTP(host, 587))))):
    try: said = do()
    except ConnectionRefusedError: said = "refused"
    except ssl.SSLCertVerificationError: said = "certificate"
    except ssl.SSLError: said = "no-tls"
    except smtplib.SMTPServerDisconnected: said = "silent"
    except TimeoutError: said = "silent"
    except socket.gaierror: said = "no-name"
    except Exception as error: said = "no-starttls" if "TLS" in str(error).upper() \
        or "Command not permitted" in str(error) else type(error).__name__
    print(f"{port}={said}")
"""


def ask(t, host, user, password=None, patience=3):
    session = t.session(lab=LAB)
    done = session.run("/usr/bin/python3", "-c", CLIENT, host, user, str(patience),
                       input=(password or mwtest.PASSWORDS["jan"]) + "\n", check=True)
    return {int(line[:3]): line[4:] for line in done.stdout.splitlines()}


def every(answer):
    return dict.fromkeys((993, 143, 995, 110, 465, 587), answer)


def test_everything_fine(t):
    mark = LAB.mark()
    t.equal(ask(t, "imap.example.test", "jan@example.test"), every("in"))
    services = [login[0] for login in LAB.logins(mark)]
    t.equal(sorted(services), ["imap", "imap", "pop3", "pop3", "smtp", "smtp"])
    t.equal(len(LAB.presentations(mark)), 6)


def test_other_users(t):
    for user, password in mwtest.PASSWORDS.items():
        t.equal(ask(t, "mail.srvinside.test", f"{user}@srvinside.test", password), every("in"))


def test_starttls_only(t):
    t.equal(ask(t, "mail.starttls.test", "jan@starttls.test"),
            {993: "refused", 143: "in", 995: "refused", 110: "in", 465: "refused", 587: "in"})


def test_bad_certificates(t):
    for domain in ("wrongname", "expired", "notyet", "selfsigned", "unknownca", "purpose"):
        t.equal(ask(t, f"mail.{domain}.test", f"jan@{domain}.test"), every("certificate"), domain)


def test_refused_and_silent(t):
    t.equal(ask(t, "mail.refused.test", "jan@refused.test"), every("refused"))
    t.equal(ask(t, "mail.silent.test", "jan@silent.test", patience=0.3), every("silent"))
    t.equal(ask(t, "mail.dropped.test", "jan@dropped.test", patience=1),
            every("in") | {993: "silent"})
    t.equal(ask(t, "mail.nowhere.test", "jan@nowhere.test"), every("no-name"))


def test_wrong_modes(t):
    t.equal(ask(t, "mail.swapped.test", "jan@swapped.test", patience=0.5),
            {993: "no-tls", 143: "silent", 995: "no-tls", 110: "silent",
             465: "no-tls", 587: "silent"})
    answers = ask(t, "mail.nostarttls.test", "jan@nostarttls.test")
    t.equal([answers[port] for port in (143, 110, 587)], ["no-starttls"] * 3)


def test_sender_refused(t):
    answers = ask(t, "mail.sender.test", "jan@sender.test")
    t.equal((answers[993], answers[465], answers[587]), ("in", "sender", "sender"))


def test_private_address(t):
    t.equal(ask(t, "mail.private.test", "jan@private.test"), every("in"))


def test_two_labs_leave_nothing(t):
    first, second = mwtest.Lab(), mwtest.Lab("--delay", "5")
    first.up()
    second.up()
    t.true(first.state != second.state)
    t.equal(second.mark().keys(), first.mark().keys())
    for lab in (first, second):
        state = lab.state
        inside = subprocess.run(lab.argv(["readlink", "/proc/self/ns/net"]), capture_output=True,
                                text=True, check=True).stdout.strip()
        lab.down()
        t.true(not os.path.exists(state), f"{state} is still there")
        for name in os.listdir("/proc"):
            try:
                space = os.readlink(f"/proc/{name}/ns/net") if name.isdigit() else ""
            except OSError:
                continue
            t.true(space != inside, f"process {name} is still in the lab")
        with open("/proc/self/mounts") as f:
            t.true(state not in f.read(), "something is still mounted")


LAB = mwtest.Lab()
mwtest.main(globals())
