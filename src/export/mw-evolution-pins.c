/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-evolution-pins.h"

#include <string.h>

#include "core/mw-error.h"
#include "core/mw-export-note.h"
#include "export/mw-evolution-cert-db.h"
#include "export/mw-evolution-registry.h"
#include "export/mw-evolution-scan.h"
#include "export/mw-file-transaction.h"

/* Evolution knows a host only, no port; the certificate is still this one. It
 * keeps its list in memory and writes it when it ends, so that the files can
 * be changed only while it does not run. What we wrote is remembered as
 * "HOST FINGERPRINT HOST FINGERPRINT". */

#define DB_FILE "camel-cert.db"
#define BUS_MILLISECONDS 5000

typedef struct {
  char   *host;
  char   *fingerprint;
  GBytes *der; /* NULL: to be taken back */
} Pin;

struct _MwEvolutionPins
{
  char              *folder;
  GPtrArray         *pins; /* element-type Pin */
  GPtrArray         *added;
  GPtrArray         *removed;
  char              *former; /* remembered so far */
  char              *remembered;
  guint              notes; /* 1 << MW_EXPORT_NOTE_… */
  gboolean           incomplete; /* not every wanted pin can be handed over */
  gboolean           read_only;
  MwFileTransaction *transaction;
};

static void
pin_free (gpointer data)
{
  Pin *pin = data;

  g_free (pin->host);
  g_free (pin->fingerprint);
  g_clear_pointer (&pin->der, g_bytes_unref);
  g_free (pin);
}

static void
pins_clear (gpointer data)
{
  MwEvolutionPins *self = data;

  g_free (self->folder);
  g_ptr_array_unref (self->pins);
  g_ptr_array_unref (self->added);
  g_ptr_array_unref (self->removed);
  g_free (self->former);
  g_free (self->remembered);
  g_clear_pointer (&self->transaction, mw_file_transaction_free);
}

static void
add_pin (MwEvolutionPins *self,
         const char      *host,
         const char      *fingerprint,
         GBytes          *der)
{
  Pin *pin;

  for (guint i = 0; i < self->pins->len; i++)
    {
      pin = self->pins->pdata[i];
      if (strcmp (pin->host, host) == 0 && strcmp (pin->fingerprint, fingerprint) == 0)
        return;
    }

  pin = g_new0 (Pin, 1);
  pin->host = g_strdup (host);
  pin->fingerprint = g_strdup (fingerprint);
  pin->der = der != NULL ? g_bytes_ref (der) : NULL;
  g_ptr_array_add (self->pins, pin);
}

static void
add_service (MwEvolutionPins *self,
             MwService       *service)
{
  g_autofree char *fingerprint = NULL;

  if (service == NULL || service->pin == NULL ||
      mw_endpoint_get_security (service->endpoint) == MW_SECURITY_NONE)
    return;

  if (service->certificate == NULL)
    {
      self->incomplete = TRUE;
      return;
    }

  fingerprint = mw_evolution_cert_db_get_fingerprint (service->certificate);
  add_pin (self, mw_endpoint_get_host (service->endpoint), fingerprint, service->certificate);
}

