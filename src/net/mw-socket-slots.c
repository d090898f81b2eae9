/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "net/mw-socket-slots.h"

typedef struct {
  MwSocketSlotsFunc func;
  gpointer          user_data;
} Waiter;

struct _MwSocketSlots
{
  GQueue   line;   /* Waiter */
  GSource *source;
  guint    free;
};

static void
stop_source (MwSocketSlots *self)
{
  if (self->source == NULL)
    return;

  g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
}

/* The source keeps the slots until its dispatch is over. */
static gboolean
on_free_cb (gpointer user_data)
{
  MwSocketSlots *self = user_data;

  stop_source (self);
  while (self->free > 0 && !g_queue_is_empty (&self->line))
    {
      g_autofree Waiter *waiter = g_queue_pop_head (&self->line);

      waiter->func (waiter->user_data);
    }

  return G_SOURCE_REMOVE;
}

static void
slots_clear (gpointer data)
{
  MwSocketSlots *self = data;

  g_queue_clear_full (&self->line, g_free);
}

MwSocketSlots *
mw_socket_slots_new (guint max)
{
  MwSocketSlots *self;

  g_return_val_if_fail (max > 0, NULL);

  self = g_rc_box_new0 (MwSocketSlots);
  g_queue_init (&self->line);
  self->free = max;
  return self;
}

MwSocketSlots *
mw_socket_slots_ref (MwSocketSlots *self)
{
  return g_rc_box_acquire (self);
}

void
mw_socket_slots_unref (MwSocketSlots *self)
{
  g_rc_box_release_full (self, slots_clear);
}

gboolean
mw_socket_slots_has_free (MwSocketSlots *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->free > 0;
}

static void
schedule (MwSocketSlots *self)
{
  if (self->source != NULL || self->free == 0 || g_queue_is_empty (&self->line))
    return;

  self->source = g_idle_source_new ();
  g_source_set_priority (self->source, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->source, on_free_cb, mw_socket_slots_ref (self),
                         (GDestroyNotify) mw_socket_slots_unref);
  g_source_set_static_name (self->source, "mw-socket-slots");
  g_source_attach (self->source, g_main_context_get_thread_default ());
}

static void
on_socket_gone_cb (gpointer  data,
                   GObject  *where_the_object_was)
{
  g_autoptr(MwSocketSlots) self = data;

  self->free++;
  schedule (self);
}

void
mw_socket_slots_occupy (MwSocketSlots *self,
                        GSocket       *socket)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->free > 0);
  g_return_if_fail (G_IS_SOCKET (socket));

  self->free--;
  g_object_weak_ref (G_OBJECT (socket), on_socket_gone_cb, mw_socket_slots_ref (self));
}

void
mw_socket_slots_wait (MwSocketSlots     *self,
                      MwSocketSlotsFunc  func,
                      gpointer           user_data)
{
  Waiter *waiter;

  g_return_if_fail (self != NULL);
  g_return_if_fail (func != NULL);

  waiter = g_new (Waiter, 1);
  waiter->func = func;
  waiter->user_data = user_data;
  g_queue_push_tail (&self->line, waiter);
  schedule (self);
}

void
mw_socket_slots_forget (MwSocketSlots *self,
                        gpointer       user_data)
{
  GList *next;

  g_return_if_fail (self != NULL);

  for (GList *l = self->line.head; l != NULL; l = next)
    {
      Waiter *waiter = l->data;

      next = l->next;
      if (waiter->user_data != user_data)
        continue;
      g_queue_delete_link (&self->line, l);
      g_free (waiter);
    }
}
