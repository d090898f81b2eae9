# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""The Flatpak, really built and installed, in a session like that of a desktop.

    import mwflatpak
    from mwflatpak import mwtest

    DESK = mwflatpak.Desk()

    def test_start(t):
        app = DESK.start("mailto-setup:jan@example.test")
        app.wait("heading", "Sign In to Your Mail")

    mwflatpak.main(globals())

A script runs in a mount namespace of its own, where the home folder of each session is: not below
/tmp, which a sandbox never shares with its host.  The runtime is flatpak/local-runtime's, the
program is built once for all scripts, and installed anew for each session: for the user, in the
session's own home.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.realpath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "ui"))
import mwui  # noqa: E402
from mwui import mwtest  # noqa: E402
import mwnetwork  # noqa: E402

ID = "io.github.mailwright.Mailwright"
TOOLS = ("flatpak", "flatpak-builder", "ostree", "eu-strip", "localedef", "bwrap", "xdg-dbus-proxy",
         "unshare", "setpriv", "dbus-update-activation-environment")
# What the package is made of, besides what it is made from elsewhere.
SOURCES = ("COPYING", "data", "flatpak", "help", "meson.build", "meson_options.txt", "po", "src")
INSIDE = "MW_FLATPAK_PLACE"
# What a test of the window sets and no desktop does.
UNUSUAL = ("GSETTINGS_BACKEND", "GSETTINGS_SCHEMA_DIR", "GIO_USE_VFS", "ADW_DISABLE_PORTAL",
           "GTK_USE_PORTAL")


# --- the private namespace --------------------------------------------------

def find_place():
    """A folder that is there, and neither /tmp nor on the way to what the tests use."""
    used = [mwtest.ROOT, os.path.abspath(mwtest.BUILD), os.path.expanduser("~"),
            os.path.dirname(sys.executable)]
    for place in ("/srv", "/media", "/mnt", "/opt"):
        if os.path.isdir(place) and not any(path.startswith(place + "/") for path in used):
            return place
    return None


def why_not():
    """What is missing here, if anything."""
    missing = [tool for tool in TOOLS
               if shutil.which(tool, path=os.environ["PATH"] + ":/usr/sbin:/sbin") is None]
    if missing:
        return "not installed: " + " ".join(missing)
    for argv in (["unshare", *unshare_options(), "true"],
                 ["bwrap", "--dev-bind", "/", "/", "--unshare-all", "true"]):
        if subprocess.run(argv, capture_output=True, check=False).returncode != 0:
            return f"user namespaces cannot be made here ({argv[0]})"
    return None if find_place() else "no folder to make a home in"


def unshare_options():
    return ["--mount", "--propagation", "private"] + (
        [] if os.geteuid() == 0 else ["--map-current-user", "--keep-caps"])


def enter():
    """Starts the script again in a mount namespace of its own; returns when in it."""
    if INSIDE in os.environ:
        tempfile.tempdir = os.environ[INSIDE]
        return
    place = find_place()
    # Only a mount is allowed to it; a bubblewrap that has rights it was not given refuses to run.
    drop = "" if os.geteuid() == 0 else "setpriv --inh-caps=-all --ambient-caps=-all "
    os.environ[INSIDE] = place
    os.execvp("unshare", ["unshare", *unshare_options(), "sh", "-c",
                          f"mount -t tmpfs -o mode=755,size=4g none {place} && exec {drop}\"$@\"",
                          "sh", sys.executable, *sys.argv])


def main(names):
    reason = None if INSIDE in os.environ else why_not()
    if reason is not None:
        print(f"1..0 # SKIP {reason}")
        sys.exit(77)
    enter()
    mwtest.main(names)


# --- the package ------------------------------------------------------------

def source_key():
    """Another one whenever the package could be another one."""
    key = hashlib.sha256(os.path.basename(runtime()).encode())
    for top in SOURCES:
        top = os.path.join(mwtest.ROOT, top)
        paths = [top] if os.path.isfile(top) else [
            os.path.join(folder, name) for folder, _, names in os.walk(top) for name in names
            if not name.endswith((".pyc", "~"))]
        for path in sorted(paths):
            with open(path, "rb") as f:
                key.update(os.path.relpath(path, mwtest.ROOT).encode() + b"\0"
                           + hashlib.sha256(f.read()).digest())
    return key.hexdigest()[:16]


def run_tool(*argv, env=None):
    done = subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, env=os.environ | (env or {}))
    if done.returncode != 0:
        raise mwtest.Failure(f"{' '.join(argv)}:\n{done.stdout[-6000:]}")
    return done.stdout


_runtime = os.environ.get("MW_FLATPAK_RUNTIME")


