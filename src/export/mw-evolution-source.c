/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-evolution-source.h"

#include <string.h>

#include "core/mw-domain.h"

#define SOURCE "Data Source"
#define AUTHENTICATION "Authentication"
#define SECURITY "Security"

/* EDS refuses more (camel-pop3-settings.c). */
#define MAX_DELETE_AFTER_DAYS 365

/* How often Evolution looks for mail when nobody says anything. */
#define REFRESH_MINUTES 60

/* A source that is being changed. */
typedef struct {
  GKeyFile *file;
  gboolean  is_new;
  gboolean  changed;
} Edit;

static void
set_string (Edit       *edit,
            const char *group,
            const char *key,
            const char *value)
{
  g_autofree char *present = g_key_file_get_string (edit->file, group, key, NULL);

  if (g_strcmp0 (present, value) == 0)
    return;

  if (value != NULL)
    g_key_file_set_string (edit->file, group, key, value);
  else
    g_key_file_remove_key (edit->file, group, key, NULL);
  edit->changed = TRUE;
}

static void
set_boolean (Edit       *edit,
             const char *group,
             const char *key,
             gboolean    value)
{
  set_string (edit, group, key, value ? "true" : "false");
}

static void
set_number (Edit       *edit,
            const char *group,
            const char *key,
            guint       value)
{
  g_autofree char *text = g_strdup_printf ("%u", value);

  set_string (edit, group, key, text);
}

/* A translated name would go on hiding a new one; beside a name that stays it
 * is left alone. */
static void
set_display_name (Edit       *edit,
                  const char *name)
{
  g_autofree char *present = g_key_file_get_string (edit->file, SOURCE, "DisplayName", NULL);
  g_auto(GStrv) keys = NULL;

  if (g_strcmp0 (present, name) == 0)
    return;

  keys = g_key_file_get_keys (edit->file, SOURCE, NULL, NULL);
  for (gsize i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      if (g_str_has_prefix (keys[i], "DisplayName["))
        set_string (edit, SOURCE, keys[i], NULL);
    }

  set_string (edit, SOURCE, "DisplayName", name);
}

static const char *
profile_name (MwProfile *profile)
{
  return profile->label != NULL && *profile->label != '\0' ? profile->label : profile->address;
}

static const char *
security_method (MwSecurity security)
{
  switch (security)
    {
    case MW_SECURITY_TLS:
      return "ssl-on-alternate-port";
    case MW_SECURITY_STARTTLS:
      return "starttls-on-standard-port";
    case MW_SECURITY_NONE:
      return "none";
    default:
      g_assert_not_reached ();
    }
}

/* Evolution takes no other mechanism when the named one is not offered, so
 * this must be the one that was proved; `none` means IMAP LOGIN or POP3 USER
 * and PASS there, and no log-in at all for SMTP. */
static const char *
auth_method (MwService *service)
{
  gboolean smtp = mw_endpoint_get_protocol (service->endpoint) == MW_PROTOCOL_SMTP;

  switch (service->auth)
    {
    case MW_AUTH_NONE:
    case MW_AUTH_PASSWORD_COMMAND:
      return "none";
    case MW_AUTH_UNKNOWN:
      return smtp ? "PLAIN" : "none";
    case MW_AUTH_PLAIN:
      return "PLAIN";
    case MW_AUTH_LOGIN:
      return "LOGIN";
    case MW_AUTH_CRAM_MD5:
      return "CRAM-MD5";
    case MW_AUTH_SCRAM_SHA_1:
    case MW_AUTH_SCRAM_SHA_256:
      /* Camel 3.46 has no SCRAM. It is used only where neither PLAIN nor LOGIN
       * is to be had, so that this is all that is left to try. */
      return "CRAM-MD5";
    case MW_AUTH_OAUTH2:
      return mw_evolution_source_get_sign_in (service->endpoint);
    default:
      g_assert_not_reached ();
    }
}

static void
set_service (Edit      *edit,
             MwService *service)
{
  MwEndpoint *endpoint = service->endpoint;
  gboolean log_in = service->auth != MW_AUTH_NONE;

  set_string (edit, AUTHENTICATION, "Host", mw_endpoint_get_host (endpoint));
  set_number (edit, AUTHENTICATION, "Port", mw_endpoint_get_port (endpoint));
  set_string (edit, AUTHENTICATION, "User", log_in ? service->user_name : NULL);
  set_string (edit, AUTHENTICATION, "Method", auth_method (service));
  set_boolean (edit, AUTHENTICATION, "RememberPassword", TRUE);
  set_string (edit, SECURITY, "Method", security_method (mw_endpoint_get_security (endpoint)));
}

