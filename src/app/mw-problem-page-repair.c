/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

/* What the buttons of the Problem page do: each advice leads to its repair. */

#include "config.h"

#include "app/mw-problem-page-private.h"

#include <glib/gi18n.h>

#include "app/mw-certificate-dialog.h"
#include "app/mw-control-names.h"
#include "setup/mw-setup-trust.h"
#include "setup/mw-typed-password.h"

gboolean
mw_problem_page_has_own_password (MwProblemPage *self)
{
  gboolean same = TRUE;

  g_object_get (self->setup, "same-credentials", &same, NULL);

  return self->side == MW_SIDE_OUTGOING && !same;
}

/* Hands over what was typed here. An empty password is not sent again: it
 * would only be the refused one. */
gboolean
mw_problem_page_take_entries (MwProblemPage *self,
                              gboolean       password_needed)
{
  gboolean separates = self->separates && *gtk_editable_get_text (self->password_row) != '\0';
  gboolean own = separates || mw_problem_page_has_own_password (self);
  MwSide side = own ? MW_SIDE_OUTGOING : MW_SIDE_INCOMING;
  const char *user_name = gtk_editable_get_text (self->user_row);
  g_autoptr(MwSecret) secret =
    mw_typed_password_read (gtk_editable_get_text (self->password_row),
                            mw_setup_get_provider (self->setup), NULL);

  if (separates)
    g_object_set (self->setup, "same-credentials", FALSE, NULL);
  if (gtk_widget_get_visible (GTK_WIDGET (self->user_row)) && separates == self->separates)
    mw_setup_set_user_name (self->setup, side, *user_name != '\0' ? user_name : NULL);

  if (!gtk_widget_get_visible (GTK_WIDGET (self->password_row)))
    return TRUE;

  if (secret != NULL)
    {
      mw_setup_set_password (self->setup, side, secret);
      return TRUE;
    }

  if (password_needed)
    {
      gtk_label_set_text (self->error_label, self->separates ? _("Type the password for sending.")
                                                             : _("Type the password again."));
      gtk_widget_set_visible (GTK_WIDGET (self->error_label), TRUE);
      mw_control_names_describe_entry (GTK_WIDGET (self->password_row),
                                       gtk_label_get_text (self->error_label), TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
      return FALSE;
    }

  return TRUE;
}

static void
check (MwProblemPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.check", NULL);
}

static void
show_page (MwProblemPage *self,
           const char    *page)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.go-on", "s", page);
}

static void
open_page (MwProblemPage *self,
           const char    *uri)
{
  gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), uri, GDK_CURRENT_TIME);
}

static void
show_certificate (MwProblemPage *self)
{
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *dialog;

  if (mw_setup_get_certificate_verdict (self->setup) == NULL)
    return;

  dialog = mw_certificate_dialog_new (parent, self->setup);
  g_signal_connect_object (dialog, "accepted", G_CALLBACK (check), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
mw_problem_page_perform (MwProblemPage *self,
                         MwAdvice      *advice)
{
  switch (advice->action)
    {
    case MW_ADVICE_ACTION_EDIT_PASSWORD:
    case MW_ADVICE_ACTION_SEPARATE_OUTGOING:
      if (mw_problem_page_take_entries (self, TRUE))
        check (self);
      break;
    case MW_ADVICE_ACTION_EDIT_USER_NAME:
      if (mw_problem_page_take_entries (self, FALSE))
        check (self);
      break;
    case MW_ADVICE_ACTION_EDIT_ADDRESS:
      show_page (self, "address");
      break;
    case MW_ADVICE_ACTION_EDIT_SERVERS:
      show_page (self, "advanced");
      break;
    case MW_ADVICE_ACTION_ENABLE_OUTGOING_AUTH:
      g_object_set (self->setup, "outgoing-authentication", TRUE, NULL);
      check (self);
      break;
    case MW_ADVICE_ACTION_ALLOW_HOST:
      show_page (self, "check");
      break;
    case MW_ADVICE_ACTION_SHOW_CERTIFICATE:
      show_certificate (self);
      break;
    case MW_ADVICE_ACTION_RECEIVE_ONLY:
      g_object_set (self->setup, "receive-only", TRUE, NULL);
      check (self);
      break;
    case MW_ADVICE_ACTION_OPEN_URI:
      if (advice->uri != NULL && g_str_has_prefix (advice->uri, "https://"))
        open_page (self, advice->uri);
      break;
    case MW_ADVICE_ACTION_OTHER_USER_NAME:
      if (!mw_problem_page_take_entries (self, FALSE))
        break;
      mw_setup_set_user_name (self->setup, self->side, advice->user_name);
      check (self);
      break;
    case MW_ADVICE_ACTION_SWITCH_SECURITY:
      if (mw_setup_switch_security (self->setup, self->side))
        check (self);
      else
        show_page (self, "advanced");
      break;
    case MW_ADVICE_ACTION_BROWSER_SIGN_IN:
      g_object_set (self->setup, "browser-sign-in", TRUE, NULL);
      check (self);
      break;
    case MW_ADVICE_ACTION_OPEN_PORTAL:
      open_page (self, MW_ADVICE_PORTAL_URI);
      break;
    case MW_ADVICE_ACTION_ASK_PROVIDER:
      gtk_widget_activate_action (GTK_WIDGET (self), "win.copy-letter", NULL);
      break;
    case MW_ADVICE_ACTION_TRY_AGAIN:
    case MW_ADVICE_ACTION_NONE:
    default:
      check (self);
      break;
    }
}
