#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Accounts handed to the real Evolution, which logs in without a question.

Proof is the server's log of the log-in, and that no window asked for anything.
"""

import base64
import configparser
import glob
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "support"))
import mwtest  # noqa: E402
import sites  # noqa: E402

ADDRESS = "jan@example.test"
PASSWORD = mwtest.PASSWORDS["jan"]
LAB = mwtest.Lab()


# --- helpers ----------------------------------------------------------------

# A container or root has no sandbox to give to the view of a letter.
WEBKIT = {"WEBKIT_DISABLE_COMPOSITING_MODE": "1",
          "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}


def session(t, screen=None, lab=None):
    mwtest.need("evolution", "gnome-keyring-daemon", "secret-tool")
    return t.session(lab=lab or LAB, bus=True, keyring=True, screen=screen, env=WEBKIT)


def add(t, s, address, *options, password=PASSWORD):
    done = s.cli("add", address, "--password-stdin", "--json", "--to", "evolution", *options,
                 password=password)
    t.equal(done.code, 0, f"exit code of add ({done.err} {done.out})")
    return done.json


def save(t, s, address, *options, password=PASSWORD):
    """Proves and saves an account without handing it over; returns its id."""
    done = s.cli("add", address, "--password-stdin", "--json", *options, password=password)
    t.equal(done.code, 0, f"exit code of add ({done.err} {done.out})")
    return done.json["account"]


def export(t, s, account, *options, code=0, password=None):
    if password is not None:
        options = (*options, "--password-stdin")
    done = s.cli("export", account, "--to", "evolution", "--json", *options, password=password)
    t.equal(done.code, code, f"exit code of export ({done.err} {done.out})")
    return target_of(done.json)


def target_of(report):
    [target] = report["targets"]
    return target


def sources(s):
    """uid → key file, of what is on the disk."""
    found = {}
    for path in glob.glob(f"{s.env['XDG_CONFIG_HOME']}/evolution/sources/*.source"):
        file = configparser.RawConfigParser(strict=False)
        file.optionxform = str
        file.read(path)
        found[os.path.basename(path)[:-len(".source")]] = file
    return found


def config_folder(s):
    return f"{s.env['XDG_CONFIG_HOME']}/evolution"


def tree(*folders):
    """Every file below: {path: bytes}."""
    found = {}
    for folder in folders:
        for path in glob.glob(f"{folder}/**", recursive=True, include_hidden=True):
            if os.path.isfile(path):
                with open(path, "rb") as file:
                    found[path] = file.read()
    return found


def settled(read):
    """What READ returns once it has been the same for a while: the data server
    completes the files it has read, each when it gets to it."""
    seen = [None, 0.0]

    def same():
        now = read()
        if now != seen[0]:
            seen[:] = [now, time.monotonic()]
        return time.monotonic() - seen[1] > 1 and [now]

    return mwtest.wait_for(same, 30, "files that stay as they are")[0]


def of_kind(s, group):
    return {uid: file for uid, file in sources(s).items() if file.has_section(group)}


def account_of(s, address=ADDRESS):
    """(uid, account, transport, identity) key files of an address."""
    every = sources(s)
    for uid, file in every.items():
        identity = every.get(file.get("Mail Account", "IdentityUid", fallback=""))
        if identity and identity.get("Mail Identity", "Address", fallback="") == address:
            transport = every.get(identity.get("Mail Submission", "TransportUid", fallback=""))
            return uid, file, transport, identity
    return None


def wait_account(s, address=ADDRESS):
    return mwtest.wait_for(lambda: account_of(s, address), 10, f"the sources of {address}")


def account_file(s, account):
    return f"{s.env['XDG_DATA_HOME']}/mailwright/accounts/{account}.account"


def prove_by(s, account, side, auth):
    """As if that way of logging in had been proved."""
    with open(account_file(s, account)) as file:
        head, group, tail = file.read().partition(f"[{side}]")
    with open(account_file(s, account), "w") as file:
        file.write(head + group + re.sub(r"Auth=.*", "Auth=" + auth, tail, count=1))


def data_server(s, check=True):
    """What the data server knows, as text; starts it when it does not run."""
    return s.run("gdbus", "call", "--session", "-d", "org.gnome.evolution.dataserver.Sources5",
                 "-o", "/org/gnome/evolution/dataserver/SourceManager",
                 "-m", "org.freedesktop.DBus.ObjectManager.GetManagedObjects", check=check).stdout


def default_account(s):
    return s.run("gsettings", "get", "org.gnome.Evolution.DefaultSources",
                 "default-mail-account").stdout.strip()


def stored_password(s, uid):
    return s.run("secret-tool", "lookup", "e-source-uid", uid).stdout


def replace_in(path, former, new):
    with open(path) as file:
        text = file.read()
    assert former in text, text
    with open(path, "w") as file:
        file.write(text.replace(former, new))


def change_password(address, password):
    """On the server."""
    path = os.path.join(LAB.up().state, "servers", "dovecot", "users")
    read = ["cat", path] if os.geteuid() == 0 else ["sudo", "-n", "cat", path]
    lines = subprocess.run(read, capture_output=True, text=True, check=True).stdout.splitlines()
    encoded = base64.b64encode(password.encode()).decode()
    lines = [f"{address}:{{PLAIN.b64}}{encoded}::::::" if line.startswith(address + ":") else line
             for line in lines]
    write = ["tee", path] if os.geteuid() == 0 else ["sudo", "-n", "tee", path]
    subprocess.run(write, input="\n".join(lines) + "\n", text=True, check=True,
                   stdout=subprocess.DEVNULL)
    # Dovecot looks at the file once in a second of the clock: one it has just
    # looked at stays what it was until the next one begins.
    time.sleep(1.1 - time.time() % 1)


def failures(since):
    """Log-ins the server refused."""
    return [line for line in LAB.lines("dovecot", since) if "auth failed" in line]


def start_evolution(s):
    return s.spawn("evolution", name="evolution")


def questions(s):
    """Names of the windows that ask for something."""
    found = s.run("xdotool", "search", "--name",
                  "[Aa]uthentication|[Pp]assword|[Cc]ertificate|[Kk]eyring|[Uu]nlock").stdout
    return [s.run("xdotool", "getwindowname", window).stdout.strip() for window in found.split()]


def wait_log_in(s, since, service, user=ADDRESS, seconds=60):
    def logged_in():
        asked = questions(s)
        if asked:
            raise mwtest.Failure(f"Evolution asked: {asked}")
        return [login for login in LAB.logins(since) if login[0] == service and login[1] == user]

    return mwtest.wait_for(logged_in, seconds, f"a log-in of Evolution by {service}")


def quiet_for(t, s, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        t.equal(questions(s), [], "windows that ask")
        time.sleep(0.3)


# --- what is written --------------------------------------------------------

def test_target_is_found(t):
    s = session(t)
    done = s.cli("targets", "--json")
    t.equal(done.code, 0)
    ids = [target["id"] for target in done.json["targets"]]
    t.true("evolution" in ids, f"targets are {ids}")


def test_account_is_created(t):
    s = session(t)
    signature = os.path.join(s.directory, "signature.txt")
    with open(signature, "w") as file:
        file.write("Jan Kowalski\nul. Żółwia 1\n")
    target = target_of(add(t, s, ADDRESS, "--name", "Jan Kowalski", "--label", "Praca",
                           "--signature-file", signature))
    t.equal(target["outcome"], "done")
    t.equal(target["password"], "stored")

    uid, account, transport, identity = wait_account(s)
    t.equal(account.get("Data Source", "DisplayName"), "Praca")
    t.equal(account.get("Mail Account", "BackendName"), "imapx")
    t.equal(account.get("Authentication", "Port"), "993")
    t.equal(account.get("Authentication", "User"), ADDRESS)
    t.equal(account.get("Security", "Method"), "ssl-on-alternate-port")
    t.equal(transport.get("Mail Transport", "BackendName"), "smtp")
    t.equal(transport.get("Data Source", "Parent"), uid)
    t.equal(identity.get("Mail Identity", "Name"), "Jan Kowalski")

    signature_uid = identity.get("Mail Identity", "SignatureUid")
    path = f"{s.env['XDG_CONFIG_HOME']}/evolution/signatures/{signature_uid}"
    with open(path) as file:
        t.equal(file.read(), "Jan Kowalski\nul. Żółwia 1\n")
    t.equal(os.stat(path).st_mode & 0o777, 0o600, "mode of the signature")

    transport_uid = identity.get("Mail Submission", "TransportUid")
    t.equal(stored_password(s, uid), PASSWORD)
    t.equal(stored_password(s, transport_uid), PASSWORD)
    t.equal(default_account(s), f"'{uid}'", "default account")
    for path in glob.glob(f"{s.home}/**", recursive=True, include_hidden=True):
        if os.path.isfile(path):
            with open(path, "rb") as file:
                t.absent(PASSWORD, path, file.read())


def test_export_again_changes_nothing(t):
    s = session(t)
    account = add(t, s, ADDRESS)["account"]
    wait_account(s)
    before = sources(s)
    target = export(t, s, account)
    t.equal(target["outcome"], "unchanged")
    t.equal((target["created"], target["updated"], said(target)), ([], [], []))
    t.equal(sorted(sources(s)), sorted(before))

    # A crash came before it was written down: the account is known by its uid.
    file, = glob.glob(f"{s.env['XDG_DATA_HOME']}/mailwright/accounts/*.account")
    with open(file) as f:
        text = f.read()
    t.contains(text, "[Export evolution]")
    with open(file, "w") as f:
        f.write(text[:text.index("[Export evolution]")])
    target = export(t, s, account)
    t.equal((target["outcome"], target["takes_over"]), ("unchanged", False))
    t.equal(sorted(sources(s)), sorted(before))


def said(target):
    """The changes of an export as the report names them."""
    return [(change["item"], change["former"], change["latter"]) for change in target["changes"]]


def test_made_by_hand(t):
    s = session(t)
    old = "--in", "imap:imap.example.test", "--out", "submission:smtp.example.test"
    by_hand = save(t, s, ADDRESS, *old, "--name", "Other", "--label", "By hand")
    export(t, s, by_hand, password="an old password")
    uid = wait_account(s)[0]
    t.equal(s.cli("delete", by_hand).code, 0)
    before = sorted(sources(s))

    new = "--in", "imaps:imap.example.test", "--out", "submission:smtp.example.test"
    again = save(t, s, ADDRESS, *new, "--name", "Jan", "--label", "Praca")
    target = export(t, s, again, code=1)
    t.contains(target["message"], "did not make it")
    target = export(t, s, again, "--dry-run")
    changes = [("incoming-server", "imap:imap.example.test:143",
                "imaps:imap.example.test:993"),
               ("incoming-password", "", ""), ("outgoing-password", "", "")]
    t.equal((target["takes_over"], said(target)), (True, changes))
    t.equal(stored_password(s, uid), "an old password")
    t.equal(sorted(sources(s)), before)

    target = export(t, s, again, "--take-over")
    t.equal((target["takes_over"], said(target)), (True, changes))
    _, account, _, identity = account_of(s)
    t.equal(account.get("Data Source", "DisplayName"), "By hand")
    t.equal(identity.get("Mail Identity", "Name"), "Other")
    target = export(t, s, again)
    t.equal((target["outcome"], target["takes_over"], said(target)), ("unchanged", False, []))

    # Taken out here, the person's account stays there.
    driver = os.path.join(mwtest.BUILD, "tests", "export", "evolution-driver")
    s.run(driver, f"{s.env['XDG_DATA_HOME']}/mailwright", again, check=True)
    t.equal(sorted(sources(s)), before)
    t.equal(stored_password(s, uid), PASSWORD)


def test_dry_run(t):
    s = session(t)
    account = save(t, s, ADDRESS)
    target = export(t, s, account, "--dry-run")
    t.equal(target["outcome"], "done")
    t.equal(said(target)[0], ("account", None, ADDRESS))
    promised = said(target)
    t.equal(sorted(name.split()[0] for name in target["created"]),
            ["account", "identity", "password", "password", "transport"])
    t.equal(account_of(s), None)
    found = s.run("secret-tool", "search", "--all", "eds-origin", "evolution-data-server")
    t.equal(found.stdout, "")
    t.equal(said(export(t, s, account)), promised)


def test_removal_leaves_nothing(t):
    s = session(t)
    signature = os.path.join(s.directory, "signature.txt")
    with open(signature, "w") as file:
        file.write("Jan")
    driver = os.path.join(mwtest.BUILD, "tests", "export", "evolution-driver")
    mwtest.need(driver)
    anna = add(t, s, "anna@example.test", password=mwtest.PASSWORDS["anna"])["account"]
    wait_account(s, "anna@example.test")
    export(t, s, anna)
    before = sorted(sources(s))
    default = default_account(s)

    jan = add(t, s, ADDRESS, "--default", "--signature-file", signature)["account"]
    uid = wait_account(s)[0]
    t.equal(default_account(s), f"'{uid}'", "default account")
    s.run(driver, f"{s.env['XDG_DATA_HOME']}/mailwright", jan, check=True)
    mwtest.wait_for(lambda: sorted(sources(s)) == before, 5, "the sources of before")
    t.equal(stored_password(s, uid), "")
    t.equal(default_account(s), default, "default account")
    t.equal(os.listdir(f"{s.env['XDG_CONFIG_HOME']}/evolution/signatures"), [])
    found = s.run("secret-tool", "search", "--all", "eds-origin", "evolution-data-server")
    t.equal((found.stdout + found.stderr).count("schema = "), 2, "passwords of anna")


def fake_evolution(s, mode, name="org.gnome.evolution.dataserver.Sources5"):
    s.spawn(os.path.join(os.path.dirname(os.path.realpath(__file__)), "fake-source-manager.py"),
            mode, name, name="fake")
    mwtest.wait_for(lambda: "true" in s.run(
        "gdbus", "call", "--session", "-d", "org.freedesktop.DBus", "-o", "/org/freedesktop/DBus",
        "-m", "org.freedesktop.DBus.NameHasOwner", name).stdout, what="the fake data server")


def test_failure_is_rolled_back(t):
    s = session(t)
    signature = os.path.join(s.directory, "signature.txt")
    with open(signature, "w") as file:
        file.write("Jan")
    account = save(t, s, ADDRESS, "--signature-file", signature)
    fake_evolution(s, "fail")
    target = export(t, s, account, code=1)
    t.equal(target["outcome"], "failed")
    t.contains(target["message"], "disk full")
    calls = s.log("fake").split()
    t.equal((calls.count("CreateSources"), calls.count("Remove")), (1, 1), "calls")
    found = s.run("secret-tool", "search", "--all", "eds-origin", "evolution-data-server")
    t.equal(found.stdout, "")
    t.equal(os.listdir(f"{s.env['XDG_CONFIG_HOME']}/evolution/signatures"), [])


def test_online_accounts_has_it(t):
    s = session(t)
    account = save(t, s, ADDRESS)
    fake_evolution(s, "goa")
    target = export(t, s, account, code=1)
    t.equal(target["outcome"], "failed")
    t.true("CreateSources" not in s.log("fake"), "nothing may be created")
    found = s.run("secret-tool", "search", "--all", "eds-origin", "evolution-data-server")
    t.equal(found.stdout, "")


BUS_WITH = """<busconfig>
  <type>session</type>
  <listen>unix:path={path}</listen>
  <servicedir>{services}</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


