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
 * mw_tls_error_set:
 * @error: return location
 * @session: the session that failed
 * @code: the fatal GnuTLS error
 */
void      mw_tls_error_set        (GError                     **error,
                                   gnutls_session_t             session,
                                   int                          code);

G_END_DECLS
