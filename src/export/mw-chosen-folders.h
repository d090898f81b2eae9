/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the person chose instead of a folder that the sandbox hides. The portal
 * keeps such a grant for ever; here is remembered what it was chosen for. */

/**
 * mw_chosen_folders_get_file:
 *
 * Returns: (transfer full): where this person's choices are kept
 */
char     *mw_chosen_folders_get_file (void);

/**
 * mw_chosen_folders_find:
 * @file: where the choices are kept
 * @hidden: the folder that the sandbox hides
 *
 * Returns: (transfer full) (nullable): what was chosen instead of it, %NULL for
 *   nothing that is there now
 */
char     *mw_chosen_folders_find     (const char  *file,
                                      const char  *hidden);

/**
 * mw_chosen_folders_look:
 * @chosen: an absolute path
 * @hidden: the folder that the sandbox hides
 * @error: return location for %MW_EXPORT_ERROR_NO_TARGET
 *
 * Looks for profiles of Thunderbird: in the folder, or the folder is one, or it
 * is called as the one that @hidden is in.
 *
 * Returns: (transfer full) (nullable): the folder to use
 */
char     *mw_chosen_folders_look     (const char  *chosen,
                                      const char  *hidden,
                                      GError     **error);

/**
 * mw_chosen_folders_take:
 * @file: where the choices are kept
 * @hidden: the folder that the sandbox hides
 * @chosen: what the person chose instead of it
 * @error: return location for %MW_EXPORT_ERROR_NO_TARGET when there is no
 *   profile of Thunderbird in it, or it is one that was reached anyway;
 *   %MW_EXPORT_ERROR_NOT_GRANTED when the sandbox does not reach it; or an error
 *   of writing a file
 *
 * Looks at the folder, and remembers it.
 *
 * Returns: whether it was taken
 */
gboolean  mw_chosen_folders_take     (const char  *file,
                                      const char  *hidden,
                                      const char  *chosen,
                                      GError     **error);

G_END_DECLS
