/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-advice-drift.h"

#include <glib/gi18n.h>

#include "core/mw-domain.h"
#include "core/mw-foreign-words.h"
#include "setup/mw-advice.h"

#define MAX_NAME_CHARS 100
#define MAX_HOST_CHARS 255

/* Those who may speak for a domain. */
#define SOURCES ((1u << MW_ORIGIN_PROVIDER) | (1u << MW_ORIGIN_AUTOCONFIG) | \
                 (1u << MW_ORIGIN_PACC) | (1u << MW_ORIGIN_ISPDB) | (1u << MW_ORIGIN_MX) | \
                 (1u << MW_ORIGIN_SRV) | (1u << MW_ORIGIN_GUESS))

static void
drift_free (gpointer data)
{
  MwDrift *drift = data;

  g_free (drift->text);
  g_free (drift);
}

static void
add (GPtrArray   *list,
     MwDriftKind  kind,
     MwSide       side,
     char        *text)
{
  MwDrift *drift = g_new0 (MwDrift, 1);

  drift->kind = kind;
  drift->side = side;
  drift->text = text;
  g_ptr_array_add (list, drift);
}

static char *
quote (const char *text,
       guint       max_chars)
{
  g_autofree char *words = mw_foreign_words_clean (text, max_chars);

  return mw_foreign_words_isolate (words);
}

static char *
quote_host (MwEndpoint *endpoint)
{
  g_autofree char *unicode = mw_domain_to_unicode (mw_endpoint_get_host (endpoint));

  return quote (unicode != NULL ? unicode : mw_endpoint_get_host (endpoint), MAX_HOST_CHARS);
}

/* The best of what is named for the same purpose, unless the server of the
 * account is named, too. */
static MwEndpoint *
find_other_server (const MwDriftFacts *facts,
                   MwSide              side)
{
  MwService *service = mw_profile_get_service (facts->saved, side);
  MwEndpoint *best = NULL;

  for (guint i = 0; facts->named[side] != NULL && i < facts->named[side]->len; i++)
    {
      MwCandidate *candidate = g_ptr_array_index (facts->named[side], i);
      MwEndpoint *endpoint = mw_candidate_get_endpoint (candidate);

      if (mw_endpoint_get_protocol (endpoint) != mw_endpoint_get_protocol (service->endpoint))
        continue;
      if (g_str_equal (mw_endpoint_get_host (endpoint), mw_endpoint_get_host (service->endpoint)))
        return NULL;
      if (best == NULL && mw_candidate_get_grade (candidate) <= MW_GRADE_C)
        best = endpoint;
    }

  return best;
}

static void
find_server (const MwDriftFacts *facts,
             MwSide              side,
             GPtrArray          *list)
{
  MwService *service = mw_profile_get_service (facts->saved, side);
  MwEndpoint *other;
  g_autofree char *former = NULL;
  g_autofree char *latter = NULL;

  if (service == NULL || (facts->saved->origins & SOURCES) == 0)
    return;
  other = find_other_server (facts, side);
  if (other == NULL)
    return;

  former = quote_host (service->endpoint);
  latter = quote_host (other);
  add (list, MW_DRIFT_KIND_SERVER, side,
       side == MW_SIDE_INCOMING
       /* Translators: two servers, the present one and the former one. */
       ? g_strdup_printf (_("The server for receiving is now %s, no longer %s."), latter, former)
       /* Translators: two servers, the present one and the former one. */
       : g_strdup_printf (_("The server for sending is now %s, no longer %s."), latter, former));
}

static void
find_provider (const MwDriftFacts *facts,
               GPtrArray          *list)
{
  g_autofree char *name = NULL;

  if (facts->provider == NULL || facts->provider->id == NULL ||
      facts->saved->provider_id == NULL ||
      g_str_equal (facts->provider->id, facts->saved->provider_id))
    return;

  name = quote (facts->provider->name, MAX_NAME_CHARS);
  add (list, MW_DRIFT_KIND_PROVIDER, MW_SIDE_INCOMING,
       /* Translators: %s is the name of a mail provider. */
       g_strdup_printf (_("Your mail is now kept by %s."), name));
}

