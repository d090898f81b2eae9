/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "export/mw-exporter.h"

G_BEGIN_DECLS

#define MW_TYPE_THUNDERBIRD_EXPORTER (mw_thunderbird_exporter_get_type ())

/**
 * MwThunderbirdExporter:
 *
 * Hands accounts to Thunderbird, by writing into a closed profile.
 */
G_DECLARE_FINAL_TYPE (MwThunderbirdExporter, mw_thunderbird_exporter,
                      MW, THUNDERBIRD_EXPORTER, GObject)

/**
 * mw_thunderbird_exporter_new:
 * @helper_path: (nullable): the password helper; %NULL for the installed one
 *
 * Returns: (transfer full): a new exporter
 */
MwExporter     *mw_thunderbird_exporter_new               (const char  *helper_path);

/**
 * mw_thunderbird_exporter_target_for_folder:
 * @folder: absolute path of a profile folder
 * @error: return location for a %MW_EXPORT_ERROR
 *
 * Returns: (transfer full) (nullable): a target for exactly that profile
 */
MwExportTarget *mw_thunderbird_exporter_target_for_folder (const char  *folder,
                                                           GError     **error);

G_END_DECLS
