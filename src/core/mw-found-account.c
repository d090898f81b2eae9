/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-found-account.h"

G_DEFINE_ENUM_TYPE (MwFoundPasswords, mw_found_passwords,
                    G_DEFINE_ENUM_VALUE (MW_FOUND_PASSWORDS_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (MW_FOUND_PASSWORDS_FOUND, "found"),
                    G_DEFINE_ENUM_VALUE (MW_FOUND_PASSWORDS_LOCKED, "locked"),
                    G_DEFINE_ENUM_VALUE (MW_FOUND_PASSWORDS_UNREADABLE, "unreadable"))

G_DEFINE_ENUM_TYPE (MwFoundObstacle, mw_found_obstacle,
                    G_DEFINE_ENUM_VALUE (MW_FOUND_OBSTACLE_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (MW_FOUND_OBSTACLE_KIND, "kind"),
                    G_DEFINE_ENUM_VALUE (MW_FOUND_OBSTACLE_NO_SERVER, "no-server"),
                    G_DEFINE_ENUM_VALUE (MW_FOUND_OBSTACLE_NO_ADDRESS, "no-address"),
                    G_DEFINE_ENUM_VALUE (MW_FOUND_OBSTACLE_ONLINE_ACCOUNT, "online-account"))

G_DEFINE_ENUM_TYPE (MwFoundNote, mw_found_note,
                    G_DEFINE_ENUM_VALUE (MW_FOUND_NOTE_DAMAGED, "damaged"),
                    G_DEFINE_ENUM_VALUE (MW_FOUND_NOTE_MORE_ADDRESSES, "more-addresses"),
                    G_DEFINE_ENUM_VALUE (MW_FOUND_NOTE_SIGNATURE_FILE, "signature-file"),
                    G_DEFINE_ENUM_VALUE (MW_FOUND_NOTE_SIGNATURE_FORMATTED, "signature-formatted"),
                    G_DEFINE_ENUM_VALUE (MW_FOUND_NOTE_REPLY_TO, "reply-to"),
                    G_DEFINE_ENUM_VALUE (MW_FOUND_NOTE_LOG_IN, "log-in"),
                    G_DEFINE_ENUM_VALUE (MW_FOUND_NOTE_CLEAR_TEXT, "clear-text"),
                    G_DEFINE_ENUM_VALUE (MW_FOUND_NOTE_NO_SENDING, "no-sending"),
                    G_DEFINE_ENUM_VALUE (MW_FOUND_NOTE_DEFAULT, "default"),
                    G_DEFINE_ENUM_VALUE (MW_FOUND_NOTE_OFF, "off"))

/* Handed through threads of the exporters. */
G_DEFINE_BOXED_TYPE (MwFoundAccount, mw_found_account, mw_found_account_ref,
                     mw_found_account_unref)

static void
mw_found_account_clear (gpointer data)
{
  MwFoundAccount *self = data;

  g_free (self->target_id);
  g_hash_table_unref (self->values);
  mw_profile_unref (self->profile);
  g_clear_pointer (&self->incoming, mw_secret_unref);
  g_clear_pointer (&self->outgoing, mw_secret_unref);
  g_free (self->kind);
  g_strfreev (self->hosts);
  g_free (self->saved_id);
}

MwFoundAccount *
mw_found_account_new (MwMailClient client)
{
  MwFoundAccount *self = g_atomic_rc_box_new0 (MwFoundAccount);

  self->client = client;
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->profile = mw_profile_new ();
  self->profile->grade = MW_GRADE_L;
  self->profile->origins = 1u << MW_ORIGIN_FILE;
  self->hosts = g_new0 (char *, 1);
  return self;
}

MwFoundAccount *
mw_found_account_ref (MwFoundAccount *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
mw_found_account_unref (MwFoundAccount *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, mw_found_account_clear);
}

void
mw_found_account_add_note (MwFoundAccount *self,
                           MwFoundNote     note)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (note < MW_N_FOUND_NOTES);

  self->notes |= 1u << note;
}

gboolean
mw_found_account_has_note (MwFoundAccount *self,
                           MwFoundNote     note)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return (self->notes & (1u << note)) != 0;
}

void
mw_found_account_set_obstacle (MwFoundAccount  *self,
                               MwFoundObstacle  obstacle,
                               const char      *kind)
{
  g_return_if_fail (self != NULL);

  self->obstacle = obstacle;
  g_free (self->kind);
  self->kind = g_strdup (kind);
  g_clear_pointer (&self->profile->incoming, mw_service_free);
  g_clear_pointer (&self->profile->outgoing, mw_service_free);
}

void
mw_found_account_take_passwords (MwFoundAccount *self,
                                 MwSecret       *incoming,
                                 MwSecret       *outgoing)
{
  MwService *sending;

  g_return_if_fail (self != NULL);

  sending = self->profile->outgoing;
  g_clear_pointer (&self->incoming, mw_secret_unref);
  g_clear_pointer (&self->outgoing, mw_secret_unref);
  self->incoming = incoming;
  self->outgoing = outgoing;
  if (incoming != NULL || outgoing != NULL)
    self->passwords = MW_FOUND_PASSWORDS_FOUND;

  if (incoming != NULL && outgoing != NULL)
    self->profile->own_credentials = !mw_secret_equal (incoming, outgoing);
  else if (outgoing != NULL)
    self->profile->own_credentials = TRUE;
  else if (incoming != NULL && sending != NULL && sending->user_name != NULL)
    self->profile->own_credentials =
      g_strcmp0 (sending->user_name, self->profile->incoming->user_name) != 0;
}
