/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

/* A run goes forward through the changes. At the first error it turns round
 * and undoes what was done, the failed change included, since CreateSources
 * may have made some of its sources. */

#include "config.h"

#include "export/mw-evolution-change.h"

#include "export/mw-evolution-registry.h"
#include "export/mw-evolution-signature.h"
#include "store/mw-eds-secret.h"

typedef enum {
  CHANGE_SECRET,
  CHANGE_SIGNATURE,
  CHANGE_PINS,
  CHANGE_CREATE,
  CHANGE_WRITE,
  CHANGE_REMOVE,
  CHANGE_FILES,
} ChangeKind;

struct _MwEvolutionChange
{
  ChangeKind        kind;
  char             *uid;
  char             *path;
  char             *label;
  char             *text;
  char             *former_text;
  MwSecret         *secret;
  MwSecret         *former_secret;
  GVariant         *sources;
  MwEvolutionPins  *pins;
  MwEvolutionFiles *files;
};

typedef struct {
  char      *name;         /* of the data server */
  GPtrArray *changes;
  guint      next;         /* forward: to be made; backward: one after the next to undo */
  GError    *error;        /* set = backward */
  GPtrArray *paths;        /* of sources that are to be removed again */
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  g_free (run->name);
  g_ptr_array_unref (run->changes);
  g_clear_error (&run->error);
  g_clear_pointer (&run->paths, g_ptr_array_unref);
  g_free (run);
}

/* Making, undoing and going on need one another. */
static void run_step (GTask *task);

/* Every callback ends here: the next change, or the way back. */
static void
run_continue (GTask  *owned_task,
              GError *error)
{
  g_autoptr(GTask) task = owned_task;
  Run *run = g_task_get_task_data (task);

  if (error != NULL && run->error == NULL)
    run->error = error;
  else if (error != NULL)
    {
      /* Undoing goes on: the other changes can still be taken back. */
      g_message ("Cannot undo a change in Evolution: %s", error->message);
      g_error_free (error);
    }

  run_step (task);
}

static void
secret_store_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GError *error = NULL;

  mw_eds_secret_store_finish (result, &error);
  run_continue (user_data, error);
}

static void
secret_clear_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GError *error = NULL;

  mw_eds_secret_clear_finish (result, &error);
  run_continue (user_data, error);
}

static void
signature_write_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  GError *error = NULL;

  mw_evolution_signature_write_finish (result, &error);
  run_continue (user_data, error);
}

static void
pins_write_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  GError *error = NULL;

  mw_evolution_pins_write_finish (result, &error);
  run_continue (user_data, error);
}

static void
files_write_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  GError *error = NULL;

  mw_evolution_files_write_finish (result, &error);
  run_continue (user_data, error);
}

static void
registry_call_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  GError *error = NULL;

  mw_evolution_registry_call_finish (G_DBUS_CONNECTION (object), result, &error);
  run_continue (user_data, error);
}

/* A source goes together with its parent, so its own removal may come late. */
static void
remove_list_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  Run *run = g_task_get_task_data (task);
  MwEvolutionChange *change = run->changes->pdata[run->next - 1];
  g_autoptr(GPtrArray) entries = NULL;
  GError *error = NULL;

  entries = mw_evolution_registry_list_finish (G_DBUS_CONNECTION (object), result, &error);
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      MwEvolutionEntry *entry = entries->pdata[i];

      if (g_str_equal (entry->uid, change->uid))
        error = g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "Source %s is still there",
                             change->uid);
      if (error != NULL)
        break;
    }

  run_continue (g_steal_pointer (&task), error);
}

static void
remove_call_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  GDBusConnection *bus = G_DBUS_CONNECTION (object);
  g_autoptr(GTask) task = G_TASK (user_data);
  Run *run = g_task_get_task_data (task);

  if (mw_evolution_registry_call_finish (bus, result, NULL))
    run_continue (g_steal_pointer (&task), NULL);
  else
    mw_evolution_registry_list_async (bus, run->name, NULL, remove_list_cb,
                                      g_steal_pointer (&task));
}