static char *
make_folder_uri (const char *account,
                 const char *path)
{
  g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);

  return g_strdup_printf ("folder://%s/%s", account, escaped);
}

/* Evolution escapes other characters than we do. */
static gboolean
is_same_uri (const char *a,
             const char *b)
{
  g_autofree char *x = a != NULL ? g_uri_unescape_string (a, NULL) : NULL;
  g_autofree char *y = b != NULL ? g_uri_unescape_string (b, NULL) : NULL;

  return x != NULL && g_strcmp0 (x, y) == 0;
}

/* Evolution looks for these itself when it first connects, and never again:
 * a server that has others by then is followed here. */
static gboolean
may_set_folder (Edit                  *edit,
                const char            *group,
                const char            *key,
                const MwEvolutionUids *uids,
                MwFolderUse            use)
{
  g_autofree char *present = g_key_file_get_string (edit->file, group, key, NULL);
  const char *former = uids->folders[use];
  g_autofree char *former_uri = former != NULL ? make_folder_uri (uids->account, former) : NULL;

  return edit->is_new || (former != NULL && (g_strcmp0 (present, former) == 0 ||
                                             is_same_uri (present, former_uri)));
}

static void
set_folder_uri (Edit                  *edit,
                const char            *group,
                const char            *key,
                MwProfile             *profile,
                const MwEvolutionUids *uids,
                MwFolderUse            use)
{
  g_autofree char *path = mw_evolution_source_make_path (profile, use);
  g_autofree char *present = g_key_file_get_string (edit->file, group, key, NULL);
  g_autofree char *uri = path != NULL ? make_folder_uri (uids->account, path) : NULL;

  if (uri != NULL && may_set_folder (edit, group, key, uids, use) && !is_same_uri (present, uri))
    set_string (edit, group, key, uri);
}

static void
set_folder_path (Edit                  *edit,
                 const char            *key,
                 const char            *switch_key,
                 MwProfile             *profile,
                 const MwEvolutionUids *uids,
                 MwFolderUse            use)
{
  g_autofree char *path = mw_evolution_source_make_path (profile, use);

  if (path == NULL || !may_set_folder (edit, "Imapx Backend", key, uids, use))
    return;

  set_string (edit, "Imapx Backend", key, path);
  if (edit->is_new)
    set_boolean (edit, "Imapx Backend", switch_key, TRUE);
}

static void
render_account (Edit                  *edit,
                MwProfile             *profile,
                const MwEvolutionUids *uids)
{
  MwProtocol protocol = mw_endpoint_get_protocol (profile->incoming->endpoint);
  guint days = MIN (profile->delete_after_days, MAX_DELETE_AFTER_DAYS);

  if (edit->is_new)
    set_string (edit, SOURCE, "Parent", "");
  set_string (edit, "Mail Account", "BackendName", mw_evolution_source_get_backend (protocol));
  set_string (edit, "Mail Account", "IdentityUid", uids->identity);
  set_service (edit, profile->incoming);
  if (uids->by_hand)
    return;
  set_folder_uri (edit, "Mail Account", "ArchiveFolder", profile, uids, MW_FOLDER_USE_ARCHIVE);
  set_folder_path (edit, "RealTrashPath", "UseRealTrashPath", profile, uids,
                   MW_FOLDER_USE_TRASH);
  set_folder_path (edit, "RealJunkPath", "UseRealJunkPath", profile, uids, MW_FOLDER_USE_JUNK);

  /* Left out, Evolution deletes the mail from the server after fetching it. */
  if (protocol == MW_PROTOCOL_POP3)
    {
      set_boolean (edit, "Pop Backend", "KeepOnServer", profile->leave_on_server);
      set_number (edit, "Pop Backend", "DeleteAfterDays", profile->leave_on_server ? days : 0);
      if (edit->is_new && profile->pop_minutes > REFRESH_MINUTES)
        set_number (edit, "Refresh", "IntervalMinutes", profile->pop_minutes);
    }
}

