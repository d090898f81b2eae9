#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Known providers against real servers: our list, and how far others' lists are trusted."""

import configparser
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
import mwtest  # noqa: E402

JAN = mwtest.PASSWORDS["jan"]

# nobody.test has no servers; mxelsewhere.test has its mail taken at mx.hosting.test.
ELSEWHERE = """[elsewhere]
Name=Elsewhere
Grade=A
Domains=nobody.test;
Imap=imap.example.test:993:tls;
Smtp=smtp.example.test:465:tls;
UserName={local}@example.test;
Steps=enable-imap;
Help=https://example.test/help
Source=me;
"""
BY_MX = """[hosting]
Name=Hosting
Mx=hosting.test;
Imap=mail.hosting.test:993:tls;
Smtp=mail.hosting.test:465:tls;
"""


def provide(t, keyring=False, **files):
    session = t.session(lab=LAB, bus=keyring, keyring=keyring)
    folder = os.path.join(session.env["XDG_CONFIG_HOME"], "mailwright", "providers.d")
    os.makedirs(folder)
    for name, text in files.items():
        with open(os.path.join(folder, name + ".keyfile"), "w", encoding="utf-8") as file:
            file.write(text)
    return session


def verify(session, address, *more, password=JAN):
    return session.cli("verify", address, "--password-stdin", "--json", *more, password=password)


def drive(t, text, address):
    """What a check comes to if the text were Mailwright's own list."""
    path = os.path.join(mwtest.BUILD, "tests", "lab", "provider-driver")
    mwtest.need(path)
    session = t.session(lab=LAB)
    name = os.path.join(session.directory, "list.keyfile")
    with open(name, "w", encoding="utf-8") as file:
        file.write(text)
    return session.run(path, name, address, input=JAN + "\n", check=True).stdout.strip()


def source(done, name):
    return next(source for source in done.json["sources"] if source["name"] == name)


def test_own_list_is_asked_about(t):
    """It may name any host, so it gets no password without a yes, whatever its own grade."""
    session = provide(t, elsewhere=ELSEWHERE)
    mark = LAB.mark()
    done = verify(session, "jan@nobody.test", "--receive-only")
    t.equal((done.code, done.json["outcome"]), (1, "consent-needed"), done.err)
    t.equal(done.json["consent_hosts"], ["imap.example.test"])
    t.equal(LAB.presentations(mark), [])
    t.equal((source(done, "provider")["outcome"], source(done, "provider")["detail"]),
            ("found", "Elsewhere"))

    done = verify(session, "jan@nobody.test", "--receive-only", "--allow-host",
                  "imap.example.test")
    t.equal((done.code, done.json["outcome"]), (0, "works"), done.err)
    incoming = done.json["incoming"]
    t.equal((incoming["grade"], incoming["sources"], incoming["user"]),
            ("D", ["provider"], "jan@example.test"))
    # The page of an unconfirmed entry is nobody's page.
    t.equal([(hint["kind"], hint["uri"]) for hint in done.json["hints"]], [("enable-imap", None)])
    t.contains(done.json["hints"][0]["text"], "Elsewhere")


def check_exchanger(t, done, what):
    """Its settings documents are spoken of after it."""
    row = source(done, "mx")
    t.equal((row["outcome"], row["detail"].partition(";")[0]),
            ("found", f"mx.hosting.test: {what}"))


def test_mail_exchanger(t):
    session = provide(t, hosting=BY_MX)
    mark = LAB.mark()
    done = verify(session, "jan@mxelsewhere.test")
    t.equal(done.json["outcome"], "consent-needed", done.err)
    t.equal(LAB.presentations(mark), [])
    check_exchanger(t, done, "Hosting")
    probe = next(probe for probe in done.json["probes"]
                 if (probe["host"], probe["service"]) == ("mail.hosting.test", "imaps"))
    t.equal((probe["grade"], probe["sources"]), ("D", ["mx"]))


def test_mail_exchanger_of_nobody(t):
    done = verify(t.session(lab=LAB), "jan@mxelsewhere.test")
    check_exchanger(t, done, "usual names of hosting.test")


def test_broken_list_loses_nothing(t):
    session = provide(t, a="this is no key file", b=ELSEWHERE + "[broken]\nName=Broken\nGrade=A\n"
                      "Domains=Not A Domain;\n")
    done = verify(session, "jan@nobody.test", "--receive-only", "--allow-host",
                  "imap.example.test")
    t.equal((done.code, done.json["outcome"]), (0, "works"), done.err)
    warnings = [line for line in done.err.splitlines() if "Cannot use all of" in line]
    t.equal(len(warnings), 2, done.err)
    t.contains(warnings[0], "a.keyfile")
    t.contains(warnings[1], "b.keyfile: [broken] Domains")


