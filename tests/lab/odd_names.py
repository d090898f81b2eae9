#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""A name server that answers as some do: not at all, late, or in circles.

odd_names.py ADDRESS JSON

JSON is {domain: [how, IPv4 address, IPv6 address or null]}; every name below a
domain has these addresses. How: drop-a, drop-aaaa, fail-aaaa, no-aaaa (says
that the whole name does not exist), late (3 s), chain (of aliases), loop,
rebind (local addresses from the second question on), mixed (all at once),
odd-text (a TXT record that is not text).
"""

import ipaddress
import json
import socket
import struct
import sys
import threading
import time

A, AAAA, CNAME, TXT = 1, 28, 5, 16
SERVFAIL, NXDOMAIN = 2, 3
LATE_SECONDS = 3
CHAIN = 4
LOCAL = ("127.0.0.1", "10.20.30.40")

asked = set()  # names that have had their first answer


def read_name(data, at):
    labels = []
    while data[at]:
        labels.append(data[at + 1:at + 1 + data[at]].decode().lower())
        at += 1 + data[at]
    return labels, at + 1


def write_name(labels):
    return b"".join(bytes([len(label)]) + label.encode() for label in labels) + b"\0"


def record(labels, kind, data):
    return write_name(labels) + struct.pack("!HHIH", kind, 1, 0, len(data)) + data


def addresses(labels, how, ipv4):
    """The IPv4 addresses of a name."""
    if how == "mixed":
        return (ipv4, *LOCAL)
    if how != "rebind":
        return (ipv4,)
    again = tuple(labels) in asked
    asked.add(tuple(labels))
    return LOCAL if again else (ipv4,)


def aliases(labels, how):
    """The CNAME records that lead from a name to where its address is."""
    if how == "chain":
        names = [labels] + [[f"hop{i}"] + labels[-2:] for i in range(CHAIN)]
    elif how == "loop":
        names = [labels, ["round"] + labels[-2:], labels]
    else:
        names = [labels]
    return ([record(here, CNAME, write_name(there)) for here, there in zip(names, names[1:])],
            names[-1])


def answer(query, zones):
    """The answer to a question, and how late it is; None when there is none."""
    labels, end = read_name(query, 12)
    kind, = struct.unpack_from("!H", query, end)
    how, ipv4, ipv6 = zones.get(".".join(labels[-2:]), ("unknown", None, None))
    code = NXDOMAIN if how == "unknown" else 0
    records = []
    if (how, kind) in (("drop-a", A), ("drop-aaaa", AAAA)):
        return None
    if (how, kind) == ("fail-aaaa", AAAA):
        code = SERVFAIL
    elif (how, kind) == ("no-aaaa", AAAA):
        code = NXDOMAIN
    elif kind in (A, AAAA) and code == 0:
        records, last = aliases(labels, how)
        found = addresses(last, how, ipv4) if kind == A else (ipv6,)
        records += [record(last, kind, ipaddress.ip_address(address).packed)
                    for address in found if address and how != "loop"]
    elif (how, kind) == ("odd-text", TXT):
        records = [record(labels, TXT, b"\x04\xff\xfe\xc5\0")]
    header = query[:2] + struct.pack("!HHHHH", 0x8580 | code, 1, len(records), 0, 0)
    return (header + query[12:end + 4] + b"".join(records),
            LATE_SECONDS if how == "late" else 0)


def serve(server, query, client, zones):
    found = answer(query, zones)
    if found is not None:
        time.sleep(found[1])
        server.sendto(found[0], client)


def main():
    zones = {domain: tuple(zone) for domain, zone in json.loads(sys.argv[2]).items()}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind((sys.argv[1], 53))
        print("ready", flush=True)
        while True:
            query, client = server.recvfrom(4096)
            threading.Thread(target=serve, args=(server, query, client, zones),
                             daemon=True).start()


main()
