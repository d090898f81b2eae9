#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Accounts handed to the real Thunderbird, which then logs in unasked."""

import glob
import json
import os
import re
import sys
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
import mwtest  # noqa: E402
import sites  # noqa: E402
from mwtest import IDN, PASSWORDS, wait_for  # noqa: E402

TOOL = os.path.join(mwtest.BUILD, "tests", "export", "export-tool")
SIGNATURE = 'Groetjes,\\nJan — "x" \\\\ ✓'
LOGIN_SECONDS = 60


class Thunderbird:
    """One home with a Thunderbird in it."""

    def __init__(self, t, screen=True, lab=None, **kwargs):
        mwtest.need(TOOL, "thunderbird", "certutil")
        self.t = t
        self.session = t.session(lab=lab or LAB, screen="1280x900" if screen else None, **kwargs)
        self.process = None

    def tool(self, *arguments, user="jan", domain="example.test", password=None, code=0,
             env=None):
        """Runs the exporter; the lines it prints as [(word, rest)]."""
        address = f"{user}@{domain}"
        done = self.session.run(
            TOOL, f"--address={address}", f"--memory={self.session.home}/memory-{address}",
            *arguments, input=(password or PASSWORDS[user]) + "\n", env=env)
        self.t.equal(done.returncode, code, done.stdout + done.stderr)
        return [tuple(line.split(" ", 1)) for line in done.stdout.splitlines()]

    def export(self, *arguments, **kwargs):
        said = self.tool(*arguments, "export", **kwargs)
        if self.profile:
            self.trust()
        return said

    @property
    def profile(self):
        found = glob.glob(f"{self.session.home}/.thunderbird/*.*/prefs.js")
        self.t.true(len(found) < 2, f"several profiles: {found}")
        return os.path.dirname(found[0]) if found else None

    def trust(self):
        """The lab's authority is not among those Thunderbird knows."""
        self.session.run("certutil", "-A", "-d", f"sql:{self.profile}", "-n", "lab", "-t", "C,,",
                         "-i", LAB.env["MW_LAB_CA"], check=True)

    def read(self, name):
        with open(f"{self.profile}/{name}", "rb") as f:
            return f.read()

    def prefs(self):
        return self.read("prefs.js").decode(errors="replace").splitlines()

    def start(self, *arguments):
        self.process = self.session.spawn("thunderbird", *arguments)
        return self

    def start_controlled(self):
        """Starts it so that it obeys script()."""
        # Otherwise the remote control changes settings that belong to the test.
        with open(f"{self.profile}/user.js", "w") as f:
            f.write('user_pref("remote.prefs.recommended", false);\n')
        return self.start("--marionette", "--remote-allow-system-access")

    def script(self, text):
        """Runs JavaScript in it, when it was started with --marionette."""
        done = self.session.run("/usr/bin/python3",
                                os.path.join(os.path.dirname(__file__), "marionette.py"), "2828",
                                input=text, timeout=150, check=True)
        return json.loads(done.stdout)

    def stop(self):
        """Ends it by its own number and waits until the profile is free."""
        for pid in mwtest.descendants(self.process.pid) | {self.process.pid}:
            try:
                program = os.path.basename(os.readlink(f"/proc/{pid}/exe"))
                with open(f"/proc/{pid}/cmdline") as f:
                    own_child = "-contentproc" in f.read()
                if program in ("thunderbird", "thunderbird-bin") and not own_child:
                    os.kill(pid, 15)
            except OSError:
                pass
        self.process.wait(30)
        wait_for(lambda: self.targets()[0][4] == "closed", what="the profile to be free")

    def targets(self):
        done = self.session.run(TOOL, "targets", check=True)
        return [line.split("\t") for line in done.stdout.splitlines()]

    def windows(self):
        done = self.session.run("xdotool", "search", "--onlyvisible", "--name", ".")
        return [self.session.run("xdotool", "getwindowname", number).stdout.strip()
                for number in done.stdout.split()]

    def logs_in(self, since, *wanted):
        """Waits until each (service, user, port) of WANTED was seen."""
        def seen():
            found = {(service, user, port) for service, user, _, port, _ in LAB.logins(since)}
            return set(wanted) <= found
        wait_for(seen, LOGIN_SECONDS, f"the log-ins {wanted}")
        # Its own settings are on the disk, so that what follows is what stays.
        wait_for(lambda: b"localfoldersserver" in self.read("prefs.js"), 30, "its settings")
        self.asks_nothing()

    def asks_nothing(self):
        """Whoever logged in has no reason to: there is the main window, and no other."""
        titles = wait_for(self.windows, what="a window")
        self.t.equal(len(titles), 1, f"windows: {titles}; number")
        self.t.true(titles[0].endswith("Mozilla Thunderbird"), f"a window {titles[0]!r}")


def word(said, name):
    return [rest for first, rest in said if first == name]


def test_typed_once(t):
    # The whole way: an address and a password, and Thunderbird logs in.
    bird = Thunderbird(t, keyring=True)
    done = bird.session.cli("add", "jan@example.test", "--password-stdin", "--to", "thunderbird",
                            "--name", "Jan", "--json", password=PASSWORDS["jan"])
    t.equal(done.code, 0, done.err)
    bird.trust()
    since = LAB.mark()
    bird.start()
    bird.logs_in(since, ("imap", "jan@example.test", 993))
    done = bird.session.cli("export", "jan@example.test", "--to", "thunderbird", "--json")
    t.equal(done.code, 3, "while Thunderbird runs")
    bird.stop()
    done = bird.session.cli("export", "jan@example.test", "--to", "thunderbird", "--json")
    t.equal(done.json["targets"][0]["outcome"], "unchanged", done.out)


