/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup-fixture.h"

#include <glib/gstdio.h>

#include "release.h"
#include "store/mw-secret-store-memory.h"

MwTestCertificate *certificate;
MwFakeResolver *dns;

static char *ca_path;

void
open_fixture (Fixture            *fixture,
              const char         *address,
              const char * const *imap,
              const char * const *smtp)
{
  fixture->folder = g_dir_make_tmp ("mailwright-XXXXXX", NULL);
  fixture->servers[MW_SIDE_INCOMING] = scripted_server_new (certificate, imap);
  fixture->servers[MW_SIDE_OUTGOING] = NULL;
  if (smtp != NULL)
    fixture->servers[MW_SIDE_OUTGOING] = scripted_server_new (certificate, smtp);
  fixture->keyring = mw_secret_store_memory_new ();
  fixture->engine = mw_engine_new_with_store (fixture->folder, fixture->keyring);
  g_assert_true (mw_engine_add_ca_file (fixture->engine, ca_path, NULL));
  fixture->setup = mw_setup_new (fixture->engine);
  g_assert_true (mw_setup_set_address (fixture->setup, address, TRUE, NULL));
}

static void
remove_files (const char *path)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_files (child);
    }
  g_remove (path);
}

void
tear_down (Fixture *fixture)
{
  release (fixture->setup);
  release (fixture->engine);
  g_object_unref (fixture->keyring);
  for (guint side = 0; side < 2; side++)
    {
      if (fixture->servers[side] != NULL)
        scripted_server_free (fixture->servers[side]);
    }
  remove_files (fixture->folder);
  g_free (fixture->folder);
}

void
use_server (Fixture    *fixture,
            MwSide      side,
            MwSecurity  security,
            const char *host)
{
  g_autoptr(GPtrArray) endpoints = g_ptr_array_new_with_free_func (
    (GDestroyNotify) mw_endpoint_unref);
  MwProtocol protocol = side == MW_SIDE_INCOMING ? MW_PROTOCOL_IMAP : MW_PROTOCOL_SMTP;

  g_ptr_array_add (endpoints,
                   mw_endpoint_new (protocol, security, host,
                                    scripted_server_get_port (fixture->servers[side])));
  mw_setup_set_servers (fixture->setup, side, endpoints);
}

void
keep_result_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *result;
}

gboolean
finish_check (Fixture       *fixture,
              GAsyncResult **result)
{
  g_autoptr(GError) error = NULL;
  gboolean works = mw_setup_check_finish (fixture->setup, wait_for (result), &error);

  for (guint i = 0; i < mw_setup_get_verdicts (fixture->setup)->len; i++)
    {
      MwVerdict *verdict = mw_setup_get_verdicts (fixture->setup)->pdata[i];
      g_autofree char *server = mw_endpoint_to_string (
        mw_candidate_get_endpoint (verdict->candidate));

      g_test_message ("%s: %s at %s, %s", server,
                      mw_enum_to_nick (MW_TYPE_OUTCOME, verdict->outcome),
                      mw_enum_to_nick (MW_TYPE_STAGE, verdict->stage),
                      verdict->detail != NULL ? verdict->detail : "");
    }
  g_assert_no_error (error);
  g_clear_object (result);
  return works;
}

gboolean
check (Fixture *fixture)
{
  GAsyncResult *result = NULL;

  mw_setup_check_async (fixture->setup, NULL, keep_result_cb, &result);
  return finish_check (fixture, &result);
}

void
setup_fixture_init (const MwTestCertificateSpec *spec)
{
  MwTestCertificateSpec ca_spec = { .common_name = "Test authority", .is_ca = TRUE };
  g_autoptr(MwTestCertificate) ca = mw_test_certificate_new (&ca_spec, NULL);

  certificate = mw_test_certificate_new (spec, ca);
  ca_path = mw_test_certificate_write (ca);
  dns = mw_fake_resolver_new ();
  g_resolver_set_default (G_RESOLVER (dns));
}

void
setup_fixture_clear (void)
{
  mw_test_certificate_free (certificate);
  g_unlink (ca_path);
  g_free (ca_path);
  g_object_unref (dns);
}
