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
 * What one server said.
 */
typedef struct {
  guint   status;
  char   *location;
  GBytes *body;
} MwHttpReply;

void mw_http_reply_free (MwHttpReply *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwHttpReply, mw_http_reply_free)

/**
 * mw_http_request_send:
 * @uri: what is asked for
 * @where: (transfer none): where to connect to, named like the host of @uri
 * @anchors: (element-type GTlsDatabase): trusted besides the system's
 * @timeout_s: for the connection, and for each wait after it
 * @max_size: how long the body may be
 * @cancellable: to stop
 * @error: return location for a %MW_PROBE_ERROR; cancelled stays a %G_IO_ERROR
 *
 * Gets one document from one server, and waits for it: for a thread of its
 * own.
 *
 * Returns: (transfer full) (nullable): the answer
 */
MwHttpReply *mw_http_request_send (const char          *uri,
                                   GSocketConnectable  *where,
                                   GPtrArray           *anchors,
                                   guint                timeout_s,
                                   gsize                max_size,
                                   GCancellable        *cancellable,
                                   GError             **error);

G_END_DECLS