static void
render_transport (Edit                  *edit,
                  MwProfile             *profile,
                  const MwEvolutionUids *uids)
{
  if (edit->is_new)
    set_string (edit, SOURCE, "Parent", uids->account);
  set_string (edit, "Mail Transport", "BackendName", "smtp");
  set_service (edit, profile->outgoing);
}

static void
render_identity (Edit                  *edit,
                 MwProfile             *profile,
                 const MwEvolutionUids *uids)
{
  gboolean has_name = profile->sender_name != NULL && *profile->sender_name != '\0';

  if (edit->is_new)
    {
      set_string (edit, SOURCE, "Parent", uids->account);
      set_string (edit, "Mail Submission", "SentFolder", "folder://local/Sent");
      set_string (edit, "Mail Composition", "DraftsFolder", "folder://local/Drafts");
    }
  set_string (edit, "Mail Submission", "TransportUid", uids->transport);
  set_string (edit, "Mail Identity", "Address", profile->address);
  if (uids->by_hand && !edit->is_new)
    return;
  set_folder_uri (edit, "Mail Submission", "SentFolder", profile, uids, MW_FOLDER_USE_SENT);
  set_folder_uri (edit, "Mail Composition", "DraftsFolder", profile, uids,
                  MW_FOLDER_USE_DRAFTS);

  if (has_name || edit->is_new)
    set_string (edit, "Mail Identity", "Name", has_name ? profile->sender_name : "");
  if (uids->signature != NULL)
    set_string (edit, "Mail Identity", "SignatureUid", uids->signature);
}

static void
render_signature (Edit *edit)
{
  if (edit->is_new)
    set_string (edit, SOURCE, "Parent", "");
  set_string (edit, "Mail Signature", "MimeType", "text/plain");
}

void
mw_evolution_uids_clear (MwEvolutionUids *uids)
{
  g_return_if_fail (uids != NULL);

  g_clear_pointer (&uids->account, g_free);
  g_clear_pointer (&uids->transport, g_free);
  g_clear_pointer (&uids->identity, g_free);
  g_clear_pointer (&uids->signature, g_free);
  for (guint i = 0; i < MW_N_FOLDER_USES; i++)
    g_clear_pointer (&uids->folders[i], g_free);
}

char *
mw_evolution_source_new_uid (void)
{
  g_autofree char *uuid = g_uuid_string_random ();

  return g_compute_checksum_for_string (G_CHECKSUM_SHA1, uuid, -1);
}

char *
mw_evolution_source_make_uid (MwEvolutionKind  kind,
                              MwProfile       *profile,
                              const char      *target_id)
{
  const char *former;
  g_autofree char *text = NULL;

  g_return_val_if_fail (profile != NULL, NULL);
  g_return_val_if_fail (target_id != NULL, NULL);

  former = mw_profile_get_export_value (profile, target_id, "AccountUid");
  text = g_strdup_printf ("mailwright %d %s %s", kind, profile->id, former != NULL ? former : "");
  return g_compute_checksum_for_string (G_CHECKSUM_SHA1, text, -1);
}

gboolean
mw_evolution_source_is_uid (const char *uid)
{
  if (uid == NULL || *uid == '\0' || *uid == '.' || strlen (uid) > 100)
    return FALSE;

  for (const char *p = uid; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && strchr ("-_.@", *p) == NULL)
        return FALSE;
    }

  return TRUE;
}

const char *
mw_evolution_source_get_group (MwEvolutionKind kind)
{
  switch (kind)
    {
    case MW_EVOLUTION_ACCOUNT:
      return "Mail Account";
    case MW_EVOLUTION_TRANSPORT:
      return "Mail Transport";
    case MW_EVOLUTION_IDENTITY:
      return "Mail Identity";
    case MW_EVOLUTION_SIGNATURE:
      return "Mail Signature";
    default:
      g_return_val_if_reached (NULL);
    }
}

const char *
mw_evolution_source_get_backend (MwProtocol protocol)
{
  switch (protocol)
    {
    case MW_PROTOCOL_IMAP:
      return "imapx";
    case MW_PROTOCOL_POP3:
      return "pop";
    case MW_PROTOCOL_SMTP:
      return "smtp";
    default:
      g_return_val_if_reached (NULL);
    }
}

