/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-evolution-transfer.h"

#include "export/mw-evolution-change.h"
#include "export/mw-evolution-facts.h"
#include "export/mw-export-facts.h"

static const char *
kind_word (MwEvolutionKind kind)
{
  static const char * const words[] = { "account", "transport", "identity", "signature" };

  return words[kind];
}

/* The password itself is nobody's business. */
static void
say_password (MwEvolutionTransfer *self,
              MwEvolutionPassword *password,
              gboolean             will_be)
{
  gboolean incoming = password == &self->passwords[0];

  g_ptr_array_add (self->report->changes,
                   mw_export_change_new (incoming ? MW_EXPORT_ITEM_INCOMING_PASSWORD
                                                  : MW_EXPORT_ITEM_OUTGOING_PASSWORD,
                                         password->former != NULL ? "" : NULL,
                                         will_be ? "" : NULL));
}

/* Evolution would forget it only an hour after its source is gone. */
static void
forget_password (MwEvolutionTransfer *self,
                 MwEvolutionPassword *password,
                 GPtrArray           *changes)
{
  if (password->former == NULL)
    return;

  g_ptr_array_add (changes, mw_evolution_change_new_secret (password->uid, password->label,
                                                            NULL, password->former));
  g_ptr_array_add (self->report->updated, g_strdup_printf ("password %s", password->uid));
  say_password (self, password, FALSE);
}

static void
add_passwords (MwEvolutionTransfer *self,
               GPtrArray           *changes)
{
  self->report->password = MW_EXPORT_PASSWORD_STORED;

  for (gsize i = 0; i < G_N_ELEMENTS (self->passwords); i++)
    {
      MwEvolutionPassword *password = &self->passwords[i];

      if (password->uid == NULL)
        continue;

      if (password->unwanted)
        {
          self->report->password = MW_EXPORT_PASSWORD_NOT_STORED;
          forget_password (self, password, changes);
          continue;
        }

      if (self->no_keyring || (password->secret == NULL && password->former == NULL))
        {
          self->report->password = MW_EXPORT_PASSWORD_NOT_STORED;
          continue;
        }

      if (password->secret == NULL ||
          (password->former != NULL && mw_secret_equal (password->secret, password->former)))
        continue;

      g_ptr_array_add (changes, mw_evolution_change_new_secret (password->uid, password->label,
                                                                password->secret,
                                                                password->former));
      say_password (self, password, TRUE);
      g_ptr_array_add (password->former != NULL ? self->report->updated
                                                : self->report->created,
                       g_strdup_printf ("password %s", password->uid));
    }
}

static void
add_edits (MwEvolutionTransfer *self,
           GPtrArray           *changes)
{
  g_autoptr(GVariantBuilder) builder = g_variant_builder_new (G_VARIANT_TYPE ("a{ss}"));
  GPtrArray *edits = self->plan->edits;
  gboolean any_new = FALSE;

  for (guint i = 0; i < edits->len; i++)
    {
      MwEvolutionEdit *edit = edits->pdata[i];

      g_ptr_array_add (edit->path == NULL ? self->report->created : self->report->updated,
                       g_strdup_printf ("%s %s", kind_word (edit->kind), edit->uid));
      if (self->files != NULL)
        {
          mw_evolution_files_add (self->files, edit->uid, edit->data, edit->former);
        }
      else if (edit->path == NULL)
        {
          g_variant_builder_add (builder, "{ss}", edit->uid, edit->data);
          any_new = TRUE;
        }
    }

  if (any_new)
    g_ptr_array_add (changes, mw_evolution_change_new_create (g_variant_builder_end (builder)));

  for (guint i = 0; self->files == NULL && i < edits->len; i++)
    {
      MwEvolutionEdit *edit = edits->pdata[i];

      if (edit->path != NULL)
        g_ptr_array_add (changes, mw_evolution_change_new_write (edit->path, edit->data,
                                                                 edit->former));
    }
}

static void
add_removals (MwEvolutionTransfer *self,
              GPtrArray           *changes)
{
  GPtrArray *removals = self->plan->removals;

  for (guint i = 0; i < removals->len; i++)
    {
      MwEvolutionEdit *edit = removals->pdata[i];

      if (self->files != NULL)
        mw_evolution_files_add (self->files, edit->uid, NULL, edit->former);
      else
        g_ptr_array_add (changes, mw_evolution_change_new_remove (edit->uid, edit->path));
      g_ptr_array_add (self->report->updated,
                       g_strdup_printf ("%s %s", kind_word (edit->kind), edit->uid));
    }

}

static void
add_files (MwEvolutionTransfer *self,
           GPtrArray           *changes)
{
  if (self->files == NULL ||
      (self->plan->edits->len == 0 && self->plan->removals->len == 0))
    return;

  g_ptr_array_add (changes, mw_evolution_change_new_files (self->files));
  g_ptr_array_extend (self->report->backups, mw_evolution_files_get_backups (self->files),
                      (GCopyFunc) g_strdup, NULL);
}

