/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

#include "setup/mw-engine.h"

G_BEGIN_DECLS

/**
 * MwCliExit:
 * @MW_CLI_EXIT_YES: what was asked is true or done
 * @MW_CLI_EXIT_NO: it was tried and the answer is no
 * @MW_CLI_EXIT_USAGE: unknown option, malformed address, unreadable file
 * @MW_CLI_EXIT_SYSTEM: this system lacks something
 * @MW_CLI_EXIT_INTERRUPTED: interrupted by a signal
 *
 * The exit codes scripts depend on.
 */
typedef enum {
  MW_CLI_EXIT_YES = 0,
  MW_CLI_EXIT_NO = 1,
  MW_CLI_EXIT_USAGE = 2,
  MW_CLI_EXIT_SYSTEM = 3,
  MW_CLI_EXIT_INTERRUPTED = 130,
} MwCliExit;

/**
 * MwCliSession:
 *
 * One run of the program: the options every command has, the engine, and the
 * main loop that commands wait in. A signal cancels what is waited for.
 */
typedef struct {
  /* Options */
  gboolean      json;
  gboolean      verbose;
  int           timeout;        /* seconds, 0 = the usual deadlines */
  char         *data_dir;
  GPtrArray    *ca_files;       /* element filename */

  /* Owned */
  MwEngine     *engine;         /* NULL before mw_cli_session_open() */
  GCancellable *cancellable;
  GMainLoop    *loop;
  GAsyncResult *result;
  gboolean      interrupted;
  gboolean      asked_primary_password;
  guint         signal_ids[2];
} MwCliSession;

MwCliSession *mw_cli_session_new         (void);
void          mw_cli_session_free        (MwCliSession    *self);

/**
 * mw_cli_session_parse:
 * @self: the session
 * @parameters: (nullable): what stands behind the options, for the usage line
 * @summary: one sentence, untranslated
 * @entries: (nullable): options of the command
 * @min_arguments: how many arguments there have to be
 * @max_arguments: how many there may be
 * @argc: (inout): as main() got it, the command's name first
 * @argv: (inout): likewise; options are taken out
 *
 * Reads the options of a command. Complains when they are wrong.
 *
 * Returns: whether the command can go on; if not, end with %MW_CLI_EXIT_USAGE
 */
gboolean      mw_cli_session_parse       (MwCliSession    *self,
                                          const char      *parameters,
                                          const char      *summary,
                                          GOptionEntry    *entries,
                                          int              min_arguments,
                                          int              max_arguments,
                                          int             *argc,
                                          char          ***argv);

/**
 * mw_cli_session_set_options:
 * @context: an option context
 * @entries: (nullable): options of the command
 *
 * Sets its options: those of the command, then those every command has.
 */
void          mw_cli_session_set_options (MwCliSession       *self,
                                          GOptionContext     *context,
                                          const GOptionEntry *entries);

/**
 * mw_cli_session_open:
 *
 * Makes the engine with the given options. Complains when a file with trust
 * anchors cannot be used.
 *
 * Returns: whether there is an engine; if not, end with %MW_CLI_EXIT_USAGE
 */
gboolean      mw_cli_session_open        (MwCliSession    *self);

/**
 * mw_cli_session_load_profiles:
 *
 * Reads the saved accounts. Damaged ones are reported and left out.
 *
 * Returns: whether they could be read
 */
gboolean      mw_cli_session_load_profiles (MwCliSession  *self,
                                            GError       **error);

/**
 * mw_cli_session_find_profile:
 * @key: an id, a unique beginning of one, an address or a label
 * @error: return location for a %MW_STORE_ERROR
 *
 * Reads the saved accounts and looks one up.
 *
 * Returns: (transfer full) (nullable): the account
 */
MwProfile    *mw_cli_session_find_profile (MwCliSession   *self,
                                           const char     *key,
                                           GError        **error);

/**
 * mw_cli_session_ready_cb:
 *
 * The callback for everything that is then waited for with
 * mw_cli_session_wait(); its user data is the session.
 */
void          mw_cli_session_ready_cb    (GObject         *object,
                                          GAsyncResult    *result,
                                          gpointer         user_data);

/**
 * mw_cli_session_wait:
 *
 * Runs the main loop until the operation that was started is over.
 *
 * Returns: (transfer full): its result
 */
GAsyncResult *mw_cli_session_wait        (MwCliSession    *self);

/**
 * mw_cli_session_is_text:
 * @text: (nullable): an argument; GLib hands them over as they are
 * @error: return location for a %G_OPTION_ERROR
 *
 * Returns: whether it is valid UTF-8, or nothing at all
 */
gboolean      mw_cli_session_is_text     (const char      *text,
                                          GError         **error);

/**
 * mw_cli_session_fail:
 * @error: what went wrong
 *
 * Tells the person, in words.
 *
 * Returns: the exit code that fits
 */
MwCliExit     mw_cli_session_fail        (MwCliSession    *self,
                                          const GError    *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwCliSession, mw_cli_session_free)

G_END_DECLS
