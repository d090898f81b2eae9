/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-share.h"

#include <string.h>

#include "core/mw-error.h"
#include "setup/mw-share-link.h"
#include "setup/mw-share-private.h"

/* What a character becomes at most: "&quot;". */
#define MAX_ESCAPE 6

G_DEFINE_ENUM_TYPE (MwShareFormat, mw_share_format,
  G_DEFINE_ENUM_VALUE (MW_SHARE_FORMAT_AUTOCONFIG, "autoconfig"),
  G_DEFINE_ENUM_VALUE (MW_SHARE_FORMAT_MOBILECONFIG, "mobileconfig"),
  G_DEFINE_ENUM_VALUE (MW_SHARE_FORMAT_LINK, "link"),
  G_DEFINE_ENUM_VALUE (MW_SHARE_FORMAT_QR_SVG, "qr-svg"),
  G_DEFINE_ENUM_VALUE (MW_SHARE_FORMAT_QR_PNG, "qr-png"))

/* Even escaped, XML 1.0 has no control characters. */
static gboolean
is_fit (const char *text)
{
  if (text == NULL)
    return TRUE;
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_iscntrl (c) || (c & 0xfffe) == 0xfffe)
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_service (MwService  *service,
               GError    **error)
{
  if (mw_endpoint_get_security (service->endpoint) == MW_SECURITY_NONE)
    g_set_error (error, MW_SHARE_ERROR, MW_SHARE_ERROR_CLEAR_TEXT,
                 "The server %s is used in clear text",
                 mw_endpoint_get_host (service->endpoint));
  else if (!is_fit (service->user_name))
    g_set_error_literal (error, MW_SHARE_ERROR, MW_SHARE_ERROR_TEXT,
                         "A control character in a user name");
  else
    return TRUE;

  return FALSE;
}

