/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-profile.h"

G_BEGIN_DECLS

/* The account file: text to profile and back, without touching a disk. */

#define MW_PROFILE_KEYFILE_FORMAT 1

/**
 * mw_profile_keyfile_parse:
 * @text: contents of an account file
 * @length: its length
 * @id: the account's id, from the file name
 * @out_newer: (out) (optional): whether a later version wrote the file; it
 *   must not be written then
 * @error: return location for %MW_STORE_ERROR_DAMAGED
 *
 * Reads an account file. Keys nobody knows are passed over; words a later
 * version may have added (a log-in method, an outcome) become "unknown".
 *
 * Returns: (transfer full) (nullable): the account
 */
MwProfile *mw_profile_keyfile_parse  (const char  *text,
                                      gsize        length,
                                      const char  *id,
                                      gboolean    *out_newer,
                                      GError     **error);

/**
 * mw_profile_keyfile_render:
 * @profile: what to write
 * @former: (nullable): contents of the file so far; its other keys, groups and
 *   comments are kept
 * @former_length: its length
 *
 * Returns: (transfer full): contents of the account file
 */
char      *mw_profile_keyfile_render (MwProfile   *profile,
                                      const char  *former,
                                      gsize        former_length);

G_END_DECLS
