/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-discovery.h"

#include <string.h>

#include "core/mw-error.h"
#include "fake-resolver.h"

/* Longer than any of these tests but for the one that measures a wait. */
#define GUARD_MS 8000
#define TIMEOUT_MS 300

/* --- A source that does what it is told --------------------------------- */

#define TEST_TYPE_SOURCE (test_source_get_type ())
G_DECLARE_FINAL_TYPE (TestSource, test_source, TEST, SOURCE, GObject)

struct _TestSource
{
  GObject parent_instance;

  MwOrigin  origin;
  MwGrade   grade;
  GTask    *task;
};

static void test_source_iface_init (MwSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestSource, test_source, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MW_TYPE_SOURCE, test_source_iface_init))

static MwOrigin
test_source_get_origin (MwSource *source)
{
  return TEST_SOURCE (source)->origin;
}

static MwGrade
test_source_get_grade (MwSource *source)
{
  return TEST_SOURCE (source)->grade;
}

static void
test_source_find_async (MwSource            *source,
                        MwAddress           *address,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  TestSource *self = TEST_SOURCE (source);

  self->task = g_task_new (self, cancellable, callback, user_data);
}

static GPtrArray *
test_source_find_finish (MwSource      *source,
                         GAsyncResult  *result,
                         GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_source_iface_init (MwSourceInterface *iface)
{
  iface->get_origin = test_source_get_origin;
  iface->get_grade = test_source_get_grade;
  iface->find_async = test_source_find_async;
  iface->find_finish = test_source_find_finish;
}

static void
test_source_class_init (TestSourceClass *klass)
{
}

static void
test_source_init (TestSource *self)
{
  self->origin = MW_ORIGIN_AUTOCONFIG;
  self->grade = MW_GRADE_B;
}

static void
test_source_answer (TestSource *self,
                    const char *server)
{
  g_autoptr(GTask) task = g_steal_pointer (&self->task);
  g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse (server);
  const char *user_names[] = { "jan", NULL };
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_candidate_unref);

  g_ptr_array_add (found, mw_candidate_new (endpoint, self->origin, self->grade,
                                            user_names, MW_AUTH_PLAIN, 0));
  g_task_return_pointer (task, found, (GDestroyNotify) g_ptr_array_unref);
}

/* --- Running a discovery ------------------------------------------------- */

typedef struct {
  MwFakeResolver *fake;
  MwResolver   *resolver;
  MwDiscovery  *discovery;
  GCancellable *cancellable;
  guint         changes;
  guint         better_done;
  guint         finished;
  gboolean      order_kept; /* better sources were done before the end */
  gboolean      stuck;
} Run;

static void
on_candidates_changed_cb (MwDiscovery *discovery,
                          gpointer     user_data)
{
  Run *run = user_data;

  run->changes++;
}

static void
on_better_sources_done_cb (MwDiscovery *discovery,
                           gpointer     user_data)
{
  Run *run = user_data;

  g_assert_true (mw_discovery_get_better_sources_done (discovery));
  run->better_done++;
  run->order_kept = run->finished == 0;
}

static void
on_finished_cb (MwDiscovery *discovery,
                gpointer     user_data)
{
  Run *run = user_data;

  g_assert_true (mw_discovery_is_finished (discovery));
  run->finished++;
}

static gboolean
on_guard_cb (gpointer user_data)
{
  Run *run = user_data;

  run->stuck = TRUE;
  return G_SOURCE_REMOVE;
}

static Run *
run_new (const char * const *zone)
{
  Run *run = g_new0 (Run, 1);

  run->fake = mw_fake_resolver_install (zone);
  run->resolver = mw_resolver_new (TIMEOUT_MS);
  run->discovery = mw_discovery_new (run->resolver);
  run->cancellable = g_cancellable_new ();
  g_signal_connect (run->discovery, "candidates-changed",
                    G_CALLBACK (on_candidates_changed_cb), run);
  g_signal_connect (run->discovery, "better-sources-done",
                    G_CALLBACK (on_better_sources_done_cb), run);
  g_signal_connect (run->discovery, "finished", G_CALLBACK (on_finished_cb), run);
  return run;
}

static void
run_start (Run        *run,
           const char *text)
{
  g_autoptr(MwAddress) address = mw_address_parse (text, NULL);

  g_assert_nonnull (address);
  g_assert_cmpuint (mw_discovery_get_candidates (run->discovery, MW_SIDE_INCOMING)->len, ==, 0);
  mw_discovery_start (run->discovery, address, run->cancellable);
}

