/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "net/mw-certificate-check.h"

#include <time.h>

#include "net/mw-certificate-names.h"
#include "net/mw-certificate-problems.h"
#include "net/mw-certificate-reader.h"
#include "net/mw-datum.h"

/* As many as GnuTLS verifies; honest servers send three. */
#define MAX_LINKS 16

/* The chain as the server sent it; %NULL where one cannot be decoded. */
typedef struct {
  gnutls_x509_crt_t certificates[MAX_LINKS];
  unsigned int      n_certificates;
} Chain;

static void
chain_clear (Chain *chain)
{
  for (unsigned int i = 0; i < chain->n_certificates; i++)
    if (chain->certificates[i] != NULL)
      gnutls_x509_crt_deinit (chain->certificates[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Chain, chain_clear)

static gnutls_x509_crt_t
decode (const gnutls_datum_t *der)
{
  gnutls_x509_crt_t certificate = NULL;

  if (gnutls_x509_crt_init (&certificate) != GNUTLS_E_SUCCESS)
    return NULL;
  if (gnutls_x509_crt_import (certificate, der, GNUTLS_X509_FMT_DER) == GNUTLS_E_SUCCESS)
    return certificate;

  gnutls_x509_crt_deinit (certificate);
  return NULL;
}

static void
chain_load (Chain                *chain,
            const gnutls_datum_t *ders,
            unsigned int          n_ders)
{
  for (unsigned int i = 0; i < n_ders && i < MAX_LINKS; i++)
    chain->certificates[chain->n_certificates++] = decode (&ders[i]);
}

static gboolean
is_self_issued (gnutls_x509_crt_t certificate)
{
  return gnutls_x509_crt_check_issuer (certificate, certificate) != 0;
}

/* Whose certificate the server sent that says it signed number @i. */
static int
find_issuer (const Chain  *chain,
             unsigned int  i)
{
  for (unsigned int j = 0; j < chain->n_certificates; j++)
    if (j != i && chain->certificates[j] != NULL &&
        gnutls_x509_crt_check_issuer (chain->certificates[i], chain->certificates[j]) != 0)
      return j;

  return -1;
}

/* Where the way from the leaf upwards ends, which a chain in a circle does not
 * do by itself. */
static unsigned int
find_end (const Chain *chain)
{
  unsigned int end = 0;

  for (unsigned int steps = 1; steps < chain->n_certificates; steps++)
    {
      int issuer = find_issuer (chain, end);

      if (issuer < 0 || is_self_issued (chain->certificates[end]))
        break;
      end = issuer;
    }

  return end;
}

static gboolean
names_issuer_address (gnutls_x509_crt_t certificate)
{
  g_auto(gnutls_datum_t) uri = { NULL, 0 };
  unsigned int critical;

  return gnutls_x509_crt_get_authority_info_access (certificate, 0, GNUTLS_IA_CAISSUERS_URI,
                                                    &uri, &critical) == GNUTLS_E_SUCCESS;
}

/* Why a chain leads to no known authority. */
static MwProblems
unknown_signer (const Chain *chain)
{
  gnutls_x509_crt_t leaf = chain->certificates[0];

  if (is_self_issued (leaf))
    return MW_PROBLEM (SELF_SIGNED);
  if (find_issuer (chain, 0) >= 0)
    return MW_PROBLEM (UNKNOWN_CA);

  /* The issuer was not sent. A certificate that says where its issuer's can
   * be fetched (RFC 5280 §4.2.2.1) comes from an authority with
   * intermediates: the server forgot one. Home-made authorities say nothing. */
  return names_issuer_address (leaf) ? MW_PROBLEM (INCOMPLETE) : MW_PROBLEM (UNKNOWN_CA);
}

static gboolean
is_weak (gnutls_x509_crt_t certificate)
{
  unsigned int bits = 0;
  int key = gnutls_x509_crt_get_pk_algorithm (certificate, &bits);
  int signature = gnutls_x509_crt_get_signature_algorithm (certificate);

  if (key < 0 || gnutls_pk_bits_to_sec_param (key, bits) < GNUTLS_SEC_PARAM_MEDIUM)
    return TRUE;

  /* Nobody looks at what somebody signed for himself. */
  if (is_self_issued (certificate))
    return FALSE;

  switch ((int) gnutls_sign_get_hash_algorithm (signature))
    {
    case GNUTLS_DIG_MD2:
    case GNUTLS_DIG_MD5:
    case GNUTLS_DIG_RMD160:
    case GNUTLS_DIG_SHA1:
      return TRUE;
    default:
      return FALSE;
    }
}

/* What is wrong with a certificate whoever signed it. */
static MwProblems
check_alone (gnutls_x509_crt_t certificate)
{
  time_t now = time (NULL);
  time_t from = gnutls_x509_crt_get_activation_time (certificate);
  time_t until = gnutls_x509_crt_get_expiration_time (certificate);
  MwProblems problems = 0;

  if (from == (time_t) -1 || from > now)
    problems |= MW_PROBLEM (NOT_YET);
  if (until == (time_t) -1 || until < now)
    problems |= MW_PROBLEM (EXPIRED);
  if (is_weak (certificate))
    problems |= MW_PROBLEM (WEAK);

  return problems;
}

static MwProblems
check_leaf (gnutls_x509_crt_t leaf,
            const char       *host)
{
  MwProblems problems = check_alone (leaf);

  if (!mw_certificate_names_host (leaf, host))
    problems |= MW_PROBLEM (NAME);
  if (gnutls_x509_crt_check_key_purpose (leaf, GNUTLS_KP_TLS_WWW_SERVER, 0) == 0)
    problems |= MW_PROBLEM (PURPOSE);

  return problems;
}

static MwProblems
check_authority (gnutls_x509_crt_t certificate)
{
  MwProblems problems;

  if (certificate == NULL)
    return MW_PROBLEM (UNKNOWN_CA);

  problems = check_alone (certificate);
  if (gnutls_x509_crt_get_ca_status (certificate, NULL) <= 0)
    problems |= MW_PROBLEM (PURPOSE);

  return problems;
}

static unsigned int
verify (gnutls_session_t  session,
        const char       *host)
{
  gnutls_typed_vdata_st data[] = {
    { GNUTLS_DT_DNS_HOSTNAME, (unsigned char *) host, 0 },
    { GNUTLS_DT_KEY_PURPOSE_OID, (unsigned char *) GNUTLS_KP_TLS_WWW_SERVER, 0 },
  };
  unsigned int status = 0;

  if (gnutls_certificate_verify_peers (session, data, G_N_ELEMENTS (data), &status)
      != GNUTLS_E_SUCCESS)
    status |= GNUTLS_CERT_INVALID;

  return status;
}

static GPtrArray *
read_chain (const Chain          *chain,
            const gnutls_datum_t *ders,
            MwProblems            of_leaf)
{
  GPtrArray *links = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_certificate_unref);

  for (unsigned int i = 0; i < chain->n_certificates; i++)
    {
      gnutls_x509_crt_t certificate = chain->certificates[i];
      MwCertificate *link = mw_certificate_read (certificate, &ders[i]);
      MwProblems problems = i == 0 ? of_leaf : check_authority (certificate);

      link->problems = mw_certificate_problems_to_list (problems, &link->n_problems);
      g_ptr_array_add (links, link);
    }

  return links;
}

static MwCertificateReport *
make_report (const Chain          *chain,
             const gnutls_datum_t *ders,
             unsigned int          status,
             MwProblems            problems,
             MwProblems            of_leaf)
{
  g_autoptr(GPtrArray) links = read_chain (chain, ders, of_leaf);
  gsize n_problems;
  g_autofree MwOutcome *list = mw_certificate_problems_to_list (problems, &n_problems);
  const MwCertificate *end = g_ptr_array_index (links, find_end (chain));
  gboolean breaks_off = (status & GNUTLS_CERT_SIGNER_NOT_FOUND) != 0 &&
                        (problems & MW_PROBLEM (SELF_SIGNED)) == 0;

  return mw_certificate_report_new (links, list, n_problems, breaks_off ? end->issuer : NULL,
                                    mw_certificate_status_lacks_staple (status));
}

MwCertificateReport *
mw_certificate_judge (const gnutls_datum_t *ders,
                      unsigned int          n_ders,
                      unsigned int          status,
                      const char           *host,
                      const char           *pin,
                      gboolean             *out_accepted)
{
  g_auto(Chain) chain = { { NULL }, 0 };
  g_autofree char *sha256 = NULL;
  MwProblems of_leaf;
  MwProblems problems;

  g_return_val_if_fail (ders != NULL || n_ders == 0, NULL);
  g_return_val_if_fail (host != NULL, NULL);
  g_return_val_if_fail (out_accepted != NULL, NULL);

  *out_accepted = FALSE;
  chain_load (&chain, ders, n_ders);
  if (n_ders == 0 || chain.certificates[0] == NULL)
    return NULL;

  of_leaf = check_leaf (chain.certificates[0], host);
  problems = mw_certificate_problems_from_status (status, unknown_signer (&chain)) | of_leaf;
  /* GnuTLS compares a leaf with the anchors only as far as it needs to. */
  if ((problems & MW_PROBLEM (SELF_SIGNED)) != 0)
    problems &= ~MW_PROBLEM (UNKNOWN_CA);

  sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, ders[0].data, ders[0].size);
  if (pin == NULL)
    *out_accepted = problems == 0;
  /* A pin says "this key"; a revocation, that somebody else may have it. */
  else if (g_ascii_strcasecmp (pin, sha256) == 0)
    *out_accepted = (problems & MW_PROBLEM (REVOKED)) == 0;
  else
    problems |= MW_PROBLEM (PIN_CHANGED);

  return make_report (&chain, ders, status, problems, of_leaf);
}