static MwCertificate *
get_anchor (MwVerdict *verdict)
{
  MwCertificateReport *report = NULL;

  if (verdict != NULL && verdict->tls != NULL && mw_tls_facts_get_trusted (verdict->tls) &&
      !mw_tls_facts_get_pinned (verdict->tls))
    report = mw_tls_facts_get_report (verdict->tls);

  return report != NULL ? mw_certificate_report_get_anchor (report) : NULL;
}

static void
find_authority (const MwDriftFacts *facts,
                MwSide              side,
                GPtrArray          *list)
{
  MwService *service = mw_profile_get_service (facts->saved, side);
  MwVerdict *verdict = facts->verdicts[side];
  MwCertificate *anchor = get_anchor (verdict);
  g_autofree char *host = NULL;
  g_autofree char *former = NULL;
  g_autofree char *latter = NULL;

  if (service == NULL || anchor == NULL || service->anchor == NULL ||
      anchor->sha256 == NULL || g_str_equal (anchor->sha256, service->anchor) ||
      !mw_endpoint_equal (service->endpoint, mw_candidate_get_endpoint (verdict->candidate)))
    return;

  host = quote_host (service->endpoint);
  former = quote (service->anchor_name, MAX_NAME_CHARS);
  latter = quote (anchor->subject, MAX_NAME_CHARS);
  add (list, MW_DRIFT_KIND_AUTHORITY, side,
       /* Translators: a server, then two certification authorities. */
       g_strdup_printf (_("The certificate of %s is now confirmed by “%s”, formerly by “%s”."),
                        host, latter, former));
}

/* Every renewal is a change, but the same certificate is not. */
static void
find_expiry (const MwDriftFacts *facts,
             MwSide              side,
             GPtrArray          *list)
{
  MwService *service = mw_profile_get_service (facts->saved, side);
  MwVerdict *verdict = facts->verdicts[side];
  MwCertificateReport *report = NULL;
  g_autoptr(GDateTime) end = NULL;
  g_autofree char *host = NULL;
  g_autofree char *date = NULL;

  if (service == NULL || service->expires <= 0 || verdict == NULL || verdict->tls == NULL ||
      !mw_tls_facts_get_trusted (verdict->tls))
    return;

  report = mw_tls_facts_get_report (verdict->tls);
  if (report == NULL || mw_certificate_report_get_not_after (report) <= 0 ||
      mw_certificate_report_get_not_after (report) == service->expires ||
      !mw_endpoint_equal (service->endpoint, mw_candidate_get_endpoint (verdict->candidate)))
    return;

  end = g_date_time_new_from_unix_local (mw_certificate_report_get_not_after (report));
  date = end != NULL ? g_date_time_format (end, "%x") : NULL;
  if (date == NULL)
    return;

  host = quote_host (service->endpoint);
  add (list, MW_DRIFT_KIND_EXPIRY, side,
       /* Translators: a server, then a date. */
       g_strdup_printf (_("The certificate of %s was renewed and is valid until %s."), host,
                        date));
}

static void
find_security (const MwDriftFacts *facts,
               MwSide              side,
               GPtrArray          *list)
{
  MwService *service = mw_profile_get_service (facts->saved, side);
  MwVerdict *verdict = facts->verdicts[side];
  g_autofree char *host = NULL;

  if (service == NULL || verdict == NULL ||
      (verdict->outcome != MW_OUTCOME_STARTTLS_MISSING &&
       verdict->outcome != MW_OUTCOME_WRONG_TLS_MODE))
    return;

  host = quote_host (service->endpoint);
  add (list, MW_DRIFT_KIND_SECURITY, side,
       /* Translators: a server, the name of a kind of encryption, a port. */
       g_strdup_printf (_("%s no longer offers %s at port %u."), host,
                        mw_advice_describe_security (service->endpoint),
                        mw_endpoint_get_port (service->endpoint)));
}

