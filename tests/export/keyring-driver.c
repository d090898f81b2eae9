/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

/* Drives the keyring of the session it is started in; test-keyring.py makes
 * the sessions.
 *
 *   check   prints "ok" or what is wrong, with the milliseconds it took
 *   save    keeps the password read from standard input
 *   lookup  prints what is kept
 *   cycle   keeps, finds, replaces and clears, and asserts all of it
 */

#include "config.h"

#include <stdio.h>
#include <string.h>

#include "core/mw-error.h"
#include "store/mw-eds-secret.h"
#include "store/mw-secret-store-libsecret.h"

#define ID "0e1b2f34-5a6c-4d7e-8f90-123456789abc"

static void
wait_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GAsyncResult **out_result = user_data;

  *out_result = g_object_ref (result);
}

static GAsyncResult *
wait_for_result (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static void
set_service (MwService  **service,
             const char  *endpoint_text,
             const char  *user_name)
{
  g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse (endpoint_text);

  g_clear_pointer (service, mw_service_free);
  *service = mw_service_new (endpoint, user_name, MW_AUTH_PLAIN, NULL);
}

static MwProfile *
profile_new (void)
{
  MwProfile *profile = mw_profile_new ();

  g_free (profile->id);
  profile->id = g_strdup (ID);
  profile->address = g_strdup ("jan@example.test");
  set_service (&profile->incoming, "imaps:mail.example.test", "jan@example.test");
  set_service (&profile->outgoing, "submissions:mail.example.test", "jan@example.test");
  return profile;
}

static int
print_result (gboolean  success,
              GError   *error,
              gint64    started)
{
  int elapsed = (g_get_monotonic_time () - started) / 1000;

  if (success)
    printf ("ok %d\n", elapsed);
  else if (g_error_matches (error, MW_STORE_ERROR, MW_STORE_ERROR_NO_SERVICE))
    printf ("no-service %d %s\n", elapsed, error->message);
  else if (g_error_matches (error, MW_STORE_ERROR, MW_STORE_ERROR_LOCKED))
    printf ("locked %d %s\n", elapsed, error->message);
  else if (g_error_matches (error, MW_STORE_ERROR, MW_STORE_ERROR_NOT_STORED))
    printf ("not-stored %d %s\n", elapsed, error->message);
  else
    printf ("other %d %s\n", elapsed, error->message);

  return success ? 0 : 1;
}

static int
check (MwSecretStore *store)
{
  gint64 started = g_get_monotonic_time ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  gboolean success;

  mw_secret_store_check_async (store, NULL, wait_cb, &result);
  success = mw_secret_store_check_finish (store, wait_for_result (&result), &error);
  return print_result (success, error, started);
}

static gboolean
keep (MwSecretStore  *store,
      MwProfile      *profile,
      MwSide          side,
      const char     *password,
      GError        **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(MwSecret) secret = mw_secret_new (password, -1);

  mw_secret_store_save_async (store, profile, side, secret, NULL, wait_cb, &result);
  return mw_secret_store_save_finish (store, wait_for_result (&result), error);
}

static MwSecret *
find (MwSecretStore  *store,
      MwProfile      *profile,
      MwSide          side,
      GError        **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  mw_secret_store_lookup_async (store, profile, side, NULL, wait_cb, &result);
  return mw_secret_store_lookup_finish (store, wait_for_result (&result), error);
}

static int
save (MwSecretStore *store)
{
  gint64 started = g_get_monotonic_time ();
  g_autoptr(MwProfile) profile = profile_new ();
  g_autoptr(GError) error = NULL;
  char password[200];
  gboolean success;

  if (fgets (password, sizeof password, stdin) == NULL)
    return 2;

  password[strcspn (password, "\n")] = '\0';
  success = keep (store, profile, MW_SIDE_INCOMING, password, &error);
  return print_result (success, error, started);
}

static int
look_up (MwSecretStore *store)
{
  gint64 started = g_get_monotonic_time ();
  g_autoptr(MwProfile) profile = profile_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(MwSecret) secret = find (store, profile, MW_SIDE_INCOMING, &error);

  if (secret != NULL)
    printf ("%s\n", mw_secret_peek (secret));
  else if (error == NULL)
    printf ("none\n");
  else
    print_result (FALSE, error, started);

  return 0;
}

static void
assert_finds (MwSecretStore *store,
              MwProfile     *profile,
              MwSide         side,
              const char    *password)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MwSecret) secret = find (store, profile, side, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (secret != NULL ? mw_secret_peek (secret) : NULL, ==, password);
}

