/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-accounts-page.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/mw-account-row.h"
#include "app/mw-foreign-text.h"
#include "app/mw-tab-order.h"

#define SEARCH_FROM 11
#define PATH_MAX_CHARS 200

struct _MwAccountsPage
{
  AdwBin         parent_instance;

  /* Template widgets */
  GtkWidget     *search_entry;
  GtkLabel      *damaged_label;
  GtkListBox    *list;
  GtkWidget     *empty_label;
  GtkWidget     *add_button;

  /* Borrowed */
  MwApplication *application;

  /* Owned */
  GSignalGroup  *store_signals;
  GHashTable    *hidden;
};

G_DEFINE_FINAL_TYPE (MwAccountsPage, mw_accounts_page, ADW_TYPE_BIN)

static MwProfileStore *
get_store (MwAccountsPage *self)
{
  return mw_engine_get_profile_store (mw_application_get_engine (self->application));
}

static gboolean
matches_search (MwAccountsPage *self,
                MwProfile      *profile)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  if (*words == '\0')
    return TRUE;

  return g_str_match_string (words, profile->label != NULL ? profile->label : "", TRUE)
         || strstr (profile->address, words) != NULL
         || (profile->description != NULL
             && g_str_match_string (words, profile->description, TRUE));
}

/* A row is reused for whatever stands in its place, so that the focus survives
 * an update. */
static MwAccountRow *
ensure_row (MwAccountsPage *self,
            int             index)
{
  GtkListBoxRow *found = gtk_list_box_get_row_at_index (self->list, index);
  GtkWidget *row;

  if (found != NULL)
    return MW_ACCOUNT_ROW (found);

  row = mw_account_row_new ();
  gtk_list_box_append (self->list, row);

  return MW_ACCOUNT_ROW (row);
}

static void
update_damaged (MwAccountsPage *self)
{
  GPtrArray *damaged = mw_profile_store_get_damaged (get_store (self));
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  guint n_damaged = damaged != NULL ? damaged->len : 0;

  gtk_widget_set_visible (GTK_WIDGET (self->damaged_label), n_damaged > 0);
  if (n_damaged == 0)
    return;

  path = mw_foreign_text_new (g_ptr_array_index (damaged, 0), PATH_MAX_CHARS);
  /* Translators: %u is a number of files, %s the path of the first of them. */
  text = g_strdup_printf (ngettext ("%u account file could not be read. It was set aside as %s.",
                                    "%u account files could not be read. They were set aside, the "
                                    "first one as %s.", n_damaged),
                          n_damaged, path);
  gtk_label_set_text (self->damaged_label, text);
}

static void
mw_accounts_page_update (MwAccountsPage *self)
{
  GPtrArray *profiles = mw_profile_store_get_profiles (get_store (self));
  MwWaitingRoom *room = mw_application_get_waiting_room (self->application);
  GtkListBoxRow *rest;
  int n_rows = 0;

  for (guint i = 0; profiles != NULL && i < profiles->len; i++)
    {
      MwProfile *profile = g_ptr_array_index (profiles, i);
      MwHandOver *waiting = mw_waiting_room_find (room, profile->id, NULL);
      const char *program = NULL;

      if (g_hash_table_contains (self->hidden, profile->id) || !matches_search (self, profile))
        continue;
      if (waiting != NULL)
        program = mw_hand_over_get_program_name (mw_hand_over_get_target (waiting));
      mw_account_row_set_profile (ensure_row (self, n_rows), profile, program);
      n_rows++;
    }

  while ((rest = gtk_list_box_get_row_at_index (self->list, n_rows)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (rest));

  gtk_widget_set_visible (GTK_WIDGET (self->list), n_rows > 0);
  gtk_widget_set_visible (self->empty_label, profiles == NULL || profiles->len == 0);
  gtk_widget_set_visible (self->search_entry,
                          profiles != NULL && profiles->len >= SEARCH_FROM);
  update_damaged (self);
}

static void
on_search_changed_cb (MwAccountsPage *self)
{
  if (self->application != NULL)
    mw_accounts_page_update (self);
}

static void
on_row_activated (MwAccountsPage *self,
                  GtkListBoxRow  *row)
{
  gtk_widget_activate_action (GTK_WIDGET (row), "account.menu", NULL);
}

static void
mw_accounts_page_map (GtkWidget *widget)
{
  MwAccountsPage *self = MW_ACCOUNTS_PAGE (widget);

  GTK_WIDGET_CLASS (mw_accounts_page_parent_class)->map (widget);

  if (self->application != NULL)
    mw_accounts_page_update (self);
  gtk_window_set_default_widget (GTK_WINDOW (gtk_widget_get_root (widget)), self->add_button);
}

static gboolean
mw_accounts_page_grab_focus (GtkWidget *widget)
{
  MwAccountsPage *self = MW_ACCOUNTS_PAGE (widget);
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);

  return gtk_widget_grab_focus (first != NULL ? GTK_WIDGET (first) : self->add_button);
}

