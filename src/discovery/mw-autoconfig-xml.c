/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-autoconfig-xml.h"

#include <string.h>

#include "core/mw-domain.h"
#include "core/mw-foreign-words.h"
#include "discovery/mw-autoconfig-text.h"
#include "discovery/mw-document-provider.h"
#include "discovery/mw-foreign-host.h"

#define MAX_DEPTH 16
/* clientConfig, emailProvider, and the server in it. */
#define SERVER_DEPTH 3
#define MAX_SERVERS 32
#define MAX_SKIPPED 32
/* Placeholders may make a text longer, but no field that is used is longer
 * than an address; names and instructions are cut. */
#define MAX_FIELD 512
#define MAX_USER_NAMES 4
#define MAX_NAME_CHARS 60
#define MAX_SHORT_NAME_CHARS 20
/* What accounts and mail programs can be told. */
#define MAX_DAYS 365

/* One server while its elements come in. */
typedef struct {
  char      *type;
  char      *host;
  char      *port;
  char      *socket_type;
  GPtrArray *user_names;  /* in order */
  gboolean   password;    /* a method that uses one is offered */
  gboolean   oauth;
  gboolean   nothing;     /* no log-in */
  gboolean   unknown;     /* a method nobody here knows */
} Server;

/* A page and what is said about it, in the language that fits best. */
typedef struct {
  char  *page;
  char  *words;
  guint  rank;
} Note;

typedef struct {
  MwAutoconfigXml *document;
  MwAddress       *address;
  MwOrigin         origin;
  MwGrade          grade;
  GPtrArray       *path;      /* names of the open elements */
  GString         *text;      /* of the innermost */
  Server          *server;    /* NULL outside of one */
  char            *system;    /* attribute of an open <authentication> */
  char            *lang;      /* of an open text about a page */
  Note             open;      /* the page that is being read */
  Note             documentation;
  Note             enable;
  char            *issuer;    /* who does the browser sign-in */
  char            *leave_on_server;
  char            *days_on_server;
  guint            n_servers;
} Parse;

static void
server_free (Server *server)
{
  g_free (server->type);
  g_free (server->host);
  g_free (server->port);
  g_free (server->socket_type);
  g_ptr_array_unref (server->user_names);
  g_free (server);
}

static void
note_clear (Note *note)
{
  g_clear_pointer (&note->page, g_free);
  g_clear_pointer (&note->words, g_free);
  note->rank = MW_AUTOCONFIG_TEXT_NO_RANK;
}

static void
skip (Parse      *parse,
      const char *what,
      const char *reason)
{
  if (parse->document->skipped->len < MAX_SKIPPED)
    g_ptr_array_add (parse->document->skipped, g_strdup_printf ("%s: %s", what, reason));
}

/* The name of the element @level steps outside of the innermost. */
static const char *
get_outer (Parse *parse,
           guint  level)
{
  if (parse->path->len <= level)
    return "";

  return g_ptr_array_index (parse->path, parse->path->len - 1 - level);
}

/* First come, first served: a second one of a kind is passed over. */
static void
keep (char       **field,
      const char  *value)
{
  if (*field == NULL && *value != '\0')
    *field = g_utf8_substring (value, 0, MIN (g_utf8_strlen (value, -1), MAX_FIELD));
}

