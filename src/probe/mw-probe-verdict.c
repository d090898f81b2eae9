/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "probe/mw-probe-private.h"

#include <string.h>

/* No honest answer to a log-in is as long. */
#define LONG_TEXT 4000

/* Verdicts that were handed out stay as they are. */
MwVerdict *
mw_probe_edit_verdict (MwProbe *self)
{
  MwVerdict *copy = mw_verdict_copy (self->verdict);

  mw_verdict_unref (self->verdict);
  self->verdict = copy;
  return copy;
}

/* Writes down how long the stage took up to now. With STARTTLS some stages
 * come twice. */
MwVerdict *
mw_probe_clock_stage (MwProbe *self)
{
  gint64 now = g_get_monotonic_time ();
  MwVerdict *verdict = mw_probe_edit_verdict (self);

  if (verdict->elapsed_us[self->stage] < 0)
    verdict->elapsed_us[self->stage] = 0;
  verdict->elapsed_us[self->stage] += now - self->stage_started_us;
  self->stage_started_us = now;
  return verdict;
}

void
mw_probe_set_stage (MwProbe *self,
                    MwStage  stage)
{
  if (stage == self->stage)
    return;

  mw_probe_clock_stage (self)->stage = stage;
  self->stage = stage;
}

/* Names of extensions are a server's own words, too. */
static char **
redact_list (MwProbe            *self,
             const char * const *words)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  if (words == NULL)
    return NULL;

  for (gsize i = 0; words[i] != NULL; i++)
    {
      g_autofree char *word = mw_redactor_redact (self->redactor, words[i], strlen (words[i]),
                                                  MW_REDACTOR_HIDE_NOTHING);

      g_strv_builder_add (builder,
                          mw_transcript_may_show_word (self->transcript, words[i]) ? word : "••••");
    }

  return g_strv_builder_end (builder);
}

static gboolean
is_harmless (MwProbe    *self,
             const char *name)
{
  gsize start = 0;
  gsize end;

  return !mw_redactor_find_secret (self->redactor, name, strlen (name), &start, &end);
}

/* A folder that is named after a secret is kept out of everything, as its
 * redacted name would be that of no folder. */
static MwMailFolders *
read_folders (MwProbe *self)
{
  g_autoptr(MwMailFolders) folders = mw_dialogue_make_folders (self->dialogue);
  const char *names[MW_N_FOLDER_USES];
  const char *prefix;

  if (folders == NULL)
    return NULL;

  for (guint i = 0; i < MW_N_FOLDER_USES; i++)
    {
      const char *name = mw_mail_folders_get_name (folders, i);

      names[i] = name != NULL && is_harmless (self, name) ? name : NULL;
    }
  prefix = mw_mail_folders_get_prefix (folders);

  return mw_mail_folders_new (names, mw_mail_folders_get_delimiter (folders),
                              is_harmless (self, prefix) ? prefix : "");
}

/* Takes over what the dialogue has learnt. */
void
mw_probe_read_dialogue (MwProbe *self)
{
  MwVerdict *verdict;
  const char *text;

  if (self->dialogue == NULL)
    return;

  verdict = mw_probe_edit_verdict (self);
  verdict->auth = mw_dialogue_get_auth (self->dialogue);

  g_strfreev (verdict->auth_offered);
  verdict->auth_offered = redact_list (self, mw_dialogue_get_auth_offered (self->dialogue));
  g_strfreev (verdict->capabilities);
  verdict->capabilities = redact_list (self, mw_dialogue_get_capabilities (self->dialogue));

  verdict->notes = mw_dialogue_get_notes (self->dialogue);
  g_clear_pointer (&verdict->folders, mw_mail_folders_unref);
  verdict->folders = read_folders (self);

  text = mw_dialogue_get_server_text (self->dialogue);
  g_free (verdict->server_text);
  verdict->server_text = text != NULL
                         ? mw_redactor_redact (self->redactor, text, strlen (text),
                                               MW_REDACTOR_HIDE_NOTHING)
                         : NULL;

  /* The dialogue keeps only the beginning of a long text: what was cut off in
   * the middle of a secret is not recognised. */
  if (text != NULL && strlen (text) >= LONG_TEXT &&
      mw_transcript_holds_secret (self->transcript))
    {
      g_free (verdict->server_text);
      verdict->server_text = g_strdup ("••••");
    }
}
