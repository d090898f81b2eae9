/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "fake-server.h"

G_BEGIN_DECLS

/**
 * ScriptedServer:
 *
 * A mail server that goes through a script, a line of it after the other, and
 * writes down every byte it is sent. A line is one of
 *
 *   "S: text"    say it, and CR LF; `\r\n` inside makes one segment of
 *                several lines, `$T` is the tag of the last IMAP command
 *   "C: text"    wait for a line
 *   "T:"         speak TLS from here on
 *   "flood text" say it until the client goes
 *   "pour text"  the same without CR LF
 *   "drip text"  the same, a byte every 20 ms
 *   "nul text"   say it and CR LF, with a NUL byte for each "@"
 *   "sleep N"    wait for N milliseconds
 *   "silence"    say nothing until the client goes
 *   "end"        close the connection
 *   "reset"      close it with a TCP reset
 *
 * After the last line the server listens until the client goes.
 */
typedef struct _ScriptedServer ScriptedServer;

/**
 * scripted_server_new:
 * @leaf: its certificate
 * @script: (array zero-terminated=1): for every connection; not copied
 */
ScriptedServer *scripted_server_new        (MwTestCertificate  *leaf,
                                            const char * const *script);

/**
 * scripted_server_set_next:
 * @script: for the second connection and those after it
 */
void            scripted_server_set_next   (ScriptedServer     *self,
                                            const char * const *script);

/**
 * scripted_server_require_alpn:
 * @protocol: (transfer none): all that is served inside TLS, to clients that
 *   name one (RFC 7301)
 */
void            scripted_server_require_alpn (ScriptedServer   *self,
                                            const char         *protocol);

/**
 * scripted_server_free:
 *
 * Ends the server. Every client has to be gone.
 */
void            scripted_server_free       (ScriptedServer     *self);
guint16         scripted_server_get_port   (ScriptedServer     *self);
guint           scripted_server_get_n_connections (ScriptedServer *self);

/**
 * scripted_server_dup_heard:
 *
 * Waits until all clients are gone.
 *
 * Returns: (transfer full): what was heard, `\n` for line ends, `<TLS>` where
 *   a handshake succeeded and `<open>` where a connection began
 */
char           *scripted_server_dup_heard  (ScriptedServer     *self);

/**
 * scripted_server_has_heard:
 *
 * Returns: whether @word was heard by now; waits for nobody
 */
gboolean        scripted_server_has_heard  (ScriptedServer     *self,
                                            const char         *word);

/**
 * scripted_server_is_left:
 *
 * Returns: whether every client that came is gone by now
 */
gboolean        scripted_server_is_left    (ScriptedServer     *self);

/**
 * scripted_server_count:
 *
 * Waits until all clients are gone.
 *
 * Returns: how many lines with @word in them were heard
 */
guint           scripted_server_count      (ScriptedServer     *self,
                                            const char         *word);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScriptedServer, scripted_server_free)

G_END_DECLS
