/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-enums.h"
#include "protocol/mw-span.h"

G_BEGIN_DECLS

/**
 * MwRefusalSubject:
 * @MW_REFUSAL_OF_LOGIN: a user name and a password were refused
 * @MW_REFUSAL_OF_SERVICE: the client was turned away before that
 * @MW_REFUSAL_OF_SENDER: MAIL or RCPT with the own address was refused
 *
 * What a server was asked for when it said no. The same words mean other things
 * after other questions.
 */
typedef enum {
  MW_REFUSAL_OF_LOGIN,
  MW_REFUSAL_OF_SERVICE,
  MW_REFUSAL_OF_SENDER,
} MwRefusalSubject;

/**
 * mw_refusal_words_look_up:
 * @subject: what was refused
 * @text: the words of the answer, without its code, all lines of it
 * @otherwise: for words that say nothing
 *
 * Reads the words of a refusal, for what its code leaves open. Capitals, line
 * breaks and repeated codes of long SMTP answers do not matter. Words that can
 * mean more than one thing give %MW_OUTCOME_LOGIN_REFUSED, even where the code
 * pretends to know better.
 *
 * Returns: the one cause, or @otherwise
 */
MwOutcome mw_refusal_words_look_up (MwRefusalSubject  subject,
                                    MwSpan            text,
                                    MwOutcome         otherwise);

/**
 * mw_refusal_words_contain:
 * @text: the words of an answer
 * @words: lower case
 *
 * Returns: whether @words occur in @text, read in the same way
 */
gboolean  mw_refusal_words_contain (MwSpan            text,
                                    const char       *words);

G_END_DECLS
