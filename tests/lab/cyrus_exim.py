#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""The second family of servers: Cyrus IMAP and Exim, beside Dovecot and Postfix.

Their Debian packages cannot be installed together with the others, so they run
from where debian_packages.py has unpacked them.  What they look for at fixed
places (their users, a log socket) stands in an /etc and a /dev of their own.

  cyrus_exim.py enter PROGRAM ARGUMENT…   runs it with that /etc and /dev
  cyrus_exim.py log                       writes what they log
"""

import base64
import glob
import os
import re
import shutil
import socket
import sys

import debian_packages
import sites
from namespaces import CLONE_NEWNS, MS_BIND, MS_PRIVATE, MS_REC, bind, mount, run, unshare, write

PACKAGES = ("cyrus-imapd", "cyrus-pop3d", "exim4-daemon-heavy", "sasl2-bin", "libsasl2-modules",
            "libsasl2-modules-db")
HOME = "/mnt/cyrus"    # as servers.HOME
ROOT = f"{HOME}/root"  # the unpacked packages
MAIL_UID = 8           # user and group "mail" of every Debian
DEVICES = ("null", "zero", "full", "random", "urandom")
EVERY = "PLAIN LOGIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256"


def packages():
    """Where they are unpacked; raises debian_packages.Unavailable."""
    return debian_packages.unpacked("cyrus-exim", PACKAGES)


def library_environment(root):
    folders = glob.glob(f"{root}/usr/lib/*-linux-gnu*") + [f"{root}/usr/lib"]
    return {"LD_LIBRARY_PATH": ":".join(folders), "SASL_PATH": f"{folders[0]}/sasl2",
            "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}


# --- files ----------------------------------------------------------------

def make_etc(cyrus, client):
    os.mkdir(f"{cyrus}/etc", 0o755)
    os.mkdir(f"{cyrus}/etc/sasl2", 0o755)
    write(f"{cyrus}/etc/sasl2/exim.conf", f"pwcheck_method: auxprop\nauxprop_plugin: sasldb\n"
          f"sasldb_path: {HOME}/sasldb2\nmech_list: {EVERY}\n")
    # Both are the user "mail" by names of their own: the packages' users are
    # not made, and nobody else's may be borrowed.
    users = ("mail", "cyrus", "Debian-exim")
    write(f"{cyrus}/etc/passwd", "root:x:0:0:root:/:/bin/false\n" + "".join(
        f"{user}:x:{MAIL_UID}:{MAIL_UID}:{user}:/:/bin/false\n" for user in users))
    write(f"{cyrus}/etc/group", "root:x:0:\n" + "".join(
        f"{user}:x:{MAIL_UID}:\n" for user in users))
    for path in ("/etc/services", "/etc/protocols", "/etc/ld.so.cache", "/etc/localtime",
                 *(f"{client}/{name}" for name in ("nsswitch.conf", "hosts", "resolv.conf"))):
        if os.path.exists(path):
            shutil.copyfile(path, f"{cyrus}/etc/{os.path.basename(path)}")


def make_dev(cyrus):
    os.mkdir(f"{cyrus}/dev", 0o755)
    for name in DEVICES:
        write(f"{cyrus}/dev/{name}", "")


def make_passwords(cyrus, root):
    """The same ones twice: sasldb for Cyrus and its library, a list for Exim."""
    environment = library_environment(root)
    accounts = sites.accounts(sites.CYRUS_SITES)
    for address, password in accounts:
        user, _, domain = address.partition("@")
        run([f"{root}/usr/sbin/saslpasswd2", "-p", "-c", "-f", f"{cyrus}/sasldb2", "-u", domain,
             user], input=password + "\n", env=environment)
    write(f"{cyrus}/passwords", "".join(
        f"{address}: {base64.b64encode(password.encode()).decode()}\n"
        for address, password in accounts), 0o600)
    for name in ("sasldb2", "passwords"):
        os.chown(f"{cyrus}/{name}", MAIL_UID, MAIL_UID)


def make_cyrus(cyrus):
    services, special = "", ""
    for site in sites.CYRUS_SITES:
        for port in site.ports:
            if port in (465, 587):
                continue
            name = {993: "imaps", 143: "imap", 995: "pop3s", 110: "pop3"}[port] + str(site.number)
            program = ("imapd" if name.startswith("imap") else "pop3d")
            program += " -s" if port in sites.TLS else ""
            services += (f'  {name} cmd="{ROOT}/usr/lib/cyrus/bin/{program} -C {HOME}/imapd.conf"'
                         f' listen="{site.server}:{port}" prefork=0\n')
            special += (f"{name}_tls_server_cert: {HOME}/tls/{site.server}.pem\n"
                        f"{name}_tls_server_key: {HOME}/tls/{site.server}.pem\n"
                        f"{name}_sasl_mech_list: {site.mechanisms or EVERY}\n")
    write(f"{cyrus}/cyrus.conf", f"""START {{
  recover cmd="{ROOT}/usr/lib/cyrus/bin/ctl_cyrusdb -C {HOME}/imapd.conf -r"
}}
SERVICES {{
  local cmd="{ROOT}/usr/lib/cyrus/bin/imapd -C {HOME}/imapd.conf" listen="127.0.0.1:143" prefork=0
{services}}}
EVENTS {{
}}
""")
    write(f"{cyrus}/imapd.conf", f"""
