/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "setup/mw-inspection.h"

G_BEGIN_DECLS

/**
 * mw_inspection_read_link:
 * @self: an inspection that says nothing yet but what address was given
 * @data: a `mailto-setup:` link, perhaps with blanks around it
 * @length: its size in bytes
 *
 * Puts into @self what the link says, or why it is refused.
 */
void mw_inspection_read_link    (MwInspection *self,
                                 const char   *data,
                                 gsize         length);

/**
 * mw_inspection_read_dclogin:
 * @self: as above
 * @data: a `dclogin:` link, perhaps with blanks around it
 * @length: its size in bytes
 *
 * The same for a link of Delta Chat, which has the password in it.
 */
void mw_inspection_read_dclogin (MwInspection *self,
                                 const char   *data,
                                 gsize         length);

G_END_DECLS
