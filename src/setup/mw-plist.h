/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MW_PLIST_MAX_SIZE:
 *
 * The longest property list that is read, in bytes.
 */
#define MW_PLIST_MAX_SIZE (1024 * 1024)

/**
 * MwPlist:
 *
 * A value of a property list in XML, Apple's format of settings: a dictionary,
 * an array, or a single value. Its texts are wiped when it is freed.
 */
typedef struct _MwPlist MwPlist;

/**
 * mw_plist_is_binary:
 *
 * Returns: whether these bytes begin a property list in its binary form
 */
gboolean    mw_plist_is_binary   (const char  *data,
                                  gsize        length);

/**
 * mw_plist_parse:
 * @data: the document
 * @length: its size in bytes
 * @error: return location for a %G_MARKUP_ERROR or %G_CONVERT_ERROR
 *
 * Reads a property list. What its document type declares is passed over: no
 * entity is looked up. Depth and number of values have a limit.
 *
 * Returns: (transfer full) (nullable): the outermost value
 */
MwPlist    *mw_plist_parse       (const char  *data,
                                  gsize        length,
                                  GError     **error);
void        mw_plist_free        (MwPlist     *self);

/**
 * mw_plist_get:
 * @self: (nullable): anything
 * @key: a key
 *
 * Returns: (transfer none) (nullable): the first value of that key, %NULL
 *   when @self is no dictionary or does not have it
 */
MwPlist    *mw_plist_get         (MwPlist     *self,
                                  const char  *key);

/**
 * mw_plist_get_length:
 * @self: (nullable): anything
 *
 * Returns: how many values there are, 0 when @self is no array
 */
guint       mw_plist_get_length  (MwPlist     *self);

/**
 * mw_plist_get_item:
 * @index: less than mw_plist_get_length() says
 *
 * Returns: (transfer none): one value of an array
 */
MwPlist    *mw_plist_get_item    (MwPlist     *self,
                                  guint        index);

/**
 * mw_plist_get_string:
 *
 * Returns: (transfer none) (nullable): the string with that key
 */
const char *mw_plist_get_string  (MwPlist     *self,
                                  const char  *key);

/**
 * mw_plist_get_integer:
 * @value: (out): the number, untouched if there is none
 *
 * Returns: whether there is an integer with that key
 */
gboolean    mw_plist_get_integer (MwPlist     *self,
                                  const char  *key,
                                  gint64      *value);

/**
 * mw_plist_get_boolean:
 *
 * Returns: whether there is a `true` with that key
 */
gboolean    mw_plist_get_boolean (MwPlist     *self,
                                  const char  *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwPlist, mw_plist_free)

G_END_DECLS
