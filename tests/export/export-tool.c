/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/mw-enums.h"
#include "core/mw-error.h"
#include "export/mw-thunderbird-exporter.h"
#include "export/mw-thunderbird-prefs.h"

/* Drives the Thunderbird exporter from a shell:
 *
 *   export-tool [OPTION…] targets|export|remove
 *   export-tool read FILE SETTING…
 *
 * The password comes on standard input, with --own-password a second one for
 * sending. What was remembered of an earlier export goes in and out through a
 * key file (--memory). "read" says what we read in a file of settings. */

static char *incoming_text;
static char *outgoing_text;
static char *address = (char *) "jan@example.test";
static char *id;
static char *user;
static char *outgoing_user;
static char *method = (char *) "PLAIN";
static char *name = (char *) "";
static char *label;
static char *signature;
static char *target_id;
static char *memory_path;
static char *pin;
static MwExportOptions options;
static gboolean make_default;
static gboolean no_password;
static gboolean own_password;
static gboolean take_away;
static gboolean quiet;

static const GOptionEntry entries[] = {
  { "in", 0, 0, G_OPTION_ARG_STRING, &incoming_text, NULL, "SERVICE:HOST[:PORT]" },
  { "out", 0, 0, G_OPTION_ARG_STRING, &outgoing_text, NULL, "SERVICE:HOST[:PORT]" },
  { "address", 0, 0, G_OPTION_ARG_STRING, &address, NULL, "ADDRESS" },
  { "id", 0, 0, G_OPTION_ARG_STRING, &id, NULL, "which account it is; else ADDRESS says so" },
  { "user", 0, 0, G_OPTION_ARG_STRING, &user, NULL, "NAME" },
  { "out-user", 0, 0, G_OPTION_ARG_STRING, &outgoing_user, NULL, "NAME" },
  { "auth", 0, 0, G_OPTION_ARG_STRING, &method, NULL, "METHOD for both servers" },
  { "name", 0, 0, G_OPTION_ARG_STRING, &name, NULL, "NAME" },
  { "label", 0, 0, G_OPTION_ARG_STRING, &label, NULL, "TEXT" },
  { "signature", 0, 0, G_OPTION_ARG_STRING, &signature, NULL, "TEXT" },
  { "to", 0, 0, G_OPTION_ARG_STRING, &target_id, NULL, "TARGET or folder" },
  { "pin", 0, 0, G_OPTION_ARG_STRING, &pin, NULL, "SHA256 of both servers' certificate" },
  { "memory", 0, 0, G_OPTION_ARG_FILENAME, &memory_path, NULL, "FILE" },
  { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options.dry_run, NULL, NULL },
  { "take-over", 0, 0, G_OPTION_ARG_NONE, &options.take_over, NULL, NULL },
  { "default", 0, 0, G_OPTION_ARG_NONE, &make_default, NULL, NULL },
  { "no-password", 0, 0, G_OPTION_ARG_NONE, &no_password, NULL, NULL },
  { "own-password", 0, 0, G_OPTION_ARG_NONE, &own_password, NULL, "for sending" },
  { "take-away", 0, 0, G_OPTION_ARG_NONE, &take_away, NULL, "POP3: not left on the server" },
  { "quiet", 0, 0, G_OPTION_ARG_NONE, &quiet, NULL, "no notifications" },
  { NULL }
};

static void
keep_result_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static GPtrArray *
find_targets (MwExporter *exporter)
{
  g_autoptr(GAsyncResult) result = NULL;

  mw_exporter_find_targets_async (exporter, NULL, keep_result_cb, &result);
  return mw_exporter_find_targets_finish (exporter, wait_for (&result), NULL);
}

