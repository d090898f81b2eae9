/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "protocol/mw-refusal.h"

/* What servers answer, and the one cause each answer is taken for. Most codes
 * are played in tests/dialogues; here are the words. */

typedef struct {
  const char *line;
  MwOutcome   outcome;
} Case;

static const Case imap_cases[] = {
  { "a1 NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)", MW_OUTCOME_BAD_CREDENTIALS },
  { "a1 NO [authenticationfailed] no", MW_OUTCOME_BAD_CREDENTIALS },
  { "a1 NO [ALERT] Application-specific password required", MW_OUTCOME_NEED_APP_PASSWORD },
  { "a1 NO [AUTHENTICATIONFAILED] Please use an app password", MW_OUTCOME_NEED_APP_PASSWORD },
  { "a1 NO Login fail. Please using authorized code to login.", MW_OUTCOME_NEED_APP_PASSWORD },
  { "a1 NO [ALERT] Your account is not enabled for IMAP use.", MW_OUTCOME_IMAP_DISABLED },
  { "a1 NO [ALERT] You are yet to enable IMAP for your account.", MW_OUTCOME_IMAP_DISABLED },
  { "a1 NO [AUTHENTICATIONFAILED] This user does not have access rights to this service",
    MW_OUTCOME_IMAP_DISABLED },
  { "a1 NO [WEBALERT https://example.test/] Web login required.", MW_OUTCOME_IP_NOT_APPROVED },
  { "a1 NO [ALERT] Too many simultaneous connections.", MW_OUTCOME_TEMPORARY },
  { "a1 NO Your account is locked", MW_OUTCOME_ACCOUNT_BLOCKED },
  { "a1 NO [UNAVAILABLE] Please use an app password", MW_OUTCOME_TEMPORARY },
  { "a1 NO AUTHENTICATE failed.", MW_OUTCOME_LOGIN_REFUSED },
  { "a1 NO [NEWCODE] what", MW_OUTCOME_LOGIN_REFUSED },
};

static const Case smtp_cases[] = {
  { "535 5.7.8 Username and Password not accepted", MW_OUTCOME_BAD_CREDENTIALS },
  { "535 5.7.8 Please use an APP PASSWORD", MW_OUTCOME_NEED_APP_PASSWORD },
  { "535 Login Fail. Please enter your authorization code to login", MW_OUTCOME_NEED_APP_PASSWORD },
  { "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant",
    MW_OUTCOME_IMAP_DISABLED },
  { "535 5.7.139 Authentication unsuccessful, basic authentication is disabled.",
    MW_OUTCOME_NEED_OAUTH },
  { "535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.",
    MW_OUTCOME_BAD_CREDENTIALS },
  { "535 5.7.0 (#AUTH005) Too many bad auth attempts.", MW_OUTCOME_TEMPORARY },
  { "534 5.7.14 Please log in via your web browser", MW_OUTCOME_IP_NOT_APPROVED },
  { "554 5.7.8 no", MW_OUTCOME_LOGIN_REFUSED },
  { "500 5.7.13 disabled", MW_OUTCOME_MECH_NONE },
};

static const Case service_cases[] = {
  { "Too many connections from your address", MW_OUTCOME_TEMPORARY },
  { "Service unavailable", MW_OUTCOME_TEMPORARY },
  { "try again later", MW_OUTCOME_TEMPORARY },
  { "Access denied", MW_OUTCOME_REFUSED },
  { "", MW_OUTCOME_REFUSED },
};

static void
test_imap (gconstpointer data)
{
  const Case *test = data;
  MwImapResponse response;

  g_assert_true (mw_imap_response_parse (&response, test->line, strlen (test->line)));
  g_assert_cmpstr (mw_enum_to_nick (MW_TYPE_OUTCOME,
                                    mw_refusal_from_imap (&response, MW_OUTCOME_LOGIN_REFUSED)),
                   ==, mw_enum_to_nick (MW_TYPE_OUTCOME, test->outcome));
}

static void
test_smtp_auth (gconstpointer data)
{
  const Case *test = data;
  MwSmtpReply reply;

  g_assert_true (mw_smtp_reply_parse (&reply, test->line, strlen (test->line)));
  g_assert_cmpstr (mw_enum_to_nick (MW_TYPE_OUTCOME,
                                    mw_refusal_from_smtp_auth (&reply, reply.text)),
                   ==, mw_enum_to_nick (MW_TYPE_OUTCOME, test->outcome));
}

static void
test_service (gconstpointer data)
{
  const Case *test = data;

  g_assert_cmpint (mw_refusal_of_service ((MwSpan) { test->line, strlen (test->line) }), ==,
                   test->outcome);
}

static void
add_cases (const char    *name,
           const Case    *cases,
           gsize          n_cases,
           GTestDataFunc  function)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      g_autofree char *path = g_strdup_printf ("/refusal/%s/%" G_GSIZE_FORMAT, name, i);

      g_test_add_data_func (path, &cases[i], function);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_cases ("imap", imap_cases, G_N_ELEMENTS (imap_cases), test_imap);
  add_cases ("smtp-auth", smtp_cases, G_N_ELEMENTS (smtp_cases), test_smtp_auth);
  add_cases ("service", service_cases, G_N_ELEMENTS (service_cases), test_service);

  return g_test_run ();
}
