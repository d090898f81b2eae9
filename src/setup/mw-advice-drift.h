/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-profile.h"
#include "core/mw-provider.h"
#include "core/mw-verdict.h"

G_BEGIN_DECLS

/**
 * MwDriftKind:
 * @MW_DRIFT_KIND_SERVER: another server is named now
 * @MW_DRIFT_KIND_PROVIDER: somebody else keeps the mail
 * @MW_DRIFT_KIND_AUTHORITY: the certificate comes from another authority
 * @MW_DRIFT_KIND_EXPIRY: the certificate was renewed; not worth a question
 * @MW_DRIFT_KIND_SECURITY: the kind of encryption is no longer offered
 * @MW_DRIFT_KIND_LOG_IN: the password used to be sent encrypted, and is not now
 * @MW_DRIFT_KIND_DEMAND: the provider wants something else than the password
 *
 * What has changed since an account was saved.
 */
typedef enum {
  MW_DRIFT_KIND_SERVER,
  MW_DRIFT_KIND_PROVIDER,
  MW_DRIFT_KIND_AUTHORITY,
  MW_DRIFT_KIND_EXPIRY,
  MW_DRIFT_KIND_SECURITY,
  MW_DRIFT_KIND_LOG_IN,
  MW_DRIFT_KIND_DEMAND,
} MwDriftKind;

/**
 * MwDrift:
 * @kind: what has changed
 * @side: on which side
 * @text: a sentence
 *
 * One change.
 */
typedef struct {
  MwDriftKind  kind;
  MwSide       side;
  char        *text;
} MwDrift;

/**
 * MwDriftFacts:
 * @saved: the account as it was saved
 * @verdicts: by side, nullable: what became of its servers in a new run
 * @named: (element-type MwCandidate): by side, nullable: what the sources name
 *   now, best first
 * @provider: (nullable): who keeps the mail now, where that is known
 *
 * What a drift is found out from. All of it is borrowed.
 */
typedef struct {
  MwProfile  *saved;
  MwVerdict  *verdicts[2];
  GPtrArray  *named[2];
  MwProvider *provider;
} MwDriftFacts;

/**
 * mw_advice_find_drift:
 * @facts: the account, and what is known now
 *
 * Servers that were typed by hand differ from what the sources say on purpose,
 * and what only the name service or a guess says is no reason to move.
 *
 * Returns: (transfer full) (element-type MwDrift): what has changed, that on
 *   which something can be done first; may be empty
 */
GPtrArray *mw_advice_find_drift     (const MwDriftFacts *facts);

/**
 * mw_advice_can_use_drift:
 * @drift: (element-type MwDrift): what has changed
 *
 * Returns: whether it makes sense to look for the servers anew
 */
gboolean   mw_advice_can_use_drift  (GPtrArray          *drift);

G_END_DECLS