static void
run_until (Run   *run,
           guint *count)
{
  guint guard_id = g_timeout_add (GUARD_MS, on_guard_cb, run);

  while (*count == 0 && !run->stuck)
    g_main_context_iteration (NULL, TRUE);

  g_assert_false (run->stuck);
  g_source_remove (guard_id);
}

static void
run_free (Run *run)
{
  /* Nothing of it may live on: no look-up, no timer, no handler. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (run->discovery);
  g_object_unref (run->resolver);
  g_object_unref (run->cancellable);
  g_object_unref (run->fake);
  g_free (run);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_free)

static char *
describe (MwCandidate *candidate)
{
  g_autofree char *endpoint = mw_endpoint_to_string (mw_candidate_get_endpoint (candidate));
  guint origins = mw_candidate_get_origins (candidate);

  return g_strdup_printf ("%s %s%s%s%s",
                          mw_enum_to_nick (MW_TYPE_GRADE, mw_candidate_get_grade (candidate)),
                          endpoint,
                          origins & (1u << MW_ORIGIN_AUTOCONFIG) ? " autoconfig" : "",
                          origins & (1u << MW_ORIGIN_SRV) ? " srv" : "",
                          origins & (1u << MW_ORIGIN_GUESS) ? " guess" : "");
}

static void
assert_begins (Run                *run,
               MwSide              side,
               const char * const *wanted)
{
  GPtrArray *candidates = mw_discovery_get_candidates (run->discovery, side);

  for (guint i = 0; wanted[i] != NULL; i++)
    {
      g_autofree char *text = NULL;

      g_assert_cmpuint (candidates->len, >, i);
      text = describe (g_ptr_array_index (candidates, i));
      g_assert_cmpstr (text, ==, wanted[i]);
    }
}

static gboolean
has_service (Run        *run,
             const char *service)
{
  for (int side = MW_SIDE_INCOMING; side <= MW_SIDE_OUTGOING; side++)
    {
      GPtrArray *candidates = mw_discovery_get_candidates (run->discovery, side);

      for (guint i = 0; i < candidates->len; i++)
        {
          MwEndpoint *endpoint = mw_candidate_get_endpoint (g_ptr_array_index (candidates, i));

          if (g_str_equal (mw_endpoint_get_service (endpoint), service))
            return TRUE;
        }
    }

  return FALSE;
}

static MwSourceReport *
find_report (Run      *run,
             MwOrigin  origin)
{
  GPtrArray *reports = mw_discovery_get_reports (run->discovery);

  for (guint i = 0; i < reports->len; i++)
    {
      if (mw_source_report_get_origin (g_ptr_array_index (reports, i)) == origin)
        return g_ptr_array_index (reports, i);
    }

  g_assert_not_reached ();
}

static void
assert_report (Run             *run,
               MwOrigin         origin,
               MwSourceOutcome  outcome,
               const char      *detail)
{
  MwSourceReport *report = find_report (run, origin);

  g_assert_cmpint (mw_source_report_get_outcome (report), ==, outcome);
  g_assert_cmpstr (mw_source_report_get_detail (report), ==, detail);
  g_assert_cmpint (mw_source_report_get_elapsed_us (report), >=, 0);
}

/* --- Tables --------------------------------------------------------------- */

typedef struct {
  const char      *name;
  const char      *zone[14];
  const char      *incoming[14]; /* the list begins so */
  const char      *outgoing[8];
  const char      *absent[3];    /* services */
  gboolean         imap_holds;   /* the guess conditions, for imap. */
  MwSourceOutcome  srv;
  const char      *srv_detail;
  const char      *guess_detail;
} Case;

static const Case cases[] = {
  {
    .name = "plain",
    .zone = {
      "A imap.example.test 192.0.2.10",
      "A smtp.example.test 192.0.2.10",
      "MX example.test 10 mail.example.test",
    },
    .incoming = {
      "G imaps:imap.example.test:993 guess",
      "G imaps:mail.example.test:993 guess",
      "G imap:imap.example.test:143 guess",
      "G imap:mail.example.test:143 guess",
      "G pop3s:pop3.example.test:995 guess",
      "G pop3s:pop.example.test:995 guess",
      "G pop3s:mail.example.test:995 guess",
      "G pop3:pop3.example.test:110 guess",
      "G pop3:pop.example.test:110 guess",
      "G pop3:mail.example.test:110 guess",
      "D imaps:example.test:993 guess",
    },
    .outgoing = {
      "G submissions:smtp.example.test:465 guess",
      "G submissions:mail.example.test:465 guess",
      "G submission:smtp.example.test:587 guess",
      "G submission:mail.example.test:587 guess",
      "D submissions:example.test:465 guess",
      "D submission:example.test:587 guess",
    },
    .imap_holds = TRUE,
    .srv = MW_SOURCE_OUTCOME_NOTHING,
  },
  {
    .name = "srv-elsewhere",
    .zone = {
      "SRV imaps example.test 0 1 993 mail.hosting.test",
      "SRV submissions example.test 0 1 465 mail.hosting.test",
      "SRV submission example.test 5 1 587 mail.hosting.test",
    },
    .incoming = {
      "G imaps:imap.example.test:993 guess",
      "G imaps:mail.example.test:993 guess",
      "G imap:imap.example.test:143 guess",
      "G imap:mail.example.test:143 guess",
      "G pop3s:pop3.example.test:995 guess",
      "G pop3s:pop.example.test:995 guess",
      "G pop3s:mail.example.test:995 guess",
      "G pop3:pop3.example.test:110 guess",
      "G pop3:pop.example.test:110 guess",
      "G pop3:mail.example.test:110 guess",
      "D imaps:mail.hosting.test:993 srv",
      "D imaps:example.test:993 guess",
    },
    .outgoing = {
      "G submissions:smtp.example.test:465 guess",
      "G submissions:mail.example.test:465 guess",
      "G submission:smtp.example.test:587 guess",
      "G submission:mail.example.test:587 guess",
      "D submissions:mail.hosting.test:465 srv",
      "D submissions:example.test:465 guess",
      "D submission:mail.hosting.test:587 srv",
    },
    .imap_holds = TRUE,
    .srv = MW_SOURCE_OUTCOME_FOUND,
  },
  {
    .name = "srv-names-a-guess",
    .zone = {
      "SRV imaps example.test 0 1 993 mail.example.test",
      "SRV imaps example.test 10 1 993 imap.example.test",
    },
    .incoming = {
      "G imaps:mail.example.test:993 srv guess",
      "G imaps:imap.example.test:993 srv guess",
      "G imap:imap.example.test:143 guess",
    },
    .imap_holds = TRUE,
    .srv = MW_SOURCE_OUTCOME_FOUND,
  },
  {
    .name = "srv-guess-on-another-port",
    .zone = { "SRV imaps example.test 0 1 9930 imap.example.test" },
    .incoming = { "G imaps:imap.example.test:993 guess" },
    .imap_holds = TRUE,
    .srv = MW_SOURCE_OUTCOME_FOUND,
  },
  {
    .name = "srv-prefers-pop3",
    .zone = {
      "SRV imaps example.test 20 1 993 imap.example.test",
      "SRV pop3s example.test 10 1 995 pop.example.test",
    },
    .incoming = {
      "G pop3s:pop.example.test:995 srv guess",
      "G pop3s:pop3.example.test:995 guess",
      "G pop3s:mail.example.test:995 guess",
      "G pop3:pop.example.test:110 guess", /* the name that SRV knows */
      "G pop3:pop3.example.test:110 guess",
      "G pop3:mail.example.test:110 guess",
      "G imaps:imap.example.test:993 srv guess",
    },
    .imap_holds = TRUE,
    .srv = MW_SOURCE_OUTCOME_FOUND,
  },
  {
    .name = "srv-same-priority-is-imap",
    .zone = {
      "SRV imaps example.test 10 1 993 imap.example.test",
      "SRV pop3s example.test 10 1 995 pop.example.test",
    },
    .incoming = { "G imaps:imap.example.test:993 srv guess" },
    .imap_holds = TRUE,
    .srv = MW_SOURCE_OUTCOME_FOUND,
  },
  {
    .name = "srv-pop3-alone-is-no-preference",
    .zone = { "SRV pop3s example.test 0 1 995 pop.example.test" },
    .incoming = { "G imaps:imap.example.test:993 guess" },
    .imap_holds = TRUE,
    .srv = MW_SOURCE_OUTCOME_FOUND,
  },
  {
    .name = "srv-refuses-imap",
    .zone = {
      "SRV imaps example.test 0 0 1 .",
      "SRV imap example.test 0 0 1 .",
      "SRV pop3s example.test 0 1 995 pop.example.test",
    },
    .incoming = {
      "G pop3s:pop.example.test:995 srv guess",
      "G pop3s:pop3.example.test:995 guess",
    },
    .outgoing = { "G submissions:smtp.example.test:465 guess" },
    .absent = { "imap", "imaps" },
    .imap_holds = TRUE,
    .srv = MW_SOURCE_OUTCOME_FOUND,
    .srv_detail = "not offered: imaps, imap",
  },
  {
    .name = "wildcard",
    .zone = { "A *.example.test 192.0.2.24" },
    .incoming = { "G imaps:imap.example.test:993 guess" },
    .srv = MW_SOURCE_OUTCOME_NOTHING,
    .guess_detail = "every name under the domain resolves",
  },
  {
    .name = "mx-elsewhere",
    .zone = {
      "A imap.example.test 192.0.2.10",
      "MX example.test 10 mx.hosting.test",
      "A mx.hosting.test 192.0.2.20",
    },
    .srv = MW_SOURCE_OUTCOME_NOTHING,
    .guess_detail = "the mail exchanger is elsewhere",
  },
  {
    .name = "mx-shares-address",
    .zone = {
      "A imap.example.test 192.0.2.20",
      "MX example.test 10 mx.hosting.test",
      "A mx.hosting.test 192.0.2.20",
    },
    .imap_holds = TRUE,
    .srv = MW_SOURCE_OUTCOME_NOTHING,
    .guess_detail = "the mail exchanger is elsewhere",
  },
  {
    .name = "nxdomain",
    .incoming = { "G imaps:imap.example.test:993 guess" },
    .outgoing = { "G submissions:smtp.example.test:465 guess" },
    .imap_holds = TRUE,
    .srv = MW_SOURCE_OUTCOME_NOTHING,
  },
};

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autoptr(Run) run = run_new (test->zone);

  run_start (run, "jan@example.test");
  g_assert_cmpuint (run->changes, ==, 1);
  g_assert_cmpuint (mw_discovery_get_candidates (run->discovery, MW_SIDE_INCOMING)->len, ==, 14);
  g_assert_cmpuint (mw_discovery_get_candidates (run->discovery, MW_SIDE_OUTGOING)->len, ==, 6);
  g_assert_false (mw_discovery_get_better_sources_done (run->discovery));
  g_assert_false (mw_discovery_get_guess_conditions (run->discovery, "imap.example.test"));

  run_until (run, &run->finished);
  g_assert_cmpuint (run->finished, ==, 1);
  g_assert_cmpuint (run->better_done, ==, 1);
  g_assert_true (run->order_kept);

  assert_begins (run, MW_SIDE_INCOMING, test->incoming);
  assert_begins (run, MW_SIDE_OUTGOING, test->outgoing);
  for (gsize i = 0; test->absent[i] != NULL; i++)
    {
      g_assert_false (has_service (run, test->absent[i]));
      g_assert_true (mw_discovery_is_refused (run->discovery, test->absent[i]));
    }
  g_assert_false (mw_discovery_is_refused (run->discovery, "submissions"));

  g_assert_cmpint (mw_discovery_get_guess_conditions (run->discovery, "imap.example.test"), ==,
                   test->imap_holds);
  assert_report (run, MW_ORIGIN_SRV, test->srv, test->srv_detail);
  assert_report (run, MW_ORIGIN_GUESS, MW_SOURCE_OUTCOME_FOUND, test->guess_detail);
}

