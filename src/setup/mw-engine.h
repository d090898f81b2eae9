/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

#include "core/mw-export-options.h"
#include "core/mw-export-target.h"
#include "core/mw-found-account.h"
#include "core/mw-network-condition.h"
#include "core/mw-profile.h"
#include "core/mw-provider.h"
#include "core/mw-secret.h"
#include "store/mw-profile-store.h"

G_BEGIN_DECLS

#define MW_TYPE_ENGINE (mw_engine_get_type ())

/**
 * MwEngine:
 *
 * What a process needs once: the trust store, the resolver, the saved
 * accounts, the keyring and the exporters. Everything the window and the
 * command line do with a saved account goes through it; adding one is
 * [class@Mw.Setup].
 *
 * The signal `network-changed` says that [method@Mw.Engine.get_network] may
 * have another answer, or [method@Mw.Setup.is_held_back].
 */
G_DECLARE_FINAL_TYPE (MwEngine, mw_engine, MW, ENGINE, GObject)

/**
 * mw_engine_new:
 * @data_dir: (nullable): folder instead of `$XDG_DATA_HOME/mailwright`
 *
 * Returns: (transfer full): a new engine
 */
MwEngine       *mw_engine_new                  (const char           *data_dir);

/**
 * mw_engine_clean_environment:
 *
 * Unsets variables that would make libraries write secrets down
 * (`SSLKEYLOGFILE`, `GNUTLS_DEBUG_LEVEL`, `WAYLAND_DEBUG`, `G_DBUS_DEBUG`)
 * and forbids core files. Call it first in main(), before any thread.
 */
void            mw_engine_clean_environment    (void);

/**
 * mw_engine_add_ca_file:
 * @path: PEM file with extra trust anchors, for this process only
 * @error: return location for an error of GIO
 *
 * Returns: whether the file held at least one certificate
 */
gboolean        mw_engine_add_ca_file          (MwEngine             *self,
                                                const char           *path,
                                                GError              **error);
MwProfileStore *mw_engine_get_profile_store    (MwEngine             *self);

/**
 * mw_engine_get_network:
 *
 * The first call starts finding out and says online until that is done;
 * `network-changed` follows.
 *
 * Returns: what the system says of the network
 */
MwNetworkCondition mw_engine_get_network       (MwEngine             *self);

/**
 * mw_engine_lookup_provider:
 * @domain: an e-mail domain, normalised
 *
 * Asks nobody: what is known of exactly this domain without the network.
 *
 * Returns: (transfer none) (nullable): who keeps its mail
 */
MwProvider     *mw_engine_lookup_provider      (MwEngine             *self,
                                                const char           *domain);

/**
 * mw_engine_dup_well_known_providers:
 * @country: ISO 3166 code, or empty
 * @max_providers: how many to return at most
 *
 * Returns: (transfer container) (element-type MwProvider): confirmed providers
 *   people have addresses at, those of @country first, best known first
 */
GPtrArray      *mw_engine_dup_well_known_providers (MwEngine      *self,
                                                    const char    *country,
                                                    guint          max_providers);

/**
 * mw_engine_check_keyring_async:
 *
 * Asks whether passwords can be kept; %MW_STORE_ERROR_NO_SERVICE when not.
 */
