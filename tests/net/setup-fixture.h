/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "fake-resolver.h"
#include "scripted-server.h"
#include "setup/mw-engine-private.h"
#include "setup/mw-setup.h"

G_BEGIN_DECLS

/* A set-up, its engine and the servers it is to talk to, for tests of whole
 * runs without a network. */
typedef struct {
  char           *folder;
  ScriptedServer *servers[2];  /* by MwSide; the outgoing one can be missing */
  MwSecretStore  *keyring;
  MwEngine       *engine;
  MwSetup        *setup;
} Fixture;

extern MwTestCertificate *certificate;
extern MwFakeResolver *dns;

/* @smtp can be NULL. */
void          open_fixture   (Fixture             *fixture,
                              const char          *address,
                              const char * const  *imap,
                              const char * const  *smtp);
void          tear_down      (Fixture             *fixture);

/* The server of that side by hand; @host leads to it. */
void          use_server     (Fixture             *fixture,
                              MwSide               side,
                              MwSecurity           security,
                              const char          *host);

/* A callback for a GAsyncResult ** that wait_for waits for. */
void          keep_result_cb (GObject             *object,
                              GAsyncResult        *result,
                              gpointer             user_data);
GAsyncResult *wait_for       (GAsyncResult       **result);

/* Whether the account works. What came of each server is logged. */
gboolean      finish_check   (Fixture             *fixture,
                              GAsyncResult       **result);
gboolean      check          (Fixture             *fixture);

/* A certificate for these names, trust in it, and no other name service. */
void setup_fixture_init  (const MwTestCertificateSpec *spec);
void setup_fixture_clear (void);

G_END_DECLS
