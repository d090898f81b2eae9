#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Passwords in a real keyring, without one, and in a locked one."""

import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "support"))
import mwtest  # noqa: E402

PASSWORD = mwtest.PASSWORDS["jan"]

BUS_WITHOUT_SERVICES = """<busconfig>
  <type>session</type>
  <listen>unix:path={path}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


def driver(s, command, input=None, timeout=60):
    path = os.path.join(mwtest.BUILD, "tests", "export", "keyring-driver")
    if not os.access(path, os.X_OK):
        raise mwtest.Skip(f"{path} is not built")
    return s.run(path, command, input=input, timeout=timeout)


def answer(s, command, input=None):
    """(word, milliseconds) of a command that prints both."""
    done = driver(s, command, input)
    word, milliseconds = done.stdout.split()[:2]
    return word, int(milliseconds)


def start_bare_bus(s):
    """A session bus that can start no service."""
    path = os.path.join(s.env["XDG_RUNTIME_DIR"], "bus")
    config = os.path.join(s.directory, "bus.conf")
    with open(config, "w") as file:
        file.write(BUS_WITHOUT_SERVICES.format(path=path))
    s.env["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={path}"
    s.spawn("dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile")
    mwtest.wait_for(lambda: os.path.exists(path), what="the bus")


def test_real_keyring(t):
    s = t.session(bus=True, keyring=True)
    done = driver(s, "cycle")
    t.equal(done.returncode, 0, f"the cycle ({done.stderr})")
    t.equal(answer(s, "check")[0], "ok")


def test_item_as_others_see_it(t):
    s = t.session(bus=True, keyring=True)
    t.equal(answer(s, "save", PASSWORD + "\n")[0], "ok")
    found = s.run("secret-tool", "search", "--all", "xdg:schema", "io.github.mailwright.Account")
    text = found.stdout + found.stderr
    for line in ("label = Mailwright: jan@example.test (incoming)",
                 "schema = io.github.mailwright.Account",
                 "attribute.side = incoming",
                 "attribute.service = imaps",
                 "attribute.host = mail.example.test",
                 "attribute.port = 993",
                 "attribute.user = jan@example.test",
                 f"secret = {PASSWORD}"):
        t.contains(text, line)
    t.equal(text.count("schema = "), 1, "number of items")

    # Saved once more it is still one item.
    t.equal(answer(s, "save", "another\n")[0], "ok")
    t.equal(driver(s, "lookup").stdout, "another\n")
    found = s.run("secret-tool", "search", "--all", "xdg:schema", "io.github.mailwright.Account")
    t.equal((found.stdout + found.stderr).count("schema = "), 1, "number of items")


def test_no_session_bus(t):
    s = t.session()
    word, milliseconds = answer(s, "check")
    t.equal(word, "no-service")
    t.true(milliseconds < 3000, f"it took {milliseconds} ms")


def test_no_secret_service(t):
    s = t.session()
    start_bare_bus(s)
    word, milliseconds = answer(s, "check")
    t.equal(word, "no-service")
    t.true(milliseconds < 3000, f"it took {milliseconds} ms")
    t.equal(answer(s, "save", PASSWORD + "\n")[0], "no-service")


def test_service_that_hangs(t):
    """The name is owned, and nobody answers."""
    s = t.session(bus=True)
    program = ("import time; from gi.repository import Gio; import sys; "
               "bus = Gio.bus_get_sync(Gio.BusType.SESSION); "
               "bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus',"
               " 'org.freedesktop.DBus', 'RequestName',"
               " __import__('gi').repository.GLib.Variant('(su)', ('org.freedesktop.secrets', 4)),"
               " None, 0, -1, None); bus.set_exit_on_close(True);"
               "bus.add_filter(lambda c, m, incoming: None if incoming else m); time.sleep(60)")
    s.spawn("/usr/bin/python3", "-c", program, name="deaf")
    mwtest.wait_for(lambda: "true" in s.run(
        "gdbus", "call", "--session", "-d", "org.freedesktop.DBus", "-o", "/org/freedesktop/DBus",
        "-m", "org.freedesktop.DBus.NameHasOwner", "org.freedesktop.secrets").stdout,
        what="the deaf service")
    word, milliseconds = answer(s, "check")
    t.equal(word, "no-service")
    t.true(milliseconds < 15000, f"it took {milliseconds} ms")


def test_locked_keyring(t):
    """Nobody can unlock it here: no screen for the question."""
    s = t.session(bus=True, keyring=True)
    t.equal(answer(s, "save", PASSWORD + "\n")[0], "ok")
    s.run("gdbus", "call", "--session", "-d", "org.freedesktop.secrets",
          "-o", "/org/freedesktop/secrets", "-m", "org.freedesktop.Secret.Service.Lock",
          "['/org/freedesktop/secrets/aliases/default']", check=True)

    # Asking whether there is a keyring does not ask for its password.
    t.equal(answer(s, "check")[0], "ok")
    started = time.monotonic()
    t.contains(driver(s, "lookup").stdout, "locked")
    t.equal(answer(s, "save", "another\n")[0], "locked")
    t.true(time.monotonic() - started < 60, "it took too long")


def test_locked_keyring_is_no_lost_password(t):
    """An account whose password is locked away is not handed over without it."""
    s = t.session(bus=True, keyring=True)
    done = s.cli("add", "jan@example.test", "--untested", "--password-stdin", "--receive-only",
                 "--in", "imaps:imap.example.test", password=PASSWORD)
    t.equal(done.code, 0, done.err)
    s.run("gdbus", "call", "--session", "-d", "org.freedesktop.secrets",
          "-o", "/org/freedesktop/secrets", "-m", "org.freedesktop.Secret.Service.Lock",
          "['/org/freedesktop/secrets/aliases/default']", check=True)
    folder = os.path.join(s.home, "profile")
    os.mkdir(folder, 0o700)
    with open(os.path.join(folder, "prefs.js"), "w") as file:
        file.write('user_pref("a", 1);\n')
    done = s.cli("export", "jan@example.test", "--to", folder, "--json")
    t.equal(done.code, 3, done.err)
    t.equal(done.json["targets"][0]["outcome"], "failed")
    t.equal(os.listdir(folder), ["prefs.js"])


def test_nothing_readable_is_left(t):
    """In no file of the home, the encrypted keyring among them."""
    s = t.session(bus=True, keyring=True)
    t.equal(answer(s, "save", PASSWORD + "\n")[0], "ok")
    for folder, _, names in os.walk(s.directory):
        for name in names:
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                with open(path, "rb") as file:
                    t.absent(PASSWORD, path, file.read())


if __name__ == "__main__":
    mwtest.main(globals())
