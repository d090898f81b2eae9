/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-advice-account.h"

#define DAY_S (24 * 60 * 60)
#define HOUR_S (60 * 60)

/* 2026-11-22 15:00 in Warsaw. */
#define NOW 1795356000

typedef struct {
  const char     *text;
  MwAccountLevel  level;
  MwOutcome       state;
  gint64          checked;     /* seconds before now; 0 = never */
  gint64          expires;     /* seconds after now; 0 = not known */
  gboolean        receive_only;
  gboolean        browser;
  gboolean        pinned;
  const char     *exports;
  const char     *waiting_for;
} Case;

static const Case cases[] = {
  { .text = "Not checked yet", .level = MW_ACCOUNT_LEVEL_UNKNOWN,
    .state = MW_OUTCOME_PENDING },
  { .text = "Not checked yet", .level = MW_ACCOUNT_LEVEL_UNKNOWN,
    .state = MW_OUTCOME_WORKS },
  { .text = "Works, checked today", .state = MW_OUTCOME_WORKS, .checked = 14 * HOUR_S },
  { .text = "Works, checked yesterday", .state = MW_OUTCOME_WORKS, .checked = 16 * HOUR_S },
  { .text = "Works, checked yesterday", .state = MW_OUTCOME_WORKS, .checked = 38 * HOUR_S },
  { .text = "Works, checked on 11/20/26", .state = MW_OUTCOME_WORKS, .checked = 40 * HOUR_S },
  { .text = "Works, checked on 11/23/26", .state = MW_OUTCOME_WORKS, .checked = -10 * HOUR_S },
  { .text = "Receives only, checked today", .state = MW_OUTCOME_WORKS, .checked = 1,
    .receive_only = TRUE },
  { .text = "Receives only, checked yesterday", .state = MW_OUTCOME_WORKS, .checked = DAY_S,
    .receive_only = TRUE },
  { .text = "Receives only, checked on 11/12/26", .state = MW_OUTCOME_WORKS,
    .checked = 10 * DAY_S, .receive_only = TRUE },

  { .text = "Signs in in Thunderbird", .state = MW_OUTCOME_WORKS, .checked = 1, .browser = TRUE,
    .exports = "thunderbird:abc" },
  { .text = "Signs in in Evolution", .state = MW_OUTCOME_PENDING, .browser = TRUE,
    .exports = "evolution" },
  { .text = "Signs in in the mail program", .state = MW_OUTCOME_PENDING, .browser = TRUE },

  { .text = "Password was refused", .level = MW_ACCOUNT_LEVEL_PROBLEM,
    .state = MW_OUTCOME_BAD_CREDENTIALS, .checked = 1, .expires = DAY_S },
  { .text = "Receives, but cannot send", .level = MW_ACCOUNT_LEVEL_PROBLEM,
    .state = MW_OUTCOME_SENDER_NOT_ALLOWED, .checked = 1 },
  { .text = "Server could not be reached", .level = MW_ACCOUNT_LEVEL_WARNING,
    .state = MW_OUTCOME_TIMEOUT, .checked = 1 },
  { .text = "The last check found a problem", .level = MW_ACCOUNT_LEVEL_PROBLEM,
    .state = MW_OUTCOME_PROTOCOL, .checked = 1 },
  { .text = "Waiting for Thunderbird to close", .level = MW_ACCOUNT_LEVEL_WAITS,
    .state = MW_OUTCOME_BAD_CREDENTIALS, .checked = 1, .waiting_for = "Thunderbird" },

  { .text = "Works, checked today", .state = MW_OUTCOME_WORKS, .checked = 1,
    .expires = 15 * DAY_S },
  { .text = "Certificate expires in 14 days", .level = MW_ACCOUNT_LEVEL_WARNING,
    .state = MW_OUTCOME_WORKS, .checked = 1, .expires = 14 * DAY_S - 1 },
  { .text = "Certificate expires in 9 days", .level = MW_ACCOUNT_LEVEL_WARNING,
    .state = MW_OUTCOME_WORKS, .checked = 1, .expires = 9 * DAY_S },
  { .text = "Certificate expires in 1 day", .level = MW_ACCOUNT_LEVEL_WARNING,
    .state = MW_OUTCOME_WORKS, .checked = 1, .expires = 10 * HOUR_S },
  { .text = "Certificate expires today", .level = MW_ACCOUNT_LEVEL_WARNING,
    .state = MW_OUTCOME_WORKS, .checked = 1, .expires = HOUR_S },
  { .text = "Certificate has expired", .level = MW_ACCOUNT_LEVEL_PROBLEM,
    .state = MW_OUTCOME_WORKS, .checked = DAY_S, .expires = -1 },
  /* Seen long before its end, it is a new one by now. */
  { .text = "Works, checked on 08/14/26", .state = MW_OUTCOME_WORKS, .checked = 100 * DAY_S,
    .expires = 5 * DAY_S },
  { .text = "Works, checked on 08/14/26", .state = MW_OUTCOME_WORKS, .checked = 100 * DAY_S,
    .expires = -5 * DAY_S },
  /* A pinned one is not. */
  { .text = "Certificate expires in 5 days", .level = MW_ACCOUNT_LEVEL_WARNING,
    .state = MW_OUTCOME_WORKS, .checked = 100 * DAY_S, .expires = 5 * DAY_S, .pinned = TRUE },
};

