#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Accounts move from Thunderbird to Evolution and back, and nobody types.

Proof is the server's log of the log-in, and that no window asked for anything.
"""

import glob
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "support"))
import mwtest  # noqa: E402
from mwtest import PASSWORDS, wait_for  # noqa: E402

LAB = mwtest.Lab()
PRIMARY = "ein „Haupt\"-Kennwort\\"

# Thunderbird makes the accounts itself, as after its own assistant; offline,
# since it does not know the lab's authority.
MAKE = """
const done = arguments[arguments.length - 1];
(async () => {
  const folder = "resource:///modules/accountcreation/";
  const { AccountConfig } = ChromeUtils.importESModule(folder + "AccountConfig.sys.mjs");
  const { CreateInBackend } = ChromeUtils.importESModule(folder + "CreateInBackend.sys.mjs");
  const made = [];
  for (const wanted of WANTED) {
    const config = new AccountConfig();
    config.rememberPassword = true;
    Object.assign(config.identity, wanted.identity);
    Object.assign(config.incoming, wanted.incoming);
    Object.assign(config.outgoing, wanted.outgoing, { type: "smtp", addThisServer: true });
    const account = await CreateInBackend.createAccountInBackend(config);
    for (const [name, value] of Object.entries(wanted.more)) {
      account.defaultIdentity[name] = value;
    }
    made.push(account.key);
  }
  Services.prefs.savePrefFile(null);
  done(made);
})().catch(error => done(String(error)));
"""


def wanted(user, incoming, outgoing, **more):
    """USER's account for MAKE; INCOMING and OUTGOING are (type, host, port, socketType)."""
    def side(kind, host, port, security):
        return {"type": kind, "hostname": host, "port": port, "socketType": security, "auth": 3,
                "username": f"{user}@example.test", "password": PASSWORDS[user]}

    return {"identity": {"realname": 'Jan "J\\an" Janßen', "emailAddress": f"{user}@example.test"},
            "incoming": side(*incoming), "outgoing": side(*outgoing), "more": more}


def session(t, screen=None):
    mwtest.need("thunderbird", "evolution", "gnome-keyring-daemon", "secret-tool", "certutil")
    return t.session(lab=LAB, bus=True, keyring=True, screen=screen,
                     env={"WEBKIT_DISABLE_COMPOSITING_MODE": "1",
                          "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"})


def new_profile(s):
    """An empty profile that Thunderbird takes as its own."""
    root = f"{s.home}/.thunderbird"
    os.makedirs(f"{root}/abcd1234.own", 0o700)
    with open(f"{root}/profiles.ini", "w") as f:
        f.write("[Profile0]\nName=default\nIsRelative=1\nPath=abcd1234.own\nDefault=1\n\n"
                "[General]\nStartWithLastProfile=1\nVersion=2\n")
    with open(f"{root}/abcd1234.own/compatibility.ini", "w") as f:
        f.write("[Compatibility]\n")
    with open(f"{root}/abcd1234.own/user.js", "w") as f:
        f.write('user_pref("remote.prefs.recommended", false);\n'
                'user_pref("offline.startup_state", 3);\n')
    return f"{root}/abcd1234.own"


def script(s, text):
    done = s.run("/usr/bin/python3", os.path.join(os.path.dirname(__file__), "marionette.py"),
                 "2828", input=text, timeout=150, check=True)
    return json.loads(done.stdout)


def profile_of(s):
    [path] = glob.glob(f"{s.home}/.thunderbird/*/prefs.js")
    return os.path.dirname(path)


def stop_thunderbird(s, process):
    """Ends it by its own number."""
    for pid in mwtest.descendants(process.pid) | {process.pid}:
        try:
            program = os.path.basename(os.readlink(f"/proc/{pid}/exe"))
            with open(f"/proc/{pid}/cmdline") as f:
                own_child = "-contentproc" in f.read()
            if program in ("thunderbird", "thunderbird-bin") and not own_child:
                os.kill(pid, 15)
        except OSError:
            pass
    process.wait(30)


