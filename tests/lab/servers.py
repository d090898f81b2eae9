# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""The init of the lab: makes the network and the servers, waits, ends them."""

import base64
import ctypes
import datetime
import fcntl
import grp
import json
import os
import pwd
import select
import shutil
import signal
import socket
import struct
import subprocess
import time

import sites
from namespaces import (CLONE_NEWNET, MS_BIND, MS_PRIVATE, MS_REC, LabError, bind, libc, mount,
                        run, setns, unshare, write)

HERE = os.path.dirname(os.path.realpath(__file__))
# The servers' part of the state directory stands here for them: the path is
# short enough for sockets, and readable for their users wherever it really is.
HOME = "/mnt"
SYSTEM_CA = "/etc/ssl/certs/ca-certificates.crt"
MAIL_UID = 8  # user and group "mail" of every Debian


class Lab:
    def __init__(self, options, state):
        self.options = options
        self.state = state
        self.servers = f"{state}/servers"
        self.sites = sites.SITES
        self.more = []       # modules with more servers, when they are wanted
        if options.packages:
            import cyrus_exim
            self.sites = self.sites + sites.CYRUS_SITES
            self.more.append(cyrus_exim)
        if options.mechanisms:
            import mechanisms
            self.sites = self.sites + sites.MECHANISM_SITES
            self.more.append(mechanisms)
        self.client_ns = None
        self.server_ns = None
        self.has_ipv6 = True
        self.children = {}   # pid → name
        self.sockets = []    # kept open as long as the lab stands

    def spawn(self, name, argv, in_servers=True, **kwargs):
        """Start something that stays; its output goes to a log of its name."""
        ns = self.server_ns if in_servers else self.client_ns
        with open(f"{self.state}/log/{name}.out", "w") as out:
            child = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                                     preexec_fn=lambda: setns(ns, CLONE_NEWNET), **kwargs)
        self.children[child.pid] = name
        return child


# --- files ----------------------------------------------------------------

def make_directories(lab):
    for name in ("log", "client", "ca", "servers", "servers/tls", "servers/mail",
                 "servers/dovecot", "servers/postfix", "servers/postfix/etc",
                 "servers/postfix/queue", "servers/postfix/data"):
        os.mkdir(f"{lab.state}/{name}", 0o755)
    for name in ("dovecot", "auth", "postfix", "dns"):
        write(f"{lab.state}/log/{name}.log", "", 0o666)
    os.mkdir(f"{lab.servers}/log")


def make_resolver(lab):
    # "search ." keeps the C library from making a search list of the host's name.
    write(f"{lab.state}/client/resolv.conf", f"nameserver {sites.NAME_SERVER}\nsearch .\n")
    write(f"{lab.state}/client/nsswitch.conf",
          "passwd: files\ngroup: files\nshadow: files\nhosts: files dns\n"
          "networks: files\nprotocols: files\nservices: files\n")
    write(f"{lab.state}/client/hosts", "127.0.0.1 localhost\n::1 localhost\n")


OPENSSL = """
[req]
distinguished_name = dn
prompt = no
[dn]
CN = unused
[ca_cert]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[ca]
default_ca = lab
[lab]
database = {dir}/index
new_certs_dir = {dir}
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
"""


