#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Forged, blocked and poisoned ways to a server: no password leaves, and the answer is true.

Everything that forges leads to one computer, 192.0.2.90, whose certificates are
valid and whose servers take the password: a yes to its name proves that.
"""

import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
import mwtest  # noqa: E402
import sites  # noqa: E402

JAN = mwtest.PASSWORDS["jan"]
EVIL = sites.EVIL_SERVER
HONEST = "192.0.2.20"   # mail.hosting.test
PRIVATE = "10.20.30.40"

# Listens at loop-back and says who came.
LISTENER = """
import selectors, socket
chosen = selectors.DefaultSelector()
for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
    for port in (22, 25, 80, 110, 143, 443, 465, 587, 993, 995):
        try:
            server = socket.create_server((address, port), family=family)
        except OSError:
            continue
        chosen.register(server, selectors.EVENT_READ)
print("ready", flush=True)
while True:
    for key, _ in chosen.select():
        client, _ = key.fileobj.accept()
        print("came", *key.fileobj.getsockname()[:2], flush=True)
        client.close()
"""


class Watch:
    """What happens in the lab from here on."""

    def __init__(self):
        self.logs = LAB.mark()
        self.bytes = len(LAB.wire())

    def presented(self):
        """Where passwords were presented, by the logs of the servers."""
        return sorted({address for _, _, address in LAB.presentations(self.logs)})

    def dialled(self):
        """Mail servers, that is: names and settings are asked for, too."""
        return [place for place in LAB.dialled(self.bytes) if place[1] not in (53, 443)]

    def sent(self, *to):
        """What the client said, to these or to anybody, as far as it can be read."""
        return b"".join(data for source, target, port, _, data in LAB.packets(self.bytes)
                        if source in (sites.CLIENT, "2001:db8::1") and port != 53
                        and (not to or target in to))


def verify(t, domain, *more, session=None, user="jan"):
    return (session or t.session(lab=LAB)).cli(
        "verify", f"{user}@{domain}", "--password-stdin", "--json", *more, password=JAN)


def source(done, name):
    return next((source for source in done.json["sources"] if source["name"] == name), None)


def check_quiet(t, watch, *honest):
    """Nobody but the honest was shown the password, in the logs and on the wire."""
    t.equal(watch.presented(), sorted(honest), "who was shown the password")
    said = watch.sent()
    t.absent(JAN, "a packet", said, "jan")
    verbs = re.search(rb"(?im)\b(AUTHENTICATE|AUTH|LOGIN|USER|PASS|APOP) [^\r\n]*\r\n", said)
    t.true(verbs is None, f"in clear: {verbs}")
    t.equal([place for place in watch.dialled() if place[1] == 80], [], "plain HTTP")


def check_asks(t, domain, *hosts, more=(), **kwargs):
    """The way to these hosts needs a yes, to each of them and to no other."""
    watch = Watch()
    done = verify(t, domain, *more, **kwargs)
    t.equal((done.code, done.json["outcome"]), (1, "consent-needed"), done.err)
    t.equal(done.json["consent_hosts"], list(hosts))
    for host in hosts:
        t.contains(done.json["advice"]["text"], host)
    check_quiet(t, watch)

    watch = Watch()
    done = verify(t, domain, *more, "--allow-host", "x" + hosts[0], **kwargs)
    t.equal(done.json["outcome"], "consent-needed", "a yes to another host")
    check_quiet(t, watch)
    return done


def check_allowed(t, domain, *hosts, server=EVIL, more=(), **kwargs):
    """With the yes the very same way works, so its absence was what held back."""
    watch = Watch()
    done = verify(t, domain, *more, *(word for host in hosts for word in ("--allow-host", host)),
                  **kwargs)
    t.equal((done.code, done.json["outcome"]), (0, "works"), done.err)
    for side in ("incoming", "outgoing"):
        t.contains(hosts, done.json[side]["host"])
    t.equal(watch.presented(), [server])


def check_works(t, domain, host, grade, server=HONEST):
    """Without a question, and nobody else is shown the password."""
    watch = Watch()
    done = verify(t, domain)
    t.equal((done.code, done.json["outcome"]), (0, "works"), done.err)
    for side in ("incoming", "outgoing"):
        t.equal((done.json[side]["host"], done.json[side]["grade"]), (host, grade))
    check_quiet(t, watch, server)
    return done


# --- who is named -----------------------------------------------------------

def test_forged_srv(t):
    """To a host of the same registrable domain, whose certificate is valid."""
    check_asks(t, "forgedsrv.test", "vps1.forgedsrv.test")
    check_allowed(t, "forgedsrv.test", "vps1.forgedsrv.test")


def test_honest_srv(t):
    check_works(t, "srvinside.test", "mail.srvinside.test", "G", "192.0.2.22")


def test_srv_named_by_a_certificate(t):
    """The certificate of the target vouches for the domain, so no yes is wanted."""
    check_works(t, "srvid.test", "mail.hosting-id.test", "D", "192.0.2.21")


def test_neighbour_of_the_honest_host(t):
    """SRV names another customer of the hoster that the domain's own settings name."""
    done = check_works(t, "neighbour.test", "ssl0.evil.test", "B", EVIL)
    tried = {probe["host"]: probe["outcome"] for probe in done.json["probes"]}
    t.true(tried.get("vps1.evil.test") != "works", str(tried))
    t.equal(done.json["password_presentations"], {"ssl0.evil.test:imap": 1,
                                                  "ssl0.evil.test:smtp": 1})


