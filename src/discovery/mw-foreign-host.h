/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mw_foreign_host_read:
 * @text: (nullable): the host that somebody's document names
 * @out_host: (out) (optional) (transfer full): the host in its normal form, when it can be used
 *
 * Returns: (nullable): why it cannot be used, developer text
 */
const char *mw_foreign_host_read (const char  *text,
                                  char       **out_host);

G_END_DECLS
