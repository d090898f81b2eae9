#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Offline, limited and captive networks: said at once, and said only when true."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
import mwnetwork  # noqa: E402
import mwtest  # noqa: E402

# Takes the place of whatever address leads here: speaks TLS with one
# certificate of its own and then waits for a request, as web servers do.
PORTAL = r"""
import socket, ssl, sys, threading
tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
tls.load_cert_chain(sys.argv[1], sys.argv[2])
def serve(connection):
    try:
        connection = tls.wrap_socket(connection, server_side=True)
        connection.recv(4096)
    except (OSError, ssl.SSLError):
        pass
    connection.close()
def listen(port):
    server = socket.create_server(("0.0.0.0", port))
    while True:
        threading.Thread(target=serve, args=(server.accept()[0],), daemon=True).start()
ports = [993, 995, 465]
for port in ports[1:]:
    threading.Thread(target=listen, args=(port,), daemon=True).start()
listen(ports[0])
"""

PASSWORD = mwtest.PASSWORDS["jan"]


def verify(session, address, *arguments, password=PASSWORD):
    return session.cli("verify", address, "--password-stdin", "--json", *arguments,
                       password=password)


def managed(t, state):
    session = t.session(lab=LAB)
    return session, mwnetwork.NetworkManager(session, state)


def expect(t, done, outcome):
    t.equal(done.json["outcome"], outcome, done.out[:2000])
    t.equal(done.code, 0 if outcome == "works" else 1)


def nothing_happened(t, mark, dialled):
    t.equal(LAB.questions(mark), [], "questions")
    t.equal(LAB.dialled()[dialled:], [], "connections")
    t.equal(LAB.presentations(mark), [], "presentations")


def test_manager_says_full(t):
    session, _ = managed(t, "full")
    expect(t, verify(session, "jan@example.test"), "works")


def test_manager_knows_nothing(t):
    """As where its checks of the connection are switched off."""
    session, _ = managed(t, "unknown")
    expect(t, verify(session, "jan@example.test"), "works")


def test_manager_says_portal(t):
    session, network = managed(t, "portal")
    mark, dialled = LAB.mark(), len(LAB.dialled())
    done = verify(session, "jan@example.test")
    expect(t, done, "portal")
    t.equal(done.json["advice"]["action"], "open-portal")
    t.true(done.json["elapsed_ms"] < 500, f"took {done.json['elapsed_ms']} ms")
    nothing_happened(t, mark, dialled)
    network.set("full")
    expect(t, verify(session, "jan@example.test"), "works")


def test_manager_says_limited(t):
    session, _ = managed(t, "limited")
    expect(t, verify(session, "jan@example.test"), "works")
    done = verify(session, "jan@nowhere.test")
    expect(t, done, "nothing-found")
    t.contains(done.json["advice"]["text"], "does not reach the whole internet")
    done = verify(session, "jan@example.test", password="wrong")
    expect(t, done, "bad-credentials")
    t.true("whole internet" not in done.json["advice"]["text"],
           "blames the network for a wrong password")


def test_manager_says_none(t):
    """Offline is no matter of the servers that the own network has."""
    session, _ = managed(t, "none")
    expect(t, verify(session, "jan@example.test"), "works")
    expect(t, verify(session, "jan@example.test", "--in", "imaps:192.0.2.10",
                     "--receive-only"), "cert-name")
    mark, dialled = LAB.mark(), len(LAB.dialled())
    expect(t, verify(session, "jan@silent.test", "--in", "imaps:198.51.100.99",
                     "--out", "submissions:198.51.100.99"), "offline")
    nothing_happened(t, mark, dialled)


def test_unplugged(t):
    session, network = managed(t, "none")
    mwnetwork.unplug(LAB)
    try:
        mark, dialled = LAB.mark(), len(LAB.dialled())
        done = verify(session, "jan@example.test")
        expect(t, done, "offline")
        t.equal(done.json["advice"]["action"], "try-again")
        t.true(done.json["elapsed_ms"] < 500, f"took {done.json['elapsed_ms']} ms")
        expect(t, verify(session, "jan@example.test", "--in", "imaps:imap.example.test",
                         "--out", "submissions:192.0.2.10"), "offline")
        # Nobody listens there, which is for that server to say.
        expect(t, verify(session, "jan@example.test", "--in", "imaps:127.0.0.1",
                         "--receive-only"), "refused")
        nothing_happened(t, mark, dialled)
    finally:
        mwnetwork.plug(LAB)
    network.set("full")
    expect(t, verify(session, "jan@starttls.test"), "works")


