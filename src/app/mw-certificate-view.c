/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-certificate-view.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/mw-foreign-text.h"

#define NAME_MAX_CHARS 200
#define NAMES_SHOWN 12

struct _MwCertificateView
{
  AdwBin        parent_instance;

  /* Template widgets */
  AdwActionRow *problem_row;
  AdwActionRow *names_row;
  AdwActionRow *issuer_row;
  AdwActionRow *chain_row;
  AdwActionRow *former_row;
  AdwActionRow *dates_row;
  AdwActionRow *fingerprint_row;
};

G_DEFINE_FINAL_TYPE (MwCertificateView, mw_certificate_view, ADW_TYPE_BIN)

static const char *
describe_problem (MwOutcome problem)
{
  switch ((int) problem)
    {
    case MW_OUTCOME_CERT_EXPIRED:
      return _("It is no longer valid");
    case MW_OUTCOME_CERT_NOT_YET:
      return _("It is not valid yet; is the clock of this computer right?");
    case MW_OUTCOME_CERT_NAME:
      return _("It was made for another name");
    case MW_OUTCOME_CERT_SELF_SIGNED:
      return _("The server vouches for itself, nobody else does");
    case MW_OUTCOME_CERT_UNKNOWN_CA:
      return _("It was issued by somebody this computer does not know");
    case MW_OUTCOME_CERT_REVOKED:
      return _("Its issuer has withdrawn it");
    case MW_OUTCOME_CERT_PIN_CHANGED:
      return _("It is not the one that was accepted before");
    case MW_OUTCOME_CERT_WEAK:
      return _("Its key or signature is too weak");
    case MW_OUTCOME_CERT_PURPOSE:
      return _("It was not made for a server");
    case MW_OUTCOME_CERT_INCOMPLETE:
      return _("The server does not send the whole chain");
    default:
      return _("It cannot be verified");
    }
}

static char *
join_problems (MwCertificateReport *report)
{
  g_autoptr(GString) string = g_string_new (NULL);
  const MwOutcome *problems;
  gsize n_problems;

  problems = mw_certificate_report_get_problems (report, &n_problems);
  for (gsize i = 0; i < n_problems; i++)
    {
      if (i > 0)
        g_string_append_c (string, '\n');
      g_string_append (string, describe_problem (problems[i]));
    }

  return g_string_free (g_steal_pointer (&string), FALSE);
}

/* A server may put into a certificate what it was told in an earlier run. */
static char *
show_name (const char *name,
           MwRedactor *redactor)
{
  g_autofree char *harmless = mw_redactor_mask (redactor, name, MW_REDACTOR_HIDE_NOTHING);

  return mw_foreign_text_new (harmless, NAME_MAX_CHARS);
}

static char *
join_names (MwCertificateReport *report,
            MwRedactor          *redactor)
{
  g_autoptr(GString) string = g_string_new (NULL);
  const char * const *names = mw_certificate_report_get_names (report);

  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *harmless = NULL;
      g_autofree char *name = NULL;

      if (i == NAMES_SHOWN)
        {
          g_string_append (string, "\n…");
          break;
        }
      harmless = mw_redactor_mask (redactor, names[i], MW_REDACTOR_HIDE_NOTHING);
      name = mw_foreign_text_new_host (harmless);
      if (i > 0)
        g_string_append_c (string, '\n');
      g_string_append (string, name);
    }

  return g_string_free (g_steal_pointer (&string), FALSE);
}

static char *
format_date (gint64 seconds)
{
  g_autoptr(GDateTime) time = NULL;
  char *text = NULL;

  if (seconds >= 0)
    time = g_date_time_new_from_unix_local (seconds);
  if (time != NULL)
    text = g_date_time_format (time, "%x");

  return text != NULL ? text : g_strdup (_("unknown"));
}

static char *
format_dates (gint64 not_before,
              gint64 not_after)
{
  g_autofree char *from = format_date (not_before);
  g_autofree char *until = format_date (not_after);

  /* Translators: first and last day on which a certificate is valid. */
  return g_strdup_printf (_("from %s to %s"), from, until);
}

/* Colons between the bytes, as every other program shows it, so that it can
 * be compared. */
