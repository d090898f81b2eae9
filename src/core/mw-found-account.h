/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-export-target.h"
#include "core/mw-profile.h"
#include "core/mw-secret.h"

G_BEGIN_DECLS

/**
 * MwFoundPasswords:
 * @MW_FOUND_PASSWORDS_NONE: none are kept for the account, or none were asked for
 * @MW_FOUND_PASSWORDS_FOUND: those that are kept came along
 * @MW_FOUND_PASSWORDS_LOCKED: locked by a primary password that was not given
 *   or is another one, or by a keyring that was not opened
 * @MW_FOUND_PASSWORDS_UNREADABLE: the mail program's store of passwords is
 *   damaged, not reachable, or of a kind that is not known
 *
 * What became of the passwords of an account that was read out of a mail program.
 */
typedef enum {
  MW_FOUND_PASSWORDS_NONE,
  MW_FOUND_PASSWORDS_FOUND,
  MW_FOUND_PASSWORDS_LOCKED,
  MW_FOUND_PASSWORDS_UNREADABLE,
} MwFoundPasswords;

/**
 * MwFoundObstacle:
 * @MW_FOUND_OBSTACLE_NONE: it can be imported
 * @MW_FOUND_OBSTACLE_KIND: not mail by IMAP or POP3; see the member kind
 * @MW_FOUND_OBSTACLE_NO_SERVER: it names no server, or none that can exist
 * @MW_FOUND_OBSTACLE_NO_ADDRESS: it has no identity with an address
 * @MW_FOUND_OBSTACLE_ONLINE_ACCOUNT: GNOME Online Accounts keeps it, with its
 *   passwords
 *
 * Why an account that stands in a mail program cannot be imported.
 */
typedef enum {
  MW_FOUND_OBSTACLE_NONE,
  MW_FOUND_OBSTACLE_KIND,
  MW_FOUND_OBSTACLE_NO_SERVER,
  MW_FOUND_OBSTACLE_NO_ADDRESS,
  MW_FOUND_OBSTACLE_ONLINE_ACCOUNT,
} MwFoundObstacle;

/**
 * MwFoundNote:
 * @MW_FOUND_NOTE_DAMAGED: the file it stands in is damaged; something may be
 *   missing
 * @MW_FOUND_NOTE_MORE_ADDRESSES: it has further addresses, which stay behind
 * @MW_FOUND_NOTE_SIGNATURE_FILE: its signature is a file that stays behind: not
 *   plain text, or out of reach
 * @MW_FOUND_NOTE_SIGNATURE_FORMATTED: its signature is formatted; only the
 *   words come along
 * @MW_FOUND_NOTE_REPLY_TO: answers go to another address; that stays behind
 * @MW_FOUND_NOTE_LOG_IN: it logs in by a method that Mailwright does not know
 *   (Kerberos, NTLM, a certificate of its own)
 * @MW_FOUND_NOTE_CLEAR_TEXT: a server is used without encryption
 * @MW_FOUND_NOTE_NO_SENDING: it names no outgoing server that can be used
 * @MW_FOUND_NOTE_DEFAULT: it is the default account there; it does not become
 *   so here
 * @MW_FOUND_NOTE_OFF: it is switched off there
 *
 * What is worth knowing of a found account.
 */
typedef enum {
  MW_FOUND_NOTE_DAMAGED,
  MW_FOUND_NOTE_MORE_ADDRESSES,
  MW_FOUND_NOTE_SIGNATURE_FILE,
  MW_FOUND_NOTE_SIGNATURE_FORMATTED,
  MW_FOUND_NOTE_REPLY_TO,
  MW_FOUND_NOTE_LOG_IN,
  MW_FOUND_NOTE_CLEAR_TEXT,
  MW_FOUND_NOTE_NO_SENDING,
  MW_FOUND_NOTE_DEFAULT,
  MW_FOUND_NOTE_OFF,
} MwFoundNote;

#define MW_N_FOUND_NOTES (MW_FOUND_NOTE_OFF + 1)

