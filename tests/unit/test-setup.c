/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gstdio.h>

#include "core/mw-error.h"
#include "setup/mw-engine-private.h"
#include "setup/mw-setup-servers.h"
#include "setup/mw-setup.h"
#include "store/mw-secret-store-memory.h"

#define ADDRESS "jan@example.test"
#define PASSWORD "zażółć \"gęślą\" \\jaźń 1"

/* A keyring that keeps the password of one side and refuses the other. */

#define TEST_TYPE_KEYRING (test_keyring_get_type ())
G_DECLARE_FINAL_TYPE (TestKeyring, test_keyring, TEST, KEYRING, GObject)

struct _TestKeyring
{
  GObject  parent_instance;

  gboolean refuses[2];  /* by MwSide */
  guint    kept;
  guint    cleared;
};

static void test_keyring_iface_init (MwSecretStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestKeyring, test_keyring, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MW_TYPE_SECRET_STORE,
                                                      test_keyring_iface_init))

static void
save_async (MwSecretStore       *store,
            MwProfile           *profile,
            MwSide               side,
            MwSecret            *secret,
            GCancellable        *cancellable,
            GAsyncReadyCallback  callback,
            gpointer             user_data)
{
  TestKeyring *self = TEST_KEYRING (store);
  g_autoptr(GTask) task = g_task_new (store, cancellable, callback, user_data);

  if (self->refuses[side])
    {
      g_task_return_new_error (task, MW_STORE_ERROR, MW_STORE_ERROR_LOCKED, "Locked");
      return;
    }

  self->kept++;
  g_task_return_boolean (task, TRUE);
}

static void
clear_async (MwSecretStore       *store,
             const char          *account_id,
             guint                sides,
             GCancellable        *cancellable,
             GAsyncReadyCallback  callback,
             gpointer             user_data)
{
  TestKeyring *self = TEST_KEYRING (store);
  g_autoptr(GTask) task = g_task_new (store, cancellable, callback, user_data);

  self->kept = 0;
  self->cleared++;
  g_task_return_boolean (task, TRUE);
}

