/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-thunderbird-pins.h"

#include <string.h>

#include "export/mw-thunderbird-overrides.h"

/* What we wrote is remembered as "HOST:PORT SHA256 HOST:PORT SHA256". */

static char *
get_server (MwService *service)
{
  const char *host = mw_endpoint_get_host (service->endpoint);
  gboolean literal = strchr (host, ':') != NULL;

  return g_strdup_printf ("%s%s%s:%u", literal ? "[" : "", host, literal ? "]" : "",
                          mw_endpoint_get_port (service->endpoint));
}

MwThunderbirdPins *
mw_thunderbird_pins_read (MwThunderbirdFolder  *folder,
                          const char           *remembered,
                          GError              **error)
{
  g_autoptr(MwThunderbirdPins) self = g_new0 (MwThunderbirdPins, 1);

  g_return_val_if_fail (folder != NULL, NULL);

  if (!mw_thunderbird_folder_read (folder, MW_THUNDERBIRD_PINS_FILE, &self->before, error))
    return NULL;

  self->remembered = g_strdup (remembered);
  self->added = g_ptr_array_new_with_free_func (g_free);
  self->removed = g_ptr_array_new_with_free_func (g_free);
  return g_steal_pointer (&self);
}

void
mw_thunderbird_pins_free (MwThunderbirdPins *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->remembered);
  g_clear_pointer (&self->before, g_bytes_unref);
  g_clear_pointer (&self->after, g_bytes_unref);
  g_clear_pointer (&self->added, g_ptr_array_unref);
  g_clear_pointer (&self->removed, g_ptr_array_unref);
  g_free (self);
}

static gboolean
has_pin (MwService *service)
{
  return service != NULL && service->pin != NULL &&
         mw_endpoint_get_security (service->endpoint) != MW_SECURITY_NONE;
}

/* Whether the account has that server, and if @sha256 is given, this pin. */
static gboolean
is_wanted (MwProfile  *profile,
           const char *server,
           const char *sha256)
{
  for (int side = MW_SIDE_INCOMING; profile != NULL && side <= MW_SIDE_OUTGOING; side++)
    {
      MwService *service = mw_profile_get_service (profile, side);
      g_autofree char *own = service != NULL ? get_server (service) : NULL;

      if (own != NULL && strcmp (own, server) == 0 &&
          (sha256 == NULL ||
           (has_pin (service) && g_ascii_strcasecmp (service->pin, sha256) == 0)))
        return TRUE;
    }

  return FALSE;
}

static gboolean
kind_has_host (MwThunderbirdSettings *settings,
               const char            *prefix,
               const char            *host)
{
  g_autoptr(GPtrArray) names = mw_thunderbird_prefs_list (settings->prefs, prefix);

  for (guint i = 0; i < names->len; i++)
    {
      const char *value;

      if (!g_str_has_suffix (names->pdata[i], "hostname"))
        continue;
      value = mw_thunderbird_prefs_get_string (settings->prefs, names->pdata[i]);
      if (value != NULL && g_ascii_strcasecmp (value, host) == 0)
        return TRUE;
    }

  return FALSE;
}

/* The port is not looked at: a pin too many accepts the certificate that is
 * accepted there already, a pin too few makes Thunderbird ask. */
static gboolean
is_used (MwThunderbirdSettings *settings,
         const char            *server)
{
  g_autofree char *host = g_strndup (server, (gsize) (strrchr (server, ':') - server));

  if (*host == '[')
    {
      memmove (host, host + 1, strlen (host));
      host[strcspn (host, "]")] = '\0';
    }
  return kind_has_host (settings, "mail.server.", host) ||
         kind_has_host (settings, "mail.smtpserver.", host);
}

static gboolean
take_back (MwThunderbirdPins      *self,
           MwThunderbirdOverrides *overrides,
           MwThunderbirdSettings  *settings,
           MwProfile              *profile)
{
  g_auto(GStrv) words = g_strsplit (self->remembered != NULL ? self->remembered : "", " ", -1);
  gboolean changed = FALSE;

  for (guint i = 0; words[i] != NULL && words[i + 1] != NULL; i += 2)
    {
      if (strchr (words[i], ':') == NULL || is_wanted (profile, words[i], words[i + 1]))
        continue;
      /* Of this account, or of nobody any more. */
      if ((is_wanted (profile, words[i], NULL) || !is_used (settings, words[i])) &&
          mw_thunderbird_overrides_remove (overrides, words[i], words[i + 1]))
        {
          g_ptr_array_add (self->removed, g_strdup (words[i]));
          changed = TRUE;
        }
    }

  return changed;
}

/* Whether the account's pins are new in the file; says in @remembered which
 * are there because of us. */
static gboolean
put_pins (MwThunderbirdPins      *self,
          MwThunderbirdOverrides *overrides,
          MwProfile              *profile,
          GString                *remembered)
{
  gboolean changed = FALSE;

  for (int side = MW_SIDE_INCOMING; side <= MW_SIDE_OUTGOING; side++)
    {
      MwService *service = mw_profile_get_service (profile, side);
      g_autofree char *server = NULL;
      g_autofree char *both = NULL;

      if (!has_pin (service))
        continue;

      server = get_server (service);
      both = g_strdup_printf ("%s %s", server, service->pin);
      if (mw_thunderbird_overrides_put (overrides, server, service->pin))
        {
          g_ptr_array_add (self->added, g_strdup (server));
          changed = TRUE;
        }
      else if (self->remembered == NULL || strstr (self->remembered, both) == NULL)
        continue;
      g_string_append_printf (remembered, "%s%s", remembered->len > 0 ? " " : "", both);
    }

  return changed;
}

gboolean
mw_thunderbird_pins_apply (MwThunderbirdPins     *self,
                           MwThunderbirdSettings *settings,
                           MwProfile             *profile)
{
  g_autoptr(MwThunderbirdOverrides) overrides = NULL;
  g_autoptr(GString) remembered = g_string_new (NULL);
  const char *data = NULL;
  gboolean changed;
  gsize size = 0;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (settings != NULL, FALSE);

  if (self->before != NULL)
    data = g_bytes_get_data (self->before, &size);
  overrides = mw_thunderbird_overrides_parse (data, size);
  changed = take_back (self, overrides, settings, profile);
  if (profile != NULL)
    changed = put_pins (self, overrides, profile, remembered) || changed;

  g_free (self->remembered);
  self->remembered = remembered->len > 0 ? g_strdup (remembered->str) : NULL;
  g_clear_pointer (&self->after, g_bytes_unref);
  if (changed)
    {
      char *text = mw_thunderbird_overrides_to_data (overrides, &size);

      self->after = g_bytes_new_take (text, size);
    }
  return changed;
}
