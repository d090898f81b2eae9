/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "app/mw-auth-row.h"
#include "app/mw-field-note.h"
#include "app/mw-server-form.h"
#include "app/mw-settings-form.h"
#include "app/mw-source-row.h"
#include "app/mw-user-name-row.h"

G_BEGIN_DECLS

struct _MwSettingsForm
{
  AdwBin         parent_instance;

  /* Template widgets */
  GtkEditable   *name_row;
  GtkEditable   *address_row;
  MwFieldNote   *address_note;
  GtkEditable   *password_row;
  MwFieldNote   *password_note;
  MwServerForm  *incoming_form;
  MwSourceRow   *incoming_source_row;
  MwUserNameRow *user_row;
  MwAuthRow     *auth_row;
  MwServerForm  *outgoing_form;
  MwSourceRow   *outgoing_source_row;
  AdwActionRow  *authentication_row;
  GtkSwitch     *authentication_switch;
  GtkWidget     *same_row;
  GtkSwitch     *same_switch;
  MwUserNameRow *outgoing_user_row;
  GtkEditable   *outgoing_password_row;
  MwFieldNote   *outgoing_password_note;
  MwAuthRow     *outgoing_auth_row;

  /* Owned */
  MwSetup       *setup;
  GBindingGroup *setup_bindings;
  MwEndpoint    *filled_in[2];  /* by MwSide: not typed by the person, or NULL */

  gboolean       protocol_chosen;
  gboolean       passwords_optional;
  gboolean       changed;
  gboolean       updating;
};

/**
 * mw_settings_form_fill_in:
 * @side: of the server
 * @protocol: what the server is to speak
 *
 * Shows the server that the set-up knows of, and who named it.
 */
void mw_settings_form_fill_in           (MwSettingsForm *self,
                                         MwSide          side,
                                         MwProtocol      protocol);

/**
 * mw_settings_form_fill:
 *
 * Shows what was entered into the set-up, but for the passwords.
 */
void mw_settings_form_fill              (MwSettingsForm *self);

/**
 * mw_settings_form_update_user_names:
 *
 * Says what an empty user name stands for, which depends on the address.
 */
void mw_settings_form_update_user_names (MwSettingsForm *self);

/**
 * mw_settings_form_take_address:
 *
 * Hands the address over to the set-up, where it is another one.
 */
void mw_settings_form_take_address      (MwSettingsForm *self);

/**
 * mw_settings_form_take_everything:
 * @adopt: whether servers that were filled in are taken for typed ones
 *
 * Hands all fields over to the set-up.
 */
void mw_settings_form_take_everything   (MwSettingsForm *self,
                                         gboolean        adopt);

G_END_DECLS
