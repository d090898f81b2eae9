#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Looking for servers without touching one."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
import mwnetwork  # noqa: E402
import mwtest  # noqa: E402

# nobody.test has no servers; mxelsewhere.test has its mail taken at mx.hosting.test.
LIST = """[elsewhere]
Name=Elsewhere
Grade=A
Domains=nobody.test;
Imap=imap.example.test:993:tls;
Smtp=smtp.example.test:465:tls;
UserName={local}@example.test;
Steps=enable-imap;
Source=me;

[hosting]
Name=Hosting
Mx=hosting.test;
Imap=mail.hosting.test:993:tls;
Smtp=mail.hosting.test:465:tls;
"""


def discover(t, address, *more, files=""):
    session = t.session(lab=LAB)
    if files:
        folder = os.path.join(session.env["XDG_CONFIG_HOME"], "mailwright", "providers.d")
        os.makedirs(folder)
        with open(os.path.join(folder, "own.keyfile"), "w", encoding="utf-8") as file:
            file.write(files)
    LAB.up()
    dialled = len(LAB.dialled())
    done = session.cli("discover", address, "--json", *more)
    # Names and settings documents may be asked for; mail servers hear nothing.
    t.equal([port for _, port in LAB.dialled()[dialled:] if port not in (53, 443)], [])
    return done


def sources(done):
    return {source["name"]: source["outcome"] for source in done.json["sources"]}


def check_sources(t, done, other, **wanted):
    """All sources but the named ones have the same outcome."""
    t.equal(sources(done), {name: other for name in sources(done)} | wanted)


def servers(done, *keys):
    return [tuple(candidate[key] for key in keys) for candidate in done.json["candidates"]]


def test_srv(t):
    done = discover(t, "jan@srvonly.test")
    t.equal(done.code, 0, done.err)
    check_sources(t, done, "nothing", srv="found")
    t.equal(servers(done, "service", "host", "port", "grade", "sources", "user", "provider"),
            [("imaps", "mail.hosting.test", 993, "D", ["srv"], "jan@srvonly.test", None),
             ("submissions", "mail.hosting.test", 465, "D", ["srv"], "jan@srvonly.test", None)])
    t.equal(done.json["hints"], [])


def test_list_of_this_computer(t):
    for more, asked in (((), "nothing"), (("--offline",), "skipped")):
        mark = LAB.mark()
        done = discover(t, "jan@nobody.test", *more, files=LIST)
        t.equal(done.code, 0, done.err)
        check_sources(t, done, asked, **{"provider": "found", "local-file": "nothing"})
        t.equal(servers(done, "service", "host", "grade", "sources", "user", "provider"),
                [("imaps", "imap.example.test", "D", ["provider"], "jan@example.test",
                  "elsewhere"),
                 ("submissions", "smtp.example.test", "D", ["provider"], "jan@example.test",
                  "elsewhere")])
        t.equal([hint["kind"] for hint in done.json["hints"]], ["enable-imap"])
        t.equal(LAB.questions(mark) == [], bool(more))


def test_mail_exchanger(t):
    done = discover(t, "jan@mxelsewhere.test", files=LIST)
    t.equal(done.code, 0, done.err)
    t.equal((sources(done)["mx"], sources(done)["guess"]), ("found", "found"))
    t.true(("imaps", "mail.hosting.test", "D", ["mx"], "hosting")
           in servers(done, "service", "host", "grade", "sources", "provider"), done.out)


def test_documents(t):
    for domain, name, grade in (("auto.test", "autoconfig", "B"),
                                ("wellknown.test", "autoconfig", "B"),
                                ("pacc.test", "pacc", "B"),
                                ("ispdb.test", "ispdb", "C")):
        done = discover(t, f"jan@{domain}")
        t.equal(done.code, 0, done.err)
        t.equal(sources(done)[name], "found")
        t.equal([server for server in servers(done, "service", "host", "port", "grade", "sources",
                                              "user") if server[3] == grade],
                [("imaps", "mail.hosting.test", 993, grade, [name], f"jan@{domain}"),
                 ("submissions", "mail.hosting.test", 465, grade, [name], f"jan@{domain}")])

    done = discover(t, "jan@ispdb.test", "--no-ispdb")
    t.equal((done.code, sources(done)["ispdb"]), (1, "skipped"), done.err)


