/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-setup-link.h"

#include <string.h>

#include "setup/mw-setup-link-reader.h"

static void
mw_setup_link_clear (gpointer data)
{
  MwSetupLink *self = data;

  g_free (self->local_part);
  g_free (self->domain);
  g_ptr_array_unref (self->incoming);
  g_ptr_array_unref (self->outgoing);
  g_free (self->incoming_user);
  g_free (self->outgoing_user);
  g_free (self->sender_name);
  g_free (self->account_name);
  g_free (self->provider_name);
  g_free (self->help_uri);
  g_free (self->client);
  g_ptr_array_unref (self->ignored);
}

gboolean
mw_setup_link_has_scheme (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  return g_ascii_strncasecmp (text, MW_SETUP_LINK_SCHEME, strlen (MW_SETUP_LINK_SCHEME)) == 0;
}

MwSetupLink *
mw_setup_link_new (void)
{
  MwSetupLink *self = g_rc_box_new0 (MwSetupLink);

  self->incoming = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_endpoint_unref);
  self->outgoing = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_endpoint_unref);
  self->ignored = g_ptr_array_new_with_free_func (g_free);
  return self;
}

MwSetupLink *
mw_setup_link_parse (const char  *text,
                     gsize        length,
                     GError     **error)
{
  g_autoptr(MwSetupLink) self = mw_setup_link_new ();

  g_return_val_if_fail (text != NULL, NULL);

  return mw_setup_link_read (self, text, length, error) ? g_steal_pointer (&self) : NULL;
}

MwSetupLink *
mw_setup_link_ref (MwSetupLink *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_rc_box_acquire (self);
}

void
mw_setup_link_unref (MwSetupLink *self)
{
  g_return_if_fail (self != NULL);

  g_rc_box_release_full (self, mw_setup_link_clear);
}

char *
mw_setup_link_get_address (MwSetupLink *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->local_part != NULL ? g_strconcat (self->local_part, "@", self->domain, NULL)
                                  : NULL;
}

static gboolean
servers_are_equal (GPtrArray *a,
                   GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;

  for (guint i = 0; i < a->len; i++)
    {
      if (!mw_endpoint_equal (a->pdata[i], b->pdata[i]))
        return FALSE;
    }

  return TRUE;
}

gboolean
mw_setup_link_equal (MwSetupLink *a,
                     MwSetupLink *b)
{
  g_return_val_if_fail (a != NULL, FALSE);
  g_return_val_if_fail (b != NULL, FALSE);

  return g_strcmp0 (a->local_part, b->local_part) == 0 &&
         g_strcmp0 (a->domain, b->domain) == 0 &&
         servers_are_equal (a->incoming, b->incoming) &&
         servers_are_equal (a->outgoing, b->outgoing) &&
         !a->user_is_local_part == !b->user_is_local_part &&
         g_strcmp0 (a->incoming_user, b->incoming_user) == 0 &&
         g_strcmp0 (a->outgoing_user, b->outgoing_user) == 0 &&
         a->auth == b->auth &&
         !a->outgoing_without_login == !b->outgoing_without_login &&
         g_strcmp0 (a->sender_name, b->sender_name) == 0 &&
         g_strcmp0 (a->account_name, b->account_name) == 0 &&
         g_strcmp0 (a->provider_name, b->provider_name) == 0 &&
         g_strcmp0 (a->help_uri, b->help_uri) == 0 &&
         g_strcmp0 (a->client, b->client) == 0;
}

static void
add (GString    *link,
     const char *key,
     const char *value)
{
  if (value == NULL)
    return;

  g_string_append_c (link, strchr (link->str, '?') == NULL ? '?' : '&');
  g_string_append_printf (link, "%s=", key);
  /* Programs that look for links in text stop at some of the other letters
   * that may stand here as they are. */
  g_string_append_uri_escaped (link, value, ":/@+,", FALSE);
}

static void
add_servers (GString    *link,
             const char *key,
             GPtrArray  *servers)
{
  for (guint i = 0; i < servers->len; i++)
    {
      MwEndpoint *endpoint = servers->pdata[i];
      g_autofree char *full = mw_endpoint_to_string (endpoint);
      guint16 usual = mw_endpoint_default_port (mw_endpoint_get_protocol (endpoint),
                                                mw_endpoint_get_security (endpoint));

      if (mw_endpoint_get_port (endpoint) == usual)
        *strrchr (full, ':') = '\0';
      add (link, key, full);
    }
}

static void
add_users (GString     *link,
           MwSetupLink *self)
{
  add (link, "unf", self->user_is_local_part ? "local" : NULL);
  if (g_strcmp0 (self->incoming_user, self->outgoing_user) == 0)
    {
      add (link, "un", self->incoming_user);
      return;
    }

  add (link, "iun", self->incoming_user);
  add (link, "oun", self->outgoing_user);
}

char *
mw_setup_link_to_string (MwSetupLink *self)
{
  static const char * const auth_words[] = {
    [MW_LINK_AUTH_UNSET] = NULL,
    [MW_LINK_AUTH_PASSWORD] = "password",
    [MW_LINK_AUTH_APP_PASSWORD] = "app-password",
    [MW_LINK_AUTH_OAUTH2] = "oauth2",
  };
  g_autoptr(GString) link = g_string_new (MW_SETUP_LINK_SCHEME);
  g_autoptr(MwSetupLink) back = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->local_part != NULL)
    g_string_append_uri_escaped (link, self->local_part, "+=", FALSE);
  if (self->domain != NULL)
    g_string_append_printf (link, "@%s", self->domain);
  add_servers (link, "in", self->incoming);
  add_servers (link, "out", self->outgoing);
  add_users (link, self);
  add (link, "auth", auth_words[self->auth]);
  add (link, "out-auth", self->outgoing_without_login ? "none" : NULL);
  add (link, "name", self->sender_name);
  add (link, "acct", self->account_name);
  add (link, "prov", self->provider_name);
  add (link, "help", self->help_uri);
  add (link, "client", self->client);

  back = mw_setup_link_parse (link->str, link->len, NULL);
  if (back == NULL || !mw_setup_link_equal (self, back))
    return NULL;

  return g_string_free (g_steal_pointer (&link), FALSE);
}