/* Returns the first authority on the way up from the server's certificate
 * that is among the trusted ones. */
static MwCertificate *
find_anchor (gnutls_session_t      session,
             const gnutls_datum_t *ders,
             unsigned int          n_ders)
{
  g_auto(Chain) chain = { { NULL }, 0 };
  gnutls_certificate_credentials_t credentials = NULL;
  gnutls_x509_trust_list_t anchors = NULL;
  MwCertificate *found = NULL;
  int at = 0;

  if (gnutls_credentials_get (session, GNUTLS_CRD_CERTIFICATE, (void **) &credentials)
      != GNUTLS_E_SUCCESS)
    return NULL;
  gnutls_certificate_get_trust_list (credentials, &anchors);
  chain_load (&chain, ders, n_ders);

  /* No certificate is passed twice, however they name each other. */
  for (unsigned int i = 0; found == NULL && at >= 0 && i < chain.n_certificates; i++)
    {
      gnutls_x509_crt_t anchor = NULL;
      g_auto(gnutls_datum_t) der = { NULL, 0 };

      if (gnutls_x509_trust_list_get_issuer (anchors, chain.certificates[at], &anchor,
                                             GNUTLS_TL_GET_COPY) == GNUTLS_E_SUCCESS)
        {
          if (gnutls_x509_crt_export2 (anchor, GNUTLS_X509_FMT_DER, &der) == GNUTLS_E_SUCCESS)
            found = mw_certificate_read (anchor, &der);
          gnutls_x509_crt_deinit (anchor);
        }
      at = find_issuer (&chain, at);
    }

  return found;
}

MwCertificateReport *
mw_certificate_check (gnutls_session_t  session,
                      const char       *host,
                      const char       *pin,
                      gboolean         *out_accepted)
{
  const gnutls_datum_t *ders = NULL;
  unsigned int n_ders = 0;
  MwCertificateReport *report;

  g_return_val_if_fail (host != NULL, NULL);
  g_return_val_if_fail (out_accepted != NULL, NULL);

  if (gnutls_certificate_type_get (session) == GNUTLS_CRT_X509)
    ders = gnutls_certificate_get_peers (session, &n_ders);
  if (ders == NULL)
    n_ders = 0;

  report = mw_certificate_judge (ders, n_ders, verify (session, host), host, pin, out_accepted);
  if (report != NULL && *out_accepted)
    {
      g_autoptr(MwCertificate) anchor = find_anchor (session, ders, n_ders);

      mw_certificate_report_set_anchor (report, anchor);
    }
  return report;
}
