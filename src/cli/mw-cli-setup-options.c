/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "cli/mw-cli-setup-options.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "cli/mw-cli-hints.h"
#include "cli/mw-cli-password.h"
#include "cli/mw-cli-servers.h"
#include "core/mw-domain.h"
#include "core/mw-error.h"

MwCliSetupOptions *
mw_cli_setup_options_new (void)
{
  MwCliSetupOptions *self = g_new0 (MwCliSetupOptions, 1);

  self->password_fd = -1;
  return self;
}

void
mw_cli_setup_options_free (MwCliSetupOptions *self)
{
  g_strfreev (self->incoming);
  g_strfreev (self->outgoing);
  g_free (self->user);
  g_free (self->outgoing_user);
  g_strfreev (self->allowed_hosts);
  g_strfreev (self->pins);
  g_free (self->report);
  g_free (self->report_json);
  g_free (self);
}

/* Text options are declared as file names: GLib hands those over as they are,
 * and does not refuse Polish letters in the C locale. */
GOptionEntry *
mw_cli_setup_options_make_entries (MwCliSetupOptions  *self,
                                   const GOptionEntry *more)
{
  const GOptionEntry entries[] = {
    { "in", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->incoming,
      N_("Receive from this server, such as imaps:mail.example.org:993"), N_("SERVER") },
    { "out", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->outgoing,
      N_("Send through this server, such as submissions:mail.example.org:465"), N_("SERVER") },
    { "user", 0, 0, G_OPTION_ARG_FILENAME, &self->user,
      N_("Sign in with this user name"), N_("NAME") },
    { "outgoing-user", 0, 0, G_OPTION_ARG_FILENAME, &self->outgoing_user,
      N_("Sign in with this user name for sending"), N_("NAME") },
    { "no-outgoing-auth", 0, 0, G_OPTION_ARG_NONE, &self->no_outgoing_auth,
      N_("The outgoing server requires no authentication"), NULL },
    { "receive-only", 0, 0, G_OPTION_ARG_NONE, &self->receive_only,
      N_("Leave sending out"), NULL },
    { "no-login", 0, 0, G_OPTION_ARG_NONE, &self->no_login,
      N_("Stop before the password"), NULL },
    { "no-ispdb", 0, 0, G_OPTION_ARG_NONE, &self->no_ispdb,
      N_("Do not look the domain up in the public settings database"), NULL },
    { "allow-host", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->allowed_hosts,
      N_("The password may go to this host"), N_("HOST") },
    { "pin", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->pins,
      N_("Accept exactly this certificate there"), N_("SHA256@HOST:PORT") },
    { "password-stdin", 0, 0, G_OPTION_ARG_NONE, &self->password_stdin,
      N_("Read the password from the first line of the standard input"), NULL },
    { "password-fd", 0, 0, G_OPTION_ARG_INT, &self->password_fd,
      N_("Read the password from this file descriptor"), N_("NUMBER") },
    { "outgoing-password-stdin", 0, 0, G_OPTION_ARG_NONE, &self->outgoing_password_stdin,
      N_("Read the password for sending from the next line"), NULL },
    { "report", 0, 0, G_OPTION_ARG_FILENAME, &self->report,
      N_("Write a report for whoever helps, without passwords"), N_("FILE") },
    { "report-json", 0, 0, G_OPTION_ARG_FILENAME, &self->report_json,
      N_("Write the report as JSON"), N_("FILE") },
    { "report-address", 0, 0, G_OPTION_ARG_NONE, &self->report_address,
      N_("Include the part before the @ in the report"), NULL },
    { "report-network", 0, 0, G_OPTION_ARG_NONE, &self->report_network,
      N_("Include addresses of your own network in the report"), NULL },
    { NULL }
  };
  GArray *all = g_array_new (TRUE, FALSE, sizeof (GOptionEntry));

  for (gsize i = 0; more != NULL && more[i].long_name != NULL; i++)
    g_array_append_val (all, more[i]);
  g_array_append_vals (all, entries, G_N_ELEMENTS (entries) - 1);

  return (GOptionEntry *) g_array_free (all, FALSE);
}

