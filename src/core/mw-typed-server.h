/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-enums.h"

G_BEGIN_DECLS

/**
 * MwTypedServer:
 * @host: the name or address, in lower case; empty when there was none
 * @port: the port that stood with it, 0 when none did
 * @is_named: whether a scheme said @protocol and @security
 * @protocol: of the scheme
 * @security: of the scheme; clear text is never chosen by one
 *
 * What a person typed or pasted where a server is asked for.
 */
typedef struct {
  char       *host;
  guint       port;
  gboolean    is_named;
  MwProtocol  protocol;
  MwSecurity  security;
} MwTypedServer;

/**
 * mw_typed_server_parse:
 * @text: what stands in an entry
 *
 * Servers are pasted in many forms: "imaps://mail.example.com/",
 * "MAIL.EXAMPLE.COM:993", in brackets, with blanks inside. Whether @host is a
 * possible name is not looked at.
 *
 * Returns: (transfer full): its parts
 */
MwTypedServer *mw_typed_server_parse      (const char    *text);
void           mw_typed_server_free       (MwTypedServer *self);

/**
 * mw_typed_server_parse_port:
 * @text: what stands in an entry, such as " 993 (SSL)"
 *
 * Returns: the port, 0 when there is none
 */
guint          mw_typed_server_parse_port (const char    *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwTypedServer, mw_typed_server_free)

G_END_DECLS
