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


class NetworkManager:
    """python3-dbusmock's, on a bus that the programs of SESSION take for the system's."""

    def __init__(self, session, state="full"):
        mwtest.need("dbus-daemon", "gdbus")
        self.session = session
        path = os.path.join(session.directory, "system-bus")
        config = path + ".conf"
        with open(config, "w") as f:
            f.write(f"<busconfig><type>system</type><listen>unix:path={path}</listen>"
                    "<auth>EXTERNAL</auth><policy context='default'><allow send_destination='*'/>"
                    "<allow eavesdrop='true'/><allow own='*'/></policy></busconfig>")
        session.env["DBUS_SYSTEM_BUS_ADDRESS"] = f"unix:path={path}"
        session.spawn("dbus-daemon", "--nofork", "--nopidfile", f"--config-file={config}",
                      name="system-bus")
        mwtest.wait_for(lambda: os.path.exists(path), what="the system bus")
        session.spawn("/usr/bin/python3", "-m", "dbusmock", "--system",
                      "--template", "networkmanager", name="network-manager")
        mwtest.wait_for(lambda: "true" in self.call(
            "org.freedesktop.DBus", "/org/freedesktop/DBus",
            "org.freedesktop.DBus.NameHasOwner", "org.freedesktop.NetworkManager").stdout,
            what="NetworkManager")
        self.set(state)

    def call(self, name, path, method, *arguments, check=False):
        return self.session.run("gdbus", "call", "--system", "-d", name, "-o", path, "-m", method,
                                *arguments, check=check)

    def set(self, name):
        # In this order: GIO reads both when the connectivity changes.
        connectivity, state = STATES[name]
        for method, value in ("SetGlobalConnectionState", state), ("SetConnectivity", connectivity):
            self.call("org.freedesktop.NetworkManager", "/org/freedesktop",
                      f"org.freedesktop.DBus.Mock.{method}", str(value), check=True)


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
