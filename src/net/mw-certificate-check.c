/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "net/mw-certificate-check.h"

#include <string.h>
#include <time.h>

#include <gio/gio.h>
#include <gnutls/x509-ext.h>

#include "core/mw-domain.h"

/* Gravest first: the order in which problems are reported, and thereby which
 * one is the headline. Whether the authority can be believed at all comes
 * before what it says; dates, often a wrong clock, come last. */
static const MwOutcome gravity[] = {
  MW_OUTCOME_CERT_PIN_CHANGED,
  MW_OUTCOME_CERT_REVOKED,
  MW_OUTCOME_CERT_UNKNOWN_CA,
  MW_OUTCOME_CERT_SELF_SIGNED,
  MW_OUTCOME_CERT_INCOMPLETE,
  MW_OUTCOME_CERT_NAME,
  MW_OUTCOME_CERT_PURPOSE,
  MW_OUTCOME_CERT_WEAK,
  MW_OUTCOME_CERT_NOT_YET,
  MW_OUTCOME_CERT_EXPIRED,
};

/* A set of outcomes of the CERT kind. */
typedef guint64 Problems;

#define PROBLEM(name) (G_GUINT64_CONSTANT (1) << MW_OUTCOME_CERT_##name)

G_STATIC_ASSERT (MW_OUTCOME_PROTOCOL < 64);

