/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

/* Passwords are stored before the sources are made: Evolution connects in the
 * moment the account appears. */

#include "config.h"

#include "export/mw-evolution-exporter.h"

#include "core/mw-error.h"
#include "export/mw-evolution-change.h"
#include "export/mw-evolution-defaults.h"
#include "export/mw-evolution-plan.h"
#include "export/mw-evolution-registry.h"
#include "export/mw-evolution-scan.h"
#include "export/mw-evolution-signature.h"
#include "store/mw-eds-secret.h"

struct _MwEvolutionExporter
{
  GObject parent_instance;
};

static void mw_evolution_exporter_iface_init (MwExporterInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MwEvolutionExporter, mw_evolution_exporter, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MW_TYPE_EXPORTER,
                                                      mw_evolution_exporter_iface_init))

/* One password of Evolution: that of the account or of the transport. */
typedef struct {
  const char *uid;         /* borrowed from the plan; NULL = not needed */
  char       *label;
  MwSecret   *secret;      /* to be stored; may be NULL */
  MwSecret   *former;      /* what is stored */
} Password;

typedef struct {
  MwExportTarget  *target;
  MwProfile       *profile;
  gboolean         dry_run;
  gboolean         removing;
  GDBusConnection *bus;
  GPtrArray       *entries;
  MwEvolutionPlan *plan;
  Password         passwords[2];
  guint            looked_up;
  gboolean         no_keyring;
  char            *signature_uid;   /* whose file changes; NULL = none */
  char            *signature;
  char            *former_signature;
  MwExportReport  *report;
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  for (gsize i = 0; i < G_N_ELEMENTS (export->passwords); i++)
    {
      g_free (export->passwords[i].label);
      g_clear_pointer (&export->passwords[i].secret, mw_secret_unref);
      g_clear_pointer (&export->passwords[i].former, mw_secret_unref);
    }

  g_clear_pointer (&export->target, mw_export_target_unref);
  g_clear_pointer (&export->profile, mw_profile_unref);
  g_clear_object (&export->bus);
  g_clear_pointer (&export->entries, g_ptr_array_unref);
  g_clear_pointer (&export->plan, mw_evolution_plan_free);
  g_free (export->signature_uid);
  g_free (export->signature);
  g_free (export->former_signature);
  g_clear_pointer (&export->report, mw_export_report_unref);
  g_free (export);
}

static void
remember_value (Export     *export,
                const char *key,
                const char *value)
{
  if (value != NULL && *value != '\0')
    g_hash_table_insert (export->report->values, g_strdup (key), g_strdup (value));
}

/* --- the end --- */

static void
fill_values (Export *export)
{
  MwEvolutionUids *uids = &export->plan->uids;
  const char *time = mw_profile_get_export_value (export->profile, export->target->id, "Time");
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *text = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");

  if (export->removing)
    return;

  remember_value (export, "AccountUid", uids->account);
  remember_value (export, "TransportUid", uids->transport);
  remember_value (export, "IdentityUid", uids->identity);
  remember_value (export, "SignatureUid", uids->signature);
  remember_value (export, "Time",
                  export->report->outcome == MW_EXPORT_OUTCOME_UNCHANGED && time != NULL
                    ? time : text);
}

static void
finish (GTask *owned_task)
{
  g_autoptr(GTask) task = owned_task;
  Export *export = g_task_get_task_data (task);
  MwExportReport *report = export->report;

  if (report->created->len == 0 && report->updated->len == 0)
    report->outcome = MW_EXPORT_OUTCOME_UNCHANGED;
  else
    report->outcome = MW_EXPORT_OUTCOME_DONE;

  fill_values (export);
  g_task_return_pointer (task, g_steal_pointer (&export->report),
                         (GDestroyNotify) mw_export_report_unref);
}

static void
flush_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  mw_evolution_defaults_flush_finish (result);
  finish (G_TASK (user_data));
}

