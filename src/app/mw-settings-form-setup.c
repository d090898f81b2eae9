/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

/* What goes between the form and its set-up: filled in from it, handed over to
 * it. */

#include "config.h"

#include "app/mw-settings-form-private.h"

#include "setup/mw-typed-password.h"

/* The protocol that was entered, else the one the last run decided on. */
static MwProtocol
find_protocol (MwSettingsForm *self)
{
  GPtrArray *servers = mw_setup_get_servers (self->setup, MW_SIDE_INCOMING);
  MwVerdict *verdict = mw_setup_get_verdict (self->setup, MW_SIDE_INCOMING);
  MwEndpoint *endpoint = NULL;

  if (servers != NULL && servers->len > 0)
    endpoint = g_ptr_array_index (servers, 0);
  else if (mw_setup_get_protocol (self->setup) == -1 && verdict != NULL)
    endpoint = mw_candidate_get_endpoint (verdict->candidate);

  if (endpoint != NULL)
    return mw_endpoint_get_protocol (endpoint);

  return mw_setup_get_protocol (self->setup) == MW_PROTOCOL_POP3 ? MW_PROTOCOL_POP3
                                                                 : MW_PROTOCOL_IMAP;
}

/* What an empty entry stands for, as far as that is known. */
static const char *
find_usual_user_name (MwSettingsForm *self)
{
  MwVerdict *verdict = mw_setup_get_verdict (self->setup, MW_SIDE_INCOMING);
  const char * const *names = NULL;

  if (verdict != NULL && mw_setup_get_servers (self->setup, MW_SIDE_INCOMING) == NULL)
    names = mw_candidate_get_user_names (verdict->candidate);

  return names != NULL ? names[0] : NULL;
}

static void
fill_user_name (MwSettingsForm *self,
                MwSide          side,
                MwUserNameRow  *row)
{
  const char *user_name = mw_setup_get_user_name (self->setup, side);

  gtk_editable_set_text (GTK_EDITABLE (row), user_name != NULL ? user_name : "");
}

static void
take_password (MwSettingsForm *self,
               MwSide          side,
               GtkEditable    *row)
{
  g_autoptr(MwSecret) secret = mw_typed_password_read (gtk_editable_get_text (row),
                                                       mw_setup_get_provider (self->setup), NULL);

  if (secret == NULL)
    return;

  mw_setup_set_password (self->setup, side, secret);
  if (side == MW_SIDE_INCOMING)
    g_object_set (self->setup, "browser-sign-in", FALSE, NULL);
}

static gboolean
is_as_entered (MwSettingsForm *self,
               MwSide          side,
               MwEndpoint     *endpoint)
{
  GPtrArray *servers = mw_setup_get_servers (self->setup, side);

  if (servers == NULL || servers->len == 0)
    return endpoint == NULL;

  return endpoint != NULL
         && servers->len == 1
         && mw_endpoint_equal (endpoint, g_ptr_array_index (servers, 0));
}

/* What was filled in and left alone was not typed by the person: it stays with
 * the sources that named it, and with the questions that belong to them. One
 * that was typed or saved before stays with its proof. */
static void
take_server (MwSettingsForm *self,
             MwSide          side,
             MwServerForm   *form,
             gboolean        adopt)
{
  g_autoptr(MwEndpoint) endpoint = mw_server_form_get_endpoint (form);
  g_autoptr(GPtrArray) endpoints = NULL;
  MwEndpoint *filled_in = self->filled_in[side];
  gboolean left_alone = !adopt && endpoint != NULL && filled_in != NULL
                        && mw_endpoint_equal (endpoint, filled_in);

  if (!left_alone && is_as_entered (self, side, endpoint) && endpoint != NULL)
    return;

  if (endpoint != NULL && !left_alone)
    {
      endpoints = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_endpoint_unref);
      g_ptr_array_add (endpoints, mw_endpoint_ref (endpoint));
    }
  mw_setup_set_servers (self->setup, side, endpoints);
  if (side == MW_SIDE_INCOMING && (!left_alone || self->protocol_chosen))
    mw_setup_set_protocol (self->setup, mw_server_form_get_protocol (form));
}

static void
take_user_name (MwSettingsForm *self,
                MwSide          side,
                MwUserNameRow  *row)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));

  mw_setup_set_user_name (self->setup, side, *text != '\0' ? text : NULL);
}

