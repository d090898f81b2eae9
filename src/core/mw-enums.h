/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * MwProtocol:
 * @MW_PROTOCOL_IMAP: IMAP4rev1 or rev2 (RFC 3501, RFC 9051)
 * @MW_PROTOCOL_POP3: POP3 (RFC 1939)
 * @MW_PROTOCOL_SMTP: message submission (RFC 6409)
 */
typedef enum {
  MW_PROTOCOL_IMAP,
  MW_PROTOCOL_POP3,
  MW_PROTOCOL_SMTP,
} MwProtocol;

/**
 * MwSecurity:
 * @MW_SECURITY_TLS: TLS from the first byte (RFC 8314)
 * @MW_SECURITY_STARTTLS: upgrade required before anything else (RFC 2595, RFC 3207)
 * @MW_SECURITY_NONE: clear text; only ever chosen by hand
 */
typedef enum {
  MW_SECURITY_TLS,
  MW_SECURITY_STARTTLS,
  MW_SECURITY_NONE,
} MwSecurity;

/**
 * MwSide:
 * @MW_SIDE_INCOMING: receiving, IMAP or POP3
 * @MW_SIDE_OUTGOING: sending, SMTP
 */
typedef enum {
  MW_SIDE_INCOMING,
  MW_SIDE_OUTGOING,
} MwSide;

/**
 * MwAuthMethod:
 * @MW_AUTH_UNKNOWN: not decided yet; the probe chooses from what is offered
 * @MW_AUTH_NONE: no log-in (outgoing servers only)
 * @MW_AUTH_PLAIN: SASL PLAIN (RFC 4616)
 * @MW_AUTH_LOGIN: SASL LOGIN
 * @MW_AUTH_PASSWORD_COMMAND: IMAP LOGIN or POP3 USER and PASS
 * @MW_AUTH_CRAM_MD5: SASL CRAM-MD5 (RFC 2195)
 * @MW_AUTH_SCRAM_SHA_1: SASL SCRAM-SHA-1 (RFC 5802)
 * @MW_AUTH_SCRAM_SHA_256: SASL SCRAM-SHA-256 (RFC 7677)
 * @MW_AUTH_OAUTH2: browser sign-in, done by the mail program
 */
typedef enum {
  MW_AUTH_UNKNOWN,
  MW_AUTH_NONE,
  MW_AUTH_PLAIN,
  MW_AUTH_LOGIN,
  MW_AUTH_PASSWORD_COMMAND,
  MW_AUTH_CRAM_MD5,
  MW_AUTH_SCRAM_SHA_1,
  MW_AUTH_SCRAM_SHA_256,
  MW_AUTH_OAUTH2,
} MwAuthMethod;

/**
 * MwGrade:
 * @MW_GRADE_U: typed by the person, or saved in this account
 * @MW_GRADE_A: the built-in provider list
 * @MW_GRADE_B: an HTTPS document of the e-mail domain
 * @MW_GRADE_C: the public settings database, for exactly this domain
 * @MW_GRADE_G: a guess: imap., pop3., pop., mail. or smtp. and the domain
 * @MW_GRADE_D: anything reached through unvalidated DNS or plain HTTP
 * @MW_GRADE_L: a link, a file or another program
 *
 * How far the path that led to a host deserves trust: the weakest step of
 * that path. What a grade allows is decided by [func@Mw.host_policy_decide].
 */
typedef enum {
  MW_GRADE_U,
  MW_GRADE_A,
  MW_GRADE_B,
  MW_GRADE_C,
  MW_GRADE_G,
  MW_GRADE_D,
  MW_GRADE_L,
} MwGrade;

/**
 * MwOrigin:
 *
 * Who named a server. The nicks are the `sources` words of the command line.
 */
typedef enum {
  MW_ORIGIN_PROVIDER,
  MW_ORIGIN_AUTOCONFIG,
  MW_ORIGIN_PACC,
  MW_ORIGIN_ISPDB,
  MW_ORIGIN_MX,
  MW_ORIGIN_SRV,
  MW_ORIGIN_GUESS,
  MW_ORIGIN_HTTP_AUTOCONFIG,
  MW_ORIGIN_LOCAL_FILE,
  MW_ORIGIN_LINK,
  MW_ORIGIN_FILE,
  MW_ORIGIN_MANUAL,
} MwOrigin;

