/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MwEvolutionCertDb:
 *
 * What Evolution remembers about certificates that cannot be trusted
 * (camel-cert.db): each for one host. The certificates themselves are files
 * of their own. What is not changed stays as it was, byte for byte.
 */
typedef struct _MwEvolutionCertDb MwEvolutionCertDb;

/**
 * mw_evolution_cert_db_parse:
 * @data: (nullable): what the file holds; %NULL when there is none
 *
 * Returns: (transfer full) (nullable): the entries, %NULL for what cannot be
 *   understood
 */
MwEvolutionCertDb *mw_evolution_cert_db_parse           (GBytes            *data);
void               mw_evolution_cert_db_free            (MwEvolutionCertDb *self);

/**
 * mw_evolution_cert_db_get_fingerprint:
 *
 * Returns: (transfer full): what Evolution calls a certificate, also the name
 *   of its file
 */
char              *mw_evolution_cert_db_get_fingerprint (GBytes            *der);

/**
 * mw_evolution_cert_db_put:
 *
 * Trusts this certificate at this host, always.
 *
 * Returns: whether that is new
 */
gboolean           mw_evolution_cert_db_put             (MwEvolutionCertDb *self,
                                                         const char        *host,
                                                         const char        *fingerprint);

/**
 * mw_evolution_cert_db_remove:
 *
 * Takes back what mw_evolution_cert_db_put() did.
 *
 * Returns: whether there was such an entry
 */
gboolean           mw_evolution_cert_db_remove          (MwEvolutionCertDb *self,
                                                         const char        *host,
                                                         const char        *fingerprint);

/**
 * mw_evolution_cert_db_mentions:
 *
 * Returns: whether an entry is about that certificate, at whatever host
 */
gboolean           mw_evolution_cert_db_mentions        (MwEvolutionCertDb *self,
                                                         const char        *fingerprint);

/**
 * mw_evolution_cert_db_to_bytes:
 *
 * Returns: (transfer full): what the file has to hold
 */
GBytes            *mw_evolution_cert_db_to_bytes        (MwEvolutionCertDb *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwEvolutionCertDb, mw_evolution_cert_db_free)

G_END_DECLS
