/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-enums.h"

G_BEGIN_DECLS

/**
 * MwAddressError:
 * @MW_ADDRESS_ERROR_EMPTY: nothing was typed
 * @MW_ADDRESS_ERROR_NO_AT: there is no @ sign
 * @MW_ADDRESS_ERROR_TWO_AT: there is more than one @ sign
 * @MW_ADDRESS_ERROR_BLANK: a blank or control character inside
 * @MW_ADDRESS_ERROR_NO_LOCAL_PART: nothing before the @ sign
 * @MW_ADDRESS_ERROR_NO_DOMAIN: nothing after the @ sign
 * @MW_ADDRESS_ERROR_BAD_LOCAL_PART: the part before the @ sign cannot exist
 * @MW_ADDRESS_ERROR_BAD_DOMAIN: the domain cannot exist
 * @MW_ADDRESS_ERROR_TOO_LONG: longer than RFC 5321 §4.5.3.1 allows
 * @MW_ADDRESS_ERROR_URI: a server address or web address was pasted
 *
 * Each has a sentence of its own beside the field.
 */
typedef enum {
  MW_ADDRESS_ERROR_EMPTY,
  MW_ADDRESS_ERROR_NO_AT,
  MW_ADDRESS_ERROR_TWO_AT,
  MW_ADDRESS_ERROR_BLANK,
  MW_ADDRESS_ERROR_NO_LOCAL_PART,
  MW_ADDRESS_ERROR_NO_DOMAIN,
  MW_ADDRESS_ERROR_BAD_LOCAL_PART,
  MW_ADDRESS_ERROR_BAD_DOMAIN,
  MW_ADDRESS_ERROR_TOO_LONG,
  MW_ADDRESS_ERROR_URI,
} MwAddressError;

/**
 * MwStoreError:
 * @MW_STORE_ERROR_NO_SERVICE: no Secret Service on the session bus
 * @MW_STORE_ERROR_LOCKED: the keyring is locked and stayed so
 * @MW_STORE_ERROR_NOT_STORED: what was read back is not what was stored
 * @MW_STORE_ERROR_DAMAGED: an account file cannot be read
 * @MW_STORE_ERROR_FILE: an account file cannot be written
 * @MW_STORE_ERROR_NOT_FOUND: no such account
 * @MW_STORE_ERROR_AMBIGUOUS: several accounts match
 */
typedef enum {
  MW_STORE_ERROR_NO_SERVICE,
  MW_STORE_ERROR_LOCKED,
  MW_STORE_ERROR_NOT_STORED,
  MW_STORE_ERROR_DAMAGED,
  MW_STORE_ERROR_FILE,
  MW_STORE_ERROR_NOT_FOUND,
  MW_STORE_ERROR_AMBIGUOUS,
} MwStoreError;

/**
 * MwExportError:
 * @MW_EXPORT_ERROR_NO_TARGET: no such mail program on this system
 * @MW_EXPORT_ERROR_RUNNING: the mail program has the profile open
 * @MW_EXPORT_ERROR_DAMAGED: a file of the mail program cannot be understood
 * @MW_EXPORT_ERROR_READ_ONLY: a file of the mail program cannot be written
 * @MW_EXPORT_ERROR_UNSAFE: owner, mode or place of a file is not the person's own
 * @MW_EXPORT_ERROR_PRIMARY_PASSWORD: the password store is locked by a primary password
 * @MW_EXPORT_ERROR_EXISTS_ELSEWHERE: another program (GNOME Online Accounts) provides this address
 * @MW_EXPORT_ERROR_REFUSED: the mail program's service refused the account
 * @MW_EXPORT_ERROR_HELPER: the password helper failed
 * @MW_EXPORT_ERROR_MADE_BY_HAND: the person made this account there themselves,
 *   and was not asked yet whether it may be changed
 * @MW_EXPORT_ERROR_NOT_GRANTED: the sandbox Mailwright runs in does not reach
 *   the mail program's folder
 * @MW_EXPORT_ERROR_SIGN_IN: the account signs in through the browser, in a way
 *   the mail program does not know
 * @MW_EXPORT_ERROR_NO_LOCK: the folder's file system does not tell whether the
 *   mail program has it open
 */
typedef enum {
  MW_EXPORT_ERROR_NO_TARGET,
  MW_EXPORT_ERROR_RUNNING,
  MW_EXPORT_ERROR_DAMAGED,
  MW_EXPORT_ERROR_READ_ONLY,
  MW_EXPORT_ERROR_UNSAFE,
  MW_EXPORT_ERROR_PRIMARY_PASSWORD,
  MW_EXPORT_ERROR_EXISTS_ELSEWHERE,
  MW_EXPORT_ERROR_REFUSED,
  MW_EXPORT_ERROR_HELPER,
  MW_EXPORT_ERROR_MADE_BY_HAND,
  MW_EXPORT_ERROR_NOT_GRANTED,
  MW_EXPORT_ERROR_SIGN_IN,
  MW_EXPORT_ERROR_NO_LOCK,
} MwExportError;

