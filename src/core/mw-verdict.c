/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-verdict.h"

G_DEFINE_BOXED_TYPE (MwVerdict, mw_verdict, mw_verdict_ref, mw_verdict_unref)

static void
mw_verdict_clear (gpointer data)
{
  MwVerdict *self = data;

  mw_candidate_unref (self->candidate);
  g_free (self->ip_address);
  g_free (self->user_name);
  g_free (self->detail);
  g_free (self->server_text);
  g_strfreev (self->auth_offered);
  g_strfreev (self->capabilities);
  g_clear_pointer (&self->folders, mw_mail_folders_unref);
  g_clear_pointer (&self->tls, mw_tls_facts_unref);
  g_clear_pointer (&self->transcript, mw_transcript_unref);
  g_clear_pointer (&self->families, mw_family_report_unref);
}

MwVerdict *
mw_verdict_new (MwCandidate *candidate)
{
  MwVerdict *self;

  g_return_val_if_fail (candidate != NULL, NULL);

  self = g_rc_box_new0 (MwVerdict);
  self->candidate = mw_candidate_ref (candidate);
  self->outcome = MW_OUTCOME_PENDING;
  for (guint i = 0; i < G_N_ELEMENTS (self->elapsed_us); i++)
    self->elapsed_us[i] = -1;
  return self;
}

MwVerdict *
mw_verdict_copy (MwVerdict *self)
{
  MwVerdict *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = mw_verdict_new (self->candidate);
  copy->ip_address = g_strdup (self->ip_address);
  copy->user_name = g_strdup (self->user_name);
  copy->stage = self->stage;
  copy->outcome = self->outcome;
  copy->detail = g_strdup (self->detail);
  copy->server_text = g_strdup (self->server_text);
  copy->auth = self->auth;
  copy->auth_offered = g_strdupv (self->auth_offered);
  copy->capabilities = g_strdupv (self->capabilities);
  copy->notes = self->notes;
  copy->folders = self->folders != NULL ? mw_mail_folders_ref (self->folders) : NULL;
  copy->tls = self->tls != NULL ? mw_tls_facts_ref (self->tls) : NULL;
  copy->transcript = self->transcript != NULL ? mw_transcript_ref (self->transcript) : NULL;
  copy->families = self->families != NULL ? mw_family_report_ref (self->families) : NULL;
  copy->presentations = self->presentations;
  copy->is_waiting = self->is_waiting;
  for (guint i = 0; i < G_N_ELEMENTS (self->elapsed_us); i++)
    copy->elapsed_us[i] = self->elapsed_us[i];
  return copy;
}

MwVerdict *
mw_verdict_ref (MwVerdict *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_rc_box_acquire (self);
}

void
mw_verdict_unref (MwVerdict *self)
{
  g_return_if_fail (self != NULL);

  g_rc_box_release_full (self, mw_verdict_clear);
}
