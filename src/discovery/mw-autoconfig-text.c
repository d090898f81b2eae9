/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-autoconfig-text.h"

#include <string.h>

/* An XML declaration stands at the very beginning and is short. */
#define DECLARATION_MAX 200

/* Some pages begin with comments. */
#define PROLOGUE_MAX 4096

/* Not everything iconv knows is a good idea: some of it has shift states, and
 * UTF-7 hides markup. */
static gboolean
is_known_encoding (const char *name)
{
  static const char * const prefixes[] = { "ISO-8859-", "WINDOWS-125", "CP125", "KOI8-" };
  static const char * const names[] = {
    "US-ASCII", "ASCII", "LATIN1", "GB2312", "GBK", "BIG5", "EUC-JP", "EUC-KR", "SHIFT_JIS",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      if (g_ascii_strncasecmp (name, prefixes[i], strlen (prefixes[i])) == 0)
        return TRUE;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_ascii_strcasecmp (name, names[i]) == 0)
        return TRUE;
    }

  return FALSE;
}

/* The encoding an XML declaration names, NULL without one. */
static char *
find_declared (const char *data,
               gsize       length)
{
  g_autofree char *head = NULL;
  char *end, *value;
  char *stop;

  if (length < 5 || memcmp (data, "<?xml", 5) != 0)
    return NULL;

  head = g_strndup (data, MIN (length, DECLARATION_MAX));
  end = strstr (head, "?>");
  if (end == NULL)
    return NULL;
  *end = '\0';

  value = strstr (head, "encoding");
  if (value == NULL)
    return NULL;
  value += strlen ("encoding");
  value += strspn (value, " \t\r\n=");
  if (*value != '"' && *value != '\'')
    return NULL;
  stop = strchr (value + 1, *value);
  return stop != NULL ? g_strndup (value + 1, stop - value - 1) : NULL;
}

static char *
refuse (GError     **error,
        GConvertError code,
        const char  *reason)
{
  g_set_error_literal (error, G_CONVERT_ERROR, code, reason);
  return NULL;
}

static char *
take_utf8 (const char  *data,
           gsize        length,
           GError     **error)
{
  if (memchr (data, '\0', length) != NULL)
    return refuse (error, G_CONVERT_ERROR_EMBEDDED_NUL, "A NUL in the document");
  if (!g_utf8_validate (data, length, NULL))
    return refuse (error, G_CONVERT_ERROR_ILLEGAL_SEQUENCE, "The document is not valid UTF-8");

  return g_strndup (data, length);
}

static char *
convert (const char  *data,
         gsize        length,
         const char  *encoding,
         GError     **error)
{
  g_autofree char *text = NULL;
  gsize written = 0;

  text = g_convert (data, length, "UTF-8", encoding, NULL, &written, error);
  return text != NULL ? take_utf8 (text, written, error) : NULL;
}

char *
mw_autoconfig_text_decode (const char  *data,
                           gsize        length,
                           GError     **error)
{
  g_autofree char *declared = NULL;

  g_return_val_if_fail (data != NULL || length == 0, NULL);

  if (length == 0)
    return g_strdup ("");
  if (length >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    return take_utf8 (data + 3, length - 3, error);
  if (length >= 2 && memcmp (data, "\xff\xfe", 2) == 0)
    return convert (data + 2, length - 2, "UTF-16LE", error);
  if (length >= 2 && memcmp (data, "\xfe\xff", 2) == 0)
    return convert (data + 2, length - 2, "UTF-16BE", error);

  declared = find_declared (data, length);
  if (declared == NULL || g_ascii_strcasecmp (declared, "UTF-8") == 0 ||
      g_ascii_strcasecmp (declared, "UTF8") == 0)
    return take_utf8 (data, length, error);
  if (!is_known_encoding (declared))
    return refuse (error, G_CONVERT_ERROR_NO_CONVERSION, "An encoding that is not known here");

  return convert (data, length, declared, error);
}

/* What stands before the first element, but for a document type. */
static const char *
skip_prologue (const char *text)
{
  static const char * const brackets[][2] = { { "<!--", "-->" }, { "<?", "?>" } };
  const char *end;

  if (g_str_has_prefix (text, "\xef\xbb\xbf"))
    text += 3;

  for (;;)
    {
      gsize i;

      text += strspn (text, " \t\r\n");
      for (i = 0; i < G_N_ELEMENTS (brackets); i++)
        {
          if (g_str_has_prefix (text, brackets[i][0]))
            break;
        }
      if (i == G_N_ELEMENTS (brackets))
        return text;

      end = strstr (text, brackets[i][1]);
      if (end == NULL)
        return text;
      text = end + strlen (brackets[i][1]);
    }
}

gboolean
mw_autoconfig_text_is_web_page (const char *data,
                                gsize       length)
{
  static const char * const beginnings[] = {
    "<!doctype html", "<html", "<head", "<body", "<title", "<meta", "<script", "<div", "<p>",
    "<h1", "<center",
  };
  g_autofree char *head = NULL;
  const char *text;

  g_return_val_if_fail (data != NULL || length == 0, FALSE);

  head = g_strndup (data != NULL ? data : "", MIN (length, PROLOGUE_MAX));
  text = skip_prologue (head);
  for (gsize i = 0; i < G_N_ELEMENTS (beginnings); i++)
    {
      if (g_ascii_strncasecmp (text, beginnings[i], strlen (beginnings[i])) == 0)
        return TRUE;
    }

  return FALSE;
}

char *
mw_autoconfig_text_expand (const char *text,
                           MwAddress  *address)
{
  const struct {
    const char *name;
    const char *value;
  } variables[] = {
    { "%EMAILADDRESS%", address != NULL ? mw_address_get_text (address) : NULL },
    { "%EMAILLOCALPART%", address != NULL ? mw_address_get_local_part (address) : NULL },
    { "%EMAILDOMAIN%", address != NULL ? mw_address_get_domain (address) : NULL },
  };
  GString *whole = g_string_new (address == NULL ? text : NULL);

  if (address == NULL)
    return g_string_free (whole, FALSE);

  while (*text != '\0')
    {
      gsize i;

      for (i = 0; i < G_N_ELEMENTS (variables); i++)
        {
          if (g_str_has_prefix (text, variables[i].name))
            break;
        }

      if (i == G_N_ELEMENTS (variables))
        {
          g_string_append_c (whole, *text++);
          continue;
        }

      g_string_append (whole, variables[i].value);
      text += strlen (variables[i].name);
    }

  return g_string_free (whole, FALSE);
}

guint
mw_autoconfig_text_rank_language (const char *lang)
{
  enum { PRIMARY = 100, ENGLISH = 200, UNKNOWN, OTHER };
  const char * const *names = g_get_language_names ();
  g_autofree char *whole = NULL;
  g_autofree char *primary = NULL;

  if (lang == NULL || *lang == '\0')
    return UNKNOWN;

  /* "pl-PL" here is "pl_PL" there. */
  whole = g_strdelimit (g_strdup (lang), "-", '_');
  primary = g_strndup (whole, strcspn (whole, "_"));
  for (guint i = 0; names[i] != NULL && i < PRIMARY; i++)
    {
      if (g_ascii_strcasecmp (names[i], whole) == 0)
        return i;
      if (g_ascii_strcasecmp (names[i], primary) == 0)
        return PRIMARY + i;
    }

  return g_ascii_strcasecmp (primary, "en") == 0 ? ENGLISH : OTHER;
}