#define MW_TYPE_FOUND_PASSWORDS (mw_found_passwords_get_type ())
#define MW_TYPE_FOUND_OBSTACLE (mw_found_obstacle_get_type ())
#define MW_TYPE_FOUND_NOTE (mw_found_note_get_type ())
#define MW_TYPE_FOUND_ACCOUNT (mw_found_account_get_type ())

GType mw_found_passwords_get_type (void) G_GNUC_CONST;
GType mw_found_obstacle_get_type  (void) G_GNUC_CONST;
GType mw_found_note_get_type      (void) G_GNUC_CONST;
GType mw_found_account_get_type   (void) G_GNUC_CONST;

/**
 * MwFoundAccount:
 * @client: the mail program it stands in
 * @target_id: (nullable): where it was found; %NULL in a folder that is read
 *   without a mail program
 * @values: its keys in the mail program, named as an export remembers them
 * @profile: what the mail program knows, as a new account of grade L that
 *   nobody has tested: never the default, nothing remembered. Without
 *   servers where there is an obstacle; address and label may be %NULL then
 * @incoming: (nullable): password for receiving
 * @outgoing: (nullable): password for sending, when it is kept there
 * @passwords: what became of them
 * @obstacle: why it cannot be imported
 * @kind: (nullable): the mail program's word for an account that is not mail,
 *   such as `nntp` or `ews`
 * @notes: a bit for each note, `1 << MW_FOUND_NOTE_…`
 * @hosts: (array zero-terminated=1): servers that nobody but the mail program
 *   vouches for: each needs the person's yes before the account is imported.
 *   Filled by the engine
 * @saved_id: (nullable): the saved account that this one is already; importing
 *   it changes nothing. Filled by the engine
 * @ours: Mailwright put it there. Filled by the engine
 * @address_saved: another saved account has the same address. Filled by the
 *   engine
 *
 * An account that stands in a mail program. Filled by the exporter and the
 * engine that read it, then only read.
 */
typedef struct {
  MwMailClient      client;
  char             *target_id;
  GHashTable       *values;
  MwProfile        *profile;
  MwSecret         *incoming;
  MwSecret         *outgoing;
  MwFoundPasswords  passwords;
  MwFoundObstacle   obstacle;
  char             *kind;
  guint             notes;
  char            **hosts;
  char             *saved_id;
  gboolean          ours;
  gboolean          address_saved;
} MwFoundAccount;

/**
 * mw_found_account_new:
 * @client: the mail program
 *
 * Returns: (transfer full): an account of which nothing is known yet
 */
MwFoundAccount *mw_found_account_new       (MwMailClient      client);
MwFoundAccount *mw_found_account_ref       (MwFoundAccount   *self);
void            mw_found_account_unref     (MwFoundAccount   *self);

/**
 * mw_found_account_add_note:
 *
 * Sets the bit of @note.
 */
void            mw_found_account_add_note  (MwFoundAccount   *self,
                                            MwFoundNote       note);

/**
 * mw_found_account_has_note:
 *
 * Returns: whether the bit of @note is set
 */
gboolean        mw_found_account_has_note  (MwFoundAccount   *self,
                                            MwFoundNote       note);

/**
 * mw_found_account_set_obstacle:
 * @kind: (nullable): for %MW_FOUND_OBSTACLE_KIND
 *
 * Says that it cannot be imported, and takes its servers out of the profile.
 */
void            mw_found_account_set_obstacle (MwFoundAccount  *self,
                                               MwFoundObstacle  obstacle,
                                               const char      *kind);

/**
 * mw_found_account_take_passwords:
 * @incoming: (nullable) (transfer full): password for receiving
 * @outgoing: (nullable) (transfer full): password for sending
 *
 * Adds what the mail program keeps, and finds out whether the outgoing server
 * has a password of its own.
 */
void            mw_found_account_take_passwords (MwFoundAccount *self,
                                                 MwSecret       *incoming,
                                                 MwSecret       *outgoing);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwFoundAccount, mw_found_account_unref)

G_END_DECLS
