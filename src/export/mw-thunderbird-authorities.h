/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-export-options.h"
#include "core/mw-profile.h"
#include "export/mw-thunderbird-folder.h"
#include "export/mw-thunderbird-settings.h"

G_BEGIN_DECLS

/**
 * MwThunderbirdAuthorities:
 * @folder: the profile folder
 * @settings: of the profile folder, as they are going to be
 * @helper_path: (nullable): the helper program
 * @options: what the person said
 * @report: gets what changes, and which authorities are needed and unknown
 * @shares_authorities: this Thunderbird trusts what the system trusts
 *
 * The certification authorities of this system on their way into a profile,
 * which has a list of its own. Borrows everything.
 *
 * What was put in is remembered where it can outlive Mailwright's own files:
 * in a setting `mailwright.authority.SHA256` that lists the accounts which
 * need it. When the last of them goes, so does the authority. One that the
 * profile had before has no such setting, and stays.
 */
typedef struct {
  MwThunderbirdFolder   *folder;
  MwThunderbirdSettings *settings;
  const char            *helper_path;
  const MwExportOptions *options;
  MwExportReport        *report;
  gboolean               shares_authorities;
} MwThunderbirdAuthorities;

/**
 * mw_thunderbird_authorities_apply:
 * @account: (nullable): the account's key, %NULL when it has been taken out
 * @profile: (nullable): the account
 * @error: return location for a %MW_EXPORT_ERROR
 *
 * Puts in the authorities that the account needs and the person agreed to,
 * and takes out those that no account needs any more. Blocks on the helper.
 *
 * Returns: whether the report says what is so
 */
gboolean mw_thunderbird_authorities_apply (MwThunderbirdAuthorities  *self,
                                           const char                *account,
                                           MwProfile                 *profile,
                                           GError                   **error);

G_END_DECLS
