# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""What the tests in Python share: homes, sessions, the lab, the command line.

    #!/usr/bin/python3
    import os, sys
    sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
    import mwtest

    def test_right_password(t):
        session = t.session(lab=LAB)
        done = session.cli("verify", "jan@example.test", "--password-stdin", "--json",
                           password=mwtest.PASSWORDS["jan"])
        t.equal(done.code, 0)
        t.equal(done.json["outcome"], "works")

    LAB = mwtest.Lab()
    mwtest.main(globals())

main() runs every function called test_* in the order of the file, writes TAP
and ends with 0, 1, or 77 when there was nothing to run.  Everything that was
started is gone when it returns, whatever happened: this process adopts what
its children leave behind, and ends exactly its own descendants.
"""

import atexit
import base64
import ctypes
import fnmatch
import hashlib
import html
import json
import os
import random
import re
import shlex
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import traceback
import unicodedata

sys.dont_write_bytecode = True

TESTS = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
ROOT = os.path.dirname(TESTS)
BUILD = os.environ.get("MW_BUILD_DIR", os.path.join(ROOT, "_build"))
# tests/run configures the build with this prefix and installs into it, so
# that everything is found where a real system would have it.
PREFIX = os.environ.get("MW_PREFIX", os.path.join(BUILD, "install"))

sys.path.append(os.path.join(TESTS, "lab"))
from sites import CLIENT, GATEWAY, IDN, PASSWORDS  # noqa: E402,F401  (for the tests)

libc = ctypes.CDLL(None, use_errno=True)
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36


class Failure(AssertionError):
    pass


class Skip(Exception):
    pass


# --- processes ------------------------------------------------------------

def children_of(parents):
    found = set()
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        try:
            with open(f"/proc/{name}/stat") as f:
                fields = f.read().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) in parents:
            found.add(int(name))
    return found


def descendants(root):
    """Every process below ROOT; the root itself is not in it."""
    found, level = set(), {root}
    while level:
        level = children_of(level) - found
        found |= level
    return found


def end_processes(get):
    """Ends what GET returns, asking first; looks again until nothing is left."""
    for number, patience in ((signal.SIGTERM, 3), (signal.SIGKILL, 3)):
        deadline = time.monotonic() + patience
        asked = set()
        while time.monotonic() < deadline:
            reap()
            left = get()
            if not left:
                return
            for pid in left - asked:
                try:
                    os.kill(pid, number)
                except (ProcessLookupError, PermissionError):
                    pass
            asked |= left
            time.sleep(0.05)


def die_with_parent():
    """For a child that is about to start a program: also when we are killed outright."""
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def reap():
    while True:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                return
        except ChildProcessError:
            return


def sanitized(name):
    """The same program as tests/run built it with the address sanitizer."""
    path = os.path.join(BUILD, "sanitized", "src", "cli", name)
    if not os.access(path, os.X_OK):
        raise Skip(f"there is no {path}")
    return path


def wait_for(condition, seconds=15, what="it"):
    """Calls CONDITION until it returns something true, and returns that."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise Failure(f"waited {seconds} s for {what}")
        time.sleep(0.05)


def program(name):
    """Where a program of ours is: MW_CLI and such, installed, or just built."""
    override = os.environ.get("MW_" + name.upper().replace("MAILWRIGHT-", "").replace("-", "_"))
    rooms = {"mailwright": "app", "mailwright-cli": "cli"}
    for path in (override, os.path.join(PREFIX, "bin", name),
                 os.path.join(BUILD, "src", rooms.get(name, ""), name)):
        if path and os.access(path, os.X_OK):
            return path
    raise Skip(f"{name} is not built in {BUILD}")


def need(*programs):
    for name in programs:
        if shutil.which(name) is None and not os.access(name, os.X_OK):
            raise Skip(f"{name} is not installed")


# --- the lab --------------------------------------------------------------