# One of each kind: address, options, who logs in and sends, what the server sees.
EACH_KIND = (
    ("jan@example.test", ("--in=imaps:imap.example.test", "--out=submissions:smtp.example.test",
                          "--name=Jan \"J\\an\" Janßen", f"--signature={SIGNATURE}"),
     ("jan@example.test", "jan@example.test"), ("imap", 993)),
    ("piet@starttls.test", ("--in=imap:imap.starttls.test", "--out=submission:smtp.starttls.test"),
     ("piet@starttls.test", "piet@starttls.test"), ("imap", 143)),
    # Fetches with the name and the password of somebody else.
    ("anna@example.test", ("--in=pop3s:pop3.example.test", "--out=submissions:mail.example.test",
                           "--user=piet@example.test", "--out-user=anna@example.test",
                           "--own-password"),
     ("piet@example.test", "anna@example.test"), ("pop3", 995)),
    ("jan@starttls.test", ("--in=pop3:pop3.starttls.test", "--out=submission:smtp.starttls.test"),
     ("jan@starttls.test", "jan@starttls.test"), ("pop3", 110)),
    # A second one at the same server, who only receives.
    ("anna@starttls.test", ("--in=imap:imap.starttls.test",), ("anna@starttls.test",),
     ("imap", 143)),
    (f"jan@{IDN}", (f"--in=imaps:imap.{IDN}", f"--out=submissions:smtp.{IDN}"),
     (f"jan@{IDN}", f"jan@{IDN}"), ("imap", 993)),
)


def of_kind(number):
    """What tool() wants, and the log-in that follows."""
    address, options, users, (service, port) = EACH_KIND[number]
    user, _, domain = address.partition("@")
    password = "\n".join(PASSWORDS[user.partition("@")[0]] for user in users)
    return (options, {"user": user, "domain": domain, "password": password},
            (service, users[0], port))


def files_of(bird):
    return {name: bird.read(name) for name in ("prefs.js", "logins.json", "key4.db")}


# The accounts as Thunderbird has them: {address: …}
STATE = """
const done = arguments[arguments.length - 1];
const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
done(Object.fromEntries(MailServices.accounts.accounts.filter(each => each.defaultIdentity)
  .map(each => [each.defaultIdentity.email, {
    root: each.incomingServer.rootFolder.URI,
    deferred: each.incomingServer.type == "pop3"
      ? each.incomingServer.QueryInterface(Ci.nsIPop3IncomingServer).deferredToAccount : "",
    isDefault: each == MailServices.accounts.defaultAccount,
    files: each.incomingServer.localPath.leafName,
  }])));
"""


def check_first_start(t, bird):
    """All kinds of accounts, in a profile that Thunderbird has never seen."""
    for number in range(len(EACH_KIND)):
        options, who, _ = of_kind(number)
        said = bird.tool(*options, "export", **who)
        t.equal((word(said, "outcome"), word(said, "password")), (["done"], ["stored"]))
    bird.trust()
    t.equal(os.stat(bird.profile).st_mode & 0o7777, 0o700)
    for name, data in files_of(bird).items():
        t.equal(os.stat(f"{bird.profile}/{name}").st_mode & 0o7777, 0o600, name)
        t.absent(PASSWORDS["jan"], name, data)
    # The Flatpak's and the Snap's places are not made by looking for them.
    t.true(not os.path.exists(f"{bird.session.home}/.var"), ".var was made")
    t.contains(bird.prefs(), 'user_pref("mail.shell.checkDefaultClient", false);')

    since = LAB.mark()
    bird.start_controlled()
    bird.logs_in(since, *[of_kind(number)[2] for number in range(len(EACH_KIND))])
    t.equal(bird.targets()[0][4], "running")
    # It is not written to.
    t.contains(bird.tool("--in=imaps:imap.example.test", "export", code=1)[0][1], "open")

    # Each account has a tree of its own, and the first is the default.
    state = bird.script(STATE)
    t.equal([each["deferred"] for each in state.values()], [""] * len(EACH_KIND))
    t.equal(len({each["files"] + each["root"] for each in state.values()}), len(EACH_KIND))
    t.equal([address for address, each in state.items() if each["isDefault"]],
            ["jan@example.test"])


def check_compose(t, bird):
    """Everybody sends; the signature is below every kind of letter."""
    since = LAB.mark()
    # To somebody who does not read here: no announcement of new mail.
    letters = [(address, "new", "anna@example.test")
               for address, _, users, _ in EACH_KIND if len(users) == 2]
    said = compose(bird, *letters)
    for sender, _, recipient in letters:
        is_sent(since, sender, recipient)
    t.equal({user for service, user, *_ in LAB.logins(since) if service == "smtp"},
            {users[1] for _, _, users, _ in EACH_KIND if len(users) == 2})
    t.contains(said[0]["from"], "jan@example.test")
    t.contains(said[0]["from"], "Janßen")
    said = [said[0], *compose(bird, ("jan@example.test", "reply"),
                              ("jan@example.test", "forward"))]
    for each in said:
        t.contains(each["text"], 'Jan — "x" \\ ✓')
    bird.asks_nothing()


def test_first_start(t):
    bird = Thunderbird(t)
    t.equal(bird.targets()[0][3], "-", "the profile before")
    since = LAB.mark()
    check_first_start(t, bird)
    check_compose(t, bird)
    # Fetched with POP3, and still there.
    for line in LAB.lines("dovecot", since):
        t.true("retr=" not in line or "del=0" in line, line)
    t.true(LAB.folders("piet@example.test", inbox=True)["INBOX"] >= 3, "the server is empty")
    bird.stop()
    check_export_again(t, bird)
    check_questions(t, bird)


