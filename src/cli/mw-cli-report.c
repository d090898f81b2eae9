/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "cli/mw-cli-report.h"

#include "cli/mw-cli-json.h"
#include "setup/mw-advice-hint.h"

static void
add_auth (JsonBuilder  *builder,
          const char   *name,
          MwAuthMethod  auth)
{
  const char *nick = mw_enum_to_nick (MW_TYPE_AUTH_METHOD, auth);

  mw_json_add_string (builder, name, auth != MW_AUTH_UNKNOWN ? nick : NULL);
}

static void
add_certificate (JsonBuilder         *builder,
                 MwCertificateReport *report)
{
  json_builder_set_member_name (builder, "certificate");
  if (report == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }

  json_builder_begin_object (builder);
  mw_json_add_string (builder, "subject", mw_certificate_report_get_subject (report));
  mw_json_add_strings (builder, "names", mw_certificate_report_get_names (report));
  mw_json_add_string (builder, "issuer", mw_certificate_report_get_issuer (report));
  mw_json_add_time (builder, "not_before", mw_certificate_report_get_not_before (report));
  mw_json_add_time (builder, "not_after", mw_certificate_report_get_not_after (report));
  mw_json_add_string (builder, "sha256", mw_certificate_report_get_sha256 (report));
  mw_json_add_string (builder, "key", mw_certificate_report_get_key (report));
  json_builder_end_object (builder);
}

static void
add_tls (JsonBuilder *builder,
         MwTlsFacts  *facts)
{
  MwCertificateReport *report;
  const MwOutcome *problems = NULL;
  gsize n_problems = 0;

  json_builder_set_member_name (builder, "tls");
  if (facts == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }

  report = mw_tls_facts_get_report (facts);
  if (report != NULL)
    problems = mw_certificate_report_get_problems (report, &n_problems);

  json_builder_begin_object (builder);
  mw_json_add_string (builder, "version", mw_tls_facts_get_version (facts));
  mw_json_add_string (builder, "cipher", mw_tls_facts_get_cipher (facts));
  mw_json_add_boolean (builder, "trusted", mw_tls_facts_get_trusted (facts));
  mw_json_add_boolean (builder, "pinned", mw_tls_facts_get_pinned (facts));
  json_builder_set_member_name (builder, "problems");
  json_builder_begin_array (builder);
  for (gsize i = 0; i < n_problems; i++)
    json_builder_add_string_value (builder, mw_enum_to_nick (MW_TYPE_OUTCOME, problems[i]));
  json_builder_end_array (builder);
  add_certificate (builder, report);
  json_builder_end_object (builder);
}

static void
add_endpoint (JsonBuilder *builder,
              MwEndpoint  *endpoint)
{
  MwSecurity security = mw_endpoint_get_security (endpoint);

  mw_json_add_string (builder, "service", mw_endpoint_get_service (endpoint));
  mw_json_add_string (builder, "host", mw_endpoint_get_host (endpoint));
  mw_json_add_int (builder, "port", mw_endpoint_get_port (endpoint));
  mw_json_add_string (builder, "security",
                      mw_enum_to_nick (MW_TYPE_SECURITY, security));
}

