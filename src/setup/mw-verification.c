/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-verification.h"

#include <string.h>

#include "setup/mw-advice-hint.h"
#include "setup/mw-json.h"

/* What is written, and what must not be. */
typedef struct {
  JsonBuilder    *builder;
  MwRedactor     *redactor;
  MwRedactorHide  hide;
} Writer;

/* Text of our own, with foreign parts that were redacted before. Certificates
 * count as such: they are public, and whoever has to judge one needs its
 * names. */
static void
add_own (Writer     *writer,
         const char *name,
         const char *text)
{
  g_autofree char *shown = mw_redactor_mask (writer->redactor, text, writer->hide);

  mw_json_add_string (writer->builder, name, shown);
}

/* What a server said. */
static void
add_foreign (Writer     *writer,
             const char *name,
             const char *text)
{
  g_autofree char *shown = text != NULL
                           ? mw_redactor_redact (writer->redactor, text, strlen (text),
                                                 writer->hide)
                           : NULL;

  mw_json_add_string (writer->builder, name, shown);
}

static void
add_foreign_list (Writer              *writer,
                  const char          *name,
                  const char * const  *words)
{
  g_autoptr(GPtrArray) shown = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; words != NULL && words[i] != NULL; i++)
    g_ptr_array_add (shown, mw_redactor_redact (writer->redactor, words[i], strlen (words[i]),
                                                writer->hide));
  g_ptr_array_add (shown, NULL);
  mw_json_add_strings (writer->builder, name,
                       words != NULL ? (const char * const *) shown->pdata : NULL);
}

static void
add_own_list (Writer              *writer,
              const char          *name,
              const char * const  *words)
{
  g_autoptr(GPtrArray) shown = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; words != NULL && words[i] != NULL; i++)
    g_ptr_array_add (shown, mw_redactor_mask (writer->redactor, words[i], writer->hide));
  g_ptr_array_add (shown, NULL);
  mw_json_add_strings (writer->builder, name,
                       words != NULL ? (const char * const *) shown->pdata : NULL);
}

static void
add_user (Writer     *writer,
          const char *user_name)
{
  gboolean hidden = (writer->hide & MW_REDACTOR_HIDE_PERSON) != 0 && user_name != NULL;
  const char *at = hidden ? strrchr (user_name, '@') : NULL;
  g_autofree char *shown = hidden ? g_strconcat ("…", at, NULL) : g_strdup (user_name);

  mw_json_add_string (writer->builder, "user", shown);
}

static void
add_auth (Writer       *writer,
          const char   *name,
          MwAuthMethod  auth)
{
  const char *nick = mw_enum_to_nick (MW_TYPE_AUTH_METHOD, auth);

  mw_json_add_string (writer->builder, name, auth != MW_AUTH_UNKNOWN ? nick : NULL);
}

static void
add_problems (Writer          *writer,
              const MwOutcome *problems,
              gsize            n_problems)
{
  json_builder_set_member_name (writer->builder, "problems");
  json_builder_begin_array (writer->builder);
  for (gsize i = 0; i < n_problems; i++)
    json_builder_add_string_value (writer->builder,
                                   mw_enum_to_nick (MW_TYPE_OUTCOME, problems[i]));
  json_builder_end_array (writer->builder);
}

static void
add_certificate_time (Writer     *writer,
                      const char *name,
                      gint64      seconds)
{
  mw_json_add_time (writer->builder, name, seconds != -1 ? seconds : 0);
}

static void
add_certificate (Writer        *writer,
                 MwCertificate *certificate)
{
  json_builder_begin_object (writer->builder);
  add_own (writer, "subject", certificate->subject);
  add_own_list (writer, "names", (const char * const *) certificate->names);
  add_own_list (writer, "srv_names", (const char * const *) certificate->srv_names);
  add_own (writer, "issuer", certificate->issuer);
  add_certificate_time (writer, "not_before", certificate->not_before);
  add_certificate_time (writer, "not_after", certificate->not_after);
  mw_json_add_string (writer->builder, "sha256", certificate->sha256);
  mw_json_add_string (writer->builder, "key", certificate->key);
  mw_json_add_string (writer->builder, "signature", certificate->signature);
  add_problems (writer, certificate->problems, certificate->n_problems);
  json_builder_end_object (writer->builder);
}

