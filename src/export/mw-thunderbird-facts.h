/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "export/mw-thunderbird-account.h"

G_BEGIN_DECLS

/**
 * mw_thunderbird_facts_add_changes:
 * @former: the settings of a profile as they were
 * @latter: the same as they will be
 * @account: where the account stands in them
 * @address: of the account
 * @changes: (element-type MwExportChange): gets what differs
 *
 * Says what happens to an account, without its passwords and certificates. Of
 * one that goes, only that it does.
 */
void mw_thunderbird_facts_add_changes (MwThunderbirdSettings *former,
                                       MwThunderbirdSettings *latter,
                                       MwThunderbirdAccount  *account,
                                       const char            *address,
                                       GPtrArray             *changes);

G_END_DECLS