static void
cycle_account (MwSecretStore *store)
{
  g_autoptr(MwProfile) profile = profile_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GAsyncResult) first = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  const char *password = "zażółć \"gęślą\" \\jaźń 1";

  assert_finds (store, profile, MW_SIDE_INCOMING, NULL);
  g_assert_true (keep (store, profile, MW_SIDE_INCOMING, password, &error));
  assert_finds (store, profile, MW_SIDE_INCOMING, password);
  assert_finds (store, profile, MW_SIDE_OUTGOING, password);

  /* Bound to its servers. */
  set_service (&profile->incoming, "imaps:evil.example.test", "jan@example.test");
  assert_finds (store, profile, MW_SIDE_INCOMING, NULL);
  set_service (&profile->incoming, "imaps:mail.example.test", "jan@example.test");
  set_service (&profile->outgoing, "submissions:evil.example.test", "jan@example.test");
  assert_finds (store, profile, MW_SIDE_INCOMING, password);
  assert_finds (store, profile, MW_SIDE_OUTGOING, NULL);

  /* Saved for another server, the former one is forgotten. */
  set_service (&profile->incoming, "imap:imap.example.test", "jan");
  g_assert_true (keep (store, profile, MW_SIDE_INCOMING, "second", &error));
  assert_finds (store, profile, MW_SIDE_INCOMING, "second");
  set_service (&profile->incoming, "imaps:mail.example.test", "jan@example.test");
  assert_finds (store, profile, MW_SIDE_INCOMING, NULL);

  /* A password of its own for each side; the same side is replaced. */
  profile->own_credentials = TRUE;
  g_assert_true (keep (store, profile, MW_SIDE_INCOMING, "in", &error));
  g_assert_true (keep (store, profile, MW_SIDE_OUTGOING, "out", &error));
  g_assert_true (keep (store, profile, MW_SIDE_OUTGOING, "out 2", &error));
  assert_finds (store, profile, MW_SIDE_INCOMING, "in");
  assert_finds (store, profile, MW_SIDE_OUTGOING, "out 2");

  mw_secret_store_clear_async (store, ID, 1u << MW_SIDE_OUTGOING, NULL, wait_cb, &first);
  g_assert_true (mw_secret_store_clear_finish (store, wait_for_result (&first), &error));
  assert_finds (store, profile, MW_SIDE_INCOMING, "in");
  assert_finds (store, profile, MW_SIDE_OUTGOING, NULL);
  g_assert_true (keep (store, profile, MW_SIDE_OUTGOING, "out 2", &error));

  mw_secret_store_clear_async (store, ID, MW_SECRET_STORE_BOTH, NULL, wait_cb, &result);
  g_assert_true (mw_secret_store_clear_finish (store, wait_for_result (&result), &error));
  g_assert_no_error (error);
  assert_finds (store, profile, MW_SIDE_INCOMING, NULL);
  assert_finds (store, profile, MW_SIDE_OUTGOING, NULL);
}

static void
cycle_source (void)
{
  g_autoptr(MwSecret) secret = mw_secret_new ("zażółć \"gęślą\" \\jaźń 1", -1);
  g_autoptr(MwSecret) found = NULL;
  g_autoptr(GAsyncResult) stored = NULL;
  g_autoptr(GAsyncResult) first = NULL;
  g_autoptr(GAsyncResult) cleared = NULL;
  g_autoptr(GAsyncResult) second = NULL;
  g_autoptr(GError) error = NULL;

  mw_eds_secret_store_async ("abc", "Test", secret, NULL, wait_cb, &stored);
  g_assert_true (mw_eds_secret_store_finish (wait_for_result (&stored), &error));
  mw_eds_secret_lookup_async ("abc", NULL, wait_cb, &first);
  found = mw_eds_secret_lookup_finish (wait_for_result (&first), &error);
  g_assert_true (mw_secret_equal (found, secret));
  mw_eds_secret_clear_async ("abc", NULL, wait_cb, &cleared);
  g_assert_true (mw_eds_secret_clear_finish (wait_for_result (&cleared), &error));
  mw_eds_secret_lookup_async ("abc", NULL, wait_cb, &second);
  g_assert_null (mw_eds_secret_lookup_finish (wait_for_result (&second), &error));
  g_assert_no_error (error);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(MwSecretStore) store = mw_secret_store_libsecret_new ();
  const char *command = argc == 2 ? argv[1] : "";

  if (g_str_equal (command, "check"))
    return check (store);
  if (g_str_equal (command, "save"))
    return save (store);
  if (g_str_equal (command, "lookup"))
    return look_up (store);
  if (!g_str_equal (command, "cycle"))
    return 2;

  cycle_account (store);
  cycle_source ();
  printf ("ok\n");
  return 0;
}
