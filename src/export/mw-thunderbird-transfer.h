/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-export-options.h"
#include "core/mw-export-target.h"
#include "core/mw-profile.h"
#include "core/mw-secret.h"

G_BEGIN_DECLS

/**
 * MwThunderbirdTransfer:
 *
 * What is to be done to one Thunderbird profile, whole or not at all.
 */
typedef struct {
  MwExportTarget  *target;
  MwProfile       *profile;
  MwSecret        *incoming;    /* NULL: without password */
  MwSecret        *outgoing;
  MwExportOptions *options;
  char            *helper_path; /* NULL: none was found */
} MwThunderbirdTransfer;

void            mw_thunderbird_transfer_free   (MwThunderbirdTransfer  *self);

/**
 * mw_thunderbird_transfer_export:
 * @error: return location for a %MW_EXPORT_ERROR
 *
 * Makes or updates the account. Blocks on files and the password helper.
 *
 * Returns: (transfer full) (nullable): what was done
 */
MwExportReport *mw_thunderbird_transfer_export (MwThunderbirdTransfer  *self,
                                                GError                **error);

/**
 * mw_thunderbird_transfer_remove:
 * @error: return location for a %MW_EXPORT_ERROR
 *
 * Takes the account out. Blocks on files and the password helper.
 *
 * Returns: (transfer full) (nullable): what was done
 */
MwExportReport *mw_thunderbird_transfer_remove (MwThunderbirdTransfer  *self,
                                                GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwThunderbirdTransfer, mw_thunderbird_transfer_free)

G_END_DECLS
