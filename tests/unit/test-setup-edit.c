/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gstdio.h>

#include "setup/mw-engine-private.h"
#include "setup/mw-setup-edit.h"
#include "store/mw-secret-store-memory.h"

#define IN (1u << MW_SIDE_INCOMING)
#define OUT (1u << MW_SIDE_OUTGOING)

static MwProfile *
make_profile (void)
{
  g_autoptr(MwEndpoint) imap = mw_endpoint_parse ("imaps:imap.example.test");
  g_autoptr(MwEndpoint) smtp = mw_endpoint_parse ("submissions:smtp.example.test");
  MwProfile *profile = mw_profile_new ();

  profile->address = g_strdup ("jan@example.test");
  profile->label = g_strdup ("Work");
  profile->sender_name = g_strdup ("Jan");
  profile->incoming = mw_service_new (imap, "jan@example.test", MW_AUTH_PLAIN, NULL);
  profile->outgoing = mw_service_new (smtp, "jan@example.test", MW_AUTH_PLAIN, NULL);
  profile->notifications = TRUE;
  profile->leave_on_server = TRUE;
  profile->state = MW_OUTCOME_WORKS;
  profile->last_checked = 1234567;
  return profile;
}

static void
change_server (MwProfile  *profile,
               MwSide      side,
               const char *server)
{
  g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse (server);
  MwService **service = side == MW_SIDE_INCOMING ? &profile->incoming : &profile->outgoing;
  g_autoptr(MwService) former = *service;

  *service = mw_service_new (endpoint, former != NULL ? former->user_name : "jan@example.test",
                             MW_AUTH_PLAIN, NULL);
}

static void
set_user_name (MwService  *service,
               const char *user_name)
{
  g_free (service->user_name);
  service->user_name = g_strdup (user_name);
}

/* What is changed, by name. */
static void
change (const char *what,
        MwProfile  *saved,
        MwProfile  *edited)
{
  if (g_str_equal (what, "words"))
    {
      g_free (edited->label);
      edited->label = g_strdup ("Other");
      edited->signature = g_strdup ("Regards");
      edited->description = g_strdup ("Mine");
      edited->is_default = TRUE;
      edited->notifications = FALSE;
      edited->leave_on_server = FALSE;
      edited->delete_after_days = 3;
    }
  else if (g_str_equal (what, "incoming-port"))
    change_server (edited, MW_SIDE_INCOMING, "imap:imap.example.test");
  else if (g_str_equal (what, "protocol"))
    change_server (edited, MW_SIDE_INCOMING, "pop3s:pop3.example.test");
  else if (g_str_equal (what, "outgoing-server"))
    change_server (edited, MW_SIDE_OUTGOING, "submissions:mail.example.test");
  else if (g_str_equal (what, "incoming-user"))
    set_user_name (edited->incoming, "jan");
  else if (g_str_equal (what, "outgoing-user"))
    set_user_name (edited->outgoing, "jan");
  else if (g_str_equal (what, "auth"))
    edited->outgoing->auth = MW_AUTH_CRAM_MD5;
  else if (g_str_equal (what, "open"))
    edited->outgoing->auth = MW_AUTH_NONE;
  else if (g_str_equal (what, "pin"))
    edited->incoming->pin = g_strnfill (64, 'a');
  else if (g_str_equal (what, "receive-only"))
    g_clear_pointer (&edited->outgoing, mw_service_free);
  else if (g_str_equal (what, "sends-again"))
    g_clear_pointer (&saved->outgoing, mw_service_free);
  else if (g_str_equal (what, "own"))
    edited->own_credentials = TRUE;
  else if (g_str_equal (what, "both-own"))
    edited->own_credentials = saved->own_credentials = TRUE;
  else if (g_str_equal (what, "was-own"))
    saved->own_credentials = TRUE;
  else if (g_str_equal (what, "never-proved"))
    saved->state = MW_OUTCOME_PENDING;
  else if (g_str_equal (what, "refused"))
    saved->state = MW_OUTCOME_BAD_CREDENTIALS;
  else if (g_str_equal (what, "address"))
    {
      g_free (edited->address);
      edited->address = g_strdup ("anna@example.test");
    }
  else
    g_assert_cmpstr (what, ==, "nothing");
}

