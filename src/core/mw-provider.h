/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-endpoint.h"
#include "core/mw-hint.h"

G_BEGIN_DECLS

/**
 * MwProviderAuth:
 * @MW_PROVIDER_AUTH_PASSWORD: the password of the account
 * @MW_PROVIDER_AUTH_APP_PASSWORD: a password made for mail programs
 * @MW_PROVIDER_AUTH_AUTH_CODE: the same, called authorisation code
 * @MW_PROVIDER_AUTH_SEPARATE_PASSWORD: a mail password the person chose
 * @MW_PROVIDER_AUTH_OAUTH2: browser sign-in
 *
 * Ways a provider lets mail programs sign in.
 */
typedef enum {
  MW_PROVIDER_AUTH_PASSWORD = 1 << 0,
  MW_PROVIDER_AUTH_APP_PASSWORD = 1 << 1,
  MW_PROVIDER_AUTH_AUTH_CODE = 1 << 2,
  MW_PROVIDER_AUTH_SEPARATE_PASSWORD = 1 << 3,
  MW_PROVIDER_AUTH_OAUTH2 = 1 << 4,
} MwProviderAuth;

/**
 * MwProviderServer:
 * @protocol: what it speaks
 * @security: TLS or STARTTLS
 * @host: a normalised name, or "{mx}" for the mail exchanger of the domain
 * @port: its port
 * @confirmed: whether @host is written out and confirmed for this provider
 *
 * One server of a provider.
 */
typedef struct {
  MwProtocol  protocol;
  MwSecurity  security;
  char       *host;
  guint16     port;
  gboolean    confirmed;
} MwProviderServer;

/**
 * MwProvider:
 * @id: (nullable): short name, never shown; %NULL for one that nobody lists but
 *   that a settings document tells of
 * @name: as people know it; out of a document it is foreign text, but clean and
 *   short
 * @initials: up to three characters to stand for it
 * @countries: (array zero-terminated=1): ISO 3166 codes where it is at home;
 *   empty for the whole world
 * @grade: how well the entry is confirmed, 'A' (best) to 'E';
 *   data/providers/README.md
 * @built_in: from Mailwright's own list, not from a file of this computer
 * @auth: flags of [flags@Mw.ProviderAuth]
 * @hints: (element-type MwHint): what to know before a password is typed,
 *   the most important first
 * @servers: (element-type MwProviderServer): best first; empty where mail
 *   programs cannot be used, or each customer has other servers
 * @user_names: forms of the log-in name, best first, by [enum@Mw.Protocol]
 * @app_password_length: how many letters and digits an app password has, where
 *   the provider shows it in groups with blanks that are no part of it; 0: not
 *   known, or shown as it is
 * @pop_minutes: POP3 may be asked once in so many minutes; 0: no limit known
 * @leave_on_server: whether POP3 programs are told to leave messages on the
 *   server: 0 or 1, -1 when nobody says
 * @days_on_server: for how many days, 0 for ever
 * @help_uri: (nullable): the provider's page about mail programs, like the
 *   address of a hint
 * @sources: (array zero-terminated=1): where the entry was read
 *
 * What is known of a mail provider. Filled by whoever finds it: the provider
 * table, or a source of settings documents; only read by everybody else.
 */
typedef struct _MwProvider MwProvider;

struct _MwProvider
{
  char            *id;
  char            *name;
  char            *initials;
  char           **countries;
  char             grade;
  gboolean         built_in;
  guint            auth;
  GPtrArray       *hints;
  GPtrArray       *servers;
  char           **user_names[MW_PROTOCOL_SMTP + 1];
  guint            app_password_length;
  guint            pop_minutes;
  int              leave_on_server;
  guint            days_on_server;
  char            *help_uri;
  char           **sources;
};

#define MW_TYPE_PROVIDER (mw_provider_get_type ())
GType         mw_provider_get_type         (void) G_GNUC_CONST;

/**
 * mw_provider_new:
 * @id: (nullable): its short name, %NULL for one that is not listed
 *
 * Returns: (transfer full): an entry to be filled
 */
MwProvider   *mw_provider_new              (const char   *id);
MwProvider   *mw_provider_ref              (MwProvider   *self);
void          mw_provider_unref            (MwProvider   *self);

/**
 * mw_provider_is_listed:
 *
 * Returns: whether it stands in a list of providers, Mailwright's own or one of
 *   this computer; otherwise a document of the e-mail domain, or of somebody
 *   else, is all there is to go by
 */
gboolean      mw_provider_is_listed        (MwProvider   *self);

/**
 * mw_provider_is_confirmed:
 *
 * Returns: whether the entry is Mailwright's own and of grade A or B: its
 *   confirmed servers may have the password without a question, its pages may
 *   be opened by a button
 */
gboolean      mw_provider_is_confirmed     (MwProvider   *self);

/**
 * mw_provider_get_hint:
 * @kind: what to know
 *
 * Returns: (transfer none) (nullable): the hint, if it holds for this provider
 */
const MwHint *mw_provider_get_hint         (MwProvider   *self,
                                            MwHintKind    kind);

/**
 * mw_provider_takes_password:
 *
 * Returns: whether there is any password that a mail program could send to the
 *   provider's servers; %FALSE for browser sign-in only, no IMAP, and bridges
 */
gboolean      mw_provider_takes_password   (MwProvider   *self);

/**
 * mw_provider_dup_user_names:
 * @protocol: for this protocol
 * @local_part: of the e-mail address
 * @domain: of the e-mail address
 *
 * Returns: (transfer full) (nullable) (array zero-terminated=1): the log-in
 *   names to try, best first; %NULL when the provider uses names of its own
 */
char        **mw_provider_dup_user_names   (MwProvider   *self,
                                            MwProtocol    protocol,
                                            const char   *local_part,
                                            const char   *domain);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwProvider, mw_provider_unref)

MwProviderServer *mw_provider_server_new  (MwProtocol        protocol,
                                           MwSecurity        security,
                                           const char       *host,
                                           guint16           port,
                                           gboolean          confirmed);
void              mw_provider_server_free (MwProviderServer *self);

G_END_DECLS