def make_certificates(lab):
    """The CA, a CA that nobody trusts, and a certificate for every site."""
    ca = f"{lab.state}/ca"
    conf = OPENSSL.format(dir=ca)
    for site in lab.sites:
        if site.number is None:
            continue
        names = site.names or site.host_names
        alt = [f"DNS:{name}" for name in names]
        if site.certificate == "srv-id":
            alt += [f"otherName:1.3.6.1.5.5.7.8.7;IA5STRING:_{s}.srvid.test"
                    for s in ("imaps", "submissions")]
        conf += (f"[{site.domain}]\nbasicConstraints = critical,CA:FALSE\n"
                 "keyUsage = critical,digitalSignature\nextendedKeyUsage = "
                 + ("emailProtection" if site.certificate == "e-mail" else "serverAuth") + "\n")
        if site.certificate != "self-signed":
            conf += "authorityKeyIdentifier = keyid\n"
        if site.certificate != "cn-only":
            conf += f"subjectAltName = {','.join(alt)}\n"
    write(f"{ca}/openssl.cnf", conf)
    write(f"{ca}/index", "")

    base = ["openssl", "req", "-config", f"{ca}/openssl.cnf", "-new"]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    for name, subject in (("ca", "Mailwright lab CA"), ("other-ca", "Somebody's own CA")):
        run(base + key + ["-x509", "-days", "90", "-extensions", "ca_cert",
                          "-subj", f"/CN={subject}",
                          "-keyout", f"{ca}/{name}.key", "-out", f"{ca}/{name}.pem"])
    # One key serves all sites: what differs is what the certificates say.
    run(["openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-out", f"{ca}/leaf.key"])
    with open(f"{ca}/leaf.key") as f:
        leaf_key = f.read()

    def date(days):
        day = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=days)
        return day.strftime("%Y%m%d%H%M%SZ")

    for site in lab.sites:
        if site.number is None:
            continue
        out = f"{ca}/{site.domain}.pem"
        subject = f"/CN={(site.names or site.host_names)[0]}"
        signed = base + ["-x509", "-key", f"{ca}/leaf.key", "-subj", subject,
                         "-extensions", site.domain, "-days", "60", "-out", out]
        if site.certificate == "self-signed":
            run(signed)
        elif site.certificate in ("expired", "not-yet"):
            days = (-30, -2) if site.certificate == "expired" else (30, 90)
            run(base + ["-key", f"{ca}/leaf.key", "-subj", subject, "-out", f"{ca}/request"])
            run(["openssl", "ca", "-config", f"{ca}/openssl.cnf", "-batch", "-notext",
                 "-cert", f"{ca}/ca.pem", "-keyfile", f"{ca}/ca.key", "-in", f"{ca}/request",
                 "-extensions", site.domain, "-out", out,
                 "-startdate", date(days[0]), "-enddate", date(days[1])])
        else:
            name = "other-ca" if site.certificate == "unknown-ca" else "ca"
            run(signed + ["-CA", f"{ca}/{name}.pem", "-CAkey", f"{ca}/{name}.key"])
        with open(out) as f:
            write(f"{lab.servers}/tls/{site.domain}.pem", leaf_key + f.read(), 0o600)

    bundle = ""
    if os.path.exists(SYSTEM_CA):
        with open(SYSTEM_CA) as f:
            bundle = f.read()
    with open(f"{ca}/ca.pem") as f:
        write(f"{ca}/bundle.pem", bundle + "\n" + f.read())


def make_mail(lab):
    mail = f"{lab.servers}/mail"
    os.chown(mail, MAIL_UID, MAIL_UID)
    for address, _ in sites.accounts():
        user, _, domain = address.partition("@")
        box = f"{mail}/{domain}/{user}"
        for path in (f"{mail}/{domain}", box, f"{box}/cur", f"{box}/new", f"{box}/tmp"):
            if not os.path.isdir(path):
                os.mkdir(path, 0o700)
                os.chown(path, MAIL_UID, MAIL_UID)
        for number in range(1, 4):
            path = f"{box}/new/{number}.lab"
            write(path, sites.letter(address, number), 0o600)
            os.chown(path, MAIL_UID, MAIL_UID)