def test_conflict(t):
    done = discover(t, "jan@conflict.test")
    t.equal([(conflict["protocol"],
              [(server["service"], server["host"], server["port"], server["security"],
                server["sources"], server["grade"]) for server in conflict["servers"]])
             for conflict in done.json["conflicts"]],
            [(protocol, [(service, "mail.hosting.test", port, "tls", ["autoconfig"], "B"),
                         (service, "mail.example.test", port, "tls", ["ispdb"], "C")])
             for protocol, service, port in (("imap", "imaps", 993),
                                             ("smtp", "submissions", 465))])
    t.equal(discover(t, "jan@conflict.test", "--no-ispdb").json["conflicts"], [])
    t.equal(discover(t, "jan@auto.test").json["conflicts"], [])

    shown = t.session(lab=LAB).cli("discover", "jan@conflict.test").out
    for words in ("\nSources disagree about receiving with IMAP\n"
                  "  Settings published by conflict.test: mail.hosting.test\n"
                  "  Public settings database: mail.example.test\n",
                  "\n  imaps:mail.hosting.test:993\n"
                  "    B, trusted: the domain says so over an encrypted connection\n"
                  "    Named by: Settings published by conflict.test\n"):
        t.true(words in shown, shown)


def test_not_waited_for(t):
    """A run that ends says so of the sources that have not answered."""
    session = t.session(lab=LAB)
    done = session.cli("verify", "jan@silentweb.test", "--json", "--password-stdin",
                       "--allow-host", "mail.hosting.test",
                       password=mwtest.PASSWORDS["jan"])
    said = {source["name"]: (source["outcome"], source["detail"])
            for source in done.json["sources"]}
    t.equal(said["autoconfig"], ("skipped", "not waited for"), str(said))
    t.equal(said["srv"][0], "found")
    t.true("pending" not in str(said), str(said))


def test_guesses(t):
    """Names that exist, best first; the domain itself comes last."""
    done = discover(t, "jan@example.test")
    t.equal(done.code, 0, done.err)
    check_sources(t, done, "nothing", guess="found")
    found = servers(done, "service", "host", "grade")
    t.equal(found[0], ("imaps", "imap.example.test", "G"))
    t.true(("submissions", "smtp.example.test", "G") in found, str(found))

    # Only this name exists there.
    hosts = {host for host, in servers(discover(t, "jan@receiveonly.test"), "host")}
    t.true("imap.receiveonly.test" in hosts, str(hosts))
    t.true("smtp.receiveonly.test" not in hosts, str(hosts))


def test_others_dial(t):
    """So the absence of connections above means something."""
    session = t.session(lab=LAB)
    LAB.up()
    dialled = len(LAB.dialled())
    session.cli("verify", "jan@example.test", "--no-login")
    t.true(993 in [port for _, port in LAB.dialled()[dialled:]], "nothing was dialled")


def test_nothing(t):
    done = discover(t, "jan@nothing.test")
    t.equal((done.code, done.json["candidates"], done.json["hints"]), (1, [], []))
    t.equal(set(sources(done).values()), {"nothing"})
    t.equal(discover(t, "jan@example.test", "--offline").code, 1)


def test_no_name_server(t):
    lab = mwtest.Lab()
    try:
        session = t.session(lab=lab)
        lab.up()
        mwnetwork.unplug(lab)
        done = session.cli("discover", "jan@example.test", "--json", "--timeout", "1")
        t.equal((done.code, done.json["candidates"]), (1, []), done.err)
        t.equal((sources(done)["mx"], sources(done)["srv"]), ("failed", "failed"))
        t.true(done.json["elapsed_ms"] < 4000, f"took {done.json['elapsed_ms']} ms")
    finally:
        lab.down()


def test_interrupted(t):
    """While the name server takes its time."""
    lab = mwtest.Lab("--delay", "2000")
    try:
        session = t.session(lab=lab)
        program = os.path.join(mwtest.BUILD, "src", "cli", "mailwright-cli")
        done = session.run("timeout", "--preserve-status", "-s", "INT", "0.5", program, "discover",
                           "jan@example.test")
        t.equal((done.returncode, done.stdout), (130, ""))
    finally:
        lab.down()


LAB = mwtest.Lab("--capture")
mwtest.main(globals())
