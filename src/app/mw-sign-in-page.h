/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "setup/mw-provider-lookup.h"
#include "setup/mw-setup.h"

G_BEGIN_DECLS

#define MW_TYPE_SIGN_IN_PAGE (mw_sign_in_page_get_type ())

/**
 * MwSignInPage:
 *
 * Sender name, address and password.
 */
G_DECLARE_FINAL_TYPE (MwSignInPage, mw_sign_in_page, MW, SIGN_IN_PAGE, AdwBin)

/**
 * mw_sign_in_page_set_lookup:
 * @lookup: who finds out whose the address is while it is typed
 */
void     mw_sign_in_page_set_lookup          (MwSignInPage     *self,
                                              MwProviderLookup *lookup);

/**
 * mw_sign_in_page_set_setup:
 * @setup: (nullable): the set-up to fill
 * @from_link: the address did not come from the person
 */
void     mw_sign_in_page_set_setup           (MwSignInPage *self,
                                              MwSetup      *setup,
                                              gboolean      from_link);

/**
 * mw_sign_in_page_update:
 *
 * Shows the address of the set-up, after another page changed it.
 */
void     mw_sign_in_page_update              (MwSignInPage *self);

/**
 * mw_sign_in_page_focus_address:
 *
 * Puts the cursor into the address, when that is what has to be corrected.
 */
void     mw_sign_in_page_focus_address       (MwSignInPage *self);

/**
 * mw_sign_in_page_forget_password:
 *
 * Empties the password entry, once the password is no longer needed there.
 */
void     mw_sign_in_page_forget_password     (MwSignInPage *self);
gboolean mw_sign_in_page_has_password        (MwSignInPage *self);
void     mw_sign_in_page_set_keyring_missing (MwSignInPage *self,
                                              gboolean      missing);

/**
 * mw_sign_in_page_update_network:
 *
 * Says what the network is like, and lets Connect wait for it.
 */
void     mw_sign_in_page_update_network      (MwSignInPage *self);

G_END_DECLS
