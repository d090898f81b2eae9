/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "app/mw-waiting-room.h"
#include "setup/mw-engine.h"

G_BEGIN_DECLS

#define MW_TYPE_APPLICATION (mw_application_get_type ())

/**
 * MwApplication:
 *
 * The one process of the window: what is typed on the command line, links, and
 * the actions other programs may call. Emits `hand-over-changed` when an
 * account starts or stops waiting for its mail program.
 */
G_DECLARE_FINAL_TYPE (MwApplication, mw_application, MW, APPLICATION, AdwApplication)

MwApplication *mw_application_new          (void);

/**
 * mw_application_get_engine:
 *
 * Returns: (transfer none): the engine, made when first asked for
 */
MwEngine      *mw_application_get_engine   (MwApplication *self);

/**
 * mw_application_get_settings:
 *
 * Returns: (transfer none) (nullable): the settings; %NULL when their schema
 *   is not installed
 */
GSettings     *mw_application_get_settings (MwApplication *self);

/**
 * mw_application_get_waiting_room:
 *
 * As long as something is in it the program stays alive, also without a
 * window. What ends when nobody is looking is told by a notification.
 *
 * Returns: (transfer none): the hand-overs under way
 */
MwWaitingRoom *mw_application_get_waiting_room (MwApplication *self);

/**
 * mw_application_resume:
 *
 * Goes on with what waits for a mail program since the last time. To be called
 * when something else is shown than what came from outside.
 */
void           mw_application_resume       (MwApplication *self);

G_END_DECLS