def test_no_manager_and_no_way(t):
    """GIO calls it offline where there is no default route."""
    lab = mwtest.Lab("--capture")
    try:
        session = t.session(lab=lab, env=mwnetwork.NO_SYSTEM_BUS)
        expect(t, verify(session, "jan@example.test"), "works")
        mwnetwork.lose_way(lab)
        expect(t, verify(session, "jan@example.test"), "works")
        expect(t, verify(session, "jan@example.test", "--in", "imaps:imap.example.test",
                         "--out", "submissions:smtp.example.test"), "works")
        expect(t, verify(session, "jan@silent.test"), "offline")
        expect(t, verify(session, "jan@nowhere.test"), "offline")
        expect(t, verify(session, "jan@example.test", password="wrong"), "bad-credentials")

        mwnetwork.unplug(lab)
        mark, dialled = lab.mark(), len(lab.dialled())
        done = verify(session, "jan@example.test")
        expect(t, done, "offline")
        t.true(done.json["elapsed_ms"] < 500, f"took {done.json['elapsed_ms']} ms")
        t.equal(lab.questions(mark), [])
        t.equal(lab.dialled()[dialled:], [])
    finally:
        lab.down()


def start_portal(t, lab, *addresses):
    """From here on ADDRESSES lead to one server, whoever they belong to."""
    session = t.session(lab=lab, env=mwnetwork.NO_SYSTEM_BUS)
    key, certificate = (os.path.join(session.directory, name) for name in ("key", "certificate"))
    session.run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30", "-subj", "/CN=gateway",
                "-addext", "subjectAltName=DNS:gateway.hotel.test",
                "-addext", "extendedKeyUsage=serverAuth", "-keyout", key, "-out", certificate,
                check=True)
    for address in addresses:
        mwnetwork.as_root(lab, "ip", "address", "add", address + "/32", "dev", "lo")
    session.spawn("/usr/bin/python3", "-c", PORTAL, certificate, key, name="portal")
    mwtest.wait_for(lambda: session.run(
        "/usr/bin/python3", "-c", "import socket; socket.create_connection(('127.0.0.1', 993), 1)"
    ).returncode == 0, what="the portal")
    return session


def test_one_certificate_everywhere(t):
    lab = mwtest.Lab()
    try:
        session = start_portal(t, lab, "192.0.2.11", "192.0.2.12")
        mark = lab.mark()
        done = verify(session, "jan@starttls.test", "--in", "imaps:imap.starttls.test",
                      "--out", "submissions:smtp.wrongname.test")
        expect(t, done, "portal")
        t.equal(done.json["advice"]["action"], "open-portal")
        t.equal(done.json["incoming"]["outcome"], "portal")
        t.equal(done.json["outgoing"]["outcome"], "portal")
        t.equal(done.json["password_presentations"], {})
        t.equal(lab.presentations(mark), [])

        # One server with two names, at home: its owner may trust it.
        done = verify(session, "jan@starttls.test", "--in", "imaps:imap.starttls.test",
                      "--out", "submissions:smtp.starttls.test")
        expect(t, done, "cert-self-signed")
    finally:
        lab.down()


def test_hoster_is_no_portal(t):
    """One wrong certificate at one address, as every customer of a hoster sees it."""
    session = t.session(lab=LAB, env=mwnetwork.NO_SYSTEM_BUS)
    expect(t, verify(session, "jan@wrongname.test"), "cert-name")
    expect(t, verify(session, "jan@selfsigned.test", "--in", "imaps:imap.selfsigned.test",
                     "--out", "submissions:smtp.selfsigned.test"), "cert-self-signed")


LAB = mwtest.Lab("--capture")
mwtest.main(globals())
