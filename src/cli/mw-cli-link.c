/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "cli/mw-cli-command.h"
#include "cli/mw-cli-json.h"
#include "cli/mw-cli-output.h"
#include "cli/mw-cli-servers.h"
#include "cli/mw-cli-terminal.h"
#include "core/mw-address.h"
#include "core/mw-domain.h"
#include "setup/mw-advice-share.h"
#include "setup/mw-share-link.h"
#include "setup/mw-share-note.h"

/* There is no option for a password: no link has one. */
typedef struct {
  char     **incoming;
  char     **outgoing;
  char      *address;
  char      *domain;
  gboolean   personal;
  char      *user_form;
  char      *user;
  char      *outgoing_user;
  gboolean   no_outgoing_auth;
  char      *auth;
  char      *provider;
  char      *name;
  char      *label;
  char      *help_uri;
  char      *client;
  char      *format;
  char      *output;
} LinkOptions;

static gboolean
fail (GError     **error,
      const char  *problem)
{
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, problem);
  return FALSE;
}

static int
find_word (const char         *word,
           const char * const *words)
{
  for (int i = 0; words[i] != NULL; i++)
    {
      if (word != NULL && g_str_equal (word, words[i]))
        return i;
    }

  return -1;
}

/* Whether the text is one of the words, or none was given. */
static gboolean
check_word (const char         *option,
            const char         *word,
            const char * const *words,
            GError            **error)
{
  g_autofree char *all = NULL;

  if (word == NULL || find_word (word, words) >= 0)
    return TRUE;

  all = g_strjoinv (", ", (char **) words);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               /* Translators: an option such as --client, then the words it takes. */
               _("%s takes one of these words: %s"), option, all);
  return FALSE;
}

static const char * const user_forms[] = { "email", "local", NULL };
static const char * const auth_words[] = { "password", "app-password", "oauth2", NULL };
static const char * const clients[] = { "evolution", "thunderbird", NULL };
static const char * const formats[] = { "link", "qr-svg", "qr-png", NULL };

static gboolean
check_words (LinkOptions  *options,
             GError      **error)
{
  const char * const texts[] = {
    options->address, options->domain, options->user, options->outgoing_user, options->provider,
    options->name, options->label, options->help_uri,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      if (!mw_cli_session_is_text (texts[i], error))
        return FALSE;
    }

  return check_word ("--user-form", options->user_form, user_forms, error) &&
         check_word ("--auth", options->auth, auth_words, error) &&
         check_word ("--client", options->client, clients, error) &&
         check_word ("--to", options->format, formats, error);
}

static gboolean
writes_to_terminal (LinkOptions *options)
{
  return mw_cli_output_is_standard (options->output != NULL ? options->output : "-") &&
         isatty (STDOUT_FILENO);
}

static gboolean
check_options (LinkOptions   *options,
               MwCliSession  *session,
               gboolean       with_account,
               GError       **error)
{
  gboolean has_servers = options->incoming != NULL || options->outgoing != NULL;
  gboolean says_user = options->user != NULL || options->outgoing_user != NULL;

  if (!check_words (options, error))
    return FALSE;

  if (with_account && (has_servers || says_user || options->user_form != NULL ||
                       options->no_outgoing_auth))
    return fail (error, _("The servers and user names come from the account: give either an "
                          "account or --in and --out"));
  if (!with_account && options->personal)
    return fail (error, _("--personal is for a saved account; say --address instead"));
  if (!with_account && !has_servers && options->address == NULL && options->domain == NULL)
    return fail (error, _("Say what the link is for: an account, or servers with --in and --out"));
  if ((options->address != NULL) + (options->domain != NULL) + options->personal > 1)
    return fail (error, _("Give only one of --address, --domain and --personal"));
  if (says_user && options->address == NULL)
    return fail (error, _("A link with a user name is for one person: say whom with --address"));
  if (options->help_uri != NULL && !g_str_has_prefix (options->help_uri, "https://"))
    return fail (error, _("The help in a link has to be a page with https://"));
  if (g_strcmp0 (options->format, "qr-png") == 0 && writes_to_terminal (options))
    return fail (error, _("A picture is nothing for a terminal: say with --output where it goes"));
  if (session->json && find_word (options->format, formats) > 0 &&
      mw_cli_output_is_standard (options->output != NULL ? options->output : "-"))
    return fail (error, _("Only one thing can be written to the standard output"));

  return TRUE;
}

static gboolean
add_servers (GPtrArray  *endpoints,
             char      **texts,
             MwSide      side,
             GError    **error)
{
  g_autoptr(GPtrArray) parsed = mw_cli_servers_parse (texts, side, error);

  if (parsed == NULL)
    return FALSE;
  if (parsed->len > MW_SETUP_LINK_MAX_SERVERS)
    return fail (error, _("A link can name four servers for each direction"));

  for (guint i = 0; i < parsed->len; i++)
    {
      if (!mw_share_link_is_fit (parsed->pdata[i], error))
        return FALSE;
      g_ptr_array_add (endpoints, mw_endpoint_ref (parsed->pdata[i]));
    }

  return TRUE;
}

