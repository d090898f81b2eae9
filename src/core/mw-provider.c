/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-provider.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (MwProvider, mw_provider, mw_provider_ref, mw_provider_unref)

static void
mw_provider_clear (gpointer data)
{
  MwProvider *self = data;

  g_free (self->id);
  g_free (self->name);
  g_free (self->initials);
  g_strfreev (self->countries);
  g_ptr_array_unref (self->hints);
  g_ptr_array_unref (self->servers);
  for (gsize i = 0; i < G_N_ELEMENTS (self->user_names); i++)
    g_strfreev (self->user_names[i]);
  g_free (self->help_uri);
  g_strfreev (self->sources);
}

MwProvider *
mw_provider_new (const char *id)
{
  MwProvider *self;

  self = g_atomic_rc_box_new0 (MwProvider);
  self->id = g_strdup (id);
  self->grade = 'E';
  self->leave_on_server = -1;
  self->hints = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_hint_free);
  self->servers = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_provider_server_free);
  return self;
}

MwProvider *
mw_provider_ref (MwProvider *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
mw_provider_unref (MwProvider *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, mw_provider_clear);
}

gboolean
mw_provider_is_listed (MwProvider *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->id != NULL;
}

gboolean
mw_provider_is_confirmed (MwProvider *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->built_in && (self->grade == 'A' || self->grade == 'B');
}

const MwHint *
mw_provider_get_hint (MwProvider *self,
                      MwHintKind  kind)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->hints->len; i++)
    {
      MwHint *hint = g_ptr_array_index (self->hints, i);

      if (hint->kind == kind)
        return hint;
    }

  return NULL;
}

gboolean
mw_provider_takes_password (MwProvider *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return (self->auth & ~MW_PROVIDER_AUTH_OAUTH2) != 0;
}

/* "full", "local", or a pattern such as "{local}@posteo.net". */
static char *
expand_form (const char *form,
             const char *local_part,
             const char *domain)
{
  const char *place;

  if (g_str_equal (form, "full"))
    return g_strconcat (local_part, "@", domain, NULL);
  if (g_str_equal (form, "local"))
    return g_strdup (local_part);

  place = strstr (form, "{local}");
  if (place == NULL)
    return NULL;

  return g_strdup_printf ("%.*s%s%s", (int) (place - form), form, local_part,
                          place + strlen ("{local}"));
}

char **
mw_provider_dup_user_names (MwProvider *self,
                            MwProtocol  protocol,
                            const char *local_part,
                            const char *domain)
{
  g_autoptr(GStrvBuilder) builder = NULL;
  char **forms;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (local_part != NULL, NULL);
  g_return_val_if_fail (domain != NULL, NULL);

  forms = self->user_names[protocol];
  if (forms == NULL || forms[0] == NULL)
    return NULL;

  builder = g_strv_builder_new ();
  for (gsize i = 0; forms[i] != NULL; i++)
    {
      g_autofree char *name = expand_form (forms[i], local_part, domain);

      if (name != NULL)
        g_strv_builder_add (builder, name);
    }

  return g_strv_builder_end (builder);
}

MwProviderServer *
mw_provider_server_new (MwProtocol  protocol,
                        MwSecurity  security,
                        const char *host,
                        guint16     port,
                        gboolean    confirmed)
{
  MwProviderServer *self = g_new0 (MwProviderServer, 1);

  self->protocol = protocol;
  self->security = security;
  self->host = g_strdup (host);
  self->port = port;
  self->confirmed = confirmed;
  return self;
}

void
mw_provider_server_free (MwProviderServer *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->host);
  g_free (self);
}