SOURCES = "org.gnome.evolution.dataserver.Sources5.service"


def bus_without(t, s, *services):
    """A bus that can start nothing but SERVICES."""
    folder = os.path.join(s.directory, "services")
    os.mkdir(folder)
    for name in services:
        shutil.copy(f"/usr/share/dbus-1/services/{name}", folder)
    path = os.path.join(s.env["XDG_RUNTIME_DIR"], "bus")
    config = os.path.join(s.directory, "bus.conf")
    with open(config, "w") as file:
        file.write(BUS_WITH.format(path=path, services=folder))
    s.env["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={path}"
    s.spawn("dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile")
    mwtest.wait_for(lambda: os.path.exists(path), what="the bus")


def test_without_keyring(t):
    """The account is made; the password cannot be kept, and that is said."""
    first = session(t)
    account = save(t, first, ADDRESS)

    s = t.session(lab=LAB)
    bus_without(t, s, SOURCES)
    shutil.copytree(f"{first.env['XDG_DATA_HOME']}/mailwright",
                    f"{s.env['XDG_DATA_HOME']}/mailwright")

    target = export(t, s, account, password=PASSWORD)
    t.equal((target["outcome"], target["password"]), ("done", "not-stored"))
    wait_account(s)


def test_settings_out_of_reach(t):
    """Where Evolution's settings are unknown, that is said and not more."""
    s = session(t)
    account = save(t, s, ADDRESS, "--default")
    replace_in(account_file(s, account), "Notifications=true", "Notifications=false")
    data = os.path.join(s.directory, "share")
    os.makedirs(f"{data}/applications")
    shutil.copy("/usr/share/applications/org.gnome.Evolution.desktop", f"{data}/applications")
    done = s.cli("export", account, "--to", "evolution", "--json",
                 env={"XDG_DATA_DIRS": data})
    t.equal(done.code, 0, f"exit code of export ({done.err} {done.out})")
    t.equal(target_of(done.json)["notes"], ["default-not-set", "notifications-not-set"])
    t.equal(default_account(s), "'system'")
    done = s.cli("export", account, "--to", "evolution", "--json")
    t.equal(target_of(done.json)["notes"], [])
    t.equal(default_account(s), f"'{wait_account(s)[0]}'")


# --- the real Evolution -----------------------------------------------------

def test_log_in_at_first_start(t):
    """The account is there before Evolution runs for the first time."""
    s = session(t, screen="1280x900")
    account = add(t, s, ADDRESS, "--name", "Jan Kowalski")["account"]
    wait_account(s)
    since = LAB.mark()
    start_evolution(s)
    login = wait_log_in(s, since, "imap")[0]
    t.equal(login[3], 993, "port")
    quiet_for(t, s, 5)
    t.equal(failures(since), [], "refused log-ins")

    # Evolution has written keys of its own by now; they are no change of ours.
    mwtest.wait_for(lambda: account_of(s)[1].has_option("Mail Account", "NeedsInitialSetup"), 10,
                    "Evolution's own keys")
    t.equal(export(t, s, account)["outcome"], "unchanged")


def test_without_password_it_asks(t):
    """The other tests look for windows that ask: here they must find one."""
    s = session(t, screen="1280x900")
    add(t, s, ADDRESS)
    uid = wait_account(s)[0]
    s.run("secret-tool", "clear", "e-source-uid", uid, check=True)
    since = LAB.mark()
    start_evolution(s)
    mwtest.wait_for(lambda: questions(s), 60, "the question for the password")
    t.equal(LAB.logins(since), [])


def test_starttls_while_running(t):
    """Evolution runs already; the account arrives in it."""
    s = session(t, screen="1280x900")
    anna = "anna@example.test"
    add(t, s, anna, password=mwtest.PASSWORDS["anna"])
    since = LAB.mark()
    start_evolution(s)
    wait_log_in(s, since, "imap", anna)

    jan = "jan@starttls.test"
    account = save(t, s, jan)
    since = LAB.mark()
    t.equal(export(t, s, account)["outcome"], "done")
    t.equal(wait_log_in(s, since, "imap", jan)[0][3], 143, "port")
    quiet_for(t, s, 3)
    t.equal(failures(since), [], "refused log-ins")

    # Another server of a running Evolution is noticed only after a restart.
    file, = [path for path in glob.glob(f"{s.env['XDG_DATA_HOME']}/mailwright/accounts/*.account")
             if account in path]
    replace_in(file, "Host=imap.starttls.test", "Host=mail.starttls.test")
    target = export(t, s, account, password=PASSWORD)
    t.equal((target["outcome"], target["needs_restart"]), ("done", True))


def test_pop3(t):
    """Both ports; what is fetched stays on the server, as long as was said."""
    s = session(t, screen="1280x900")
    address, other = "jan@poponly.test", "jan@starttls.test"
    t.equal(target_of(add(t, s, address))["notes"], ["local-mail"])
    _, account, _, _ = wait_account(s, address)
    t.equal(account.get("Mail Account", "BackendName"), "pop")
    t.equal(account.get("Pop Backend", "KeepOnServer"), "true")
    t.equal(account.get("Pop Backend", "DeleteAfterDays", fallback="0"), "0")

    saved = save(t, s, other, "--in", "pop3:pop3.starttls.test:110",
                 "--out", "submission:smtp.starttls.test:587")
    export(t, s, saved)
    _, account, _, _ = wait_account(s, other)
    t.equal(account.get("Security", "Method"), "starttls-on-standard-port")

    since = LAB.mark()
    start_evolution(s)
    t.equal(wait_log_in(s, since, "pop3", address)[0][3], 995, "port")
    t.equal(wait_log_in(s, since, "pop3", other)[0][3], 110, "port")

    # The letters of both are fetched into "On This Computer", and stay on the server.
    mwtest.wait_for(lambda: sum("del=0/3" in line for line in LAB.lines("dovecot", since)) == 2,
                    20, "twice three letters that are not deleted")
    local = f"{s.env['XDG_DATA_HOME']}/evolution/mail/local"
    mwtest.wait_for(lambda: len(glob.glob(f"{local}/cur/*") + glob.glob(f"{local}/new/*")) == 6,
                    20, "six letters on this computer")
    t.equal(failures(since), [], "refused log-ins")

    # A running Evolution looks for this kind of mail only when it is told to.
    target = target_of(add(t, s, "anna@poponly.test", password=mwtest.PASSWORDS["anna"]))
    t.equal(target["notes"], ["local-mail", "fetches-later"])
    replace_in(account_file(s, saved), "DeleteAfterDays=0", "DeleteAfterDays=14")
    t.equal(export(t, s, saved)["notes"], ["local-mail"])
    mwtest.wait_for(lambda: account_of(s, other)[1].get("Pop Backend", "DeleteAfterDays") == "14",
                    10, "the days")
    quiet_for(t, s, 1)


# As the person made it in Evolution, and somebody has been in the files, too.
BY_HAND = {
    "by-hand-account": """# do not touch
[Data Source]
DisplayName=Anna
DisplayName[pl]=Ania
Enabled=true
Parent=

[Mail Account]
BackendName=imapx
IdentityUid=by-hand-identity
NeedsInitialSetup=false

[Authentication]
Host=imap.example.test
Port=993
User=anna@example.test
Method=PLAIN
RememberPassword=true

[Security]
Method=ssl-on-alternate-port

[Somebody Else]
Key with blanks=1;2;\\s
""",
    "by-hand-transport": """[Data Source]
DisplayName=Anna
Enabled=true
Parent=by-hand-account

[Mail Transport]
BackendName=smtp

[Authentication]
Host=smtp.example.test
Port=465
User=anna@example.test
Method=PLAIN

[Security]
Method=ssl-on-alternate-port
""",
    "by-hand-identity": """[Data Source]
DisplayName=Anna
Enabled=true
Parent=by-hand-account

[Mail Identity]
Address=anna@example.test
Name=Anna

[Mail Submission]
SentFolder=folder://local/Sent
TransportUid=by-hand-transport
""",
    "by-hand-calendar": """[Data Source]
DisplayName=Urodziny
Enabled=false
Parent=local-stub

[Calendar]
BackendName=local
Color=#62a0ea
""",
}


def make_by_hand(t, s):
    os.makedirs(f"{config_folder(s)}/sources", 0o700)
    for uid, text in BY_HAND.items():
        with open(f"{config_folder(s)}/sources/{uid}.source", "w") as file:
            file.write(text)
    for uid in ("by-hand-account", "by-hand-transport"):
        s.run("secret-tool", "store", "--label", uid, "e-source-uid", uid,
              "eds-origin", "evolution-data-server", input=mwtest.PASSWORDS["anna"], check=True)


def lines_of(path):
    """All but empty ones: a group begins with one, whoever writes it."""
    with open(path) as file:
        return [line for line in file.read().split("\n") if line]


def by_hand(s):
    """What there is of it on the disk."""
    return {path: data for path, data in tree(f"{config_folder(s)}/sources").items()
            if "/by-hand-" in path}


def test_whole_life(t):
    """An account comes, is changed and goes beside one that the person made;
    two people have their mail on one host."""
    s = session(t, screen="1280x900")
    driver = os.path.join(mwtest.BUILD, "tests", "export", "evolution-driver")
    mwtest.need(driver)
    make_by_hand(t, s)
    data_server(s)
    foreign = settled(lambda: by_hand(s))
    t.equal(len(foreign), len(BY_HAND), "files that were made by hand")
    before = set(settled(lambda: sorted(sources(s))))

    # Receiving and sending have a password each, and neither is plain.
    done = s.cli("add", ADDRESS, "--password-stdin", "--json", "--default",
                 "--in", "imap:imap.example.test:143", "--user", "piet@example.test",
                 "--out", "submission:smtp.example.test:587", "--outgoing-user", ADDRESS,
                 "--outgoing-password-stdin",
                 password=mwtest.PASSWORDS["piet"], outgoing_password=PASSWORD)
    t.equal(done.code, 0, f"exit code of add ({done.err} {done.out})")
    account = done.json["account"]
    target = export(t, s, account)
    t.equal((target["outcome"], target["password"]), ("done", "stored"))
    uid, _, _, identity = wait_account(s)
    ours = sources(s).keys() - before
    t.equal(len(ours), 3, "sources")
    t.equal(stored_password(s, uid), mwtest.PASSWORDS["piet"])
    t.equal(stored_password(s, identity.get("Mail Submission", "TransportUid")), PASSWORD)
    t.equal(by_hand(s), foreign)

    # Again: not a byte.
    everything = settled(lambda: tree(config_folder(s)))
    t.equal(export(t, s, account)["outcome"], "unchanged")
    t.equal(settled(lambda: tree(config_folder(s))), everything, "after the second export")

    send_at_once(s)
    since = LAB.mark()
    start_evolution(s)
    t.equal(wait_log_in(s, since, "imap", "piet@example.test")[0][3], 143, "port")
    t.equal(wait_log_in(s, since, "imap", "anna@example.test")[0][3], 993, "port")
    send_letter(t, s, since, "anna@example.test")
    t.equal([login[1] for login in LAB.logins(since) if login[0] == "smtp"], [ADDRESS],
            "who has sent")
    mwtest.wait_for(lambda: [line for line in LAB.lines("postfix", since)
                             if "disconnect" in line and "starttls=1 auth=1" in line],
                    20, "the end of sending with STARTTLS")
    t.equal(failures(since), [], "refused log-ins")

    # What stands in our files and is not ours stays, and so does everything of others.
    path = f"{config_folder(s)}/sources/{uid}.source"
    with open(path) as file:
        text = file.read()
    with open(path, "w") as file:
        file.write("# a word of somebody\n" + text.replace(
            "[Mail Account]\n", "[Mail Account]\nForeignKey=a\\sb\n") + "\n[Foreign]\nLast=1\n")
    mwtest.wait_for(lambda: "ForeignKey" in data_server(s), 20, "the data server to look")
    foreign = settled(lambda: by_hand(s))
    former = lines_of(path)
    replace_in(account_file(s, account), f"Label={ADDRESS}", "Label=Praca")
    target = export(t, s, account)
    t.equal((target["outcome"], target["needs_restart"]), ("done", False))
    mwtest.wait_for(lambda: account_of(s)[1].get("Data Source", "DisplayName") == "Praca", 10,
                    "the new name")
    t.equal(lines_of(path), ["DisplayName=Praca" if line.startswith("DisplayName=") else line
                             for line in former])
    t.equal(by_hand(s), foreign)

    # It goes while Evolution runs; the other one goes on.
    said = s.run(driver, f"{s.env['XDG_DATA_HOME']}/mailwright", account, check=True).stdout
    t.equal(said.split(), ["done", "open-question"])
    mwtest.wait_for(lambda: not ours & sources(s).keys(), 10, "our files to go")
    t.equal(by_hand(s), foreign)
    found = s.run("secret-tool", "search", "--all", "eds-origin", "evolution-data-server")
    t.equal((found.stdout + found.stderr).count("schema = "), 2, "passwords of anna")
    t.equal(default_account(s), "'system'", "default account")
    quiet_for(t, s, 1)


def test_password_was_changed(t):
    s = session(t, screen="1280x900")
    address = "piet@example.test"
    former, new = mwtest.PASSWORDS["piet"], 'nowe "hasło" \\po zmianie 22'
    account = add(t, s, address, password=former)["account"]
    uid = wait_account(s, address)[0]
    change_password(address, new)
    try:
        target = export(t, s, account, password=new)
        t.equal(target["outcome"], "done")
        t.equal(target["created"], [])
        t.true(all(name.startswith("password ") for name in target["updated"]),
               f"updated: {target['updated']}")
        t.equal(stored_password(s, uid), new)
        since = LAB.mark()
        start_evolution(s)
        wait_log_in(s, since, "imap", address)
        quiet_for(t, s, 3)
        t.equal(failures(since), [], "refused log-ins")
    finally:
        change_password(address, former)


def test_sending(t):
    """A letter written in Evolution's own window is sent without a question."""
    s = session(t, screen="1280x900")
    anna = "anna@example.test"
    add(t, s, ADDRESS, "--name", "Jan Kowalski")
    wait_account(s)
    send_at_once(s)
    since = LAB.mark()
    start_evolution(s)
    wait_log_in(s, since, "imap")

    send_letter(t, s, LAB.mark(), anna)
    t.equal(failures(since), [], "refused log-ins")


def send_at_once(s):
    """Control and Return send without a question of Evolution's own."""
    s.run("gsettings", "set", "org.gnome.evolution.mail", "prompt-on-accel-send", "false",
          check=True)


def send_letter(t, s, since, to):
    s.spawn("evolution", f"mailto:{to}?subject=Proba&body=Tekst", name="composer")
    send_from_composer(t, s, since, "^Proba$", to)


def send_from_composer(t, s, since, title, to):
    window = mwtest.wait_for(
        lambda: s.run("xdotool", "search", "--name", title).stdout.split(), 30, "the composer")
    s.run("xdotool", "windowfocus", "--sync", window[-1])

    # The composer takes keys only once its page is loaded.
    def sent():
        s.run("xdotool", "key", "--window", window[-1], "ctrl+Return")
        time.sleep(1)
        t.equal(questions(s), [], "windows that ask")
        return [login for login in LAB.logins(since) if login[0] == "smtp"]

    mwtest.wait_for(sent, 40, "a log-in for sending")
    wait_sent(s, since, title, to)


def wait_sent(s, since, title, to):
    mwtest.wait_for(lambda: [line for line in LAB.lines("postfix", since)
                             if f"to=<{to}>" in line and "status=sent" in line],
                    10, "the letter")
    mwtest.wait_for(lambda: not s.run("xdotool", "search", "--name", title).stdout, 20,
                    "the composer to close")


def folders_of(s, address):
    """Where Evolution puts what, as paths on the server."""
    uid, account, _, identity = account_of(s, address)
    uris = {"Sent": identity.get("Mail Submission", "SentFolder", fallback=""),
            "Drafts": identity.get("Mail Composition", "DraftsFolder", fallback=""),
            "Archive": account.get("Mail Account", "ArchiveFolder", fallback="")}
    found = {use: urllib.parse.unquote(uri.removeprefix(f"folder://{uid}/"))
             for use, uri in uris.items()}
    found["Trash"] = account.get("Imapx Backend", "RealTrashPath", fallback="")
    found["Junk"] = account.get("Imapx Backend", "RealJunkPath", fallback="")
    return found


def test_special_folders(t):
    """Known before Evolution has asked the server itself, and followed afterwards."""
    piet = "piet@example.test"
    s = session(t, screen="1280x900")
    account = add(t, s, piet, password=mwtest.PASSWORDS["piet"])["account"]
    wait_account(s, piet)
    t.equal(folders_of(s, piet), sites.FOLDERS["piet"], "before the first start")

    send_at_once(s)
    since = LAB.mark()
    start_evolution(s)
    wait_log_in(s, since, "imap", piet)
    mwtest.wait_for(lambda: account_of(s, piet)[1].get(
        "Mail Account", "NeedsInitialSetup", fallback="") == "false", 30, "its own look")
    t.equal(folders_of(s, piet), sites.FOLDERS["piet"], "after it")
    sent = LAB.folders(piet)["Gesendet"]
    send_letter(t, s, since, ADDRESS)
    mwtest.wait_for(lambda: LAB.folders(piet)["Gesendet"] == sent + 1, 20,
                    "the copy of the letter")
    t.equal(set(LAB.folders(piet)), set(sites.FOLDERS["piet"].values()), "folders")
    t.equal(export(t, s, account)["outcome"], "unchanged")

    # The drafts are moved by hand, and the account file says that the server has
    # other folders by now.
    uid, _, _, identity = account_of(s, piet)
    [path] = [f"{s.env['XDG_CONFIG_HOME']}/evolution/sources/{name}.source"
              for name, file in sources(s).items()
              if file.get("Mail Identity", "Address", fallback="") == piet]
    replace_in(path, identity.get("Mail Composition", "DraftsFolder"), f"folder://{uid}/Mein")
    # The data server looks at its files when they have been quiet for 3 s.
    time.sleep(5)
    [path] = glob.glob(f"{s.env['XDG_DATA_HOME']}/mailwright/accounts/*.account")
    replace_in(path, "\nSent=Gesendet", "\nSent=Anders")
    replace_in(path, "\nDrafts=Entwürfe", "\nDrafts=Anders")
    t.equal(export(t, s, account)["outcome"], "done")
    mwtest.wait_for(lambda: folders_of(s, piet)["Sent"] == "Anders", 10, "the folder for sent mail")
    t.equal(folders_of(s, piet)["Drafts"], "Mein")


def test_methods(t):
    """Each way of logging in that was proved is the one Evolution uses."""
    s = session(t, screen="1280x900")
    wanted = {}
    for domain, service in (("example.test", "imap"), ("poponly.test", "pop3")):
        for name, auth, method in (("jan", "LOGIN", "LOGIN"), ("piet", "CRAM-MD5", "CRAM-MD5"),
                                   ("anna", "password-command", "PLAIN")):
            address = f"{name}@{domain}"
            account = save(t, s, address, password=mwtest.PASSWORDS[name])
            prove_by(s, account, "Incoming", auth)
            t.equal(export(t, s, account)["outcome"], "done")
            wait_account(s, address)
            wanted[service, address] = method

    since = LAB.mark()
    start_evolution(s)
    for service, address in wanted:
        login = wait_log_in(s, since, service, address)[0]
        # Dovecot writes PLAIN for IMAP LOGIN and for POP3 USER and PASS.
        t.equal(login[2], wanted[service, address], f"method of {service} for {address}")
    t.equal(failures(since), [], "refused log-ins")


@mwtest.long
def test_methods_of_sending(t):
    s = session(t, screen="1280x900")
    send_at_once(s)
    identities = {}
    for name, auth in (("jan", "LOGIN"), ("piet", "CRAM-MD5"), ("anna", "PLAIN")):
        address = f"{name}@example.test"
        account = save(t, s, address, password=mwtest.PASSWORDS[name])
        prove_by(s, account, "Outgoing", auth)
        t.equal(export(t, s, account)["outcome"], "done")
        wait_account(s, address)
        identities[auth], = [uid for uid, file in of_kind(s, "Mail Identity").items()
                             if file.get("Mail Identity", "Address") == address]

    since = LAB.mark()
    start_evolution(s)
    wait_log_in(s, since, "imap")
    for auth, uid in identities.items():
        s.run("gsettings", "set", "org.gnome.Evolution.DefaultSources", "default-mail-identity",
              uid, check=True)
        since = LAB.mark()
        send_letter(t, s, since, "anna@example.test")
        t.equal([login[2] for login in LAB.logins(since) if login[0] == "smtp"], [auth])
        t.equal(failures(since), [], "refused log-ins")


@mwtest.long
def test_without_password_for_sending_it_asks(t):
    """The account has its password, the outgoing server has not."""
    s = session(t, screen="1280x900")
    add(t, s, ADDRESS)
    identity = wait_account(s)[3]
    s.run("secret-tool", "clear", "e-source-uid", identity.get("Mail Submission", "TransportUid"),
          check=True)
    send_at_once(s)
    since = LAB.mark()
    start_evolution(s)
    wait_log_in(s, since, "imap")
    try:
        send_letter(t, s, since, ADDRESS)
    except mwtest.Failure as failure:
        t.contains(str(failure), "windows that ask")
    t.true(questions(s), "nothing was asked")
    t.equal([login for login in LAB.logins(since) if login[0] == "smtp"], [])


# Owns the name of the desktop's notifications and prints what it is told.
NOTIFICATIONS = """
from gi.repository import Gio, GLib
def argument(kind, direction="in"):
    return f'<arg type="{kind}" direction="{direction}"/>'
def method(name, takes, gives):
    return (f'<method name="{name}">' + "".join(map(argument, takes)) +
            "".join(argument(kind, "out") for kind in gives) + "</method>")
XML = ('<node><interface name="org.freedesktop.Notifications">' +
       method("Notify", ["s", "u", "s", "s", "s", "as", "a{sv}", "i"], ["u"]) +
       method("GetCapabilities", [], ["as"]) + method("CloseNotification", ["u"], []) +
       method("GetServerInformation", [], ["s"] * 4) + "</interface></node>")
ANSWERS = {"Notify": GLib.Variant("(u)", (1,)), "CloseNotification": None,
           "GetCapabilities": GLib.Variant("(as)", (["body", "actions"],)),
           "GetServerInformation": GLib.Variant("(ssss)", ("test", "test", "1", "1.2"))}
def on_call(connection, sender, path, interface, method, parameters, invocation):
    print(method, parameters.unpack(), flush=True)
    invocation.return_value(ANSWERS[method])
bus = Gio.bus_get_sync(Gio.BusType.SESSION)
bus.register_object("/org/freedesktop/Notifications",
                    Gio.DBusNodeInfo.new_for_xml(XML).interfaces[0], on_call, None, None)
Gio.bus_own_name_on_connection(bus, "org.freedesktop.Notifications", 0, None, None)
print("ready", flush=True)
GLib.MainLoop().run()
"""

LETTER = """
import smtplib, ssl, sys
to, subject = sys.argv[1:]
client = smtplib.SMTP_SSL("smtp.example.test", 465, context=ssl._create_unverified_context())
client.login("anna@example.test", sys.stdin.read())
head = ["From: anna@example.test", "To: " + to, "Subject: " + subject,
        f"Message-ID: <{subject}@example.test>"]
client.sendmail("anna@example.test", [to], "\\r\\n".join([*head, "", "Tekst", ""]))
client.quit()
"""


def letter_from_anna(s, to, subject):
    s.run("/usr/bin/python3", "-c", LETTER, to, subject, input=mwtest.PASSWORDS["anna"],
          check=True)


@mwtest.long
def test_notifications(t):
    """The account that was to be silent is, and another one is not."""
    if not os.path.exists("/usr/lib/evolution/plugins/liborg-gnome-mail-notification.so"):
        t.skip("evolution-plugins is not installed")
    piet = "piet@example.test"
    s = session(t, screen="1280x900")
    s.spawn("/usr/bin/python3", "-c", NOTIFICATIONS, name="notifications")
    mwtest.wait_for(lambda: "ready" in s.log("notifications"), what="notifications")
    account = save(t, s, ADDRESS)
    replace_in(account_file(s, account), "Notifications=true", "Notifications=false")
    t.contains(export(t, s, account)["updated"], "notify-not-accounts")
    add(t, s, piet, password=mwtest.PASSWORDS["piet"])
    wait_account(s, piet)
    since = LAB.mark()
    start_evolution(s)
    wait_log_in(s, since, "imap")
    wait_log_in(s, since, "imap", piet)
    # What is there when it first looks is not new.
    mwtest.wait_for(lambda: all(
        account_of(s, address)[1].get("Mail Account", "NeedsInitialSetup", fallback="") == "false"
        for address in (ADDRESS, piet)), 30, "the first look at both")

    # The letter of the silent one is there first.
    def heard(to, subject):
        letter_from_anna(s, ADDRESS, "Cisza")
        letter_from_anna(s, to, subject)
        time.sleep(2)
        return subject in s.log("notifications")

    mwtest.wait_for(lambda: heard(piet, "Halo"), 60, "a notification")
    t.true("Cisza" not in s.log("notifications"), "the silent account was not silent")

    s.run("gsettings", "reset", "org.gnome.evolution.plugin.mail-notification",
          "notify-not-accounts", check=True)
    mwtest.wait_for(lambda: heard(ADDRESS, "Teraz"), 60,
                    "a notification of the account that may speak again")


@mwtest.long
def test_browser_sign_in(t):
    """No password is handed over, and what Evolution opens is the sign-in."""
    lab = mwtest.Lab("--mechanisms")
    s = session(t, screen="1280x900", lab=lab)
    account = save(t, s, ADDRESS)
    for side in ("Incoming", "Outgoing"):
        prove_by(s, account, side, "oauth2")
    target = export(t, s, account, code=1)
    t.equal(target["outcome"], "failed")
    t.contains(target["message"], "no browser sign-in")
    t.equal(account_of(s), None)

    # What is set up without a password asks for nothing but the sign-in.
    s.cli("delete", account)
    done = s.cli("add", "jan@gmail.com", "--browser-sign-in", "--to", "evolution", "--json")
    t.equal(done.code, 0, done.out + done.err)
    target = target_of(done.json)
    t.equal((target["password"], target["notes"]), ("not-stored", ["browser-sign-in"]))
    found = s.run("secret-tool", "search", "--all", "eds-origin", "evolution-data-server")
    t.equal(found.stdout, "")
    _, file, transport, _ = wait_account(s, "jan@gmail.com")
    t.equal([file.get("Authentication", "Method"), transport.get("Authentication", "Method")],
            ["Google", "Google"])
    start_evolution(s)
    mwtest.wait_for(lambda: questions(s), 60, "the sign-in")
    t.equal(questions(s), ["Google Mail authentication request"])
    s.stop()
    lab.down()


# Says the text of the newest letter of somebody.
NEWEST = """
import imaplib, ssl, sys
address, password = sys.argv[1], sys.stdin.read()
client = imaplib.IMAP4_SSL("imap." + address.partition("@")[2],
                           ssl_context=ssl._create_unverified_context(), timeout=20)
client.authenticate("PLAIN", lambda _: f"\\0{address}\\0{password}".encode())
number = client.select("INBOX", readonly=True)[1][0].decode()
print(client.fetch(number, "(BODY.PEEK[])")[1][0][1].decode())
"""


def newest_letter(s, address):
    return s.run("/usr/bin/python3", "-c", NEWEST, address,
                 input=mwtest.PASSWORDS[address.partition("@")[0]], check=True).stdout


def is_signed(text):
    return re.search(r"-- ?(=20)?\r?\n(.*\n)?Jan Kowalski\r?\n\s*ul. Krucza 1", text)


@mwtest.long
def test_signature(t):
    """It stands below a letter that is written."""
    s = session(t, screen="1280x900")
    anna = "anna@example.test"
    signature = os.path.join(s.directory, "signature.txt")
    with open(signature, "w") as file:
        file.write("Jan Kowalski\nul. Krucza 1\n")
    add(t, s, ADDRESS, "--name", "Jan Kowalski", "--default", "--signature-file", signature)
    wait_account(s)
    send_at_once(s)
    s.run("gsettings", "set", "org.gnome.evolution.mail", "composer-mode", "plain-text",
          check=True)
    since = LAB.mark()
    start_evolution(s)
    wait_log_in(s, since, "imap")
    send_letter(t, s, LAB.mark(), anna)
    t.true(is_signed(newest_letter(s, anna)), f"not signed: {newest_letter(s, anna)}")


# --- sources as files -------------------------------------------------------

def test_without_data_server(t):
    """Where the bus has none, files are written; Evolution takes them as its own."""
    mwtest.need("evolution", "gnome-keyring-daemon", "secret-tool",
                "/usr/libexec/evolution-source-registry")
    driver = os.path.join(mwtest.BUILD, "tests", "export", "evolution-driver")
    mwtest.need(driver)
    s = t.session(lab=LAB, env=WEBKIT)
    bus_without(t, s)
    s.start_keyring()
    s.start_screen("1280x900")
    anna = save(t, s, "anna@example.test", password=mwtest.PASSWORDS["anna"])
    account = save(t, s, ADDRESS)
    t.equal(export(t, s, account, code=3)["outcome"], "failed")

    folder = f"{config_folder(s)}/sources"
    os.makedirs(folder, 0o700)
    with open(f"{folder}/by-hand.source", "w") as file:
        file.write(BY_HAND["by-hand-calendar"])
    foreign = tree(folder)
    target = export(t, s, anna)
    t.equal((target["outcome"], target["password"]), ("done", "stored"))
    uid = account_of(s, "anna@example.test")[0]
    replace_in(account_file(s, anna), "Label=anna@example.test", "Label=Anna")
    export(t, s, anna)
    t.equal(len(glob.glob(f"{folder}/*.mailwright-backup")), 3, "second files")
    with open(f"{folder}/{uid}.source.mailwright-backup") as file:
        t.contains(file.read(), "DisplayName=anna@example.test\n")
    s.run(driver, f"{s.env['XDG_DATA_HOME']}/mailwright", anna, check=True)
    t.equal(tree(folder), foreign, "after the removal")
    t.equal(stored_password(s, uid), "")

    t.equal(export(t, s, account)["outcome"], "done")
    written = tree(folder)
    t.equal(len(written), 4, "files")
    t.equal({os.stat(path).st_mode & 0o777 for path in written.keys() - foreign.keys()}, {0o600})
    t.equal(written | foreign, written)
    t.equal(export(t, s, account)["outcome"], "unchanged")
    t.equal(tree(folder), written, "after the second export")

    # Now there is one, and it has read them.
    s.spawn("/usr/libexec/evolution-source-registry", name="registry")
    mwtest.wait_for(lambda: ADDRESS in data_server(s, check=False), 30, "the data server")
    since = LAB.mark()
    start_evolution(s)
    wait_log_in(s, since, "imap")
    t.equal(export(t, s, account)["outcome"], "unchanged")
    quiet_for(t, s, 1)
    t.equal(failures(since), [], "refused log-ins")


# --- the Evolution of Flathub, as far as a stand-in can tell ------------------

FLATPAK = "evolution-flatpak"


def pretend_flatpak(s):
    """As if it were installed; returns the folder it has for itself."""
    os.makedirs(f"{s.home}/.local/share/flatpak/app/org.gnome.Evolution")
    return f"{s.home}/.var/app/org.gnome.Evolution"


def test_flatpak_runs(t):
    """Its data server has another name; nothing is written behind its back."""
    s = session(t)
    own = pretend_flatpak(s)
    account = save(t, s, ADDRESS)
    fake_evolution(s, "fail", "org.gnome.Evolution.org.gnome.evolution.dataserver.Sources5")
    done = s.cli("export", account, "--to", FLATPAK, "--json")
    t.equal(target_of(done.json)["outcome"], "failed")
    calls = s.log("fake").split()
    t.equal((calls.count("CreateSources"), calls.count("Remove")), (1, 1), "calls")
    t.true(not os.path.exists(own), "files were written")
    t.equal(account_of(s), None)


@mwtest.long
def test_flatpak(t):
    """It is asked for the password once to receive and once to send, as was said."""
    mwtest.need("evolution", "gnome-keyring-daemon", "secret-tool",
                "/usr/libexec/evolution-source-registry")
    s = t.session(lab=LAB, env=WEBKIT)
    # Only what is started here may take the name, from the folder of the sandbox.
    bus_without(t, s)
    s.start_keyring()
    s.start_screen("1280x900")
    own = pretend_flatpak(s)
    anna, password = "anna@example.test", mwtest.PASSWORDS["anna"]
    account = save(t, s, anna, "--default", password=password)
    done = s.cli("export", account, "--to", FLATPAK, "--json")
    t.equal(done.code, 0, f"exit code of export ({done.err} {done.out})")
    target = target_of(done.json)
    t.equal((target["outcome"], target["password"]), ("done", "not-stored"))
    t.equal(target["notes"], ["default-not-set", "asks-twice"])
    t.equal(len(glob.glob(f"{own}/config/evolution/sources/*.source")), 3, "files")
    t.equal(account_of(s), None)
    found = s.run("secret-tool", "search", "--all", "eds-origin", "evolution-data-server")
    t.equal(found.stdout, "")
    done = s.cli("export", account, "--to", FLATPAK, "--json")
    t.equal(target_of(done.json)["outcome"], "unchanged")

    for name in ("config", "data", "cache"):
        os.makedirs(f"{own}/{name}", 0o700, exist_ok=True)
    inside = {"XDG_CONFIG_HOME": f"{own}/config", "XDG_DATA_HOME": f"{own}/data",
              "XDG_CACHE_HOME": f"{own}/cache", "SECRET_BACKEND": "file",
              "SECRET_FILE_TEST_PATH": f"{own}/data/test.keyring",
              "SECRET_FILE_TEST_PASSWORD": "of the sandbox"}
    s.env |= inside
    send_at_once(s)
    s.spawn("/usr/libexec/evolution-source-registry", name="registry")
    mwtest.wait_for(lambda: anna in data_server(s, check=False), 30, "the data server")
    since = LAB.mark()
    evolution = start_evolution(s)
    type_password(s, password)
    wait_log_in(s, since, "imap", anna)
    since = LAB.mark()
    try:
        send_letter(t, s, since, anna)
        raise mwtest.Failure("nothing was asked for sending")
    except mwtest.Failure as failure:
        t.contains(str(failure), "windows that ask")
    type_password(s, password)
    mwtest.wait_for(lambda: [login for login in LAB.logins(since) if login[0] == "smtp"], 20,
                    "a log-in for sending")
    # It does not end while it is sending.
    wait_sent(s, since, "^Proba$", anna)

    s.run("evolution", "--quit")
    mwtest.wait_for(lambda: evolution.poll() is not None, 30, "the end of Evolution")
    since = LAB.mark()
    start_evolution(s)
    wait_log_in(s, since, "imap", anna)
    quiet_for(t, s, 2)


def type_password(s, password):
    window = mwtest.wait_for(lambda: s.run("xdotool", "search", "--name",
                                           "authentication request").stdout.split(), 60,
                             "the question for the password")[-1]
    s.run("xdotool", "windowfocus", "--sync", window)
    s.run("xdotool", "type", "--window", window, password)
    s.run("xdotool", "key", "--window", window, "Return")
    mwtest.wait_for(lambda: not questions(s), 20, "an answered question")


# --- a certificate that the person accepted ----------------------------------

PINNED = "jan@selfsigned.test"


def pin_options(lab=None):
    digest = mwtest.certificate_digest(lab or LAB, "selfsigned.test")
    return ("--in", "imaps:imap.selfsigned.test", "--out", "submissions:smtp.selfsigned.test",
            "--pin", f"{digest}@imap.selfsigned.test:993",
            "--pin", f"{digest}@smtp.selfsigned.test:465")


def certificates(s):
    """(camel-cert.db, {name: certificate}) as Evolution keeps them."""
    db, files = f"{s.env['XDG_DATA_HOME']}/evolution/camel-cert.db", {}
    for path in glob.glob(f"{s.env['XDG_DATA_HOME']}/camel_certs/*"):
        with open(path, "rb") as file:
            files[os.path.basename(path)] = file.read()
    if not os.path.exists(db):
        return None, files
    with open(db, "rb") as file:
        return file.read(), files


def put_foreign_certificate(s):
    os.makedirs(f"{s.env['XDG_DATA_HOME']}/evolution", 0o700, exist_ok=True)
    with open(f"{s.env['XDG_DATA_HOME']}/evolution/camel-cert.db", "wb") as file:
        file.write(b"\x02\x80\x81\x81\x81\x8bother.test\x83ab\x83")


def test_pinned_certificate(t):
    s = session(t, screen="1280x900")
    put_foreign_certificate(s)
    target = target_of(add(t, s, PINNED, *pin_options()))
    t.contains(target["created"], "certificate imap.selfsigned.test")
    t.contains(target["created"], "certificate smtp.selfsigned.test")
    wait_account(s, PINNED)
    db, files = certificates(s)
    t.equal(len(files), 1, "certificates")
    t.true(db.startswith(b"\x02\x80\x83\x81\x81\x8bother.test\x83ab\x83"), f"entries: {db}")

    send_at_once(s)
    since = LAB.mark()
    start_evolution(s)
    wait_log_in(s, since, "imap", PINNED)
    quiet_for(t, s, 3)
    send_letter(t, s, since, "anna@selfsigned.test")
    t.equal(failures(since), [], "refused log-ins")


def test_pinned_certificate_was_changed(t):
    """Each lab makes certificates of its own: to the second one they have changed."""
    other = mwtest.Lab()
    t.true(pin_options(other) != pin_options(), "the same certificate")
    # The screen is reached from its own lab only.
    s = session(t, screen="1280x900", lab=other)
    s.lab = LAB
    add(t, s, PINNED, *pin_options())
    wait_account(s, PINNED)
    s.lab = other
    since = other.mark()
    start_evolution(s)
    mwtest.wait_for(lambda: questions(s), 60, "the question about the certificate")
    t.contains(questions(s), "Certificate trust...")
    t.equal(other.presentations(since), [])
    s.stop()
    other.down()


def test_pins_are_taken_back(t):
    driver = os.path.join(mwtest.BUILD, "tests", "export", "evolution-driver")
    mwtest.need(driver)
    s = session(t)
    put_foreign_certificate(s)
    before = certificates(s)
    account = save(t, s, PINNED, *pin_options())
    target = export(t, s, account, "--dry-run")
    t.contains(target["created"], "certificate imap.selfsigned.test")
    t.equal(certificates(s), before, "after a dry run")

    export(t, s, account)
    wait_account(s, PINNED)
    written = certificates(s)
    t.true(written != before, "nothing was written")
    t.equal(export(t, s, account)["outcome"], "unchanged")
    t.equal(certificates(s), written)
    s.run(driver, f"{s.env['XDG_DATA_HOME']}/mailwright", account, check=True)
    t.equal(certificates(s), before, "after the removal")


def test_pins_are_rolled_back(t):
    s = session(t)
    account = save(t, s, PINNED, *pin_options())
    put_foreign_certificate(s)
    before = certificates(s)
    fake_evolution(s, "fail")
    t.equal(export(t, s, account, code=1)["outcome"], "failed")
    t.equal(certificates(s), before)
    t.true(not os.path.exists(f"{s.env['XDG_DATA_HOME']}/camel_certs"), "a folder is left")


def test_pinned_while_running(t):
    """Its list is in its memory, so it has to ask; the files are left alone."""
    s = session(t, screen="1280x900")
    anna = "anna@example.test"
    add(t, s, anna, password=mwtest.PASSWORDS["anna"])
    since = LAB.mark()
    start_evolution(s)
    wait_log_in(s, since, "imap", anna)
    before = certificates(s)
    account = save(t, s, PINNED, *pin_options())
    target = export(t, s, account)
    t.equal(target["outcome"], "done")
    t.equal(target["notes"], ["certificate-question"])
    t.equal(certificates(s), before)


def test_damaged_certificates(t):
    """They are no reason to keep the account back."""
    s = session(t)
    account = save(t, s, PINNED, *pin_options())
    put_foreign_certificate(s)
    with open(f"{s.env['XDG_DATA_HOME']}/evolution/camel-cert.db", "wb") as file:
        file.write(b"\x02\x80\x99 no such thing")
    before = certificates(s)
    target = export(t, s, account)
    t.equal(target["outcome"], "done")
    t.equal(target["notes"], ["certificate-question"])
    t.equal(certificates(s), before)


if __name__ == "__main__":
    mwtest.main(globals())
