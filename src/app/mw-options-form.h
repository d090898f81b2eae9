/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "setup/mw-setup.h"

G_BEGIN_DECLS

#define MW_TYPE_OPTIONS_FORM (mw_options_form_get_type ())

/**
 * MwOptionsForm:
 *
 * What nothing has to be proved for: the account's name and description, the
 * mark of the default account, notifications, what POP leaves on the server,
 * and the signature. All of it is the set-up's as it is typed.
 */
G_DECLARE_FINAL_TYPE (MwOptionsForm, mw_options_form, MW, OPTIONS_FORM, AdwBin)

/**
 * mw_options_form_set_setup:
 * @setup: (nullable): whose options are shown and set
 */
void mw_options_form_set_setup    (MwOptionsForm *self,
                                   MwSetup       *setup);

/**
 * mw_options_form_set_protocol:
 * @protocol: how mail is received; some options are about POP only
 */
void mw_options_form_set_protocol (MwOptionsForm *self,
                                   MwProtocol     protocol);

G_END_DECLS
