#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Logs in to an IMAP and an SMTP server at once, as a script would.

peer.py IMAP-HOST SMTP-HOST USER    the password on standard input
Prints the milliseconds until both had said yes.
"""

import imaplib
import smtplib
import ssl
import sys
import threading
import time


def incoming(context, host, user, password):
    imaplib.IMAP4_SSL(host, ssl_context=context).login(user, password)


def outgoing(context, host, user, password):
    smtplib.SMTP_SSL(host, context=context).login(user, password)


def main():
    imap, smtp, user = sys.argv[1:]
    password = sys.stdin.readline().rstrip("\n")
    start = time.monotonic()
    context = ssl.create_default_context()
    done = []

    def run(function, host):
        function(context, host, user, password)
        done.append(time.monotonic())

    threads = [threading.Thread(target=run, args=job)
               for job in ((incoming, imap), (outgoing, smtp))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(done) < 2:
        sys.exit(1)
    print(round((max(done) - start) * 1000))


main()