static gboolean
answer_finish (MwSecretStore  *store,
               GAsyncResult   *result,
               GError        **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
test_keyring_iface_init (MwSecretStoreInterface *iface)
{
  iface->save_async = save_async;
  iface->save_finish = answer_finish;
  iface->clear_async = clear_async;
  iface->clear_finish = answer_finish;
}

static void
test_keyring_class_init (TestKeyringClass *klass)
{
}

static void
test_keyring_init (TestKeyring *self)
{
}

typedef struct {
  char          *folder;
  MwSecretStore *keyring;
  MwEngine      *engine;
  MwSetup       *setup;
} Fixture;

static void
set_servers (MwSetup    *setup,
             MwSide      side,
             const char *server)
{
  g_autoptr(GPtrArray) endpoints = g_ptr_array_new_with_free_func (
    (GDestroyNotify) mw_endpoint_unref);

  g_ptr_array_add (endpoints, mw_endpoint_parse (server));
  mw_setup_set_servers (setup, side, endpoints);
}

static void
set_up_with (Fixture       *fixture,
             MwSecretStore *keyring,
             const char    *data_dir)
{
  g_autoptr(MwSecret) secret = mw_secret_new (PASSWORD, -1);

  fixture->folder = g_dir_make_tmp ("mailwright-XXXXXX", NULL);
  fixture->keyring = keyring;
  fixture->engine = mw_engine_new_with_store (data_dir != NULL ? data_dir : fixture->folder,
                                              fixture->keyring);
  fixture->setup = mw_setup_new (fixture->engine);
  g_assert_true (mw_setup_set_address (fixture->setup, ADDRESS, TRUE, NULL));
  mw_setup_set_password (fixture->setup, MW_SIDE_INCOMING, secret);
  set_servers (fixture->setup, MW_SIDE_INCOMING, "imaps:imap.example.test");
  set_servers (fixture->setup, MW_SIDE_OUTGOING, "submissions:smtp.example.test");
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  set_up_with (fixture, mw_secret_store_memory_new (), NULL);
}

static void
set_up_refusing (Fixture       *fixture,
                 gconstpointer  data)
{
  set_up_with (fixture, g_object_new (TEST_TYPE_KEYRING, NULL), NULL);
}

/* No folder can be made below a file. */
static void
set_up_unwritable (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("mailwright-XXXXXX", &path, NULL);
  g_autofree char *below = g_build_filename (path, "data", NULL);

  g_close (fd, NULL);
  set_up_with (fixture, g_object_new (TEST_TYPE_KEYRING, NULL), below);
  g_unlink (path);
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  fixture->folder = g_steal_pointer (&path);
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
  remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static void
keep_result_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static MwProfile *
save (Fixture   *fixture,
      gboolean   keep_password,
      GError   **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  mw_setup_save_async (fixture->setup, keep_password, NULL, keep_result_cb, &result);
  wait_for (&result);
  return mw_setup_save_finish (fixture->setup, result, error);
}

static MwSecret *
look_up (Fixture   *fixture,
         MwProfile *profile)
{
  g_autoptr(GAsyncResult) result = NULL;

  mw_secret_store_lookup_async (fixture->keyring, profile, MW_SIDE_INCOMING, NULL,
                                keep_result_cb, &result);
  wait_for (&result);
  return mw_secret_store_lookup_finish (fixture->keyring, result, NULL);
}

static guint
count_accounts (Fixture *fixture)
{
  g_autoptr(MwProfileStore) store = mw_profile_store_new (fixture->folder);
  g_autoptr(GAsyncResult) result = NULL;

  mw_profile_store_load_async (store, NULL, keep_result_cb, &result);
  wait_for (&result);
  g_assert_true (mw_profile_store_load_finish (store, result, NULL));
  g_assert_cmpuint (mw_profile_store_get_damaged (store)->len, ==, 0);
  return mw_profile_store_get_profiles (store)->len;
}

static void
test_save (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MwProfile) profile = save (fixture, TRUE, &error);
  g_autoptr(MwSecret) secret = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (profile->address, ==, ADDRESS);
  g_assert_cmpstr (profile->label, ==, ADDRESS);
  g_assert_cmpstr (profile->incoming->user_name, ==, ADDRESS);
  g_assert_cmpint (mw_setup_get_state (fixture->setup), ==, MW_SETUP_STATE_SAVED);
  secret = look_up (fixture, profile);
  g_assert_nonnull (secret);
  g_assert_cmpstr (mw_secret_peek (secret), ==, PASSWORD);
  g_assert_cmpuint (count_accounts (fixture), ==, 1);
}

static void
test_save_without_keyring (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autoptr(MwProfile) profile = save (fixture, FALSE, NULL);

  g_assert_nonnull (profile);
  g_assert_null (look_up (fixture, profile));
  g_assert_cmpuint (count_accounts (fixture), ==, 1);
}

/* The same account, with what an export has written to it in between. */
static void
test_save_again (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(MwProfile) first = save (fixture, TRUE, NULL);
  g_autoptr(MwProfile) second = NULL;
  g_autoptr(GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GAsyncResult) result = NULL;

  g_hash_table_insert (values, (gpointer) "AccountUid", (gpointer) "1234");
  mw_profile_store_remember_async (mw_engine_get_profile_store (fixture->engine), first->id,
                                   "evolution", NULL, values, keep_result_cb, &result);
  wait_for (&result);

  g_object_set (fixture->setup, "label", "Work", NULL);
  second = save (fixture, TRUE, NULL);
  g_assert_cmpstr (second->id, ==, first->id);
  g_assert_cmpstr (second->label, ==, "Work");
  g_assert_cmpstr (mw_profile_get_export_value (second, "evolution", "AccountUid"), ==, "1234");
  g_assert_cmpuint (count_accounts (fixture), ==, 1);
}

static void
test_save_twice_at_once (Fixture       *fixture,
                         gconstpointer  data)
{
  GAsyncResult *results[2] = { NULL, NULL };
  g_autoptr(MwProfile) first = NULL;
  g_autoptr(MwProfile) second = NULL;

  mw_setup_save_async (fixture->setup, TRUE, NULL, keep_result_cb, &results[0]);
  g_object_set (fixture->setup, "label", "Work", NULL);
  mw_setup_save_async (fixture->setup, TRUE, NULL, keep_result_cb, &results[1]);
  wait_for (&results[0]);
  wait_for (&results[1]);
  first = mw_setup_save_finish (fixture->setup, results[0], NULL);
  second = mw_setup_save_finish (fixture->setup, results[1], NULL);
  g_assert_cmpstr (first->id, ==, second->id);
  g_assert_cmpuint (count_accounts (fixture), ==, 1);
  g_object_unref (results[0]);
  g_object_unref (results[1]);
}

/* Another address is another account. */
static void
test_another_address (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr(MwProfile) first = save (fixture, TRUE, NULL);
  g_autoptr(MwProfile) second = NULL;

  g_assert_true (mw_setup_set_address (fixture->setup, "ewa@example.test", TRUE, NULL));
  second = save (fixture, TRUE, NULL);
  g_assert_cmpstr (second->id, !=, first->id);
  g_assert_cmpuint (count_accounts (fixture), ==, 2);
}

static void
use_own_password (Fixture *fixture)
{
  g_autoptr(MwSecret) other = mw_secret_new ("other", -1);

  g_object_set (fixture->setup, "same-credentials", FALSE, NULL);
  mw_setup_set_password (fixture->setup, MW_SIDE_OUTGOING, other);
}

/* Neither half is left behind, whichever fails. */
static void
test_keyring_refuses (Fixture       *fixture,
                      gconstpointer  data)
{
  TestKeyring *keyring = TEST_KEYRING (fixture->keyring);

  use_own_password (fixture);
  for (guint side = 0; side < 2; side++)
    {
      g_autoptr(GError) error = NULL;

      keyring->refuses[side] = TRUE;
      g_assert_null (save (fixture, TRUE, &error));
      g_assert_error (error, MW_STORE_ERROR, MW_STORE_ERROR_LOCKED);
      g_assert_cmpuint (keyring->kept, ==, 0);
      g_assert_cmpuint (keyring->cleared, ==, side + 1);
      g_assert_cmpuint (count_accounts (fixture), ==, 0);
      g_assert_cmpint (mw_setup_get_state (fixture->setup), !=, MW_SETUP_STATE_SAVED);
      keyring->refuses[side] = FALSE;
    }
}

/* The password of an account that was there before is not thrown away. */
static void
test_keyring_refuses_later (Fixture       *fixture,
                            gconstpointer  data)
{
  TestKeyring *keyring = TEST_KEYRING (fixture->keyring);
  g_autoptr(MwProfile) profile = save (fixture, TRUE, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_nonnull (profile);
  keyring->refuses[MW_SIDE_INCOMING] = TRUE;
  g_assert_null (save (fixture, TRUE, &error));
  g_assert_error (error, MW_STORE_ERROR, MW_STORE_ERROR_LOCKED);
  g_assert_cmpuint (keyring->cleared, ==, 0);
  g_assert_cmpuint (keyring->kept, ==, 1);
  g_assert_cmpuint (count_accounts (fixture), ==, 1);
}

static void
test_file_fails (Fixture       *fixture,
                 gconstpointer  data)
{
  TestKeyring *keyring = TEST_KEYRING (fixture->keyring);
  g_autoptr(GError) error = NULL;

  g_assert_null (save (fixture, TRUE, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (keyring->kept, ==, 0);
  g_assert_cmpuint (keyring->cleared, ==, 1);
}

static void
test_nothing_to_save (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  mw_setup_set_servers (fixture->setup, MW_SIDE_INCOMING, NULL);
  g_assert_null (save (fixture, TRUE, &error));
  g_assert_error (error, MW_STORE_ERROR, MW_STORE_ERROR_NOT_FOUND);
  g_assert_cmpuint (count_accounts (fixture), ==, 0);
}

static MwProfile *
make_saved_profile (void)
{
  g_autoptr(MwProfile) profile = mw_profile_new ();
  g_autoptr(MwEndpoint) imap = mw_endpoint_parse ("imap:mail.example.test");
  g_autoptr(MwEndpoint) smtp = mw_endpoint_parse ("submission:mail.example.test");

  profile->address = g_strdup (ADDRESS);
  profile->label = g_strdup ("Old");
  profile->sender_name = g_strdup ("Jan");
  profile->incoming = mw_service_new (imap, "jan", MW_AUTH_LOGIN, NULL);
  profile->outgoing = mw_service_new (smtp, "jan", MW_AUTH_CRAM_MD5, NULL);
  profile->state = MW_OUTCOME_WORKS;
  profile->last_checked = 1234567;
  return g_steal_pointer (&profile);
}

/* A new label changes nothing that was proved once. */
static void
test_open (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(MwProfile) saved = make_saved_profile ();
  g_autoptr(MwProfile) changed = NULL;

  mw_setup_open_profile (fixture->setup, saved);
  g_object_set (fixture->setup, "label", "New", NULL);
  changed = mw_setup_make_profile (fixture->setup);
  g_assert_cmpstr (changed->id, ==, saved->id);
  g_assert_cmpstr (changed->label, ==, "New");
  g_assert_cmpstr (changed->sender_name, ==, "Jan");
  g_assert_true (mw_endpoint_equal (changed->incoming->endpoint, saved->incoming->endpoint));
  g_assert_cmpstr (changed->incoming->user_name, ==, "jan");
  g_assert_cmpint (changed->incoming->auth, ==, MW_AUTH_LOGIN);
  g_assert_cmpint (changed->outgoing->auth, ==, MW_AUTH_CRAM_MD5);
  g_assert_cmpint (changed->state, ==, MW_OUTCOME_WORKS);
  g_assert_cmpint (changed->last_checked, ==, 1234567);
}

static void
test_open_and_change_servers (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autoptr(MwProfile) saved = make_saved_profile ();
  g_autoptr(MwProfile) changed = NULL;

  mw_setup_open_profile (fixture->setup, saved);
  set_servers (fixture->setup, MW_SIDE_INCOMING, "imaps:other.example.test");
  mw_setup_set_user_name (fixture->setup, MW_SIDE_INCOMING, "typed");
  g_object_set (fixture->setup, "receive-only", TRUE, NULL);
  changed = mw_setup_make_profile (fixture->setup);
  g_assert_cmpstr (mw_endpoint_get_host (changed->incoming->endpoint), ==, "other.example.test");
  g_assert_cmpstr (changed->incoming->user_name, ==, "typed");
  g_assert_cmpint (changed->incoming->auth, ==, MW_AUTH_PLAIN);
  g_assert_null (changed->outgoing);
  /* Nobody has tried that server. */
  g_assert_cmpint (changed->state, ==, MW_OUTCOME_PENDING);
  g_assert_cmpint (changed->last_checked, ==, 0);
}

static void
test_open_and_change_password (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr(MwProfile) saved = make_saved_profile ();
  g_autoptr(MwProfile) changed = NULL;
  g_autoptr(MwSecret) secret = mw_secret_new ("another", -1);

  mw_setup_open_profile (fixture->setup, saved);
  mw_setup_set_password (fixture->setup, MW_SIDE_INCOMING, secret);
  changed = mw_setup_make_profile (fixture->setup);
  g_assert_cmpint (changed->state, ==, MW_OUTCOME_PENDING);
}

static void
test_chosen_auth (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(MwProfile) saved = make_saved_profile ();
  g_autoptr(MwProfile) changed = NULL;

  mw_setup_open_profile (fixture->setup, saved);
  g_assert_cmpint (mw_setup_get_auth (fixture->setup, MW_SIDE_OUTGOING), ==, MW_AUTH_UNKNOWN);
  mw_setup_set_auth (fixture->setup, MW_SIDE_OUTGOING, MW_AUTH_SCRAM_SHA_256);
  changed = mw_setup_make_profile (fixture->setup);
  g_assert_cmpint (changed->incoming->auth, ==, MW_AUTH_LOGIN);
  g_assert_cmpint (changed->outgoing->auth, ==, MW_AUTH_SCRAM_SHA_256);
  g_assert_cmpint (changed->state, ==, MW_OUTCOME_PENDING);
}

/* What is to be filled in for somebody who wants another protocol. */
static void
test_suggest_server (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(MwProfile) saved = make_saved_profile ();
  g_autoptr(MwEndpoint) pop3 = mw_endpoint_parse ("pop3s:pop.elsewhere.test");
  const struct {
    MwProtocol     protocol;
    gboolean       open;
    MwServerBasis  basis;
    const char    *server;
  } rows[] = {
    { MW_PROTOCOL_IMAP, FALSE, MW_SERVER_BASIS_TYPED, "imaps:imap.example.test:993" },
    { MW_PROTOCOL_POP3, FALSE, MW_SERVER_BASIS_GUESS, "pop3s:pop3.example.test:995" },
    { MW_PROTOCOL_SMTP, FALSE, MW_SERVER_BASIS_TYPED, "submissions:smtp.example.test:465" },
    { MW_PROTOCOL_IMAP, TRUE, MW_SERVER_BASIS_TYPED, "imap:mail.example.test:143" },
    { MW_PROTOCOL_POP3, TRUE, MW_SERVER_BASIS_ANSWERED, "pop3s:pop.elsewhere.test:995" },
  };

  g_ptr_array_add (saved->alternatives, mw_service_new (pop3, "jan", MW_AUTH_PLAIN, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(MwEndpoint) endpoint = NULL;
      g_autofree char *text = NULL;
      MwServerBasis basis;

      if (rows[i].open)
        mw_setup_open_profile (fixture->setup, saved);
      endpoint = mw_setup_suggest_server (fixture->setup, rows[i].protocol, &basis);
      text = mw_endpoint_to_string (endpoint);
      g_assert_cmpstr (text, ==, rows[i].server);
      g_assert_cmpint (basis, ==, rows[i].basis);
    }
}

/* A password that everybody on the way can read needs a yes. */
static void
test_clear_text_needs_a_yes (Fixture       *fixture,
                             gconstpointer  data)
{
  static const struct {
    const char *server;
    gboolean    needs;
  } rows[] = {
    { "imaps:imap.example.test", FALSE },
    { "imap:imap.example.test", FALSE },
    { "imap+plain:imap.example.test", TRUE },
    { "imap+plain:8.8.8.8", TRUE },
    { "imap+plain:192.168.1.2", FALSE },
    { "imap+plain:127.0.0.1", FALSE },
    { "imap+plain:localhost", FALSE },
  };
  g_autoptr(MwProfile) profile = NULL;
  g_autoptr(GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto(GStrv) hosts = NULL;

      set_servers (fixture->setup, MW_SIDE_INCOMING, rows[i].server);
      hosts = mw_setup_dup_unconfirmed_hosts (fixture->setup);
      g_assert_cmpint (hosts[0] != NULL, ==, rows[i].needs);
    }

  set_servers (fixture->setup, MW_SIDE_INCOMING, "imap+plain:imap.example.test");
  g_assert_null (save (fixture, TRUE, &error));
  g_assert_error (error, MW_PROBE_ERROR, MW_OUTCOME_CONSENT_NEEDED);
  g_assert_cmpuint (count_accounts (fixture), ==, 0);

  mw_setup_allow_host (fixture->setup, "imap.example.test");
  profile = save (fixture, TRUE, NULL);
  g_assert_nonnull (profile);
  g_assert_cmpint (profile->state, ==, MW_OUTCOME_PENDING);
}

static void
test_pin (Fixture       *fixture,
          gconstpointer  data)
{
  g_autofree char *hex = g_strnfill (64, 'A');
  g_autofree char *lower = g_strnfill (64, 'a');
  g_autoptr(MwProfile) profile = NULL;

  g_assert_false (mw_setup_add_pin (fixture->setup, "", "imap.example.test", 993));
  g_assert_false (mw_setup_add_pin (fixture->setup, "abc", "imap.example.test", 993));
  g_assert_false (mw_setup_add_pin (fixture->setup, "zz:zz", "imap.example.test", 993));
  g_assert_true (mw_setup_add_pin (fixture->setup, hex, "imap.example.test", 993));
  profile = mw_setup_make_profile (fixture->setup);
  g_assert_cmpstr (profile->incoming->pin, ==, lower);
  g_assert_null (profile->outgoing->pin);
}

static void
add (const char *name,
     void (*set) (Fixture *, gconstpointer),
     void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/setup/", name, NULL);

  g_test_add (path, Fixture, NULL, set, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("save", set_up, test_save);
  add ("save-without-keyring", set_up, test_save_without_keyring);
  add ("save-again", set_up, test_save_again);
  add ("save-twice-at-once", set_up, test_save_twice_at_once);
  add ("another-address", set_up, test_another_address);
  add ("keyring-refuses", set_up_refusing, test_keyring_refuses);
  add ("keyring-refuses-later", set_up_refusing, test_keyring_refuses_later);
  add ("file-fails", set_up_unwritable, test_file_fails);
  add ("nothing-to-save", set_up, test_nothing_to_save);
  add ("open", set_up, test_open);
  add ("open-and-change-servers", set_up, test_open_and_change_servers);
  add ("open-and-change-password", set_up, test_open_and_change_password);
  add ("chosen-auth", set_up, test_chosen_auth);
  add ("suggest-server", set_up, test_suggest_server);
  add ("clear-text-needs-a-yes", set_up, test_clear_text_needs_a_yes);
  add ("pin", set_up, test_pin);
  return g_test_run ();
}
