/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* While Thunderbird runs it holds a lock on the whole of `.parentlock` in its
 * profile. The symbolic link `lock` beside it proves nothing: it survives a
 * crash. Only where the document portal shows the profile, which passes no locks
 * on, the link is all there is to go by. */

/**
 * mw_thunderbird_lock_is_held:
 * @folder: a profile folder
 *
 * Returns: whether a Thunderbird has the profile open
 */
gboolean mw_thunderbird_lock_is_held   (const char  *folder);

/**
 * mw_thunderbird_lock_wait_turn:
 * @folder: descriptor of a folder
 * @wait: whether to wait for another Mailwright at work there, for a while
 * @path: its name, for messages
 * @error: return location for %MW_EXPORT_ERROR_RUNNING
 *
 * Several Mailwrights take turns. Says nothing about Thunderbird.
 *
 * Returns: a descriptor that ends the turn when it is closed, -1 on error
 */
int      mw_thunderbird_lock_wait_turn (int          folder,
                                        gboolean     wait,
                                        const char  *path,
                                        GError     **error);

/**
 * mw_thunderbird_lock_take:
 * @folder: descriptor of a profile folder
 * @path: its name, for messages
 * @error: return location for %MW_EXPORT_ERROR_RUNNING and others
 *
 * Keeps Thunderbird from starting until the descriptor is closed; not where the
 * document portal shows the profile.
 *
 * Returns: a descriptor, -1 on error
 */
int      mw_thunderbird_lock_take      (int          folder,
                                        const char  *path,
                                        GError     **error);

G_END_DECLS
