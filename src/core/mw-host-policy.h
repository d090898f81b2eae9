/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-enums.h"

G_BEGIN_DECLS

/**
 * MwHostDecision:
 * @MW_HOST_DECISION_SILENT: the password may go there, and the host may be
 *   saved and exported, without a question
 * @MW_HOST_DECISION_ASK: only after the person said yes to this very host
 * @MW_HOST_DECISION_REFUSE: never
 */
typedef enum {
  MW_HOST_DECISION_SILENT,
  MW_HOST_DECISION_ASK,
  MW_HOST_DECISION_REFUSE,
} MwHostDecision;

/**
 * MwHostFacts:
 * @grade: the candidate's grade
 * @domain_typed: the person typed the address, it did not come from a link
 * @named_by_a: a candidate of grade A names the same host
 * @named_by_b_or_c: a candidate of grade B or C names the same host
 * @guess_name: the host is imap., pop3., pop., mail. or smtp. + the domain
 * @guess_conditions: two random names under the domain do not resolve, the
 *   domain is no public suffix, and its MX is absent, inside the domain or
 *   shares an address with the host
 * @srv_id: the certificate carries the SRV-ID of the domain (RFC 4985)
 * @allowed: the person said yes to this very host
 * @reviewed: the person said yes to a link or a file that names this host,
 *   having seen all its hosts
 * @mail_port: the port is one of the six of mail
 * @address_public: every address to be dialled is a public one
 * @security_none: clear text
 * @built_in: the host is one of the built-in list's
 *
 * Everything the decision rests on.
 */
typedef struct {
  MwGrade  grade;
  gboolean domain_typed;
  gboolean named_by_a;
  gboolean named_by_b_or_c;
  gboolean guess_name;
  gboolean guess_conditions;
  gboolean srv_id;
  gboolean allowed;
  gboolean reviewed;
  gboolean mail_port;
  gboolean address_public;
  gboolean security_none;
  gboolean built_in;
} MwHostFacts;

/**
 * mw_host_policy_decide:
 * @facts: what is known of the host and of the path that led to it
 *
 * The one place that decides who may get a password. It presupposes a
 * certificate valid for the host; without one nothing is sent at all.
 *
 * Returns: the decision
 */
MwHostDecision mw_host_policy_decide   (const MwHostFacts *facts);

/**
 * mw_host_policy_may_dial:
 * @facts: what is known of the host
 *
 * Whether a connection may be opened at all, before any credentials: local
 * addresses and unusual ports only for hosts that were typed or allowed.
 *
 * Returns: whether dialling is allowed
 */
gboolean       mw_host_policy_may_dial (const MwHostFacts *facts);

/**
 * mw_host_policy_may_pin:
 * @facts: what is known of the host
 *
 * Whether a certificate that nobody vouches for may be accepted at all, when
 * the person says so: only for a server whose name they typed, and never for
 * one that everybody knows to have a valid certificate.
 *
 * Returns: whether the question may be asked
 */
gboolean       mw_host_policy_may_pin  (const MwHostFacts *facts);

G_END_DECLS
