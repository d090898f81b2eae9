/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-report.h"

#include "setup/mw-json.h"
#include "setup/mw-report-text.h"
#include "setup/mw-setup-private.h"
#include "setup/mw-verification.h"

/* One line of one dialogue. */
typedef struct {
  gint64        time_us;
  MwVerdict    *verdict;      /* borrowed */
  guint         index;
} Moment;

static int
compare_moments (gconstpointer a,
                 gconstpointer b)
{
  const Moment *moment_a = a;
  const Moment *moment_b = b;

  return moment_a->time_us < moment_b->time_us ? -1 : moment_a->time_us > moment_b->time_us;
}

static GArray *
collect_moments (GPtrArray *verdicts)
{
  GArray *moments = g_array_new (FALSE, FALSE, sizeof (Moment));

  for (guint i = 0; i < verdicts->len; i++)
    {
      MwVerdict *verdict = verdicts->pdata[i];
      guint n_lines = verdict->transcript != NULL
                      ? mw_transcript_get_n_lines (verdict->transcript) : 0;

      for (guint j = 0; j < n_lines; j++)
        {
          Moment moment = { mw_transcript_get_time_us (verdict->transcript, j), verdict, j };

          g_array_append_val (moments, moment);
        }
    }

  /* Stable, so that lines of the same microsecond stay in their order. */
  g_array_sort (moments, compare_moments);
  return moments;
}

static void
add_timeline (JsonBuilder    *builder,
              MwSetup        *setup,
              MwRedactorHide  hide)
{
  g_autoptr(GArray) moments = collect_moments (setup->verdicts);

  json_builder_set_member_name (builder, "timeline");
  json_builder_begin_array (builder);
  for (guint i = 0; i < moments->len; i++)
    {
      Moment *moment = &g_array_index (moments, Moment, i);
      MwEndpoint *endpoint = mw_candidate_get_endpoint (moment->verdict->candidate);
      g_autofree char *server = mw_endpoint_to_string (endpoint);
      g_autofree char *shown = mw_redactor_mask (setup->redactor, server, hide);
      g_autofree char *line = mw_transcript_dup_line (moment->verdict->transcript,
                                                      moment->index, hide);

      json_builder_begin_object (builder);
      mw_json_add_milliseconds (builder, "ms", MAX (moment->time_us - setup->started_us, 0));
      mw_json_add_string (builder, "server", shown);
      mw_json_add_string (builder, "line", line);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* Nothing that tells one computer of the same kind from another. */
static void
add_system (JsonBuilder *builder)
{
  g_autofree char *os = g_get_os_info (G_OS_INFO_KEY_ID);
  g_autofree char *os_version = g_get_os_info (G_OS_INFO_KEY_VERSION_ID);
  g_autofree char *glib = g_strdup_printf ("GLib %u.%u.%u", glib_major_version,
                                           glib_minor_version, glib_micro_version);

  json_builder_set_member_name (builder, "system");
  json_builder_begin_object (builder);
  mw_json_add_string (builder, "os", os);
  mw_json_add_string (builder, "os_version", os_version);
  mw_json_add_string (builder, "glib", glib);
  mw_json_add_string (builder, "tls", mw_tls_credentials_get_version ());
  mw_json_add_boolean (builder, "flatpak", g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS));
  json_builder_end_object (builder);
}

/* For the log of a server. The run's own clock has no date. */
static void
add_start (JsonBuilder *builder,
           MwSetup     *setup)
{
  gint64 ago_us = g_get_monotonic_time () - setup->started_us;

  mw_json_add_time (builder, "started",
                    setup->started_us > 0
                    ? (g_get_real_time () - ago_us) / G_USEC_PER_SEC : 0);
}

/* What stands in the report in clear, and log-in names that sources gave. */
static void
learn_names (MwSetup *setup)
{
  for (guint i = 0; i < setup->verdicts->len; i++)
    {
      MwVerdict *verdict = setup->verdicts->pdata[i];
      MwEndpoint *endpoint = mw_candidate_get_endpoint (verdict->candidate);

      mw_redactor_add_public (setup->redactor, mw_endpoint_get_host (endpoint));
      if (verdict->user_name != NULL)
        mw_redactor_add_person (setup->redactor, verdict->user_name);
      for (guint j = 0; verdict->families != NULL && j < MW_N_FAMILIES; j++)
        {
          if (verdict->families->results[j].address != NULL)
            mw_redactor_add_public (setup->redactor, verdict->families->results[j].address);
        }
    }

  for (guint i = 0; i < setup->conflicts->len; i++)
    {
      GPtrArray *candidates = mw_conflict_get_candidates (setup->conflicts->pdata[i]);

      for (guint j = 0; j < candidates->len; j++)
        {
          MwEndpoint *endpoint = mw_candidate_get_endpoint (candidates->pdata[j]);

          mw_redactor_add_public (setup->redactor, mw_endpoint_get_host (endpoint));
        }
    }
}

JsonNode *
mw_report_new_json (MwSetup        *setup,
                    MwRedactorHide  hide)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  g_return_val_if_fail (MW_IS_SETUP (setup), NULL);

  learn_names (setup);
  json_builder_begin_object (builder);
  mw_json_add_string (builder, "program", "Mailwright " PACKAGE_VERSION);
  add_start (builder, setup);
  add_system (builder);
  mw_json_add_string (builder, "network",
                      mw_enum_to_nick (MW_TYPE_NETWORK_CONDITION,
                                       mw_engine_get_network (setup->engine)));
  mw_verification_add (builder, setup, hide);
  add_timeline (builder, setup, hide);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

char *
mw_report_new_json_text (MwSetup        *setup,
                         MwRedactorHide  hide)
{
  g_autoptr(JsonNode) root = mw_report_new_json (setup, hide);
  g_autofree char *text = NULL;

  g_return_val_if_fail (root != NULL, NULL);

  text = json_to_string (root, TRUE);
  return g_strconcat (text, "\n", NULL);
}

char *
mw_report_new_text (MwSetup        *setup,
                    MwRedactorHide  hide)
{
  g_autoptr(JsonNode) root = mw_report_new_json (setup, hide);

  g_return_val_if_fail (root != NULL, NULL);

  return mw_report_text_new (json_node_get_object (root));
}
