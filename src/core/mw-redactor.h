/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib-object.h>

#include "core/mw-person-mask.h"

G_BEGIN_DECLS

#define MW_TYPE_REDACTOR (mw_redactor_get_type ())

/**
 * MwRedactor:
 *
 * Takes secrets out of everything that came from outside before it is kept or
 * shown, in whatever way a server may write them: see mw_coded_text_match(),
 * and base64 at any alignment, hexadecimal digits, UTF-16, UTF-7 as IMAP has
 * it. One of them serves a whole set-up, and remembers former passwords.
 *
 * A password of up to three characters, or one that servers, addresses or host
 * names hold by nature, cannot be taken out without telling by the gap what it
 * is. With such a password the free words of servers are left out altogether,
 * whether it stands in them or not.
 *
 * This protects from servers that repeat what they were sent. One that wants
 * to smuggle a password out in a cipher of its own cannot be stopped here.
 */
typedef struct _MwRedactor MwRedactor;

GType       mw_redactor_get_type     (void) G_GNUC_CONST;

/**
 * mw_redactor_new:
 *
 * Returns: (transfer full): a redactor that knows no secrets
 */
MwRedactor *mw_redactor_new          (void);
MwRedactor *mw_redactor_ref          (MwRedactor     *self);
void        mw_redactor_unref        (MwRedactor     *self);

/**
 * mw_redactor_add_secret:
 * @secret: a password
 * @length: its length; nothing is done for 0
 *
 * From now on it is hidden, until the redactor goes.
 */
void        mw_redactor_add_secret   (MwRedactor     *self,
                                      const char     *secret,
                                      gsize           length);

/**
 * mw_redactor_add_exchange:
 * @message: what was sent or received in a SASL exchange, without a line end
 * @length: its length
 *
 * Hides this message where it is repeated, and the proofs of SCRAM (RFC 5802)
 * and CRAM-MD5 (RFC 2195) inside.
 */
void        mw_redactor_add_exchange (MwRedactor     *self,
                                      const char     *message,
                                      gsize           length);

/**
 * mw_redactor_add_person:
 * @name: an e-mail address or a log-in name, normalised or not
 *
 * Hides it where %MW_REDACTOR_HIDE_PERSON is asked for; of an address only
 * what stands before the @.
 */
void        mw_redactor_add_person   (MwRedactor     *self,
                                      const char     *name);

/**
 * mw_redactor_add_public:
 * @text: a host name, or the IP address of a server
 *
 * This stands in clear beside the redacted text. A public IP address is not
 * hidden, and a password that is part of @text counts as a common word.
 */
void        mw_redactor_add_public   (MwRedactor     *self,
                                      const char     *text);

/**
 * mw_redactor_redact:
 * @text: text from outside, in any encoding
 * @length: its length
 * @hide: what to hide besides secrets
 *
 * Control characters and others that cannot be seen are made visible, the
 * length is capped, line ends at the end are dropped.
 *
 * Returns: (transfer full): valid UTF-8 that can be shown
 */
char       *mw_redactor_redact       (MwRedactor     *self,
                                      const char     *text,
                                      gsize           length,
                                      MwRedactorHide  hide);

/**
 * mw_redactor_mask:
 * @text: (nullable): text of our own, and what was redacted before
 * @hide: what to hide besides secrets
 *
 * Like mw_redactor_redact(), but a text of our own is never left out because
 * of a password that cannot be taken out.
 *
 * Returns: (transfer full) (nullable): what can be shown, %NULL for %NULL
 */
char       *mw_redactor_mask         (MwRedactor     *self,
                                      const char     *text,
                                      MwRedactorHide  hide);

/**
 * mw_redactor_find_secret:
 * @text: text from outside
 * @length: its length
 * @position: (inout): where to begin to look, then where the secret begins
 * @out_end: (out): where it ends
 *
 * Looks for a secret.
 *
 * Returns: whether there is one
 */
gboolean    mw_redactor_find_secret  (MwRedactor     *self,
                                      const char     *text,
                                      gsize           length,
                                      gsize          *position,
                                      gsize          *out_end);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwRedactor, mw_redactor_unref)

G_END_DECLS