static void
test_public_suffix (void)
{
  const char *zone[] = { NULL };
  g_autoptr(Run) run = run_new (zone);

  run_start (run, "jan@co.uk");
  run_until (run, &run->finished);
  g_assert_false (mw_discovery_get_guess_conditions (run->discovery, "imap.co.uk"));
  assert_report (run, MW_ORIGIN_GUESS, MW_SOURCE_OUTCOME_FOUND, "the domain is a public suffix");
}

/* A domain whose name server never answers. */
static void
test_silent (void)
{
  const char *zone[] = { "SILENT *", NULL };
  g_autoptr(Run) run = run_new (zone);

  run_start (run, "jan@example.test");
  run_until (run, &run->finished);
  g_assert_cmpuint (run->better_done, ==, 1);
  g_assert_false (mw_discovery_get_guess_conditions (run->discovery, "imap.example.test"));
  g_assert_cmpint (mw_source_report_get_outcome (find_report (run, MW_ORIGIN_SRV)), ==,
                   MW_SOURCE_OUTCOME_TIMEOUT);
}

/* What an SRV record names can be dialled while other records are still out. */
static void
test_early (void)
{
  const char *zone[] = {
    "SRV imaps example.test 0 1 993 mail.hosting.test",
    "SILENT _pop3._tcp.example.test",
    NULL,
  };
  g_autoptr(Run) run = run_new (zone);

  run_start (run, "jan@example.test");
  run->changes = 0;
  run_until (run, &run->changes);
  g_assert_false (mw_discovery_is_finished (run->discovery));
  g_assert_cmpuint (mw_discovery_get_candidates (run->discovery, MW_SIDE_INCOMING)->len, ==, 15);
  run_until (run, &run->finished);
  assert_report (run, MW_ORIGIN_SRV, MW_SOURCE_OUTCOME_FOUND, NULL);
}

