/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

#include "core/mw-profile.h"

G_BEGIN_DECLS

#define MW_TYPE_ACCOUNT_ITEM (mw_account_item_get_type ())

/**
 * MwAccountItem:
 *
 * One saved account in a list. It stays the same object while the account
 * changes, and emits `changed` then.
 */
G_DECLARE_FINAL_TYPE (MwAccountItem, mw_account_item, MW, ACCOUNT_ITEM, GObject)

/**
 * mw_account_item_new:
 * @profile: the account
 *
 * Returns: (transfer full): an item for it
 */
MwAccountItem *mw_account_item_new             (MwProfile     *profile);

/**
 * mw_account_item_set_profile:
 * @profile: the same account as it is now
 *
 * Returns: whether it may have another place in a sorted or searched list
 */
gboolean       mw_account_item_set_profile     (MwAccountItem *self,
                                                MwProfile     *profile);
MwProfile     *mw_account_item_get_profile     (MwAccountItem *self);
const char    *mw_account_item_get_id          (MwAccountItem *self);

/**
 * mw_account_item_get_name:
 *
 * Returns: (transfer none): the account's name, else its address; from outside
 */
const char    *mw_account_item_get_name        (MwAccountItem *self);

/**
 * mw_account_item_dup_initials:
 *
 * Returns: (transfer full): one or two capitals that stand for the account
 */
char          *mw_account_item_dup_initials    (MwAccountItem *self);

/**
 * mw_account_item_set_waiting_for:
 * @program: (nullable): name of the mail program that has to be closed
 */
void           mw_account_item_set_waiting_for (MwAccountItem *self,
                                                const char    *program);
const char    *mw_account_item_get_waiting_for (MwAccountItem *self);

/**
 * mw_account_item_tell_changed:
 *
 * Emits `changed`, because time went on for instance.
 */
void           mw_account_item_tell_changed    (MwAccountItem *self);

/**
 * mw_account_item_compare:
 *
 * The default account comes first, the others by name as the language of the
 * person sorts them.
 *
 * Returns: less than, equal to or greater than 0
 */
int            mw_account_item_compare         (gconstpointer  a,
                                                gconstpointer  b);

/**
 * mw_account_item_make_words:
 * @text: what somebody searches for
 *
 * Returns: (transfer full) (array zero-terminated=1): what
 *   mw_account_item_matches() looks for
 */
char         **mw_account_item_make_words      (const char    *text);

/**
 * mw_account_item_matches:
 * @words: (array zero-terminated=1): from mw_account_item_make_words()
 *
 * Capitals and accents make no difference.
 *
 * Returns: whether each word stands in the name, address or description
 */
gboolean       mw_account_item_matches         (MwAccountItem      *self,
                                                const char * const *words);

G_END_DECLS
