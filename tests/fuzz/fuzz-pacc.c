/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "fuzz.h"

#include "core/mw-domain.h"
#include "discovery/mw-pacc-digest.h"
#include "discovery/mw-pacc-document.h"

/* The first line is a TXT record, the rest the document. */

static void
check_digest (const char   *line,
              gsize         length,
              const guint8 *data,
              gsize         size)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *right = NULL;
  g_autofree char *bare = NULL;
  guint8 digest[32];
  gsize digest_size = sizeof digest;

  /* The resolver gives valid text only. */
  if (!g_utf8_validate (line, length, NULL))
    return;

  g_checksum_update (checksum, data, size);
  g_checksum_get_digest (checksum, digest, &digest_size);
  right = g_base64_encode (digest, digest_size);

  /* A record is only right when it holds the digest. */
  bare = g_strndup (right, strcspn (right, "="));
  g_ptr_array_add (texts, g_strndup (line, length));
  if (mw_pacc_digest_check (texts, data, size) == NULL)
    g_assert_nonnull (strstr (texts->pdata[0], bare));

  /* Whatever stands beside the right record, it is found. */
  g_ptr_array_add (texts, g_strconcat ("v=UAAC1; a=sha256; d=", right, NULL));
  g_assert_null (mw_pacc_digest_check (texts, data, size));
}

static void
check_candidate (MwPaccDocument *document,
                 guint           i)
{
  MwCandidate *candidate = document->candidates->pdata[i];
  MwEndpoint *endpoint = mw_candidate_get_endpoint (candidate);
  const char *host = mw_endpoint_get_host (endpoint);
  guint16 port = mw_endpoint_get_port (endpoint);
  g_autofree char *normal = mw_domain_normalize (host);

  g_assert_cmpstr (host, ==, normal);
  g_assert_false (mw_domain_is_ip_literal (host));
  g_assert_cmpint (mw_endpoint_get_security (endpoint), ==, MW_SECURITY_TLS);
  g_assert_true (port == 993 || port == 995 || port == 465);
  g_assert_cmpint (mw_candidate_get_grade (candidate), ==, MW_GRADE_B);
  g_assert_cmpuint (mw_candidate_get_origins (candidate), ==, 1u << MW_ORIGIN_PACC);
  g_assert_cmpstr (mw_candidate_get_user_names (candidate)[0], ==, "jan@example.test");
}

static void
check_document (const guint8 *data,
                gsize         size)
{
  g_autoptr(MwAddress) address = mw_address_parse ("jan@example.test", NULL);
  g_autoptr(MwPaccDocument) document = NULL;
  g_autoptr(GError) error = NULL;

  document = mw_pacc_document_parse ((const char *) data, size, address, MW_ORIGIN_PACC,
                                     MW_GRADE_B, &error);
  g_assert_true ((document == NULL) == (error != NULL));
  if (document == NULL)
    return;

  g_assert_cmpuint (document->candidates->len, <=, 4);
  for (guint i = 0; i < document->candidates->len; i++)
    check_candidate (document, i);
  g_assert_true (g_utf8_validate (document->provider->name, -1, NULL));
  for (guint i = 0; i < document->provider->hints->len; i++)
    {
      const MwHint *hint = document->provider->hints->pdata[i];

      g_assert_true (hint->uri == NULL ||
                     g_ascii_strncasecmp (hint->uri, "https://", 8) == 0);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const guint8 *end = size > 0 ? memchr (data, '\n', size) : NULL;

  if (end == NULL)
    return 0;

  check_digest ((const char *) data, end - data, end + 1, size - (end + 1 - data));
  check_document (end + 1, size - (end + 1 - data));
  return 0;
}
