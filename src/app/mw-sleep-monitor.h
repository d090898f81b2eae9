/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define MW_TYPE_SLEEP_MONITOR (mw_sleep_monitor_get_type ())

/**
 * MwSleepMonitor:
 *
 * Hears from logind when the computer goes to sleep and when it is awake again.
 * Where there is no logind, nothing is ever heard.
 *
 * The signal `changed` has a boolean: whether the computer goes to sleep.
 */
G_DECLARE_FINAL_TYPE (MwSleepMonitor, mw_sleep_monitor, MW, SLEEP_MONITOR, GObject)

MwSleepMonitor *mw_sleep_monitor_new (void);

G_END_DECLS
