#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""A server that repeats the password wherever it can: no output holds it.

Real TLS, on the loop-back interface; no lab, no root.  The server knows the
password beforehand, as one knows it that saw it in an earlier run, and says it
in every form of mwtest.secret_forms(): in its certificate, greeting,
capabilities, alerts, challenges and refusals, and everything it was sent.
"""

import base64
import hashlib
import json
import os
import re
import socket
import ssl
import subprocess
import sys
import tempfile
import threading

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "support"))
import mwtest  # noqa: E402

PASSWORD = "zażółć \"gęślą\" \\jaźń 1"
OTHER = "monkey-wrench & <żółw> \"7\\"
USER = "jan@example.test"
FOLDER = tempfile.TemporaryDirectory()


def make_certificate(name, password):
    """A certificate that names the password; returns the paths of both halves, and its digest."""
    base = os.path.join(FOLDER.name, name)
    harmless = re.sub(r"[^A-Za-z0-9]", "", base64.b64encode(password.encode()).decode())
    with open(base + ".cnf", "w") as f:
        f.write("[req]\ndistinguished_name=dn\nprompt=no\nx509_extensions=ext\nutf8=yes\n"
                "string_mask=utf8only\n[dn]\nCN=\"" + password.replace("\\", "\\\\")
                .replace('"', '\\"') + "\"\n[ext]\n"
                f"subjectAltName=IP:127.0.0.1,DNS:{password.encode().hex()[:62]}.example.test,"
                f"DNS:x{harmless[:50]}.example.test\nextendedKeyUsage=serverAuth\n")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30",
                    "-config", base + ".cnf", "-keyout", base + ".key", "-out", base + ".pem"],
                   check=True, capture_output=True)
    with open(base + ".pem") as f:
        der = ssl.PEM_cert_to_DER_cert(f.read())
    return base + ".pem", base + ".key", hashlib.sha256(der).hexdigest()


class Server:
    """Says all forms of PASSWORD all the time and accepts no log-in."""

    def __init__(self, kind, password, mechanisms, certificate):
        self.kind = kind
        self.mechanisms = mechanisms
        self.responses = []
        self.seen = []
        self.watch = None   # called when the password was sent
        self.forms = [form.replace(b"\r", b"").replace(b"\n", b"")
                      for form in mwtest.secret_forms(password, USER).values()
                      if b"\0" not in form]
        self.raw = password.encode()
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate[0], certificate[1])
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        try:
            with self.context.wrap_socket(connection, server_side=True) as stream:
                self.file = stream.makefile("rwb")
                getattr(self, self.kind)(self.file)
        except (OSError, ssl.SSLError, ValueError):
            pass

    def say(self, file, *lines):
        for line in lines:
            file.write(line + b"\r\n")
        file.flush()

    def echo(self):
        """Everything that was heard and all forms, cut into lines of a few."""
        words = self.forms + self.seen
        return [b" ".join(words[i:i + 6]) for i in range(0, len(words), 6)]

    def hear(self, file):
        line = file.readline().rstrip(b"\r\n")
        if not line:
            raise OSError("gone")
        self.seen.append(line)
        return line

    def exchange(self, file, name, initial, challenge):
        """Takes the whole log-in, as long as it goes on."""
        if initial:
            self.responses.append(initial)
        if name == b"CRAM-MD5":
            self.responses.append(base64.b64encode(b"<1896.697@example.test>"))
            self.say(file, challenge + self.responses[-1])
            self.responses.append(self.hear(file))
        elif name.startswith(b"SCRAM"):
            if not initial:
                self.say(file, challenge)
                initial = self.hear(file)
                self.responses.append(initial)
            nonce = re.search(rb"r=([^,]+)", base64.b64decode(initial))[1]
            first = b"r=" + nonce + b"ServerNonce,s=" + base64.b64encode(b"saltsalt") + b",i=4096"
            self.responses.append(base64.b64encode(first))
            self.say(file, challenge + self.responses[-1])
            self.responses.append(self.hear(file))
        elif name == b"LOGIN":
            for question in (b"Username:", b"Password:"):
                self.say(file, challenge + base64.b64encode(question))
                response = self.hear(file)
            self.responses.append(response)
        elif not initial:
            self.say(file, challenge)
            self.responses.append(self.hear(file))
        if self.watch is not None:
            self.watch()

    def imap(self, file):
        offered = b" ".join(b"AUTH=" + name for name in self.mechanisms)
        if not {b"PLAIN", b"LOGIN"} & set(self.mechanisms):
            offered += b" LOGINDISABLED"
        self.say(file, b"* OK [ALERT] hello " + b" ".join(self.forms[:10]))
        while True:
            tag, command, *rest = self.hear(file).split(b" ")
            if command.upper() == b"CAPABILITY":
                self.say(file, b"* CAPABILITY IMAP4rev1 SASL-IR " + offered + b" "
                         + b" ".join(b"X-" + form.replace(b" ", b"_") for form in self.forms),
                         tag + b" OK " + self.raw)
            elif command.upper() == b"AUTHENTICATE":
                self.exchange(file, rest[0], rest[1] if len(rest) > 1 else b"", b"+ ")
                half = len(self.raw) // 2
                self.say(file, *[b"* OK [ALERT] " + line for line in self.echo()],
                         b"* OK " + self.raw[:half], b"* OK " + self.raw[half:],
                         tag + b" NO [ALERT] " + b" ".join(self.echo())[:7000])
            else:
                self.say(file, b"* BYE " + self.raw, tag + b" OK " + self.raw)
                return

    def smtp(self, file):
        self.say(file, b"220 " + b" ".join(self.forms[:10]))
        while True:
            command, *rest = self.hear(file).split(b" ")
            if command.upper() == b"EHLO":
                self.say(file, b"250-mx.example.test Hello dsl.of.jan.example [198.51.100.7]",
                         *[b"250-X-" + form for form in self.forms],
                         b"250 AUTH " + b" ".join(self.mechanisms))
            elif command.upper() == b"AUTH":
                self.exchange(file, rest[0], rest[1] if len(rest) > 1 else b"", b"334 ")
                self.say(file, *[b"535-5.7.8 " + line for line in self.echo()],
                         b"535 5.7.8 " + self.raw)
            else:
                self.say(file, b"221 " + self.raw)
                return

    def stop(self):
        self.listener.close()


def servers(password, mechanisms):
    certificate = make_certificate("server", password)
    return (Server("imap", password, mechanisms, certificate),
            Server("smtp", password, mechanisms, certificate), certificate[2])


def arguments(imap, smtp, digest):
    return ["verify", USER, "--in", f"imaps:127.0.0.1:{imap.port}",
            "--out", f"submissions:127.0.0.1:{smtp.port}",
            "--pin", f"{digest}@127.0.0.1:{imap.port}",
            "--pin", f"{digest}@127.0.0.1:{smtp.port}"]


def traces(password):
    """Parts of all forms that are long enough to be no chance: what stands between two blanks,
    also after somebody has put question marks in place of what is no ASCII; and halves."""
    found = {password.encode()[:len(password.encode()) // 2],
             password.encode()[len(password.encode()) // 2:]}
    for form in mwtest.secret_forms(password).values():
        parts = {part for part in form.split(b" ") if len(part) >= 8}
        found |= parts | {bytes(b if b < 128 else 63 for b in part) for part in parts}
    return {trace for trace in found if not set(trace) <= {63}}


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
    done = session.cli(*common, "--report", "/nonexistent/report", password=PASSWORD)
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
