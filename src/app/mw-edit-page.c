/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-edit-page.h"

#include <glib/gi18n.h>

#include "app/mw-foreign-text.h"
#include "app/mw-options-form.h"
#include "app/mw-settings-form.h"
#include "app/mw-tab-order.h"
#include "setup/mw-setup-edit.h"
#include "setup/mw-setup-servers.h"

struct _MwEditPage
{
  AdwBin          parent_instance;

  /* Template widgets */
  MwOptionsForm  *options_form;
  MwSettingsForm *settings_form;
  GtkSpinner     *spinner;
  GtkLabel       *status_label;
  GtkWidget      *save_button;

  /* Owned */
  MwSetup        *setup;
  MwProfile      *profile;
  char           *filled_host;  /* for receiving, as it stands there untouched */
  GCancellable   *search;   /* of the server for the other way of receiving */
};

G_DEFINE_FINAL_TYPE (MwEditPage, mw_edit_page, ADW_TYPE_BIN)

static const char *
get_protocol_name (MwProtocol protocol)
{
  return protocol == MW_PROTOCOL_POP3 ? "POP" : "IMAP";
}

static void
stop_search (MwEditPage *self)
{
  if (self->search != NULL)
    g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
}

static void
fill_in (MwEditPage *self,
         MwEndpoint *endpoint)
{
  mw_settings_form_set_incoming (self->settings_form, endpoint);
  g_free (self->filled_host);
  self->filled_host = endpoint != NULL ? g_strdup (mw_endpoint_get_host (endpoint)) : NULL;
  mw_options_form_set_protocol (self->options_form,
                                mw_settings_form_get_protocol (self->settings_form));
}

/* The person typed no name of it, so a server that nobody vouches for is not
 * filled in: it is looked for when the account is saved, and asked about. */
static gboolean
may_fill_in (MwEditPage *self,
             MwVerdict  *verdict)
{
  const char *host = mw_endpoint_get_host (mw_candidate_get_endpoint (verdict->candidate));

  return mw_candidate_get_grade (verdict->candidate) <= MW_GRADE_G ||
         (self->profile->incoming != NULL &&
          g_str_equal (host, mw_endpoint_get_host (self->profile->incoming->endpoint)));
}

static void
take_found (MwEditPage *self,
            MwSetup    *search)
{
  MwVerdict *verdict = mw_setup_get_verdict (search, MW_SIDE_INCOMING);
  MwEndpoint *endpoint = mw_candidate_get_endpoint (verdict->candidate);
  const char *protocol = get_protocol_name (mw_endpoint_get_protocol (endpoint));
  g_autofree char *host = mw_foreign_text_new_host (mw_endpoint_get_host (endpoint));
  g_autofree char *text = NULL;

  if (may_fill_in (self, verdict))
    {
      fill_in (self, endpoint);
      /* Translators: a server, then IMAP or POP. */
      text = g_strdup_printf (_("%s answers with %s."), host, protocol);
    }
  else
    {
      fill_in (self, NULL);
      /* Translators: a server, then IMAP or POP. */
      text = g_strdup_printf (_("%s answers with %s. You will be asked about it."), host,
                              protocol);
    }
  mw_edit_page_set_status (self, text, FALSE);
}

static void
on_searched (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(MwEditPage) self = MW_EDIT_PAGE (user_data);
  MwSetup *search = MW_SETUP (object);
  gboolean found = mw_setup_check_finish (search, result, NULL);
  MwProtocol wanted = mw_setup_get_protocol (search);
  g_autofree char *text = NULL;

  /* Another account, or another protocol, by now. */
  if (self->search == NULL || self->search != g_task_get_cancellable (G_TASK (result)))
    return;
  g_clear_object (&self->search);

  if (found)
    {
      take_found (self, search);
      return;
    }

  /* Only what works is offered. */
  fill_in (self, self->profile->incoming->endpoint);
  if (mw_setup_get_outcome (search) == MW_OUTCOME_OFFLINE)
    /* Translators: %s is IMAP or POP. */
    text = g_strdup_printf (_("There is no network to look for a server with %s."),
                            get_protocol_name (wanted));
  else
    /* Translators: both %s are IMAP or POP. */
    text = g_strdup_printf (_("No server answers with %s, so %s stays."),
                            get_protocol_name (wanted),
                            get_protocol_name (mw_settings_form_get_protocol (
                                                 self->settings_form)));
  mw_edit_page_set_status (self, text, FALSE);
}