def make_dns(lab):
    lines = ["no-resolv", "no-hosts", "local=/#/", "bind-interfaces", "user=root",
             f"listen-address={sites.NAME_SERVER}", f"listen-address={sites.GATEWAY}",
             "log-queries=extra", f"log-facility={HOME}/log/dns.log", "pid-file=", "local-ttl=60"]
    for site in lab.sites:
        lines += site.records
        if site.odd_names:
            lines.append(f"server=/{site.domain}/{sites.ODD_NAME_SERVER}")
            continue
        address = site.address or (f"192.0.2.{site.number}" if site.number else None)
        address6 = site.server6 or (site.address6 if site.address6 != "own" else None)
        if not lab.has_ipv6:
            address6 = None
        for host in site.host_names:
            lines.append(",".join(filter(None, ["host-record=" + host, address, address6])))
        if site.bare:
            lines.append(f"host-record={site.domain},{site.bare}")
        if site.mx:
            lines.append(f"mx-host={site.domain},{site.mx},10")
    write(f"{lab.servers}/dnsmasq.conf", "\n".join(lines) + "\n")


def make_web(lab):
    # Every answer offers a cookie, and the log has every header that was sent.
    conf = ('server.modules = ("mod_openssl", "mod_rewrite", "mod_redirect", "mod_setenv",'
            ' "mod_cgi")\n'
            f'server.document-root = "{HOME}/web"\nserver.bind = "{sites.WEB_SERVER}"\n'
            f'server.port = 443\nserver.errorlog = "{HOME}/log/web.log"\n'
            'debug.log-request-header = "enable"\n'
            'setenv.add-response-header = ("Set-Cookie" => "lab=1; Path=/; Max-Age=9999")\n'
            f'ssl.engine = "enable"\nssl.pemfile = "{HOME}/tls/web.test.pem"\n')
    for folder, host, path, text in (*(("web", *document) for document in sites.DOCUMENTS),
                                     *(("plain", *document) for document in sites.PLAIN_DOCUMENTS)):
        name = f"{lab.servers}/{folder}/{host}/{path}"
        os.makedirs(os.path.dirname(name), exist_ok=True)
        write(name, text)
    for host in sites.WEB_HOSTS:
        conf += f'$HTTP["host"] == "{host}" {{ server.document-root = "{HOME}/web/{host}" }}\n'
    for host in sites.SCRIPT_HOSTS:
        conf += (f'$HTTP["host"] == "{host}" {{ cgi.assign = (".xml" => "/usr/bin/python3")\n'
                 'server.stream-response-body = 1 }\n')
    conf += (f'$HTTP["host"] =~ "wildpage" {{ server.document-root = "{HOME}/web/wildpage.test"\n'
             'url.rewrite = ("" => "/index.html") }\n')
    for host, target in sites.REDIRECTS:
        conf += f'$HTTP["host"] == "{host}" {{ url.redirect = ("" => "{target}") }}\n'
    # Without TLS: settings that name the foreign host, whatever is asked for.
    evil = f"{lab.servers}/web/autoconfig.evilac.test"
    for address in (sites.WEB_SERVER, *sites.BLOCKED_WEB.values()):
        conf += (f'$SERVER["socket"] == "{address}:80" {{ ssl.engine = "disable"\n'
                 f'server.document-root = "{HOME}/web/autoconfig.evilac.test"\n')
        for host, _, _ in sites.PLAIN_DOCUMENTS:
            conf += (f'$HTTP["host"] == "{host}" {{'
                     f' server.document-root = "{HOME}/plain/{host}" }}\n')
        conf += "}\n"
    write(f"{evil}/index.html", "<html></html>")
    write(f"{lab.servers}/lighttpd.conf", conf)


def listening(port, security):
    """Where a port is served in that way: security is tls, starttls or plain."""
    found = []
    for site in sites.SITES:
        if site.server is None or port not in site.ports:
            continue
        usual = "tls" if port in sites.TLS else "starttls"
        if site.mode == "swapped":
            usual = "starttls" if usual == "tls" else "tls"
        elif site.mode == "plain":
            usual = "plain"
        if usual == security:
            found.append((site, [site.server] + ([site.server6] if site.server6 else [])))
    return found


