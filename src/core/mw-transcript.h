/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define MW_TYPE_TRANSCRIPT (mw_transcript_get_type ())

/**
 * MwTranscript:
 *
 * The dialogue with one server, for the report and for `--verbose`. Lines are
 * redacted before they are kept: sensitive ones are replaced as a whole, and
 * secrets a server echoes are replaced in all their usual codings. Capped.
 */
typedef struct _MwTranscript MwTranscript;

GType         mw_transcript_get_type   (void) G_GNUC_CONST;

/**
 * mw_transcript_new:
 * @limit: how many lines to keep at most
 *
 * Returns: (transfer full): an empty transcript
 */
MwTranscript *mw_transcript_new        (guint         limit);
MwTranscript *mw_transcript_ref        (MwTranscript *self);
void          mw_transcript_unref      (MwTranscript *self);

/**
 * mw_transcript_add_secret:
 * @user_name: (nullable): its log-in name, for the codings that join both
 * @secret: a password that must never stand in the transcript
 * @length: its length
 *
 * From now on every coding of the secret (as is, quoted, percent, hex, base64
 * at any alignment, base64 of PLAIN) is replaced, in both directions.
 */
void          mw_transcript_add_secret (MwTranscript *self,
                                        const char   *user_name,
                                        const char   *secret,
                                        gsize         length);

/**
 * mw_transcript_add:
 * @direction: `'C'` for the client, `'S'` for the server, `'*'` for an event
 * @line: text, need not be valid UTF-8; its line end is dropped
 * @length: its length
 * @sensitive: replace the whole line by dots
 */
void          mw_transcript_add        (MwTranscript *self,
                                        char          direction,
                                        const char   *line,
                                        gsize         length,
                                        gboolean      sensitive);

/**
 * mw_transcript_redact:
 * @text: text from outside
 *
 * The same redaction for text that goes elsewhere, such as a server's answer.
 * Control characters are made visible, length is capped.
 *
 * Returns: (transfer full): valid UTF-8 that can be shown
 */
char         *mw_transcript_redact     (MwTranscript *self,
                                        const char   *text,
                                        gsize         length);

/**
 * mw_transcript_get_lines:
 *
 * Returns: (transfer none) (element-type utf8): lines such as "C: a1 NOOP"
 */
GPtrArray    *mw_transcript_get_lines  (MwTranscript *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwTranscript, mw_transcript_unref)

G_END_DECLS