/* Looks for it as for a new account, but shows no password to anybody. */
static void
search (MwEditPage *self,
        MwProtocol  protocol)
{
  g_autoptr(MwSetup) setup = mw_setup_new (mw_setup_get_engine (self->setup));
  gboolean use_ispdb = TRUE;
  g_autofree char *text = NULL;

  if (!mw_setup_set_address (setup, self->profile->address, TRUE, NULL))
    return;

  g_object_get (self->setup, "use-ispdb", &use_ispdb, NULL);
  g_object_set (setup, "log-in", FALSE, "receive-only", TRUE, "use-ispdb", use_ispdb, NULL);
  mw_setup_set_protocol (setup, protocol);

  /* Translators: %s is IMAP or POP. */
  text = g_strdup_printf (_("Looking for a server with %s…"), get_protocol_name (protocol));
  mw_edit_page_set_status (self, text, TRUE);
  self->search = g_cancellable_new ();
  mw_setup_check_async (setup, self->search, on_searched, g_object_ref (self));
}

/* What a person has typed is theirs, and may speak both. */
static gboolean
is_typed (MwEditPage *self)
{
  g_autoptr(MwEndpoint) endpoint = mw_settings_form_get_server (self->settings_form,
                                                                MW_SIDE_INCOMING);

  return endpoint != NULL &&
         g_strcmp0 (mw_endpoint_get_host (endpoint), self->filled_host) != 0;
}

static void
on_protocol_changed (MwEditPage *self)
{
  MwProtocol protocol = mw_settings_form_get_protocol (self->settings_form);
  g_autoptr(MwEndpoint) endpoint = NULL;
  MwServerBasis basis;

  if (self->setup == NULL)
    return;

  stop_search (self);
  mw_edit_page_set_status (self, NULL, FALSE);
  mw_options_form_set_protocol (self->options_form, protocol);
  if (self->profile->incoming == NULL || is_typed (self))
    return;

  endpoint = mw_setup_suggest_server (self->setup, protocol, &basis);
  if (endpoint != NULL && (basis == MW_SERVER_BASIS_TYPED || basis == MW_SERVER_BASIS_ANSWERED))
    fill_in (self, endpoint);
  else
    search (self, protocol);
}

static void
mw_edit_page_map (GtkWidget *widget)
{
  MwEditPage *self = MW_EDIT_PAGE (widget);

  GTK_WIDGET_CLASS (mw_edit_page_parent_class)->map (widget);

  gtk_window_set_default_widget (GTK_WINDOW (gtk_widget_get_root (widget)), self->save_button);
}

static gboolean
mw_edit_page_grab_focus (GtkWidget *widget)
{
  GtkWidget *focused = gtk_root_get_focus (gtk_widget_get_root (widget));

  /* Where the person was when the page was left, or at its beginning. */
  if (focused != NULL && gtk_widget_is_ancestor (focused, widget))
    return TRUE;

  return gtk_widget_child_focus (GTK_WIDGET (MW_EDIT_PAGE (widget)->options_form),
                                 GTK_DIR_TAB_FORWARD);
}

static void
mw_edit_page_dispose (GObject *object)
{
  MwEditPage *self = MW_EDIT_PAGE (object);

  stop_search (self);
  g_clear_pointer (&self->filled_host, g_free);
  g_clear_object (&self->setup);
  g_clear_pointer (&self->profile, mw_profile_unref);

  G_OBJECT_CLASS (mw_edit_page_parent_class)->dispose (object);
}

