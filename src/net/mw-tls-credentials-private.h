/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gnutls/gnutls.h>

#include "net/mw-tls-credentials.h"
#include "net/mw-turn-queue.h"

G_BEGIN_DECLS

gnutls_certificate_credentials_t mw_tls_credentials_get_native   (MwTlsCredentials *self);
gnutls_priority_t                mw_tls_credentials_get_priority (MwTlsCredentials *self);

/**
 * mw_tls_credentials_get_turns:
 *
 * Returns: (transfer none): where the handshakes of all connections that
 *   share these credentials do their computing
 */
MwTurnQueue                     *mw_tls_credentials_get_turns    (MwTlsCredentials *self);

G_END_DECLS