static void
read_method (Server     *server,
             const char *name,
             gboolean    is_sasl)
{
  static const struct {
    const char *name;
    gboolean    is_sasl;
    MwAuthMethod auth;   /* MW_AUTH_UNKNOWN for any that takes a password */
  } methods[] = {
    { "password-cleartext", FALSE, MW_AUTH_UNKNOWN },
    { "plain", FALSE, MW_AUTH_UNKNOWN },
    { "password-encrypted", FALSE, MW_AUTH_UNKNOWN },
    { "secure", FALSE, MW_AUTH_UNKNOWN },
    { "none", FALSE, MW_AUTH_NONE },
    { "client-IP-address", FALSE, MW_AUTH_NONE },
    { "smtp-after-pop", FALSE, MW_AUTH_NONE },
    { "OAuth2", FALSE, MW_AUTH_OAUTH2 },
    { "OAuth", FALSE, MW_AUTH_OAUTH2 },
    { "PLAIN", TRUE, MW_AUTH_UNKNOWN },
    { "LOGIN", TRUE, MW_AUTH_UNKNOWN },
    { "CRAM-MD5", TRUE, MW_AUTH_UNKNOWN },
    { "SCRAM-SHA-1", TRUE, MW_AUTH_UNKNOWN },
    { "SCRAM-SHA-256", TRUE, MW_AUTH_UNKNOWN },
    { "XOAUTH2", TRUE, MW_AUTH_OAUTH2 },
    { "OAUTHBEARER", TRUE, MW_AUTH_OAUTH2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      if (methods[i].is_sasl != is_sasl || g_ascii_strcasecmp (methods[i].name, name) != 0)
        continue;

      server->password |= methods[i].auth == MW_AUTH_UNKNOWN;
      server->nothing |= methods[i].auth == MW_AUTH_NONE;
      server->oauth |= methods[i].auth == MW_AUTH_OAUTH2;
      return;
    }

  server->unknown = TRUE;
}

static const char *
read_kind (Server     *server,
           gboolean    outgoing,
           MwProtocol *protocol,
           MwSecurity *security)
{
  const char *type = server->type != NULL ? server->type : "";
  const char *socket_type = server->socket_type != NULL ? server->socket_type : "";

  if (outgoing && g_ascii_strcasecmp (type, "smtp") == 0)
    *protocol = MW_PROTOCOL_SMTP;
  else if (!outgoing && g_ascii_strcasecmp (type, "imap") == 0)
    *protocol = MW_PROTOCOL_IMAP;
  else if (!outgoing && g_ascii_strcasecmp (type, "pop3") == 0)
    *protocol = MW_PROTOCOL_POP3;
  else
    return "of a kind that is not known";

  if (g_ascii_strcasecmp (socket_type, "SSL") == 0 || g_ascii_strcasecmp (socket_type, "TLS") == 0)
    *security = MW_SECURITY_TLS;
  else if (g_ascii_strcasecmp (socket_type, "STARTTLS") == 0)
    *security = MW_SECURITY_STARTTLS;
  else if (g_ascii_strcasecmp (socket_type, "plain") == 0)
    return "clear text";
  else
    return "no security that is known";

  return NULL;
}

/* Where nobody said whose servers are wanted, any domain shows whether the name
 * can exist. */
static const char *
read_host (const char  *text,
           MwAddress   *address,
           char       **out_host)
{
  g_autoptr(GString) example = NULL;
  const char *reason;

  if (address != NULL || text == NULL || strstr (text, "%EMAILDOMAIN%") == NULL)
    return mw_foreign_host_read (text, out_host);

  example = g_string_new (text);
  g_string_replace (example, "%EMAILDOMAIN%", "example.test", 0);
  reason = mw_foreign_host_read (example->str, NULL);
  if (reason == NULL)
    *out_host = g_strdup (text);
  return reason;
}

static const char *
read_port (const char *text,
           guint16    *out_port)
{
  guint64 port;

  /* Without one it is the usual port. */
  *out_port = 0;
  if (text == NULL)
    return NULL;
  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT16, &port, NULL))
    return "its port is not between 1 and 65535";

  *out_port = port;
  return NULL;
}

static const char *
read_auth (Server       *server,
           MwProtocol    protocol,
           MwAuthMethod *out_auth)
{
  *out_auth = MW_AUTH_UNKNOWN;
  if (server->password)
    return NULL;

  if (server->oauth)
    *out_auth = MW_AUTH_OAUTH2;
  else if (server->nothing && protocol == MW_PROTOCOL_SMTP)
    *out_auth = MW_AUTH_NONE;
  else if (server->nothing || server->unknown)
    return "no way of signing in that is known";

  return NULL;
}

