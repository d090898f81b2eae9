/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * mw_report_text_new:
 * @report: what mw_report_new_json() made
 *
 * Returns: (transfer full): the report as text; see mw_report_new_text()
 */
char *mw_report_text_new (JsonObject *report);

G_END_DECLS