static gboolean
apply_servers (MwSetup  *setup,
               MwSide    side,
               char    **texts,
               GError  **error)
{
  g_autoptr(GPtrArray) endpoints = NULL;

  if (texts == NULL)
    return TRUE;

  endpoints = mw_cli_servers_parse (texts, side, error);
  if (endpoints == NULL)
    return FALSE;

  mw_setup_set_servers (setup, side, endpoints);
  return TRUE;
}

static char *
parse_host (const char *text)
{
  g_autofree char *bare = NULL;
  gsize length = strlen (text);

  if (text[0] == '[' && length > 2 && text[length - 1] == ']')
    bare = g_strndup (text + 1, length - 2);
  else
    bare = g_strdup (text);

  if (mw_domain_is_ip_literal (bare))
    return g_steal_pointer (&bare);
  return mw_domain_normalize (bare);
}

static gboolean
apply_allowed_hosts (MwSetup  *setup,
                     char    **texts,
                     GError  **error)
{
  for (gsize i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      g_autofree char *host = parse_host (texts[i]);

      if (host == NULL)
        {
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       /* Translators: %s is what was typed instead of the name of a computer. */
                       _("“%s” is not the name of a host"), texts[i]);
          return FALSE;
        }
      mw_setup_allow_host (setup, host);
    }

  return TRUE;
}

static gboolean
apply_pin (MwSetup    *setup,
           const char *text)
{
  const char *at = strchr (text, '@');
  const char *colon = strrchr (text, ':');
  g_autofree char *fingerprint = NULL;
  g_autofree char *host_text = NULL;
  g_autofree char *host = NULL;
  guint64 port;

  if (at == NULL || colon == NULL || colon < at ||
      !g_ascii_string_to_unsigned (colon + 1, 10, 1, G_MAXUINT16, &port, NULL))
    return FALSE;

  fingerprint = g_strndup (text, at - text);
  host_text = g_strndup (at + 1, colon - at - 1);
  host = parse_host (host_text);
  return host != NULL && mw_setup_add_pin (setup, fingerprint, host, port);
}

static gboolean
apply_pins (MwSetup  *setup,
            char    **texts,
            GError  **error)
{
  for (gsize i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      if (!apply_pin (setup, texts[i]))
        {
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       /* Translators: %s is what was typed. */
                       _("“%s” is not a pin: write SHA256@HOST:PORT"), texts[i]);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
all_text (MwCliSetupOptions  *self,
          const char         *address,
          GError            **error)
{
  char **lists[] = { self->incoming, self->outgoing, self->allowed_hosts, self->pins };

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      for (gsize j = 0; lists[i] != NULL && lists[i][j] != NULL; j++)
        {
          if (!mw_cli_session_is_text (lists[i][j], error))
            return FALSE;
        }
    }

  return mw_cli_session_is_text (address, error) &&
         mw_cli_session_is_text (self->user, error) &&
         mw_cli_session_is_text (self->outgoing_user, error);
}

gboolean
mw_cli_setup_options_apply (MwCliSetupOptions  *self,
                            MwCliSession       *session,
                            const char         *address,
                            MwSetup            *setup,
                            GError            **error)
{
  if (!all_text (self, address, error))
    return FALSE;

  if (self->receive_only && self->outgoing != NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _("--receive-only and --out contradict each other"));
      return FALSE;
    }

  g_object_set (setup,
                "timeout", (guint) session->timeout,
                "receive-only", self->receive_only,
                "log-in", !self->no_login,
                "outgoing-authentication", !self->no_outgoing_auth,
                "use-ispdb", !self->no_ispdb,
                NULL);
  mw_setup_set_user_name (setup, MW_SIDE_INCOMING, self->user);
  mw_setup_set_user_name (setup, MW_SIDE_OUTGOING,
                          self->outgoing_user != NULL ? self->outgoing_user : self->user);

  return mw_setup_set_address (setup, address, TRUE, error) &&
         apply_servers (setup, MW_SIDE_INCOMING, self->incoming, error) &&
         apply_servers (setup, MW_SIDE_OUTGOING, self->outgoing, error) &&
         apply_allowed_hosts (setup, self->allowed_hosts, error) &&
         apply_pins (setup, self->pins, error);
}

