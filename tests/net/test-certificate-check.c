/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "client.h"
#include "core/mw-error.h"
#include "fake-server.h"
#include "net/mw-certificate-check.h"
#include "net/mw-certificate-names.h"
#include "ocsp-answer.h"

#define HOST "imap.example.test"
#define TIMEOUT_MS 20000
#define DAY MW_TEST_DAY

typedef enum {
  SIGNER_CA,
  SIGNER_ITSELF,
  SIGNER_STRANGER,               /* an authority nobody knows */
  SIGNER_INTERMEDIATE,
  SIGNER_INTERMEDIATE_NOT_SENT,
} Signer;

/* Who signs; made once, keys cost time. */
static MwTestCertificate *ca;
static MwTestCertificate *stranger;
static MwTestCertificate *intermediate;
static MwTlsCredentials *credentials;

typedef struct {
  const char            *name;
  MwTestCertificateSpec  spec;
  Signer                 signer;
  const char            *host;      /* NULL: HOST */
  const char            *problems;  /* nicks, gravest first; "" is accepted */
} Case;

static const Case cases[] = {
  { "good", { .names = { HOST } }, SIGNER_CA, NULL, "" },
  { "good-rsa", { .names = { HOST }, .rsa_bits = 2048 }, SIGNER_CA, NULL, "" },
  { "good-final-dot", { .names = { HOST } }, SIGNER_CA, HOST ".", "" },
  { "good-capitals", { .names = { "IMAP.Example.TEST" } }, SIGNER_CA, NULL, "" },
  { "good-second-name", { .names = { "www.example.test", HOST } }, SIGNER_CA, NULL, "" },
  { "good-intermediate", { .names = { HOST } }, SIGNER_INTERMEDIATE, NULL, "" },
  { "good-wildcard", { .names = { "*.example.test" } }, SIGNER_CA, NULL, "" },
  { "good-ipv4", { .names = { "192.0.2.7" } }, SIGNER_CA, "192.0.2.7", "" },
  { "good-ipv6", { .names = { "2001:db8::7" } }, SIGNER_CA, "2001:db8::7", "" },
  { "good-brackets", { .names = { "2001:db8::7" } }, SIGNER_CA, "[2001:db8::7]", "" },
  { "good-any-purpose", { .names = { HOST }, .purpose = GNUTLS_KP_ANY }, SIGNER_CA, NULL, "" },

  { "expired", { .names = { HOST }, .not_before = -9 * DAY, .not_after = -DAY },
    SIGNER_CA, NULL, "cert-expired" },
  { "not-yet", { .names = { HOST }, .not_before = DAY }, SIGNER_CA, NULL, "cert-not-yet" },

  { "wrong-name", { .names = { "other.example.test" } }, SIGNER_CA, NULL, "cert-name" },
  { "no-name", { .common_name = "Test" }, SIGNER_CA, NULL, "cert-name" },
  { "common-name-only", { .common_name = HOST }, SIGNER_CA, NULL, "cert-name" },
  { "longer-name", { .names = { HOST ".evil.test" } }, SIGNER_CA, NULL, "cert-name" },
  { "shorter-name", { .names = { "example.test" } }, SIGNER_CA, NULL, "cert-name" },
  { "wildcard-inside-label", { .names = { "*ap.example.test" } }, SIGNER_CA, NULL, "cert-name" },
  { "wildcard-two-labels", { .names = { "*.example.test" } }, SIGNER_CA,
    "a.b.example.test", "cert-name" },
  { "wildcard-itself", { .names = { "*.example.test" } }, SIGNER_CA,
    "example.test", "cert-name" },
  { "wildcard-public-suffix", { .names = { "*.co.uk" } }, SIGNER_CA,
    "example.co.uk", "cert-name" },
  { "wildcard-top-level", { .names = { "*.test" } }, SIGNER_CA, "example.test", "cert-name" },
  { "wildcard-all", { .names = { "*" } }, SIGNER_CA, NULL, "cert-name" },
  { "wildcard-middle", { .names = { "imap.*.test" } }, SIGNER_CA, NULL, "cert-name" },
  { "wildcard-for-ip", { .names = { "*.0.2.7" } }, SIGNER_CA, "192.0.2.7", "cert-name" },
  { "wrong-ip", { .names = { "192.0.2.8" } }, SIGNER_CA, "192.0.2.7", "cert-name" },
  { "ip-as-common-name", { .common_name = "192.0.2.7" }, SIGNER_CA, "192.0.2.7", "cert-name" },

  { "self-signed", { .names = { HOST } }, SIGNER_ITSELF, NULL, "cert-self-signed" },
  { "self-signed-ca", { .names = { HOST }, .is_ca = TRUE }, SIGNER_ITSELF, NULL,
    "cert-self-signed" },
  { "unknown-ca", { .names = { HOST } }, SIGNER_STRANGER, NULL, "cert-unknown-ca" },
  { "incomplete", { .names = { HOST }, .issuer_uri = "http://ca.example.test/i.crt" },
    SIGNER_INTERMEDIATE_NOT_SENT, NULL, "cert-incomplete" },
  /* Nothing tells this one from a home-made authority. */
  { "incomplete-without-uri", { .names = { HOST } }, SIGNER_INTERMEDIATE_NOT_SENT, NULL,
    "cert-unknown-ca" },

  { "purpose-mail", { .names = { HOST }, .purpose = GNUTLS_KP_EMAIL_PROTECTION },
    SIGNER_CA, NULL, "cert-purpose" },
  { "purpose-client", { .names = { HOST }, .purpose = GNUTLS_KP_TLS_WWW_CLIENT },
    SIGNER_CA, NULL, "cert-purpose" },
  { "weak-key", { .names = { HOST }, .rsa_bits = 1024 }, SIGNER_CA, NULL, "cert-weak" },
  { "very-weak-key", { .names = { HOST }, .rsa_bits = 768 }, SIGNER_CA, NULL, "cert-weak" },
  { "very-weak-signature", { .names = { HOST }, .digest = GNUTLS_DIG_MD5, .rsa_bits = 2048 },
    SIGNER_ITSELF, NULL, "cert-self-signed cert-weak" },
  { "weak-signature", { .names = { HOST }, .digest = GNUTLS_DIG_SHA1 }, SIGNER_CA, NULL,
    "cert-weak" },

  { "everything", { .names = { "other.example.test" }, .not_before = -9 * DAY,
    .not_after = -DAY, .purpose = GNUTLS_KP_EMAIL_PROTECTION, .rsa_bits = 1024 },
    SIGNER_STRANGER, NULL, "cert-unknown-ca cert-name cert-purpose cert-weak cert-expired" },
};

