/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-source-srv.h"

#include "core/mw-error.h"
#include "fake-resolver.h"

#define TIMEOUT_MS 300

typedef struct {
  const char *name;
  const char *zone[12];
  const char *wanted[8];  /* in the order found: priority endpoint */
  const char *detail;
  int         error;      /* MwOutcome, 0 for none */
} Case;

static const Case cases[] = {
  {
    .name = "both",
    .zone = {
      "SRV imaps example.test 0 1 993 mail.hosting.test",
      "SRV submissions example.test 0 1 465 mail.hosting.test",
    },
    .wanted = { "0 imaps:mail.hosting.test:993", "0 submissions:mail.hosting.test:465" },
  },
  {
    .name = "priority",
    .zone = {
      "SRV imaps example.test 20 0 993 b.example.test",
      "SRV imaps example.test 10 0 993 a.example.test",
      "SRV imap example.test 5 0 143 c.example.test",
      "SRV submission example.test 0 0 587 d.example.test",
    },
    .wanted = {
      "10 imaps:a.example.test:993",
      "20 imaps:b.example.test:993",
      "0 submission:d.example.test:587",
      "5 imap:c.example.test:143",
    },
  },
  {
    .name = "refused",
    .zone = {
      "SRV imap example.test 0 0 1 .",
      "SRV pop3 example.test 0 0 1 .",
      "SRV imaps example.test 0 1 993 imap.example.test",
    },
    .wanted = { "0 imaps:imap.example.test:993" },
    .detail = "not offered: imap, pop3",
  },
  {
    .name = "dot-beside-others",
    .zone = {
      "SRV imaps example.test 0 0 1 .",
      "SRV imaps example.test 1 1 993 imap.example.test",
    },
    .wanted = { "1 imaps:imap.example.test:993" },
  },
  {
    .name = "odd-port-kept",
    .zone = { "SRV imaps example.test 0 1 9930 IMAP.Example.Test." },
    .wanted = { "0 imaps:imap.example.test:9930" },
  },
  {
    .name = "impossible-targets",
    .zone = {
      "SRV imaps example.test 0 1 0 imap.example.test",
      "SRV imaps example.test 0 1 993 -imap-.example.test",
      "SRV pop3s example.test 65535 65535 65535 pop.example.test",
    },
    .wanted = { "65535 pop3s:pop.example.test:65535" },
  },
  {
    .name = "all-six",
    .zone = {
      "SRV pop3 example.test 0 1 110 a.example.test",
      "SRV pop3s example.test 0 1 995 b.example.test",
      "SRV imap example.test 0 1 143 c.example.test",
      "SRV submission example.test 0 1 587 d.example.test",
      "SRV submissions example.test 0 1 465 e.example.test",
      "SRV imaps example.test 0 1 993 f.example.test",
    },
    .wanted = {
      "0 imaps:f.example.test:993",
      "0 submissions:e.example.test:465",
      "0 submission:d.example.test:587",
      "0 imap:c.example.test:143",
      "0 pop3s:b.example.test:995",
      "0 pop3:a.example.test:110",
    },
  },
  {
    .name = "several-targets",
    .zone = {
      "SRV imaps example.test 30 65535 993 c.example.test",
      "SRV imaps example.test 0 0 993 a.example.test",
      "SRV imaps example.test 40 0 994 c.example.test",
      "SRV imaps example.test 7 0 993 b.hosting.test",
    },
    .wanted = {
      "0 imaps:a.example.test:993",
      "7 imaps:b.hosting.test:993",
      "30 imaps:c.example.test:993",
      "40 imaps:c.example.test:994",
    },
  },
  {
    .name = "international-target",
    .zone = { "SRV imaps example.test 0 1 993 imap.żółw.test" },
    .wanted = { "0 imaps:imap.xn--w-uga1v8h.test:993" },
  },
  {
    .name = "refused-with-a-port",
    .zone = { "SRV imap example.test 65535 65535 143 ." },
    .detail = "not offered: imap",
  },
  {
    .name = "refused-beside-impossible",
    .zone = {
      "SRV imap example.test 0 0 0 .",
      "SRV imap example.test 0 0 0 imap.example.test",
    },
    .detail = "not offered: imap",
  },
  {
    .name = "port-0-alone",
    .zone = { "SRV imap example.test 0 1 0 imap.example.test" },
    .error = MW_OUTCOME_DNS_FAIL,
  },
  {
    .name = "nothing",
    .zone = { "A example.test 192.0.2.1" },
  },
  {
    .name = "server-fails",
    .zone = { "FAIL *" },
    .error = MW_OUTCOME_DNS_FAIL,
  },
  {
    .name = "one-fails",
    .zone = {
      "FAIL _imaps._tcp.example.test",
      "SRV submissions example.test 0 1 465 smtp.example.test",
    },
    .wanted = { "0 submissions:smtp.example.test:465" },
  },
  {
    .name = "silent",
    .zone = { "SILENT *" },
    .error = MW_OUTCOME_TIMEOUT,
  },
};

static void
on_found_cb (MwSource  *source,
             GPtrArray *candidates,
             gpointer   user_data)
{
  guint *count = user_data;

  *count += candidates->len;
}

