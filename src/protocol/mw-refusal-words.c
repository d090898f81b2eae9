/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "protocol/mw-refusal-words.h"

#include <string.h>

#define MAX_TEXT 4096

typedef struct {
  const char *words;
  MwOutcome   outcome;
} Phrase;

/* Lower case, the first match wins, so that what is ambiguous stands first.
 *
 * Where the words come from: [S] the source or the program of that server,
 * [D] its documentation or a specification, [L] logs that several people
 * published. WP, o2, Onet, Interia, GMX, web.de and Courier are missing: they
 * say "authentication failed" or "login failed" whatever the cause, GMX also
 * while access by mail programs is switched off [L]. What they mean is known
 * from the list of providers, not from their words. */
static const Phrase login_phrases[] = {
  /* More than one cause in one sentence. */
  { "credentials or imap is disabled", MW_OUTCOME_LOGIN_REFUSED },   /* Yandex [S] */
  { "credentials or pop3 is disabled", MW_OUTCOME_LOGIN_REFUSED },
  { "authenticate ommm", MW_OUTCOME_LOGIN_REFUSED },    /* Yandex: "bad karma" [S] */
  { "login ommm", MW_OUTCOME_LOGIN_REFUSED },
  { "service is not open, password is incorrect",
    MW_OUTCOME_LOGIN_REFUSED },                         /* QQ [L] */
  { "unsafe login", MW_OUTCOME_LOGIN_REFUSED },         /* 163, after a right password [L] */
  { "authenticated but not connected", MW_OUTCOME_LOGIN_REFUSED },   /* Exchange Online [L] */
  { "#auth005", MW_OUTCOME_LOGIN_REFUSED },             /* Yahoo, AOL: the web password [L] */
  { "did not meet the criteria", MW_OUTCOME_LOGIN_REFUSED },         /* Exchange Online [L] */

  /* Another kind of password. */
  { "application-specific password", MW_OUTCOME_NEED_APP_PASSWORD }, /* Gmail, Zoho [L] */
  { "application specific password", MW_OUTCOME_NEED_APP_PASSWORD },
  { "app-specific password", MW_OUTCOME_NEED_APP_PASSWORD },
  { "app password", MW_OUTCOME_NEED_APP_PASSWORD },
  { "application password", MW_OUTCOME_NEED_APP_PASSWORD },          /* Mail.ru [L] */
  { "parol prilozheniya", MW_OUTCOME_NEED_APP_PASSWORD },            /* Mail.ru [L] */
  { "authorized code is incorrect", MW_OUTCOME_BAD_CREDENTIALS },    /* QQ [L] */
  { "authorized code", MW_OUTCOME_NEED_APP_PASSWORD },               /* QQ [L] */
  { "authorization code", MW_OUTCOME_NEED_APP_PASSWORD },            /* QQ [L] */

  /* Access by mail programs. */
  { "not enabled for imap", MW_OUTCOME_IMAP_DISABLED },              /* Gmail [L] */
  { "not enabled for pop", MW_OUTCOME_IMAP_DISABLED },               /* Gmail [L] */
  { "imap access is disabled", MW_OUTCOME_IMAP_DISABLED },           /* Gmail [L] */
  { "pop access is disabled", MW_OUTCOME_IMAP_DISABLED },
  { "imap is disabled", MW_OUTCOME_IMAP_DISABLED },
  { "yet to enable imap", MW_OUTCOME_IMAP_DISABLED },                /* Zoho [L] */
  { "yet to enable pop", MW_OUTCOME_IMAP_DISABLED },
  { "access rights to this service", MW_OUTCOME_IMAP_DISABLED },     /* Yandex [L] */
  { "smtpclientauthentication is disabled",
    MW_OUTCOME_IMAP_DISABLED },                         /* Exchange Online [D] */

  /* No password at all. */
  { "basic authentication is disabled", MW_OUTCOME_NEED_OAUTH },     /* Outlook.com [L] */
  { "basicauthblocked", MW_OUTCOME_NEED_OAUTH },        /* Exchange Online [L] */
  { "security defaults policy", MW_OUTCOME_NEED_OAUTH },             /* Exchange Online [L] */
  { "web login required", MW_OUTCOME_IP_NOT_APPROVED },              /* Gmail [L] */
  { "via your web browser", MW_OUTCOME_IP_NOT_APPROVED },            /* Gmail [L] */
  { "with your web browser", MW_OUTCOME_IP_NOT_APPROVED },           /* Gmail [L] */

  /* Not a matter of the password. */
  { "password has expired", MW_OUTCOME_PASSWORD_EXPIRED },
  { "password expired", MW_OUTCOME_PASSWORD_EXPIRED },  /* Dovecot [S] */
  { "account is locked", MW_OUTCOME_ACCOUNT_BLOCKED },
  { "account is disabled", MW_OUTCOME_ACCOUNT_BLOCKED },
  { "account has been disabled", MW_OUTCOME_ACCOUNT_BLOCKED },
  { "account has been locked", MW_OUTCOME_ACCOUNT_BLOCKED },
  { "account has been blocked", MW_OUTCOME_ACCOUNT_BLOCKED },
  { "account has been suspended", MW_OUTCOME_ACCOUNT_BLOCKED },
  { "account is suspended", MW_OUTCOME_ACCOUNT_BLOCKED },
  { "invalid authentication mechanism", MW_OUTCOME_MECH_NONE },      /* Postfix [S] */
  { "no mechanism available", MW_OUTCOME_MECH_NONE },   /* Cyrus SASL [S] */
  { "unsupported authentication mechanism", MW_OUTCOME_MECH_NONE },  /* Dovecot [M] */
  { "unrecognized authentication type", MW_OUTCOME_MECH_NONE },      /* RFC 4954 §4 */
  { "too many invalid", MW_OUTCOME_PROTOCOL },          /* Dovecot: "… IMAP commands" [S] */
  { "too many bad commands", MW_OUTCOME_PROTOCOL },     /* Dovecot [S] */
  { "maximum number of connections", MW_OUTCOME_TEMPORARY },         /* Dovecot [S] */
  { "too many", MW_OUTCOME_TEMPORARY },
  { "rate limit", MW_OUTCOME_TEMPORARY },               /* Yahoo [L] */
  { "bandwidth limits", MW_OUTCOME_TEMPORARY },         /* Gmail [L] */
  { "temporary authentication failure", MW_OUTCOME_TEMPORARY },      /* Dovecot, Postfix [S] */
  { "internal login failure", MW_OUTCOME_TEMPORARY },   /* Dovecot [S] */
  { "internal server error", MW_OUTCOME_TEMPORARY },    /* Yandex [S] */
  { "sts service was unreachable", MW_OUTCOME_TEMPORARY },           /* Exchange Online [D] */
  { "temporarily unavailable", MW_OUTCOME_TEMPORARY },
  { "try again later", MW_OUTCOME_TEMPORARY },

  /* Said in so many words. */
  { "invalid credentials", MW_OUTCOME_BAD_CREDENTIALS },             /* Gmail, Zoho, Yahoo [L] */
  { "credentials invalid", MW_OUTCOME_BAD_CREDENTIALS },             /* RFC 4954 [D] */
  { "credentials were incorrect", MW_OUTCOME_BAD_CREDENTIALS },      /* Exchange Online [L] */
  { "incorrect username or password", MW_OUTCOME_BAD_CREDENTIALS },  /* Yahoo, Fastmail [L] */
  { "incorrect username, password", MW_OUTCOME_BAD_CREDENTIALS },    /* Fastmail [L] */
  { "invalid username or password", MW_OUTCOME_BAD_CREDENTIALS },    /* Outlook.com [L] */
  { "invalid user name or password", MW_OUTCOME_BAD_CREDENTIALS },   /* hMailServer [S] */
  { "username and password not accepted", MW_OUTCOME_BAD_CREDENTIALS },  /* Gmail [L] */
  { "unknown user name or bad password", MW_OUTCOME_BAD_CREDENTIALS },   /* Exchange 2010 */
  { "login error or password error", MW_OUTCOME_BAD_CREDENTIALS },   /* 163 [L] */
  { "login error password error", MW_OUTCOME_BAD_CREDENTIALS },      /* 163 [L] */
};

