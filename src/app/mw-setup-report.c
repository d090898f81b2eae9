/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-setup-report.h"

/* Puts "…" in place of the part of the address that names the person. */
static void
hide_person (GString   *string,
             MwAddress *address)
{
  g_autofree char *whole = NULL;

  if (address == NULL)
    return;

  whole = g_strdup_printf ("…@%s", mw_address_get_domain (address));
  g_string_replace (string, mw_address_get_text (address), whole, 0);
  g_string_replace (string, mw_address_get_display (address), whole, 0);
}

static void
append_sources (GString   *string,
                GPtrArray *reports)
{
  for (guint i = 0; reports != NULL && i < reports->len; i++)
    {
      MwSourceReport *report = g_ptr_array_index (reports, i);
      const char *detail = mw_source_report_get_detail (report);
      MwOrigin origin = mw_source_report_get_origin (report);

      g_string_append_printf (string, "source %s: %s, %d ms%s%s\n",
                              mw_enum_to_nick (MW_TYPE_ORIGIN, origin),
                              mw_enum_to_nick (MW_TYPE_SOURCE_OUTCOME,
                                               mw_source_report_get_outcome (report)),
                              (int) (mw_source_report_get_elapsed_us (report) / 1000),
                              detail != NULL ? ", " : "", detail != NULL ? detail : "");
    }
}

static void
append_certificate (GString             *string,
                    MwCertificateReport *report)
{
  const char * const *names = mw_certificate_report_get_names (report);
  const MwOutcome *problems;
  gsize n_problems;

  problems = mw_certificate_report_get_problems (report, &n_problems);
  g_string_append_printf (string, "  certificate sha256 %s\n",
                          mw_certificate_report_get_sha256 (report));
  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    g_string_append_printf (string, "  certificate name %s\n", names[i]);
  for (gsize i = 0; i < n_problems; i++)
    g_string_append_printf (string, "  certificate problem %s\n",
                            mw_enum_to_nick (MW_TYPE_OUTCOME, problems[i]));
}

static void
append_times (GString   *string,
              MwVerdict *verdict)
{
  g_string_append (string, "  ms");
  for (int stage = MW_STAGE_RESOLVE; stage <= MW_STAGE_DONE; stage++)
    if (verdict->elapsed_us[stage] >= 0)
      g_string_append_printf (string, " %s %d", mw_enum_to_nick (MW_TYPE_STAGE, stage),
                              (int) (verdict->elapsed_us[stage] / 1000));
  g_string_append_c (string, '\n');
}

/* The greeting names this computer's own address. */
static void
append_line (GString    *string,
             const char *line)
{
  if (g_str_has_prefix (line, "C: EHLO ["))
    line = "C: EHLO […]";
  g_string_append_printf (string, "  %s\n", line);
}

static void
append_verdict (GString   *string,
                MwVerdict *verdict)
{
  MwEndpoint *endpoint = mw_candidate_get_endpoint (verdict->candidate);
  g_autofree char *server = mw_endpoint_to_string (endpoint);
  GPtrArray *lines = NULL;

  g_string_append_printf (string, "\n%s: %s at %s, %s, password sent %u times\n",
                          server,
                          mw_enum_to_nick (MW_TYPE_OUTCOME, verdict->outcome),
                          mw_enum_to_nick (MW_TYPE_STAGE, verdict->stage),
                          verdict->ip_address != NULL ? verdict->ip_address : "no address",
                          verdict->presentations);
  append_times (string, verdict);
  if (verdict->detail != NULL)
    g_string_append_printf (string, "  %s\n", verdict->detail);
  if (verdict->server_text != NULL)
    g_string_append_printf (string, "  server said: %s\n", verdict->server_text);
  if (verdict->tls != NULL)
    {
      g_string_append_printf (string, "  %s, %s\n", mw_tls_facts_get_version (verdict->tls),
                              mw_tls_facts_get_trusted (verdict->tls) ? "trusted" : "not trusted");
      if (mw_tls_facts_get_report (verdict->tls) != NULL)
        append_certificate (string, mw_tls_facts_get_report (verdict->tls));
    }
  if (verdict->transcript != NULL)
    lines = mw_transcript_get_lines (verdict->transcript);
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    append_line (string, g_ptr_array_index (lines, i));
}

/* A server that was not even looked up tells nothing. */
static gboolean
was_tried (MwVerdict *verdict)
{
  return verdict->outcome != MW_OUTCOME_NOT_NEEDED || verdict->ip_address != NULL;
}

char *
mw_setup_report_new_text (MwSetup *setup)
{
  g_autoptr(GString) string = g_string_new (NULL);
  GPtrArray *verdicts;
  MwAddress *address;

  g_return_val_if_fail (MW_IS_SETUP (setup), NULL);

  address = mw_setup_get_address (setup);
  verdicts = mw_setup_get_verdicts (setup);

  g_string_append_printf (string, "Mailwright %s\n", PACKAGE_VERSION);
  if (address != NULL)
    g_string_append_printf (string, "domain %s\n", mw_address_get_domain (address));
  g_string_append_printf (string, "result %s after %d ms\n",
                          mw_enum_to_nick (MW_TYPE_OUTCOME, mw_setup_get_outcome (setup)),
                          (int) (mw_setup_get_elapsed_us (setup) / 1000));
  append_sources (string, mw_setup_get_source_reports (setup));
  for (guint i = 0; verdicts != NULL && i < verdicts->len; i++)
    if (was_tried (g_ptr_array_index (verdicts, i)))
      append_verdict (string, g_ptr_array_index (verdicts, i));

  hide_person (string, address);

  return g_string_free (g_steal_pointer (&string), FALSE);
}
