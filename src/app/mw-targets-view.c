/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-targets-view.h"

#include <glib/gi18n.h>

#include "app/mw-hidden-target-row.h"
#include "app/mw-program.h"
#include "setup/mw-advice-target.h"
#include "setup/mw-advice.h"

struct _MwTargetsView
{
  AdwBin               parent_instance;

  /* Template widgets */
  GtkWidget           *looking_page;
  AdwPreferencesGroup *found_page;
  GtkWidget           *none_page;
  GtkLabel            *none_label;
  GtkListBox          *list;
  GtkWidget           *thunderbird_label;
  GtkWidget           *hidden_page;
  GtkListBox          *hidden_list;

  /* Owned */
  GCancellable        *cancellable;
  MwEngine            *engine;
  MwProfile           *profile;
  char                *preferred;

  gboolean             copies_only;
  gboolean             granted;      /* a folder was chosen, and is looked for */
};

G_DEFINE_FINAL_TYPE (MwTargetsView, mw_targets_view, ADW_TYPE_BIN)

enum {
  FOUND,
  EXPORT_REQUESTED,
  PREVIEW_REQUESTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_export_requested (MwTargetsView *self,
                     MwTargetRow   *row)
{
  g_signal_emit (self, signals[EXPORT_REQUESTED], 0, row);
}

static gboolean
has_account (MwTargetsView  *self,
             MwExportTarget *target)
{
  return self->profile != NULL &&
         mw_profile_find_export (self->profile, target->id, target->profile) != NULL;
}

static void
on_preview_requested (MwTargetsView *self,
                      MwTargetRow   *row)
{
  g_signal_emit (self, signals[PREVIEW_REQUESTED], 0, row);
}

static void
remove_rows (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

static GtkWidget *
new_row (MwTargetsView  *self,
         MwExportTarget *target)
{
  GtkWidget *row = mw_target_row_new (target);

  g_signal_connect_object (row, "export-requested",
                           G_CALLBACK (on_export_requested), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "preview-requested",
                           G_CALLBACK (on_preview_requested), self, G_CONNECT_SWAPPED);
  if (has_account (self, target))
    mw_target_row_set_outdated (MW_TARGET_ROW (row));
  if (self->profile != NULL)
    mw_target_row_set_account (MW_TARGET_ROW (row), self->profile);
  return row;
}

static void
show_page (MwTargetsView *self,
           GtkWidget     *page)
{
  gtk_widget_set_visible (self->looking_page, page == self->looking_page);
  gtk_widget_set_visible (GTK_WIDGET (self->found_page), page == GTK_WIDGET (self->found_page));
  gtk_widget_set_visible (self->none_page, page == self->none_page);
  gtk_widget_set_visible (self->hidden_page, FALSE);
}

static void
on_granted (MwTargetsView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  /* The rows with the focus and the default button go; a new one gets both. */
  if (GTK_IS_WINDOW (root))
    {
      gtk_window_set_default_widget (GTK_WINDOW (root), NULL);
      gtk_window_set_focus (GTK_WINDOW (root), NULL);
    }
  self->granted = TRUE;
  mw_targets_view_look (self, self->engine, self->profile);
}

static GtkWidget *
new_hidden_row (MwTargetsView  *self,
                MwExportTarget *target)
{
  GtkWidget *row = mw_hidden_target_row_new (target);

  g_signal_connect_object (row, "granted", G_CALLBACK (on_granted), self, G_CONNECT_SWAPPED);
  return row;
}

/* The program whose folder was chosen is what the person wants to go on with. */
static void
focus_granted (MwTargetsView *self)
{
  GtkListBoxRow *row;

  if (!self->granted)
    return;
  self->granted = FALSE;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (mw_target_row_is_chosen (MW_TARGET_ROW (row)))
      gtk_widget_grab_focus (mw_target_row_get_button (MW_TARGET_ROW (row)));
}

/* An account without a password is promised less. */
static void
update_promise (MwTargetsView *self,
                gboolean       has_thunderbird)
{
  const char *promise = _("The program gets the account and its password, and fetches mail without "
                          "asking");
  g_autofree char *sign_in = NULL;

  if (self->profile != NULL)
    sign_in = mw_advice_describe_browser_sign_in (self->profile, "");

  if (sign_in != NULL)
    promise = _("The program gets the account. You sign in to it there once");
  else if (self->profile != NULL && self->profile->state == MW_OUTCOME_PENDING)
    promise = _("The program gets the account and its password as they are. Nobody has tried them "
                "yet");
  adw_preferences_group_set_description (self->found_page, promise);
  gtk_widget_set_visible (self->thunderbird_label, has_thunderbird && sign_in == NULL);
}

static void
on_targets_found (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(MwTargetsView) self = MW_TARGETS_VIEW (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) targets = NULL;
  gboolean has_thunderbird = FALSE;
  gboolean any_known = FALSE;

  targets = mw_engine_find_targets_finish (MW_ENGINE (object), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (targets == NULL)
    g_info ("Cannot look for mail programs: %s", error->message);

  remove_rows (self->list);
  remove_rows (self->hidden_list);
  for (guint i = 0; targets != NULL && i < targets->len; i++)
    {
      MwExportTarget *target = g_ptr_array_index (targets, i);
      gboolean usable = mw_advice_can_use_target (target);

      if (self->copies_only && !has_account (self, target))
        continue;

      /* What the sandbox hides may be there or not, so that it does not stand
       * among what was found. */
      if (target->access == MW_TARGET_ACCESS_NOT_GRANTED)
        gtk_list_box_append (self->hidden_list, new_hidden_row (self, target));
      else
        gtk_list_box_append (self->list, new_row (self, target));
      has_thunderbird |= usable && target->client == MW_MAIL_CLIENT_THUNDERBIRD;
      any_known |= target->access != MW_TARGET_ACCESS_NOT_GRANTED;
    }

  update_promise (self, has_thunderbird);
  gtk_widget_set_visible (self->looking_page, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->found_page), any_known);
  gtk_widget_set_visible (self->hidden_page,
                          gtk_list_box_get_row_at_index (self->hidden_list, 0) != NULL);
  gtk_widget_set_visible (self->none_page, !any_known);
  focus_granted (self);
  g_signal_emit (self, signals[FOUND], 0);
}

static void
mw_targets_view_dispose (GObject *object)
{
  MwTargetsView *self = MW_TARGETS_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->engine);
  g_clear_pointer (&self->profile, mw_profile_unref);
  g_clear_pointer (&self->preferred, g_free);

  G_OBJECT_CLASS (mw_targets_view_parent_class)->dispose (object);
}

static void
mw_targets_view_class_init (MwTargetsViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mw_targets_view_dispose;

  signals[FOUND] =
    g_signal_new ("found", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[EXPORT_REQUESTED] =
    g_signal_new ("export-requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, MW_TYPE_TARGET_ROW);
  signals[PREVIEW_REQUESTED] =
    g_signal_new ("preview-requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, MW_TYPE_TARGET_ROW);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "mw-targets-view.ui");
  gtk_widget_class_bind_template_child (widget_class, MwTargetsView, looking_page);
  gtk_widget_class_bind_template_child (widget_class, MwTargetsView, found_page);
  gtk_widget_class_bind_template_child (widget_class, MwTargetsView, none_page);
  gtk_widget_class_bind_template_child (widget_class, MwTargetsView, none_label);
  gtk_widget_class_bind_template_child (widget_class, MwTargetsView, list);
  gtk_widget_class_bind_template_child (widget_class, MwTargetsView, thunderbird_label);
  gtk_widget_class_bind_template_child (widget_class, MwTargetsView, hidden_page);
  gtk_widget_class_bind_template_child (widget_class, MwTargetsView, hidden_list);
}

static void
mw_targets_view_init (MwTargetsView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* From inside, a program that was never started leaves no trace. */
  if (mw_program_is_confined ())
    gtk_label_set_label (self->none_label,
                         _("Mailwright is a Flatpak here and sees a mail program only after it "
                           "was started once. Install Thunderbird or Evolution with your software "
                           "manager, start it, and close it again. The account waits in the list; "
                           "choose Export there."));
  show_page (self, self->looking_page);
}

void
mw_targets_view_look (MwTargetsView *self,
                      MwEngine      *engine,
                      MwProfile     *profile)
{
  g_return_if_fail (MW_IS_TARGETS_VIEW (self));
  g_return_if_fail (MW_IS_ENGINE (engine));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  g_set_object (&self->engine, engine);
  if (profile != NULL)
    mw_profile_ref (profile);
  g_clear_pointer (&self->profile, mw_profile_unref);
  self->profile = profile;

  remove_rows (self->list);
  remove_rows (self->hidden_list);
  show_page (self, self->looking_page);
  mw_engine_find_targets_async (engine, self->cancellable,
                                on_targets_found, g_object_ref (self));
}

void
mw_targets_view_set_copies_only (MwTargetsView *self)
{
  g_return_if_fail (MW_IS_TARGETS_VIEW (self));

  self->copies_only = TRUE;
}

GPtrArray *
mw_targets_view_dup_rows (MwTargetsView *self)
{
  GPtrArray *rows = g_ptr_array_new ();
  GtkListBoxRow *row;

  g_return_val_if_fail (MW_IS_TARGETS_VIEW (self), rows);

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    g_ptr_array_add (rows, row);
  return rows;
}

void
mw_targets_view_set_changed (MwTargetsView *self)
{
  GtkListBoxRow *row;

  g_return_if_fail (MW_IS_TARGETS_VIEW (self));

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (mw_target_row_is_done (MW_TARGET_ROW (row)))
      mw_target_row_set_outdated (MW_TARGET_ROW (row));
}

void
mw_targets_view_set_preferred (MwTargetsView *self,
                               const char    *client)
{
  g_return_if_fail (MW_IS_TARGETS_VIEW (self));

  g_free (self->preferred);
  self->preferred = g_strdup (client);
}

static gboolean
is_preferred (MwTargetsView *self,
              MwTargetRow   *row)
{
  g_autoptr(GEnumClass) clients = g_type_class_ref (MW_TYPE_MAIL_CLIENT);
  GEnumValue *value = g_enum_get_value (clients, mw_target_row_get_client (row));

  return value != NULL && g_strcmp0 (value->value_nick, self->preferred) == 0;
}

GtkWidget *
mw_targets_view_get_main_button (MwTargetsView *self)
{
  GtkWidget *only = NULL;
  GtkListBoxRow *row;
  guint n_usable = 0;

  g_return_val_if_fail (MW_IS_TARGETS_VIEW (self), NULL);

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      if (!mw_target_row_is_usable (MW_TARGET_ROW (row)))
        continue;
      if (is_preferred (self, MW_TARGET_ROW (row)))
        return mw_target_row_get_button (MW_TARGET_ROW (row));
      only = mw_target_row_get_button (MW_TARGET_ROW (row));
      n_usable++;
    }

  return n_usable == 1 ? only : NULL;
}
