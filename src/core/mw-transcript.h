/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-redactor.h"

G_BEGIN_DECLS

#define MW_TYPE_TRANSCRIPT (mw_transcript_get_type ())

/**
 * MwTranscript:
 *
 * The dialogue with one server, for the report and for `--verbose`. Lines are
 * redacted before they are kept. What a log-in consists of is never kept: of
 * the client's lines only the command and the mechanism, of the server's
 * challenges nothing. Capped.
 */
typedef struct _MwTranscript MwTranscript;

GType         mw_transcript_get_type    (void) G_GNUC_CONST;

/**
 * mw_transcript_new:
 * @limit: how many lines to keep at most
 * @redactor: what takes the secrets out
 *
 * Returns: (transfer full): an empty transcript
 */
MwTranscript *mw_transcript_new         (guint           limit,
                                         MwRedactor     *redactor);
MwTranscript *mw_transcript_ref         (MwTranscript   *self);
void          mw_transcript_unref       (MwTranscript   *self);

/**
 * mw_transcript_add:
 * @direction: `'C'` for the client, `'S'` for the server, `'*'` for an event
 * @line: text, need not be valid UTF-8; its line end is dropped
 * @length: its length
 * @sensitive: part of a log-in
 *
 * Keeps a line, and when it came. Secrets that come in pieces, one on each
 * line of a server, are found, too.
 */
void          mw_transcript_add         (MwTranscript   *self,
                                         char            direction,
                                         const char     *line,
                                         gsize           length,
                                         gboolean        sensitive);
guint         mw_transcript_get_n_lines (MwTranscript   *self);

/**
 * mw_transcript_dup_line:
 * @index: which line
 * @hide: what to hide besides secrets
 *
 * Secrets that became known after the line are taken out, too.
 *
 * Returns: (transfer full): a line such as "C: a1 NOOP"
 */
char         *mw_transcript_dup_line    (MwTranscript   *self,
                                         guint           index,
                                         MwRedactorHide  hide);

/**
 * mw_transcript_may_show_word:
 * @word: a word a server said, such as the name of an extension
 *
 * A secret with blanks in it is not recognised in a word of it. Once a server
 * has said a secret, only what is left of its lines may be shown.
 *
 * Returns: whether @word may be shown
 */
gboolean      mw_transcript_may_show_word (MwTranscript *self,
                                           const char   *word);

/**
 * mw_transcript_holds_secret:
 *
 * Returns: whether something was taken out of what the server said
 */
gboolean      mw_transcript_holds_secret (MwTranscript  *self);

/**
 * mw_transcript_get_time_us:
 * @index: which line
 *
 * Returns: when it was sent or came, as g_get_monotonic_time() has it
 */
gint64        mw_transcript_get_time_us (MwTranscript   *self,
                                         guint           index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwTranscript, mw_transcript_unref)

G_END_DECLS
