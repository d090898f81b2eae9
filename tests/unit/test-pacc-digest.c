/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-pacc-digest.h"

#include <string.h>

/* SHA-256 of "{}". */
#define RIGHT "RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o="
#define OTHER "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

static const struct {
  const char *name;
  const char *texts[4];
  const char *fault;
} cases[] = {
  { "usual", { "v=UAAC1; a=sha256; d=" RIGHT } },
  { "no-blanks", { "v=UAAC1;a=sha256;d=" RIGHT ";" } },
  { "any-order", { "d = " RIGHT " ; A=SHA256;v=uaac1; z=new;;=;nothing" } },
  { "without-padding", { "v=UAAC1; a=sha256; d=RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o" } },
  { "old-and-new", { "v=UAAC1; a=sha256; d=" OTHER, "v=UAAC1; a=sha256; d=" RIGHT } },
  { "among-others", { "v=spf1 -all", "v=UAAC2; a=x", "v=UAAC1; a=sha256; d=" RIGHT } },
  { "none", { NULL }, "there is no TXT record with its digest" },
  { "others-only", { "v=spf1 -all", "", "=", "UAAC1" },
    "there is no TXT record with its digest" },
  { "foreign-version", { "v=UAAC2; a=sha256; d=" RIGHT },
    "its TXT record is of a version that is not known" },
  { "longer-version", { "v=UAAC10; a=sha256; d=" RIGHT },
    "its TXT record is of a version that is not known" },
  { "foreign-algorithm", { "v=UAAC1; a=sha512; d=" RIGHT },
    "its TXT record has a digest of a kind that is not known" },
  { "no-algorithm", { "v=UAAC1; d=" RIGHT },
    "its TXT record has a digest of a kind that is not known" },
  { "no-digest", { "v=UAAC1; a=sha256" }, "its TXT record has no SHA-256 digest in Base64" },
  { "empty-digest", { "v=UAAC1; a=sha256; d=" },
    "its TXT record has no SHA-256 digest in Base64" },
  { "hexadecimal",
    { "v=UAAC1; a=sha256; d=44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a" },
    "its TXT record has no SHA-256 digest in Base64" },
  { "shorter", { "v=UAAC1; a=sha256; d=RBNvo1Wz" },
    "its TXT record has no SHA-256 digest in Base64" },
  { "longer", { "v=UAAC1; a=sha256; d=" RIGHT "A" },
    "its TXT record has no SHA-256 digest in Base64" },
  { "different", { "v=UAAC1; a=sha256; d=" OTHER, "v=UAAC2", "v=UAAC1" },
    "its TXT record has the digest of another document" },
  { "other-case", { "v=UAAC1; a=sha256; d=rBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=" },
    "its TXT record has the digest of another document" },
  { "two-digests", { "v=UAAC1; a=sha256; d=" OTHER "; d=" RIGHT },
    "its TXT record has the digest of another document" },
};

static void
test_case (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(GPtrArray) texts = g_ptr_array_new ();

  for (gsize j = 0; j < G_N_ELEMENTS (cases[i].texts) && cases[i].texts[j] != NULL; j++)
    g_ptr_array_add (texts, (gpointer) cases[i].texts[j]);

  g_assert_cmpstr (mw_pacc_digest_check (texts, (const guint8 *) "{}", 2), ==, cases[i].fault);
}

/* Every byte counts, also the one behind the last bracket. */
static void
test_other_bytes (void)
{
  static const char * const others[] = { "", "{", "{ }", "{}\n", "\xef\xbb\xbf{}" };
  g_autoptr(GPtrArray) texts = g_ptr_array_new ();

  g_ptr_array_add (texts, (gpointer) "v=UAAC1; a=sha256; d=" RIGHT);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_cmpstr (mw_pacc_digest_check (texts, (const guint8 *) others[i],
                                           strlen (others[i])),
                     ==, "its TXT record has the digest of another document");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/pacc-digest/%s", cases[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/pacc-digest/other-bytes", test_other_bytes);

  return g_test_run ();
}
