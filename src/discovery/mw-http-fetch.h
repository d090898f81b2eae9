/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "net/mw-resolver.h"

G_BEGIN_DECLS

#define MW_TYPE_HTTP_FETCH (mw_http_fetch_get_type ())

/**
 * MwHttpFetch:
 *
 * Gets small documents over HTTPS (and over plain HTTP where that was allowed
 * and nothing on the way was better), and nothing else: no cookies, no
 * credentials, no referrer, no proxy, no cache, no user agent but
 * "Mailwright". Names are looked up and their addresses checked first, then
 * exactly these addresses are dialled: nothing on this machine or in its own
 * network is reached. The certificate must be valid for the host.
 *
 * libsoup does the rest in a thread for each request, because GIO would load
 * the trust store in the main thread for each connection, 16 ms each.
 */
G_DECLARE_FINAL_TYPE (MwHttpFetch, mw_http_fetch, MW, HTTP_FETCH, GObject)

/**
 * MwHttpAnswer:
 * @status: the HTTP status
 * @host: the normalised name of the server
 * @body: what was sent with 200, empty otherwise; of a web page (`text/html`)
 *   that is too long the beginning
 *
 * What the last server of a chain of redirects said.
 */
typedef struct {
  guint   status;
  char   *host;
  GBytes *body;
} MwHttpAnswer;

void         mw_http_answer_free         (MwHttpAnswer         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwHttpAnswer, mw_http_answer_free)

MwHttpFetch *mw_http_fetch_new           (void);

/**
 * mw_http_fetch_add_ca_file:
 * @path: PEM file with extra anchors
 * @error: return location for a %G_TLS_ERROR or a file error
 *
 * Call it before the first request.
 *
 * Returns: whether the file could be read
 */
gboolean     mw_http_fetch_add_ca_file   (MwHttpFetch          *self,
                                          const char           *path,
                                          GError              **error);

/**
 * mw_http_fetch_set_allow_plain:
 * @allow_plain: whether a chain of redirects may begin with `http`, because an
 *   administrator said so; usually not
 *
 * A chain that was at https once never leaves it, even then.
 */
void         mw_http_fetch_set_allow_plain (MwHttpFetch        *self,
                                            gboolean            allow_plain);
gboolean     mw_http_fetch_get_allow_plain (MwHttpFetch        *self);

/**
 * mw_http_fetch_set_port:
 * @port: dialled instead of 443
 * @allow_local: also dial loop-back, private and link-local addresses
 *
 * For tests, whose servers are on this machine.
 */
void         mw_http_fetch_set_port      (MwHttpFetch          *self,
                                          guint16               port,
                                          gboolean              allow_local);

/**
 * mw_http_fetch_set_plain_port:
 * @port: dialled instead of 80, for tests
 */
void         mw_http_fetch_set_plain_port (MwHttpFetch         *self,
                                           guint16              port);

/**
 * mw_http_fetch_set_limit:
 * @total_ms: deadline of a whole request instead of 8 s, for tests
 */
void         mw_http_fetch_set_limit     (MwHttpFetch          *self,
                                          guint                 total_ms);

/**
 * mw_http_fetch_get_async:
 * @resolver: names are looked up here
 * @uri: an `https` address without a port, or an `http` one if that is allowed
 * @max_size: how many bytes of the body are wanted at most
 * @cancellable: (nullable): to stop
 * @callback: (scope async): called with the answer
 * @user_data: for @callback
 *
 * Gets one document: 5 s for each connection, 8 s in all, 3 redirects from
 * https to https at most. An e-mail address in the query of @uri is not passed
 * on to hosts outside its domain.
 */
void          mw_http_fetch_get_async    (MwHttpFetch          *self,
                                          MwResolver           *resolver,
                                          const char           *uri,
                                          gsize                 max_size,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);

/**
 * mw_http_fetch_get_finish:
 * @error: return location for a %MW_PROBE_ERROR: what the look-up said,
 *   refused, timeout, unreachable, tls-failed, consent-needed for an address
 *   of the own network, cancelled, or protocol when the answer is too long,
 *   leads somewhere it may not, or is none. The message says where redirects
 *   had led.
 *
 * Returns: (transfer full): the answer, whatever its status
 */
MwHttpAnswer *mw_http_fetch_get_finish   (MwHttpFetch          *self,
                                          GAsyncResult         *result,
                                          GError              **error);

/**
 * mw_http_fetch_stop:
 *
 * Cancels all requests and waits until none is under way in a thread. Nobody
 * may leave main() before that, because GnuTLS takes itself down then.
 */
void          mw_http_fetch_stop         (MwHttpFetch          *self);

G_END_DECLS