const char *
mw_evolution_source_get_folder_key (MwFolderUse use)
{
  static const char * const keys[MW_N_FOLDER_USES] = {
    [MW_FOLDER_USE_SENT] = "SentFolder",
    [MW_FOLDER_USE_DRAFTS] = "DraftsFolder",
    [MW_FOLDER_USE_TRASH] = "TrashFolder",
    [MW_FOLDER_USE_JUNK] = "JunkFolder",
    [MW_FOLDER_USE_ARCHIVE] = "ArchiveFolder",
  };

  g_return_val_if_fail (use < MW_N_FOLDER_USES, NULL);

  return keys[use];
}

char *
mw_evolution_source_make_path (MwProfile   *profile,
                               MwFolderUse  use)
{
  g_return_val_if_fail (profile != NULL && profile->incoming != NULL, NULL);

  if (profile->folders == NULL ||
      mw_endpoint_get_protocol (profile->incoming->endpoint) != MW_PROTOCOL_IMAP)
    return NULL;

  return mw_mail_folders_make_path (profile->folders, use);
}

const char *
mw_evolution_source_get_sign_in (MwEndpoint *endpoint)
{
  static const struct {
    const char *domain;
    const char *method;
  } services[] = {
    { "gmail.com", "Google" },
    { "googlemail.com", "Google" },
    { "google.com", "Google" },
    { "outlook.com", "Outlook" },
    { "office365.com", "Outlook" },
    { "yahoo.com", "Yahoo" },
  };

  g_return_val_if_fail (endpoint != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (services); i++)
    {
      if (mw_domain_is_inside (mw_endpoint_get_host (endpoint), services[i].domain))
        return services[i].method;
    }

  return NULL;
}

GKeyFile *
mw_evolution_source_load (const char *data)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();

  if (data == NULL ||
      !g_key_file_load_from_data (file, data, strlen (data), G_KEY_FILE_KEEP_COMMENTS |
                                  G_KEY_FILE_KEEP_TRANSLATIONS, NULL) ||
      !g_key_file_has_group (file, SOURCE))
    return NULL;

  return g_steal_pointer (&file);
}

char *
mw_evolution_source_render (MwEvolutionKind        kind,
                            MwProfile             *profile,
                            const MwEvolutionUids *uids,
                            const char            *former)
{
  g_autoptr(GKeyFile) file = mw_evolution_source_load (former);
  Edit edit = { file, FALSE, FALSE };

  g_return_val_if_fail (profile != NULL, NULL);
  g_return_val_if_fail (uids != NULL, NULL);

  if (file == NULL)
    {
      file = g_key_file_new ();
      edit.file = file;
      edit.is_new = TRUE;
    }

  if (!uids->by_hand || edit.is_new)
    set_display_name (&edit, profile_name (profile));
  set_boolean (&edit, SOURCE, "Enabled", TRUE);

  switch (kind)
    {
    case MW_EVOLUTION_ACCOUNT:
      render_account (&edit, profile, uids);
      break;
    case MW_EVOLUTION_TRANSPORT:
      render_transport (&edit, profile, uids);
      break;
    case MW_EVOLUTION_IDENTITY:
      render_identity (&edit, profile, uids);
      break;
    case MW_EVOLUTION_SIGNATURE:
      render_signature (&edit);
      break;
    default:
      g_return_val_if_reached (NULL);
    }

  return edit.changed ? g_key_file_to_data (file, NULL, NULL) : g_strdup (former);
}

gboolean
mw_evolution_source_server_differs (const char *a,
                                    const char *b)
{
  static const char * const keys[][2] = {
    { "Mail Account", "BackendName" },
    { AUTHENTICATION, "Host" },
    { AUTHENTICATION, "Port" },
    { AUTHENTICATION, "User" },
    { AUTHENTICATION, "Method" },
    { SECURITY, "Method" },
  };
  g_autoptr(GKeyFile) first = mw_evolution_source_load (a);
  g_autoptr(GKeyFile) second = mw_evolution_source_load (b);

  if (first == NULL || second == NULL)
    return first != second;

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *x = g_key_file_get_string (first, keys[i][0], keys[i][1], NULL);
      g_autofree char *y = g_key_file_get_string (second, keys[i][0], keys[i][1], NULL);

      if (g_strcmp0 (x, y) != 0)
        return TRUE;
    }

  return FALSE;
}