static void
mw_accounts_page_dispose (GObject *object)
{
  MwAccountsPage *self = MW_ACCOUNTS_PAGE (object);

  g_clear_object (&self->store_signals);
  g_clear_pointer (&self->hidden, g_hash_table_unref);

  G_OBJECT_CLASS (mw_accounts_page_parent_class)->dispose (object);
}

static void
mw_accounts_page_class_init (MwAccountsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mw_accounts_page_dispose;
  widget_class->map = mw_accounts_page_map;
  widget_class->grab_focus = mw_accounts_page_grab_focus;
  mw_tab_order_pass_through (widget_class);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "mw-accounts-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MwAccountsPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, MwAccountsPage, damaged_label);
  gtk_widget_class_bind_template_child (widget_class, MwAccountsPage, list);
  gtk_widget_class_bind_template_child (widget_class, MwAccountsPage, empty_label);
  gtk_widget_class_bind_template_child (widget_class, MwAccountsPage, add_button);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
}

static void
mw_accounts_page_init (MwAccountsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->store_signals = g_signal_group_new (MW_TYPE_PROFILE_STORE);
  g_signal_group_connect_swapped (self->store_signals, "changed",
                                  G_CALLBACK (mw_accounts_page_update), self);
  g_signal_connect_object (self->list, "row-activated",
                           G_CALLBACK (on_row_activated), self, G_CONNECT_SWAPPED);
}

void
mw_accounts_page_set_application (MwAccountsPage *self,
                                  MwApplication  *application)
{
  g_return_if_fail (MW_IS_ACCOUNTS_PAGE (self));
  g_return_if_fail (MW_IS_APPLICATION (application));

  self->application = application;
  g_signal_connect_object (application, "hand-over-changed",
                           G_CALLBACK (mw_accounts_page_update), self, G_CONNECT_SWAPPED);
  g_signal_group_set_target (self->store_signals, get_store (self));
  mw_accounts_page_update (self);
}

void
mw_accounts_page_set_hidden (MwAccountsPage *self,
                             const char     *id,
                             gboolean        hidden)
{
  g_return_if_fail (MW_IS_ACCOUNTS_PAGE (self));

  if (hidden)
    g_hash_table_add (self->hidden, g_strdup (id));
  else
    g_hash_table_remove (self->hidden, id);
  mw_accounts_page_update (self);
}

void
mw_accounts_page_focus_account (MwAccountsPage *self,
                                const char     *id)
{
  GtkListBoxRow *row;

  g_return_if_fail (MW_IS_ACCOUNTS_PAGE (self));

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (g_str_equal (mw_account_row_get_profile (MW_ACCOUNT_ROW (row))->id, id))
      gtk_widget_grab_focus (GTK_WIDGET (row));
}
