/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-found-account.h"
#include "export/mw-thunderbird-folder.h"

G_BEGIN_DECLS

/**
 * mw_thunderbird_found_passwords_read:
 * @folder: a profile folder
 * @helper_path: (nullable): the password helper
 * @primary: (nullable): the primary password
 * @accounts: (element-type MwFoundAccount): the accounts of that profile
 *
 * Gives the accounts the passwords that Thunderbird keeps for them, or says
 * why not. Blocks while the helper works: for threads that do file work.
 */
void mw_thunderbird_found_passwords_read (MwThunderbirdFolder *folder,
                                          const char          *helper_path,
                                          MwSecret            *primary,
                                          GPtrArray           *accounts);

G_END_DECLS
