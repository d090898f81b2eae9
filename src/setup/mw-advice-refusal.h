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

G_END_DECLS
