/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-found-account.h"
#include "export/mw-thunderbird-settings.h"

G_BEGIN_DECLS

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

G_END_DECLS
