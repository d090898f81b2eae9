/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-address.h"

#include <string.h>

#include "core/mw-domain.h"
#include "core/mw-error.h"

/* RFC 5321 §4.5.3.1 */
#define MAX_LOCAL_PART 64
#define MAX_ADDRESS 254

struct _MwAddress
{
  char *text;
  char *display;
  char *local_part;
  char *domain;
  char *domain_display;
};

G_DEFINE_BOXED_TYPE (MwAddress, mw_address, mw_address_ref, mw_address_unref)

static void
mw_address_clear (gpointer data)
{
  MwAddress *self = data;

  g_free (self->text);
  g_free (self->display);
  g_free (self->local_part);
  g_free (self->domain);
  g_free (self->domain_display);
}

/* Japanese keyboards give a full-width sign, which no address contains. */
static char *
narrow_at (const char *text)
{
  g_autoptr(GString) narrow = g_string_new (text);

  g_string_replace (narrow, "\uff20", "@", 0);
  return g_string_free (g_steal_pointer (&narrow), FALSE);
}

/* People copy addresses out of letters and web pages. */
static char *
strip_wrapping (const char *text)
{
  g_autofree char *bare = g_strstrip (g_strdup (text));
  const char *start = bare;
  gsize length;

  length = strlen (start);
  if (length > 2 && start[0] == '<' && start[length - 1] == '>')
    {
      bare[length - 1] = '\0';
      start++;
    }

  if (g_ascii_strncasecmp (start, "mailto:", strlen ("mailto:")) == 0)
    start += strlen ("mailto:");

  return g_strdup (start);
}

static gboolean
has_blank_or_control (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      /* Format characters (zero width, bidirectional marks) would make two
       * different addresses look the same. */
      if (g_unichar_isspace (c) || g_unichar_iscntrl (c) ||
          g_unichar_type (c) == G_UNICODE_FORMAT)
        return TRUE;
    }

  return FALSE;
}

/* A dot-atom (RFC 5322 §3.2.3) with UTF-8 (RFC 6531 §3.3). Quoted local parts
 * are legal but no provider gives them out. */
static gboolean
local_part_is_valid (const char *local_part)
{
  gsize length = strlen (local_part);

  if (local_part[0] == '.' || local_part[length - 1] == '.' ||
      strstr (local_part, "..") != NULL)
    return FALSE;

  for (const char *p = local_part; *p != '\0'; p++)
    {
      if ((guchar) *p < 0x80 && !g_ascii_isalnum (*p) &&
          strchr (".!#$%&'*+-/=?^_`{|}~", *p) == NULL)
        return FALSE;
    }

  return TRUE;
}

