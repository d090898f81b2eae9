/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-autoconfig-xml.h"

#include <string.h>

#include "core/mw-domain.h"
#include "discovery/mw-autoconfig-text.h"
#include "discovery/mw-foreign-host.h"

#define MAX_DEPTH 16
#define MAX_SERVERS 32
#define MAX_SKIPPED 32
/* Placeholders may make a text longer, but no field that is used is longer
 * than an address; names and instructions are cut. */
#define MAX_FIELD 512

/* One server while its elements come in. */
typedef struct {
  char    *type;
  char    *host;
  char    *port;
  char    *socket_type;
  char    *user_name;
  gboolean password;    /* a method that uses one is offered */
  gboolean oauth;
  gboolean nothing;     /* no log-in */
  gboolean unknown;     /* a method nobody here knows */
} Server;

typedef struct {
  MwAutoconfigXml *document;
  MwAddress       *address;
  MwOrigin         origin;
  MwGrade          grade;
  GPtrArray       *path;      /* names of the open elements */
  GString         *text;      /* of the innermost */
  Server          *server;    /* NULL outside of one */
  char            *system;    /* attribute of an open <authentication> */
  gboolean         english;   /* an open <descr> is */
  guint            n_servers;
} Parse;

static void
server_free (Server *server)
{
  g_free (server->type);
  g_free (server->host);
  g_free (server->port);
  g_free (server->socket_type);
  g_free (server->user_name);
  g_free (server);
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
keep_uri (char       **field,
          const char  *value)
{
  if (value != NULL && g_ascii_strncasecmp (value, "https://", 8) == 0 &&
      g_uri_is_valid (value, G_URI_FLAGS_NONE, NULL))
    keep (field, value);
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
read_user_name (const char *name)
{
  if (name == NULL)
    return NULL;
  if (strlen (name) > MAX_FIELD)
    return "its user name is too long";

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_unichar_iscntrl (g_utf8_get_char (p)))
        return "a control character in its user name";
    }

  return NULL;
}

static void
finish_server (Parse    *parse,
               gboolean  outgoing)
{
  Server *server = parse->server;
  const char *user_names[] = { server->user_name, NULL };
  g_autoptr(MwEndpoint) endpoint = NULL;
  g_autofree char *host = NULL;
  MwProtocol protocol = MW_PROTOCOL_IMAP;
  MwSecurity security = MW_SECURITY_TLS;
  MwAuthMethod auth = MW_AUTH_UNKNOWN;
  guint16 port = 0;
  const char *reason;

  reason = read_kind (server, outgoing, &protocol, &security);
  if (reason == NULL)
    reason = mw_foreign_host_read (server->host, &host);
  if (reason == NULL)
    reason = read_port (server->port, &port);
  if (reason == NULL)
    reason = read_auth (server, protocol, &auth);
  if (reason == NULL)
    reason = read_user_name (server->user_name);
  if (reason == NULL && parse->n_servers == MAX_SERVERS)
    reason = "too many servers";
  if (reason != NULL)
    {
      skip (parse, outgoing ? "outgoing server" : "incoming server", reason);
      return;
    }

  endpoint = mw_endpoint_new (protocol, security, host, port);
  g_ptr_array_add (parse->document->candidates,
                   mw_candidate_new (endpoint, parse->origin, parse->grade,
                                     server->user_name != NULL ? user_names : NULL,
                                     auth, parse->n_servers++));
}

static gboolean
is_server (const char *name)
{
  return g_str_equal (name, "incomingServer") || g_str_equal (name, "outgoingServer");
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

static void
begin_element (Parse       *parse,
               const char  *name,
               const char **names,
               const char **values)
{
  const char *outer = get_outer (parse, 1);
  MwAutoconfigXml *document = parse->document;

  if (is_server (name) && g_str_equal (outer, "emailProvider"))
    {
      const char *type = find_attribute (names, values, "type");

      parse->server = g_new0 (Server, 1);
      parse->server->type = g_strdup (type);
    }
  else if (g_str_equal (name, "authentication"))
    {
      g_free (parse->system);
      parse->system = g_strdup (find_attribute (names, values, "system"));
    }
  else if (g_str_equal (name, "documentation") && g_str_equal (outer, "emailProvider"))
    keep_uri (&document->documentation_uri, find_attribute (names, values, "url"));
  else if (g_str_equal (name, "descr"))
    parse->english = g_strcmp0 (find_attribute (names, values, "lang"), "en") == 0;
  else if (g_str_equal (name, "enable") &&
           (g_str_equal (outer, "emailProvider") || g_str_equal (outer, "clientConfig")))
    keep_uri (&document->enable_uri, find_attribute (names, values, "visiturl"));
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
    keep (&server->user_name, text);
  else if (g_str_equal (name, "authentication"))
    read_method (server, text, g_strcmp0 (parse->system, "sasl") == 0);
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
    { "oAuth2", "issuer", &document->oauth_issuer },
    { "oAuth2", "scope", &document->oauth_scope },
    { "pop3", "leaveMessagesOnServer", &document->leave_on_server },
    { "pop3", "daysToLeaveMessagesOnServer", &document->days_on_server },
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

  /* What to do belongs to the page it stands with. */
  if (g_str_equal (outer, "enable") && g_str_equal (name, "instruction") &&
      document->enable_uri != NULL)
    keep (&document->enable_instruction, text);
  else if (g_str_equal (outer, "oAuth2") && g_str_equal (name, "authURL"))
    keep_uri (&document->oauth_auth_uri, text);
  else if (g_str_equal (outer, "oAuth2") && g_str_equal (name, "tokenURL"))
    keep_uri (&document->oauth_token_uri, text);
  else if (g_str_equal (outer, "documentation") && g_str_equal (name, "descr"))
    {
      if (parse->english)
        g_clear_pointer (&document->documentation, g_free);
      keep (&document->documentation, text);
    }
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
      g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "%s",
                   g_ascii_strcasecmp (name, "html") == 0
                   ? "A web page instead of settings"
                   : "Another kind of document instead of settings");
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
  if (parse->server != NULL && is_server (name) && g_str_equal (outer, "emailProvider"))
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
parse_clear (Parse *parse)
{
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
  g_return_val_if_fail (address != NULL, NULL);

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
  parse.document = document;
  parse.address = address;
  parse.origin = origin;
  parse.grade = grade;
  parse.path = g_ptr_array_new_with_free_func (g_free);
  parse.text = g_string_new (NULL);

  context = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, &parse, NULL);
  whole = g_markup_parse_context_parse (context, text, -1, error) &&
          g_markup_parse_context_end_parse (context, error);
  parse_clear (&parse);

  return whole ? g_steal_pointer (&document) : NULL;
}

void
mw_autoconfig_xml_free (MwAutoconfigXml *self)
{
  g_free (self->name);
  g_free (self->short_name);
  g_ptr_array_unref (self->candidates);
  g_ptr_array_unref (self->domains);
  g_ptr_array_unref (self->skipped);
  g_free (self->documentation_uri);
  g_free (self->documentation);
  g_free (self->enable_uri);
  g_free (self->enable_instruction);
  g_free (self->oauth_issuer);
  g_free (self->oauth_scope);
  g_free (self->oauth_auth_uri);
  g_free (self->oauth_token_uri);
  g_free (self->leave_on_server);
  g_free (self->days_on_server);
  g_free (self);
}
