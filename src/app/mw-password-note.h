/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "core/mw-provider.h"
#include "core/mw-secret.h"

G_BEGIN_DECLS

#define MW_TYPE_PASSWORD_NOTE (mw_password_note_get_type ())

/**
 * MwPasswordNote:
 *
 * Stands below a password entry and says what its dots hide: that Caps Lock is
 * on, that a blank stands at the end, what is left out of a pasted password.
 * It also hides a revealed password when the entry or the window is left.
 */
G_DECLARE_FINAL_TYPE (MwPasswordNote, mw_password_note, MW, PASSWORD_NOTE, AdwBin)

/**
 * mw_password_note_watch:
 * @row: the entry, in the same window; to be called once
 */
void      mw_password_note_watch        (MwPasswordNote      *self,
                                         AdwPasswordEntryRow *row);

/**
 * mw_password_note_set_provider:
 * @provider: (nullable): whose password is typed, as far as is known
 */
void      mw_password_note_set_provider (MwPasswordNote      *self,
                                         MwProvider          *provider);

/**
 * mw_password_note_dup_secret:
 *
 * Returns: (transfer full) (nullable): the password as it is to be used, %NULL
 *   when none was typed
 */
MwSecret *mw_password_note_dup_secret   (MwPasswordNote      *self);

G_END_DECLS
