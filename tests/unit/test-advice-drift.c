/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-advice-drift.h"

#define OLD "aa"
#define NEW "bb"

/* 2027-01-02, at noon UTC */
#define END 1798891200

/* One row: the account, what a run and the sources say, and the sentences. */
typedef struct {
  const char   *name;
  guint         origins;
  MwAuthMethod  auth;
  MwOutcome     outcome;       /* of the side, PENDING for no verdict */
  MwAuthMethod  found_auth;
  const char   *named[2];      /* servers, best first */
  MwGrade       grade;
  const char   *provider_id;
  gboolean      other_anchor;
  gint64        expires;       /* as it was saved */
  gboolean      sending;
  const char   *texts[3];
  gboolean      can_use;
} Row;

#define FOUND (1u << MW_ORIGIN_AUTOCONFIG)

static const Row rows[] = {
  { .name = "nothing-known", .origins = FOUND, .auth = MW_AUTH_PLAIN,
    .outcome = MW_OUTCOME_PENDING },
  { .name = "all-as-before", .origins = FOUND, .auth = MW_AUTH_PLAIN,
    .outcome = MW_OUTCOME_WORKS, .found_auth = MW_AUTH_PLAIN,
    .named = { "imaps:imap.example.test" }, .provider_id = "old" },
  { .name = "other-server", .origins = FOUND, .auth = MW_AUTH_PLAIN,
    .outcome = MW_OUTCOME_WORKS, .found_auth = MW_AUTH_PLAIN,
    .named = { "imaps:mail.new.test" }, .grade = MW_GRADE_B,
    .texts = { "The server for receiving is now mail.new.test, no longer imap.example.test." },
    .can_use = TRUE },
  { .name = "other-server-for-sending", .origins = FOUND, .auth = MW_AUTH_PLAIN,
    .outcome = MW_OUTCOME_TIMEOUT, .sending = TRUE,
    .named = { "submissions:mail.new.test" }, .grade = MW_GRADE_C,
    .texts = { "The server for sending is now mail.new.test, no longer smtp.example.test." },
    .can_use = TRUE },
  { .name = "still-named", .origins = FOUND, .auth = MW_AUTH_PLAIN,
    .outcome = MW_OUTCOME_WORKS, .found_auth = MW_AUTH_PLAIN, .grade = MW_GRADE_B,
    .named = { "imaps:mail.new.test", "imap:imap.example.test" } },
  { .name = "only-a-guess", .origins = FOUND, .auth = MW_AUTH_PLAIN,
    .outcome = MW_OUTCOME_WORKS, .found_auth = MW_AUTH_PLAIN, .grade = MW_GRADE_G,
    .named = { "imaps:mail.example.test" } },
  { .name = "only-the-name-service", .origins = FOUND, .auth = MW_AUTH_PLAIN,
    .outcome = MW_OUTCOME_WORKS, .found_auth = MW_AUTH_PLAIN, .grade = MW_GRADE_D,
    .named = { "imaps:mail.evil.test" } },
  { .name = "typed-by-hand", .origins = 1u << MW_ORIGIN_MANUAL, .auth = MW_AUTH_PLAIN,
    .outcome = MW_OUTCOME_WORKS, .found_auth = MW_AUTH_PLAIN, .grade = MW_GRADE_A,
    .named = { "imaps:mail.new.test" } },
  { .name = "other-protocol", .origins = FOUND, .auth = MW_AUTH_PLAIN,
    .outcome = MW_OUTCOME_WORKS, .found_auth = MW_AUTH_PLAIN, .grade = MW_GRADE_A,
    .named = { "pop3s:pop.new.test" } },
  { .name = "markup", .origins = FOUND, .auth = MW_AUTH_PLAIN,
    .outcome = MW_OUTCOME_WORKS, .found_auth = MW_AUTH_PLAIN, .provider_id = "<b>new",
    .texts = { "Your mail is now kept by <b>new Mail." } },
  { .name = "starttls-gone", .origins = FOUND, .auth = MW_AUTH_PLAIN,
    .outcome = MW_OUTCOME_STARTTLS_MISSING,
    .texts = { "imap.example.test no longer offers SSL/TLS at port 993." }, .can_use = TRUE },
  { .name = "wrong-mode", .origins = FOUND, .auth = MW_AUTH_PLAIN,
    .outcome = MW_OUTCOME_WRONG_TLS_MODE, .named = { "imaps:mail.new.test" },
    .grade = MW_GRADE_A,
    .texts = { "The server for receiving is now mail.new.test, no longer imap.example.test.",
               "imap.example.test no longer offers SSL/TLS at port 993." }, .can_use = TRUE },
  { .name = "app-password", .origins = FOUND, .auth = MW_AUTH_PLAIN,
    .outcome = MW_OUTCOME_NEED_APP_PASSWORD,
    .texts = { "imap.example.test now demands an app password." } },
  { .name = "browser", .origins = FOUND, .auth = MW_AUTH_PLAIN,
    .outcome = MW_OUTCOME_NEED_OAUTH,
    .texts = { "imap.example.test no longer takes a password, only sign-in in the browser." } },
  { .name = "always-browser", .origins = FOUND, .auth = MW_AUTH_OAUTH2,
    .outcome = MW_OUTCOME_NEED_OAUTH },
  { .name = "switched-off", .origins = FOUND, .auth = MW_AUTH_PLAIN,
    .outcome = MW_OUTCOME_IMAP_DISABLED,
    .texts = { "Access for mail programs was switched off at imap.example.test." } },
  { .name = "sending-wants-log-in", .origins = FOUND, .auth = MW_AUTH_NONE, .sending = TRUE,
    .outcome = MW_OUTCOME_SEND_AUTH_REQUIRED,
    .texts = { "smtp.example.test now demands that you sign in to send." } },
  { .name = "password-refused", .origins = FOUND, .auth = MW_AUTH_PLAIN,
    .outcome = MW_OUTCOME_BAD_CREDENTIALS },
  { .name = "weaker-log-in", .origins = FOUND, .auth = MW_AUTH_SCRAM_SHA_256,
    .outcome = MW_OUTCOME_WORKS, .found_auth = MW_AUTH_PLAIN,
    .texts = { "imap.example.test now asks for the password itself, formerly only for a proof "
               "that you know it." } },
  { .name = "stronger-log-in", .origins = FOUND, .auth = MW_AUTH_PLAIN,
    .outcome = MW_OUTCOME_WORKS, .found_auth = MW_AUTH_SCRAM_SHA_256 },
  { .name = "renewed", .origins = FOUND, .auth = MW_AUTH_PLAIN, .expires = END - 86400,
    .outcome = MW_OUTCOME_WORKS, .found_auth = MW_AUTH_PLAIN,
    .texts = { "The certificate of imap.example.test was renewed and is valid until "
               "01/02/27." } },
  { .name = "same-certificate", .origins = FOUND, .auth = MW_AUTH_PLAIN, .expires = END,
    .outcome = MW_OUTCOME_WORKS, .found_auth = MW_AUTH_PLAIN },
  { .name = "other-authority", .origins = FOUND, .auth = MW_AUTH_PLAIN,
    .outcome = MW_OUTCOME_WORKS, .found_auth = MW_AUTH_PLAIN, .other_anchor = TRUE,
    .texts = { "The certificate of imap.example.test is now confirmed by “CN=New”, formerly by "
               "“CN=Old”." } },
};

