/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-share-private.h"

#include "core/mw-error.h"
#include "setup/mw-mobileconfig.h"

#define IDENTIFIER "io.github.mailwright.Mailwright.account"

static void
put_key (GString    *text,
         guint       indent,
         const char *key)
{
  g_string_append_printf (text, "%*s<key>%s</key>\n%*s", indent, "", key, indent, "");
}

static void
put_string (GString    *text,
            guint       indent,
            const char *key,
            const char *value)
{
  put_key (text, indent, key);
  g_string_append (text, "<string>");
  mw_share_put_escaped (text, value);
  g_string_append (text, "</string>\n");
}

static void
put_integer (GString    *text,
             guint       indent,
             const char *key,
             guint       value)
{
  put_key (text, indent, key);
  g_string_append_printf (text, "<integer>%u</integer>\n", value);
}

static void
put_boolean (GString    *text,
             guint       indent,
             const char *key,
             gboolean    value)
{
  put_key (text, indent, key);
  g_string_append (text, value ? "<true/>\n" : "<false/>\n");
}

/* A name-based UUID (RFC 9562 §5.5) below that of the account: a newer file of
 * the same account replaces the older one on a device. */
static char *
make_uuid (const char *account,
           const char *name)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 hash[20];
  gsize size = sizeof hash;

  g_checksum_update (checksum, (const guchar *) account, -1);
  g_checksum_update (checksum, (const guchar *) name, -1);
  g_checksum_get_digest (checksum, hash, &size);
  hash[6] = (hash[6] & 0x0f) | 0x50;
  hash[8] = (hash[8] & 0x3f) | 0x80;

  return g_strdup_printf ("%02X%02X%02X%02X-%02X%02X-%02X%02X-%02X%02X-%02X%02X%02X%02X%02X%02X",
                          hash[0], hash[1], hash[2], hash[3], hash[4], hash[5], hash[6], hash[7],
                          hash[8], hash[9], hash[10], hash[11], hash[12], hash[13], hash[14],
                          hash[15]);
}

static void
put_payload (MwShare    *self,
             GString    *text,
             guint       indent,
             const char *type,
             const char *part)
{
  g_autofree char *uuid = make_uuid (self->profile->id, part);
  g_autofree char *account = make_uuid (self->profile->id, "");
  g_autofree char *identifier = g_strconcat (IDENTIFIER ".", account, part, NULL);

  put_string (text, indent, "PayloadDisplayName", self->name);
  put_string (text, indent, "PayloadIdentifier", identifier);
  put_string (text, indent, "PayloadType", type);
  put_string (text, indent, "PayloadUUID", uuid);
  put_integer (text, indent, "PayloadVersion", 1);
}

static const char *
get_method (MwService *service)
{
  if (service->auth == MW_AUTH_NONE)
    return "EmailAuthNone";
  if (service->auth == MW_AUTH_CRAM_MD5)
    return "EmailAuthCRAMMD5";
  return "EmailAuthPassword";
}

static void
put_server (MwShare   *self,
            GString   *text,
            MwSide     side,
            MwService *service)
{
  static const struct {
    const char *method;
    const char *host;
    const char *port;
    const char *protection;
    const char *user_name;
  } keys[] = {
    [MW_SIDE_INCOMING] = {
      "IncomingMailServerAuthentication", "IncomingMailServerHostName",
      "IncomingMailServerPortNumber", "IncomingMailServerUseSSL", "IncomingMailServerUsername",
    },
    [MW_SIDE_OUTGOING] = {
      "OutgoingMailServerAuthentication", "OutgoingMailServerHostName",
      "OutgoingMailServerPortNumber", "OutgoingMailServerUseSSL", "OutgoingMailServerUsername",
    },
  };

  put_string (text, 6, keys[side].method, get_method (service));
  put_string (text, 6, keys[side].host, mw_endpoint_get_host (service->endpoint));
  put_integer (text, 6, keys[side].port, mw_endpoint_get_port (service->endpoint));
  put_boolean (text, 6, keys[side].protection, TRUE);
  if ((self->flags & MW_SHARE_PERSONAL) != 0 && service->user_name != NULL &&
      service->auth != MW_AUTH_NONE)
    put_string (text, 6, keys[side].user_name, service->user_name);
}

static gboolean
check (MwService  *service,
       GError    **error)
{
  MwEndpoint *endpoint = service->endpoint;
  MwSecurity meant;

  if (service->auth == MW_AUTH_OAUTH2)
    g_set_error (error, MW_SHARE_ERROR, MW_SHARE_ERROR_SIGN_IN,
                 "%s wants a browser sign-in", mw_endpoint_get_host (endpoint));
  else if (mw_mobileconfig_get_security (mw_endpoint_get_port (endpoint), &meant) &&
           meant != mw_endpoint_get_security (endpoint))
    g_set_error (error, MW_SHARE_ERROR, MW_SHARE_ERROR_PORT,
                 "On port %u it would be read as another kind of security",
                 mw_endpoint_get_port (endpoint));
  else
    return TRUE;

  return FALSE;
}

static void
put_account (MwShare *self,
             GString *text)
{
  MwProfile *profile = self->profile;
  gboolean personal = (self->flags & MW_SHARE_PERSONAL) != 0;
  gboolean pop = mw_endpoint_get_protocol (profile->incoming->endpoint) == MW_PROTOCOL_POP3;
  gboolean logs_in = profile->outgoing->auth != MW_AUTH_NONE;

  put_string (text, 6, "EmailAccountDescription", self->name);
  if (personal && profile->sender_name != NULL && *profile->sender_name != '\0')
    put_string (text, 6, "EmailAccountName", profile->sender_name);
  put_string (text, 6, "EmailAccountType", pop ? "EmailTypePOP" : "EmailTypeIMAP");
  if (personal)
    put_string (text, 6, "EmailAddress", mw_address_get_text (self->address));

  put_server (self, text, MW_SIDE_INCOMING, profile->incoming);
  if (self->incoming != NULL)
    put_string (text, 6, "IncomingPassword", mw_secret_peek (self->incoming));
  put_server (self, text, MW_SIDE_OUTGOING, profile->outgoing);
  if (logs_in && profile->own_credentials && self->outgoing != NULL)
    put_string (text, 6, "OutgoingPassword", mw_secret_peek (self->outgoing));
  if (logs_in)
    put_boolean (text, 6, "OutgoingPasswordSameAsIncomingPassword", !profile->own_credentials);
  put_payload (self, text, 6, "com.apple.mail.managed", ".mail");
}

gboolean
mw_share_put_mobileconfig (MwShare  *self,
                           GString  *text,
                           GError  **error)
{
  if (self->profile->outgoing == NULL)
    {
      g_set_error_literal (error, MW_SHARE_ERROR, MW_SHARE_ERROR_UNFINISHED,
                           "The format wants an outgoing server");
      return FALSE;
    }
  if (!check (self->profile->incoming, error) || !check (self->profile->outgoing, error))
    return FALSE;

  g_string_append (text,
                   "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                   "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\""
                   " \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n"
                   "<plist version=\"1.0\">\n<dict>\n"
                   "  <key>PayloadContent</key>\n  <array>\n    <dict>\n");
  put_account (self, text);
  g_string_append (text, "    </dict>\n  </array>\n");
  put_payload (self, text, 2, "Configuration", "");
  g_string_append (text, "</dict>\n</plist>\n");
  return TRUE;
}
