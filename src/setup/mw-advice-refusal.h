/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "setup/mw-inspection.h"

G_BEGIN_DECLS

/**
 * mw_advice_describe_kind:
 * @kind: a kind that is known
 *
 * Returns: its name
 */
const char *mw_advice_describe_kind    (MwInspectionKind    kind);

/**
 * mw_advice_describe_refusal:
 * @kind: what is refused
 * @refusal: why settings are not used
 *
 * Returns: a sentence about it
 */
const char *mw_advice_describe_refusal (MwInspectionKind    kind,
                                        MwInspectionRefusal refusal);

/**
 * mw_advice_describe_unused_hosts:
 * @hosts: (array zero-terminated=1): what was asked for, one or more
 * @is_link: whether a link did, not a file
 *
 * Returns: (transfer full): a sentence about what was asked for and is not used
 */
char       *mw_advice_describe_unused_hosts (const char * const *hosts,
                                             gboolean            is_link);

G_END_DECLS
