/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mw_host_markup_new:
 * @host: a normalised host name
 *
 * A name from outside as people compare names: whole, with the part that
 * somebody has registered in bold, and in both forms where it has national
 * letters. What stands around it cannot change how it reads.
 *
 * Returns: (transfer full): Pango markup
 */
char     *mw_host_markup_new         (const char *host);

/**
 * mw_host_markup_is_unreadable:
 * @host: a normalised host name
 *
 * Returns: whether it has national letters that are not shown as such, because
 *   they are mixed in a way nobody writes, or all look like others: they may
 *   imitate another name
 */
gboolean  mw_host_markup_is_unreadable (const char *host);

G_END_DECLS
