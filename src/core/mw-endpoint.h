/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-enums.h"

G_BEGIN_DECLS

#define MW_TYPE_ENDPOINT (mw_endpoint_get_type ())

/**
 * MwEndpoint:
 *
 * Protocol, security, host and port of one server. Immutable.
 */
typedef struct _MwEndpoint MwEndpoint;

GType       mw_endpoint_get_type         (void) G_GNUC_CONST;

/**
 * mw_endpoint_new:
 * @protocol: what is spoken
 * @security: how it is protected
 * @host: a normalised name or an IP literal without brackets
 * @port: 1 to 65535, or 0 for the usual one
 *
 * Returns: (transfer full): a new endpoint
 */
MwEndpoint *mw_endpoint_new              (MwProtocol  protocol,
                                          MwSecurity  security,
                                          const char *host,
                                          guint16     port);

/**
 * mw_endpoint_parse:
 * @text: `SERVICE:HOST[:PORT]`, with the service names of RFC 6186 and
 *   RFC 8314 (`imaps imap pop3s pop3 submissions submission`) or, for clear
 *   text, `imap+plain pop3+plain submission+plain`
 *
 * Reads a server as the command line writes it. Capitals are forgiven; IPv6
 * literals stand in brackets.
 *
 * Returns: (transfer full) (nullable): the endpoint, %NULL when @text is none
 */
MwEndpoint *mw_endpoint_parse            (const char *text);
MwEndpoint *mw_endpoint_ref              (MwEndpoint *self);
void        mw_endpoint_unref            (MwEndpoint *self);
MwProtocol  mw_endpoint_get_protocol     (MwEndpoint *self);
MwSecurity  mw_endpoint_get_security     (MwEndpoint *self);
MwSide      mw_endpoint_get_side         (MwEndpoint *self);
const char *mw_endpoint_get_host         (MwEndpoint *self);
guint16     mw_endpoint_get_port         (MwEndpoint *self);

/**
 * mw_endpoint_get_service:
 *
 * Returns: (transfer none): the service name, as [func@Mw.Endpoint.parse] reads it
 */
const char *mw_endpoint_get_service      (MwEndpoint *self);
char       *mw_endpoint_to_string        (MwEndpoint *self);
gboolean    mw_endpoint_equal            (MwEndpoint *a,
                                          MwEndpoint *b);
guint       mw_endpoint_hash             (MwEndpoint *self);

/**
 * mw_endpoint_default_port:
 * @protocol: what is spoken
 * @security: how it is protected
 *
 * Returns: 993, 143, 995, 110, 465 or 587
 */
guint16     mw_endpoint_default_port     (MwProtocol  protocol,
                                          MwSecurity  security);

/**
 * mw_endpoint_is_mail_port:
 *
 * Returns: whether the port is one of 110, 143, 465, 587, 993 and 995
 */
gboolean    mw_endpoint_is_mail_port     (MwEndpoint *self);

/**
 * mw_endpoint_get_alpn:
 *
 * Returns: (transfer none) (nullable): what to call the protocol inside TLS
 *   (RFC 7301), for servers that offer several on one port; %NULL on the ports
 *   of mail, where nobody expects it, and for SMTP, which has no name there
 */
const char *mw_endpoint_get_alpn         (MwEndpoint *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwEndpoint, mw_endpoint_unref)

G_END_DECLS