static MwSecret *
lookup_secret (MwCliSession  *session,
               MwProfile     *profile,
               MwSide         side,
               GError       **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) local_error = NULL;
  MwSecret *secret;

  mw_engine_lookup_secret_async (session->engine, profile, side, session->cancellable,
                                 mw_cli_session_ready_cb, session);
  result = mw_cli_session_wait (session);
  secret = mw_engine_lookup_secret_finish (session->engine, result, &local_error);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (secret == NULL)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                         _("The keyring holds no password for this account"));

  return secret;
}

static gboolean
use_saved_account (MwCliSetupOptions  *self,
                   MwCliSession       *session,
                   MwSetup            *setup,
                   GError            **error)
{
  MwProfileStore *store = mw_engine_get_profile_store (session->engine);
  const char *address = mw_address_get_text (mw_setup_get_address (setup));
  g_autoptr(MwProfile) profile = NULL;
  g_autoptr(MwSecret) incoming = NULL;
  g_autoptr(MwSecret) outgoing = NULL;
  g_autoptr(GError) local_error = NULL;

  if (!mw_cli_session_load_profiles (session, error))
    return FALSE;

  if (self->incoming == NULL && self->outgoing == NULL &&
      self->user == NULL && self->outgoing_user == NULL)
    profile = mw_profile_store_find (store, address, &local_error);
  if (g_error_matches (local_error, MW_STORE_ERROR, MW_STORE_ERROR_AMBIGUOUS))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (profile == NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _("A password is needed, and there is no terminal to ask for it on: "
                             "use --password-stdin"));
      return FALSE;
    }

  incoming = lookup_secret (session, profile, MW_SIDE_INCOMING, error);
  if (incoming == NULL)
    return FALSE;
  if (profile->own_credentials && profile->outgoing != NULL && !self->receive_only)
    {
      outgoing = lookup_secret (session, profile, MW_SIDE_OUTGOING, error);
      if (outgoing == NULL)
        return FALSE;
    }

  mw_setup_open_profile (setup, profile);
  if (self->receive_only)
    g_object_set (setup, "receive-only", TRUE, NULL);
  if (self->no_outgoing_auth)
    g_object_set (setup, "outgoing-authentication", FALSE, NULL);
  mw_setup_set_password (setup, MW_SIDE_INCOMING, incoming);
  mw_setup_set_password (setup, MW_SIDE_OUTGOING, outgoing);
  return TRUE;
}

gboolean
mw_cli_setup_options_fetch_passwords (MwCliSetupOptions  *self,
                                      MwCliSession       *session,
                                      MwSetup            *setup,
                                      GError            **error)
{
  g_autoptr(MwSecret) incoming = NULL;
  g_autoptr(MwSecret) outgoing = NULL;

  if (self->no_login)
    return TRUE;

  if (self->password_stdin)
    {
      incoming = mw_cli_password_read (session, STDIN_FILENO, error);
    }
  else if (self->password_fd >= 0)
    {
      incoming = mw_cli_password_read (session, self->password_fd, error);
    }
  else if (mw_cli_password_can_prompt ())
    {
      const char *address = mw_address_get_display (mw_setup_get_address (setup));
      /* Translators: a question on the terminal; %s is an e-mail address. */
      g_autofree char *question = g_strdup_printf (_("Password for %s: "), address);
      g_autofree char *hints = mw_cli_hints_describe (mw_setup_get_provider (setup));

      g_printerr ("%s", hints);
      incoming = mw_cli_password_prompt (session, question, error);
    }
  else
    {
      return use_saved_account (self, session, setup, error);
    }

  if (incoming == NULL)
    return FALSE;
  mw_setup_set_password (setup, MW_SIDE_INCOMING, incoming);

  if (self->outgoing_password_stdin)
    {
      outgoing = mw_cli_password_read (session, STDIN_FILENO, error);
      if (outgoing == NULL)
        return FALSE;
    }
  else if (self->outgoing_user != NULL)
    {
      outgoing = mw_secret_ref (incoming);
    }

  if (outgoing != NULL)
    {
      g_object_set (setup, "same-credentials", FALSE, NULL);
      mw_setup_set_password (setup, MW_SIDE_OUTGOING, outgoing);
    }

  return TRUE;
}
