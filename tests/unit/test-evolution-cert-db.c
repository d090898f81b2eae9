/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-evolution-cert-db.h"

#include <string.h>

#define HOST "imap.selfsigned.test"
#define FINGERPRINT "37:a8:36:94:62:1f:1e:10:1f:7a:25:57:4c:33:0a:0c:"

/* Byte for byte what Evolution 3.46 writes after "Accept Permanently". */
#define ENTRY "\x81\x81\x95" HOST "\xb1" FINGERPRINT "\x83"
#define OWN "\x02\x80\x81" ENTRY

/* Of another program or version: an issuer, a subject, and no trust. */
#define OTHER "\x83" "CA" "\x83" "CN" "\x82" "h" "\x83" "aa" "\x80"
#define NOT_TRUSTED "\x81\x81\x95" HOST "\xb1" FINGERPRINT "\x81"

#define BYTES(text) g_bytes_new_static (text, sizeof text - 1)

static MwEvolutionCertDb *
parse (GBytes *owned)
{
  MwEvolutionCertDb *db = mw_evolution_cert_db_parse (owned);

  g_bytes_unref (owned);
  return db;
}

static void
assert_bytes (MwEvolutionCertDb *db,
              GBytes            *owned)
{
  g_autoptr(GBytes) wanted = owned;
  g_autoptr(GBytes) found = mw_evolution_cert_db_to_bytes (db);

  g_assert_true (g_bytes_equal (found, wanted));
}

static void
test_fingerprint (void)
{
  g_autoptr(GBytes) der = g_bytes_new_static ("abc", 3);
  g_autofree char *fingerprint = mw_evolution_cert_db_get_fingerprint (der);

  g_assert_cmpstr (fingerprint, ==, "90:01:50:98:3c:d2:4f:b0:d6:96:3f:7d:28:e1:7f:72:");
}

static void
test_first (void)
{
  g_autoptr(MwEvolutionCertDb) db = mw_evolution_cert_db_parse (NULL);

  g_assert_true (mw_evolution_cert_db_put (db, HOST, FINGERPRINT));
  g_assert_false (mw_evolution_cert_db_put (db, HOST, FINGERPRINT));
  g_assert_true (mw_evolution_cert_db_mentions (db, FINGERPRINT));
  assert_bytes (db, BYTES (OWN));
}

static void
test_others_stay (void)
{
  g_autoptr(MwEvolutionCertDb) db = parse (BYTES ("\x02\x80\x81" OTHER));

  g_assert_nonnull (db);
  assert_bytes (db, BYTES ("\x02\x80\x81" OTHER));
  g_assert_true (mw_evolution_cert_db_put (db, HOST, FINGERPRINT));
  assert_bytes (db, BYTES ("\x02\x80\x82" OTHER ENTRY));
  g_assert_false (mw_evolution_cert_db_remove (db, "h", "aa"));
  g_assert_false (mw_evolution_cert_db_remove (db, "other.test", FINGERPRINT));
  g_assert_true (mw_evolution_cert_db_remove (db, HOST, FINGERPRINT));
  g_assert_false (mw_evolution_cert_db_remove (db, HOST, FINGERPRINT));
  g_assert_false (mw_evolution_cert_db_mentions (db, FINGERPRINT));
  assert_bytes (db, BYTES ("\x02\x80\x81" OTHER));
}

static void
test_known (void)
{
  g_autoptr(MwEvolutionCertDb) db = parse (BYTES (OWN));

  g_assert_false (mw_evolution_cert_db_put (db, HOST, FINGERPRINT));
  assert_bytes (db, BYTES (OWN));
  g_assert_true (mw_evolution_cert_db_put (db, "other.test", FINGERPRINT));
}

/* The person's newest word counts. */
static void
test_not_trusted (void)
{
  g_autoptr(MwEvolutionCertDb) db = parse (BYTES ("\x02\x80\x82" NOT_TRUSTED OTHER));

  g_assert_true (mw_evolution_cert_db_put (db, HOST, FINGERPRINT));
  assert_bytes (db, BYTES ("\x02\x80\x82" OTHER ENTRY));
}

static void
test_many (void)
{
  g_autoptr(MwEvolutionCertDb) db = mw_evolution_cert_db_parse (NULL);
  g_autoptr(MwEvolutionCertDb) again = NULL;
  g_autoptr(GBytes) bytes = NULL;

  for (int i = 0; i < 300; i++)
    {
      g_autofree char *host = g_strdup_printf ("h%d.test", i);

      g_assert_true (mw_evolution_cert_db_put (db, host, FINGERPRINT));
    }
  bytes = mw_evolution_cert_db_to_bytes (db);
  again = mw_evolution_cert_db_parse (bytes);
  g_assert_nonnull (again);
  g_assert_true (mw_evolution_cert_db_remove (again, "h299.test", FINGERPRINT));
}

/* Every beginning of a file, and what no file can be. */
static void
test_damaged (void)
{
  static const char whole[] = "\x02\x80\x82" OTHER ENTRY;
  GBytes *damaged[] = {
    BYTES ("\x02\x81\x80"),                             /* another version */
    BYTES ("\x02\x80\x81\x81\x81\x80\x81\x83"),         /* a text without length */
    BYTES ("\x02\x80\x7f\x7f\x7f\x7f\x7f\x7f\x7f\xff"), /* a count too large */
    BYTES ("\x02\x80\x81\x81\x81\x7f\x7f\x7f\xff" "a"), /* a text too long */
    BYTES (OWN "\x81"),                                 /* more than there should be */
  };

  for (gsize size = 0; size < sizeof whole - 1; size++)
    g_assert_null (parse (g_bytes_new (whole, size)));
  for (gsize i = 0; i < G_N_ELEMENTS (damaged); i++)
    g_assert_null (parse (damaged[i]));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/evolution-cert-db/fingerprint", test_fingerprint);
  g_test_add_func ("/evolution-cert-db/first", test_first);
  g_test_add_func ("/evolution-cert-db/others-stay", test_others_stay);
  g_test_add_func ("/evolution-cert-db/known", test_known);
  g_test_add_func ("/evolution-cert-db/not-trusted", test_not_trusted);
  g_test_add_func ("/evolution-cert-db/many", test_many);
  g_test_add_func ("/evolution-cert-db/damaged", test_damaged);

  return g_test_run ();
}
