/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <sys/stat.h>

#include "core/mw-export-target.h"

G_BEGIN_DECLS

/**
 * mw_folder_access_is_closed:
 * @status: of a file or a folder
 *
 * A group of its own for every user is common, so that its write bit says
 * nothing when it is the person's group.
 *
 * Returns: whether nobody but the owner can write there
 */
gboolean       mw_folder_access_is_closed (const struct stat *status);

/**
 * mw_folder_access_check:
 * @folder: absolute path; need not exist
 * @home: the person's home folder
 * @is_named: whether the person named this very folder, so that it may lie
 *   outside @home
 * @out_place: (out) (optional) (nullable): the folder the answer is about, or
 *   with %MW_TARGET_ACCESS_UNUSUAL_PLACE what @folder really is
 *
 * Looks at a folder and the way to it as they are now. Changes nothing.
 *
 * Returns: whether an account can be handed over there
 */
MwTargetAccess mw_folder_access_check     (const char         *folder,
                                           const char         *home,
                                           gboolean            is_named,
                                           char              **out_place);

G_END_DECLS