static const char *
check_user_name (const char *name)
{
  if (strlen (name) > MAX_FIELD)
    return "its user name is too long";

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_unichar_iscntrl (g_utf8_get_char (p)))
        return "a control character in its user name";
    }

  return NULL;
}

static const char *
read_user_names (GPtrArray   *names,
                 char      ***out_names)
{
  g_autoptr(GStrvBuilder) builder = NULL;

  *out_names = NULL;
  if (names->len == 0)
    return NULL;

  builder = g_strv_builder_new ();
  for (guint i = 0; i < names->len; i++)
    {
      const char *reason = check_user_name (g_ptr_array_index (names, i));

      if (reason != NULL)
        return reason;
      g_strv_builder_add (builder, g_ptr_array_index (names, i));
    }

  *out_names = g_strv_builder_end (builder);
  return NULL;
}

static void
finish_server (Parse    *parse,
               gboolean  outgoing)
{
  Server *server = parse->server;
  g_auto(GStrv) user_names = NULL;
  g_autoptr(MwEndpoint) endpoint = NULL;
  g_autofree char *host = NULL;
  MwProtocol protocol = MW_PROTOCOL_IMAP;
  MwSecurity security = MW_SECURITY_TLS;
  MwAuthMethod auth = MW_AUTH_UNKNOWN;
  guint16 port = 0;
  const char *reason;

  reason = read_kind (server, outgoing, &protocol, &security);
  if (reason == NULL)
    reason = read_host (server->host, parse->address, &host);
  if (reason == NULL)
    reason = read_port (server->port, &port);
  if (reason == NULL)
    reason = read_auth (server, protocol, &auth);
  if (reason == NULL)
    reason = read_user_names (server->user_names, &user_names);
  if (reason == NULL && parse->n_servers == MAX_SERVERS)
    reason = "too many servers";
  if (reason != NULL)
    {
      skip (parse, outgoing ? "outgoing server" : "incoming server", reason);
      return;
    }

  endpoint = mw_endpoint_new (protocol, security, host, port);
  parse->document->provider->auth |= server->password ? MW_PROVIDER_AUTH_PASSWORD : 0;
  parse->document->provider->auth |= server->oauth ? MW_PROVIDER_AUTH_OAUTH2 : 0;
  g_ptr_array_add (parse->document->candidates,
                   mw_candidate_new_told (endpoint, parse->origin, parse->grade,
                                          (const char * const *) user_names, auth,
                                          parse->n_servers++, parse->document->provider));
}

static gboolean
is_server (const char *name)
{
  return g_str_equal (name, "incomingServer") || g_str_equal (name, "outgoingServer");
}

/* Whether the innermost element is a server, and not one inside of another. */
static gboolean
is_at_server (Parse      *parse,
              const char *name)
{
  return is_server (name) && parse->path->len == SERVER_DEPTH &&
         g_str_equal (get_outer (parse, 1), "emailProvider");
}

static const char *
find_attribute (const char **names,
                const char **values,
                const char  *wanted)
{
  for (gsize i = 0; names[i] != NULL; i++)
    {
      if (g_str_equal (names[i], wanted))
        return values[i];
    }

  return NULL;
}

static gboolean
is_note (const char *name,
         const char *outer)
{
  return (g_str_equal (name, "documentation") && g_str_equal (outer, "emailProvider")) ||
         (g_str_equal (name, "enable") &&
          (g_str_equal (outer, "emailProvider") || g_str_equal (outer, "clientConfig")));
}

