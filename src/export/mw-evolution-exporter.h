/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "export/mw-exporter.h"

G_BEGIN_DECLS

#define MW_TYPE_EVOLUTION_EXPORTER (mw_evolution_exporter_get_type ())

/**
 * MwEvolutionExporter:
 *
 * Hands accounts to Evolution, through the account service of
 * evolution-data-server.
 */
G_DECLARE_FINAL_TYPE (MwEvolutionExporter, mw_evolution_exporter, MW, EVOLUTION_EXPORTER, GObject)

/**
 * mw_evolution_exporter_new:
 *
 * Returns: (transfer full): a new exporter
 */
MwExporter *mw_evolution_exporter_new (void);

G_END_DECLS
