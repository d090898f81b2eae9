/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-address.h"
#include "core/mw-conflict.h"
#include "core/mw-source-report.h"
#include "core/mw-verdict.h"
#include "setup/mw-advice.h"
#include "setup/mw-engine.h"

G_BEGIN_DECLS

/**
 * MwSetupState:
 * @MW_SETUP_STATE_IDLE: nothing was checked yet, or something was changed since
 * @MW_SETUP_STATE_CHECKING: a run is under way
 * @MW_SETUP_STATE_QUESTION: the run ended because hosts need the person's yes;
 *   allow them and check again
 * @MW_SETUP_STATE_PROBLEM: the run ended with a problem
 * @MW_SETUP_STATE_VERIFIED: both sides work (or the one that was wanted)
 * @MW_SETUP_STATE_SAVED: the account and its password are kept
 */
typedef enum {
  MW_SETUP_STATE_IDLE,
  MW_SETUP_STATE_CHECKING,
  MW_SETUP_STATE_QUESTION,
  MW_SETUP_STATE_PROBLEM,
  MW_SETUP_STATE_VERIFIED,
  MW_SETUP_STATE_SAVED,
} MwSetupState;

#define MW_TYPE_SETUP_STATE (mw_setup_state_get_type ())
GType mw_setup_state_get_type (void) G_GNUC_CONST;

#define MW_TYPE_SETUP (mw_setup_get_type ())

/**
 * MwSetup:
 *
 * Setting one account up: address and password in, a proved account out. The
 * window and the command line drive the same object.
 *
 * Properties: `state` ([enum@Mw.SetupState], read-only), `sender-name`,
 * `label`, `description`, `signature` (strings), `make-default`,
 * `notifications`, `leave-on-server`, `outgoing-authentication`,
 * `same-credentials`, `receive-only`, `log-in`, `browser-sign-in`,
 * `use-ispdb` (booleans),
 * `delete-after-days` (uint), `timeout` (uint, seconds, 0 for the usual
 * deadlines). All notify.
 *
 * With `browser-sign-in` no password is wanted, sent or kept: a run looks for
 * servers at which a mail program can sign in through the browser, and proves
 * that they answer and offer it; the account leaves the signing in to the mail
 * program.
 *
 * The signal `changed` says that verdicts or source reports are new.
 */
G_DECLARE_FINAL_TYPE (MwSetup, mw_setup, MW, SETUP, GObject)

MwSetup       *mw_setup_new                (MwEngine             *engine);

/**
 * mw_setup_open_profile:
 * @profile: a saved account
 *
 * Goes on with a saved account: its servers, names and options are entered,
 * its passwords are not. Saving replaces it, unless the address is changed,
 * which makes it another account.
 */
void           mw_setup_open_profile       (MwSetup              *self,
                                            MwProfile            *profile);
MwEngine      *mw_setup_get_engine         (MwSetup              *self);
MwSetupState   mw_setup_get_state          (MwSetup              *self);

/**
 * mw_setup_set_address:
 * @text: what was typed
 * @typed: the person typed or confirmed it; %FALSE when it came from a link
 * @error: return location for a %MW_ADDRESS_ERROR
 *
 * Returns: whether it is an address; if not, the former one stays
 */
gboolean       mw_setup_set_address        (MwSetup              *self,
                                            const char           *text,
                                            gboolean              typed,
                                            GError              **error);
MwAddress     *mw_setup_get_address        (MwSetup              *self);

/**
 * mw_setup_get_provider:
 *
 * The provider of the address, as far as is known without the network; after a
 * run also the one its server was found to belong to.
 *
 * Returns: (transfer none) (nullable): who keeps the mail
 */
MwProvider    *mw_setup_get_provider       (MwSetup              *self);

/**
 * mw_setup_set_password:
 * @side: %MW_SIDE_OUTGOING only for a password of its own
 * @secret: (nullable): the password; %NULL forgets it
 */
void           mw_setup_set_password       (MwSetup              *self,
                                            MwSide                side,
                                            MwSecret             *secret);
gboolean       mw_setup_has_password       (MwSetup              *self,
                                            MwSide                side);

/**
 * mw_setup_needs_password:
 *
 * Returns: whether a password has to be entered before a run can begin
 */
gboolean       mw_setup_needs_password     (MwSetup              *self);

