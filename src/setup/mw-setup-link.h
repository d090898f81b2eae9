/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-endpoint.h"

G_BEGIN_DECLS

/**
 * MW_SETUP_LINK_SCHEME:
 *
 * What every link begins with, in any letter case.
 */
#define MW_SETUP_LINK_SCHEME "mailto-setup:"

/**
 * MW_SETUP_LINK_MAX:
 *
 * The longest link that is read, in octets.
 */
#define MW_SETUP_LINK_MAX 2048

/**
 * MW_SETUP_LINK_MAX_SERVERS:
 *
 * How many servers of a side a link can name.
 */
#define MW_SETUP_LINK_MAX_SERVERS 4

/**
 * MW_SETUP_LINK_MAX_TEXT:
 *
 * How long a name in a link can be, in characters.
 */
#define MW_SETUP_LINK_MAX_TEXT 64

/**
 * MwLinkAuth:
 * @MW_LINK_AUTH_UNSET: nothing is said of it
 * @MW_LINK_AUTH_PASSWORD: the password of the mailbox
 * @MW_LINK_AUTH_APP_PASSWORD: one that was made for mail programs
 * @MW_LINK_AUTH_OAUTH2: a sign-in through the browser
 *
 * What to ask the person for: a hint only.
 */
typedef enum {
  MW_LINK_AUTH_UNSET,
  MW_LINK_AUTH_PASSWORD,
  MW_LINK_AUTH_APP_PASSWORD,
  MW_LINK_AUTH_OAUTH2,
} MwLinkAuth;

/**
 * MwSetupLink:
 * @local_part: (nullable): before the @ sign, %NULL for any mailbox of @domain
 * @domain: (nullable): behind it, as A-labels; %NULL for any address
 * @incoming: (element-type MwEndpoint): what to receive from, best first, 4 at
 *   most
 * @outgoing: (element-type MwEndpoint): what to send through, likewise
 * @user_is_local_part: the log-in name is what stands before the @ sign, not
 *   the whole address
 * @incoming_user: (nullable): another log-in name to receive with
 * @outgoing_user: (nullable): another log-in name to send with
 * @auth: which secret to ask for
 * @outgoing_without_login: a suggestion to send without log-in, which is never
 *   followed unasked
 * @sender_name: (nullable): what the person may be called
 * @account_name: (nullable): what the account may be called
 * @provider_name: (nullable): what the provider calls itself
 * @help_uri: (nullable): a page on the web, never opened unasked
 * @client: (nullable): `evolution` or `thunderbird`
 * @ignored: (element-type utf8): keys that mean nothing here, but for those
 *   that begin with "x-"
 *
 * A link that sets up an account. All of it is foreign text. Not changed any
 * more once it is shared.
 */
typedef struct {
  char       *local_part;
  char       *domain;
  GPtrArray  *incoming;
  GPtrArray  *outgoing;
  gboolean    user_is_local_part;
  char       *incoming_user;
  char       *outgoing_user;
  MwLinkAuth  auth;
  gboolean    outgoing_without_login;
  char       *sender_name;
  char       *account_name;
  char       *provider_name;
  char       *help_uri;
  char       *client;
  GPtrArray  *ignored;
} MwSetupLink;

/**
 * mw_setup_link_has_scheme:
 *
 * Returns: whether @text begins with `mailto-setup:`
 */
gboolean     mw_setup_link_has_scheme (const char   *text);

/**
 * mw_setup_link_new:
 *
 * Returns: (transfer full): a link that says nothing yet
 */
MwSetupLink *mw_setup_link_new        (void);

/**
 * mw_setup_link_parse:
 * @text: a link from outside, not NUL-terminated
 * @length: its size in bytes
 * @error: return location for a %MW_LINK_ERROR; nothing of the link is in its
 *   message
 *
 * Reads a link. Where several things are wrong with it, a password in it is
 * what is told, then what keeps the rest from being understood.
 *
 * Returns: (transfer full) (nullable): what it says
 */
MwSetupLink *mw_setup_link_parse      (const char   *text,
                                       gsize         length,
                                       GError      **error);
MwSetupLink *mw_setup_link_ref        (MwSetupLink  *self);
void         mw_setup_link_unref      (MwSetupLink  *self);

/**
 * mw_setup_link_get_address:
 *
 * Returns: (transfer full) (nullable): the whole address, when there is one
 */
char        *mw_setup_link_get_address (MwSetupLink *self);

/**
 * mw_setup_link_equal:
 *
 * Returns: whether both say the same, but for what is ignored
 */
gboolean     mw_setup_link_equal      (MwSetupLink  *a,
                                       MwSetupLink  *b);

/**
 * mw_setup_link_to_string:
 *
 * Writes a link, as short as can be. What is ignored is left out.
 *
 * Returns: (transfer full) (nullable): the link, %NULL when it would not be
 *   read back as the same; for instance when it is too long, or when a server
 *   is not protected
 */
char        *mw_setup_link_to_string  (MwSetupLink  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwSetupLink, mw_setup_link_unref)

G_END_DECLS