/**
 * MwSourceOutcome:
 * @MW_SOURCE_OUTCOME_FOUND: servers
 * @MW_SOURCE_OUTCOME_NOTHING: an answer without servers
 * @MW_SOURCE_OUTCOME_FAILED: no answer, for another reason than time
 * @MW_SOURCE_OUTCOME_TIMEOUT: no answer in time
 * @MW_SOURCE_OUTCOME_SKIPPED: was not asked, or not waited for
 * @MW_SOURCE_OUTCOME_PENDING: still being asked; never in a final report
 *
 * What one way of finding settings came back with.
 */
typedef enum {
  MW_SOURCE_OUTCOME_FOUND,
  MW_SOURCE_OUTCOME_NOTHING,
  MW_SOURCE_OUTCOME_FAILED,
  MW_SOURCE_OUTCOME_TIMEOUT,
  MW_SOURCE_OUTCOME_SKIPPED,
  MW_SOURCE_OUTCOME_PENDING,
} MwSourceOutcome;

/**
 * MwStage:
 *
 * How far a probe came. @MW_STAGE_MAILBOX is the proof that the mailbox can
 * be opened (EXAMINE, STAT), @MW_STAGE_SENDER that the person's own address
 * may be used as sender.
 */
typedef enum {
  MW_STAGE_RESOLVE,
  MW_STAGE_CONNECT,
  MW_STAGE_TLS,
  MW_STAGE_GREETING,
  MW_STAGE_CAPABILITY,
  MW_STAGE_AUTH,
  MW_STAGE_MAILBOX,
  MW_STAGE_SENDER,
  MW_STAGE_DONE,
} MwStage;

/**
 * MwFolderUse:
 *
 * What a server keeps a folder for (RFC 6154).
 */
typedef enum {
  MW_FOLDER_USE_SENT,
  MW_FOLDER_USE_DRAFTS,
  MW_FOLDER_USE_TRASH,
  MW_FOLDER_USE_JUNK,
  MW_FOLDER_USE_ARCHIVE,
} MwFolderUse;

#define MW_N_FOLDER_USES (MW_FOLDER_USE_ARCHIVE + 1)

/**
 * MwNote:
 * @MW_NOTE_HELO: the outgoing server knows no EHLO, so nothing is known of
 *   what it can do
 * @MW_NOTE_UTF8_MISSING: the address is an international one, but this
 *   mailbox takes no such mail (RFC 9755: no UTF8=ACCEPT)
 * @MW_NOTE_UIDL_MISSING: a POP3 server without UIDL: mail that is left on it
 *   cannot be told from new mail
 * @MW_NOTE_RECIPIENT_LATER: the outgoing server put off mail for the own
 *   address, as servers with grey lists do
 * @MW_NOTE_FOLDERS_INCOMPLETE: not all that the server had to say about its
 *   folders was heard
 *
 * What is worth knowing of a server besides how the check ended.
 */
typedef enum {
  MW_NOTE_HELO,
  MW_NOTE_UTF8_MISSING,
  MW_NOTE_UIDL_MISSING,
  MW_NOTE_RECIPIENT_LATER,
  MW_NOTE_FOLDERS_INCOMPLETE,
} MwNote;

/**
 * MwOutcome:
 *
 * The one error taxonomy: what became of a probe. The values are also the
 * codes of %MW_PROBE_ERROR, and their nicks are the `outcome` words of the
 * command line.
 */