static MwExportTarget *
find_target (MwExporter  *exporter,
             GError     **error)
{
  g_autoptr(GPtrArray) targets = find_targets (exporter);

  if (target_id != NULL && g_path_is_absolute (target_id))
    return mw_thunderbird_exporter_target_for_folder (target_id, error);
  for (guint i = 0; i < targets->len; i++)
    {
      MwExportTarget *target = targets->pdata[i];

      if (target_id == NULL || strcmp (target->id, target_id) == 0)
        return mw_export_target_ref (target);
    }
  g_set_error_literal (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_NO_TARGET, "no such target");
  return NULL;
}

static MwService *
make_service (const char *text,
              const char *log_in)
{
  g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse (text);
  int auth;

  if (endpoint == NULL || !mw_enum_from_nick (MW_TYPE_AUTH_METHOD, method, &auth))
    g_error ("bad server: %s", text);
  return mw_service_new (endpoint, log_in != NULL ? log_in : address, auth, pin);
}

static void
load_memory (MwProfile *profile)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_auto(GStrv) ids = NULL;

  if (memory_path == NULL ||
      !g_key_file_load_from_file (file, memory_path, G_KEY_FILE_NONE, NULL))
    return;
  ids = g_key_file_get_groups (file, NULL);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_auto(GStrv) keys = g_key_file_get_keys (file, ids[i], NULL, NULL);

      for (guint j = 0; keys[j] != NULL; j++)
        {
          g_autofree char *value = g_key_file_get_string (file, ids[i], keys[j], NULL);

          mw_profile_set_export_value (profile, ids[i], keys[j], value);
        }
    }
}

static void
save_memory (MwExportReport *report)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  GHashTableIter iter;
  gpointer key, value;

  if (memory_path == NULL)
    return;
  g_hash_table_iter_init (&iter, report->values);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_key_file_set_string (file, report->target->id, key, value);
  g_key_file_save_to_file (file, memory_path, NULL);
}

static MwProfile *
make_profile (void)
{
  MwProfile *profile = mw_profile_new ();
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA1,
                                                        id != NULL ? id : address, -1);

  /* The same account in every run. */
  g_free (profile->id);
  profile->id = g_strdup_printf ("%.8s-%.4s-4%.3s-8%.3s-%.12s", sum, sum + 8, sum + 12, sum + 15,
                                 sum + 18);
  profile->address = g_strdup (address);
  profile->label = g_strdup (label != NULL ? label : address);
  profile->sender_name = g_strdup (name);
  profile->signature = g_strcompress (signature != NULL ? signature : "");
  profile->is_default = make_default;
  profile->incoming = make_service (incoming_text != NULL ? incoming_text
                                                          : "imaps:mail.example.test", user);
  if (outgoing_text != NULL)
    profile->outgoing = make_service (outgoing_text,
                                      outgoing_user != NULL ? outgoing_user : user);
  profile->own_credentials = own_password;
  profile->leave_on_server = !take_away;
  profile->notifications = !quiet;
  load_memory (profile);
  return profile;
}

static MwSecret *
read_password (void)
{
  char line[256];
  MwSecret *secret;

  if (fgets (line, sizeof line, stdin) == NULL)
    return NULL;
  line[strcspn (line, "\n")] = '\0';
  secret = mw_secret_new (line, -1);
  mw_secret_wipe_bytes (line, sizeof line);
  return secret;
}

static void
print_report (MwExportReport *report)
{
  printf ("outcome %s\n", mw_enum_to_nick (MW_TYPE_EXPORT_OUTCOME, report->outcome));
  printf ("password %s\n", mw_enum_to_nick (MW_TYPE_EXPORT_PASSWORD, report->password));
  printf ("folder %s/%s\n", report->target->data_folder, report->target->profile);
  for (guint i = 0; i < report->created->len; i++)
    printf ("created %s\n", (char *) report->created->pdata[i]);
  for (guint i = 0; i < report->updated->len; i++)
    printf ("updated %s\n", (char *) report->updated->pdata[i]);
  for (guint i = 0; i < report->backups->len; i++)
    printf ("backup %s\n", (char *) report->backups->pdata[i]);
  for (guint i = 0; i < report->changes->len; i++)
    {
      MwExportChange *change = report->changes->pdata[i];

      printf ("changes %s: %s -> %s\n", mw_enum_to_nick (MW_TYPE_EXPORT_ITEM, change->item),
              change->former != NULL ? change->former : "none",
              change->latter != NULL ? change->latter : "none");
    }
  printf ("takes-over %s\n", report->takes_over ? "yes" : "no");
  for (int note = 0; note < MW_N_EXPORT_NOTES; note++)
    if ((report->notes & (1u << note)) != 0)
      printf ("note %s\n", mw_enum_to_nick (MW_TYPE_EXPORT_NOTE, note));
  if (report->message != NULL)
    printf ("message %s\n", report->message);
}

