/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-setup-link-reader.h"

#include <string.h>

#include "setup/mw-link-text.h"
#include "setup/mw-setup-link-params.h"

#define LOCAL_PART_CHARS "+!$'*="
#define VALUE_CHARS ":/@+!$'()*,"
/* An IPv6 address is not taken, but for another reason than its brackets. */
#define SERVER_CHARS VALUE_CHARS "[]"

#define MAX_USER_NAME 254

typedef struct _Key Key;

struct _Key
{
  const char *name;
  gboolean  (*take) (MwSetupLink *self, const Key *key, const char *value, GError **error);
  gsize       offset;           /* of the field in MwSetupLink */
};

static gboolean
take_version (MwSetupLink  *self,
              const Key    *key,
              const char   *value,
              GError      **error)
{
  return g_str_equal (value, "1") ||
         mw_link_text_fail (error, MW_LINK_ERROR_VERSION, "of a version that is not known");
}

/* Returns: (nullable): some server of @service, %NULL when that is none */
static MwEndpoint *
make_example (const char *service)
{
  g_autofree char *text = g_strconcat (service, ":host.test", NULL);
  g_autoptr(MwEndpoint) example = mw_endpoint_parse (text);

  if (example == NULL || g_ascii_strcasecmp (mw_endpoint_get_service (example), service) != 0)
    return NULL;

  return g_steal_pointer (&example);
}

static gboolean
take_server (MwSetupLink  *self,
             const Key    *key,
             const char   *value,
             GError      **error)
{
  GPtrArray *servers = G_STRUCT_MEMBER (GPtrArray *, self, key->offset);
  MwSide side = servers == self->incoming ? MW_SIDE_INCOMING : MW_SIDE_OUTGOING;
  g_auto(GStrv) parts = g_strsplit (value, ":", 3);
  g_autoptr(MwEndpoint) endpoint = NULL;
  g_autofree char *host = NULL;
  guint16 port = 0;

  if (g_strv_length (parts) > 1)
    endpoint = make_example (parts[0]);
  if (endpoint == NULL || mw_endpoint_get_side (endpoint) != side ||
      mw_endpoint_get_security (endpoint) == MW_SECURITY_NONE)
    return mw_link_text_fail (error, MW_LINK_ERROR_BAD_SERVER,
                              "no service of that side, or no protected one");

  host = mw_link_text_read_host (parts[1]);
  if (host == NULL)
    return mw_link_text_fail (error, MW_LINK_ERROR_BAD_HOST, "a host without a full name");
  if (parts[2] != NULL && !mw_link_text_read_port (parts[2], &port))
    return mw_link_text_fail (error, MW_LINK_ERROR_BAD_PORT, "no such port");

  g_ptr_array_add (servers, mw_endpoint_new (mw_endpoint_get_protocol (endpoint),
                                             mw_endpoint_get_security (endpoint), host, port));
  return TRUE;
}

static gboolean
take_user_form (MwSetupLink  *self,
                const Key    *key,
                const char   *value,
                GError      **error)
{
  self->user_is_local_part = g_ascii_strcasecmp (value, "local") == 0;
  return self->user_is_local_part || g_ascii_strcasecmp (value, "email") == 0 ||
         mw_link_text_fail (error, MW_LINK_ERROR_BAD_VALUE,
                            "a form of user names that is not known");
}

static void
set_text (MwSetupLink *self,
          gsize        offset,
          const char  *value)
{
  char **field = &G_STRUCT_MEMBER (char *, self, offset);
  g_autofree char *text = g_strstrip (g_strdup (value));

  if (*text == '\0')
    return;

  g_free (*field);
  *field = g_steal_pointer (&text);
}

static gboolean
take_user_name (MwSetupLink  *self,
                const Key    *key,
                const char   *value,
                GError      **error)
{
  if (strlen (value) > MAX_USER_NAME)
    return mw_link_text_fail (error, MW_LINK_ERROR_TOO_LONG, "a user name is too long");

  set_text (self, key->offset, value);
  return TRUE;
}

/* Comes before the names for one side, which replace it. */
static gboolean
take_both_user_names (MwSetupLink  *self,
                      const Key    *key,
                      const char   *value,
                      GError      **error)
{
  set_text (self, G_STRUCT_OFFSET (MwSetupLink, outgoing_user), value);
  return take_user_name (self, key, value, error);
}

/* Only a hint: a word that is not known is as good as none. */
static gboolean
take_auth (MwSetupLink  *self,
           const Key    *key,
           const char   *value,
           GError      **error)
{
  if (g_ascii_strcasecmp (value, "password") == 0)
    self->auth = MW_LINK_AUTH_PASSWORD;
  else if (g_ascii_strcasecmp (value, "app-password") == 0)
    self->auth = MW_LINK_AUTH_APP_PASSWORD;
  else if (g_ascii_strcasecmp (value, "oauth2") == 0)
    self->auth = MW_LINK_AUTH_OAUTH2;
  else
    g_ptr_array_add (self->ignored, g_strdup (key->name));

  return TRUE;
}