static void
begin_note (Parse      *parse,
            const char *page)
{
  g_autofree char *whole = NULL;

  note_clear (&parse->open);
  whole = page != NULL ? mw_autoconfig_text_expand (page, parse->address) : NULL;
  if (mw_document_provider_is_page (whole))
    parse->open.page = g_steal_pointer (&whole);
}

static void
begin_element (Parse       *parse,
               const char  *name,
               const char **names,
               const char **values)
{
  const char *outer = get_outer (parse, 1);

  if (is_at_server (parse, name))
    {
      const char *type = find_attribute (names, values, "type");

      parse->server = g_new0 (Server, 1);
      parse->server->type = g_strdup (type);
      parse->server->user_names = g_ptr_array_new_with_free_func (g_free);
    }
  else if (g_str_equal (name, "authentication"))
    {
      g_free (parse->system);
      parse->system = g_strdup (find_attribute (names, values, "system"));
    }
  else if (is_note (name, outer))
    begin_note (parse, find_attribute (names, values, *name == 'e' ? "visiturl" : "url"));
  else if (g_str_equal (name, "descr") || g_str_equal (name, "instruction"))
    {
      g_free (parse->lang);
      parse->lang = g_strdup (find_attribute (names, values, "lang"));
    }
}

static void
add_user_name (Server     *server,
               const char *name)
{
  if (*name != '\0' && server->user_names->len < MAX_USER_NAMES &&
      !g_ptr_array_find_with_equal_func (server->user_names, name, g_str_equal, NULL))
    g_ptr_array_add (server->user_names, g_strdup (name));
}

static void
end_server_field (Parse      *parse,
                  const char *name,
                  const char *text)
{
  Server *server = parse->server;

  if (g_str_equal (name, "hostname"))
    keep (&server->host, text);
  else if (g_str_equal (name, "port"))
    keep (&server->port, text);
  else if (g_str_equal (name, "socketType"))
    keep (&server->socket_type, text);
  else if (g_str_equal (name, "username"))
    add_user_name (server, text);
  else if (g_str_equal (name, "authentication"))
    read_method (server, text, g_strcmp0 (parse->system, "sasl") == 0);
}

/* Of several texts the one in the best language is taken. */
static void
read_words (Parse      *parse,
            const char *text)
{
  guint rank = mw_autoconfig_text_rank_language (parse->lang);

  if (*text == '\0' || (parse->open.words != NULL && rank >= parse->open.rank))
    return;

  g_free (parse->open.words);
  parse->open.words = g_strdup (text);
  parse->open.rank = rank;
}

/* Of several pages, too, because some have one for each language. */
static void
finish_note (Parse *parse,
             Note  *note)
{
  if (parse->open.page != NULL && (note->page == NULL || parse->open.rank < note->rank))
    {
      note_clear (note);
      *note = parse->open;
      parse->open = (Note) { NULL, NULL, MW_AUTOCONFIG_TEXT_NO_RANK };
    }
  note_clear (&parse->open);
}

static void
end_other_field (Parse      *parse,
                 const char *name,
                 const char *outer,
                 const char *text)
{
  MwAutoconfigXml *document = parse->document;
  struct {
    const char *outer;
    const char *name;
    char      **field;
  } fields[] = {
    { "emailProvider", "displayName", &document->name },
    { "emailProvider", "displayShortName", &document->short_name },
    { "oAuth2", "issuer", &parse->issuer },
    { "pop3", "leaveMessagesOnServer", &parse->leave_on_server },
    { "pop3", "daysToLeaveMessagesOnServer", &parse->days_on_server },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (g_str_equal (fields[i].name, name) && g_str_equal (fields[i].outer, outer))
        keep (fields[i].field, text);
    }

  if (g_str_equal (outer, "emailProvider") && g_str_equal (name, "domain"))
    {
      char *domain = mw_domain_normalize (text);

      if (domain != NULL)
        g_ptr_array_add (document->domains, domain);
    }

  if ((g_str_equal (outer, "documentation") && g_str_equal (name, "descr")) ||
      (g_str_equal (outer, "enable") && g_str_equal (name, "instruction")))
    read_words (parse, text);
  else if (is_note (name, outer))
    finish_note (parse, *name == 'e' ? &parse->enable : &parse->documentation);
}