static void
make_change (GTask             *owned_task,
             MwEvolutionChange *change)
{
  GDBusConnection *bus = g_task_get_source_object (owned_task);
  const char *name = ((Run *) g_task_get_task_data (owned_task))->name;

  switch (change->kind)
    {
    case CHANGE_SECRET:
      if (change->secret != NULL)
        mw_eds_secret_store_async (change->uid, change->label, change->secret, NULL,
                                   secret_store_cb, owned_task);
      else
        mw_eds_secret_clear_async (change->uid, NULL, secret_clear_cb, owned_task);
      break;
    case CHANGE_SIGNATURE:
      mw_evolution_signature_write_async (change->path, change->uid, change->text,
                                          signature_write_cb, owned_task);
      break;
    case CHANGE_PINS:
      mw_evolution_pins_write_async (change->pins, FALSE, pins_write_cb, owned_task);
      break;
    case CHANGE_CREATE:
      mw_evolution_registry_create_async (bus, name, change->sources, registry_call_cb,
                                          owned_task);
      break;
    case CHANGE_WRITE:
      mw_evolution_registry_write_async (bus, name, change->path, change->text,
                                         registry_call_cb, owned_task);
      break;
    case CHANGE_REMOVE:
      mw_evolution_registry_remove_async (bus, name, change->path, remove_call_cb, owned_task);
      break;
    case CHANGE_FILES:
      mw_evolution_files_write_async (change->files, FALSE, files_write_cb, owned_task);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
undo_create_remove_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  GDBusConnection *bus = G_DBUS_CONNECTION (object);
  g_autoptr(GTask) task = G_TASK (user_data);
  Run *run = g_task_get_task_data (task);
  g_autofree char *path = NULL;

  /* Fails for the children of a source that is gone already. */
  mw_evolution_registry_call_finish (bus, result, NULL);

  if (run->paths->len == 0)
    {
      run_continue (g_steal_pointer (&task), NULL);
      return;
    }

  path = g_ptr_array_steal_index (run->paths, run->paths->len - 1);
  mw_evolution_registry_remove_async (bus, run->name, path, undo_create_remove_cb,
                                      g_steal_pointer (&task));
}

static void
undo_create_list_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  GDBusConnection *bus = G_DBUS_CONNECTION (object);
  g_autoptr(GTask) task = G_TASK (user_data);
  Run *run = g_task_get_task_data (task);
  MwEvolutionChange *change = run->changes->pdata[run->next];
  g_autoptr(GPtrArray) entries = NULL;
  g_autofree char *path = NULL;
  GError *error = NULL;

  entries = mw_evolution_registry_list_finish (bus, result, &error);
  g_clear_pointer (&run->paths, g_ptr_array_unref);
  run->paths = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      MwEvolutionEntry *entry = entries->pdata[i];

      if (g_variant_lookup (change->sources, entry->uid, "&s", NULL))
        g_ptr_array_add (run->paths, g_strdup (entry->path));
    }

  if (run->paths->len == 0)
    {
      run_continue (g_steal_pointer (&task), error);
      return;
    }

  path = g_ptr_array_steal_index (run->paths, run->paths->len - 1);
  mw_evolution_registry_remove_async (bus, run->name, path, undo_create_remove_cb,
                                      g_steal_pointer (&task));
}

