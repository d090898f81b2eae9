/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-thunderbird-values.h"

#include <string.h>

/* How often Thunderbird looks for mail when nobody says anything. */
#define CHECK_MINUTES 10

/* Values of socketType and try_ssl. */
enum {
  SOCKET_PLAIN = 0,
  SOCKET_TRY_STARTTLS = 1, /* not since version 3 */
  SOCKET_STARTTLS = 2,
  SOCKET_TLS = 3,
};

/* Values of authMethod (nsMsgAuthMethod). */
enum {
  AUTH_NONE = 1,
  AUTH_OLD = 2,
  AUTH_PASSWORD = 3,
  AUTH_ENCRYPTED_PASSWORD = 4,
  AUTH_GSSAPI = 5,
  AUTH_NTLM = 6,
  AUTH_EXTERNAL = 7,
  AUTH_OAUTH2 = 10,
};

/* The settings `mail.KIND.KEY.…` */
typedef struct {
  MwThunderbirdSettings *settings;
  const char            *kind;
  const char            *key;
  gboolean               is_new;
} Group;

static int
get_socket_type (MwService *service)
{
  switch (mw_endpoint_get_security (service->endpoint))
    {
    case MW_SECURITY_STARTTLS:
      return SOCKET_STARTTLS;
    case MW_SECURITY_NONE:
      return SOCKET_PLAIN;
    case MW_SECURITY_TLS:
    default:
      return SOCKET_TLS;
    }
}

static int
get_auth_method (MwService *service)
{
  switch (service->auth)
    {
    case MW_AUTH_CRAM_MD5:
      return AUTH_ENCRYPTED_PASSWORD;
    case MW_AUTH_OAUTH2:
      return AUTH_OAUTH2;
    case MW_AUTH_NONE:
      return AUTH_NONE;
    case MW_AUTH_UNKNOWN:
    case MW_AUTH_PLAIN:
    case MW_AUTH_LOGIN:
    case MW_AUTH_PASSWORD_COMMAND:
    case MW_AUTH_SCRAM_SHA_1:
    case MW_AUTH_SCRAM_SHA_256:
    default:
      return service->user_name != NULL ? AUTH_PASSWORD : AUTH_NONE;
    }
}

const char *
mw_thunderbird_values_get_server_type (MwService *service)
{
  return mw_endpoint_get_protocol (service->endpoint) == MW_PROTOCOL_POP3 ? "pop3" : "imap";
}

/* As encodeURIComponent() does it. */
static char *
escape (const char *text)
{
  return g_uri_escape_string (text, "!'()*", FALSE);
}

static char *
escape_host (const char *host)
{
  g_autofree char *literal = strchr (host, ':') != NULL ? g_strdup_printf ("[%s]", host) : NULL;

  return escape (literal != NULL ? literal : host);
}

static const char *
get_scheme (MwService *service)
{
  switch (mw_endpoint_get_protocol (service->endpoint))
    {
    case MW_PROTOCOL_POP3:
      return "mailbox";
    case MW_PROTOCOL_SMTP:
      return "smtp";
    case MW_PROTOCOL_IMAP:
    default:
      return "imap";
    }
}

char *
mw_thunderbird_values_get_origin (MwService *service)
{
  g_autofree char *host = NULL;

  g_return_val_if_fail (service != NULL, NULL);

  host = escape_host (mw_endpoint_get_host (service->endpoint));
  return g_strdup_printf ("%s://%s", get_scheme (service), host);
}

static char *
make_root (const char *scheme,
           const char *user,
           const char *host)
{
  g_autofree char *escaped_user = escape (user);
  g_autofree char *escaped_host = escape_host (host);

  return g_strdup_printf ("%s://%s@%s", scheme, escaped_user, escaped_host);
}

char *
mw_thunderbird_values_get_root (MwService *service)
{
  g_return_val_if_fail (service != NULL, NULL);

  return make_root (get_scheme (service), service->user_name,
                    mw_endpoint_get_host (service->endpoint));
}