def test_forged_for_sending(t):
    """Receiving needs no yes, and its password is no yes for another host."""
    watch = Watch()
    done = verify(t, "halfforged.test")
    t.equal((done.code, done.json["outcome"]), (1, "consent-needed"), done.err)
    t.equal((done.json["incoming"]["outcome"], done.json["consent_hosts"]),
            ("works", ["mail.evil.test"]))
    check_quiet(t, watch, HONEST)
    watch = Watch()
    done = verify(t, "halfforged.test", "--allow-host", "mail.evil.test")
    t.equal((done.code, done.json["outcome"]), (0, "works"), done.err)
    t.equal(watch.presented(), sorted([EVIL, HONEST]))


def test_named_for_receiving(t):
    """What the domain's own settings name for one side, SRV may name for the other."""
    watch = Watch()
    done = verify(t, "halfnamed.test")
    t.equal((done.code, done.json["outcome"]), (0, "works"), done.err)
    t.equal([done.json[side]["grade"] for side in ("incoming", "outgoing")], ["B", "D"])
    check_quiet(t, watch, HONEST)


def test_forged_mx(t):
    hosts = ("imap.evil.test", "smtp.evil.test")
    done = check_asks(t, "forgedmx.test", *hosts)
    t.contains(source(done, "mx")["detail"], "mx.evil.test")
    t.equal(source(done, "mx")["grade"], "D")
    t.equal({probe["grade"] for probe in done.json["probes"]} - {"G"}, {"D"})
    check_allowed(t, "forgedmx.test", *hosts)


def test_mx_to_the_database(t):
    check_asks(t, "forgedmxdb.test", "box.evildb.test")
    check_allowed(t, "forgedmxdb.test", "box.evildb.test")


def test_mx_to_settings(t):
    check_asks(t, "forgedmxac.test", "box.evilac.test")
    check_allowed(t, "forgedmxac.test", "box.evilac.test")


def test_words_of_a_forged_document(t):
    """Whoever forges DNS says nothing about a server that others named."""
    done = verify(t, "forgedmxac.test", "--allow-host", "box.evilac.test")
    t.contains(str(done.json["hints"]), "Write your password to us")
    t.true("https://evil.test" not in str([hint["uri"] for hint in done.json["hints"]]), "a link")
    done = verify(t, "forgedwords.test", "--allow-host", "mail.forgedwords.test")
    t.equal((done.json["outcome"], done.json["incoming"]["host"], done.json["incoming"]["grade"]),
            ("works", "mail.forgedwords.test", "G"), done.err)
    t.true("box.evilac.test" in {probe["host"] for probe in done.json["probes"]}, "not found")
    t.equal(done.json["hints"], [])


ENTRY = """[template]
Name=Template
Grade=A
Source=us
Mx=evil.test;
Imap={mx}:993:tls;
Smtp={mx}:465:tls;
"""


def test_template_of_a_list(t):
    """The name of the mail exchanger, put into an entry, is only as good as DNS."""
    session = t.session(lab=LAB)
    folder = os.path.join(session.env["XDG_CONFIG_HOME"], "mailwright", "providers.d")
    os.makedirs(folder)
    with open(os.path.join(folder, "own.keyfile"), "w", encoding="utf-8") as file:
        file.write(ENTRY)
    check_asks(t, "forgedmx.test", "mx.evil.test", session=session)
    check_allowed(t, "forgedmx.test", "mx.evil.test", session=session)


def drive(t, text, address):
    """What a check comes to if the text were Mailwright's own list."""
    path = os.path.join(mwtest.BUILD, "tests", "lab", "provider-driver")
    mwtest.need(path)
    session = t.session(lab=LAB)
    name = os.path.join(session.directory, "list.keyfile")
    with open(name, "w", encoding="utf-8") as file:
        file.write(text)
    return session.run(path, name, address, input=JAN + "\n", check=True).stdout.strip()


