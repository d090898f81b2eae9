/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MwSetupLinkParam:
 * @key: its name, in small letters
 * @raw: its value as it stands in the link
 *
 * One "key=value" of a link.
 */
typedef struct {
  char *key;
  char *raw;
} MwSetupLinkParam;

/**
 * mw_setup_link_params_split:
 * @query: (nullable): what stands behind the question mark
 * @error: return location for %MW_LINK_ERROR_DAMAGED
 *
 * Returns: (transfer full) (nullable) (element-type MwSetupLinkParam): all of
 *   it, in order; %NULL when it is no list of keys and values
 */
GPtrArray *mw_setup_link_params_split (const char  *query,
                                       GError     **error);

/**
 * mw_setup_link_params_check:
 * @params: (element-type MwSetupLinkParam): what a link says
 * @error: return location for %MW_LINK_ERROR_TOO_MANY, %MW_LINK_ERROR_TOO_LONG
 *   or %MW_LINK_ERROR_DUPLICATE
 *
 * Returns: whether no key is too long, and none comes too often
 */
gboolean   mw_setup_link_params_check (GPtrArray   *params,
                                       GError     **error);

G_END_DECLS
