/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mw_pacc_digest_check:
 * @texts: (element-type utf8): the TXT records at `_ua-auto-config` of a domain
 * @data: the document that domain published, as it was sent
 * @length: its size in bytes
 *
 * Compares a document with the digests in the name service
 * (draft-ietf-mailmaint-pacc). There may be several, while a provider changes
 * its document; one that is right is enough.
 *
 * Returns: (nullable): why the document may not be used, developer text
 */
const char *mw_pacc_digest_check (GPtrArray    *texts,
                                  const guint8 *data,
                                  gsize         length);

G_END_DECLS
