/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-password-note.h"

#include <glib/gi18n.h>

#include "app/mw-control-names.h"
#include "app/mw-entry-pause.h"
#include "setup/mw-advice-password.h"

struct _MwPasswordNote
{
  AdwBin        parent_instance;

  GtkLabel     *label;

  /* Owned */
  GtkEditable  *row;
  MwEntryPause *pause;
  MwProvider   *provider;
  char         *notes;      /* about what was typed, "" for nothing */

  /* Borrowed */
  GdkDevice    *keyboard;
  GtkWindow    *window;
};

G_DEFINE_FINAL_TYPE (MwPasswordNote, mw_password_note, ADW_TYPE_BIN)

static GtkText *
get_text (MwPasswordNote *self)
{
  return GTK_TEXT (gtk_editable_get_delegate (self->row));
}

/* The one place that derives the sentence. The entry has it as its description,
 * so that it is heard where the person is. */
static void
update (MwPasswordNote *self)
{
  gboolean caps = self->keyboard != NULL && gdk_device_get_caps_lock_state (self->keyboard) &&
                  gtk_widget_has_focus (GTK_WIDGET (get_text (self)));
  g_autofree char *text = NULL;

  if (caps && *self->notes != '\0')
    text = g_strconcat (_("Caps Lock is on."), " ", self->notes, NULL);
  else
    text = g_strdup (caps ? _("Caps Lock is on.") : self->notes);

  if (g_str_equal (gtk_label_get_text (self->label), text))
    return;

  gtk_label_set_text (self->label, text);
  gtk_widget_set_visible (GTK_WIDGET (self), *text != '\0');
  mw_control_names_describe_entry (GTK_WIDGET (self->row), text, FALSE);
}

static void
set_notes (MwPasswordNote *self,
           guint           notes)
{
  g_free (self->notes);
  self->notes = mw_advice_describe_password (notes, self->provider);
  update (self);
}

static void
on_changed_cb (MwPasswordNote *self)
{
  set_notes (self, 0);
}

static void
on_paused_cb (MwPasswordNote *self)
{
  guint notes = 0;
  g_autoptr(MwSecret) secret =
    mw_typed_password_read (gtk_editable_get_text (self->row), self->provider, &notes);

  set_notes (self, notes);
}

/* The button that reveals it has another tool tip now, and so another name. */
static void
on_visibility_cb (MwPasswordNote *self)
{
  mw_control_names_mend (GTK_WIDGET (self->row));
}

static void
hide_password (MwPasswordNote *self)
{
  gtk_text_set_visibility (get_text (self), FALSE);
  update (self);
}

static void
on_active_cb (MwPasswordNote *self)
{
  if (!gtk_window_is_active (self->window))
    hide_password (self);
}

static void
let_go (MwPasswordNote *self)
{
  if (self->window != NULL)
    g_signal_handlers_disconnect_by_func (self->window, on_active_cb, self);
  if (self->keyboard != NULL)
    g_signal_handlers_disconnect_by_func (self->keyboard, update, self);
  self->window = NULL;
  self->keyboard = NULL;
}

static void
mw_password_note_root (GtkWidget *widget)
{
  MwPasswordNote *self = MW_PASSWORD_NOTE (widget);
  GtkRoot *root;
  GdkSeat *seat;

  GTK_WIDGET_CLASS (mw_password_note_parent_class)->root (widget);

  root = gtk_widget_get_root (widget);
  seat = gdk_display_get_default_seat (gtk_widget_get_display (widget));
  if (GTK_IS_WINDOW (root))
    {
      self->window = GTK_WINDOW (root);
      g_signal_connect_swapped (root, "notify::is-active", G_CALLBACK (on_active_cb), self);
    }
  if (seat != NULL)
    self->keyboard = gdk_seat_get_keyboard (seat);
  if (self->keyboard != NULL)
    g_signal_connect_swapped (self->keyboard, "notify::caps-lock-state", G_CALLBACK (update),
                              self);
}

static void
mw_password_note_unroot (GtkWidget *widget)
{
  let_go (MW_PASSWORD_NOTE (widget));

  GTK_WIDGET_CLASS (mw_password_note_parent_class)->unroot (widget);
}

static void
mw_password_note_dispose (GObject *object)
{
  MwPasswordNote *self = MW_PASSWORD_NOTE (object);

  let_go (self);
  g_clear_object (&self->pause);
  g_clear_object (&self->row);
  g_clear_pointer (&self->provider, mw_provider_unref);
  g_clear_pointer (&self->notes, g_free);

  G_OBJECT_CLASS (mw_password_note_parent_class)->dispose (object);
}

static void
mw_password_note_class_init (MwPasswordNoteClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mw_password_note_dispose;
  widget_class->root = mw_password_note_root;
  widget_class->unroot = mw_password_note_unroot;
}

static void
mw_password_note_init (MwPasswordNote *self)
{
  self->notes = g_strdup ("");
  self->label = g_object_new (GTK_TYPE_LABEL,
                              "wrap", TRUE,
                              "wrap-mode", PANGO_WRAP_WORD_CHAR,
                              "xalign", 0.0,
                              "hexpand", TRUE,
                              NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "caption");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->label));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
mw_password_note_watch (MwPasswordNote      *self,
                        AdwPasswordEntryRow *row)
{
  g_return_if_fail (MW_IS_PASSWORD_NOTE (self));
  g_return_if_fail (ADW_IS_PASSWORD_ENTRY_ROW (row));
  g_return_if_fail (self->row == NULL);

  self->row = GTK_EDITABLE (g_object_ref (row));
  self->pause = mw_entry_pause_new (self->row);
  g_signal_connect_object (self->pause, "paused", G_CALLBACK (on_paused_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_text (self), "notify::visibility", G_CALLBACK (on_visibility_cb),
                           self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (get_text (self), "notify::has-focus", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (mw_entry_pause_get_focus (self->pause), "leave",
                           G_CALLBACK (hide_password), self, G_CONNECT_SWAPPED);
}

void
mw_password_note_set_provider (MwPasswordNote *self,
                               MwProvider     *provider)
{
  g_return_if_fail (MW_IS_PASSWORD_NOTE (self));

  if (self->provider == provider)
    return;

  g_clear_pointer (&self->provider, mw_provider_unref);
  if (provider != NULL)
    self->provider = mw_provider_ref (provider);
  /* A password that stands there may be read in another way now. */
  if (*gtk_editable_get_text (self->row) != '\0')
    on_paused_cb (self);
}

MwSecret *
mw_password_note_dup_secret (MwPasswordNote *self)
{
  g_return_val_if_fail (MW_IS_PASSWORD_NOTE (self), NULL);

  return mw_typed_password_read (gtk_editable_get_text (self->row), self->provider, NULL);
}
