/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "setup/mw-password-file.h"

G_BEGIN_DECLS

/**
 * MwReviewItem:
 * @content: (nullable): what there is to review, %NULL when it is refused
 * @name: (nullable): foreign text: what the file is called, %NULL for a link
 * @signer: (nullable): foreign text: who signed the file
 * @file: (nullable): where the file is, if it can be found again
 * @problem: (nullable): a sentence on why it is refused
 *
 * A link or a file that somebody gave us, on its way to the review page.
 */
typedef struct {
  GBytes         *content;
  char           *name;
  char           *signer;
  MwPasswordFile *file;
  char           *problem;
} MwReviewItem;

/**
 * mw_review_item_new:
 * @content: a link or a file
 * @name: (nullable): what the file is called, %NULL for a link
 *
 * Looks whether it can be used. What cannot is not kept: it may hold a
 * password.
 *
 * Returns: (transfer full): the item
 */
MwReviewItem *mw_review_item_new         (GBytes       *content,
                                          const char   *name);

/**
 * mw_review_item_new_refused:
 * @name: (nullable): what the file is called, %NULL for a link
 * @problem: a sentence on why it cannot be used
 *
 * Returns: (transfer full): an item without content
 */
MwReviewItem *mw_review_item_new_refused (const char   *name,
                                          const char   *problem);
void          mw_review_item_free        (MwReviewItem *self);

/**
 * mw_review_item_equal:
 * @other: (nullable): another item
 *
 * Returns: whether both would show the same
 */
gboolean      mw_review_item_equal       (MwReviewItem *self,
                                          MwReviewItem *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwReviewItem, mw_review_item_free)

G_END_DECLS