/* What the person typed has no source, and is not taken for anybody's else. */
void
mw_settings_form_fill_in (MwSettingsForm *self,
                          MwSide          side,
                          MwProtocol      protocol)
{
  gboolean incoming = side == MW_SIDE_INCOMING;
  MwServerForm *form = incoming ? self->incoming_form : self->outgoing_form;
  MwSourceRow *source_row = incoming ? self->incoming_source_row : self->outgoing_source_row;
  MwServerBasis basis;
  g_autoptr(MwEndpoint) endpoint = mw_setup_suggest_server (self->setup, protocol, &basis);

  g_clear_pointer (&self->filled_in[side], mw_endpoint_unref);
  if (endpoint != NULL && basis != MW_SERVER_BASIS_TYPED)
    self->filled_in[side] = mw_endpoint_ref (endpoint);
  mw_server_form_set_endpoint (form, endpoint);
  mw_source_row_show (source_row, self->setup, self->filled_in[side], basis);
}

void
mw_settings_form_fill (MwSettingsForm *self)
{
  MwAddress *address = mw_setup_get_address (self->setup);

  gtk_editable_set_text (self->address_row,
                         address != NULL ? mw_address_get_display (address) : "");
  mw_settings_form_fill_in (self, MW_SIDE_INCOMING, find_protocol (self));
  mw_settings_form_fill_in (self, MW_SIDE_OUTGOING, MW_PROTOCOL_SMTP);
  fill_user_name (self, MW_SIDE_INCOMING, self->user_row);
  fill_user_name (self, MW_SIDE_OUTGOING, self->outgoing_user_row);
  mw_auth_row_set_method (self->auth_row, mw_setup_get_auth (self->setup, MW_SIDE_INCOMING));
  mw_auth_row_set_method (self->outgoing_auth_row,
                          mw_setup_get_auth (self->setup, MW_SIDE_OUTGOING));
}

void
mw_settings_form_update_user_names (MwSettingsForm *self)
{
  g_autoptr(MwAddress) address = mw_address_parse (gtk_editable_get_text (self->address_row), NULL);
  MwAddress *entered = self->setup != NULL ? mw_setup_get_address (self->setup) : NULL;
  const char *usual = NULL;

  if (address != NULL && entered != NULL
      && g_str_equal (mw_address_get_text (address), mw_address_get_text (entered)))
    usual = find_usual_user_name (self);

  mw_user_name_row_set_usual (self->user_row, address, usual);
  mw_user_name_row_set_usual (self->outgoing_user_row, address, NULL);
}

void
mw_settings_form_take_address (MwSettingsForm *self)
{
  const char *text = gtk_editable_get_text (self->address_row);
  MwAddress *address = mw_setup_get_address (self->setup);

  if (address == NULL || !g_str_equal (text, mw_address_get_display (address)))
    mw_setup_set_address (self->setup, text, TRUE, NULL);
}

void
mw_settings_form_take_everything (MwSettingsForm *self,
                                  gboolean        adopt)
{
  gboolean own = gtk_switch_get_active (self->authentication_switch)
                 && !gtk_switch_get_active (self->same_switch);

  mw_settings_form_take_address (self);
  take_password (self, MW_SIDE_INCOMING, self->password_row);
  take_server (self, MW_SIDE_INCOMING, self->incoming_form, adopt);
  take_server (self, MW_SIDE_OUTGOING, self->outgoing_form, adopt);
  take_user_name (self, MW_SIDE_INCOMING, self->user_row);
  mw_setup_set_auth (self->setup, MW_SIDE_INCOMING, mw_auth_row_get_method (self->auth_row));
  mw_setup_set_auth (self->setup, MW_SIDE_OUTGOING,
                     mw_auth_row_get_method (self->outgoing_auth_row));

  if (own)
    {
      take_password (self, MW_SIDE_OUTGOING, self->outgoing_password_row);
      take_user_name (self, MW_SIDE_OUTGOING, self->outgoing_user_row);
    }
  else
    {
      mw_setup_set_user_name (self->setup, MW_SIDE_OUTGOING, NULL);
      mw_setup_set_password (self->setup, MW_SIDE_OUTGOING, NULL);
    }
}