static const struct {
  const char *what[2];
  guint       passwords;
  guint       unproved;
} rows[] = {
  { { "nothing" }, 0, 0 },
  { { "words" }, 0, 0 },
  { { "words", "refused" }, 0, 0 },
  { { "words", "never-proved" }, 0, 0 },
  { { "incoming-port" }, 0, IN },
  { { "protocol" }, 0, IN },
  { { "outgoing-server" }, 0, OUT },
  { { "incoming-port", "outgoing-server" }, 0, IN | OUT },
  { { "incoming-user" }, 0, IN },
  { { "outgoing-user" }, 0, OUT },
  { { "auth" }, 0, OUT },
  { { "open" }, 0, OUT },
  { { "pin" }, 0, IN },
  { { "receive-only" }, 0, 0 },
  { { "receive-only", "incoming-port" }, 0, IN },
  { { "sends-again" }, 0, OUT },
  { { "nothing" }, IN, IN | OUT },
  { { "open" }, IN, IN | OUT },
  { { "receive-only" }, IN, IN },
  { { "own" }, OUT, OUT },
  { { "own" }, IN, IN | OUT },
  { { "both-own" }, IN, IN },
  { { "both-own" }, OUT, OUT },
  { { "both-own" }, IN | OUT, IN | OUT },
  { { "was-own" }, 0, OUT },
  { { "nothing" }, OUT, 0 },
  { { "outgoing-server", "refused" }, 0, IN | OUT },
  { { "incoming-port", "never-proved" }, 0, IN | OUT },
  { { "address" }, 0, IN | OUT },
  { { "address", "receive-only" }, 0, IN },
};

static void
test_unproved (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(MwProfile) saved = make_profile ();
      g_autoptr(MwProfile) edited = mw_profile_copy (saved);
      guint unproved;

      for (gsize j = 0; j < 2 && rows[i].what[j] != NULL; j++)
        change (rows[i].what[j], saved, edited);
      /* Without a log-in the password does not go to the outgoing server. */
      unproved = mw_setup_edit_find_unproved (saved, edited, rows[i].passwords);
      if (unproved != rows[i].unproved)
        g_error ("row %" G_GSIZE_FORMAT " (%s): %u instead of %u", i, rows[i].what[0], unproved,
                 rows[i].unproved);
    }
}

static void
test_new_account (void)
{
  g_autoptr(MwProfile) edited = make_profile ();

  g_assert_cmpuint (mw_setup_edit_find_unproved (NULL, edited, 0), ==, IN | OUT);
  g_clear_pointer (&edited->outgoing, mw_service_free);
  g_assert_cmpuint (mw_setup_edit_find_unproved (NULL, edited, 0), ==, IN);
}

typedef struct {
  char          *folder;
  MwSecretStore *keyring;
  MwEngine      *engine;
  MwSetup       *setup;
  MwProfile     *saved;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("mailwright-XXXXXX", NULL);
  fixture->keyring = mw_secret_store_memory_new ();
  fixture->engine = mw_engine_new_with_store (fixture->folder, fixture->keyring);
  fixture->setup = mw_setup_new (fixture->engine);
  fixture->saved = make_profile ();
  mw_setup_open_profile (fixture->setup, fixture->saved);
}

static void
remove_folder (const char *path)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_folder (child);
    }
  g_remove (path);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->setup);
  g_object_unref (fixture->engine);
  g_object_unref (fixture->keyring);
  mw_profile_unref (fixture->saved);
  remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static void
set_server (Fixture    *fixture,
            MwSide      side,
            const char *server)
{
  g_autoptr(GPtrArray) endpoints = NULL;

  endpoints = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_endpoint_unref);
  g_ptr_array_add (endpoints, mw_endpoint_parse (server));
  mw_setup_set_servers (fixture->setup, side, endpoints);
}

static void
keep_result_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static MwProfile *
save (Fixture *fixture)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  MwProfile *profile;

  mw_setup_save_async (fixture->setup, TRUE, NULL, keep_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  profile = mw_setup_save_finish (fixture->setup, result, &error);
  g_assert_no_error (error);
  return profile;
}

static void
assert_kept (Fixture    *fixture,
             MwProfile  *profile,
             MwSide      side,
             const char *password)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(MwSecret) kept = NULL;
  g_autoptr(MwSecret) wanted = password != NULL ? mw_secret_new (password, -1) : NULL;

  mw_secret_store_lookup_async (fixture->keyring, profile, side, NULL, keep_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  kept = mw_secret_store_lookup_finish (fixture->keyring, result, NULL);
  g_assert_true (wanted != NULL ? kept != NULL && mw_secret_equal (kept, wanted) : kept == NULL);
}

