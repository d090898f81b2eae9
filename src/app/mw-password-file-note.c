/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-password-file-note.h"

#include <glib/gi18n.h>

#include "app/mw-foreign-text.h"

#define NAME_MAX_CHARS 80

struct _MwPasswordFileNote
{
  AdwBin          parent_instance;

  /* Template widgets */
  GtkLabel       *label;
  GtkWidget      *delete_button;

  /* Owned */
  MwPasswordFile *file;
  char           *name;
};

G_DEFINE_FINAL_TYPE (MwPasswordFileNote, mw_password_file_note, ADW_TYPE_BIN)

/* @text: (transfer full) */
static void
say (MwPasswordFileNote *self,
     char               *text)
{
  gtk_label_set_text (self->label, text);
  g_free (text);
}

static void
on_deleted (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(MwPasswordFileNote) self = MW_PASSWORD_FILE_NOTE (user_data);
  g_autoptr(GError) error = NULL;
  gboolean deleted = mw_password_file_delete_finish (result, &error);

  /* The page is about another account by now. */
  if (self->name == NULL)
    return;

  if (deleted)
    /* Translators: %s is the name of a file. */
    say (self, g_strdup_printf (_("The file “%s” is deleted."), self->name));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG))
    /* Translators: %s is the name of a file. */
    say (self, g_strdup_printf (_("The file “%s” was changed since it was opened, so it was left "
                                  "alone. Look whether your password is still in it."),
                                self->name));
  else
    /* Translators: %s is the name of a file. */
    say (self, g_strdup_printf (_("The file “%s” could not be deleted. Your password is still in "
                                  "it: delete it yourself."), self->name));
  if (error != NULL)
    g_info ("Cannot delete a file: %s", error->message);
}

static void
on_delete_clicked_cb (MwPasswordFileNote *self)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));

  /* The button has the focus, and is about to go. */
  gtk_widget_child_focus (root, GTK_DIR_TAB_FORWARD);
  gtk_widget_set_visible (self->delete_button, FALSE);
  mw_password_file_delete_async (self->file, NULL, on_deleted, g_object_ref (self));
}

static void
mw_password_file_note_dispose (GObject *object)
{
  MwPasswordFileNote *self = MW_PASSWORD_FILE_NOTE (object);

  g_clear_pointer (&self->file, mw_password_file_unref);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (mw_password_file_note_parent_class)->dispose (object);
}

static void
mw_password_file_note_class_init (MwPasswordFileNoteClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mw_password_file_note_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PATH "mw-password-file-note.ui");
  gtk_widget_class_bind_template_child (widget_class, MwPasswordFileNote, label);
  gtk_widget_class_bind_template_child (widget_class, MwPasswordFileNote, delete_button);
  gtk_widget_class_bind_template_callback (widget_class, on_delete_clicked_cb);
}

static void
mw_password_file_note_init (MwPasswordFileNote *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
mw_password_file_note_show (MwPasswordFileNote *self,
                            MwPasswordFile     *file,
                            const char         *name)
{
  gboolean is_own = file != NULL && mw_password_file_is_own (file);

  g_return_if_fail (MW_IS_PASSWORD_FILE_NOTE (self));

  gtk_widget_set_visible (GTK_WIDGET (self), file != NULL);
  gtk_widget_set_visible (self->delete_button, is_own);
  if (file != NULL)
    mw_password_file_ref (file);
  g_clear_pointer (&self->file, mw_password_file_unref);
  g_clear_pointer (&self->name, g_free);
  self->file = file;
  if (file == NULL)
    return;

  self->name = mw_foreign_text_new (name, NAME_MAX_CHARS);
  if (is_own)
    /* Translators: %s is the name of a file. */
    say (self, g_strdup_printf (_("Your password is in the file “%s”, and whoever gets the file "
                                  "can read it. Delete the file now? It does not go to the "
                                  "trash."), self->name));
  else
    /* Translators: %s is the name of a file. */
    say (self, g_strdup_printf (_("Your password is in the file “%s”, and whoever gets the file "
                                  "can read it. Delete the file when you no longer need it."),
                                self->name));
}