def check_export_again(t, bird):
    """Thunderbird has written all its files anew; nothing has to change."""
    before = files_of(bird)
    for number in range(len(EACH_KIND)):
        options, who, _ = of_kind(number)
        t.equal(word(bird.tool(*options, "export", **who), "outcome"), ["unchanged"],
                EACH_KIND[number])
    t.true(files_of(bird) == before, "the second export changed a file")


def check_questions(t, bird):
    """A password that is missing or wrong: it asks. The new one is handed over: no more."""
    options, who, _ = of_kind(0)
    said = bird.tool(*options, "export", **{**who, "password": "an old password"})
    t.contains(word(said, "updated"), "imap://imap.example.test")
    number = len(json.loads(bird.read("logins.json"))["logins"])
    other = {"user": "anna", "domain": IDN}
    bird.tool(f"--in=imap:imap.{IDN}", "--no-password", "export", **other)
    since = LAB.mark()
    bird.start()
    wait_for(lambda: {True, False} <= {"failed" in title for title in bird.windows()
                                       if not title.endswith("Mozilla Thunderbird")},
             LOGIN_SECONDS, "both questions")
    t.equal([login for login in LAB.logins(since) if login[1] == "jan@example.test"], [])
    bird.stop()

    said = bird.tool(*options, "export", **who)
    t.equal(word(said, "outcome"), ["done"])
    t.equal(word(said, "changes"), ["incoming-password:  -> ", "outgoing-password:  -> "])
    t.equal(len(json.loads(bird.read("logins.json"))["logins"]), number)
    for each in (((f"--in=imap:imap.{IDN}",), other), of_kind(2)[:2], of_kind(3)[:2]):
        t.equal(word(bird.tool(*each[0], "remove", **each[1]), "outcome"), ["done"])
    t.equal([line for line in bird.prefs() if "pop3." in line or "anna@ex" in line
             or f"anna@{IDN}" in line], [])
    # Two accounts went, each with one for fetching and one for sending.
    t.equal(len(json.loads(bird.read("logins.json"))["logins"]), number - 4)
    since = LAB.mark()
    bird.start()
    bird.logs_in(since, *[of_kind(kind)[2] for kind in (0, 1, 4, 5)])
    t.equal([login for login in LAB.logins(since) if login[0] == "pop3"], [])
    bird.stop()


# Opens compose windows as a person would, one after the other, says what stands
# in each, and sends or drops it.
COMPOSE = r"""
const done = arguments[arguments.length - 1];
const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const types = { new: Ci.nsIMsgCompType.New, reply: Ci.nsIMsgCompType.ReplyToSender,
                forward: Ci.nsIMsgCompType.ForwardInline };
const sleep = () => new Promise(resolve => setTimeout(resolve, 50));
let stage = "";

async function letter(server) {
  const inbox = server.rootFolder.getFolderWithFlags(Ci.nsMsgFolderFlags.Inbox);
  for (;;) {
    const found = [...inbox.messages];
    if (found.length)
      return found[0];
    await sleep();
  }
}

async function compose({ from, type, to }) {
  const identity = MailServices.accounts.allIdentities.find(each => each.email == from);
  const opened = new Promise(resolve => {
    const observer = { observe(window, topic) {
      if (topic == "domwindowopened")
        window.addEventListener("compose-editor-ready", () => {
          Services.ww.unregisterNotification(observer);
          resolve(window);
        }, { once: true });
    } };
    Services.ww.registerNotification(observer);
  });
  if (type == "new") {
    const fields = Cc["@mozilla.org/messengercompose/composefields;1"]
      .createInstance(Ci.nsIMsgCompFields);
    fields.to = to;
    fields.subject = `From ${from}`;
    fields.body = "Hello.";
    const params = Cc["@mozilla.org/messengercompose/composeparams;1"]
      .createInstance(Ci.nsIMsgComposeParams);
    params.composeFields = fields;
    params.identity = identity;
    MailServices.compose.OpenComposeWindowWithParams(null, params);
  } else {
    stage = `${type}: a letter`;
    const header = await letter(MailServices.accounts.getServersForIdentity(identity)[0]);
    MailServices.compose.OpenComposeWindow(null, header, header.folder.getUriForMsg(header),
      types[type], Ci.nsIMsgCompFormat.Default, identity, null, null);
  }
  stage = `${type} from ${from}: a window`;
  const window = await opened;
  stage = `${type} from ${from}: its text`;
  const body = window.gMsgCompose.editor.document.body;
  while (type != "new" && !/Hello|wrote|Subject/.test(body.textContent))
    await sleep();
  const said = { from: identity.fullAddress, text: body.textContent };
  stage = `${type} from ${from}: its end`;
  const closed = new Promise(resolve => window.addEventListener("unload", resolve));
  if (to) {
    await new Promise(resolve => window.setTimeout(resolve, 500));
    window.goDoCommand("cmd_sendNow");
  } else {
    window.gContentChanged = false;
    window.gMsgCompose.bodyModified = false;
    window.close();
  }
  await closed;
  return said;
}

(async () => {
  const all = [];
  for (const each of %s)
    all.push(await compose(each));
  return all;
})().then(done, error => done(String(error)));
setTimeout(() => done(`stuck at ${stage}`), 50000);
"""


def compose(bird, *letters):
    """Each letter is (from, type, to); nothing is sent without TO."""
    wanted = [dict(zip(("from", "type", "to"), letter)) for letter in letters]
    said = bird.script(COMPOSE.replace("%s", json.dumps(wanted)))
    bird.t.true(isinstance(said, list), f"{said}; windows: {bird.windows()}")
    return said


