/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-entry-pause.h"

/* Long enough to look for the @ on a keyboard. */
#define PAUSE_MS 2000

struct _MwEntryPause
{
  GObject             parent_instance;

  /* Borrowed */
  GtkEditable        *entry;
  GtkEventController *focus;

  guint               timer;
};

G_DEFINE_FINAL_TYPE (MwEntryPause, mw_entry_pause, G_TYPE_OBJECT)

enum {
  PAUSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
on_timer_cb (gpointer user_data)
{
  MwEntryPause *self = MW_ENTRY_PAUSE (user_data);

  self->timer = 0;
  g_signal_emit (self, signals[PAUSED], 0);
  return G_SOURCE_REMOVE;
}

static void
on_changed_cb (MwEntryPause *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (gtk_widget_get_mapped (GTK_WIDGET (self->entry)))
    self->timer = g_timeout_add (PAUSE_MS, on_timer_cb, self);
}

/* Looking something up in another window is no leaving. */
static void
on_leave_cb (MwEntryPause *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->entry));

  if (self->timer == 0 || !gtk_widget_get_mapped (GTK_WIDGET (self->entry)) ||
      !GTK_IS_WINDOW (root) || !gtk_window_is_active (GTK_WINDOW (root)))
    return;

  g_clear_handle_id (&self->timer, g_source_remove);
  g_signal_emit (self, signals[PAUSED], 0);
}

static void
mw_entry_pause_dispose (GObject *object)
{
  MwEntryPause *self = MW_ENTRY_PAUSE (object);

  g_clear_handle_id (&self->timer, g_source_remove);

  G_OBJECT_CLASS (mw_entry_pause_parent_class)->dispose (object);
}

static void
mw_entry_pause_class_init (MwEntryPauseClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mw_entry_pause_dispose;

  signals[PAUSED] = g_signal_new ("paused", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mw_entry_pause_init (MwEntryPause *self)
{
}

MwEntryPause *
mw_entry_pause_new (GtkEditable *entry)
{
  MwEntryPause *self;

  g_return_val_if_fail (GTK_IS_EDITABLE (entry), NULL);

  self = g_object_new (MW_TYPE_ENTRY_PAUSE, NULL);
  self->entry = entry;
  self->focus = gtk_event_controller_focus_new ();
  g_signal_connect_object (self->focus, "leave", G_CALLBACK (on_leave_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (entry), self->focus);
  g_signal_connect_object (entry, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

GtkEventController *
mw_entry_pause_get_focus (MwEntryPause *self)
{
  g_return_val_if_fail (MW_IS_ENTRY_PAUSE (self), NULL);

  return self->focus;
}

void
mw_entry_pause_forget (MwEntryPause *self)
{
  g_return_if_fail (MW_IS_ENTRY_PAUSE (self));

  g_clear_handle_id (&self->timer, g_source_remove);
}