static void
test_cancelled (void)
{
  const char *zone[] = { "SILENT *", NULL };
  g_autoptr(Run) run = run_new (zone);

  run_start (run, "jan@example.test");
  g_cancellable_cancel (run->cancellable);
  run_until (run, &run->finished);
  g_assert_cmpuint (run->better_done, ==, 0);
  g_assert_cmpint (mw_source_report_get_outcome (find_report (run, MW_ORIGIN_SRV)), ==,
                   MW_SOURCE_OUTCOME_SKIPPED);
}

/* The owner may let go at any time. */
static void
test_dropped (void)
{
  const char *zone[] = { "SRV imaps example.test 0 1 993 mail.hosting.test", NULL };
  g_autoptr(MwFakeResolver) fake G_GNUC_UNUSED = mw_fake_resolver_install (zone);
  g_autoptr(MwResolver) resolver = mw_resolver_new (TIMEOUT_MS);
  g_autoptr(MwAddress) address = mw_address_parse ("jan@example.test", NULL);
  MwDiscovery *discovery = mw_discovery_new (resolver);

  g_object_add_weak_pointer (G_OBJECT (discovery), (gpointer *) &discovery);
  mw_discovery_start (discovery, address, NULL);
  g_object_unref (discovery);
  while (discovery != NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* GResolver works on ten questions at a time, so the first ten decide. */
static void
test_question_order (gconstpointer data)
{
  static const char * const wanted[] = {
    "A imap.example.test", "A smtp.example.test", "A mail.example.test",
    "AAAA imap.example.test", "AAAA smtp.example.test", "AAAA mail.example.test",
    "A autoconfig.example.test", "AAAA autoconfig.example.test",
    "SRV _imaps._tcp.example.test", "SRV _submissions._tcp.example.test",
    "MX example.test",
  };
  gboolean with_documents = GPOINTER_TO_INT (data);
  g_autoptr(MwProviderTable) nobody = mw_provider_table_new ();
  g_autoptr(MwHttpFetch) fetch = mw_http_fetch_new ();
  const char *zone[] = { "MX example.test 10 mx.hosting.test", NULL };
  g_autoptr(Run) run = run_new (zone);
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *questions;
  guint n = 0;

  mw_discovery_set_providers (run->discovery, nobody);
  if (with_documents)
    mw_discovery_set_fetch (run->discovery, fetch, TRUE);
  run_start (run, "jan@example.test");
  run_until (run, &run->finished);

  questions = mw_fake_resolver_get_questions (run->fake);
  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      if (with_documents || strstr (wanted[i], "autoconfig") == NULL)
        g_assert_cmpstr (g_ptr_array_index (questions, n++), ==, wanted[i]);
    }

  for (guint i = 0; i < questions->len; i++)
    g_assert_true (g_hash_table_add (seen, g_ptr_array_index (questions, i)));
}

static void
test_better_source (void)
{
  const char *zone[] = { NULL };
  g_autoptr(Run) run = run_new (zone);
  g_autoptr(TestSource) source = g_object_new (TEST_TYPE_SOURCE, NULL);
  const char *wanted[] = {
    "B imaps:imap.example.test:993 autoconfig guess",
    "G imaps:mail.example.test:993 guess",
    NULL,
  };
  MwCandidate *candidate;
  gint64 end;

  mw_discovery_add_source (run->discovery, MW_SOURCE (source));
  run_start (run, "jan@example.test");

  end = g_get_monotonic_time () + 100 * G_TIME_SPAN_MILLISECOND;
  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (run->better_done, ==, 0);
  assert_report (run, MW_ORIGIN_SRV, MW_SOURCE_OUTCOME_NOTHING, NULL);
  assert_report (run, MW_ORIGIN_AUTOCONFIG, MW_SOURCE_OUTCOME_PENDING, NULL);

  test_source_answer (source, "imaps:imap.example.test");
  run_until (run, &run->finished);
  g_assert_cmpuint (run->better_done, ==, 1);
  assert_begins (run, MW_SIDE_INCOMING, wanted);
  candidate = g_ptr_array_index (mw_discovery_get_candidates (run->discovery, MW_SIDE_INCOMING), 0);
  g_assert_cmpstr (mw_candidate_get_user_names (candidate)[0], ==, "jan");
  g_assert_null (mw_candidate_get_user_names (candidate)[1]);
}

static void
test_better_source_late (void)
{
  const char *zone[] = { NULL };
  g_autoptr(Run) run = run_new (zone);
  g_autoptr(TestSource) source = g_object_new (TEST_TYPE_SOURCE, NULL);
  gint64 start = g_get_monotonic_time ();

  mw_discovery_add_source (run->discovery, MW_SOURCE (source));
  run_start (run, "jan@example.test");
  run_until (run, &run->better_done);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 2400 * G_TIME_SPAN_MILLISECOND);
  g_assert_false (mw_discovery_is_finished (run->discovery));

  test_source_answer (source, "imaps:imap.example.test");
  run_until (run, &run->finished);
  g_assert_cmpuint (run->better_done, ==, 1);
}

