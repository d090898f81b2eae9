/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "app/mw-hand-over.h"

G_BEGIN_DECLS

/* What is told about a hand-over when nobody looks at the window. A locked
 * screen may show it, so no address is part of it, but for the name that the
 * person gave to the account. */

/**
 * mw_hand_over_notice_new_waiting:
 * @hand_over: one that waits
 * @goes_on: whether Mailwright goes on without a window
 *
 * Returns: (transfer full): what to tell when the window was closed
 */
GNotification *mw_hand_over_notice_new_waiting  (MwHandOver *hand_over,
                                                 gboolean    goes_on);

/**
 * mw_hand_over_notice_new_finished:
 * @hand_over: one that was done or failed
 *
 * Returns: (transfer full): what to tell about it
 */
GNotification *mw_hand_over_notice_new_finished (MwHandOver *hand_over);

G_END_DECLS
