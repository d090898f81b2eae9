/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "net/mw-line-channel.h"

G_BEGIN_DECLS

/**
 * mw_http_head_begins:
 * @line: the first line from a server
 * @length: its length
 *
 * Returns: whether it is the status line of an HTTP/1 answer (RFC 9112 §4)
 */
gboolean mw_http_head_begins      (const char           *line,
                                   gsize                 length);

/**
 * mw_http_head_leads_away:
 * @lines: (array zero-terminated=1): the status line and the header lines
 * @host: whom it comes from
 *
 * Returns: whether it sends the client somewhere else: a redirect to another
 *   host, or 511 (RFC 6585 §6), which is there for captive portals
 */
gboolean mw_http_head_leads_away  (const char * const   *lines,
                                   const char           *host);

/**
 * mw_http_head_read_async:
 * @channel: in clear; its first line has been read
 * @status_line: that line
 * @length: its length
 * @timeout_ms: for the rest, however slowly it comes
 *
 * Reads the rest of the answer's head, as far as it comes.
 */
void     mw_http_head_read_async  (MwLineChannel        *channel,
                                   const char           *status_line,
                                   gsize                 length,
                                   guint                 timeout_ms,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);

/**
 * mw_http_head_read_finish:
 *
 * Returns: (transfer full) (array zero-terminated=1): the lines, without
 *   their ends
 */
char   **mw_http_head_read_finish (GAsyncResult         *result);

G_END_DECLS
