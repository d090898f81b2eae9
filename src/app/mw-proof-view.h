/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "setup/mw-setup.h"

G_BEGIN_DECLS

#define MW_TYPE_PROOF_VIEW (mw_proof_view_get_type ())

/**
 * MwProofView:
 *
 * What was proved of an account, in words: receiving, sending, encryption,
 * certificates and how it signs in.
 */
G_DECLARE_FINAL_TYPE (MwProofView, mw_proof_view, MW, PROOF_VIEW, AdwBin)

/**
 * mw_proof_view_show:
 * @setup: whose run proved it
 * @profile: the account
 * @proved: whether anything was; if not, the servers are named as not tested
 */
void mw_proof_view_show (MwProofView *self,
                         MwSetup     *setup,
                         MwProfile   *profile,
                         gboolean     proved);

G_END_DECLS
