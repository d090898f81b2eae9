/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "setup/mw-setup.h"

G_BEGIN_DECLS

/* What a person has to say yes to before an account is handed over. */

/**
 * mw_hand_over_questions_ask_async:
 * @widget: where the hand-over was asked for; questions stand above its window
 * @engine: the engine
 * @profile: a saved account
 * @setup: (nullable): the set-up it was saved by
 * @target: where to
 * @callback: (scope async): called when all is said
 * @user_data: for @callback
 *
 * Looks at the mail program and asks where a yes is needed: about a folder in
 * an unusual place, an account made by hand, a certification authority, and
 * for the primary password. Mostly there is nothing to ask.
 */
void             mw_hand_over_questions_ask_async  (GtkWidget           *widget,
                                                    MwEngine            *engine,
                                                    MwProfile           *profile,
                                                    MwSetup             *setup,
                                                    MwExportTarget      *target,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);

/**
 * mw_hand_over_questions_ask_finish:
 * @error: return location for %G_IO_ERROR_CANCELLED, when the answer was no
 *
 * Returns: (transfer full) (nullable): what the person said
 */
MwExportOptions *mw_hand_over_questions_ask_finish (GAsyncResult        *result,
                                                    GError             **error);

G_END_DECLS
