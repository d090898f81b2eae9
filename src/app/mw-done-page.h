/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "setup/mw-password-file.h"
#include "setup/mw-setup.h"

G_BEGIN_DECLS

#define MW_TYPE_DONE_PAGE (mw_done_page_get_type ())

/**
 * MwDonePage:
 *
 * What was proved; the account is saved as it opens. The rest completes it and
 * hands it to mail programs.
 */
G_DECLARE_FINAL_TYPE (MwDonePage, mw_done_page, MW, DONE_PAGE, AdwBin)

/**
 * mw_done_page_start:
 * @setup: a set-up whose proofs stand
 * @keep_password: put the password into the keyring
 * @client: (nullable): the mail program that a link suggests, not checked
 *
 * Saves the account and shows it.
 */
void mw_done_page_start (MwDonePage *self,
                         MwSetup    *setup,
                         gboolean    keep_password,
                         const char *client);

/**
 * mw_done_page_offer_deletion:
 * @file: what the password came in
 * @name: what it is called, foreign text
 *
 * Offers to delete the file, as soon as the password is in the keyring.
 */
void mw_done_page_offer_deletion (MwDonePage     *self,
                                  MwPasswordFile *file,
                                  const char     *name);

/**
 * mw_done_page_leave:
 *
 * Saves what was changed last and lets go of the set-up.
 */
void mw_done_page_leave (MwDonePage *self);

G_END_DECLS
