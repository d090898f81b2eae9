/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "net/mw-network-state.h"

/* The system's monitor takes a few milliseconds. Only a service that hangs
 * takes longer, and nobody shall wait for that. */
#define PREPARE_MS 1000

struct _MwNetworkState
{
  GObject parent_instance;

  /* Owned */
  GNetworkMonitor    *monitor;
  MwLocalNetwork     *local;     /* NULL: look each time */
  GPtrArray          *waiting;   /* element GTask */

  MwNetworkCondition  condition;
  guint               deadline_id;
  gboolean            searching;
};

G_DEFINE_FINAL_TYPE (MwNetworkState, mw_network_state, G_TYPE_OBJECT)

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static MwNetworkCondition
read_condition (GNetworkMonitor *monitor)
{
  if (!g_network_monitor_get_network_available (monitor))
    return MW_NETWORK_CONDITION_OFFLINE;

  switch (g_network_monitor_get_connectivity (monitor))
    {
    case G_NETWORK_CONNECTIVITY_PORTAL:
      return MW_NETWORK_CONDITION_PORTAL;
    case G_NETWORK_CONNECTIVITY_LIMITED:
      return MW_NETWORK_CONDITION_LIMITED;
    case G_NETWORK_CONNECTIVITY_LOCAL:
      /* Available all the same: NetworkManager has not found out. */
    case G_NETWORK_CONNECTIVITY_FULL:
    default:
      return MW_NETWORK_CONDITION_ONLINE;
    }
}