static void
add_probe (JsonBuilder *builder,
           MwVerdict   *verdict)
{
  MwGrade grade;

  if (verdict == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }

  grade = mw_candidate_get_grade (verdict->candidate);
  json_builder_begin_object (builder);
  add_endpoint (builder, mw_candidate_get_endpoint (verdict->candidate));
  mw_json_add_origins (builder, "sources", mw_candidate_get_origins (verdict->candidate));
  mw_json_add_string (builder, "grade", mw_enum_to_nick (MW_TYPE_GRADE, grade));
  mw_json_add_string (builder, "address", verdict->ip_address);
  mw_json_add_string (builder, "user", verdict->user_name);
  mw_json_add_string (builder, "stage",
                      mw_enum_to_nick (MW_TYPE_STAGE, verdict->stage));
  mw_json_add_string (builder, "outcome",
                      mw_enum_to_nick (MW_TYPE_OUTCOME, verdict->outcome));
  mw_json_add_string (builder, "detail", verdict->detail);
  mw_json_add_string (builder, "server_text", verdict->server_text);
  add_auth (builder, "auth", verdict->auth);
  mw_json_add_strings (builder, "auth_offered", (const char * const *) verdict->auth_offered);
  mw_json_add_strings (builder, "capabilities", (const char * const *) verdict->capabilities);
  mw_json_add_notes (builder, "notes", verdict->notes);
  mw_json_add_folders (builder, "folders", verdict->folders);
  add_tls (builder, verdict->tls);

  json_builder_set_member_name (builder, "elapsed_ms");
  json_builder_begin_object (builder);
  for (int i = MW_STAGE_RESOLVE; i < MW_STAGE_DONE; i++)
    mw_json_add_milliseconds (builder, mw_enum_to_nick (MW_TYPE_STAGE, i),
                              verdict->elapsed_us[i]);
  mw_json_add_milliseconds (builder, "total", verdict->elapsed_us[MW_STAGE_DONE]);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static void
add_advice (JsonBuilder *builder,
            MwAdvice    *advice)
{
  mw_json_add_string (builder, "message", advice != NULL ? advice->title : NULL);
  json_builder_set_member_name (builder, "advice");
  if (advice == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }

  json_builder_begin_object (builder);
  mw_json_add_string (builder, "title", advice->title);
  mw_json_add_string (builder, "text", advice->text);
  mw_json_add_string (builder, "action",
                      advice->action != MW_ADVICE_ACTION_NONE
                      ? mw_enum_to_nick (MW_TYPE_ADVICE_ACTION, advice->action) : NULL);
  mw_json_add_string (builder, "uri", advice->uri);
  json_builder_end_object (builder);
}

static void
add_hints (JsonBuilder *builder,
           MwProvider  *provider)
{
  json_builder_set_member_name (builder, "hints");
  json_builder_begin_array (builder);
  for (guint i = 0; provider != NULL && i < provider->hints->len; i++)
    {
      MwHint *hint = g_ptr_array_index (provider->hints, i);
      g_autofree char *text = mw_advice_describe_hint (hint, provider);

      json_builder_begin_object (builder);
      mw_json_add_string (builder, "kind", mw_enum_to_nick (MW_TYPE_HINT_KIND, hint->kind));
      mw_json_add_string (builder, "text", text);
      mw_json_add_string (builder, "uri", hint->uri);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_sources (JsonBuilder *builder,
             GPtrArray   *reports)
{
  json_builder_set_member_name (builder, "sources");
  json_builder_begin_array (builder);
  for (guint i = 0; i < reports->len; i++)
    {
      MwSourceReport *report = g_ptr_array_index (reports, i);
      MwOrigin origin = mw_source_report_get_origin (report);
      MwGrade grade = mw_source_report_get_grade (report);
      MwSourceOutcome outcome = mw_source_report_get_outcome (report);

      json_builder_begin_object (builder);
      mw_json_add_string (builder, "name", mw_enum_to_nick (MW_TYPE_ORIGIN, origin));
      mw_json_add_string (builder, "grade", mw_enum_to_nick (MW_TYPE_GRADE, grade));
      mw_json_add_string (builder, "outcome",
                          mw_enum_to_nick (MW_TYPE_SOURCE_OUTCOME, outcome));
      mw_json_add_string (builder, "detail", mw_source_report_get_detail (report));
      mw_json_add_milliseconds (builder, "elapsed_ms",
                                mw_source_report_get_elapsed_us (report));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_presentations (JsonBuilder *builder,
                   GHashTable  *presentations)
{
  g_autoptr(GList) servers = g_hash_table_get_keys (presentations);

  servers = g_list_sort (servers, (GCompareFunc) g_strcmp0);
  json_builder_set_member_name (builder, "password_presentations");
  json_builder_begin_object (builder);
  for (GList *l = servers; l != NULL; l = l->next)
    {
      gpointer count = g_hash_table_lookup (presentations, l->data);

      mw_json_add_int (builder, l->data, GPOINTER_TO_UINT (count));
    }
  json_builder_end_object (builder);
}

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
  GPtrArray *verdicts = mw_setup_get_verdicts (setup);
  MwOutcome outcome = mw_setup_get_outcome (setup);

  json_builder_begin_object (builder);
  mw_json_add_string (builder, "address",
                      mw_address_get_text (mw_setup_get_address (setup)));
  mw_json_add_string (builder, "outcome", mw_enum_to_nick (MW_TYPE_OUTCOME, outcome));
  add_advice (builder, mw_setup_get_advice (setup));
  add_hints (builder, mw_setup_get_provider (setup));

  json_builder_set_member_name (builder, "incoming");
  add_probe (builder, mw_setup_get_verdict (setup, MW_SIDE_INCOMING));
  json_builder_set_member_name (builder, "outgoing");
  add_probe (builder, mw_setup_get_verdict (setup, MW_SIDE_OUTGOING));
  json_builder_set_member_name (builder, "probes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < verdicts->len; i++)
    add_probe (builder, g_ptr_array_index (verdicts, i));
  json_builder_end_array (builder);

  add_sources (builder, mw_setup_get_source_reports (setup));
  mw_json_add_strings (builder, "consent_hosts", mw_setup_get_consent_hosts (setup));
  add_ca_files (builder, session);
  add_presentations (builder, mw_setup_get_presentations (setup));
  mw_json_add_milliseconds (builder, "elapsed_ms", mw_setup_get_elapsed_us (setup));
  mw_json_add_milliseconds (builder, "verified_ms", mw_setup_get_verified_us (setup));
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
  add_auth (builder, "auth", service->auth);
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
  json_builder_end_object (builder);
}

void
mw_cli_report_add_export (JsonBuilder    *builder,
                          const char     *target_id,
                          MwExportReport *report,
                          const GError   *error)
{
  MwExportOutcome outcome = report != NULL ? report->outcome : MW_EXPORT_OUTCOME_FAILED;
  MwExportPassword password = report != NULL ? report->password : MW_EXPORT_PASSWORD_NOT_STORED;
  const char *message = report != NULL ? report->message : NULL;

  json_builder_begin_object (builder);
  mw_json_add_string (builder, "id",
                      report != NULL ? report->target->id : target_id);
  mw_json_add_string (builder, "outcome",
                      mw_enum_to_nick (MW_TYPE_EXPORT_OUTCOME, outcome));
  mw_json_add_string_array (builder, "created", report != NULL ? report->created : NULL);
  mw_json_add_string_array (builder, "updated", report != NULL ? report->updated : NULL);
  mw_json_add_string (builder, "password",
                      mw_enum_to_nick (MW_TYPE_EXPORT_PASSWORD, password));
  mw_json_add_boolean (builder, "needs_restart", report != NULL && report->needs_restart);
  mw_json_add_string (builder, "message", error != NULL ? error->message : message);
  json_builder_end_object (builder);
}