def questions(s):
    """Names of the windows that ask for something."""
    found = s.run("xdotool", "search", "--onlyvisible", "--name",
                  "[Aa]uthentication|[Pp]assword|[Cc]ertificate|[Kk]eyring|[Uu]nlock|[Aa]lert"
                  "|[Ii]ntegration").stdout
    return [s.run("xdotool", "getwindowname", window).stdout.strip() for window in found.split()]


def wait_log_ins(s, since, *wanted_logins):
    """Waits until each (service, user) was seen, and nothing asks meanwhile."""
    def seen():
        asked = questions(s)
        if asked:
            raise mwtest.Failure(f"asked: {asked}")
        found = {(service, user) for service, user, *_ in LAB.logins(since)}
        return set(wanted_logins) <= found

    wait_for(seen, 60, f"the log-ins {wanted_logins}")


def kept_password(s, account, side="incoming"):
    return s.run("secret-tool", "lookup", "account", account, "side", side).stdout


def hosts(*names):
    return [word for name in names for word in ("--allow-host", name)]


def read(path):
    with open(path, "rb") as f:
        return f.read()


def files(folder):
    return {path: read(path) for path in glob.glob(f"{folder}/**", recursive=True)
            if os.path.isfile(path)}


def test_from_thunderbird_to_evolution(t):
    s = session(t, screen="1280x900")
    profile = new_profile(s)
    bird = s.spawn("thunderbird", "--marionette", "--remote-allow-system-access")
    accounts = [
        wanted("jan", ("imap", "imap.example.test", 993, 3), ("smtp", "smtp.example.test", 465, 3),
               htmlSigText="Groetjes,\nJan \\ \"x\"", htmlSigFormat=False),
        wanted("piet", ("pop3", "pop3.example.test", 110, 2), ("smtp", "smtp.example.test", 587, 2),
               htmlSigText="<p>Piet<br>&amp; Co</p>", htmlSigFormat=True),
    ]
    made = script(s, MAKE.replace("WANTED", json.dumps(accounts)))
    t.true(isinstance(made, list) and len(made) == 2, f"Thunderbird said {made}")
    wait_for(lambda: os.path.exists(f"{profile}/logins.json") and
             read(f"{profile}/logins.json").count(b"encryptedPassword") == 4, 30, "its passwords")

    # What it would be, without network and keyring: no password is looked for.
    shown = s.cli("inspect", profile, "--json")
    t.equal([shown.code, shown.json["kind"], len(shown.json["candidates"])],
            [0, "thunderbird-profile", 4])
    t.equal([row["passwords"] for row in shown.json["accounts"]], [None, None])

    # It runs all the time. The hosts are asked about, and nothing is saved before.
    refused = s.cli("import", "thunderbird", "--to", "evolution", "--json")
    t.equal([refused.code, [row["outcome"] for row in refused.json["accounts"]]],
            [1, 2 * ["consent-needed"]])
    t.equal(s.cli("accounts", "--json").json["accounts"], [])

    allowed = hosts("imap.example.test", "pop3.example.test", "smtp.example.test")
    done = s.cli("import", "thunderbird", "--to", "evolution", *allowed, "--json")
    t.equal(done.code, 0, f"exit code ({done.err} {done.out})")
    jan, piet = done.json["accounts"]
    t.equal([jan["address"], jan["outcome"], jan["passwords"], jan["notes"]],
            ["jan@example.test", "imported", "found", ["default"]])
    t.equal([jan["sender_name"], jan["signature"]],
            ['Jan "J\\an" Janßen', 'Groetjes,\nJan \\ "x"'])
    t.equal([piet["incoming"]["service"], piet["outgoing"]["service"], piet["signature"]],
            ["pop3", "submission", "Piet\n& Co"])
    t.equal(piet["leave_on_server"], True)
    for row, user in (jan, "jan"), (piet, "piet"):
        t.equal([target["outcome"] for target in row["targets"]], ["done"], user)
        t.equal([target["password"] for target in row["targets"]], ["stored"], user)
        t.equal(kept_password(s, row["account"]), PASSWORDS[user])
        # Both have a log-in at the outgoing server; each came with its own.
        t.equal(kept_password(s, row["account"], "outgoing"), "", f"another password for {user}")
        t.absent(PASSWORDS[user], "what was printed", (done.out + done.err).encode())
    saved = s.cli("accounts", "--json").json["accounts"]
    t.equal([(row["state"], row["default"]) for row in saved], 2 * [("pending", False)])
    stop_thunderbird(s, bird)

    # A second time there is nothing to do; and reading changes no file.
    before = files(profile)
    again = s.cli("import", "thunderbird", "--json")
    t.equal([again.code, [row["outcome"] for row in again.json["accounts"]]],
            [0, 2 * ["unchanged"]])
    t.equal(len(s.cli("accounts", "--json").json["accounts"]), 2)
    t.true(files(profile) == before, "reading changed a file")

    since = LAB.mark()
    s.spawn("evolution")
    wait_log_ins(s, since, ("imap", "jan@example.test"), ("pop3", "piet@example.test"))