static char *
format_fingerprint (const char *sha256)
{
  g_autoptr(GString) string = g_string_new (NULL);

  for (gsize i = 0; sha256 != NULL && sha256[i] != '\0'; i++)
    {
      if (i > 0 && i % 2 == 0)
        g_string_append_c (string, ':');
      g_string_append_c (string, g_ascii_toupper (sha256[i]));
    }

  return g_string_free (g_steal_pointer (&string), FALSE);
}

/* Who vouches for whom, up to the one that is missing. */
static char *
join_chain (MwCertificateReport *report,
            MwRedactor          *redactor)
{
  g_autoptr(GString) string = g_string_new (NULL);
  GPtrArray *chain = mw_certificate_report_get_chain (report);
  const char *missing = mw_certificate_report_get_missing_issuer (report);

  for (guint i = 1; i < chain->len; i++)
    {
      MwCertificate *link = chain->pdata[i];
      g_autofree char *subject = show_name (link->subject, redactor);
      g_autofree char *until = format_date (link->not_after);

      if (i > 1)
        g_string_append_c (string, '\n');
      /* Translators: an authority that issues certificates, and the last day
       * on which its own certificate is valid. */
      g_string_append_printf (string, _("%s, until %s"), subject, until);
    }

  if (missing != NULL)
    {
      g_autofree char *name = show_name (missing, redactor);

      if (string->len > 0)
        g_string_append_c (string, '\n');
      /* Translators: %s is the name of an authority that issues certificates. */
      g_string_append_printf (string, _("%s, not known to this computer"), name);
    }

  return g_string_free (g_steal_pointer (&string), FALSE);
}

static void
set_row (AdwActionRow *row,
         const char   *text)
{
  adw_action_row_set_subtitle (row, text);
  gtk_widget_set_visible (GTK_WIDGET (row), text != NULL && *text != '\0');
}

static void
mw_certificate_view_class_init (MwCertificateViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PATH "mw-certificate-view.ui");
  gtk_widget_class_bind_template_child (widget_class, MwCertificateView, problem_row);
  gtk_widget_class_bind_template_child (widget_class, MwCertificateView, names_row);
  gtk_widget_class_bind_template_child (widget_class, MwCertificateView, issuer_row);
  gtk_widget_class_bind_template_child (widget_class, MwCertificateView, chain_row);
  gtk_widget_class_bind_template_child (widget_class, MwCertificateView, former_row);
  gtk_widget_class_bind_template_child (widget_class, MwCertificateView, dates_row);
  gtk_widget_class_bind_template_child (widget_class, MwCertificateView, fingerprint_row);
}

static void
mw_certificate_view_init (MwCertificateView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
mw_certificate_view_set_report (MwCertificateView   *self,
                                MwCertificateReport *report,
                                MwRedactor          *redactor)
{
  g_return_if_fail (MW_IS_CERTIFICATE_VIEW (self));
  g_return_if_fail (report == NULL || redactor != NULL);

  if (report != NULL)
    {
      g_autofree char *problems = join_problems (report);
      g_autofree char *names = join_names (report, redactor);
      g_autofree char *issuer = show_name (mw_certificate_report_get_issuer (report), redactor);
      g_autofree char *chain = join_chain (report, redactor);
      g_autofree char *dates = format_dates (mw_certificate_report_get_not_before (report),
                                             mw_certificate_report_get_not_after (report));
      g_autofree char *fingerprint = format_fingerprint (mw_certificate_report_get_sha256 (report));

      set_row (self->problem_row, problems);
      set_row (self->names_row, names);
      set_row (self->issuer_row, issuer);
      set_row (self->chain_row, chain);
      set_row (self->dates_row, dates);
      set_row (self->fingerprint_row, fingerprint);
    }

  gtk_widget_set_visible (GTK_WIDGET (self), report != NULL);
}

void
mw_certificate_view_set_former (MwCertificateView *self,
                                MwCertificate     *former)
{
  g_autoptr(GString) text = g_string_new (NULL);

  g_return_if_fail (MW_IS_CERTIFICATE_VIEW (self));

  if (former != NULL)
    {
      g_autofree char *fingerprint = format_fingerprint (former->sha256);

      g_string_append (text, fingerprint);
      if (former->not_after >= 0)
        {
          g_autofree char *dates = format_dates (former->not_before, former->not_after);

          g_string_append_printf (text, "\n%s", dates);
        }
    }

  set_row (self->former_row, text->str);
}