typedef enum {
  MW_OUTCOME_WORKS,
  MW_OUTCOME_PENDING,         /* still under way; never in a final report */
  MW_OUTCOME_NOT_NEEDED,      /* a better endpoint did it; never an error */
  MW_OUTCOME_CANCELLED,
  MW_OUTCOME_OFFLINE,
  MW_OUTCOME_PORTAL,
  MW_OUTCOME_DNS_NXDOMAIN,
  MW_OUTCOME_DNS_FAIL,
  MW_OUTCOME_REFUSED,
  MW_OUTCOME_TIMEOUT,
  MW_OUTCOME_UNREACHABLE,
  MW_OUTCOME_NOT_MAIL_SERVER,
  MW_OUTCOME_WRONG_TLS_MODE,
  MW_OUTCOME_TLS_TOO_OLD,
  MW_OUTCOME_CERT_EXPIRED,
  MW_OUTCOME_CERT_NOT_YET,
  MW_OUTCOME_CERT_NAME,
  MW_OUTCOME_CERT_SELF_SIGNED,
  MW_OUTCOME_CERT_UNKNOWN_CA,
  MW_OUTCOME_CERT_REVOKED,
  MW_OUTCOME_CERT_PIN_CHANGED,
  MW_OUTCOME_CERT_WEAK,
  MW_OUTCOME_CERT_PURPOSE,
  MW_OUTCOME_CERT_INCOMPLETE,
  MW_OUTCOME_TLS_FAILED,
  MW_OUTCOME_CLIENT_CERTIFICATE,
  MW_OUTCOME_STARTTLS_MISSING,
  MW_OUTCOME_STARTTLS_INJECTED,
  MW_OUTCOME_PREAUTH,
  MW_OUTCOME_NEED_TLS,
  MW_OUTCOME_MECH_NONE,
  MW_OUTCOME_MECH_WEAK,
  MW_OUTCOME_NEED_OAUTH,
  MW_OUTCOME_NEED_APP_PASSWORD,
  MW_OUTCOME_IMAP_DISABLED,
  MW_OUTCOME_BAD_CREDENTIALS,
  MW_OUTCOME_LOGIN_REFUSED,
  MW_OUTCOME_IP_NOT_APPROVED,
  MW_OUTCOME_EXCHANGE_ONLY,
  MW_OUTCOME_PASSWORD_EXPIRED,
  MW_OUTCOME_ACCOUNT_BLOCKED,
  MW_OUTCOME_TEMPORARY,
  MW_OUTCOME_IN_USE,
  MW_OUTCOME_SEND_AUTH_REQUIRED,
  MW_OUTCOME_SENDER_NOT_ALLOWED,
  MW_OUTCOME_RELAY_DENIED,
  MW_OUTCOME_DISCONNECTED,
  MW_OUTCOME_SMTPUTF8_MISSING,
  MW_OUTCOME_NOTHING_FOUND,
  MW_OUTCOME_CONSENT_NEEDED,
  MW_OUTCOME_PROTOCOL,
} MwOutcome;

#define MW_TYPE_PROTOCOL (mw_protocol_get_type ())
#define MW_TYPE_SECURITY (mw_security_get_type ())
#define MW_TYPE_SIDE (mw_side_get_type ())
#define MW_TYPE_AUTH_METHOD (mw_auth_method_get_type ())
#define MW_TYPE_GRADE (mw_grade_get_type ())
#define MW_TYPE_ORIGIN (mw_origin_get_type ())
#define MW_TYPE_SOURCE_OUTCOME (mw_source_outcome_get_type ())
#define MW_TYPE_STAGE (mw_stage_get_type ())
#define MW_TYPE_FOLDER_USE (mw_folder_use_get_type ())
#define MW_TYPE_NOTE (mw_note_get_type ())
#define MW_TYPE_OUTCOME (mw_outcome_get_type ())

GType mw_protocol_get_type       (void) G_GNUC_CONST;
GType mw_security_get_type       (void) G_GNUC_CONST;
GType mw_side_get_type           (void) G_GNUC_CONST;
GType mw_auth_method_get_type    (void) G_GNUC_CONST;
GType mw_grade_get_type          (void) G_GNUC_CONST;
GType mw_origin_get_type         (void) G_GNUC_CONST;
GType mw_source_outcome_get_type (void) G_GNUC_CONST;
GType mw_stage_get_type          (void) G_GNUC_CONST;
GType mw_folder_use_get_type     (void) G_GNUC_CONST;
GType mw_note_get_type           (void) G_GNUC_CONST;
GType mw_outcome_get_type        (void) G_GNUC_CONST;

/**
 * mw_enum_to_nick:
 * @type: one of the enumeration types above
 * @value: a value of it
 *
 * Gives the stable word for @value, as used in JSON, in account files and on
 * the command line: `imap`, `starttls`, `cert-expired`, `PLAIN`.
 *
 * Returns: (transfer none): the word
 */
const char *mw_enum_to_nick   (GType       type,
                               int         value);

/**
 * mw_enum_from_nick:
 * @type: one of the enumeration types above
 * @nick: (nullable): a word
 * @out_value: (out): the value, untouched on failure
 *
 * Reads a word that [func@Mw.enum_to_nick] wrote.
 *
 * Returns: whether @nick is a word of @type
 */
gboolean    mw_enum_from_nick (GType       type,
                               const char *nick,
                               int        *out_value);

G_END_DECLS
