/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-entry-binding.h"

static gboolean
null_to_empty (GBinding     *binding,
               const GValue *from,
               GValue       *to,
               gpointer      user_data)
{
  const char *text = g_value_get_string (from);

  g_value_set_string (to, text != NULL ? text : "");

  return TRUE;
}

void
mw_entry_binding_add (GBindingGroup *group,
                      const char    *property,
                      gpointer       entry)
{
  g_return_if_fail (G_IS_BINDING_GROUP (group));
  g_return_if_fail (G_IS_OBJECT (entry));

  g_binding_group_bind_full (group, property, entry, "text",
                             G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL,
                             null_to_empty, NULL, NULL, NULL);
}
