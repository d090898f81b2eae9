#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""A server that repeats the password wherever it can: nothing of the window holds it."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402
from echo_server import USER, servers, traces  # noqa: E402

DESK = mwui.Desk()
PASSWORD = "zażółć \"gęślą\" \\jaźń 1"


def read(app):
    """Everything a screen reader could say of what is on the screen."""
    atspi = DESK.atspi
    found = []
    for node in app.walk():
        found += [node.get_name(), node.get_description()]
        text = node.get_text_iface()
        if text is not None:
            found.append(atspi.Text.get_text(text, 0, atspi.Text.get_character_count(text)))
    return mwui.plain("\n".join(word for word in found if word)).encode()


def check(t, where, data, servers_used):
    responses = [response for server in servers_used for response in server.responses]
    t.absent(PASSWORD, where, data, USER, responses)
    for trace in traces(PASSWORD):
        t.true(trace not in data, f"{trace} stands in {where}")


def test_window(t):
    mwtest.need("openssl", "xclip")
    imap, smtp, _ = servers(PASSWORD, [b"PLAIN"])
    used = (imap, smtp)
    app = DESK.start(env={"G_MESSAGES_DEBUG": "all"})
    app.press("Enter the Servers by Hand")
    app.wait("text", "Incoming server")
    app.type("Email address", USER)
    app.type("Password", PASSWORD)
    app.type("Incoming server", f"127.0.0.1:{imap.port}")
    app.type("Outgoing server", f"127.0.0.1:{smtp.port}")
    app.press("Check")

    app.press("Show Certificate", seconds=30)
    app.wait("label", "SHA-256 fingerprint")
    check(t, "the certificate's dialog", read(app), used)
    t.equal(imap.responses + smtp.responses, [], "log-ins before the certificate was accepted")
    app.press("Trust This Certificate")

    app.wait("push button", "Copy Report", seconds=60)
    mwtest.wait_for(lambda: imap.responses, what="the log-in")
    app.press("Details")
    app.wait("label", "Servers for Receiving")
    check(t, "the page of the problem", read(app), used)

    app.press("Copy Report")
    app.wait("text", "The report as it is copied")
    for switch in ("Include the part before the @", "Include addresses of your own network"):
        app.press(switch, role="check box")
    mwtest.wait_for(lambda: "127.0.0.1" in app.text("The report as it is copied"),
                    what="the servers in the report")
    check(t, "the report's window", read(app), used)
    app.press("Copy")
    app.wait("label", part="Report copied")

    def copied():
        out = DESK.session.run("xclip", "-o", "-selection", "clipboard", "-t", "UTF8_STRING",
                               check=False).stdout
        return out.encode() if "127.0.0.1" in out else None

    check(t, "the clipboard", mwtest.wait_for(copied, what="the report in the clipboard"), used)
    app.stop()
    check(t, "the log", app.log().encode(), used)
    imap.stop()
    smtp.stop()


mwtest.main(globals())