void            mw_engine_check_keyring_async  (MwEngine             *self,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean        mw_engine_check_keyring_finish (MwEngine             *self,
                                                GAsyncResult         *result,
                                                GError              **error);

/**
 * mw_engine_lookup_secret_async:
 * @profile: a saved account
 * @side: which side
 *
 * The password of a saved account, from the keyring, bound to its server.
 */
void            mw_engine_lookup_secret_async  (MwEngine             *self,
                                                MwProfile            *profile,
                                                MwSide                side,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
MwSecret       *mw_engine_lookup_secret_finish (MwEngine             *self,
                                                GAsyncResult         *result,
                                                GError              **error);

/**
 * mw_engine_find_targets_async:
 *
 * Looks for all mail programs that can take an account.
 */
void            mw_engine_find_targets_async   (MwEngine             *self,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);

/**
 * mw_engine_find_targets_finish:
 *
 * Returns: (transfer full) (element-type MwExportTarget): may be empty
 */
GPtrArray      *mw_engine_find_targets_finish  (MwEngine             *self,
                                                GAsyncResult         *result,
                                                GError              **error);

/**
 * mw_engine_export_async:
 * @profile: a saved account
 * @target_id: id of a target, or a Thunderbird profile folder
 * @incoming: (nullable): password; %NULL takes it from the keyring
 * @outgoing: (nullable): password of the outgoing side, likewise
 * @options: (nullable): what the person said; %NULL when nobody was asked
 *
 * Hands the account over and remembers in it where it went.
 */
void            mw_engine_export_async         (MwEngine              *self,
                                                MwProfile             *profile,
                                                const char            *target_id,
                                                MwSecret              *incoming,
                                                MwSecret              *outgoing,
                                                const MwExportOptions *options,
                                                GCancellable          *cancellable,
                                                GAsyncReadyCallback    callback,
                                                gpointer               user_data);
MwExportReport *mw_engine_export_finish        (MwEngine             *self,
                                                GAsyncResult         *result,
                                                GError              **error);

/**
 * mw_engine_delete_async:
 * @profile: a saved account
 * @keep_secret: leave the password in the keyring
 * @target_ids: (nullable) (array zero-terminated=1): mail programs to take the
 *   account out of, too
 * @options: (nullable): what the person said about that
 *
 * Deletes the account here. Never deletes mail.
 */
void            mw_engine_delete_async         (MwEngine              *self,
                                                MwProfile             *profile,
                                                gboolean               keep_secret,
                                                const char * const    *target_ids,
                                                const MwExportOptions *options,
                                                GCancellable          *cancellable,
                                                GAsyncReadyCallback    callback,
                                                gpointer               user_data);
gboolean        mw_engine_delete_finish        (MwEngine             *self,
                                                GAsyncResult         *result,
                                                GError              **error);

/**
 * mw_engine_read_accounts_async:
 * @target_id: id of a target, the folder of a Thunderbird profile, or the
 *   folder with Evolution's sources
 * @with_passwords: whether to look for passwords, too
 * @options: (nullable): its primary password opens the mail program's store
 *
 * Reads the accounts that stand in a mail program; changes nothing there. Load
 * the saved accounts before, so that those among them are recognised.
 */
void            mw_engine_read_accounts_async  (MwEngine              *self,
                                                const char            *target_id,
                                                gboolean               with_passwords,
                                                const MwExportOptions *options,
                                                GCancellable          *cancellable,
                                                GAsyncReadyCallback    callback,
                                                gpointer               user_data);

/**
 * mw_engine_read_accounts_finish:
 * @error: return location for a %MW_EXPORT_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type MwFoundAccount): the
 *   accounts, also those that cannot be imported
 */
GPtrArray      *mw_engine_read_accounts_finish (MwEngine             *self,
                                                GAsyncResult         *result,
                                                GError              **error);

/**
 * mw_engine_import_async:
 * @account: an account that was read out of a mail program
 * @allowed_hosts: (nullable) (array zero-terminated=1): those of its hosts that
 *   the person said yes to
 * @keep_passwords: put its passwords into the keyring; %FALSE when there is none
 *
 * Saves the account here: not tested yet, and never the default. One that is
 * saved already stays as it is. Hand it over with mw_engine_export_async(),
 * which may get the passwords of @account.
 */
void            mw_engine_import_async         (MwEngine             *self,
                                                MwFoundAccount       *account,
                                                const char * const   *allowed_hosts,
                                                gboolean              keep_passwords,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);

/**
 * mw_engine_import_finish:
 * @error: return location for %MW_OUTCOME_CONSENT_NEEDED of %MW_PROBE_ERROR
 *   when a host of the account was not allowed, %MW_EXPORT_ERROR_REFUSED when
 *   there is an obstacle, or a %MW_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): the saved account
 */
MwProfile      *mw_engine_import_finish        (MwEngine             *self,
                                                GAsyncResult         *result,
                                                GError              **error);

G_END_DECLS