MwAddress *
mw_address_parse (const char  *text,
                  GError     **error)
{
  g_autoptr(MwAddress) self = NULL;
  g_autofree char *stripped = NULL;
  g_autofree char *narrow = NULL;
  g_autofree char *bare = NULL;
  const char *at;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error_literal (error, MW_ADDRESS_ERROR, MW_ADDRESS_ERROR_BAD_LOCAL_PART,
                           "The address is not valid UTF-8");
      return NULL;
    }

  stripped = strip_wrapping (text);
  narrow = narrow_at (stripped);
  bare = g_utf8_normalize (narrow, -1, G_NORMALIZE_NFC);

  if (*bare == '\0')
    {
      g_set_error_literal (error, MW_ADDRESS_ERROR, MW_ADDRESS_ERROR_EMPTY,
                           "The address is empty");
      return NULL;
    }

  if (strstr (bare, "://") != NULL)
    {
      g_set_error_literal (error, MW_ADDRESS_ERROR, MW_ADDRESS_ERROR_URI,
                           "This is the address of a server or a web page");
      return NULL;
    }

  if (has_blank_or_control (bare))
    {
      g_set_error_literal (error, MW_ADDRESS_ERROR, MW_ADDRESS_ERROR_BLANK,
                           "The address has a blank or control character inside");
      return NULL;
    }

  at = strchr (bare, '@');
  if (at == NULL)
    {
      g_set_error_literal (error, MW_ADDRESS_ERROR, MW_ADDRESS_ERROR_NO_AT,
                           "The address has no @ sign");
      return NULL;
    }

  if (strchr (at + 1, '@') != NULL)
    {
      g_set_error_literal (error, MW_ADDRESS_ERROR, MW_ADDRESS_ERROR_TWO_AT,
                           "The address has more than one @ sign");
      return NULL;
    }

  if (at == bare)
    {
      g_set_error_literal (error, MW_ADDRESS_ERROR, MW_ADDRESS_ERROR_NO_LOCAL_PART,
                           "Nothing stands before the @ sign");
      return NULL;
    }

  if (at[1] == '\0')
    {
      g_set_error_literal (error, MW_ADDRESS_ERROR, MW_ADDRESS_ERROR_NO_DOMAIN,
                           "Nothing stands after the @ sign");
      return NULL;
    }

  if (at - bare > MAX_LOCAL_PART || strlen (at + 1) > MAX_ADDRESS)
    {
      g_set_error_literal (error, MW_ADDRESS_ERROR, MW_ADDRESS_ERROR_TOO_LONG,
                           "The address is too long");
      return NULL;
    }

  self = g_rc_box_new0 (MwAddress);
  self->local_part = g_strndup (bare, at - bare);
  if (!local_part_is_valid (self->local_part))
    {
      g_set_error_literal (error, MW_ADDRESS_ERROR, MW_ADDRESS_ERROR_BAD_LOCAL_PART,
                           "The part before the @ sign cannot exist");
      return NULL;
    }

  self->domain = mw_domain_normalize (at + 1);
  /* A mail domain has a dot, and its last label is no number. */
  if (self->domain == NULL || strchr (self->domain, '.') == NULL ||
      g_ascii_isdigit (strrchr (self->domain, '.')[1]))
    {
      g_set_error_literal (error, MW_ADDRESS_ERROR, MW_ADDRESS_ERROR_BAD_DOMAIN,
                           "The domain cannot exist");
      return NULL;
    }

  self->domain_display = mw_domain_to_unicode (self->domain);
  self->text = g_strdup_printf ("%s@%s", self->local_part, self->domain);
  self->display = g_strdup_printf ("%s@%s", self->local_part, self->domain_display);

  if (strlen (self->text) > MAX_ADDRESS)
    {
      g_set_error_literal (error, MW_ADDRESS_ERROR, MW_ADDRESS_ERROR_TOO_LONG,
                           "The address is too long");
      return NULL;
    }

  return g_steal_pointer (&self);
}

MwAddress *
mw_address_ref (MwAddress *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_rc_box_acquire (self);
}

void
mw_address_unref (MwAddress *self)
{
  g_return_if_fail (self != NULL);

  g_rc_box_release_full (self, mw_address_clear);
}

const char *
mw_address_get_text (MwAddress *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->text;
}

const char *
mw_address_get_display (MwAddress *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->display;
}

const char *
mw_address_get_local_part (MwAddress *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->local_part;
}

const char *
mw_address_get_domain (MwAddress *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->domain;
}

const char *
mw_address_get_domain_display (MwAddress *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->domain_display;
}

/* Where the tag begins; a "+" at either end is no mark. */
static const char *
find_tag (const char *local_part)
{
  const char *plus = strchr (local_part, '+');

  return plus != NULL && plus != local_part && plus[1] != '\0' ? plus : NULL;
}

char *
mw_address_make_other_user_name (MwAddress  *self,
                                 const char *used)
{
  g_autofree char *text = NULL;
  g_autofree char *local_part = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (used != NULL, NULL);

  text = mw_address_make_untagged_user_name (self, self->text);
  if (text == NULL)
    text = g_strdup (self->text);
  local_part = g_strndup (text, strchr (text, '@') - text);

  if (g_str_equal (used, text) || g_str_equal (used, self->text))
    return g_steal_pointer (&local_part);
  if (g_str_equal (used, local_part) || g_str_equal (used, self->local_part))
    return g_steal_pointer (&text);

  return NULL;
}

char *
mw_address_make_untagged_user_name (MwAddress  *self,
                                    const char *used)
{
  const char *tag;
  const char *rest;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (used != NULL, NULL);

  tag = find_tag (self->local_part);
  if (tag == NULL || !g_str_has_prefix (used, self->local_part))
    return NULL;

  rest = used + strlen (self->local_part);
  if (*rest != '\0' && *rest != '@')
    return NULL;

  return g_strdup_printf ("%.*s%s", (int) (tag - self->local_part), self->local_part, rest);
}