configdirectory: {HOME}/store/config
defaultpartition: default
partition-default: {HOME}/store/mail
proc_path: {HOME}/store/config/proc
mboxname_lockpath: {HOME}/store/config/lock
temp_path: {HOME}/store/temp
cyrus_user: cyrus
servername: mail.cyrus.test
virtdomains: userid
allowplaintext: no
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: {HOME}/sasldb2
sasl_mech_list: {EVERY}
autocreate_quota: 0
autocreate_inbox_folders: Drafts | Sent | Trash
xlist-drafts: Drafts
xlist-sent: Sent
xlist-trash: Trash
local_allowplaintext: yes
{special}""")


def make_store():
    """In memory: on a disk Cyrus waits for it after each step."""
    os.mkdir(f"{HOME}/store")
    mount("none", f"{HOME}/store", "tmpfs")
    for name in ("", "config", "mail", "temp", "config/db", "config/socket", "config/proc",
                 "config/lock", "config/log", "config/msg", "config/user", "config/quota"):
        os.makedirs(f"{HOME}/store/{name}", 0o750, exist_ok=True)
        os.chown(f"{HOME}/store/{name}", MAIL_UID, MAIL_UID)


# The password of the user whose name stands in %s.
SECRET = "${base64d:${lookup{%s}lsearch{" + HOME + "/passwords}{$value}fail}}"


def make_exim(cyrus):
    listening = [f"[{site.server}]:{port}" for site in sites.CYRUS_SITES for port in site.ports
                 if port in (465, 587)]
    write(f"{cyrus}/mechanisms", "".join(
        f"{site.server}: {':'.join((site.mechanisms or EVERY).split())}\n"
        for site in sites.CYRUS_SITES))

    def offer(mechanism):
        """Only in TLS, and only where the site has it."""
        return ("server_advertise_condition = ${if and{{def:tls_in_cipher}{inlisti{%s}"
                "{${lookup{$received_ip_address}lsearch{%s/mechanisms}}}}}}" % (mechanism, HOME))

    def right(user, password):
        return ("server_condition = ${if and{{def:%s}{eq{%s}{%s}}}}"
                % (user[1:], password, SECRET % user))

    write(f"{cyrus}/exim.conf", f"""
primary_hostname = mail.cyrus.test
exim_user = Debian-exim
exim_group = Debian-exim
spool_directory = {HOME}/spool
pid_file_path = {HOME}/exim.pid
log_file_path = syslog
syslog_duplication = false
syslog_timestamp = false
keep_environment = LD_LIBRARY_PATH : SASL_PATH
local_interfaces = <; {' ; '.join(listening)}
tls_on_connect_ports = 465
tls_advertise_hosts = *
tls_certificate = {HOME}/tls/$received_ip_address.pem
auth_advertise_hosts = *
smtp_active_hostname = mail.cyrus.test
smtp_accept_max = 200
acl_smtp_auth = on_auth
acl_smtp_mail = on_mail
acl_smtp_rcpt = on_rcpt
acl_smtp_data = on_data

begin acl

# The first word only: what follows it may be the password.
on_auth:
  accept logwrite = AUTH ${{uc:${{extract{{1}}{{ }}{{$smtp_command_argument}}}}}} \\
                    to $received_ip_address

on_mail:
  warn authenticated = *
       logwrite = login: $authenticated_id $sender_host_authenticated $received_port
  # In cyrus-sender.test nobody may use the address they log in with.
  deny message = Sender address $sender_address does not belong to user $authenticated_id
       sender_domains = cyrus-sender.test
  accept

on_rcpt:
  accept authenticated = *
  deny message = relay not permitted

on_data:
  deny message = mail does not leave the lab

begin authenticators

plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  {right('$auth2', '$auth3')}
  server_set_id = $auth2
  {offer("PLAIN")}