static void
datum_clear (gnutls_datum_t *datum)
{
  gnutls_free (datum->data);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (gnutls_datum_t, datum_clear)

/* The chain as the server sent it. */
typedef struct {
  gnutls_x509_crt_t *certificates;
  unsigned int       n_certificates;
} Chain;

static void
chain_clear (Chain *chain)
{
  for (unsigned int i = 0; i < chain->n_certificates; i++)
    gnutls_x509_crt_deinit (chain->certificates[i]);
  g_free (chain->certificates);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Chain, chain_clear)

static gboolean
chain_load (Chain            *chain,
            gnutls_session_t  session)
{
  unsigned int size = 0;
  const gnutls_datum_t *ders;

  if (gnutls_certificate_type_get (session) != GNUTLS_CRT_X509)
    return FALSE;

  ders = gnutls_certificate_get_peers (session, &size);
  if (ders == NULL || size == 0)
    return FALSE;

  chain->certificates = g_new0 (gnutls_x509_crt_t, size);
  for (unsigned int i = 0; i < size; i++)
    {
      gnutls_x509_crt_t certificate;

      if (gnutls_x509_crt_init (&certificate) != GNUTLS_E_SUCCESS)
        return FALSE;
      chain->certificates[chain->n_certificates++] = certificate;
      if (gnutls_x509_crt_import (certificate, &ders[i], GNUTLS_X509_FMT_DER) != GNUTLS_E_SUCCESS)
        return FALSE;
    }

  return TRUE;
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
static Problems
unknown_signer (const Chain *chain)
{
  gnutls_x509_crt_t leaf = chain->certificates[0];

  if (gnutls_x509_crt_check_issuer (leaf, leaf) != 0)
    return PROBLEM (SELF_SIGNED);

  for (unsigned int i = 1; i < chain->n_certificates; i++)
    if (gnutls_x509_crt_check_issuer (leaf, chain->certificates[i]) != 0)
      return PROBLEM (UNKNOWN_CA);

  /* The issuer was not sent. A certificate that says where its issuer's can
   * be fetched (RFC 5280 §4.2.2.1) comes from an authority with
   * intermediates: the server forgot one. Home-made authorities say nothing. */
  return names_issuer_address (leaf) ? PROBLEM (INCOMPLETE) : PROBLEM (UNKNOWN_CA);
}

static Problems
check_leaf (gnutls_x509_crt_t leaf,
            const char       *host)
{
  time_t now = time (NULL);
  unsigned int bits = 0;
  int algorithm = gnutls_x509_crt_get_pk_algorithm (leaf, &bits);
  Problems problems = 0;

  if (!mw_certificate_names_host (leaf, host))
    problems |= PROBLEM (NAME);
  if (gnutls_x509_crt_get_activation_time (leaf) > now)
    problems |= PROBLEM (NOT_YET);
  if (gnutls_x509_crt_get_expiration_time (leaf) < now)
    problems |= PROBLEM (EXPIRED);
  if (gnutls_x509_crt_check_key_purpose (leaf, GNUTLS_KP_TLS_WWW_SERVER, 0) == 0)
    problems |= PROBLEM (PURPOSE);
  if (algorithm < 0 || gnutls_pk_bits_to_sec_param (algorithm, bits) < GNUTLS_SEC_PARAM_MEDIUM)
    problems |= PROBLEM (WEAK);

  return problems;
}

static Problems
problems_from_status (unsigned int  status,
                      const Chain  *chain)
{
  static const struct {
    unsigned int bit;
    Problems     problems;
  } table[] = {
    { GNUTLS_CERT_REVOKED, PROBLEM (REVOKED) },
    { GNUTLS_CERT_SIGNATURE_FAILURE, PROBLEM (UNKNOWN_CA) },
    { GNUTLS_CERT_SIGNER_NOT_CA, PROBLEM (UNKNOWN_CA) },
    { GNUTLS_CERT_INSECURE_ALGORITHM, PROBLEM (WEAK) },
    { GNUTLS_CERT_NOT_ACTIVATED, PROBLEM (NOT_YET) },
    { GNUTLS_CERT_EXPIRED, PROBLEM (EXPIRED) },
    { GNUTLS_CERT_UNEXPECTED_OWNER, PROBLEM (NAME) },
    { GNUTLS_CERT_MISMATCH, PROBLEM (UNKNOWN_CA) },
    /* The authority may not sign for this name or depth, or the certificate
     * carries conditions nobody here understands: not made for this. */
    { GNUTLS_CERT_SIGNER_CONSTRAINTS_FAILURE, PROBLEM (PURPOSE) },
    { GNUTLS_CERT_UNKNOWN_CRIT_EXTENSIONS, PROBLEM (PURPOSE) },
    { GNUTLS_CERT_PURPOSE_MISMATCH, PROBLEM (PURPOSE) },
    /* The certificate wants a stapled answer (RFC 7633), and the server sent
     * none, or none that is good. */
    { GNUTLS_CERT_MISSING_OCSP_STATUS, PROBLEM (INCOMPLETE) },
    { GNUTLS_CERT_INVALID_OCSP_STATUS, PROBLEM (INCOMPLETE) },
    /* The stapled answer is out of date; it may hide a newer one. */
    { GNUTLS_CERT_REVOCATION_DATA_SUPERSEDED, PROBLEM (INCOMPLETE) },
    { GNUTLS_CERT_REVOCATION_DATA_ISSUED_IN_FUTURE, PROBLEM (NOT_YET) },
  };
  Problems problems = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if ((status & table[i].bit) != 0)
      problems |= table[i].problems;

  if ((status & GNUTLS_CERT_SIGNER_NOT_FOUND) != 0)
    problems |= unknown_signer (chain);
  /* A bit this table does not know yet must not be a yes. */
  if (status != 0 && problems == 0)
    problems |= PROBLEM (UNKNOWN_CA);

  return problems;
}

static Problems
verify (gnutls_session_t  session,
        const char       *host,
        const Chain      *chain)
{
  gnutls_typed_vdata_st data[] = {
    { GNUTLS_DT_DNS_HOSTNAME, (unsigned char *) host, 0 },
    { GNUTLS_DT_KEY_PURPOSE_OID, (unsigned char *) GNUTLS_KP_TLS_WWW_SERVER, 0 },
  };
  unsigned int status = 0;
  Problems problems;

  if (gnutls_certificate_verify_peers (session, data, G_N_ELEMENTS (data), &status)
      != GNUTLS_E_SUCCESS)
    return PROBLEM (UNKNOWN_CA) | check_leaf (chain->certificates[0], host);

  problems = problems_from_status (status, chain) | check_leaf (chain->certificates[0], host);
  /* GnuTLS compares a leaf with the anchors only as far as it needs to. */
  if ((problems & PROBLEM (SELF_SIGNED)) != 0)
    problems &= ~PROBLEM (UNKNOWN_CA);

  return problems;
}

static gsize
list_problems (Problems   problems,
               MwOutcome *list)
{
  gsize n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (gravity); i++)
    if ((problems & (G_GUINT64_CONSTANT (1) << gravity[i])) != 0)
      list[n++] = gravity[i];

  return n;
}

static char *
datum_to_text (const gnutls_datum_t *datum)
{
  return g_utf8_make_valid ((const char *) datum->data, datum->size);
}

static char *
get_subject (gnutls_x509_crt_t certificate)
{
  g_auto(gnutls_datum_t) dn = { NULL, 0 };

  return gnutls_x509_crt_get_dn3 (certificate, &dn, 0) == GNUTLS_E_SUCCESS
           ? datum_to_text (&dn) : NULL;
}

static char *
get_issuer (gnutls_x509_crt_t certificate)
{
  g_auto(gnutls_datum_t) dn = { NULL, 0 };

  return gnutls_x509_crt_get_issuer_dn3 (certificate, &dn, 0) == GNUTLS_E_SUCCESS
           ? datum_to_text (&dn) : NULL;
}

static char *
get_key (gnutls_x509_crt_t certificate)
{
  unsigned int bits = 0;
  int algorithm = gnutls_x509_crt_get_pk_algorithm (certificate, &bits);

  if (algorithm < 0)
    return NULL;

  return g_strdup_printf ("%s %u", gnutls_pk_get_name (algorithm), bits);
}

static GBytes *
get_der (gnutls_x509_crt_t certificate)
{
  g_auto(gnutls_datum_t) der = { NULL, 0 };

  if (gnutls_x509_crt_export2 (certificate, GNUTLS_X509_FMT_DER, &der) != GNUTLS_E_SUCCESS)
    return NULL;

  return g_bytes_new (der.data, der.size);
}

typedef gboolean (*NameFunc) (unsigned int          type,
                              const gnutls_datum_t *name,
                              gpointer              user_data);

/* An SRV-ID is an otherName; @func gets it decoded and by a type of its own. */
static gboolean
visit_other_name (const gnutls_datum_t *oid,
                  const gnutls_datum_t *name,
                  NameFunc              func,
                  gpointer              user_data)
{
  g_auto(gnutls_datum_t) decoded = { NULL, 0 };
  g_autofree char *text = datum_to_text (oid);
  unsigned int type;

  if (gnutls_x509_othername_to_virtual (text, name, &type, &decoded) != GNUTLS_E_SUCCESS)
    return FALSE;

  return func (type, &decoded, user_data);
}

/* Calls @func for each subject alternative name until it says yes. */
static gboolean
walk_names (gnutls_x509_crt_t certificate,
            NameFunc          func,
            gpointer          user_data)
{
  gnutls_subject_alt_names_t names = NULL;
  g_auto(gnutls_datum_t) extension = { NULL, 0 };
  unsigned int critical;
  gboolean found = FALSE;

  if (gnutls_x509_crt_get_extension_by_oid2 (certificate, GNUTLS_X509EXT_OID_SAN, 0,
                                             &extension, &critical) != GNUTLS_E_SUCCESS)
    return FALSE;
  if (gnutls_subject_alt_names_init (&names) != GNUTLS_E_SUCCESS)
    return FALSE;

  if (gnutls_x509_ext_import_subject_alt_names (&extension, names, 0) == GNUTLS_E_SUCCESS)
    {
      gnutls_datum_t name;
      gnutls_datum_t oid;
      unsigned int type;

      for (unsigned int i = 0; !found; i++)
        {
          if (gnutls_subject_alt_names_get (names, i, &type, &name, &oid) != GNUTLS_E_SUCCESS)
            break;
          found = type == GNUTLS_SAN_OTHERNAME ? visit_other_name (&oid, &name, func, user_data)
                                               : func (type, &name, user_data);
        }
    }

  gnutls_subject_alt_names_deinit (names);
  return found;
}

static gboolean
add_name_cb (unsigned int          type,
             const gnutls_datum_t *name,
             gpointer              user_data)
{
  GStrvBuilder *builder = user_data;

  if (type == GNUTLS_SAN_DNSNAME)
    {
      g_autofree char *text = datum_to_text (name);

      g_strv_builder_add (builder, text);
    }
  else if (type == GNUTLS_SAN_IPADDRESS && (name->size == 4 || name->size == 16))
    {
      GSocketFamily family = name->size == 4 ? G_SOCKET_FAMILY_IPV4 : G_SOCKET_FAMILY_IPV6;
      g_autoptr(GInetAddress) address = g_inet_address_new_from_bytes (name->data, family);
      g_autofree char *text = g_inet_address_to_string (address);

      g_strv_builder_add (builder, text);
    }

  return FALSE;
}

static gboolean
is_dns_name_cb (unsigned int          type,
                const gnutls_datum_t *name,
                gpointer              user_data)
{
  const char *host = user_data;
  const char *parent;

  if (type != GNUTLS_SAN_DNSNAME)
    return FALSE;
  if (name->size == strlen (host) &&
      g_ascii_strncasecmp ((const char *) name->data, host, name->size) == 0)
    return TRUE;

  parent = strchr (host, '.');
  if (parent == NULL || name->size != strlen (parent) + 1 || name->data[0] != '*' ||
      g_ascii_strncasecmp ((const char *) name->data + 1, parent, name->size - 1) != 0)
    return FALSE;

  return !mw_domain_is_public_suffix (parent + 1);
}

static gboolean
add_srv_name_cb (unsigned int          type,
                 const gnutls_datum_t *name,
                 gpointer              user_data)
{
  GStrvBuilder *builder = user_data;

  if (type == GNUTLS_SAN_OTHERNAME_SRV)
    {
      g_autofree char *text = datum_to_text (name);

      g_strv_builder_add (builder, text);
    }

  return FALSE;
}

static gboolean
is_ip_address_cb (unsigned int          type,
                  const gnutls_datum_t *name,
                  gpointer              user_data)
{
  GInetAddress *address = user_data;

  return type == GNUTLS_SAN_IPADDRESS &&
         name->size == g_inet_address_get_native_size (address) &&
         memcmp (name->data, g_inet_address_to_bytes (address), name->size) == 0;
}

static MwCertificateReport *
make_report (gnutls_x509_crt_t leaf,
             GBytes           *der,
             const char       *sha256,
             Problems          problems)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr(GStrvBuilder) srv_builder = g_strv_builder_new ();
  g_auto(GStrv) names = NULL;
  g_auto(GStrv) srv_names = NULL;
  g_autofree char *subject = get_subject (leaf);
  g_autofree char *issuer = get_issuer (leaf);
  g_autofree char *key = get_key (leaf);
  MwOutcome list[G_N_ELEMENTS (gravity)];
  gsize n_problems = list_problems (problems, list);
  MwCertificateReport *report;

  walk_names (leaf, add_name_cb, builder);
  names = g_strv_builder_end (builder);
  walk_names (leaf, add_srv_name_cb, srv_builder);
  srv_names = g_strv_builder_end (srv_builder);

  report = mw_certificate_report_new (subject, issuer, (const char * const *) names,
                                      (const char * const *) srv_names,
                                      gnutls_x509_crt_get_activation_time (leaf),
                                      gnutls_x509_crt_get_expiration_time (leaf),
                                      sha256, key, list, n_problems);
  mw_certificate_report_set_der (report, der);
  return report;
}

