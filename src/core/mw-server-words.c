/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-server-words.h"

#include <string.h>

/* What every server may say, and therefore tells nothing, whatever the
 * password is. */
static const char protocol_words[] =
  " * + OK NO BAD BYE PREAUTH CAPABILITY +OK -ERR . "
  "LOGIN PLAIN AUTH AUTHENTICATE CRAM-MD5 DIGEST-MD5 SCRAM-SHA-1 SCRAM-SHA-1-PLUS SCRAM-SHA-256 "
  "SCRAM-SHA-256-PLUS XOAUTH2 OAUTHBEARER GSSAPI NTLM EXTERNAL ANONYMOUS "
  "AUTH=PLAIN AUTH=LOGIN AUTH=CRAM-MD5 AUTH=SCRAM-SHA-1 AUTH=SCRAM-SHA-256 AUTH=XOAUTH2 "
  "AUTH=OAUTHBEARER AUTH=GSSAPI AUTH=NTLM IMAP4 IMAP4rev1 IMAP4rev2 IDLE NAMESPACE ID ENABLE "
  "LITERAL+ LITERAL- SASL-IR LOGINDISABLED LOGIN-REFERRALS STARTTLS UIDPLUS SPECIAL-USE "
  "UTF8=ACCEPT CONDSTORE QRESYNC MOVE QUOTA SORT THREAD UNSELECT CHILDREN "
  "CAPA TOP UIDL RESP-CODES AUTH-RESP-CODE STLS USER SASL PIPELINING "
  "SIZE 8BITMIME SMTPUTF8 ENHANCEDSTATUSCODES DSN CHUNKING VRFY ETRN HELP "
  "[ALERT] [AUTHENTICATIONFAILED] [AUTHORIZATIONFAILED] [EXPIRED] [PRIVACYREQUIRED] "
  "[CONTACTADMIN] [UNAVAILABLE] [SERVERBUG] [LIMIT] [INUSE] [CAPABILITY] [AUTH] [SYS/TEMP] "
  "[SYS/PERM] [IN-USE] [LOGIN-DELAY] • •• ••• •••• ";

/* What they mostly say besides. */
static const char common_words[] =
  "authentication failed authenticated invalid credentials incorrect unknown username user name "
  "password passwords passphrase login logged logging sign in refused rejected denied disabled "
  "account mailbox inbox mail mails email message messages server service services ready welcome "
  "hello temporary temporarily unavailable please try again later error errors internal command "
  "completed complete not supported syntax begin start negotiation successful success accepted "
  "connection closing closed timeout bytes maildrop octets goodbye logout pleased to meet you at "
  "your access allowed permission required require application-specific web browser "
  "Begin TLS negotiation now. Server ready. "
  "Authentication failed. Invalid credentials Logged in "
  "dovecot postfix exim cyrus courier exchange google gmail outlook office365 microsoft yahoo "
  "esmtp smtp imap imaps pop3 pop3s submission submissions autoconfig example localhost test";

static gboolean
stands_in (const char *part,
           gsize       length,
           const char *text)
{
  gsize text_length = strlen (text);

  for (gsize i = 0; i + length <= text_length; i++)
    {
      if (g_ascii_strncasecmp (text + i, part, length) == 0)
        return TRUE;
    }

  return FALSE;
}

/* How long a reply code is, with its enhanced code and the blank behind it
 * (RFC 5321 §4.2, RFC 3463). */
static gsize
measure_codes (const char *text,
               gsize       length)
{
  gsize end = 3;

  if (length < 3 || !g_ascii_isdigit (text[0]) || !g_ascii_isdigit (text[1]) ||
      !g_ascii_isdigit (text[2]) || (length > 3 && text[3] != ' ' && text[3] != '-'))
    return 0;

  if (length > 8 && text[5] == '.' && strchr ("245", text[4]) != NULL)
    {
      gsize i = 6;

      while (i < length && i < 12 && (g_ascii_isdigit (text[i]) || text[i] == '.'))
        i++;
      if (i < length && text[i] == ' ')
        end = i;
    }

  return MIN (end + 1, length);
}

static gboolean
is_protocol_word (const char *word,
                  gsize       length)
{
  const char *known = protocol_words;
  gsize n_digits = 0;

  while (n_digits + 1 < length && g_ascii_isdigit (word[n_digits + 1]))
    n_digits++;
  if (word[0] == 'a' && n_digits == length - 1 && n_digits >= 1 && n_digits <= 5)
    return TRUE;

  while (*known != '\0')
    {
      gsize size = strcspn (known, " ");

      if (size == length && memcmp (known, word, length) == 0)
        return TRUE;
      known += size + strspn (known + size, " ");
    }

  return FALSE;
}

gboolean
mw_server_words_contain (const char *part,
                         gsize       length)
{
  g_return_val_if_fail (part != NULL, FALSE);

  return stands_in (part, length, protocol_words) || stands_in (part, length, common_words);
}

/* Behind "OK" or a code only a code in brackets may follow; the rest is free. */
static gboolean
ends_words (const char *word,
            gsize       length)
{
  static const char * const last[] = { "OK", "NO", "BAD", "BYE", "PREAUTH", "+OK", "-ERR", "+" };

  if (word[length - 1] == ']')
    return TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (last); i++)
    {
      if (strlen (last[i]) == length && strncmp (word, last[i], length) == 0)
        return TRUE;
    }

  return FALSE;
}

gsize
mw_server_words_keep (const char *line,
                      gsize       length)
{
  gboolean is_over = FALSE;
  gsize end;

  g_return_val_if_fail (line != NULL || length == 0, 0);

  /* Of SMTP's replies only 250 consists of words, one extension a line. */
  end = measure_codes (line, length);
  if (end > 4 || (end > 0 && (strncmp (line, "250", 3) != 0 ||
                              strncmp (line + 4, "OK", MIN (length - end, 2)) == 0)))
    return end;

  for (gsize i = end; i < length;)
    {
      const char *blank = memchr (line + i, ' ', length - i);
      gsize stop = blank != NULL ? (gsize) (blank - line) : length;

      if (stop > i && ((is_over && line[i] != '[') || !is_protocol_word (line + i, stop - i)))
        break;
      is_over = is_over || (stop > i && ends_words (line + i, stop - i));
      end = MIN (stop + 1, length);
      i = stop + 1;
    }

  return end;
}
