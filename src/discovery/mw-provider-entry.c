/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-provider-entry.h"

#include <string.h>

#include "core/mw-domain.h"

#define MAX_NAME_CHARS 60
#define MAX_INITIALS_CHARS 3
#define MAX_POP_MINUTES 1440
#define MAX_APP_PASSWORD_LENGTH 64

/* What is being read, for the words of an error. */
typedef struct {
  GKeyFile    *file;
  const char  *group;
  GError     **error;
} Reader;

static const struct {
  const char     *word;
  MwProviderAuth  flag;
} auth_words[] = {
  { "password", MW_PROVIDER_AUTH_PASSWORD },
  { "app-password", MW_PROVIDER_AUTH_APP_PASSWORD },
  { "auth-code", MW_PROVIDER_AUTH_AUTH_CODE },
  { "separate-password", MW_PROVIDER_AUTH_SEPARATE_PASSWORD },
  { "oauth2", MW_PROVIDER_AUTH_OAUTH2 },
  { "none", 0 },
};

static gboolean
refuse (Reader     *reader,
        const char *key,
        const char *value)
{
  g_autofree char *shown = g_utf8_make_valid (value, -1);

  g_set_error (reader->error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE,
               "[%s] %s: “%s” cannot be used", reader->group, key, shown);
  return FALSE;
}

/* Values are taken as they are written: nothing in them needs an escape. */
static char *
read_value (Reader     *reader,
            const char *key)
{
  char *value = g_key_file_get_value (reader->file, reader->group, key, NULL);

  return value != NULL ? g_strstrip (value) : NULL;
}

static char **
read_list (Reader     *reader,
           const char *key)
{
  g_autofree char *value = read_value (reader, key);
  gsize length = value != NULL ? strlen (value) : 0;

  /* The last item may end in a semicolon, too. */
  if (length > 0 && value[length - 1] == ';')
    value[length - 1] = '\0';

  return g_strsplit (value != NULL ? value : "", ";", -1);
}

static gboolean
text_is_good (const char *text,
              glong       max_chars)
{
  if (*text == '\0' || !g_utf8_validate (text, -1, NULL) ||
      g_utf8_strlen (text, -1) > max_chars)
    return FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (!g_unichar_isprint (g_utf8_get_char (p)))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_text (Reader      *reader,
           const char  *key,
           glong        max_chars,
           char       **out_text)
{
  g_autofree char *text = read_value (reader, key);

  if (text == NULL)
    return TRUE;
  if (!text_is_good (text, max_chars))
    return refuse (reader, key, "the text");

  *out_text = g_steal_pointer (&text);
  return TRUE;
}

/* Names are written the way they are compared, so that what stands in the file
 * is what happens. */
static gboolean
name_is_good (const char *name)
{
  g_autofree char *normal = g_utf8_validate (name, -1, NULL) ? mw_domain_normalize (name) : NULL;

  return normal != NULL && g_str_equal (normal, name) && strchr (name, '.') != NULL &&
         !mw_domain_is_ip_literal (name);
}

static gboolean
read_names (Reader       *reader,
            const char   *key,
            char       ***out_names)
{
  *out_names = read_list (reader, key);
  for (gsize i = 0; (*out_names)[i] != NULL; i++)
    {
      if (!name_is_good ((*out_names)[i]))
        return refuse (reader, key, (*out_names)[i]);
    }

  return TRUE;
}

/* host:port:security */
static MwProviderServer *
parse_server (MwProtocol  protocol,
              const char *text,
              gboolean    confirmed)
{
  g_auto(GStrv) parts = g_strsplit (text, ":", 4);
  guint64 port;
  int security;

  if (g_strv_length (parts) != 3 ||
      !g_ascii_string_to_unsigned (parts[1], 10, 1, G_MAXUINT16, &port, NULL) ||
      !mw_enum_from_nick (MW_TYPE_SECURITY, parts[2], &security) ||
      security == MW_SECURITY_NONE)
    return NULL;

  if (g_str_equal (parts[0], "{mx}"))
    confirmed = FALSE;
  else if (!name_is_good (parts[0]))
    return NULL;

  return mw_provider_server_new (protocol, security, parts[0], port, confirmed);
}

static gboolean
read_servers (Reader     *reader,
              MwProvider *provider,
              MwProtocol  protocol,
              const char *key,
              gboolean    confirmed)
{
  g_auto(GStrv) list = read_list (reader, key);

  for (gsize i = 0; list[i] != NULL; i++)
    {
      MwProviderServer *server = parse_server (protocol, list[i], confirmed);

      if (server == NULL)
        return refuse (reader, key, list[i]);
      g_ptr_array_add (provider->servers, server);
    }

  return TRUE;
}

static gboolean
read_all_servers (Reader     *reader,
                  MwProvider *provider)
{
  gboolean confirmed = mw_provider_is_confirmed (provider);

  return read_servers (reader, provider, MW_PROTOCOL_IMAP, "Imap", confirmed) &&
         read_servers (reader, provider, MW_PROTOCOL_IMAP, "ImapCandidates", FALSE) &&
         read_servers (reader, provider, MW_PROTOCOL_POP3, "Pop3", confirmed) &&
         read_servers (reader, provider, MW_PROTOCOL_POP3, "Pop3Candidates", FALSE) &&
         read_servers (reader, provider, MW_PROTOCOL_SMTP, "Smtp", confirmed) &&
         read_servers (reader, provider, MW_PROTOCOL_SMTP, "SmtpCandidates", FALSE);
}

static gboolean
form_is_good (const char *form)
{
  const char *place = strstr (form, "{local}");

  if (g_str_equal (form, "full") || g_str_equal (form, "local") || g_str_equal (form, "own"))
    return TRUE;

  return place != NULL && text_is_good (form, MAX_NAME_CHARS) &&
         strchr (place + 1, '{') == NULL;
}

static gboolean
read_user_names (Reader     *reader,
                 MwProvider *provider)
{
  static const char * const keys[] = { "UserNameImap", "UserNamePop3", "UserNameSmtp" };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      gboolean own = g_key_file_has_key (reader->file, reader->group, keys[i], NULL);
      const char *key = own ? keys[i] : "UserName";
      g_auto(GStrv) forms = read_list (reader, key);

      for (gsize j = 0; forms[j] != NULL; j++)
        {
          if (!form_is_good (forms[j]))
            return refuse (reader, key, forms[j]);
        }
      provider->user_names[i] = g_steal_pointer (&forms);
    }

  return TRUE;
}

