/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-pacc-digest.h"

#include <string.h>

#define DIGEST_SIZE 32

/* How far a record is from being the right one; the best one is spoken of. */
typedef enum {
  FAULT_FOREIGN,
  FAULT_VERSION,
  FAULT_ALGORITHM,
  FAULT_MALFORMED,
  FAULT_DIFFERENT,
  FAULT_NONE,
} Fault;

/* The value of a tag: "a" in "v=UAAC1; a=sha256; d=…". Order, blanks and tags
 * that are not known do not matter.
 * Returns: (transfer full) (nullable) */
static char *
find_tag (char       **parts,
          const char  *wanted)
{
  for (gsize i = 0; parts[i] != NULL; i++)
    {
      char *value = strchr (parts[i], '=');
      g_autofree char *name = NULL;

      if (value == NULL)
        continue;

      name = g_strstrip (g_strndup (parts[i], value - parts[i]));
      if (g_ascii_strcasecmp (name, wanted) == 0)
        return g_strstrip (g_strdup (value + 1));
    }

  return NULL;
}

/* Base64 with or without its padding. */
static Fault
compare (const char *text,
         const char *right)
{
  gsize length = strcspn (text, "=");

  if (length != strcspn (right, "=") || strspn (text + length, "=") != strlen (text + length))
    return FAULT_MALFORMED;

  return strncmp (text, right, length) == 0 ? FAULT_NONE : FAULT_DIFFERENT;
}

static Fault
check_record (const char *text,
              const char *right)
{
  g_auto(GStrv) parts = g_strsplit (text, ";", -1);
  g_autofree char *version = find_tag (parts, "v");
  g_autofree char *algorithm = find_tag (parts, "a");
  g_autofree char *digest = find_tag (parts, "d");

  if (version == NULL || g_ascii_strncasecmp (version, "UAAC", 4) != 0)
    return FAULT_FOREIGN;
  if (g_ascii_strcasecmp (version, "UAAC1") != 0)
    return FAULT_VERSION;
  if (algorithm == NULL || g_ascii_strcasecmp (algorithm, "sha256") != 0)
    return FAULT_ALGORITHM;

  return digest != NULL ? compare (digest, right) : FAULT_MALFORMED;
}

const char *
mw_pacc_digest_check (GPtrArray    *texts,
                      const guint8 *data,
                      gsize         length)
{
  g_autoptr(GChecksum) checksum = NULL;
  guint8 digest[DIGEST_SIZE];
  gsize size = sizeof digest;
  g_autofree char *right = NULL;
  Fault best = FAULT_FOREIGN;

  g_return_val_if_fail (texts != NULL, NULL);
  g_return_val_if_fail (data != NULL || length == 0, NULL);

  checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (checksum, data, length);
  g_checksum_get_digest (checksum, digest, &size);
  right = g_base64_encode (digest, size);

  for (guint i = 0; i < texts->len; i++)
    best = MAX (best, check_record (texts->pdata[i], right));

  switch (best)
    {
    case FAULT_VERSION:
      return "its TXT record is of a version that is not known";
    case FAULT_ALGORITHM:
      return "its TXT record has a digest of a kind that is not known";
    case FAULT_MALFORMED:
      return "its TXT record has no SHA-256 digest in Base64";
    case FAULT_DIFFERENT:
      return "its TXT record has the digest of another document";
    case FAULT_NONE:
      return NULL;
    case FAULT_FOREIGN:
    default:
      return "there is no TXT record with its digest";
    }
}
