/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "setup/mw-setup.h"

G_BEGIN_DECLS

/* Copies of an account that mail programs have, after it was changed. */

/**
 * mw_copies_question_ask:
 * @parent: the window that the question stands before
 * @engine: the engine
 * @profile: a saved account that was changed
 * @setup: (nullable): the set-up it was saved by
 * @certain: whether the answer is known to be yes
 *
 * Asks whether the copies in mail programs are to be updated, and does it.
 * Where there are none nothing is asked.
 */
void mw_copies_question_ask (GtkWindow *parent,
                             MwEngine  *engine,
                             MwProfile *profile,
                             MwSetup   *setup,
                             gboolean   certain);

G_END_DECLS
