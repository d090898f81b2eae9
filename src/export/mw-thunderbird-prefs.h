/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MwThunderbirdPrefs:
 *
 * A `prefs.js` that can be changed. Everything that is not asked to change
 * stays as it was, byte for byte: comments, odd spellings, damaged lines.
 */
typedef struct _MwThunderbirdPrefs MwThunderbirdPrefs;

/**
 * mw_thunderbird_prefs_parse:
 * @data: the file; may be empty
 * @size: its size
 * @error: return location for %MW_EXPORT_ERROR_DAMAGED
 *
 * Reads what Thunderbird would read. Single statements it would drop are
 * kept and ignored; a file whose end is inside a string or comment, that
 * holds NUL bytes, or that holds text but not one setting is damaged.
 *
 * Returns: (transfer full) (nullable): the settings
 */
MwThunderbirdPrefs *mw_thunderbird_prefs_parse      (const char         *data,
                                                     gsize               size,
                                                     GError            **error);

/**
 * mw_thunderbird_prefs_parse_some:
 * @data: the file; may be empty
 * @size: its size
 * @out_damaged: (out): whether mw_thunderbird_prefs_parse() would give up
 *
 * Reads what can be read, for those who write nothing.
 *
 * Returns: (transfer full): the settings
 */
MwThunderbirdPrefs *mw_thunderbird_prefs_parse_some (const char         *data,
                                                     gsize               size,
                                                     gboolean           *out_damaged);
void                mw_thunderbird_prefs_free       (MwThunderbirdPrefs *self);

/**
 * mw_thunderbird_prefs_overlay:
 * @other: settings that count for more, of `user.js`
 *
 * Puts all that @other says into @self, which is only to be read then.
 */
void                mw_thunderbird_prefs_overlay    (MwThunderbirdPrefs *self,
                                                     MwThunderbirdPrefs *other);

/**
 * mw_thunderbird_prefs_to_data:
 *
 * Returns: (transfer full): the file
 */
char               *mw_thunderbird_prefs_to_data    (MwThunderbirdPrefs *self,
                                                     gsize              *size);

/**
 * mw_thunderbird_prefs_get_string:
 *
 * Returns: (transfer none) (nullable): the value, if it is a string
 */
const char         *mw_thunderbird_prefs_get_string (MwThunderbirdPrefs *self,
                                                     const char         *name);
int                 mw_thunderbird_prefs_get_int    (MwThunderbirdPrefs *self,
                                                     const char         *name,
                                                     int                 fallback);
gboolean            mw_thunderbird_prefs_get_bool   (MwThunderbirdPrefs *self,
                                                     const char         *name,
                                                     gboolean            fallback);

/**
 * mw_thunderbird_prefs_has_prefix:
 *
 * Returns: whether any setting's name begins with @prefix
 */
gboolean            mw_thunderbird_prefs_has_prefix (MwThunderbirdPrefs *self,
                                                     const char         *prefix);

/**
 * mw_thunderbird_prefs_list:
 *
 * Returns: (transfer full) (element-type utf8): the names that begin with
 *   @prefix, in the order of the file
 */
GPtrArray          *mw_thunderbird_prefs_list       (MwThunderbirdPrefs *self,
                                                     const char         *prefix);

/**
 * mw_thunderbird_prefs_set_string:
 *
 * Returns: whether this changed anything
 */
gboolean            mw_thunderbird_prefs_set_string (MwThunderbirdPrefs *self,
                                                     const char         *name,
                                                     const char         *value);
gboolean            mw_thunderbird_prefs_set_int    (MwThunderbirdPrefs *self,
                                                     const char         *name,
                                                     int                 value);
gboolean            mw_thunderbird_prefs_set_bool   (MwThunderbirdPrefs *self,
                                                     const char         *name,
                                                     gboolean            value);

/**
 * mw_thunderbird_prefs_unset:
 *
 * Takes a setting out, each time it is there.
 *
 * Returns: whether this changed anything
 */
gboolean            mw_thunderbird_prefs_unset      (MwThunderbirdPrefs *self,
                                                     const char         *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwThunderbirdPrefs, mw_thunderbird_prefs_free)

G_END_DECLS
