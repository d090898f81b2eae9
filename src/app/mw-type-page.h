/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "setup/mw-provider-lookup.h"
#include "setup/mw-setup.h"

G_BEGIN_DECLS

#define MW_TYPE_TYPE_PAGE (mw_type_page_get_type ())

/**
 * MwTypePage:
 *
 * The first page of adding an account: the address, and for those who want it
 * the kind of account.
 */
G_DECLARE_FINAL_TYPE (MwTypePage, mw_type_page, MW, TYPE_PAGE, AdwBin)

/**
 * mw_type_page_set_lookup:
 * @lookup: who finds out whose the address is while it is typed
 */
void mw_type_page_set_lookup          (MwTypePage       *self,
                                       MwProviderLookup *lookup);

/**
 * mw_type_page_set_setup:
 * @setup: (nullable): the set-up to fill; the entry is emptied
 */
void mw_type_page_set_setup           (MwTypePage *self,
                                       MwSetup    *setup);

/**
 * mw_type_page_try_address:
 * @text: an address from outside that turned out to be none
 *
 * Puts @text into the entry and says what is wrong with it.
 */
void mw_type_page_try_address         (MwTypePage *self,
                                       const char *text);
void mw_type_page_set_keyring_missing (MwTypePage *self,
                                       gboolean    missing);

/**
 * mw_type_page_update_network:
 *
 * Says what the network is like.
 */
void mw_type_page_update_network      (MwTypePage *self);

G_END_DECLS