static void
undo_change (GTask             *owned_task,
             MwEvolutionChange *change)
{
  GDBusConnection *bus = g_task_get_source_object (owned_task);
  const char *name = ((Run *) g_task_get_task_data (owned_task))->name;

  switch (change->kind)
    {
    case CHANGE_SECRET:
      if (change->former_secret != NULL)
        mw_eds_secret_store_async (change->uid, change->label, change->former_secret, NULL,
                                   secret_store_cb, owned_task);
      else
        mw_eds_secret_clear_async (change->uid, NULL, secret_clear_cb, owned_task);
      break;
    case CHANGE_SIGNATURE:
      mw_evolution_signature_write_async (change->path, change->uid, change->former_text,
                                          signature_write_cb, owned_task);
      break;
    case CHANGE_PINS:
      mw_evolution_pins_write_async (change->pins, TRUE, pins_write_cb, owned_task);
      break;
    case CHANGE_CREATE:
      mw_evolution_registry_list_async (bus, name, NULL, undo_create_list_cb, owned_task);
      break;
    case CHANGE_WRITE:
      mw_evolution_registry_write_async (bus, name, change->path, change->former_text,
                                         registry_call_cb, owned_task);
      break;
    case CHANGE_REMOVE:
      run_continue (owned_task, NULL);
      break;
    case CHANGE_FILES:
      mw_evolution_files_write_async (change->files, TRUE, files_write_cb, owned_task);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
run_step (GTask *task)
{
  Run *run = g_task_get_task_data (task);

  if (run->error == NULL && run->next < run->changes->len)
    {
      run->next++;
      make_change (g_object_ref (task), run->changes->pdata[run->next - 1]);
    }
  else if (run->error == NULL)
    {
      g_task_return_boolean (task, TRUE);
    }
  else if (run->next > 0)
    {
      run->next--;
      undo_change (g_object_ref (task), run->changes->pdata[run->next]);
    }
  else
    {
      g_task_return_error (task, g_steal_pointer (&run->error));
    }
}

static MwEvolutionChange *
change_new (ChangeKind  kind,
            const char *uid)
{
  MwEvolutionChange *self = g_new0 (MwEvolutionChange, 1);

  self->kind = kind;
  self->uid = g_strdup (uid);
  return self;
}

MwEvolutionChange *
mw_evolution_change_new_secret (const char *uid,
                                const char *label,
                                MwSecret   *secret,
                                MwSecret   *former)
{
  MwEvolutionChange *self = change_new (CHANGE_SECRET, uid);

  self->label = g_strdup (label);
  self->secret = secret != NULL ? mw_secret_ref (secret) : NULL;
  self->former_secret = former != NULL ? mw_secret_ref (former) : NULL;
  return self;
}

MwEvolutionChange *
mw_evolution_change_new_signature (const char *folder,
                                   const char *uid,
                                   const char *text,
                                   const char *former)
{
  MwEvolutionChange *self = change_new (CHANGE_SIGNATURE, uid);

  self->path = g_strdup (folder);
  self->text = g_strdup (text);
  self->former_text = g_strdup (former);
  return self;
}

MwEvolutionChange *
mw_evolution_change_new_pins (MwEvolutionPins *pins)
{
  MwEvolutionChange *self = change_new (CHANGE_PINS, NULL);

  self->pins = mw_evolution_pins_ref (pins);
  return self;
}

MwEvolutionChange *
mw_evolution_change_new_create (GVariant *sources)
{
  MwEvolutionChange *self = change_new (CHANGE_CREATE, NULL);

  self->sources = g_variant_ref_sink (sources);
  return self;
}

MwEvolutionChange *
mw_evolution_change_new_write (const char *path,
                               const char *data,
                               const char *former)
{
  MwEvolutionChange *self = change_new (CHANGE_WRITE, NULL);

  self->path = g_strdup (path);
  self->text = g_strdup (data);
  self->former_text = g_strdup (former);
  return self;
}

MwEvolutionChange *
mw_evolution_change_new_remove (const char *uid,
                                const char *path)
{
  MwEvolutionChange *self = change_new (CHANGE_REMOVE, uid);

  self->path = g_strdup (path);
  return self;
}

MwEvolutionChange *
mw_evolution_change_new_files (MwEvolutionFiles *files)
{
  MwEvolutionChange *self = change_new (CHANGE_FILES, NULL);

  self->files = mw_evolution_files_ref (files);
  return self;
}

void
mw_evolution_change_free (MwEvolutionChange *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->uid);
  g_free (self->path);
  g_free (self->label);
  g_free (self->text);
  g_free (self->former_text);
  g_clear_pointer (&self->secret, mw_secret_unref);
  g_clear_pointer (&self->former_secret, mw_secret_unref);
  g_clear_pointer (&self->sources, g_variant_unref);
  g_clear_pointer (&self->pins, mw_evolution_pins_unref);
  g_clear_pointer (&self->files, mw_evolution_files_unref);
  g_free (self);
}

void
mw_evolution_change_run_async (GDBusConnection     *bus,
                               const char          *name,
                               GPtrArray           *changes,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Run *run;

  g_return_if_fail (G_IS_DBUS_CONNECTION (bus));
  g_return_if_fail (name != NULL);
  g_return_if_fail (changes != NULL);

  run = g_new0 (Run, 1);
  run->name = g_strdup (name);
  run->changes = g_ptr_array_ref (changes);
  task = g_task_new (bus, NULL, callback, user_data);
  g_task_set_source_tag (task, mw_evolution_change_run_async);
  g_task_set_task_data (task, run, run_free);
  run_step (task);
}

gboolean
mw_evolution_change_run_finish (GDBusConnection  *bus,
                                GAsyncResult     *result,
                                GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, bus), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_evolution_change_run_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
