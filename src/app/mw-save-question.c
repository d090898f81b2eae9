/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-save-question.h"

#include <glib/gi18n.h>

#include "app/mw-control-names.h"
#include "app/mw-foreign-text.h"
#include "app/mw-help.h"
#include "setup/mw-advice.h"

/* Nobody says yes to something that has just come up under the hand. */
#define CONSENT_DELAY_MS 500

static gboolean
on_delay (gpointer user_data)
{
  GWeakRef *ref = user_data;
  g_autoptr(AdwMessageDialog) dialog = g_weak_ref_get (ref);

  if (dialog != NULL)
    adw_message_dialog_set_response_enabled (dialog, "save", TRUE);

  return G_SOURCE_REMOVE;
}

static void
ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
add_server (GString    *body,
            MwEndpoint *endpoint)
{
  g_autofree char *host = NULL;
  guint port;

  if (endpoint == NULL)
    return;

  host = mw_foreign_text_describe_host (mw_endpoint_get_host (endpoint));
  port = mw_endpoint_get_port (endpoint);
  g_string_append_c (body, '\n');
  /* Translators: a server's name, its port number and the kind of encryption. */
  g_string_append_printf (body, _("%s, port %u, %s"), host, port,
                          mw_advice_describe_security (endpoint));
}

static gboolean
is_clear (MwEndpoint *endpoint)
{
  return endpoint != NULL && mw_endpoint_get_security (endpoint) == MW_SECURITY_NONE;
}

static char *
make_body (MwEndpoint *incoming,
           MwEndpoint *outgoing)
{
  GString *body = g_string_new (NULL);

  g_string_append (body, _("Nobody will know whether the account works before your mail program "
                           "tries it. The program then sends your password to:"));
  g_string_append_c (body, '\n');
  add_server (body, incoming);
  add_server (body, outgoing);
  if (is_clear (incoming) || is_clear (outgoing))
    {
      g_string_append (body, "\n\n");
      g_string_append (body, _("Without encryption anyone on the way can read the password and "
                               "the mail."));
    }

  return g_string_free (body, FALSE);
}

GtkWidget *
mw_save_question_new (GtkWindow  *parent,
                      MwEndpoint *incoming,
                      MwEndpoint *outgoing)
{
  g_autofree char *body = make_body (incoming, outgoing);
  AdwMessageDialog *dialog;
  GWeakRef *ref;

  g_return_val_if_fail (incoming != NULL, NULL);

  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, _("Save Without Checking?"), NULL));
  adw_message_dialog_set_body (dialog, body);
  adw_message_dialog_add_responses (dialog,
                                    "cancel", _("_Cancel"),
                                    "save", _("_Save Without Checking"),
                                    NULL);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  adw_message_dialog_set_response_enabled (dialog, "save", FALSE);
  mw_control_names_mend (GTK_WIDGET (dialog));
  mw_help_attach (GTK_WINDOW (dialog), "servers#without-checking");

  ref = g_new (GWeakRef, 1);
  g_weak_ref_init (ref, dialog);
  g_timeout_add_full (G_PRIORITY_DEFAULT, CONSENT_DELAY_MS, on_delay, ref, ref_free);

  return GTK_WIDGET (dialog);
}