char *
mw_thunderbird_values_get_present_root (MwThunderbirdSettings *settings,
                                        const char            *key)
{
  const char *type = mw_thunderbird_settings_get (settings, "server", key, "type");
  const char *user = mw_thunderbird_settings_get (settings, "server", key, "userName");
  const char *host = mw_thunderbird_settings_get (settings, "server", key, "hostname");

  if (type == NULL || user == NULL || host == NULL)
    return NULL;

  return make_root (strcmp (type, "pop3") == 0 ? "mailbox" : type, user, host);
}

MwSecurity
mw_thunderbird_values_read_socket_type (int value)
{
  switch (value)
    {
    case SOCKET_TRY_STARTTLS:
    case SOCKET_STARTTLS:
      return MW_SECURITY_STARTTLS;
    case SOCKET_TLS:
      return MW_SECURITY_TLS;
    case SOCKET_PLAIN:
    default:
      return MW_SECURITY_NONE;
    }
}

gboolean
mw_thunderbird_values_read_auth_method (int           value,
                                        MwAuthMethod *out_method)
{
  g_return_val_if_fail (out_method != NULL, FALSE);

  switch (value)
    {
    case AUTH_NONE:
      *out_method = MW_AUTH_NONE;
      return TRUE;
    case AUTH_ENCRYPTED_PASSWORD:
      *out_method = MW_AUTH_CRAM_MD5;
      return TRUE;
    case AUTH_OAUTH2:
      *out_method = MW_AUTH_OAUTH2;
      return TRUE;
    case AUTH_GSSAPI:
    case AUTH_NTLM:
    case AUTH_EXTERNAL:
      *out_method = MW_AUTH_UNKNOWN;
      return FALSE;
    case AUTH_OLD:
    case AUTH_PASSWORD:
    default:
      *out_method = MW_AUTH_UNKNOWN;
      return TRUE;
    }
}

static void
put_string (const Group *group,
            const char  *name,
            const char  *value)
{
  mw_thunderbird_settings_put_string (group->settings, group->kind, group->key, name, value);
}

static void
put_int (const Group *group,
         const char  *name,
         int          value)
{
  mw_thunderbird_settings_put_int (group->settings, group->kind, group->key, name, value);
}

static void
put_bool (const Group *group,
          const char  *name,
          gboolean     value)
{
  mw_thunderbird_settings_put_bool (group->settings, group->kind, group->key, name, value);
}

void
mw_thunderbird_values_put_server (MwThunderbirdSettings *settings,
                                  const char            *key,
                                  MwProfile             *profile,
                                  gboolean               is_new,
                                  gboolean               ours)
{
  const Group values = { settings, "server", key, is_new };
  const Group *group = &values;
  MwService *service = profile->incoming;
  gboolean pop3 = mw_endpoint_get_protocol (service->endpoint) == MW_PROTOCOL_POP3;

  /* A server that another hand set up is known under the names it has. */
  if (ours)
    {
      put_string (group, "type", mw_thunderbird_values_get_server_type (service));
      put_string (group, "hostname", mw_endpoint_get_host (service->endpoint));
      put_string (group, "userName", service->user_name);
      put_string (group, "name", profile->label != NULL && *profile->label != '\0'
                                   ? profile->label : profile->address);
    }
  put_int (group, "port", mw_endpoint_get_port (service->endpoint));
  put_int (group, "socketType", get_socket_type (service));
  put_int (group, "authMethod", get_auth_method (service));
  if (!group->is_new)
    return;

  /* Without it Thunderbird waits for a click before it logs in. */
  put_bool (group, "login_at_startup", TRUE);
  put_int (group, "check_time",
           pop3 ? MAX (CHECK_MINUTES, (int) profile->pop_minutes) : CHECK_MINUTES);
  if (pop3)
    {
      put_bool (group, "delete_mail_left_on_server", TRUE);
      put_bool (group, "download_on_biff", TRUE);
    }
}

void
mw_thunderbird_values_put_notifications (MwThunderbirdSettings *settings,
                                         const char            *key,
                                         MwProfile             *profile)
{
  mw_thunderbird_settings_put_bool (settings, "server", key, "check_new_mail",
                                    profile->notifications);
}

