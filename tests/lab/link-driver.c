/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

/* link-driver LINK ADDRESS [typed] [yes]: checks ADDRESS with what the set-up
 * link LINK says and the password from standard input; the person "typed" the
 * address themselves, said "yes" to the hosts. Prints the outcome, then the
 * hosts that decided, then "?" and each host that needs a yes, then "-" and
 * each one that the link asked for in vain. */

#include "config.h"

#include <stdio.h>
#include <string.h>

#include "setup/mw-engine.h"
#include "setup/mw-setup-review.h"

static void
keep_result_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static MwSecret *
read_password (void)
{
  char line[200];

  g_assert_nonnull (fgets (line, sizeof line, stdin));
  return mw_secret_new (line, strcspn (line, "\n"));
}

static void
print_hosts (const char         *mark,
             const char * const *hosts)
{
  for (gsize i = 0; hosts != NULL && hosts[i] != NULL; i++)
    g_print (" %s%s", mark, hosts[i]);
}

static void
print_result (MwSetup *setup)
{
  g_auto(GStrv) unused = mw_setup_dup_unused_hosts (setup);

  g_print ("%s", mw_enum_to_nick (MW_TYPE_OUTCOME, mw_setup_get_outcome (setup)));
  for (int side = MW_SIDE_INCOMING; side <= MW_SIDE_OUTGOING; side++)
    {
      MwVerdict *verdict = mw_setup_get_verdict (setup, side);

      if (verdict != NULL && verdict->outcome == MW_OUTCOME_WORKS)
        g_print (" %s", mw_endpoint_get_host (mw_candidate_get_endpoint (verdict->candidate)));
    }
  print_hosts ("?", mw_setup_get_consent_hosts (setup));
  print_hosts ("-", (const char * const *) unused);
  g_print ("\n");
}

int
main (int    argc,
      char **argv)
{
  const char * const *words = (const char * const *) argv;
  g_autoptr(GBytes) content = NULL;
  g_autoptr(MwAddress) address = NULL;
  g_autoptr(MwInspection) inspection = NULL;
  g_autoptr(MwEngine) engine = mw_engine_new (NULL);
  g_autoptr(MwSetup) setup = mw_setup_new (engine);
  g_autoptr(MwSecret) secret = read_password ();
  g_autoptr(GAsyncResult) result = NULL;

  g_assert_cmpint (argc, >=, 3);
  content = g_bytes_new_static (argv[1], strlen (argv[1]));
  address = mw_address_parse (argv[2], NULL);
  inspection = mw_inspection_new (content, address);
  g_assert_cmpint (inspection->refusal, ==, MW_INSPECTION_REFUSAL_NONE);

  g_assert_true (mw_setup_set_address (setup, argv[2], g_strv_contains (words + 3, "typed"),
                                       NULL));
  mw_setup_take_inspection (setup, inspection, g_strv_contains (words + 3, "yes"));
  mw_setup_set_password (setup, MW_SIDE_INCOMING, secret);
  mw_setup_check_async (setup, NULL, keep_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  mw_setup_check_finish (setup, result, NULL);
  print_result (setup);
  return 0;
}