def is_sent(since, sender, recipient):
    """Waits for a letter in the server's log."""
    def seen():
        lines = LAB.lines("postfix", since)
        numbers = {line.split("]: ")[1].split(":")[0] for line in lines
                   if f"from=<{sender}>" in line}
        return any(f"to=<{recipient}>" in line and "status=sent" in line
                   and line.split("]: ")[1].split(":")[0] in numbers for line in lines)
    wait_for(seen, 30, f"a letter from {sender}")


FOLDERS = """
const done = arguments[arguments.length - 1];
const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const root = MailServices.accounts.defaultAccount.incomingServer.rootFolder;
done(root.descendants.map(folder => [folder.name, folder.getFlag(Ci.nsMsgFolderFlags.Trash)]));
"""


def check_special_folders(t, user):
    """The copy of a letter lies in the folder that the server has for it."""
    names = sites.FOLDERS[user]
    address = f"{user}@example.test"
    bird = Thunderbird(t, keyring=True)
    done = bird.session.cli("add", address, "--password-stdin", "--to", "thunderbird", "--json",
                            password=PASSWORDS[user])
    t.equal(done.code, 0, done.err)
    bird.trust()
    since = LAB.mark()
    bird.start_controlled()
    bird.logs_in(since, ("imap", address, 993))
    compose(bird, (address, "new", "jan@example.test"))
    wait_for(lambda: LAB.folders(address).get(names["Sent"]) == 1, 30, "the copy of the letter")
    folders = dict(wait_for(lambda: [pair for pair in bird.script(FOLDERS)
                                     if pair[0] == names["Trash"]], 30, "the folders"))
    t.equal(folders, {names["Trash"]: True}, "the trash")
    # None was made beside the ones that are there.
    t.equal(set(LAB.folders(address)), set(names.values()))
    bird.stop()
    done = bird.session.cli("export", address, "--to", "thunderbird", "--json")
    t.equal(done.json["targets"][0]["outcome"], "unchanged", done.out)


def test_folders_with_names_of_their_own(t):
    check_special_folders(t, "anna")


def test_folders_without_subscription(t):
    # Thunderbird alone does not see those, and makes others.
    check_special_folders(t, "piet")


# An account that Thunderbird makes itself, as its own dialogue does, and a
# certificate that the person accepted in it.
OWN_ACCOUNT = r"""
const done = arguments[arguments.length - 1];
const { AccountConfig } = ChromeUtils.importESModule(
  "resource:///modules/accountcreation/AccountConfig.sys.mjs");
const { CreateInBackend } = ChromeUtils.importESModule(
  "resource:///modules/accountcreation/CreateInBackend.sys.mjs");
const config = new AccountConfig();
const address = "piet@example.test", password = %(password)s;
Object.assign(config.incoming, { type: "imap", hostname: "imap.example.test", port: 993,
  username: address, password, socketType: 3, auth: 3 });
Object.assign(config.outgoing, { type: "smtp", hostname: "smtp.example.test", port: 465,
  username: address, password, socketType: 3, auth: 3, addThisServer: true });
config.identity = { realname: "Piet", emailAddress: address };
config.rememberPassword = true;
(async () => {
  await CreateInBackend.createAccountInBackend(config);
  const certificate = Cc["@mozilla.org/security/x509certdb;1"].getService(Ci.nsIX509CertDB)
    .constructX509FromBase64(%(certificate)s);
  Cc["@mozilla.org/security/certoverride;1"].getService(Ci.nsICertOverrideService)
    .rememberValidityOverride("imap.unknownca.test", 993, {}, certificate, false);
})().then(() => done("made"), error => done(String(error)));
"""

# Settings as a person may write them; what both read in them must be the same.
ODD_LINES = (
    b"// a comment\r\n",
    b"user_pref('odd.single', 'it\\'s \"x\"');\r\n",
    b'user_pref("odd.escapes", "\\"\\\\\\n\\r\\x41\\u0142\\ud83d\\ude00");\n',
    b'user_pref("odd.raw", "za\xc5\xbc\xc3\xb3\xc5\x82\xc4\x87\t1");\n',
    b'user_pref("odd.one", 1);user_pref("odd.two", -2); /* user_pref("odd.two", 3); */\n',
    b'  user_pref  (\n"odd.blanks"\t,\r\n"x" ) ; // user_pref("odd.blanks", "y");\n',
    b'user_pref("odd.last", "1");\nuser_pref("odd.last", "2");\n',
    b'user_pref("odd.tab", "1");\nuser_pref("odd.tab", "\\t");\n',
    b'user_pref("odd.surrogate", "1");user_pref("odd.surrogate", "\\ud83d");\n',
    b'user_pref("odd.bytes", "1");user_pref("odd.bytes", "\xff");\n',
    b'user_pref("odd.locked", "1");user_pref("odd.locked", "2", locked);\n',
    b'user_pref("odd.big", 1);user_pref("odd.big", 99999999999);\n',
    b'user_pref("odd.plus", +3);\nuser_pref("\\x6fdd.name", "x");\n',
    b'user_pref("odd.end", "1")\nuser_pref("odd.end", "2");\nuser_pref("odd.after", "x");\n',
    b"# another comment\nhello; user_pref(\"odd.word\" \"x\"); user_pref(\"odd.then\", \"x\");\n",
    b'user_pref("odd.line", "x\ny");\nuser_pref("odd.url", "http://x/*y*/#z");\n',
    b'pref("odd.default", "x");\n',
)
ODD_NAMES = [f"odd.{name}" for name in (
    "single", "escapes", "raw", "one", "two", "blanks", "last", "tab", "surrogate", "bytes",
    "locked", "big", "plus", "name", "end", "after", "word", "then", "line", "url")]

