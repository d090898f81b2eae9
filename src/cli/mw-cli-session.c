/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "cli/mw-cli-session.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <unistd.h>

#include "cli/mw-cli-terminal.h"
#include "core/mw-error.h"
#include "setup/mw-advice.h"

static gboolean
add_ca_file_cb (const char *name,
                const char *value,
                gpointer    data,
                GError    **error)
{
  MwCliSession *self = data;

  g_ptr_array_add (self->ca_files, g_strdup (value));
  return TRUE;
}

static gboolean
interrupt_cb (gpointer user_data)
{
  MwCliSession *self = user_data;

  /* Whoever asks twice does not want to wait for anything. */
  if (self->interrupted)
    _exit (MW_CLI_EXIT_INTERRUPTED);

  self->interrupted = TRUE;
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_CONTINUE;
}

MwCliSession *
mw_cli_session_new (void)
{
  MwCliSession *self = g_new0 (MwCliSession, 1);

  self->ca_files = g_ptr_array_new_with_free_func (g_free);
  self->cancellable = g_cancellable_new ();
  self->loop = g_main_loop_new (NULL, FALSE);
  self->signal_ids[0] = g_unix_signal_add (SIGINT, interrupt_cb, self);
  self->signal_ids[1] = g_unix_signal_add (SIGTERM, interrupt_cb, self);
  return self;
}

void
mw_cli_session_free (MwCliSession *self)
{
  g_free (self->data_dir);
  g_ptr_array_unref (self->ca_files);
  g_clear_object (&self->engine);
  g_object_unref (self->cancellable);
  g_main_loop_unref (self->loop);
  g_clear_object (&self->result);
  g_source_remove (self->signal_ids[0]);
  g_source_remove (self->signal_ids[1]);
  g_free (self);
}

void
mw_cli_session_set_options (MwCliSession       *self,
                            GOptionContext     *context,
                            const GOptionEntry *entries)
{
  const GOptionEntry general_entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json,
      N_("Print one JSON object"), NULL },
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &self->verbose,
      N_("Show the dialogue with the servers, without passwords"), NULL },
    { "timeout", 0, 0, G_OPTION_ARG_INT, &self->timeout,
      N_("Give up after this many seconds"), N_("SECONDS") },
    { "ca-file", 0, G_OPTION_FLAG_FILENAME, G_OPTION_ARG_CALLBACK, add_ca_file_cb,
      N_("Trust the certificates in this PEM file, too"), N_("FILE") },
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, &self->data_dir,
      N_("Keep the accounts in this folder"), N_("FOLDER") },
    { NULL }
  };
  GOptionGroup *group;

  group = g_option_group_new (NULL, NULL, NULL, self, NULL);
  if (entries != NULL)
    g_option_group_add_entries (group, entries);
  g_option_group_add_entries (group, general_entries);
  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);
  g_option_context_set_main_group (context, group);
}

gboolean
mw_cli_session_parse (MwCliSession   *self,
                      const char     *parameters,
                      const char     *summary,
                      GOptionEntry   *entries,
                      int             min_arguments,
                      int             max_arguments,
                      int            *argc,
                      char         ***argv)
{
  g_autoptr(GOptionContext) context = g_option_context_new (parameters);
  g_autoptr(GError) error = NULL;
  g_autofree char *program = g_strdup_printf ("mailwright-cli %s", (*argv)[0]);

  g_set_prgname (program);
  g_option_context_set_summary (context, summary);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  mw_cli_session_set_options (self, context, entries);

  if (!g_option_context_parse (context, argc, argv, &error))
    mw_cli_terminal_complain ("%s", error->message);
  else if (*argc - 1 < min_arguments)
    /* Translators: %s is the usage line of the command, such as “ID --to TARGET”. */
    mw_cli_terminal_complain (_("Something is missing: %s"), parameters);
  else if (*argc - 1 > max_arguments)
    /* Translators: %s is a word of the command line. */
    mw_cli_terminal_complain (_("“%s” is one argument too many"), (*argv)[max_arguments + 1]);
  else if (self->timeout < 0)
    mw_cli_terminal_complain (_("The time to wait cannot be negative"));
  else
    return TRUE;

  /* Translators: %s is a command line that can be typed as it is. */
  mw_cli_terminal_complain (_("Try “%s --help”"), program);
  return FALSE;
}

