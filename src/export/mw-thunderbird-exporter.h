/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "export/mw-exporter.h"

G_BEGIN_DECLS

#define MW_TYPE_THUNDERBIRD_EXPORTER (mw_thunderbird_exporter_get_type ())

/**
 * MwThunderbirdExporter:
 *
 * Hands accounts to Thunderbird by writing into a profile that is not in
 * use. Remembers Account, Server, Identity, Smtp, Profile and Time in the
 * account, FormerAccount and FormerSmtp when it replaced a default, and Place
 * when the person said yes to an unusual one.
 * Notes for the person's eyes (a primary password, a certificate accepted by
 * hand) are in the report's message also when all went well.
 */
G_DECLARE_FINAL_TYPE (MwThunderbirdExporter, mw_thunderbird_exporter,
                      MW, THUNDERBIRD_EXPORTER, GObject)

/**
 * mw_thunderbird_exporter_new:
 * @helper_path: (nullable): absolute path of the password helper, %NULL for
 *   the installed one or the one built with this program
 *
 * Returns: (transfer full): an exporter
 */
MwExporter     *mw_thunderbird_exporter_new               (const char  *helper_path);

/**
 * mw_thunderbird_exporter_target_for_folder:
 * @folder: absolute path of a profile folder the person named
 * @error: return location for %MW_EXPORT_ERROR_NO_TARGET
 *
 * Returns: (transfer full) (nullable): the target that folder is
 */
MwExportTarget *mw_thunderbird_exporter_target_for_folder (const char  *folder,
                                                           GError     **error);

/**
 * mw_thunderbird_exporter_target_for_root:
 * @path: absolute path of a folder the person named
 *
 * Returns: (transfer full) (nullable): a target accounts can only be read out
 *   of, those of all its profiles; %NULL when @path holds no `profiles.ini`
 */
MwExportTarget *mw_thunderbird_exporter_target_for_root   (const char  *path);

G_END_DECLS
