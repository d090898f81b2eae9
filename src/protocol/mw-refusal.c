/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "protocol/mw-refusal.h"

#include <string.h>

#include "core/mw-enums.h"

typedef struct {
  const char *words;
  MwOutcome   outcome;
} Phrase;

/* What big providers say in words only; lower case, first match wins. */
static const Phrase login_phrases[] = {
  { "application-specific password", MW_OUTCOME_NEED_APP_PASSWORD },
  { "app-specific password", MW_OUTCOME_NEED_APP_PASSWORD },
  { "application specific password", MW_OUTCOME_NEED_APP_PASSWORD },
  { "app password", MW_OUTCOME_NEED_APP_PASSWORD },
  { "application password", MW_OUTCOME_NEED_APP_PASSWORD },
  { "authorization code", MW_OUTCOME_NEED_APP_PASSWORD },
  { "authorized code", MW_OUTCOME_NEED_APP_PASSWORD },
  { "not enabled for imap", MW_OUTCOME_IMAP_DISABLED },
  { "not enabled for pop", MW_OUTCOME_IMAP_DISABLED },
  { "imap access is disabled", MW_OUTCOME_IMAP_DISABLED },
  { "imap is disabled", MW_OUTCOME_IMAP_DISABLED },
  { "pop3 access is disabled", MW_OUTCOME_IMAP_DISABLED },
  { "yet to enable imap", MW_OUTCOME_IMAP_DISABLED },
  { "access rights to this service", MW_OUTCOME_IMAP_DISABLED },
  { "smtpclientauthentication is disabled", MW_OUTCOME_IMAP_DISABLED },
  { "basic authentication is disabled", MW_OUTCOME_NEED_OAUTH },
  { "basicauthblocked", MW_OUTCOME_NEED_OAUTH },
  { "ip not approved", MW_OUTCOME_IP_NOT_APPROVED },
  { "web login required", MW_OUTCOME_IP_NOT_APPROVED },
  { "via your web browser", MW_OUTCOME_IP_NOT_APPROVED },
  { "account is locked", MW_OUTCOME_ACCOUNT_BLOCKED },
  { "account is disabled", MW_OUTCOME_ACCOUNT_BLOCKED },
  { "account has been disabled", MW_OUTCOME_ACCOUNT_BLOCKED },
  { "invalid authentication mechanism", MW_OUTCOME_MECH_NONE },
  { "too many", MW_OUTCOME_TEMPORARY },
};

/* sasl_errstring() of Cyrus SASL. Cyrus IMAP, and Postfix with that library,
 * send it as it is, Cyrus without a code (RFC 5530): "NO authentication
 * failure". Only as the whole reason: a "temporary authentication failure"
 * is none of the password's. */
static const Phrase sasl_reasons[] = {
  { "authentication failure", MW_OUTCOME_BAD_CREDENTIALS },
  { "user not found", MW_OUTCOME_BAD_CREDENTIALS },
  { "account disabled", MW_OUTCOME_ACCOUNT_BLOCKED },
  { "passphrase locked", MW_OUTCOME_ACCOUNT_BLOCKED },
  { "passphrase expired, has to be reset", MW_OUTCOME_PASSWORD_EXPIRED },
  { "mechanism too weak for this user", MW_OUTCOME_MECH_WEAK },
  { "remote authentication server unavailable", MW_OUTCOME_TEMPORARY },
};

static const Phrase service_phrases[] = {
  { "too many", MW_OUTCOME_TEMPORARY },
  { "try again", MW_OUTCOME_TEMPORARY },
  { "try later", MW_OUTCOME_TEMPORARY },
  { "temporar", MW_OUTCOME_TEMPORARY },
  { "unavailable", MW_OUTCOME_TEMPORARY },
  { "shutting down", MW_OUTCOME_TEMPORARY },
  { "overload", MW_OUTCOME_TEMPORARY },
  { "busy", MW_OUTCOME_TEMPORARY },
};

static const Phrase sender_phrases[] = {
  { "relay", MW_OUTCOME_RELAY_DENIED },
};

