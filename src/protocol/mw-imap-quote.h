/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MwImapForm:
 * @MW_IMAP_FORM_QUOTED: a quoted string carries it
 * @MW_IMAP_FORM_LITERAL: it has octets outside ASCII and needs a literal
 * @MW_IMAP_FORM_IMPOSSIBLE: it has a CR, LF or NUL: never sent
 */
typedef enum {
  MW_IMAP_FORM_QUOTED,
  MW_IMAP_FORM_LITERAL,
  MW_IMAP_FORM_IMPOSSIBLE,
} MwImapForm;

/**
 * mw_imap_quote_choose:
 *
 * Returns: how these bytes can travel as an argument (RFC 3501 §4.3)
 */
MwImapForm  mw_imap_quote_choose (const char *bytes,
                                  gsize       length);

/**
 * mw_imap_quote:
 * @bytes: something that can be quoted
 * @length: its length
 * @out_length: (out): length of the answer
 *
 * Returns: (transfer full) (nullable): the bytes as a quoted string,
 *   NUL-terminated, or %NULL when that is no form for them; to be freed with
 *   [func@Mw.secret_free_bytes] when it holds a secret
 */
char       *mw_imap_quote        (const char *bytes,
                                  gsize       length,
                                  gsize      *out_length);

G_END_DECLS
