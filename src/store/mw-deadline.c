/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "store/mw-deadline.h"

struct _MwDeadline
{
  GCancellable *inner;
  GCancellable *outer;
  gulong        outer_id;
  GSource      *timeout;
  gboolean      passed;
};

static gboolean
on_timeout_cb (gpointer user_data)
{
  MwDeadline *self = user_data;

  self->passed = TRUE;
  g_cancellable_cancel (self->inner);
  return G_SOURCE_REMOVE;
}

static void
on_outer_cancelled_cb (GCancellable *outer,
                       GCancellable *inner)
{
  g_cancellable_cancel (inner);
}

MwDeadline *
mw_deadline_new (guint         seconds,
                 GCancellable *cancellable)
{
  MwDeadline *self = g_new0 (MwDeadline, 1);

  self->inner = g_cancellable_new ();

  self->timeout = g_timeout_source_new_seconds (seconds);
  g_source_set_callback (self->timeout, on_timeout_cb, self, NULL);
  g_source_attach (self->timeout, g_main_context_get_thread_default ());

  if (cancellable != NULL)
    {
      self->outer = g_object_ref (cancellable);
      self->outer_id = g_cancellable_connect (cancellable, G_CALLBACK (on_outer_cancelled_cb),
                                              g_object_ref (self->inner), g_object_unref);
    }

  return self;
}

void
mw_deadline_free (MwDeadline *self)
{
  g_return_if_fail (self != NULL);

  g_source_destroy (self->timeout);
  g_source_unref (self->timeout);
  if (self->outer != NULL)
    {
      g_cancellable_disconnect (self->outer, self->outer_id);
      g_object_unref (self->outer);
    }
  g_object_unref (self->inner);
  g_free (self);
}

GCancellable *
mw_deadline_get_cancellable (MwDeadline *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->inner;
}

gboolean
mw_deadline_has_passed (MwDeadline *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->passed;
}
