/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-export-options.h"
#include "core/mw-found-account.h"
#include "export/mw-thunderbird-settings.h"

G_BEGIN_DECLS

/* The way back: accounts out of a profile of Thunderbird. */

/**
 * mw_thunderbird_reader_read_settings:
 * @settings: what `prefs.js` and `user.js` say
 * @folder: (nullable): the profile folder, where signatures may lie in files
 * @home: (nullable): the person's home, where they may lie, too
 * @damaged: whether something of the file was unreadable
 *
 * Reads the accounts, in their order in Thunderbird. Local folders are none.
 *
 * Returns: (transfer full) (element-type MwFoundAccount): the accounts,
 *   without passwords
 */
GPtrArray *mw_thunderbird_reader_read_settings (MwThunderbirdSettings *settings,
                                                const char            *folder,
                                                const char            *home,
                                                gboolean               damaged);

/**
 * mw_thunderbird_reader_read:
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
GPtrArray *mw_thunderbird_reader_read          (MwExportTarget         *target,
                                                gboolean                with_passwords,
                                                const MwExportOptions  *options,
                                                const char             *helper_path,
                                                GError                **error);

G_END_DECLS