/* sasl_errstring() of Cyrus SASL [S]. Cyrus IMAP, and Postfix with that
 * library, send it as it is, Cyrus without a code (RFC 5530): "NO
 * authentication failure". Proton Bridge says "no such user" [L]. Only as the
 * whole reason: a "temporary authentication failure" is none of the
 * password's. */
static const Phrase login_reasons[] = {
  { "authentication failure", MW_OUTCOME_BAD_CREDENTIALS },
  { "user not found", MW_OUTCOME_BAD_CREDENTIALS },
  { "no such user", MW_OUTCOME_BAD_CREDENTIALS },
  { "account disabled", MW_OUTCOME_ACCOUNT_BLOCKED },
  { "passphrase locked", MW_OUTCOME_ACCOUNT_BLOCKED },
  { "passphrase expired, has to be reset", MW_OUTCOME_PASSWORD_EXPIRED },
  { "mechanism too weak for this user", MW_OUTCOME_MECH_WEAK },
  { "remote authentication server unavailable", MW_OUTCOME_TEMPORARY },
  { "connection lost to authentication server", MW_OUTCOME_TEMPORARY },  /* Postfix [S] */
  { "generic failure", MW_OUTCOME_TEMPORARY },
};

static const Phrase service_phrases[] = {
  { "too many", MW_OUTCOME_TEMPORARY },
  { "maximum number of connections", MW_OUTCOME_TEMPORARY },
  { "try again", MW_OUTCOME_TEMPORARY },
  { "try later", MW_OUTCOME_TEMPORARY },
  { "temporar", MW_OUTCOME_TEMPORARY },
  { "unavailable", MW_OUTCOME_TEMPORARY },
  { "shutting down", MW_OUTCOME_TEMPORARY },
  { "overload", MW_OUTCOME_TEMPORARY },
  { "busy", MW_OUTCOME_TEMPORARY },
};

