/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gi18n.h>

#include "discovery/mw-guess-conditions.h"
#include "discovery/mw-source-mx.h"
#include "setup/mw-advice-private.h"

static const char *
describe_origin (MwOrigin origin)
{
  switch (origin)
    {
    case MW_ORIGIN_PROVIDER:
      return _("Mailwright’s own list of providers");
    case MW_ORIGIN_AUTOCONFIG:
      return _("Settings published by the domain");
    case MW_ORIGIN_PACC:
      return _("Settings published by the domain (PACC)");
    case MW_ORIGIN_ISPDB:
      return _("Public settings database");
    case MW_ORIGIN_MX:
      return _("Name service (MX)");
    case MW_ORIGIN_SRV:
      return _("Name service (SRV)");
    case MW_ORIGIN_GUESS:
      return _("Usual server names");
    case MW_ORIGIN_HTTP_AUTOCONFIG:
      return _("Settings published by the domain, not encrypted");
    case MW_ORIGIN_LOCAL_FILE:
      return _("Settings on this computer");
    case MW_ORIGIN_LINK:
      return _("The link");
    case MW_ORIGIN_FILE:
      return _("A file");
    case MW_ORIGIN_MANUAL:
    default:
      return _("Entered by hand");
    }
}

static char *
name_source (MwOrigin    origin,
             const char *domain)
{
  if (domain == NULL)
    return g_strdup (describe_origin (origin));

  switch ((int) origin)
    {
    case MW_ORIGIN_AUTOCONFIG:
      /* Translators: a source of settings; %s is a domain. */
      return g_strdup_printf (_("Settings published by %s"), domain);
    case MW_ORIGIN_PACC:
      /* Translators: a source of settings; %s is a domain. PACC is the name of
       * a format. */
      return g_strdup_printf (_("Settings published by %s (PACC)"), domain);
    case MW_ORIGIN_HTTP_AUTOCONFIG:
      /* Translators: a source of settings; %s is a domain. */
      return g_strdup_printf (_("Settings published by %s, not encrypted"), domain);
    default:
      return g_strdup (describe_origin (origin));
    }
}

char *
mw_advice_name_sources (guint       origins,
                        const char *domain)
{
  g_autoptr(GString) names = g_string_new (NULL);

  for (int origin = MW_ORIGIN_PROVIDER; origin <= MW_ORIGIN_MANUAL; origin++)
    {
      g_autofree char *name = NULL;

      if ((origins & (1u << origin)) == 0)
        continue;

      name = name_source (origin, domain);
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", name);
    }

  return g_string_free (g_steal_pointer (&names), FALSE);
}

static char *
describe_found (MwSourceReport *report)
{
  guint n_servers = mw_source_report_get_n_servers (report);

  if (n_servers == 0)
    /* Translators: usual names of servers, such as "imap." and the domain;
     * nobody said that they exist. */
    return g_strdup (_("Names to try"));

  return g_strdup_printf (ngettext ("Found %u server", "Found %u servers", n_servers), n_servers);
}

static const char *
describe_skipped (MwOutcome cause)
{
  switch ((int) cause)
    {
    case MW_OUTCOME_NOT_NEEDED:
      return _("Not needed");
    case MW_OUTCOME_CANCELLED:
      return _("Not waited for");
    case MW_OUTCOME_OFFLINE:
      return _("Not asked: it needs the network");
    case MW_OUTCOME_CONSENT_NEEDED:
      return _("Not asked: it is switched off");
    case MW_OUTCOME_NEED_TLS:
      return _("Not asked: only for domains without settings over HTTPS");
    default:
      return _("Not asked");
    }
}

char *
mw_advice_describe_source (MwSourceReport *report)
{
  MwOutcome cause;

  g_return_val_if_fail (report != NULL, NULL);

  cause = mw_source_report_get_cause (report);
  switch (mw_source_report_get_outcome (report))
    {
    case MW_SOURCE_OUTCOME_PENDING:
      return g_strdup (_("Asking…"));
    case MW_SOURCE_OUTCOME_FOUND:
      return describe_found (report);
    case MW_SOURCE_OUTCOME_NOTHING:
      return g_strdup (_("Nothing found"));
    case MW_SOURCE_OUTCOME_TIMEOUT:
      return g_strdup (_("No answer in time"));
    case MW_SOURCE_OUTCOME_SKIPPED:
      return g_strdup (describe_skipped (cause));
    case MW_SOURCE_OUTCOME_FAILED:
    default:
      if (cause == MW_OUTCOME_WORKS)
        return g_strdup (_("Could not be asked"));
      /* Translators: why a source of settings gave no answer, as in "Could not
       * be asked: Connection Refused". */
      return g_strdup_printf (_("Could not be asked: %s"),
                              _(mw_advice_find_outcome_row (cause, NULL)->title));
    }
}