/**
 * mw_setup_get_redactor:
 *
 * Everything from outside goes through it before it is shown: it knows this
 * set-up's passwords, the former ones too. Verdicts went through it already
 * but for certificates.
 *
 * Returns: (transfer none): the redactor
 */
MwRedactor    *mw_setup_get_redactor       (MwSetup              *self);

/**
 * mw_setup_set_user_name:
 * @user_name: (nullable): literal log-in name; %NULL for what the sources say
 */
void           mw_setup_set_user_name      (MwSetup              *self,
                                            MwSide                side,
                                            const char           *user_name);
const char    *mw_setup_get_user_name      (MwSetup              *self,
                                            MwSide                side);

/**
 * mw_setup_set_auth:
 * @side: which side
 * @method: a method that takes a password, the only one to log in with;
 *   %MW_AUTH_UNKNOWN for the best that the server offers
 */
void           mw_setup_set_auth           (MwSetup              *self,
                                            MwSide                side,
                                            MwAuthMethod          method);
MwAuthMethod   mw_setup_get_auth           (MwSetup              *self,
                                            MwSide                side);

/**
 * mw_setup_set_servers:
 * @side: which side
 * @endpoints: (nullable) (element-type MwEndpoint): servers typed by hand, in
 *   order; %NULL or empty to look for them
 */
void           mw_setup_set_servers        (MwSetup              *self,
                                            MwSide                side,
                                            GPtrArray            *endpoints);

/**
 * mw_setup_switch_security:
 * @side: whose server, typed by hand, was found to use the other kind
 *
 * SSL/TLS in place of STARTTLS, or STARTTLS in place of SSL/TLS, at the same
 * port.
 *
 * Returns: whether that server was typed by hand and is changed now
 */
gboolean       mw_setup_switch_security    (MwSetup              *self,
                                            MwSide                side);

/**
 * mw_setup_get_servers:
 *
 * Returns: (transfer none) (nullable) (element-type MwEndpoint): the servers
 *   typed by hand, or %NULL
 */
GPtrArray     *mw_setup_get_servers        (MwSetup              *self,
                                            MwSide                side);

/**
 * mw_setup_set_protocol:
 * @protocol: IMAP or POP3, or -1 for the best that works
 */
void           mw_setup_set_protocol       (MwSetup              *self,
                                            int                   protocol);
int            mw_setup_get_protocol       (MwSetup              *self);

/**
 * mw_setup_choose_provider:
 * @provider: (nullable): who keeps the mail, of
 *   [method@Mw.Engine.dup_well_known_providers]; %NULL to find out
 *
 * The person says who keeps the mail, whatever the domain of the address: the
 * servers of @provider are tried first and get the password like those of a
 * listed domain. Does nothing for an address out of a link.
 */
void           mw_setup_choose_provider    (MwSetup              *self,
                                            MwProvider           *provider);

/**
 * mw_setup_get_chosen_provider:
 *
 * Returns: (transfer none) (nullable): what mw_setup_choose_provider() set
 */
MwProvider    *mw_setup_get_chosen_provider (MwSetup             *self);

/**
 * mw_setup_allow_host:
 * @host: a host the person said yes to
 *
 * Kept for this set-up; the next run may send the password there.
 */
void           mw_setup_allow_host         (MwSetup              *self,
                                            const char           *host);

/**
 * mw_setup_add_pin:
 * @sha256: fingerprint of the one certificate to accept, hex, colons allowed
 * @host: for this host
 * @port: and port
 *
 * Returns: whether @sha256 is a fingerprint
 */
gboolean       mw_setup_add_pin            (MwSetup              *self,
                                            const char           *sha256,
                                            const char           *host,
                                            guint16               port);

/**
 * mw_setup_is_held_back:
 * @address: (nullable): an address that is being typed, in place of the
 *   entered one
 *
 * Returns: whether nothing of what a run would try can be reached, as the
 *   system says of the network
 */
gboolean       mw_setup_is_held_back       (MwSetup              *self,
                                            MwAddress            *address);

/**
 * mw_setup_check_async:
 * @self: a set-up with an address and, unless `log-in` is off,
 *   `browser-sign-in` is on, or the receiving side is proved already, a password
 * @cancellable: (nullable): to stop
 * @callback: (scope async): called when the run has ended
 * @user_data: for @callback
 *
 * One run: find, dial, prove. After it `state`, outcome, advice and verdicts
 * tell the rest. Sides that were proved in an earlier run with the same
 * settings are not tried again.
 */
