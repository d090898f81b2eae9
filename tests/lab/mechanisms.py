# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Dovecots that know one SASL mechanism each, and the Postfix of each.

Dovecot has one list of mechanisms for all its ports, so every list is an
instance of its own.
"""

import base64
import os
import pwd

import sites
from namespaces import write

HOME = "/mnt"
MAIL_UID = 8


def name(site):
    return site.domain.partition(".")[0]


def listeners(site, service, tls, starttls):
    text = "".join(f"  inet_listener {kind} {{\n    port = 0\n  }}\n"
                   for kind in (service, f"{service}s"))
    for port, ssl in ((tls, "yes"), (starttls, "no")):
        text += (f"  inet_listener {service}-{port} {{\n    address = {site.server}\n"
                 f"    port = {port}\n    ssl = {ssl}\n  }}\n")
    return f"service {service}-login {{\n  process_min_avail = 1\n{text}}}\n"


def make_dovecot(lab, site):
    folder = f"{lab.servers}/dovecot-{name(site)}"
    os.mkdir(folder, 0o755)
    users = f"{folder}/users"
    write(users, "".join(
        f"{address}:{{PLAIN.b64}}{base64.b64encode(password.encode()).decode()}::::::\n"
        for address, password in sites.accounts([site])), 0o600)
    owner = pwd.getpwnam("dovecot")
    os.chown(users, owner.pw_uid, owner.pw_gid)
    home = f"{HOME}/dovecot-{name(site)}"
    write(f"{folder}/dovecot.conf", f"""
protocols = imap pop3
base_dir = {home}/run
state_dir = {home}/state
instance_name = {name(site)}
log_path = {HOME}/log/dovecot.log
debug_log_path = {HOME}/log/auth.log
auth_verbose = yes
auth_debug = yes
auth_mechanisms = {site.mechanisms.lower()}
auth_krb5_keytab = {home}/no-keytab
disable_plaintext_auth = yes
login_log_format_elements = user=<%u> method=%m rip=%r lip=%l lport=%a %c
mail_location = maildir:{HOME}/mail/%d/%n
first_valid_uid = {MAIL_UID}
first_valid_gid = {MAIL_UID}
ssl = yes
ssl_min_protocol = TLSv1.2
ssl_cert = <{HOME}/tls/{site.domain}.pem
ssl_key = <{HOME}/tls/{site.domain}.pem
passdb {{
  driver = passwd-file
  args = username_format=%u {home}/users
}}
userdb {{
  driver = static
  args = uid={MAIL_UID} gid={MAIL_UID} home={HOME}/mail/%d/%n
}}
{listeners(site, "imap", 993, 143)}{listeners(site, "pop3", 995, 110)}service auth {{
  unix_listener {HOME}/postfix/queue/private/auth-{name(site)} {{
    mode = 0660
    user = postfix
    group = postfix
  }}
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  unix_listener stats-writer {{
    mode = 0666
  }}
}}
""")


def make_postfix(lab, site):
    """Two more listeners of the one Postfix, asking that Dovecot."""
    etc = f"{lab.servers}/postfix/etc"
    with open(f"{etc}/master.cf", "a") as master:
        for port, wrapped in ((465, "yes"), (587, "no")):
            master.write(f"{site.server}:{port} inet n - n - - smtpd"
                         f" -o myhostname=mail.{site.domain}"
                         f" -o smtpd_sasl_path=private/auth-{name(site)}"
                         f" -o smtpd_tls_wrappermode={wrapped}"
                         f" -o smtpd_tls_chain_files={HOME}/tls/{site.domain}.pem\n")
    for address, _ in sites.accounts([site]):
        user, _, domain = address.partition("@")
        with open(f"{etc}/mailboxes", "a") as mailboxes:
            mailboxes.write(f"{address} {domain}/{user}/\n")
        with open(f"{etc}/senders", "a") as senders:
            senders.write(f"{address} {address}\n")
    with open(f"{etc}/main.cf") as main:
        text = main.read()
    write(f"{etc}/main.cf", text.replace("virtual_mailbox_domains = ",
                                         f"virtual_mailbox_domains = {site.domain}, "))


def make(lab):
    for site in sites.MECHANISM_SITES:
        make_dovecot(lab, site)
        make_postfix(lab, site)


def start(lab, wait_until, in_servers, answers):
    for site in sites.MECHANISM_SITES:
        lab.spawn(f"dovecot-{name(site)}",
                  ["dovecot", "-F", "-c", f"{HOME}/dovecot-{name(site)}/dovecot.conf"])
    for site in sites.MECHANISM_SITES:
        for what, port in ((f"dovecot-{name(site)}", 993), ("postfix", 465)):
            wait_until(lab, what, lambda: in_servers(lambda: answers(site.server, port)))
