/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-accounts-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/mw-account-list.h"
#include "app/mw-account-row.h"
#include "app/mw-foreign-text.h"
#include "app/mw-list-card.h"
#include "app/mw-tab-order.h"

#define SEARCH_FROM 11
#define PATH_MAX_CHARS 200
#define LOOK_AT_DATE_S 300

/* GTK makes about 200 rows of a long list, ten times as many as can be seen.
 * The first picture does not wait for those. */
#define FIRST_ROWS 24
#define FIRST_FRAMES 2

struct _MwAccountsPage
{
  AdwBin              parent_instance;

  /* Template widgets */
  GtkEditable        *search_entry;
  GtkLabel           *damaged_label;
  GtkWidget          *list_card;
  GtkListView        *list;
  GtkWidget          *nothing_page;
  GtkWidget          *empty_page;
  GtkWidget          *add_button;

  /* Borrowed */
  MwApplication      *application;

  /* Owned */
  MwAccountList      *accounts;   /* all of them, in no order */
  GtkFilterListModel *shown;      /* as they are on the screen */
  GtkSliceListModel  *rows;       /* the first of them, then all */
  GtkFilter          *filter;
  char              **words;      /* searched for */
  guint               date_id;
  guint               n_frames;
  int                 day;        /* of the month, when the rows were made */
};

G_DEFINE_FINAL_TYPE (MwAccountsPage, mw_accounts_page, ADW_TYPE_BIN)

static MwProfileStore *
get_store (MwAccountsPage *self)
{
  return mw_engine_get_profile_store (mw_application_get_engine (self->application));
}

static guint
get_n_accounts (MwAccountsPage *self)
{
  return self->accounts != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->accounts)) : 0;
}

static guint
get_n_shown (MwAccountsPage *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->shown));
}

static gboolean
matches_search (gpointer item,
                gpointer user_data)
{
  MwAccountsPage *self = user_data;

  return self->words == NULL
         || mw_account_item_matches (item, (const char * const *) self->words);
}

static int
compare_items (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  return mw_account_item_compare (a, b);
}

/* Rows: as many as can be seen, and a few more. */

static void
on_row_setup (GtkSignalListItemFactory *factory,
              GtkListItem              *list_item,
              MwAccountsPage           *self)
{
  gtk_list_item_set_child (list_item, mw_account_row_new ());
}

static void
on_row_bind (GtkSignalListItemFactory *factory,
             GtkListItem              *list_item,
             MwAccountsPage           *self)
{
  MwAccountItem *item = gtk_list_item_get_item (list_item);
  const char *address = mw_account_item_get_profile (item)->address;
  const char *at = strrchr (address, '@');
  MwProvider *provider = NULL;

  if (at != NULL)
    provider = mw_engine_lookup_provider (mw_application_get_engine (self->application), at + 1);
  mw_account_row_set_item (MW_ACCOUNT_ROW (gtk_list_item_get_child (list_item)), item, provider);
}

static void
on_row_unbind (GtkSignalListItemFactory *factory,
               GtkListItem              *list_item,
               MwAccountsPage           *self)
{
  mw_account_row_set_item (MW_ACCOUNT_ROW (gtk_list_item_get_child (list_item)), NULL, NULL);
}

static MwAccountRow *
get_row_at (GtkWidget *widget)
{
  GtkWidget *child = widget != NULL ? gtk_widget_get_first_child (widget) : NULL;

  if (child != NULL && MW_IS_ACCOUNT_ROW (child))
    return MW_ACCOUNT_ROW (child);
  if (widget != NULL)
    child = gtk_widget_get_ancestor (widget, MW_TYPE_ACCOUNT_ROW);
  return child != NULL ? MW_ACCOUNT_ROW (child) : NULL;
}

static MwAccountRow *
get_focused_row (MwAccountsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return root != NULL ? get_row_at (gtk_root_get_focus (root)) : NULL;
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

/* The one place that derives what is visible from the accounts there are. */
static void
mw_accounts_page_update (MwAccountsPage *self)
{
  guint n_accounts = get_n_accounts (self);
  guint n_shown = get_n_shown (self);
  gboolean can_search = n_accounts >= SEARCH_FROM || self->words != NULL;

  gtk_widget_set_visible (self->list_card, n_shown > 0);
  gtk_widget_set_visible (self->nothing_page, n_shown == 0 && n_accounts > 0);
  gtk_widget_set_visible (self->empty_page, n_accounts == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->search_entry), can_search);
  /* Whoever just types is searching. */
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search_entry),
                                           can_search ? GTK_WIDGET (self) : NULL);
  update_damaged (self);
}

