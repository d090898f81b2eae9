/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

#include "core/mw-secret.h"

G_BEGIN_DECLS

/**
 * MwNssJob:
 * @MW_NSS_JOB_COMPARE: look, change nothing
 * @MW_NSS_JOB_STORE: encrypt what is not there yet; may make key4.db and a key
 */
typedef enum {
  MW_NSS_JOB_COMPARE,
  MW_NSS_JOB_STORE,
} MwNssJob;

/**
 * MwNssStore:
 * @helper_path: absolute path of the helper program
 * @folder_fd: the profile folder
 * @prefer_aes: which kind of key to make when there is none
 * @primary_password: (nullable): opens a store that is locked by one; without
 *   a lock it is not looked at
 * @time_limit: seconds until the helper is given up, 0 for the usual 25
 *
 * A password store and the means to open it. Borrows everything.
 */
typedef struct {
  const char *helper_path;
  int         folder_fd;
  gboolean    prefer_aes;
  MwSecret   *primary_password;
  guint       time_limit;
} MwNssStore;

/**
 * MwNssRecord:
 *
 * One encrypted log-in of logins.json, and what it says.
 */
typedef struct {
  char     *user;
  char     *password;

  char     *clear_user;     /* after decrypting; NULL: cannot be decrypted */
  MwSecret *clear_password; /* the same */
} MwNssRecord;

MwNssRecord *mw_nss_record_new  (const char  *encrypted_user,
                                 const char  *encrypted_password);
void         mw_nss_record_free (MwNssRecord *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwNssRecord, mw_nss_record_free)

/**
 * MwNssLogin:
 *
 * A question to the helper about one log-in, and its answer.
 */
typedef struct {
  char      *user;
  MwSecret  *password;           /* NULL: only look for the user name */
  GPtrArray *records;            /* element MwNssRecord: those of this server */

  int        match;              /* which of records has this user name, or -1 */
  gboolean   same;               /* and this password too */
  char      *encrypted_user;     /* after STORE, unless same */
  char      *encrypted_password;
} MwNssLogin;

MwNssLogin *mw_nss_login_new        (const char  *user,
                                     MwSecret    *password);

/**
 * mw_nss_login_add_record:
 *
 * Adds a record the log-in may be found in.
 */
void        mw_nss_login_add_record (MwNssLogin  *self,
                                     const char  *encrypted_user,
                                     const char  *encrypted_password);
void        mw_nss_login_free       (MwNssLogin  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwNssLogin, mw_nss_login_free)

/**
 * mw_nss_helper_run:
 * @store: the password store
 * @job: what to do
 * @logins: (element-type MwNssLogin): questions; the answers are filled in
 * @error: return location for %MW_EXPORT_ERROR_HELPER,
 *   %MW_EXPORT_ERROR_DAMAGED or %MW_EXPORT_ERROR_PRIMARY_PASSWORD: the store
 *   is locked and no primary password was given, or a wrong one
 *
 * Starts the helper for one job. Blocks for as long as that takes, at most
 * some seconds: for threads that do file work.
 *
 * Returns: whether @logins are answered
 */
gboolean    mw_nss_helper_run       (const MwNssStore  *store,
                                     MwNssJob           job,
                                     GPtrArray         *logins,
                                     GError           **error);

/**
 * mw_nss_helper_decrypt:
 * @store: the password store
 * @records: (element-type MwNssRecord): what to decrypt; the clear texts are
 *   filled in
 * @error: return location for the errors of mw_nss_helper_run()
 *
 * Asks the helper what records say, for accounts that are taken over from
 * Thunderbird. Changes nothing, neither needs nor takes a lock: Thunderbird
 * may run. A record that this store has no key to, or a store that is not
 * there, is no error: its clear texts stay %NULL. Blocks like
 * mw_nss_helper_run().
 *
 * Returns: whether @records say what is so
 */
gboolean    mw_nss_helper_decrypt   (const MwNssStore  *store,
                                     GPtrArray         *records,
                                     GError           **error);

/**
 * MwNssAuthority:
 * @MW_NSS_HAS_NO_AUTHORITY: the profile does not have it
 * @MW_NSS_HAS_UNTRUSTED_AUTHORITY: the profile has it and does not trust it
 * @MW_NSS_HAS_TRUSTED_AUTHORITY: the profile trusts it for servers
 *
 * What a profile holds of an authority (cert9.db).
 */
typedef enum {
  MW_NSS_HAS_NO_AUTHORITY,
  MW_NSS_HAS_UNTRUSTED_AUTHORITY,
  MW_NSS_HAS_TRUSTED_AUTHORITY,
} MwNssAuthority;

/**
 * mw_nss_helper_look_for_authority:
 * @store: the profile
 * @sha256: SHA-256 of the authority's certificate, in lower-case hex
 * @authority: (out): what the profile holds of it
 * @error: return location for the errors of mw_nss_helper_run()
 *
 * Changes nothing. Blocks like mw_nss_helper_run().
 *
 * Returns: whether @authority says what is so
 */
gboolean    mw_nss_helper_look_for_authority (const MwNssStore  *store,
                                              const char        *sha256,
                                              MwNssAuthority    *authority,
                                              GError           **error);

/**
 * mw_nss_helper_trust_authority:
 * @store: the profile
 * @der: the authority's certificate
 * @error: return location for the errors of mw_nss_helper_run()
 *
 * Makes an authority that the profile does not have one that it trusts for
 * servers, and for nothing else. Blocks like mw_nss_helper_run().
 *
 * Returns: whether the profile trusts it
 */
gboolean    mw_nss_helper_trust_authority    (const MwNssStore  *store,
                                              GBytes            *der,
                                              GError           **error);

/**
 * mw_nss_helper_forget_authority:
 * @store: the profile
 * @sha256: SHA-256 of the authority's certificate, in lower-case hex
 * @error: return location for the errors of mw_nss_helper_run()
 *
 * Takes an authority out. Blocks like mw_nss_helper_run().
 *
 * Returns: whether the profile does not have it (any more)
 */
gboolean    mw_nss_helper_forget_authority   (const MwNssStore  *store,
                                              const char        *sha256,
                                              GError           **error);

/**
 * mw_nss_helper_find:
 *
 * Returns: (transfer full) (nullable): the path of the installed helper, or of
 *   the one that was built together with the running program
 */
char       *mw_nss_helper_find      (void);

G_END_DECLS
