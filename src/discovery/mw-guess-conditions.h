/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "discovery/mw-provider-table.h"
#include "net/mw-resolver.h"

G_BEGIN_DECLS

/**
 * MW_GUESS_OBJECTION_PUBLIC_SUFFIX:
 *
 * Developer text, like its neighbours; whoever explains an objection to people
 * knows it by these words.
 */
#define MW_GUESS_OBJECTION_PUBLIC_SUFFIX "the domain is a public suffix"
#define MW_GUESS_OBJECTION_WILDCARD      "every name under the domain resolves"
#define MW_GUESS_OBJECTION_NO_ANSWER     "DNS gave no answer about the domain"
#define MW_GUESS_OBJECTION_PROVIDER      "the mail exchanger is that of a known provider"
#define MW_GUESS_OBJECTION_ELSEWHERE     "the mail exchanger is elsewhere"

#define MW_TYPE_GUESS_CONDITIONS (mw_guess_conditions_get_type ())

/**
 * MwGuessConditions:
 *
 * Whether a guessed host may be taken for a server of the domain: nobody gets
 * a password only because a wildcard record, a web hoster or a neighbour under
 * the same public suffix answers to `imap.` and the domain.
 *
 * What cannot be found out counts against the guess.
 */
typedef struct _MwGuessConditions MwGuessConditions;

GType              mw_guess_conditions_get_type     (void) G_GNUC_CONST;

/**
 * mw_guess_conditions_check_async:
 * @resolver: names are looked up here
 * @domain: the e-mail domain, normalised
 * @hosts: (array zero-terminated=1): the guessed hosts
 * @providers: (nullable): where a mail exchanger belongs to one of these, the
 *   guessed hosts are not where the mail is kept
 */
void               mw_guess_conditions_check_async  (MwResolver           *resolver,
                                                     const char           *domain,
                                                     const char * const   *hosts,
                                                     MwProviderTable      *providers,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);

/**
 * mw_guess_conditions_check_finish:
 * @error: return location for a %G_IO_ERROR: only cancelled
 *
 * Returns: (transfer full): what was found out
 */
MwGuessConditions *mw_guess_conditions_check_finish (GAsyncResult         *result,
                                                     GError              **error);
MwGuessConditions *mw_guess_conditions_ref          (MwGuessConditions    *self);
void               mw_guess_conditions_unref        (MwGuessConditions    *self);

/**
 * mw_guess_conditions_hold:
 * @host: one of the guessed hosts
 *
 * Returns: whether all conditions hold for @host
 */
gboolean           mw_guess_conditions_hold         (MwGuessConditions    *self,
                                                     const char           *host);

/**
 * mw_guess_conditions_get_objection:
 *
 * Returns: (nullable): why guesses are not trusted, developer text; %NULL when
 *   all hosts may be
 */
const char        *mw_guess_conditions_get_objection (MwGuessConditions   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwGuessConditions, mw_guess_conditions_unref)

G_END_DECLS
