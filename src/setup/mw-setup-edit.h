/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "setup/mw-setup.h"

G_BEGIN_DECLS

/**
 * MW_SETUP_EDIT_BOTH:
 *
 * Both sides of an account, for mw_setup_edit_find_unproved().
 */
#define MW_SETUP_EDIT_BOTH ((1u << MW_SIDE_INCOMING) | (1u << MW_SIDE_OUTGOING))

/**
 * mw_setup_edit_find_unproved:
 * @saved: (nullable): the account as it was proved; %NULL for a new one
 * @edited: the same account as it is to be saved
 * @passwords: a bit for each side whose password was typed anew,
 *   `1 << MW_SIDE_…`
 *
 * What has to be proved again because of what was changed. Names, signature
 * and the like need no proof. Of an account whose last check failed nothing
 * stands that could be relied on, so with anything that needs a proof all of
 * it is proved.
 *
 * Returns: a bit for each side that is to be proved, `1 << MW_SIDE_…`
 */
guint      mw_setup_edit_find_unproved (MwProfile *saved,
                                        MwProfile *edited,
                                        guint      passwords);

/**
 * mw_setup_keep_proofs:
 * @self: a set-up that a saved account was opened in
 *
 * Takes what was not changed since then as proved: the next run leaves those
 * sides alone. When nothing is left to prove, there is nothing to run.
 *
 * Returns: a bit for each side that is to be proved
 */
guint      mw_setup_keep_proofs        (MwSetup   *self);

/**
 * mw_setup_set_kept_password:
 * @side: whose password it is
 * @secret: what is in the keyring
 *
 * The password that belongs to the saved account, for proving what was
 * changed. One that was typed stays.
 */
void       mw_setup_set_kept_password  (MwSetup   *self,
                                        MwSide     side,
                                        MwSecret  *secret);

/**
 * mw_setup_is_changed:
 *
 * Returns: whether saving would make another account than the one that was
 *   opened, or a password was typed
 */
gboolean   mw_setup_is_changed         (MwSetup   *self);

/**
 * mw_setup_is_other_address:
 *
 * Returns: whether an address was entered that is not the one of the account
 *   that was opened
 */
gboolean   mw_setup_is_other_address   (MwSetup   *self);

/**
 * mw_setup_duplicate_profile:
 * @profile: a saved account
 *
 * Goes on with the servers and options of a saved account for another one:
 * address, user names and passwords are left out, and it is never the default.
 */
void       mw_setup_duplicate_profile  (MwSetup   *self,
                                        MwProfile *profile);

G_END_DECLS