READ_ODD = """
const done = arguments[arguments.length - 1];
done(Object.fromEntries(%s.map(name => [name,
  Services.prefs.getPrefType(name) == Services.prefs.PREF_STRING
    ? Services.prefs.getStringPref(name)
    : Services.prefs.getPrefType(name) == Services.prefs.PREF_INT
      ? Services.prefs.getIntPref(name) : null])));
"""


def as_we_read(bird):
    """The odd settings as the exporter reads them."""
    done = bird.session.run(TOOL, "read", f"{bird.profile}/prefs.js", *ODD_NAMES, check=True)
    found = {}
    for line in done.stdout.splitlines():
        name, _, text = line.partition(" ")
        text = text.encode("latin-1").decode("unicode_escape").encode("latin-1").decode()
        is_number = text.lstrip("-").isdigit() and name in ("odd.one", "odd.two", "odd.big",
                                                           "odd.plus")
        found[name] = int(text) if is_number else None if text == "-" else text
    return found


SIGN_IN = """
const done = arguments[arguments.length - 1];
const { OAuth2Providers } = ChromeUtils.importESModule(
  "resource:///modules/OAuth2Providers.sys.mjs");
done(%s.map(host => [host, Boolean(OAuth2Providers.getHostnameDetails(`x.${host}`, "imap"))]));
"""


def sign_in_hosts():
    """Those that we take Thunderbird to know."""
    with open(f"{mwtest.ROOT}/src/export/mw-thunderbird-sign-in.c") as f:
        return re.findall(r'^  "([^"]+)",$', f.read(), re.M)


LIST_LINES = (b'"mail.accountmanager.accounts"', b'"mail.account.lastKey"',
              b'"mail.smtpservers"', b'"mail.accountmanager.defaultaccount"',
              b'"mail.smtp.defaultserver"')


def foreign_lines(data):
    return [line for line in data.splitlines(keepends=True)
            if not any(name in line for name in LIST_LINES)]


def records(bird):
    return json.loads(bird.read("logins.json"))["logins"]


def make_own_profile(bird):
    """Thunderbird's first start, and an account made in it; its files."""
    bird.start()
    wait_for(lambda: glob.glob(f"{bird.session.home}/.thunderbird/*/prefs.js"), 60, "a profile")
    wait_for(lambda: any("Thunderbird" in title for title in bird.windows()), 60, "a window")
    bird.stop()
    bird.trust()
    with open(os.path.join(LAB.env["MW_LAB_CERTIFICATES"], "unknownca.test.pem")) as f:
        body = f.read().partition("-----BEGIN CERTIFICATE-----")[2].partition("-----END")[0]
    bird.start_controlled()
    said = bird.script(OWN_ACCOUNT % {"password": json.dumps(PASSWORDS["piet"]),
                                      "certificate": json.dumps("".join(body.split()))})
    bird.t.equal(said, "made")
    wait_for(lambda: os.path.exists(f"{bird.profile}/logins.json") and len(records(bird)) == 2,
             30, "its own passwords")
    wait_for(lambda: b"unknownca" in bird.read("cert_override.txt"), 30, "its own exception")
    bird.stop()


def test_beside_others(t):
    bird = Thunderbird(t)
    make_own_profile(bird)
    # The unused profile beside it is not offered.
    t.equal(len(bird.targets()), 1)
    made = os.path.basename(bird.profile)
    t.equal(bird.targets()[0][3], made)
    with open(f"{bird.profile}/prefs.js", "ab") as f:
        f.write(b"".join(ODD_LINES))
    ours = as_we_read(bird)
    names = ("prefs.js", "cert_override.txt", "../profiles.ini")
    before = {name: bird.read(name) for name in names}
    former = records(bird)
    t.contains(before["cert_override.txt"].decode(), "imap.unknownca.test:993")

    # Two accounts come, one of them with a certificate that was accepted.
    digest = mwtest.certificate_digest(LAB, "selfsigned.test")
    both = ((("--in=imaps:imap.example.test", "--out=submissions:smtp.example.test", "--default"),
             {}),
            (("--in=imaps:imap.selfsigned.test", "--out=submissions:smtp.selfsigned.test",
              f"--pin={digest}"), {"domain": "selfsigned.test"}))
    for arguments, who in both:
        said = bird.tool(*arguments, "export", **who)
        t.equal((word(said, "outcome"), word(said, "password")), (["done"], ["stored"]))
    t.equal(os.path.basename(bird.profile), made)
    after = {name: bird.read(name) for name in names}
    kept = foreign_lines(before["prefs.js"])
    t.equal([line for line in foreign_lines(after["prefs.js"]) if line in kept], kept)
    t.true(after["cert_override.txt"].startswith(before["cert_override.txt"]), "a line is gone")
    t.equal(after["../profiles.ini"], before["../profiles.ini"])
    t.equal(records(bird)[:len(former)], former)
    for arguments, who in both:
        t.equal(word(bird.tool(*arguments, "export", **who), "outcome"), ["unchanged"])
    t.equal({name: bird.read(name) for name in names}, after, "after the second export")

    # Taken out again: all is as it was, but for the numbers that are not given twice.
    for arguments, who in both:
        t.equal(word(bird.tool(*arguments, "remove", **who), "outcome"), ["done"])
    t.equal(foreign_lines(bird.read("prefs.js")), kept)
    t.equal({line for line in bird.read("prefs.js").splitlines(keepends=True)
             if b"lastKey" not in line},
            {line for line in before["prefs.js"].splitlines(keepends=True)
             if b"lastKey" not in line})
    t.equal(bird.read("cert_override.txt"), before["cert_override.txt"])
    t.equal(records(bird), former)

    for arguments, who in both:
        bird.tool(*arguments, "export", **who)
    since = LAB.mark()
    bird.start_controlled()
    bird.logs_in(since, ("imap", "jan@example.test", 993), ("imap", "piet@example.test", 993),
                 ("imap", "jan@selfsigned.test", 993))
    t.equal(bird.script(READ_ODD % json.dumps(ODD_NAMES)), ours, "odd settings")
    t.equal([host for host, known in bird.script(SIGN_IN % json.dumps(sign_in_hosts()))
             if not known], [], "hosts without a sign-in page")
    state = bird.script(STATE)
    t.equal([address for address, each in state.items() if each["isDefault"]],
            ["jan@example.test"])
    bird.stop()
    for arguments, who in both:
        bird.tool(*arguments, "remove", **who)
    t.equal([line for line in bird.prefs() if "jan@" in line or "jan%40" in line], [])
    since = LAB.mark()
    bird.start_controlled()
    bird.logs_in(since, ("imap", "piet@example.test", 993))
    t.equal({address: each["isDefault"] for address, each in bird.script(STATE).items()},
            {"piet@example.test": True})
    bird.stop()