static gboolean
take_outgoing_auth (MwSetupLink  *self,
                    const Key    *key,
                    const char   *value,
                    GError      **error)
{
  self->outgoing_without_login = g_ascii_strcasecmp (value, "none") == 0;
  return self->outgoing_without_login ||
         mw_link_text_fail (error, MW_LINK_ERROR_BAD_VALUE, "a way to send that is not known");
}

static gboolean
take_text (MwSetupLink  *self,
           const Key    *key,
           const char   *value,
           GError      **error)
{
  if (g_utf8_strlen (value, -1) > MW_SETUP_LINK_MAX_TEXT)
    return mw_link_text_fail (error, MW_LINK_ERROR_TOO_LONG, "a name is too long");

  set_text (self, key->offset, value);
  return TRUE;
}

static gboolean
take_help (MwSetupLink  *self,
           const Key    *key,
           const char   *value,
           GError      **error)
{
  g_autoptr(GUri) uri = g_uri_parse (value, G_URI_FLAGS_NONE, NULL);
  g_autofree char *host = NULL;

  /* A name before the host makes another host of it for whoever reads it. */
  if (uri != NULL && g_str_equal (g_uri_get_scheme (uri), "https") &&
      g_uri_get_userinfo (uri) == NULL && g_uri_get_host (uri) != NULL)
    host = mw_link_text_read_host (g_uri_get_host (uri));
  if (host == NULL)
    return mw_link_text_fail (error, MW_LINK_ERROR_BAD_VALUE, "the help is no page on the web");

  self->help_uri = g_strdup (value);
  return TRUE;
}

static gboolean
take_client (MwSetupLink  *self,
             const Key    *key,
             const char   *value,
             GError      **error)
{
  if (g_ascii_strcasecmp (value, "evolution") == 0 ||
      g_ascii_strcasecmp (value, "thunderbird") == 0)
    self->client = g_ascii_strdown (value, -1);
  else
    g_ptr_array_add (self->ignored, g_strdup (key->name));

  return TRUE;
}

#define FIELD(name) G_STRUCT_OFFSET (MwSetupLink, name)

/* In the order in which they are looked at. */
static const Key keys[] = {
  { "v", take_version, 0 },
  { "must", NULL, 0 },
  { "in", take_server, FIELD (incoming) },
  { "out", take_server, FIELD (outgoing) },
  { "unf", take_user_form, 0 },
  { "un", take_both_user_names, FIELD (incoming_user) },
  { "iun", take_user_name, FIELD (incoming_user) },
  { "oun", take_user_name, FIELD (outgoing_user) },
  { "auth", take_auth, 0 },
  { "out-auth", take_outgoing_auth, 0 },
  { "name", take_text, FIELD (sender_name) },
  { "acct", take_text, FIELD (account_name) },
  { "prov", take_text, FIELD (provider_name) },
  { "help", take_help, 0 },
  { "client", take_client, 0 },
};

/* How many of them say how the rest is to be read. */
#define N_FIRST_KEYS 2

static const Key *
find_key (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      if (g_ascii_strcasecmp (keys[i].name, name) == 0)
        return &keys[i];
    }

  return NULL;
}

/* Knows the table, and so is not in it. */
static gboolean
check_must (const char  *value,
            GError     **error)
{
  g_auto(GStrv) names = g_strsplit (value, ",", -1);

  for (gsize i = 0; names[i] != NULL; i++)
    {
      if (find_key (names[i]) == NULL)
        return mw_link_text_fail (error, MW_LINK_ERROR_MUST, "it needs a key that is not known");
    }

  return names[0] != NULL || mw_link_text_fail (error, MW_LINK_ERROR_MUST,
                                                "it needs a key without a name");
}

static gboolean
take_key (MwSetupLink  *self,
          const Key    *key,
          const char   *raw,
          GError      **error)
{
  const char *allowed = key->take == take_server ? SERVER_CHARS : VALUE_CHARS;
  g_autofree char *value = mw_link_text_decode (raw, allowed, error);

  if (value == NULL)
    return FALSE;

  return key->take != NULL ? key->take (self, key, value, error) : check_must (value, error);
}

static gboolean
take_keys (MwSetupLink  *self,
           GPtrArray    *params,
           gsize         first,
           gsize         end,
           GError      **error)
{
  for (gsize i = first; i < end; i++)
    {
      for (guint j = 0; j < params->len; j++)
        {
          MwSetupLinkParam *param = params->pdata[j];

          if (g_str_equal (param->key, keys[i].name) &&
              !take_key (self, &keys[i], param->raw, error))
            return FALSE;
        }
    }

  return TRUE;
}

