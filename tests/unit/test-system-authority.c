/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "core/mw-export-authority.h"
#include "export/mw-system-authority.h"

/* Only the digest of a certificate counts here, so that any bytes will do. */

#define BUNDLE "etc/ssl/certs/ca-certificates.crt"
#define FEDORA_BUNDLE "etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"
#define MOZILLA "usr/share/ca-certificates/mozilla"
#define FEDORA_MOZILLA "usr/share/pki/ca-trust-source/ca-bundle.trust.p11-kit"
#define LOCAL "usr/local/share/ca-certificates/ours.crt"

/* Each file holds the certificates of these letters. */
typedef struct {
  const char      *name;
  const char      *files[8]; /* path, letters, path, … */
  MwAuthorityKind  kind;     /* of the one called "x" */
} KindCase;

static const KindCase kind_cases[] = {
  { "debian/public", { BUNDLE, "ax", MOZILLA "/a.crt", "a", MOZILLA "/x.crt", "x" },
    MW_AUTHORITY_KIND_PUBLIC },
  { "debian/local", { BUNDLE, "abx", MOZILLA "/a.crt", "a", MOZILLA "/b.crt", "b" },
    MW_AUTHORITY_KIND_LOCAL },
  { "debian/foreign", { BUNDLE, "ab", MOZILLA "/a.crt", "a" }, MW_AUTHORITY_KIND_FOREIGN },
  /* Switched off by the administrator: it cannot have been the anchor. */
  { "debian/not-trusted", { BUNDLE, "a", LOCAL, "x", MOZILLA "/a.crt", "a" },
    MW_AUTHORITY_KIND_FOREIGN },
  { "fedora/public", { FEDORA_BUNDLE, "abx", FEDORA_MOZILLA, "abx" }, MW_AUTHORITY_KIND_PUBLIC },
  { "fedora/local", { FEDORA_BUNDLE, "abx", FEDORA_MOZILLA, "ab" }, MW_AUTHORITY_KIND_LOCAL },
  { "no-list/local", { BUNDLE, "abx", LOCAL, "x" }, MW_AUTHORITY_KIND_LOCAL },
  { "no-list/unknown", { BUNDLE, "abx" }, MW_AUTHORITY_KIND_PUBLIC },
  { "nothing", { NULL }, MW_AUTHORITY_KIND_PUBLIC },
};

static char *
make_pem (const char *letters)
{
  GString *text = g_string_new ("# a comment\n[p11-kit-object-v1]\n");

  for (const char *p = letters; *p != '\0'; p++)
    {
      g_autofree char *base64 = g_base64_encode ((const guchar *) p, 1);

      g_string_append_printf (text, "-----BEGIN CERTIFICATE-----\n%s\n"
                                    "-----END CERTIFICATE-----\n", base64);
    }
  /* Cut off in the middle. */
  g_string_append (text, "-----BEGIN CERTIFICATE-----\neA");
  return g_string_free (text, FALSE);
}

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *each = g_build_filename (path, name, NULL);

      if (g_file_test (each, G_FILE_TEST_IS_DIR) && !g_file_test (each, G_FILE_TEST_IS_SYMLINK))
        remove_tree (each);
      else
        g_assert_no_errno (g_unlink (each));
    }
  g_assert_no_errno (g_rmdir (path));
}

static char *
make_place (const char *root,
            const char *path)
{
  char *whole = g_build_filename (root, path, NULL);
  g_autofree char *folder = g_path_get_dirname (whole);

  g_assert_no_errno (g_mkdir_with_parents (folder, 0700));
  return whole;
}

static void
test_kind (gconstpointer data)
{
  const KindCase *test = data;
  g_autofree char *root = g_dir_make_tmp ("mailwright-authority-XXXXXX", NULL);
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "x", 1);
  g_autoptr(GBytes) der = NULL;

  for (gsize i = 0; test->files[i] != NULL; i += 2)
    {
      g_autofree char *path = make_place (root, test->files[i]);
      g_autofree char *text = make_pem (test->files[i + 1]);

      g_assert_true (g_file_set_contents (path, text, -1, NULL));
    }

  g_assert_cmpint (mw_system_authority_find (root, sha256, &der), ==, test->kind);
  if (test->kind == MW_AUTHORITY_KIND_LOCAL)
    g_assert_cmpmem (g_bytes_get_data (der, NULL), g_bytes_get_size (der), "x", 1);
  else
    g_assert_null (der);
  remove_tree (root);
}

static void
test_nss_shares (void)
{
  g_autofree char *root = g_dir_make_tmp ("mailwright-authority-XXXXXX", NULL);
  g_autofree char *module = make_place (root, "usr/lib64/libnssckbi.so");
  g_autofree char *own = make_place (root, "usr/lib64/nss/libnssckbi.so");
  g_autofree char *p11_kit = make_place (root, "usr/lib64/pkcs11/p11-kit-trust.so");

  g_assert_false (mw_system_authority_nss_shares (root));
  g_assert_true (g_file_set_contents (own, "", 0, NULL));
  g_assert_true (g_file_set_contents (p11_kit, "", 0, NULL));
  g_assert_no_errno (symlink ("nss/libnssckbi.so", module));
  g_assert_false (mw_system_authority_nss_shares (root));
  g_assert_no_errno (g_unlink (module));
  g_assert_no_errno (symlink ("pkcs11/p11-kit-trust.so", module));
  g_assert_true (mw_system_authority_nss_shares (root));
  remove_tree (root);
}

static void
test_name (void)
{
  static const struct {
    const char *dn;
    const char *name;
  } cases[] = {
    { "CN=Company Root,O=Company,C=PL", "Company Root" },
    { "C=PL,O=Company,CN=Company Root", "Company Root" },
    { "C=PL, O=Company\\, Inc., CN=Company Root", "Company Root" },
    { "CN=A\\, B \\\"C\\\" \\\\ D+OU=E,O=F", "A, B \"C\" \\ D" },
    { "O=CN=Company,C=PL", "CN=Company" },
    { "OU=Mail,O=Company", "Mail" },
    { "O=Company", "Company" },
    { "C=PL", "C=PL" },
    { "CN", "CN" },
    { "CN=x\\", "x\\" },
    { "", "" },
    { NULL, "ab" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(MwExportAuthority) authority = mw_export_authority_new (cases[i].dn, "ab", TRUE);

      g_assert_cmpstr (authority->name, ==, cases[i].name);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (kind_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/system-authority/", kind_cases[i].name, NULL);

      g_test_add_data_func (path, &kind_cases[i], test_kind);
    }
  g_test_add_func ("/system-authority/nss-shares", test_nss_shares);
  g_test_add_func ("/system-authority/name", test_name);
  return g_test_run ();
}
