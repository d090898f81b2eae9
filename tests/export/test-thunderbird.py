#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Accounts handed to the real Thunderbird, which then logs in unasked."""

import glob
import json
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
import mwtest  # noqa: E402
import sites  # noqa: E402
from mwtest import PASSWORDS, wait_for  # noqa: E402

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

    def tool(self, *arguments, user="jan", password=None, code=0, env=None):
        """Runs the exporter; the lines it prints as [(word, rest)]."""
        done = self.session.run(
            TOOL, f"--address={user}@example.test", f"--memory={self.session.home}/memory-{user}",
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
        return self.read("prefs.js").decode().splitlines()

    def start(self, *arguments):
        self.process = self.session.spawn("thunderbird", *arguments)
        return self

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
        # Whoever logged in has no reason to ask anything.
        titles = wait_for(self.windows, what="a window")
        for title in titles:
            self.t.true(not any(word in title.lower() for word in (
                "password", "alert", "integration")), f"a window {title!r}")
        self.t.true(any("Thunderbird" in title for title in titles), f"windows: {titles}")


def word(said, name):
    return [rest for first, rest in said if first == name]


def check_fresh(t, incoming, service, port, outgoing="submissions:smtp.example.test"):
    bird = Thunderbird(t)
    t.equal(bird.targets()[0][3], "-", "the profile before")
    since = LAB.mark()
    said = bird.export(f"--in={incoming}", f"--out={outgoing}", "--name=Jan \"J\\an\" Janßen",
                       f"--signature={SIGNATURE}")
    t.equal(word(said, "outcome"), ["done"])
    t.equal(word(said, "password"), ["stored"])
    t.equal(os.stat(bird.profile).st_mode & 0o7777, 0o700)
    for name in ("prefs.js", "logins.json", "key4.db"):
        t.equal(os.stat(f"{bird.profile}/{name}").st_mode & 0o7777, 0o600, name)
        t.absent(PASSWORDS["jan"], name, bird.read(name))
    bird.start()
    bird.logs_in(since, (service, "jan@example.test", port))
    t.equal(bird.targets()[0][4], "running")
    bird.stop()

    # Thunderbird has written all its files anew; nothing has to change.
    before = bird.read("prefs.js"), bird.read("logins.json"), bird.read("key4.db")
    said = bird.tool(f"--in={incoming}", f"--out={outgoing}", "--name=Jan \"J\\an\" Janßen",
                     f"--signature={SIGNATURE}", "export")
    t.equal(word(said, "outcome"), ["unchanged"], f"the second export: {said}")
    t.true((bird.read("prefs.js"), bird.read("logins.json"), bird.read("key4.db")) == before,
           "the second export changed a file")
    return bird


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


def test_imap_tls(t):
    bird = check_fresh(t, "imaps:imap.example.test", "imap", 993)
    # The Flatpak's and the Snap's places are not made by looking for them.
    t.true(not os.path.exists(f"{bird.session.home}/.var"), ".var was made")


def test_imap_starttls(t):
    check_fresh(t, "imap:imap.example.test", "imap", 143,
                outgoing="submission:smtp.example.test")


def test_pop3_tls(t):
    bird = check_fresh(t, "pop3s:pop3.example.test", "pop3", 995)
    t.contains(bird.prefs(), 'user_pref("mail.server.server1.leave_on_server", true);')


# Opens a compose window as a person would, says what stands in it, and sends.
SEND = r"""
const done = arguments[arguments.length - 1];
const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const fields = Cc["@mozilla.org/messengercompose/composefields;1"]
  .createInstance(Ci.nsIMsgCompFields);
fields.to = "piet@example.test";
fields.subject = "From Thunderbird";
fields.body = "Hello.";
const params = Cc["@mozilla.org/messengercompose/composeparams;1"]
  .createInstance(Ci.nsIMsgComposeParams);
params.composeFields = fields;
params.identity = MailServices.accounts.defaultAccount.defaultIdentity;
const observer = { observe(window) {
  window.addEventListener("compose-editor-ready", () => {
    const said = {
      from: params.identity.fullAddress,
      text: window.gMsgCompose.editor.document.body.textContent,
    };
    Services.ww.unregisterNotification(observer);
    window.addEventListener("unload", () => done(said));
    window.setTimeout(() => window.goDoCommand("cmd_sendNow"), 500);
  }, { once: true });
} };
Services.ww.registerNotification(observer);
MailServices.compose.OpenComposeWindowWithParams(null, params);
"""


def check_sending(t, outgoing):
    bird = Thunderbird(t)
    since = LAB.mark()
    bird.export("--in=imaps:imap.example.test", f"--out={outgoing}",
                "--name=Jan \"J\\an\" Janßen", f"--signature={SIGNATURE}")
    # Otherwise the remote control changes settings that belong to the test.
    with open(f"{bird.profile}/user.js", "w") as f:
        f.write('user_pref("remote.prefs.recommended", false);\n')
    bird.start("--marionette", "--remote-allow-system-access")
    bird.logs_in(since, ("imap", "jan@example.test", 993))
    said = bird.script(SEND)
    t.contains(said["from"], "jan@example.test")
    t.contains(said["from"], "Janßen")
    t.contains(said["text"], 'Jan — "x" \\ ✓')
    bird.logs_in(since, ("smtp", "jan@example.test", None))
    wait_for(lambda: any("to=<piet@example.test>" in line and "status=sent" in line
                         for line in LAB.lines("postfix", since)), what="the letter")
    bird.stop()


def test_sending_tls(t):
    check_sending(t, "submissions:smtp.example.test")


def test_sending_starttls(t):
    check_sending(t, "submission:smtp.example.test")


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
    with open(f"{bird.profile}/user.js", "w") as f:
        f.write('user_pref("remote.prefs.recommended", false);\n')
    since = LAB.mark()
    bird.start("--marionette", "--remote-allow-system-access")
    bird.logs_in(since, ("imap", address, 993))
    bird.script(SEND.replace("piet@", "jan@"))
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


def test_profile_with_another_account(t):
    bird = Thunderbird(t)
    since = LAB.mark()
    bird.export("--in=imaps:imap.example.test", "--out=submissions:smtp.example.test", user="piet")
    bird.start()
    bird.logs_in(since, ("imap", "piet@example.test", 993))
    bird.stop()
    lines = bird.prefs()
    record = json.loads(bird.read("logins.json"))["logins"][0]

    since = LAB.mark()
    said = bird.export("--in=imaps:imap.example.test", "--out=submissions:smtp.example.test")
    t.equal(word(said, "outcome"), ["done"])
    kept = [line for line in lines if not any(name in line for name in (
        '"mail.accountmanager.accounts"', '"mail.account.lastKey"', '"mail.smtpservers"'))]
    t.equal([line for line in kept if line not in bird.prefs()], [], "lines that are gone")
    t.contains(json.loads(bird.read("logins.json"))["logins"], record)
    t.equal(bird.read("prefs-mailwright-backup.js").decode().splitlines(), lines)
    before = bird.read("prefs.js")
    said = bird.tool("--in=imaps:imap.example.test", "--out=submissions:smtp.example.test",
                     "export")
    t.equal(word(said, "outcome"), ["unchanged"])
    t.true(bird.read("prefs.js") == before, "the second export changed prefs.js")
    bird.start()
    bird.logs_in(since, ("imap", "jan@example.test", 993), ("imap", "piet@example.test", 993))
    bird.stop()

    # Taken out again: what is left is the other account.
    said = bird.tool("--in=imaps:imap.example.test", "--out=submissions:smtp.example.test",
                     "remove")
    t.equal(word(said, "outcome"), ["done"])
    t.equal([line for line in bird.prefs() if "jan@" in line or "jan%40" in line], [])
    t.equal(len(json.loads(bird.read("logins.json"))["logins"]), 2)
    since = LAB.mark()
    bird.start()
    bird.logs_in(since, ("imap", "piet@example.test", 993))
    bird.stop()


def test_profile_made_by_thunderbird(t):
    # Its own first start makes the profile, and no account.
    bird = Thunderbird(t)
    bird.start()
    wait_for(lambda: glob.glob(f"{bird.session.home}/.thunderbird/*/prefs.js"), 60, "a profile")
    wait_for(lambda: any("Thunderbird" in title for title in bird.windows()), 60, "a window")
    bird.stop()
    # The unused profile beside it is not offered.
    t.equal(len(bird.targets()), 1)
    made = bird.targets()[0][3]
    since = LAB.mark()
    said = bird.export("--in=imaps:imap.example.test", "--out=submissions:smtp.example.test")
    t.equal(word(said, "password"), ["stored"])
    t.equal(os.path.basename(bird.profile), made)
    bird.start()
    bird.logs_in(since, ("imap", "jan@example.test", 993))
    bird.stop()


def test_running(t):
    bird = Thunderbird(t)
    since = LAB.mark()
    bird.export("--in=imaps:imap.example.test", user="piet")
    bird.start()
    bird.logs_in(since, ("imap", "piet@example.test", 993))
    said = bird.tool("--in=imaps:imap.example.test", "export", code=1)
    t.contains(said[0][1], "open")
    t.true("jan@" not in bird.read("prefs.js").decode(), "written while running")
    bird.stop()
    t.equal(word(bird.tool("--in=imaps:imap.example.test", "export"), "outcome"), ["done"])


def test_new_password(t):
    bird = Thunderbird(t)
    bird.export("--in=imaps:imap.example.test", password="an old password")
    said = bird.export("--in=imaps:imap.example.test")
    t.equal(word(said, "outcome"), ["done"])
    t.contains(word(said, "updated"), "imap://imap.example.test")
    t.equal(word(said, "changes"), ["incoming-password:  -> "])
    t.equal(len(json.loads(bird.read("logins.json"))["logins"]), 1)
    since = LAB.mark()
    bird.start()
    bird.logs_in(since, ("imap", "jan@example.test", 993))
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
    # Nobody remembers who made it, so it is the person's.
    bird = Thunderbird(t, screen=False)
    bird.tool("--in=imap:imap.example.test", "--out=submission:smtp.example.test",
              "--label=Old", "export", password="an old password")
    os.remove(f"{bird.session.home}/memory-jan")
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

    with open(f"{bird.profile}/user.js", "w") as f:
        f.write('user_pref("remote.prefs.recommended", false);\n')
    since = LAB.mark()
    bird.start("--marionette", "--remote-allow-system-access")
    bird.logs_in(since, ("imap", "jan@selfsigned.test", 993))
    bird.script(SEND.replace("piet@example.test", "piet@selfsigned.test"))
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
