/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-dclogin.h"

#include <string.h>

#include "setup/mw-link-text.h"

#define SCHEME "dclogin:"
#define MAX_LINK 2048
#define MAX_USER_NAME 254

/* The keys of one side. */
static const struct {
  const char *host;
  const char *port;
  const char *security;
  const char *certificates;
  const char *user_name;
  const char *password;
  MwProtocol  protocol;
} keys[] = {
  [MW_SIDE_INCOMING] = { "ih", "ip", "is", "ic", "iu", "ipw", MW_PROTOCOL_IMAP },
  [MW_SIDE_OUTGOING] = { "sh", "sp", "ss", "sc", "su", "spw", MW_PROTOCOL_SMTP },
};

/* Finds a value in "key=value&key=value"; it is not taken out, so that no copy
 * of a password is left anywhere.
 * Returns: how often @key is there */
static guint
find (const char  *query,
      const char  *key,
      const char **out_value,
      gsize       *out_length)
{
  gsize key_length = strlen (key);
  guint count = 0;

  for (const char *p = query; p != NULL; p = strchr (p, '&'))
    {
      p += *p == '&' ? 1 : 0;
      if (strncmp (p, key, key_length) != 0 || p[key_length] != '=')
        continue;

      *out_value = p + key_length + 1;
      *out_length = strcspn (*out_value, "&");
      count++;
    }

  return count;
}

/* As a form is coded: "+" is a blank. What comes out may be a password.
 * Returns: (nullable): the value, empty without one; %NULL with @error */
static char *
read_value (const char  *query,
            const char  *key,
            GError     **error)
{
  const char *start = "";
  gsize length = 0;
  char *raw;
  char *value;

  if (find (query, key, &start, &length) > 1)
    {
      mw_link_text_fail (error, MW_LINK_ERROR_DUPLICATE, "a key comes twice");
      return NULL;
    }

  raw = g_strndup (start, length);
  g_strdelimit (raw, "+", ' ');
  value = mw_link_text_unescape (raw, NULL, error);
  mw_secret_free_bytes (raw);
  return value;
}

static gboolean
read_password (const char  *query,
               const char  *key,
               MwSecret    *fallback,
               MwSecret   **out_secret,
               GError     **error)
{
  char *value = read_value (query, key, error);

  if (value == NULL)
    return FALSE;

  if (*value != '\0')
    *out_secret = mw_secret_new (value, -1);
  else if (fallback != NULL)
    *out_secret = mw_secret_ref (fallback);
  mw_secret_free_bytes (value);
  return TRUE;
}

static gboolean
read_passwords (MwDclogin   *self,
                const char  *query,
                GError     **error)
{
  g_autoptr(MwSecret) both = NULL;

  return read_password (query, "p", NULL, &both, error) &&
         read_password (query, keys[MW_SIDE_INCOMING].password, both, &self->incoming_password,
                        error) &&
         read_password (query, keys[MW_SIDE_OUTGOING].password, both, &self->outgoing_password,
                        error);
}

static gboolean
check_version (const char  *query,
               GError     **error)
{
  g_autofree char *version = read_value (query, "v", error);

  if (version == NULL)
    return FALSE;
  if (*version == '\0')
    return mw_link_text_fail (error, MW_LINK_ERROR_DAMAGED, "no version");

  return g_str_equal (version, "1") ||
         mw_link_text_fail (error, MW_LINK_ERROR_VERSION, "of a version that is not known");
}

/* 0 is "automatic" and 1 "strict"; everything else takes any certificate. */
static gboolean
check_certificates (const char  *query,
                    MwSide       side,
                    GError     **error)
{
  g_autofree char *value = read_value (query, keys[side].certificates, error);

  if (value == NULL)
    return FALSE;

  return *value == '\0' || g_str_equal (value, "0") || g_str_equal (value, "1") ||
         mw_link_text_fail (error, MW_LINK_ERROR_INSECURE, "any certificate is to be taken");
}

/* Returns: whether each of the two ways may be meant, by MwSecurity */
static gboolean
read_security (const char  *query,
               MwSide       side,
               gboolean     ways[2],
               GError     **error)
{
  g_autofree char *value = read_value (query, keys[side].security, error);

  if (value == NULL)
    return FALSE;
  if (g_str_equal (value, "plain"))
    return mw_link_text_fail (error, MW_LINK_ERROR_INSECURE, "clear text");

  ways[MW_SECURITY_TLS] = !g_str_equal (value, "starttls");
  ways[MW_SECURITY_STARTTLS] = !g_str_equal (value, "ssl");
  return *value == '\0' || g_str_equal (value, "default") ||
         !ways[MW_SECURITY_TLS] || !ways[MW_SECURITY_STARTTLS] ||
         mw_link_text_fail (error, MW_LINK_ERROR_BAD_SERVER,
                            "a kind of protection that is not known");
}

static gboolean
read_port (const char  *query,
           MwSide       side,
           guint16     *out_port,
           GError     **error)
{
  g_autofree char *value = read_value (query, keys[side].port, error);

  if (value == NULL)
    return FALSE;

  return *value == '\0' || mw_link_text_read_port (value, out_port) ||
         mw_link_text_fail (error, MW_LINK_ERROR_BAD_PORT, "no such port");
}

