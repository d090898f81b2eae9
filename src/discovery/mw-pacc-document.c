/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-pacc-document.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "discovery/mw-document-provider.h"
#include "discovery/mw-foreign-host.h"

/* json-glib calls itself for each level of a document. Counting all brackets
 * sets an end to that without knowing what is inside of a string. */
#define MAX_BRACKETS 256

static const struct {
  const char *name;
  MwProtocol  protocol;
} protocols[] = {
  { "imap", MW_PROTOCOL_IMAP },
  { "pop3", MW_PROTOCOL_POP3 },
  { "submit", MW_PROTOCOL_SMTP },
  { "smtp", MW_PROTOCOL_SMTP },
};

/* What a document was asked for, and by whom. */
typedef struct {
  MwPaccDocument *document;
  MwAddress      *address;    /* may be NULL */
  MwOrigin        origin;
  MwGrade         grade;
  const char     *objection;  /* against all servers */
} Parse;

static JsonObject *
get_object (JsonObject *parent,
            const char *name)
{
  JsonNode *node = parent != NULL ? json_object_get_member (parent, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static const char *
get_string (JsonObject *parent,
            const char *name)
{
  JsonNode *node = parent != NULL ? json_object_get_member (parent, name) : NULL;

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
         ? json_node_get_string (node) : NULL;
}

static gboolean
is_true (JsonObject *parent,
         const char *name)
{
  JsonNode *node = json_object_get_member (parent, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN &&
         json_node_get_boolean (node);
}

/* What the document says of signing in holds for all servers. */
static const char *
read_ways (MwProvider *provider,
           JsonObject *root)
{
  JsonObject *authentication = get_object (root, "authentication");
  const char *issuer = get_string (get_object (authentication, "oauth-public"), "issuer");

  if (!json_object_has_member (root, "authentication"))
    return NULL;

  if (authentication != NULL && is_true (authentication, "password"))
    provider->auth |= MW_PROVIDER_AUTH_PASSWORD;
  if (mw_document_provider_is_page (issuer) && g_str_has_prefix (issuer, "https://"))
    provider->auth |= MW_PROVIDER_AUTH_OAUTH2;
  if (provider->auth == MW_PROVIDER_AUTH_OAUTH2)
    mw_document_provider_add_hint (provider, MW_HINT_KIND_BROWSER_SIGN_IN, NULL, FALSE, issuer);

  return provider->auth == 0 ? "no way of signing in that is known" : NULL;
}

static gboolean
has_endpoint (MwPaccDocument *document,
              MwEndpoint     *endpoint)
{
  for (guint i = 0; i < document->candidates->len; i++)
    {
      if (mw_endpoint_equal (mw_candidate_get_endpoint (document->candidates->pdata[i]),
                             endpoint))
        return TRUE;
    }

  return FALSE;
}

static void
read_server (Parse      *parse,
             JsonObject *servers,
             const char *name,
             MwProtocol  protocol)
{
  MwPaccDocument *document = parse->document;
  const char *user_names[] = {
    parse->address != NULL ? mw_address_get_text (parse->address) : "%EMAILADDRESS%", NULL
  };
  MwAuthMethod auth = document->provider->auth == MW_PROVIDER_AUTH_OAUTH2 ? MW_AUTH_OAUTH2
                                                                         : MW_AUTH_UNKNOWN;
  g_autofree char *host = NULL;
  g_autoptr(MwEndpoint) endpoint = NULL;
  const char *reason;

  if (!json_object_has_member (servers, name))
    return;

  reason = mw_foreign_host_read (get_string (get_object (servers, name), "host"), &host);
  if (reason == NULL)
    reason = parse->objection;
  if (reason != NULL)
    {
      g_ptr_array_add (document->skipped, g_strdup_printf ("%s: %s", name, reason));
      return;
    }

  endpoint = mw_endpoint_new (protocol, MW_SECURITY_TLS, host, 0);
  if (!has_endpoint (document, endpoint))
    g_ptr_array_add (document->candidates,
                     mw_candidate_new_told (endpoint, parse->origin, parse->grade, user_names,
                                            auth, document->candidates->len,
                                            document->provider));
}

static void
read_help (Parse      *parse,
           JsonObject *root,
           const char *domain)
{
  const char *page = get_string (get_object (get_object (root, "info"), "help"),
                                 "documentation");
  gboolean is_own;

  if (!mw_document_provider_is_page (page))
    return;

  is_own = mw_document_provider_page_is_own (page, parse->grade, domain,
                                             parse->document->candidates);
  mw_document_provider_add_hint (parse->document->provider, MW_HINT_KIND_DOCUMENTATION, page,
                                 is_own, NULL);
}

static void
refuse (GError     **error,
        const char  *message)
{
  g_set_error_literal (error, JSON_PARSER_ERROR, JSON_PARSER_ERROR_INVALID_DATA, message);
}

/* What json-glib would not survive, or would read in its own way. */
static gboolean
is_harmless (const char  *data,
             gsize        length,
             GError     **error)
{
  guint n_brackets = 0;

  if (length > MW_PACC_DOCUMENT_MAX_SIZE)
    {
      g_set_error (error, JSON_PARSER_ERROR, JSON_PARSER_ERROR_INVALID_DATA,
                   "Longer than %d bytes", MW_PACC_DOCUMENT_MAX_SIZE);
      return FALSE;
    }
  if (length == 0)
    {
      refuse (error, "An empty document");
      return FALSE;
    }
  if (!g_utf8_validate (data, length, NULL))
    {
      refuse (error, "Not UTF-8");
      return FALSE;
    }
  /* It ends a string early. */
  if (g_strstr_len (data, length, "\\u0000") != NULL)
    {
      refuse (error, "A NUL in a text");
      return FALSE;
    }

  for (gsize i = 0; i < length; i++)
    n_brackets += data[i] == '[' || data[i] == '{';
  if (n_brackets > MAX_BRACKETS)
    {
      g_set_error (error, JSON_PARSER_ERROR, JSON_PARSER_ERROR_INVALID_DATA,
                   "More than %d objects and lists", MAX_BRACKETS);
      return FALSE;
    }

  return TRUE;
}

static gboolean
looks_like_a_page (const char *data,
                   gsize       length)
{
  while (length > 0 && g_ascii_isspace (*data))
    {
      data++;
      length--;
    }

  return length > 0 && *data == '<';
}

static JsonObject *
load (JsonParser  *parser,
      const char  *data,
      gsize        length,
      GError     **error)
{
  JsonNode *root;

  if (!is_harmless (data, length, error))
    return NULL;

  if (!json_parser_load_from_data (parser, data, length, NULL))
    {
      refuse (error, looks_like_a_page (data, length) ? "A web page instead of settings"
                                                      : "Not JSON");
      return NULL;
    }

  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root) ||
      get_object (json_node_get_object (root), "protocols") == NULL)
    {
      refuse (error, "JSON, but no settings");
      return NULL;
    }

  return json_node_get_object (root);
}

MwPaccDocument *
mw_pacc_document_parse (const char  *data,
                        gsize        length,
                        MwAddress   *address,
                        MwOrigin     origin,
                        MwGrade      grade,
                        GError     **error)
{
  g_autoptr(JsonParser) parser = NULL;
  const char *domain = address != NULL ? mw_address_get_domain (address) : NULL;
  Parse parse = { NULL, address, origin, grade, NULL };
  MwPaccDocument *document;
  JsonObject *root;

  g_return_val_if_fail (data != NULL || length == 0, NULL);

  parser = json_parser_new_immutable ();
  root = load (parser, data, length, error);
  if (root == NULL)
    return NULL;

  document = g_new0 (MwPaccDocument, 1);
  document->candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_candidate_unref);
  document->skipped = g_ptr_array_new_with_free_func (g_free);
  document->provider =
    mw_document_provider_new (get_string (get_object (get_object (root, "info"), "provider"),
                                          "name"),
                              domain);

  parse.document = document;
  parse.objection = read_ways (document->provider, root);
  for (gsize i = 0; i < G_N_ELEMENTS (protocols); i++)
    read_server (&parse, get_object (root, "protocols"), protocols[i].name,
                 protocols[i].protocol);
  read_help (&parse, root, domain);

  return document;
}

void
mw_pacc_document_free (MwPaccDocument *self)
{
  g_ptr_array_unref (self->candidates);
  g_ptr_array_unref (self->skipped);
  mw_provider_unref (self->provider);
  g_free (self);
}