static void
run_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  Export *export = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (!mw_evolution_change_run_finish (G_DBUS_CONNECTION (object), result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (export->removing)
    mw_evolution_defaults_restore (export->profile, export->target->id, &export->plan->uids,
                                   export->entries);
  else
    mw_evolution_defaults_apply (export->profile, export->target->id, &export->plan->uids,
                                 export->entries, FALSE, export->report);

  mw_evolution_defaults_flush_async (flush_cb, g_steal_pointer (&task));
}

/* --- from the plan to changes --- */

static const char *
kind_word (MwEvolutionKind kind)
{
  static const char * const words[] = { "account", "transport", "identity", "signature" };

  return words[kind];
}

static void
add_passwords (Export    *export,
               GPtrArray *changes)
{
  export->report->password = MW_EXPORT_PASSWORD_STORED;

  for (gsize i = 0; i < G_N_ELEMENTS (export->passwords); i++)
    {
      Password *password = &export->passwords[i];

      if (password->uid == NULL)
        continue;

      if (export->no_keyring || (password->secret == NULL && password->former == NULL))
        {
          export->report->password = MW_EXPORT_PASSWORD_NOT_STORED;
          continue;
        }

      if (password->secret == NULL ||
          (password->former != NULL && mw_secret_equal (password->secret, password->former)))
        continue;

      g_ptr_array_add (changes, mw_evolution_change_new_secret (password->uid, password->label,
                                                                password->secret,
                                                                password->former));
      g_ptr_array_add (password->former != NULL ? export->report->updated
                                                : export->report->created,
                       g_strdup_printf ("password %s", password->uid));
    }
}

static void
add_edits (Export    *export,
           GPtrArray *changes)
{
  g_autoptr(GVariantBuilder) builder = g_variant_builder_new (G_VARIANT_TYPE ("a{ss}"));
  GPtrArray *edits = export->plan->edits;
  gboolean any_new = FALSE;

  for (guint i = 0; i < edits->len; i++)
    {
      MwEvolutionEdit *edit = edits->pdata[i];

      if (edit->path == NULL)
        {
          g_variant_builder_add (builder, "{ss}", edit->uid, edit->data);
          any_new = TRUE;
        }

      g_ptr_array_add (edit->path == NULL ? export->report->created : export->report->updated,
                       g_strdup_printf ("%s %s", kind_word (edit->kind), edit->uid));
    }

  if (any_new)
    g_ptr_array_add (changes, mw_evolution_change_new_create (g_variant_builder_end (builder)));

  for (guint i = 0; i < edits->len; i++)
    {
      MwEvolutionEdit *edit = edits->pdata[i];

      if (edit->path != NULL)
        g_ptr_array_add (changes, mw_evolution_change_new_write (edit->path, edit->data,
                                                                 edit->former));
    }
}

static void
add_removals (Export    *export,
              GPtrArray *changes)
{
  GPtrArray *removals = export->plan->removals;

  for (guint i = 0; i < removals->len; i++)
    {
      MwEvolutionEdit *edit = removals->pdata[i];

      g_ptr_array_add (changes, mw_evolution_change_new_remove (edit->uid, edit->path));
      g_ptr_array_add (export->report->updated,
                       g_strdup_printf ("%s %s", kind_word (edit->kind), edit->uid));
    }

  /* Evolution would forget these only after an hour. */
  for (gsize i = 0; export->removing && i < G_N_ELEMENTS (export->passwords); i++)
    {
      Password *password = &export->passwords[i];

      if (password->former == NULL)
        continue;

      g_ptr_array_add (changes, mw_evolution_change_new_secret (password->uid, password->label,
                                                                NULL, password->former));
      g_ptr_array_add (export->report->updated, g_strdup_printf ("password %s", password->uid));
    }
}

static void
add_signature (Export    *export,
               GPtrArray *changes)
{
  if (export->signature_uid == NULL ||
      g_strcmp0 (export->signature, export->former_signature) == 0)
    return;

  g_ptr_array_add (changes, mw_evolution_change_new_signature (export->signature_uid,
                                                               export->signature,
                                                               export->former_signature));
  g_ptr_array_add (export->former_signature == NULL ? export->report->created
                                                    : export->report->updated,
                   g_strdup_printf ("text of signature %s", export->signature_uid));
}

static void
run_plan (GTask *owned_task)
{
  g_autoptr(GTask) task = owned_task;
  Export *export = g_task_get_task_data (task);
  g_autoptr(GPtrArray) changes = NULL;
  GDBusConnection *bus = export->bus;

  changes = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_evolution_change_free);
  if (!export->removing)
    add_passwords (export, changes);
  add_signature (export, changes);
  add_edits (export, changes);
  add_removals (export, changes);
  export->report->needs_restart = export->plan->server_differs && export->target->running;

  if (export->dry_run)
    {
      mw_evolution_defaults_apply (export->profile, export->target->id, &export->plan->uids,
                                   export->entries, TRUE, export->report);
      finish (g_steal_pointer (&task));
      return;
    }

  if (g_task_return_error_if_cancelled (task))
    return;

  mw_evolution_change_run_async (bus, changes, run_cb, g_steal_pointer (&task));
}