static const struct {
  const char *code;
  MwOutcome   outcome;
} imap_codes[] = {
  { "AUTHENTICATIONFAILED", MW_OUTCOME_BAD_CREDENTIALS },
  { "AUTHORIZATIONFAILED", MW_OUTCOME_ACCOUNT_BLOCKED },
  { "CONTACTADMIN", MW_OUTCOME_ACCOUNT_BLOCKED },
  { "EXPIRED", MW_OUTCOME_PASSWORD_EXPIRED },
  { "PRIVACYREQUIRED", MW_OUTCOME_NEED_TLS },
  { "UNAVAILABLE", MW_OUTCOME_TEMPORARY },
  { "SERVERBUG", MW_OUTCOME_TEMPORARY },
  { "LIMIT", MW_OUTCOME_TEMPORARY },
  { "INUSE", MW_OUTCOME_TEMPORARY },
};

static gboolean
contains (MwSpan      text,
          const char *words)
{
  gsize length = strlen (words);

  for (gsize i = 0; i + length <= text.length; i++)
    {
      if (g_ascii_strncasecmp (text.bytes + i, words, length) == 0)
        return TRUE;
    }

  return FALSE;
}

static MwOutcome
look_up (MwSpan        text,
         const Phrase *phrases,
         gsize         n_phrases,
         MwOutcome     otherwise)
{
  for (gsize i = 0; i < n_phrases; i++)
    {
      if (contains (text, phrases[i].words))
        return phrases[i].outcome;
    }

  return otherwise;
}

/* The reason is all of TEXT, or what follows its last ": ". */
static MwOutcome
look_up_reason (MwSpan    text,
                MwOutcome otherwise)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sasl_reasons); i++)
    {
      gsize length = strlen (sasl_reasons[i].words);
      gsize before = text.length - length;

      if (length > text.length ||
          g_ascii_strncasecmp (text.bytes + before, sasl_reasons[i].words, length) != 0)
        continue;

      if (before == 0 || (before >= 2 && memcmp (text.bytes + before - 2, ": ", 2) == 0))
        return sasl_reasons[i].outcome;
    }

  return otherwise;
}

static MwOutcome
look_up_login (MwSpan    text,
               MwOutcome otherwise)
{
  return look_up (text, login_phrases, G_N_ELEMENTS (login_phrases),
                  look_up_reason (text, otherwise));
}

MwOutcome
mw_refusal_of_service (MwSpan text)
{
  return look_up (text, service_phrases, G_N_ELEMENTS (service_phrases), MW_OUTCOME_REFUSED);
}

MwOutcome
mw_refusal_from_imap (const MwImapResponse *response,
                      MwOutcome             otherwise)
{
  for (gsize i = 0; i < G_N_ELEMENTS (imap_codes); i++)
    {
      if (!mw_span_equal (response->code, imap_codes[i].code))
        continue;

      /* A wrong password is what this code says by default; some say in
       * words that it is the wrong kind of password. */
      if (imap_codes[i].outcome == MW_OUTCOME_BAD_CREDENTIALS)
        return look_up_login (response->text, MW_OUTCOME_BAD_CREDENTIALS);

      return imap_codes[i].outcome;
    }

  return look_up_login (response->text, otherwise);
}

MwOutcome
mw_refusal_from_pop3 (const MwPop3Response *response,
                      gboolean              has_codes,
                      gboolean              is_secured)
{
  MwSpan code = has_codes ? response->code : (MwSpan) { 0 };

  if (mw_span_equal (code, "IN-USE") || mw_span_equal (code, "LOGIN-DELAY"))
    return MW_OUTCOME_IN_USE;

  if (mw_span_equal (code, "SYS/TEMP"))
    return MW_OUTCOME_TEMPORARY;

  if (mw_span_equal (code, "SYS/PERM"))
    return look_up_login (response->text, MW_OUTCOME_ACCOUNT_BLOCKED);

  if (mw_span_equal (code, "AUTH"))
    {
      /* Dovecot uses the same code for "not without TLS". */
      if (!is_secured && (contains (response->text, "plaintext") ||
                          contains (response->text, "secure") ||
                          contains (response->text, "tls")))
        return MW_OUTCOME_NEED_TLS;
      return look_up_login (response->text, MW_OUTCOME_BAD_CREDENTIALS);
    }

  return look_up_login (response->text, MW_OUTCOME_LOGIN_REFUSED);
}