static gboolean
read_auth (Reader     *reader,
           MwProvider *provider)
{
  g_auto(GStrv) words = read_list (reader, "Auth");

  if (words[0] == NULL)
    provider->auth = MW_PROVIDER_AUTH_PASSWORD;

  for (gsize i = 0; words[i] != NULL; i++)
    {
      gsize j = 0;

      while (j < G_N_ELEMENTS (auth_words) && !g_str_equal (auth_words[j].word, words[i]))
        j++;
      if (j == G_N_ELEMENTS (auth_words))
        return refuse (reader, "Auth", words[i]);
      provider->auth |= auth_words[j].flag;
    }

  return TRUE;
}

static gboolean
uri_is_good (const char *text)
{
  g_autoptr(GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);

  return uri != NULL && g_str_equal (g_uri_get_scheme (uri), "https") &&
         g_uri_get_userinfo (uri) == NULL && g_uri_get_port (uri) == -1 &&
         g_uri_get_host (uri) != NULL && name_is_good (g_uri_get_host (uri));
}

/* Pages are opened only where the entry is confirmed; elsewhere the address is
 * checked all the same, because the entry may become so. */
static gboolean
read_uri (Reader      *reader,
          MwProvider  *provider,
          const char  *key,
          char       **out_uri)
{
  g_autofree char *text = read_value (reader, key);

  if (text == NULL)
    return TRUE;
  if (!g_utf8_validate (text, -1, NULL) || !uri_is_good (text))
    return refuse (reader, key, "the address");
  if (mw_provider_is_confirmed (provider))
    *out_uri = g_steal_pointer (&text);

  return TRUE;
}

/* kind or kind:condition */
static gboolean
read_step (Reader     *reader,
           MwProvider *provider,
           const char *step)
{
  g_auto(GStrv) parts = g_strsplit (step, ":", 2);
  g_autofree char *key = NULL;
  g_autofree char *uri = NULL;
  int kind;
  int condition = MW_HINT_CONDITION_ALWAYS;

  if (parts[0] == NULL || !mw_enum_from_nick (MW_TYPE_HINT_KIND, parts[0], &kind) ||
      (parts[1] != NULL &&
       !mw_enum_from_nick (MW_TYPE_HINT_CONDITION, parts[1], &condition)) ||
      mw_provider_get_hint (provider, kind) != NULL)
    return refuse (reader, "Steps", step);

  key = g_strconcat ("Help-", parts[0], NULL);
  if (!read_uri (reader, provider, key, &uri))
    return FALSE;

  g_ptr_array_add (provider->hints,
                   mw_hint_new (kind, condition, uri != NULL ? uri : provider->help_uri));
  return TRUE;
}