static void
add_chain (Writer    *writer,
           GPtrArray *chain)
{
  json_builder_set_member_name (writer->builder, "certificate");
  if (chain != NULL && chain->len > 0)
    add_certificate (writer, chain->pdata[0]);
  else
    json_builder_add_null_value (writer->builder);

  /* The ones behind it. */
  json_builder_set_member_name (writer->builder, "chain");
  json_builder_begin_array (writer->builder);
  for (guint i = 1; chain != NULL && i < chain->len; i++)
    add_certificate (writer, chain->pdata[i]);
  json_builder_end_array (writer->builder);
}

static void
add_tls (Writer     *writer,
         MwTlsFacts *facts)
{
  MwCertificateReport *report;
  const MwOutcome *problems = NULL;
  gsize n_problems = 0;

  json_builder_set_member_name (writer->builder, "tls");
  if (facts == NULL)
    {
      json_builder_add_null_value (writer->builder);
      return;
    }

  report = mw_tls_facts_get_report (facts);
  if (report != NULL)
    problems = mw_certificate_report_get_problems (report, &n_problems);

  json_builder_begin_object (writer->builder);
  mw_json_add_string (writer->builder, "version", mw_tls_facts_get_version (facts));
  mw_json_add_string (writer->builder, "cipher", mw_tls_facts_get_cipher (facts));
  mw_json_add_boolean (writer->builder, "trusted", mw_tls_facts_get_trusted (facts));
  mw_json_add_boolean (writer->builder, "pinned", mw_tls_facts_get_pinned (facts));
  add_problems (writer, problems, n_problems);
  add_own (writer, "missing_issuer",
           report != NULL ? mw_certificate_report_get_missing_issuer (report) : NULL);
  add_chain (writer, report != NULL ? mw_certificate_report_get_chain (report) : NULL);
  json_builder_end_object (writer->builder);
}

static void
add_endpoint (Writer     *writer,
              MwEndpoint *endpoint)
{
  MwSecurity security = mw_endpoint_get_security (endpoint);

  mw_json_add_string (writer->builder, "service", mw_endpoint_get_service (endpoint));
  add_own (writer, "host", mw_endpoint_get_host (endpoint));
  mw_json_add_int (writer->builder, "port", mw_endpoint_get_port (endpoint));
  mw_json_add_string (writer->builder, "security",
                      mw_enum_to_nick (MW_TYPE_SECURITY, security));
}

static void
add_families (Writer         *writer,
              MwFamilyReport *families)
{
  json_builder_set_member_name (writer->builder, "families");
  json_builder_begin_object (writer->builder);
  for (int i = 0; families != NULL && i < MW_N_FAMILIES; i++)
    {
      MwFamilyResult *result = &families->results[i];

      json_builder_set_member_name (writer->builder, mw_enum_to_nick (MW_TYPE_FAMILY, i));
      json_builder_begin_object (writer->builder);
      add_own (writer, "address", result->address);
      mw_json_add_string (writer->builder, "outcome",
                          mw_enum_to_nick (MW_TYPE_OUTCOME, result->outcome));
      mw_json_add_milliseconds (writer->builder, "elapsed_ms", result->elapsed_us);
      json_builder_end_object (writer->builder);
    }
  json_builder_end_object (writer->builder);
}

static void
add_elapsed (Writer    *writer,
             MwVerdict *verdict)
{
  json_builder_set_member_name (writer->builder, "elapsed_ms");
  json_builder_begin_object (writer->builder);
  for (int i = MW_STAGE_RESOLVE; i < MW_STAGE_DONE; i++)
    mw_json_add_milliseconds (writer->builder, mw_enum_to_nick (MW_TYPE_STAGE, i),
                              verdict->elapsed_us[i]);
  mw_json_add_milliseconds (writer->builder, "total", verdict->elapsed_us[MW_STAGE_DONE]);
  json_builder_end_object (writer->builder);
}