/* Why names that were made up are asked about. */
static const char *
explain_objection (const char *objection)
{
  static const struct {
    const char *objection;
    const char *sentence;
  } rows[] = {
    { MW_GUESS_OBJECTION_PUBLIC_SUFFIX, N_("Anybody can have a name under this domain.") },
    { MW_GUESS_OBJECTION_WILDCARD, N_("This domain answers to every name, so none proves "
                                      "anything.") },
    { MW_GUESS_OBJECTION_NO_ANSWER, N_("The name service said nothing about this domain.") },
    { MW_GUESS_OBJECTION_PROVIDER, N_("Mail for this domain is kept at a known provider.") },
    { MW_GUESS_OBJECTION_ELSEWHERE, N_("Mail for this domain is kept elsewhere.") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (g_str_equal (rows[i].objection, objection))
        return _(rows[i].sentence);
    }

  return NULL;
}

/* The name of the server stands before the colon and whose it is behind it.
 * After that comes what its documents said. */
static char *
explain_exchanger (const char *detail)
{
  g_auto(GStrv) segments = g_strsplit (detail, "; ", 2);
  g_auto(GStrv) parts = NULL;

  if (segments[0] == NULL)
    return NULL;

  parts = g_strsplit (segments[0], ": ", 2);
  if (parts[1] == NULL || g_str_has_prefix (parts[1], MW_SOURCE_MX_GUESSED))
    /* Translators: %s is the name of a server. */
    return g_strdup_printf (_("Mail for this domain goes to %s."), parts[0]);

  /* Translators: the name of a server, and of the provider it belongs to. */
  return g_strdup_printf (_("Mail for this domain goes to %s, which belongs to %s."),
                          parts[0], parts[1]);
}

char *
mw_advice_explain_source (MwSourceReport *report)
{
  const char *detail;

  g_return_val_if_fail (report != NULL, NULL);

  detail = mw_source_report_get_detail (report);
  if (detail == NULL || (mw_source_report_get_outcome (report) != MW_SOURCE_OUTCOME_FOUND &&
                         mw_source_report_get_outcome (report) != MW_SOURCE_OUTCOME_NOTHING))
    return NULL;

  /* What the others say is for experts, and stands in the report. */
  switch ((int) mw_source_report_get_origin (report))
    {
    case MW_ORIGIN_PROVIDER:
      return g_strdup (detail);
    case MW_ORIGIN_MX:
      return explain_exchanger (detail);
    case MW_ORIGIN_GUESS:
      return g_strdup (explain_objection (detail));
    default:
      return NULL;
    }
}

char *
mw_advice_describe_search (GPtrArray *reports)
{
  guint n_asked = 0;
  guint n_pending = 0;
  guint n_found = 0;

  g_return_val_if_fail (reports != NULL, NULL);

  for (guint i = 0; i < reports->len; i++)
    {
      MwSourceReport *report = g_ptr_array_index (reports, i);
      MwSourceOutcome outcome = mw_source_report_get_outcome (report);

      if (outcome != MW_SOURCE_OUTCOME_SKIPPED)
        n_asked++;
      if (outcome == MW_SOURCE_OUTCOME_PENDING)
        n_pending++;
      if (mw_source_report_get_n_servers (report) > 0)
        n_found++;
    }

  if (n_pending > 0)
    /* Translators: sources of settings; the first number is how many of them
     * have answered. */
    return g_strdup_printf (ngettext ("%u of %u source has answered",
                                      "%u of %u sources have answered", n_asked),
                            n_asked - n_pending, n_asked);
  if (n_found > 0)
    return g_strdup_printf (ngettext ("%u source knows the servers",
                                      "%u sources know the servers", n_found), n_found);

  return g_strdup (_("No source knows the servers"));
}

const char *
mw_advice_describe_grade (MwGrade grade)
{
  switch (grade)
    {
    case MW_GRADE_U:
      return _("entered by you");
    case MW_GRADE_A:
      return _("trusted: a known provider");
    case MW_GRADE_B:
      return _("trusted: the domain says so over an encrypted connection");
    case MW_GRADE_C:
      return _("trusted: the public database knows this very domain");
    case MW_GRADE_G:
      return _("a usual name, used unless something speaks against it");
    case MW_GRADE_D:
      return _("not confirmed: you may be asked before it gets the password");
    case MW_GRADE_L:
    default:
      return _("from a link or a file: you may be asked before it gets the password");
    }
}

const char *
mw_advice_title_conflict (MwConflict *conflict)
{
  g_return_val_if_fail (conflict != NULL, NULL);

  switch (mw_conflict_get_protocol (conflict))
    {
    case MW_PROTOCOL_IMAP:
      return _("Sources disagree about receiving with IMAP");
    case MW_PROTOCOL_POP3:
      return _("Sources disagree about receiving with POP3");
    case MW_PROTOCOL_SMTP:
    default:
      return _("Sources disagree about sending");
    }
}

static char *
name_choice (MwEndpoint *endpoint,
             gboolean    host_says_it)
{
  const char *host = mw_endpoint_get_host (endpoint);
  guint port = mw_endpoint_get_port (endpoint);

  if (host_says_it)
    return g_strdup (host);

  /* Translators: a server, its port number and kind of encryption. */
  return g_strdup_printf (_("%s, port %u, %s"), host, port,
                          mw_advice_describe_security (endpoint));
}

char *
mw_advice_describe_conflict (MwConflict *conflict,
                             const char *domain)
{
  g_autoptr(GString) lines = g_string_new (NULL);
  GPtrArray *candidates;

  g_return_val_if_fail (conflict != NULL, NULL);

  candidates = mw_conflict_get_candidates (conflict);
  for (guint i = 0; i < candidates->len; i++)
    {
      MwCandidate *candidate = g_ptr_array_index (candidates, i);
      g_autofree char *sources = NULL;
      g_autofree char *choice = NULL;

      sources = mw_advice_name_sources (mw_candidate_get_origins (candidate), domain);
      choice = name_choice (mw_candidate_get_endpoint (candidate),
                            mw_conflict_is_about_host (conflict));
      /* Translators: who says it, and the server they name. */
      g_string_append_printf (lines, _("%s: %s"), sources, choice);
      g_string_append_c (lines, '\n');
    }
  g_string_append (lines, _("What stands first counts for more."));

  return g_string_free (g_steal_pointer (&lines), FALSE);
}