/* --- what is there now --- */

static void
read_signature_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  Export *export = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  export->former_signature = mw_evolution_signature_read_finish (result, &error);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    run_plan (g_steal_pointer (&task));
}

static void
read_signature (GTask *owned_task)
{
  g_autoptr(GTask) task = owned_task;
  Export *export = g_task_get_task_data (task);
  GPtrArray *removals = export->plan->removals;
  const char *text = export->profile->signature;

  if (!export->removing && text != NULL && *text != '\0')
    {
      export->signature_uid = g_strdup (export->plan->uids.signature);
      export->signature = g_strconcat (text, g_str_has_suffix (text, "\n") ? "" : "\n", NULL);
    }

  for (guint i = 0; i < removals->len; i++)
    {
      MwEvolutionEdit *edit = removals->pdata[i];

      if (edit->kind == MW_EVOLUTION_SIGNATURE)
        export->signature_uid = g_strdup (edit->uid);
    }

  if (export->signature_uid == NULL)
    run_plan (g_steal_pointer (&task));
  else
    mw_evolution_signature_read_async (export->signature_uid, g_task_get_cancellable (task),
                                       read_signature_cb, g_object_ref (task));
}

static void
lookup_password_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  Export *export = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr(GError) error = NULL;
  Password *next;

  export->passwords[export->looked_up].former = mw_eds_secret_lookup_finish (result, &error);
  export->looked_up++;

  /* Without a keyring the account is made all the same; Evolution will ask. */
  if (g_error_matches (error, MW_STORE_ERROR, MW_STORE_ERROR_NO_SERVICE))
    {
      export->no_keyring = TRUE;
      read_signature (g_steal_pointer (&task));
      return;
    }

  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  next = &export->passwords[export->looked_up];
  if (export->looked_up < G_N_ELEMENTS (export->passwords) && next->uid != NULL)
    mw_eds_secret_lookup_async (next->uid, cancellable, lookup_password_cb,
                                g_steal_pointer (&task));
  else
    read_signature (g_steal_pointer (&task));
}

static char *
password_label (MwProfile      *profile,
                const char     *what)
{
  return g_strdup_printf ("Evolution Data Source \"%s\" (%s)", profile->address, what);
}

/* The account's password is always looked at, and so it stands first. */
static void
look_up_passwords (GTask *owned_task)
{
  Export *export = g_task_get_task_data (owned_task);
  MwProfile *profile = export->profile;
  Password *incoming = &export->passwords[0];
  Password *outgoing = &export->passwords[1];

  incoming->uid = export->plan->uids.account;
  incoming->label = password_label (profile, "Mail Account");
  if (export->removing ||
      (profile->outgoing != NULL && profile->outgoing->auth != MW_AUTH_NONE))
    {
      outgoing->uid = export->plan->uids.transport;
      outgoing->label = password_label (profile, "Mail Transport");
    }

  mw_eds_secret_lookup_async (incoming->uid, g_task_get_cancellable (owned_task),
                              lookup_password_cb, owned_task);
}

static void
list_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  Export *export = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  export->entries = mw_evolution_registry_list_finish (G_DBUS_CONNECTION (object), result, &error);
  if (export->entries == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (export->removing)
    export->plan = mw_evolution_plan_new_removal (export->entries, export->profile,
                                                  export->target->id);
  else
    export->plan = mw_evolution_plan_new (export->entries, export->profile, export->target->id,
                                          &error);

  if (export->plan == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (export->removing && export->plan->uids.account == NULL)
    finish (g_steal_pointer (&task));
  else
    look_up_passwords (g_steal_pointer (&task));
}

static void
export_bus_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  Export *export = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr(GError) error = NULL;

  export->bus = g_bus_get_finish (result, &error);
  if (export->bus == NULL)
    {
      g_task_return_new_error (task, MW_EXPORT_ERROR, MW_EXPORT_ERROR_NO_TARGET,
                               "No session bus: %s", error->message);
      return;
    }

  mw_evolution_registry_list_async (export->bus, cancellable, list_cb, g_steal_pointer (&task));
}