# Runs as the lab's client.
COUNT_LETTERS = r"""
import base64, imaplib, json, re, ssl, sys
def decode(name):
    return re.sub("&([^-]*)-", lambda run: base64.b64decode(
        run[1].replace(",", "/") + "=" * (-len(run[1]) % 4)).decode("utf-16-be") or "&", name)
address, password = sys.argv[1], sys.stdin.read()
client = imaplib.IMAP4_SSL("imap." + address.partition("@")[2],
                           ssl_context=ssl._create_unverified_context(), timeout=20)
client.authenticate("PLAIN", lambda _: f"\0{address}\0{password}".encode())
found = {}
for line in client.list()[1]:
    name = re.search(rb'\) "." (.*)$', line)[1].decode()
    status = client.status(name, "(MESSAGES)")[1][0].decode()
    found[decode(name.strip('"'))] = int(re.search(r"MESSAGES (\d+)", status)[1])
client.logout()
print(json.dumps(found))
"""


# To the discard port of the lab's router (RFC 863), where nobody listens.
SEND_MARK = """
import socket, sys
try:
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(
        bytes.fromhex(sys.argv[1]), (sys.argv[2], 9))
except OSError:
    sys.exit(3)
"""


class Lab:
    """Starts at first use, so that a script without root can say why it skips."""

    def __init__(self, *options):
        self.options = options
        self.state = None
        self.env = {}

    def up(self):
        if self.state is not None:
            return self
        if os.geteuid() != 0 and (shutil.which("sudo") is None or subprocess.run(
                ["sudo", "-n", "true"], capture_output=True).returncode != 0):
            raise Skip("the lab needs root, or sudo without a password")
        need("dovecot", "/usr/sbin/postfix", "/usr/sbin/dnsmasq", "openssl")
        done = subprocess.run([f"{TESTS}/lab/up", "--owner", str(os.getpid()), *self.options],
                              capture_output=True, text=True, timeout=60)
        if done.returncode != 0:
            if "namespaces" in done.stderr:
                raise Skip(done.stderr.strip())
            raise Failure(done.stderr.strip())
        self.state = done.stdout.strip()
        atexit.register(self.down)
        for line in subprocess.run([f"{TESTS}/lab/env", self.state], capture_output=True,
                                   text=True, check=True).stdout.splitlines():
            name, _, value = line.partition("=")
            self.env[name] = "".join(shlex.split(value))
        return self

    def down(self):
        if self.state is not None:
            subprocess.run([f"{TESTS}/lab/down", self.state], check=False)
            self.state = None

    def argv(self, argv, no_ca=False):
        """What to run so that ARGV runs in the lab, as its client."""
        self.up()
        return [f"{TESTS}/lab/exec"] + (["--no-ca"] if no_ca else []) + [self.state, *argv]

    def read(self, log):
        """The text of a log: dovecot, auth, postfix or dns."""
        self.up()
        with open(os.path.join(self.env["MW_LAB_LOG"], log + ".log"), errors="replace") as f:
            return f.read()

    def mark(self):
        """A point in the logs; give it to the functions below as `since`."""
        self.up()
        return {log: len(self.read(log)) for log in ("dovecot", "auth", "postfix", "dns")}

    def lines(self, log, since=None):
        return self.read(log)[(since or {}).get(log, 0):].splitlines()

    def presentations(self, since=None, service=None):
        """Passwords presented, right or wrong: [(service, mechanism, server address)]."""
        found = []
        for line in self.lines("auth", since):
            match = re.search(r"client in: AUTH\t\d+\t(\S+)\tservice=(\w+)\t.*?lip=([^\t]+)", line)
            if match and service in (None, match[2]):
                found.append((match[2], match[1], match[3]))
        return found

    def logins(self, since=None):
        """Log-ins that worked: [(service, user, mechanism, port, line)]."""
        found = []
        for line in self.lines("dovecot", since):
            match = re.search(r"(imap|pop3)-login: Info: Login: user=<([^>]*)>, method=(\S+),"
                              r".*lport=(\d+)", line)
            if match:
                found.append((match[1], match[2], match[3], int(match[4]), line))
        for line in self.lines("postfix", since):
            match = re.search(r"sasl_method=(\S+), sasl_username=(\S+)", line)
            if match:
                found.append(("smtp", match[2], match[1], None, line))
        return found

    def folders(self, address, inbox=False):
        """How many letters lie in each folder, INBOX only if wanted: {name: number}."""
        password = PASSWORDS[address.partition("@")[0]]
        done = subprocess.run(
            self.argv(["/usr/bin/python3", "-c", COUNT_LETTERS, address]),
            input=password, capture_output=True, text=True, timeout=30, check=True)
        found = json.loads(done.stdout)
        if not inbox:
            found.pop("INBOX", None)
        return found

    def questions(self, since=None):
        """What the name server was asked by the client: [(type, name)]."""
        return [match.groups() for line in self.lines("dns", since)
                for match in [re.search(rf"query\[(\w+)\] (\S+) from {CLIENT}", line)] if match]

    def wire(self):
        """The bytes of the capture so far (Lab("--capture")).

        A last packet is sent after all that went before and waited for: the
        capture is written by another process, some time later.
        """
        mark = os.urandom(16)
        sent = subprocess.run(self.argv(["/usr/bin/python3", "-c", SEND_MARK, mark.hex(),
                                         GATEWAY]),
                              timeout=30, check=False).returncode == 0

        def read():
            with open(self.env["MW_LAB_CAPTURE"], "rb") as f:
                data = f.read()
            # With the cable out nothing can be on its way.
            return data if mark in data or not sent else None

        return wait_for(read, what="the capture")

    def packets(self, since=0):
        """TCP packets of the capture from an offset on: [(from, to, port, flags, data)]."""
        data, found = self.wire(), []
        link, at = struct.unpack_from("<I", data, 20)[0], 24
        while at + 16 <= len(data):
            # The offset may lie in the middle of one that was being written.
            begin, length = at, struct.unpack_from("<I", data, at + 8)[0]
            packet = data[at + 16 + (14 if link == 1 else 0):at + 16 + length]
            at += 16 + length
            if begin < since or at > len(data) or not packet or packet[0] >> 4 not in (4, 6):
                continue
            if packet[0] >> 4 == 4:
                family, protocol, addresses = socket.AF_INET, packet[9], packet[12:20]
                tcp = packet[(packet[0] & 15) * 4:struct.unpack_from(">H", packet, 2)[0]]
            else:
                family, protocol, addresses = socket.AF_INET6, packet[6], packet[8:40]
                tcp = packet[40:40 + struct.unpack_from(">H", packet, 4)[0]]
            if protocol == 6 and len(tcp) >= 20:
                half = len(addresses) // 2
                found.append((socket.inet_ntop(family, addresses[:half]),
                              socket.inet_ntop(family, addresses[half:]),
                              struct.unpack_from(">H", tcp, 2)[0], tcp[13],
                              tcp[(tcp[12] >> 4) * 4:]))
        return found

    def dialled(self, since=0):
        """Every connection the client began: [(address, port)]."""
        # SYN without ACK
        return [(to, port) for _, to, port, flags, _ in self.packets(since)
                if flags & 0x12 == 0x02]


