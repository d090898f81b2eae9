/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gstdio.h>

#include "core/mw-error.h"
#include "setup/mw-advice-found.h"
#include "setup/mw-engine-private.h"
#include "store/mw-secret-store-memory.h"

/* The way an account of a mail program takes into Mailwright. */

#define PASSWORD "Sęk \"ret\\"

typedef struct {
  char          *folder;
  char          *profile;
  MwSecretStore *keyring;
  MwEngine      *engine;
} Fixture;

#define PREFS(address, in, out) \
  "user_pref(\"mail.accountmanager.accounts\", \"account1\");\n" \
  "user_pref(\"mail.account.account1.server\", \"server1\");\n" \
  "user_pref(\"mail.account.account1.identities\", \"id1\");\n" \
  "user_pref(\"mail.identity.id1.useremail\", \"" address "\");\n" \
  "user_pref(\"mail.server.server1.type\", \"imap\");\n" \
  "user_pref(\"mail.server.server1.hostname\", \"" in "\");\n" \
  "user_pref(\"mail.server.server1.userName\", \"" address "\");\n" \
  "user_pref(\"mail.server.server1.socketType\", 3);\n" \
  "user_pref(\"mail.smtpservers\", \"smtp1\");\n" \
  "user_pref(\"mail.smtpserver.smtp1.hostname\", \"" out "\");\n" \
  "user_pref(\"mail.smtpserver.smtp1.username\", \"" address "\");\n" \
  "user_pref(\"mail.smtpserver.smtp1.try_ssl\", 3);\n"

#define EXAMPLE PREFS ("jan@example.test", "imap.example.test", "smtp.example.test")

static void
write_profile (Fixture    *fixture,
               const char *text)
{
  g_autofree char *path = g_build_filename (fixture->profile, "prefs.js", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *accounts = NULL;

  fixture->folder = g_dir_make_tmp ("mailwright-XXXXXX", NULL);
  fixture->profile = g_build_filename (fixture->folder, "profile", NULL);
  accounts = g_build_filename (fixture->folder, "data", NULL);
  g_assert_no_errno (g_mkdir (fixture->profile, 0700));
  fixture->keyring = mw_secret_store_memory_new ();
  fixture->engine = mw_engine_new_with_store (accounts, fixture->keyring);
}

static void
remove_all (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);

      remove_all (inside);
    }
  g_remove (path);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->engine);
  g_clear_object (&fixture->keyring);
  remove_all (fixture->folder);
  g_free (fixture->profile);
  g_free (fixture->folder);
}

static void
ready_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static MwFoundAccount *
read_one (Fixture *fixture)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) accounts = NULL;
  g_autoptr(GError) error = NULL;

  mw_engine_read_accounts_async (fixture->engine, fixture->profile, FALSE, NULL, NULL, ready_cb,
                                 &result);
  wait_for (&result);
  accounts = mw_engine_read_accounts_finish (fixture->engine, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (accounts->len, ==, 1);
  return mw_found_account_ref (accounts->pdata[0]);
}

static MwProfile *
import (Fixture             *fixture,
        MwFoundAccount      *account,
        const char * const  *hosts,
        GError             **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  mw_engine_import_async (fixture->engine, account, hosts, TRUE, NULL, ready_cb, &result);
  wait_for (&result);
  return mw_engine_import_finish (fixture->engine, result, error);
}

static MwSecret *
look_up (Fixture   *fixture,
         MwProfile *profile,
         MwSide     side)
{
  g_autoptr(GAsyncResult) result = NULL;

  mw_engine_lookup_secret_async (fixture->engine, profile, side, NULL, ready_cb, &result);
  wait_for (&result);
  return mw_engine_lookup_secret_finish (fixture->engine, result, NULL);
}

/* Only the built-in list vouches for a host that nobody typed, and only for
 * the domain it has it for. */
