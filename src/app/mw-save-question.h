/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "core/mw-endpoint.h"

G_BEGIN_DECLS

/**
 * mw_save_question_new:
 * @parent: in front of which
 * @incoming: where mail will be fetched
 * @outgoing: (nullable): where it will be sent
 *
 * Asks whether an account is to be saved that nobody has tried, with the full
 * names of the servers that its mail program will send the password to. The
 * response "save" means yes; it is not the default, and can be given after a
 * moment only.
 *
 * Returns: (transfer floating): a dialog, to be presented
 */
GtkWidget *mw_save_question_new (GtkWindow  *parent,
                                 MwEndpoint *incoming,
                                 MwEndpoint *outgoing);

G_END_DECLS