def certificate_digest(lab, domain):
    """SHA-256 of a domain's certificate in a lab, as a pin is written."""
    with open(os.path.join(lab.up().env["MW_LAB_CERTIFICATES"], domain + ".pem")) as f:
        text = f.read()
    body = text.partition("-----BEGIN CERTIFICATE-----")[2].partition("-----END")[0]
    return hashlib.sha256(base64.b64decode(body)).hexdigest()


def imap_utf7(text):
    """RFC 3501, 5.1.3."""
    found = ""
    for part in re.findall("[ -~]+|[^ -~]+", text):
        if part.isascii():
            found += part.replace("&", "&-")
        else:
            coded = base64.b64encode(part.encode("utf-16-be")).decode().rstrip("=")
            found += "&" + coded.replace("/", ",") + "-"
    return found


def percent(raw, number="%{:02X}", keep=""):
    return "".join(chr(b) if b < 128 and (chr(b).isalnum() or chr(b) in keep)
                   else number.format(b) for b in raw).encode()


def secret_forms(password, user=None):
    """How a password may look on a wire or in a file; what tests search for.

    USER is the log-in name, for the messages that join both. Forms that would
    be found by chance are left out.
    """
    raw = password.encode()
    forms = {"plain": raw,
             "quoted": raw.replace(b"\\", b"\\\\").replace(b'"', b'\\"'),
             "percent": percent(raw), "percent-lower": percent(raw, "%{:02x}"),
             "percent-url": percent(raw, keep="-._~"),
             "form": percent(raw, keep="-._~ ").replace(b" ", b"+"),
             "quoted-printable": percent(raw, "={:02X}", keep=" "),
             "backslash-hex": percent(raw, "\\x{:02x}"),
             "backslash-octal": percent(raw, "\\{:03o}"),
             "hex": raw.hex().encode(), "HEX": raw.hex().upper().encode(),
             "json": json.dumps(password)[1:-1].encode(),
             "json-json": json.dumps(json.dumps(password))[3:-3].encode(),
             "json-utf8": json.dumps(password, ensure_ascii=False)[1:-1].encode(),
             "xml": password.replace("&", "&amp;").replace('"', "&quot;").encode(),
             "xml-full": html.escape(password).encode(),
             "xml-numbers": "".join(f"&#{ord(c)};" for c in password).encode(),
             "xml-hex": "".join(f"&#x{ord(c):x};" for c in password).encode(),
             "upper": bytes(c - 32 if 97 <= c <= 122 else c for c in raw),
             "twice-coded": raw.decode("latin-1").encode(),
             "decomposed": unicodedata.normalize("NFD", password).encode(),
             "imap-utf7": imap_utf7(password).encode(),
             "utf16": password.encode("utf-16-le"), "utf16-be": password.encode("utf-16-be"),
             "base64-login": base64.b64encode(raw)}
    if user is not None:
        forms["base64-plain"] = base64.b64encode(b"\0" + user.encode() + b"\0" + raw)
    for name, text in (("", raw), ("-utf16", password.encode("utf-16-le"))):
        for shift in range(3):
            # Of each alignment only the characters that depend on the password alone.
            coded = base64.b64encode(b"\0" * shift + text)
            first = (shift * 8 + 5) // 6
            last = (shift + len(text)) * 8 // 6
            forms[f"base64{name}+{shift}"] = coded[first:last]
    return forms


