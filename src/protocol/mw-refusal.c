/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "protocol/mw-refusal.h"

#include "core/mw-enums.h"
#include "protocol/mw-refusal-words.h"

static const struct {
  const char *code;
  MwOutcome   outcome;
} imap_codes[] = {
  { "AUTHENTICATIONFAILED", MW_OUTCOME_BAD_CREDENTIALS },
  { "AUTHORIZATIONFAILED", MW_OUTCOME_ACCOUNT_BLOCKED },
  { "CONTACTADMIN", MW_OUTCOME_ACCOUNT_BLOCKED },
  { "WEBALERT", MW_OUTCOME_IP_NOT_APPROVED },    /* Gmail */
  { "EXPIRED", MW_OUTCOME_PASSWORD_EXPIRED },
  { "PRIVACYREQUIRED", MW_OUTCOME_NEED_TLS },
  { "UNAVAILABLE", MW_OUTCOME_TEMPORARY },
  { "SERVERBUG", MW_OUTCOME_TEMPORARY },
  { "LIMIT", MW_OUTCOME_TEMPORARY },
  { "INUSE", MW_OUTCOME_TEMPORARY },
};

static MwOutcome
look_up_login (MwSpan    text,
               MwOutcome otherwise)
{
  return mw_refusal_words_look_up (MW_REFUSAL_OF_LOGIN, text, otherwise);
}

MwOutcome
mw_refusal_of_service (MwSpan text)
{
  return mw_refusal_words_look_up (MW_REFUSAL_OF_SERVICE, text, MW_OUTCOME_REFUSED);
}

MwOutcome
mw_refusal_before_login (const MwImapResponse *response,
                         MwOutcome             otherwise)
{
  for (gsize i = 0; i < G_N_ELEMENTS (imap_codes); i++)
    {
      if (imap_codes[i].outcome == MW_OUTCOME_TEMPORARY &&
          mw_span_equal (response->code, imap_codes[i].code))
        return MW_OUTCOME_TEMPORARY;
    }

  return mw_refusal_words_look_up (MW_REFUSAL_OF_SERVICE, response->text, otherwise);
}

MwOutcome
mw_refusal_from_imap (const MwImapResponse *response,
                      MwOutcome             otherwise)
{
  for (gsize i = 0; i < G_N_ELEMENTS (imap_codes); i++)
    {
      if (!mw_span_equal (response->code, imap_codes[i].code))
        continue;

      /* What these codes say by default; some say in words that it is the
       * wrong kind of password, or that there may be another cause. */
      if (imap_codes[i].outcome == MW_OUTCOME_BAD_CREDENTIALS ||
          imap_codes[i].outcome == MW_OUTCOME_ACCOUNT_BLOCKED)
        return look_up_login (response->text, imap_codes[i].outcome);

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
      if (!is_secured && (mw_refusal_words_contain (response->text, "plaintext") ||
                          mw_refusal_words_contain (response->text, "secure") ||
                          mw_refusal_words_contain (response->text, "tls")))
        return MW_OUTCOME_NEED_TLS;
      return look_up_login (response->text, MW_OUTCOME_BAD_CREDENTIALS);
    }

  /* The very words of RFC 1939, for servers without codes. */
  if (mw_refusal_words_contain (response->text, "maildrop already locked"))
    return MW_OUTCOME_IN_USE;

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
    /* Exchange says "535 5.7.3 Authentication unsuccessful" to a wrong
     * password and to an account that may not send like this; 5.7.139 of
     * Exchange Online is about anything. */
    case 3:
    case 139:
      return look_up_login (text, MW_OUTCOME_LOGIN_REFUSED);
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
  return mw_refusal_words_contain (text, "starttls");
}

/* Postfix: "not owned by user"; Proton Bridge likewise, as if it would pass. */
static gboolean
is_foreign_sender (MwSpan text)
{
  return mw_refusal_words_contain (text, "not owned");
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
                         !mw_refusal_words_contain (text, "relay");

  if (reply->code < 400)
    return MW_OUTCOME_PROTOCOL;

  if (reply->code == 421)
    return MW_OUTCOME_TEMPORARY;

  if (is_authenticated && is_foreign_sender (text))
    return MW_OUTCOME_SENDER_NOT_ALLOWED;

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
      !mw_refusal_words_contain (text, "sender"))
    return MW_OUTCOME_WORKS;

  switch (reply->code)
    {
    case 550:
    case 551:
    case 553:
    case 554:
      return mw_refusal_words_look_up (MW_REFUSAL_OF_SENDER, text,
                                       MW_OUTCOME_SENDER_NOT_ALLOWED);
    case 552:
      return is_recipient ? MW_OUTCOME_WORKS : MW_OUTCOME_TEMPORARY;
    default:
      return is_addressing ? MW_OUTCOME_SENDER_NOT_ALLOWED : MW_OUTCOME_PROTOCOL;
    }
}
