/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "cli/mw-cli-found.h"

#include <glib/gi18n.h>

#include "cli/mw-cli-terminal.h"
#include "setup/mw-advice-found.h"
#include "setup/mw-json.h"

static void
add_service (JsonBuilder *builder,
             const char  *name,
             MwService   *service)
{
  json_builder_set_member_name (builder, name);
  if (service == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }

  json_builder_begin_object (builder);
  mw_json_add_string (builder, "service", mw_endpoint_get_service (service->endpoint));
  mw_json_add_string (builder, "host", mw_endpoint_get_host (service->endpoint));
  mw_json_add_int (builder, "port", mw_endpoint_get_port (service->endpoint));
  mw_json_add_string (builder, "user", service->user_name);
  mw_json_add_auth (builder, "auth", service->auth);
  json_builder_end_object (builder);
}

static void
add_notes (JsonBuilder    *builder,
           MwFoundAccount *account)
{
  json_builder_set_member_name (builder, "notes");
  json_builder_begin_array (builder);
  for (guint note = 0; note < MW_N_FOUND_NOTES; note++)
    {
      if (mw_found_account_has_note (account, note))
        json_builder_add_string_value (builder, mw_enum_to_nick (MW_TYPE_FOUND_NOTE, note));
    }
  json_builder_end_array (builder);
}

void
mw_cli_found_add (JsonBuilder    *builder,
                  MwFoundAccount *account,
                  gboolean        with_passwords)
{
  MwProfile *profile = account->profile;

  mw_json_add_string (builder, "client",
                      mw_enum_to_nick (MW_TYPE_MAIL_CLIENT, account->client));
  mw_json_add_string (builder, "target", account->target_id);
  mw_json_add_string (builder, "address", profile->address);
  mw_json_add_string (builder, "label", profile->label);
  mw_json_add_string (builder, "sender_name", profile->sender_name);
  mw_json_add_string (builder, "signature", profile->signature);
  add_service (builder, "incoming", profile->incoming);
  add_service (builder, "outgoing", profile->outgoing);
  mw_json_add_boolean (builder, "leave_on_server", profile->leave_on_server);
  mw_json_add_int (builder, "delete_after_days", profile->delete_after_days);
  mw_json_add_folders (builder, "folders", profile->folders);
  mw_json_add_string (builder, "passwords",
                      with_passwords && account->obstacle == MW_FOUND_OBSTACLE_NONE
                        ? mw_enum_to_nick (MW_TYPE_FOUND_PASSWORDS, account->passwords) : NULL);
  mw_json_add_string (builder, "obstacle",
                      account->obstacle != MW_FOUND_OBSTACLE_NONE
                        ? mw_enum_to_nick (MW_TYPE_FOUND_OBSTACLE, account->obstacle) : NULL);
  mw_json_add_string (builder, "kind", account->kind);
  add_notes (builder, account);
  mw_json_add_strings (builder, "hosts", (const char * const *) account->hosts);
  mw_json_add_string (builder, "saved", account->saved_id);
}

void
mw_cli_found_add_candidates (JsonBuilder *builder,
                             GPtrArray   *accounts)
{
  json_builder_set_member_name (builder, "candidates");
  json_builder_begin_array (builder);
  for (guint i = 0; i < accounts->len; i++)
    {
      MwFoundAccount *account = accounts->pdata[i];

      for (guint side = 0; side < 2; side++)
        {
          MwService *service = mw_profile_get_service (account->profile, side);
          const char *names[] = { service != NULL ? service->user_name : NULL, NULL };
          g_autoptr(MwCandidate) candidate = NULL;

          if (service == NULL)
            continue;
          candidate = mw_candidate_new (service->endpoint, MW_ORIGIN_FILE, MW_GRADE_L, names,
                                        service->auth, i);
          mw_json_add_candidate (builder, candidate, service->user_name);
        }
    }
  json_builder_end_array (builder);
}

static void
print_service (const char *heading,
               MwService  *service)
{
  g_autofree char *server = NULL;
  g_autofree char *user = NULL;

  if (service == NULL)
    return;

  server = mw_endpoint_to_string (service->endpoint);
  user = mw_cli_terminal_clean (service->user_name);
  g_print ("  %s %s  %s\n", heading, server, user);
}

void
mw_cli_found_print (MwFoundAccount *account,
                    gboolean        with_passwords)
{
  MwProfile *profile = account->profile;
  g_autofree char *label = mw_cli_terminal_clean (profile->label);
  g_autofree char *address = mw_cli_terminal_clean (profile->address);
  g_autofree char *obstacle = mw_advice_describe_obstacle (account);
  g_autofree char *clean = mw_cli_terminal_clean (obstacle);
  g_auto(GStrv) notes = mw_advice_dup_found_notes (account);
  const char *about = with_passwords ? mw_advice_describe_found_passwords (account) : NULL;

  g_print ("%s%s%s", mw_cli_terminal_colour (MW_CLI_COLOUR_STRONG), label,
           mw_cli_terminal_colour (MW_CLI_COLOUR_PLAIN));
  if (*address != '\0' && !g_str_equal (address, label))
    g_print ("  %s", address);
  g_print ("\n");

  if (obstacle != NULL)
    {
      g_print ("  %s\n", clean);
      return;
    }
  print_service (_("Receiving:"), profile->incoming);
  print_service (_("Sending:"), profile->outgoing);
  if (about != NULL)
    g_print ("  %s\n", about);
  for (gsize i = 0; notes[i] != NULL; i++)
    g_print ("  %s\n", notes[i]);
}
