/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-export-options.h"
#include "core/mw-export-target.h"

G_BEGIN_DECLS

/* The way back: accounts out of profiles of Thunderbird. */

/**
 * mw_thunderbird_import_read:
 * @target: a profile folder
 * @with_passwords: whether to read the passwords, too
 * @options: (nullable): its primary password opens the store of passwords
 * @helper_path: (nullable): the password helper
 * @error: return location for a %MW_EXPORT_ERROR
 *
 * Reads the accounts of a profile, whether Thunderbird runs or not. Writes
 * nothing and takes no lock. Blocks: for threads that do file work.
 *
 * Returns: (transfer full) (nullable) (element-type MwFoundAccount): the accounts
 */
GPtrArray *mw_thunderbird_import_read (MwExportTarget         *target,
                                       gboolean                with_passwords,
                                       const MwExportOptions  *options,
                                       const char             *helper_path,
                                       GError                **error);

G_END_DECLS
