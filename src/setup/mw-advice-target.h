/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-export-target.h"

G_BEGIN_DECLS

/* A mail program in words people know. */

/**
 * mw_advice_show_folder:
 * @folder: an absolute path
 *
 * Returns: (transfer full): how people know it, fit to be shown
 */
char     *mw_advice_show_folder            (const char     *folder);

/**
 * mw_advice_describe_target:
 * @target: a mail program that was found
 *
 * How it was installed, its version, which of several profiles, and whether it
 * is running.
 *
 * Returns: (transfer full): words on one line
 */
char     *mw_advice_describe_target        (MwExportTarget *target);

/**
 * mw_advice_describe_target_access:
 * @target: a mail program that was found
 *
 * Returns: (transfer full) (nullable): why it cannot be used, or only after a
 *   question, and what to do; %NULL where there is nothing to say
 */
char     *mw_advice_describe_target_access (MwExportTarget *target);

/**
 * mw_advice_dup_target_command:
 * @target: a mail program that was found
 *
 * Returns: (transfer full) (nullable): what to run in a terminal so that
 *   Mailwright reaches it; %NULL where no command helps
 */
char     *mw_advice_dup_target_command     (MwExportTarget *target);

/**
 * mw_advice_can_use_target:
 * @target: a mail program that was found
 *
 * Returns: whether an account can be handed over, maybe after a question
 */
gboolean  mw_advice_can_use_target         (MwExportTarget *target);

G_END_DECLS