def exchange_forms(responses):
    """What is secret of answers in a SASL exchange, as they were seen on a wire in base64:
    those of SCRAM and CRAM-MD5, whole, decoded, and their proofs."""
    forms = {}
    for number, coded in enumerate(responses):
        forms[f"response {number}"] = coded
        try:
            text = base64.b64decode(coded, validate=True)
        except ValueError:
            continue
        forms[f"response {number}, decoded"] = text
        for proof in re.findall(rb"(?:^|,)[pv]=([^,]{8,})| ([0-9a-f]{32})$", text):
            forms[f"proof {number}"] = proof[0] or proof[1]
    return forms


# --- homes and sessions ---------------------------------------------------

class Session:
    """A home of its own and, when asked for, a bus, a keyring and a screen.

    lab      programs run as the lab's client
    bus      a D-Bus session
    keyring  a gnome-keyring with an unlocked throw-away keyring (needs the bus)
    screen   "1280x900" or so: an X server and the accessibility bus
    """

    def __init__(self, lab=None, bus=False, keyring=False, screen=None, env=None):
        self.lab = lab
        self.directory = tempfile.mkdtemp(prefix="mw-home-")
        atexit.register(shutil.rmtree, self.directory, ignore_errors=True)
        self.home = os.path.join(self.directory, "home")
        self.logs = os.path.join(self.directory, "logs")
        self.processes = []
        xdg = {"XDG_CONFIG_HOME": ".config", "XDG_DATA_HOME": ".local/share",
               "XDG_CACHE_HOME": ".cache", "XDG_STATE_HOME": ".local/state"}
        self.env = {name: os.path.join(self.home, path) for name, path in xdg.items()}
        self.env |= {
            "HOME": self.home,
            "USER": "tester",
            "LOGNAME": "tester",
            "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin:/usr/games",
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "TMPDIR": os.path.join(self.directory, "tmp"),
            "XDG_RUNTIME_DIR": os.path.join(self.directory, "run"),
            "XDG_DATA_DIRS": f"{PREFIX}/share:/usr/local/share:/usr/share",
            "XDG_CONFIG_DIRS": "/etc/xdg",
            "GSETTINGS_BACKEND": "keyfile",
            "GSETTINGS_SCHEMA_DIR": f"{PREFIX}/share/glib-2.0/schemas",
            "GIO_USE_VFS": "local",
            "NO_AT_BRIDGE": "0" if screen else "1",
        }
        # Without a bus of the test's own nothing may find the tester's.
        self.env["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"
        self.env |= {name: value for name, value in os.environ.items()
                     if name in ("ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS", "MALLOC_CHECK_")}
        self.env |= env or {}
        for path in (*[self.env[name] for name in xdg], self.logs, self.env["TMPDIR"],
                     self.env["XDG_RUNTIME_DIR"]):
            os.makedirs(path, 0o700, exist_ok=True)
        if bus or keyring or screen:
            self.start_bus()
        if keyring:
            self.start_keyring()
        if screen:
            self.start_screen(screen)

    def argv(self, argv):
        return self.lab.argv(argv) if self.lab is not None else list(argv)

    def spawn(self, *argv, env=None, name=None, **kwargs):
        """Starts a program that stays; it ends with the session."""
        name = name or os.path.basename(argv[0])
        kwargs.setdefault("stdin", subprocess.DEVNULL)
        with open(os.path.join(self.logs, name + ".log"), "a") as log:
            kwargs.setdefault("stdout", log)
            kwargs.setdefault("stderr", log)
            process = subprocess.Popen(self.argv(argv), env=self.env | (env or {}),
                                       cwd=self.home, start_new_session=True,
                                       preexec_fn=die_with_parent, **kwargs)
        self.processes.append(process)
        return process

    def run(self, *argv, input=None, env=None, timeout=60, check=False):
        """Runs a program to its end; stdout and stderr are text."""
        try:
            done = subprocess.run(self.argv(argv), input=input, capture_output=True, text=True,
                                  env=self.env | (env or {}), cwd=self.home, timeout=timeout)
        except subprocess.TimeoutExpired as error:
            raise Failure(f"{' '.join(argv)} did not end in {timeout} s: "
                          f"{(error.stderr or b'').decode(errors='replace')[-2000:]}") from None
        if check and done.returncode != 0:
            raise Failure(f"{' '.join(argv)}: {done.returncode}\n{done.stderr}")
        return done

    def cli(self, *arguments, password=None, outgoing_password=None, wrapper=(), binary=None,
            timeout=90, env=None):
        """Runs mailwright-cli; .code .out .err, and .json when --json was given."""
        text = None
        if password is not None:
            text = password + "\n" + (outgoing_password + "\n" if outgoing_password else "")
        done = self.run(*wrapper, binary or program("mailwright-cli"), *arguments, input=text,
                        env=env, timeout=timeout)
        done.code, done.out, done.err = done.returncode, done.stdout, done.stderr
        done.json = None
        if "--json" in arguments and done.out.strip():
            try:
                done.json = json.loads(done.out)
            except ValueError:
                raise Failure(f"not JSON: {done.out[:500]!r} {done.err[:500]!r}") from None
        return done

    def log(self, name):
        path = os.path.join(self.logs, name + ".log")
        if not os.path.exists(path):
            return ""
        with open(path, errors="replace") as f:
            return f.read()

    # A socket with a path: an abstract one would not be seen across the lab's border.
    def start_bus(self):
        need("dbus-daemon")
        address = f"unix:path={self.env['XDG_RUNTIME_DIR']}/bus"
        self.env["DBUS_SESSION_BUS_ADDRESS"] = address
        self.spawn("dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address={address}")
        wait_for(lambda: os.path.exists(f"{self.env['XDG_RUNTIME_DIR']}/bus"), what="the bus")

    def start_keyring(self, password="throw-away"):
        need("gnome-keyring-daemon")
        daemon = self.spawn("gnome-keyring-daemon", "--foreground", "--unlock",
                            "--components=secrets", stdin=subprocess.PIPE)
        self.keyring = daemon
        daemon.stdin.write(password.encode())
        daemon.stdin.close()
        # Asking the service itself too early would make the bus start a second one.
        wait_for(lambda: "true" in self.run(
            "gdbus", "call", "--session", "-d", "org.freedesktop.DBus",
            "-o", "/org/freedesktop/DBus", "-m", "org.freedesktop.DBus.NameHasOwner",
            "org.freedesktop.secrets").stdout, what="the keyring")
        wait_for(lambda: "false" in self.run(
            "gdbus", "call", "--session", "-d", "org.freedesktop.secrets",
            "-o", "/org/freedesktop/secrets/aliases/default", "-m",
            "org.freedesktop.DBus.Properties.Get", "org.freedesktop.Secret.Collection",
            "Locked").stdout, what="an unlocked keyring")

    def stop_keyring(self):
        """As if it had crashed; start_keyring() brings it back with what it kept."""
        self.keyring.kill()
        self.keyring.wait()
        wait_for(lambda: "false" in self.run(
            "gdbus", "call", "--session", "-d", "org.freedesktop.DBus",
            "-o", "/org/freedesktop/DBus", "-m", "org.freedesktop.DBus.NameHasOwner",
            "org.freedesktop.secrets").stdout, what="the end of the keyring")

    def start_screen(self, size):
        need("Xvfb")
        # Left to itself it takes the first number free in its own network namespace, the same
        # in every lab, but the folder of the sockets is everybody's: a program whose server has
        # ended would meet another one's. It says on stdout when it is ready; sudo closes all
        # other descriptors.
        for _ in range(20):
            number = str(random.randint(100, 50000))
            if os.path.exists(f"/tmp/.X11-unix/X{number}"):
                continue
            server = self.spawn("Xvfb", f":{number}", "-displayfd", "1", "-screen", "0",
                                f"{size}x24", "-nolisten", "tcp", "-noreset",
                                stdout=subprocess.PIPE, text=True)
            if server.stdout.readline().strip() == number:
                break
        else:
            raise Failure("Xvfb did not start: " + self.log("Xvfb"))
        self.env |= {"DISPLAY": f":{number}", "GDK_BACKEND": "x11", "GSK_RENDERER": "cairo",
                     "GTK_A11Y": "atspi", "LIBGL_ALWAYS_SOFTWARE": "1", "MOZ_ENABLE_WAYLAND": "0",
                     "ADW_DISABLE_PORTAL": "1", "GTK_USE_PORTAL": "0"}
        launcher = "/usr/libexec/at-spi-bus-launcher"
        if os.access(launcher, os.X_OK):
            self.spawn(launcher, "--launch-immediately", "--a11y=1")

    def enter(self):
        """Makes this process part of the session, for pyatspi and gi."""
        os.environ.update({name: value for name, value in self.env.items()
                           if name.startswith(("XDG_", "DBUS_", "GTK_", "GDK_", "AT_"))
                           or name in ("DISPLAY", "HOME", "NO_AT_BRIDGE")})

    def picture(self, path):
        """The whole screen as a PNG file."""
        need("import")
        self.run("import", "-window", "root", path, check=True)

    def stop(self):
        """Ends everything that was started through this session, and its home."""
        roots = {process.pid for process in self.processes}
        sessions = set(roots)

        def left():
            found = {pid for root in roots for pid in descendants(root)} | children_of(roots)
            for pid in descendants(os.getpid()):
                try:
                    if os.getsid(pid) in sessions:
                        found.add(pid)
                except OSError:
                    pass
            return found

        for process in self.processes:
            if process.poll() is None:
                try:
                    process.terminate()
                except OSError:
                    pass
        end_processes(left)
        for process in self.processes:
            process.poll()
        self.processes = []
        shutil.rmtree(self.directory, ignore_errors=True)


# --- tests ----------------------------------------------------------------

class Test:
    """Given to each test function: what it may claim, and what it may start."""

    def __init__(self, name):
        self.name = name
        self.sessions = []

    def session(self, kind=Session, **kwargs):
        self.sessions.append(kind(**kwargs))
        return self.sessions[-1]

    def true(self, value, what="not true"):
        if not value:
            raise Failure(what)

    def equal(self, value, wanted, what=None):
        if value != wanted:
            raise Failure(f"{what or 'value'} is {value!r}, not {wanted!r}")

    def contains(self, text, part):
        """PART stands in TEXT (or in a list)."""
        if part not in text:
            raise Failure(f"{part!r} is not in {text[:1500]!r}")

    def skip(self, why):
        raise Skip(why)

    def absent(self, password, where, data, user=None, responses=()):
        """No form of the password stands in DATA (bytes), nor a response of a log-in with it."""
        for form, value in (secret_forms(password, user) | exchange_forms(responses)).items():
            if value in data:
                raise Failure(f"the password ({form}) stands in {where}")

    def stop(self):
        for session in self.sessions:
            session.stop()


def end_everything():
    end_processes(lambda: descendants(os.getpid()))


def guard():
    """From now on nothing that this process starts outlives it."""
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    signal.signal(signal.SIGHUP, lambda *_: sys.exit(129))
    atexit.register(end_everything)


def long(function):
    """Marks a test that only `tests/run --all` runs, or whoever names it."""
    function.long = True
    return function


def is_wanted(name, function, patterns):
    if patterns:
        return any(fnmatch.fnmatch(name, pattern) for pattern in patterns)
    return "MW_ALL" in os.environ or not getattr(function, "long", False)


def main(names):
    """Runs the test_* functions in NAMES (arguments: patterns of what to run)."""
    guard()
    patterns = sys.argv[1:]
    tests = [(name, function) for name, function in names.items()
             if name.startswith("test_") and callable(function)
             and is_wanted(name, function, patterns)]
    print(f"1..{len(tests)}", flush=True)
    failed = skipped = 0
    for number, (name, function) in enumerate(tests, 1):
        title = name[len("test_"):].replace("_", " ")
        test = Test(name)
        started = time.monotonic()
        try:
            function(test)
            result = f"ok {number} - {title}"
        except Skip as why:
            skipped += 1
            result = f"ok {number} - {title} # SKIP {why}"
        except Exception as error:
            failed += 1
            result = f"not ok {number} - {title}"
            trace = "".join(traceback.format_exception(error))
            if len(trace) > 8000:
                trace = trace[:4000] + "\n…\n" + trace[-4000:]
            print("\n".join("# " + line for line in trace.splitlines()))
            for session in test.sessions:
                for log in sorted(os.listdir(session.logs)):
                    tail = session.log(log[:-4]).splitlines()[-8:]
                    print("\n".join(f"# {log}: {line}" for line in tail))
        print(result + ("" if "SKIP" in result else f" # {time.monotonic() - started:.1f} s"),
              flush=True)
        test.stop()
    sys.exit(1 if failed else 77 if tests and skipped == len(tests) else 0)
