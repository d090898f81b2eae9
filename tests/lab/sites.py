# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""The invented domains: what each of them does wrong, and who lives there.

README.md beside this file is the same table for people.
"""

import base64
import hashlib
from dataclasses import dataclass, field

HOSTS = ("imap", "smtp", "pop3", "pop", "mail")
TLS = (993, 995, 465)
STARTTLS = (143, 110, 587)
ALL = TLS + STARTTLS

CLIENT = "192.0.2.1"
GATEWAY = "192.0.2.2"
NAME_SERVER = "192.0.2.53"
ODD_NAME_SERVER = "192.0.2.54"
WEB = "192.0.2.80"        # an address where no port is open
SILENT = "198.51.100.99"  # nobody has it, and nobody says so
SILENT6 = "2001:db8:ffff::99"
GATEWAY6 = "2001:db8::2"

# A quote, a backslash, a blank and letters outside ASCII: what clients get wrong.
PASSWORDS = {
    "jan": 'zażółć "gęślą" \\jaźń 1',
    "piet": 'S3cret "pä$$"\\x ł 2',
    "anna": "plain-Passw0rd",
}

# Folders with names of their own in example.test, by use; everybody else has
# them under the names on the left. Only anna is subscribed to hers.
FOLDERS = {
    "anna": {"Sent": "Wysłane", "Drafts": "Robocze", "Trash": "Kosz&Co", "Junk": "Śmieci",
             "Archive": "Archiwum"},
    "piet": {"Sent": "Gesendet", "Drafts": "Entwürfe", "Trash": "Mülleimer", "Junk": "Spam",
             "Archive": "Archiv"},
}
SUBSCRIBED = {"anna"}


@dataclass
class Site:
    domain: str
    number: int | None = None          # last part of the address; None: no server of its own
    hosts: tuple = HOSTS
    ports: tuple = ALL
    address: str | None = None         # where its hosts point, when not to the number
    address6: str | None = None
    certificate: str | None = "good"   # how servers.py makes it
    names: tuple = ()                  # in the certificate, when not the hosts
    mx: str | None = None
    records: list = field(default_factory=list)   # more lines for dnsmasq
    bare: str | None = None            # address of the domain itself
    mode: str = "normal"               # normal, swapped (TLS and STARTTLS ports), plain
    drops: tuple = ()                  # ports that swallow every packet
    users: bool = True
    mechanisms: str = ""               # when not all
    odd_names: str | None = None       # how odd_names.py answers for it

    @property
    def server(self):
        """Where the servers of this site listen."""
        if self.number is None:
            return None
        if self.address and self.address.startswith("10."):
            return self.address
        return f"192.0.2.{self.number}"

    @property
    def server6(self):
        return f"2001:db8::{self.number}" if self.address6 == "own" else None

    @property
    def host_names(self):
        return [f"{host}.{self.domain}" for host in self.hosts]


def srv(domain, target, services):
    ports = {"imaps": 993, "imap": 143, "pop3s": 995, "pop3": 110,
             "submissions": 465, "submission": 587}
    return [f"srv-host=_{s}._tcp.{domain},{target},{ports[s]},0,1" if target
            else f"srv-host=_{s}._tcp.{domain}" for s in services]


def digest(domain, text):
    """The TXT record for a document of that domain, in two strings."""
    value = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f'txt-record=_ua-auto-config.{domain},"v=UAAC1; a=sha256; ","d={value}"'


IDN = "żółw.test".encode("idna").decode()
IDN_SRV = "łąka.test".encode("idna").decode()
IDN_WEB = "gęś.test".encode("idna").decode()

# One web server for all of these: host, path, what stands there.
WEB_SERVER = "192.0.2.70"
EVIL_SERVER = "192.0.2.90"


def settings(host, domain="", socket="SSL", ports=(993, 465), more=""):
    """A settings document that names one host; a port that is None names no server."""
    servers = "".join(
        f"<{tag} type='{kind}'><hostname>{host}</hostname><port>{port}</port>"
        f"<socketType>{socket}</socketType><username>%EMAILADDRESS%</username>"
        f"<authentication>password-cleartext</authentication></{tag}>"
        for tag, kind, port in (("incomingServer", "imap", ports[0]),
                                ("outgoingServer", "smtp", ports[1])) if port)
    domain = domain and f"<domain>{domain}</domain>"
    return (f"<clientConfig version='1.1'><emailProvider id='x'>{domain}{servers}{more}"
            "</emailProvider></clientConfig>")


def told(method="password-cleartext"):
    """A settings document that says more than servers."""
    servers = "".join(
        f"<{tag} type='{kind}'><hostname>mail.hosting.test</hostname><port>{port}</port>"
        f"<socketType>SSL</socketType><username>%EMAILADDRESS%</username>"
        f"<authentication>{method}</authentication>{more}</{tag}>"
        for tag, kind, port, more in (
            ("incomingServer", "pop3", 995,
             "<pop3><leaveMessagesOnServer>true</leaveMessagesOnServer>"
             "<daysToLeaveMessagesOnServer>14</daysToLeaveMessagesOnServer></pop3>"),
            ("outgoingServer", "smtp", 465, "")))
    return ("<clientConfig version='1.1'><emailProvider id='x'>"
            "<displayName>Told &amp; Sons\u202e</displayName>" + servers +
            "<documentation url='http://help.hosting.test/'><descr lang='pl'>Jak ustawić</descr>"
            "<descr lang='en'>How &lt;b&gt;to&lt;/b&gt; set up</descr></documentation>"
            "</emailProvider><enable visiturl='https://www.told.test/on'>"
            "<instruction>Tick “POP” first</instruction></enable></clientConfig>")


SETTINGS = settings("mail.hosting.test")
CONFIG = "mail/config-v1.1.xml"
PACC_SETTINGS = ('{"protocols": {"imap": {"host": "mail.hosting.test"},'
                 ' "submit": {"host": "mail.hosting.test"}},'
                 ' "authentication": {"password": true},'
                 ' "info": {"provider": {"name": "Lab", "logo":'
                 ' [{"url": "https://logo.pacc.test/logo.svg"}]},'
                 ' "help": {"documentation": "https://www.pacc.test/help"}}}\n')
PACC = ".well-known/user-agent-configuration.json"
DOCUMENTS = [
    ("autoconfig.auto.test", "mail/config-v1.1.xml", SETTINGS),
    (f"autoconfig.{IDN_WEB}", "mail/config-v1.1.xml",
     SETTINGS.replace("mail.hosting.test", "mail.żółw.test")),
    ("autoconfig.campus.test", "mail/config-v1.1.xml",
     SETTINGS.replace("<incomingServer", "<domain>campus.test</domain>"
                      "<domain>law.campus.test</domain><incomingServer", 1)),
    ("wellknown.test", ".well-known/autoconfig/mail/config-v1.1.xml", SETTINGS),
    ("v1.ispdb.net", "ispdb.test", settings("mail.hosting.test", "ispdb.test")),
    ("autoconfig.conflict.test", CONFIG, SETTINGS),
    ("v1.ispdb.net", "conflict.test", settings("mail.example.test", "conflict.test")),
    ("autoconfig.told.test", CONFIG, told()),
    ("autoconfig.oauth.test", CONFIG, told("OAuth2")),
    ("autoconfig.html.test", "mail/config-v1.1.xml", "<!DOCTYPE html><html></html>"),
    ("html.test", "index.html", "<html></html>"),
    ("wildpage.test", "index.html", "<!DOCTYPE html><title>For sale</title><br>"),
    ("autoconfig.mxhost.test", CONFIG, SETTINGS),
    ("v1.ispdb.net", "mxdbhost.test", SETTINGS),
    ("autoconfig.plainweb.test", "index.html", "<html></html>"),
    ("ua-auto-config.pacc.test", PACC, PACC_SETTINGS),
    ("ua-auto-config.pacc-bare.test", PACC, PACC_SETTINGS),
    ("ua-auto-config.pacc-changed.test", PACC, PACC_SETTINGS.replace("imap", "pop3")),
    ("ua-auto-config.pacc-odd.test", PACC, PACC_SETTINGS),
    # What follows belongs to TRUST_SITES.
    ("autoconfig.neighbour.test", CONFIG, settings("ssl0.evil.test")),
    ("autoconfig.halfforged.test", CONFIG, settings("mail.hosting.test", ports=(993, None))),
    ("autoconfig.halfnamed.test", CONFIG, settings("mail.hosting.test", ports=(993, None))),
    ("autoconfig.evilac.test", CONFIG, settings("box.evilac.test", more=(
        "<documentation url='https://evil.test/help'><descr>Write your password to us</descr>"
        "</documentation>"))),
    ("v1.ispdb.net", "evildb.test", settings("box.evildb.test", "evildb.test")),
    ("v1.ispdb.net", "poisoned.test", settings("mail.evil.test", "somebody-else.test")),
    ("autoconfig.badweb.test", CONFIG, settings("mail.evil.test")),
    ("autoconfig.late443.test", CONFIG, SETTINGS),
    ("autoconfig.tardy443.test", CONFIG, SETTINGS),
    ("autoconfig.clear.test", CONFIG, settings("imap.example.test", "", "plain", (143, 587))),
    ("autoconfig.plainhttp.test", "index.html", "<html></html>"),
    ("autoconfig.redirects.test", "index.html", "<html></html>"),
    ("autoconfig.tells.test", "index.html", "<html></html>"),
    ("autoconfig.redirlocal.test", "index.html", "<html></html>"),
    ("autoconfig.redirplain.test", "index.html", "<html></html>"),
]
# What is there at port 80.
PLAIN_DOCUMENTS = [("autoconfig.plainweb.test", CONFIG, SETTINGS)]
# Programs that answer as a document would: the beginning, then more and more.
SCRIPT = ("import sys, time\nprint('Content-Type: text/xml\\n\\n<clientConfig>', flush=True)\n"
          "while sys.stdout.write({0!r}) and not sys.stdout.flush():\n    time.sleep({1})\n")
DOCUMENTS += [
    ("autoconfig.slowbody.test", CONFIG, SCRIPT.format(" ", 0.3)),
    ("autoconfig.endlessbody.test", CONFIG, SCRIPT.format(" " * 4096, 0.01)),
]
SCRIPT_HOSTS = ("autoconfig.slowbody.test", "autoconfig.endlessbody.test")
# Whatever is asked of that host, it sends on to there.
REDIRECTS = [
    ("autoconfig.redirects.test", f"https://autoconfig.auto.test/{CONFIG}"),
    ("autoconfig.tells.test", f"https://autoconfig.auto.test/{CONFIG}${{qsa}}"),
    ("autoconfig.redirlocal.test", f"https://local.evil.test/{CONFIG}"),
    ("autoconfig.redirplain.test", f"http://autoconfig.evilac.test/{CONFIG}"),
]
WEB_HOSTS = sorted({host for host, _, _ in DOCUMENTS})
# Served, but not in the certificate.
BAD_WEB_HOSTS = {"autoconfig.badweb.test"}
# Web servers elsewhere: nothing good at port 80, and their ways at port 443.
BLOCKED_WEB = {"drop443": "192.0.2.91", "refuse443": "192.0.2.92", "reset443": "192.0.2.93",
               "late443": "192.0.2.94", "tardy443": "192.0.2.95"}


SITES = [
    Site("example.test", 10, address6="own", mx="mail.example.test", bare=WEB),
    Site("starttls.test", 11, ports=STARTTLS),
    Site("wrongname.test", 12, names=("mail.somebody-else.test",)),
    Site("expired.test", 13, certificate="expired"),
    Site("selfsigned.test", 14, certificate="self-signed"),
    Site("unknownca.test", 15, certificate="unknown-ca"),
    Site("notyet.test", 16, certificate="not-yet"),
    Site("purpose.test", 17, certificate="e-mail"),
    Site("cnonly.test", 18, certificate="cn-only"),
    Site("refused.test", address=WEB),
    Site("silent.test", address=SILENT, address6=SILENT6),
    Site("hosting.test", 20, hosts=("mail", "mx"), mx="mx.hosting.test", users=False),
    Site("srvonly.test", hosts=(),
         records=srv("srvonly.test", "mail.hosting.test", ("imaps", "submissions"))),
    # Its certificate vouches for srvid.test by an SRV name (RFC 4985).
    Site("hosting-id.test", 21, hosts=("mail",), certificate="srv-id", users=False),
    Site("srvid.test", hosts=(),
         records=srv("srvid.test", "mail.hosting-id.test", ("imaps", "submissions"))),
    Site("srvinside.test", 22, hosts=("mail",),
         records=srv("srvinside.test", "mail.srvinside.test", ("imaps", "submissions"))),
    Site("srvmany.test", hosts=(),
         records=["srv-host=_imaps._tcp.srvmany.test,gone.srvmany.test,993,0,1",
                  "srv-host=_imaps._tcp.srvmany.test,imap.refused.test,993,5,1",
                  "srv-host=_imaps._tcp.srvmany.test,mail.hosting.test,993,10,1"]
         + srv("srvmany.test", "mail.hosting.test", ("submissions",))),
    Site("srvalias.test", 35, hosts=("box",), names=("mail.srvalias.test",),
         records=["cname=mail.srvalias.test,box.srvalias.test",
                  "cname=_submissions._tcp.srvalias.test,_submissions._tcp.srvalias-2.test"]
         + srv("srvalias.test", "mail.srvalias.test", ("imaps",))
         + srv("srvalias-2.test", "mail.srvalias.test", ("submissions",))),
    Site("srvnone.test", 23, hosts=("pop3", "smtp"), ports=(995, 110, 465, 587),
         records=srv("srvnone.test", None, ("imaps", "imap"))
         + srv("srvnone.test", "pop3.srvnone.test", ("pop3s",))
         + srv("srvnone.test", "smtp.srvnone.test", ("submissions",))),
    Site("wildcard.test", 24, hosts=(), names=("*.wildcard.test", "wildcard.test"),
         records=["address=/wildcard.test/192.0.2.24"]),
    Site("private.test", 25, address="10.20.30.40"),
    Site("loopback.test", address="127.0.0.1", address6="::1"),
    Site("atovh.test", hosts=(), mx="mx1.mail.ovh.net", users=False),
    Site("atgoogle.test", hosts=(), mx="aspmx.l.google.com", users=False),
    Site("atmicrosoft.test", hosts=(), mx="atmicrosoft-test.mail.protection.outlook.com",
         users=False),
    Site("mxelsewhere.test", 26, hosts=("mail",), mx="mx.hosting.test"),
    # Departments of example.test: its mail goes to the whole; nobody says so.
    Site("dept.example.test", hosts=(), mx="mail.example.test"),
    Site("quiet.example.test", hosts=()),
    # The document of the whole speaks for one of its departments.
    Site("campus.test", hosts=()),
    Site("law.campus.test", hosts=()),
    Site("mxhosted.test", hosts=(), mx="mx.hosting.test"),
    Site(IDN, 27),
    Site(IDN_SRV, hosts=(), records=srv(IDN_SRV, f"mail.{IDN}", ("imaps", "submissions"))),
    Site(IDN_WEB, hosts=()),
    Site("sender.test", 28),
    Site("brokenv6.test", 29, address6=SILENT6),
    Site("refusedv6.test", 49, address6=GATEWAY6),
    Site("drops-a.test", 50, address6="own", odd_names="drop-a"),
    Site("drops-aaaa.test", 51, address6="own", odd_names="drop-aaaa"),
    Site("fails-aaaa.test", 52, odd_names="fail-aaaa"),
    Site("no-aaaa.test", 57, odd_names="no-aaaa"),
    Site("late-names.test", 58, address6="own", odd_names="late"),
    Site("alias-chain.test", 59, odd_names="chain"),
    Site("alias-loop.test", odd_names="loop"),
    Site("receiveonly.test", 30, hosts=("imap",), ports=(993, 143)),
    Site("poponly.test", 31, hosts=("pop3", "smtp"), ports=(995, 110, 465, 587)),
    Site("swapped.test", 32, mode="swapped"),
    Site("nostarttls.test", 33, ports=STARTTLS, mode="plain"),
    Site("web.test", 70, hosts=(), ports=(), users=False,
         names=(*(host for host in WEB_HOSTS if host not in BAD_WEB_HOSTS), "*.wildpage.test"),
         records=[f"host-record={host},{WEB_SERVER}" for host in WEB_HOSTS
                  if host.split(".")[1] not in BLOCKED_WEB]),
    Site("auto.test", hosts=()),
    Site("wellknown.test", hosts=()),
    Site("ispdb.test", hosts=()),
    Site("conflict.test", hosts=()),
    Site("told.test", hosts=()),
    Site("oauth.test", hosts=()),
    Site("html.test", hosts=()),
    Site("wildpage.test", hosts=(), records=[f"address=/wildpage.test/{WEB_SERVER}"]),
    Site("slowbody.test", hosts=()),
    Site("endlessbody.test", hosts=()),
    Site("mxauto.test", hosts=(), mx="mx.west.mxhost.test"),
    Site("mxdb.test", hosts=(), mx="mx.mxdbhost.test"),
    Site("plainweb.test", hosts=()),
    Site("pacc.test", hosts=(), records=[digest("pacc.test", PACC_SETTINGS)]),
    Site("pacc-bare.test", hosts=()),
    Site("pacc-changed.test", hosts=(), records=[digest("pacc-changed.test", PACC_SETTINGS)]),
    Site("pacc-odd.test", hosts=(), odd_names="odd-text"),
    # Its web server swallows every packet, and so may hold better settings back.
    Site("silentweb.test", hosts=(), bare=SILENT,
         records=[f"host-record=autoconfig.silentweb.test,{SILENT}"]
         + srv("silentweb.test", "mail.hosting.test", ("imaps", "submissions"))),
    # Nothing answers but the name server, which has much to say.
    Site("silentall.test", address=SILENT,
         records=[f"host-record=autoconfig.silentall.test,{SILENT}"]
         + srv("silentall.test", "mail.silentall.test", ("imaps", "submissions"))),
    Site("dropped.test", 34, ports=(143, 995, 110, 465, 587), drops=(993,)),
]

FORGED = ("imaps", "submissions")


def blocked_web(name):
    """SRV names a foreign host; what the domain itself says is held back."""
    address = BLOCKED_WEB[name]
    return Site(f"{name}.test", int(address.rpartition(".")[2]), hosts=(), ports=(),
                names=(f"{name}.test",), drops=(443,) if name == "drop443" else (),
                records=[f"host-record={host}{name}.test,{address}" for host in ("autoconfig.", "")]
                + srv(f"{name}.test", "mail.evil.test", FORGED))


# Where somebody wants the password: everything here is served by one computer
# whose certificates are valid and whose servers would take it.
EVIL_HOSTS = tuple(f"{host}.{domain}" for domain in ("evilac.test", "evildb.test")
                   for host in ("box", "mail", "mx")) \
    + ("vps1.forgedsrv.test", "ssl0.evil.test", "vps1.evil.test", "mail.late443.test",
       "mail.forgedwords.test")

TRUST_SITES = [
    Site("evil.test", 90, hosts=("imap", "smtp", "mail", "mx"), users=False,
         names=("mail.evil.test", "imap.evil.test", "smtp.evil.test", "mx.evil.test", *EVIL_HOSTS),
         records=[f"host-record={host},{EVIL_SERVER}" for host in EVIL_HOSTS]
         + ["host-record=local.evil.test,127.0.0.1",
            "host-record=mapped.evil.test,::ffff:10.20.30.40"]),
    Site("forgedsrv.test", hosts=(), records=srv("forgedsrv.test", "vps1.forgedsrv.test", FORGED)),
    Site("neighbour.test", hosts=(), records=srv("neighbour.test", "vps1.evil.test", FORGED)),
    Site("halfforged.test", hosts=(),
         records=srv("halfforged.test", "mail.evil.test", ("submissions",))),
    Site("halfnamed.test", hosts=(),
         records=srv("halfnamed.test", "mail.hosting.test", ("submissions",))),
    Site("forgedmx.test", hosts=(), mx="mx.evil.test"),
    Site("forgedmxac.test", hosts=(), mx="mx.evilac.test"),
    # Its own settings never come in time, so those of the exchanger's domain do.
    Site("forgedwords.test", hosts=(), mx="mx.evilac.test",
         records=[f"host-record=autoconfig.forgedwords.test,{BLOCKED_WEB['tardy443']}"]),
    Site("forgedmxdb.test", hosts=(), mx="mx.evildb.test"),
    Site("poisoned.test", hosts=()),
    Site("badweb.test", hosts=(), records=srv("badweb.test", "mail.evil.test", FORGED)),
    Site("clear.test", hosts=()),
    Site("plainhttp.test", hosts=()),
    Site("redirects.test", hosts=()),
    Site("tells.test", hosts=()),
    Site("redirlocal.test", hosts=()),
    Site("redirplain.test", hosts=()),
    *map(blocked_web, BLOCKED_WEB),
    Site("oddport.test", hosts=(),
         records=[f"srv-host=_{service}._tcp.oddport.test,mail.evil.test,{port}"
                  for service, port in (("imaps", 22), ("submissions", 25))]),
    Site("srvlocal.test", hosts=(), records=srv("srvlocal.test", "mail.loopback.test", FORGED)),
    Site("srvprivate.test", hosts=(), records=srv("srvprivate.test", "mail.private.test", FORGED)),
    Site("srvmapped.test", hosts=(), records=srv("srvmapped.test", "mapped.evil.test", FORGED)),
    # The name server changes its mind, or says all at once.
    Site("rebind.test", 96, hosts=("mail",), ports=(), odd_names="rebind", users=False),
    Site("rebinding.test", hosts=(), records=srv("rebinding.test", "mail.rebind.test", FORGED)),
    Site("mixed.test", 97, hosts=("mail",), ports=(), odd_names="mixed", users=False),
    Site("mixing.test", hosts=(), records=srv("mixing.test", "mail.mixed.test", FORGED)),
]
SITES += TRUST_SITES

# Served by Cyrus IMAP and Exim instead of Dovecot and Postfix (up --family cyrus).
CYRUS_SITES = [
    Site("cyrus.test", 40),
    Site("cyrus-starttls.test", 41, ports=STARTTLS),
    Site("cyrus-sender.test", 42),
    Site("cyrus-poponly.test", 43, hosts=("pop3", "smtp"), ports=(995, 110, 465, 587)),
    Site("cyrus-scram.test", 44, mechanisms="SCRAM-SHA-1 SCRAM-SHA-256"),
    Site("cyrus-cram.test", 45, mechanisms="CRAM-MD5"),
    Site("cyrus-login.test", 46, mechanisms="LOGIN"),
]

# Dovecot with one list of mechanisms each, Postfix with the same (up --mechanisms).
MECHANISM_SITES = [
    Site("plain.test", 60, mechanisms="PLAIN"),
    Site("login.test", 61, mechanisms="LOGIN"),
    Site("cram.test", 62, mechanisms="CRAM-MD5"),
    Site("scram-1.test", 63, mechanisms="SCRAM-SHA-1"),
    Site("scram-256.test", 64, mechanisms="SCRAM-SHA-256"),
    Site("oauth.test", 65, mechanisms="XOAUTH2 OAUTHBEARER"),
    Site("kerberos.test", 66, mechanisms="GSSAPI"),
    Site("test.test", 67, mechanisms="XOAUTH2 OAUTHBEARER"),
    # Where both mail programs have a sign-in page, with a password and without.
    Site("gmail.com", 68, mechanisms="PLAIN XOAUTH2 OAUTHBEARER"),
    Site("office365.com", 69, hosts=("outlook", "smtp"), mechanisms="XOAUTH2"),
]


def letter(address, number):
    return (f"From: Lab <postmaster@{address.partition('@')[2]}>\nTo: {address}\n"
            f"Subject: Letter {number}\nDate: Mon, {number:02} Jun 2026 09:00:00 +0000\n"
            f"Message-ID: <{number}.{address}>\n\nGood morning.\n")


def accounts(of=SITES):
    """Every address with its password."""
    return [(f"{user}@{site.domain}", password)
            for site in of if site.users for user, password in PASSWORDS.items()]