/* The domain's own document is one of those that are waited for. */
static void
test_better_source_pacc (void)
{
  const char *zone[] = { "SILENT TXT _ua-auto-config.example.test",
                         "SILENT A ua-auto-config.example.test",
                         "SILENT AAAA ua-auto-config.example.test", NULL };
  g_autoptr(Run) run = run_new (zone);
  g_autoptr(MwHttpFetch) fetch = mw_http_fetch_new ();

  mw_discovery_set_fetch (run->discovery, fetch, FALSE);
  run_start (run, "jan@example.test");
  run_until (run, &run->better_done);
  g_assert_cmpint (mw_source_report_get_outcome (find_report (run, MW_ORIGIN_PACC)), ==,
                   MW_SOURCE_OUTCOME_TIMEOUT);
  run_until (run, &run->finished);
  mw_http_fetch_stop (fetch);
}

/* Every source has its row from the start, and it stays where it is. */
static void
test_reports (void)
{
  static const MwOrigin order[] = {
    MW_ORIGIN_AUTOCONFIG, MW_ORIGIN_ISPDB, MW_ORIGIN_SRV, MW_ORIGIN_GUESS,
  };
  const char *zone[] = { "SRV imaps example.test 0 1 993 a.test",
                         "SRV imap example.test 0 1 143 a.test",
                         "SRV submissions example.test 0 1 465 b.test", NULL };
  g_autoptr(Run) run = run_new (zone);
  g_autoptr(TestSource) source = g_object_new (TEST_TYPE_SOURCE, NULL);
  GPtrArray *reports = mw_discovery_get_reports (run->discovery);

  mw_discovery_add_source (run->discovery, MW_SOURCE (source));
  mw_discovery_skip_source (run->discovery, MW_ORIGIN_ISPDB, MW_GRADE_C,
                            MW_OUTCOME_CONSENT_NEEDED);
  run_start (run, "jan@example.test");
  for (int finished = 0; finished < 2; finished++)
    {
      g_assert_cmpuint (reports->len, ==, G_N_ELEMENTS (order));
      for (guint i = 0; i < reports->len; i++)
        {
          MwSourceReport *report = g_ptr_array_index (reports, i);

          g_assert_cmpint (mw_source_report_get_origin (report), ==, order[i]);
          g_assert_cmpint (mw_source_report_get_outcome (report) == MW_SOURCE_OUTCOME_PENDING,
                           ==, !finished && order[i] != MW_ORIGIN_ISPDB);
        }
      if (finished)
        break;
      test_source_answer (source, "imaps:imap.example.test");
      run_until (run, &run->finished);
    }

  assert_report (run, MW_ORIGIN_ISPDB, MW_SOURCE_OUTCOME_SKIPPED, NULL);
  g_assert_cmpint (mw_source_report_get_cause (find_report (run, MW_ORIGIN_ISPDB)), ==,
                   MW_OUTCOME_CONSENT_NEEDED);
  g_assert_cmpuint (mw_source_report_get_n_servers (find_report (run, MW_ORIGIN_SRV)), ==, 3);
  g_assert_cmpuint (mw_source_report_get_n_servers (find_report (run, MW_ORIGIN_GUESS)), ==, 0);
  g_assert_cmpuint (mw_discovery_get_conflicts (run->discovery)->len, ==, 0);
}

