/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "net/mw-line-channel.h"
#include "probe/mw-probe.h"
#include "probe/mw-scram-thread.h"
#include "probe/mw-tls-knock.h"
#include "protocol/mw-dialogue.h"

G_BEGIN_DECLS

struct _MwProbe
{
  GObject parent_instance;

  /* Owned */
  MwAddress        *address;
  MwResolver       *resolver;
  MwTlsCredentials *tls;
  char             *pin;
  MwVerdict        *verdict;
  MwRedactor       *redactor;
  MwTranscript     *transcript;
  MwLineChannel    *channel;
  MwDialogue       *dialogue;
  MwAttemptBudget  *budget;
  MwSocketSlots    *slots;
  MwTlsKnock       *knock;       /* at a port that is silent */
  MwScramThread    *scram;       /* computes what the dialogue waits for */
  GCancellable     *cancellable;

  guint             silence_id;
  guint             waiting_id;
  MwDeadlines       deadlines;
  MwProbeState      state;
  MwStage           stage;
  gint64            started_us;
  gint64            stage_started_us;
  gint64            round_trip_us;
  gint64            proved_us;          /* when; 0 before */
  gboolean          allow_local;
};

/* What a probe is told (mw-probe.c), what it says and hears
 * (mw-probe-conversation.c) and what it writes down (mw-probe-verdict.c) are
 * three files around one object. */

MwEndpoint *mw_probe_get_endpoint   (MwProbe      *self);

/**
 * mw_probe_edit_verdict:
 *
 * Returns: (transfer none): a verdict nobody has seen yet, a copy of the last
 */
MwVerdict  *mw_probe_edit_verdict   (MwProbe      *self);

/**
 * mw_probe_clock_stage:
 *
 * Writes down how long the stage took up to now.
 *
 * Returns: (transfer none): the verdict, to be edited
 */
MwVerdict  *mw_probe_clock_stage    (MwProbe      *self);
void        mw_probe_set_stage      (MwProbe      *self,
                                     MwStage       stage);

/**
 * mw_probe_read_dialogue:
 *
 * Takes over what the dialogue has learnt.
 */
void        mw_probe_read_dialogue  (MwProbe      *self);
void        mw_probe_set_state      (MwProbe      *self,
                                     MwProbeState  state);

/**
 * mw_probe_connect:
 *
 * Dials; the conversation follows.
 */
void        mw_probe_connect        (MwProbe      *self);

/**
 * mw_probe_take_step:
 * @step: what the dialogue wants
 */
void        mw_probe_take_step      (MwProbe      *self,
                                     MwStep       *step);

/**
 * mw_probe_finish:
 * @detail: (nullable): developer text
 *
 * Ends the probe and closes what it has open.
 */
void        mw_probe_finish         (MwProbe      *self,
                                     MwOutcome     outcome,
                                     const char   *detail);

/**
 * mw_probe_fail:
 * @error: why the probe ends
 */
void        mw_probe_fail           (MwProbe      *self,
                                     GError       *error);

/**
 * mw_probe_stop_waiting:
 *
 * The answer to the log-in is there, or not wanted any more.
 */
void        mw_probe_stop_waiting   (MwProbe      *self);

/**
 * mw_probe_stop_listening:
 *
 * The port is not silent, or it does not matter any more.
 */
void        mw_probe_stop_listening (MwProbe      *self);

G_END_DECLS
