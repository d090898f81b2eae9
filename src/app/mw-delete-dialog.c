/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-delete-dialog.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/mw-control-names.h"
#include "app/mw-foreign-text.h"
#include "app/mw-help.h"

#define LABEL_MAX_CHARS 80

struct _MwDeleteDialog
{
  AdwMessageDialog  parent_instance;

  /* Borrowed */
  GtkCheckButton   *forget_check;

  /* Owned */
  MwProfile        *profile;
  GHashTable       *target_checks;  /* target id → GtkCheckButton, borrowed */
};

G_DEFINE_FINAL_TYPE (MwDeleteDialog, mw_delete_dialog, ADW_TYPE_MESSAGE_DIALOG)

static GtkCheckButton *
add_check (GtkBox     *box,
           const char *label,
           gboolean    active)
{
  GtkWidget *check = gtk_check_button_new_with_label (label);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), active);
  gtk_box_append (box, check);

  return GTK_CHECK_BUTTON (check);
}

static const char *
get_program (const char *target_id)
{
  return g_str_has_prefix (target_id, "evolution") ? "Evolution" : "Thunderbird";
}

/* What a person made there with their own hands is never taken away. */
static void
add_stays (GtkBox     *box,
           const char *target_id)
{
  g_autofree char *text = NULL;
  GtkWidget *label;

  /* Translators: %s is the name of a mail program. */
  text = g_strdup_printf (_("It stays in %s, where it was made by hand."),
                          get_program (target_id));
  label = gtk_label_new (text);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (box, label);
}

static char *
make_target_label (const char *target_id)
{
  gboolean evolution = g_str_has_prefix (target_id, "evolution");
  const char *profile = strchr (target_id, ':');
  g_autofree char *shown = NULL;

  if (evolution)
    return g_strdup (_("Remove it from Evolution"));
  if (profile == NULL)
    return g_strdup (_("Remove it from Thunderbird"));

  shown = mw_foreign_text_new (profile + 1, LABEL_MAX_CHARS);

  /* Translators: %s is the name of a profile folder of Thunderbird. */
  return g_strdup_printf (_("Remove it from Thunderbird (profile %s)"), shown);
}

static void
fill (MwDeleteDialog *self)
{
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  g_autofree char *label = mw_foreign_text_new (self->profile->label != NULL
                                                && *self->profile->label != '\0'
                                                ? self->profile->label : self->profile->address,
                                                LABEL_MAX_CHARS);
  g_autofree char *heading = NULL;
  g_autoptr(GList) ids = NULL;

  /* Translators: %s is the name of an account. */
  heading = g_strdup_printf (_("Delete %s?"), label);
  adw_message_dialog_set_heading (ADW_MESSAGE_DIALOG (self), heading);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (self),
                               _("Deleting does not delete messages on the server."));

  self->forget_check = add_check (box, _("Forget the stored password"), TRUE);
  if (self->profile->exports != NULL)
    ids = g_list_sort (g_hash_table_get_keys (self->profile->exports), (GCompareFunc) g_strcmp0);
  for (GList *item = ids; item != NULL; item = item->next)
    {
      g_autofree char *text = NULL;

      if (g_strcmp0 (mw_profile_get_export_value (self->profile, item->data, "TakenOver"),
                     "true") == 0)
        {
          add_stays (box, item->data);
          continue;
        }

      text = make_target_label (item->data);
      g_hash_table_insert (self->target_checks, g_strdup (item->data),
                           add_check (box, text, FALSE));
    }
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (self), GTK_WIDGET (box));
}

static void
mw_delete_dialog_finalize (GObject *object)
{
  MwDeleteDialog *self = MW_DELETE_DIALOG (object);

  g_clear_pointer (&self->profile, mw_profile_unref);
  g_clear_pointer (&self->target_checks, g_hash_table_unref);

  G_OBJECT_CLASS (mw_delete_dialog_parent_class)->finalize (object);
}

static void
mw_delete_dialog_class_init (MwDeleteDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = mw_delete_dialog_finalize;
}

static void
mw_delete_dialog_init (MwDeleteDialog *self)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (self);

  self->target_checks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  adw_message_dialog_add_responses (dialog,
                                    "cancel", _("_Cancel"),
                                    "delete", _("_Delete"),
                                    NULL);
  adw_message_dialog_set_response_appearance (dialog, "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
}

GtkWidget *
mw_delete_dialog_new (GtkWindow *parent,
                      MwProfile *profile)
{
  MwDeleteDialog *self;

  g_return_val_if_fail (profile != NULL, NULL);

  self = g_object_new (MW_TYPE_DELETE_DIALOG, "transient-for", parent, NULL);
  self->profile = mw_profile_ref (profile);
  fill (self);
  mw_control_names_mend (GTK_WIDGET (self));
  mw_help_attach (GTK_WINDOW (self), "accounts#delete");

  return GTK_WIDGET (self);
}

MwProfile *
mw_delete_dialog_get_profile (MwDeleteDialog *self)
{
  g_return_val_if_fail (MW_IS_DELETE_DIALOG (self), NULL);

  return self->profile;
}

gboolean
mw_delete_dialog_get_keep_secret (MwDeleteDialog *self)
{
  g_return_val_if_fail (MW_IS_DELETE_DIALOG (self), TRUE);

  return !gtk_check_button_get_active (self->forget_check);
}

char **
mw_delete_dialog_get_targets (MwDeleteDialog *self)
{
  g_autoptr(GPtrArray) ids = NULL;
  GHashTableIter iter;
  gpointer id, check;

  g_return_val_if_fail (MW_IS_DELETE_DIALOG (self), NULL);

  ids = g_ptr_array_new ();
  g_hash_table_iter_init (&iter, self->target_checks);
  while (g_hash_table_iter_next (&iter, &id, &check))
    if (gtk_check_button_get_active (check))
      g_ptr_array_add (ids, g_strdup (id));
  g_ptr_array_add (ids, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&ids), FALSE);
}
