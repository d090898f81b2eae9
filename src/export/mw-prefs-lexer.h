/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  MW_PREFS_TOKEN_WORD,
  MW_PREFS_TOKEN_NUMBER,
  MW_PREFS_TOKEN_STRING,
  MW_PREFS_TOKEN_PUNCTUATION,
  MW_PREFS_TOKEN_BAD,        /* Thunderbird drops the statement it is in */
  MW_PREFS_TOKEN_UNFINISHED, /* the file ends inside a string or comment */
  MW_PREFS_TOKEN_END,
} MwPrefsToken;

/**
 * MwPrefsLexer:
 *
 * Cuts a `prefs.js` into words, with the rules of Thunderbird's own reader.
 */
typedef struct {
  const char   *data;
  gsize         size;
  gsize         at;    /* after the token */
  gsize         start; /* of the token */
  MwPrefsToken  token;
  GString      *text;  /* of the token; strings without quotes and escapes */
} MwPrefsLexer;

/**
 * mw_prefs_lexer_next:
 *
 * Returns: the next token, which is in @self then
 */
MwPrefsToken mw_prefs_lexer_next    (MwPrefsLexer *self);

/**
 * mw_prefs_lexer_next_is:
 *
 * Returns: whether the next token is @token with exactly this @text
 */
gboolean     mw_prefs_lexer_next_is (MwPrefsLexer *self,
                                     MwPrefsToken  token,
                                     const char   *text);

G_END_DECLS