static gboolean
hides_password (MwAuthMethod auth)
{
  return auth == MW_AUTH_CRAM_MD5 || auth == MW_AUTH_SCRAM_SHA_1 ||
         auth == MW_AUTH_SCRAM_SHA_256;
}

static gboolean
shows_password (MwAuthMethod auth)
{
  return auth == MW_AUTH_PLAIN || auth == MW_AUTH_LOGIN || auth == MW_AUTH_PASSWORD_COMMAND;
}

static void
find_log_in (const MwDriftFacts *facts,
             MwSide              side,
             GPtrArray          *list)
{
  MwService *service = mw_profile_get_service (facts->saved, side);
  MwVerdict *verdict = facts->verdicts[side];
  g_autofree char *host = NULL;

  if (service == NULL || verdict == NULL || verdict->outcome != MW_OUTCOME_WORKS ||
      !hides_password (service->auth) || !shows_password (verdict->auth))
    return;

  host = quote_host (service->endpoint);
  add (list, MW_DRIFT_KIND_LOG_IN, side,
       /* Translators: %s is a server. */
       g_strdup_printf (_("%s now asks for the password itself, formerly only for a proof that "
                          "you know it."), host));
}

static char *
describe_demand (MwOutcome   outcome,
                 const char *host)
{
  switch ((int) outcome)
    {
    case MW_OUTCOME_NEED_APP_PASSWORD:
      /* Translators: %s is a server. */
      return g_strdup_printf (_("%s now demands an app password."), host);
    case MW_OUTCOME_NEED_OAUTH:
      /* Translators: %s is a server. */
      return g_strdup_printf (_("%s no longer takes a password, only sign-in in the browser."),
                              host);
    case MW_OUTCOME_IMAP_DISABLED:
      /* Translators: %s is a server. */
      return g_strdup_printf (_("Access for mail programs was switched off at %s."), host);
    case MW_OUTCOME_SEND_AUTH_REQUIRED:
      /* Translators: %s is a server. */
      return g_strdup_printf (_("%s now demands that you sign in to send."), host);
    default:
      return NULL;
    }
}

static void
find_demand (const MwDriftFacts *facts,
             MwSide              side,
             GPtrArray          *list)
{
  MwService *service = mw_profile_get_service (facts->saved, side);
  MwVerdict *verdict = facts->verdicts[side];
  g_autofree char *host = NULL;
  char *text;

  if (service == NULL || verdict == NULL || service->auth == MW_AUTH_OAUTH2 ||
      (verdict->outcome == MW_OUTCOME_SEND_AUTH_REQUIRED && service->auth != MW_AUTH_NONE))
    return;

  host = quote_host (service->endpoint);
  text = describe_demand (verdict->outcome, host);
  if (text != NULL)
    add (list, MW_DRIFT_KIND_DEMAND, side, text);
}

GPtrArray *
mw_advice_find_drift (const MwDriftFacts *facts)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (drift_free);

  g_return_val_if_fail (facts != NULL, list);
  g_return_val_if_fail (facts->saved != NULL, list);

  for (guint side = 0; side < 2; side++)
    find_server (facts, side, list);
  find_provider (facts, list);
  for (guint side = 0; side < 2; side++)
    {
      find_demand (facts, side, list);
      find_security (facts, side, list);
      find_log_in (facts, side, list);
      find_authority (facts, side, list);
      find_expiry (facts, side, list);
    }

  return list;
}

gboolean
mw_advice_can_use_drift (GPtrArray *drift)
{
  g_return_val_if_fail (drift != NULL, FALSE);

  for (guint i = 0; i < drift->len; i++)
    {
      MwDrift *one = g_ptr_array_index (drift, i);

      if (one->kind == MW_DRIFT_KIND_SERVER || one->kind == MW_DRIFT_KIND_SECURITY)
        return TRUE;
    }

  return FALSE;
}