def test_primary_password(t):
    bird = Thunderbird(t, screen=False)
    bird.export("--in=imaps:imap.example.test", user="piet")
    for name, text in (("old", "\n"), ("new", "primary\n")):
        with open(f"{bird.session.home}/{name}", "w") as f:
            f.write(text)
    bird.session.run("certutil", "-W", "-d", f"sql:{bird.profile}",
                     "-f", f"{bird.session.home}/old", "-@", f"{bird.session.home}/new",
                     check=True)
    before = bird.read("key4.db"), bird.read("logins.json")
    said = bird.tool("--in=imaps:imap.example.test", "export")
    t.equal(word(said, "password"), ["primary-password"])
    t.contains(word(said, "message")[0], "primary password")
    t.true((bird.read("key4.db"), bird.read("logins.json")) == before, "the store changed")
    t.true(any("jan@example.test" in line for line in bird.prefs()), "no account")


def test_made_by_hand(t):
    # This account has not made it, so it is the person's.
    bird = Thunderbird(t, screen=False)
    bird.tool("--in=imap:imap.example.test", "--out=submission:smtp.example.test",
              "--label=Old", "--id=another", "export", password="an old password")
    os.remove(f"{bird.session.home}/memory-jan@example.test")
    files = {name: bird.read(name) for name in ("prefs.js", "logins.json", "key4.db")}
    servers = "--in=imaps:imap.example.test", "--out=submissions:smtp.example.test", "--label=New"
    said = bird.tool(*servers, "export", code=1)
    t.contains(said[0][1], "did not make it")
    said = bird.tool(*servers, "--dry-run", "export")
    changes = [
        "incoming-server: imap:imap.example.test:143 -> imaps:imap.example.test:993",
        "incoming-password:  -> ",
        "outgoing-server: submission:smtp.example.test:587 -> submissions:smtp.example.test:465",
        "outgoing-password:  -> "]
    t.equal(word(said, "changes"), changes)
    t.equal(word(said, "takes-over"), ["yes"])
    t.true({name: bird.read(name) for name in files} == files, "something was changed")

    # With a yes exactly that is done, and the account stays the person's.
    said = bird.tool(*servers, "--take-over", "export")
    t.equal(word(said, "changes"), changes)
    said = bird.tool(*servers, "export")
    t.equal((word(said, "outcome"), word(said, "changes")), (["unchanged"], []))
    t.equal(word(said, "takes-over"), ["no"])
    before = bird.read("prefs.js")
    said = bird.tool(*servers, "remove")
    t.equal((word(said, "outcome"), word(said, "changes")), (["unchanged"], []))
    t.contains(word(said, "message")[0], "stays")
    t.true(bird.read("prefs.js") == before, "the person's account was changed")


def test_without_password_and_dry_run(t):
    bird = Thunderbird(t, screen=False)
    bird.tool("--in=imaps:imap.example.test", "--dry-run", "export")
    t.true(not os.path.exists(f"{bird.session.home}/.thunderbird"), "a dry run wrote")
    said = bird.tool("--in=imaps:imap.example.test", "--no-password", "export")
    t.equal(word(said, "password"), ["not-stored"])
    t.true(not os.path.exists(f"{bird.profile}/logins.json"), "a password store was made")
    files = sorted(os.listdir(bird.profile)), bird.read("prefs.js")
    said = bird.tool("--in=imaps:imap.example.test", "--label=New", "--dry-run", "export")
    t.contains(word(said, "updated"), "mail.server.server1.name")
    t.contains(word(said, "created"), "imap://imap.example.test")
    t.equal((sorted(os.listdir(bird.profile)), bird.read("prefs.js")), files, "after a dry run")


