/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-address-link.h"

#include <string.h>

#define SCHEME "mailto-setup:"

G_DEFINE_QUARK (mw-address-link-error-quark, mw_address_link_error)

static gboolean
key_is_in (const char         *key,
           const char * const *keys)
{
  for (; *keys != NULL; keys++)
    if (g_ascii_strcasecmp (key, *keys) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
has_secret_key (char **params)
{
  static const char * const secret_keys[] = {
    "p", "pw", "pwd", "pass", "passwd", "password", "ipw", "spw", "secret", "token", "key",
    "code", "access_token", "refresh_token", NULL,
  };

  for (gsize i = 0; params[i] != NULL; i++)
    {
      g_autofree char *escaped = g_strndup (params[i], strcspn (params[i], "="));
      g_autofree char *key = g_uri_unescape_string (escaped, NULL);

      if (key != NULL && key_is_in (key, secret_keys))
        return TRUE;
    }

  return FALSE;
}

/* Only the format number and notes for the sender's own use mean nothing here.
 * Every other parameter would change what is set up, so it is not dropped. */
static gboolean
has_only_harmless_params (char **params)
{
  for (gsize i = 0; params[i] != NULL; i++)
    {
      if (*params[i] == '\0'
          || g_ascii_strcasecmp (params[i], "v=1") == 0
          || g_ascii_strncasecmp (params[i], "x-", 2) == 0)
        continue;
      return FALSE;
    }

  return TRUE;
}

/* Control characters and those that change how the text around them reads. */
static gboolean
has_forbidden_characters (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 0x20 || (c >= 0x7f && c <= 0x9f)
          || c == 0x061c
          || (c >= 0x200b && c <= 0x200f)
          || (c >= 0x2028 && c <= 0x202e)
          || (c >= 0x2060 && c <= 0x2069)
          || c == 0xfeff)
        return TRUE;
    }

  return FALSE;
}

static char *
parse_path (const char  *path,
            GError     **error)
{
  g_autofree char *trimmed = g_strdup (path);
  g_autofree char *address = NULL;
  gsize length;

  length = strlen (trimmed);
  if (length > 0 && trimmed[length - 1] == '/')
    trimmed[length - 1] = '\0';

  address = g_uri_unescape_string (trimmed, NULL);
  if (address == NULL
      || !g_utf8_validate (address, -1, NULL)
      || has_forbidden_characters (address)
      || *address == '\0'
      || *address == '@')
    {
      g_set_error_literal (error, MW_ADDRESS_LINK_ERROR, MW_ADDRESS_LINK_ERROR_DAMAGED,
                           "the link has no readable address");
      return NULL;
    }

  /* user:password@domain */
  if (strchr (address, ':') != NULL)
    {
      g_set_error_literal (error, MW_ADDRESS_LINK_ERROR, MW_ADDRESS_LINK_ERROR_SECRET,
                           "the link has a colon in the address");
      return NULL;
    }

  return g_steal_pointer (&address);
}

gboolean
mw_address_link_has_scheme (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  return g_ascii_strncasecmp (text, SCHEME, strlen (SCHEME)) == 0;
}

/* The two sides of the question mark; %FALSE for what is no link at all. */
static gboolean
split (const char   *link,
       char        **out_path,
       char       ***out_params,
       GError      **error)
{
  const char *rest;

  if (!mw_address_link_has_scheme (link))
    {
      g_set_error_literal (error, MW_ADDRESS_LINK_ERROR, MW_ADDRESS_LINK_ERROR_SCHEME,
                           "not a mailto-setup link");
      return FALSE;
    }

  rest = link + strlen (SCHEME);
  if (strlen (link) > MW_ADDRESS_LINK_MAX)
    {
      g_set_error_literal (error, MW_ADDRESS_LINK_ERROR, MW_ADDRESS_LINK_ERROR_DAMAGED,
                           "the link is too long");
      return FALSE;
    }
  for (const char *p = rest; *p != '\0'; p++)
    if (*p < 0x21 || *p > 0x7e || *p == '#')
      {
        g_set_error_literal (error, MW_ADDRESS_LINK_ERROR, MW_ADDRESS_LINK_ERROR_DAMAGED,
                             "the link has a character that cannot be in one");
        return FALSE;
      }

  if (g_str_has_prefix (rest, "//"))
    rest += 2;
  *out_path = g_strndup (rest, strcspn (rest, "?"));
  rest += strlen (*out_path);
  *out_params = g_strsplit (*rest == '?' ? rest + 1 : "", "&", -1);

  return TRUE;
}

char *
mw_address_link_parse (const char  *link,
                       GError     **error)
{
  g_auto(GStrv) params = NULL;
  g_autofree char *path = NULL;
  g_autofree char *address = NULL;
  g_autoptr(GError) local_error = NULL;

  g_return_val_if_fail (link != NULL, NULL);

  if (!split (link, &path, &params, error))
    return NULL;

  if (has_secret_key (params))
    {
      g_set_error_literal (error, MW_ADDRESS_LINK_ERROR, MW_ADDRESS_LINK_ERROR_SECRET,
                           "the link has a key for a secret");
      return NULL;
    }

  /* A link with settings may do without an address, but not with a secret. */
  address = parse_path (path, &local_error);
  if (!has_only_harmless_params (params)
      && !g_error_matches (local_error, MW_ADDRESS_LINK_ERROR, MW_ADDRESS_LINK_ERROR_SECRET))
    {
      g_set_error_literal (error, MW_ADDRESS_LINK_ERROR, MW_ADDRESS_LINK_ERROR_NEWER,
                           "the link has parameters");
      return NULL;
    }
  if (address == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return g_steal_pointer (&address);
}

char *
mw_address_link_peek_address (const char *link)
{
  g_auto(GStrv) params = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (link != NULL, NULL);

  return split (link, &path, &params, NULL) ? parse_path (path, NULL) : NULL;
}

char *
mw_address_link_new (const char *address)
{
  g_autofree char *escaped = NULL;

  g_return_val_if_fail (address != NULL, NULL);

  escaped = g_uri_escape_string (address, "@+!$'*=", FALSE);

  return g_strconcat (SCHEME, escaped, NULL);
}
