/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-certificate.h"

G_BEGIN_DECLS

/**
 * mw_certificate_new_from_der:
 * @der: a certificate, from anywhere
 *
 * For a certificate that was kept, to tell what it said. Nothing is checked.
 *
 * Returns: (transfer full): a new certificate; of what cannot be decoded the
 *   fingerprint alone, with dates of -1
 */
MwCertificate *mw_certificate_new_from_der (GBytes *der);

G_END_DECLS