static void
test_failed_source (void)
{
  const char *zone[] = { NULL };
  g_autoptr(Run) run = run_new (zone);
  g_autoptr(TestSource) source = g_object_new (TEST_TYPE_SOURCE, NULL);
  g_autoptr(GTask) task = NULL;

  mw_discovery_add_source (run->discovery, MW_SOURCE (source));
  run_start (run, "jan@example.test");
  task = g_steal_pointer (&source->task);
  g_task_return_new_error (task, MW_PROBE_ERROR, MW_OUTCOME_CERT_NAME, "another name");
  run_until (run, &run->finished);

  assert_report (run, MW_ORIGIN_AUTOCONFIG, MW_SOURCE_OUTCOME_FAILED, "another name");
  g_assert_cmpint (mw_source_report_get_cause (find_report (run, MW_ORIGIN_AUTOCONFIG)), ==,
                   MW_OUTCOME_CERT_NAME);
}

static void
test_conflict (void)
{
  const char *zone[] = { NULL };
  g_autoptr(Run) run = run_new (zone);
  g_autoptr(TestSource) first = g_object_new (TEST_TYPE_SOURCE, NULL);
  g_autoptr(TestSource) second = g_object_new (TEST_TYPE_SOURCE, NULL);
  GPtrArray *conflicts;
  GPtrArray *candidates;
  g_autofree char *said = NULL;

  second->origin = MW_ORIGIN_ISPDB;
  second->grade = MW_GRADE_C;
  mw_discovery_add_source (run->discovery, MW_SOURCE (first));
  mw_discovery_add_source (run->discovery, MW_SOURCE (second));
  run_start (run, "jan@example.test");
  test_source_answer (second, "imaps:b.test");
  test_source_answer (first, "imaps:a.test");
  run_until (run, &run->finished);

  conflicts = mw_discovery_get_conflicts (run->discovery);
  g_assert_cmpuint (conflicts->len, ==, 1);
  candidates = mw_conflict_get_candidates (g_ptr_array_index (conflicts, 0));
  g_assert_cmpuint (candidates->len, ==, 2);
  said = describe (g_ptr_array_index (candidates, 0));
  g_assert_cmpstr (said, ==, "B imaps:a.test:993 autoconfig");
}