def make_folders(user):
    """Fields of Dovecot's user database that give this one folders of their own."""
    auto = "subscribe" if user in sites.SUBSCRIBED else "create"
    return " ".join(f"userdb_namespace/inbox/mailbox/{use}/name={name}"
                    f" userdb_namespace/inbox/mailbox/{use}/auto={auto}"
                    for use, name in sites.FOLDERS[user].items())


def make_dovecot(lab):
    users = "".join(
        f"{address}:{{PLAIN.b64}}{base64.b64encode(password.encode()).decode()}::::::\n"
        for address, password in sites.accounts())
    write(f"{lab.servers}/dovecot/users", users, 0o600)
    owner = pwd.getpwnam("dovecot")
    os.chown(f"{lab.servers}/dovecot/users", owner.pw_uid, owner.pw_gid)
    write(f"{lab.servers}/dovecot/folders", "".join(
        f"{user}@example.test:::::::{make_folders(user)}\n" for user in sites.FOLDERS))

    def listeners(service, ports):
        text = ""
        for port in ports:
            for security in ("tls", "starttls", "plain"):
                addresses = [a for _, every in listening(port, security) for a in every
                             if lab.has_ipv6 or ":" not in a]
                if addresses:
                    text += (f"  inet_listener {service}-{port}-{security} {{\n"
                             f"    address = {' '.join(addresses)}\n    port = {port}\n"
                             f"    ssl = {'yes' if security == 'tls' else 'no'}\n  }}\n")
        return text

    local = ""
    for site in sites.SITES:
        for address in filter(None, (site.server, site.server6)):
            local += f"local {address} {{\n"
            local += f"  ssl_cert = <{HOME}/tls/{site.domain}.pem\n"
            local += f"  ssl_key = <{HOME}/tls/{site.domain}.pem\n"
            if site.mode == "plain":
                local += "  ssl = no\n"
            local += "}\n"

    write(f"{lab.servers}/dovecot/dovecot.conf", f"""
protocols = imap pop3
base_dir = {HOME}/dovecot/run
state_dir = {HOME}/dovecot/state
instance_name = lab
log_path = {HOME}/log/dovecot.log
debug_log_path = {HOME}/log/auth.log
auth_verbose = yes
auth_debug = yes
auth_mechanisms = plain login cram-md5
disable_plaintext_auth = yes
login_log_format_elements = user=<%u> method=%m rip=%r lip=%l lport=%a %c
login_greeting = ready
mail_location = maildir:{HOME}/mail/%d/%n
mail_max_userip_connections = 1000
first_valid_uid = {MAIL_UID}
first_valid_gid = {MAIL_UID}
ssl = yes
ssl_min_protocol = TLSv1.2
ssl_cert = <{HOME}/tls/example.test.pem
ssl_key = <{HOME}/tls/example.test.pem
passdb {{
  driver = passwd-file
  args = username_format=%u {HOME}/dovecot/users
}}
userdb {{
  driver = passwd-file
  args = username_format=%u {HOME}/dovecot/folders
  default_fields = uid={MAIL_UID} gid={MAIL_UID} home={HOME}/mail/%d/%n
}}
userdb {{
  driver = static
  args = uid={MAIL_UID} gid={MAIL_UID} home={HOME}/mail/%d/%n
}}
namespace inbox {{
  inbox = yes
  mailbox Drafts {{
    special_use = \\Drafts
    auto = create
  }}
  mailbox Sent {{
    special_use = \\Sent
    auto = create
  }}
  mailbox Trash {{
    special_use = \\Trash
    auto = create
  }}
  mailbox Junk {{
    special_use = \\Junk
    auto = create
  }}
  mailbox Archive {{
    special_use = \\Archive
    auto = create
  }}
}}
service imap-login {{
  process_min_avail = 1
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = 0
  }}
{listeners("imap", (993, 143))}}}
service pop3-login {{
  inet_listener pop3 {{
    port = 0
  }}
  inet_listener pop3s {{
    port = 0
  }}
{listeners("pop3", (995, 110))}}}
service auth {{
  unix_listener {HOME}/postfix/queue/private/auth {{
    mode = 0660
    user = postfix
    group = postfix
  }}
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = {"0600" if lab.options.penalty else "0"}
  }}
}}
service stats {{
  unix_listener stats-writer {{
    mode = 0666
  }}
}}
{local}""")


