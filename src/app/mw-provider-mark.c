/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-provider-mark.h"

#define N_COLOURS 8

GtkWidget *
mw_provider_mark_new (MwProvider *provider)
{
  g_autofree char *colour = NULL;
  GtkWidget *label;

  g_return_val_if_fail (mw_provider_is_listed (provider), NULL);

  colour = g_strdup_printf ("colour-%u", g_str_hash (provider->id) % N_COLOURS);
  label = g_object_new (GTK_TYPE_LABEL,
                        "label", provider->initials,
                        "valign", GTK_ALIGN_CENTER,
                        "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                        NULL);
  gtk_widget_add_css_class (label, "provider-initials");
  gtk_widget_add_css_class (label, colour);
  return label;
}