void           mw_setup_check_async        (MwSetup              *self,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);

/**
 * mw_setup_check_finish:
 *
 * Returns: whether the account works; %FALSE with @error only when the run
 *   could not be started
 */
gboolean       mw_setup_check_finish       (MwSetup              *self,
                                            GAsyncResult         *result,
                                            GError              **error);
MwOutcome      mw_setup_get_outcome        (MwSetup              *self);

/**
 * mw_setup_get_advice:
 *
 * Returns: (transfer none) (nullable): what to tell the person after a run
 */
MwAdvice      *mw_setup_get_advice         (MwSetup              *self);

/**
 * mw_setup_get_verdicts:
 *
 * Returns: (transfer none) (element-type MwVerdict): every probe of the run,
 *   best first, also those under way
 */
GPtrArray     *mw_setup_get_verdicts       (MwSetup              *self);

/**
 * mw_setup_get_verdict:
 *
 * Returns: (transfer none) (nullable): the probe that decided this side
 */
MwVerdict     *mw_setup_get_verdict        (MwSetup              *self,
                                            MwSide                side);

/**
 * mw_setup_get_source_reports:
 *
 * Returns: (transfer none) (element-type MwSourceReport): one for each source
 */
GPtrArray     *mw_setup_get_source_reports (MwSetup              *self);

/**
 * mw_setup_get_conflicts:
 *
 * Returns: (transfer none) (element-type MwConflict): where sources that
 *   deserve trust disagree
 */
GPtrArray     *mw_setup_get_conflicts      (MwSetup              *self);

/**
 * mw_setup_get_consent_hosts:
 *
 * Returns: (transfer none) (nullable) (array zero-terminated=1): the hosts of
 *   the question
 */
const char * const *mw_setup_get_consent_hosts (MwSetup          *self);

/**
 * mw_setup_get_presentations:
 *
 * Returns: (transfer none) (element-type utf8 guint): how often the password
 *   was sent in this run, by "host:protocol"
 */
GHashTable    *mw_setup_get_presentations  (MwSetup              *self);
gint64         mw_setup_get_elapsed_us     (MwSetup              *self);

/**
 * mw_setup_get_verified_us:
 *
 * Returns: microseconds from the start of the run until both servers had
 *   accepted the log-in, -1 when they have not
 */
gint64         mw_setup_get_verified_us    (MwSetup              *self);

/**
 * mw_setup_describe_progress:
 *
 * Returns: (transfer full): what that side is doing, in words
 */
char          *mw_setup_describe_progress  (MwSetup              *self,
                                            MwSide                side);

/**
 * mw_setup_make_profile:
 *
 * Returns: (transfer full) (nullable): the account as it would be saved
 */
MwProfile     *mw_setup_make_profile       (MwSetup              *self);

/**
 * mw_setup_save_async:
 * @keep_password: put the password in the keyring; `%FALSE` when there is none
 *
 * Keeps the account and its password. May be called again after its label,
 * signature and the like were changed.
 */
void           mw_setup_save_async         (MwSetup              *self,
                                            gboolean              keep_password,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);

/**
 * mw_setup_save_finish:
 *
 * Returns: (transfer full) (nullable): the saved account
 */
MwProfile     *mw_setup_save_finish        (MwSetup              *self,
                                            GAsyncResult         *result,
                                            GError              **error);

/**
 * mw_setup_get_password_kept:
 *
 * Returns: whether the password as it was entered last is in the keyring, for
 *   whoever needs it later
 */
gboolean       mw_setup_get_password_kept  (MwSetup              *self);

/**
 * mw_setup_export_async:
 * @target_id: id of a target
 * @options: (nullable): what the person said; %NULL when nobody was asked
 *
 * Hands the saved account over, with the password of this set-up even when it
 * is not in the keyring.
 */
void           mw_setup_export_async       (MwSetup               *self,
                                            const char            *target_id,
                                            const MwExportOptions *options,
                                            GCancellable          *cancellable,
                                            GAsyncReadyCallback    callback,
                                            gpointer               user_data);
MwExportReport *mw_setup_export_finish     (MwSetup              *self,
                                            GAsyncResult         *result,
                                            GError              **error);

G_END_DECLS