static guint
count_reports (Run      *run,
               MwOrigin  origin)
{
  GPtrArray *reports = mw_discovery_get_reports (run->discovery);
  guint count = 0;

  for (guint i = 0; i < reports->len; i++)
    {
      if (mw_source_report_get_origin (g_ptr_array_index (reports, i)) == origin)
        count++;
    }

  return count;
}

/* Sources of one name are one for whoever reads the list. */
static void
test_joined_reports (void)
{
  const char *zone[] = { NULL };
  g_autoptr(Run) run = run_new (zone);
  g_autoptr(TestSource) first = g_object_new (TEST_TYPE_SOURCE, NULL);
  g_autoptr(TestSource) second = g_object_new (TEST_TYPE_SOURCE, NULL);
  MwSourceReport *report;

  mw_discovery_add_source (run->discovery, MW_SOURCE (first));
  mw_discovery_add_source (run->discovery, MW_SOURCE (second));
  run_start (run, "jan@example.test");
  test_source_answer (second, "imaps:imap.hosting.test");
  run_until (run, &run->changes);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  report = find_report (run, MW_ORIGIN_AUTOCONFIG);
  g_assert_cmpint (mw_source_report_get_outcome (report), ==, MW_SOURCE_OUTCOME_PENDING);

  g_task_return_new_error (first->task, MW_PROBE_ERROR, MW_OUTCOME_TLS_FAILED, "No");
  g_clear_object (&first->task);
  run_until (run, &run->finished);
  g_assert_cmpuint (count_reports (run, MW_ORIGIN_AUTOCONFIG), ==, 1);
  report = find_report (run, MW_ORIGIN_AUTOCONFIG);
  g_assert_cmpint (mw_source_report_get_outcome (report), ==, MW_SOURCE_OUTCOME_FOUND);
  g_assert_cmpint (mw_source_report_get_cause (report), ==, MW_OUTCOME_WORKS);
  g_assert_cmpint (mw_source_report_get_grade (report), ==, MW_GRADE_B);
  g_assert_cmpstr (mw_source_report_get_detail (report), ==, "No");
}