static void
add_candidates (MwDclogin  *self,
                MwSide      side,
                const char *host,
                guint16     port,
                gboolean    ways[2],
                const char *user_name)
{
  const char *user_names[] = { user_name, NULL };

  for (int security = MW_SECURITY_TLS; security <= MW_SECURITY_STARTTLS; security++)
    {
      g_autoptr(MwEndpoint) endpoint = NULL;
      guint16 other = mw_endpoint_default_port (keys[side].protocol, 1 - security);

      /* The usual port of the other way says which is meant. */
      if (!ways[security] || (ways[1 - security] && port == other))
        continue;
      endpoint = mw_endpoint_new (keys[side].protocol, security, host, port);
      g_ptr_array_add (self->candidates,
                       mw_candidate_new (endpoint, MW_ORIGIN_LINK, MW_GRADE_L,
                                         *user_name != '\0' ? user_names : NULL,
                                         MW_AUTH_UNKNOWN, self->candidates->len));
    }
}

static gboolean
read_side (MwDclogin   *self,
           const char  *query,
           MwSide       side,
           GError     **error)
{
  g_autofree char *text = NULL;
  g_autofree char *host = NULL;
  g_autofree char *user_name = NULL;
  gboolean ways[2] = { FALSE, FALSE };
  guint16 port = 0;

  if (!check_certificates (query, side, error) ||
      !read_security (query, side, ways, error) ||
      !read_port (query, side, &port, error))
    return FALSE;

  text = read_value (query, keys[side].host, error);
  user_name = text != NULL ? read_value (query, keys[side].user_name, error) : NULL;
  if (user_name == NULL)
    return FALSE;
  if (strlen (user_name) > MAX_USER_NAME)
    return mw_link_text_fail (error, MW_LINK_ERROR_TOO_LONG, "a user name is too long");
  if (*text == '\0')
    return TRUE;

  host = mw_link_text_read_host (text);
  if (host == NULL)
    return mw_link_text_fail (error, MW_LINK_ERROR_BAD_HOST, "a host without a full name");

  add_candidates (self, side, host, port, ways, user_name);
  return TRUE;
}

static gboolean
read_address (MwDclogin   *self,
              const char  *raw,
              gsize        length,
              GError     **error)
{
  g_autofree char *part = g_strndup (raw, length);
  g_autofree char *text = mw_link_text_decode (part, NULL, error);
  char *at;

  if (text == NULL)
    return FALSE;

  at = strrchr (text, '@');
  if (at != NULL)
    {
      *at = '\0';
      self->address = mw_link_text_read_address (text, at + 1);
    }
  return self->address != NULL ||
         mw_link_text_fail (error, MW_LINK_ERROR_BAD_ADDRESS, "the address cannot exist");
}

/* Everything behind the scheme. */
static gboolean
read_parts (MwDclogin   *self,
            const char  *rest,
            GError     **error)
{
  const char *query = strchr (rest, '?');

  if (query == NULL)
    return mw_link_text_fail (error, MW_LINK_ERROR_DAMAGED, "nothing but an address");
  if (g_str_has_prefix (rest, "//"))
    rest += strlen ("//");

  return check_version (query + 1, error) &&
         read_address (self, rest, strcspn (rest, "?/"), error) &&
         read_side (self, query + 1, MW_SIDE_INCOMING, error) &&
         read_side (self, query + 1, MW_SIDE_OUTGOING, error) &&
         read_passwords (self, query + 1, error);
}

gboolean
mw_dclogin_has_scheme (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  return g_ascii_strncasecmp (text, SCHEME, strlen (SCHEME)) == 0;
}

MwDclogin *
mw_dclogin_parse (const char  *text,
                  gsize        length,
                  GError     **error)
{
  g_autoptr(MwDclogin) self = NULL;
  gboolean fine;
  char *rest;

  g_return_val_if_fail (text != NULL, NULL);

  if (length < strlen (SCHEME) || g_ascii_strncasecmp (text, SCHEME, strlen (SCHEME)) != 0)
    {
      mw_link_text_fail (error, MW_LINK_ERROR_SCHEME, "no dclogin link");
      return NULL;
    }
  if (length > MAX_LINK)
    {
      mw_link_text_fail (error, MW_LINK_ERROR_TOO_LONG, "the link is too long");
      return NULL;
    }
  for (gsize i = 0; i < length; i++)
    {
      if ((guchar) text[i] <= 0x20 || text[i] == 0x7f || text[i] == '#')
        {
          mw_link_text_fail (error, text[i] == '#' ? MW_LINK_ERROR_FRAGMENT : MW_LINK_ERROR_DAMAGED,
                             "a character that no link has");
          return NULL;
        }
    }

  self = g_new0 (MwDclogin, 1);
  self->candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_candidate_unref);
  rest = g_strndup (text + strlen (SCHEME), length - strlen (SCHEME));
  fine = read_parts (self, rest, error);
  mw_secret_free_bytes (rest);
  return fine ? g_steal_pointer (&self) : NULL;
}

void
mw_dclogin_free (MwDclogin *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->address, mw_address_unref);
  g_ptr_array_unref (self->candidates);
  g_clear_pointer (&self->incoming_password, mw_secret_unref);
  g_clear_pointer (&self->outgoing_password, mw_secret_unref);
  g_free (self);
}
