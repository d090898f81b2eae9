/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "core/mw-endpoint.h"

G_BEGIN_DECLS

#define MW_TYPE_SERVER_FORM (mw_server_form_get_type ())

/**
 * MwServerForm:
 *
 * Protocol, server, port and security of one side, to be typed by hand.
 * Further rows can be added below. Property: `side`, construct-only.
 *
 * The signal `changed` says that the person typed or chose something,
 * `protocol-selected` that it was the protocol.
 */
G_DECLARE_FINAL_TYPE (MwServerForm, mw_server_form, MW, SERVER_FORM, AdwPreferencesGroup)

/**
 * mw_server_form_set_endpoint:
 * @endpoint: (nullable): what to fill in; %NULL empties the form
 */
void        mw_server_form_set_endpoint (MwServerForm *self,
                                         MwEndpoint   *endpoint);

/**
 * mw_server_form_get_endpoint:
 *
 * Returns: (transfer full) (nullable): the server, %NULL when none was typed,
 *   or nothing that makes sense
 */
MwEndpoint *mw_server_form_get_endpoint (MwServerForm *self);

/**
 * mw_server_form_check:
 * @server_needed: whether an empty server is wrong, because none is looked for
 * @take_focus: whether what is wrong gets the focus
 *
 * Says below each entry what is wrong with it.
 *
 * Returns: whether nothing is
 */
gboolean    mw_server_form_check        (MwServerForm *self,
                                         gboolean      server_needed,
                                         gboolean      take_focus);

/**
 * mw_server_form_is_untouched:
 *
 * Returns: whether the server is empty or what was filled in last
 */
gboolean    mw_server_form_is_untouched (MwServerForm *self);

/**
 * mw_server_form_get_protocol:
 *
 * Returns: the protocol that was chosen
 */
MwProtocol  mw_server_form_get_protocol (MwServerForm *self);

G_END_DECLS
