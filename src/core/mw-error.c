/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-error.h"

G_DEFINE_QUARK (mw-address-error-quark, mw_address_error)
G_DEFINE_QUARK (mw-probe-error-quark, mw_probe_error)
G_DEFINE_QUARK (mw-store-error-quark, mw_store_error)
G_DEFINE_QUARK (mw-export-error-quark, mw_export_error)
G_DEFINE_QUARK (mw-share-error-quark, mw_share_error)
G_DEFINE_QUARK (mw-link-error-quark, mw_link_error)
