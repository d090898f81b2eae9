#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""What others learn while servers are looked for: by the name server, the web server, the wire."""

import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
import mwtest  # noqa: E402
import sites  # noqa: E402

DATABASE = "v1.ispdb.net"
# Nobody's name, and nothing that would stand in a capture by chance.
LOCAL = "wilhelmina.kowalska"
ADDRESS = f"{LOCAL}%40"
HEADERS = {":method", ":path", ":scheme", ":authority", "host", "user-agent", "accept-encoding",
           "connection"}


def look(t, domain, *more, command="verify"):
    """Looks for the servers of somebody; gives back what was asked of names and web servers."""
    words = ("--password-stdin",) if command == "verify" else ()
    logs, packets = LAB.mark(), len(LAB.wire())
    web = len(LAB.read("web"))
    t.session(lab=LAB).cli(command, f"{LOCAL}@{domain}", *words, "--json", *more,
                           password="whatever")
    wire = LAB.wire()[packets:]
    t.true(wire, "there is no capture")
    for form in (LOCAL, ADDRESS, LOCAL.upper()):
        t.true(form.encode() not in wire, f"{form} stands in a packet")
    return LAB.questions(logs), requests(LAB.read("web")[web:])


def requests(log):
    """Every request that the web server got: [{header: value}]."""
    found = []
    for line in log.splitlines():
        match = re.search(r"rqst: (:?[\w-]+): (.*)$", line)
        start = re.search(r"rqst: (?:(\w+) (\S+) HTTP/1|:method: )", line)
        if start:
            found.append({":method": start[1] or "GET", ":path": start[2]})
        if match and found:
            found[-1][match[1].lower()] = match[2].strip()
    return found


def hosts(asked):
    return {request.get(":authority") or request["host"] for request in asked}


def test_only_the_domain_learns_the_address(t):
    _, asked = look(t, "auto.test")
    paths = {(request.get(":authority") or request["host"], request[":path"]) for request in asked}
    t.contains(paths, ("autoconfig.auto.test",
                       f"/mail/config-v1.1.xml?emailaddress={ADDRESS}auto.test"))
    t.contains(paths, (DATABASE, "/auto.test"))
    for host, path in paths:
        t.true(LOCAL not in path or host.endswith(".auto.test"), f"{host} was told {path}")


def test_nobody_is_told_by_a_redirect(t):
    """The web server of the domain sends on to another one, with the address."""
    _, asked = look(t, "tells.test")
    t.contains(hosts(asked), "autoconfig.auto.test")
    told = {request.get(":authority") or request["host"] for request in asked
            if LOCAL in request[":path"]}
    t.equal(told, {"autoconfig.tells.test"})


def test_exchangers_learn_nothing(t):
    """Their domains are asked about, by name only."""
    for domain, host, path in (
            ("forgedmxac.test", "autoconfig.evilac.test", f"/{sites.CONFIG}"),
            ("forgedmxdb.test", DATABASE, "/evildb.test")):
        _, asked = look(t, domain)
        t.contains([(request.get(":authority") or request["host"], request[":path"])
                    for request in asked], (host, path))
        t.true(not [request for request in asked if LOCAL in request[":path"]], str(asked))


def test_nothing_but_what_is_needed_is_sent(t):
    """The web server offers a cookie each time, and nobody brings one back."""
    for _ in range(2):
        for domain in ("auto.test", "html.test", "wellknown.test", "redirects.test"):
            _, asked = look(t, domain)
            t.true(asked, f"{domain}: the web server was not asked")
            for request in asked:
                t.true(request.keys() <= HEADERS, f"{domain}: {request}")
                t.equal(request["user-agent"], "Mailwright")
    cookies = t.session(lab=LAB).run("curl", "-sSi", "https://autoconfig.auto.test/")
    t.contains(cookies.stdout.lower(), "set-cookie: lab=1")


def test_names(t):
    """Of the domain and of the servers it leads to; the database; nobody else."""
    for domain, others in (("example.test", set()), ("srvonly.test", {"mail.hosting.test"}),
                           ("auto.test", {"mail.hosting.test"}),
                           ("mxelsewhere.test", {"hosting.test"})):
        questions, _ = look(t, domain)
        names = {name for _, name in questions}
        t.contains(names, domain)
        for name in names - {DATABASE}:
            t.true(any(name == known or name.endswith("." + known) for known in {domain} | others),
                   f"{domain}: {name} was looked up")


def test_the_database_learns_the_domain_only(t):
    for domain in ("ispdb.test", "nothing.test", sites.IDN):
        _, asked = look(t, domain, command="discover")
        t.equal([request[":path"] for request in asked
                 if DATABASE in (request.get(":authority"), request.get("host"))], [f"/{domain}"])


def test_without_the_database(t):
    """Not even its name is looked up."""
    for command in ("verify", "discover"):
        questions, asked = look(t, "ispdb.test", "--no-ispdb", command=command)
        t.true(DATABASE not in {name for _, name in questions}, f"{command} looked it up")
        t.true(DATABASE not in hosts(asked), f"{command} asked it")
        questions, asked = look(t, "ispdb.test", command=command)
        t.contains({name for _, name in questions}, DATABASE)
        t.contains(hosts(asked), DATABASE)


def test_without_a_network(t):
    questions, asked = look_offline(t)
    t.equal((questions, asked), ([], []))


def look_offline(t):
    logs, web = LAB.mark(), len(LAB.read("web"))
    dialled = len(LAB.wire())
    t.session(lab=LAB).cli("discover", f"{LOCAL}@auto.test", "--offline", "--json")
    t.equal(LAB.dialled(dialled), [])
    return LAB.questions(logs), requests(LAB.read("web")[web:])


LAB = mwtest.Lab("--capture")
mwtest.main(globals())
