/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

#include "core/mw-export-target.h"

G_BEGIN_DECLS

/**
 * mw_install_scan_thunderbird:
 * @home: the person's home folder
 * @system_root: the root of the file system, `/` but in tests
 * @search_path: (nullable): folders with programs, as in PATH
 *
 * Looks where Thunderbird and its profiles live: package, Flatpak, Snap. An
 * installation that has no profile yet is a target too, without a profile.
 * Of several profiles the one Thunderbird would start comes first.
 *
 * Reads files; for threads that do file work.
 *
 * Returns: (transfer full) (element-type MwExportTarget): what was found
 */
GPtrArray      *mw_install_scan_thunderbird        (const char *home,
                                                    const char *system_root,
                                                    const char *search_path);

/**
 * mw_install_scan_thunderbird_folder:
 * @folder: absolute path of a profile folder
 *
 * Returns: (transfer full) (nullable): a target for just this folder, %NULL
 *   if it is no profile of Thunderbird
 */
MwExportTarget *mw_install_scan_thunderbird_folder (const char *folder);

G_END_DECLS
