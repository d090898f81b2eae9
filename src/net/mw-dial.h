/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MwDial:
 *
 * One attempt to open a TCP connection to one address.
 */
typedef struct _MwDial MwDial;

/**
 * MwDialFunc:
 * @dial: the attempt; may be freed inside
 * @error: (nullable): a %MW_PROBE_ERROR, %NULL when connected
 *
 * Called once, from the main loop.
 */
typedef void (*MwDialFunc) (MwDial       *dial,
                            const GError *error,
                            gpointer      user_data);

/**
 * mw_dial_new:
 *
 * Starts to connect. %NULL with @error set when the system refuses at once,
 * so that not one packet left.
 */
MwDial       *mw_dial_new          (GInetAddress  *address,
                                    guint16        port,
                                    guint          timeout_ms,
                                    MwDialFunc     func,
                                    gpointer       user_data,
                                    GError       **error);

/**
 * mw_dial_free:
 *
 * Stops the attempt.
 */
void          mw_dial_free         (MwDial        *self);
GInetAddress *mw_dial_get_address  (MwDial        *self);

/**
 * mw_dial_get_started:
 *
 * Returns: when it was dialled, monotonic time
 */
gint64        mw_dial_get_started  (MwDial        *self);

/**
 * mw_dial_get_socket:
 *
 * Returns: (transfer none): the socket, non-blocking, TCP_NODELAY set
 */
GSocket      *mw_dial_get_socket   (MwDial        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwDial, mw_dial_free)

G_END_DECLS