static void
test_offline (void)
{
  const char *zone[] = { "A imap.example.test 192.0.2.10", NULL };
  const char data[] = "[a]\nName=A\nGrade=A\nDomains=example.test;\n"
                      "Imap=mail.hosting.test:993:tls;\nSource=ispdb;\n";
  const char *wanted[] = { "A imaps:mail.hosting.test:993", NULL };
  g_autoptr(Run) run = run_new (zone);
  g_autoptr(MwProviderTable) providers = mw_provider_table_new ();

  g_assert_true (mw_provider_table_add (providers, data, sizeof data - 1, TRUE, NULL));
  mw_discovery_set_providers (run->discovery, providers);
  mw_discovery_set_offline (run->discovery, TRUE);
  run_start (run, "jan@example.test");
  run_until (run, &run->finished);

  g_assert_cmpuint (mw_fake_resolver_get_n_questions (run->fake), ==, 0);
  assert_begins (run, MW_SIDE_INCOMING, wanted);
  g_assert_false (has_service (run, "imap"));
  assert_report (run, MW_ORIGIN_PROVIDER, MW_SOURCE_OUTCOME_FOUND, "A");
  assert_report (run, MW_ORIGIN_MX, MW_SOURCE_OUTCOME_SKIPPED, NULL);
  assert_report (run, MW_ORIGIN_SRV, MW_SOURCE_OUTCOME_SKIPPED, NULL);
  assert_report (run, MW_ORIGIN_GUESS, MW_SOURCE_OUTCOME_SKIPPED, NULL);
}

/* What the domain does not offer is not guessed by its mail exchanger either. */
static void
test_mx_guesses (void)
{
  const char *zone[] = {
    "MX example.test 10 mx.hosting.test",
    "SRV imap example.test 0 0 0 .",
    NULL,
  };
  const char *incoming[] = {
    "G imaps:imap.example.test:993 guess",
    "G imaps:mail.example.test:993 guess",
    NULL,
  };
  g_autoptr(Run) run = run_new (zone);
  g_autoptr(MwProviderTable) nobody = mw_provider_table_new ();
  guint n_by_mx = 0;

  mw_discovery_set_providers (run->discovery, nobody);
  run_start (run, "jan@example.test");
  run_until (run, &run->finished);

  assert_begins (run, MW_SIDE_INCOMING, incoming);
  for (int side = MW_SIDE_INCOMING; side <= MW_SIDE_OUTGOING; side++)
    {
      GPtrArray *candidates = mw_discovery_get_candidates (run->discovery, side);

      for (guint i = 0; i < candidates->len; i++)
        n_by_mx += (mw_candidate_get_origins (candidates->pdata[i]) & 1u << MW_ORIGIN_MX) != 0;
    }

  /* Three hosts for each side; IMAP only by TLS. */
  g_assert_cmpuint (n_by_mx, ==, 3 + 6);
  g_assert_true (has_service (run, "imaps"));
  g_assert_false (has_service (run, "imap"));
  assert_report (run, MW_ORIGIN_MX, MW_SOURCE_OUTCOME_FOUND,
                 "mx.hosting.test: usual names of hosting.test");
  g_assert_cmpint (mw_source_report_get_grade (find_report (run, MW_ORIGIN_MX)), ==, MW_GRADE_D);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/discovery/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/discovery/public-suffix", test_public_suffix);
  g_test_add_func ("/discovery/silent", test_silent);
  g_test_add_func ("/discovery/early", test_early);
  g_test_add_func ("/discovery/cancelled", test_cancelled);
  g_test_add_func ("/discovery/dropped", test_dropped);
  g_test_add_data_func ("/discovery/question-order/names", GINT_TO_POINTER (FALSE),
                        test_question_order);
  g_test_add_data_func ("/discovery/question-order/documents", GINT_TO_POINTER (TRUE),
                        test_question_order);
  g_test_add_func ("/discovery/better-source/in-time", test_better_source);
  g_test_add_func ("/discovery/better-source/late", test_better_source_late);
  g_test_add_func ("/discovery/better-source/pacc", test_better_source_pacc);
  g_test_add_func ("/discovery/reports", test_reports);
  g_test_add_func ("/discovery/failed-source", test_failed_source);
  g_test_add_func ("/discovery/conflict", test_conflict);
  g_test_add_func ("/discovery/joined-reports", test_joined_reports);
  g_test_add_func ("/discovery/offline", test_offline);
  g_test_add_func ("/discovery/mx-guesses", test_mx_guesses);

  return g_test_run ();
}
