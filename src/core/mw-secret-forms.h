/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-secret.h"

G_BEGIN_DECLS

/**
 * MwSecretForm:
 * @bytes: how the secret may look
 * @is_coded: it is base64: what hangs together with it belongs to it, because
 *   the letters at both ends also hold bits of their neighbours
 *
 * One way to write a secret.
 */
typedef struct {
  MwSecret *bytes;
  gboolean  is_coded;
} MwSecretForm;

/**
 * mw_secret_forms_new:
 * @secret: a secret
 * @length: its length
 *
 * Lists the ways to write a secret in which a character of it is not a
 * character of the text; for the others there is mw_coded_text_match(). Those
 * that would match by chance are left out. The secret itself comes first.
 *
 * Returns: (transfer full) (element-type MwSecretForm): the forms
 */
GPtrArray *mw_secret_forms_new (const char *secret,
                                gsize       length);

/**
 * mw_secret_forms_add:
 * @self: forms
 * @bytes: one more
 * @length: its length
 * @is_coded: whether it is base64
 */
void       mw_secret_forms_add (GPtrArray  *self,
                                const char *bytes,
                                gsize       length,
                                gboolean    is_coded);

/**
 * mw_secret_forms_find:
 * @self: forms
 * @text: text from outside
 * @length: its length
 * @position: where in @text
 * @out_end: (out): where it ends
 *
 * Looks for the longest form that begins at @position, however its characters
 * are written.
 *
 * Returns: (transfer none) (nullable): the form that stands there
 */
MwSecretForm *mw_secret_forms_find (GPtrArray  *self,
                                    const char *text,
                                    gsize       length,
                                    gsize       position,
                                    gsize      *out_end);

/**
 * mw_secret_forms_replace:
 * @self: forms
 * @form: the one that was found
 * @shown: (inout): the text up to where it was found
 * @dots: what to append in its place
 * @text: the whole text
 * @length: its length
 * @end: where it ends in @text
 *
 * Returns: where to go on in @text
 */
gsize      mw_secret_forms_replace (GPtrArray    *self,
                                    MwSecretForm *form,
                                    GString      *shown,
                                    const char   *dots,
                                    const char   *text,
                                    gsize         length,
                                    gsize         end);

G_END_DECLS
