/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MwSandbox:
 *
 * The Flatpak this program runs in. There the home folder is an empty one in
 * memory, with only the granted folders of the real one in it: what is written
 * elsewhere succeeds, and is gone at the end. That a folder is there proves
 * nothing, and neither does that it can be written.
 */
typedef struct _MwSandbox MwSandbox;

/**
 * mw_sandbox_find:
 * @system_root: the root of the file system, `/` but in tests
 * @home: the person's home folder
 *
 * Reads a file; for threads that do file work.
 *
 * Returns: (transfer full) (nullable): the sandbox, %NULL outside of one
 */
MwSandbox *mw_sandbox_find           (const char *system_root,
                                      const char *home);
void       mw_sandbox_free           (MwSandbox  *self);

/**
 * mw_sandbox_is_granted:
 * @path: an absolute path
 *
 * Whether the sandbox was told to hand this folder through, and whether it is
 * really not the one in memory; or whether the person chose it in a file
 * chooser. Asks the file system.
 *
 * Returns: whether what is written there reaches the real folder
 */
gboolean   mw_sandbox_is_granted     (MwSandbox  *self,
                                      const char *path);

/**
 * mw_sandbox_check:
 * @path: an absolute path that is going to be written
 * @error: return location for %MW_EXPORT_ERROR_NOT_GRANTED
 *
 * Asks for the sandbox this program runs in now.
 *
 * Returns: whether what is written there arrives; always so outside a sandbox
 */
gboolean   mw_sandbox_check          (const char *path,
                                      GError    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwSandbox, mw_sandbox_free)

G_END_DECLS
