/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-diagnosis.h"

/* Receiving from these takes no password from anybody since 2022 and 2024; they
 * say no more than "LOGIN failed.". */
static const char * const browser_only_hosts[] = {
  ".office365.com",
  ".outlook.com",
};

static gboolean
holds_for_all (MwProvider *provider,
               MwHintKind  kind)
{
  const MwHint *hint = NULL;

  if (provider != NULL && mw_provider_is_confirmed (provider))
    hint = mw_provider_get_hint (provider, kind);

  return hint != NULL && hint->condition == MW_HINT_CONDITION_ALWAYS;
}

/* Where nothing lets anybody in, a wrong entry could do no harm. */
static gboolean
is_said_of (MwProvider *provider,
            MwHintKind  kind)
{
  return provider != NULL && mw_provider_get_hint (provider, kind) != NULL;
}

static gboolean
is_browser_only (MwVerdict *verdict)
{
  MwEndpoint *endpoint;

  if (verdict == NULL)
    return FALSE;

  endpoint = mw_candidate_get_endpoint (verdict->candidate);
  for (gsize i = 0; i < G_N_ELEMENTS (browser_only_hosts); i++)
    {
      if (mw_endpoint_get_side (endpoint) == MW_SIDE_INCOMING &&
          g_str_has_suffix (mw_endpoint_get_host (endpoint), browser_only_hosts[i]))
        return TRUE;
    }

  return FALSE;
}

/* Nothing that could be asked for a log-in was found. */
static MwOutcome
refine_absence (MwOutcome   outcome,
                MwProvider *provider,
                gboolean    by_hand)
{
  if (by_hand)
    return outcome;

  if (is_said_of (provider, MW_HINT_KIND_EXCHANGE))
    return MW_OUTCOME_EXCHANGE_ONLY;

  /* Guesses that all led to names that do not exist are no server's fault;
   * what answers where the provider has no mail server, is none of his. */
  if (outcome == MW_OUTCOME_DNS_NXDOMAIN || is_said_of (provider, MW_HINT_KIND_NO_IMAP) ||
      is_said_of (provider, MW_HINT_KIND_BRIDGE))
    return MW_OUTCOME_NOTHING_FOUND;

  return outcome;
}

/* A refusal of what was typed. With one known way to be let in, that is the
 * way; with several, the advice names them in their order. */
static MwOutcome
refine_refusal (MwOutcome   outcome,
                MwVerdict  *verdict,
                MwProvider *provider)
{
  gboolean app_password = holds_for_all (provider, MW_HINT_KIND_APP_PASSWORD) ||
                          holds_for_all (provider, MW_HINT_KIND_AUTH_CODE);

  /* The password was accepted; the mailbox was not opened. */
  if (verdict != NULL && verdict->stage > MW_STAGE_AUTH)
    return outcome;

  if (is_browser_only (verdict) || (holds_for_all (provider, MW_HINT_KIND_BROWSER_SIGN_IN) &&
                                    !mw_provider_takes_password (provider)))
    return MW_OUTCOME_NEED_OAUTH;

  if (app_password && (outcome == MW_OUTCOME_BAD_CREDENTIALS ||
                       mw_provider_get_hint (provider, MW_HINT_KIND_ENABLE_IMAP) == NULL))
    return MW_OUTCOME_NEED_APP_PASSWORD;

  return outcome;
}

MwOutcome
mw_diagnosis_refine (MwOutcome   outcome,
                     MwVerdict  *verdict,
                     MwProvider *provider,
                     gboolean    by_hand)
{
  switch ((int) outcome)
    {
    case MW_OUTCOME_BAD_CREDENTIALS:
    case MW_OUTCOME_LOGIN_REFUSED:
      return refine_refusal (outcome, verdict, provider);

    case MW_OUTCOME_DNS_NXDOMAIN:
    case MW_OUTCOME_REFUSED:
    case MW_OUTCOME_TIMEOUT:
    case MW_OUTCOME_UNREACHABLE:
    case MW_OUTCOME_NOT_MAIL_SERVER:
    case MW_OUTCOME_NOTHING_FOUND:
      return refine_absence (outcome, provider, by_hand);
    default:
      return outcome;
    }
}
