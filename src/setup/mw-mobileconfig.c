/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-mobileconfig.h"

#include <string.h>

#include "discovery/mw-foreign-host.h"
#include "setup/mw-plist.h"

#define MAIL_TYPE "com.apple.mail.managed"
#define MAX_ACCOUNTS 32
#define MAX_IGNORED 32
#define MAX_FIELD 512
#define MAX_TYPE 80

static const struct {
  const char *name;
  const char *method;
  const char *host;
  const char *port;
  const char *protection;
  const char *user_name;
} keys[] = {
  [MW_SIDE_INCOMING] = {
    "incoming server",
    "IncomingMailServerAuthentication", "IncomingMailServerHostName",
    "IncomingMailServerPortNumber", "IncomingMailServerUseSSL", "IncomingMailServerUsername",
  },
  [MW_SIDE_OUTGOING] = {
    "outgoing server",
    "OutgoingMailServerAuthentication", "OutgoingMailServerHostName",
    "OutgoingMailServerPortNumber", "OutgoingMailServerUseSSL", "OutgoingMailServerUsername",
  },
};

static void
account_free (gpointer data)
{
  MwMobileconfigAccount *account = data;

  g_free (account->label);
  g_free (account->sender_name);
  g_clear_pointer (&account->address, mw_address_unref);
  g_ptr_array_unref (account->candidates);
  g_ptr_array_unref (account->skipped);
  g_clear_pointer (&account->incoming_password, mw_secret_unref);
  g_clear_pointer (&account->outgoing_password, mw_secret_unref);
  g_free (account);
}

static gboolean
has_control (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_unichar_iscntrl (g_utf8_get_char (p)))
        return TRUE;
    }

  return FALSE;
}

/* A text for people: without blanks around it, NULL for none. */
static char *
get_text (MwPlist    *dict,
          const char *key)
{
  const char *value = mw_plist_get_string (dict, key);
  g_autofree char *text = NULL;

  if (value == NULL)
    return NULL;
  text = g_utf8_substring (value, 0, MIN (g_utf8_strlen (value, -1), MAX_FIELD));
  g_strstrip (text);
  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

static MwAddress *
get_address (MwPlist *dict)
{
  g_autofree char *text = get_text (dict, "EmailAddress");

  return text != NULL ? mw_address_parse (text, NULL) : NULL;
}

static MwSecret *
get_secret (MwPlist    *dict,
            const char *key)
{
  const char *text = mw_plist_get_string (dict, key);

  return text != NULL ? mw_secret_new_typed (text) : NULL;
}

static const char *
read_host (MwPlist  *dict,
           MwSide    side,
           char    **out_host)
{
  g_autofree char *text = get_text (dict, keys[side].host);

  return mw_foreign_host_read (text, out_host);
}

/* Without a port it is the usual one. */
static const char *
read_port (MwPlist *dict,
           MwSide   side,
           guint16 *out_port)
{
  gint64 port = 0;

  if (mw_plist_get (dict, keys[side].port) == NULL)
    return NULL;
  if (!mw_plist_get_integer (dict, keys[side].port, &port) || port < 1 || port > G_MAXUINT16)
    return "its port is not between 1 and 65535";

  *out_port = port;
  return NULL;
}

static const char *
read_method (MwPlist      *dict,
             MwSide        side,
             MwAuthMethod *out_auth)
{
  const char *method = mw_plist_get_string (dict, keys[side].method);

  if (method == NULL || g_str_equal (method, "EmailAuthPassword") ||
      g_str_equal (method, "EmailAuthCRAMMD5"))
    *out_auth = MW_AUTH_UNKNOWN;
  else if (g_str_equal (method, "EmailAuthNone") && side == MW_SIDE_OUTGOING)
    *out_auth = MW_AUTH_NONE;
  else
    return "no way of signing in that is known";

  return NULL;
}

static const char *
read_protocol (MwPlist    *dict,
               MwSide      side,
               MwProtocol *out_protocol)
{
  const char *type = mw_plist_get_string (dict, "EmailAccountType");

  if (side == MW_SIDE_OUTGOING)
    *out_protocol = MW_PROTOCOL_SMTP;
  else if (g_strcmp0 (type, "EmailTypeIMAP") == 0)
    *out_protocol = MW_PROTOCOL_IMAP;
  else if (g_strcmp0 (type, "EmailTypePOP") == 0)
    *out_protocol = MW_PROTOCOL_POP3;
  else
    return "of a kind that is not known";

  return NULL;
}

static const char *
check_user_name (const char *name)
{
  if (name == NULL)
    return NULL;
  if (strlen (name) > MAX_FIELD)
    return "its user name is too long";
  if (has_control (name))
    return "a control character in its user name";

  return NULL;
}

static void
add_candidate (MwMobileconfigAccount *account,
               MwProtocol             protocol,
               MwSecurity             security,
               const char            *host,
               guint16                port,
               const char            *user_name,
               MwAuthMethod           auth)
{
  g_autoptr(MwEndpoint) endpoint = mw_endpoint_new (protocol, security, host, port);
  const char *user_names[] = { user_name, NULL };

  g_ptr_array_add (account->candidates,
                   mw_candidate_new (endpoint, MW_ORIGIN_FILE, MW_GRADE_L,
                                     user_name != NULL ? user_names : NULL, auth,
                                     account->candidates->len));
}

static void
read_server (MwMobileconfigAccount *account,
             MwPlist               *dict,
             MwSide                 side)
{
  const char *user_name = mw_plist_get_string (dict, keys[side].user_name);
  g_autofree char *host = NULL;
  MwProtocol protocol = MW_PROTOCOL_IMAP;
  MwSecurity security = MW_SECURITY_TLS;
  MwAuthMethod auth = MW_AUTH_UNKNOWN;
  guint16 port = 0;
  const char *reason;

  /* An account that only receives says nothing of the other side. */
  if (side == MW_SIDE_OUTGOING && mw_plist_get (dict, keys[side].host) == NULL)
    return;

  if (user_name != NULL && *user_name == '\0')
    user_name = NULL;

  reason = read_protocol (dict, side, &protocol);
  if (reason == NULL)
    reason = read_host (dict, side, &host);
  if (reason == NULL)
    reason = read_port (dict, side, &port);
  if (reason == NULL)
    reason = read_method (dict, side, &auth);
  if (reason == NULL)
    reason = check_user_name (user_name);
  if (reason == NULL && !mw_plist_get_boolean (dict, keys[side].protection))
    reason = "clear text";
  if (reason != NULL)
    {
      g_ptr_array_add (account->skipped, g_strdup_printf ("%s: %s", keys[side].name, reason));
      return;
    }

  if (mw_mobileconfig_get_security (port, &security))
    {
      add_candidate (account, protocol, security, host, port, user_name, auth);
      return;
    }
  add_candidate (account, protocol, MW_SECURITY_TLS, host, port, user_name, auth);
  add_candidate (account, protocol, MW_SECURITY_STARTTLS, host, port, user_name, auth);
}

static MwMobileconfigAccount *
read_account (MwPlist *dict)
{
  MwMobileconfigAccount *account = g_new0 (MwMobileconfigAccount, 1);

  account->label = get_text (dict, "EmailAccountDescription");
  account->sender_name = get_text (dict, "EmailAccountName");
  account->address = get_address (dict);
  account->candidates =
    g_ptr_array_new_with_free_func ((GDestroyNotify) mw_candidate_unref);
  account->skipped = g_ptr_array_new_with_free_func (g_free);
  read_server (account, dict, MW_SIDE_INCOMING);
  read_server (account, dict, MW_SIDE_OUTGOING);

  account->incoming_password = get_secret (dict, "IncomingPassword");
  if (mw_plist_get_boolean (dict, "OutgoingPasswordSameAsIncomingPassword"))
    account->outgoing_password = account->incoming_password != NULL
                                 ? mw_secret_ref (account->incoming_password) : NULL;
  else
    account->outgoing_password = get_secret (dict, "OutgoingPassword");

  return account;
}

/* What it is called in a message is no place for foreign text. */
static gboolean
is_type (const char *text)
{
  return strlen (text) <= MAX_TYPE &&
         strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS ".-_") == strlen (text);
}

