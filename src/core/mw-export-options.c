/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-export-options.h"

G_DEFINE_BOXED_TYPE (MwExportOptions, mw_export_options, mw_export_options_copy,
                     mw_export_options_free)

MwExportOptions *
mw_export_options_copy (const MwExportOptions *self)
{
  MwExportOptions *copy = g_new0 (MwExportOptions, 1);

  if (self != NULL)
    *copy = *self;
  if (copy->primary_password != NULL)
    mw_secret_ref (copy->primary_password);
  return copy;
}

void
mw_export_options_free (MwExportOptions *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->primary_password, mw_secret_unref);
  g_free (self);
}