static void
update_waiting (MwAccountsPage *self,
                guint           start,
                guint           n_items)
{
  MwWaitingRoom *room = mw_application_get_waiting_room (self->application);

  for (guint i = start; i < start + n_items; i++)
    {
      g_autoptr(MwAccountItem) item = g_list_model_get_item (G_LIST_MODEL (self->accounts), i);
      MwHandOver *waiting = NULL;
      const char *program = NULL;

      if (room != NULL)
        waiting = mw_waiting_room_find (room, mw_account_item_get_id (item), NULL);
      if (waiting != NULL)
        program = mw_hand_over_get_program_name (mw_hand_over_get_target (waiting));
      mw_account_item_set_waiting_for (item, program);
    }
}

static void
on_hand_over_changed (MwAccountsPage *self)
{
  update_waiting (self, 0, get_n_accounts (self));
}

static void
on_accounts_changed (GListModel     *model,
                     guint           position,
                     guint           removed,
                     guint           added,
                     MwAccountsPage *self)
{
  update_waiting (self, position, added);
}

/* "Checked today" is not true for ever. */
static void
tell_time (MwAccountsPage *self)
{
  for (guint i = 0; i < get_n_accounts (self); i++)
    {
      g_autoptr(MwAccountItem) item = g_list_model_get_item (G_LIST_MODEL (self->accounts), i);

      mw_account_item_tell_changed (item);
    }
}

static gboolean
on_look_at_date_cb (gpointer user_data)
{
  MwAccountsPage *self = user_data;
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();

  if (self->day != 0 && g_date_time_get_day_of_month (now) != self->day)
    tell_time (self);
  self->day = g_date_time_get_day_of_month (now);
  return G_SOURCE_CONTINUE;
}

static void
on_search_changed_cb (MwAccountsPage *self)
{
  g_auto(GStrv) words = mw_account_item_make_words (gtk_editable_get_text (self->search_entry));

  g_clear_pointer (&self->words, g_strfreev);
  if (*words != NULL)
    self->words = g_steal_pointer (&words);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  mw_accounts_page_update (self);
}

