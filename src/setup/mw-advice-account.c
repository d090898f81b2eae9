/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-advice-account.h"

#include <glib/gi18n.h>

#include "setup/mw-browser-sign-in.h"

/* How long before its end a certificate is worth a word: whoever renews them by
 * a program has done so by then. */
#define WARN_DAYS 14

#define DAY_S (24 * 60 * 60)

/* What the last check ended with, short enough for a line in a list. */
static const struct {
  MwOutcome       outcome;
  MwAccountLevel  level;
  const char     *text;
} problems[] = {
  { MW_OUTCOME_DNS_NXDOMAIN, MW_ACCOUNT_LEVEL_PROBLEM, N_("Server does not exist") },
  { MW_OUTCOME_DNS_FAIL, MW_ACCOUNT_LEVEL_WARNING, N_("Server could not be reached") },
  { MW_OUTCOME_REFUSED, MW_ACCOUNT_LEVEL_WARNING, N_("Server could not be reached") },
  { MW_OUTCOME_TIMEOUT, MW_ACCOUNT_LEVEL_WARNING, N_("Server could not be reached") },
  { MW_OUTCOME_UNREACHABLE, MW_ACCOUNT_LEVEL_WARNING, N_("Server could not be reached") },
  { MW_OUTCOME_DISCONNECTED, MW_ACCOUNT_LEVEL_WARNING, N_("Server could not be reached") },
  { MW_OUTCOME_CERT_EXPIRED, MW_ACCOUNT_LEVEL_PROBLEM, N_("Certificate has expired") },
  { MW_OUTCOME_CERT_PIN_CHANGED, MW_ACCOUNT_LEVEL_PROBLEM, N_("Certificate has changed") },
  { MW_OUTCOME_CERT_NOT_YET, MW_ACCOUNT_LEVEL_PROBLEM, N_("Certificate is not trusted") },
  { MW_OUTCOME_CERT_NAME, MW_ACCOUNT_LEVEL_PROBLEM, N_("Certificate is not trusted") },
  { MW_OUTCOME_CERT_SELF_SIGNED, MW_ACCOUNT_LEVEL_PROBLEM, N_("Certificate is not trusted") },
  { MW_OUTCOME_CERT_UNKNOWN_CA, MW_ACCOUNT_LEVEL_PROBLEM, N_("Certificate is not trusted") },
  { MW_OUTCOME_CERT_REVOKED, MW_ACCOUNT_LEVEL_PROBLEM, N_("Certificate is not trusted") },
  { MW_OUTCOME_CERT_WEAK, MW_ACCOUNT_LEVEL_PROBLEM, N_("Certificate is not trusted") },
  { MW_OUTCOME_CERT_PURPOSE, MW_ACCOUNT_LEVEL_PROBLEM, N_("Certificate is not trusted") },
  { MW_OUTCOME_CERT_INCOMPLETE, MW_ACCOUNT_LEVEL_PROBLEM, N_("Certificate is not trusted") },
  { MW_OUTCOME_NEED_OAUTH, MW_ACCOUNT_LEVEL_PROBLEM, N_("Takes no password any more") },
  { MW_OUTCOME_NEED_APP_PASSWORD, MW_ACCOUNT_LEVEL_PROBLEM, N_("Needs an app password") },
  { MW_OUTCOME_IMAP_DISABLED, MW_ACCOUNT_LEVEL_PROBLEM, N_("Access is switched off") },
  { MW_OUTCOME_BAD_CREDENTIALS, MW_ACCOUNT_LEVEL_PROBLEM, N_("Password was refused") },
  { MW_OUTCOME_LOGIN_REFUSED, MW_ACCOUNT_LEVEL_PROBLEM, N_("Signing in was refused") },
  { MW_OUTCOME_IP_NOT_APPROVED, MW_ACCOUNT_LEVEL_PROBLEM, N_("Signing in has to be approved") },
  { MW_OUTCOME_PASSWORD_EXPIRED, MW_ACCOUNT_LEVEL_PROBLEM, N_("Password has expired") },
  { MW_OUTCOME_ACCOUNT_BLOCKED, MW_ACCOUNT_LEVEL_PROBLEM, N_("Account is blocked") },
  { MW_OUTCOME_TEMPORARY, MW_ACCOUNT_LEVEL_WARNING, N_("Server is busy") },
  { MW_OUTCOME_IN_USE, MW_ACCOUNT_LEVEL_WARNING, N_("Mailbox was in use") },
  { MW_OUTCOME_SEND_AUTH_REQUIRED, MW_ACCOUNT_LEVEL_PROBLEM, N_("Receives, but cannot send") },
  { MW_OUTCOME_SENDER_NOT_ALLOWED, MW_ACCOUNT_LEVEL_PROBLEM, N_("Receives, but cannot send") },
  { MW_OUTCOME_RELAY_DENIED, MW_ACCOUNT_LEVEL_PROBLEM, N_("Receives, but cannot send") },
  { MW_OUTCOME_SMTPUTF8_MISSING, MW_ACCOUNT_LEVEL_PROBLEM, N_("Receives, but cannot send") },
};

