/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

/* Takes a saved account out of Evolution; test-evolution.py starts it. Says the
 * outcome and the notes, one a line.
 *
 *   evolution-driver DATA_DIR ACCOUNT
 */

#include "config.h"

#include <stdio.h>

#include "export/mw-evolution-exporter.h"
#include "store/mw-profile-store.h"

static void
wait_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GAsyncResult **out_result = user_data;

  *out_result = g_object_ref (result);
}

static GAsyncResult *
wait_for_result (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(MwProfileStore) store = NULL;
  g_autoptr(MwExporter) exporter = mw_evolution_exporter_new ();
  g_autoptr(MwProfile) profile = NULL;
  g_autoptr(GPtrArray) targets = NULL;
  g_autoptr(MwExportReport) report = NULL;
  g_autoptr(GAsyncResult) loaded = NULL;
  g_autoptr(GAsyncResult) found = NULL;
  g_autoptr(GAsyncResult) removed = NULL;
  g_autoptr(GError) error = NULL;

  if (argc != 3)
    return 2;

  store = mw_profile_store_new (argv[1]);
  mw_profile_store_load_async (store, NULL, wait_cb, &loaded);
  if (!mw_profile_store_load_finish (store, wait_for_result (&loaded), &error))
    g_error ("%s", error->message);

  profile = mw_profile_store_find (store, argv[2], &error);
  if (profile == NULL)
    g_error ("%s", error->message);

  mw_exporter_find_targets_async (exporter, NULL, wait_cb, &found);
  targets = mw_exporter_find_targets_finish (exporter, wait_for_result (&found), &error);
  if (targets == NULL || targets->len != 1)
    g_error ("Evolution was not found");

  mw_exporter_remove_async (exporter, targets->pdata[0], profile, NULL, NULL, wait_cb, &removed);
  report = mw_exporter_remove_finish (exporter, wait_for_result (&removed), &error);
  if (report == NULL)
    g_error ("%s", error->message);

  printf ("%s\n", mw_enum_to_nick (MW_TYPE_EXPORT_OUTCOME, report->outcome));
  for (int note = 0; note < MW_N_EXPORT_NOTES; note++)
    {
      if ((report->notes & (1u << note)) != 0)
        printf ("%s\n", mw_enum_to_nick (MW_TYPE_EXPORT_NOTE, note));
    }
  return 0;
}
