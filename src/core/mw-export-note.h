/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * MwExportNote:
 * @MW_EXPORT_NOTE_DEFAULT_NOT_SET: it was to become the account messages are
 *   written from; that setting is out of reach here
 * @MW_EXPORT_NOTE_NOTIFICATIONS_NOT_SET: new messages were to come without
 *   notifications; that setting is out of reach here
 * @MW_EXPORT_NOTE_LOCAL_MAIL: fetched messages go to a folder that all
 *   accounts of this kind share
 * @MW_EXPORT_NOTE_FETCHES_LATER: the program runs, and will fetch mail only
 *   when it is told to, or at its next start
 * @MW_EXPORT_NOTE_BROWSER_SIGN_IN: the program will ask for one sign-in in a
 *   browser window; no password was handed over
 * @MW_EXPORT_NOTE_CERTIFICATE_QUESTION: the program will ask once about a
 *   certificate that was accepted by hand
 * @MW_EXPORT_NOTE_CERTIFICATE_KEPT: such a certificate stays trusted
 * @MW_EXPORT_NOTE_OPEN_QUESTION: the program runs, and a question of the
 *   account that was taken out may still be open in it
 * @MW_EXPORT_NOTE_OTHER_METHOD: the program does not know the way of logging
 *   in that was proved, and will try another
 * @MW_EXPORT_NOTE_STAYS: the person had made the account by hand, so it was not
 *   taken out
 * @MW_EXPORT_NOTE_AUTHORITY_OFFERED: the program does not know the authority
 *   of the servers, which this system trusts; it could be made to
 * @MW_EXPORT_NOTE_AUTHORITY_UNKNOWN: the program does not trust the authority
 *   of the servers, and will refuse them
 * @MW_EXPORT_NOTE_OTHER_STORE: the program keeps its passwords in another way
 *   than Mailwright can write, and will ask for this one
 * @MW_EXPORT_NOTE_NOTIFICATIONS_SHARED: notifications have one switch for all
 *   accounts; this one is only looked at when the person wants it
 * @MW_EXPORT_NOTE_USER_SETTINGS: the person's own file of settings overrides
 *   the list of accounts, so that this one may not appear
 * @MW_EXPORT_NOTE_PASSWORD_STAYS: the passwords are locked, so that of the
 *   account that was taken out stays among them
 * @MW_EXPORT_NOTE_ASKS_TWICE: no password was handed over, and the program will
 *   ask for it when it receives, and again when it sends
 *
 * What the person should know of an account that was handed over, or taken
 * out.
 */
typedef enum {
  MW_EXPORT_NOTE_DEFAULT_NOT_SET,
  MW_EXPORT_NOTE_NOTIFICATIONS_NOT_SET,
  MW_EXPORT_NOTE_LOCAL_MAIL,
  MW_EXPORT_NOTE_FETCHES_LATER,
  MW_EXPORT_NOTE_BROWSER_SIGN_IN,
  MW_EXPORT_NOTE_CERTIFICATE_QUESTION,
  MW_EXPORT_NOTE_CERTIFICATE_KEPT,
  MW_EXPORT_NOTE_OPEN_QUESTION,
  MW_EXPORT_NOTE_OTHER_METHOD,
  MW_EXPORT_NOTE_STAYS,
  MW_EXPORT_NOTE_AUTHORITY_OFFERED,
  MW_EXPORT_NOTE_AUTHORITY_UNKNOWN,
  MW_EXPORT_NOTE_OTHER_STORE,
  MW_EXPORT_NOTE_NOTIFICATIONS_SHARED,
  MW_EXPORT_NOTE_USER_SETTINGS,
  MW_EXPORT_NOTE_PASSWORD_STAYS,
  MW_EXPORT_NOTE_ASKS_TWICE,
} MwExportNote;

#define MW_N_EXPORT_NOTES (MW_EXPORT_NOTE_ASKS_TWICE + 1)

#define MW_TYPE_EXPORT_NOTE (mw_export_note_get_type ())

GType mw_export_note_get_type (void) G_GNUC_CONST;

G_END_DECLS