def test_template_of_our_list(t):
    watch = Watch()
    t.equal(drive(t, ENTRY, "jan@forgedmx.test"), "consent-needed D mx.evil.test ?mx.evil.test")
    check_quiet(t, watch)
    # Hosts written out are the list's own word.
    watch = Watch()
    written = ENTRY.replace("{mx}", "mail.hosting.test")
    t.equal(drive(t, written, "jan@forgedmx.test"), "works A mail.hosting.test")
    t.equal(watch.presented(), [HONEST])


def test_file_of_this_computer(t):
    """Whoever writes there may name any host."""
    session = t.session(lab=LAB)
    folder = os.path.join(session.env["XDG_CONFIG_HOME"], "mailwright", "isp")
    os.makedirs(folder)
    with open(os.path.join(folder, "plainhttp.test.xml"), "w", encoding="utf-8") as file:
        file.write(sites.settings("mail.evil.test"))
    done = check_asks(t, "plainhttp.test", "mail.evil.test", session=session)
    t.equal((source(done, "local-file")["outcome"], source(done, "local-file")["grade"]),
            ("found", "D"))
    check_allowed(t, "plainhttp.test", "mail.evil.test", session=session)


def test_poisoned_database(t):
    """A document that is about somebody else says nothing of this domain."""
    done = check_asks(t, "poisoned.test", "mail.evil.test")
    t.contains(source(done, "ispdb")["detail"], "another domain")
    t.equal(source(done, "ispdb")["grade"], "D")
    check_allowed(t, "poisoned.test", "mail.evil.test")


def test_honest_database(t):
    check_works(t, "ispdb.test", "mail.hosting.test", "C")


# --- what is held back ------------------------------------------------------

def test_settings_dropped(t):
    check_asks(t, "drop443.test", "mail.evil.test")
    check_allowed(t, "drop443.test", "mail.evil.test")


def test_settings_refused(t):
    check_asks(t, "refuse443.test", "mail.evil.test")


def test_settings_reset(t):
    done = check_asks(t, "reset443.test", "mail.evil.test")
    t.contains(("failed", "timeout"), source(done, "autoconfig")["outcome"])


def test_settings_with_a_bad_certificate(t):
    done = check_asks(t, "badweb.test", "mail.evil.test")
    t.equal(source(done, "autoconfig")["outcome"], "failed")


def test_settings_late(t):
    """Later than all of DNS: within the time they are waited for, and after it.

    In the first a usual name of the domain, which would do, is there at once.
    """
    for domain in ("late443.test", "tardy443.test"):
        done = check_works(t, domain, "mail.hosting.test", "B")
        t.equal(source(done, "autoconfig")["outcome"], "found")


def test_plain_http_would_say_otherwise(t):
    """So that the silence of port 80 in all these means something."""
    for domain in ("drop443.test", "autoconfig.reset443.test"):
        done = t.session(lab=LAB).run("curl", "-sS", f"http://{domain}/{sites.CONFIG}")
        t.contains(done.stdout, "box.evilac.test")


def allow_plain(t):
    """A session in which the administrator lets settings come without TLS."""
    session = t.session(lab=LAB)
    folder = os.path.join(session.env["XDG_CONFIG_HOME"], "glib-2.0", "settings")
    os.makedirs(folder)
    with open(os.path.join(folder, "keyfile"), "w", encoding="utf-8") as file:
        file.write("[io/github/mailwright/Mailwright]\nallow-plain-http=true\n")
    return session


def test_plain_http(t):
    """Switched on, it is asked where HTTPS has nothing, and worth what DNS is."""
    watch = Watch()
    done = verify(t, "plainhttp.test", session=allow_plain(t))
    t.equal((done.code, done.json["outcome"], done.json["consent_hosts"]),
            (1, "consent-needed", ["box.evilac.test"]), done.err)
    t.equal((source(done, "http-autoconfig")["outcome"], source(done, "http-autoconfig")["grade"]),
            ("found", "D"))
    t.equal(watch.presented(), [])
    t.true((sites.WEB_SERVER, 80) in watch.dialled(), "port 80 was not asked")
    said = watch.sent(sites.WEB_SERVER)
    t.contains(said, f"GET /{sites.CONFIG} HTTP/1.1".encode())
    t.true(b"jan" not in said, "the address was sent in clear")
    # As delivered, it is not asked.
    watch = Watch()
    t.equal(verify(t, "plainhttp.test").json["outcome"], "nothing-found")
    check_quiet(t, watch)


def test_plain_http_is_no_way_round(t):
    """Who holds port 443 back gains nothing by it, switched on or not."""
    session = allow_plain(t)
    for domain in ("drop443.test", "refuse443.test", "reset443.test", "badweb.test"):
        watch = Watch()
        done = verify(t, domain, session=session)
        t.equal((done.json["outcome"], done.json["consent_hosts"]),
                ("consent-needed", ["mail.evil.test"]), done.err)
        check_quiet(t, watch)
    watch = Watch()
    t.equal(verify(t, "redirplain.test", session=session).json["outcome"], "nothing-found")
    check_quiet(t, watch)


