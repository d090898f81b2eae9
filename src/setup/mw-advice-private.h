/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "setup/mw-advice.h"

G_BEGIN_DECLS

/* Outcomes (mw-advice-outcome.c), likely causes (mw-advice-cause.c) and errors
 * (mw-advice-error.c) become the same kind of row, and that becomes MwAdvice
 * (mw-advice.c). */

/**
 * MwAdviceCondition:
 *
 * Returns: whether a row fits; @facts is never %NULL
 */
typedef gboolean (*MwAdviceCondition) (const MwAdviceFacts *facts);

/**
 * MwAdviceRow:
 * @code: an outcome, or a code of an error
 * @condition: (nullable): only then
 * @title: untranslated
 * @text: untranslated, with {host}, {domain}, {provider} and {protocol}
 * @action: the one repair
 *
 * One title, one sentence, one repair.
 */
typedef struct {
  int                code;
  MwAdviceCondition  condition;
  const char        *title;
  const char        *text;
  MwAdviceAction     action;
} MwAdviceRow;

/**
 * mw_advice_find_row:
 * @rows: rows, those with conditions before those without
 * @facts: (nullable): what is known; without it no condition holds
 *
 * Returns: (nullable): the first row that fits
 */
const MwAdviceRow *mw_advice_find_row         (const MwAdviceRow   *rows,
                                               gsize                n_rows,
                                               int                  code,
                                               const MwAdviceFacts *facts);

/**
 * mw_advice_find_outcome_row:
 *
 * Returns: the row of an outcome; every outcome has one
 */
const MwAdviceRow *mw_advice_find_outcome_row (MwOutcome            outcome,
                                               const MwAdviceFacts *facts);

/**
 * mw_advice_find_sign_in_row:
 *
 * Returns: (nullable): the row of an outcome that says what a server wants in
 *   place of a password
 */
const MwAdviceRow *mw_advice_find_sign_in_row (MwOutcome            outcome,
                                               const MwAdviceFacts *facts);

/**
 * mw_advice_new:
 * @facts: (nullable): what is known
 *
 * Returns: (transfer full): the row in the language of the interface
 */
MwAdvice          *mw_advice_new              (const MwAdviceRow   *row,
                                               const MwAdviceFacts *facts);

/**
 * mw_advice_set_action:
 * @uri: (nullable): for %MW_ADVICE_ACTION_OPEN_URI
 */
void               mw_advice_set_action       (MwAdvice            *self,
                                               MwAdviceAction       action,
                                               const char          *uri);

/**
 * mw_advice_add_causes:
 *
 * Adds what the provider is known for, where it can be the reason of @outcome,
 * and its page where a button may open it.
 */
void               mw_advice_add_causes       (MwAdvice            *self,
                                               MwOutcome            outcome,
                                               const MwAdviceFacts *facts);

G_END_DECLS