static void
serve_tls (MwFakeConnection *connection,
           gpointer          user_data)
{
  if (mw_fake_connection_start_tls (connection, user_data))
    mw_fake_connection_stay_silent (connection);
}

static char *
list_problems (MwTlsFacts *facts)
{
  g_autoptr(GString) list = g_string_new (NULL);
  gsize n_problems;
  const MwOutcome *problems = mw_certificate_report_get_problems (mw_tls_facts_get_report (facts),
                                                                  &n_problems);

  for (gsize i = 0; i < n_problems; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? " " : "",
                            mw_enum_to_nick (MW_TYPE_OUTCOME, problems[i]));
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static MwTestCertificate *
make_leaf (const Case *c)
{
  switch (c->signer)
    {
    case SIGNER_ITSELF:
      return mw_test_certificate_new (&c->spec, NULL);
    case SIGNER_STRANGER:
      return mw_test_certificate_new (&c->spec, stranger);
    case SIGNER_INTERMEDIATE:
    case SIGNER_INTERMEDIATE_NOT_SENT:
      return mw_test_certificate_new (&c->spec, intermediate);
    case SIGNER_CA:
    default:
      return mw_test_certificate_new (&c->spec, ca);
    }
}

static void
check_facts (const Case        *c,
             MwTestCertificate *leaf,
             MwTlsFacts        *facts)
{
  MwCertificateReport *report;
  g_autofree char *problems = NULL;
  g_autofree char *sha256 = mw_test_certificate_get_sha256 (leaf);

  g_assert_nonnull (facts);
  report = mw_tls_facts_get_report (facts);
  problems = list_problems (facts);
  g_assert_cmpstr (problems, ==, c->problems);
  g_assert_cmpstr (mw_certificate_report_get_sha256 (report), ==, sha256);
  g_assert_cmpint (mw_certificate_report_get_not_after (report), >,
                   mw_certificate_report_get_not_before (report));
  for (gsize i = 0; i < G_N_ELEMENTS (c->spec.names) && c->spec.names[i] != NULL; i++)
    g_assert_cmpstr (mw_certificate_report_get_names (report)[i], ==, c->spec.names[i]);
  g_assert_false (mw_tls_facts_get_pinned (facts));
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr(MwTestCertificate) leaf = make_leaf (c);
  g_autoptr(MwFakeTls) tls = NULL;
  g_autoptr(MwFakeServer) server = NULL;
  g_autoptr(MwTransport) transport = NULL;
  g_autoptr(MwTlsFacts) facts = NULL;
  g_autoptr(GError) error = NULL;
  gboolean accepted;

  tls = mw_fake_tls_new (leaf, c->signer == SIGNER_INTERMEDIATE ? intermediate : NULL, NULL, FALSE);
  server = mw_fake_server_new (serve_tls, tls);
  transport = client_connect (mw_fake_server_get_port (server));
  accepted = client_handshake (transport, credentials, c->host != NULL ? c->host : HOST, NULL,
                               TIMEOUT_MS, NULL, &facts, &error);

  check_facts (c, leaf, facts);
  g_assert_cmpint (accepted, ==, *c->problems == '\0');
  g_assert_cmpint (mw_tls_facts_get_trusted (facts), ==, accepted);
  if (accepted)
    {
      g_assert_no_error (error);
      g_assert_true (client_write (transport, "x", 1, TIMEOUT_MS, NULL, NULL));
    }
  else
    {
      g_auto(GStrv) nicks = g_strsplit (c->problems, " ", 2);
      int outcome;

      g_assert_true (mw_enum_from_nick (MW_TYPE_OUTCOME, nicks[0], &outcome));
      g_assert_error (error, MW_PROBE_ERROR, outcome);
      g_assert_false (client_write (transport, "x", 1, TIMEOUT_MS, NULL, NULL));
    }

  mw_transport_close (transport, NULL);
}

typedef struct {
  const char        *name;
  gboolean           must_staple;
  gboolean           staples;
  MwTestOcspStatus   status;
  MwTestCertificate **signer;
  gboolean           of_another;  /* the answer is about another certificate */
  int                age;
  const char        *problems;
} OcspCase;

static const OcspCase ocsp_cases[] = {
  { "good", FALSE, TRUE, MW_TEST_OCSP_GOOD, &ca, FALSE, 0, "" },
  { "revoked", FALSE, TRUE, MW_TEST_OCSP_REVOKED, &ca, FALSE, 0, "cert-revoked" },
  { "unknown", FALSE, TRUE, MW_TEST_OCSP_UNKNOWN, &ca, FALSE, 0, "" },
  { "old", FALSE, TRUE, MW_TEST_OCSP_GOOD, &ca, FALSE, 30 * DAY, "cert-incomplete" },
  { "early", FALSE, TRUE, MW_TEST_OCSP_GOOD, &ca, FALSE, -2 * DAY, "" },
  { "old-revoked", FALSE, TRUE, MW_TEST_OCSP_REVOKED, &ca, FALSE, 30 * DAY, "cert-revoked" },
  /* Neither is believed, and neither is what was asked for. */
  { "of-another", FALSE, TRUE, MW_TEST_OCSP_REVOKED, &ca, TRUE, 0, "cert-incomplete" },
  { "by-stranger", FALSE, TRUE, MW_TEST_OCSP_REVOKED, &stranger, FALSE, 0, "cert-incomplete" },
  { "must-staple", TRUE, TRUE, MW_TEST_OCSP_GOOD, &ca, FALSE, 0, "" },
  { "must-staple-revoked", TRUE, TRUE, MW_TEST_OCSP_REVOKED, &ca, FALSE, 0, "cert-revoked" },
  { "must-staple-none", TRUE, FALSE, MW_TEST_OCSP_GOOD, &ca, FALSE, 0, "cert-incomplete" },
  { "must-staple-old", TRUE, TRUE, MW_TEST_OCSP_GOOD, &ca, FALSE, 30 * DAY, "cert-incomplete" },
};

/* What the server's authority says of its certificate, stapled to the
 * handshake (RFC 6066 §8). Nobody else is asked. */
static void
test_ocsp (gconstpointer data)
{
  const OcspCase *c = data;
  MwTestCertificateSpec spec = { .names = { HOST }, .must_staple = c->must_staple };
  g_autoptr(MwTestCertificate) leaf = mw_test_certificate_new (&spec, ca);
  g_autoptr(MwTestCertificate) other = mw_test_certificate_new (&spec, ca);
  g_autoptr(GBytes) answer = mw_test_ocsp_answer_new (c->of_another ? other : leaf, *c->signer,
                                                      c->status, c->age);
  g_autoptr(MwFakeTls) tls = mw_fake_tls_new (leaf, NULL, NULL, FALSE);
  g_autoptr(MwFakeServer) server = NULL;
  g_autoptr(MwTransport) transport = NULL;
  g_autoptr(MwTlsFacts) facts = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *problems = NULL;

  mw_fake_tls_set_ocsp_answer (tls, c->staples ? answer : NULL);
  server = mw_fake_server_new (serve_tls, tls);
  transport = client_connect (mw_fake_server_get_port (server));
  client_handshake (transport, credentials, HOST, NULL, TIMEOUT_MS, NULL, &facts, &error);
  problems = list_problems (facts);
  g_assert_cmpstr (problems, ==, c->problems);
  g_assert_cmpint (mw_tls_facts_get_trusted (facts), ==, *c->problems == '\0');
  g_assert_cmpint (mw_certificate_report_get_lacks_staple (mw_tls_facts_get_report (facts)), ==,
                   strstr (c->problems, "cert-incomplete") != NULL);
  mw_transport_close (transport, NULL);
}

/* The walk alone, without GnuTLS's own opinion. */
static void
test_names (void)
{
  static const struct {
    const char *name;
    const char *host;
    gboolean    match;
  } table[] = {
    { HOST, HOST, TRUE },
    { "*.example.test", HOST, TRUE },
    { "x.example.test", HOST, FALSE },
    { "*ap.example.test", HOST, FALSE },
    { "*.co.uk", "example.co.uk", FALSE },
    { "*.test", "example.test", FALSE },
    { "*.", "test", FALSE },
    { "*", "test", FALSE },
    { "*.example.test", "a." HOST, FALSE },
    { "*.example.test", "example.test", FALSE },
    { "192.0.2.7", "192.0.2.7", TRUE },
    { "192.0.2.7", "2001:db8::7", FALSE },
    { "*.0.2.7", "192.0.2.7", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      MwTestCertificateSpec spec = { .names = { table[i].name } };
      g_autoptr(MwTestCertificate) leaf = mw_test_certificate_new (&spec, NULL);

      g_test_message ("%s for %s", table[i].name, table[i].host);
      g_assert_cmpint (mw_certificate_names_host (mw_test_certificate_get_crt (leaf),
                                                  table[i].host), ==, table[i].match);
    }
}

static void
test_pin (void)
{
  MwTestCertificateSpec spec = { .names = { "other.example.test" } };
  g_autoptr(MwTestCertificate) leaf = mw_test_certificate_new (&spec, NULL);
  g_autofree char *sha256 = mw_test_certificate_get_sha256 (leaf);
  g_autofree char *capitals = g_ascii_strup (sha256, -1);
  g_autofree char *changed = g_strdup (sha256);
  g_autoptr(MwFakeTls) tls = mw_fake_tls_new (leaf, NULL, NULL, FALSE);
  g_autoptr(MwFakeServer) server = mw_fake_server_new (serve_tls, tls);
  const char *pins[] = { sha256, capitals, changed, "" };

  changed[0] = changed[0] == '0' ? '1' : '0';
  for (gsize i = 0; i < G_N_ELEMENTS (pins); i++)
    {
      g_autoptr(MwTransport) transport = client_connect (mw_fake_server_get_port (server));
      g_autoptr(MwTlsFacts) facts = NULL;
      g_autoptr(GError) error = NULL;
      g_autofree char *problems = NULL;
      g_autofree char *seen = NULL;
      gboolean good = i < 2;

      g_assert_cmpint (client_handshake (transport, credentials, HOST, pins[i], TIMEOUT_MS, NULL,
                                         &facts, &error), ==, good);
      problems = list_problems (facts);
      g_assert_cmpint (mw_tls_facts_get_trusted (facts), ==, good);
      g_assert_cmpint (mw_tls_facts_get_pinned (facts), ==, good);
      seen = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, mw_certificate_report_get_der (
                                             mw_tls_facts_get_report (facts)));
      g_assert_cmpstr (seen, ==, sha256);
      g_assert_cmpstr (problems, ==, good ? "cert-self-signed cert-name"
                                          : "cert-pin-changed cert-self-signed cert-name");
      if (!good)
        g_assert_error (error, MW_PROBE_ERROR, MW_OUTCOME_CERT_PIN_CHANGED);
      mw_transport_close (transport, NULL);
    }
}

/* Somebody else may have the key that was pinned. */
static void
test_pin_over_revoked (void)
{
  MwTestCertificateSpec spec = { .names = { HOST } };
  g_autoptr(MwTestCertificate) leaf = mw_test_certificate_new (&spec, ca);
  g_autofree char *pin = mw_test_certificate_get_sha256 (leaf);
  g_autoptr(GBytes) answer = mw_test_ocsp_answer_new (leaf, ca, MW_TEST_OCSP_REVOKED, 0);
  g_autoptr(MwFakeTls) tls = mw_fake_tls_new (leaf, NULL, NULL, FALSE);
  g_autoptr(MwFakeServer) server = NULL;
  g_autoptr(MwTransport) transport = NULL;
  g_autoptr(GError) error = NULL;

  mw_fake_tls_set_ocsp_answer (tls, answer);
  server = mw_fake_server_new (serve_tls, tls);
  transport = client_connect (mw_fake_server_get_port (server));
  g_assert_false (client_handshake (transport, credentials, HOST, pin, TIMEOUT_MS, NULL,
                                    NULL, &error));
  g_assert_error (error, MW_PROBE_ERROR, MW_OUTCOME_CERT_REVOKED);
  mw_transport_close (transport, NULL);
}

/* A pin that no longer fits stops, even where the new certificate is valid. */
static void
test_pin_over_valid (void)
{
  MwTestCertificateSpec spec = { .names = { HOST } };
  g_autoptr(MwTestCertificate) leaf = mw_test_certificate_new (&spec, ca);
  g_autoptr(MwFakeTls) tls = mw_fake_tls_new (leaf, NULL, NULL, FALSE);
  g_autoptr(MwFakeServer) server = mw_fake_server_new (serve_tls, tls);
  g_autoptr(MwTransport) transport = client_connect (mw_fake_server_get_port (server));
  g_autofree char *pin = g_strnfill (64, 'a');
  g_autoptr(GError) error = NULL;

  g_assert_false (client_handshake (transport, credentials, HOST, pin, TIMEOUT_MS, NULL,
                                    NULL, &error));
  g_assert_error (error, MW_PROBE_ERROR, MW_OUTCOME_CERT_PIN_CHANGED);
  mw_transport_close (transport, NULL);
}

static void
test_report (void)
{
  MwTestCertificateSpec spec = { .common_name = "Report", .names = { HOST, "192.0.2.7" },
                                 .rsa_bits = 2048 };
  g_autoptr(MwTestCertificate) leaf = mw_test_certificate_new (&spec, ca);
  g_autoptr(MwFakeTls) tls = mw_fake_tls_new (leaf, NULL, NULL, FALSE);
  g_autoptr(MwFakeServer) server = mw_fake_server_new (serve_tls, tls);
  g_autoptr(MwTransport) transport = client_connect (mw_fake_server_get_port (server));
  g_autoptr(MwTlsFacts) facts = NULL;
  MwCertificateReport *report;

  g_assert_true (client_handshake (transport, credentials, HOST, NULL, TIMEOUT_MS, NULL,
                                   &facts, NULL));
  report = mw_tls_facts_get_report (facts);
  g_assert_cmpstr (mw_tls_facts_get_version (facts), ==, "TLS1.3");
  g_assert_nonnull (mw_tls_facts_get_cipher (facts));
  g_assert_cmpstr (mw_certificate_report_get_subject (report), ==, "CN=Report");
  g_assert_cmpstr (mw_certificate_report_get_issuer (report), ==, "CN=Test authority");
  g_assert_cmpstr (mw_certificate_report_get_key (report), ==, "RSA 2048");
  g_assert_cmpuint (g_strv_length ((char **) mw_certificate_report_get_names (report)), ==, 2);
  mw_transport_close (transport, NULL);
}

/* Every link with what it says and what is wrong with it. */
static void
test_chain (void)
{
  MwTestCertificateSpec weak_spec = { .common_name = "Weak", .is_ca = TRUE, .rsa_bits = 2048,
                                      .digest = GNUTLS_DIG_SHA1, .not_before = -9 * DAY,
                                      .not_after = -DAY };
  MwTestCertificateSpec spec = { .common_name = "Leaf", .names = { HOST } };
  g_autoptr(MwTestCertificate) weak = mw_test_certificate_new (&weak_spec, ca);
  g_autoptr(MwTestCertificate) leaf = mw_test_certificate_new (&spec, weak);
  g_autofree char *sha256 = mw_test_certificate_get_sha256 (weak);
  g_autoptr(MwFakeTls) tls = mw_fake_tls_new (leaf, weak, NULL, FALSE);
  g_autoptr(MwFakeServer) server = mw_fake_server_new (serve_tls, tls);
  g_autoptr(MwTransport) transport = client_connect (mw_fake_server_get_port (server));
  g_autoptr(MwTlsFacts) facts = NULL;
  GPtrArray *chain;
  const MwCertificate *link;

  g_assert_false (client_handshake (transport, credentials, HOST, NULL, TIMEOUT_MS, NULL, &facts,
                                    NULL));
  chain = mw_certificate_report_get_chain (mw_tls_facts_get_report (facts));
  g_assert_cmpuint (chain->len, ==, 2);

  link = g_ptr_array_index (chain, 0);
  g_assert_cmpstr (link->subject, ==, "CN=Leaf");
  g_assert_cmpstr (link->issuer, ==, "CN=Weak");
  g_assert_cmpstr (link->signature, ==, "RSA-SHA256");
  g_assert_false (link->is_ca);
  g_assert_cmpuint (link->n_problems, ==, 0);
  g_assert_cmpuint (link->n_names, ==, 1);

  link = g_ptr_array_index (chain, 1);
  g_assert_cmpstr (link->subject, ==, "CN=Weak");
  g_assert_cmpstr (link->issuer, ==, "CN=Test authority");
  g_assert_cmpstr (link->key, ==, "RSA 2048");
  g_assert_cmpstr (link->signature, ==, "ECDSA-SHA1");
  g_assert_cmpstr (link->sha256, ==, sha256);
  g_assert_true (link->is_ca);
  g_assert_cmpuint (link->n_problems, ==, 2);
  g_assert_cmpint (link->problems[0], ==, MW_OUTCOME_CERT_WEAK);
  g_assert_cmpint (link->problems[1], ==, MW_OUTCOME_CERT_EXPIRED);
  mw_transport_close (transport, NULL);
}

/* Who would have to be known, or sent, for this to be trusted. */
static void
test_missing_issuer (void)
{
  struct {
    MwTestCertificate *issuer;
    const char        *uri;
    MwTestCertificate *sent;
    MwOutcome          outcome;
    const char        *missing;
  } table[] = {
    { intermediate, "http://ca.example.test/i.crt", NULL, MW_OUTCOME_CERT_INCOMPLETE,
      "CN=Test intermediate" },
    { intermediate, NULL, NULL, MW_OUTCOME_CERT_UNKNOWN_CA, "CN=Test intermediate" },
    { stranger, NULL, NULL, MW_OUTCOME_CERT_UNKNOWN_CA, "CN=Unknown authority" },
    { stranger, NULL, stranger, MW_OUTCOME_CERT_UNKNOWN_CA, "CN=Unknown authority" },
    { NULL, NULL, NULL, MW_OUTCOME_CERT_SELF_SIGNED, NULL },
    { ca, NULL, NULL, MW_OUTCOME_WORKS, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      MwTestCertificateSpec spec = { .names = { HOST }, .issuer_uri = table[i].uri };
      g_autoptr(MwTestCertificate) leaf = mw_test_certificate_new (&spec, table[i].issuer);
      g_autoptr(MwFakeTls) tls = mw_fake_tls_new (leaf, table[i].sent, NULL, FALSE);
      g_autoptr(MwFakeServer) server = mw_fake_server_new (serve_tls, tls);
      g_autoptr(MwTransport) transport = client_connect (mw_fake_server_get_port (server));
      g_autoptr(MwTlsFacts) facts = NULL;
      g_autoptr(GError) error = NULL;
      MwCertificateReport *report;

      client_handshake (transport, credentials, HOST, NULL, TIMEOUT_MS, NULL, &facts, &error);
      report = mw_tls_facts_get_report (facts);
      if (table[i].outcome == MW_OUTCOME_WORKS)
        g_assert_no_error (error);
      else
        g_assert_error (error, MW_PROBE_ERROR, table[i].outcome);
      g_assert_cmpstr (mw_certificate_report_get_missing_issuer (report), ==, table[i].missing);
      g_assert_false (mw_certificate_report_get_lacks_staple (report));
      if (table[i].missing != NULL)
        g_assert_nonnull (strstr (error->message, table[i].missing));
      mw_transport_close (transport, NULL);
    }
}

/* More certificates than are looked at, and more than are taken: no yes, and an
 * answer in good time. */
static void
test_long_chain (void)
{
  static const struct {
    guint     n;
    MwOutcome outcome;
  } table[] = { { 20, MW_OUTCOME_CERT_UNKNOWN_CA }, { 100, MW_OUTCOME_TLS_FAILED } };
  MwTestCertificateSpec spec = { .names = { HOST } };
  g_autoptr(MwTestCertificate) leaf = mw_test_certificate_new (&spec, intermediate);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(MwFakeTls) tls = mw_fake_tls_new (leaf, NULL, NULL, FALSE);
      g_autoptr(MwFakeServer) server = NULL;
      g_autoptr(MwTransport) transport = NULL;
      g_autoptr(MwTlsFacts) facts = NULL;
      g_autoptr(GError) error = NULL;

      mw_fake_tls_send_chain (tls, leaf, intermediate, table[i].n);
      server = mw_fake_server_new (serve_tls, tls);
      transport = client_connect (mw_fake_server_get_port (server));
      g_assert_false (client_handshake (transport, credentials, HOST, NULL, TIMEOUT_MS, NULL,
                                        &facts, &error));
      g_assert_error (error, MW_PROBE_ERROR, table[i].outcome);
      if (facts != NULL)
        g_assert_cmpuint (mw_certificate_report_get_chain (mw_tls_facts_get_report (facts))->len,
                          <=, 16);
      mw_transport_close (transport, NULL);
    }
}

static MwTestCertificate *
make_ca (const char        *name,
         MwTestCertificate *issuer)
{
  MwTestCertificateSpec spec = { .common_name = name, .is_ca = TRUE };

  return mw_test_certificate_new (&spec, issuer);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *ca_file = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);

  ca = make_ca ("Test authority", NULL);
  stranger = make_ca ("Unknown authority", NULL);
  intermediate = make_ca ("Test intermediate", ca);
  ca_file = mw_test_certificate_write (ca);
  credentials = mw_tls_credentials_new ();
  g_assert_true (mw_tls_credentials_add_ca_file (credentials, ca_file, NULL));
  g_unlink (ca_file);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/certificate-check/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (ocsp_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/certificate-check/ocsp/", ocsp_cases[i].name, NULL);

      g_test_add_data_func (path, &ocsp_cases[i], test_ocsp);
    }
  g_test_add_func ("/certificate-check/names", test_names);
  g_test_add_func ("/certificate-check/pin", test_pin);
  g_test_add_func ("/certificate-check/pin-over-valid", test_pin_over_valid);
  g_test_add_func ("/certificate-check/pin-over-revoked", test_pin_over_revoked);
  g_test_add_func ("/certificate-check/report", test_report);
  g_test_add_func ("/certificate-check/chain", test_chain);
  g_test_add_func ("/certificate-check/missing-issuer", test_missing_issuer);
  g_test_add_func ("/certificate-check/long-chain", test_long_chain);
  result = g_test_run ();

  g_object_unref (credentials);
  mw_test_certificate_free (ca);
  mw_test_certificate_free (stranger);
  mw_test_certificate_free (intermediate);
  return result;
}