MwOutcome
mw_refusal_from_smtp_auth (const MwSmtpReply *reply,
                           MwSpan             text)
{
  gboolean is_security = reply->enhanced_class != 0 && reply->subject == 7;
  int detail = is_security ? reply->detail : 0;

  /* Password transition (RFC 4954 §6) is "temporary" to a server, but to the
   * person it is a password that no longer works. */
  if (detail == 12 || reply->code == 432)
    return MW_OUTCOME_PASSWORD_EXPIRED;

  if (reply->code < 500)
    return reply->code >= 400 ? MW_OUTCOME_TEMPORARY : MW_OUTCOME_PROTOCOL;

  switch (reply->code)
    {
    case 500:
    case 501:
    case 502:
    case 503:
    case 504:
      return MW_OUTCOME_MECH_NONE;
    case 530:
    case 538:
      return MW_OUTCOME_NEED_TLS;
    default:
      break;
    }

  switch (detail)
    {
    case 11:
      return MW_OUTCOME_NEED_TLS;
    case 13:
      return MW_OUTCOME_ACCOUNT_BLOCKED;
    case 14:
      return look_up_login (text, MW_OUTCOME_IP_NOT_APPROVED);
    default:
      break;
    }

  switch (reply->code)
    {
    case 525:
      return MW_OUTCOME_ACCOUNT_BLOCKED;
    case 534:
      return look_up_login (text, MW_OUTCOME_MECH_WEAK);
    case 535:
      return look_up_login (text, MW_OUTCOME_BAD_CREDENTIALS);
    default:
      return look_up_login (text, MW_OUTCOME_LOGIN_REFUSED);
    }
}

static gboolean
wants_tls (MwSpan text)
{
  return contains (text, "starttls");
}

MwOutcome
mw_refusal_from_smtp_sender (const MwSmtpReply *reply,
                             MwSpan             text,
                             gboolean           is_recipient,
                             gboolean           is_authenticated)
{
  gboolean is_addressing = reply->enhanced_class != 0 && reply->subject == 1;
  /* "User not local; please try <…>" (RFC 5321 §3.4). */
  gboolean is_redirect = reply->enhanced_class == 0 && reply->code == 551 &&
                         !contains (text, "relay");

  if (reply->code < 400)
    return MW_OUTCOME_PROTOCOL;

  if (reply->code == 421)
    return MW_OUTCOME_TEMPORARY;

  /* Greylisting, or a full mailbox: the log-in and the sender were accepted. */
  if (reply->code < 500)
    return is_recipient && is_authenticated ? MW_OUTCOME_WORKS : MW_OUTCOME_TEMPORARY;

  if ((reply->code == 530 || reply->code == 538) && wants_tls (text))
    return MW_OUTCOME_NEED_TLS;

  if (!is_authenticated || reply->code == 530)
    return MW_OUTCOME_SEND_AUTH_REQUIRED;

  /* This server does not know the own mailbox, which may well live
   * elsewhere; it says nothing about sending. Postfix refuses a sender only
   * at RCPT, so the words decide what the code leaves open. */
  if (is_recipient && (is_addressing || is_redirect) &&
      !contains (text, "sender") && !contains (text, "owned"))
    return MW_OUTCOME_WORKS;

  switch (reply->code)
    {
    case 550:
    case 551:
    case 553:
    case 554:
      return look_up (text, sender_phrases, G_N_ELEMENTS (sender_phrases),
                      MW_OUTCOME_SENDER_NOT_ALLOWED);
    case 552:
      return is_recipient ? MW_OUTCOME_WORKS : MW_OUTCOME_TEMPORARY;
    default:
      return is_addressing ? MW_OUTCOME_SENDER_NOT_ALLOWED : MW_OUTCOME_PROTOCOL;
    }
}
