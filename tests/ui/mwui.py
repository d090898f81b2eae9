# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Drives the window as a screen reader and a keyboard do.

    desk = mwui.Desk(lab=LAB, keyring=True)
    app = desk.start()
    app.type("Email address", "jan@example.test")
    app.press("Continue")
    app.wait("heading", "Sign In to Your Mail")

Widgets are found by role and name only, with a deadline. One process can be
part of one accessibility bus, so a script has one desk for all its tests; each
start() begins in a home of its own unless told otherwise.
"""

import gettext
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "support"))
import mwtest  # noqa: E402

# Around text from outside stand marks that keep its direction to itself.
ISOLATES = re.compile("[\u2066-\u2069]")

# A language from right to left; of our texts there is no translation.
MIRRORED = "he"

DEADLINE = 15


def rest_from_links():
    """What comes within a second of the link or file before is taken for no click, and dropped."""
    time.sleep(1.1)


def plain(text):
    return ISOLATES.sub("", text or "")


class Words:
    """The texts of the window in the language it runs in.

    Tests name widgets in English; a mnemonic is no part of a name. Where two
    texts differ in nothing else, the whole one is known, too.
    """

    def __init__(self, language, folder=f"{mwtest.PREFIX}/share/locale"):
        self.known = {}
        if language and language not in ("en", MIRRORED):
            try:
                catalog = gettext.translation("mailwright", folder, languages=[language])
            except FileNotFoundError:
                raise mwtest.Skip(f"no translation to {language} in {folder}") from None
            self.known = {name: self.bare(value)
                          for key, value in catalog._catalog.items()
                          if isinstance(key, str) and value
                          for name in (self.bare(key), key)}

    @staticmethod
    def bare(text):
        return text.rpartition("\x04")[2].replace("_", "")

    def say(self, text):
        return self.known.get(text, text) if text is not None else None


def mirrored(session):
    """What a program is started with, besides LANGUAGE, so that its windows are from right to left.

    The toolkit's translations say so, which small systems do not have, and are believed where the
    program has one, too.
    """
    mwtest.need("bwrap", "msgfmt")
    path = os.path.join(session.directory, "mirrored")
    with open(path + ".po", "w") as f:
        f.write('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
                'msgid "default:LTR"\nmsgstr "default:RTL"\n')
    session.run("msgfmt", "-o", path + ".mo", path + ".po", check=True)
    argv = ["bwrap", "--die-with-parent", "--dev-bind", "/", "/"]
    for folder, domain in (("/usr/share/locale", "gtk40"),
                           (f"{mwtest.PREFIX}/share/locale", "mailwright")):
        argv += ["--tmpfs", folder, "--ro-bind", path + ".mo",
                 f"{folder}/{MIRRORED}/LC_MESSAGES/{domain}.mo"]
    return argv


class QuietSession(mwtest.Session):
    """A session whose bus starts nothing by itself, as on a bare system."""

    def start_bus(self):
        address = f"unix:path={self.env['XDG_RUNTIME_DIR']}/bus"
        config = os.path.join(self.directory, "bus.conf")
        with open(config, "w") as f:
            f.write(f"<busconfig><type>session</type><listen>{address}</listen>"
                    "<policy context='default'><allow send_destination='*'/>"
                    "<allow eavesdrop='true'/><allow own='*'/></policy></busconfig>")
        self.env["DBUS_SESSION_BUS_ADDRESS"] = address
        self.spawn("dbus-daemon", "--nofork", "--nopidfile", f"--config-file={config}")
        mwtest.wait_for(lambda: os.path.exists(f"{self.env['XDG_RUNTIME_DIR']}/bus"),
                        what="the bus")


class Desk:
    """A screen, a bus and, when asked for, a keyring; for all tests of a script."""

    kind = mwtest.Session

    def __init__(self, lab=None, keyring=False, services=True, size="1000x900"):
        self.lab = lab
        self.keyring = keyring
        self.services = services
        self.size = size
        self.session = None
        self.atspi = None
        self.desktop = None
        self.apps = []

    def up(self):
        if self.session is None:
            if self.lab is not None:
                self.lab.up()
            kind = self.kind if self.services else QuietSession
            self.session = kind(lab=self.lab, keyring=self.keyring, bus=True, screen=self.size)
            self.wait_for_name("org.a11y.Bus")
            self.session.enter()
            os.environ.pop("NO_AT_BRIDGE", None)
            try:
                import mwatspi
            except (ImportError, ValueError):
                raise mwtest.Skip("the AT-SPI bindings for Python are not installed") from None
            self.atspi = mwatspi
            self.desktop = mwatspi.connect()
            self.park_pointer()
        return self

    def park_pointer(self):
        """Without a window manager a tool tip under the pointer takes the keyboard."""
        if shutil.which("xdotool"):
            width, height = (int(part) - 1 for part in self.size.split("x"))
            self.session.run("xdotool", "mousemove", str(width), str(height), check=True)

    def wait_for_name(self, name):
        mwtest.wait_for(lambda: "true" in self.session.run(
            "gdbus", "call", "--session", "-d", "org.freedesktop.DBus",
            "-o", "/org/freedesktop/DBus", "-m", "org.freedesktop.DBus.NameHasOwner",
            name).stdout, what=name)

    def start(self, *arguments, home=None, env=None, wait=True, wrapper=(), dpi=96):
        """Starts the window; HOME is another App to go on where that one was. With 192 DPI text
        is twice as large and everything else as large as ever."""
        self.up()
        self.stop_apps()
        app = App(self, home.directory if home is not None else None, env or {})
        app.wrapper = wrapper
        with open(os.path.join(app.directory, ".Xdefaults"), "w") as f:
            f.write(f"Xft.dpi: {dpi}\n")
        app.run(*arguments)
        self.apps.append(app)
        if wait:
            app.wait("frame")
        return app

    def stop_apps(self):
        while self.apps:
            self.apps.pop().stop()


class App:
    """One run of the window."""

    def __init__(self, desk, directory, env):
        self.desk = desk
        self.directory = directory or tempfile.mkdtemp(dir=desk.session.directory)
        # Warnings of the toolkit are defects of ours, and end the program.
        self.env = {"HOME": self.directory, "G_DEBUG": "fatal-warnings",
                    "XDG_CONFIG_HOME": f"{self.directory}/.config",
                    "XDG_DATA_HOME": f"{self.directory}/.local/share",
                    "XDG_CACHE_HOME": f"{self.directory}/.cache"} | env
        self.words = Words(self.env.get("LANGUAGE"))
        self.wrapper = ()
        self.process = None
        self.name = f"window-{len(os.listdir(desk.session.logs))}"

    def run(self, *arguments):
        self.settings()
        self.process = self.desk.session.spawn(*self.wrapper, mwtest.program("mailwright"),
                                               *arguments, env=self.env, name=self.name)

    def settings(self):
        """No animations: what is asked for is there at once."""
        folder = os.path.join(self.env["XDG_CONFIG_HOME"], "gtk-4.0")
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, "settings.ini")
        if not os.path.exists(path):
            with open(path, "w") as f:
                f.write("[Settings]\ngtk-enable-animations=false\n")

    def stop(self):
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(5)
        mwtest.end_processes(lambda: mwtest.descendants(self.process.pid))
        self.process = None

    def pid(self):
        """The window itself; the lab's wrapper may stand before it."""
        for pid in mwtest.descendants(self.process.pid) | {self.process.pid}:
            try:
                with open(f"/proc/{pid}/comm") as f:
                    if f.read().strip() == "mailwright":
                        return pid
            except OSError:
                continue
        raise mwtest.Failure("the window does not run")

    def memory(self):
        """Every piece of its memory: (address, bytes)."""
        pid = self.pid()
        with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb") as memory:
            for line in maps:
                span, rights, *rest = line.split()
                if "r" not in rights or rest[-1] in ("[vvar]", "[vsyscall]"):
                    continue
                start, end = (int(part, 16) for part in span.split("-"))
                if end - start > 1 << 30:  # not touched; a sanitizer's
                    continue
                try:
                    memory.seek(start)
                    yield start, memory.read(end - start)
                except (OSError, OverflowError):
                    continue

    def traces(self, password):
        """In which forms the password stands in its memory."""
        forms = mwtest.secret_forms(password)
        return {form for _, data in self.memory() for form, value in forms.items() if value in data}

    def log(self):
        return self.desk.session.log(self.name)

    def check_alive(self):
        if self.process.poll() is not None:
            raise mwtest.Failure(f"the window ended with {self.process.returncode}:\n"
                                 + self.log()[-3000:])

    # --- finding ----------------------------------------------------------

    def root(self):
        """Our program on the accessibility bus; only one of ours runs here."""
        for child in self.desk.desktop.get_children():
            try:
                if child is not None and child.get_name() == "mailwright":
                    return child
            except Exception:  # it went away while we looked
                continue
        return None

    def walk(self, node=None):
        """Every widget that is on the screen, parents first."""
        node = node if node is not None else self.root()
        if node is None:
            return
        stack = [node]
        while stack:
            node = stack.pop()
            try:
                states = node.get_state_set()
                role = node.get_role_name()
                children = node.get_children()
            except Exception:  # it went away while we looked
                continue
            if role != "application" and not states.contains(self.desk.atspi.StateType.VISIBLE):
                continue
            yield node
            stack.extend(child for child in reversed(children) if child is not None)

    def find(self, role, name=None, part=None):
        """The first widget of that role and name, or None."""
        name, part = self.words.say(name), self.words.say(part)
        for node in self.walk():
            try:
                if node.get_role_name() != role:
                    continue
                found = plain(node.get_name())
            except Exception:
                continue
            if (name is None or found == name) and (part is None or part in found):
                return node
        return None

    def wait(self, role, name=None, part=None, seconds=DEADLINE):
        deadline = time.monotonic() + seconds
        while True:
            node = self.find(role, name, part)
            if node is not None:
                return node
            self.check_alive()
            if time.monotonic() > deadline:
                raise mwtest.Failure(f"no {role} {name or part or ''!r} in {seconds} s; "
                                     "there is:\n" + self.describe())
            time.sleep(0.1)

    def gone(self, role, name=None, part=None, seconds=DEADLINE):
        mwtest.wait_for(lambda: self.find(role, name, part) is None, seconds,
                        f"no more {role} {name or part}")

    def describe(self):
        """What is on the screen, one widget a line."""
        lines = []
        for node in self.walk():
            try:
                lines.append(f"{node.get_role_name()}: {plain(node.get_name())!r}")
            except Exception:
                continue
        return "\n".join(lines)

    def texts(self):
        """Every name and label on the screen, joined."""
        return "\n".join(plain(node.get_name()) for node in self.walk())

    # --- doing ------------------------------------------------------------

    def text(self, title):
        node = self.wait("text", title)
        iface = node.get_text_iface()
        count = self.desk.atspi.Text.get_character_count(iface)
        return self.desk.atspi.Text.get_text(iface, 0, count)

    def type(self, title, text):
        node = self.wait("text", title)
        self.desk.atspi.EditableText.set_text_contents(node.get_editable_text_iface(), text)

    def press(self, name, role="push button", seconds=DEADLINE):
        """Does what a click would do. A button acts a moment later."""
        self.wait(role, name, seconds=seconds)
        node = mwtest.wait_for(lambda: self.find_pressable(role, name), seconds,
                               f"{name} to be sensitive")
        self.desk.atspi.Action.do_action(node.get_action_iface(), 0)

    # A menu button is two widgets of the same name, and only one can be pressed.
    def find_pressable(self, role, name):
        name = self.words.say(name)
        for node in self.walk():
            if node.get_role_name() != role or plain(node.get_name()) != name:
                continue
            action = node.get_action_iface()
            if (action is not None and self.desk.atspi.Action.get_n_actions(action) > 0
                    and self.is_sensitive(node)):
                return node
        return None

    def is_sensitive(self, node):
        return node.get_state_set().contains(self.desk.atspi.StateType.SENSITIVE)

    def is_checked(self, node):
        return node.get_state_set().contains(self.desk.atspi.StateType.CHECKED)

    # A message dialog has each button twice: beside and below one another.
    def pick(self, row, *keys):
        """Another line of a list, from the one before."""
        self.wait("combo box", row)
        while not self.has_focus("combo box", row):
            self.key("Tab")
        self.key("space", *keys, "Return")

    def has_focus(self, role, name):
        name = self.words.say(name)
        for node in self.walk():
            try:
                if (node.get_role_name() == role and plain(node.get_name()) == name
                        and node.get_state_set().contains(self.desk.atspi.StateType.FOCUSED)):
                    return True
            except Exception:  # it went away while we looked
                continue
        return False

    def click(self, name, times=1, role="push button"):
        """With the mouse, in the middle of it; as fast as a double click is."""
        mwtest.need("xdotool")
        node = mwtest.wait_for(lambda: self.find_pressable(role, name), what=name)
        left, top, width, height = self.desk.atspi.Component.get_extents(node)
        self.focus_window()
        window = self.desk.session.run("xdotool", "getwindowfocus", check=True).stdout.strip()
        self.desk.session.run("xdotool", "mousemove", "--window", window, str(left + width // 2),
                              str(top + height // 2), "click", "--repeat", str(times),
                              "--delay", "60", "1", check=True)

    def key(self, *keys):
        """Presses keys on whatever has the focus, as xdotool names them."""
        mwtest.need("xdotool")
        self.focus_window()
        self.desk.session.run("xdotool", "key", *keys, check=True)

    def keys(self, text):
        """Types text on whatever has the focus."""
        mwtest.need("xdotool")
        self.focus_window()
        self.desk.session.run("xdotool", "type", "--delay", "20", text, check=True)

    def focus_window(self):
        # Without a window manager nobody gives the focus to a window.
        done = self.desk.session.run("xdotool", "search", "--onlyvisible", "--class", "mailwright")
        windows = done.stdout.split()
        if windows:
            self.desk.session.run("xdotool", "windowfocus", "--sync", windows[-1])

    def resize(self, width, height):
        done = self.desk.session.run("xdotool", "search", "--onlyvisible", "--class", "mailwright",
                                     check=True)
        self.desk.session.run("xdotool", "windowmove", done.stdout.split()[-1], "0", "0")
        self.desk.session.run("xdotool", "windowsize", done.stdout.split()[-1],
                              str(width), str(height))

    def width(self):
        """Of the window that stands in front."""
        done = self.desk.session.run("xdotool", "search", "--onlyvisible", "--class", "mailwright",
                                     check=True)
        shape = self.desk.session.run("xdotool", "getwindowgeometry", "--shell",
                                      done.stdout.split()[-1], check=True)
        return int(re.search(r"^WIDTH=(\d+)$", shape.stdout, re.MULTILINE).group(1))

    def picture(self, path):
        """The screen, cut to the window."""
        mwtest.need("import")
        time.sleep(0.4)
        self.desk.session.run("import", "-window", "root", path, check=True)
        if shutil.which("mogrify"):
            self.desk.session.run("mogrify", "-trim", "+repage", path)
