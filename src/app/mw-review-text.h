/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "setup/mw-inspection.h"

G_BEGIN_DECLS

/**
 * mw_review_text_tell_origin:
 * @inspection: what was found in a link or file
 * @name: (nullable): of the file, %NULL for a link
 * @signer: (nullable): who signed it
 *
 * Returns: (transfer full): where it comes from, what kind it is, and what
 *   others say in it
 */
char *mw_review_text_tell_origin      (MwInspection *inspection,
                                       const char   *name,
                                       const char   *signer);

/**
 * mw_review_text_describe_address:
 * @address: an address out of a link or file
 *
 * Returns: (transfer full): Pango markup: all of it, the part that somebody has
 *   registered in bold
 */
char *mw_review_text_describe_address (MwAddress    *address);

/**
 * mw_review_text_describe_server:
 * @endpoint: a server of a link or file
 *
 * Returns: (transfer full): all but its name, with what is odd about it
 */
char *mw_review_text_describe_server  (MwEndpoint   *endpoint);

/**
 * mw_review_text_tell_places:
 * @inspection: what was found in a link or file
 * @domain: of an address
 *
 * Returns: (transfer full) (nullable): Pango markup that names where mail would
 *   go that does not belong to @domain, %NULL when it stays there
 */
char *mw_review_text_tell_places      (MwInspection *inspection,
                                       const char   *domain);

/**
 * mw_review_text_tell_notes:
 * @inspection: what was found in a link or file
 *
 * Returns: (transfer full): what else is to be known of it, empty when nothing
 *   is
 */
char *mw_review_text_tell_notes       (MwInspection *inspection);

/**
 * mw_review_text_list_hosts:
 * @inspection: what was found in a link or file
 *
 * Returns: (transfer full): Pango markup: its hosts, one on each line
 */
char *mw_review_text_list_hosts       (MwInspection *inspection);

/**
 * mw_review_text_tell_waiting:
 * @n_waiting: how many links and files wait
 * @left_out: whether there were more than may wait
 *
 * Returns: (transfer full): how many, empty when nothing is to be told
 */
char *mw_review_text_tell_waiting     (guint         n_waiting,
                                       gboolean      left_out);

G_END_DECLS
