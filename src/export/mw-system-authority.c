/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-system-authority.h"

#include <stdlib.h>
#include <string.h>

#define BEGIN "-----BEGIN CERTIFICATE-----"
#define END "-----END CERTIFICATE-----"
#define MAX_FILE (16 * 1024 * 1024)

/* Mozilla's authorities, as the distributions keep them. */
static const char *const mozilla_places[] = {
  "/usr/share/ca-certificates/mozilla",                         /* Debian */
  "/usr/share/pki/ca-trust-source/ca-bundle.trust.p11-kit",     /* Fedora */
  "/usr/share/pki/trust/ca-certificates-mozilla.trust.p11-kit", /* openSUSE */
  "/usr/share/ca-certificates/trust-source/mozilla.trust.p11-kit", /* Arch */
};

/* Where an administrator adds some. */
static const char *const local_places[] = {
  "/usr/local/share/ca-certificates",
  "/etc/pki/ca-trust/source/anchors",
  "/etc/pki/trust/anchors",
  "/etc/ca-certificates/trust-source/anchors",
};

/* What programs trust, put together from both. */
static const char *const bundles[] = {
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/var/lib/ca-certificates/ca-bundle.pem",
  "/etc/ssl/ca-bundle.pem",
};

static const char *const nss_modules[] = {
  "/usr/lib64/libnssckbi.so",
  "/usr/lib/libnssckbi.so",
};

/* Returns the certificate with this digest out of a file of many. */
static GBytes *
find_in_text (const char *text,
              const char *sha256)
{
  const char *at = text;

  while ((at = strstr (at, BEGIN)) != NULL)
    {
      const char *end = strstr (at, END);
      g_autofree char *base64 = NULL;
      g_autofree char *digest = NULL;
      g_autofree guchar *der = NULL;
      gsize size;

      if (end == NULL)
        return NULL;
      at += strlen (BEGIN);
      base64 = g_strndup (at, end - at);
      der = g_base64_decode (base64, &size);
      digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der, size);
      if (g_ascii_strcasecmp (digest, sha256) == 0)
        return g_bytes_new_take (g_steal_pointer (&der), size);
      at = end;
    }

  return NULL;
}

static gboolean
look_into_file (const char  *path,
                const char  *sha256,
                GBytes     **der)
{
  g_autofree char *text = NULL;
  gsize size;

  if (!g_file_get_contents (path, &text, &size, NULL) || size > MAX_FILE)
    return FALSE;

  *der = find_in_text (text, sha256);
  return TRUE;
}

/* Returns whether there is such a file or folder; what was found in @der. */
static gboolean
look_into (const char  *path,
           const char  *sha256,
           GBytes     **der)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  if (folder == NULL)
    return look_into_file (path, sha256, der);

  while (*der == NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *each = g_build_filename (path, name, NULL);

      look_into_file (each, sha256, der);
    }
  return TRUE;
}

static gboolean
look_everywhere (const char         *root,
                 const char *const  *places,
                 gsize               n_places,
                 const char         *sha256,
                 GBytes            **der)
{
  gboolean is_there = FALSE;

  *der = NULL;
  for (gsize i = 0; *der == NULL && i < n_places; i++)
    {
      g_autofree char *path = g_strconcat (root, places[i], NULL);

      is_there = look_into (path, sha256, der) || is_there;
    }

  return is_there;
}

MwAuthorityKind
mw_system_authority_find (const char  *root,
                          const char  *sha256,
                          GBytes     **der)
{
  g_autoptr(GBytes) by_mozilla = NULL;
  g_autoptr(GBytes) by_admin = NULL;
  g_autoptr(GBytes) trusted = NULL;
  gboolean has_mozilla, has_bundle;

  g_return_val_if_fail (root != NULL, MW_AUTHORITY_KIND_PUBLIC);
  g_return_val_if_fail (sha256 != NULL, MW_AUTHORITY_KIND_PUBLIC);
  g_return_val_if_fail (der != NULL, MW_AUTHORITY_KIND_PUBLIC);

  *der = NULL;
  has_mozilla = look_everywhere (root, mozilla_places, G_N_ELEMENTS (mozilla_places),
                                 sha256, &by_mozilla);
  if (by_mozilla != NULL)
    return MW_AUTHORITY_KIND_PUBLIC;

  has_bundle = look_everywhere (root, bundles, G_N_ELEMENTS (bundles), sha256, &trusted);
  if (trusted == NULL)
    return has_bundle ? MW_AUTHORITY_KIND_FOREIGN : MW_AUTHORITY_KIND_PUBLIC;

  look_everywhere (root, local_places, G_N_ELEMENTS (local_places), sha256, &by_admin);
  if (!has_mozilla && by_admin == NULL)
    return MW_AUTHORITY_KIND_PUBLIC;
  *der = g_steal_pointer (&trusted);
  return MW_AUTHORITY_KIND_LOCAL;
}

gboolean
mw_system_authority_nss_shares (const char *root)
{
  g_return_val_if_fail (root != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (nss_modules); i++)
    {
      g_autofree char *path = g_strconcat (root, nss_modules[i], NULL);
      char *real = realpath (path, NULL);
      gboolean shares = real != NULL && g_str_has_suffix (real, "/p11-kit-trust.so");

      free (real);
      if (shares)
        return TRUE;
    }

  return FALSE;
}
