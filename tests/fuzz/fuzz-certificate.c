/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include <gio/gio.h>

#include "fuzz.h"

#include "net/mw-certificate-check.h"
#include "net/mw-certificate-names.h"

/* A chain of certificates as a server sends it, and what GnuTLS says of it:
 * four bytes of status, then for each certificate two bytes of length and its
 * DER. Whatever it is: no yes with a reason for a no, and a report that can be
 * shown. */

#define HOST "imap.example.test"
#define MAX_DERS 40

typedef struct {
  unsigned int   status;
  gnutls_datum_t ders[MAX_DERS];
  unsigned int   n_ders;
} Input;

static gboolean
read_input (Input        *input,
            const guint8 *data,
            gsize         size)
{
  if (size < 4)
    return FALSE;
  input->status = (guint32) data[0] << 24 | data[1] << 16 | data[2] << 8 | data[3];
  data += 4;
  size -= 4;

  while (size >= 2 && input->n_ders < MAX_DERS)
    {
      gsize length = MIN ((gsize) (data[0] << 8 | data[1]), size - 2);
      gnutls_datum_t *der = &input->ders[input->n_ders++];

      der->data = (unsigned char *) data + 2;
      der->size = length;
      data += 2 + length;
      size -= 2 + length;
    }

  return TRUE;
}

static void
check_text (const char *text)
{
  if (text == NULL)
    return;

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpuint (strlen (text), <, 4 * 520);
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    g_assert_true (g_unichar_isprint (g_utf8_get_char (c)));
}

static void
check_texts (char **texts)
{
  for (gsize i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      g_assert_cmpuint (i, <, 100);
      check_text (texts[i]);
    }
}

static void
check_link (const MwCertificate *link)
{
  g_autoptr(GDateTime) from = g_date_time_new_from_unix_local (link->not_before);
  g_autoptr(GDateTime) until = g_date_time_new_from_unix_local (link->not_after);

  check_text (link->subject);
  check_text (link->issuer);
  check_text (link->key);
  check_text (link->signature);
  check_texts (link->names);
  check_texts (link->srv_names);
  g_assert_cmpuint (strlen (link->sha256), ==, 64);
}

static gboolean
has_problem (MwCertificateReport *report,
             MwOutcome            outcome)
{
  gsize n;
  const MwOutcome *problems = mw_certificate_report_get_problems (report, &n);

  for (gsize i = 0; i < n; i++)
    if (problems[i] == outcome)
      return TRUE;

  return FALSE;
}

static void
check_names (const Input         *input,
             MwCertificateReport *report)
{
  const gnutls_datum_t *der = &input->ders[0];
  gboolean by_gnutls = (input->status & GNUTLS_CERT_UNEXPECTED_OWNER) != 0;
  gnutls_x509_crt_t leaf;

  g_assert_cmpint (gnutls_x509_crt_init (&leaf), ==, GNUTLS_E_SUCCESS);
  g_assert_cmpint (gnutls_x509_crt_import (leaf, der, GNUTLS_X509_FMT_DER), ==, GNUTLS_E_SUCCESS);
  g_assert_cmpint (by_gnutls || !mw_certificate_names_host (leaf, HOST), ==,
                   has_problem (report, MW_OUTCOME_CERT_NAME));
  gnutls_x509_crt_deinit (leaf);
}

static void
check_report (const Input         *input,
              MwCertificateReport *report,
              gboolean             accepted)
{
  GPtrArray *chain = mw_certificate_report_get_chain (report);
  gsize n_problems;

  mw_certificate_report_get_problems (report, &n_problems);
  g_assert_cmpint (accepted, ==, n_problems == 0);
  g_assert_true (!accepted || input->status == 0);
  g_assert_cmpint ((input->status & GNUTLS_CERT_REVOKED) != 0, ==,
                   has_problem (report, MW_OUTCOME_CERT_REVOKED));
  check_text (mw_certificate_report_get_missing_issuer (report));
  check_names (input, report);

  g_assert_cmpuint (chain->len, <=, MIN (input->n_ders, 16));
  for (guint i = 0; i < chain->len; i++)
    check_link (g_ptr_array_index (chain, i));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  Input input = { 0 };
  g_autoptr(MwCertificateReport) report = NULL;
  g_autoptr(MwCertificateReport) pinned = NULL;
  gboolean accepted = TRUE;

  if (!read_input (&input, data, size))
    return 0;

  report = mw_certificate_judge (input.ders, input.n_ders, input.status, HOST, NULL, &accepted);
  if (report == NULL)
    {
      g_assert_false (accepted);
      return 0;
    }
  check_report (&input, report, accepted);

  /* Its own fingerprint stands for everything but a revocation. */
  pinned = mw_certificate_judge (input.ders, input.n_ders, input.status, HOST,
                                 mw_certificate_report_get_sha256 (report), &accepted);
  g_assert_cmpint (accepted, ==, (input.status & GNUTLS_CERT_REVOKED) == 0);
  return 0;
}
