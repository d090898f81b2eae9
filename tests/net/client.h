/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "net/mw-connector.h"
#include "net/mw-line-channel.h"
#include "net/mw-transport.h"

G_BEGIN_DECLS

/* The calls of net/ as a test wants them: each runs the main loop until its
 * answer is there. */

MwConnection *client_dial       (MwResolver        *resolver,
                                 const char        *host,
                                 guint16            port,
                                 gboolean           allow_local,
                                 guint              timeout_ms,
                                 GCancellable      *cancellable,
                                 MwFamilyReport   **out_report,
                                 GError           **error);
MwTransport  *client_connect    (guint16            port);
gboolean      client_handshake  (MwTransport       *transport,
                                 MwTlsCredentials  *credentials,
                                 const char        *host,
                                 const char        *pin,
                                 guint              timeout_ms,
                                 GCancellable      *cancellable,
                                 MwTlsFacts       **out_facts,
                                 GError           **error);
gssize        client_read       (MwTransport       *transport,
                                 void              *buffer,
                                 gsize              size,
                                 guint              timeout_ms,
                                 GCancellable      *cancellable,
                                 GError           **error);
gboolean      client_write      (MwTransport       *transport,
                                 const char        *data,
                                 gsize              size,
                                 guint              timeout_ms,
                                 GCancellable      *cancellable,
                                 GError           **error);
char         *client_read_line  (MwLineChannel     *channel,
                                 guint              timeout_ms,
                                 GCancellable      *cancellable,
                                 GError           **error);
gboolean      client_write_line (MwLineChannel     *channel,
                                 const char        *line,
                                 gboolean           sensitive,
                                 GError           **error);

/* Cancels after some milliseconds. */
void          client_cancel_in  (guint              milliseconds,
                                 GCancellable      *cancellable);

/* Runs the main loop for that long. */
void          client_run        (guint              milliseconds);

G_END_DECLS