static void
start_element_cb (GMarkupParseContext  *context,
                  const char           *name,
                  const char          **names,
                  const char          **values,
                  gpointer              user_data,
                  GError              **error)
{
  Parse *parse = user_data;

  if (parse->path->len == 0 && !g_str_equal (name, "clientConfig"))
    {
      g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT,
                           "Another kind of document instead of settings");
      return;
    }
  if (parse->path->len == MAX_DEPTH)
    {
      g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT,
                   "Nested deeper than %d elements", MAX_DEPTH);
      return;
    }

  g_ptr_array_add (parse->path, g_strdup (name));
  g_string_truncate (parse->text, 0);
  begin_element (parse, name, names, values);
}

static void
end_element_cb (GMarkupParseContext  *context,
                const char           *name,
                gpointer              user_data,
                GError              **error)
{
  Parse *parse = user_data;
  const char *outer = get_outer (parse, 1);
  g_autofree char *text = mw_autoconfig_text_expand (parse->text->str, parse->address);

  g_strstrip (text);
  if (parse->server != NULL && is_at_server (parse, name))
    {
      finish_server (parse, *name == 'o');
      g_clear_pointer (&parse->server, server_free);
    }
  else if (parse->server != NULL && is_server (outer))
    end_server_field (parse, name, text);
  else
    end_other_field (parse, name, outer, text);

  g_string_truncate (parse->text, 0);
  g_ptr_array_set_size (parse->path, parse->path->len - 1);
}

/* Comes in pieces where there are comments or CDATA between. */
static void
text_cb (GMarkupParseContext  *context,
         const char           *text,
         gsize                 length,
         gpointer              user_data,
         GError              **error)
{
  Parse *parse = user_data;

  g_string_append_len (parse->text, text, length);
}

static void
add_hint (Parse      *parse,
          MwHintKind  kind,
          const Note *note)
{
  MwAutoconfigXml *document = parse->document;
  const char *domain = parse->address != NULL ? mw_address_get_domain (parse->address) : NULL;

  mw_document_provider_add_hint (document->provider, kind, note->page,
                                 mw_document_provider_page_is_own (note->page, parse->grade,
                                                                   domain,
                                                                   document->candidates),
                                 note->words);
}

/* To say that messages are to be deleted, somebody has to be trusted. */
static void
read_pop (Parse *parse)
{
  MwProvider *provider = parse->document->provider;
  guint64 days = 0;

  if (parse->days_on_server != NULL)
    g_ascii_string_to_unsigned (parse->days_on_server, 10, 1, MAX_DAYS, &days, NULL);
  if (g_strcmp0 (parse->leave_on_server, "true") == 0)
    {
      provider->leave_on_server = 1;
      provider->days_on_server = parse->grade <= MW_GRADE_C ? days : 0;
    }
  else if (g_strcmp0 (parse->leave_on_server, "false") == 0 && parse->grade <= MW_GRADE_C)
    provider->leave_on_server = 0;
}

static void
clean_name (char  **name,
            guint   max_chars)
{
  g_autofree char *given = g_steal_pointer (name);

  *name = mw_foreign_words_clean (given, max_chars);
  if (**name == '\0')
    g_clear_pointer (name, g_free);
}

