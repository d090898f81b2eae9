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


def test_guesses_by_mail_exchanger(t):
    """Dialled, but nothing is sent there before a question."""
    mark = LAB.mark()
    done = verify(t, "jan@mxhosted.test")
    expect(t, done, "consent-needed")
    t.contains(done.json["advice"]["text"], "kept at mail.hosting.test,")
    t.equal(LAB.presentations(mark), [])
    done = verify(t, "jan@mxhosted.test", "--allow-host", "mail.hosting.test")
    expect(t, done, "works")
    t.equal([(done.json[side]["host"], done.json[side]["grade"], done.json[side]["sources"])
             for side in ("incoming", "outgoing")], [("mail.hosting.test", "D", ["mx"])] * 2)
    row = next(source for source in done.json["sources"] if source["name"] == "mx")
    t.equal((row["grade"], row["detail"].partition(";")[0]),
            ("D", "mx.hosting.test: usual names of hosting.test"))

    # Only names that exist are finds.
    found = t.session(lab=LAB).cli("discover", "jan@mxhosted.test", "--json").json["candidates"]
    t.equal({candidate["host"] for candidate in found}, {"mail.hosting.test", "mx.hosting.test"})


def test_domain_above(t):
    """Its servers are tried where an MX record says so, and asked about."""
    mark = LAB.mark()
    done = verify(t, "jan@dept.example.test")
    expect(t, done, "consent-needed")
    t.contains(done.json["advice"]["text"], "kept at imap.example.test, smtp.example.test,")
    t.equal(LAB.presentations(mark), [])
    done = verify(t, "jan@dept.example.test", "--allow-host", "imap.example.test",
                  "--allow-host", "smtp.example.test")
    expect(t, done, "works")

    mark = LAB.mark()
    done = verify(t, "jan@quiet.example.test")
    expect(t, done, "nothing-found")
    # Its settings may be asked for, its mail servers are nobody's business.
    strangers = {name for _, name in LAB.questions(mark) if name != "v1.ispdb.net"
                 and not name.endswith("quiet.example.test")}
    t.equal(strangers, {"autoconfig.example.test", "example.test"})


def test_document_of_domain_above(t):
    """It counts where it names the domain, and needs a yes then."""
    done = verify(t, "jan@campus.test")
    expect(t, done, "works")
    t.equal(done.json["incoming"]["grade"], "B")

    mark = LAB.mark()
    done = verify(t, "jan@law.campus.test")
    expect(t, done, "consent-needed")
    t.equal(LAB.presentations(mark), [])
    done = verify(t, "jan@law.campus.test", "--allow-host", "mail.hosting.test")
    expect(t, done, "works")
    t.equal((done.json["incoming"]["grade"], done.json["incoming"]["sources"]),
            ("D", ["autoconfig"]))

    done = verify(t, "jan@arts.campus.test", "--allow-host", "mail.hosting.test")
    expect(t, done, "nothing-found")
    row = next(source for source in done.json["sources"] if source["name"] == "autoconfig")
    t.contains(row["detail"], "autoconfig.campus.test: does not name the domain")


def test_each_question_once(t):
    """However many sources want the answer; both families count."""
    for command in ("discover", "verify"):
        for domain, most in (("example.test", 34), ("srvonly.test", 36), ("mxhosted.test", 44),
                             ("auto.test", 36), ("nothing.test", 34)):
            mark = LAB.mark()
            more = ["--password-stdin"] if command == "verify" else []
            done = t.session(lab=LAB).cli(command, f"jan@{domain}", "--json", *more,
                                          password=JAN if more else None)
            t.true(done.json is not None, done.err)
            asked = LAB.questions(mark)
            twice = sorted({question for question in asked if asked.count(question) > 1})
            t.equal(twice, [], f"{command} {domain} asked twice")
            t.true(len(asked) <= most, f"{command} {domain} asked {len(asked)} questions")
            t.true(("MX", domain) in asked, "the log was read too early")


def test_sub_address(t):
    """The account is that of jan; only a person may say so."""
    mark = LAB.mark()
    done = verify(t, "jan+shop@example.test")
    expect(t, done, "bad-credentials")
    t.equal(done.json["incoming"]["user"], "jan+shop@example.test")
    t.equal(len(LAB.presentations(mark)), 1)
    causes = done.json["advice"]["causes"]
    t.equal([cause["action"] for cause in causes], ["other-user-name"] * 2)
    t.contains(causes[0]["text"], "“jan@example.test”")
    t.contains(causes[1]["text"], "“jan”")

    mark = LAB.mark()
    done = verify(t, "jan+shop@example.test", "--user", "jan@example.test")
    expect(t, done, "works")
    t.equal((done.json["address"], done.json["incoming"]["user"], done.json["outgoing"]["user"]),
            ("jan+shop@example.test", "jan@example.test", "jan@example.test"))
    t.equal(len(LAB.presentations(mark)), 2)


def test_international_forms(t):
    """Whichever way it is typed, servers see one name."""
    for typed in ("jan@żółw.test", "jan@ŻÓŁW。TEST", "jan@z\u0307o\u0301łw.test",
                  "jan＠żółｗ．ｔｅｓｔ", f"jan@{mwtest.IDN.upper()}"):
        mark = LAB.mark()
        done = verify(t, typed)
        expect(t, done, "works")
        t.equal((done.json["address"], done.json["incoming"]["user"]), (f"jan@{mwtest.IDN}",) * 2)
        t.equal(hosts(done), [f"imap.{mwtest.IDN}", f"smtp.{mwtest.IDN}"])
        t.true(all(name.isascii() for _, name in LAB.questions(mark)), "a name in letters")


def test_international_service_records(t):
    """The question shows what cannot look like another name."""
    done = verify(t, "jan@łąka.test")
    expect(t, done, "consent-needed")
    t.contains(done.json["advice"]["text"], f"mail.żółw.test (mail.{mwtest.IDN})")
    for yes in ("mail.żółw.test", f"mail.{mwtest.IDN}"):
        done = verify(t, "jan@łąka.test", "--allow-host", yes)
        expect(t, done, "works")
        t.equal(hosts(done), [f"mail.{mwtest.IDN}"] * 2)


def test_international_document(t):
    done = verify(t, "jan@gęś.test")
    expect(t, done, "works")
    t.equal(hosts(done), [f"mail.{mwtest.IDN}"] * 2)
    t.equal((done.json["incoming"]["grade"], done.json["incoming"]["user"]),
            ("B", "jan@" + "gęś.test".encode("idna").decode()))


def test_international_local_part(t):
    """Servers that know nobody of that name say so; nothing breaks on the way there."""
    expect(t, verify(t, "zażółć@example.test"), "bad-credentials")
    done = verify(t, "zażółć@example.test", "--user", "jan@example.test")
    expect(t, done, "sender-not-allowed")
    t.equal(done.json["incoming"]["outcome"], "works")


LAB = mwtest.Lab()
mwtest.main(globals())