void
mw_thunderbird_values_put_keeping (MwThunderbirdSettings *settings,
                                   const char            *key,
                                   MwProfile             *profile)
{
  const Group group = { settings, "server", key, FALSE };

  /* Thunderbird's own default deletes from the server. */
  put_bool (&group, "leave_on_server", profile->leave_on_server);
  put_bool (&group, "delete_by_age_from_server", profile->delete_after_days > 0);
  put_int (&group, "num_days_to_leave_on_server",
           profile->delete_after_days > 0 ? (int) profile->delete_after_days : 14);
}

void
mw_thunderbird_values_put_smtp (MwThunderbirdSettings *settings,
                                const char            *key,
                                MwProfile             *profile,
                                gboolean               is_new)
{
  const Group values = { settings, "smtpserver", key, is_new };
  const Group *group = &values;
  MwService *service = profile->outgoing;

  put_string (group, "type", "smtp");
  put_string (group, "hostname", mw_endpoint_get_host (service->endpoint));
  put_int (group, "port", mw_endpoint_get_port (service->endpoint));
  put_int (group, "try_ssl", get_socket_type (service));
  put_int (group, "authMethod", get_auth_method (service));
  put_string (group, "username", service->user_name);
  if (group->is_new)
    put_string (group, "description", profile->label != NULL && *profile->label != '\0'
                                        ? profile->label : profile->address);
}

static gboolean
int_is (MwThunderbirdSettings *settings,
        const char            *key,
        const char            *name,
        int                    usual,
        int                    value)
{
  g_autofree char *whole = g_strdup_printf ("mail.smtpserver.%s.%s", key, name);

  return mw_thunderbird_prefs_get_int (settings->prefs, whole, usual) == value;
}

gboolean
mw_thunderbird_values_smtp_is_same (MwThunderbirdSettings *settings,
                                    const char            *key,
                                    MwService             *service)
{
  g_return_val_if_fail (settings != NULL, FALSE);
  g_return_val_if_fail (service != NULL, FALSE);

  return int_is (settings, key, "port", 0, mw_endpoint_get_port (service->endpoint)) &&
         int_is (settings, key, "try_ssl", SOCKET_PLAIN, get_socket_type (service)) &&
         int_is (settings, key, "authMethod", AUTH_PASSWORD, get_auth_method (service));
}

static void
put_templates (const Group *group,
               MwService   *service)
{
  g_autofree char *root = mw_thunderbird_values_get_root (service);
  g_autofree char *uri = g_strconcat (root, "/Templates", NULL);

  put_string (group, "stationery_folder", uri);
  put_string (group, "tmpl_folder_picker_mode", "0");
}

void
mw_thunderbird_values_put_identity (MwThunderbirdSettings *settings,
                                    const char            *key,
                                    MwProfile             *profile,
                                    const char            *smtp,
                                    gboolean               is_new,
                                    gboolean               ours)
{
  const Group values = { settings, "identity", key, is_new };
  const Group *group = &values;

  if (smtp != NULL)
    put_string (group, "smtpServer", smtp);
  if (group->is_new)
    {
      put_bool (group, "valid", TRUE);
      put_int (group, "reply_on_top", 1);
      put_templates (group, profile->incoming);
    }
  if (!ours)
    return;

  put_string (group, "useremail", profile->address);
  put_string (group, "fullName", profile->sender_name != NULL ? profile->sender_name : "");
}

void
mw_thunderbird_values_put_signature (MwThunderbirdSettings *settings,
                                     const char            *key,
                                     const char            *text)
{
  const Group group = { settings, "identity", key, FALSE };

  put_string (&group, "htmlSigText", text);
  if (text == NULL)
    return;
  put_bool (&group, "htmlSigFormat", FALSE);
  put_bool (&group, "attach_signature", FALSE);
  put_bool (&group, "sig_on_reply", TRUE);
  put_bool (&group, "sig_on_fwd", TRUE);
}