MASTER = """
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
error unix - - n - - error
discard unix - - n - - discard
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


def make_postfix(lab):
    postfix = f"{lab.servers}/postfix"
    master = MASTER
    for port in (465, 587):
        for security in ("tls", "starttls", "plain"):
            for site, addresses in listening(port, security):
                for address in addresses:
                    if ":" in address and not lab.has_ipv6:
                        continue
                    where = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
                    master += f"{where} inet n - n - - smtpd -o myhostname=mail.{site.domain}"
                    if security == "plain":
                        master += " -o smtpd_tls_security_level=none\n"
                    else:
                        wrapped = "yes" if security == "tls" else "no"
                        master += (f" -o smtpd_tls_wrappermode={wrapped}"
                                   f" -o smtpd_tls_chain_files={HOME}/tls/{site.domain}.pem\n")
    write(f"{postfix}/etc/master.cf", master)

    addresses = [address for address, _ in sites.accounts()]
    domains = sorted({address.partition("@")[2] for address in addresses})
    write(f"{postfix}/etc/mailboxes", "".join(
        f"{address} {address.partition('@')[2]}/{address.partition('@')[0]}/\n"
        for address in addresses))
    # In sender.test nobody may use the address they log in with.
    write(f"{postfix}/etc/senders", "".join(
        f"{address} {'nobody@sender.test' if address.endswith('@sender.test') else address}\n"
        for address in addresses))
    write(f"{postfix}/etc/main.cf", f"""
