/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-provider.h"
#include "core/mw-verdict.h"

G_BEGIN_DECLS

/**
 * mw_diagnosis_refine:
 * @outcome: what became of the run
 * @verdict: (nullable): the probe that decided it
 * @provider: (nullable): who keeps the mail, where that is known
 * @by_hand: whether the servers were typed by the person
 *
 * Looks at an outcome in the light of what the provider is known for. A refusal
 * gets another name only by what holds for every account of a confirmed entry,
 * and no outcome becomes a better one: what was refused stays refused.
 *
 * Returns: the cause
 */
MwOutcome mw_diagnosis_refine (MwOutcome   outcome,
                               MwVerdict  *verdict,
                               MwProvider *provider,
                               gboolean    by_hand);

G_END_DECLS
