/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "setup/mw-password-file.h"

G_BEGIN_DECLS

#define MW_TYPE_PASSWORD_FILE_NOTE (mw_password_file_note_get_type ())

/**
 * MwPasswordFileNote:
 *
 * Says that a password still stands in the file it came in, and offers to
 * delete that. Hidden when there is no such file.
 */
G_DECLARE_FINAL_TYPE (MwPasswordFileNote, mw_password_file_note, MW, PASSWORD_FILE_NOTE, AdwBin)

/**
 * mw_password_file_note_show:
 * @file: (nullable): the file
 * @name: (nullable): what it is called, foreign text
 */
void mw_password_file_note_show (MwPasswordFileNote *self,
                                 MwPasswordFile     *file,
                                 const char         *name);

G_END_DECLS