/**
 * MwShareError:
 * @MW_SHARE_ERROR_UNFINISHED: the account lacks a server the format asks for
 * @MW_SHARE_ERROR_CLEAR_TEXT: a server of the account is not protected
 * @MW_SHARE_ERROR_SIGN_IN: the format knows no browser sign-in
 * @MW_SHARE_ERROR_PORT: the format cannot say this security on this port
 * @MW_SHARE_ERROR_USER_NAME: a user name that is not made of the address
 * @MW_SHARE_ERROR_TEXT: a character that cannot be written in this form
 * @MW_SHARE_ERROR_HOST: a server without a name that everybody can find
 *
 * Why an account cannot be written down for others.
 */
typedef enum {
  MW_SHARE_ERROR_UNFINISHED,
  MW_SHARE_ERROR_CLEAR_TEXT,
  MW_SHARE_ERROR_SIGN_IN,
  MW_SHARE_ERROR_PORT,
  MW_SHARE_ERROR_USER_NAME,
  MW_SHARE_ERROR_TEXT,
  MW_SHARE_ERROR_HOST,
} MwShareError;

/**
 * MwLinkError:
 * @MW_LINK_ERROR_SCHEME: no such link at all
 * @MW_LINK_ERROR_SECRET: a password, or what looks like one; whoever made the
 *   link gave it away. Wins over everything else
 * @MW_LINK_ERROR_TOO_LONG: the link, a name in it or one of its texts
 * @MW_LINK_ERROR_DAMAGED: characters that no link has, or a broken form
 * @MW_LINK_ERROR_FRAGMENT: a "#"
 * @MW_LINK_ERROR_VERSION: of a version that is not known
 * @MW_LINK_ERROR_MUST: demands what is not known
 * @MW_LINK_ERROR_TOO_MANY: more of something than may be
 * @MW_LINK_ERROR_DUPLICATE: one thing is said twice
 * @MW_LINK_ERROR_BAD_ESCAPE: a "%" without two hexadecimal digits
 * @MW_LINK_ERROR_NOT_UTF8: bytes that are no text
 * @MW_LINK_ERROR_FORBIDDEN_CHAR: a character that cannot be seen or that changes
 *   how others are read
 * @MW_LINK_ERROR_BAD_ADDRESS: the address cannot exist
 * @MW_LINK_ERROR_BAD_SERVER: a service that is not known, or without protection
 * @MW_LINK_ERROR_BAD_HOST: a host without a full name
 * @MW_LINK_ERROR_BAD_PORT: not between 1 and 65535
 * @MW_LINK_ERROR_BAD_VALUE: a value that its key does not have
 * @MW_LINK_ERROR_INSECURE: clear text, or any certificate
 * @MW_LINK_ERROR_EMPTY: neither an address nor a server
 *
 * Why a link is refused.
 */
typedef enum {
  MW_LINK_ERROR_SCHEME,
  MW_LINK_ERROR_SECRET,
  MW_LINK_ERROR_TOO_LONG,
  MW_LINK_ERROR_DAMAGED,
  MW_LINK_ERROR_FRAGMENT,
  MW_LINK_ERROR_VERSION,
  MW_LINK_ERROR_MUST,
  MW_LINK_ERROR_TOO_MANY,
  MW_LINK_ERROR_DUPLICATE,
  MW_LINK_ERROR_BAD_ESCAPE,
  MW_LINK_ERROR_NOT_UTF8,
  MW_LINK_ERROR_FORBIDDEN_CHAR,
  MW_LINK_ERROR_BAD_ADDRESS,
  MW_LINK_ERROR_BAD_SERVER,
  MW_LINK_ERROR_BAD_HOST,
  MW_LINK_ERROR_BAD_PORT,
  MW_LINK_ERROR_BAD_VALUE,
  MW_LINK_ERROR_INSECURE,
  MW_LINK_ERROR_EMPTY,
} MwLinkError;

#define MW_ADDRESS_ERROR (mw_address_error_quark ())
#define MW_PROBE_ERROR (mw_probe_error_quark ())
#define MW_STORE_ERROR (mw_store_error_quark ())
#define MW_EXPORT_ERROR (mw_export_error_quark ())
#define MW_SHARE_ERROR (mw_share_error_quark ())
#define MW_LINK_ERROR (mw_link_error_quark ())

GQuark mw_address_error_quark (void);

/**
 * mw_probe_error_quark:
 *
 * The domain of everything that goes wrong between Mailwright and a server.
 * Its codes are the values of [enum@Mw.Outcome].
 *
 * Returns: the domain
 */
GQuark mw_probe_error_quark   (void);
GQuark mw_store_error_quark   (void);
GQuark mw_export_error_quark  (void);
GQuark mw_share_error_quark   (void);
GQuark mw_link_error_quark    (void);

G_END_DECLS
