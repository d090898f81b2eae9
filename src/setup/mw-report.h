/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <json-glib/json-glib.h>

#include "setup/mw-setup.h"

G_BEGIN_DECLS

/**
 * mw_report_new_json:
 * @setup: a set-up after a run
 * @hide: what to hide besides secrets
 *
 * Makes the support report: the program and the system it runs on, the
 * network, everything mw_verification_add() has, and what was said to all
 * servers and by them, in order of time. Never a password.
 *
 * Returns: (transfer full): an object
 */
JsonNode *mw_report_new_json      (MwSetup        *setup,
                                   MwRedactorHide  hide);

/**
 * mw_report_new_json_text:
 * @setup: a set-up after a run
 * @hide: what to hide besides secrets
 *
 * Returns: (transfer full): the same as indented JSON with a line end
 */
char     *mw_report_new_json_text (MwSetup        *setup,
                                   MwRedactorHide  hide);

/**
 * mw_report_new_text:
 * @setup: a set-up after a run
 * @hide: what to hide besides secrets
 *
 * Writes the same for people, without what is empty and without servers that
 * were not tried. In English but for the advice, for whoever helps.
 *
 * Returns: (transfer full): the report
 */
char     *mw_report_new_text      (MwSetup        *setup,
                                   MwRedactorHide  hide);

G_END_DECLS
