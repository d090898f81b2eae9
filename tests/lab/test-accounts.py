#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors

"""The saved accounts on the command line: proved, kept, handed over, deleted."""

import os
import plistlib
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
import mwtest  # noqa: E402

ADDRESS = "jan@example.test"
PASSWORD = mwtest.PASSWORDS["jan"]


def add(session, *options, address=ADDRESS, password=PASSWORD):
    return session.cli("add", address, "--password-stdin", "--json", *options, password=password)


def accounts(session):
    return session.cli("accounts", "--json").json["accounts"]


def test_from_address_to_mail_program(t):
    session = t.session(lab=LAB, bus=True, keyring=True)
    signature = os.path.join(session.home, "signature")
    with open(signature, "w", encoding="utf-8") as file:
        file.write("Pozdrawiam\nJan Żółw\n")

    done = add(session, "--name", "Jan Żółw", "--label", "Praca", "--description", "Nowa",
               "--signature-file", signature, "--default", "--to", "thunderbird")
    t.equal(done.code, 0)
    t.equal(done.json["verification"]["outcome"], "works")
    target, = done.json["targets"]
    t.equal([target["id"], target["outcome"], target["password"]],
            ["thunderbird", "done", "stored"])

    row, = accounts(session)
    t.equal(row["id"], done.json["account"])
    t.equal([row["label"], row["address"], row["state"], row["default"], row["exported"]],
            ["Praca", ADDRESS, "works", True, ["thunderbird"]])
    shown = session.cli("show", "Praca", "--json").json
    t.equal([shown["sender_name"], shown["description"], shown["signature"]],
            ["Jan Żółw", "Nowa", "Pozdrawiam\nJan Żółw\n"])
    t.equal([shown["incoming"]["service"], shown["outgoing"]["service"]],
            ["imaps", "submissions"])

    again = session.cli("export", row["id"][:8], "--to", "thunderbird", "--json")
    t.equal([again.code, again.json["targets"][0]["outcome"]], [0, "unchanged"])


def test_password_from_the_keyring(t):
    session = t.session(lab=LAB, bus=True, keyring=True)
    t.equal(add(session).code, 0)
    done = session.cli("verify", ADDRESS, "--json")
    t.equal([done.code, done.json["outcome"]], [0, "works"])
    # The saved password belongs to the saved servers, and to no others.
    t.equal(len(done.json["probes"]), 2)
    t.equal(session.cli("verify", ADDRESS, "--in", "imaps:mail.example.test").code, 2)

    t.equal(session.cli("delete", ADDRESS).code, 0)
    t.equal(accounts(session), [])
    t.equal(session.cli("verify", ADDRESS).code, 2)


def test_no_password_in_files(t):
    session = t.session(lab=LAB, bus=True, keyring=True)
    t.equal(add(session).code, 0)
    for folder, _, names in os.walk(session.env["XDG_DATA_HOME"] + "/mailwright"):
        for name in names:
            path = os.path.join(folder, name)
            t.equal(os.stat(path).st_mode & 0o077, 0, path)
            with open(path, "rb") as file:
                t.absent(PASSWORD, path, file.read())


def test_refused_is_not_saved(t):
    session = t.session(lab=LAB, bus=True, keyring=True)
    done = add(session, "--to", "thunderbird", password="wrong")
    t.equal(done.code, 1)
    t.equal([done.json["account"], done.json["targets"]], [None, []])
    t.equal(done.json["verification"]["outcome"], "bad-credentials")
    t.equal(accounts(session), [])


def test_untested(t):
    session = t.session(lab=LAB, bus=True, keyring=True)
    done = add(session, "--untested", "--in", "imaps:imap.refused.test",
               "--out", "submissions:smtp.refused.test", address="jan@refused.test")
    t.equal([done.code, done.json["verification"]], [0, None])
    shown = session.cli("show", "jan@refused.test", "--json").json
    t.equal([shown["incoming"]["host"], shown["outgoing"]["port"], shown["last_checked"]],
            ["imap.refused.test", 465, None])