static void
on_search_stopped_cb (MwAccountsPage *self)
{
  gtk_editable_set_text (self->search_entry, "");
  on_search_changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* The entry takes a letter wherever it was typed; the next ones are written
 * after it. */
static void
on_search_typed_cb (MwAccountsPage *self)
{
  GtkWidget *text = GTK_WIDGET (gtk_editable_get_delegate (self->search_entry));

  if (*gtk_editable_get_text (self->search_entry) != '\0' && !gtk_widget_is_focus (text))
    gtk_text_grab_focus_without_selecting (GTK_TEXT (text));
}

/* Enter goes to what was found. */
static void
on_search_activated_cb (MwAccountsPage *self)
{
  if (get_n_shown (self) > 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
on_activated_cb (MwAccountsPage *self,
                 guint           position)
{
  g_autoptr(MwAccountItem) item = g_list_model_get_item (G_LIST_MODEL (self->shown), position);

  if (item != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.edit-account", "s",
                                mw_account_item_get_id (item));
}

static void
search (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  MwAccountsPage *self = MW_ACCOUNTS_PAGE (widget);

  if (gtk_widget_get_mapped (widget) && gtk_widget_get_visible (GTK_WIDGET (self->search_entry)))
    gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

/* From wherever the focus is. */
static gboolean
stop_search (GtkWidget *widget,
             GVariant  *args,
             gpointer   user_data)
{
  MwAccountsPage *self = MW_ACCOUNTS_PAGE (widget);

  if (self->words == NULL)
    return FALSE;

  on_search_stopped_cb (self);
  return TRUE;
}

static void
delete_focused (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  MwAccountRow *row = get_focused_row (MW_ACCOUNTS_PAGE (widget));

  if (row != NULL && mw_account_row_get_item (row) != NULL)
    gtk_widget_activate_action (widget, "win.delete-account", "s",
                                mw_account_item_get_id (mw_account_row_get_item (row)));
}

static void
popup_menu (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  MwAccountRow *row = get_focused_row (MW_ACCOUNTS_PAGE (widget));

  if (row != NULL)
    mw_account_row_popup_menu (row);
}

static void
show_all_rows (MwAccountsPage *self)
{
  if (gtk_slice_list_model_get_size (self->rows) == FIRST_ROWS)
    gtk_slice_list_model_set_size (self->rows, G_MAXUINT);
}

static gboolean
on_frame_cb (GtkWidget     *widget,
             GdkFrameClock *clock,
             gpointer       user_data)
{
  MwAccountsPage *self = MW_ACCOUNTS_PAGE (widget);

  if (++self->n_frames < FIRST_FRAMES)
    return G_SOURCE_CONTINUE;

  show_all_rows (self);
  return G_SOURCE_REMOVE;
}

static void
mw_accounts_page_map (GtkWidget *widget)
{
  MwAccountsPage *self = MW_ACCOUNTS_PAGE (widget);

  GTK_WIDGET_CLASS (mw_accounts_page_parent_class)->map (widget);

  if (self->n_frames == 0)
    gtk_widget_add_tick_callback (widget, on_frame_cb, NULL, NULL);
  on_look_at_date_cb (self);
  if (self->date_id == 0)
    self->date_id = g_timeout_add_seconds (LOOK_AT_DATE_S, on_look_at_date_cb, self);
  gtk_window_set_default_widget (GTK_WINDOW (gtk_widget_get_root (widget)), self->add_button);
}

static void
mw_accounts_page_unmap (GtkWidget *widget)
{
  MwAccountsPage *self = MW_ACCOUNTS_PAGE (widget);

  g_clear_handle_id (&self->date_id, g_source_remove);

  GTK_WIDGET_CLASS (mw_accounts_page_parent_class)->unmap (widget);
}

static gboolean
mw_accounts_page_grab_focus (GtkWidget *widget)
{
  MwAccountsPage *self = MW_ACCOUNTS_PAGE (widget);

  if (get_n_shown (self) > 0 && gtk_widget_grab_focus (GTK_WIDGET (self->list)))
    return TRUE;
  return gtk_widget_grab_focus (self->add_button);
}

/* Shift+Tab goes the same way back. */
static gboolean
enter_list_at_end (MwAccountsPage *self)
{
  MwAccountRow *row;

  if (get_n_shown (self) == 0 || !gtk_widget_is_focus (self->add_button)
      || !gtk_widget_grab_focus (GTK_WIDGET (self->list)))
    return FALSE;

  row = get_focused_row (self);
  return row != NULL && mw_account_row_focus_end (row);
}

/* What Tab does on every page. */
static gboolean (*pass_through) (GtkWidget        *widget,
                                 GtkDirectionType  direction);

/* Tab goes through the buttons of one row and then on, not through every row
 * there is. */
static gboolean
mw_accounts_page_focus (GtkWidget        *widget,
                        GtkDirectionType  direction)
{
  MwAccountsPage *self = MW_ACCOUNTS_PAGE (widget);
  MwAccountRow *row = get_focused_row (self);
  gboolean forward = direction == GTK_DIR_TAB_FORWARD;

  if (!forward && direction != GTK_DIR_TAB_BACKWARD)
    return pass_through (widget, direction);
  if (row == NULL)
    return (!forward && enter_list_at_end (self)) || pass_through (widget, direction);

  if (gtk_widget_child_focus (GTK_WIDGET (row), direction))
    return TRUE;
  if (forward)
    return gtk_widget_grab_focus (self->add_button);
  return gtk_widget_get_visible (GTK_WIDGET (self->search_entry))
         && gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
mw_accounts_page_dispose (GObject *object)
{
  MwAccountsPage *self = MW_ACCOUNTS_PAGE (object);

  g_clear_handle_id (&self->date_id, g_source_remove);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  g_clear_object (&self->accounts);
  g_clear_object (&self->rows);
  g_clear_object (&self->shown);
  g_clear_object (&self->filter);
  g_clear_pointer (&self->words, g_strfreev);

  G_OBJECT_CLASS (mw_accounts_page_parent_class)->dispose (object);
}

static void
mw_accounts_page_class_init (MwAccountsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mw_accounts_page_dispose;
  widget_class->map = mw_accounts_page_map;
  widget_class->unmap = mw_accounts_page_unmap;
  widget_class->grab_focus = mw_accounts_page_grab_focus;
  mw_tab_order_pass_through (widget_class);
  pass_through = widget_class->focus;
  widget_class->focus = mw_accounts_page_focus;

  gtk_widget_class_install_action (widget_class, "accounts.search", NULL, search);
  gtk_widget_class_install_action (widget_class, "accounts.delete", NULL, delete_focused);
  gtk_widget_class_install_action (widget_class, "accounts.menu", NULL, popup_menu);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, stop_search, NULL);

  g_type_ensure (MW_TYPE_LIST_CARD);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "mw-accounts-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MwAccountsPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, MwAccountsPage, damaged_label);
  gtk_widget_class_bind_template_child (widget_class, MwAccountsPage, list_card);
  gtk_widget_class_bind_template_child (widget_class, MwAccountsPage, list);
  gtk_widget_class_bind_template_child (widget_class, MwAccountsPage, nothing_page);
  gtk_widget_class_bind_template_child (widget_class, MwAccountsPage, empty_page);
  gtk_widget_class_bind_template_child (widget_class, MwAccountsPage, add_button);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_activated_cb);
}

/* On the list: what comes as far as the page goes to the search entry first,
 * which has a use of its own for these keys. */
static void
add_keys (MwAccountsPage *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  static const char * const keys[][2] = {
    { "Delete|KP_Delete", "accounts.delete" },
    { "Menu|<Shift>F10", "accounts.menu" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkShortcutTrigger *trigger = gtk_shortcut_trigger_parse_string (keys[i][0]);
      GtkShortcut *shortcut = gtk_shortcut_new (trigger, gtk_named_action_new (keys[i][1]));

      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_widget_add_controller (GTK_WIDGET (self->list), controller);
}

static void
mw_accounts_page_init (MwAccountsPage *self)
{
  GtkSorter *sorter = GTK_SORTER (gtk_custom_sorter_new (compare_items, NULL, NULL));
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkSortListModel *sorted;

  gtk_widget_init_template (GTK_WIDGET (self));

  sorted = gtk_sort_list_model_new (NULL, sorter);
  self->filter = GTK_FILTER (gtk_custom_filter_new (matches_search, self, NULL));
  self->shown = gtk_filter_list_model_new (G_LIST_MODEL (sorted), g_object_ref (self->filter));

  g_signal_connect_object (self->shown, "items-changed",
                           G_CALLBACK (mw_accounts_page_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_row_setup), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_row_bind), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_row_unbind), self, 0);
  gtk_list_view_set_factory (self->list, factory);
  add_keys (self);
}

void
mw_accounts_page_set_application (MwAccountsPage *self,
                                  MwApplication  *application)
{
  GtkSortListModel *sorted;
  g_autoptr(GtkNoSelection) selection = NULL;

  g_return_if_fail (MW_IS_ACCOUNTS_PAGE (self));
  g_return_if_fail (MW_IS_APPLICATION (application));
  g_return_if_fail (self->application == NULL);

  self->application = application;
  self->accounts = mw_account_list_new (get_store (self));
  g_signal_connect_object (self->accounts, "items-changed",
                           G_CALLBACK (on_accounts_changed), self, 0);
  g_signal_connect_object (application, "hand-over-changed",
                           G_CALLBACK (on_hand_over_changed), self, G_CONNECT_SWAPPED);

  sorted = GTK_SORT_LIST_MODEL (gtk_filter_list_model_get_model (self->shown));
  gtk_sort_list_model_set_model (sorted, G_LIST_MODEL (self->accounts));
  self->rows = gtk_slice_list_model_new (G_LIST_MODEL (g_object_ref (self->shown)), 0, FIRST_ROWS);
  selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->rows)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  on_hand_over_changed (self);
  mw_accounts_page_update (self);
}

static MwAccountRow *
find_row (MwAccountsPage *self,
          const char     *id)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list));
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      MwAccountRow *row = get_row_at (child);
      MwAccountItem *item = row != NULL ? mw_account_row_get_item (row) : NULL;

      if (item != NULL && g_str_equal (mw_account_item_get_id (item), id))
        return row;
    }

  return NULL;
}