def test_what_is_said(t):
    # Where Thunderbird does not do all that was wished, or asks for something.
    bird = Thunderbird(t, screen=False)

    def notes(*arguments, **who):
        return word(bird.tool(*arguments, "export", **who), "note")

    said = bird.tool("--in=imaps:imap.example.test", "--auth=oauth2", "export", code=1)
    t.contains(said[0][1], "sign-in page")
    t.true(not os.path.exists(f"{bird.session.home}/.thunderbird"), "something was written")
    t.equal(notes("--in=imaps:imap.example.test"), [])
    logins = bird.read("logins.json")
    # No password goes to where none is wanted.
    google = {"domain": "gmail.com"}
    said = bird.tool("--in=imaps:imap.gmail.com", "--out=submissions:smtp.gmail.com",
                     "--auth=oauth2", "export", **google)
    t.equal((word(said, "note"), word(said, "password")), (["browser-sign-in"], ["not-stored"]))
    t.equal(bird.read("logins.json"), logins)
    for server in ("server2", "smtpserver.smtp1"):
        t.true(any(f'{server}.authMethod", 10)' in line for line in bird.prefs()), server)
    t.equal(notes("--in=imaps:imap.example.test", "--auth=SCRAM-SHA-256", user="piet"),
            ["other-method"])
    t.equal(notes("--in=imaps:imap.example.test", "--quiet"), ["notifications-shared"])
    t.contains(bird.prefs(), 'user_pref("mail.server.server1.check_new_mail", false);')

    # A file of the person's own counts more, but not what is a comment in it.
    lists = [line for line in bird.prefs() if "accountmanager.accounts" in line]
    for text, wanted in (("// " + lists[0], []), (lists[0], []),
                         ('user_pref("mail.smtpservers", "smtp7");', ["user-settings"]),
                         ('user_pref("mail.accountmanager.accounts", "account7");',
                          ["user-settings"])):
        with open(f"{bird.profile}/user.js", "w") as f:
            f.write(text + "\n")
        if "smtp" in text:
            bird.tool("--in=imaps:imap.example.test", "--out=submissions:smtp.example.test",
                      "export")
        t.equal(notes("--in=imaps:imap.example.test"), wanted, text)


def add_browser(session):
    """A web browser that writes down where it is sent; returns that file."""
    told, program = f"{session.home}/told", f"{session.home}/browser"
    with open(program, "w") as f:
        f.write(f'#!/bin/sh\necho "$1" >> {told}\n')
    os.chmod(program, 0o755)
    for path, text in (
            (f"{session.env['XDG_DATA_HOME']}/applications/browser.desktop",
             f"[Desktop Entry]\nType=Application\nName=Browser\nExec={program} %u\n"
             "MimeType=x-scheme-handler/https;\n"),
            (f"{session.env['XDG_CONFIG_HOME']}/mimeapps.list",
             "[Default Applications]\nx-scheme-handler/https=browser.desktop\n")):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as f:
            f.write(text)
    return told


@mwtest.long
def test_browser_sign_in(t):
    # Thunderbird opens its page by itself, and nothing else: that is what was said before.
    lab = mwtest.Lab("--mechanisms")
    bird = Thunderbird(t, lab=lab)
    done = bird.session.cli("add", "jan@gmail.com", "--browser-sign-in", "--no-keyring",
                            "--trust-authority", "--to", "thunderbird", "--json")
    t.equal(done.code, 0, done.out + done.err)
    t.equal([target["notes"] for target in done.json["targets"]], [["browser-sign-in"]])
    told = add_browser(bird.session)
    bird.start()
    wait_for(lambda: os.path.exists(told) and os.path.getsize(told), LOGIN_SECONDS, "its page")
    with open(told) as f:
        page = f.read()
    t.true(page.startswith("https://accounts.google.com/o/oauth2/"), page)
    t.contains(urllib.parse.unquote(page), "login_hint=jan@gmail.com")
    t.equal(len(bird.windows()), 1, bird.windows())
    t.equal(lab.presentations(), [])
    lab.down()


def test_whole_or_not_at_all(t):
    # The helper fails where nothing was before: no folder stays.
    bird = Thunderbird(t, screen=False)
    for helper in ("/bin/false", "/nonexistent/helper"):
        said = bird.tool("--in=imaps:imap.example.test", "export", code=1,
                         env={"EXPORT_TOOL_HELPER": helper})
        t.contains(said[0][1], "helper")
        t.true(not os.path.exists(f"{bird.session.home}/.thunderbird"), "something stayed")

    # Something is in the way after the helper has made a password store.
    bird.tool("--in=imaps:imap.example.test", "--no-password", "export")
    os.mkdir(f"{bird.profile}/prefs-mailwright-backup.js")
    before = sorted(os.listdir(bird.profile)), bird.read("prefs.js")
    bird.tool("--in=imap:imap.example.test", "export", code=1)
    t.equal((sorted(os.listdir(bird.profile)), bird.read("prefs.js")), before)
    os.rmdir(f"{bird.profile}/prefs-mailwright-backup.js")
    said = bird.tool("--in=imap:imap.example.test", "export")
    t.equal(word(said, "password"), ["stored"])


def test_damaged_and_read_only(t):
    bird = Thunderbird(t, screen=False)
    bird.tool("--in=imaps:imap.example.test", "export", user="piet")

    def refused(name, part):
        before = {name: bird.read(name) for name in sorted(os.listdir(bird.profile))}
        said = bird.tool("--in=imaps:imap.example.test", "export", code=1)
        t.contains(said[0][1], part)
        t.contains(said[0][1], bird.profile)
        t.contains(said[0][1], name)
        t.equal({name: bird.read(name) for name in sorted(os.listdir(bird.profile))}, before)

    for name, rubbish in (("logins.json", b'{"nextId":3,"logins":[{"id":1,'),
                          ("prefs.js", b'user_pref("a", "no end'), ("prefs.js", b"\0" * 4096)):
        good = bird.read(name)
        with open(f"{bird.profile}/{name}", "wb") as f:
            f.write(rubbish)
        refused(name, "damaged")
        with open(f"{bird.profile}/{name}", "wb") as f:
            f.write(good)
    good = bird.read("key4.db")
    with open(f"{bird.profile}/key4.db", "wb") as f:
        f.write(b"no database")
    refused("key4.db", "cannot be used")
    with open(f"{bird.profile}/key4.db", "wb") as f:
        f.write(good)
    for name in ("prefs.js", "logins.json", "key4.db"):
        os.chmod(f"{bird.profile}/{name}", 0o400)
        refused(name, "read-only")
        os.chmod(f"{bird.profile}/{name}", 0o600)
    path = f"{bird.profile}/prefs.js"
    os.rename(path, f"{bird.session.home}/elsewhere")
    os.symlink(f"{bird.session.home}/elsewhere", path)
    refused("prefs.js", "symbolic link")


