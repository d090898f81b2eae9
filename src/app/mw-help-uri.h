/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mw_help_uri_new:
 * @system_root: the root of the file system, `/` but in tests
 * @topic: (nullable): a page of the help, or a section of one as
 *   `page#section`; %NULL for the contents
 *
 * Where the help viewer finds this topic. Inside of a Flatpak it is told the
 * folder as it is seen from outside, because a viewer there knows nothing of
 * what lies within. Reads a short file.
 *
 * Returns: (transfer full): an address for the help viewer
 */
char *mw_help_uri_new (const char *system_root,
                       const char *topic);

G_END_DECLS
