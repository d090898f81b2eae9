/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mw_thunderbird_install_hash:
 * @folder: the folder Thunderbird is installed in, UTF-8
 *
 * Gives the name under which `profiles.ini` knows an installation:
 * `[Install…]`. It is CityHash64 (version 1.0) of the path in UTF-16LE.
 *
 * Returns: (transfer full): 16 hexadecimal digits
 */
char *mw_thunderbird_install_hash (const char *folder);

G_END_DECLS