/* What is not understood is looked through all the same. */
static gboolean
take_unknown_keys (MwSetupLink  *self,
                   GPtrArray    *params,
                   GError      **error)
{
  for (guint i = 0; i < params->len; i++)
    {
      MwSetupLinkParam *param = params->pdata[i];
      g_autofree char *value = NULL;

      if (find_key (param->key) != NULL)
        continue;
      value = mw_link_text_decode (param->raw, VALUE_CHARS, error);
      if (value == NULL)
        return FALSE;
      if (!g_str_has_prefix (param->key, "x-"))
        g_ptr_array_add (self->ignored, g_strdup (param->key));
    }

  return TRUE;
}

/* What stands in another place of a link only is not part of an address. */
static char *
decode_address (const char  *raw,
                const char  *allowed,
                GError     **error)
{
  g_autoptr(GError) local_error = NULL;
  char *text = mw_link_text_decode (raw, allowed, &local_error);

  if (g_error_matches (local_error, MW_LINK_ERROR, MW_LINK_ERROR_DAMAGED))
    mw_link_text_fail (error, MW_LINK_ERROR_BAD_ADDRESS, "a character that no address has");
  else if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return text;
}

static gboolean
read_address (MwSetupLink  *self,
              const char   *raw,
              GError      **error)
{
  const char *at = strchr (raw, '@');
  g_autofree char *before = NULL;
  g_autofree char *local_part = NULL;
  g_autofree char *name = NULL;
  g_autoptr(MwAddress) address = NULL;

  if (*raw == '\0')
    return TRUE;
  if (at == NULL || strchr (at + 1, '@') != NULL)
    return mw_link_text_fail (error, MW_LINK_ERROR_BAD_ADDRESS, "not one @ sign in the address");

  before = g_strndup (raw, at - raw);
  local_part = decode_address (before, LOCAL_PART_CHARS, error);
  if (local_part == NULL)
    return FALSE;
  name = decode_address (at + 1, "", error);
  if (name == NULL)
    return FALSE;

  self->domain = mw_link_text_read_host (name);
  if (self->domain == NULL)
    return mw_link_text_fail (error, MW_LINK_ERROR_BAD_ADDRESS,
                              "the domain of the address cannot exist");
  if (*local_part == '\0')
    return TRUE;

  address = mw_link_text_read_address (local_part, self->domain);
  if (address == NULL)
    return mw_link_text_fail (error, MW_LINK_ERROR_BAD_ADDRESS, "the address cannot exist");

  self->local_part = g_steal_pointer (&local_part);
  return TRUE;
}

/* Everything behind the scheme, in printable ASCII without "#". */
static gboolean
read_parts (MwSetupLink  *self,
            char         *rest,
            GError      **error)
{
  g_autoptr(GPtrArray) params = NULL;
  char *query = strchr (rest, '?');
  gsize length;

  if (query != NULL)
    *query++ = '\0';
  if (g_str_has_prefix (rest, "//"))
    rest += strlen ("//");
  length = strlen (rest);
  if (length > 0 && rest[length - 1] == '/')
    rest[length - 1] = '\0';

  params = mw_setup_link_params_split (query, error);
  if (params == NULL ||
      !take_keys (self, params, 0, N_FIRST_KEYS, error) ||
      !mw_setup_link_params_check (params, error) ||
      !read_address (self, rest, error) ||
      !take_keys (self, params, N_FIRST_KEYS, G_N_ELEMENTS (keys), error) ||
      !take_unknown_keys (self, params, error))
    return FALSE;

  if (self->domain == NULL && self->incoming->len == 0 && self->outgoing->len == 0)
    return mw_link_text_fail (error, MW_LINK_ERROR_EMPTY, "neither an address nor a server");
  return TRUE;
}

gboolean
mw_setup_link_read (MwSetupLink  *self,
                    const char   *text,
                    gsize         length,
                    GError      **error)
{
  gsize scheme_length = strlen (MW_SETUP_LINK_SCHEME);
  g_autofree char *rest = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  if (length < scheme_length ||
      g_ascii_strncasecmp (text, MW_SETUP_LINK_SCHEME, scheme_length) != 0)
    return mw_link_text_fail (error, MW_LINK_ERROR_SCHEME, "no mailto-setup link");

  text += scheme_length;
  length -= scheme_length;
  if (mw_link_text_has_secret (text, length))
    return mw_link_text_fail (error, MW_LINK_ERROR_SECRET,
                              "a colon in the address, or a key for a secret");
  if (length > MW_SETUP_LINK_MAX - scheme_length)
    return mw_link_text_fail (error, MW_LINK_ERROR_TOO_LONG, "the link is too long");

  for (gsize i = 0; i < length; i++)
    {
      if (text[i] < 0x21 || text[i] > 0x7e)
        return mw_link_text_fail (error, MW_LINK_ERROR_DAMAGED, "a character that no link has");
    }
  if (memchr (text, '#', length) != NULL)
    return mw_link_text_fail (error, MW_LINK_ERROR_FRAGMENT, "a number sign");

  rest = g_strndup (text, length);
  return read_parts (self, rest, error);
}