static void
add_probe (Writer    *writer,
           MwVerdict *verdict)
{
  MwGrade grade;

  if (verdict == NULL)
    {
      json_builder_add_null_value (writer->builder);
      return;
    }

  grade = mw_candidate_get_grade (verdict->candidate);
  json_builder_begin_object (writer->builder);
  add_endpoint (writer, mw_candidate_get_endpoint (verdict->candidate));
  mw_json_add_origins (writer->builder, "sources",
                       mw_candidate_get_origins (verdict->candidate));
  mw_json_add_string (writer->builder, "grade", mw_enum_to_nick (MW_TYPE_GRADE, grade));
  add_own (writer, "address", verdict->ip_address);
  add_families (writer, verdict->families);
  add_user (writer, verdict->user_name);
  mw_json_add_string (writer->builder, "stage",
                      mw_enum_to_nick (MW_TYPE_STAGE, verdict->stage));
  mw_json_add_string (writer->builder, "outcome",
                      mw_enum_to_nick (MW_TYPE_OUTCOME, verdict->outcome));
  add_own (writer, "detail", verdict->detail);
  add_foreign (writer, "server_text", verdict->server_text);
  add_auth (writer, "auth", verdict->auth);
  add_foreign_list (writer, "auth_offered", (const char * const *) verdict->auth_offered);
  add_foreign_list (writer, "capabilities", (const char * const *) verdict->capabilities);
  mw_json_add_notes (writer->builder, "notes", verdict->notes);
  mw_json_add_folders (writer->builder, "folders", verdict->folders);
  mw_json_add_int (writer->builder, "password_presentations", verdict->presentations);
  add_tls (writer, verdict->tls);
  add_elapsed (writer, verdict);
  json_builder_end_object (writer->builder);
}

static void
add_one_advice (Writer   *writer,
                MwAdvice *advice)
{
  add_own (writer, "title", advice->title);
  add_own (writer, "text", advice->text);
  mw_json_add_string (writer->builder, "action",
                      advice->action != MW_ADVICE_ACTION_NONE
                      ? mw_enum_to_nick (MW_TYPE_ADVICE_ACTION, advice->action) : NULL);
  mw_json_add_string (writer->builder, "uri", advice->uri);
}

static void
add_advice (Writer   *writer,
            MwAdvice *advice)
{
  add_own (writer, "message", advice != NULL ? advice->title : NULL);
  json_builder_set_member_name (writer->builder, "advice");
  if (advice == NULL)
    {
      json_builder_add_null_value (writer->builder);
      return;
    }

  json_builder_begin_object (writer->builder);
  add_one_advice (writer, advice);
  json_builder_set_member_name (writer->builder, "causes");
  json_builder_begin_array (writer->builder);
  for (guint i = 0; advice->causes != NULL && i < advice->causes->len; i++)
    {
      json_builder_begin_object (writer->builder);
      add_one_advice (writer, advice->causes->pdata[i]);
      json_builder_end_object (writer->builder);
    }
  json_builder_end_array (writer->builder);
  json_builder_end_object (writer->builder);
}

static void
add_presentations (Writer     *writer,
                   GHashTable *presentations)
{
  g_autoptr(GList) servers = g_hash_table_get_keys (presentations);

  servers = g_list_sort (servers, (GCompareFunc) g_strcmp0);
  json_builder_set_member_name (writer->builder, "password_presentations");
  json_builder_begin_object (writer->builder);
  for (GList *l = servers; l != NULL; l = l->next)
    {
      g_autofree char *server = mw_redactor_mask (writer->redactor, l->data, writer->hide);
      gpointer count = g_hash_table_lookup (presentations, l->data);

      mw_json_add_int (writer->builder, server, GPOINTER_TO_UINT (count));
    }
  json_builder_end_object (writer->builder);
}

static void
add_choice (Writer      *writer,
            MwCandidate *candidate)
{
  json_builder_begin_object (writer->builder);
  add_endpoint (writer, mw_candidate_get_endpoint (candidate));
  mw_json_add_origins (writer->builder, "sources", mw_candidate_get_origins (candidate));
  mw_json_add_string (writer->builder, "grade",
                      mw_enum_to_nick (MW_TYPE_GRADE, mw_candidate_get_grade (candidate)));
  json_builder_end_object (writer->builder);
}

