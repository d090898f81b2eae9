/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gstdio.h>

#include "client.h"
#include "core/mw-error.h"
#include "test-certificate.h"

typedef struct {
  guint left;
  guint good;
  guint cancelled;
} Count;

static void
prepared_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Count *count = user_data;
  g_autoptr(GError) error = NULL;

  count->left--;
  if (mw_tls_credentials_prepare_finish (MW_TLS_CREDENTIALS (object), result, &error))
    count->good++;
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    count->cancelled++;
}

static void
prepare (MwTlsCredentials *credentials,
         GCancellable     *cancellable,
         Count            *count)
{
  count->left++;
  mw_tls_credentials_prepare_async (credentials, cancellable, prepared_cb, count);
}

static void
test_prepare (void)
{
  g_autoptr(MwTlsCredentials) credentials = mw_tls_credentials_new ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Count count = { 0 };

  for (int i = 0; i < 10; i++)
    prepare (credentials, NULL, &count);
  prepare (credentials, cancellable, &count);
  g_cancellable_cancel (cancellable);
  g_assert_cmpuint (count.left, ==, 11);
  while (count.left > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (count.good, ==, 10);
  g_assert_cmpuint (count.cancelled, ==, 1);

  prepare (credentials, NULL, &count);
  g_assert_cmpuint (count.left, ==, 1);
  while (count.left > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (count.good, ==, 11);
}

/* A process that ends may not leave GnuTLS at work. */
static void
test_wait (void)
{
  g_autoptr(MwTlsCredentials) credentials = mw_tls_credentials_new ();
  Count count = { 0 };

  mw_tls_credentials_wait (credentials);
  prepare (credentials, NULL, &count);
  mw_tls_credentials_wait (credentials);
  mw_tls_credentials_wait (credentials);

  /* All is loaded: the answer is there without waiting. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (count.good, ==, 1);
}

/* Nobody waits any more; the loader keeps what it needs. */
static void
test_forgotten (void)
{
  MwTlsCredentials *credentials = mw_tls_credentials_new ();
  Count count = { 0 };

  prepare (credentials, NULL, &count);
  g_object_unref (credentials);
  while (count.left > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (count.good, ==, 1);
}

static void
test_ca_file (void)
{
  MwTestCertificateSpec spec = { .is_ca = TRUE };
  g_autoptr(MwTestCertificate) ca = mw_test_certificate_new (&spec, NULL);
  g_autoptr(MwTlsCredentials) credentials = mw_tls_credentials_new ();
  g_autofree char *path = mw_test_certificate_write (ca);
  g_autoptr(GError) error = NULL;

  g_assert_true (mw_tls_credentials_add_ca_file (credentials, path, &error));
  g_assert_no_error (error);

  g_assert_true (g_file_set_contents (path, "no certificate\n", -1, NULL));
  g_assert_false (mw_tls_credentials_add_ca_file (credentials, path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  g_assert_false (mw_tls_credentials_add_ca_file (credentials, path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_clear_error (&error);

  g_unlink (path);
  g_assert_false (mw_tls_credentials_add_ca_file (credentials, path, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/tls-credentials/prepare", test_prepare);
  g_test_add_func ("/tls-credentials/wait", test_wait);
  g_test_add_func ("/tls-credentials/forgotten", test_forgotten);
  g_test_add_func ("/tls-credentials/ca-file", test_ca_file);
  return g_test_run ();
}