static GTask *
export_task_new (MwExporter          *exporter,
                 gpointer             source_tag,
                 MwExportTarget      *target,
                 MwProfile           *profile,
                 GCancellable        *cancellable,
                 GAsyncReadyCallback  callback,
                 gpointer             user_data)
{
  GTask *task = g_task_new (exporter, cancellable, callback, user_data);
  Export *export = g_new0 (Export, 1);

  export->target = mw_export_target_ref (target);
  export->profile = mw_profile_ref (profile);
  export->report = mw_export_report_new (target);
  g_task_set_source_tag (task, source_tag);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, export, export_free);
  return task;
}

static void
mw_evolution_exporter_export_async (MwExporter          *exporter,
                                    MwExportTarget      *target,
                                    MwProfile           *profile,
                                    MwSecret            *incoming,
                                    MwSecret            *outgoing,
                                    gboolean             dry_run,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  GTask *task = export_task_new (exporter, mw_evolution_exporter_export_async, target, profile,
                                 cancellable, callback, user_data);
  Export *export = g_task_get_task_data (task);

  if (outgoing == NULL && !profile->own_credentials)
    outgoing = incoming;

  export->dry_run = dry_run;
  export->passwords[0].secret = incoming != NULL ? mw_secret_ref (incoming) : NULL;
  export->passwords[1].secret = outgoing != NULL ? mw_secret_ref (outgoing) : NULL;
  g_bus_get (G_BUS_TYPE_SESSION, cancellable, export_bus_cb, task);
}

static MwExportReport *
mw_evolution_exporter_export_finish (MwExporter    *exporter,
                                     GAsyncResult  *result,
                                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, exporter), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_evolution_exporter_export_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
mw_evolution_exporter_remove_async (MwExporter          *exporter,
                                    MwExportTarget      *target,
                                    MwProfile           *profile,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  GTask *task = export_task_new (exporter, mw_evolution_exporter_remove_async, target, profile,
                                 cancellable, callback, user_data);
  Export *export = g_task_get_task_data (task);

  export->removing = TRUE;
  g_bus_get (G_BUS_TYPE_SESSION, cancellable, export_bus_cb, task);
}

static MwExportReport *
mw_evolution_exporter_remove_finish (MwExporter    *exporter,
                                     GAsyncResult  *result,
                                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, exporter), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_evolution_exporter_remove_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
find_scan_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  g_autoptr(GError) error = NULL;
  GPtrArray *targets = mw_evolution_scan_finish (result, &error);

  if (targets != NULL)
    g_task_return_pointer (task, targets, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
mw_evolution_exporter_find_targets_async (MwExporter          *exporter,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data)
{
  GTask *task = g_task_new (exporter, cancellable, callback, user_data);

  g_task_set_source_tag (task, mw_evolution_exporter_find_targets_async);
  mw_evolution_scan_async (cancellable, find_scan_cb, task);
}

static GPtrArray *
mw_evolution_exporter_find_targets_finish (MwExporter    *exporter,
                                           GAsyncResult  *result,
                                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, exporter), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result,
                                                  mw_evolution_exporter_find_targets_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
mw_evolution_exporter_iface_init (MwExporterInterface *iface)
{
  iface->find_targets_async = mw_evolution_exporter_find_targets_async;
  iface->find_targets_finish = mw_evolution_exporter_find_targets_finish;
  iface->export_async = mw_evolution_exporter_export_async;
  iface->export_finish = mw_evolution_exporter_export_finish;
  iface->remove_async = mw_evolution_exporter_remove_async;
  iface->remove_finish = mw_evolution_exporter_remove_finish;
}

static void
mw_evolution_exporter_class_init (MwEvolutionExporterClass *klass)
{
}

static void
mw_evolution_exporter_init (MwEvolutionExporter *self)
{
}

MwExporter *
mw_evolution_exporter_new (void)
{
  return g_object_new (MW_TYPE_EVOLUTION_EXPORTER, NULL);
}
