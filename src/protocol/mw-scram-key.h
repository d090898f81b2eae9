/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-enums.h"
#include "core/mw-secret.h"

G_BEGIN_DECLS

#define MW_TYPE_SCRAM_KEY (mw_scram_key_get_type ())

/**
 * MwScramKey:
 *
 * What SCRAM makes of a password by hashing it over and over, as often as the
 * server wants (`SaltedPassword` of RFC 5802 §3). Nothing else holds on to its
 * memory, so that it may be computed in a thread while the conversation it
 * belongs to is dropped; wiped with the last reference, which is counted
 * atomically.
 */
typedef struct _MwScramKey MwScramKey;

GType       mw_scram_key_get_type (void) G_GNUC_CONST;

/**
 * mw_scram_key_new:
 * @method: one of the SCRAM methods
 * @secret: the password
 * @challenge: the server's first message (RFC 5802 §7)
 * @length: its length
 * @error: return location for a %MW_PROBE_ERROR
 *
 * Reads salt and iteration count. A count below 4,096 would make the password
 * cheap to guess, one above 1,000,000 would keep this computer busy
 * (RFC 7677 §4): both are refused.
 *
 * Returns: (transfer full) (nullable): a key that has not been computed
 */
MwScramKey *mw_scram_key_new      (MwAuthMethod    method,
                                   MwSecret       *secret,
                                   const char     *challenge,
                                   gsize           length,
                                   GError        **error);
MwScramKey *mw_scram_key_ref      (MwScramKey     *self);
void        mw_scram_key_unref    (MwScramKey     *self);

/**
 * mw_scram_key_is_slow:
 *
 * Returns: whether computing takes so long that people would notice it: more
 *   than 50,000 iterations
 */
gboolean    mw_scram_key_is_slow  (MwScramKey     *self);

/**
 * mw_scram_key_compute:
 *
 * Computes the key; blocks, for about a second at most.
 */
void        mw_scram_key_compute  (MwScramKey     *self);

/**
 * mw_scram_key_peek:
 *
 * Returns: (transfer none) (nullable): the key in hex, %NULL when it could not
 *   be computed or has not been
 */
const char *mw_scram_key_peek     (MwScramKey     *self);

/**
 * mw_scram_key_can_prepare:
 * @text: a password or user name
 *
 * SCRAM wants both prepared by SASLprep (RFC 4013), which knows no control
 * characters and nothing newer than Unicode 3.2.
 *
 * Returns: whether SCRAM can carry @text
 */
gboolean    mw_scram_key_can_prepare (const char  *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwScramKey, mw_scram_key_unref)

G_END_DECLS
