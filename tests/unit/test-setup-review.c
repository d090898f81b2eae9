/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-setup-review.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/mw-host-policy.h"
#include "setup/mw-engine-private.h"
#include "setup/mw-setup-private.h"
#include "store/mw-secret-store-memory.h"

typedef struct {
  char          *folder;
  MwSecretStore *keyring;
  MwEngine      *engine;
  MwSetup       *setup;
} Fixture;

static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("mailwright-XXXXXX", NULL);
  fixture->keyring = mw_secret_store_memory_new ();
  fixture->engine = mw_engine_new_with_store (fixture->folder, fixture->keyring);
  fixture->setup = mw_setup_new (fixture->engine);
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  g_object_unref (fixture->setup);
  g_object_unref (fixture->engine);
  g_object_unref (fixture->keyring);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

static MwInspection *
inspect (const char *text,
         const char *typed)
{
  g_autoptr(GBytes) content = g_bytes_new (text, strlen (text));
  g_autoptr(MwAddress) address = typed != NULL ? mw_address_parse (typed, NULL) : NULL;

  return mw_inspection_new (content, address);
}

static const struct {
  const char *text;
  const char *typed;
  gboolean    needed;
} questions[] = {
  { "mailto-setup:jan@gmail.com?in=imaps:imap.gmail.com&out=submissions:smtp.gmail.com", NULL,
    FALSE },
  { "mailto-setup:jan@gmail.com?in=imaps:imap.gmail.com&out=submissions:smtp.evil.test", NULL,
    TRUE },
  { "mailto-setup:jan@gmail.com?in=imaps:imap.evil.test&out=submissions:smtp.gmail.com", NULL,
    TRUE },
  { "mailto-setup:jan@gmail.com?out=submission:evil.imap.gmail.com", NULL, TRUE },
  { "mailto-setup:jan@example.test?in=imaps:imap.gmail.com", NULL, TRUE },
  { "mailto-setup:?in=imaps:imap.gmail.com", NULL, TRUE },
  { "mailto-setup:?in=imaps:imap.gmail.com", "jan@gmail.com", FALSE },
  { "mailto-setup:@gmail.com?in=imaps:imap.gmail.com", "jan@gmail.com", FALSE },
  { "mailto-setup:@gmail.com?in=imaps:imap.gmail.com", "jan@example.test", TRUE },
  { "mailto-setup:jan@example.test", NULL, FALSE },
};

static void
test_question (Fixture       *fixture,
               gconstpointer  data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autoptr(MwInspection) inspection = inspect (questions[i].text, questions[i].typed);

      g_test_message ("%s %s", questions[i].text, questions[i].typed);
      g_assert_cmpint (inspection->refusal, ==, MW_INSPECTION_REFUSAL_NONE);
      g_assert_cmpint (mw_setup_review_needs_consent (fixture->engine, inspection), ==,
                       questions[i].needed);
    }
}

static MwHostDecision
decide (Fixture      *fixture,
        MwInspection *inspection,
        guint         i)
{
  return mw_setup_decide_host (inspection->candidates->pdata[i], NULL, FALSE, fixture->setup);
}

/* Each server by itself, in both directions, and the yes goes with the link. */
static void
test_yes (Fixture       *fixture,
          gconstpointer  data)
{
  g_autoptr(MwInspection) inspection =
    inspect ("mailto-setup:jan@example.test?in=imaps:a.test&in=imaps:b.test:2993&"
             "out=submissions:c.test", NULL);
  g_autoptr(MwInspection) other = inspect ("mailto-setup:jan@example.test?in=imaps:d.test", NULL);

  g_assert_true (mw_setup_set_address (fixture->setup, "jan@example.test", TRUE, NULL));
  mw_setup_take_inspection (fixture->setup, inspection, FALSE);
  g_assert_cmpint (decide (fixture, inspection, 0), ==, MW_HOST_DECISION_ASK);
  g_assert_cmpint (decide (fixture, inspection, 1), ==, MW_HOST_DECISION_REFUSE);
  g_assert_cmpint (decide (fixture, inspection, 2), ==, MW_HOST_DECISION_ASK);

  mw_setup_take_inspection (fixture->setup, inspection, TRUE);
  g_assert_cmpint (decide (fixture, inspection, 0), ==, MW_HOST_DECISION_SILENT);
  /* An unusual port stays one. */
  g_assert_cmpint (decide (fixture, inspection, 1), ==, MW_HOST_DECISION_REFUSE);
  g_assert_cmpint (decide (fixture, inspection, 2), ==, MW_HOST_DECISION_SILENT);
  g_assert_cmpint (decide (fixture, other, 0), ==, MW_HOST_DECISION_ASK);

  mw_setup_take_inspection (fixture->setup, other, FALSE);
  g_assert_cmpint (decide (fixture, inspection, 0), ==, MW_HOST_DECISION_ASK);
}

static void
test_domain (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(MwInspection) whole = inspect ("mailto-setup:@example.test", "jan@example.test");
  g_autoptr(MwInspection) provider = inspect ("mailto-setup:?in=imaps:a.test", "jan@example.test");

  g_assert_true (mw_setup_set_address (fixture->setup, "jan@example.test", TRUE, NULL));
  mw_setup_take_inspection (fixture->setup, provider, FALSE);
  g_assert_true (fixture->setup->domain_typed);
  mw_setup_take_inspection (fixture->setup, whole, FALSE);
  g_assert_false (fixture->setup->domain_typed);
  g_assert_true (mw_setup_has_inspection (fixture->setup));
}

static void
test_name (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(MwInspection) named =
    inspect ("mailto-setup:jan@example.test?acct=Work&name=Boss&prov=Bank", NULL);
  g_autoptr(MwInspection) unnamed = inspect ("mailto-setup:jan@example.test?prov=Bank", NULL);
  g_autofree char *taken = NULL;
  g_autofree char *sender = NULL;
  g_autofree char *none = NULL;
  g_autofree char *own = NULL;

  g_assert_true (mw_setup_set_address (fixture->setup, "jan@example.test", FALSE, NULL));
  mw_setup_take_inspection (fixture->setup, named, FALSE);
  g_object_get (fixture->setup, "label", &taken, "sender-name", &sender, NULL);
  g_assert_cmpstr (taken, ==, "Work");
  /* It would stand on the page with the password. */
  g_assert_null (sender);

  mw_setup_take_inspection (fixture->setup, unnamed, FALSE);
  g_object_get (fixture->setup, "label", &none, NULL);
  g_assert_null (none);

  g_object_set (fixture->setup, "label", "My own", NULL);
  mw_setup_take_inspection (fixture->setup, named, FALSE);
  mw_setup_drop_inspection (fixture->setup);
  g_object_get (fixture->setup, "label", &own, NULL);
  g_assert_cmpstr (own, ==, "My own");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/setup-review/question", Fixture, NULL,
              fixture_set_up, test_question, fixture_tear_down);
  g_test_add ("/setup-review/yes", Fixture, NULL, fixture_set_up, test_yes, fixture_tear_down);
  g_test_add ("/setup-review/domain", Fixture, NULL,
              fixture_set_up, test_domain, fixture_tear_down);
  g_test_add ("/setup-review/name", Fixture, NULL, fixture_set_up, test_name, fixture_tear_down);

  return g_test_run ();
}
