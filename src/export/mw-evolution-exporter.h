/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "export/mw-exporter.h"

G_BEGIN_DECLS

#define MW_TYPE_EVOLUTION_EXPORTER (mw_evolution_exporter_get_type ())

/**
 * MwEvolutionExporter:
 *
 * Hands accounts to Evolution through its data server, which tells a running
 * Evolution at once. Remembers AccountUid, TransportUid, IdentityUid,
 * SignatureUid and Time in the account, and the default account it replaced.
 */
G_DECLARE_FINAL_TYPE (MwEvolutionExporter, mw_evolution_exporter, MW, EVOLUTION_EXPORTER, GObject)

MwExporter *mw_evolution_exporter_new (void);

G_END_DECLS
