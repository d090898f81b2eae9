/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib-object.h>

#include "core/mw-address.h"
#include "core/mw-credentials.h"
#include "core/mw-enums.h"
#include "core/mw-mail-folders.h"
#include "protocol/mw-scram-key.h"

G_BEGIN_DECLS

/**
 * MwStepKind:
 * @MW_STEP_READ: read one more line and call [method@Mw.Dialogue.receive]
 * @MW_STEP_SEND: write the data, then read
 * @MW_STEP_START_TLS: nothing may be buffered; upgrade, then call
 *   [method@Mw.Dialogue.secured]
 * @MW_STEP_READY: capabilities are known; wait for
 *   [method@Mw.Dialogue.authenticate] or [method@Mw.Dialogue.prove_without_login]
 * @MW_STEP_COMPUTE: compute the key, away from the main loop, then call
 *   [method@Mw.Dialogue.computed]; read nothing before that
 * @MW_STEP_AUTHENTICATED: the server accepted the log-in; the data (may be
 *   %NULL) is to be written, then read on: the rest of the proof follows
 * @MW_STEP_FINISHED: all is proved; the data (may be %NULL: LOGOUT, QUIT) is
 *   to be written without waiting for an answer
 */
typedef enum {
  MW_STEP_READ,
  MW_STEP_SEND,
  MW_STEP_START_TLS,
  MW_STEP_READY,
  MW_STEP_COMPUTE,
  MW_STEP_AUTHENTICATED,
  MW_STEP_FINISHED,
} MwStepKind;

/**
 * MwStep:
 * @kind: what to do
 * @data: (nullable): bytes to write; wiped on their last unref when sensitive
 * @sensitive: never log @data
 * @presents_secret: @data holds the password or a proof of it: take one from
 *   the budget before writing
 * @key: (nullable): what to compute
 *
 * What a dialogue wants done next.
 */
typedef struct {
  MwStepKind  kind;
  GBytes     *data;
  gboolean    sensitive;
  gboolean    presents_secret;
  MwScramKey *key;
} MwStep;

void mw_step_clear (MwStep *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MwStep, mw_step_clear)

#define MW_TYPE_DIALOGUE (mw_dialogue_get_type ())

/**
 * MwDialogue:
 *
 * One conversation with a mail server as a pure machine: a line in, a step
 * out. Sockets, TLS and deadlines belong to the probe.
 */
G_DECLARE_DERIVABLE_TYPE (MwDialogue, mw_dialogue, MW, DIALOGUE, GObject)

/**
 * mw_dialogue_new:
 * @endpoint: what to speak, and whether STARTTLS is required
 * @address: the person's address, for MAIL and RCPT
 * @client_name: own IP address, for EHLO as a literal (RFC 5321 §4.1.3)
 *
 * Returns: (transfer full): a dialogue that waits for the greeting
 */
MwDialogue  *mw_dialogue_new                  (MwEndpoint     *endpoint,
                                               MwAddress      *address,
                                               const char     *client_name);

/**
 * mw_dialogue_receive:
 * @line: one line from the server, with its line end
 * @length: its length
 * @out_step: (out caller-allocates): what to do next
 * @error: return location for a %MW_PROBE_ERROR
 *
 * Returns: whether the conversation goes on; an error ends it
 */
gboolean     mw_dialogue_receive              (MwDialogue     *self,
                                               const char     *line,
                                               gsize           length,
                                               MwStep         *out_step,
                                               GError        **error);

/**
 * mw_dialogue_secured:
 *
 * TLS stands and its certificate was accepted: forget everything heard in
 * clear and go on. For implicit TLS, call it before the greeting.
 */
gboolean     mw_dialogue_secured              (MwDialogue     *self,
                                               MwStep         *out_step,
                                               GError        **error);

/**
 * mw_dialogue_prefer_mutual:
 *
 * Logs in by SCRAM where that is offered, before anything that hands the
 * password over: for servers that no certificate authority vouches for.
 */
void         mw_dialogue_prefer_mutual        (MwDialogue     *self);

/**
 * mw_dialogue_set_auth:
 * @method: the only method to log in with; %MW_AUTH_UNKNOWN for the best that
 *   is offered
 *
 * For a person who says how. A method that is not offered is never tried.
 */
void         mw_dialogue_set_auth             (MwDialogue     *self,
                                               MwAuthMethod    method);

/**
 * mw_dialogue_authenticate:
 * @credentials: for this dialogue's endpoint
 *
 * Starts the log-in, after %MW_STEP_READY, with the best mechanism that is
 * offered, and goes on to the next when the server refuses that mechanism, but
 * never after it refused the password; then follow the proofs of mailbox or
 * sender.
 */
gboolean     mw_dialogue_authenticate         (MwDialogue     *self,
                                               MwCredentials  *credentials,
                                               MwStep         *out_step,
                                               GError        **error);

/**
 * mw_dialogue_computed:
 *
 * Goes on after %MW_STEP_COMPUTE; the key was computed.
 */
gboolean     mw_dialogue_computed             (MwDialogue     *self,
                                               MwStep         *out_step,
                                               GError        **error);

/**
 * mw_dialogue_prove_without_login:
 *
 * After %MW_STEP_READY, SMTP only: MAIL and RCPT of the own address without
 * AUTH, to learn whether the server takes mail without log-in.
 */
gboolean     mw_dialogue_prove_without_login  (MwDialogue     *self,
                                               MwStep         *out_step,
                                               GError        **error);

/**
 * mw_dialogue_get_stage:
 *
 * Returns: how far the conversation came: GREETING to DONE
 */
MwStage      mw_dialogue_get_stage            (MwDialogue     *self);

/**
 * mw_dialogue_get_server_text:
 *
 * Returns: (transfer none) (nullable): the words of the last answer that
 *   mattered, as received after TLS, not redacted
 */
const char  *mw_dialogue_get_server_text      (MwDialogue     *self);

/**
 * mw_dialogue_get_capabilities:
 *
 * Returns: (transfer none) (nullable) (array zero-terminated=1): newest list
 */
const char * const *mw_dialogue_get_capabilities (MwDialogue  *self);
const char * const *mw_dialogue_get_auth_offered (MwDialogue  *self);

/**
 * mw_dialogue_get_auth:
 *
 * Returns: the method used, %MW_AUTH_UNKNOWN before
 */
MwAuthMethod mw_dialogue_get_auth             (MwDialogue     *self);

/**
 * mw_dialogue_is_proved:
 *
 * Returns: whether all is proved, and what is still to come is only good to
 *   know: if the connection breaks now, the account works all the same
 */
gboolean     mw_dialogue_is_proved            (MwDialogue     *self);

/**
 * mw_dialogue_get_notes:
 *
 * Returns: 1 << MW_NOTE_… of what is worth knowing besides the outcome
 */
guint        mw_dialogue_get_notes            (MwDialogue     *self);

/**
 * mw_dialogue_make_folders:
 *
 * Returns: (transfer full) (nullable): what the server has said about its
 *   folders after the log-in
 */
MwMailFolders *mw_dialogue_make_folders       (MwDialogue     *self);

/**
 * mw_dialogue_get_refusal:
 *
 * A server that does not take one mechanism is offered the next one it named.
 *
 * Returns: how it refused the one before; %MW_OUTCOME_WORKS when it did not
 */
MwOutcome    mw_dialogue_get_refusal          (MwDialogue     *self);

G_END_DECLS