static void
say_signature (MwEvolutionTransfer *self)
{
  g_autofree char *former = g_strdup (self->former_signature);
  g_autofree char *latter = g_strdup (self->signature);

  if (self->removing)
    return;
  if (former != NULL)
    g_strchomp (former);
  if (latter != NULL)
    g_strchomp (latter);
  g_ptr_array_add (self->report->changes,
                   mw_export_change_new (MW_EXPORT_ITEM_SIGNATURE, former, latter));
}

static void
add_signature (MwEvolutionTransfer *self,
               GPtrArray           *changes)
{
  if (self->signature_uid == NULL ||
      g_strcmp0 (self->signature, self->former_signature) == 0)
    return;

  g_ptr_array_add (changes, mw_evolution_change_new_signature (self->place->config_folder,
                                                               self->signature_uid,
                                                               self->signature,
                                                               self->former_signature));
  say_signature (self);
  g_ptr_array_add (self->former_signature == NULL ? self->report->created
                                                  : self->report->updated,
                   g_strdup_printf ("text of signature %s", self->signature_uid));
}

static void
add_pins (MwEvolutionTransfer *self,
          GPtrArray           *changes)
{
  GPtrArray *added, *removed;

  if (self->pins == NULL)
    return;

  added = mw_evolution_pins_get_added (self->pins);
  removed = mw_evolution_pins_get_removed (self->pins);
  for (guint i = 0; i < added->len; i++)
    {
      g_ptr_array_add (self->report->created,
                       g_strdup_printf ("certificate %s", (char *) added->pdata[i]));
      g_ptr_array_add (self->report->changes,
                       mw_export_change_new (MW_EXPORT_ITEM_CERTIFICATE, NULL,
                                             added->pdata[i]));
    }
  for (guint i = 0; i < removed->len; i++)
    {
      g_ptr_array_add (self->report->updated,
                       g_strdup_printf ("certificate %s", (char *) removed->pdata[i]));
      g_ptr_array_add (self->report->changes,
                       mw_export_change_new (MW_EXPORT_ITEM_CERTIFICATE, removed->pdata[i],
                                             NULL));
    }
  if (added->len + removed->len > 0)
    g_ptr_array_add (changes, mw_evolution_change_new_pins (self->pins));
  self->report->notes |= mw_evolution_pins_get_notes (self->pins);
}

static gboolean
signs_in (MwService *service)
{
  return service != NULL && service->auth == MW_AUTH_OAUTH2;
}

/* Evolution knows no SCRAM. */
static gboolean
needs_other_method (MwService *service)
{
  return service != NULL && (service->auth == MW_AUTH_SCRAM_SHA_1 ||
                             service->auth == MW_AUTH_SCRAM_SHA_256);
}

static gboolean
makes_account (MwEvolutionPlan *plan)
{
  for (guint i = 0; i < plan->edits->len; i++)
    {
      MwEvolutionEdit *edit = plan->edits->pdata[i];

      if (edit->kind == MW_EVOLUTION_ACCOUNT && edit->path == NULL)
        return TRUE;
    }

  return FALSE;
}

/* Who runs outside cannot be seen from inside of our own Flatpak. */
static gboolean
may_be_running (MwEvolutionTransfer *self)
{
  return self->target->running || self->target->from_sandbox;
}

static void
add_notes (MwEvolutionTransfer *self)
{
  MwProfile *profile = self->profile;
  guint notes = 0;

  if (self->removing)
    {
      /* It stays open, and Evolution waits for it before it goes on. */
      if (may_be_running (self) && self->plan->removals->len > 0)
        notes |= 1u << MW_EXPORT_NOTE_OPEN_QUESTION;
    }
  else
    {
      if (signs_in (profile->incoming) || signs_in (profile->outgoing))
        notes |= 1u << MW_EXPORT_NOTE_BROWSER_SIGN_IN;
      if (self->passwords[1].uid != NULL && !self->passwords[1].unwanted &&
          self->report->password == MW_EXPORT_PASSWORD_NOT_STORED)
        notes |= 1u << MW_EXPORT_NOTE_ASKS_TWICE;
      if (needs_other_method (profile->incoming) || needs_other_method (profile->outgoing))
        notes |= 1u << MW_EXPORT_NOTE_OTHER_METHOD;
      if (mw_endpoint_get_protocol (profile->incoming->endpoint) == MW_PROTOCOL_POP3)
        {
          notes |= 1u << MW_EXPORT_NOTE_LOCAL_MAIL;
          if (may_be_running (self) && makes_account (self->plan))
            notes |= 1u << MW_EXPORT_NOTE_FETCHES_LATER;
        }
    }

  self->report->notes |= notes;
}

