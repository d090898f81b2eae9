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
 * mw_review_page_show_file:
 * @engine: whose list of providers counts
 * @content: a file that mw_inspection_new() does not refuse
 * @name: what it is called, foreign text
 * @signer: (nullable): who signed it, foreign text
 */
void          mw_review_page_show_file      (MwReviewPage *self,
                                             MwEngine     *engine,
                                             GBytes       *content,
                                             const char   *name,
                                             const char   *signer);

/**
 * mw_review_page_show_link:
 * @address: (nullable): what the link names as an address, not checked yet
 *
 * Shows that a link has settings, which are not read.
 */
void          mw_review_page_show_link      (MwReviewPage *self,
                                             const char   *address);

/**
 * mw_review_page_clear:
 *
 * Forgets the file or link.
 */
void          mw_review_page_clear          (MwReviewPage *self);

/**
 * mw_review_page_get_inspection:
 *
 * Returns: (transfer none) (nullable): what the file says, for the address as
 *   it stands there; %NULL for a link
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
 * @out_typed: (out): whether the person typed it; otherwise it stood in the file or link
 *
 * Returns: (transfer none): the address as it stands there
 */
const char   *mw_review_page_get_address    (MwReviewPage *self,
                                             gboolean     *out_typed);

G_END_DECLS
