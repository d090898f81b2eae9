/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib-object.h>

#include "core/mw-secret.h"

G_BEGIN_DECLS

#define MW_TYPE_EXPORT_OPTIONS (mw_export_options_get_type ())

/**
 * MwExportOptions:
 * @dry_run: only say what would change
 * @take_over: the person said yes to changing an account that they made by
 *   hand in the mail program
 * @accept_place: the person said yes to a folder of the mail program that is
 *   not a plain folder of their own: a symbolic link, outside their home, or
 *   owned by somebody else
 * @trust_authority: the person said yes to a certification authority of this
 *   system becoming trusted in the mail program, for every host
 * @primary_password: (nullable): opens the mail program's own store of
 *   passwords; %NULL when there is none, or to leave the store locked
 *
 * What the person said about handing an account over. Zeroes are the answers
 * of somebody who was not asked.
 */
typedef struct {
  gboolean  dry_run;
  gboolean  take_over;
  gboolean  accept_place;
  gboolean  trust_authority;
  MwSecret *primary_password;
} MwExportOptions;

GType            mw_export_options_get_type (void) G_GNUC_CONST;

/**
 * mw_export_options_copy:
 * @self: (nullable): options; %NULL stands for zeroes
 *
 * Returns: (transfer full): the same
 */
MwExportOptions *mw_export_options_copy     (const MwExportOptions *self);
void             mw_export_options_free     (MwExportOptions       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwExportOptions, mw_export_options_free)

G_END_DECLS
