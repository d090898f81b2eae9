#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Port 443 as somebody in between makes it: cut off or held back.

odd_web.py SERVER JSON

JSON is {how: address}. How: reset443 (after the first bytes), late443 and
tardy443 (0.7 and 4 s, then it is SERVER that answers).
"""

import json
import socket
import struct
import sys
import threading
import time

SECONDS = {"late443": 0.7, "tardy443": 4}


def pump(source, target):
    try:
        while data := source.recv(4096):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def serve(client, how, server):
    first = client.recv(4096)
    if how == "reset443":
        # Closing without waiting for anything sends a reset.
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.close()
        return
    time.sleep(SECONDS[how])
    with client, socket.create_connection((server, 443)) as upstream:
        upstream.sendall(first)
        back = threading.Thread(target=pump, args=(upstream, client), daemon=True)
        back.start()
        pump(client, upstream)
        back.join()


def listen(how, address, server):
    with socket.create_server((address, 443)) as listener:
        while True:
            client, _ = listener.accept()
            threading.Thread(target=serve, args=(client, how, server), daemon=True).start()


def main():
    server, addresses = sys.argv[1], json.loads(sys.argv[2])
    threads = [threading.Thread(target=listen, args=(how, address, server))
               for how, address in addresses.items() if how == "reset443" or how in SECONDS]
    for thread in threads:
        thread.start()


main()