static MwService *
make_service (const char *endpoint_text,
              const Case *row)
{
  g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse (endpoint_text);
  MwService *service = mw_service_new (endpoint, "jan",
                                       row->browser ? MW_AUTH_OAUTH2 : MW_AUTH_PLAIN,
                                       row->pinned ? "00ff" : NULL);

  service->expires = row->expires != 0 ? NOW + row->expires : 0;
  return service;
}

static MwProfile *
make_profile (const Case *row)
{
  MwProfile *profile = mw_profile_new ();

  profile->address = g_strdup ("jan@example.test");
  profile->incoming = make_service ("imaps:imap.example.test", row);
  if (!row->receive_only)
    profile->outgoing = make_service ("submissions:smtp.example.test", row);
  profile->state = row->state;
  profile->last_checked = row->checked != 0 ? NOW - row->checked : 0;
  if (row->exports != NULL)
    mw_profile_set_export_value (profile, row->exports, "Account", "account1");
  return profile;
}

static GDateTime *
make_now (void)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("CET-1");
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (NOW);

  g_assert_nonnull (zone);
  return g_date_time_to_timezone (utc, zone);
}

static void
test_states (void)
{
  g_autoptr(GDateTime) now = make_now ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(MwProfile) profile = make_profile (&cases[i]);
      MwAccountLevel level;
      g_autofree char *text = mw_advice_describe_account (profile, cases[i].waiting_for, now,
                                                          &level);

      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_cmpint (level, ==, cases[i].level);
    }
}

/* The side that ends first is the one to speak of. */
static void
test_earlier_end (void)
{
  g_autoptr(GDateTime) now = make_now ();
  g_autoptr(MwProfile) profile = make_profile (&(Case) { .state = MW_OUTCOME_WORKS, .checked = 1 });
  MwAccountLevel level;
  g_autofree char *text = NULL;

  profile->incoming->expires = NOW + 12 * DAY_S;
  profile->outgoing->expires = NOW + 2 * DAY_S;
  text = mw_advice_describe_account (profile, NULL, now, &level);
  g_assert_cmpstr (text, ==, "Certificate expires in 2 days");
}

/* Whatever a check ends with, there are a few words for it. */
static void
test_every_outcome (void)
{
  g_autoptr(GEnumClass) outcomes = g_type_class_ref (MW_TYPE_OUTCOME);
  g_autoptr(GDateTime) now = make_now ();

  for (guint i = 0; i < outcomes->n_values; i++)
    {
      g_autoptr(MwProfile) profile = make_profile (&(Case) { .checked = 1 });
      MwAccountLevel level;
      g_autofree char *text = NULL;

      profile->state = outcomes->values[i].value;
      text = mw_advice_describe_account (profile, NULL, now, &level);
      g_assert_cmpuint (g_utf8_strlen (text, -1), <, 40);
      if (profile->state != MW_OUTCOME_WORKS)
        g_assert_cmpint (level, !=, MW_ACCOUNT_LEVEL_WORKS);
    }
}

static void
test_places (void)
{
  g_autoptr(MwProfile) profile = make_profile (&(Case) { .state = MW_OUTCOME_WORKS });
  g_autofree char *nowhere = mw_advice_describe_account_places (profile);
  g_autofree char *one = NULL;
  g_autofree char *both = NULL;

  g_assert_null (nowhere);
  mw_profile_set_export_value (profile, "thunderbird:abc", "Account", "account1");
  one = mw_advice_describe_account_places (profile);
  g_assert_cmpstr (one, ==, "In Thunderbird");
  mw_profile_set_export_value (profile, "evolution-flatpak", "AccountUid", "a");
  both = mw_advice_describe_account_places (profile);
  g_assert_cmpstr (both, ==, "In Evolution and Thunderbird");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/advice-account/states", test_states);
  g_test_add_func ("/advice-account/earlier-end", test_earlier_end);
  g_test_add_func ("/advice-account/every-outcome", test_every_outcome);
  g_test_add_func ("/advice-account/places", test_places);

  return g_test_run ();
}
