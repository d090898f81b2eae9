/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "probe/mw-scram-thread.h"

/* Two hold it: whoever waits, and the thread, whose hold goes over to the
 * main loop with its result. The thread touches nothing but the key. */
struct _MwScramThread
{
  MwScramKey        *key;

  /* Of the main loop */
  MwScramThreadDone  done;      /* NULL when nobody waits any more */
  gpointer           user_data;
  guint              timeout_id;
};

static void
mw_scram_thread_clear (gpointer data)
{
  MwScramThread *self = data;

  mw_scram_key_unref (self->key);
}

static void
mw_scram_thread_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, mw_scram_thread_clear);
}

static void
stop_waiting (MwScramThread *self)
{
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  self->done = NULL;
}

static void
tell (MwScramThread *self,
      gboolean       computed)
{
  MwScramThreadDone done = self->done;

  stop_waiting (self);
  if (done != NULL)
    done (computed, self->user_data);
}

static gboolean
on_computed_cb (gpointer user_data)
{
  tell (user_data, TRUE);
  return G_SOURCE_REMOVE;
}

static gboolean
on_timeout_cb (gpointer user_data)
{
  MwScramThread *self = user_data;

  self->timeout_id = 0;
  tell (self, FALSE);
  return G_SOURCE_REMOVE;
}

static gpointer
compute (gpointer data)
{
  MwScramThread *self = data;

  mw_scram_key_compute (self->key);
  g_idle_add_full (G_PRIORITY_DEFAULT, on_computed_cb, self, mw_scram_thread_unref);
  return NULL;
}

MwScramThread *
mw_scram_thread_new (MwScramKey        *key,
                     guint              timeout_ms,
                     MwScramThreadDone  done,
                     gpointer           user_data)
{
  MwScramThread *self;

  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (done != NULL, NULL);

  self = g_atomic_rc_box_new0 (MwScramThread);
  self->key = mw_scram_key_ref (key);
  self->done = done;
  self->user_data = user_data;
  self->timeout_id = g_timeout_add (timeout_ms, on_timeout_cb, self);
  g_thread_unref (g_thread_new ("scram", compute, g_atomic_rc_box_acquire (self)));

  return self;
}

void
mw_scram_thread_free (MwScramThread *self)
{
  g_return_if_fail (self != NULL);

  stop_waiting (self);
  mw_scram_thread_unref (self);
}