static gboolean
read_steps (Reader     *reader,
            MwProvider *provider)
{
  g_auto(GStrv) steps = read_list (reader, "Steps");

  for (gsize i = 0; steps[i] != NULL; i++)
    {
      if (!read_step (reader, provider, steps[i]))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_grade (Reader     *reader,
            MwProvider *provider)
{
  g_autofree char *grade = NULL;

  grade = read_value (reader, "Grade");
  provider->sources = read_list (reader, "Source");

  /* What others wrote is a candidate, whatever they say. */
  if (!provider->built_in)
    {
      provider->grade = 'D';
      return TRUE;
    }

  if (grade == NULL || strlen (grade) != 1 || *grade < 'A' || *grade > 'E')
    return refuse (reader, "Grade", grade != NULL ? grade : "");
  if (provider->sources[0] == NULL)
    return refuse (reader, "Source", "");

  provider->grade = *grade;
  return TRUE;
}

static gboolean
read_number (Reader     *reader,
             const char *key,
             guint       maximum,
             guint      *out_number)
{
  g_autofree char *text = NULL;
  guint64 number;

  text = read_value (reader, key);
  if (text == NULL)
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, 1, maximum, &number, NULL))
    return refuse (reader, key, text);

  *out_number = number;
  return TRUE;
}

/* "Poczta WP" → "PW" */
static char *
make_initials (const char *name)
{
  g_autoptr(GString) initials = g_string_new (NULL);
  gboolean at_start = TRUE;
  guint n_chars = 0;

  for (const char *p = name; *p != '\0' && n_chars < 2; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (at_start && g_unichar_isalnum (c))
        {
          g_string_append_unichar (initials, g_unichar_toupper (c));
          n_chars++;
        }
      at_start = !g_unichar_isalnum (c);
    }

  return g_string_free (g_steal_pointer (&initials), FALSE);
}

static gboolean
read_provider (Reader     *reader,
               MwProvider *provider)
{
  if (!read_text (reader, "Name", MAX_NAME_CHARS, &provider->name) ||
      !read_text (reader, "Initials", MAX_INITIALS_CHARS, &provider->initials))
    return FALSE;
  if (provider->name == NULL)
    return refuse (reader, "Name", "");
  if (provider->initials == NULL)
    provider->initials = make_initials (provider->name);
  provider->countries = read_list (reader, "Country");

  return read_grade (reader, provider) &&
         read_all_servers (reader, provider) &&
         read_user_names (reader, provider) &&
         read_auth (reader, provider) &&
         read_uri (reader, provider, "Help", &provider->help_uri) &&
         read_steps (reader, provider) &&
         read_number (reader, "PopMinutes", MAX_POP_MINUTES, &provider->pop_minutes) &&
         read_number (reader, "AppPasswordLength", MAX_APP_PASSWORD_LENGTH,
                      &provider->app_password_length);
}

MwProviderEntry *
mw_provider_entry_parse (GKeyFile    *file,
                         const char  *group,
                         gboolean     built_in,
                         GError     **error)
{
  Reader reader = { file, group, error };
  g_autoptr(MwProviderEntry) self = NULL;

  g_return_val_if_fail (file != NULL, NULL);
  g_return_val_if_fail (group != NULL, NULL);

  self = g_new0 (MwProviderEntry, 1);
  self->provider = mw_provider_new (group);
  self->provider->built_in = built_in;

  if (!read_provider (&reader, self->provider) ||
      !read_names (&reader, "Domains", &self->domains) ||
      !read_names (&reader, "DomainCandidates", &self->domain_candidates) ||
      !read_names (&reader, "Mx", &self->exchangers) ||
      !read_names (&reader, "MxCandidates", &self->exchanger_candidates) ||
      !read_names (&reader, "MxExcept", &self->exchanger_exceptions))
    return NULL;

  return g_steal_pointer (&self);
}

void
mw_provider_entry_free (MwProviderEntry *self)
{
  g_return_if_fail (self != NULL);

  mw_provider_unref (self->provider);
  g_strfreev (self->domains);
  g_strfreev (self->domain_candidates);
  g_strfreev (self->exchangers);
  g_strfreev (self->exchanger_candidates);
  g_strfreev (self->exchanger_exceptions);
  g_free (self);
}
