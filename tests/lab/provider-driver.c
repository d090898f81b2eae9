/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

/* provider-driver LIST ADDRESS: checks ADDRESS, only receiving, with the
 * password from standard input, as if the key file LIST were Mailwright's own
 * list of providers. Prints the outcome, then grade and host of the server
 * that decided it, then the hosts that need a yes. */

#include "config.h"

#include <stdio.h>
#include <string.h>

#include "setup/mw-engine-private.h"
#include "setup/mw-setup.h"

static void
keep_result_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static MwProviderTable *
read_list (const char *path)
{
  g_autoptr(MwProviderTable) table = mw_provider_table_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, &error) ||
      !mw_provider_table_add (table, text, length, TRUE, &error))
    g_error ("%s", error->message);

  return g_steal_pointer (&table);
}

static MwSecret *
read_password (void)
{
  char line[200];

  g_assert_nonnull (fgets (line, sizeof line, stdin));
  return mw_secret_new (line, strcspn (line, "\n"));
}

static void
print_result (MwSetup *setup)
{
  MwVerdict *verdict = mw_setup_get_verdict (setup, MW_SIDE_INCOMING);
  const char * const *hosts = mw_setup_get_consent_hosts (setup);

  g_print ("%s", mw_enum_to_nick (MW_TYPE_OUTCOME, mw_setup_get_outcome (setup)));
  if (verdict != NULL)
    g_print (" %s %s",
             mw_enum_to_nick (MW_TYPE_GRADE, mw_candidate_get_grade (verdict->candidate)),
             mw_endpoint_get_host (mw_candidate_get_endpoint (verdict->candidate)));
  for (gsize i = 0; hosts != NULL && hosts[i] != NULL; i++)
    g_print (" ?%s", hosts[i]);
  g_print ("\n");
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(MwProviderTable) table = NULL;
  g_autoptr(MwEngine) engine = NULL;
  g_autoptr(MwSetup) setup = NULL;
  g_autoptr(MwSecret) secret = NULL;
  g_autoptr(GAsyncResult) result = NULL;

  g_assert_cmpint (argc, ==, 3);
  table = read_list (argv[1]);
  engine = mw_engine_new (NULL);
  mw_engine_set_providers (engine, table);

  setup = mw_setup_new (engine);
  g_assert_true (mw_setup_set_address (setup, argv[2], TRUE, NULL));
  secret = read_password ();
  mw_setup_set_password (setup, MW_SIDE_INCOMING, secret);
  g_object_set (setup, "receive-only", TRUE, NULL);

  mw_setup_check_async (setup, NULL, keep_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  mw_setup_check_finish (setup, result, NULL);
  print_result (setup);
  return 0;
}