void
mw_accounts_page_focus_account (MwAccountsPage *self,
                                const char     *id)
{
  MwAccountRow *row = NULL;

  g_return_if_fail (MW_IS_ACCOUNTS_PAGE (self));
  g_return_if_fail (id != NULL);

  show_all_rows (self);
  for (guint i = 0; i < get_n_shown (self); i++)
    {
      g_autoptr(MwAccountItem) item = g_list_model_get_item (G_LIST_MODEL (self->shown), i);

      if (!g_str_equal (mw_account_item_get_id (item), id))
        continue;

      gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", i);
      row = find_row (self, id);
      break;
    }

  if (row != NULL)
    gtk_widget_grab_focus (gtk_widget_get_parent (GTK_WIDGET (row)));
}

void
mw_accounts_page_set_hidden (MwAccountsPage *self,
                             const char     *id,
                             gboolean        hidden)
{
  g_return_if_fail (MW_IS_ACCOUNTS_PAGE (self));
  g_return_if_fail (id != NULL);

  mw_account_list_set_hidden (self->accounts, id, hidden);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  /* Not to wherever GTK thinks best, which may be the toast with Undo. */
  if (hidden)
    gtk_widget_grab_focus (GTK_WIDGET (self));
  else
    mw_accounts_page_focus_account (self, id);
}