static int
list_targets (MwExporter *exporter)
{
  g_autoptr(GPtrArray) targets = find_targets (exporter);

  for (guint i = 0; i < targets->len; i++)
    {
      MwExportTarget *target = targets->pdata[i];

      printf ("%s\t%s\t%s\t%s\t%s\n", target->id,
              target->version != NULL ? target->version : "-", target->data_folder,
              target->profile != NULL ? target->profile : "-",
              target->running ? "running" : "closed");
    }
  return EXIT_SUCCESS;
}

static int
read_settings (char **arguments)
{
  g_autoptr(MwThunderbirdPrefs) prefs = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *data = NULL;
  gsize size;

  if (!g_file_get_contents (arguments[0], &data, &size, &error))
    g_error ("%s", error->message);
  prefs = mw_thunderbird_prefs_parse (data, size, &error);
  if (prefs == NULL)
    {
      printf ("error %d %s\n", error->code, error->message);
      return EXIT_FAILURE;
    }
  for (char **each = arguments + 1; *each != NULL; each++)
    {
      const char *value = mw_thunderbird_prefs_get_string (prefs, *each);
      g_autofree char *text = g_strescape (value != NULL ? value : "-", NULL);
      int number = mw_thunderbird_prefs_get_int (prefs, *each, G_MAXINT);

      if (number != G_MAXINT)
        printf ("%s %d\n", *each, number);
      else
        printf ("%s %s\n", *each, text);
    }
  return EXIT_SUCCESS;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GOptionContext) context = g_option_context_new ("targets|export|remove|read");
  g_autoptr(MwExporter) exporter = NULL;
  g_autoptr(MwExportTarget) target = NULL;
  g_autoptr(MwProfile) profile = NULL;
  g_autoptr(MwSecret) password = NULL;
  g_autoptr(MwSecret) outgoing_password = NULL;
  g_autoptr(MwExportReport) report = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc < 2)
    {
      fprintf (stderr, "%s\n", error != NULL ? error->message : "one command, please");
      return 2;
    }

  exporter = mw_thunderbird_exporter_new (g_getenv ("EXPORT_TOOL_HELPER"));
  if (strcmp (argv[1], "targets") == 0)
    return list_targets (exporter);
  if (strcmp (argv[1], "read") == 0)
    return read_settings (argv + 2);

  target = find_target (exporter, &error);
  profile = make_profile ();
  if (target != NULL && strcmp (argv[1], "remove") == 0)
    {
      mw_exporter_remove_async (exporter, target, profile, &options, NULL, keep_result_cb,
                                &result);
      report = mw_exporter_remove_finish (exporter, wait_for (&result), &error);
    }
  else if (target != NULL)
    {
      password = no_password ? NULL : read_password ();
      outgoing_password = own_password ? read_password () : NULL;
      mw_exporter_export_async (exporter, target, profile, password, outgoing_password,
                                &options, NULL, keep_result_cb, &result);
      report = mw_exporter_export_finish (exporter, wait_for (&result), &error);
    }

  if (report == NULL)
    {
      printf ("error %d %s\n", error->code, error->message);
      return EXIT_FAILURE;
    }
  print_report (report);
  if (!options.dry_run && strcmp (argv[1], "export") == 0)
    save_memory (report);
  return EXIT_SUCCESS;
}
