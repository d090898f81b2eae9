/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "cli/mw-cli-session.h"
#include "setup/mw-setup.h"

G_BEGIN_DECLS

/**
 * MwCliSetupOptions:
 *
 * The options that `verify` and `add` share: servers, user names, what to
 * trust, and where the passwords come from. Strings are as given, in no
 * particular encoding, until they are applied.
 */
typedef struct {
  char     **incoming;
  char     **outgoing;
  char      *user;
  char      *outgoing_user;
  gboolean   no_outgoing_auth;
  gboolean   receive_only;
  gboolean   no_login;
  gboolean   no_ispdb;
  char     **allowed_hosts;
  char     **pins;
  gboolean   password_stdin;
  int        password_fd;
  gboolean   outgoing_password_stdin;
  char      *report;
  char      *report_json;
  gboolean   report_address;
  gboolean   report_network;
} MwCliSetupOptions;

MwCliSetupOptions *mw_cli_setup_options_new             (void);
void               mw_cli_setup_options_free            (MwCliSetupOptions   *self);

/**
 * mw_cli_setup_options_make_entries:
 * @more: (nullable): options of the command itself, which come first
 *
 * Returns: (transfer container): the entries, to be freed with g_free()
 */
GOptionEntry      *mw_cli_setup_options_make_entries    (MwCliSetupOptions   *self,
                                                         const GOptionEntry  *more);

/**
 * mw_cli_setup_options_apply:
 * @session: the session
 * @address: the address as typed
 * @setup: the set-up to fill in
 * @error: return location for a %G_OPTION_ERROR or %MW_ADDRESS_ERROR
 *
 * Hands everything but the passwords over.
 *
 * Returns: whether all of it makes sense
 */
gboolean           mw_cli_setup_options_apply           (MwCliSetupOptions   *self,
                                                         MwCliSession        *session,
                                                         const char          *address,
                                                         MwSetup             *setup,
                                                         GError             **error);

/**
 * mw_cli_setup_options_fetch_passwords:
 * @session: the session
 * @setup: the set-up to give the passwords to
 * @error: return location for an error
 *
 * Reads the passwords, asks for them, or takes them from the keyring when the
 * address has a saved account; then only that account's servers are tried,
 * because a saved password belongs to them.
 *
 * Returns: whether there is what is needed
 */
gboolean           mw_cli_setup_options_fetch_passwords (MwCliSetupOptions   *self,
                                                         MwCliSession        *session,
                                                         MwSetup             *setup,
                                                         GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwCliSetupOptions, mw_cli_setup_options_free)

G_END_DECLS