static const char *
describe_problem (MwOutcome       outcome,
                  MwAccountLevel *out_level)
{
  for (gsize i = 0; i < G_N_ELEMENTS (problems); i++)
    {
      if (problems[i].outcome != outcome)
        continue;

      *out_level = problems[i].level;
      return _(problems[i].text);
    }

  *out_level = MW_ACCOUNT_LEVEL_PROBLEM;
  return _("The last check found a problem");
}

/* From midnight to midnight, as people count. */
static int
count_days (GDateTime *from,
            GDateTime *to)
{
  GDate first, last;

  g_date_clear (&first, 1);
  g_date_clear (&last, 1);
  g_date_set_dmy (&first, g_date_time_get_day_of_month (from), g_date_time_get_month (from),
                  g_date_time_get_year (from));
  g_date_set_dmy (&last, g_date_time_get_day_of_month (to), g_date_time_get_month (to),
                  g_date_time_get_year (to));
  return g_date_days_between (&first, &last);
}

static GDateTime *
make_time (GDateTime *now,
           gint64     seconds)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc (seconds);

  return time != NULL ? g_date_time_to_timezone (time, g_date_time_get_timezone (now)) : NULL;
}

static char *
describe_last_checked (MwProfile      *profile,
                       GDateTime      *now,
                       MwAccountLevel *out_level)
{
  g_autoptr(GDateTime) then = make_time (now, profile->last_checked);
  g_autofree char *date = NULL;
  gboolean sends = profile->outgoing != NULL;

  *out_level = MW_ACCOUNT_LEVEL_UNKNOWN;
  if (profile->last_checked == 0 || then == NULL)
    return g_strdup (_("Not checked yet"));

  *out_level = MW_ACCOUNT_LEVEL_WORKS;
  if (count_days (then, now) == 0)
    return g_strdup (sends ? _("Works, checked today") : _("Receives only, checked today"));
  if (count_days (then, now) == 1)
    return g_strdup (sends ? _("Works, checked yesterday") : _("Receives only, checked yesterday"));

  date = g_date_time_format (then, "%x");

  if (!sends)
    /* Translators: %s is a date. */
    return g_strdup_printf (_("Receives only, checked on %s"), date);

  /* Translators: %s is a date. */
  return g_strdup_printf (_("Works, checked on %s"), date);
}

static void
find_places (MwProfile *profile,
             gboolean  *out_evolution,
             gboolean  *out_thunderbird)
{
  GHashTableIter iter;
  gpointer key;

  *out_evolution = *out_thunderbird = FALSE;
  g_hash_table_iter_init (&iter, profile->exports);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      *out_evolution |= g_str_has_prefix (key, "evolution");
      *out_thunderbird |= g_str_has_prefix (key, "thunderbird");
    }
}

