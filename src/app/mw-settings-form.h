/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "setup/mw-setup.h"

G_BEGIN_DECLS

#define MW_TYPE_SETTINGS_FORM (mw_settings_form_get_type ())

/**
 * MwSettingsForm:
 *
 * The person, the receiving and the sending side of an account: every setting
 * that a check proves. What is typed stays here until mw_settings_form_take()
 * hands it to the set-up; only the sender name and the two questions about
 * signing in to send are the set-up's at once.
 *
 * The signal `protocol-changed` says that the person chose the other way of
 * receiving.
 *
 * Properties: `passwords-optional`; `changed`, read-only: whether something was
 * typed or chosen since the form was filled. Both notify.
 */
G_DECLARE_FINAL_TYPE (MwSettingsForm, mw_settings_form, MW, SETTINGS_FORM, AdwBin)

/**
 * mw_settings_form_set_setup:
 * @setup: (nullable): what the form is about; it stays empty until
 *   mw_settings_form_update()
 */
void       mw_settings_form_set_setup              (MwSettingsForm *self,
                                                    MwSetup        *setup);

/**
 * mw_settings_form_set_passwords_optional:
 * @optional: whether an empty password means the one that was there before
 */
void       mw_settings_form_set_passwords_optional (MwSettingsForm *self,
                                                    gboolean        optional);

/**
 * mw_settings_form_update:
 *
 * Fills the form with what was typed or saved earlier, else with the best that
 * a run found, else with a guess. Passwords are not filled in.
 */
void       mw_settings_form_update                 (MwSettingsForm *self);

/**
 * mw_settings_form_take:
 *
 * Hands everything that was typed to the set-up, if it makes sense. If not,
 * the form says what is wrong, and the field in question has the focus.
 *
 * Returns: whether the set-up has it all
 */
gboolean   mw_settings_form_take                   (MwSettingsForm *self);

/**
 * mw_settings_form_check_whole:
 *
 * Like mw_settings_form_take(), but hands nothing over, and takes an empty
 * server for wrong: for what is saved without a check.
 *
 * Returns: whether everything is there
 */
gboolean   mw_settings_form_check_whole            (MwSettingsForm *self);

/**
 * mw_settings_form_get_server:
 *
 * Returns: (transfer full) (nullable): the server as it stands in the form
 */
MwEndpoint *mw_settings_form_get_server            (MwSettingsForm *self,
                                                    MwSide          side);

/**
 * mw_settings_form_adopt:
 *
 * Hands everything over after mw_settings_form_check_whole(), and the servers
 * as typed by the person: they were shown, and the person said yes to them.
 */
void       mw_settings_form_adopt                  (MwSettingsForm *self);

/**
 * mw_settings_form_keep_address:
 *
 * Hands only the address over, if it is one, for a person who goes back to a
 * page that shows it.
 */
void       mw_settings_form_keep_address           (MwSettingsForm *self);
gboolean   mw_settings_form_get_changed            (MwSettingsForm *self);

/**
 * mw_settings_form_get_protocol:
 *
 * Returns: how mail is received, as it is chosen now
 */
MwProtocol mw_settings_form_get_protocol           (MwSettingsForm *self);

/**
 * mw_settings_form_set_incoming:
 * @endpoint: (nullable): a server for receiving; %NULL to have it looked for
 *
 * Fills that server in, as if it had been typed.
 */
void       mw_settings_form_set_incoming           (MwSettingsForm *self,
                                                    MwEndpoint     *endpoint);

/**
 * mw_settings_form_focus_password:
 * @side: which side
 * @sentence: what is the matter with the password
 */
void       mw_settings_form_focus_password         (MwSettingsForm *self,
                                                    MwSide          side,
                                                    const char     *sentence);

/**
 * mw_settings_form_forget_passwords:
 *
 * Empties the password entries, once passwords are no longer needed there.
 */
void       mw_settings_form_forget_passwords       (MwSettingsForm *self);

G_END_DECLS
