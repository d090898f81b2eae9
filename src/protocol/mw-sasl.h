/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-credentials.h"
#include "core/mw-enums.h"
#include "protocol/mw-scram-key.h"
#include "protocol/mw-span.h"

G_BEGIN_DECLS

/**
 * MwSasl:
 *
 * One exchange by one SASL mechanism, seen from the client. Which mechanism
 * is our choice; GNU SASL makes the bytes. Everything goes in and out in
 * base64, as all three protocols want it.
 */
typedef struct _MwSasl MwSasl;

/**
 * MwSaslMethods:
 *
 * A set of authentication methods, one bit each.
 */
typedef guint MwSaslMethods;

#define MW_SASL_METHOD(method) ((MwSaslMethods) 1 << (method))

/* Methods that hand the password over instead of proving that it is known. */
#define MW_SASL_METHODS_PLAIN (MW_SASL_METHOD (MW_AUTH_PLAIN) | MW_SASL_METHOD (MW_AUTH_LOGIN) | \
                               MW_SASL_METHOD (MW_AUTH_PASSWORD_COMMAND))

/**
 * mw_sasl_choose:
 * @offered: (nullable) (array zero-terminated=1): SASL names the server offers
 * @password_command: whether IMAP LOGIN, or POP3 USER and PASS, could be used
 * @excluded: methods that are out of the question
 * @out_method: (out): what to log in with, untouched on failure
 *
 * Chooses what a mail program would use inside TLS: PLAIN, LOGIN, the
 * protocol's own command, then the mechanisms that only prove the password.
 * Never one that was not offered.
 *
 * Returns: %MW_OUTCOME_WORKS, %MW_OUTCOME_NEED_OAUTH or %MW_OUTCOME_MECH_NONE
 */
MwOutcome    mw_sasl_choose          (const char * const *offered,
                                      gboolean            password_command,
                                      MwSaslMethods       excluded,
                                      MwAuthMethod       *out_method);

/**
 * mw_sasl_choose_mutual:
 * @offered: (nullable) (array zero-terminated=1): SASL names the server offers
 * @excluded: methods that are out of the question
 * @out_method: (out): what to log in with, untouched on failure
 *
 * Chooses a mechanism that keeps the password from the server and makes it
 * prove that it knows it, too.
 *
 * Returns: whether one was offered
 */
gboolean     mw_sasl_choose_mutual   (const char * const *offered,
                                      MwSaslMethods       excluded,
                                      MwAuthMethod       *out_method);

/**
 * mw_sasl_find_impossible:
 * @credentials: user name and password
 *
 * Returns: the methods that cannot carry them: SCRAM knows no control
 *   characters, and no mechanism a NUL inside
 */
MwSaslMethods mw_sasl_find_impossible (MwCredentials     *credentials);

/**
 * mw_sasl_new:
 * @method: a SASL mechanism
 * @credentials: whose
 * @error: return location for a %MW_PROBE_ERROR
 *
 * Returns: (transfer full) (nullable): the beginning of an exchange
 */
MwSasl      *mw_sasl_new             (MwAuthMethod        method,
                                      MwCredentials      *credentials,
                                      GError            **error);
void         mw_sasl_free            (MwSasl             *self);

/**
 * mw_sasl_is_client_first:
 *
 * Returns: whether the client speaks first, so that its first message can go
 *   as initial response (RFC 4422 §4.3)
 */
gboolean     mw_sasl_is_client_first (MwSasl             *self);

/**
 * mw_sasl_read_challenge:
 * @challenge: what the server said, in base64
 * @out_key: (out) (transfer full) (nullable): what has to be computed before
 *   [method@Mw.Sasl.step] and takes long; mostly %NULL
 * @error: return location for a %MW_PROBE_ERROR
 *
 * Looks at a challenge before it is answered.
 *
 * Returns: whether it can be answered
 */
gboolean     mw_sasl_read_challenge  (MwSasl             *self,
                                      MwSpan              challenge,
                                      MwScramKey        **out_key,
                                      GError            **error);

/**
 * mw_sasl_step:
 * @challenge: what the server said, in base64; empty for the first message of
 *   a client that speaks first
 * @out_response: (out) (transfer full): the answer in base64, NUL-terminated,
 *   maybe empty; free it with [func@Mw.secret_free_bytes]
 * @out_length: (out): its length
 * @out_presents_secret: (out): whether it is the password or a proof of it
 * @error: return location for a %MW_PROBE_ERROR
 *
 * Returns: whether there is an answer
 */
gboolean     mw_sasl_step            (MwSasl             *self,
                                      MwSpan              challenge,
                                      char              **out_response,
                                      gsize              *out_length,
                                      gboolean           *out_presents_secret,
                                      GError            **error);

/**
 * mw_sasl_read_success:
 * @text: the words the server says yes with
 *
 * Some servers send the last message of SCRAM, their signature, along with
 * the yes: in base64, as one word of it. Completes the exchange with it.
 */
void         mw_sasl_read_success    (MwSasl             *self,
                                      MwSpan              text);

/**
 * mw_sasl_is_complete:
 *
 * Returns: whether the mechanism has said, and verified, all it wants to. A
 *   server that accepts before that has not looked at the password, or does
 *   not know it.
 */
gboolean     mw_sasl_is_complete     (MwSasl             *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwSasl, mw_sasl_free)

G_END_DECLS
