/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-export-change.h"

G_BEGIN_DECLS

/**
 * MwExportFacts:
 *
 * What an account is like in a mail program at one moment, in the forms that
 * [enum@Mw.ExportItem] names. Two of them make the changes.
 */
typedef struct _MwExportFacts MwExportFacts;

MwExportFacts *mw_export_facts_new         (void);
void           mw_export_facts_free        (MwExportFacts *self);

/**
 * mw_export_facts_take:
 * @item: any but folders
 * @value: (transfer full) (nullable): its value; an empty one is none
 */
void           mw_export_facts_take        (MwExportFacts *self,
                                            MwExportItem   item,
                                            char          *value);

/**
 * mw_export_facts_take_folder:
 * @path: (transfer full) (nullable): where the account keeps such messages
 */
void           mw_export_facts_take_folder (MwExportFacts *self,
                                            MwFolderUse    use,
                                            char          *path);

/**
 * mw_export_facts_set_server:
 * @host: (nullable): whatever stands in the settings of the mail program
 * @port: 0 for the usual one
 *
 * Says what the server of that side is.
 */
void           mw_export_facts_set_server  (MwExportFacts *self,
                                            MwProtocol     protocol,
                                            MwSecurity     security,
                                            const char    *host,
                                            int            port);

/**
 * mw_export_facts_add_changes:
 * @former: what the account was like
 * @latter: what it will be like
 * @changes: (element-type MwExportChange): gets what differs
 */
void           mw_export_facts_add_changes (MwExportFacts *former,
                                            MwExportFacts *latter,
                                            GPtrArray     *changes);

/**
 * mw_export_facts_sort:
 * @changes: (element-type MwExportChange): changes from several places
 *
 * Puts them into the order in which people think of an account.
 */
void           mw_export_facts_sort        (GPtrArray     *changes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwExportFacts, mw_export_facts_free)

G_END_DECLS