/* A password out of the keyring is no change, one that is typed is. */
static void
test_passwords (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(MwSecret) kept = mw_secret_new ("kept", -1);
  g_autoptr(MwSecret) typed = mw_secret_new ("typed", -1);

  mw_setup_set_kept_password (fixture->setup, MW_SIDE_INCOMING, kept);
  g_assert_true (mw_setup_has_password (fixture->setup, MW_SIDE_INCOMING));
  g_assert_cmpuint (mw_setup_keep_proofs (fixture->setup), ==, 0);
  g_assert_false (mw_setup_is_changed (fixture->setup));

  mw_setup_set_password (fixture->setup, MW_SIDE_INCOMING, typed);
  g_assert_cmpuint (mw_setup_keep_proofs (fixture->setup), ==, IN | OUT);
  g_assert_true (mw_setup_is_changed (fixture->setup));

  /* What was typed is not replaced, and forgetting it takes it back. */
  mw_setup_set_kept_password (fixture->setup, MW_SIDE_INCOMING, kept);
  g_assert_true (mw_setup_is_changed (fixture->setup));
  mw_setup_set_password (fixture->setup, MW_SIDE_INCOMING, NULL);
  g_assert_false (mw_setup_is_changed (fixture->setup));
}

/* What was typed is kept, not what was in the keyring. */
static void
test_typed_is_kept (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(MwSecret) kept = mw_secret_new ("kept", -1);
  g_autoptr(MwSecret) typed = mw_secret_new ("typed", -1);
  g_autoptr(MwProfile) profile = NULL;

  mw_setup_set_password (fixture->setup, MW_SIDE_INCOMING, typed);
  mw_setup_set_kept_password (fixture->setup, MW_SIDE_INCOMING, kept);
  profile = save (fixture);
  assert_kept (fixture, profile, MW_SIDE_INCOMING, "typed");
}

/* The password for sending goes to the keyring without the one for receiving. */
static void
test_own_password (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(MwSecret) typed = mw_secret_new ("typed", -1);
  g_autoptr(MwProfile) profile = NULL;

  fixture->saved->own_credentials = TRUE;
  mw_setup_open_profile (fixture->setup, fixture->saved);
  mw_setup_set_password (fixture->setup, MW_SIDE_OUTGOING, typed);
  g_assert_cmpuint (mw_setup_keep_proofs (fixture->setup), ==, OUT);
  g_assert_false (mw_setup_needs_password (fixture->setup));
  profile = save (fixture);
  assert_kept (fixture, profile, MW_SIDE_OUTGOING, "typed");
  assert_kept (fixture, profile, MW_SIDE_INCOMING, NULL);
}

/* One that only sending needed goes when nothing is sent with it any more. */
static void
test_forgotten_password (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr(MwSecret) typed = mw_secret_new ("typed", -1);
  g_autoptr(MwProfile) own = NULL;
  g_autoptr(MwProfile) receiving = NULL;

  fixture->saved->own_credentials = TRUE;
  mw_setup_open_profile (fixture->setup, fixture->saved);
  mw_setup_set_password (fixture->setup, MW_SIDE_OUTGOING, typed);
  own = save (fixture);
  assert_kept (fixture, own, MW_SIDE_OUTGOING, "typed");

  mw_setup_open_profile (fixture->setup, own);
  mw_setup_set_servers (fixture->setup, MW_SIDE_OUTGOING, NULL);
  g_object_set (fixture->setup, "receive-only", TRUE, NULL);
  g_assert_cmpuint (mw_setup_keep_proofs (fixture->setup), ==, 0);
  receiving = save (fixture);
  g_assert_null (receiving->outgoing);
  assert_kept (fixture, own, MW_SIDE_OUTGOING, NULL);
}

static void
test_change_and_back (Fixture       *fixture,
                      gconstpointer  data)
{
  set_server (fixture, MW_SIDE_OUTGOING, "submissions:mail.example.test");
  g_assert_cmpuint (mw_setup_keep_proofs (fixture->setup), ==, OUT);
  g_assert_nonnull (mw_setup_get_verdict (fixture->setup, MW_SIDE_INCOMING));
  g_assert_false (mw_setup_needs_password (fixture->setup));
  g_assert_null (mw_setup_get_verdict (fixture->setup, MW_SIDE_OUTGOING));
  g_assert_true (mw_setup_is_changed (fixture->setup));

  set_server (fixture, MW_SIDE_OUTGOING, "submissions:smtp.example.test");
  g_assert_cmpuint (mw_setup_keep_proofs (fixture->setup), ==, 0);
  g_assert_false (mw_setup_is_changed (fixture->setup));
}

