/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "probe/mw-prober.h"
#include "probe/mw-race.h"

G_BEGIN_DECLS

/* At the same time, over all hosts. */
#define MW_PROBER_MAX_SOCKETS 12

struct _MwProber
{
  GObject parent_instance;

  /* Owned */
  MwAddress        *address;
  MwResolver       *resolver;
  MwTlsCredentials *tls;
  MwNetworkState   *network;      /* NULL: nothing is held back */
  MwAttemptBudget  *budget;
  MwSocketSlots    *slots;
  MwRedactor       *redactor;
  GHashTable       *pins;         /* "host:port" → hex */
  GCancellable     *cancellable;
  char            **consent_hosts;
  MwRace            sides[2];     /* by MwSide */

  MwDeadlines       deadlines;
  MwProberPolicy    policy;
  gpointer          policy_data;
  MwOutcome         outcome;
  gint64            started_us;
  gint64            verified_us;
  gint64            failed_us;    /* when the incoming side had its bad certificate */
  gint64            wait_until_us;
  guint             evaluate_id;
  guint             search_id;
  guint             wait_id;
  gboolean          outgoing_open;
  gboolean          browser_sign_in;
  gboolean          better_done;
  gboolean          all_done;
  gboolean          searched;     /* the time to find anything is over */
  gboolean          finished;
};

/* Whom to dial (mw-prober-dial.c), who logs in (mw-prober-log-in.c) and when it
 * is over (mw-prober-end.c) are three files around one object. */

/**
 * mw_prober_schedule:
 *
 * Looks at everything anew, from the main loop.
 */
void           mw_prober_schedule   (MwProber       *self);

/**
 * mw_prober_wait_ms:
 * @ms: milliseconds
 *
 * Looks at everything anew after that time at the latest.
 */
void           mw_prober_wait_ms    (MwProber       *self,
                                     gint64          ms);

/**
 * mw_prober_decide:
 * @dialling: ask about a connection, not about the password
 *
 * Returns: what the host policy says of @attempt
 */
MwHostDecision mw_prober_decide     (MwProber       *self,
                                     MwAttempt      *attempt,
                                     gboolean        dialling);

/**
 * mw_prober_find_ready:
 * @wanted: what the policy must say
 *
 * Returns: (transfer none) (nullable): the best attempt that may log in by now
 */
MwAttempt     *mw_prober_find_ready (MwProber       *self,
                                     MwRace         *side,
                                     MwHostDecision  wanted);

/**
 * mw_prober_choose:
 *
 * Returns: (transfer none) (nullable): the attempt that is to log in now
 */
MwAttempt     *mw_prober_choose     (MwProber       *self,
                                     MwRace         *side);

/**
 * mw_prober_log_in:
 *
 * Lets @attempt log in; it is the chosen one of its side from here on.
 */
void           mw_prober_log_in     (MwProber       *self,
                                     MwRace         *side,
                                     MwAttempt      *attempt);

/**
 * mw_prober_follow_chosen:
 *
 * Draws the consequences of what became of the attempt that logs in.
 */
void           mw_prober_follow_chosen (MwProber    *self,
                                        MwSide       which);

/**
 * mw_prober_look_up:
 *
 * Asks for the addresses of an attempt's host.
 */
void           mw_prober_look_up    (MwProber       *self,
                                     MwSide          side,
                                     MwAttempt      *attempt);

/**
 * mw_prober_dial:
 *
 * Starts the probe of one attempt.
 */
void           mw_prober_dial       (MwProber       *self,
                                     MwAttempt      *attempt);

/**
 * mw_prober_dial_side:
 *
 * Starts all probes of a side whose time has come.
 */
void           mw_prober_dial_side  (MwProber       *self,
                                     MwRace         *side);

/**
 * mw_prober_drop_probe:
 *
 * Forgets the probe of an attempt, which may be dialled again.
 */
void           mw_prober_drop_probe (MwProber       *self,
                                     MwAttempt      *attempt);

/**
 * mw_prober_check_end:
 *
 * Ends the run when nothing more can come of it.
 */
void           mw_prober_check_end  (MwProber       *self);

/**
 * mw_prober_sees_portal:
 *
 * Judges a run in which nobody could log in. What untrusted servers showed in
 * it becomes %MW_OUTCOME_PORTAL, too, so that nobody is asked to trust it.
 *
 * Returns: whether a captive portal answered in place of the servers
 */
gboolean       mw_prober_sees_portal (MwProber      *self);

/**
 * mw_prober_finish:
 * @outcome: of the run
 *
 * Ends the run.
 */
void           mw_prober_finish     (MwProber       *self,
                                     MwOutcome       outcome);

G_END_DECLS
