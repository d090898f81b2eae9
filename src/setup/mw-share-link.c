/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-share-link.h"

#include <string.h>

#include "core/mw-domain.h"
#include "core/mw-error.h"
#include "setup/mw-share-qr.h"

/* What the user name of a server is made of. */
typedef enum {
  FORM_NONE,
  FORM_ADDRESS,
  FORM_LOCAL_PART,
  FORM_LITERAL,
} Form;

static gboolean
is_address (const char *user_name,
            MwAddress  *address)
{
  const char *local_part = mw_address_get_local_part (address);
  gsize length = strlen (local_part);

  return strncmp (user_name, local_part, length) == 0 && user_name[length] == '@' &&
         g_ascii_strcasecmp (user_name + length + 1, mw_address_get_domain (address)) == 0;
}

static Form
get_form (MwService *service,
          MwAddress *address)
{
  if (service == NULL || service->user_name == NULL || service->auth == MW_AUTH_NONE)
    return FORM_NONE;
  if (is_address (service->user_name, address))
    return FORM_ADDRESS;
  if (g_str_equal (service->user_name, mw_address_get_local_part (address)))
    return FORM_LOCAL_PART;

  return FORM_LITERAL;
}

static gboolean
has_endpoint (GPtrArray  *endpoints,
              MwEndpoint *endpoint)
{
  return g_ptr_array_find_with_equal_func (endpoints, endpoint, (GEqualFunc) mw_endpoint_equal,
                                           NULL);
}

static void
add_endpoints (GPtrArray *endpoints,
               MwProfile *profile,
               MwService *service,
               MwAddress *address)
{
  MwSide side = mw_endpoint_get_side (service->endpoint);

  g_ptr_array_add (endpoints, mw_endpoint_ref (service->endpoint));
  for (guint i = 0; i < profile->alternatives->len; i++)
    {
      MwService *other = profile->alternatives->pdata[i];

      /* A link has one user name for all servers of a direction. */
      if (endpoints->len < MW_SETUP_LINK_MAX_SERVERS &&
          mw_endpoint_get_side (other->endpoint) == side &&
          get_form (other, address) == get_form (service, address) &&
          g_strcmp0 (other->user_name, service->user_name) == 0 &&
          mw_share_link_is_fit (other->endpoint, NULL) &&
          !has_endpoint (endpoints, other->endpoint))
        g_ptr_array_add (endpoints, mw_endpoint_ref (other->endpoint));
    }
}

/* What the other direction's form cannot say is said in full, if it may. */
static gboolean
set_user_names (MwSetupLink  *link,
                MwProfile    *profile,
                MwAddress    *address,
                gboolean      personal,
                GError      **error)
{
  Form incoming = get_form (profile->incoming, address);
  Form outgoing = get_form (profile->outgoing, address);
  Form form = incoming == FORM_LITERAL ? outgoing : incoming;

  link->user_is_local_part = form == FORM_LOCAL_PART;
  if (incoming == FORM_LITERAL)
    link->incoming_user = g_strdup (profile->incoming->user_name);
  if (outgoing != FORM_NONE && outgoing != form)
    link->outgoing_user = g_strdup (profile->outgoing->user_name);
  else if (outgoing == FORM_LITERAL)
    link->outgoing_user = g_strdup (profile->outgoing->user_name);

  if (personal || (link->incoming_user == NULL && link->outgoing_user == NULL))
    return TRUE;

  g_set_error_literal (error, MW_SHARE_ERROR, MW_SHARE_ERROR_USER_NAME,
                       "A user name that is not made of the address");
  return FALSE;
}

/* As a reader of the link brings it into form. */
static char *
make_text (const char *text)
{
  g_autofree char *composed = NULL;

  composed = text != NULL ? g_utf8_normalize (text, -1, G_NORMALIZE_DEFAULT_COMPOSE) : NULL;
  if (composed == NULL || *g_strstrip (composed) == '\0')
    return NULL;

  return g_utf8_substring (composed, 0, MIN (g_utf8_strlen (composed, -1),
                                             MW_SETUP_LINK_MAX_TEXT));
}

