/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "cli/mw-cli-report.h"

#include "cli/mw-cli-found.h"
#include "cli/mw-cli-json.h"
#include "core/mw-error.h"
#include "setup/mw-advice-refusal.h"
#include "setup/mw-advice-target.h"
#include "setup/mw-verification.h"

static void
add_ca_files (JsonBuilder  *builder,
              MwCliSession *session)
{
  json_builder_set_member_name (builder, "ca_files");
  json_builder_begin_array (builder);
  for (guint i = 0; i < session->ca_files->len; i++)
    {
      const char *path = g_ptr_array_index (session->ca_files, i);
      g_autofree char *name = g_filename_display_name (path);

      json_builder_add_string_value (builder, name);
    }
  json_builder_end_array (builder);
}

void
mw_cli_report_add_verification (JsonBuilder  *builder,
                                MwCliSession *session,
                                MwSetup      *setup)
{
  json_builder_begin_object (builder);
  mw_verification_add (builder, setup, MW_REDACTOR_HIDE_NOTHING);
  add_ca_files (builder, session);
  json_builder_end_object (builder);
}

void
mw_cli_report_add_search (JsonBuilder    *builder,
                          MwServerSearch *search)
{
  MwAddress *address = mw_server_search_get_address (search);
  g_autoptr(MwRedactor) redactor = mw_redactor_new ();

  json_builder_begin_object (builder);
  mw_json_add_string (builder, "address", mw_address_get_text (address));
  mw_verification_add_sources (builder, mw_server_search_get_reports (search), redactor,
                               MW_REDACTOR_HIDE_NOTHING);

  json_builder_set_member_name (builder, "candidates");
  json_builder_begin_array (builder);
  for (int side = MW_SIDE_INCOMING; side <= MW_SIDE_OUTGOING; side++)
    {
      GPtrArray *candidates = mw_server_search_get_candidates (search, side);

      for (guint i = 0; i < candidates->len; i++)
        mw_json_add_candidate (builder, candidates->pdata[i], mw_address_get_text (address));
    }
  json_builder_end_array (builder);

  mw_verification_add_conflicts (builder, mw_server_search_get_conflicts (search), redactor,
                                 MW_REDACTOR_HIDE_NOTHING);
  mw_verification_add_hints (builder, mw_server_search_get_provider (search));
  mw_json_add_milliseconds (builder, "elapsed_ms", mw_server_search_get_elapsed_us (search));
  json_builder_end_object (builder);
}

static void
add_refusal (JsonBuilder         *builder,
             MwInspectionKind     kind,
             MwInspectionRefusal  refusal)
{
  json_builder_set_member_name (builder, "refused");
  if (refusal == MW_INSPECTION_REFUSAL_NONE)
    {
      json_builder_add_null_value (builder);
      return;
    }

  json_builder_begin_object (builder);
  mw_json_add_string (builder, "code", mw_enum_to_nick (MW_TYPE_INSPECTION_REFUSAL, refusal));
  mw_json_add_string (builder, "message", mw_advice_describe_refusal (kind, refusal));
  json_builder_end_object (builder);
}

void
mw_cli_report_add_inspection (JsonBuilder  *builder,
                              MwInspection *inspection,
                              const char   *signer)
{
  MwAddress *address = inspection->address;
  const char *user_name = address != NULL ? mw_address_get_text (address) : "%EMAILADDRESS%";
  const char *kind = mw_enum_to_nick (MW_TYPE_INSPECTION_KIND, inspection->kind);

  json_builder_begin_object (builder);
  mw_json_add_string (builder, "kind",
                      inspection->kind != MW_INSPECTION_KIND_UNKNOWN ? kind : NULL);
  if (inspection->refusal == MW_INSPECTION_REFUSAL_NONE)
    {
      mw_json_add_string (builder, "address",
                          address != NULL ? mw_address_get_text (address) : NULL);
      mw_json_add_string (builder, "domain", inspection->domain);
      json_builder_set_member_name (builder, "candidates");
      json_builder_begin_array (builder);
      for (guint i = 0; i < inspection->candidates->len; i++)
        mw_json_add_candidate (builder, inspection->candidates->pdata[i], user_name);
      json_builder_end_array (builder);
      mw_json_add_string (builder, "name", inspection->name);
      mw_json_add_string (builder, "label", inspection->label);
      mw_verification_add_hints (builder, inspection->provider);
      mw_json_add_boolean (builder, "password", inspection->incoming_password != NULL ||
                                                inspection->outgoing_password != NULL);
      mw_json_add_string (builder, "signer", signer);
      mw_json_add_string_array (builder, "accounts", NULL);
    }
  mw_json_add_string_array (builder, "skipped", inspection->skipped);
  add_refusal (builder, inspection->kind, inspection->refusal);
  json_builder_end_object (builder);
}