def test_own_list_does_not_replace_ours(t):
    """Who writes there cannot take a known domain over."""
    session = provide(t, evil=ELSEWHERE.replace("nobody.test", "gmail.com"))
    mark = LAB.mark()
    done = verify(session, "jan@gmail.com")
    t.true(done.code == 1, "works")
    t.equal(LAB.presentations(mark), [])
    t.equal(source(done, "provider")["detail"], "Gmail, Elsewhere")
    grades = {probe["host"]: probe["grade"] for probe in done.json["probes"]
              if probe["service"] == "imaps" and "provider" in probe["sources"]}
    t.equal(grades, {"imap.gmail.com": "A", "imap.example.test": "D"})


def test_our_list_needs_no_yes(t):
    """Only the whole of it: a domain, a grade, a host that are sure."""
    mark = LAB.mark()
    t.equal(drive(t, ELSEWHERE, "jan@nobody.test"), "works A imap.example.test")
    t.equal([service for service, _, _ in LAB.presentations(mark)], ["imap"])

    mark = LAB.mark()
    for weaker in (ELSEWHERE.replace("Grade=A", "Grade=C"),
                   ELSEWHERE.replace("Domains=", "DomainCandidates="),
                   ELSEWHERE.replace("Imap=", "ImapCandidates=")):
        t.equal(drive(t, weaker, "jan@nobody.test"),
                "consent-needed D imap.example.test ?imap.example.test")
    t.equal(LAB.presentations(mark), [])


def test_our_list_by_mail_exchanger(t):
    ours = BY_MX.replace("[hosting]\n", "[hosting]\nGrade=A\nSource=us;\n") \
                .replace("mail.hosting.test", "imap.example.test") \
                + "UserName={local}@example.test;\n"
    t.equal(drive(t, ours, "jan@mxelsewhere.test"), "works A imap.example.test")

    mark = LAB.mark()
    for weaker in (ours.replace("Mx=", "MxCandidates="), ours.replace("Grade=A", "Grade=D")):
        t.contains(drive(t, weaker, "jan@mxelsewhere.test"), "consent-needed")
    # The second product behind the same exchanger.
    second = "[first]\nName=First\nGrade=A\nMx=hosting.test;\nSource=us;\n" + ours
    t.contains(drive(t, second, "jan@mxelsewhere.test"), "consent-needed")
    t.equal(LAB.presentations(mark), [])


def test_how_often_pop_may_be_asked(t):
    """What a provider is known to allow is kept with the account."""
    rare = """[rare]
Name=Rare
Domains=poponly.test;
Pop3=pop3.poponly.test:995:tls;
Smtp=smtp.poponly.test:465:tls;
PopMinutes=15
"""
    for text, minutes in ((rare, "15"), (rare.replace("PopMinutes=15", ""), None)):
        session = provide(t, keyring=True, rare=text)
        done = session.cli("add", "jan@poponly.test", "--password-stdin", "--json",
                           "--allow-host", "pop3.poponly.test", "--allow-host",
                           "smtp.poponly.test", password=JAN)
        t.equal((done.code, done.json["verification"]["incoming"]["service"]), (0, "pop3s"),
                done.err)
        account = configparser.RawConfigParser()
        account.optionxform = str
        account.read(os.path.join(session.env["XDG_DATA_HOME"], "mailwright", "accounts",
                                  done.json["account"] + ".account"))
        t.equal(account["Pop"].get("Minutes"), minutes)


def test_browser_sign_in_gets_no_password(t):
    mark = LAB.mark()
    only = ELSEWHERE.replace("Steps=enable-imap", "Auth=oauth2;\nSteps=browser-sign-in")
    t.equal(drive(t, only, "jan@nobody.test"), "need-oauth A imap.example.test")
    t.equal(LAB.presentations(mark), [])


def test_hints_without_a_network(t):
    done = t.session(lab=LAB).cli("verify", "jan@gmail.com", "--no-login", "--json")
    hint, = done.json["hints"]
    t.equal(hint["kind"], "app-password")
    t.true(hint["uri"].startswith("https://support.google.com/"), hint["uri"])
    t.contains(hint["text"], "Gmail")

    done = t.session(lab=LAB).cli("verify", "jan@tuta.io", "--no-login")
    t.contains(done.out, "Tuta lets no mail programs in")
    done = t.session(lab=LAB).cli("verify", "jan@example.test", "--no-login", "--json")
    t.equal(done.json["hints"], [])


LAB = mwtest.Lab()
mwtest.main(globals())
