/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MwHttpReply:
 * @status: the HTTP status
 * @location: (nullable): where a redirect leads, as the server wrote it
 * @body: what was sent with 200, empty otherwise
 *
 * What one server said. Of a web page that is too long the beginning is there.
 */
typedef struct {
  guint   status;
  char   *location;
  GBytes *body;
} MwHttpReply;

void mw_http_reply_free (MwHttpReply *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwHttpReply, mw_http_reply_free)

/**
 * mw_http_request_send_async:
 * @uri: what is asked for
 * @where: where to connect to, named like the host of @uri
 * @anchors: (element-type GTlsDatabase): trusted besides the system's; nobody
 *   may change it any more
 * @timeout_s: for the connection, and for each wait after it
 * @max_size: how long the body may be
 * @cancellable: to stop
 * @callback: (scope async): called with the answer
 * @user_data: for @callback
 *
 * Gets one document from one server, in a thread of its own.
 */
void         mw_http_request_send_async  (const char           *uri,
                                          GSocketConnectable   *where,
                                          GPtrArray            *anchors,
                                          guint                 timeout_s,
                                          gsize                 max_size,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);

/**
 * mw_http_request_send_finish:
 * @error: return location for a %MW_PROBE_ERROR; cancelled stays a %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): the answer
 */
MwHttpReply *mw_http_request_send_finish (GAsyncResult         *result,
                                          GError              **error);

/**
 * mw_http_request_wait_all:
 *
 * Waits until no request is under way in a thread.
 */
void         mw_http_request_wait_all    (void);

G_END_DECLS
