/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-certificate-report.h"

struct _MwCertificateReport
{
  GPtrArray *chain;          /* MwCertificate, the server's own first */
  char      *missing_issuer;
  MwCertificate *anchor;
  MwOutcome *problems;
  gsize      n_problems;
  gboolean   lacks_staple;
};

G_DEFINE_BOXED_TYPE (MwCertificateReport, mw_certificate_report,
                     mw_certificate_report_ref, mw_certificate_report_unref)

struct _MwTlsFacts
{
  char                *version;
  char                *cipher;
  gboolean             trusted;
  gboolean             pinned;
  MwCertificateReport *report;
};

G_DEFINE_BOXED_TYPE (MwTlsFacts, mw_tls_facts, mw_tls_facts_ref, mw_tls_facts_unref)

static MwCertificate *
leaf (MwCertificateReport *self)
{
  return g_ptr_array_index (self->chain, 0);
}

static void
mw_certificate_report_clear (gpointer data)
{
  MwCertificateReport *self = data;

  g_ptr_array_unref (self->chain);
  g_free (self->missing_issuer);
  g_clear_pointer (&self->anchor, mw_certificate_unref);
  g_free (self->problems);
}

static void
mw_tls_facts_clear (gpointer data)
{
  MwTlsFacts *self = data;

  g_free (self->version);
  g_free (self->cipher);
  g_clear_pointer (&self->report, mw_certificate_report_unref);
}

MwCertificateReport *
mw_certificate_report_new (GPtrArray       *chain,
                           const MwOutcome *problems,
                           gsize            n_problems,
                           const char      *missing_issuer,
                           gboolean         lacks_staple)
{
  MwCertificateReport *self;

  g_return_val_if_fail (chain != NULL && chain->len > 0, NULL);
  g_return_val_if_fail (problems != NULL || n_problems == 0, NULL);

  self = g_rc_box_new0 (MwCertificateReport);
  self->chain = g_ptr_array_ref (chain);
  self->problems = g_memdup2 (problems, n_problems * sizeof *problems);
  self->n_problems = n_problems;
  self->missing_issuer = g_strdup (missing_issuer);
  self->lacks_staple = lacks_staple;
  return self;
}

MwCertificateReport *
mw_certificate_report_ref (MwCertificateReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_rc_box_acquire (self);
}

void
mw_certificate_report_unref (MwCertificateReport *self)
{
  g_return_if_fail (self != NULL);

  g_rc_box_release_full (self, mw_certificate_report_clear);
}

GPtrArray *
mw_certificate_report_get_chain (MwCertificateReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->chain;
}

const char *
mw_certificate_report_get_missing_issuer (MwCertificateReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->missing_issuer;
}

void
mw_certificate_report_set_anchor (MwCertificateReport *self,
                                  MwCertificate       *anchor)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->anchor, mw_certificate_unref);
  if (anchor != NULL)
    self->anchor = mw_certificate_ref (anchor);
}

MwCertificate *
mw_certificate_report_get_anchor (MwCertificateReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->anchor;
}

gboolean
mw_certificate_report_get_lacks_staple (MwCertificateReport *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->lacks_staple;
}

GBytes *
mw_certificate_report_get_der (MwCertificateReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return leaf (self)->der;
}

const char *
mw_certificate_report_get_subject (MwCertificateReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return leaf (self)->subject;
}

const char *
mw_certificate_report_get_issuer (MwCertificateReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return leaf (self)->issuer;
}

const char * const *
mw_certificate_report_get_names (MwCertificateReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char * const *) leaf (self)->names;
}

gboolean
mw_certificate_report_names_service (MwCertificateReport *self,
                                     const char          *service,
                                     const char          *domain)
{
  g_autofree char *wanted = NULL;
  char **names;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (service != NULL, FALSE);
  g_return_val_if_fail (domain != NULL, FALSE);

  wanted = g_strdup_printf ("_%s.%s", service, domain);
  names = leaf (self)->srv_names;
  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (names[i], wanted) == 0)
        return TRUE;
    }

  return FALSE;
}

gint64
mw_certificate_report_get_not_before (MwCertificateReport *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return leaf (self)->not_before;
}

gint64
mw_certificate_report_get_not_after (MwCertificateReport *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return leaf (self)->not_after;
}

const char *
mw_certificate_report_get_sha256 (MwCertificateReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return leaf (self)->sha256;
}

const char *
mw_certificate_report_get_key (MwCertificateReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return leaf (self)->key;
}

const MwOutcome *
mw_certificate_report_get_problems (MwCertificateReport *self,
                                    gsize               *out_n_problems)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (out_n_problems != NULL, NULL);

  *out_n_problems = self->n_problems;
  return self->problems;
}

MwTlsFacts *
mw_tls_facts_new (const char          *version,
                  const char          *cipher,
                  gboolean             trusted,
                  gboolean             pinned,
                  MwCertificateReport *report)
{
  MwTlsFacts *self;

  g_return_val_if_fail (version != NULL, NULL);

  self = g_rc_box_new0 (MwTlsFacts);
  self->version = g_strdup (version);
  self->cipher = g_strdup (cipher);
  self->trusted = trusted;
  self->pinned = pinned;
  self->report = report != NULL ? mw_certificate_report_ref (report) : NULL;
  return self;
}

MwTlsFacts *
mw_tls_facts_ref (MwTlsFacts *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_rc_box_acquire (self);
}

void
mw_tls_facts_unref (MwTlsFacts *self)
{
  g_return_if_fail (self != NULL);

  g_rc_box_release_full (self, mw_tls_facts_clear);
}

const char *
mw_tls_facts_get_version (MwTlsFacts *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->version;
}

const char *
mw_tls_facts_get_cipher (MwTlsFacts *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->cipher;
}

gboolean
mw_tls_facts_get_trusted (MwTlsFacts *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->trusted;
}

gboolean
mw_tls_facts_get_pinned (MwTlsFacts *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->pinned;
}

MwCertificateReport *
mw_tls_facts_get_report (MwTlsFacts *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->report;
}
