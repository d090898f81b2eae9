/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mw_advice_dup_share_notes:
 * @notes: a bit for each note, `1 << MW_SHARE_NOTE_…`
 *
 * What to know before settings are given to others, the most important first.
 *
 * Returns: (transfer full) (array zero-terminated=1): sentences
 */
char **mw_advice_dup_share_notes (guint notes);

G_END_DECLS
