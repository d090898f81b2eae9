/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-guess-conditions.h"

#include "fake-resolver.h"

#define TIMEOUT_MS 300

typedef struct {
  const char *name;
  const char *domain;     /* NULL: example.test */
  const char *zone[8];
  gboolean    with_providers;
  gboolean    imap_holds;
  gboolean    mail_holds;
  gboolean    objection;
} Case;

#define LABEL_50 "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwx"

static const Case cases[] = {
  { .name = "no-mx", .imap_holds = TRUE, .mail_holds = TRUE },
  {
    .name = "mx-inside",
    .zone = { "MX example.test 10 mx1.example.test" },
    .imap_holds = TRUE,
    .mail_holds = TRUE,
  },
  {
    .name = "mx-is-the-domain",
    .zone = { "MX example.test 10 example.test" },
    .imap_holds = TRUE,
    .mail_holds = TRUE,
  },
  {
    .name = "mx-null",
    .zone = { "MX example.test 0 ." },
    .imap_holds = TRUE,
    .mail_holds = TRUE,
  },
  {
    .name = "mx-elsewhere",
    .zone = {
      "MX example.test 10 mx.hosting.test",
      "A mx.hosting.test 192.0.2.20",
      "A mail.example.test 192.0.2.26",
    },
    .objection = TRUE,
  },
  {
    .name = "mx-elsewhere-backup-inside",
    .zone = {
      "MX example.test 20 mail.example.test",
      "MX example.test 10 mx.hosting.test",
      "A mx.hosting.test 192.0.2.20",
      "A mail.example.test 192.0.2.26",
    },
    .objection = TRUE,
  },
  {
    .name = "mx-impossible-name",
    .zone = { "MX example.test 10 mx_1.hosting.test" },
    .objection = TRUE,
  },
  {
    .name = "mx-ends-alike",
    .zone = { "MX example.test 10 mx.notexample.test" },
    .objection = TRUE,
  },
  {
    .name = "mx-unresolvable",
    .zone = { "MX example.test 10 gone.hosting.test", "A mail.example.test 192.0.2.26" },
    .objection = TRUE,
  },
  {
    .name = "mx-shares-address",
    .zone = {
      "MX example.test 10 mx.hosting.test",
      "A mx.hosting.test 192.0.2.20",
      "A mx.hosting.test 192.0.2.21",
      "A mail.example.test 192.0.2.21",
      "A imap.example.test 192.0.2.22",
    },
    .mail_holds = TRUE,
    .objection = TRUE,
  },
  {
    .name = "mx-shares-address6",
    .zone = {
      "MX example.test 10 mx.hosting.test",
      "A mx.hosting.test 192.0.2.20",
      "A mx.hosting.test 2001:db8::20",
      "A imap.example.test 2001:db8::20",
      "A imap.example.test 192.0.2.10",
    },
    .imap_holds = TRUE,
    .objection = TRUE,
  },
  {
    .name = "mx-of-a-provider",
    .zone = {
      "MX example.test 10 mx.known.test",
      "A mx.known.test 192.0.2.20",
      "A mail.example.test 192.0.2.20",
    },
    .with_providers = TRUE,
    .objection = TRUE,
  },
  {
    .name = "mx-inside-of-a-provider",
    .zone = { "MX example.test 10 mx.example.test" },
    .with_providers = TRUE,
    .objection = TRUE,
  },
  {
    .name = "mx-of-nobody",
    .zone = { "MX example.test 10 mx2.example.test" },
    .with_providers = TRUE,
    .imap_holds = TRUE,
    .mail_holds = TRUE,
  },
  {
    .name = "mx-perhaps-of-a-provider",
    .zone = {
      "MX example.test 10 mx.perhaps.test",
      "A mx.perhaps.test 192.0.2.20",
      "A mail.example.test 192.0.2.20",
    },
    .with_providers = TRUE,
    .mail_holds = TRUE,
    .objection = TRUE,
  },
  {
    .name = "wildcard",
    .zone = { "A *.example.test 192.0.2.24" },
    .objection = TRUE,
  },
  {
    .name = "wildcard6",
    .zone = { "A *.example.test 2001:db8::24", "MX example.test 10 mx.example.test" },
    .objection = TRUE,
  },
  {
    .name = "public-suffix",
    .domain = "co.uk",
    .objection = TRUE,
  },
  {
    /* 240 characters: room for "imap." and for no random name. */
    .name = "long-domain",
    .domain = LABEL_50 "." LABEL_50 "." LABEL_50 "." LABEL_50 "."
              "abcdefghijklmnopqrstuvwxyz.wildcard",
    .objection = TRUE,
  },
  {
    .name = "mx-fails",
    .zone = { "FAIL example.test" },
    .objection = TRUE,
  },
  {
    .name = "names-below-fail",
    .zone = { "FAIL *.example.test", "MX example.test 10 example.test" },
    .objection = TRUE,
  },
  { .name = "silent", .zone = { "SILENT *" }, .objection = TRUE },
};