# --- names that are not what they seem ---------------------------------------

def test_wildcard(t):
    check_asks(t, "wildcard.test", "imap.wildcard.test", "smtp.wildcard.test")
    check_allowed(t, "wildcard.test", "imap.wildcard.test", "smtp.wildcard.test",
                  server="192.0.2.24")


def test_mail_elsewhere(t):
    check_asks(t, "mxelsewhere.test", "mail.mxelsewhere.test")
    check_allowed(t, "mxelsewhere.test", "mail.mxelsewhere.test", server="192.0.2.26")


def test_honest_guess(t):
    watch = Watch()
    done = verify(t, "example.test")
    t.equal((done.code, done.json["outcome"]), (0, "works"), done.err)
    t.equal({done.json[side]["grade"] for side in ("incoming", "outgoing")}, {"G"})
    t.equal(len(watch.presented()), 1)


# --- addresses and ports -----------------------------------------------------

def listen(t):
    """At loop-back of the computer that looks for servers."""
    session = t.session(lab=LAB)
    session.spawn("/usr/bin/python3", "-c", LISTENER, name="listener")
    mwtest.wait_for(lambda: "ready" in session.log("listener"), what="the listener")
    return session


def came(session):
    return re.findall(r"came (\S+) (\d+)", session.log("listener"))


def test_loop_back(t):
    local = listen(t)
    check_asks(t, "srvlocal.test", "mail.loopback.test")
    t.equal(came(local), [])
    verify(t, "srvlocal.test", "--allow-host", "mail.loopback.test")
    t.true("993" in {port for _, port in came(local)}, "a yes was not enough")


def test_private_addresses(t):
    """Servers do answer there, with certificates that are valid for their names."""
    for domain, host in (("srvprivate.test", "mail.private.test"),
                         ("srvmapped.test", "mapped.evil.test")):
        watch = Watch()
        check_asks(t, domain, host)
        t.equal([place for place in watch.dialled() if PRIVATE in place[0]], [], domain)
        watch = Watch()
        verify(t, domain, "--allow-host", host)
        t.true((PRIVATE, 993) in watch.dialled(), f"{domain}: a yes was not enough")


def test_rebinding(t):
    """A name that had a public address: the next answer is checked like the first."""
    local = listen(t)
    watch = Watch()
    first = verify(t, "rebinding.test")
    t.true(first.code == 1, "works")
    t.true(("192.0.2.96", 993) in watch.dialled(), "the public address was not tried")
    watch = Watch()
    check_asks(t, "rebinding.test", "mail.rebind.test")
    t.equal(watch.dialled(), [])
    t.equal(came(local), [])
    verify(t, "rebinding.test", "--allow-host", "mail.rebind.test")
    t.true(came(local), "a yes was not enough")


def test_local_beside_public(t):
    local = listen(t)
    watch = Watch()
    verify(t, "mixing.test")
    t.equal({address for address, _ in watch.dialled()}, {"192.0.2.97"})
    t.equal(came(local), [])
    check_quiet(t, watch)


def test_odd_ports(t):
    watch = Watch()
    check_asks(t, "oddport.test", "mail.evil.test")
    t.equal([place for place in watch.dialled() if place[1] in (22, 25)], [])
    watch = Watch()
    verify(t, "oddport.test", "--allow-host", "mail.evil.test")
    t.true((EVIL, 22) in watch.dialled(), "a yes was not enough")


def test_redirects(t):
    """A web server of the domain may send elsewhere, but not inside and not without TLS."""
    local = listen(t)
    for domain in ("redirlocal.test", "redirplain.test"):
        watch = Watch()
        done = verify(t, domain)
        t.equal((done.code, done.json["outcome"]), (1, "nothing-found"), done.err)
        t.equal(source(done, "autoconfig")["outcome"], "failed")
        check_quiet(t, watch)
    t.equal(came(local), [])
    check_works(t, "redirects.test", "mail.hosting.test", "B")


def test_settings_in_clear(t):
    """Servers without TLS are nobody's servers, wherever they stand."""
    watch = Watch()
    done = verify(t, "clear.test")
    t.equal((done.code, done.json["outcome"]), (1, "nothing-found"), done.err)
    t.contains(source(done, "autoconfig")["detail"], "left out")
    t.true("192.0.2.10" not in {address for address, _ in watch.dialled()}, "it was dialled")
    check_quiet(t, watch)


LAB = mwtest.Lab("--capture")
mwtest.main(globals())
