/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-link-text.h"

#include <string.h>

#include "core/mw-domain.h"
#include "core/mw-error.h"
#include "core/mw-secret.h"

#define UNRESERVED "-._~"

/* Longer than each key that is looked for. */
#define MAX_KEY 16

static gboolean
is_escape (const char *text)
{
  return text[0] == '%' && g_ascii_isxdigit (text[1]) && g_ascii_isxdigit (text[2]);
}

static gboolean
check_raw (const char  *raw,
           const char  *allowed,
           GError     **error)
{
  for (const char *p = raw; *p != '\0'; p++)
    {
      if (*p == '%' && !is_escape (p))
        {
          g_set_error_literal (error, MW_LINK_ERROR, MW_LINK_ERROR_BAD_ESCAPE,
                               "a percent sign without two hexadecimal digits");
          return FALSE;
        }
      if (allowed != NULL && *p != '%' && !g_ascii_isalnum (*p) &&
          strchr (UNRESERVED, *p) == NULL && strchr (allowed, *p) == NULL)
        {
          g_set_error_literal (error, MW_LINK_ERROR, MW_LINK_ERROR_DAMAGED,
                               "a character that has to be encoded");
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
has_forbidden (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      switch ((int) g_unichar_type (g_utf8_get_char (p)))
        {
        case G_UNICODE_CONTROL:
        case G_UNICODE_FORMAT:
        case G_UNICODE_LINE_SEPARATOR:
        case G_UNICODE_PARAGRAPH_SEPARATOR:
          return TRUE;
        default:
          break;
        }
    }

  return FALSE;
}

gboolean
mw_link_text_fail (GError      **error,
                   MwLinkError   code,
                   const char   *message)
{
  g_set_error_literal (error, MW_LINK_ERROR, code, message);
  return FALSE;
}

char *
mw_link_text_unescape (const char  *raw,
                       const char  *allowed,
                       GError     **error)
{
  char *text;

  g_return_val_if_fail (raw != NULL, NULL);

  if (!check_raw (raw, allowed, error))
    return NULL;

  /* The only thing left that it refuses is a NUL. */
  text = g_uri_unescape_string (raw, NULL);
  if (text != NULL && g_utf8_validate (text, -1, NULL) && !has_forbidden (text))
    return text;

  if (text != NULL && !g_utf8_validate (text, -1, NULL))
    g_set_error_literal (error, MW_LINK_ERROR, MW_LINK_ERROR_NOT_UTF8, "no valid UTF-8");
  else
    g_set_error_literal (error, MW_LINK_ERROR, MW_LINK_ERROR_FORBIDDEN_CHAR,
                         "a character that cannot be seen");
  mw_secret_free_bytes (text);
  return NULL;
}

char *
mw_link_text_decode (const char  *raw,
                     const char  *allowed,
                     GError     **error)
{
  g_autofree char *text = mw_link_text_unescape (raw, allowed, error);

  return text != NULL ? g_utf8_normalize (text, -1, G_NORMALIZE_NFC) : NULL;
}

MwAddress *
mw_link_text_read_address (const char *local_part,
                           const char *domain)
{
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  g_autoptr(MwAddress) address = NULL;

  g_return_val_if_fail (local_part != NULL, NULL);
  g_return_val_if_fail (domain != NULL, NULL);

  name = mw_link_text_read_host (domain);
  if (name == NULL)
    return NULL;

  text = g_strconcat (local_part, "@", name, NULL);
  address = mw_address_parse (text, NULL);
  if (address == NULL || !g_str_equal (mw_address_get_local_part (address), local_part))
    return NULL;

  return g_steal_pointer (&address);
}

/* An A-label can be made to decode to nothing, or to what is written in
 * another way. */
static gboolean
is_canonical (const char *name)
{
  g_autofree char *unicode = g_hostname_to_unicode (name);
  g_autofree char *back = NULL;

  if (unicode == NULL || !g_utf8_validate (unicode, -1, NULL))
    return FALSE;

  back = mw_domain_normalize (unicode);
  return g_strcmp0 (back, name) == 0;
}

char *
mw_link_text_read_host (const char *text)
{
  g_autofree char *name = NULL;
  const char *last;

  g_return_val_if_fail (text != NULL, NULL);

  if (g_str_has_suffix (text, "."))
    return NULL;

  name = mw_domain_normalize (text);
  last = name != NULL ? strrchr (name, '.') : NULL;
  /* A last label that begins with a digit is part of an address (10.1, 0x7f.1). */
  if (last == NULL || g_ascii_isdigit (last[1]) || mw_domain_is_ip_literal (name) ||
      mw_domain_is_inside (name, "localhost") ||
      mw_domain_is_inside (name, "localhost.localdomain") || !is_canonical (name))
    return NULL;

  return g_steal_pointer (&name);
}

gboolean
mw_link_text_read_port (const char *text,
                        guint16    *out_port)
{
  guint64 number;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (out_port != NULL, FALSE);

  if (*text == '0' || !g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT16, &number, NULL))
    return FALSE;

  *out_port = number;
  return TRUE;
}

/* One letter of a link without its percent encoding. */
static char
read_letter (const char **text,
             const char  *end)
{
  const char *p = *text;

  if (end - p >= 3 && is_escape (p))
    {
      *text += 3;
      return (char) (g_ascii_xdigit_value (p[1]) << 4 | g_ascii_xdigit_value (p[2]));
    }

  *text += 1;
  return *p;
}

static gboolean
is_separator (char c)
{
  return c == '?' || c == '&' || c == '#' || c == ';';
}

static gboolean
is_secret_key (const char *key)
{
  static const char * const keys[] = {
    "p", "pw", "pwd", "pass", "passwd", "password", "ipw", "spw", "secret", "token", "key",
    "code", "access_token", "refresh_token", NULL,
  };

  return g_strv_contains (keys, key);
}

/* Reads one key; a separator, the end or "=" ends it. Blanks come in when a
 * letter breaks the line. */
static gboolean
next_key_is_secret (const char **text,
                    const char  *end)
{
  char key[MAX_KEY + 1];
  gsize length = 0;

  while (*text < end && **text != '=' && !is_separator (**text))
    {
      char c = read_letter (text, end);

      if (g_ascii_isspace (c))
        continue;
      if (length < MAX_KEY)
        key[length] = g_ascii_tolower (c);
      length++;
    }

  key[MIN (length, MAX_KEY)] = '\0';
  return length <= MAX_KEY && is_secret_key (key);
}

gboolean
mw_link_text_has_secret (const char *text,
                         gsize       length)
{
  const char *end = text + length;

  g_return_val_if_fail (text != NULL, FALSE);

  while (text < end && !is_separator (*text))
    {
      if (read_letter (&text, end) == ':')
        return TRUE;
    }

  while (text < end)
    {
      text++;
      if (next_key_is_secret (&text, end))
        return TRUE;
      while (text < end && !is_separator (*text))
        text++;
    }

  return FALSE;
}
