#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Runs one JavaScript in a Thunderbird that was started with --marionette.

    marionette.py PORT < SCRIPT

The script is asynchronous: it calls its last argument with the result, which
is printed as JSON. Runs where Thunderbird listens, inside the lab."""

import json
import socket
import sys
import time


class Marionette:
    def __init__(self, port):
        deadline = time.monotonic() + 60
        while True:
            try:
                self.socket = socket.create_connection(("127.0.0.1", port), 60)
                break
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)
        self.file = self.socket.makefile("rb")
        self.number = 0
        self.receive()

    def receive(self):
        length = b""
        while not length.endswith(b":"):
            length += self.file.read(1)
        return json.loads(self.file.read(int(length[:-1])))

    def call(self, name, **arguments):
        self.number += 1
        text = json.dumps([0, self.number, name, arguments]).encode()
        self.socket.sendall(str(len(text)).encode() + b":" + text)
        _, _, error, result = self.receive()
        if error is not None:
            raise SystemExit(f"{name}: {error}")
        return result


client = Marionette(int(sys.argv[1]))
client.call("WebDriver:NewSession")
client.call("WebDriver:SetTimeouts", script=60000)
client.call("Marionette:SetContext", value="chrome")
print(json.dumps(client.call("WebDriver:ExecuteAsyncScript", script=sys.stdin.read(),
                             args=[])["value"]))
