/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-provider.h"

G_BEGIN_DECLS

/**
 * MwProviderEntry:
 * @provider: what is known of the provider
 * @domains: its e-mail domains
 * @domain_candidates: domains that are probably its
 * @exchangers: names its mail exchangers are, or lie below
 * @exchanger_candidates: the same, probably
 * @exchanger_exceptions: names below @exchangers that belong to customers
 *
 * One group of a provider file. All names are normalised; the arrays end in
 * %NULL and may be empty.
 */
typedef struct {
  MwProvider  *provider;
  char       **domains;
  char       **domain_candidates;
  char       **exchangers;
  char       **exchanger_candidates;
  char       **exchanger_exceptions;
} MwProviderEntry;

/**
 * mw_provider_entry_parse:
 * @file: a file
 * @group: one of its groups
 * @built_in: whether it is part of Mailwright's own list; other entries are
 *   never confirmed, and their web addresses are not used
 * @error: return location for a %G_KEY_FILE_ERROR
 *
 * Reads one provider; data/providers/README.md describes the keys.
 *
 * Returns: (transfer full) (nullable): the provider
 */
MwProviderEntry *mw_provider_entry_parse (GKeyFile         *file,
                                          const char       *group,
                                          gboolean          built_in,
                                          GError          **error);
void             mw_provider_entry_free  (MwProviderEntry  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwProviderEntry, mw_provider_entry_free)

G_END_DECLS