static char *
make_sha256 (const char *digits)
{
  g_autoptr(GString) text = g_string_new (NULL);

  while (text->len < 64)
    g_string_append (text, digits);
  return g_strdup (text->str);
}

static MwProfile *
make_profile (const Row *row)
{
  g_autoptr(MwEndpoint) imap = mw_endpoint_parse ("imaps:imap.example.test");
  g_autoptr(MwEndpoint) smtp = mw_endpoint_parse ("submissions:smtp.example.test");
  g_autofree char *sha256 = make_sha256 (OLD);
  MwProfile *profile = mw_profile_new ();

  profile->address = g_strdup ("jan@example.test");
  profile->incoming = mw_service_new (imap, "jan", row->sending ? MW_AUTH_PLAIN : row->auth,
                                      NULL);
  profile->outgoing = mw_service_new (smtp, "jan", row->sending ? row->auth : MW_AUTH_PLAIN,
                                      NULL);
  mw_service_set_anchor (profile->incoming, sha256, "CN=Old");
  profile->incoming->expires = row->expires;
  profile->origins = row->origins;
  profile->provider_id = g_strdup ("old");
  return profile;
}

static MwVerdict *
make_verdict (const Row *row,
              MwProfile *profile)
{
  MwService *service = row->sending ? profile->outgoing : profile->incoming;
  g_autoptr(MwCandidate) candidate = NULL;
  g_autoptr(MwCertificateReport) report = NULL;
  g_autoptr(MwCertificate) leaf = mw_certificate_new ();
  g_autoptr(MwCertificate) anchor = mw_certificate_new ();
  g_autoptr(GPtrArray) chain = NULL;
  MwVerdict *verdict;

  candidate = mw_candidate_new (service->endpoint, MW_ORIGIN_MANUAL, MW_GRADE_U, NULL,
                                MW_AUTH_UNKNOWN, 0);
  verdict = mw_verdict_new (candidate);
  verdict->outcome = row->outcome;
  verdict->auth = row->found_auth;

  chain = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_certificate_unref);
  leaf->not_after = END;
  g_ptr_array_add (chain, mw_certificate_ref (leaf));
  report = mw_certificate_report_new (chain, NULL, 0, NULL, FALSE);
  anchor->sha256 = make_sha256 (row->other_anchor ? NEW : OLD);
  anchor->subject = g_strdup (row->other_anchor ? "CN=New" : "CN=Old");
  mw_certificate_report_set_anchor (report, anchor);
  verdict->tls = mw_tls_facts_new ("TLS1.3", NULL, TRUE, FALSE, report);
  return verdict;
}

