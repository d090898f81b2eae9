#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Settings documents of a real web server, and how far they are trusted."""

import os
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
import mwtest  # noqa: E402
import sites  # noqa: E402

JAN = mwtest.PASSWORDS["jan"]


def verify(t, domain, *more):
    return t.session(lab=LAB).cli("verify", f"jan@{domain}", "--password-stdin", "--json", *more,
                                  password=JAN)


def source(done, name):
    return next((source for source in done.json["sources"] if source["name"] == name), None)


def check_works(t, domain, name, grade):
    done = verify(t, domain)
    t.equal((done.code, done.json["outcome"]), (0, "works"), done.err)
    for side in ("incoming", "outgoing"):
        t.equal((done.json[side]["host"], done.json[side]["grade"]), ("mail.hosting.test", grade))
        t.true(name in done.json[side]["sources"], "another source")
    t.equal(source(done, name)["outcome"], "found")


def test_autoconfig_host(t):
    check_works(t, "auto.test", "autoconfig", "B")


def test_well_known(t):
    check_works(t, "wellknown.test", "autoconfig", "B")


def test_pacc(t):
    check_works(t, "pacc.test", "pacc", "B")
    # Its picture is nobody's business.
    t.equal([name for name in LAB.questions() if "logo" in str(name)], [])


def test_pacc_without_digest(t):
    """A document nobody vouches for in the name service is not used."""
    for domain, reason in (
            ("pacc-bare.test", "No TXT record, so no document is used"),
            ("pacc-changed.test", "its TXT record has the digest of another document"),
            ("pacc-odd.test", "there is no TXT record with its digest")):
        mark = LAB.mark()
        done = verify(t, domain)
        t.equal(done.code, 1, done.err)
        row = source(done, "pacc")
        t.equal(row["outcome"], "nothing")
        t.contains(row["detail"], reason)
        t.equal(LAB.presentations(mark), [])


def test_database(t):
    check_works(t, "ispdb.test", "ispdb", "C")


def test_database_switched_off(t):
    mark = LAB.mark()
    done = verify(t, "ispdb.test", "--no-ispdb")
    t.equal(done.code, 1, done.err)
    t.equal(source(done, "ispdb")["outcome"], "skipped")
    t.equal(LAB.presentations(mark), [])


def hints(answer):
    return [[hint["kind"], hint["uri"], hint["page"], hint["words"]] for hint in answer["hints"]]


ENABLE = ["enable-imap", "https://www.told.test/on", None, "Tick “POP” first"]


def test_what_a_document_tells(t):
    session = t.session(lab=LAB)
    done = session.cli("discover", "jan@told.test", "--json")
    t.equal(done.code, 0, done.err)
    t.equal(hints(done.json), [ENABLE, ["documentation", None, "http://help.hosting.test/",
                                        "How <b>to</b> set up"]])
    t.contains(done.json["hints"][0]["text"], "Told & Sons")
    shown = session.cli("discover", "jan@told.test", env={"LANGUAGE": "pl", "LC_ALL": "C.UTF-8"})
    for words in ("Told & Sons", "Tick “POP” first", "https://www.told.test/on", "Jak ustawić"):
        t.contains(shown.out, words)

    # Elsewhere the same page is text: it is not in the domain of the address.
    done = session.cli("discover", "jan@oauth.test", "--json")
    t.equal(hints(done.json)[:2], [["browser-sign-in", None, None, None],
                                   ["enable-imap", None, *ENABLE[1:2], ENABLE[3]]])


def test_browser_sign_in_only(t):
    mark = LAB.mark()
    done = verify(t, "oauth.test")
    t.equal((done.code, done.json["outcome"]), (1, "need-oauth"), done.err)
    t.equal(LAB.presentations(mark), [])


def test_messages_on_the_server(t):
    session = t.session(lab=LAB, keyring=True)
    added = session.cli("add", "jan@told.test", "--password-stdin", "--json", password=JAN)
    t.equal(added.code, 0, added.err)
    shown = session.cli("show", "jan@told.test", "--json")
    t.equal(shown.json["incoming"]["service"], "pop3s")
    t.equal(shown.json["label"], "Told & Sons (jan@told.test)")
    t.equal(shown.json["pop"], {"leave_on_server": True, "delete_after_days": 14})


def test_refused_password_and_what_to_do_first(t):
    done = t.session(lab=LAB).cli("verify", "jan@told.test", "--password-stdin", "--json",
                                  password="wrong")
    t.equal(done.json["outcome"], "bad-credentials", done.err)
    causes = done.json["advice"]["causes"]
    t.equal([[cause["action"], cause["uri"]] for cause in causes][:1],
            [["open-uri", "https://www.told.test/on"]])


def test_web_page(t):
    done = verify(t, "html.test")
    t.equal(done.code, 1, done.err)
    row = source(done, "autoconfig")
    t.equal(row["outcome"], "nothing")
    t.contains(row["detail"], "A web page instead of settings")
    t.contains(row["detail"], "HTTP 404")


def test_silent_web_server_opens_nothing(t):
    """Holding port 443 back does not make a forged SRV record better."""
    mark = LAB.mark()
    done = verify(t, "silentweb.test")
    t.equal((done.code, done.json["outcome"]), (1, "consent-needed"), done.err)
    t.equal(LAB.presentations(mark), [])


