/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "fake-resolver.h"
#include "probe/mw-prober.h"
#include "release.h"
#include "scripted-server.h"

G_BEGIN_DECLS

/* A prober, servers that follow scripts, and candidates that lead to them. */

#define ADDRESS "jan@example.test"
#define PASSWORD "zażółć \"gęślą\" \\jaźń 1"
#define MAX_SERVERS 4
#define GRACE_MS 300

#define IMAP_READY "T:", "S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready"
#define IMAP_PROOF "C: * EXAMINE INBOX", "S: $T OK done", "C: * LIST *", "S: $T OK done"
#define IMAP_YES "C: * AUTHENTICATE PLAIN *", "S: $T OK done", IMAP_PROOF
#define IMAP_NO "C: * AUTHENTICATE PLAIN *", "S: $T NO [AUTHENTICATIONFAILED] no"
#define SMTP_READY "T:", "S: 220 ready", "C: EHLO *", \
                   "S: 250-me\r\n250-PIPELINING\r\n250 AUTH PLAIN"
#define SMTP_PROOF "C: MAIL *", "C: RCPT *", "C: RSET", "S: 250 ok\r\n250 ok\r\n250 ok"
#define SMTP_YES "C: AUTH PLAIN *", "S: 235 yes", SMTP_PROOF

typedef struct {
  ScriptedServer *servers[MAX_SERVERS];
  MwResolver     *resolver;
  MwProber       *prober;
  GPtrArray      *candidates[2];
  GHashTable     *asked;      /* hosts that need a yes */
  GHashTable     *refused;    /* hosts that are not to be dialled */
  gboolean        ask_from_g; /* every host of grade G and worse needs a yes */
  guint           finished;
} Fixture;

extern MwTestCertificate *certificate;
extern MwTestCertificate *certificate_of_b;
extern MwFakeResolver *dns;

void      set_up               (Fixture *fixture,
                                guint    cap_ms);
void      tear_down            (Fixture *fixture);
void      add_candidate        (Fixture    *fixture,
                                guint       server,
                                const char *service,
                                const char *label,
                                MwGrade     grade,
                                const char *user_names);
void      add_server           (Fixture            *fixture,
                                guint               server,
                                const char         *service,
                                const char         *label,
                                const char * const *script);
void      hand_over            (Fixture *fixture);
void      start                (Fixture *fixture);
MwOutcome wait_for_end         (Fixture *fixture);
MwOutcome run                  (Fixture *fixture);
void      run_for              (guint milliseconds);
guint     count_auth           (Fixture *fixture,
                                guint    server);
void      assert_presentations (Fixture *fixture,
                                guint    wanted);
void      assert_winner        (Fixture    *fixture,
                                MwSide      side,
                                const char *label);

/* Names that lead to 127.0.0.1, certificates for them and trust in those. */
void prober_fixture_init  (void);
void prober_fixture_clear (void);

G_END_DECLS