void
mw_cli_report_add_folder (JsonBuilder      *builder,
                          MwInspectionKind  kind,
                          GPtrArray        *accounts)
{
  g_autoptr(GPtrArray) skipped = g_ptr_array_new_with_free_func (g_free);
  gboolean any = FALSE;

  json_builder_begin_object (builder);
  mw_json_add_string (builder, "kind", mw_enum_to_nick (MW_TYPE_INSPECTION_KIND, kind));
  mw_json_add_string (builder, "address", NULL);
  mw_json_add_string (builder, "domain", NULL);
  mw_cli_found_add_candidates (builder, accounts);
  mw_json_add_string (builder, "name", NULL);
  mw_json_add_string (builder, "label", NULL);
  mw_verification_add_hints (builder, NULL);
  mw_json_add_boolean (builder, "password", FALSE);
  mw_json_add_string (builder, "signer", NULL);
  json_builder_set_member_name (builder, "accounts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < accounts->len; i++)
    {
      MwFoundAccount *account = accounts->pdata[i];

      json_builder_begin_object (builder);
      mw_cli_found_add (builder, account, FALSE);
      json_builder_end_object (builder);
      if (account->obstacle == MW_FOUND_OBSTACLE_NONE)
        any = TRUE;
      else
        g_ptr_array_add (skipped, g_strdup_printf ("%s: %s", account->profile->label,
                                                   mw_enum_to_nick (MW_TYPE_FOUND_OBSTACLE,
                                                                    account->obstacle)));
    }
  json_builder_end_array (builder);
  mw_json_add_string_array (builder, "skipped", skipped);
  add_refusal (builder, kind, any ? MW_INSPECTION_REFUSAL_NONE : MW_INSPECTION_REFUSAL_NO_SERVER);
  json_builder_end_object (builder);
}

static void
add_exported (JsonBuilder *builder,
              MwProfile   *profile)
{
  g_autoptr(GList) targets = g_hash_table_get_keys (profile->exports);

  targets = g_list_sort (targets, (GCompareFunc) g_strcmp0);
  json_builder_set_member_name (builder, "exported");
  json_builder_begin_array (builder);
  for (GList *l = targets; l != NULL; l = l->next)
    json_builder_add_string_value (builder, l->data);
  json_builder_end_array (builder);
}

void
mw_cli_report_add_account_row (JsonBuilder *builder,
                               MwProfile   *profile)
{
  json_builder_begin_object (builder);
  mw_json_add_string (builder, "id", profile->id);
  mw_json_add_string (builder, "label", profile->label);
  mw_json_add_string (builder, "address", profile->address);
  mw_json_add_string (builder, "state",
                      mw_enum_to_nick (MW_TYPE_OUTCOME, profile->state));
  mw_json_add_boolean (builder, "default", profile->is_default);
  add_exported (builder, profile);
  mw_json_add_time (builder, "last_checked", profile->last_checked);
  json_builder_end_object (builder);
}

static void
add_service (JsonBuilder *builder,
             MwService   *service)
{
  mw_json_add_string (builder, "service", mw_endpoint_get_service (service->endpoint));
  mw_json_add_string (builder, "host", mw_endpoint_get_host (service->endpoint));
  mw_json_add_int (builder, "port", mw_endpoint_get_port (service->endpoint));
  mw_json_add_string (builder, "user", service->user_name);
  mw_json_add_auth (builder, "auth", service->auth);
  mw_json_add_string (builder, "pin", service->pin);
}

static void
add_services (JsonBuilder *builder,
              MwProfile   *profile)
{
  json_builder_set_member_name (builder, "incoming");
  if (profile->incoming != NULL)
    {
      json_builder_begin_object (builder);
      add_service (builder, profile->incoming);
      json_builder_end_object (builder);
    }
  else
    {
      json_builder_add_null_value (builder);
    }

  json_builder_set_member_name (builder, "outgoing");
  if (profile->outgoing != NULL)
    {
      json_builder_begin_object (builder);
      add_service (builder, profile->outgoing);
      mw_json_add_boolean (builder, "authenticate", profile->outgoing->auth != MW_AUTH_NONE);
      mw_json_add_boolean (builder, "own_credentials", profile->own_credentials);
      json_builder_end_object (builder);
    }
  else
    {
      json_builder_add_null_value (builder);
    }

  json_builder_set_member_name (builder, "alternatives");
  json_builder_begin_array (builder);
  for (guint i = 0; profile->alternatives != NULL && i < profile->alternatives->len; i++)
    {
      json_builder_begin_object (builder);
      add_service (builder, g_ptr_array_index (profile->alternatives, i));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* "AccountUid" becomes "account_uid". */
static char *
to_snake_case (const char *key)
{
  g_autoptr(GString) snake = g_string_new (NULL);

  for (const char *p = key; *p != '\0'; p++)
    {
      if (g_ascii_isupper (*p) && p > key)
        g_string_append_c (snake, '_');
      g_string_append_c (snake, g_ascii_tolower (*p));
    }

  return g_string_free (g_steal_pointer (&snake), FALSE);
}

static void
add_exports (JsonBuilder *builder,
             MwProfile   *profile)
{
  GHashTableIter targets;
  gpointer target_id, values;

  json_builder_set_member_name (builder, "exports");
  json_builder_begin_object (builder);
  g_hash_table_iter_init (&targets, profile->exports);
  while (g_hash_table_iter_next (&targets, &target_id, &values))
    {
      GHashTableIter entries;
      gpointer key, value;

      json_builder_set_member_name (builder, target_id);
      json_builder_begin_object (builder);
      g_hash_table_iter_init (&entries, values);
      while (g_hash_table_iter_next (&entries, &key, &value))
        {
          g_autofree char *name = to_snake_case (key);

          mw_json_add_string (builder, name, value);
        }
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
}

void
mw_cli_report_add_account (JsonBuilder *builder,
                           MwProfile   *profile)
{
  json_builder_begin_object (builder);
  mw_json_add_string (builder, "id", profile->id);
  mw_json_add_string (builder, "label", profile->label);
  mw_json_add_string (builder, "address", profile->address);
  mw_json_add_string (builder, "sender_name", profile->sender_name);
  mw_json_add_string (builder, "description", profile->description);
  mw_json_add_string (builder, "signature", profile->signature);
  mw_json_add_boolean (builder, "default", profile->is_default);
  mw_json_add_boolean (builder, "notifications", profile->notifications);
  mw_json_add_time (builder, "created", profile->created);
  mw_json_add_time (builder, "last_checked", profile->last_checked);
  mw_json_add_string (builder, "state",
                      mw_enum_to_nick (MW_TYPE_OUTCOME, profile->state));
  add_services (builder, profile);

  mw_json_add_folders (builder, "folders", profile->folders);

  json_builder_set_member_name (builder, "pop");
  json_builder_begin_object (builder);
  mw_json_add_boolean (builder, "leave_on_server", profile->leave_on_server);
  mw_json_add_int (builder, "delete_after_days", profile->delete_after_days);
  json_builder_end_object (builder);

  json_builder_set_member_name (builder, "origin");
  json_builder_begin_object (builder);
  mw_json_add_origins (builder, "sources", profile->origins);
  mw_json_add_string (builder, "grade",
                      mw_enum_to_nick (MW_TYPE_GRADE, profile->grade));
  mw_json_add_string (builder, "provider", profile->provider_id);
  json_builder_end_object (builder);

  add_exports (builder, profile);
  json_builder_end_object (builder);
}

void
mw_cli_report_add_target (JsonBuilder    *builder,
                          MwExportTarget *target)
{
  g_autofree char *message = mw_advice_describe_target_access (target);
  g_autofree char *command = mw_advice_dup_target_command (target);

  json_builder_begin_object (builder);
  mw_json_add_string (builder, "id", target->id);
  mw_json_add_string (builder, "client",
                      mw_enum_to_nick (MW_TYPE_MAIL_CLIENT, target->client));
  mw_json_add_string (builder, "packaging",
                      mw_enum_to_nick (MW_TYPE_PACKAGING, target->packaging));
  mw_json_add_string (builder, "version", target->version);
  mw_json_add_string (builder, "data", target->data_folder);
  mw_json_add_string (builder, "profile", target->profile);
  mw_json_add_boolean (builder, "running", target->running);
  mw_json_add_string (builder, "program", target->program);
  mw_json_add_string (builder, "profile_name", target->profile_name);
  mw_json_add_boolean (builder, "default", target->is_default);
  mw_json_add_boolean (builder, "installed", target->is_installed);
  mw_json_add_string (builder, "access",
                      mw_enum_to_nick (MW_TYPE_TARGET_ACCESS, target->access));
  mw_json_add_string (builder, "place", target->place);
  mw_json_add_string (builder, "message", message);
  mw_json_add_string (builder, "command", command);
  json_builder_end_object (builder);
}

static void
add_export_notes (JsonBuilder *builder,
                  guint        notes)
{
  json_builder_set_member_name (builder, "notes");
  json_builder_begin_array (builder);
  for (int note = 0; note < MW_N_EXPORT_NOTES; note++)
    {
      if ((notes & (1u << note)) != 0)
        json_builder_add_string_value (builder, mw_enum_to_nick (MW_TYPE_EXPORT_NOTE, note));
    }
  json_builder_end_array (builder);
}

static void
add_changes (JsonBuilder *builder,
             GPtrArray   *changes)
{
  json_builder_set_member_name (builder, "changes");
  json_builder_begin_array (builder);
  for (guint i = 0; changes != NULL && i < changes->len; i++)
    {
      MwExportChange *change = changes->pdata[i];

      json_builder_begin_object (builder);
      mw_json_add_string (builder, "item", mw_enum_to_nick (MW_TYPE_EXPORT_ITEM, change->item));
      mw_json_add_string (builder, "former", change->former);
      mw_json_add_string (builder, "latter", change->latter);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_authorities (JsonBuilder *builder,
                 GPtrArray   *authorities)
{
  json_builder_set_member_name (builder, "needs_authority");
  json_builder_begin_array (builder);
  for (guint i = 0; authorities != NULL && i < authorities->len; i++)
    {
      MwExportAuthority *authority = authorities->pdata[i];

      json_builder_begin_object (builder);
      mw_json_add_string (builder, "name", authority->name);
      mw_json_add_string (builder, "sha256", authority->sha256);
      mw_json_add_boolean (builder, "offered", authority->offered);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_export_row (JsonBuilder      *builder,
                const char       *id,
                MwExportOutcome   outcome,
                GPtrArray        *created,
                GPtrArray        *updated,
                GPtrArray        *backups,
                GPtrArray        *changes,
                gboolean          takes_over,
                MwExportPassword  password,
                gboolean          needs_restart,
                guint             notes,
                GPtrArray        *authorities,
                const char       *message)
{
  json_builder_begin_object (builder);
  mw_json_add_string (builder, "id", id);
  mw_json_add_string (builder, "outcome",
                      mw_enum_to_nick (MW_TYPE_EXPORT_OUTCOME, outcome));
  mw_json_add_string_array (builder, "created", created);
  mw_json_add_string_array (builder, "updated", updated);
  mw_json_add_string_array (builder, "backups", backups);
  add_changes (builder, changes);
  mw_json_add_boolean (builder, "takes_over", takes_over);
  mw_json_add_string (builder, "password",
                      mw_enum_to_nick (MW_TYPE_EXPORT_PASSWORD, password));
  mw_json_add_boolean (builder, "needs_restart", needs_restart);
  add_export_notes (builder, notes);
  add_authorities (builder, authorities);
  mw_json_add_string (builder, "message", message);
  json_builder_end_object (builder);
}

void
mw_cli_report_add_export (JsonBuilder    *builder,
                          const char     *target_id,
                          MwExportReport *report,
                          const GError   *error)
{
  if (report == NULL)
    add_export_row (builder, target_id, MW_EXPORT_OUTCOME_FAILED, NULL, NULL, NULL, NULL,
                    g_error_matches (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_MADE_BY_HAND),
                    MW_EXPORT_PASSWORD_NOT_STORED, FALSE, 0, NULL,
                    error != NULL ? error->message : NULL);
  else
    add_export_row (builder, report->target->id, report->outcome, report->created,
                    report->updated, report->backups, report->changes, report->takes_over,
                    report->password, report->needs_restart, report->notes, report->needs_authority,
                    error != NULL ? error->message : report->message);
}

void
mw_cli_report_add_export_file (JsonBuilder      *builder,
                               const char       *format,
                               MwExportOutcome   outcome,
                               const char       *path,
                               gboolean          is_new,
                               MwExportPassword  password)
{
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  if (outcome == MW_EXPORT_OUTCOME_DONE)
    g_ptr_array_add (paths, g_filename_display_name (path));
  add_export_row (builder, format, outcome, is_new ? paths : NULL, is_new ? NULL : paths,
                  NULL, NULL, FALSE, password, FALSE, 0, NULL, NULL);
}