static gboolean
is_used_by_others (const char            *host,
                   GPtrArray             *entries,
                   const MwEvolutionUids *uids)
{
  for (guint i = 0; i < entries->len; i++)
    {
      MwEvolutionEntry *entry = entries->pdata[i];
      g_autofree char *other = g_key_file_get_string (entry->file, "Authentication", "Host", NULL);

      if (g_strcmp0 (other, host) == 0 && g_strcmp0 (entry->uid, uids->account) != 0 &&
          g_strcmp0 (entry->uid, uids->transport) != 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_fingerprint (const char *text)
{
  return strlen (text) == 48 && strspn (text, "0123456789abcdef:") == 48;
}

MwEvolutionPins *
mw_evolution_pins_new (MwProfile             *profile,
                       gboolean               removing,
                       const char            *folder,
                       const char            *remembered,
                       GPtrArray             *entries,
                       const MwEvolutionUids *uids)
{
  g_autoptr(MwEvolutionPins) self = g_atomic_rc_box_new0 (MwEvolutionPins);
  g_auto(GStrv) words = g_strsplit (remembered != NULL ? remembered : "", " ", -1);

  g_return_val_if_fail (profile != NULL, NULL);
  g_return_val_if_fail (folder != NULL, NULL);
  g_return_val_if_fail (entries != NULL, NULL);
  g_return_val_if_fail (uids != NULL, NULL);

  self->folder = g_strdup (folder);
  self->pins = g_ptr_array_new_with_free_func (pin_free);
  self->added = g_ptr_array_new_with_free_func (g_free);
  self->removed = g_ptr_array_new_with_free_func (g_free);
  self->former = g_strdup (remembered);
  self->remembered = g_strdup (remembered);
  if (!removing)
    {
      add_service (self, profile->incoming);
      add_service (self, profile->outgoing);
    }

  /* Those that are wanted are in the list by now. The file name comes from
   * the account file, so it is looked at. */
  for (guint i = 0; words[i] != NULL && words[i + 1] != NULL; i += 2)
    {
      if (is_fingerprint (words[i + 1]) && !is_used_by_others (words[i], entries, uids))
        add_pin (self, words[i], words[i + 1], NULL);
    }

  if (self->pins->len == 0 && !self->incomplete)
    return NULL;
  return g_steal_pointer (&self);
}

MwEvolutionPins *
mw_evolution_pins_ref (MwEvolutionPins *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
mw_evolution_pins_unref (MwEvolutionPins *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, pins_clear);
}

/* --- planning --- */

/* A folder that is not there has no files; it is made only to write in it. */
static gboolean
open_folder (MwEvolutionPins  *self,
             const char       *name,
             int              *fd,
             GError          **error)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  *fd = -1;
  if (self->read_only && !g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;

  *fd = mw_file_transaction_open_folder (self->transaction, path, !self->read_only, error);
  return *fd >= 0;
}

static gboolean
read_file (MwEvolutionPins  *self,
           int               folder,
           const char       *name,
           GBytes          **contents,
           GError          **error)
{
  *contents = NULL;
  return folder < 0 ||
         mw_file_transaction_read (self->transaction, folder, name, contents, error);
}

/* Both servers may have the same certificate. */
static gboolean
is_staged (MwEvolutionPins *self,
           Pin             *pin)
{
  for (guint i = 0; self->pins->pdata[i] != pin; i++)
    {
      if (strcmp (((Pin *) self->pins->pdata[i])->fingerprint, pin->fingerprint) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
plan_pin (MwEvolutionPins    *self,
          Pin                *pin,
          MwEvolutionCertDb  *db,
          int                 folder,
          GString            *remembered,
          GError            **error)
{
  g_autofree char *both = g_strconcat (pin->host, " ", pin->fingerprint, NULL);
  g_autoptr(GBytes) file = NULL;
  gboolean is_new, has_file;

  if (!read_file (self, folder, pin->fingerprint, &file, error))
    return FALSE;

  if (pin->der == NULL)
    {
      if (!mw_evolution_cert_db_remove (db, pin->host, pin->fingerprint))
        return TRUE;
      g_ptr_array_add (self->removed, g_strdup (pin->host));
      return self->read_only || file == NULL ||
             mw_evolution_cert_db_mentions (db, pin->fingerprint) ||
             mw_file_transaction_stage_removal (self->transaction, folder, pin->fingerprint,
                                                error);
    }

  is_new = mw_evolution_cert_db_put (db, pin->host, pin->fingerprint);
  has_file = file != NULL && g_bytes_equal (file, pin->der);
  if (is_new || (self->former != NULL && strstr (self->former, both) != NULL))
    g_string_append_printf (remembered, "%s%s", remembered->len > 0 ? " " : "", both);
  if (is_new || !has_file)
    g_ptr_array_add (self->added, g_strdup (pin->host));
  return self->read_only || has_file || is_staged (self, pin) ||
         mw_file_transaction_stage (self->transaction, folder, pin->fingerprint, pin->der, error);
}

static gboolean
plan_files (MwEvolutionPins  *self,
            GError          **error)
{
  g_autoptr(MwEvolutionCertDb) db = NULL;
  g_autoptr(GBytes) before = NULL;
  g_autoptr(GString) remembered = g_string_new (NULL);
  int db_folder, folder;

  if (!open_folder (self, "evolution", &db_folder, error) ||
      !open_folder (self, "camel_certs", &folder, error) ||
      !read_file (self, db_folder, DB_FILE, &before, error))
    return FALSE;

  db = mw_evolution_cert_db_parse (before);
  if (db == NULL)
    {
      g_set_error_literal (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_DAMAGED,
                           DB_FILE " is damaged or of another version");
      return FALSE;
    }

  for (guint i = 0; i < self->pins->len; i++)
    {
      if (!plan_pin (self, self->pins->pdata[i], db, folder, remembered, error))
        return FALSE;
    }

  if (!self->read_only && self->added->len + self->removed->len > 0)
    {
      g_autoptr(GBytes) after = mw_evolution_cert_db_to_bytes (db);

      if (!mw_file_transaction_stage (self->transaction, db_folder, DB_FILE, after, error))
        return FALSE;
    }

  g_free (self->remembered);
  self->remembered = remembered->len > 0 ? g_strdup (remembered->str) : NULL;
  return TRUE;
}

static gboolean
has_wanted (MwEvolutionPins *self)
{
  for (guint i = 0; i < self->pins->len; i++)
    {
      if (((Pin *) self->pins->pdata[i])->der != NULL)
        return TRUE;
    }

  return FALSE;
}

/* Nothing is written. */
static void
give_up (MwEvolutionPins *self)
{
  self->incomplete = self->incomplete || self->added->len > 0;
  if (self->removed->len > 0)
    self->notes = 1u << MW_EXPORT_NOTE_CERTIFICATE_KEPT;
  g_ptr_array_set_size (self->added, 0);
  g_ptr_array_set_size (self->removed, 0);
  g_free (self->remembered);
  self->remembered = g_strdup (self->former);
  g_clear_pointer (&self->transaction, mw_file_transaction_free);
}

static void
plan_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  MwEvolutionPins *self = task_data;
  g_autoptr(GError) error = NULL;

  self->transaction = mw_file_transaction_new ();
  if (!plan_files (self, &error))
    {
      g_info ("Certificates are not handed over: %s", error->message);
      give_up (self);
      self->incomplete = self->incomplete || has_wanted (self);
    }
  g_task_return_boolean (task, TRUE);
}

typedef struct {
  MwEvolutionPins *pins;
  gboolean         dry_run;
  gboolean         out_of_reach;
} Plan;

static void
plan_free (gpointer data)
{
  Plan *plan = data;

  mw_evolution_pins_unref (plan->pins);
  g_free (plan);
}

static void
plan_files_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  Plan *plan = g_task_get_task_data (task);
  MwEvolutionPins *self = plan->pins;

  if (plan->out_of_reach)
    give_up (self);
  if (self->incomplete)
    self->notes = 1u << MW_EXPORT_NOTE_CERTIFICATE_QUESTION;
  g_task_return_boolean (task, TRUE);
}

/* Asked again: the person may have opened it since it was looked for. */
static void
owner_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  Plan *plan = g_task_get_task_data (task);
  g_autoptr(GVariant) reply = NULL;
  g_autoptr(GTask) files = NULL;
  gboolean running = TRUE;

  reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, NULL);
  if (reply != NULL)
    g_variant_get (reply, "(b)", &running);

  /* Those files are not open to a Flatpak. */
  plan->out_of_reach = running || g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
  plan->pins->read_only = plan->dry_run || plan->out_of_reach;
  files = g_task_new (NULL, NULL, plan_files_cb, g_steal_pointer (&task));
  g_task_set_task_data (files, mw_evolution_pins_ref (plan->pins),
                        (GDestroyNotify) mw_evolution_pins_unref);
  g_task_run_in_thread (files, plan_thread);
}

void
mw_evolution_pins_plan_async (MwEvolutionPins     *self,
                              GDBusConnection     *bus,
                              gboolean             dry_run,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task;
  Plan *plan;

  g_return_if_fail (self != NULL);
  g_return_if_fail (G_IS_DBUS_CONNECTION (bus));

  plan = g_new0 (Plan, 1);
  plan->pins = mw_evolution_pins_ref (self);
  plan->dry_run = dry_run;
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_evolution_pins_plan_async);
  g_task_set_task_data (task, plan, plan_free);
  g_dbus_connection_call (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                          "org.freedesktop.DBus", "NameHasOwner",
                          g_variant_new ("(s)", MW_EVOLUTION_NAME), G_VARIANT_TYPE ("(b)"),
                          G_DBUS_CALL_FLAGS_NONE, BUS_MILLISECONDS, cancellable, owner_cb, task);
}

void
mw_evolution_pins_plan_finish (MwEvolutionPins *self,
                               GAsyncResult    *result)
{
  g_return_if_fail (g_task_is_valid (result, NULL));
  g_return_if_fail (g_async_result_is_tagged (result, mw_evolution_pins_plan_async));

  g_task_propagate_boolean (G_TASK (result), NULL);
}

/* --- what came out --- */

guint
mw_evolution_pins_get_notes (MwEvolutionPins *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->notes;
}

const char *
mw_evolution_pins_get_remembered (MwEvolutionPins *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->remembered;
}

GPtrArray *
mw_evolution_pins_get_added (MwEvolutionPins *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->added;
}

GPtrArray *
mw_evolution_pins_get_removed (MwEvolutionPins *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->removed;
}

/* --- writing --- */

static void
write_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  MwEvolutionPins *self = task_data;
  g_autoptr(GError) error = NULL;

  if (self->transaction == NULL ||
      mw_file_transaction_commit (self->transaction, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
undo_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  MwEvolutionPins *self = task_data;

  if (self->transaction != NULL)
    mw_file_transaction_undo (self->transaction);
  g_task_return_boolean (task, TRUE);
}

void
mw_evolution_pins_write_async (MwEvolutionPins     *self,
                               gboolean             undo,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (self != NULL);

  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, mw_evolution_pins_write_async);
  g_task_set_task_data (task, mw_evolution_pins_ref (self),
                        (GDestroyNotify) mw_evolution_pins_unref);
  g_task_run_in_thread (task, undo ? undo_thread : write_thread);
}

gboolean
mw_evolution_pins_write_finish (GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_evolution_pins_write_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
