/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "setup/mw-engine.h"
#include "setup/mw-inspection.h"

G_BEGIN_DECLS

#define MW_TYPE_REVIEW_PAGE (mw_review_page_get_type ())

/**
 * MwReviewPage:
 *
 * What settings from outside say, before anybody was contacted: whose they
 * are, where mail would be read and sent, and the one question whether the
 * person has an account there. The signal `accepted` comes when they go on.
 */
G_DECLARE_FINAL_TYPE (MwReviewPage, mw_review_page, MW, REVIEW_PAGE, AdwBin)

/**
 * mw_review_page_show:
 * @engine: whose list of providers counts
 * @content: a link or file that mw_inspection_new() does not refuse
 * @name: (nullable): what the file is called, foreign text; %NULL for a link
 * @signer: (nullable): who signed it, foreign text
 */
void          mw_review_page_show           (MwReviewPage *self,
                                             MwEngine     *engine,
                                             GBytes       *content,
                                             const char   *name,
                                             const char   *signer);

/**
 * mw_review_page_set_waiting:
 * @n_waiting: how many links and files wait until this one is done with
 * @left_out: whether there were more than may wait
 */
void          mw_review_page_set_waiting    (MwReviewPage *self,
                                             guint         n_waiting,
                                             gboolean      left_out);

/**
 * mw_review_page_clear:
 *
 * Forgets the file or link.
 */
void          mw_review_page_clear          (MwReviewPage *self);

/**
 * mw_review_page_get_inspection:
 *
 * Returns: (transfer none): what it says, for the address as it stands there
 */
MwInspection *mw_review_page_get_inspection (MwReviewPage *self);

/**
 * mw_review_page_get_consent:
 *
 * Returns: whether the person said that they have an account there
 */
gboolean      mw_review_page_get_consent    (MwReviewPage *self);

/**
 * mw_review_page_get_address:
 * @out_typed: (out): whether the person typed its domain; otherwise that stood
 *   in the file or link
 *
 * Returns: (transfer none): the address as it stands there
 */
const char   *mw_review_page_get_address    (MwReviewPage *self,
                                             gboolean     *out_typed);

/**
 * mw_review_page_get_send_without_login:
 *
 * Returns: whether the link suggested it and the person said yes
 */
gboolean      mw_review_page_get_send_without_login (MwReviewPage *self);

G_END_DECLS
