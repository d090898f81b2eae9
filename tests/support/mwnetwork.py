# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""The state of the network, as a test wants it.

    network = mwnetwork.NetworkManager(session)   # on a system bus of its own
    network.set("portal")

    mwnetwork.unplug(LAB)                          # the client's only cable
    mwnetwork.plug(LAB)
"""

import os
import subprocess

import mwtest

# What NetworkManager says: its connectivity, and the state that goes with it.
STATES = {"unknown": (0, 70), "none": (1, 20), "portal": (2, 60), "limited": (3, 60),
          "full": (4, 70)}

# Where nobody listens: the real system bus of the tester is no part of a test.
NO_SYSTEM_BUS = {"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nonexistent/system_bus_socket"}


def start_system_bus(session):
    """One that the programs of SESSION take for the system's, if there is none yet."""
    mwtest.need("dbus-daemon", "gdbus")
    path = os.path.join(session.directory, "system-bus")
    if os.path.exists(path):
        return
    config = path + ".conf"
    with open(config, "w") as f:
        f.write(f"<busconfig><type>system</type><listen>unix:path={path}</listen>"
                "<auth>EXTERNAL</auth><policy context='default'><allow send_destination='*'/>"
                "<allow eavesdrop='true'/><allow own='*'/></policy></busconfig>")
    session.env["DBUS_SYSTEM_BUS_ADDRESS"] = f"unix:path={path}"
    session.spawn("dbus-daemon", "--nofork", "--nopidfile", f"--config-file={config}",
                  name="system-bus")
    mwtest.wait_for(lambda: os.path.exists(path), what="the system bus")


class Mock:
    """A service of python3-dbusmock's on that bus, by the name of its template."""

    def __init__(self, session, template, name):
        self.session = session
        start_system_bus(session)
        session.spawn("/usr/bin/python3", "-m", "dbusmock", "--system",
                      "--template", template, name=template)
        mwtest.wait_for(lambda: "true" in self.call(
            "org.freedesktop.DBus", "/org/freedesktop/DBus",
            "org.freedesktop.DBus.NameHasOwner", name).stdout, what=name)

    def call(self, name, path, method, *arguments, check=False):
        return self.session.run("gdbus", "call", "--system", "-d", name, "-o", path, "-m", method,
                                *arguments, check=check)


class NetworkManager(Mock):
    def __init__(self, session, state="full"):
        super().__init__(session, "networkmanager", "org.freedesktop.NetworkManager")
        self.set(state)

    def set(self, name):
        # In this order: GIO reads both when the connectivity changes.
        connectivity, state = STATES[name]
        for method, value in ("SetGlobalConnectionState", state), ("SetConnectivity", connectivity):
            self.call("org.freedesktop.NetworkManager", "/org/freedesktop",
                      f"org.freedesktop.DBus.Mock.{method}", str(value), check=True)


class Logind(Mock):
    def __init__(self, session):
        super().__init__(session, "logind", "org.freedesktop.login1")

    def sleep(self, asleep):
        """Tells everybody that the computer goes to sleep, or is awake again."""
        self.call("org.freedesktop.login1", "/org/freedesktop/login1",
                  "org.freedesktop.DBus.Mock.EmitSignal", "org.freedesktop.login1.Manager",
                  "PrepareForSleep", "b", f"[<{'true' if asleep else 'false'}>]", check=True)


def as_root(lab, *argv):
    """Runs something as root where the lab's client is."""
    done = subprocess.run([f"{mwtest.TESTS}/lab/exec", "--as-root", lab.up().state, *argv],
                          capture_output=True, text=True)
    if done.returncode != 0:
        raise mwtest.Failure(f"{' '.join(argv)}: {done.stderr.strip()}")
    return done.stdout


def lose_way(lab):
    """No default route: the lab is all there is to be reached."""
    as_root(lab, "ip", "route", "del", "default")
    as_root(lab, "sh", "-c", "ip -6 route del default || true")


def unplug(lab):
    as_root(lab, "ip", "link", "set", "lab", "down")


def plug(lab):
    as_root(lab, "ip", "link", "set", "lab", "up")


def mute(lab):
    """Whatever the client sends is swallowed, and nothing says so."""
    as_root(lab, "tc", "qdisc", "add", "dev", "lab", "root", "blackhole")


def unmute(lab):
    as_root(lab, "sh", "-c", "tc qdisc del dev lab root 2>/dev/null || true")