static void
remember_value (MwEvolutionTransfer *self,
                const char          *key,
                const char          *value)
{
  if (value != NULL && *value != '\0')
    g_hash_table_insert (self->report->values, g_strdup (key), g_strdup (value));
}

static void
fill_values (MwEvolutionTransfer *self)
{
  MwEvolutionUids *uids = &self->plan->uids;
  const char *time = mw_profile_get_export_value (self->profile, self->target->id, "Time");
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *text = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");

  if (self->removing)
    return;

  /* What is remembered stays remembered until something else is. */
  if (uids->by_hand ||
      mw_profile_get_export_value (self->profile, self->target->id, "TakenOver") != NULL)
    remember_value (self, "TakenOver", uids->by_hand ? "true" : "false");
  remember_value (self, "AccountUid", uids->account);
  remember_value (self, "TransportUid", uids->transport);
  remember_value (self, "IdentityUid", uids->identity);
  remember_value (self, "SignatureUid", uids->signature);
  for (guint i = 0; i < MW_N_FOLDER_USES; i++)
    {
      g_autofree char *path = mw_evolution_source_make_path (self->profile, i);

      remember_value (self, mw_evolution_source_get_folder_key (i),
                      path != NULL ? path : uids->folders[i]);
    }
  if (self->pins != NULL)
    remember_value (self, "Pins", mw_evolution_pins_get_remembered (self->pins));
  remember_value (self, "Time",
                  self->report->outcome == MW_EXPORT_OUTCOME_UNCHANGED && time != NULL
                    ? time : text);
}

MwEvolutionTransfer *
mw_evolution_transfer_new (MwExportTarget        *target,
                           MwProfile             *profile,
                           const MwExportOptions *options)
{
  MwEvolutionTransfer *self = g_new0 (MwEvolutionTransfer, 1);

  self->target = mw_export_target_ref (target);
  self->profile = mw_profile_ref (profile);
  self->options = mw_export_options_copy (options);
  self->report = mw_export_report_new (target);
  self->place = mw_evolution_place_new (target->packaging);
  self->no_keyring = !self->place->has_keyring;
  return self;
}

void
mw_evolution_transfer_free (MwEvolutionTransfer *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->options, mw_export_options_free);
  for (gsize i = 0; i < G_N_ELEMENTS (self->passwords); i++)
    {
      g_free (self->passwords[i].label);
      g_clear_pointer (&self->passwords[i].secret, mw_secret_unref);
      g_clear_pointer (&self->passwords[i].former, mw_secret_unref);
    }

  g_clear_pointer (&self->target, mw_export_target_unref);
  g_clear_pointer (&self->profile, mw_profile_unref);
  g_clear_object (&self->bus);
  g_clear_pointer (&self->place, mw_evolution_place_free);
  g_clear_pointer (&self->files, mw_evolution_files_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->plan, mw_evolution_plan_free);
  g_free (self->signature_uid);
  g_free (self->signature);
  g_free (self->former_signature);
  g_clear_pointer (&self->pins, mw_evolution_pins_unref);
  g_clear_pointer (&self->report, mw_export_report_unref);
  g_free (self);
}

GPtrArray *
mw_evolution_transfer_make_changes (MwEvolutionTransfer *self)
{
  GPtrArray *changes;

  g_return_val_if_fail (self != NULL, NULL);

  changes = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_evolution_change_free);
  if (!self->removing)
    add_passwords (self, changes);
  add_signature (self, changes);
  add_pins (self, changes);
  add_edits (self, changes);
  add_removals (self, changes);
  add_files (self, changes);
  for (gsize i = 0; self->removing && i < G_N_ELEMENTS (self->passwords); i++)
    forget_password (self, &self->passwords[i], changes);
  add_notes (self);
  mw_evolution_facts_add_changes (self->entries, self->plan, self->profile->address,
                                  self->report->changes);
  self->report->takes_over = self->plan->takes_over;
  self->report->needs_restart = self->plan->server_differs && may_be_running (self);
  return changes;
}

MwExportReport *
mw_evolution_transfer_take_report (MwEvolutionTransfer *self)
{
  MwExportReport *report;

  g_return_val_if_fail (self != NULL, NULL);

  report = self->report;
  mw_export_facts_sort (report->changes);
  if (self->removing && self->plan->uids.by_hand)
    {
      report->takes_over = TRUE;
      report->notes |= 1u << MW_EXPORT_NOTE_STAYS;
    }
  if (report->created->len == 0 && report->updated->len == 0)
    report->outcome = MW_EXPORT_OUTCOME_UNCHANGED;
  else
    report->outcome = MW_EXPORT_OUTCOME_DONE;

  fill_values (self);
  return g_steal_pointer (&self->report);
}
