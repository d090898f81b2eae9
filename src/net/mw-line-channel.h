/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-transcript.h"
#include "net/mw-transport.h"

G_BEGIN_DECLS

#define MW_TYPE_LINE_CHANNEL (mw_line_channel_get_type ())

/**
 * MwLineChannel:
 *
 * Lines in, bytes out, over a transport. Caps: 8 KiB a line; 256 lines and
 * 64 KiB between two writes. Past a cap the connection is over with
 * %MW_OUTCOME_PROTOCOL. Everything is logged to the transcript.
 */
G_DECLARE_FINAL_TYPE (MwLineChannel, mw_line_channel, MW, LINE_CHANNEL, GObject)

MwLineChannel *mw_line_channel_new          (MwTransport          *transport,
                                             MwTranscript         *transcript);

/**
 * mw_line_channel_read_async:
 * @timeout_ms: deadline for the whole line
 *
 * Reads one line; when one is buffered the callback comes without waiting for
 * the socket.
 */
void           mw_line_channel_read_async   (MwLineChannel        *self,
                                             guint                 timeout_ms,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);

/**
 * mw_line_channel_read_finish:
 *
 * Returns: (transfer full) (nullable): the line with its line end; %NULL with
 *   @error set to disconnected at the end of the connection
 */
GBytes        *mw_line_channel_read_finish  (MwLineChannel        *self,
                                             GAsyncResult         *result,
                                             GError              **error);

/**
 * mw_line_channel_write_async:
 * @bytes: what to send, line ends included
 * @sensitive: keep it out of the transcript
 * @timeout_ms: deadline
 * @cancellable: (nullable): to stop
 * @callback: (scope async): called when all of it was handed to the system
 * @user_data: for @callback
 *
 * Sends bytes; one write at a time.
 */
void           mw_line_channel_write_async  (MwLineChannel        *self,
                                             GBytes               *bytes,
                                             gboolean              sensitive,
                                             guint                 timeout_ms,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean       mw_line_channel_write_finish (MwLineChannel        *self,
                                             GAsyncResult         *result,
                                             GError              **error);

/**
 * mw_line_channel_is_empty:
 *
 * Returns: whether nothing was received that has not been read; must hold
 *   before a STARTTLS handshake (CVE-2011-0411)
 */
gboolean       mw_line_channel_is_empty     (MwLineChannel        *self);
MwTransport   *mw_line_channel_get_transport (MwLineChannel       *self);

G_END_DECLS