/* Many accounts are just called after the address. */
static char *
make_account_name (MwProfile *profile,
                   MwAddress *address)
{
  if (g_strcmp0 (profile->label, mw_address_get_text (address)) == 0 ||
      g_strcmp0 (profile->label, mw_address_get_display (address)) == 0)
    return NULL;

  return make_text (profile->label);
}

static gboolean
check (MwProfile  *profile,
       MwAddress  *address,
       GError    **error)
{
  if (profile->incoming == NULL || address == NULL)
    {
      g_set_error_literal (error, MW_SHARE_ERROR, MW_SHARE_ERROR_UNFINISHED,
                           "The account has no incoming server or no address");
      return FALSE;
    }

  return mw_share_link_is_fit (profile->incoming->endpoint, error) &&
         (profile->outgoing == NULL || mw_share_link_is_fit (profile->outgoing->endpoint, error));
}

MwSetupLink *
mw_share_link_new (MwProfile        *profile,
                   MwShareAudience   audience,
                   const char       *provider_name,
                   GError          **error)
{
  g_autoptr(MwSetupLink) link = NULL;
  g_autoptr(MwAddress) address = NULL;
  g_autofree char *text = NULL;
  gboolean personal = audience == MW_SHARE_AUDIENCE_PERSON;

  g_return_val_if_fail (profile != NULL, NULL);

  address = profile->address != NULL ? mw_address_parse (profile->address, NULL) : NULL;
  if (!check (profile, address, error))
    return NULL;

  link = mw_setup_link_new ();
  add_endpoints (link->incoming, profile, profile->incoming, address);
  if (profile->outgoing != NULL)
    add_endpoints (link->outgoing, profile, profile->outgoing, address);
  if (!set_user_names (link, profile, address, personal, error))
    return NULL;

  if (audience != MW_SHARE_AUDIENCE_PROVIDER)
    link->domain = g_strdup (mw_address_get_domain (address));
  if (profile->incoming->auth == MW_AUTH_OAUTH2)
    link->auth = MW_LINK_AUTH_OAUTH2;
  link->outgoing_without_login = profile->outgoing != NULL &&
                                 get_form (profile->outgoing, address) == FORM_NONE;
  link->provider_name = make_text (provider_name);
  if (personal)
    {
      link->local_part = g_strdup (mw_address_get_local_part (address));
      link->sender_name = make_text (profile->sender_name);
      link->account_name = make_account_name (profile, address);
    }

  text = mw_setup_link_to_string (link);
  if (text == NULL && (link->sender_name != NULL || link->account_name != NULL))
    {
      /* The servers are what counts. */
      g_clear_pointer (&link->sender_name, g_free);
      g_clear_pointer (&link->account_name, g_free);
      text = mw_setup_link_to_string (link);
    }
  if (text != NULL)
    return g_steal_pointer (&link);

  g_set_error_literal (error, MW_SHARE_ERROR, MW_SHARE_ERROR_TEXT,
                       "A text of the account cannot be in a link");
  return NULL;
}

gboolean
mw_share_link_is_fit (MwEndpoint  *endpoint,
                      GError     **error)
{
  const char *host = mw_endpoint_get_host (endpoint);
  const char *last = strrchr (host, '.');

  if (mw_endpoint_get_security (endpoint) == MW_SECURITY_NONE)
    g_set_error (error, MW_SHARE_ERROR, MW_SHARE_ERROR_CLEAR_TEXT,
                 "The server %s is used in clear text", host);
  else if (last == NULL || mw_domain_is_ip_literal (host))
    g_set_error (error, MW_SHARE_ERROR, MW_SHARE_ERROR_HOST,
                 "The server %s has no name that everybody can find", host);
  else
    return TRUE;

  return FALSE;
}

GBytes *
mw_share_link_render (const char    *link,
                      MwShareFormat  format)
{
  g_autoptr(MwShareQr) qr = NULL;
  char *line;

  g_return_val_if_fail (link != NULL, NULL);

  if (format == MW_SHARE_FORMAT_LINK)
    {
      line = g_strconcat (link, "\n", NULL);
      return g_bytes_new_take (line, strlen (line));
    }

  /* Every link is short enough for a code. */
  qr = mw_share_qr_new (link);
  return format == MW_SHARE_FORMAT_QR_SVG ? mw_share_qr_to_svg (qr) : mw_share_qr_to_png (qr);
}
