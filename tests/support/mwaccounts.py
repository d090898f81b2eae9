# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Writes saved accounts, as the program finds them at its next start or at once."""

import os
import time
import uuid


def stamp(days):
    """So many days from now; days before it are negative."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + days * 86400))


def folder(data_dir):
    return os.path.join(data_dir, "mailwright", "accounts")


def text(address, *, label=None, state="works", checked=0, expires=None, default=False,
         description=None, outgoing=True, auth="plain", exports=()):
    """CHECKED and EXPIRES are days from now, None for unknown; EXPORTS ids of targets."""
    domain = address.rpartition("@")[2]
    lines = ["[Account]", "Format=1", f"Label={label if label is not None else address}",
             f"Address={address}", f"Default={'true' if default else 'false'}",
             f"Created={stamp(-100)}", f"State={state}"]
    if description is not None:
        lines.append(f"Description={description}")
    if checked is not None:
        lines.append(f"LastChecked={stamp(checked)}")
    for group, service, host, port in (("Incoming", "imaps", "imap", 993),
                                       ("Outgoing", "submissions", "smtp", 465)):
        if group == "Outgoing" and not outgoing:
            continue
        lines += ["", f"[{group}]", f"Service={service}", f"Host={host}.{domain}", f"Port={port}",
                  f"User={address}", f"Auth={auth}"]
        if expires is not None:
            lines.append(f"CertificateExpires={stamp(expires)}")
    for target in exports:
        lines += ["", f"[Export {target}]", "Account=account1"]
    return "\n".join(lines) + "\n"


def write(data_dir, address, identity=None, **values):
    """Puts one account there, whole or not at all, and returns its id."""
    identity = identity or str(uuid.uuid4())
    os.makedirs(folder(data_dir), mode=0o700, exist_ok=True)
    path = os.path.join(folder(data_dir), f"{identity}.account")
    temporary = os.path.join(folder(data_dir), f".{identity}")
    with open(temporary, "w") as f:
        f.write(text(address, **values))
    os.rename(temporary, path)
    return identity


def remove(data_dir, identity):
    os.unlink(os.path.join(folder(data_dir), f"{identity}.account"))


def write_many(data_dir, count):
    """Accounts that differ in name, state and place."""
    states = ({}, {"exports": ("thunderbird",)}, {"checked": -30}, {"state": "timeout"},
              {"outgoing": False})
    return [write(data_dir, f"person{number:05}@example{number % 7}.test",
                  label=f"Account {number:05}", **states[number % len(states)])
            for number in range(count)]