# --- a certificate that the person accepted ----------------------------------

OVERRIDES = b"# PSM Certificate Override Settings file\n" \
            b"# This is a generated file!  Do not edit.\n" \
            b"other.test:993:\tOID.2.16.840.1.101.3.4.2.1\t" + b":".join([b"AA"] * 32) + b"\t\n"


def add_pinned(t, lab=None):
    """(home, digest): jan@selfsigned.test with its certificate accepted for both servers."""
    bird = Thunderbird(t, keyring=True, lab=lab)
    bird.session.lab = LAB
    # A profile that accepts something already.
    bird.tool("--in=imaps:imap.selfsigned.test", "--no-password", "--address=x@selfsigned.test",
              "export")
    bird.tool("--in=imaps:imap.selfsigned.test", "--no-password", "--address=x@selfsigned.test",
              "remove")
    with open(f"{bird.profile}/cert_override.txt", "wb") as f:
        f.write(OVERRIDES)
    digest = mwtest.certificate_digest(LAB, "selfsigned.test")
    done = bird.session.cli(
        "add", "jan@selfsigned.test", "--password-stdin", "--to", "thunderbird", "--json",
        "--in", "imaps:imap.selfsigned.test", "--out", "submissions:smtp.selfsigned.test",
        "--pin", f"{digest}@imap.selfsigned.test:993",
        "--pin", f"{digest}@smtp.selfsigned.test:465", password=PASSWORDS["jan"])
    t.equal(done.code, 0, done.err + done.out)
    t.equal(done.json["targets"][0]["outcome"], "done")
    return bird, digest


def test_pinned_certificate(t):
    bird, digest = add_pinned(t)
    fingerprint = ":".join(digest[i:i + 2] for i in range(0, 64, 2)).upper().encode()
    for server in (b"imap.selfsigned.test:993", b"smtp.selfsigned.test:465"):
        t.contains(bird.read("cert_override.txt"),
                   server + b":\tOID.2.16.840.1.101.3.4.2.1\t" + fingerprint + b"\t\n")
    t.true(bird.read("cert_override.txt").startswith(OVERRIDES), "a line of others is gone")

    since = LAB.mark()
    bird.start_controlled()
    bird.logs_in(since, ("imap", "jan@selfsigned.test", 993))
    compose(bird, ("jan@selfsigned.test", "new", "piet@selfsigned.test"))
    bird.logs_in(since, ("smtp", "jan@selfsigned.test", None))
    bird.stop()

    done = bird.session.cli("export", "jan@selfsigned.test", "--to", "thunderbird", "--json")
    t.equal(done.json["targets"][0]["outcome"], "unchanged", done.out)


def test_pins_are_taken_back(t):
    bird = Thunderbird(t, screen=False)
    servers = "--in=imaps:imap.selfsigned.test", "--out=submissions:smtp.selfsigned.test"
    first, second = "--pin=" + "ab" * 32, "--pin=" + "cd" * 32
    bird.tool(*servers, "--no-password", "export", user="anna")
    t.true(not os.path.exists(f"{bird.profile}/cert_override.txt"), "a file without a pin")
    with open(f"{bird.profile}/cert_override.txt", "wb") as f:
        f.write(OVERRIDES)

    said = bird.tool(*servers, first, "--no-password", "--dry-run", "export")
    t.contains(word(said, "updated"), f"{bird.profile}/cert_override.txt")
    t.equal(bird.read("cert_override.txt"), OVERRIDES, "after a dry run")
    bird.tool(*servers, first, "--no-password", "export")
    t.equal(bird.read("cert_override.txt").count(b":AB:AB"), 2 * 15)
    said = bird.tool(*servers, first, "--no-password", "export")
    t.equal(word(said, "outcome"), ["unchanged"])

    # Another pin takes its place, and none takes it out.
    bird.tool(*servers, second, "--no-password", "export")
    t.true(b"AB:AB" not in bird.read("cert_override.txt"), "the former pin is there")
    t.equal(len(bird.read("cert_override.txt").splitlines()), len(OVERRIDES.splitlines()) + 2)
    bird.tool(*servers, "--no-password", "export")
    t.equal(bird.read("cert_override.txt"), OVERRIDES)

    # Another account has the same servers: the certificate stays accepted.
    bird.tool(*servers, first, "--no-password", "export")
    pinned = bird.read("cert_override.txt")
    bird.tool(*servers, first, "--no-password", "remove")
    t.equal(bird.read("cert_override.txt"), pinned)
    bird.tool(*servers, "--no-password", "remove", user="anna")
    bird.tool(*servers, first, "--no-password", "export")
    bird.tool(*servers, second, "--no-password", "export")
    bird.tool(*servers, second, "--no-password", "remove")
    t.equal(bird.read("cert_override.txt"), OVERRIDES)


def test_pinned_certificate_was_changed(t):
    # Each lab makes certificates of its own: to this one they have changed.
    other = mwtest.Lab()
    # The screen is reached from its own lab only.
    bird, _ = add_pinned(t, lab=other)
    t.true(mwtest.certificate_digest(other, "selfsigned.test") !=
           mwtest.certificate_digest(LAB, "selfsigned.test"), "the same certificate")
    since = other.mark()
    bird.session.lab = other
    bird.start()
    wait_for(lambda: any("imap-login" in line and "lport=993" in line
                         for line in other.lines("dovecot", since)), LOGIN_SECONDS,
             "a connection")
    time.sleep(5)
    t.equal(other.logins(since), [])
    t.equal(other.presentations(since), [])
    bird.stop()
    other.down()


LAB = mwtest.Lab()
mwtest.main(globals())
