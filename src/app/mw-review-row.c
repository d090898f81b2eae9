/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-review-row.h"

#include "app/mw-host-markup.h"
#include "app/mw-review-text.h"

GtkWidget *
mw_review_row_new (MwEndpoint *endpoint,
                   const char *note)
{
  GtkWidget *row;
  g_autofree char *title = NULL;
  g_autofree char *server = NULL;
  g_autofree char *subtitle = NULL;

  g_return_val_if_fail (endpoint != NULL, NULL);

  row = adw_action_row_new ();
  title = mw_host_markup_new (mw_endpoint_get_host (endpoint));
  server = mw_review_text_describe_server (endpoint);
  subtitle = note != NULL ? g_strconcat (note, "\n", server, NULL) : g_strdup (server);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle,
                                  -1);
  return row;
}
