/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "net/mw-pending.h"

#include "core/mw-error.h"

struct _MwPending
{
  /* Borrowed */
  MwTurnQueue   *turns;
  gpointer       user_data;

  /* Owned */
  GSocket       *socket;
  GTask         *task;
  GSource       *ready;
  GSource       *deadline;
  GSource       *cancelled;

  MwPendingStep  step;
  MwPendingDone  done;
  MwTurnFunc     go_on; /* when the wait is over */
};

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
stop_waiting (MwPending *self)
{
  clear_source (&self->ready);
  clear_source (&self->deadline);
  clear_source (&self->cancelled);
  if (self->turns != NULL)
    mw_turn_queue_remove (self->turns, self);
}

static void
end (MwPending *self,
     GError    *error)
{
  g_autoptr(GTask) task = g_steal_pointer (&self->task);
  MwPendingDone done = self->done;
  gpointer user_data = self->user_data;

  stop_waiting (self);
  g_clear_object (&self->socket);
  g_free (self);
  done (user_data, task, error);
}

static gboolean
deadline_cb (gpointer user_data)
{
  end (user_data, g_error_new_literal (MW_PROBE_ERROR, MW_OUTCOME_TIMEOUT,
                                       "The server did not answer in time"));
  return G_SOURCE_REMOVE;
}

static gboolean
abandoned_cb (gpointer user_data)
{
  end (user_data, g_error_new_literal (MW_PROBE_ERROR, MW_OUTCOME_CANCELLED, "Cancelled"));
  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  return abandoned_cb (user_data);
}

static gboolean
turn_cb (gpointer user_data)
{
  MwPending *self = user_data;

  clear_source (&self->ready);
  if (self->turns != NULL)
    mw_turn_queue_push (self->turns, self->go_on, self);
  else
    self->go_on (self);
  return G_SOURCE_REMOVE;
}

static gboolean
ready_cb (GSocket      *socket,
          GIOCondition  condition,
          gpointer      user_data)
{
  return turn_cb (user_data);
}

static void
watch (MwPending   *self,
       GSource    **slot,
       GSource     *source,
       GSourceFunc  callback)
{
  clear_source (slot);
  *slot = source;
  g_source_set_callback (source, callback, self, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
}

static void
watch_socket (MwPending    *self,
              GIOCondition  condition)
{
  watch (self, &self->ready, g_socket_create_source (self->socket, condition, NULL),
         G_SOURCE_FUNC (ready_cb));
}

static void
go_on (gpointer user_data)
{
  MwPending *self = user_data;
  GError *error = NULL;

  switch (self->step (self->user_data, &error))
    {
    case MW_IO_WANT_READ:
      watch_socket (self, G_IO_IN);
      break;

    case MW_IO_WANT_WRITE:
      watch_socket (self, G_IO_OUT);
      break;

    case MW_IO_WANT_TURN:
      if (self->turns != NULL)
        mw_turn_queue_push (self->turns, self->go_on, self);
      else
        watch (self, &self->ready, g_idle_source_new (), turn_cb);
      break;

    case MW_IO_DONE:
    case MW_IO_FAILED:
    default:
      end (self, error);
      break;
    }
}

MwPending *
mw_pending_new (GSocket       *socket,
                GTask         *task,
                guint          timeout_ms,
                MwPendingStep  step,
                MwPendingDone  done,
                gpointer       user_data)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  MwPending *self = g_new0 (MwPending, 1);

  self->socket = g_object_ref (socket);
  self->task = task;
  self->step = step;
  self->done = done;
  self->user_data = user_data;
  self->go_on = go_on;

  watch (self, &self->deadline, g_timeout_source_new (timeout_ms), deadline_cb);
  if (cancellable != NULL)
    watch (self, &self->cancelled, g_cancellable_source_new (cancellable),
           G_SOURCE_FUNC (cancelled_cb));

  return self;
}

void
mw_pending_start (MwPending *self)
{
  /* Cancelled before it began: not one byte may leave. */
  if (g_cancellable_is_cancelled (g_task_get_cancellable (self->task)))
    abandoned_cb (self);
  else
    go_on (self);
}

void
mw_pending_start_in_turns (MwPending   *self,
                           MwTurnQueue *turns)
{
  self->turns = turns;
  mw_turn_queue_push (turns, go_on, self);
}

void
mw_pending_abandon (MwPending *self)
{
  stop_waiting (self);
  watch (self, &self->ready, g_idle_source_new (), abandoned_cb);
}
