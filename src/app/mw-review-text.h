/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "setup/mw-inspection.h"

G_BEGIN_DECLS

/**
 * mw_review_text_tell_origin:
 * @inspection: what was found in a file
 * @name: (nullable): of the file
 * @signer: (nullable): who signed it
 *
 * Returns: (transfer full): where it comes from, what kind it is, and what
 *   others say in it
 */
char *mw_review_text_tell_origin     (MwInspection *inspection,
                                      const char   *name,
                                      const char   *signer);

/**
 * mw_review_text_describe_server:
 * @endpoint: a server of a file
 *
 * Returns: (transfer full): all but its name, with what is odd about it
 */
char *mw_review_text_describe_server (MwEndpoint   *endpoint);

/**
 * mw_review_text_tell_places:
 * @inspection: what was found in a file
 * @domain: of an address
 *
 * Returns: (transfer full) (nullable): Pango markup that names where mail would
 *   go that does not belong to @domain, %NULL when it stays there
 */
char *mw_review_text_tell_places     (MwInspection *inspection,
                                      const char   *domain);

/**
 * mw_review_text_tell_notes:
 * @inspection: what was found in a file
 *
 * Returns: (transfer full): what else is to be known of the file, empty when
 *   nothing is
 */
char *mw_review_text_tell_notes      (MwInspection *inspection);

G_END_DECLS
