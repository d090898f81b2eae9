/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-export-target.h"

G_BEGIN_DECLS

/* The Flatpak of Evolution runs a data server of its own, under another name. */
#define MW_EVOLUTION_FLATPAK_TARGET_ID "evolution-flatpak"
#define MW_EVOLUTION_FLATPAK_REGISTRY_NAME \
  "org.gnome.Evolution.org.gnome.evolution.dataserver.Sources5"

/**
 * MwEvolutionView:
 * @home: the person's home folder
 * @system_root: the root of the file system, `/` but in tests
 * @data_dirs: (array zero-terminated=1): where desktop files lie
 * @config_folder: where Evolution of the distribution keeps its files
 * @names: (nullable) (array zero-terminated=1): who is on the session bus;
 *   %NULL without one
 * @activatable: (nullable) (array zero-terminated=1): who can be started there
 *
 * What is looked at when Evolution is searched for.
 */
typedef struct {
  const char         *home;
  const char         *system_root;
  const char * const *data_dirs;
  const char         *config_folder;
  const char * const *names;
  const char * const *activatable;
} MwEvolutionView;

/**
 * mw_evolution_install_list:
 * @view: what to look at
 *
 * Reads files; for threads that do file work. Runs nothing.
 *
 * Returns: (transfer full) (element-type MwExportTarget): each Evolution
 */
GPtrArray *mw_evolution_install_list (const MwEvolutionView *view);

G_END_DECLS