static void
test_words (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(MwProfile) edited = NULL;

  g_object_set (fixture->setup, "signature", "", "description", "", NULL);
  g_assert_false (mw_setup_is_changed (fixture->setup));
  g_object_set (fixture->setup, "signature", "Regards", NULL);
  g_assert_true (mw_setup_is_changed (fixture->setup));
  g_assert_cmpuint (mw_setup_keep_proofs (fixture->setup), ==, 0);
  edited = mw_setup_make_profile (fixture->setup);
  g_assert_cmpint (edited->last_checked, ==, 1234567);
  g_assert_cmpint (edited->incoming->auth, ==, MW_AUTH_PLAIN);
}

/* Another address is another account, and the former one comes back with its
 * address. */
static void
test_address (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(MwProfile) other = NULL;
  g_autoptr(MwProfile) again = NULL;

  g_assert_false (mw_setup_is_other_address (fixture->setup));
  g_assert_true (mw_setup_set_address (fixture->setup, "anna@example.test", TRUE, NULL));
  g_assert_true (mw_setup_is_other_address (fixture->setup));
  g_assert_cmpuint (mw_setup_keep_proofs (fixture->setup), ==, IN | OUT);
  g_assert_true (mw_setup_needs_password (fixture->setup));
  other = mw_setup_make_profile (fixture->setup);
  g_assert_cmpstr (other->id, !=, fixture->saved->id);

  g_assert_true (mw_setup_set_address (fixture->setup, "jan@example.test", TRUE, NULL));
  g_assert_false (mw_setup_is_other_address (fixture->setup));
  again = mw_setup_make_profile (fixture->setup);
  g_assert_cmpstr (again->id, ==, fixture->saved->id);
  g_assert_cmpuint (mw_setup_keep_proofs (fixture->setup), ==, 0);
}

/* The way of receiving that was left can be gone back to. */
static void
test_alternative (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(MwProfile) pop = NULL;
  MwService *former;

  g_assert_cmpuint (fixture->saved->alternatives->len, ==, 0);
  set_server (fixture, MW_SIDE_INCOMING, "pop3s:pop3.example.test");
  pop = mw_setup_make_profile (fixture->setup);
  g_assert_cmpuint (pop->alternatives->len, ==, 1);
  former = g_ptr_array_index (pop->alternatives, 0);
  g_assert_true (mw_endpoint_equal (former->endpoint, fixture->saved->incoming->endpoint));
}

static void
test_duplicate (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(MwSetup) copy = mw_setup_new (fixture->engine);
  g_autoptr(MwProfile) profile = NULL;

  fixture->saved->is_default = TRUE;
  fixture->saved->signature = g_strdup ("Regards");
  mw_setup_duplicate_profile (copy, fixture->saved);
  g_assert_null (mw_setup_get_address (copy));
  g_assert_null (mw_setup_get_user_name (copy, MW_SIDE_INCOMING));
  g_assert_null (mw_setup_get_user_name (copy, MW_SIDE_OUTGOING));
  g_assert_false (mw_setup_has_password (copy, MW_SIDE_INCOMING));

  g_assert_true (mw_setup_set_address (copy, "anna@example.test", TRUE, NULL));
  profile = mw_setup_make_profile (copy);
  g_assert_cmpstr (profile->id, !=, fixture->saved->id);
  g_assert_cmpstr (profile->label, ==, "anna@example.test");
  g_assert_cmpstr (profile->signature, ==, "Regards");
  g_assert_cmpstr (profile->incoming->user_name, ==, "anna@example.test");
  g_assert_true (mw_endpoint_equal (profile->incoming->endpoint,
                                    fixture->saved->incoming->endpoint));
  g_assert_true (mw_endpoint_equal (profile->outgoing->endpoint,
                                    fixture->saved->outgoing->endpoint));
  g_assert_false (profile->is_default);
}

static void
add (const char *name,
     void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/setup-edit/", name, NULL);

  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/setup-edit/unproved", test_unproved);
  g_test_add_func ("/setup-edit/new-account", test_new_account);
  add ("passwords", test_passwords);
  add ("typed-is-kept", test_typed_is_kept);
  add ("own-password", test_own_password);
  add ("forgotten-password", test_forgotten_password);
  add ("change-and-back", test_change_and_back);
  add ("words", test_words);
  add ("address", test_address);
  add ("alternative", test_alternative);
  add ("duplicate", test_duplicate);

  return g_test_run ();
}