static GPtrArray *
make_named (const Row *row)
{
  GPtrArray *named = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_candidate_unref);

  for (gsize i = 0; i < G_N_ELEMENTS (row->named) && row->named[i] != NULL; i++)
    {
      g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse (row->named[i]);

      g_ptr_array_add (named, mw_candidate_new (endpoint, MW_ORIGIN_AUTOCONFIG, row->grade, NULL,
                                                MW_AUTH_UNKNOWN, i));
    }
  return named;
}

/* Without the marks around foreign words. */
static char *
strip_marks (const char *text)
{
  g_auto(GStrv) first = g_strsplit (text, "\u2068", -1);
  g_autofree char *joined = g_strjoinv ("", first);
  g_auto(GStrv) second = g_strsplit (joined, "\u2069", -1);

  return g_strjoinv ("", second);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr(MwProfile) saved = make_profile (row);
  g_autoptr(MwVerdict) verdict = make_verdict (row, saved);
  g_autoptr(GPtrArray) named = make_named (row);
  g_autoptr(MwProvider) provider = NULL;
  g_autoptr(GPtrArray) drift = NULL;
  MwDriftFacts facts = { .saved = saved };
  MwSide side = row->sending ? MW_SIDE_OUTGOING : MW_SIDE_INCOMING;
  guint n = 0;

  if (row->outcome != MW_OUTCOME_PENDING)
    facts.verdicts[side] = verdict;
  facts.named[side] = named;
  if (row->provider_id != NULL)
    {
      provider = mw_provider_new (row->provider_id);
      g_free (provider->name);
      provider->name = g_strdup_printf ("%s Mail", row->provider_id);
      facts.provider = provider;
    }

  drift = mw_advice_find_drift (&facts);
  while (n < G_N_ELEMENTS (row->texts) && row->texts[n] != NULL)
    n++;
  g_assert_cmpuint (drift->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = strip_marks (((MwDrift *) drift->pdata[i])->text);

      g_assert_cmpstr (text, ==, row->texts[i]);
    }
  g_assert_cmpint (mw_advice_can_use_drift (drift), ==, row->can_use);
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("LANGUAGE", "C", TRUE);
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/advice-drift/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }

  return g_test_run ();
}
