/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-share-private.h"

#include <string.h>

#include "core/mw-error.h"

/* What the draft allows. */
#define MAX_NAME 60
#define MAX_SHORT_NAME 20

static void
put_element (GString    *text,
             guint       indent,
             const char *name,
             const char *value)
{
  g_string_append_printf (text, "%*s<%s>", indent, "", name);
  mw_share_put_escaped (text, value);
  g_string_append_printf (text, "</%s>\n", name);
}

static void
put_name (GString    *text,
          const char *element,
          const char *name,
          glong       max)
{
  g_autofree char *cut = g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), max));

  put_element (text, 4, element, cut);
}

static gboolean
is_part_of_word (gunichar c)
{
  return c != 0 && g_unichar_isalnum (c);
}

/* The first place where @word stands in @text for itself. */
static const char *
find_word (const char *text,
           const char *word)
{
  for (const char *p = strstr (text, word); p != NULL; p = strstr (p + 1, word))
    {
      gunichar before = p == text ? 0 : g_utf8_get_char (g_utf8_prev_char (p));
      gunichar after = g_utf8_get_char (p + strlen (word));

      if (!is_part_of_word (before) && !is_part_of_word (after))
        return p;
    }

  return NULL;
}

/* A user name with places for the address, which other people fill with
 * theirs; NULL for one that is not made of it. */
static char *
make_pattern (MwAddress  *address,
              const char *user_name)
{
  const struct {
    const char *word;
    const char *place;
  } parts[] = {
    { mw_address_get_text (address), "%EMAILADDRESS%" },
    { mw_address_get_local_part (address), "%EMAILLOCALPART%" },
  };

  /* It would be taken for a place. */
  if (strstr (user_name, "%EMAIL") != NULL)
    return NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const char *found = find_word (user_name, parts[i].word);

      if (found != NULL)
        return g_strdup_printf ("%.*s%s%s", (int) (found - user_name), user_name,
                                parts[i].place, found + strlen (parts[i].word));
    }

  return NULL;
}

static char *
make_user_name (MwShare    *self,
                MwService  *service,
                GError    **error)
{
  g_autofree char *pattern = make_pattern (self->address, service->user_name);

  if (pattern != NULL)
    return g_steal_pointer (&pattern);
  if ((self->flags & MW_SHARE_PERSONAL) != 0 && strstr (service->user_name, "%EMAIL") == NULL)
    return g_strdup (service->user_name);

  g_set_error (error, MW_SHARE_ERROR, MW_SHARE_ERROR_USER_NAME,
               "The user name for %s is not made of the address",
               mw_endpoint_get_host (service->endpoint));
  return NULL;
}

static void
put_methods (GString      *text,
             MwAuthMethod  auth)
{
  gboolean is_scram = auth == MW_AUTH_SCRAM_SHA_1 || auth == MW_AUTH_SCRAM_SHA_256;

  if (auth == MW_AUTH_NONE)
    put_element (text, 6, "authentication", "none");
  else if (auth == MW_AUTH_OAUTH2)
    put_element (text, 6, "authentication", "OAuth2");
  if (is_scram || auth == MW_AUTH_CRAM_MD5)
    put_element (text, 6, "authentication", "password-encrypted");
  /* SCRAM and CRAM-MD5 have one name here, and many programs know the latter
   * only. */
  if (is_scram || auth == MW_AUTH_UNKNOWN || auth == MW_AUTH_PLAIN || auth == MW_AUTH_LOGIN ||
      auth == MW_AUTH_PASSWORD_COMMAND)
    put_element (text, 6, "authentication", "password-cleartext");
}

static void
put_pop_options (GString   *text,
                 MwProfile *profile)
{
  g_string_append (text, "      <pop3>\n");
  put_element (text, 8, "leaveMessagesOnServer", profile->leave_on_server ? "true" : "false");
  if (profile->leave_on_server && profile->delete_after_days > 0)
    {
      g_autofree char *days = g_strdup_printf ("%u", profile->delete_after_days);

      put_element (text, 8, "daysToLeaveMessagesOnServer", days);
    }
  g_string_append (text, "      </pop3>\n");
}

static gboolean
put_server (MwShare    *self,
            GString    *text,
            MwService  *service,
            GError    **error)
{
  MwEndpoint *endpoint = service->endpoint;
  MwProtocol protocol = mw_endpoint_get_protocol (endpoint);
  const char *element = protocol == MW_PROTOCOL_SMTP ? "outgoingServer" : "incomingServer";
  g_autofree char *port = g_strdup_printf ("%u", mw_endpoint_get_port (endpoint));
  g_autofree char *user_name = NULL;

  if (service->user_name != NULL && service->auth != MW_AUTH_NONE)
    {
      user_name = make_user_name (self, service, error);
      if (user_name == NULL)
        return FALSE;
    }

  g_string_append_printf (text, "    <%s type=\"%s\">\n", element,
                          mw_enum_to_nick (MW_TYPE_PROTOCOL, protocol));
  put_element (text, 6, "hostname", mw_endpoint_get_host (endpoint));
  put_element (text, 6, "port", port);
  put_element (text, 6, "socketType",
               mw_endpoint_get_security (endpoint) == MW_SECURITY_TLS ? "SSL" : "STARTTLS");
  if (user_name != NULL)
    put_element (text, 6, "username", user_name);
  put_methods (text, service->auth);
  if (protocol == MW_PROTOCOL_POP3)
    put_pop_options (text, self->profile);
  g_string_append_printf (text, "    </%s>\n", element);
  return TRUE;
}

static gboolean
put_side (MwShare  *self,
          GString  *text,
          MwSide    side,
          GError  **error)
{
  GPtrArray *alternatives = self->profile->alternatives;
  MwService *service = mw_profile_get_service (self->profile, side);

  if (service != NULL && !put_server (self, text, service, error))
    return FALSE;

  for (guint i = 0; service != NULL && i < alternatives->len; i++)
    {
      MwService *other = g_ptr_array_index (alternatives, i);

      /* What cannot be said of a further server does not hold back the rest. */
      if (mw_endpoint_get_side (other->endpoint) == side &&
          mw_endpoint_get_security (other->endpoint) != MW_SECURITY_NONE)
        put_server (self, text, other, NULL);
    }

  return TRUE;
}

gboolean
mw_share_put_autoconfig (MwShare  *self,
                         GString  *text,
                         GError  **error)
{
  g_string_append (text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                         "<clientConfig version=\"1.1\">\n");
  g_string_append_printf (text, "  <emailProvider id=\"%s\">\n",
                          mw_address_get_domain (self->address));
  put_element (text, 4, "domain", mw_address_get_domain (self->address));
  put_name (text, "displayName", self->name, MAX_NAME);
  put_name (text, "displayShortName", self->name, MAX_SHORT_NAME);
  if (!put_side (self, text, MW_SIDE_INCOMING, error) ||
      !put_side (self, text, MW_SIDE_OUTGOING, error))
    return FALSE;

  g_string_append (text, "  </emailProvider>\n</clientConfig>\n");
  return TRUE;
}