gboolean
mw_certificate_names_host (gnutls_x509_crt_t  certificate,
                           const char        *host)
{
  g_autoptr(GInetAddress) address = NULL;

  g_return_val_if_fail (host != NULL, FALSE);

  address = g_inet_address_new_from_string (host);
  if (address != NULL)
    return walk_names (certificate, is_ip_address_cb, address);

  return walk_names (certificate, is_dns_name_cb, (gpointer) host);
}

MwCertificateReport *
mw_certificate_check (gnutls_session_t  session,
                      const char       *host,
                      const char       *pin,
                      gboolean         *out_accepted)
{
  g_auto(Chain) chain = { NULL, 0 };
  g_autoptr(GBytes) der = NULL;
  g_autofree char *sha256 = NULL;
  Problems problems;

  g_return_val_if_fail (host != NULL, NULL);
  g_return_val_if_fail (out_accepted != NULL, NULL);

  *out_accepted = FALSE;
  if (!chain_load (&chain, session))
    return NULL;
  der = get_der (chain.certificates[0]);
  if (der == NULL)
    return NULL;
  sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, der);

  problems = verify (session, host, &chain);
  if (pin == NULL)
    *out_accepted = problems == 0;
  /* A pin says "this key"; a revocation, that somebody else may have it. */
  else if (g_ascii_strcasecmp (pin, sha256) == 0)
    *out_accepted = (problems & PROBLEM (REVOKED)) == 0;
  else
    problems |= PROBLEM (PIN_CHANGED);

  return make_report (chain.certificates[0], der, sha256, problems);
}
