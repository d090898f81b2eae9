/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-provider.h"
#include "core/mw-secret.h"

G_BEGIN_DECLS

/**
 * MwPasswordNotes:
 * @MW_PASSWORD_NOTE_LINE_END: a line end before or behind it was left out
 * @MW_PASSWORD_NOTE_BLANKS: it is an app password whose blanks were left out
 * @MW_PASSWORD_NOTE_EDGES: it begins or ends with a blank, which was kept
 *
 * What there is to say of a password that was typed or pasted.
 */
typedef enum {
  MW_PASSWORD_NOTE_LINE_END = 1 << 0,
  MW_PASSWORD_NOTE_BLANKS = 1 << 1,
  MW_PASSWORD_NOTE_EDGES = 1 << 2,
} MwPasswordNotes;

/**
 * mw_typed_password_read:
 * @text: what stands in the entry
 * @provider: (nullable): whose password it is, as far as is known
 * @out_notes: (out) (optional): [flags@Mw.PasswordNotes]
 *
 * Line ends come along when something is copied, and are part of no password.
 * Some providers show app passwords in groups with blanks between them; what
 * has exactly the form of one is used without. Every other blank may be meant.
 *
 * Returns: (transfer full) (nullable): the password, %NULL when there is none
 */
MwSecret *mw_typed_password_read (const char *text,
                                  MwProvider *provider,
                                  guint      *out_notes);

G_END_DECLS
