/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-profile.h"
#include "core/mw-secret.h"
#include "export/mw-thunderbird-folder.h"

G_BEGIN_DECLS

/**
 * MwThunderbirdPasswords:
 *
 * The `logins.json` of a profile and the questions about it, which only the
 * password helper can answer: everything in it is encrypted.
 */
typedef struct _MwThunderbirdPasswords MwThunderbirdPasswords;

/**
 * mw_thunderbird_passwords_read:
 * @folder: (transfer none): a profile folder that outlives the result
 * @primary: (transfer none) (nullable): opens a locked store;
 *   outlives the result
 * @error: return location for a %MW_EXPORT_ERROR
 *
 * Returns: (transfer full) (nullable): the passwords
 */
MwThunderbirdPasswords *mw_thunderbird_passwords_read        (MwThunderbirdFolder     *folder,
                                                              MwSecret                *primary,
                                                              GError                 **error);
void                    mw_thunderbird_passwords_free        (MwThunderbirdPasswords  *self);

/**
 * mw_thunderbird_passwords_want:
 * @service: one side of an account
 * @password: (nullable): its password
 *
 * Adds a side of the account that the next call is about. A side without
 * user name is left out.
 */
void                    mw_thunderbird_passwords_want        (MwThunderbirdPasswords  *self,
                                                              MwService               *service,
                                                              MwSecret                *password);

/**
 * mw_thunderbird_passwords_store:
 * @helper_path: (nullable): the helper program
 * @dry_run: only find out what would change
 * @report: gets what became of the password, and the names of new records
 * @error: return location for a %MW_EXPORT_ERROR;
 *   %MW_EXPORT_ERROR_PRIMARY_PASSWORD when a wrong one was given
 *
 * Puts the wanted passwords into the store. That it is locked and no primary
 * password was given is no error: it is said in @report, and nothing is
 * stored.
 *
 * Returns: whether @report says what is so
 */
gboolean                mw_thunderbird_passwords_store       (MwThunderbirdPasswords  *self,
                                                              const char              *helper_path,
                                                              gboolean                 dry_run,
                                                              MwExportReport          *report,
                                                              GError                 **error);

/**
 * mw_thunderbird_passwords_forget:
 *
 * Takes the wanted log-ins, whatever their passwords, out of the store.
 *
 * Returns: whether @report says what is so
 */
gboolean                mw_thunderbird_passwords_forget      (MwThunderbirdPasswords  *self,
                                                              const char              *helper_path,
                                                              MwExportReport          *report,
                                                              GError                 **error);
gboolean                mw_thunderbird_passwords_get_changed (MwThunderbirdPasswords  *self);
gboolean                mw_thunderbird_passwords_get_is_new  (MwThunderbirdPasswords  *self);

/**
 * mw_thunderbird_passwords_to_data:
 *
 * Returns: (transfer full): the new `logins.json`
 */
char                   *mw_thunderbird_passwords_to_data     (MwThunderbirdPasswords  *self,
                                                              gsize                   *size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwThunderbirdPasswords, mw_thunderbird_passwords_free)

G_END_DECLS
