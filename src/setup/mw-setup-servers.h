/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "setup/mw-setup.h"

G_BEGIN_DECLS

/**
 * MwServerBasis:
 * @MW_SERVER_BASIS_TYPED: typed or saved before
 * @MW_SERVER_BASIS_ANSWERED: it answered in the last run, or was proved to
 *   work when the account was saved
 * @MW_SERVER_BASIS_SILENT: it did not, and no other of that protocol did
 * @MW_SERVER_BASIS_GUESS: nobody has tried it
 *
 * Why a server is suggested.
 */
typedef enum {
  MW_SERVER_BASIS_TYPED,
  MW_SERVER_BASIS_ANSWERED,
  MW_SERVER_BASIS_SILENT,
  MW_SERVER_BASIS_GUESS,
} MwServerBasis;

/**
 * mw_setup_suggest_server:
 * @protocol: whose server is wanted
 * @out_basis: (out): why this one
 *
 * Returns: (transfer full) (nullable): what to fill in for a person who wants
 *   that protocol; %NULL while there is no address
 */
MwEndpoint *mw_setup_suggest_server        (MwSetup       *self,
                                            MwProtocol     protocol,
                                            MwServerBasis *out_basis);

/**
 * mw_setup_dup_unconfirmed_hosts:
 *
 * Hosts that would be saved, and handed to a mail program, without encryption,
 * though neither a run asked about them nor mw_setup_allow_host() was called.
 * mw_setup_save_async() refuses to save them.
 *
 * Returns: (transfer full) (array zero-terminated=1): their names
 */
char      **mw_setup_dup_unconfirmed_hosts (MwSetup       *self);

G_END_DECLS