login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = <| Username: | Password:
  {right('$auth1', '$auth2')}
  server_set_id = $auth1
  {offer("LOGIN")}

cram_md5:
  driver = cram_md5
  public_name = CRAM-MD5
  server_secret = {SECRET % '$auth1'}
  server_set_id = $auth1
  {offer("CRAM-MD5")}

scram_sha_1:
  driver = cyrus_sasl
  public_name = SCRAM-SHA-1
  server_set_id = $auth1
  {offer("SCRAM-SHA-1")}

scram_sha_256:
  driver = cyrus_sasl
  public_name = SCRAM-SHA-256
  server_set_id = $auth1
  {offer("SCRAM-SHA-256")}
""")
    os.mkdir(f"{cyrus}/spool", 0o750)
    os.chown(f"{cyrus}/spool", MAIL_UID, MAIL_UID)


def make(lab):
    cyrus = f"{lab.servers}/cyrus"
    os.mkdir(cyrus, 0o755)
    os.mkdir(f"{cyrus}/root")
    os.mkdir(f"{cyrus}/tls", 0o755)
    for site in sites.CYRUS_SITES:
        # By address, which is what Exim knows of a connection.
        path = f"{cyrus}/tls/{site.server}.pem"
        shutil.copyfile(f"{lab.servers}/tls/{site.domain}.pem", path)
        os.chmod(path, 0o600)
        os.chown(path, MAIL_UID, MAIL_UID)
    make_etc(cyrus, f"{lab.state}/client")
    make_dev(cyrus)
    make_passwords(cyrus, lab.options.packages)
    make_cyrus(cyrus)
    make_exim(cyrus)
    for name in ("cyrus", "exim"):
        write(f"{lab.state}/log/{name}.log", "", 0o666)


# --- life -----------------------------------------------------------------

def start(lab, wait_until, inside, answers):
    bind(lab.options.packages, ROOT)
    make_store()
    me = ["/usr/bin/python3", os.path.realpath(__file__)]
    environment = library_environment(ROOT)
    lab.spawn("cyrus-log", me + ["log"])
    wait_until(lab, "cyrus-log", lambda: os.path.exists(f"{HOME}/dev/log"))
    lab.spawn("cyrus", me + ["enter", f"{ROOT}/usr/lib/cyrus/bin/master", "-D",
                             "-C", f"{HOME}/imapd.conf", "-M", f"{HOME}/cyrus.conf",
                             "-p", f"{HOME}/master.pid"], env=environment)
    lab.spawn("exim", me + ["enter", f"{ROOT}/usr/sbin/exim4", "-bdf", "-C", f"{HOME}/exim.conf"],
              env=environment)
    wait_until(lab, "cyrus", lambda: inside(lambda: answers("127.0.0.1", 143)))
    wait_until(lab, "exim",
               lambda: inside(lambda: answers(sites.CYRUS_SITES[0].server, 587)))
    inside(deliver)


def deliver():
    """The three letters of each INBOX; the first log-in makes the mailboxes."""
    import imaplib  # takes long to load, and only this needs it
    for address, password in sites.accounts(sites.CYRUS_SITES):
        client = imaplib.IMAP4("127.0.0.1", 143, timeout=10)
        # It sends a letter and the end of its line apart.
        client.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        client.authenticate("PLAIN", lambda _: f"\0{address}\0{password}".encode())
        for number in range(1, 4):
            client.append("INBOX", None, None, sites.letter(address, number).encode())
        client.logout()


def enter(argv):
    unshare(CLONE_NEWNS)
    mount(None, "/", flags=MS_REC | MS_PRIVATE)
    for name in DEVICES:
        bind(f"/dev/{name}", f"{HOME}/dev/{name}")
    bind(f"{HOME}/etc", "/etc")
    mount(f"{HOME}/dev", "/dev", flags=MS_BIND | MS_REC)
    os.execv(argv[0], argv)


def collect():
    """One line a message, into a file for each family."""
    here = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    here.bind(f"{HOME}/dev/log")
    os.chmod(f"{HOME}/dev/log", 0o666)
    while True:
        message = here.recv(65536).decode(errors="replace").rstrip("\0\n")
        # <priority>Mon dd hh:mm:ss program[pid]: text
        message = re.sub(r"^<\d+>", "", message)
        kind = "exim" if re.match(r".{15} exim", message) else "cyrus"
        with open(f"/mnt/log/{kind}.log", "a") as log:
            log.write(message + "\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["enter"]:
        enter(sys.argv[2:])
    elif sys.argv[1:] == ["log"]:
        collect()
    else:
        sys.exit(__doc__)
