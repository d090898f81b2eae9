#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""A server that repeats the password wherever it can: no output of the command line holds it.

No lab, no root.
"""

import base64
import json
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "support"))
import mwtest  # noqa: E402
from echo_server import USER, servers, traces  # noqa: E402

PASSWORD = "zażółć \"gęślą\" \\jaźń 1"
OTHER = "monkey-wrench & <żółw> \"7\\"


def arguments(imap, smtp, digest):
    return ["verify", USER, "--in", f"imaps:127.0.0.1:{imap.port}",
            "--out", f"submissions:127.0.0.1:{smtp.port}",
            "--pin", f"{digest}@127.0.0.1:{imap.port}",
            "--pin", f"{digest}@127.0.0.1:{smtp.port}"]


def check_outputs(t, session, imap, smtp, digest, password, more=()):
    """Runs verify in all its ways and searches everything it writes."""
    text_file, json_file = (os.path.join(session.home, name) for name in ("r.txt", "r.json"))
    for options in ((), ("--json",), ("--verbose",), ("--report", "-"), ("--report-json", "-"),
                    ("--report", text_file, "--report-json", json_file, "--report-address",
                     "--report-network")):
        for server in (imap, smtp):
            # Of what an earlier process was sent this one knows nothing.
            server.seen.clear()
            server.responses.clear()
        done = session.cli(*arguments(imap, smtp, digest), "--password-stdin", *options, *more,
                           password=password, env={"G_MESSAGES_DEBUG": "all"})
        t.equal(done.code, 1, done.err[-2000:])
        outputs = [done.out.encode(), done.err.encode()]
        for path in (text_file, json_file):
            if os.path.exists(path):
                t.equal(os.stat(path).st_mode & 0o777, 0o600, f"mode of {path}")
                with open(path, "rb") as f:
                    outputs.append(f.read())
        for output in outputs:
            t.absent(password, f"the output of {options}", output, USER,
                     imap.responses + smtp.responses)
            for trace in traces(password):
                t.true(trace not in output, f"{trace} stands in the output of {options}")
        if options[:1] == ("--report-json",):
            check_report(t, json.loads(done.out))
        if options[:1] == ("--report",) and options[1] == "-":
            check_text(t, done.out, imap)


def check_report(t, report):
    t.equal(report["address"], "…@example.test")
    t.equal(len(report["probes"]), 2)
    t.true(report["timeline"], "no dialogue in the report")
    times = [moment["ms"] for moment in report["timeline"]]
    t.equal(times, sorted(times), "the order of the dialogue")
    t.equal({moment["server"].rpartition(":")[0] for moment in report["timeline"]},
            {"imaps:…", "submissions:…"}, "servers in the dialogue")
    t.equal(report["probes"][0]["address"], "…")
    t.true(report["probes"][0]["tls"]["certificate"]["sha256"], "no fingerprint")
    t.true(report["system"]["tls"].startswith("GnuTLS "), "no version of the TLS library")
    text = json.dumps(report, ensure_ascii=False)
    for word in ("jan@", "198.51.100.7", "dsl.of.jan", "127.0.0.1"):
        t.true(word not in text, f"{word} stands in the report")


def check_text(t, report, imap):
    t.contains(report, f"imaps:…:{imap.port}: ")
    t.contains(report, "C: a")
    for word in ("jan@", "198.51.100.7", "dsl.of.jan", "127.0.0.1"):
        t.true(word not in report, f"{word} stands in the report")


def test_plain(t):
    imap, smtp, digest = servers(PASSWORD, [b"PLAIN"])
    check_outputs(t, t.session(), imap, smtp, digest, PASSWORD)
    t.true(imap.responses, "no log-in")


def test_login(t):
    imap, smtp, digest = servers(OTHER, [b"LOGIN"])
    check_outputs(t, t.session(), imap, smtp, digest, OTHER)
    t.true(imap.responses, "no log-in")


def test_scram(t):
    imap, smtp, digest = servers(PASSWORD, [b"SCRAM-SHA-256", b"SCRAM-SHA-1"])
    check_outputs(t, t.session(), imap, smtp, digest, PASSWORD)
    t.true(any(b"p=" in base64.b64decode(coded) for coded in imap.responses), "no proof was sent")


def test_cram(t):
    imap, smtp, digest = servers(PASSWORD, [b"CRAM-MD5"])
    check_outputs(t, t.session(), imap, smtp, digest, PASSWORD)
    t.true(imap.responses, "no log-in")


def test_short_passwords(t):
    """Nothing but what every server says is left, whatever the password is."""
    reports = []
    for password in ("OK", "x7ż", "password", "example"):
        imap, smtp, digest = servers(password, [b"PLAIN"])
        done = t.session().cli(*arguments(imap, smtp, digest), "--password-stdin",
                               "--report-json", "-", password=password)
        report = json.loads(done.out)
        t.equal(report["incoming"]["outcome"] in ("bad-credentials", "login-refused"), True)
        t.true(report["incoming"]["tls"]["certificate"]["sha256"], "no fingerprint")
        t.true(re.fullmatch("[•\\[\\]A-Z ]*", report["incoming"]["server_text"] or ""),
               report["incoming"]["server_text"])
        lines = [moment["line"] for moment in report["timeline"]
                 if moment["server"].startswith("imaps")]
        reports.append([re.sub("(?<=[A-Z]) ••••$| ••••$", "", line) for line in lines][:4])
    t.equal(len({json.dumps(report) for report in reports}), 1, f"the reports differ: {reports}")


def test_environment(t):
    """While it runs, the password is in no place other programs of the person can look."""
    imap, smtp, digest = servers(PASSWORD, [b"PLAIN"])
    session = t.session()
    found = []

    def look():
        for pid in mwtest.descendants(os.getpid()):
            for name in ("cmdline", "environ"):
                try:
                    with open(f"/proc/{pid}/{name}", "rb") as f:
                        found.append((name, f.read()))
                except OSError:
                    pass
            try:
                with open(f"/proc/{pid}/comm") as f, open(f"/proc/{pid}/limits") as limits:
                    if f.read().startswith("mailwright"):
                        found.append(("limits", limits.read().encode()))
            except OSError:
                pass

    imap.watch = look
    session.cli(*arguments(imap, smtp, digest), "--password-stdin", password=PASSWORD)
    t.true(any(b"verify\0" in data for name, data in found if name == "cmdline"), "nobody looked")
    for name, data in found:
        t.absent(PASSWORD, name, data, USER, imap.responses)
    limits = [data.decode() for name, data in found if name == "limits"]
    t.true(limits and re.search(r"Max core file size +0 +0 ", limits[0]), "core files are allowed")


def test_files(t):
    """A report is there as a whole or not at all."""
    imap, smtp, digest = servers(PASSWORD, [b"PLAIN"])
    session = t.session()
    common = arguments(imap, smtp, digest) + ["--password-stdin"]
    with open(os.path.join(session.home, "no-folder"), "w"):
        pass
    done = session.cli(*common, "--report", os.path.join(session.home, "no-folder", "report"),
                       password=PASSWORD)
    t.equal((done.code, done.out), (2, ""))
    done = session.cli(*common, "--report", "-", "--json", password=PASSWORD)
    t.equal((done.code, done.out), (2, ""))
    done = session.cli(*common, "--report-address", password=PASSWORD)
    t.equal((done.code, done.out), (2, ""))
    path = os.path.join(session.home, "report")
    with open(path, "w") as f:
        f.write("former")
    os.chmod(path, 0o644)
    done = session.cli(*common, "--report", path, "--report-address", password=PASSWORD)
    with open(path) as f:
        report = f.read()
    t.true(report.startswith("Mailwright ") and report.endswith("\n"), "the report is not whole")
    t.contains(report, USER)
    t.equal(os.stat(path).st_mode & 0o777, 0o600, "mode of the report")
    t.equal([name for name in os.listdir(session.home) if name.startswith("report")], ["report"])


mwtest.need("openssl")
mwtest.main(globals())
