/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>
#include <gnutls/gnutls.h>

#include "core/mw-error.h"

G_BEGIN_DECLS

/**
 * mw_tls_error_to_outcome:
 * @code: a fatal GnuTLS error
 * @alert: the alert the server sent, when @code says there was one
 * @asked_for_certificate: whether the server asked for a client certificate
 *
 * The one place where GnuTLS codes become outcomes.
 */
MwOutcome mw_tls_error_to_outcome (int                          code,
                                   gnutls_alert_description_t   alert,
                                   gboolean                     asked_for_certificate);

/**
 * mw_tls_error_is_other_service:
 * @beginning: the first bytes that came instead of TLS, not ended by NUL
 *
 * Returns: whether they are of a service that is no mail, such as HTTP or SSH
 */
gboolean  mw_tls_error_is_other_service (const char            *beginning,
                                         gsize                  size);

/**
 * mw_tls_error_set:
 * @error: return location
 * @session: the session that failed
 * @code: the fatal GnuTLS error
 * @beginning: the first bytes the server sent
 */
void      mw_tls_error_set        (GError                     **error,
                                   gnutls_session_t             session,
                                   int                          code,
                                   const char                  *beginning,
                                   gsize                        size);

G_END_DECLS
