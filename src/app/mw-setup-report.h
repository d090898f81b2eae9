/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "setup/mw-setup.h"

G_BEGIN_DECLS

/**
 * mw_setup_report_new_text:
 * @setup: a set-up after a run
 *
 * Writes everything a run found out for somebody who helps: every server with
 * its step, time, encryption, certificate and words. In English, and without
 * the password and the part of the address before the @ sign.
 *
 * Returns: (transfer full): the report
 */
char *mw_setup_report_new_text (MwSetup *setup);

G_END_DECLS