static void
on_result_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GAsyncResult **out = user_data;

  *out = g_object_ref (result);
}

static GPtrArray *
find (MwSource      *source,
      GCancellable  *cancellable,
      guint         *found_count,
      GError       **error)
{
  g_autoptr(MwAddress) address = mw_address_parse ("jan@example.test", NULL);
  g_autoptr(GAsyncResult) result = NULL;

  g_signal_connect (source, "found", G_CALLBACK (on_found_cb), found_count);
  mw_source_find_async (source, address, cancellable, on_result_cb, &result);
  g_assert_null (result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return mw_source_find_finish (source, result, error);
}

static char *
describe (MwCandidate *candidate)
{
  g_autofree char *endpoint = mw_endpoint_to_string (mw_candidate_get_endpoint (candidate));

  g_assert_cmpint (mw_candidate_get_grade (candidate), ==, MW_GRADE_D);
  g_assert_cmpuint (mw_candidate_get_origins (candidate), ==, 1u << MW_ORIGIN_SRV);
  g_assert_null (mw_candidate_get_user_names (candidate));
  return g_strdup_printf ("%u %s", mw_source_srv_get_priority (candidate), endpoint);
}

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autoptr(MwFakeResolver) fake = mw_fake_resolver_install (test->zone);
  g_autoptr(MwResolver) resolver = mw_resolver_new (TIMEOUT_MS);
  g_autoptr(MwSource) source = mw_source_srv_new (resolver);
  g_autoptr(GPtrArray) found = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *detail = NULL;
  guint count = 0;
  guint i;

  found = find (source, NULL, &count, &error);
  g_assert_cmpuint (mw_fake_resolver_get_questions (fake)->len, ==, 6);

  if (test->error != 0)
    {
      g_assert_error (error, MW_PROBE_ERROR, test->error);
      g_assert_null (found);
      return;
    }

  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, count);
  for (i = 0; i < found->len; i++)
    {
      g_autofree char *text = describe (g_ptr_array_index (found, i));

      g_assert_cmpstr (text, ==, test->wanted[i]);
    }
  g_assert_null (test->wanted[i]);

  detail = mw_source_dup_detail (source);
  g_assert_cmpstr (detail, ==, test->detail);
  g_assert_cmpint (mw_source_srv_is_refused (MW_SOURCE_SRV (source), "imap"), ==,
                   test->detail != NULL);
}

static char *
first_host (const char * const *zone,
            guint32             seed)
{
  g_autoptr(MwFakeResolver) fake G_GNUC_UNUSED = mw_fake_resolver_install (zone);
  g_autoptr(MwResolver) resolver = mw_resolver_new (TIMEOUT_MS);
  g_autoptr(MwSource) source = mw_source_srv_new (resolver);
  g_autoptr(GPtrArray) found = NULL;
  guint count = 0;

  g_random_set_seed (seed);
  found = find (source, NULL, &count, NULL);
  g_assert_cmpuint (found->len, ==, g_strv_length ((char **) zone));
  return g_strdup (mw_endpoint_get_host (mw_candidate_get_endpoint (found->pdata[0])));
}

/* How often in a hundred large.example.test comes first. The choice by weight
 * (RFC 2782) hangs on GLib's random numbers alone, so a seed repeats it. */
static guint
count_large (const char * const *zone)
{
  guint large = 0;

  for (guint32 seed = 0; seed < 100; seed++)
    {
      g_autofree char *once = first_host (zone, seed);
      g_autofree char *again = first_host (zone, seed);

      g_assert_cmpstr (once, ==, again);
      large += g_str_equal (once, "large.example.test");
    }

  return large;
}

static void
test_weight (void)
{
  static const char * const zone[] = {
    "SRV imaps example.test 0 10 993 small.example.test",
    "SRV imaps example.test 0 90 993 large.example.test",
    NULL,
  };
  guint large = count_large (zone);

  g_assert_cmpuint (large, >, 75);
  g_assert_cmpuint (large, <, 100);
}

/* Weight 0 is a very small chance, not none: one in four here. */
static void
test_weight_zero (void)
{
  static const char * const zone[] = {
    "SRV imaps example.test 0 3 993 large.example.test",
    "SRV imaps example.test 0 0 993 zero.example.test",
    NULL,
  };
  static const char * const other_priority[] = {
    "SRV imaps example.test 1 65535 993 heavy.example.test",
    "SRV imaps example.test 0 0 993 large.example.test",
    NULL,
  };
  guint large = count_large (zone);

  g_assert_cmpuint (large, >, 60);
  g_assert_cmpuint (large, <, 90);

  /* The priority outweighs every weight. */
  g_assert_cmpuint (count_large (other_priority), ==, 100);
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
  g_autoptr(MwSource) source = mw_source_srv_new (resolver);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GPtrArray) found = NULL;
  g_autoptr(GError) error = NULL;
  guint count = 0;

  g_timeout_add (20, on_cancel_cb, cancellable);
  found = find (source, cancellable, &count, &error);
  g_assert_null (found);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/source-srv/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/source-srv/weight", test_weight);
  g_test_add_func ("/source-srv/weight-zero", test_weight_zero);
  g_test_add_func ("/source-srv/cancelled", test_cancelled);

  return g_test_run ();
}