def runtime():
    """The folder of an installation with the runtime; made at first use, which takes a minute."""
    global _runtime
    if _runtime is None:
        done = subprocess.run([f"{mwtest.ROOT}/flatpak/local-runtime"], capture_output=True,
                              text=True, stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            raise mwtest.Skip(done.stderr.strip().splitlines()[-1])
        _runtime = done.stdout.strip()
    return _runtime


class Package:
    """One build of the program: a repository, and a bundle."""

    def __init__(self, folder):
        self.folder = folder
        self.repo = f"{folder}/repo"
        self.bundle = f"{folder}/mailwright.flatpak"
        self.log = f"{folder}/build.log"


def share_compiled(work):
    """What the compiler has made once is kept beside the runtime, for other build folders."""
    kept = os.path.join(os.path.dirname(runtime()), "ccache")
    place = f"{work}/state/ccache"
    os.makedirs(kept, exist_ok=True)
    os.makedirs(f"{work}/state", exist_ok=True)
    if not os.path.lexists(place):
        os.symlink(kept, place)


def build():
    """The package of this source tree; built at first use, which takes some minutes."""
    work = os.path.join(os.path.abspath(mwtest.BUILD), "flatpak")
    folder = os.path.join(work, "package-" + source_key())
    if os.path.isdir(folder):
        return Package(folder)
    os.makedirs(f"{work}/home", exist_ok=True)
    with open(f"{work}/lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not os.path.isdir(folder):
            for name in os.listdir(work):
                if name.startswith("package-"):
                    shutil.rmtree(f"{work}/{name}")
            new = Package(f"{work}/new")
            shutil.rmtree(new.folder, ignore_errors=True)
            shutil.rmtree(f"{work}/repo", ignore_errors=True)
            os.makedirs(new.folder)
            share_compiled(work)
            # In a network with nobody in it: nothing may be fetched.
            text = run_tool("unshare", "--map-root-user", "--net",
                            f"{mwtest.ROOT}/flatpak/build", "--local-runtime", "--work", work,
                            "--output", new.bundle,
                            "--cache", os.path.dirname(os.path.dirname(runtime())),
                            env={"HOME": f"{work}/home", "XDG_DATA_HOME": f"{work}/home/data",
                                 "FLATPAK_USER_DIR": f"{work}/home/flatpak"})
            with open(new.log, "w") as f:
                f.write(text)
            os.rename(f"{work}/repo", new.repo)
            os.rename(new.folder, folder)
    return Package(folder)


# --- the session ------------------------------------------------------------

class Session(mwtest.Session):
    """A desktop with Flatpak, a keyring and the portals; ours is not installed yet."""

    def __init__(self, portal=True, env=None, **kwargs):
        super().__init__(env={"XDG_CURRENT_DESKTOP": "GNOME", "FLATPAK_SYSTEM_DIR": runtime()}
                         | (env or {}), **kwargs)
        if "DBUS_SYSTEM_BUS_ADDRESS" not in self.env:
            mwnetwork.start_system_bus(self)  # an installation asks it about parental controls
        if self.lab is not None:
            self.hide_documents()
        if "DISPLAY" in self.env:
            for name in UNUSUAL:
                self.env.pop(name, None)
            self.tell_bus()
            if portal:
                self.start_portal()

    def start_bus(self):
        for name in UNUSUAL:
            self.env.pop(name, None)
        self.exports = f"{self.home}/.local/share/flatpak/exports"
        self.env["XDG_DATA_DIRS"] = f"{self.exports}/share:/usr/local/share:/usr/share"
        super().start_bus()

    def hide_documents(self):
        """In the lab each program has mounts of its own, so that nobody would see what the
        document portal mounts; without it a sandbox starts without documents."""
        folder = f"{self.env['XDG_RUNTIME_DIR']}/dbus-1/services"
        os.makedirs(folder, exist_ok=True)
        with open(f"{folder}/org.freedesktop.portal.Documents.service", "w") as f:
            f.write("[D-BUS Service]\nName=org.freedesktop.portal.Documents\nExec=/bin/false\n")
        self.run("gdbus", "call", "--session", "-d", "org.freedesktop.DBus", "-o", "/",
                 "-m", "org.freedesktop.DBus.ReloadConfig", check=True)

    def tell_bus(self):
        """What the bus starts has the session's surroundings, as on a real desktop."""
        self.run("dbus-update-activation-environment",
                 *[f"{name}={value}" for name, value in self.env.items()
                   if not name.startswith("DBUS_SESSION")], check=True)

    def start_portal(self):
        mwtest.need("/usr/libexec/xdg-desktop-portal")
        self.spawn("/usr/libexec/xdg-desktop-portal")
        mwtest.wait_for(lambda: "(<uint32 1>" in self.run(
            "gdbus", "call", "--session", "-d", "org.freedesktop.portal.Desktop",
            "-o", "/org/freedesktop/portal/desktop", "-m", "org.freedesktop.DBus.Properties.Get",
            "org.freedesktop.portal.Secret", "version").stdout, what="the Secret portal")

    def flatpak(self, *arguments, check=True, timeout=60):
        return self.run("flatpak", *arguments, check=check, timeout=timeout)

    def install(self, package):
        """From a repository, as from Flathub."""
        self.flatpak("--user", "remote-add", "--no-gpg-verify", "mailwright",
                     f"file://{package.repo}")
        self.flatpak("--user", "install", "-y", "--noninteractive", "mailwright", ID)
        # As at the next log-in: the bus does not look where there was nothing when it started.
        self.run("gdbus", "call", "--session", "-d", "org.freedesktop.DBus",
                 "-o", "/org/freedesktop/DBus", "-m", "org.freedesktop.DBus.ReloadConfig",
                 check=True)
        return self.location()

    def location(self, part=""):
        """The folder whose `files` is /app inside, or that of a part, .Locale."""
        return self.flatpak("info", "--show-location", ID + part).stdout.strip()

    def inside(self, *argv, options=(), **kwargs):
        """Runs a program in the sandbox, to its end."""
        return self.run("flatpak", "run", *options, f"--command={argv[0]}", ID, *argv[1:], **kwargs)

    def running(self):
        return [line.split()[0] for line in self.flatpak(
            "ps", "--columns=instance,application").stdout.splitlines() if ID in line]

    def kill(self):
        """Ends every instance of ours."""
        if self.running():
            self.flatpak("kill", ID, check=False)
            mwtest.wait_for(lambda: not self.running(), what="the end of the sandbox")


class Desk(mwui.Desk):
    """A screen for all tests of a script; ours is installed on it."""

    kind = Session

    def __init__(self, lab=None, size="1000x900"):
        super().__init__(lab, keyring=True, size=size)
        self.package = None

    def up(self):
        if self.session is None:
            self.package = build()
            if self.lab is not None:
                self.lab.up()
                trust(os.path.join(self.lab.state, "ca", "bundle.pem"))
            super().up()
            self.session.install(self.package)
        return self

    def start(self, *arguments, keep=False, env=None, options=(), wait=True, wrapper=()):
        """Starts the window by `flatpak run`; with KEEP it finds what it had saved."""
        app = self.watch(keep, env)
        app.options = options
        app.wrapper = wrapper
        app.run(*arguments)
        if wait:
            app.wait("frame")
        return app

    def watch(self, keep=False, env=None):
        """A window that somebody else starts: the bus, or a program that opens a link."""
        self.up()
        self.stop_apps()
        app = App(self, keep, env or {})
        self.apps.append(app)
        return app


class App(mwui.App):
    """One run of the window in the sandbox."""

    def __init__(self, desk, keep, env):
        super().__init__(desk, desk.session.home, {})
        self.folder = f"{desk.session.home}/.var/app/{ID}"
        if not keep:
            shutil.rmtree(self.folder, ignore_errors=True)
        self.env = {"G_DEBUG": "fatal-warnings"} | env
        language = env.get("LANGUAGE")
        self.words = mwui.Words(
            language, f"{desk.session.location('.Locale')}/files/{language}/share")
        self.options = ()
        self.settings()

    def settings(self):
        folder = f"{self.folder}/config/gtk-4.0"
        os.makedirs(folder, exist_ok=True)
        with open(f"{folder}/settings.ini", "w") as f:
            f.write("[Settings]\ngtk-enable-animations=false\n")

    def run(self, *arguments):
        self.process = self.desk.session.spawn(*self.wrapper, "flatpak", "run", *self.options, ID,
                                               *arguments, env=self.env, name=self.name)

    def pid(self):
        """The window itself, from outside."""
        for name in os.listdir("/proc"):
            try:
                with open(f"/proc/{name}/comm") as f:
                    if f.read().strip() != "mailwright":
                        continue
                with open(f"/proc/{name}/environ", "rb") as f:
                    if f"HOME={self.desk.session.home}".encode() in f.read().split(b"\0"):
                        return int(name)
            except OSError:
                continue
        raise mwtest.Failure("the window does not run")

    def check_alive(self):
        if self.process is not None:
            super().check_alive()

    def stop(self):
        self.desk.session.kill()
        super().stop()


def trust(bundle):
    """From now on the runtime knows these certificate authorities, in this script alone."""
    found = [os.path.join(folder, "ca-certificates.crt")
             for folder, _, names in os.walk(f"{runtime()}/runtime/org.gnome.Platform")
             if folder.endswith("/etc/ssl/certs") and "ca-certificates.crt" in names]
    if not found:
        raise mwtest.Failure("the runtime has no list of certificate authorities")
    for path in found:
        subprocess.run(["mount", "--bind", bundle, path], check=True)