static MwSetupLink *
make_of_options (LinkOptions  *options,
                 GError      **error)
{
  g_autoptr(MwSetupLink) link = mw_setup_link_new ();

  if (!add_servers (link->incoming, options->incoming, MW_SIDE_INCOMING, error) ||
      !add_servers (link->outgoing, options->outgoing, MW_SIDE_OUTGOING, error))
    return NULL;

  link->user_is_local_part = g_strcmp0 (options->user_form, "local") == 0;
  link->incoming_user = g_strdup (options->user);
  link->outgoing_without_login = options->no_outgoing_auth;
  if (!options->no_outgoing_auth)
    link->outgoing_user = g_strdup (options->outgoing_user != NULL ? options->outgoing_user
                                                                    : options->user);
  return g_steal_pointer (&link);
}

static MwSetupLink *
make_of_account (LinkOptions   *options,
                 MwProfile     *profile,
                 GError       **error)
{
  MwShareAudience audience = MW_SHARE_AUDIENCE_DOMAIN;

  if (options->personal)
    audience = MW_SHARE_AUDIENCE_PERSON;
  else if (options->provider != NULL && options->address == NULL && options->domain == NULL)
    audience = MW_SHARE_AUDIENCE_PROVIDER;

  return mw_share_link_new (profile, audience, NULL, error);
}

static void
set_text (char       **field,
          const char  *text)
{
  if (text == NULL)
    return;

  g_free (*field);
  *field = g_strdup (text);
}

/* Whom it is for, and the names, which come from the options in any case. */
static gboolean
complete (MwSetupLink  *link,
          LinkOptions  *options,
          GError      **error)
{
  g_autoptr(MwAddress) address = NULL;
  g_autofree char *domain = NULL;

  if (options->address != NULL)
    {
      address = mw_address_parse (options->address, error);
      if (address == NULL)
        return FALSE;
      set_text (&link->local_part, mw_address_get_local_part (address));
      set_text (&link->domain, mw_address_get_domain (address));
    }
  if (options->domain != NULL)
    {
      domain = mw_domain_normalize (options->domain[0] == '@' ? options->domain + 1
                                                              : options->domain);
      if (domain == NULL)
        return fail (error, _("That is not a domain such as example.org"));
      set_text (&link->domain, domain);
    }
  if (options->auth != NULL)
    link->auth = MW_LINK_AUTH_PASSWORD + (MwLinkAuth) find_word (options->auth, auth_words);

  set_text (&link->provider_name, options->provider);
  set_text (&link->sender_name, options->name);
  set_text (&link->account_name, options->label);
  set_text (&link->help_uri, options->help_uri);
  set_text (&link->client, options->client);
  return TRUE;
}

static void
print_json (const char  *text,
            guint        notes,
            LinkOptions *options)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  mw_json_add_string (builder, "link", text);
  mw_json_add_int (builder, "octets", (gint64) strlen (text));
  json_builder_set_member_name (builder, "notes");
  json_builder_begin_array (builder);
  for (int note = MW_SHARE_NOTE_ADDRESS; note <= MW_SHARE_NOTE_LONG; note++)
    {
      if ((notes & (1u << note)) != 0)
        json_builder_add_string_value (builder, mw_enum_to_nick (MW_TYPE_SHARE_NOTE, note));
    }
  json_builder_end_array (builder);
  mw_json_add_string (builder, "output", options->output);
  json_builder_end_object (builder);
  mw_cli_json_print (builder);
}

static gboolean
write_link (const char   *text,
            LinkOptions  *options,
            MwCliSession *session,
            GError      **error)
{
  int format = MW_SHARE_FORMAT_LINK;
  g_autoptr(GBytes) contents = NULL;
  const char *data;
  gsize size;

  if (session->json && options->output == NULL)
    return TRUE;

  if (options->format != NULL)
    mw_enum_from_nick (MW_TYPE_SHARE_FORMAT, options->format, &format);
  contents = mw_share_link_render (text, (MwShareFormat) format);
  data = g_bytes_get_data (contents, &size);
  return mw_cli_output_write (options->output != NULL ? options->output : "-", data,
                              (gssize) size, error);
}

static MwSetupLink *
make_link (LinkOptions   *options,
           MwCliSession  *session,
           const char    *key,
           MwProfile    **out_profile,
           GError       **error)
{
  g_autoptr(MwSetupLink) link = NULL;

  if (key == NULL)
    link = make_of_options (options, error);
  else
    {
      *out_profile = mw_cli_session_find_profile (session, key, error);
      if (*out_profile != NULL)
        link = make_of_account (options, *out_profile, error);
    }

  if (link == NULL || !complete (link, options, error))
    return NULL;
  return g_steal_pointer (&link);
}

