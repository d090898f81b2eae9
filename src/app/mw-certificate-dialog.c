/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-certificate-dialog.h"

#include <glib/gi18n.h>

#include "app/mw-certificate-view.h"
#include "app/mw-consent.h"
#include "app/mw-control-names.h"
#include "app/mw-dialog-width.h"
#include "app/mw-foreign-text.h"
#include "app/mw-heading.h"
#include "app/mw-help.h"
#include "setup/mw-setup-trust.h"

struct _MwCertificateDialog
{
  AdwWindow          parent_instance;

  /* Template widgets */
  MwHeading         *host_label;
  GtkLabel          *text_label;
  MwCertificateView *certificate_view;
  GtkWidget         *accept_button;
  GtkWidget         *close_button;

  /* Owned */
  MwSetup           *setup;
  MwVerdict         *verdict;
};

G_DEFINE_FINAL_TYPE (MwCertificateDialog, mw_certificate_dialog, ADW_TYPE_WINDOW)

enum {
  SIGNAL_ACCEPTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
get_text (MwVerdict     *verdict,
          gboolean       may_accept,
          MwCertificate *former)
{
  gsize n_problems;

  if (!may_accept && mw_candidate_get_grade (verdict->candidate) != MW_GRADE_U)
    return _("A certificate like this can be accepted only for a server whose name you type "
             "yourself, under Advanced Settings.");
  if (!may_accept)
    return _("A certificate like this cannot be accepted. Ask whoever runs the server.");

  mw_certificate_report_get_problems (mw_tls_facts_get_report (verdict->tls), &n_problems);
  if (former != NULL && n_problems == 1)
    return _("This is not the certificate you accepted before, but an authority that this "
             "computer knows confirms it. It does not have to be accepted by hand any more.");
  if (former != NULL)
    return _("This is not the certificate you accepted before. Ask whoever runs the server "
             "whether they replaced it. If they did not, somebody is in between and wants your "
             "password.");

  return _("Ask whoever runs the server for the fingerprint of its certificate. Accept this one "
           "only if every character is the same.");
}

static void
fill (MwCertificateDialog *self)
{
  MwEndpoint *endpoint = mw_candidate_get_endpoint (self->verdict->candidate);
  g_autofree char *host = mw_foreign_text_describe_host (mw_endpoint_get_host (endpoint));
  g_autoptr(MwCertificate) former = mw_setup_dup_former_certificate (self->setup, self->verdict);
  gboolean may_accept = mw_setup_may_trust_certificate (self->setup, self->verdict);
  const char *text = get_text (self->verdict, may_accept, former);
  g_autofree char *heard = g_strdup_printf ("%s. %s", host, text);

  mw_heading_set_text (self->host_label, host);
  gtk_label_set_text (self->text_label, text);
  mw_certificate_view_set_report (self->certificate_view,
                                  mw_tls_facts_get_report (self->verdict->tls),
                                  mw_setup_get_redactor (self->setup));
  mw_certificate_view_set_former (self->certificate_view, former);

  gtk_button_set_label (GTK_BUTTON (self->accept_button),
                        former != NULL ? _("_Set Up This Server’s Certificate Again")
                                       : _("_Trust This Certificate"));
  gtk_widget_set_visible (self->accept_button, may_accept);
  gtk_button_set_label (GTK_BUTTON (self->close_button),
                        may_accept ? _("_Cancel") : _("_Close"));
  mw_control_names_mend (GTK_WIDGET (self));
  /* It has the focus, so the question is heard with it. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->close_button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, heard,
                                  -1);
  gtk_window_set_default_widget (GTK_WINDOW (self), self->close_button);
  gtk_window_set_focus (GTK_WINDOW (self), self->close_button);
}

static void
on_accept_clicked_cb (MwCertificateDialog *self)
{
  mw_setup_trust_certificate (self->setup, self->verdict);
  g_signal_emit (self, signals[SIGNAL_ACCEPTED], 0);
  gtk_window_close (GTK_WINDOW (self));
}

static void
mw_certificate_dialog_dispose (GObject *object)
{
  MwCertificateDialog *self = MW_CERTIFICATE_DIALOG (object);

  g_clear_object (&self->setup);
  g_clear_pointer (&self->verdict, mw_verdict_unref);

  G_OBJECT_CLASS (mw_certificate_dialog_parent_class)->dispose (object);
}

static void
mw_certificate_dialog_class_init (MwCertificateDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mw_certificate_dialog_dispose;

  signals[SIGNAL_ACCEPTED] =
    g_signal_new ("accepted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (MW_TYPE_CERTIFICATE_VIEW);
  g_type_ensure (MW_TYPE_HEADING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PATH "mw-certificate-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MwCertificateDialog, host_label);
  gtk_widget_class_bind_template_child (widget_class, MwCertificateDialog, text_label);
  gtk_widget_class_bind_template_child (widget_class, MwCertificateDialog, certificate_view);
  gtk_widget_class_bind_template_child (widget_class, MwCertificateDialog, accept_button);
  gtk_widget_class_bind_template_child (widget_class, MwCertificateDialog, close_button);
  gtk_widget_class_bind_template_callback (widget_class, on_accept_clicked_cb);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
mw_certificate_dialog_init (MwCertificateDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  mw_consent_guard_button (self->accept_button);
}

GtkWidget *
mw_certificate_dialog_new (GtkWindow *parent,
                           MwSetup   *setup)
{
  MwCertificateDialog *self;
  MwVerdict *verdict;

  g_return_val_if_fail (MW_IS_SETUP (setup), NULL);

  verdict = mw_setup_get_certificate_verdict (setup);
  g_return_val_if_fail (verdict != NULL, NULL);

  self = g_object_new (MW_TYPE_CERTIFICATE_DIALOG, "transient-for", parent, NULL);
  self->setup = g_object_ref (setup);
  self->verdict = mw_verdict_ref (verdict);
  fill (self);
  mw_dialog_width_fit (GTK_WINDOW (self));
  mw_help_attach (GTK_WINDOW (self), "certificates");

  return GTK_WIDGET (self);
}
