/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-profile.h"
#include "setup/mw-setup-link.h"
#include "setup/mw-share.h"

G_BEGIN_DECLS

/**
 * MwShareNote:
 * @MW_SHARE_NOTE_ADDRESS: the address of a person is in it
 * @MW_SHARE_NOTE_NAME: the name of a person, too
 * @MW_SHARE_NOTE_USER_NAME: a user name that is not made of the address, too
 * @MW_SHARE_NOTE_HIDDEN_NAME: a part of the person's name or address stands in
 *   a server's name or the domain
 * @MW_SHARE_NOTE_CERTIFICATE: the account trusts a certificate that was
 *   accepted by hand, which is not passed on
 * @MW_SHARE_NOTE_OWN_PASSWORD: sending has a password of its own, which cannot
 *   be said
 * @MW_SHARE_NOTE_LONG: too long for a QR code that is easily read
 *
 * What to know before settings are given to others. The nicks are words of the
 * command line.
 */
typedef enum {
  MW_SHARE_NOTE_ADDRESS,
  MW_SHARE_NOTE_NAME,
  MW_SHARE_NOTE_USER_NAME,
  MW_SHARE_NOTE_HIDDEN_NAME,
  MW_SHARE_NOTE_CERTIFICATE,
  MW_SHARE_NOTE_OWN_PASSWORD,
  MW_SHARE_NOTE_LONG,
} MwShareNote;

#define MW_TYPE_SHARE_NOTE (mw_share_note_get_type ())

GType  mw_share_note_get_type  (void) G_GNUC_CONST;

/**
 * mw_share_note_find:
 * @profile: an account
 * @flags: whether the person is in @text
 * @text: what is about to be given to others
 *
 * Returns: a bit for each note, `1 << MW_SHARE_NOTE_…`
 */
guint  mw_share_note_find      (MwProfile    *profile,
                                MwShareFlags  flags,
                                const char   *text);

/**
 * mw_share_note_find_in_link:
 * @profile: (nullable): the account it was made of
 * @link: a link
 * @text: the same, written
 *
 * Returns: a bit for each note, `1 << MW_SHARE_NOTE_…`
 */
guint  mw_share_note_find_in_link (MwProfile   *profile,
                                   MwSetupLink *link,
                                   const char  *text);

G_END_DECLS
