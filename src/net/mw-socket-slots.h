/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MwSocketSlots:
 *
 * How many sockets a run may have open at the same time, over all servers. A
 * socket takes a slot until it is gone, whoever closes it; who finds none free
 * waits in line.
 */
typedef struct _MwSocketSlots MwSocketSlots;

/**
 * MwSocketSlotsFunc:
 *
 * Called once, from the main loop, when a slot is free.
 */
typedef void (*MwSocketSlotsFunc) (gpointer user_data);

/**
 * mw_socket_slots_new:
 * @max: how many sockets at most, 1 or more
 *
 * Returns: (transfer full): slots, all free
 */
MwSocketSlots *mw_socket_slots_new      (guint              max);
MwSocketSlots *mw_socket_slots_ref      (MwSocketSlots     *self);
void           mw_socket_slots_unref    (MwSocketSlots     *self);
gboolean       mw_socket_slots_has_free (MwSocketSlots     *self);

/**
 * mw_socket_slots_occupy:
 * @socket: takes a slot as long as it lives
 */
void           mw_socket_slots_occupy   (MwSocketSlots     *self,
                                         GSocket           *socket);

/**
 * mw_socket_slots_wait:
 * @func: called when it is this one's turn
 * @user_data: for @func; also what [func@Mw.socket_slots_forget] looks for
 *
 * Waits in line for a slot.
 */
void           mw_socket_slots_wait     (MwSocketSlots     *self,
                                         MwSocketSlotsFunc  func,
                                         gpointer           user_data);

/**
 * mw_socket_slots_forget:
 * @user_data: what was given to [func@Mw.socket_slots_wait]
 *
 * Leaves the line; nothing happens when it is not in it.
 */
void           mw_socket_slots_forget   (MwSocketSlots     *self,
                                         gpointer           user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwSocketSlots, mw_socket_slots_unref)

G_END_DECLS
