/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "core/mw-credentials.h"

#define PASSWORD "zażółć \"gęślą\" \\jaźń 1"

static void
test_new (void)
{
  g_autofree char *typed = g_strdup (PASSWORD);
  g_autoptr(MwSecret) secret = mw_secret_new (typed, -1);
  g_autoptr(MwSecret) part = mw_secret_new (PASSWORD, 3);
  g_autoptr(MwSecret) empty = mw_secret_new ("", 0);
  g_autoptr(MwSecret) shared = mw_secret_ref (secret);

  /* It is a copy. */
  memset (typed, 'x', strlen (typed));
  g_assert_cmpstr (mw_secret_peek (shared), ==, PASSWORD);
  g_assert_cmpuint (mw_secret_get_length (shared), ==, strlen (PASSWORD));

  g_assert_cmpuint (mw_secret_get_length (part), ==, 3);
  g_assert_cmpuint (strlen (mw_secret_peek (part)), ==, 3);
  g_assert_cmpstr (mw_secret_peek (empty), ==, "");
}

static void
test_typed (void)
{
  static const struct {
    const char *text;
    const char *password;
  } rows[] = {
    { PASSWORD, PASSWORD }, { PASSWORD "\n", PASSWORD }, { PASSWORD "\r\n\n", PASSWORD },
    { "\n" PASSWORD " \n", "\n" PASSWORD " " }, { "", NULL }, { "\r\n", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(MwSecret) secret = mw_secret_new_typed (rows[i].text);

      g_assert_cmpstr (secret != NULL ? mw_secret_peek (secret) : NULL, ==, rows[i].password);
    }
}

static void
test_equal (void)
{
  g_autoptr(MwSecret) secret = mw_secret_new (PASSWORD, -1);
  g_autoptr(MwSecret) same = mw_secret_new (PASSWORD, strlen (PASSWORD));
  g_autoptr(MwSecret) shorter = mw_secret_new (PASSWORD, strlen (PASSWORD) - 1);
  g_autoptr(MwSecret) other = mw_secret_new ("zażółć \"gęślą\" \\jaźń 2", -1);

  g_assert_true (mw_secret_equal (secret, secret));
  g_assert_true (mw_secret_equal (secret, same));
  g_assert_false (mw_secret_equal (secret, shorter));
  g_assert_false (mw_secret_equal (secret, other));
}

static void
test_wipe (void)
{
  char buffer[] = PASSWORD;

  mw_secret_wipe_bytes (buffer, sizeof buffer);
  for (gsize i = 0; i < sizeof buffer; i++)
    g_assert_cmpint (buffer[i], ==, 0);

  mw_secret_wipe_bytes (NULL, 0);
  mw_secret_free_bytes (NULL);
  mw_secret_free_bytes (g_strdup (PASSWORD));
}

static void
test_bytes (void)
{
  g_autoptr(GBytes) bytes = mw_secret_bytes_new_take (g_strdup (PASSWORD), strlen (PASSWORD));
  g_autoptr(GBytes) empty = mw_secret_bytes_new_take (NULL, 0);

  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                   PASSWORD, strlen (PASSWORD));
  g_assert_cmpuint (g_bytes_get_size (empty), ==, 0);
}

static void
test_credentials (void)
{
  g_autoptr(MwSecret) secret = mw_secret_new (PASSWORD, -1);
  g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse ("imaps:imap.example.test");
  g_autoptr(MwCredentials) credentials = mw_credentials_new (endpoint, "jan", secret);
  g_autoptr(MwCredentials) shared = mw_credentials_ref (credentials);

  g_assert_true (mw_endpoint_equal (mw_credentials_get_endpoint (shared), endpoint));
  g_assert_cmpstr (mw_credentials_get_user_name (shared), ==, "jan");
  g_assert_true (mw_secret_equal (mw_credentials_get_secret (shared), secret));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/secret/new", test_new);
  g_test_add_func ("/secret/typed", test_typed);
  g_test_add_func ("/secret/equal", test_equal);
  g_test_add_func ("/secret/wipe", test_wipe);
  g_test_add_func ("/secret/bytes", test_bytes);
  g_test_add_func ("/secret/credentials", test_credentials);

  return g_test_run ();
}