def test_from_evolution_to_thunderbird(t):
    s = session(t, screen="1280x900")
    elsewhere = f"{s.home}/elsewhere"
    done = s.cli("add", "jan@example.test", "--password-stdin", "--data-dir", elsewhere, "--json",
                 "--name", "Jan Kowalski", "--to", "evolution", password=PASSWORDS["jan"])
    t.equal(done.code, 0, f"exit code of add ({done.err} {done.out})")

    allowed = hosts("imap.example.test", "smtp.example.test")
    done = s.cli("import", "evolution", "--account", "jan@example.test", "--to", "thunderbird",
                 *allowed, "--json")
    t.equal(done.code, 0, f"exit code ({done.err} {done.out})")
    [row] = done.json["accounts"]
    t.equal([row["outcome"], row["passwords"], row["sender_name"], row["saved"]],
            ["imported", "found", "Jan Kowalski", None])
    t.equal([target["password"] for target in row["targets"]], ["stored"])
    t.equal(kept_password(s, row["account"]), PASSWORDS["jan"])

    # The folder alone says the same, but for the password.
    shown = s.cli("inspect", f"{s.env['XDG_CONFIG_HOME']}/evolution/sources", "--json")
    [same] = shown.json["accounts"]
    t.equal([shown.code, shown.json["kind"], same["incoming"], same["passwords"]],
            [0, "evolution", row["incoming"], None])

    s.run("certutil", "-A", "-d", f"sql:{profile_of(s)}", "-n", "lab", "-t", "C,,",
          "-i", LAB.env["MW_LAB_CA"], check=True)
    since = LAB.mark()
    bird = s.spawn("thunderbird")
    wait_log_ins(s, since, ("imap", "jan@example.test"))
    stop_thunderbird(s, bird)


def test_primary_password(t):
    s = session(t)
    elsewhere = ["--data-dir", f"{s.home}/elsewhere"]
    done = s.cli("add", "jan@example.test", "--password-stdin", *elsewhere, "--json",
                 "--to", "thunderbird", password=PASSWORDS["jan"])
    t.equal(done.code, 0, f"exit code of add ({done.err} {done.out})")
    for name, text in (("old", "\n"), ("new", PRIMARY + "\n")):
        with open(f"{s.home}/{name}", "w") as f:
            f.write(text)
    s.run("certutil", "-W", "-d", f"sql:{profile_of(s)}", "-f", f"{s.home}/old",
          "-@", f"{s.home}/new", check=True)

    command = ["import", "thunderbird", *hosts("imap.example.test", "smtp.example.test"), "--json"]
    done = s.cli(*command)
    t.equal([done.code, done.out], [2, ""])
    t.contains(done.err, "--primary-password-fd")
    done = s.cli(*command, "--dry-run")
    t.equal([done.code, done.json["accounts"][0]["passwords"]], [0, "locked"])
    done = s.cli(*command, "--primary-password-fd", "0", password="another one")
    t.equal([done.code, done.out], [1, ""])
    t.equal(s.cli("accounts", "--json").json["accounts"], [])

    done = s.cli(*command, "--primary-password-fd", "0", password=PRIMARY)
    t.equal(done.code, 0, f"exit code ({done.err} {done.out})")
    [row] = done.json["accounts"]
    t.equal([row["outcome"], row["passwords"]], ["imported", "found"])
    t.equal(kept_password(s, row["account"]), PASSWORDS["jan"])
    t.absent(PRIMARY, "what was printed", (done.out + done.err).encode())


if __name__ == "__main__":
    mwtest.main(globals())
