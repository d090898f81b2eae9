/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>
#include <pk11pub.h>

#include "core/mw-secret.h"

G_BEGIN_DECLS

/* Thunderbird's "secret decoder ring": one symmetric key in key4.db, under a
 * fixed id, encrypts every user name and password of logins.json.
 *
 * NSS has PK11SDR_Encrypt() for this, but before 3.11x it knows triple DES
 * only and fails with SEC_ERROR_INVALID_KEY on the AES key that newer
 * programs make under the same id. So the few lines are done here, on public
 * NSS calls, for both kinds of key. */

/**
 * mw_sdr_have_key:
 *
 * Returns: whether the store holds a key already
 */
gboolean  mw_sdr_have_key (PK11SlotInfo *slot);

/**
 * mw_sdr_make_key:
 * @aes: an AES key of 256 bits, else triple DES
 *
 * Returns: whether the store holds the new key
 */
gboolean  mw_sdr_make_key (PK11SlotInfo *slot,
                           gboolean      aes);

/**
 * mw_sdr_encrypt:
 * @text: what to encrypt, with the AES key if there is one
 *
 * Returns: (transfer full) (nullable): base64 as in logins.json
 */
char     *mw_sdr_encrypt  (PK11SlotInfo *slot,
                           const char   *text);

/**
 * mw_sdr_matches:
 * @record: base64 as in logins.json
 * @text: what it might hold
 *
 * Returns: whether @record can be decrypted and holds @text
 */
gboolean  mw_sdr_matches  (PK11SlotInfo *slot,
                           const char   *record,
                           const char   *text);

/**
 * mw_sdr_decrypt:
 * @record: base64 as in logins.json
 *
 * Returns: (transfer full) (nullable): what it holds; %NULL when that cannot
 *   be decrypted, or is no text
 */
MwSecret *mw_sdr_decrypt  (PK11SlotInfo *slot,
                           const char   *record);

G_END_DECLS