static char *
describe_browser_sign_in (MwProfile *profile)
{
  gboolean evolution, thunderbird;

  find_places (profile, &evolution, &thunderbird);
  if (evolution == thunderbird)
    return g_strdup (_("Signs in in the mail program"));

  /* Translators: %s is the name of a mail program, which shows the sign-in page
   * of the provider. */
  return g_strdup_printf (_("Signs in in %s"), evolution ? "Evolution" : "Thunderbird");
}

/* Whether the end of that certificate says something: most are renewed in time,
 * which is not seen here before the next check. A pinned one is the same still. */
static gboolean
is_end_known (MwProfile *profile,
              MwService *service)
{
  return service->pin != NULL || profile->last_checked == 0 ||
         profile->last_checked > service->expires - (WARN_DAYS + 1) * DAY_S;
}

static char *
describe_certificate (MwProfile      *profile,
                      GDateTime      *now,
                      MwAccountLevel *out_level)
{
  g_autoptr(GDateTime) end = NULL;
  MwService *first = NULL;
  int days;

  for (MwSide side = MW_SIDE_INCOMING; side <= MW_SIDE_OUTGOING; side++)
    {
      MwService *service = mw_profile_get_service (profile, side);

      if (service != NULL && service->expires != 0 &&
          (first == NULL || service->expires < first->expires))
        first = service;
    }

  if (first == NULL || !is_end_known (profile, first))
    return NULL;

  end = make_time (now, first->expires);
  if (end == NULL)
    return NULL;

  *out_level = MW_ACCOUNT_LEVEL_PROBLEM;
  if (g_date_time_compare (end, now) <= 0)
    return g_strdup (_("Certificate has expired"));

  days = count_days (now, end);
  if (days > WARN_DAYS)
    return NULL;

  *out_level = MW_ACCOUNT_LEVEL_WARNING;
  if (days == 0)
    return g_strdup (_("Certificate expires today"));
  /* Translators: %d is a number of days, at most 14. */
  return g_strdup_printf (ngettext ("Certificate expires in %d day",
                                    "Certificate expires in %d days", days), days);
}

char *
mw_advice_describe_account (MwProfile      *profile,
                            const char     *waiting_for,
                            GDateTime      *now,
                            MwAccountLevel *out_level)
{
  char *text;

  g_return_val_if_fail (profile != NULL, NULL);
  g_return_val_if_fail (now != NULL, NULL);
  g_return_val_if_fail (out_level != NULL, NULL);

  if (waiting_for != NULL)
    {
      *out_level = MW_ACCOUNT_LEVEL_WAITS;
      /* Translators: %s is the name of a mail program. */
      return g_strdup_printf (_("Waiting for %s to close"), waiting_for);
    }

  if (profile->state != MW_OUTCOME_WORKS && profile->state != MW_OUTCOME_PENDING)
    return g_strdup (describe_problem (profile->state, out_level));

  text = describe_certificate (profile, now, out_level);
  if (text != NULL)
    return text;

  if (mw_browser_sign_in_is_used (profile))
    {
      *out_level = MW_ACCOUNT_LEVEL_WORKS;
      return describe_browser_sign_in (profile);
    }

  if (profile->state == MW_OUTCOME_PENDING)
    {
      *out_level = MW_ACCOUNT_LEVEL_UNKNOWN;
      return g_strdup (_("Not checked yet"));
    }

  return describe_last_checked (profile, now, out_level);
}

char *
mw_advice_describe_account_places (MwProfile *profile)
{
  gboolean evolution, thunderbird;

  g_return_val_if_fail (profile != NULL, NULL);

  find_places (profile, &evolution, &thunderbird);
  if (evolution && thunderbird)
    return g_strdup (_("In Evolution and Thunderbird"));
  if (evolution)
    return g_strdup (_("In Evolution"));
  if (thunderbird)
    return g_strdup (_("In Thunderbird"));

  return NULL;
}
