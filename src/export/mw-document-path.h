/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Folders that the person chose for a program in a sandbox: the document portal
 * shows them to it under names of its own, such as
 * `/run/user/1000/doc/1a2b3c4d/.thunderbird`. */

/**
 * mw_document_path_find_inner:
 * @runtime_dir: what the session calls its runtime folder
 * @path: an absolute path
 *
 * Looks at nothing but the words.
 *
 * Returns: (nullable): the part of @path that begins with the name of the folder
 *   that was chosen, %NULL when this is no path of the portal
 */
const char *mw_document_path_find_inner (const char *runtime_dir,
                                         const char *path);

/**
 * mw_document_path_is:
 * @path: an absolute path
 *
 * Locks on this file system do not reach the real file, so that nobody can tell
 * by them who has it open.
 *
 * Returns: whether @path is one that the portal gave us in this session
 */
gboolean    mw_document_path_is         (const char *path);

/**
 * mw_document_path_arrives:
 * @path: an absolute path
 *
 * Asks the file system.
 *
 * Returns: whether @path is in what the portal shows now
 */
gboolean    mw_document_path_arrives    (const char *path);

G_END_DECLS
