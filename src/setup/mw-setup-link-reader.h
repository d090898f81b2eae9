/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "setup/mw-setup-link.h"

G_BEGIN_DECLS

/**
 * mw_setup_link_read:
 * @self: a link that says nothing yet
 * @text: a link from outside, not NUL-terminated
 * @length: its size in bytes
 * @error: return location for a %MW_LINK_ERROR
 *
 * Reads @text into @self.
 *
 * Returns: whether all of it was understood
 */
gboolean mw_setup_link_read (MwSetupLink  *self,
                             const char   *text,
                             gsize         length,
                             GError      **error);

G_END_DECLS