def test_passwords_of_their_own(t):
    session = t.session(lab=LAB, bus=True, keyring=True)
    both = mwtest.PASSWORDS["piet"] + "\n" + PASSWORD
    done = add(session, "--user", "piet@example.test", "--outgoing-user", ADDRESS,
               "--outgoing-password-stdin", password=both)
    t.equal(done.code, 0)
    shown = session.cli("show", ADDRESS, "--json").json
    t.equal([shown["incoming"]["user"], shown["outgoing"]["user"]],
            ["piet@example.test", ADDRESS])
    t.equal(shown["outgoing"]["own_credentials"], True)
    t.equal(session.cli("verify", ADDRESS).code, 0)


def servers(candidates):
    """Candidates as the options of verify."""
    found = []
    for row in candidates:
        side = "--out" if row["service"].startswith("submission") else "--in"
        found += [side, f"{row['service']}:{row['host']}:{row['port']}"]
    return found


def test_as_files(t):
    """What was proved is written, and works when it is read back."""
    session = t.session(lab=LAB, bus=True, keyring=True)
    t.equal(add(session).code, 0)
    for form in ["autoconfig", "mobileconfig"]:
        path = os.path.join(session.home, form)
        done = session.cli("export", ADDRESS, "--to", form, "--output", path)
        t.equal(done.code, 0, done.err)
        with open(path, "rb") as file:
            t.absent(PASSWORD, path, file.read())
        done = session.cli("inspect", path, "--address", ADDRESS, "--json")
        t.equal([done.code, done.json["kind"]], [0, form])
        done = session.cli("verify", ADDRESS, "--password-stdin", "--json",
                           *servers(done.json["candidates"]), password=PASSWORD)
        t.equal([done.code, done.json["outcome"]], [0, "works"])


def test_file_with_passwords(t):
    """Asked for twice, they come out of the keyring, each for its side."""
    session = t.session(lab=LAB, bus=True, keyring=True)
    incoming = mwtest.PASSWORDS["piet"]
    done = add(session, "--user", "piet@example.test", "--outgoing-user", ADDRESS,
               "--outgoing-password-stdin", password=incoming + "\n" + PASSWORD)
    t.equal(done.code, 0)
    path = os.path.join(session.home, "both.mobileconfig")
    done = session.cli("export", ADDRESS, "--to", "mobileconfig", "--output", path,
                       "--with-password", "--unencrypted")
    t.equal(done.code, 0, done.err)
    t.equal(os.stat(path).st_mode & 0o777, 0o600)
    with open(path, "rb") as file:
        payload, = plistlib.load(file)["PayloadContent"]
    t.equal([payload["IncomingPassword"], payload["OutgoingPassword"],
             payload["OutgoingPasswordSameAsIncomingPassword"]], [incoming, PASSWORD, False])
    t.equal([payload["IncomingMailServerUsername"], payload["OutgoingMailServerUsername"]],
            ["piet@example.test", ADDRESS])
    for secret in [incoming, PASSWORD]:
        t.absent(secret, "output", (done.out + done.err).encode())
    t.equal(session.cli("export", ADDRESS, "--to", "autoconfig").code, 1)


def test_without_a_keyring(t):
    session = t.session(lab=LAB)
    t.equal(add(session).code, 3)
    done = add(session, "--no-keyring", "--to", "thunderbird")
    t.equal([done.code, done.json["targets"][0]["password"]], [0, "stored"])
    t.equal(len(accounts(session)), 1)


def test_no_such_mail_program(t):
    session = t.session(lab=LAB, bus=True, keyring=True)
    done = add(session, "--to", "nosuch")
    t.equal([done.code, done.json["targets"][0]["outcome"]], [3, "failed"])
    done = session.cli("export", ADDRESS, "--to", "thunderbird", "--to", "nosuch", "--json")
    t.equal([done.code, [row["outcome"] for row in done.json["targets"]]], [1, ["done", "failed"]])


LAB = mwtest.Lab()
mwtest.main(globals())
