# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""A server that repeats a password wherever it can: no output of ours may hold it.

Real TLS, on the loop-back interface.  The server knows the password
beforehand, as one knows it that saw it in an earlier run, and says it in every
form of mwtest.secret_forms(): in its certificate, greeting, capabilities,
alerts, challenges and refusals, and everything it was sent.
"""

import base64
import hashlib
import os
import re
import socket
import ssl
import subprocess
import tempfile
import threading

import mwtest

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


def traces(password):
    """Parts of all forms that are long enough to be no chance: what stands between two blanks,
    also after somebody has put question marks in place of what is no ASCII; and halves."""
    found = {password.encode()[:len(password.encode()) // 2],
             password.encode()[len(password.encode()) // 2:]}
    for form in mwtest.secret_forms(password).values():
        parts = {part for part in form.split(b" ") if len(part) >= 8}
        found |= parts | {bytes(b if b < 128 else 63 for b in part) for part in parts}
    return {trace for trace in found if not set(trace) <= {63}}