static void
on_monitor_changed_cb (MwNetworkState *self)
{
  self->condition = read_condition (self->monitor);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
use_monitor (MwNetworkState  *self,
             GNetworkMonitor *monitor)
{
  self->monitor = g_object_ref (monitor);
  self->condition = read_condition (monitor);
  g_signal_connect_object (monitor, "network-changed", G_CALLBACK (on_monitor_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (monitor, "notify::connectivity", G_CALLBACK (on_monitor_changed_cb),
                           self, G_CONNECT_SWAPPED);
}

static void
answer_waiting (MwNetworkState *self)
{
  g_autoptr(GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  g_clear_handle_id (&self->deadline_id, g_source_remove);
  for (guint i = 0; i < waiting->len; i++)
    g_task_return_boolean (waiting->pdata[i], self->monitor != NULL);
}

static gboolean
on_deadline_cb (gpointer user_data)
{
  MwNetworkState *self = MW_NETWORK_STATE (user_data);

  g_info ("The state of the network is not known in time");
  self->deadline_id = 0;
  answer_waiting (self);
  return G_SOURCE_REMOVE;
}

static void
on_monitor_found_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(MwNetworkState) self = MW_NETWORK_STATE (user_data);
  GNetworkMonitor *monitor = g_task_propagate_pointer (G_TASK (result), NULL);

  use_monitor (self, monitor);
  answer_waiting (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* GIO makes its monitor while its caller waits, for an answer of the system
 * bus among other things. Its signals come to the main context all the same. */
static void
find_monitor_thread (GTask        *task,
                     gpointer      source_object,
                     gpointer      task_data,
                     GCancellable *cancellable)
{
  g_task_return_pointer (task, g_network_monitor_get_default (), NULL);
}

static MwLocalNetwork *
dup_local (MwNetworkState *self)
{
  return self->local != NULL ? mw_local_network_ref (self->local) : mw_local_network_read ();
}

static void
mw_network_state_dispose (GObject *object)
{
  MwNetworkState *self = MW_NETWORK_STATE (object);

  g_clear_handle_id (&self->deadline_id, g_source_remove);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (mw_network_state_parent_class)->dispose (object);
}

static void
mw_network_state_finalize (GObject *object)
{
  MwNetworkState *self = MW_NETWORK_STATE (object);

  g_clear_pointer (&self->local, mw_local_network_unref);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);

  G_OBJECT_CLASS (mw_network_state_parent_class)->finalize (object);
}

static void
mw_network_state_class_init (MwNetworkStateClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mw_network_state_dispose;
  object_class->finalize = mw_network_state_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mw_network_state_init (MwNetworkState *self)
{
  self->condition = MW_NETWORK_CONDITION_ONLINE;
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
}

MwNetworkState *
mw_network_state_new (GNetworkMonitor *monitor,
                      MwLocalNetwork  *local)
{
  MwNetworkState *self;

  g_return_val_if_fail (monitor == NULL || G_IS_NETWORK_MONITOR (monitor), NULL);

  self = g_object_new (MW_TYPE_NETWORK_STATE, NULL);
  self->local = local != NULL ? mw_local_network_ref (local) : NULL;
  if (monitor != NULL)
    use_monitor (self, monitor);

  return self;
}

void
mw_network_state_prepare_async (MwNetworkState      *self,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (MW_IS_NETWORK_STATE (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, mw_network_state_prepare_async);
  if (self->monitor != NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  /* A search that was late once is not waited for again. */
  if (self->searching && self->deadline_id == 0)
    {
      g_task_return_boolean (task, FALSE);
      return;
    }

  g_ptr_array_add (self->waiting, g_steal_pointer (&task));
  if (!self->searching)
    {
      /* Not its source: the thread may be the last to let go of the task. */
      g_autoptr(GTask) search = g_task_new (NULL, NULL, on_monitor_found_cb,
                                            g_object_ref (self));

      g_task_set_source_tag (search, find_monitor_thread);
      self->searching = TRUE;
      self->deadline_id = g_timeout_add (PREPARE_MS, on_deadline_cb, self);
      g_task_run_in_thread (search, find_monitor_thread);
    }
}

gboolean
mw_network_state_prepare_finish (MwNetworkState  *self,
                                 GAsyncResult    *result,
                                 GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_network_state_prepare_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
mw_network_state_is_prepared (MwNetworkState *self)
{
  g_return_val_if_fail (MW_IS_NETWORK_STATE (self), FALSE);

  return self->monitor != NULL;
}

MwNetworkCondition
mw_network_state_get_condition (MwNetworkState *self)
{
  g_return_val_if_fail (MW_IS_NETWORK_STATE (self), MW_NETWORK_CONDITION_ONLINE);

  return self->condition;
}

gboolean
mw_network_state_holds_back (MwNetworkState *self,
                             const char     *host)
{
  g_autoptr(MwLocalNetwork) local = NULL;

  g_return_val_if_fail (MW_IS_NETWORK_STATE (self), FALSE);
  g_return_val_if_fail (host != NULL, FALSE);

  switch (self->condition)
    {
    case MW_NETWORK_CONDITION_OFFLINE:
      local = dup_local (self);
      return !mw_local_network_may_reach (local, host);
    case MW_NETWORK_CONDITION_PORTAL:
      local = dup_local (self);
      return !mw_local_network_knows (local, host);
    case MW_NETWORK_CONDITION_ONLINE:
    case MW_NETWORK_CONDITION_LIMITED:
    default:
      return FALSE;
    }
}

gboolean
mw_network_state_holds_back_domain (MwNetworkState *self,
                                    const char     *domain)
{
  g_autoptr(MwLocalNetwork) local = NULL;

  g_return_val_if_fail (MW_IS_NETWORK_STATE (self), FALSE);

  switch (self->condition)
    {
    case MW_NETWORK_CONDITION_OFFLINE:
      local = dup_local (self);
      return !mw_local_network_may_reach_inside (local, domain);
    case MW_NETWORK_CONDITION_PORTAL:
      local = dup_local (self);
      return !mw_local_network_knows_inside (local, domain);
    case MW_NETWORK_CONDITION_ONLINE:
    case MW_NETWORK_CONDITION_LIMITED:
    default:
      return FALSE;
    }
}