gboolean
mw_cli_session_open (MwCliSession *self)
{
  self->engine = mw_engine_new (self->data_dir);

  for (guint i = 0; i < self->ca_files->len; i++)
    {
      const char *path = g_ptr_array_index (self->ca_files, i);
      g_autoptr(GError) error = NULL;

      if (!mw_engine_add_ca_file (self->engine, path, &error))
        {
          g_autofree char *name = g_filename_display_name (path);

          /* Translators: %s is a file name; what is wrong with it follows. */
          mw_cli_terminal_complain (_("Cannot use the certificates in %s: %s"),
                                    name,
                                    error != NULL ? error->message : _("there are none"));
          return FALSE;
        }
    }

  return TRUE;
}

gboolean
mw_cli_session_load_profiles (MwCliSession  *self,
                              GError       **error)
{
  MwProfileStore *store = mw_engine_get_profile_store (self->engine);
  g_autoptr(GAsyncResult) result = NULL;
  GPtrArray *damaged;

  mw_profile_store_load_async (store, self->cancellable, mw_cli_session_ready_cb, self);
  result = mw_cli_session_wait (self);
  if (!mw_profile_store_load_finish (store, result, error))
    return FALSE;

  damaged = mw_profile_store_get_damaged (store);
  for (guint i = 0; i < damaged->len; i++)
    {
      g_autofree char *name = g_filename_display_name (g_ptr_array_index (damaged, i));

      /* Translators: %s is a file name. */
      mw_cli_terminal_complain (_("An account file was damaged and is kept aside as %s"), name);
    }

  return TRUE;
}

MwProfile *
mw_cli_session_find_profile (MwCliSession  *self,
                             const char    *key,
                             GError       **error)
{
  if (!mw_cli_session_load_profiles (self, error))
    return NULL;

  return mw_profile_store_find (mw_engine_get_profile_store (self->engine), key, error);
}

void
mw_cli_session_ready_cb (GObject      *object,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  MwCliSession *self = user_data;

  g_set_object (&self->result, result);
  g_main_loop_quit (self->loop);
}

GAsyncResult *
mw_cli_session_wait (MwCliSession *self)
{
  if (self->result == NULL)
    g_main_loop_run (self->loop);

  return g_steal_pointer (&self->result);
}

gboolean
mw_cli_session_is_text (const char  *text,
                        GError     **error)
{
  if (text == NULL || g_utf8_validate (text, -1, NULL))
    return TRUE;

  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       _("The command line is not valid UTF-8 text"));
  return FALSE;
}

MwCliExit
mw_cli_session_fail (MwCliSession *self,
                     const GError *error)
{
  g_autoptr(MwAdvice) advice = NULL;

  if (self->interrupted)
    return MW_CLI_EXIT_INTERRUPTED;

  if (error->domain == G_OPTION_ERROR)
    {
      mw_cli_terminal_complain ("%s", error->message);
      return MW_CLI_EXIT_USAGE;
    }

  advice = mw_advice_for_error (error);
  mw_cli_terminal_complain ("%s", advice->title);
  if (advice->text != NULL && *advice->text != '\0')
    mw_cli_terminal_complain ("%s", advice->text);
  if (self->verbose)
    mw_cli_terminal_complain ("%s", error->message);

  if (error->domain == MW_ADDRESS_ERROR)
    return MW_CLI_EXIT_USAGE;
  if (g_error_matches (error, MW_STORE_ERROR, MW_STORE_ERROR_NO_SERVICE) ||
      g_error_matches (error, MW_STORE_ERROR, MW_STORE_ERROR_LOCKED) ||
      g_error_matches (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_NO_TARGET) ||
      g_error_matches (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_RUNNING))
    return MW_CLI_EXIT_SYSTEM;
  return MW_CLI_EXIT_NO;
}
