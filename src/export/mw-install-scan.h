/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

#include "export/mw-install-place.h"

G_BEGIN_DECLS

/**
 * mw_install_scan_thunderbird:
 * @view: what to look at
 *
 * Looks where Thunderbird and its profiles live: package, Flatpak, Snap. An
 * installation that has no profile yet is a target too, without a profile; so
 * is a folder of profiles that cannot be read. Of several profiles the one
 * Thunderbird would start comes first. Which of them can be used says their
 * access.
 *
 * Inside our own Flatpak a folder that it does not reach is a target that was
 * not granted, since nobody can tell whether there is such a program.
 *
 * Reads files; for threads that do file work.
 *
 * Returns: (transfer full) (element-type MwExportTarget): what was found
 */
GPtrArray      *mw_install_scan_thunderbird        (const MwInstallView *view);

/**
 * mw_install_scan_thunderbird_here:
 *
 * The same for this person on this system.
 *
 * Returns: (transfer full) (element-type MwExportTarget): what was found
 */
GPtrArray      *mw_install_scan_thunderbird_here   (void);

/**
 * mw_install_scan_thunderbird_folder:
 * @folder: absolute path of a profile folder the person named
 * @home: the person's home folder
 *
 * Returns: (transfer full) (nullable): a target for just this folder, %NULL
 *   if it is no profile of Thunderbird
 */
MwExportTarget *mw_install_scan_thunderbird_folder (const char          *folder,
                                                    const char          *home);

G_END_DECLS
