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

MwExporter     *mw_evolution_exporter_new               (void);

/**
 * mw_evolution_exporter_target_for_folder:
 * @path: (nullable): absolute path of a folder the person named, %NULL for
 *   where Evolution keeps its settings
 *
 * Returns: (transfer full) (nullable): a target accounts can be read out of,
 *   %NULL when the folder holds no sources of Evolution
 */
MwExportTarget *mw_evolution_exporter_target_for_folder (const char *path);

G_END_DECLS
