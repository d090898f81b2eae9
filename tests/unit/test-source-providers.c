/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "core/mw-error.h"
#include "discovery/mw-source-mx.h"
#include "discovery/mw-source-providers.h"
#include "fake-resolver.h"

#define TIMEOUT_MS 300

/* The built-in list of these tests, and what somebody added. */
static const char built_in[] =
  "[good]\nName=Good\nGrade=A\nDomains=good.test;\nDomainCandidates=perhaps.test;\n"
  "Mx=mx.good.test;\nMxCandidates=mx.perhaps.test;\nImap=imap.good.test:993:tls;\n"
  "ImapCandidates=old.good.test:993:tls;{mx}:993:tls;\nSmtp=smtp.good.test:465:tls;\n"
  "UserName=local;full;\nUserNameSmtp=full;\nSource=s;\n"
  "[pro]\nName=Good Pro\nGrade=A\nMx=mx.good.test;\nImap=pro.good.test:993:tls;\nSource=s;\n"
  "[weak]\nName=Weak\nGrade=C\nDomains=weak.test;\nMxCandidates=mx.weak.test;\n"
  "Imap=imap.weak.test:993:tls;\nSource=s;\n"
  "[web]\nName=Web\nGrade=A\nDomains=web.test;\nImap=imap.web.test:993:tls;\nAuth=oauth2;\n"
  "Steps=browser-sign-in;\nSource=s;\n"
  "[none]\nName=None\nGrade=B\nDomains=none.test;\nAuth=none;\nSteps=no-imap;\nSource=s;\n";
static const char added[] =
  "[own]\nName=Own\nGrade=A\nDomains=own.test;good.test;\nMx=mx.own.test;\n"
  "Imap=imap.own.test:993:tls;\n";

typedef struct {
  const char *name;
  const char *address;
  const char *zone[4];     /* for the mail exchanger */
  const char *listed[4];   /* grade server user names, of the list itself */
  const char *by_mx[6];    /* and by the mail exchanger */
  const char *mx_detail;
  guint       n_guesses;   /* in the exchanger's domain, where nobody knows it */
  MwOutcome   mx_error;    /* MW_OUTCOME_WORKS for none */
} Case;

