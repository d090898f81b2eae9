/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-enums.h"

G_BEGIN_DECLS

#define MW_TYPE_MAIL_FOLDERS (mw_mail_folders_get_type ())

/**
 * MwMailFolders:
 *
 * Which folder an IMAP server keeps for which use (RFC 6154), and where its
 * names begin (RFC 2342). Only what the server said; nothing is guessed.
 * Immutable.
 */
typedef struct _MwMailFolders MwMailFolders;

GType          mw_mail_folders_get_type      (void) G_GNUC_CONST;

/**
 * mw_mail_folders_new:
 * @names: (array fixed-size=5): whole name of the folder by %MwFolderUse, in
 *   UTF-8, its levels parted by @delimiter; %NULL where it is not known. A
 *   name that is none (mw_mail_folders_is_name()) is left out
 * @delimiter: what parts the levels of a name, '\0' for a flat list
 * @prefix: (nullable): what the names of personal folders begin with, such as
 *   `INBOX.`; empty and %NULL are the same
 *
 * Returns: (transfer full) (nullable): the folders, %NULL when nothing at all
 *   is known
 */
MwMailFolders *mw_mail_folders_new           (const char * const *names,
                                              char                delimiter,
                                              const char         *prefix);
MwMailFolders *mw_mail_folders_ref           (MwMailFolders      *self);
void           mw_mail_folders_unref         (MwMailFolders      *self);

/**
 * mw_mail_folders_is_name:
 * @name: (nullable): text from a server or a file
 *
 * Returns: whether it can be shown and written down as a folder's name: UTF-8
 *   of 1 to 1000 bytes without control or format characters (those could turn
 *   the direction of writing), and not INBOX
 */
gboolean       mw_mail_folders_is_name       (const char         *name);

/**
 * mw_mail_folders_is_delimiter:
 *
 * Returns: whether it can part the levels of a name: visible ASCII that no
 *   coding of names uses
 */
gboolean       mw_mail_folders_is_delimiter  (char                delimiter);

/**
 * mw_mail_folders_get_name:
 *
 * Returns: (transfer none) (nullable): the folder for this use
 */
const char    *mw_mail_folders_get_name      (MwMailFolders      *self,
                                              MwFolderUse         use);

/**
 * mw_mail_folders_make_path:
 *
 * Returns: (transfer full) (nullable): the folder for this use, its levels
 *   parted by a slash as mail programs have it; %NULL when it is not known, or
 *   cannot be written so because a slash is part of its name
 */
char          *mw_mail_folders_make_path     (MwMailFolders      *self,
                                              MwFolderUse         use);

/**
 * mw_mail_folders_get_delimiter:
 *
 * Returns: what parts the levels, '\0' for a flat list
 */
char           mw_mail_folders_get_delimiter (MwMailFolders      *self);

/**
 * mw_mail_folders_get_prefix:
 *
 * Returns: (transfer none): what personal names begin with; may be empty
 */
const char    *mw_mail_folders_get_prefix    (MwMailFolders      *self);

/**
 * mw_mail_folders_equal:
 * @a: (nullable): folders
 * @b: (nullable): folders
 *
 * Returns: whether both say the same
 */
gboolean       mw_mail_folders_equal         (MwMailFolders      *a,
                                              MwMailFolders      *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwMailFolders, mw_mail_folders_unref)

G_END_DECLS