static void
test_hosts (Fixture       *fixture,
            gconstpointer  data)
{
  static const struct {
    const char *prefs;
    const char *hosts;
  } cases[] = {
    { PREFS ("jan@gmail.com", "imap.gmail.com", "smtp.gmail.com"), "" },
    { PREFS ("jan@gmail.com", "imap.gmail.com", "smtp.evil.test"), "smtp.evil.test" },
    { PREFS ("jan@gmail.com", "imap.gmail.com.evil.test", "smtp.gmail.com"),
      "imap.gmail.com.evil.test" },
    { PREFS ("jan@example.test", "imap.gmail.com", "smtp.gmail.com"),
      "imap.gmail.com smtp.gmail.com" },
    { EXAMPLE, "imap.example.test smtp.example.test" },
    { PREFS ("jan@example.test", "mail.example.test", "mail.example.test"), "mail.example.test" },
    { PREFS ("jan@gmail.com", "imap.gmail.com", "smtp.gmail.com")
      "user_pref(\"mail.server.server1.socketType\", 0);\n", "imap.gmail.com" },
    { PREFS ("jan@gmail.com", "imap.gmail.com", "smtp.gmail.com")
      "user_pref(\"mail.server.server1.port\", 22);\n", "imap.gmail.com" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(MwFoundAccount) account = NULL;
      g_autofree char *hosts = NULL;

      write_profile (fixture, cases[i].prefs);
      account = read_one (fixture);
      hosts = g_strjoinv (" ", account->hosts);
      g_assert_cmpstr (hosts, ==, cases[i].hosts);
    }
}

static void
test_consent (Fixture       *fixture,
              gconstpointer  data)
{
  static const char * const one[] = { "imap.example.test", NULL };
  static const char * const both[] = { "imap.example.test", "smtp.example.test", NULL };
  g_autoptr(MwFoundAccount) account = NULL;
  g_autoptr(MwProfile) profile = NULL;
  g_autoptr(MwSecret) secret = NULL;
  g_autoptr(MwSecret) empty = NULL;
  g_autoptr(GError) error = NULL;

  write_profile (fixture, EXAMPLE "user_pref(\"mail.accountmanager.defaultaccount\","
                                  " \"account1\");\n");
  account = read_one (fixture);
  mw_found_account_take_passwords (account, mw_secret_new (PASSWORD, -1), NULL);

  g_assert_null (import (fixture, account, NULL, &error));
  g_assert_error (error, MW_PROBE_ERROR, MW_OUTCOME_CONSENT_NEEDED);
  g_clear_error (&error);
  g_assert_null (import (fixture, account, one, &error));
  g_assert_error (error, MW_PROBE_ERROR, MW_OUTCOME_CONSENT_NEEDED);
  g_clear_error (&error);
  empty = look_up (fixture, account->profile, MW_SIDE_INCOMING);
  g_assert_null (empty);
  g_assert_cmpuint (mw_profile_store_get_profiles (
                      mw_engine_get_profile_store (fixture->engine))->len, ==, 0);

  profile = import (fixture, account, both, &error);
  g_assert_no_error (error);
  g_assert_false (profile->is_default);
  g_assert_cmpint (profile->state, ==, MW_OUTCOME_PENDING);
  g_assert_cmpint (profile->last_checked, ==, 0);
  g_assert_cmpuint (g_hash_table_size (profile->exports), ==, 0);
  secret = look_up (fixture, profile, MW_SIDE_OUTGOING);
  g_assert_cmpstr (mw_secret_peek (secret), ==, PASSWORD);
}

static void
test_known (Fixture       *fixture,
            gconstpointer  data)
{
  static const char * const both[] = { "imap.example.test", "smtp.example.test", NULL };
  g_autoptr(MwFoundAccount) first = NULL;
  g_autoptr(MwFoundAccount) second = NULL;
  g_autoptr(MwFoundAccount) other = NULL;
  g_autoptr(MwProfile) profile = NULL;
  g_autoptr(MwProfile) same = NULL;
  g_auto(GStrv) notes = NULL;

  write_profile (fixture, EXAMPLE);
  first = read_one (fixture);
  g_assert_null (first->saved_id);
  profile = import (fixture, first, both, NULL);

  second = read_one (fixture);
  g_assert_cmpstr (second->saved_id, ==, profile->id);
  g_assert_false (second->ours);
  notes = mw_advice_dup_found_notes (second);
  g_assert_cmpuint (g_strv_length (notes), ==, 1);
  same = import (fixture, second, NULL, NULL);
  g_assert_cmpstr (same->id, ==, profile->id);
  g_clear_pointer (&same, mw_profile_unref);

  /* Read before the other was saved: still not doubled. */
  same = import (fixture, first, both, NULL);
  g_assert_cmpstr (same->id, ==, profile->id);

  write_profile (fixture, PREFS ("Jan@example.test", "other.example.test", "smtp.example.test"));
  other = read_one (fixture);
  g_assert_null (other->saved_id);
  g_assert_true (other->address_saved);
}

/* An export remembers what it made, so that it is recognised wherever its
 * server is by now. */
static void
test_ours (Fixture       *fixture,
           gconstpointer  data)
{
  static const char * const both[] = { "imap.example.test", "smtp.example.test", NULL };
  MwProfileStore *store = mw_engine_get_profile_store (fixture->engine);
  g_autoptr(MwFoundAccount) first = NULL;
  g_autoptr(MwFoundAccount) second = NULL;
  g_autoptr(MwProfile) profile = NULL;
  g_autoptr(GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GAsyncResult) result = NULL;

  write_profile (fixture, EXAMPLE);
  first = read_one (fixture);
  profile = import (fixture, first, both, NULL);
  g_hash_table_insert (values, (gpointer) "Account", (gpointer) "account1");
  g_hash_table_insert (values, (gpointer) "Server", (gpointer) "server1");
  g_hash_table_insert (values, (gpointer) "Profile", (gpointer) "profile");
  mw_profile_store_remember_async (store, profile->id, first->target_id, "profile", values,
                                   ready_cb, &result);
  wait_for (&result);
  g_assert_true (mw_profile_store_remember_finish (store, result, NULL));

  write_profile (fixture, PREFS ("jan@example.test", "new.example.test", "smtp.example.test"));
  second = read_one (fixture);
  g_assert_true (second->ours);
  g_assert_cmpstr (second->saved_id, ==, profile->id);
}

static void
test_passwords (void)
{
  static const struct {
    const char *incoming;
    const char *outgoing;
    const char *outgoing_user;
    gboolean    own;
  } cases[] = {
    { "a", "a", "jan", FALSE },
    { "a", "b", "jan", TRUE },
    { "a", NULL, "jan", FALSE },
    { "a", NULL, "other", TRUE },
    { NULL, "b", "jan", TRUE },
    { NULL, NULL, "jan", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(MwFoundAccount) account = mw_found_account_new (MW_MAIL_CLIENT_THUNDERBIRD);
      g_autoptr(MwEndpoint) in = mw_endpoint_parse ("imaps:a.test");
      g_autoptr(MwEndpoint) out = mw_endpoint_parse ("submissions:a.test");

      account->profile->incoming = mw_service_new (in, "jan", MW_AUTH_UNKNOWN, NULL);
      account->profile->outgoing = mw_service_new (out, cases[i].outgoing_user, MW_AUTH_UNKNOWN,
                                                   NULL);
      mw_found_account_take_passwords (account,
                                       cases[i].incoming != NULL
                                         ? mw_secret_new (cases[i].incoming, -1) : NULL,
                                       cases[i].outgoing != NULL
                                         ? mw_secret_new (cases[i].outgoing, -1) : NULL);
      g_assert_cmpint (account->profile->own_credentials, ==, cases[i].own);
      g_assert_cmpint (account->passwords, ==,
                       cases[i].incoming != NULL || cases[i].outgoing != NULL
                         ? MW_FOUND_PASSWORDS_FOUND : MW_FOUND_PASSWORDS_NONE);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/import/hosts", Fixture, NULL, set_up, test_hosts, tear_down);
  g_test_add ("/import/consent", Fixture, NULL, set_up, test_consent, tear_down);
  g_test_add ("/import/known", Fixture, NULL, set_up, test_known, tear_down);
  g_test_add ("/import/ours", Fixture, NULL, set_up, test_ours, tear_down);
  g_test_add_func ("/import/passwords", test_passwords);
  return g_test_run ();
}
