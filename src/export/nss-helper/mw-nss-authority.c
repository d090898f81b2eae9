/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/nss-helper/mw-nss-authority.h"

#include <string.h>

#include <cert.h>
#include <certdb.h>

#include "export/nss-helper/mw-nss-frame.h"

static gboolean
has_digest (CERTCertificate *certificate,
            const char      *sha256)
{
  g_autofree char *digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256,
                                                         certificate->derCert.data,
                                                         certificate->derCert.len);

  return strcmp (digest, sha256) == 0;
}

static CERTCertificate *
find (PK11SlotInfo *slot,
      const char   *sha256)
{
  CERTCertList *list = PK11_ListCertsInSlot (slot);
  CERTCertificate *found = NULL;

  if (list == NULL)
    return NULL;
  for (CERTCertListNode *node = CERT_LIST_HEAD (list);
       found == NULL && !CERT_LIST_END (node, list); node = CERT_LIST_NEXT (node))
    if (has_digest (node->cert, sha256))
      found = CERT_DupCertificate (node->cert);

  CERT_DestroyCertList (list);
  return found;
}

const char *
mw_nss_authority_look (PK11SlotInfo *slot,
                       const char   *sha256)
{
  CERTCertificate *certificate = find (slot, sha256);
  CERTCertTrust trust = { 0 };
  gboolean trusted;

  if (certificate == NULL)
    return MW_NSS_AUTHORITY_ABSENT;

  trusted = CERT_GetCertTrust (certificate, &trust) == SECSuccess &&
            (trust.sslFlags & CERTDB_TRUSTED_CA) != 0;
  CERT_DestroyCertificate (certificate);
  return trusted ? MW_NSS_AUTHORITY_TRUSTED : MW_NSS_AUTHORITY_KNOWN;
}

static gboolean
import (PK11SlotInfo    *slot,
        CERTCertificate *certificate)
{
  CERTCertTrust trust = { .sslFlags = CERTDB_VALID_CA | CERTDB_TRUSTED_CA };
  char *nickname = CERT_MakeCANickname (certificate);
  gboolean ok;

  ok = PK11_ImportCert (slot, certificate, CK_INVALID_HANDLE, nickname, PR_FALSE) == SECSuccess &&
       CERT_ChangeCertTrust (CERT_GetDefaultCertDB (), certificate, &trust) == SECSuccess;
  PORT_Free (nickname);
  return ok;
}

gboolean
mw_nss_authority_trust (PK11SlotInfo *slot,
                        const char   *sha256,
                        const char   *certificate)
{
  gsize size;
  g_autofree guchar *der = g_base64_decode (certificate, &size);
  CERTCertificate *decoded;
  gboolean ok;

  if (PK11_NeedUserInit (slot) && PK11_InitPin (slot, NULL, "") != SECSuccess)
    return FALSE;
  if (strcmp (mw_nss_authority_look (slot, sha256), MW_NSS_AUTHORITY_ABSENT) != 0)
    return FALSE;

  decoded = CERT_DecodeCertFromPackage ((char *) der, (int) size);
  if (decoded == NULL)
    return FALSE;
  ok = has_digest (decoded, sha256) && CERT_IsCACert (decoded, NULL) && import (slot, decoded);
  CERT_DestroyCertificate (decoded);
  return ok;
}

gboolean
mw_nss_authority_forget (PK11SlotInfo *slot,
                         const char   *sha256)
{
  CERTCertificate *certificate = find (slot, sha256);
  gboolean ok;

  if (certificate == NULL)
    return TRUE;

  ok = SEC_DeletePermCertificate (certificate) == SECSuccess;
  CERT_DestroyCertificate (certificate);
  return ok;
}