static void
ignore (MwMobileconfig *self,
        MwPlist        *payload)
{
  g_autofree char *type = get_text (payload, "PayloadType");

  if (type != NULL && is_type (type) && self->ignored->len < MAX_IGNORED &&
      !g_ptr_array_find_with_equal_func (self->ignored, type, g_str_equal, NULL))
    g_ptr_array_add (self->ignored, g_steal_pointer (&type));
}

MwMobileconfig *
mw_mobileconfig_parse (const char  *data,
                       gsize        length,
                       GError     **error)
{
  g_autoptr(MwMobileconfig) self = NULL;
  g_autoptr(MwPlist) root = mw_plist_parse (data, length, error);
  MwPlist *payloads;
  gboolean encrypted;

  if (root == NULL)
    return NULL;

  encrypted = mw_plist_get (root, "EncryptedPayloadContent") != NULL;
  payloads = mw_plist_get (root, "PayloadContent");
  if ((payloads == NULL && !encrypted) ||
      g_strcmp0 (mw_plist_get_string (root, "PayloadType"), "Configuration") != 0)
    {
      g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_UNKNOWN_ELEMENT,
                           "A property list, but no configuration profile");
      return NULL;
    }

  self = g_new0 (MwMobileconfig, 1);
  self->name = get_text (root, "PayloadDisplayName");
  self->encrypted = encrypted;
  self->accounts = g_ptr_array_new_with_free_func (account_free);
  self->ignored = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < mw_plist_get_length (payloads); i++)
    {
      MwPlist *payload = mw_plist_get_item (payloads, i);

      if (g_strcmp0 (mw_plist_get_string (payload, "PayloadType"), MAIL_TYPE) == 0 &&
          self->accounts->len < MAX_ACCOUNTS)
        g_ptr_array_add (self->accounts, read_account (payload));
      else
        ignore (self, payload);
    }

  return g_steal_pointer (&self);
}

void
mw_mobileconfig_free (MwMobileconfig *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->name);
  g_ptr_array_unref (self->accounts);
  g_ptr_array_unref (self->ignored);
  g_free (self);
}

gboolean
mw_mobileconfig_get_security (guint16     port,
                              MwSecurity *security)
{
  switch (port)
    {
    case 993:
    case 995:
    case 465:
      *security = MW_SECURITY_TLS;
      return TRUE;
    case 143:
    case 110:
    case 587:
      *security = MW_SECURITY_STARTTLS;
      return TRUE;
    default:
      return FALSE;
    }
}