static void
finish_document (Parse *parse)
{
  MwAutoconfigXml *document = parse->document;
  MwProvider *provider = document->provider;

  clean_name (&document->name, MAX_NAME_CHARS);
  clean_name (&document->short_name, MAX_SHORT_NAME_CHARS);
  if (document->name != NULL || document->short_name != NULL)
    {
      g_free (provider->name);
      provider->name = g_strdup (document->name != NULL ? document->name
                                                        : document->short_name);
    }

  if (provider->auth == MW_PROVIDER_AUTH_OAUTH2)
    mw_document_provider_add_hint (provider, MW_HINT_KIND_BROWSER_SIGN_IN, NULL, FALSE,
                                   parse->issuer);
  if (parse->enable.page != NULL)
    add_hint (parse, MW_HINT_KIND_ENABLE_IMAP, &parse->enable);
  if (parse->documentation.page != NULL)
    add_hint (parse, MW_HINT_KIND_DOCUMENTATION, &parse->documentation);
  read_pop (parse);
}

static void
parse_clear (Parse *parse)
{
  note_clear (&parse->open);
  note_clear (&parse->documentation);
  note_clear (&parse->enable);
  g_free (parse->lang);
  g_free (parse->issuer);
  g_free (parse->leave_on_server);
  g_free (parse->days_on_server);
  g_ptr_array_unref (parse->path);
  g_string_free (parse->text, TRUE);
  g_clear_pointer (&parse->server, server_free);
  g_free (parse->system);
}

MwAutoconfigXml *
mw_autoconfig_xml_parse (const char  *data,
                         gsize        length,
                         MwAddress   *address,
                         MwOrigin     origin,
                         MwGrade      grade,
                         GError     **error)
{
  static const GMarkupParser parser = { start_element_cb, end_element_cb, text_cb, NULL, NULL };
  g_autoptr(MwAutoconfigXml) document = NULL;
  g_autoptr(GMarkupParseContext) context = NULL;
  g_autofree char *text = NULL;
  Parse parse = { NULL, };
  gboolean whole;

  g_return_val_if_fail (data != NULL || length == 0, NULL);

  if (mw_autoconfig_text_is_web_page (data, length))
    {
      g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_UNKNOWN_ELEMENT,
                           "A web page instead of settings");
      return NULL;
    }
  if (length > MW_AUTOCONFIG_XML_MAX_SIZE)
    {
      g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT,
                   "Longer than %d bytes", MW_AUTOCONFIG_XML_MAX_SIZE);
      return NULL;
    }

  text = mw_autoconfig_text_decode (data, length, error);
  if (text == NULL)
    return NULL;

  document = g_new0 (MwAutoconfigXml, 1);
  document->candidates =
    g_ptr_array_new_with_free_func ((GDestroyNotify) mw_candidate_unref);
  document->domains = g_ptr_array_new_with_free_func (g_free);
  document->skipped = g_ptr_array_new_with_free_func (g_free);
  document->provider =
    mw_document_provider_new (NULL, address != NULL ? mw_address_get_domain (address) : NULL);
  parse.document = document;
  parse.address = address;
  parse.origin = origin;
  parse.grade = grade;
  parse.path = g_ptr_array_new_with_free_func (g_free);
  parse.text = g_string_new (NULL);
  note_clear (&parse.open);

  context = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, &parse, NULL);
  whole = g_markup_parse_context_parse (context, text, -1, error) &&
          g_markup_parse_context_end_parse (context, error);
  if (whole)
    finish_document (&parse);
  parse_clear (&parse);

  return whole ? g_steal_pointer (&document) : NULL;
}

char *
mw_autoconfig_xml_summarise (MwAutoconfigXml *self)
{
  g_autoptr(GString) text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  g_string_append_printf (text, "%u servers", self->candidates->len);
  for (guint i = 0; i < self->skipped->len; i++)
    g_string_append_printf (text, ", left out %s", (char *) self->skipped->pdata[i]);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
mw_autoconfig_xml_free (MwAutoconfigXml *self)
{
  g_free (self->name);
  g_free (self->short_name);
  g_ptr_array_unref (self->candidates);
  g_ptr_array_unref (self->domains);
  g_ptr_array_unref (self->skipped);
  mw_provider_unref (self->provider);
  g_free (self);
}