static void
on_result_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GAsyncResult **out = user_data;

  *out = g_object_ref (result);
}

static const char providers_text[] =
  "[known]\nName=Known\nGrade=A\nMx=mx.known.test;mx.example.test;\n"
  "MxCandidates=mx.perhaps.test;\nSource=s;\n";

static MwGuessConditions *
check (MwResolver       *resolver,
       const char       *domain,
       MwProviderTable  *providers,
       GCancellable     *cancellable,
       GError          **error)
{
  g_autofree char *imap = g_strconcat ("imap.", domain, NULL);
  g_autofree char *mail = g_strconcat ("mail.", domain, NULL);
  const char *hosts[] = { imap, mail, NULL };
  g_autoptr(GAsyncResult) result = NULL;

  mw_guess_conditions_check_async (resolver, domain, hosts, providers, cancellable,
                                   on_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return mw_guess_conditions_check_finish (result, error);
}

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  const char *domain = test->domain != NULL ? test->domain : "example.test";
  g_autofree char *imap = g_strconcat ("imap.", domain, NULL);
  g_autofree char *mail = g_strconcat ("mail.", domain, NULL);
  g_autoptr(MwFakeResolver) fake G_GNUC_UNUSED = mw_fake_resolver_install (test->zone);
  g_autoptr(MwResolver) resolver = mw_resolver_new (TIMEOUT_MS);
  g_autoptr(MwProviderTable) providers = NULL;
  g_autoptr(MwGuessConditions) conditions = NULL;
  g_autoptr(GError) error = NULL;

  if (test->with_providers)
    {
      providers = mw_provider_table_new ();
      g_assert_true (mw_provider_table_add (providers, providers_text,
                                            sizeof providers_text - 1, TRUE, NULL));
    }

  conditions = check (resolver, domain, providers, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (mw_guess_conditions_hold (conditions, imap), ==, test->imap_holds);
  g_assert_cmpint (mw_guess_conditions_hold (conditions, mail), ==, test->mail_holds);
  g_assert_cmpint (mw_guess_conditions_get_objection (conditions) != NULL, ==, test->objection);

  /* A host elsewhere is no guess, whatever holds for the domain. */
  g_assert_false (mw_guess_conditions_hold (conditions, "imap.elsewhere.test"));
}

static gboolean
on_cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (G_CANCELLABLE (user_data));
  return G_SOURCE_REMOVE;
}

static void
test_cancelled (void)
{
  static const char * const zone[] = { "SILENT *", NULL };
  g_autoptr(MwFakeResolver) fake G_GNUC_UNUSED = mw_fake_resolver_install (zone);
  g_autoptr(MwResolver) resolver = mw_resolver_new (60 * 1000);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(MwGuessConditions) conditions = NULL;
  g_autoptr(GError) error = NULL;

  g_timeout_add (20, on_cancel_cb, cancellable);
  conditions = check (resolver, "example.test", NULL, cancellable, &error);
  g_assert_null (conditions);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/guess-conditions/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/guess-conditions/cancelled", test_cancelled);

  return g_test_run ();
}
