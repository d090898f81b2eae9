/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-review-details.h"

#include <glib/gi18n.h>

#include "app/mw-foreign-text.h"

/* A link has 2048 octets at most. */
#define MAX_CHARS 2048

static void
add_row (GtkListBox *list,
         const char *title,
         const char *value)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *title_label = gtk_label_new (title);
  GtkWidget *value_label = gtk_label_new (value);

  gtk_label_set_xalign (GTK_LABEL (title_label), 0);
  gtk_label_set_wrap (GTK_LABEL (title_label), TRUE);
  gtk_widget_add_css_class (title_label, "caption");
  gtk_widget_add_css_class (title_label, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (value_label), 0);
  gtk_label_set_wrap (GTK_LABEL (value_label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (value_label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (value_label), TRUE);
  gtk_box_append (GTK_BOX (box), title_label);
  gtk_box_append (GTK_BOX (box), value_label);

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_widget_add_css_class (row, "detail");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, value,
                                  -1);
  gtk_list_box_append (list, row);
}

static void
add_quoted (GtkListBox *list,
            const char *title,
            const char *value)
{
  g_autofree char *shown = mw_foreign_text_new (value, MAX_CHARS);
  g_autofree char *quoted = NULL;

  if (*shown == '\0')
    return;

  /* Translators: %s is a text out of a link. */
  quoted = g_strdup_printf (_("“%s”"), shown);
  add_row (list, title, quoted);
}

static void
add_plain (GtkListBox *list,
           const char *title,
           const char *value)
{
  g_autofree char *shown = mw_foreign_text_new (value, MAX_CHARS);

  if (*shown != '\0')
    add_row (list, title, shown);
}

static const char *
describe_auth (MwLinkAuth auth)
{
  switch (auth)
    {
    case MW_LINK_AUTH_PASSWORD:
      return _("The password of the account");
    case MW_LINK_AUTH_APP_PASSWORD:
      return _("A password made for programs (app password)");
    case MW_LINK_AUTH_OAUTH2:
      return _("The provider’s own page in the browser");
    case MW_LINK_AUTH_UNSET:
    default:
      return NULL;
    }
}

static void
add_user_names (GtkListBox  *list,
                MwSetupLink *link)
{
  if (g_strcmp0 (link->incoming_user, link->outgoing_user) == 0)
    {
      add_quoted (list, _("User name"), link->incoming_user);
      return;
    }

  add_quoted (list, _("User name for receiving"), link->incoming_user);
  add_quoted (list, _("User name for sending"), link->outgoing_user);
}

static void
add_ignored (GtkListBox *list,
             GPtrArray  *keys)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < keys->len; i++)
    g_string_append_printf (text, i > 0 ? ", %s" : "%s", (const char *) keys->pdata[i]);
  add_plain (list, _("Not understood and not used"), text->str);
}

GtkWidget *
mw_review_details_new (MwSetupLink *link)
{
  GtkListBox *list;
  const char *auth;

  g_return_val_if_fail (link != NULL, NULL);

  list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Details"),
                                  -1);

  add_user_names (list, link);
  auth = describe_auth (link->auth);
  if (auth != NULL)
    add_row (list, _("What you sign in with"), auth);
  add_quoted (list, _("Suggested name for your messages"), link->sender_name);
  add_quoted (list, _("Suggested name for the account"), link->account_name);
  add_plain (list, _("Suggested mail program"), link->client);
  add_plain (list, _("Help page, not opened"), link->help_uri);
  add_ignored (list, link->ignored);

  if (gtk_list_box_get_row_at_index (list, 0) != NULL)
    return GTK_WIDGET (list);

  g_object_ref_sink (list);
  g_object_unref (list);
  return NULL;
}
