/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-export-target.h"

G_BEGIN_DECLS

/**
 * MwEvolutionPlace:
 * @bus_name: of its data server on the session bus
 * @config_folder: its settings, with `sources` and `signatures` in it
 * @data_folder: in which `camel_certs` and `evolution` are
 * @has_files: whether the sources may be written as files while nobody has
 *   @bus_name
 * @has_keyring: whether it looks for passwords in the person's keyring
 * @has_settings: whether its GSettings are the person's own
 *
 * Where one Evolution of this system keeps what.
 *
 * The one of Flathub has all of it in a folder of its own. Its passwords lie
 * there in a file encrypted with a key that only the sandbox gets, so that it
 * has to ask for them.
 */
typedef struct {
  char     *bus_name;
  char     *config_folder;
  char     *data_folder;
  gboolean  has_files;
  gboolean  has_keyring;
  gboolean  has_settings;
} MwEvolutionPlace;

/**
 * mw_evolution_place_new:
 * @packaging: how that Evolution was installed
 *
 * Returns: (transfer full): where it keeps what
 */
MwEvolutionPlace *mw_evolution_place_new  (MwPackaging       packaging);
void              mw_evolution_place_free (MwEvolutionPlace *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwEvolutionPlace, mw_evolution_place_free)

G_END_DECLS