def discover(t, domain, *more, session=None):
    session = session or t.session(lab=LAB)
    return session.cli("discover", f"jan@{domain}", "--json", *more)


def check_finds(t, done, name):
    """Through that source alone, and worth a question."""
    t.equal(done.code, 0, done.err)
    t.equal([source["name"] for source in done.json["sources"] if source["outcome"] == "found"],
            [name])
    t.equal([(server["service"], server["host"], server["grade"], server["sources"])
             for server in done.json["candidates"]],
            [("imaps", "mail.hosting.test", "D", [name]),
             ("submissions", "mail.hosting.test", "D", [name])])


def test_mail_exchanger(t):
    done = discover(t, "mxauto.test")
    check_finds(t, done, "mx")
    detail = source(done, "mx")["detail"]
    t.contains(detail, "autoconfig.west.mxhost.test: ")
    t.contains(detail, "autoconfig.mxhost.test: 2 servers")
    asked = LAB.read("web")
    t.contains(asked, "autoconfig.mxhost.test")
    t.true("jan%40mxauto.test" not in asked, "they were told the address")

    mark = LAB.mark()
    t.equal(verify(t, "mxauto.test").json["outcome"], "consent-needed")
    t.equal(LAB.presentations(mark), [])


def test_mail_exchanger_in_the_database(t):
    check_finds(t, discover(t, "mxdb.test"), "mx")
    t.equal(discover(t, "mxdb.test", "--no-ispdb").code, 1)


def test_local_file(t):
    session = t.session(lab=LAB)
    folder = os.path.join(session.env["XDG_CONFIG_HOME"], "mailwright", "isp")
    os.makedirs(folder)
    with open(os.path.join(folder, "nobody.test.xml"), "w", encoding="utf-8") as file:
        file.write(sites.SETTINGS)
    for more in ((), ("--offline",)):
        check_finds(t, discover(t, "nobody.test", *more, session=session), "local-file")
    t.equal(discover(t, "somebody.test", session=session).code, 1)


def allow_plain_http(t):
    """A session in which an administrator turned it on."""
    session = t.session(lab=LAB)
    folder = os.path.join(session.home, "schemas")
    os.makedirs(folder)
    shutil.copy(os.path.join(mwtest.ROOT, "data", SCHEMA + ".gschema.xml"), folder)
    subprocess.run(["glib-compile-schemas", folder], check=True)
    session.env["GSETTINGS_SCHEMA_DIR"] = folder
    settings = os.path.join(session.env["XDG_CONFIG_HOME"], "glib-2.0", "settings")
    os.makedirs(settings)
    with open(os.path.join(settings, "keyfile"), "w", encoding="utf-8") as file:
        file.write(f"[{SCHEMA.replace('.', '/')}]\nallow-plain-http=true\n")
    return session


def plain_dials(before):
    return [address for address, port in LAB.dialled()[before:] if port == 80]


def test_plain_http(t):
    session = allow_plain_http(t)
    LAB.up()
    before = len(LAB.dialled())
    done = discover(t, "plainweb.test")
    t.equal((done.code, source(done, "http-autoconfig"), plain_dials(before)), (1, None, []))

    check_finds(t, discover(t, "plainweb.test", session=session), "http-autoconfig")
    t.equal(plain_dials(before), ["192.0.2.70"])

    mark = LAB.mark()
    done = session.cli("verify", "jan@plainweb.test", "--password-stdin", "--json", password=JAN)
    t.equal(done.json["outcome"], "consent-needed")
    t.equal(LAB.presentations(mark), [])


def test_plain_http_is_no_way_round(t):
    """Who blocks or breaks port 443 does not lead to port 80."""
    session = allow_plain_http(t)
    LAB.up()
    before = len(LAB.dialled())
    for domain in ("drop443.test", "refuse443.test", "reset443.test", "badweb.test", "auto.test"):
        row = source(discover(t, domain, session=session), "http-autoconfig")
        t.equal(row["outcome"], "skipped", domain)
        t.contains(row["detail"], "Not asked")
    t.equal(plain_dials(before), [])


def test_bodies(t):
    """They end at the limits of time and size."""
    for domain, outcome, words in (("slowbody.test", "timeout", "No answer in time"),
                                   ("endlessbody.test", "failed", "longer than 65536 bytes")):
        done = discover(t, domain)
        t.equal(done.code, 1, done.err)
        row = source(done, "autoconfig")
        t.equal(row["outcome"], outcome, row["detail"])
        t.contains(row["detail"], words)
        t.true(done.json["elapsed_ms"] < 12000, f"took {done.json['elapsed_ms']} ms")


def test_page_for_every_name(t):
    row = source(discover(t, "wildpage.test"), "autoconfig")
    t.equal(row["outcome"], "nothing", row["detail"])
    for host in ("autoconfig.wildpage.test", "wildpage.test"):
        t.contains(row["detail"], f"{host}: A web page instead of settings")


SCHEMA = "io.github.mailwright.Mailwright"
LAB = mwtest.Lab("--capture")
mwtest.main(globals())