static gboolean
check_texts (MwProfile  *profile,
             MwSecret   *incoming,
             MwSecret   *outgoing,
             GError    **error)
{
  const struct {
    const char *name;
    const char *text;
  } texts[] = {
    { "label", profile->label },
    { "sender name", profile->sender_name },
    { "password", incoming != NULL ? mw_secret_peek (incoming) : NULL },
    { "password for sending", outgoing != NULL ? mw_secret_peek (outgoing) : NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      if (!is_fit (texts[i].text))
        {
          g_set_error (error, MW_SHARE_ERROR, MW_SHARE_ERROR_TEXT,
                       "A control character in the %s", texts[i].name);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
mentions (const char *text,
          const char *word)
{
  g_autofree char *folded_text = g_utf8_casefold (text, -1);
  g_autofree char *folded_word = g_utf8_casefold (word, -1);

  return *word != '\0' && strstr (folded_text, folded_word) != NULL;
}

/* Most accounts are named after the address, and many after the person. */
static gboolean
names_person (MwProfile  *profile,
              MwAddress  *address,
              const char *label)
{
  const char *name = profile->sender_name != NULL ? profile->sender_name : "";
  g_auto(GStrv) words = g_str_tokenize_and_fold (name, NULL, NULL);

  if (mentions (label, mw_address_get_local_part (address)))
    return TRUE;

  for (gsize i = 0; words[i] != NULL; i++)
    {
      if (mentions (label, words[i]))
        return TRUE;
    }

  return FALSE;
}

static char *
make_name (MwProfile    *profile,
           MwAddress    *address,
           MwShareFlags  flags)
{
  const char *label = profile->label;

  if (label == NULL || *label == '\0' ||
      ((flags & MW_SHARE_PERSONAL) == 0 && names_person (profile, address, label)))
    return g_strdup (mw_address_get_domain_display (address));

  return g_strdup (label);
}

static gsize
measure (const char *text)
{
  return text != NULL ? MAX_ESCAPE * strlen (text) : 0;
}

/* More than it can come to: a buffer that grew would leave a copy of what was
 * in it behind, maybe a password. */
static gsize
measure_all (MwShare *self)
{
  MwProfile *profile = self->profile;
  GPtrArray *alternatives = profile->alternatives;
  gsize size = 8 * 1024;

  size += 4 * measure (self->name) + measure (profile->sender_name);
  size += 4 * measure (profile->address) + measure (profile->incoming->user_name);
  if (profile->outgoing != NULL)
    size += measure (profile->outgoing->user_name);
  for (guint i = 0; i < alternatives->len; i++)
    size += 2 * 1024 + measure (((MwService *) alternatives->pdata[i])->user_name);
  if (self->incoming != NULL)
    size += measure (mw_secret_peek (self->incoming));
  if (self->outgoing != NULL)
    size += measure (mw_secret_peek (self->outgoing));

  return size;
}

void
mw_share_put_escaped (GString    *text,
                      const char *value)
{
  static const struct {
    char        c;
    const char *name;
  } entities[] = {
    { '&', "&amp;" }, { '<', "&lt;" }, { '>', "&gt;" }, { '"', "&quot;" }, { '\'', "&apos;" },
  };

  for (; *value != '\0'; value++)
    {
      gsize i;

      for (i = 0; i < G_N_ELEMENTS (entities) && entities[i].c != *value; i++)
        ;
      if (i < G_N_ELEMENTS (entities))
        g_string_append (text, entities[i].name);
      else
        g_string_append_c (text, *value);
    }
}

static GBytes *
render_link (MwProfile      *profile,
             MwShareFormat   format,
             MwShareFlags    flags,
             GError        **error)
{
  MwShareAudience audience = (flags & MW_SHARE_PERSONAL) != 0 ? MW_SHARE_AUDIENCE_PERSON
                                                              : MW_SHARE_AUDIENCE_DOMAIN;
  g_autoptr(MwSetupLink) link = mw_share_link_new (profile, audience, NULL, error);
  g_autofree char *text = link != NULL ? mw_setup_link_to_string (link) : NULL;

  return text != NULL ? mw_share_link_render (text, format) : NULL;
}

GBytes *
mw_share_render (MwProfile      *profile,
                 MwShareFormat   format,
                 MwShareFlags    flags,
                 MwSecret       *incoming,
                 MwSecret       *outgoing,
                 GError        **error)
{
  g_autoptr(MwAddress) address = NULL;
  g_autofree char *name = NULL;
  MwShare share = { profile, NULL, flags, NULL, incoming, outgoing };
  GString *text;
  gboolean done;
  gsize size;

  g_return_val_if_fail (profile != NULL, NULL);
  g_return_val_if_fail (incoming == NULL || format == MW_SHARE_FORMAT_MOBILECONFIG, NULL);
  g_return_val_if_fail (outgoing == NULL || format == MW_SHARE_FORMAT_MOBILECONFIG, NULL);

  if (format >= MW_SHARE_FORMAT_LINK)
    return render_link (profile, format, flags, error);

  address = profile->address != NULL ? mw_address_parse (profile->address, NULL) : NULL;
  if (profile->incoming == NULL || address == NULL)
    {
      g_set_error_literal (error, MW_SHARE_ERROR, MW_SHARE_ERROR_UNFINISHED,
                           "The account has no incoming server or no address");
      return NULL;
    }
  if (!check_texts (profile, incoming, outgoing, error) ||
      !check_service (profile->incoming, error) ||
      (profile->outgoing != NULL && !check_service (profile->outgoing, error)))
    return NULL;

  name = make_name (profile, address, flags);
  share.address = address;
  share.name = name;
  text = g_string_sized_new (measure_all (&share));
  done = format == MW_SHARE_FORMAT_AUTOCONFIG
         ? mw_share_put_autoconfig (&share, text, error)
         : mw_share_put_mobileconfig (&share, text, error);

  size = text->len;
  if (!done)
    {
      mw_secret_free_bytes (g_string_free (text, FALSE));
      return NULL;
    }
  return mw_secret_bytes_new_take (g_string_free (text, FALSE), size);
}
