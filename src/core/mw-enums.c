/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-enums.h"

G_DEFINE_ENUM_TYPE (MwProtocol, mw_protocol,
                    G_DEFINE_ENUM_VALUE (MW_PROTOCOL_IMAP, "imap"),
                    G_DEFINE_ENUM_VALUE (MW_PROTOCOL_POP3, "pop3"),
                    G_DEFINE_ENUM_VALUE (MW_PROTOCOL_SMTP, "smtp"))

G_DEFINE_ENUM_TYPE (MwSecurity, mw_security,
                    G_DEFINE_ENUM_VALUE (MW_SECURITY_TLS, "tls"),
                    G_DEFINE_ENUM_VALUE (MW_SECURITY_STARTTLS, "starttls"),
                    G_DEFINE_ENUM_VALUE (MW_SECURITY_NONE, "none"))

G_DEFINE_ENUM_TYPE (MwSide, mw_side,
                    G_DEFINE_ENUM_VALUE (MW_SIDE_INCOMING, "incoming"),
                    G_DEFINE_ENUM_VALUE (MW_SIDE_OUTGOING, "outgoing"))

G_DEFINE_ENUM_TYPE (MwAuthMethod, mw_auth_method,
                    G_DEFINE_ENUM_VALUE (MW_AUTH_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (MW_AUTH_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (MW_AUTH_PLAIN, "PLAIN"),
                    G_DEFINE_ENUM_VALUE (MW_AUTH_LOGIN, "LOGIN"),
                    G_DEFINE_ENUM_VALUE (MW_AUTH_PASSWORD_COMMAND, "password-command"),
                    G_DEFINE_ENUM_VALUE (MW_AUTH_CRAM_MD5, "CRAM-MD5"),
                    G_DEFINE_ENUM_VALUE (MW_AUTH_SCRAM_SHA_1, "SCRAM-SHA-1"),
                    G_DEFINE_ENUM_VALUE (MW_AUTH_SCRAM_SHA_256, "SCRAM-SHA-256"),
                    G_DEFINE_ENUM_VALUE (MW_AUTH_OAUTH2, "oauth2"))

G_DEFINE_ENUM_TYPE (MwGrade, mw_grade,
                    G_DEFINE_ENUM_VALUE (MW_GRADE_U, "U"),
                    G_DEFINE_ENUM_VALUE (MW_GRADE_A, "A"),
                    G_DEFINE_ENUM_VALUE (MW_GRADE_B, "B"),
                    G_DEFINE_ENUM_VALUE (MW_GRADE_C, "C"),
                    G_DEFINE_ENUM_VALUE (MW_GRADE_G, "G"),
                    G_DEFINE_ENUM_VALUE (MW_GRADE_D, "D"),
                    G_DEFINE_ENUM_VALUE (MW_GRADE_L, "L"))

G_DEFINE_ENUM_TYPE (MwOrigin, mw_origin,
                    G_DEFINE_ENUM_VALUE (MW_ORIGIN_PROVIDER, "provider"),
                    G_DEFINE_ENUM_VALUE (MW_ORIGIN_AUTOCONFIG, "autoconfig"),
                    G_DEFINE_ENUM_VALUE (MW_ORIGIN_PACC, "pacc"),
                    G_DEFINE_ENUM_VALUE (MW_ORIGIN_ISPDB, "ispdb"),
                    G_DEFINE_ENUM_VALUE (MW_ORIGIN_MX, "mx"),
                    G_DEFINE_ENUM_VALUE (MW_ORIGIN_SRV, "srv"),
                    G_DEFINE_ENUM_VALUE (MW_ORIGIN_GUESS, "guess"),
                    G_DEFINE_ENUM_VALUE (MW_ORIGIN_HTTP_AUTOCONFIG, "http-autoconfig"),
                    G_DEFINE_ENUM_VALUE (MW_ORIGIN_LOCAL_FILE, "local-file"),
                    G_DEFINE_ENUM_VALUE (MW_ORIGIN_LINK, "link"),
                    G_DEFINE_ENUM_VALUE (MW_ORIGIN_FILE, "file"),
                    G_DEFINE_ENUM_VALUE (MW_ORIGIN_MANUAL, "manual"))

G_DEFINE_ENUM_TYPE (MwSourceOutcome, mw_source_outcome,
                    G_DEFINE_ENUM_VALUE (MW_SOURCE_OUTCOME_FOUND, "found"),
                    G_DEFINE_ENUM_VALUE (MW_SOURCE_OUTCOME_NOTHING, "nothing"),
                    G_DEFINE_ENUM_VALUE (MW_SOURCE_OUTCOME_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (MW_SOURCE_OUTCOME_TIMEOUT, "timeout"),
                    G_DEFINE_ENUM_VALUE (MW_SOURCE_OUTCOME_SKIPPED, "skipped"),
                    G_DEFINE_ENUM_VALUE (MW_SOURCE_OUTCOME_PENDING, "pending"))

G_DEFINE_ENUM_TYPE (MwStage, mw_stage,
                    G_DEFINE_ENUM_VALUE (MW_STAGE_RESOLVE, "resolve"),
                    G_DEFINE_ENUM_VALUE (MW_STAGE_CONNECT, "connect"),
                    G_DEFINE_ENUM_VALUE (MW_STAGE_TLS, "tls"),
                    G_DEFINE_ENUM_VALUE (MW_STAGE_GREETING, "greeting"),
                    G_DEFINE_ENUM_VALUE (MW_STAGE_CAPABILITY, "capability"),
                    G_DEFINE_ENUM_VALUE (MW_STAGE_AUTH, "auth"),
                    G_DEFINE_ENUM_VALUE (MW_STAGE_MAILBOX, "mailbox"),
                    G_DEFINE_ENUM_VALUE (MW_STAGE_SENDER, "sender"),
                    G_DEFINE_ENUM_VALUE (MW_STAGE_DONE, "done"))

G_DEFINE_ENUM_TYPE (MwFolderUse, mw_folder_use,
                    G_DEFINE_ENUM_VALUE (MW_FOLDER_USE_SENT, "sent"),
                    G_DEFINE_ENUM_VALUE (MW_FOLDER_USE_DRAFTS, "drafts"),
                    G_DEFINE_ENUM_VALUE (MW_FOLDER_USE_TRASH, "trash"),
                    G_DEFINE_ENUM_VALUE (MW_FOLDER_USE_JUNK, "junk"),
                    G_DEFINE_ENUM_VALUE (MW_FOLDER_USE_ARCHIVE, "archive"))

G_DEFINE_ENUM_TYPE (MwNote, mw_note,
                    G_DEFINE_ENUM_VALUE (MW_NOTE_HELO, "helo"),
                    G_DEFINE_ENUM_VALUE (MW_NOTE_UTF8_MISSING, "utf8-missing"),
                    G_DEFINE_ENUM_VALUE (MW_NOTE_UIDL_MISSING, "uidl-missing"),
                    G_DEFINE_ENUM_VALUE (MW_NOTE_RECIPIENT_LATER, "recipient-later"),
                    G_DEFINE_ENUM_VALUE (MW_NOTE_FOLDERS_INCOMPLETE, "folders-incomplete"))

G_DEFINE_ENUM_TYPE (MwOutcome, mw_outcome,
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_WORKS, "works"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_PENDING, "pending"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_NOT_NEEDED, "not-needed"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_CANCELLED, "cancelled"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_OFFLINE, "offline"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_PORTAL, "portal"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_DNS_NXDOMAIN, "dns-nxdomain"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_DNS_FAIL, "dns-fail"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_REFUSED, "refused"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_TIMEOUT, "timeout"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_UNREACHABLE, "unreachable"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_NOT_MAIL_SERVER, "not-mail-server"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_WRONG_TLS_MODE, "wrong-tls-mode"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_TLS_TOO_OLD, "tls-too-old"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_CERT_EXPIRED, "cert-expired"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_CERT_NOT_YET, "cert-not-yet"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_CERT_NAME, "cert-name"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_CERT_SELF_SIGNED, "cert-self-signed"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_CERT_UNKNOWN_CA, "cert-unknown-ca"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_CERT_REVOKED, "cert-revoked"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_CERT_PIN_CHANGED, "cert-pin-changed"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_CERT_WEAK, "cert-weak"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_CERT_PURPOSE, "cert-purpose"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_CERT_INCOMPLETE, "cert-incomplete"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_TLS_FAILED, "tls-failed"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_CLIENT_CERTIFICATE, "client-certificate"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_STARTTLS_MISSING, "starttls-missing"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_STARTTLS_INJECTED, "starttls-injected"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_PREAUTH, "preauth"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_NEED_TLS, "need-tls"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_MECH_NONE, "mech-none"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_MECH_WEAK, "mech-weak"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_NEED_OAUTH, "need-oauth"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_NEED_APP_PASSWORD, "need-app-password"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_IMAP_DISABLED, "imap-disabled"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_BAD_CREDENTIALS, "bad-credentials"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_LOGIN_REFUSED, "login-refused"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_IP_NOT_APPROVED, "ip-not-approved"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_EXCHANGE_ONLY, "exchange-only"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_PASSWORD_EXPIRED, "password-expired"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_ACCOUNT_BLOCKED, "account-blocked"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_TEMPORARY, "temporary"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_IN_USE, "in-use"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_SEND_AUTH_REQUIRED, "send-auth-required"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_SENDER_NOT_ALLOWED, "sender-not-allowed"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_RELAY_DENIED, "relay-denied"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_DISCONNECTED, "disconnected"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_SMTPUTF8_MISSING, "smtputf8-missing"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_NOTHING_FOUND, "nothing-found"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_CONSENT_NEEDED, "consent-needed"),
                    G_DEFINE_ENUM_VALUE (MW_OUTCOME_PROTOCOL, "protocol"))

const char *
mw_enum_to_nick (GType type,
                 int   value)
{
  g_autoptr(GEnumClass) klass = NULL;
  GEnumValue *entry;

  g_return_val_if_fail (G_TYPE_IS_ENUM (type), NULL);

  klass = g_type_class_ref (type);
  entry = g_enum_get_value (klass, value);
  g_return_val_if_fail (entry != NULL, NULL);

  /* Enumeration tables are static, so the word outlives the class. */
  return entry->value_nick;
}

gboolean
mw_enum_from_nick (GType       type,
                   const char *nick,
                   int        *out_value)
{
  g_autoptr(GEnumClass) klass = NULL;
  GEnumValue *entry;

  g_return_val_if_fail (G_TYPE_IS_ENUM (type), FALSE);
  g_return_val_if_fail (out_value != NULL, FALSE);

  if (nick == NULL)
    return FALSE;

  klass = g_type_class_ref (type);
  entry = g_enum_get_value_by_nick (klass, nick);
  if (entry == NULL)
    return FALSE;

  *out_value = entry->value;
  return TRUE;
}
