/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <json-glib/json-glib.h>

#include "core/mw-candidate.h"
#include "core/mw-mail-folders.h"

G_BEGIN_DECLS

/* Members of a JSON object, each with its name. What is missing becomes null,
 * never a missing member: scripts rely on it. */

/**
 * mw_json_add_string:
 * @builder: where to
 * @name: key
 * @value: (nullable): text
 *
 * Adds text or null.
 */
void mw_json_add_string       (JsonBuilder        *builder,
                               const char         *name,
                               const char         *value);

/**
 * mw_json_add_boolean:
 * @builder: where to
 * @name: key
 * @value: true or false
 *
 * Adds true or false.
 */
void mw_json_add_boolean      (JsonBuilder        *builder,
                               const char         *name,
                               gboolean            value);

/**
 * mw_json_add_int:
 * @builder: where to
 * @name: key
 * @value: a number
 *
 * Adds a number.
 */
void mw_json_add_int          (JsonBuilder        *builder,
                               const char         *name,
                               gint64              value);

/**
 * mw_json_add_strings:
 * @builder: where to
 * @name: key
 * @values: (nullable) (array zero-terminated=1): texts
 *
 * Adds an array or null.
 */
void mw_json_add_strings      (JsonBuilder        *builder,
                               const char         *name,
                               const char * const *values);

/**
 * mw_json_add_string_array:
 * @builder: where to
 * @name: key
 * @values: (nullable) (element-type utf8): texts
 *
 * Adds an array, an empty one for %NULL.
 */
void mw_json_add_string_array (JsonBuilder        *builder,
                               const char         *name,
                               GPtrArray          *values);

/**
 * mw_json_add_time:
 * @builder: where to
 * @name: key
 * @seconds: Unix time, 0 for never
 *
 * Adds a time in ISO 8601, UTC, or null.
 */
void mw_json_add_time         (JsonBuilder        *builder,
                               const char         *name,
                               gint64              seconds);

/**
 * mw_json_add_milliseconds:
 * @builder: where to
 * @name: key
 * @microseconds: a duration, negative when unknown
 *
 * Adds whole milliseconds or null.
 */
void mw_json_add_milliseconds (JsonBuilder        *builder,
                               const char         *name,
                               gint64              microseconds);

/**
 * mw_json_add_origins:
 * @builder: where to
 * @name: key
 * @origins: a bit for each source, `1 << MW_ORIGIN_…`
 *
 * Adds the words of the sources.
 */
void mw_json_add_origins      (JsonBuilder        *builder,
                               const char         *name,
                               guint               origins);

/**
 * mw_json_add_auth:
 * @builder: where to
 * @name: key
 * @auth: a way to sign in, %MW_AUTH_UNKNOWN becomes null
 *
 * Adds the word of the way.
 */
void mw_json_add_auth         (JsonBuilder        *builder,
                               const char         *name,
                               MwAuthMethod        auth);

/**
 * mw_json_add_candidate:
 * @builder: an array
 * @candidate: a server worth trying
 * @user_name: what to sign in with where nobody says otherwise
 *
 * Adds an object: what every command says of a server that was found or read.
 */
void mw_json_add_candidate    (JsonBuilder        *builder,
                               MwCandidate        *candidate,
                               const char         *user_name);

/**
 * mw_json_add_notes:
 * @builder: where to
 * @name: key
 * @notes: a bit for each, `1 << MW_NOTE_…`
 *
 * Adds the words of the notes.
 */
void mw_json_add_notes        (JsonBuilder        *builder,
                               const char         *name,
                               guint               notes);

/**
 * mw_json_add_folders:
 * @builder: where to
 * @name: key
 * @folders: (nullable): what is known; null without
 *
 * Adds an object with a name, or null, for each use.
 */
void mw_json_add_folders      (JsonBuilder        *builder,
                               const char         *name,
                               MwMailFolders      *folders);

G_END_DECLS
