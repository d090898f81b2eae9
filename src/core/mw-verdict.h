/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-candidate.h"
#include "core/mw-certificate-report.h"
#include "core/mw-family-report.h"
#include "core/mw-mail-folders.h"
#include "core/mw-transcript.h"

G_BEGIN_DECLS

#define MW_TYPE_VERDICT (mw_verdict_get_type ())

/**
 * MwVerdict:
 *
 * What is known of one probe: a finished one, or one under way (then the
 * outcome is %MW_OUTCOME_PENDING). The probe fills the public members of a
 * new verdict; once handed out it is only read.
 */
typedef struct _MwVerdict MwVerdict;

struct _MwVerdict
{
  MwCandidate  *candidate;      /* owned */
  char         *ip_address;     /* owned, nullable: the address connected to */
  char         *user_name;      /* owned, nullable: the log-in name used */
  MwStage       stage;          /* where it ended, or stands now */
  MwOutcome     outcome;
  char         *detail;         /* owned, nullable: developer text */
  char         *server_text;    /* owned, nullable: the server's words, redacted */
  MwAuthMethod  auth;           /* the method used */
  char        **auth_offered;   /* owned, nullable: SASL names after TLS */
  char        **capabilities;   /* owned, nullable: after TLS and log-in */
  guint         notes;          /* 1 << MW_NOTE_… */
  MwMailFolders *folders;       /* owned, nullable: of an IMAP server */
  MwTlsFacts   *tls;            /* owned, nullable */
  MwTranscript *transcript;     /* owned, nullable */
  MwFamilyReport *families;     /* owned, nullable: before the dial has an answer */
  guint         presentations;  /* how often the password was sent */
  gboolean      is_waiting;     /* the answer to the log-in is delayed */
  gint64        elapsed_us[MW_STAGE_DONE + 1];  /* by stage; DONE is the total; -1 unknown */
};

GType      mw_verdict_get_type (void) G_GNUC_CONST;

/**
 * mw_verdict_new:
 * @candidate: what is probed
 *
 * Returns: (transfer full): a verdict with outcome %MW_OUTCOME_PENDING
 */
MwVerdict *mw_verdict_new      (MwCandidate *candidate);

/**
 * mw_verdict_copy:
 *
 * Returns: (transfer full): a snapshot; the transcript is shared
 */
MwVerdict *mw_verdict_copy     (MwVerdict   *self);
MwVerdict *mw_verdict_ref      (MwVerdict   *self);
void       mw_verdict_unref    (MwVerdict   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwVerdict, mw_verdict_unref)

G_END_DECLS