compatibility_level = 3.6
queue_directory = {HOME}/postfix/queue
data_directory = {HOME}/postfix/data
maillog_file = {HOME}/log/postfix.log
maillog_file_prefixes = {HOME}/log
mynetworks =
mydestination =
local_recipient_maps =
alias_maps =
alias_database =
local_transport = error:no local delivery here
inet_protocols = {"all" if lab.has_ipv6 else "ipv4"}
virtual_mailbox_domains = {', '.join(domains)}
virtual_mailbox_maps = texthash:{HOME}/postfix/etc/mailboxes
virtual_mailbox_base = {HOME}/mail
virtual_minimum_uid = {MAIL_UID}
virtual_uid_maps = static:{MAIL_UID}
virtual_gid_maps = static:{MAIL_UID}
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_tls_loglevel = 1
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = private/auth
smtpd_sender_login_maps = texthash:{HOME}/postfix/etc/senders
smtpd_client_restrictions = permit_sasl_authenticated, reject
smtpd_sender_restrictions = reject_sender_login_mismatch
smtpd_relay_restrictions = permit_sasl_authenticated, reject
default_transport = error:mail does not leave the lab
smtpd_client_connection_count_limit = 1000
recipient_delimiter = +
""")


# --- network --------------------------------------------------------------

def in_namespace(fd, function):
    own = os.open("/proc/self/ns/net", os.O_RDONLY)
    setns(fd, CLONE_NEWNET)
    try:
        return function()
    finally:
        setns(own, CLONE_NEWNET)
        os.close(own)


def allow_ipv6():
    """Some systems turn it off for every new device."""
    if not os.path.exists("/proc/sys/net/ipv6"):
        return False
    for name in ("all", "default", "lo"):
        path = f"/proc/sys/net/ipv6/conf/{name}/disable_ipv6"
        try:
            with open(path) as f:
                if f.read().strip() == "0":
                    continue
            with open(path, "w") as f:
                f.write("0")
        except OSError:
            return False
    return True


def make_tun():
    tun = os.open("/dev/net/tun", os.O_RDWR)
    os.set_inheritable(tun, True)
    # TUNSETIFF with IFF_TUN | IFF_NO_PI
    fcntl.ioctl(tun, 0x400454CA, struct.pack("16sH22x", b"lab", 0x1001))
    return tun


def make_network(lab):
    lab.client_ns = os.open("/proc/self/ns/net", os.O_RDONLY)
    unshare(CLONE_NEWNET)
    lab.server_ns = os.open("/proc/self/ns/net", os.O_RDONLY)
    setns(lab.client_ns, CLONE_NEWNET)
    # Tests listen on the ports of mail without being root.
    write("/proc/sys/net/ipv4/ip_unprivileged_port_start", "0")
    lab.has_ipv6 = (allow_ipv6() and in_namespace(lab.server_ns, allow_ipv6))

    if lab.options.delay > 0:
        ends = [in_namespace(ns, make_tun) for ns in (lab.client_ns, lab.server_ns)]
        lab.spawn("relay", ["/usr/bin/python3", f"{HERE}/relay.py", str(ends[0]), str(ends[1]),
                            str(lab.options.delay)], pass_fds=ends)
        for end in ends:
            os.close(end)
    else:
        path = f"/proc/self/fd/{lab.server_ns}"
        run(["ip", "link", "add", "lab", "type", "veth", "peer", "name", "lab", "netns", path],
            pass_fds=[lab.server_ns])

    def lines(own, others):
        batch = ["link set lo up", "link set lab up", f"address add {own}/24 dev lab"]
        batch += [f"address add {a}/32 dev lab" for a in others if ":" not in a]
        other = sites.GATEWAY if own == sites.CLIENT else sites.CLIENT
        batch.append(f"route add default via {other}")
        if lab.has_ipv6:
            batch.append(f"address add 2001:db8::{own[-1]}/64 dev lab nodad")
            batch += [f"address add {a}/128 dev lab nodad" for a in others if ":" in a]
            batch.append(f"route add default via 2001:db8::{other[-1]} dev lab")
        return "\n".join(batch) + "\n"

    served = {sites.WEB, sites.NAME_SERVER, sites.ODD_NAME_SERVER}
    for site in lab.sites:
        served |= set(filter(None, (site.server, site.server6)))
    # The servers' end first: a route needs the device to be up at both.
    for ns, batch in ((lab.server_ns, lines(sites.GATEWAY, sorted(served))),
                      (lab.client_ns, lines(sites.CLIENT, []))):
        in_namespace(ns, lambda: run(["ip", "-batch", "-"], input=batch))


def drop_packets(lab):
    """A listening socket whose filter takes nothing: the port is silent."""
    for site in sites.SITES:
        for port in site.drops:
            silent = in_namespace(lab.server_ns, socket.socket)
            silent.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            silent.bind((site.server, port))
            # One instruction of classic BPF, "return 0"; 26 is SO_ATTACH_FILTER.
            code = ctypes.create_string_buffer(struct.pack("HBBI", 6, 0, 0, 0))
            silent.setsockopt(socket.SOL_SOCKET, 26,
                              struct.pack("HL", 1, ctypes.addressof(code)))
            silent.listen()
            lab.sockets.append(silent)


# --- life -----------------------------------------------------------------

def start_servers(lab):
    bind(f"{lab.state}/log", f"{lab.servers}/log")
    mount(lab.servers, HOME, flags=MS_BIND | MS_REC)
    for name in ("resolv.conf", "nsswitch.conf", "hosts"):
        bind(f"{lab.state}/client/{name}", f"/etc/{name}")
    socket.sethostname("lab")

    if lab.options.capture:
        # The largest packet there is, and place for a thousand of them: with the usual
        # 2 MiB of the usual 256 KiB each, packets are lost when the machine is busy.
        tcpdump = lab.spawn("tcpdump", ["tcpdump", "-i", "lab", "-s", "65549", "-B", "65536", "-U",
                                        "-Z", "root", "--immediate-mode",
                                        "-w", f"{lab.state}/log/wire.pcap"])
        wait_until(lab, "tcpdump", lambda: "listening on" in
                   open(f"{lab.state}/log/tcpdump.out").read())
    lab.spawn("dnsmasq", ["dnsmasq", "--keep-in-foreground", f"--conf-file={HOME}/dnsmasq.conf"])

    odd = {site.domain: [site.odd_names, site.server, site.server6 if lab.has_ipv6 else None]
           for site in lab.sites if site.odd_names}
    lab.spawn("odd-names", ["/usr/bin/python3", f"{HERE}/odd_names.py", sites.ODD_NAME_SERVER,
                            json.dumps(odd)])

    postfix = f"{lab.servers}/postfix"
    owner = pwd.getpwnam("postfix")
    os.chown(f"{postfix}/data", owner.pw_uid, owner.pw_gid)
    for name in ("active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming",
                 "private", "saved", "trace", "maildrop", "public", "pid"):
        os.mkdir(f"{postfix}/queue/{name}", 0o700)
        if name != "pid":
            os.chown(f"{postfix}/queue/{name}", owner.pw_uid, -1)
    # As postfix-script wants them, or it complains at every start.
    drop = grp.getgrnam("postdrop").gr_gid
    for name, mode in (("public", 0o710), ("maildrop", 0o730), ("pid", 0o755)):
        if name != "pid":
            os.chown(f"{postfix}/queue/{name}", owner.pw_uid, drop)
        os.chmod(f"{postfix}/queue/{name}", mode)
    lab.spawn("web", ["lighttpd", "-D", "-f", f"{HOME}/lighttpd.conf"])
    lab.spawn("odd-web", ["/usr/bin/python3", f"{HERE}/odd_web.py", sites.WEB_SERVER,
                          json.dumps(sites.BLOCKED_WEB)])
    lab.spawn("dovecot", ["dovecot", "-F", "-c", f"{HOME}/dovecot/dovecot.conf"])
    lab.spawn("postfix", ["postfix", "-c", f"{HOME}/postfix/etc", "start-fg"])

    def answers(address, port):
        with socket.socket() as probe:
            probe.settimeout(2)
            return probe.connect_ex((address, port)) == 0

    for name, address, port in (("dnsmasq", sites.NAME_SERVER, 53), ("dovecot", "192.0.2.10", 993),
                                ("dovecot", "192.0.2.31", 110), ("postfix", "192.0.2.10", 465),
                                ("postfix", "192.0.2.33", 587),
                                ("web", sites.WEB_SERVER, 443)):
        wait_until(lab, name, lambda: in_namespace(lab.server_ns, lambda: answers(address, port)))
    for module in lab.more:
        module.start(lab, wait_until, lambda do: in_namespace(lab.server_ns, do), answers)


def wait_until(lab, name, condition, seconds=20):
    deadline = time.monotonic() + seconds
    while not condition():
        ended = [child for child, known in lab.children.items()
                 if known == name and os.waitpid(child, os.WNOHANG)[0] != 0]
        if ended or time.monotonic() > deadline:
            said = ""
            for log in (f"{name}.out", f"{name}.log"):
                path = f"{lab.state}/log/{log}"
                if os.path.exists(path):
                    with open(path) as f:
                        said += f.read()[-800:]
            raise LabError(f"{name} {'ended' if ended else 'does not answer'}: {said}")
        time.sleep(0.02)


def environment(lab):
    state = lab.state
    return {
        "MW_LAB_DIR": state,
        "MW_LAB_CA": f"{state}/ca/ca.pem",
        "MW_LAB_CA_BUNDLE": f"{state}/ca/bundle.pem",
        "MW_LAB_OTHER_CA": f"{state}/ca/other-ca.pem",
        "MW_LAB_CERTIFICATES": f"{state}/ca",
        "MW_LAB_ACCOUNTS": f"{state}/accounts",
        "MW_LAB_DOMAINS": " ".join(site.domain for site in lab.sites),
        "MW_LAB_IDN": sites.IDN,
        "MW_LAB_CLIENT": sites.CLIENT,
        "MW_LAB_SERVER": "192.0.2.10",
        "MW_LAB_NAME_SERVER": sites.NAME_SERVER,
        "MW_LAB_LOG": f"{state}/log",
        "MW_LAB_DOVECOT_LOG": f"{state}/log/dovecot.log",
        "MW_LAB_AUTH_LOG": f"{state}/log/auth.log",
        "MW_LAB_POSTFIX_LOG": f"{state}/log/postfix.log",
        "MW_LAB_CYRUS_LOG": f"{state}/log/cyrus.log" if lab.options.packages else "",
        "MW_LAB_EXIM_LOG": f"{state}/log/exim.log" if lab.options.packages else "",
        "MW_LAB_DNS_LOG": f"{state}/log/dns.log",
        "MW_LAB_CAPTURE": f"{state}/log/wire.pcap" if lab.options.capture else "",
        "MW_LAB_MAIL": f"{state}/servers/mail",
    }


def stop(lab, made):
    """Everything below this process ends with it; first it may tidy up."""
    for pid in lab.children:
        try:
            os.kill(pid, signal.SIGTERM)
        except ProcessLookupError:
            pass
    try:
        os.kill(-1, signal.SIGKILL)
    except ProcessLookupError:
        pass
    while True:
        try:
            os.wait()
        except ChildProcessError:
            break
    for where in (HOME, f"{lab.servers}/log"):
        libc.umount2(where.encode(), 2)
    for name in os.listdir(lab.state):
        path = f"{lab.state}/{name}"
        shutil.rmtree(path, ignore_errors=True) if os.path.isdir(path) else os.unlink(path)
    if made:
        os.rmdir(lab.state)


def serve(options, state, made, owner, writer, me):
    """Runs as the first process of the lab's PID namespace."""
    lab = Lab(options, state)
    wake, alarm = os.pipe()
    os.set_blocking(alarm, False)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: os.write(alarm, b"."))
    try:
        mount(None, "/", flags=MS_REC | MS_PRIVATE)
        mount("proc", "/proc", "proc")
        make_directories(lab)
        make_network(lab)
        make_resolver(lab)
        make_certificates(lab)
        make_mail(lab)
        make_dns(lab)
        make_web(lab)
        make_dovecot(lab)
        make_postfix(lab)
        for module in lab.more:
            module.make(lab)
        drop_packets(lab)
        start_servers(lab)
        write(f"{state}/accounts", "".join(f"{a}\t{p}\n" for a, p in sites.accounts(lab.sites)))
        write(f"{state}/lab.json", json.dumps(
            {"pid": me["pid"], "started": me["started"], "made": made,
             "environment": environment(lab)}, indent=2))
        if "SUDO_UID" in os.environ:
            os.chown(state, int(os.environ["SUDO_UID"]), int(os.environ["SUDO_GID"]))
        os.write(writer, b"ready\n")
        os.close(writer)
    except Exception as error:
        try:
            os.write(writer, f"{type(error).__name__}: {error}\n".encode())
        except OSError:
            pass
        stop(lab, made)
        return

    waiting = [wake] + ([owner] if owner is not None else [])
    while not select.select(waiting, (), (), 1)[0]:
        # Whatever lost its parent ends up here and has to be buried.
        while True:
            try:
                pid, _ = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                pid = 0
            if pid == 0:
                break
            if pid in lab.children:
                print(f"{lab.children.pop(pid)} ended", flush=True)
    stop(lab, made)
