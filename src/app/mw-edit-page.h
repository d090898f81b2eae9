/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "setup/mw-setup.h"

G_BEGIN_DECLS

#define MW_TYPE_EDIT_PAGE (mw_edit_page_get_type ())

/**
 * MwEditPage:
 *
 * Everything about a saved account, to be changed. Its button activates
 * `win.save-account`.
 */
G_DECLARE_FINAL_TYPE (MwEditPage, mw_edit_page, MW, EDIT_PAGE, AdwBin)

/**
 * mw_edit_page_start:
 * @setup: (nullable): a set-up that @profile was opened in; %NULL lets go of
 *   the former one
 * @profile: (nullable): the saved account
 */
void     mw_edit_page_start            (MwEditPage *self,
                                        MwSetup    *setup,
                                        MwProfile  *profile);

/**
 * mw_edit_page_take:
 *
 * Hands everything that was typed to the set-up. If something makes no sense,
 * the page says so.
 *
 * Returns: whether the set-up has it all
 */
gboolean mw_edit_page_take             (MwEditPage *self);

/**
 * mw_edit_page_is_changed:
 *
 * Returns: whether something would be lost if the page was left
 */
gboolean mw_edit_page_is_changed       (MwEditPage *self);

/**
 * mw_edit_page_ask_for_password:
 * @side: whose password the keyring did not give
 * @reason: (nullable): why, in words; %NULL when it does not have it
 */
void     mw_edit_page_ask_for_password (MwEditPage *self,
                                        MwSide      side,
                                        const char *reason);

/**
 * mw_edit_page_set_status:
 * @text: (nullable): what is going on, in words; %NULL for nothing
 * @is_busy: whether it is still going on, and nothing can be saved
 */
void     mw_edit_page_set_status       (MwEditPage *self,
                                        const char *text,
                                        gboolean    is_busy);

/**
 * mw_edit_page_forget_password:
 *
 * Empties the password entries.
 */
void     mw_edit_page_forget_password  (MwEditPage *self);

G_END_DECLS
