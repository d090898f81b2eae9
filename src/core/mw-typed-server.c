/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-typed-server.h"

#include <string.h>

static const struct {
  const char *name;
  MwProtocol  protocol;
  MwSecurity  security;
} schemes[] = {
  { "imaps", MW_PROTOCOL_IMAP, MW_SECURITY_TLS },
  { "imap", MW_PROTOCOL_IMAP, MW_SECURITY_STARTTLS },
  { "pop3s", MW_PROTOCOL_POP3, MW_SECURITY_TLS },
  { "pops", MW_PROTOCOL_POP3, MW_SECURITY_TLS },
  { "pop3", MW_PROTOCOL_POP3, MW_SECURITY_STARTTLS },
  { "pop", MW_PROTOCOL_POP3, MW_SECURITY_STARTTLS },
  { "submissions", MW_PROTOCOL_SMTP, MW_SECURITY_TLS },
  { "smtps", MW_PROTOCOL_SMTP, MW_SECURITY_TLS },
  { "submission", MW_PROTOCOL_SMTP, MW_SECURITY_STARTTLS },
  { "smtp", MW_PROTOCOL_SMTP, MW_SECURITY_STARTTLS },
};

/* What stands around names in guides and messages, and what cannot be seen. */
static gboolean
is_stray (gunichar c)
{
  static const char marks[] = "<>()\"'“”„‘’«»,;";

  return !g_unichar_isprint (c) || g_utf8_strchr (marks, -1, c) != NULL;
}

static gboolean
is_joint (gunichar c)
{
  return c == '.' || c == ':' || c == '/';
}

/* A blank beside a dot or a colon slipped in. Between words it means that this
 * is no name, so it stays. */
static char *
remove_stray (const char *text)
{
  GString *clean = g_string_new (NULL);
  gboolean blank = FALSE;
  gunichar last = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c))
        blank = TRUE;
      else if (!is_stray (c))
        {
          if (blank && last != 0 && !is_joint (last) && !is_joint (c))
            g_string_append_c (clean, ' ');
          blank = FALSE;
          last = c;
          g_string_append_unichar (clean, g_unichar_tolower (c));
        }
    }

  return g_string_free (clean, FALSE);
}

static const char *
take_scheme (MwTypedServer *self,
             const char    *text)
{
  const char *end = strstr (text, "://");

  if (end == NULL)
    return text;

  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      if (strlen (schemes[i].name) == (gsize) (end - text) &&
          g_str_has_prefix (text, schemes[i].name))
        {
          self->is_named = TRUE;
          self->protocol = schemes[i].protocol;
          self->security = schemes[i].security;
        }
    }

  return end + strlen ("://");
}

/* The user of a URI is not the server's affair. */
static char *
dup_authority (const char *rest,
               gboolean    is_uri)
{
  g_autofree char *authority = g_strndup (rest, strcspn (rest, "/?#"));
  const char *at = is_uri ? strrchr (authority, '@') : NULL;

  return g_strdup (at != NULL ? at + 1 : authority);
}

/* A colon is the port's, unless there are more of them, as in an IPv6 address;
 * then only one after the bracket counts. */
static void
take_port (MwTypedServer *self)
{
  char *colon = strrchr (self->host, ':');
  guint64 port;

  if (colon == NULL ||
      (strchr (self->host, ':') != colon && !(colon > self->host && colon[-1] == ']')))
    return;
  if (colon[1] != '\0' && !g_ascii_string_to_unsigned (colon + 1, 10, 1, G_MAXUINT16, &port, NULL))
    return;

  if (colon[1] != '\0')
    self->port = (guint) port;
  *colon = '\0';
}

MwTypedServer *
mw_typed_server_parse (const char *text)
{
  g_autoptr(MwTypedServer) self = g_new0 (MwTypedServer, 1);
  g_autofree char *clean = NULL;
  const char *rest;

  g_return_val_if_fail (text != NULL, NULL);

  clean = remove_stray (text);
  rest = take_scheme (self, clean);
  self->host = dup_authority (rest, rest != clean);
  take_port (self);
  if (g_str_has_suffix (self->host, "."))
    self->host[strlen (self->host) - 1] = '\0';

  return g_steal_pointer (&self);
}

void
mw_typed_server_free (MwTypedServer *self)
{
  g_free (self->host);
  g_free (self);
}

guint
mw_typed_server_parse_port (const char *text)
{
  g_autofree char *clean = NULL;
  g_autofree char *digits = NULL;
  const char *first;
  gsize length;
  guint64 port;

  g_return_val_if_fail (text != NULL, 0);

  clean = remove_stray (text);
  first = *clean == ':' ? clean + 1 : clean;
  length = strspn (first, "0123456789");
  /* An IPv4 address begins with digits, too. */
  if (first[length] == '.' || first[length] == ':')
    return 0;

  digits = g_strndup (first, length);
  if (!g_ascii_string_to_unsigned (digits, 10, 1, G_MAXUINT16, &port, NULL))
    return 0;

  return (guint) port;
}
