/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "core/mw-endpoint.h"

G_BEGIN_DECLS

/**
 * mw_review_row_new:
 * @endpoint: a server of a link, a file or an account
 * @note: (nullable): what else is to be said of it, before everything else
 *
 * Returns: (transfer floating): a row with its whole name, what somebody has
 *   registered in bold, and all that is known of it
 */
GtkWidget *mw_review_row_new (MwEndpoint *endpoint,
                              const char *note);

G_END_DECLS
