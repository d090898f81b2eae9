/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "net/mw-turn-queue.h"

/* When no further piece of work is begun in a turn. The last one may take a
 * millisecond, and others want theirs; a window that paints 60 times a second
 * has 16. */
#define TURN_US 1000

typedef struct {
  MwTurnFunc func;
  gpointer   user_data;
} Turn;

struct _MwTurnQueue
{
  GQueue   turns;
  GSource *source;
};

static void
stop (MwTurnQueue *self)
{
  if (self->source == NULL)
    return;
  g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
}

/* A turn may free the queue's owner; the source keeps the memory until the
 * dispatch is over. */
static gboolean
run_turns_cb (gpointer user_data)
{
  MwTurnQueue *self = user_data;
  gint64 end = g_get_monotonic_time () + TURN_US;

  while (!g_queue_is_empty (&self->turns))
    {
      g_autofree Turn *turn = g_queue_pop_head (&self->turns);

      turn->func (turn->user_data);
      if (g_get_monotonic_time () >= end)
        break;
    }

  if (g_queue_is_empty (&self->turns))
    stop (self);

  return G_SOURCE_CONTINUE;
}

MwTurnQueue *
mw_turn_queue_new (void)
{
  MwTurnQueue *self = g_rc_box_new0 (MwTurnQueue);

  g_queue_init (&self->turns);
  return self;
}

void
mw_turn_queue_free (MwTurnQueue *self)
{
  stop (self);
  g_queue_clear_full (&self->turns, g_free);
  g_rc_box_release (self);
}

void
mw_turn_queue_push (MwTurnQueue *self,
                    MwTurnFunc   func,
                    gpointer     user_data)
{
  Turn *turn;

  g_return_if_fail (self != NULL);
  g_return_if_fail (func != NULL);

  turn = g_new (Turn, 1);
  turn->func = func;
  turn->user_data = user_data;
  g_queue_push_tail (&self->turns, turn);

  if (self->source != NULL)
    return;

  self->source = g_idle_source_new ();
  g_source_set_priority (self->source, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->source, run_turns_cb, g_rc_box_acquire (self),
                         (GDestroyNotify) g_rc_box_release);
  g_source_set_static_name (self->source, "mw-turn-queue");
  g_source_attach (self->source, g_main_context_get_thread_default ());
}

void
mw_turn_queue_remove (MwTurnQueue *self,
                      gpointer     user_data)
{
  GList *next;

  g_return_if_fail (self != NULL);

  for (GList *l = self->turns.head; l != NULL; l = next)
    {
      Turn *turn = l->data;

      next = l->next;
      if (turn->user_data != user_data)
        continue;
      g_queue_delete_link (&self->turns, l);
      g_free (turn);
    }

  if (g_queue_is_empty (&self->turns))
    stop (self);
}