static void
mw_edit_page_class_init (MwEditPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mw_edit_page_dispose;
  widget_class->map = mw_edit_page_map;
  widget_class->grab_focus = mw_edit_page_grab_focus;
  mw_tab_order_pass_through (widget_class);

  g_type_ensure (MW_TYPE_OPTIONS_FORM);
  g_type_ensure (MW_TYPE_SETTINGS_FORM);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "mw-edit-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MwEditPage, options_form);
  gtk_widget_class_bind_template_child (widget_class, MwEditPage, settings_form);
  gtk_widget_class_bind_template_child (widget_class, MwEditPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, MwEditPage, status_label);
  gtk_widget_class_bind_template_child (widget_class, MwEditPage, save_button);
}

static void
mw_edit_page_init (MwEditPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect_object (self->settings_form, "protocol-changed",
                           G_CALLBACK (on_protocol_changed), self, G_CONNECT_SWAPPED);
}

void
mw_edit_page_start (MwEditPage *self,
                    MwSetup    *setup,
                    MwProfile  *profile)
{
  g_return_if_fail (MW_IS_EDIT_PAGE (self));
  g_return_if_fail ((setup == NULL) == (profile == NULL));

  stop_search (self);
  mw_edit_page_set_status (self, NULL, FALSE);
  g_set_object (&self->setup, setup);
  g_clear_pointer (&self->profile, mw_profile_unref);
  if (profile != NULL)
    self->profile = mw_profile_ref (profile);

  mw_settings_form_set_setup (self->settings_form, setup);
  mw_options_form_set_setup (self->options_form, setup);
  if (profile == NULL)
    return;

  g_free (self->filled_host);
  self->filled_host = profile->incoming != NULL
                      ? g_strdup (mw_endpoint_get_host (profile->incoming->endpoint)) : NULL;
  mw_settings_form_update (self->settings_form);
  mw_options_form_set_protocol (self->options_form,
                                mw_settings_form_get_protocol (self->settings_form));
}

/* A name for sending that is not the one for receiving may go with the same
 * password; the form knows only one name then. */
static void
keep_sending_name (MwEditPage *self)
{
  MwService *incoming = self->profile->incoming;
  MwService *outgoing = self->profile->outgoing;
  const char *typed = mw_setup_get_user_name (self->setup, MW_SIDE_INCOMING);
  gboolean same = TRUE;

  g_object_get (self->setup, "same-credentials", &same, NULL);
  if (same && !self->profile->own_credentials && incoming != NULL && outgoing != NULL &&
      g_strcmp0 (typed, incoming->user_name) == 0)
    mw_setup_set_user_name (self->setup, MW_SIDE_OUTGOING, outgoing->user_name);
}

gboolean
mw_edit_page_take (MwEditPage *self)
{
  g_return_val_if_fail (MW_IS_EDIT_PAGE (self), FALSE);
  g_return_val_if_fail (self->setup != NULL, FALSE);

  if (self->search != NULL)
    return FALSE;

  if (!mw_settings_form_take (self->settings_form))
    return FALSE;

  keep_sending_name (self);
  return TRUE;
}

gboolean
mw_edit_page_is_changed (MwEditPage *self)
{
  g_return_val_if_fail (MW_IS_EDIT_PAGE (self), FALSE);

  return self->setup != NULL && (mw_settings_form_get_changed (self->settings_form) ||
                                 mw_setup_is_changed (self->setup));
}

void
mw_edit_page_ask_for_password (MwEditPage *self,
                               MwSide      side,
                               const char *reason)
{
  g_return_if_fail (MW_IS_EDIT_PAGE (self));

  mw_settings_form_focus_password (self->settings_form, side, reason != NULL ? reason :
                                   _("The password is not in the keyring. Type it once more."));
}

void
mw_edit_page_set_status (MwEditPage *self,
                         const char *text,
                         gboolean    is_busy)
{
  g_return_if_fail (MW_IS_EDIT_PAGE (self));

  gtk_label_set_text (self->status_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->status_label), text != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), is_busy);
  gtk_spinner_set_spinning (self->spinner, is_busy);
  gtk_widget_set_sensitive (self->save_button, !is_busy);
}

void
mw_edit_page_forget_password (MwEditPage *self)
{
  g_return_if_fail (MW_IS_EDIT_PAGE (self));

  mw_settings_form_forget_passwords (self->settings_form);
}