static const Phrase sender_phrases[] = {
  { "bad outbound sender", MW_OUTCOME_ACCOUNT_BLOCKED },             /* Exchange Online [D] */
  { "relay", MW_OUTCOME_RELAY_DENIED },
};

static gboolean
is_enhanced_code (const char *text,
                  gsize       length,
                  gsize      *code_length)
{
  gsize dots = 0;
  gsize i = 0;

  while (i < length && (g_ascii_isdigit (text[i]) || text[i] == '.'))
    dots += text[i++] == '.';
  *code_length = i;

  return dots == 2 && (i == length || text[i] == ' ');
}

/* One line in lower case, with single blanks. Long SMTP answers repeat the
 * enhanced code on each line (RFC 2034), in the middle of a sentence. */
static char *
fold (MwSpan text)
{
  g_autoptr(GString) folded = g_string_sized_new (MIN (text.length, MAX_TEXT));
  gboolean at_start = TRUE;
  gsize code_length;

  for (gsize i = 0; i < text.length && i < MAX_TEXT; i++)
    {
      char c = text.bytes[i] == '\0' ? '?' : text.bytes[i];

      if (at_start && is_enhanced_code (text.bytes + i, text.length - i, &code_length))
        {
          i += code_length;
          c = ' ';
        }

      at_start = c == '\n';
      if (!g_ascii_isspace (c))
        g_string_append_c (folded, g_ascii_tolower (c));
      else if (folded->len > 0 && folded->str[folded->len - 1] != ' ')
        g_string_append_c (folded, ' ');
    }

  return g_strchomp (g_string_free (g_steal_pointer (&folded), FALSE));
}

static MwOutcome
find_phrase (const char   *text,
             const Phrase *phrases,
             gsize         n_phrases,
             MwOutcome     otherwise)
{
  for (gsize i = 0; i < n_phrases; i++)
    {
      if (strstr (text, phrases[i].words) != NULL)
        return phrases[i].outcome;
    }

  return otherwise;
}

/* The reason is all of TEXT, or what follows its last ": ". */
static MwOutcome
find_reason (const char *text,
             MwOutcome   otherwise)
{
  const char *colon = g_strrstr (text, ": ");

  for (gsize i = 0; i < G_N_ELEMENTS (login_reasons); i++)
    {
      if (g_str_equal (text, login_reasons[i].words) ||
          (colon != NULL && g_str_equal (colon + 2, login_reasons[i].words)))
        return login_reasons[i].outcome;
    }

  return otherwise;
}

MwOutcome
mw_refusal_words_look_up (MwRefusalSubject  subject,
                          MwSpan            text,
                          MwOutcome         otherwise)
{
  g_autofree char *folded = fold (text);

  switch (subject)
    {
    case MW_REFUSAL_OF_SERVICE:
      return find_phrase (folded, service_phrases, G_N_ELEMENTS (service_phrases), otherwise);
    case MW_REFUSAL_OF_SENDER:
      return find_phrase (folded, sender_phrases, G_N_ELEMENTS (sender_phrases), otherwise);
    case MW_REFUSAL_OF_LOGIN:
    default:
      return find_phrase (folded, login_phrases, G_N_ELEMENTS (login_phrases),
                          find_reason (folded, otherwise));
    }
}

gboolean
mw_refusal_words_contain (MwSpan      text,
                          const char *words)
{
  g_autofree char *folded = fold (text);

  return strstr (folded, words) != NULL;
}
