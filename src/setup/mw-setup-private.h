/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "discovery/mw-discovery.h"
#include "net/mw-network-state.h"
#include "probe/mw-prober.h"
#include "setup/mw-setup.h"

G_BEGIN_DECLS

struct _MwSetup
{
  GObject parent_instance;

  /* Owned: what was entered */
  MwEngine    *engine;
  MwAddress   *address;
  MwProvider  *provider;          /* who keeps the mail, NULL to look in the list */
  MwProvider  *chosen_provider;   /* whom the person picked, NULL for nobody */
  MwSecret    *secrets[2];        /* by MwSide */
  MwRedactor  *redactor;          /* knows the former ones, too */
  char        *user_names[2];
  GPtrArray   *servers[2];        /* element MwEndpoint, or NULL */
  GHashTable  *allowed;           /* set of hosts */
  GPtrArray   *suggestions;       /* element MwCandidate, out of a file; NULL without one */
  GHashTable  *reviewed;          /* set of its hosts, once the person said yes to it */
  char        *suggested_label;   /* of the account, out of it */
  GHashTable  *pins;              /* "host:port" → hex */
  char        *sender_name;
  char        *label;
  char        *description;
  char        *signature;

  /* Owned: one run */
  MwResolver  *resolver;
  MwDiscovery *discovery;
  GCancellable *searching;        /* stops the discovery with the run */
  MwProber    *prober;
  GTask       *task;
  gulong       cancelled_id;

  /* Owned: what came out */
  GPtrArray   *verdicts;          /* element MwVerdict */
  MwVerdict   *decided[2];        /* by MwSide */
  GPtrArray   *reports;           /* element MwSourceReport */
  GPtrArray   *conflicts;         /* element MwConflict */
  GHashTable  *presentations;     /* "host:protocol" → number */
  MwAdvice    *advice;
  char       **consent_hosts;
  GPtrArray   *alternatives;      /* element MwService: answered in the last run, too */
  MwProfile   *opened;            /* the saved account it went on with, NULL for a new one */
  MwProfile   *saved;
  char        *id;                /* of the account, from the first saving on */

  MwSetupState state;
  MwOutcome    outcome;
  MwAuthMethod auth[2];           /* by MwSide: chosen by the person, or unknown */
  gint64       started_us;
  gint64       elapsed_us;
  gint64       verified_us;
  int          protocol;          /* MwProtocol, or -1 */
  guint        timeout;
  guint        delete_after_days;
  guint        passwords_typed;   /* 1 << MwSide: not those out of the keyring */
  gboolean     domain_typed;
  gboolean     proved[2];         /* by MwSide: holds for what is entered now */
  gboolean     stale[2];          /* by MwSide: entered anew since the last run began */
  gboolean     portal_told;       /* the last run said only what the system says */
  gboolean     make_default;
  gboolean     notifications;
  gboolean     leave_on_server;
  gboolean     pop_entered;       /* somebody chose what happens to messages */
  gboolean     outgoing_authentication;
  gboolean     same_credentials;
  gboolean     receive_only;
  gboolean     log_in;
  gboolean     browser_sign_in;   /* the mail program will sign in, nobody does here */
  gboolean     use_ispdb;
  gboolean     password_kept;     /* the one entered now is in the keyring */
  gboolean     password_new;      /* entered since the account was opened */
};

/* Files around one object: what was entered (mw-setup.c), which servers may be
 * tried (mw-setup-hosts.c), the run (mw-setup-run.c) and what it found
 * (mw-setup-result.c), what the network has to do with it (mw-setup-network.c),
 * the account that comes of it (mw-setup-profile.c), kept (mw-setup-save.c),
 * opened again (mw-setup-open.c) and changed (mw-setup-edit.c). */
void        mw_setup_set_state        (MwSetup      *self,
                                       MwSetupState  state);

/**
 * mw_setup_make_pin_key:
 *
 * Returns: (transfer full): "host:port", the key of what was accepted there
 */
char       *mw_setup_make_pin_key     (MwEndpoint   *endpoint);

/**
 * mw_setup_end_run:
 *
 * Drops whatever the run was working with.
 */
void        mw_setup_end_run          (MwSetup      *self);

/**
 * mw_setup_set_provider:
 * @provider: (nullable): who keeps the mail of the address, when that is known
 *   better than from the list; %NULL to look there
 *
 * What is known of the provider explains the outcome of the run.
 */
void        mw_setup_set_provider     (MwSetup      *self,
                                       MwProvider   *provider);

/**
 * mw_setup_decide_host:
 * @candidate: a server
 * @tls: (nullable): what is known of its connection
 * @dialling: whether it is about connecting, not about the password
 * @user_data: an [class@Mw.Setup]
 *
 * Returns: what a run may do with that server without a question
 */
MwHostDecision mw_setup_decide_host   (MwCandidate  *candidate,
                                       MwTlsFacts   *tls,
                                       gboolean      dialling,
                                       gpointer      user_data);

/**
 * mw_setup_is_contradicted:
 * @suggestion: a server out of a link or file
 *
 * Returns: whether a source that deserves trust names other hosts for that
 *   side, and none of them this one; then theirs are used
 */
gboolean    mw_setup_is_contradicted  (MwSetup      *self,
                                       MwCandidate  *suggestion);

/**
 * mw_setup_is_wanted_side:
 *
 * Returns: whether a run is to prove that side
 */
gboolean    mw_setup_is_wanted_side   (MwSetup      *self,
                                       MwSide        side);

/**
 * mw_setup_foresee:
 *
 * What the state of the network says before anything is tried. A portal is
 * told of once: the system may be slow to notice that somebody signed in to
 * it, so the next run tries the servers, which get no password before they
 * have proved who they are.
 *
 * Returns: how the run ends, %MW_OUTCOME_PENDING when it may begin
 */
MwOutcome   mw_setup_foresee          (MwSetup      *self);

/**
 * mw_setup_get_hold_back:
 *
 * Returns: (transfer none) (nullable): what holds back hosts of this run
 */
MwNetworkState *mw_setup_get_hold_back (MwSetup     *self);

/**
 * mw_setup_blame_network:
 * @outcome: of the servers
 *
 * The cause of a failure may lie before every server, and the network may
 * have gone since the run began.
 *
 * Returns: the outcome of the run
 */
MwOutcome   mw_setup_blame_network    (MwSetup      *self,
                                       MwOutcome     outcome);

/**
 * mw_setup_mention_network:
 *
 * Adds to the advice what the network may have to do with the outcome.
 */
void        mw_setup_mention_network  (MwSetup      *self);

/**
 * mw_setup_clear_results:
 *
 * Forgets what the last run found, but for what it proved and what still holds.
 */
void        mw_setup_clear_results    (MwSetup      *self);

/**
 * mw_setup_verdict_works:
 * @verdict: (nullable): a probe
 *
 * Returns: whether it proved that side
 */
gboolean    mw_setup_verdict_works    (MwVerdict    *verdict);

/**
 * mw_setup_choose_user_name:
 *
 * Returns: (transfer none) (nullable): the log-in name typed for that side, or
 *   for both; %NULL when none was typed
 */
const char *mw_setup_choose_user_name (MwSetup      *self,
                                       MwSide        side);

G_END_DECLS
