/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "discovery/mw-provider-table.h"
#include "discovery/mw-source.h"

G_BEGIN_DECLS

/**
 * MW_SOURCE_MX_GUESSED:
 *
 * In the detail of a report it stands behind the exchanger, where the name of
 * its provider would be if that was known.
 */
#define MW_SOURCE_MX_GUESSED "usual names of "

#define MW_TYPE_SOURCE_MX (mw_source_mx_get_type ())

/**
 * MwSourceMx:
 *
 * Who takes the mail of a domain: a known provider whose mail exchanger the
 * domain's own MX record names. Nothing is asked about domains that are known
 * themselves. Where one exchanger serves several products, only the first is
 * trusted. Where nobody knows the exchanger, usual names in its domain are
 * guessed, without trust.
 */
G_DECLARE_FINAL_TYPE (MwSourceMx, mw_source_mx, MW, SOURCE_MX, GObject)

MwSource *mw_source_mx_new (MwResolver      *resolver,
                            MwProviderTable *table);

G_END_DECLS