static const Case cases[] = {
  {
    .name = "listed",
    .address = "jan@good.test",
    .zone = { "MX good.test 10 mx.own.test" },
    .listed = {
      "A imaps:imap.good.test jan jan@good.test",
      "D imaps:old.good.test jan jan@good.test",
      "A submissions:smtp.good.test jan@good.test",
      "D imaps:imap.own.test",
    },
    .mx_error = MW_OUTCOME_NOT_NEEDED,
  },
  {
    .name = "listed-perhaps",
    .address = "jan@perhaps.test",
    .zone = { "MX perhaps.test 10 a.mx.perhaps.test" },
    .listed = {
      "D imaps:imap.good.test jan jan@perhaps.test",
      "D imaps:old.good.test jan jan@perhaps.test",
      "D submissions:smtp.good.test jan@perhaps.test",
    },
    .by_mx = {
      "D imaps:imap.good.test jan jan@perhaps.test",
      "D imaps:old.good.test jan jan@perhaps.test",
      "D imaps:a.mx.perhaps.test jan jan@perhaps.test",
      "D submissions:smtp.good.test jan@perhaps.test",
    },
    .mx_detail = "a.mx.perhaps.test: Good",
  },
  {
    .name = "weak",
    .address = "jan@weak.test",
    .listed = { "D imaps:imap.weak.test" },
  },
  {
    .name = "added",
    .address = "jan@own.test",
    .listed = { "D imaps:imap.own.test" },
  },
  {
    .name = "browser-sign-in",
    .address = "jan@web.test",
    .listed = { "A imaps:imap.web.test oauth2" },
    .mx_error = MW_OUTCOME_NOT_NEEDED,
  },
  {
    .name = "no-servers",
    .address = "jan@none.test",
    .mx_error = MW_OUTCOME_NOT_NEEDED,
  },
  {
    /* Only the first product behind an exchanger is trusted. */
    .name = "mx",
    .address = "jan@firma.test",
    .zone = { "MX firma.test 20 mx.own.test", "MX firma.test 10 a.mx.good.test" },
    .by_mx = {
      "A imaps:imap.good.test jan jan@firma.test",
      "D imaps:old.good.test jan jan@firma.test",
      "D imaps:a.mx.good.test jan jan@firma.test",
      "A submissions:smtp.good.test jan@firma.test",
      "D imaps:pro.good.test",
    },
    .mx_detail = "a.mx.good.test: Good",
  },
  {
    .name = "mx-of-one-added",
    .address = "jan@firma.test",
    .zone = { "MX firma.test 10 mx.own.test" },
    .by_mx = { "D imaps:imap.own.test" },
    .mx_detail = "mx.own.test: Own",
  },
  {
    .name = "mx-weak",
    .address = "jan@firma.test",
    .zone = { "MX firma.test 10 mx.weak.test" },
    .by_mx = { "D imaps:imap.weak.test" },
    .mx_detail = "mx.weak.test: Weak",
  },
  {
    .name = "mx-ends-alike",
    .address = "jan@firma.test",
    .zone = { "MX firma.test 10 evilmx.good.test" },
    .mx_detail = "evilmx.good.test: usual names of good.test",
    .n_guesses = 12,
  },
  {
    .name = "mx-continues",
    .address = "jan@firma.test",
    .zone = { "MX firma.test 10 mx.good.test.evil.test" },
    .mx_detail = "mx.good.test.evil.test: usual names of evil.test",
    .n_guesses = 12,
  },
  {
    .name = "mx-inside",
    .address = "jan@firma.test",
    .zone = { "MX firma.test 10 mx.firma.test" },
    .mx_detail = "mx.firma.test",
    .n_guesses = 4,
  },
  {
    .name = "mx-impossible",
    .address = "jan@firma.test",
    .zone = { "MX firma.test 10 a_b.mx.good.test" },
    .mx_detail = "a_b.mx.good.test",
  },
  {
    .name = "mx-null",
    .address = "jan@firma.test",
    .zone = { "MX firma.test 0 ." },
  },
  { .name = "mx-none", .address = "jan@firma.test" },
  {
    .name = "mx-fails",
    .address = "jan@firma.test",
    .zone = { "FAIL firma.test" },
    .mx_error = MW_OUTCOME_DNS_FAIL,
  },
};

static MwProviderTable *
make_table (void)
{
  g_autoptr(MwProviderTable) table = mw_provider_table_new ();
  g_autoptr(GError) error = NULL;

  mw_provider_table_add (table, built_in, strlen (built_in), TRUE, &error);
  g_assert_no_error (error);
  mw_provider_table_add (table, added, strlen (added), FALSE, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&table);
}

static void
on_result_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GAsyncResult **out = user_data;

  *out = g_object_ref (result);
}

static void
on_found_cb (MwSource  *source,
             GPtrArray *candidates,
             gpointer   user_data)
{
  guint *count = user_data;

  *count += candidates->len;
}

static GPtrArray *
find (MwSource    *source,
      const char  *text,
      GError     **error)
{
  g_autoptr(MwAddress) address = mw_address_parse (text, NULL);
  g_autoptr(GAsyncResult) result = NULL;

  mw_source_find_async (source, address, NULL, on_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return mw_source_find_finish (source, result, error);
}

static char *
describe (MwCandidate *candidate)
{
  const char * const *names = mw_candidate_get_user_names (candidate);
  MwEndpoint *endpoint = mw_candidate_get_endpoint (candidate);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s %s:%s",
                          mw_enum_to_nick (MW_TYPE_GRADE, mw_candidate_get_grade (candidate)),
                          mw_endpoint_get_service (endpoint),
                          mw_endpoint_get_host (endpoint));
  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    g_string_append_printf (text, " %s", names[i]);
  if (mw_candidate_get_auth (candidate) == MW_AUTH_OAUTH2)
    g_string_append (text, " oauth2");

  return g_string_free (text, FALSE);
}