static MwCliExit
run_with (LinkOptions  *options,
          MwCliSession *session,
          const char   *key)
{
  g_autoptr(MwProfile) profile = NULL;
  g_autoptr(MwSetupLink) link = NULL;
  g_autofree char *text = NULL;
  g_auto(GStrv) sentences = NULL;
  g_autoptr(GError) error = NULL;
  guint notes;

  if (!check_options (options, session, key != NULL, &error))
    return mw_cli_session_fail (session, error);
  if (key != NULL && !mw_cli_session_open (session))
    return MW_CLI_EXIT_USAGE;

  link = make_link (options, session, key, &profile, &error);
  if (link == NULL)
    return mw_cli_session_fail (session, error);

  text = mw_setup_link_to_string (link);
  if (text == NULL)
    {
      mw_cli_terminal_complain (_("This cannot be a link: an address, a host or a name is not "
                                  "one that a link can hold, or it all is too long"));
      return MW_CLI_EXIT_USAGE;
    }

  notes = mw_share_note_find_in_link (profile, link, text);
  if (!write_link (text, options, session, &error))
    return mw_cli_session_fail (session, error);
  if (session->json)
    print_json (text, notes, options);

  sentences = mw_advice_dup_share_notes (notes);
  for (gsize i = 0; sentences[i] != NULL; i++)
    mw_cli_terminal_complain ("%s", sentences[i]);
  return MW_CLI_EXIT_YES;
}

static void
link_options_clear (LinkOptions *options)
{
  g_strfreev (options->incoming);
  g_strfreev (options->outgoing);
  g_free (options->address);
  g_free (options->domain);
  g_free (options->user_form);
  g_free (options->user);
  g_free (options->outgoing_user);
  g_free (options->auth);
  g_free (options->provider);
  g_free (options->name);
  g_free (options->label);
  g_free (options->help_uri);
  g_free (options->client);
  g_free (options->format);
  g_free (options->output);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LinkOptions, link_options_clear)

static MwCliExit
run (MwCliSession  *session,
     int            argc,
     char         **argv)
{
  g_auto(LinkOptions) options = { NULL };
  GOptionEntry entries[] = {
    { "in", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.incoming,
      N_("Receive from this server, such as imaps:mail.example.org:993"), N_("SERVER") },
    { "out", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.outgoing,
      N_("Send through this server, such as submissions:mail.example.org:465"), N_("SERVER") },
    { "address", 0, 0, G_OPTION_ARG_FILENAME, &options.address,
      N_("Make it for the person with this address"), N_("ADDRESS") },
    { "domain", 0, 0, G_OPTION_ARG_FILENAME, &options.domain,
      N_("Make it for everybody with an address of this domain"), N_("DOMAIN") },
    { "personal", 0, 0, G_OPTION_ARG_NONE, &options.personal,
      N_("Put the address, the names and the user names of the account into it"), NULL },
    { "provider", 0, 0, G_OPTION_ARG_FILENAME, &options.provider,
      N_("Say what the provider is called; without a domain it is for all customers"),
      N_("NAME") },
    { "user-form", 0, 0, G_OPTION_ARG_FILENAME, &options.user_form,
      N_("User names are the whole address (email) or the part before the @ (local)"),
      N_("FORM") },
    { "user", 0, 0, G_OPTION_ARG_FILENAME, &options.user,
      N_("Sign in with this user name"), N_("NAME") },
    { "outgoing-user", 0, 0, G_OPTION_ARG_FILENAME, &options.outgoing_user,
      N_("Sign in with this user name for sending"), N_("NAME") },
    { "no-outgoing-auth", 0, 0, G_OPTION_ARG_NONE, &options.no_outgoing_auth,
      N_("The outgoing server requires no authentication"), NULL },
    { "auth", 0, 0, G_OPTION_ARG_FILENAME, &options.auth,
      N_("Ask for this: password, app-password or oauth2"), N_("WORD") },
    { "name", 0, 0, G_OPTION_ARG_FILENAME, &options.name,
      N_("Suggest this sender name"), N_("NAME") },
    { "label", 0, 0, G_OPTION_ARG_FILENAME, &options.label,
      N_("Suggest this account name"), N_("NAME") },
    { "help-uri", 0, 0, G_OPTION_ARG_FILENAME, &options.help_uri,
      N_("Name this page with help"), N_("URI") },
    { "client", 0, 0, G_OPTION_ARG_FILENAME, &options.client,
      N_("Suggest this mail program: evolution or thunderbird"), N_("PROGRAM") },
    { "to", 0, 0, G_OPTION_ARG_FILENAME, &options.format,
      N_("Write it as link, qr-svg or qr-png"), N_("FORMAT") },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &options.output,
      N_("Write it there instead of to the standard output"), N_("FILE") },
    { NULL }
  };

  if (!mw_cli_session_parse (session, N_("[ACCOUNT]"), mw_cli_command_link.summary, entries,
                             0, 1, &argc, &argv))
    return MW_CLI_EXIT_USAGE;

  return run_with (&options, session, argc > 1 ? argv[1] : NULL);
}

const MwCliCommand mw_cli_command_link = {
  "link",
  N_("Make a link that sets an account up, without a password"),
  run,
};
