/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-found-account.h"

G_BEGIN_DECLS

/* The way back: accounts out of Evolution's sources. */

/**
 * MwEvolutionFinding:
 * @account: what its sources say
 * @secret_uids: by %MwSide, the sources whose passwords are wanted, separated
 *   by blanks, best first; %NULL when there is nothing to look for
 *
 * An account of Evolution, and where its passwords are.
 */
typedef struct {
  MwFoundAccount *account;
  char           *secret_uids[2];
} MwEvolutionFinding;

/**
 * mw_evolution_reader_read_entries:
 * @entries: (element-type MwEvolutionEntry): all sources
 * @folder: (nullable): with the files of signatures in its `signatures`
 * @default_uid: (nullable): of the default account
 *
 * Reads the accounts, by name. What Evolution has of its own, such as its
 * local folders, is none. Blocks for the signatures: for threads that do file
 * work.
 *
 * Returns: (transfer full) (element-type MwEvolutionFinding): the accounts
 */
GPtrArray *mw_evolution_reader_read_entries (GPtrArray  *entries,
                                             const char *folder,
                                             const char *default_uid);

/**
 * mw_evolution_reader_load_files:
 * @folder: with the key files in its `sources`
 *
 * Reads the sources where there is no service to ask. Blocks.
 *
 * Returns: (transfer full) (element-type MwEvolutionEntry): the sources
 */
GPtrArray *mw_evolution_reader_load_files   (const char *folder);

/**
 * mw_evolution_reader_find_folder:
 * @path: absolute path that somebody named
 *
 * Returns: (transfer full) (nullable): the folder of Evolution's settings, when
 *   @path is that one or its `sources`
 */
char      *mw_evolution_reader_find_folder  (const char *path);

G_END_DECLS