static void
compare (GPtrArray          *found,
         const char * const *wanted,
         guint               n_guesses)
{
  guint n = 0;

  for (guint i = 0; i < found->len; i++)
    {
      g_autofree char *text = NULL;

      if (mw_candidate_is_guess (g_ptr_array_index (found, i)))
        continue;
      text = describe (g_ptr_array_index (found, i));
      g_assert_cmpstr (text, ==, wanted[n++]);
      g_assert_nonnull (mw_candidate_get_provider (g_ptr_array_index (found, i)));
    }
  g_assert_null (wanted[n]);
  g_assert_cmpuint (found->len - n, ==, n_guesses);
}

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  const char *listed_wanted[G_N_ELEMENTS (test->listed) + 1] = { NULL };
  g_autoptr(MwFakeResolver) fake G_GNUC_UNUSED = mw_fake_resolver_install (test->zone);
  g_autoptr(MwResolver) resolver = mw_resolver_new (TIMEOUT_MS);
  g_autoptr(MwProviderTable) table = make_table ();
  g_autoptr(MwSource) listed = mw_source_providers_new (table);
  g_autoptr(MwSource) mx = mw_source_mx_new (resolver, table);
  g_autoptr(GPtrArray) by_list = NULL;
  g_autoptr(GPtrArray) by_mx = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *detail = NULL;

  memcpy (listed_wanted, test->listed, sizeof test->listed);
  by_list = find (listed, test->address, &error);
  g_assert_no_error (error);
  compare (by_list, listed_wanted, 0);

  by_mx = find (mx, test->address, &error);
  if (test->mx_error != MW_OUTCOME_WORKS)
    {
      g_assert_error (error, MW_PROBE_ERROR, (int) test->mx_error);
      return;
    }
  g_assert_no_error (error);
  compare (by_mx, test->by_mx, test->n_guesses);
  g_assert_cmpint (mw_source_get_grade (mx), ==, test->n_guesses > 0 ? MW_GRADE_D : MW_GRADE_A);
  detail = mw_source_dup_detail (mx);
  g_assert_cmpstr (detail, ==, test->mx_detail);
}

/* What is known without asking anybody is there at once. */
static void
test_at_once (void)
{
  static const char * const zone[] = { "SILENT *", NULL };
  g_autoptr(MwFakeResolver) fake = mw_fake_resolver_install (zone);
  g_autoptr(MwProviderTable) table = make_table ();
  g_autoptr(MwSource) source = mw_source_providers_new (table);
  g_autoptr(MwAddress) address = mw_address_parse ("jan@good.test", NULL);
  g_autoptr(GAsyncResult) result = NULL;
  g_autofree char *detail = NULL;
  guint count = 0;

  g_signal_connect (source, "found", G_CALLBACK (on_found_cb), &count);
  mw_source_find_async (source, address, NULL, on_result_cb, &result);
  g_assert_cmpuint (count, ==, 4);
  detail = mw_source_dup_detail (source);
  g_assert_cmpstr (detail, ==, "Good, Own");
  g_assert_cmpuint (mw_fake_resolver_get_questions (fake)->len, ==, 0);

  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* The person says who keeps the mail: the list's own look at the domain does
 * not matter, the trust in the entry does. */
static void
test_chosen (void)
{
  static const char * const good[] = {
    "A imaps:imap.good.test jan jan@firma.test", "D imaps:old.good.test jan jan@firma.test",
    "A submissions:smtp.good.test jan@firma.test", NULL
  };
  static const char * const weak[] = { "D imaps:imap.weak.test", NULL };
  static const struct {
    const char         *id;
    const char         *address;
    const char * const *wanted;
  } rows[] = {
    { "good", "jan@firma.test", good },
    { "weak", "jan@firma.test", weak },
    { "weak", "jan@good.test", weak },
  };
  g_autoptr(MwProviderTable) table = make_table ();
  GPtrArray *providers = mw_provider_table_get_providers (table);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(MwSource) source = mw_source_providers_new (table);
      g_autoptr(GPtrArray) found = NULL;

      for (guint j = 0; j < providers->len; j++)
        {
          MwProvider *provider = g_ptr_array_index (providers, j);

          if (g_str_equal (provider->id, rows[i].id))
            mw_source_providers_choose (MW_SOURCE_PROVIDERS (source), provider);
        }
      found = find (source, rows[i].address, NULL);
      compare (found, rows[i].wanted, 0);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/source-providers/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/source-providers/at-once", test_at_once);
  g_test_add_func ("/source-providers/chosen", test_chosen);

  return g_test_run ();
}