void
mw_verification_add_hints (JsonBuilder *builder,
                           MwProvider  *provider)
{
  json_builder_set_member_name (builder, "hints");
  json_builder_begin_array (builder);
  for (guint i = 0; provider != NULL && i < provider->hints->len; i++)
    {
      MwHint *hint = g_ptr_array_index (provider->hints, i);
      g_autofree char *text = mw_advice_describe_hint (hint, provider);

      json_builder_begin_object (builder);
      mw_json_add_string (builder, "kind",
                          mw_enum_to_nick (MW_TYPE_HINT_KIND, hint->kind));
      mw_json_add_string (builder, "text", text);
      mw_json_add_string (builder, "uri", hint->uri);
      mw_json_add_string (builder, "page", hint->page);
      mw_json_add_string (builder, "words", hint->words);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

void
mw_verification_add_sources (JsonBuilder    *builder,
                             GPtrArray      *reports,
                             MwRedactor     *redactor,
                             MwRedactorHide  hide)
{
  Writer writer = { builder, redactor, hide };

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
      add_own (&writer, "detail", mw_source_report_get_detail (report));
      mw_json_add_milliseconds (builder, "elapsed_ms",
                                mw_source_report_get_elapsed_us (report));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

void
mw_verification_add_conflicts (JsonBuilder    *builder,
                               GPtrArray      *conflicts,
                               MwRedactor     *redactor,
                               MwRedactorHide  hide)
{
  Writer writer = { builder, redactor, hide };

  json_builder_set_member_name (builder, "conflicts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < conflicts->len; i++)
    {
      MwConflict *conflict = g_ptr_array_index (conflicts, i);
      GPtrArray *candidates = mw_conflict_get_candidates (conflict);

      json_builder_begin_object (builder);
      mw_json_add_string (builder, "protocol",
                          mw_enum_to_nick (MW_TYPE_PROTOCOL,
                                           mw_conflict_get_protocol (conflict)));
      json_builder_set_member_name (builder, "servers");
      json_builder_begin_array (builder);
      for (guint j = 0; j < candidates->len; j++)
        add_choice (&writer, g_ptr_array_index (candidates, j));
      json_builder_end_array (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

void
mw_verification_add (JsonBuilder    *builder,
                     MwSetup        *setup,
                     MwRedactorHide  hide)
{
  Writer writer = { builder, NULL, hide };
  MwAddress *address;
  GPtrArray *verdicts;

  g_return_if_fail (JSON_IS_BUILDER (builder));
  g_return_if_fail (MW_IS_SETUP (setup));

  writer.redactor = mw_setup_get_redactor (setup);
  address = mw_setup_get_address (setup);
  verdicts = mw_setup_get_verdicts (setup);

  add_own (&writer, "address", address != NULL ? mw_address_get_text (address) : NULL);
  mw_json_add_string (builder, "outcome",
                      mw_enum_to_nick (MW_TYPE_OUTCOME, mw_setup_get_outcome (setup)));
  add_advice (&writer, mw_setup_get_advice (setup));
  mw_verification_add_hints (builder, mw_setup_get_provider (setup));

  json_builder_set_member_name (builder, "incoming");
  add_probe (&writer, mw_setup_get_verdict (setup, MW_SIDE_INCOMING));
  json_builder_set_member_name (builder, "outgoing");
  add_probe (&writer, mw_setup_get_verdict (setup, MW_SIDE_OUTGOING));
  json_builder_set_member_name (builder, "probes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < verdicts->len; i++)
    add_probe (&writer, g_ptr_array_index (verdicts, i));
  json_builder_end_array (builder);

  mw_verification_add_sources (builder, mw_setup_get_source_reports (setup), writer.redactor,
                               hide);
  mw_verification_add_conflicts (builder, mw_setup_get_conflicts (setup), writer.redactor,
                                 hide);
  add_own_list (&writer, "consent_hosts", mw_setup_get_consent_hosts (setup));
  add_presentations (&writer, mw_setup_get_presentations (setup));
  mw_json_add_milliseconds (builder, "elapsed_ms", mw_setup_get_elapsed_us (setup));
  mw_json_add_milliseconds (builder, "verified_ms", mw_setup_get_verified_us (setup));
}
