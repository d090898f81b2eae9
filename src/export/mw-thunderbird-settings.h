/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "export/mw-thunderbird-prefs.h"

G_BEGIN_DECLS

/**
 * MwThunderbirdSettings:
 *
 * The accounts part of a `prefs.js`: settings in groups, `mail.KIND.KEY.NAME`,
 * and lists of keys. Writes down what changes.
 */
typedef struct {
  MwThunderbirdPrefs *prefs;   /* borrowed */
  GPtrArray          *created; /* element utf8: "mail.KIND.KEY" of new groups */
  GPtrArray          *updated; /* element utf8: whole names of other changed settings */
} MwThunderbirdSettings;

/**
 * mw_thunderbird_settings_new:
 * @prefs: (transfer none): outlives the result
 *
 * Returns: (transfer full): a view on @prefs
 */
MwThunderbirdSettings *mw_thunderbird_settings_new          (MwThunderbirdPrefs     *prefs);
void                   mw_thunderbird_settings_free         (MwThunderbirdSettings  *self);

/**
 * mw_thunderbird_settings_get:
 *
 * Returns: (transfer none) (nullable): `mail.KIND.KEY.NAME`, if it is a string
 */
const char            *mw_thunderbird_settings_get          (MwThunderbirdSettings  *self,
                                                             const char             *kind,
                                                             const char             *key,
                                                             const char             *name);

/**
 * mw_thunderbird_settings_begin:
 *
 * Says that the group is a new one: its settings are no updates.
 */
void                   mw_thunderbird_settings_begin        (MwThunderbirdSettings  *self,
                                                             const char             *kind,
                                                             const char             *key);

/**
 * mw_thunderbird_settings_put_string:
 * @value: (nullable): %NULL takes it out
 *
 * Sets `mail.KIND.KEY.NAME`.
 */
void                   mw_thunderbird_settings_put_string   (MwThunderbirdSettings  *self,
                                                             const char             *kind,
                                                             const char             *key,
                                                             const char             *name,
                                                             const char             *value);

/**
 * mw_thunderbird_settings_put_int:
 * @name: (nullable): %NULL for the setting `mail.KIND.KEY` itself
 *
 * Sets `mail.KIND.KEY.NAME`.
 */
void                   mw_thunderbird_settings_put_int      (MwThunderbirdSettings  *self,
                                                             const char             *kind,
                                                             const char             *key,
                                                             const char             *name,
                                                             int                     value);

/**
 * mw_thunderbird_settings_put_bool:
 *
 * Sets `mail.KIND.KEY.NAME`.
 */
void                   mw_thunderbird_settings_put_bool     (MwThunderbirdSettings  *self,
                                                             const char             *kind,
                                                             const char             *key,
                                                             const char             *name,
                                                             gboolean                value);

/**
 * mw_thunderbird_settings_remove_group:
 *
 * Takes out everything below `mail.KIND.KEY`.
 */
void                   mw_thunderbird_settings_remove_group (MwThunderbirdSettings  *self,
                                                             const char             *kind,
                                                             const char             *key);

/**
 * mw_thunderbird_settings_set:
 * @name: a whole name
 * @value: (nullable): %NULL takes it out
 *
 * Sets a setting that is in no group.
 */
void                   mw_thunderbird_settings_set          (MwThunderbirdSettings  *self,
                                                             const char             *name,
                                                             const char             *value);

/**
 * mw_thunderbird_settings_get_list:
 * @name: a whole name
 *
 * Returns: (transfer full): the keys in a list
 */
char                 **mw_thunderbird_settings_get_list     (MwThunderbirdSettings  *self,
                                                             const char             *name);

/**
 * mw_thunderbird_settings_list_has:
 * @key: (nullable): a key
 *
 * Returns: whether @key stands in the list @name
 */
gboolean               mw_thunderbird_settings_list_has     (MwThunderbirdSettings  *self,
                                                             const char             *name,
                                                             const char             *key);

/**
 * mw_thunderbird_settings_list_add:
 * @before: (nullable): a key that shall come after it
 *
 * Adds @key to the list @name, unless it is there.
 */
void                   mw_thunderbird_settings_list_add     (MwThunderbirdSettings  *self,
                                                             const char             *name,
                                                             const char             *key,
                                                             const char             *before);

/**
 * mw_thunderbird_settings_list_remove:
 *
 * Takes @key out of the list @name, and the list out with its last key.
 */
void                   mw_thunderbird_settings_list_remove  (MwThunderbirdSettings  *self,
                                                             const char             *name,
                                                             const char             *key);

/**
 * mw_thunderbird_settings_is_mentioned:
 *
 * Returns: whether any list of accounts, identities or servers has @key
 */
gboolean               mw_thunderbird_settings_is_mentioned (MwThunderbirdSettings  *self,
                                                             const char             *key);

/**
 * mw_thunderbird_settings_free_key:
 * @kind: of the group
 * @word: what keys of that kind begin with
 * @first: the smallest number allowed
 *
 * Returns: (transfer full): a key that nothing stands under
 */
char                  *mw_thunderbird_settings_free_key     (MwThunderbirdSettings  *self,
                                                             const char             *kind,
                                                             const char             *word,
                                                             guint                   first);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwThunderbirdSettings, mw_thunderbird_settings_free)

G_END_DECLS
