/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "store/mw-profile-keyfile.h"

#include <string.h>

#include "core/mw-error.h"

#define ACCOUNT "Account"
#define INCOMING "Incoming"
#define OUTGOING "Outgoing"
#define POP "Pop"
#define FOLDERS "Folders"
#define ORIGIN "Origin"
#define ALTERNATIVE_PREFIX "Alternative "
#define EXPORT_PREFIX "Export "

#define MAX_ALTERNATIVES 64
#define MAX_POP_MINUTES 1440

/* --- group names: a profile folder may hold what a group name may not, and
 * need not be named in UTF-8 --- */

static char *
export_group_name (const char *target_id)
{
  GString *name = g_string_new (EXPORT_PREFIX);

  for (const char *p = target_id; *p != '\0'; p++)
    {
      if (strchr ("[]%", *p) != NULL || !g_ascii_isprint (*p))
        g_string_append_printf (name, "%%%02X", (guchar) *p);
      else
        g_string_append_c (name, *p);
    }

  return g_string_free (name, FALSE);
}

/* Transfer full; %NULL when @group is not that of an export. */
static char *
export_target_id (const char *group)
{
  if (!g_str_has_prefix (group, EXPORT_PREFIX))
    return NULL;

  return g_uri_unescape_string (group + strlen (EXPORT_PREFIX), NULL);
}

/* --- reading --- */

/* A missing key is no error; a key that cannot be read is, and the first one
 * is kept. */
typedef struct {
  GKeyFile *file;
  GError   *error;
} Reader;

G_GNUC_PRINTF (2, 3)
static void
set_damaged (Reader     *reader,
             const char *format,
             ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  if (reader->error != NULL)
    return;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  reader->error = g_error_new_literal (MW_STORE_ERROR, MW_STORE_ERROR_DAMAGED, message);
}

static char *
read_string (Reader     *reader,
             const char *group,
             const char *key)
{
  g_autoptr(GError) error = NULL;
  char *value;

  /* Most keys are missing in most files, and an error has a text to be made. */
  if (!g_key_file_has_key (reader->file, group, key, NULL))
    return NULL;

  value = g_key_file_get_string (reader->file, group, key, &error);
  if (error != NULL)
    {
      set_damaged (reader, "%s", error->message);
      g_clear_pointer (&value, g_free);
    }

  return value;
}

static int
read_integer (Reader     *reader,
              const char *group,
              const char *key,
              int         minimum,
              int         maximum)
{
  g_autofree char *text = read_string (reader, group, key);
  gint64 value = 0;

  if (text != NULL && !g_ascii_string_to_signed (text, 10, minimum, maximum, &value, NULL))
    set_damaged (reader, "Key “%s” in group “%s” is no number it can be", key, group);

  return value;
}

static gboolean
read_boolean (Reader     *reader,
              const char *group,
              const char *key,
              gboolean    fallback)
{
  g_autofree char *text = read_string (reader, group, key);

  if (text == NULL)
    return fallback;

  if (!g_str_equal (text, "true") && !g_str_equal (text, "false"))
    set_damaged (reader, "Key “%s” in group “%s” is neither true nor false", key, group);

  return g_str_equal (text, "true");
}

static int
read_word (Reader     *reader,
           const char *group,
           const char *key,
           GType       type,
           int         fallback)
{
  g_autofree char *nick = read_string (reader, group, key);
  int value = fallback;

  mw_enum_from_nick (type, nick, &value);
  return value;
}

static gint64
read_time (Reader     *reader,
           const char *group,
           const char *key)
{
  g_autofree char *text = read_string (reader, group, key);
  g_autoptr(GDateTime) time = NULL;

  if (text != NULL)
    time = g_date_time_new_from_iso8601 (text, NULL);

  return time != NULL ? g_date_time_to_unix (time) : 0;
}

static MwEndpoint *
read_endpoint (Reader     *reader,
               const char *group)
{
  g_autofree char *service = read_string (reader, group, "Service");
  g_autofree char *host = read_string (reader, group, "Host");
  int port = read_integer (reader, group, "Port", 1, G_MAXUINT16);
  g_autoptr(MwEndpoint) endpoint = NULL;

  if (service != NULL && host != NULL && port != 0 && strchr (service, ':') == NULL)
    {
      gboolean literal = strchr (host, ':') != NULL;
      g_autofree char *text = g_strdup_printf ("%s:%s%s%s:%d", service, literal ? "[" : "", host,
                                               literal ? "]" : "", port);

      endpoint = mw_endpoint_parse (text);
    }

  if (endpoint == NULL)
    set_damaged (reader, "Group “%s” names no server", group);

  return g_steal_pointer (&endpoint);
}

static gboolean
has_control_character (const char *text)
{
  for (const char *p = text; p != NULL && *p != '\0'; p++)
    {
      if (g_ascii_iscntrl (*p))
        return TRUE;
    }

  return FALSE;
}

/* One that is not the pinned one, after a pin was edited say, is left out:
 * then the mail program asks. */
static void
read_certificate (Reader     *reader,
                  const char *group,
                  MwService  *service)
{
  g_autofree char *text = read_string (reader, group, "PinCertificate");
  g_autoptr(GBytes) der = NULL;
  guchar *data;
  gsize size;

  if (text == NULL)
    return;

  data = g_base64_decode (text, &size);
  der = g_bytes_new_take (data, size);
  mw_service_set_certificate (service, der);
}

static MwService *
read_service (Reader     *reader,
              const char *group)
{
  g_autoptr(MwEndpoint) endpoint = NULL;
  g_autofree char *user_name = NULL;
  g_autofree char *pin = NULL;
  g_autofree char *anchor = NULL;
  g_autofree char *anchor_name = NULL;
  MwService *service;
  MwAuthMethod auth;

  if (!g_key_file_has_group (reader->file, group))
    return NULL;

  endpoint = read_endpoint (reader, group);
  user_name = read_string (reader, group, "User");
  pin = read_string (reader, group, "Pin");
  auth = read_word (reader, group, "Auth", MW_TYPE_AUTH_METHOD, MW_AUTH_UNKNOWN);
  if (!read_boolean (reader, group, "Authenticate", TRUE))
    auth = MW_AUTH_NONE;

  if (has_control_character (user_name))
    set_damaged (reader, "The user name in group “%s” cannot exist", group);

  if (reader->error != NULL)
    return NULL;

  service = mw_service_new (endpoint, user_name, auth, pin);
  read_certificate (reader, group, service);
  anchor = read_string (reader, group, "Anchor");
  anchor_name = read_string (reader, group, "AnchorName");
  mw_service_set_anchor (service, anchor, anchor_name);
  service->expires = read_time (reader, group, "CertificateExpires");
  return service;
}

static MwService *
read_side (Reader     *reader,
           const char *group,
           MwSide      side)
{
  g_autoptr(MwService) service = read_service (reader, group);

  if (service != NULL && mw_endpoint_get_side (service->endpoint) != side)
    set_damaged (reader, "Group “%s” names a server of the other side", group);

  return g_steal_pointer (&service);
}

static void
complete_user_name (MwService  *service,
                    const char *address)
{
  if (service != NULL && service->user_name == NULL && service->auth != MW_AUTH_NONE)
    service->user_name = g_strdup (address);
}

static void
read_account (Reader    *reader,
              MwProfile *profile)
{
  g_autofree char *text = read_string (reader, ACCOUNT, "Address");

  if (text == NULL || *text == '\0' || has_control_character (text))
    set_damaged (reader, "There is no address");

  profile->address = g_steal_pointer (&text);
  profile->label = read_string (reader, ACCOUNT, "Label");
  if (profile->label == NULL)
    profile->label = g_strdup (profile->address);
  profile->sender_name = read_string (reader, ACCOUNT, "SenderName");
  profile->description = read_string (reader, ACCOUNT, "Description");
  profile->signature = read_string (reader, ACCOUNT, "Signature");
  profile->is_default = read_boolean (reader, ACCOUNT, "Default", FALSE);
  profile->notifications = read_boolean (reader, ACCOUNT, "Notifications", TRUE);
  profile->created = read_time (reader, ACCOUNT, "Created");
  profile->last_checked = read_time (reader, ACCOUNT, "LastChecked");
  profile->state = read_word (reader, ACCOUNT, "State", MW_TYPE_OUTCOME, MW_OUTCOME_PENDING);
}

static const char * const folder_keys[MW_N_FOLDER_USES] = {
  [MW_FOLDER_USE_SENT] = "Sent",
  [MW_FOLDER_USE_DRAFTS] = "Drafts",
  [MW_FOLDER_USE_TRASH] = "Trash",
  [MW_FOLDER_USE_JUNK] = "Junk",
  [MW_FOLDER_USE_ARCHIVE] = "Archive",
};

/* What is no name of a folder is left out. */
static void
read_folders (Reader    *reader,
              MwProfile *profile)
{
  g_autofree char *delimiter = read_string (reader, FOLDERS, "Delimiter");
  g_autofree char *prefix = read_string (reader, FOLDERS, "Prefix");
  char *names[MW_N_FOLDER_USES];

  for (guint i = 0; i < MW_N_FOLDER_USES; i++)
    names[i] = read_string (reader, FOLDERS, folder_keys[i]);

  profile->folders = mw_mail_folders_new ((const char * const *) names,
                                          delimiter != NULL ? *delimiter : '\0', prefix);

  for (guint i = 0; i < MW_N_FOLDER_USES; i++)
    g_free (names[i]);
}

static void
read_origins (Reader    *reader,
              MwProfile *profile)
{
  g_auto(GStrv) nicks = g_key_file_get_string_list (reader->file, ORIGIN, "Source", NULL, NULL);

  for (gsize i = 0; nicks != NULL && nicks[i] != NULL; i++)
    {
      int origin;

      if (mw_enum_from_nick (MW_TYPE_ORIGIN, nicks[i], &origin))
        profile->origins |= 1u << origin;
    }

  /* The word of a later version must not become more trusted than it was. */
  profile->grade = read_word (reader, ORIGIN, "Grade", MW_TYPE_GRADE, MW_GRADE_L);
  profile->provider_id = read_string (reader, ORIGIN, "Provider");
}

static void
read_alternatives (Reader    *reader,
                   MwProfile *profile)
{
  for (guint i = 1; i <= MAX_ALTERNATIVES; i++)
    {
      g_autofree char *group = g_strdup_printf (ALTERNATIVE_PREFIX "%u", i);
      MwService *service = read_service (reader, group);

      if (service == NULL)
        break;

      g_ptr_array_add (profile->alternatives, service);
    }
}

static void
read_exports (Reader    *reader,
              MwProfile *profile)
{
  g_auto(GStrv) groups = g_key_file_get_groups (reader->file, NULL);

  for (gsize i = 0; groups[i] != NULL; i++)
    {
      g_autofree char *target_id = export_target_id (groups[i]);
      g_auto(GStrv) keys = NULL;

      if (target_id == NULL)
        continue;

      keys = g_key_file_get_keys (reader->file, groups[i], NULL, NULL);
      for (gsize k = 0; keys != NULL && keys[k] != NULL; k++)
        {
          g_autofree char *value = read_string (reader, groups[i], keys[k]);

          mw_profile_set_export_value (profile, target_id, keys[k], value);
        }
    }
}

/* Whether the file can be read at all, and whose version wrote it. */
static int
load_format (GKeyFile    *file,
             const char  *text,
             gsize        length,
             GError     **error)
{
  g_autoptr(GError) local_error = NULL;
  int format;

  if (!g_utf8_validate_len (text, length, NULL))
    {
      g_set_error_literal (error, MW_STORE_ERROR, MW_STORE_ERROR_DAMAGED, "It is not UTF-8");
      return 0;
    }

  if (!g_key_file_load_from_data (file, text, length, G_KEY_FILE_KEEP_COMMENTS |
                                  G_KEY_FILE_KEEP_TRANSLATIONS, &local_error))
    {
      g_set_error (error, MW_STORE_ERROR, MW_STORE_ERROR_DAMAGED, "%s", local_error->message);
      return 0;
    }

  format = g_key_file_get_integer (file, ACCOUNT, "Format", NULL);
  if (format < 1)
    {
      g_set_error_literal (error, MW_STORE_ERROR, MW_STORE_ERROR_DAMAGED, "It is no account file");
      return 0;
    }

  return format;
}

MwProfile *
mw_profile_keyfile_parse (const char  *text,
                          gsize        length,
                          const char  *id,
                          gboolean    *out_newer,
                          GError     **error)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autoptr(MwProfile) profile = NULL;
  Reader reader = { file, NULL };
  int format;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  if (out_newer != NULL)
    *out_newer = FALSE;

  format = load_format (file, text, length, error);
  if (format == 0)
    return NULL;

  if (out_newer != NULL)
    *out_newer = format > MW_PROFILE_KEYFILE_FORMAT;

  profile = mw_profile_new ();
  g_free (profile->id);
  profile->id = g_strdup (id);

  read_account (&reader, profile);
  profile->incoming = read_side (&reader, INCOMING, MW_SIDE_INCOMING);
  profile->outgoing = read_side (&reader, OUTGOING, MW_SIDE_OUTGOING);
  complete_user_name (profile->incoming, profile->address);
  complete_user_name (profile->outgoing, profile->address);
  profile->own_credentials = read_boolean (&reader, OUTGOING, "OwnCredentials", FALSE);
  profile->leave_on_server = read_boolean (&reader, POP, "LeaveOnServer", TRUE);
  profile->delete_after_days = read_integer (&reader, POP, "DeleteAfterDays", 0, G_MAXINT);
  profile->pop_minutes = read_integer (&reader, POP, "Minutes", 0, MAX_POP_MINUTES);
  read_folders (&reader, profile);
  read_alternatives (&reader, profile);
  read_origins (&reader, profile);
  read_exports (&reader, profile);

  if (reader.error != NULL)
    {
      g_propagate_error (error, reader.error);
      return NULL;
    }

  return g_steal_pointer (&profile);
}

/* --- writing --- */

static void
write_string (GKeyFile   *file,
              const char *group,
              const char *key,
              const char *value)
{
  if (value != NULL)
    g_key_file_set_string (file, group, key, value);
  else if (g_key_file_has_group (file, group))
    g_key_file_remove_key (file, group, key, NULL);
}

static void
write_time (GKeyFile   *file,
            const char *group,
            const char *key,
            gint64      seconds)
{
  g_autoptr(GDateTime) time = NULL;
  g_autofree char *text = NULL;

  if (seconds != 0)
    time = g_date_time_new_from_unix_utc (seconds);
  if (time != NULL)
    text = g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");

  write_string (file, group, key, text);
}

static void
write_certificate (GKeyFile   *file,
                   const char *group,
                   GBytes     *der)
{
  g_autofree char *text = NULL;
  gconstpointer data;
  gsize size;

  if (der != NULL)
    {
      data = g_bytes_get_data (der, &size);
      text = g_base64_encode (data, size);
    }
  write_string (file, group, "PinCertificate", text);
}

static void
write_service (GKeyFile   *file,
               const char *group,
               MwService  *service)
{
  MwEndpoint *endpoint;

  if (service == NULL)
    {
      g_key_file_remove_group (file, group, NULL);
      return;
    }

  endpoint = service->endpoint;
  g_key_file_set_string (file, group, "Service", mw_endpoint_get_service (endpoint));
  g_key_file_set_string (file, group, "Host", mw_endpoint_get_host (endpoint));
  g_key_file_set_integer (file, group, "Port", mw_endpoint_get_port (endpoint));
  write_string (file, group, "User", service->user_name);
  g_key_file_set_string (file, group, "Auth", mw_enum_to_nick (MW_TYPE_AUTH_METHOD, service->auth));
  write_string (file, group, "Pin", service->pin);
  write_certificate (file, group, service->certificate);
  write_string (file, group, "Anchor", service->anchor);
  write_string (file, group, "AnchorName", service->anchor_name);
  write_time (file, group, "CertificateExpires", service->expires);
}

static void
write_account (GKeyFile  *file,
               MwProfile *profile)
{
  g_key_file_set_integer (file, ACCOUNT, "Format", MW_PROFILE_KEYFILE_FORMAT);
  write_string (file, ACCOUNT, "Label", profile->label);
  write_string (file, ACCOUNT, "Address", profile->address);
  write_string (file, ACCOUNT, "SenderName", profile->sender_name);
  write_string (file, ACCOUNT, "Description", profile->description);
  write_string (file, ACCOUNT, "Signature", profile->signature);
  g_key_file_set_boolean (file, ACCOUNT, "Default", profile->is_default);
  g_key_file_set_boolean (file, ACCOUNT, "Notifications", profile->notifications);
  write_time (file, ACCOUNT, "Created", profile->created);
  write_time (file, ACCOUNT, "LastChecked", profile->last_checked);
  g_key_file_set_string (file, ACCOUNT, "State", mw_enum_to_nick (MW_TYPE_OUTCOME, profile->state));
}

static void
write_folders (GKeyFile      *file,
               MwMailFolders *folders)
{
  char delimiter[2] = "";

  for (guint i = 0; i < MW_N_FOLDER_USES; i++)
    write_string (file, FOLDERS, folder_keys[i],
                  folders != NULL ? mw_mail_folders_get_name (folders, i) : NULL);

  if (folders != NULL)
    delimiter[0] = mw_mail_folders_get_delimiter (folders);
  write_string (file, FOLDERS, "Delimiter", delimiter[0] != '\0' ? delimiter : NULL);
  write_string (file, FOLDERS, "Prefix",
                folders != NULL ? mw_mail_folders_get_prefix (folders) : NULL);
}

static void
write_alternatives (GKeyFile  *file,
                    MwProfile *profile)
{
  g_auto(GStrv) groups = g_key_file_get_groups (file, NULL);

  for (gsize i = 0; groups[i] != NULL; i++)
    {
      if (g_str_has_prefix (groups[i], ALTERNATIVE_PREFIX))
        g_key_file_remove_group (file, groups[i], NULL);
    }

  for (guint i = 0; i < MIN (profile->alternatives->len, MAX_ALTERNATIVES); i++)
    {
      g_autofree char *group = g_strdup_printf (ALTERNATIVE_PREFIX "%u", i + 1);

      write_service (file, group, profile->alternatives->pdata[i]);
    }
}

static void
write_origins (GKeyFile  *file,
               MwProfile *profile)
{
  g_autoptr(GPtrArray) nicks = g_ptr_array_new ();

  for (int origin = 0; origin <= MW_ORIGIN_MANUAL; origin++)
    {
      if ((profile->origins & (1u << origin)) != 0)
        g_ptr_array_add (nicks, (gpointer) mw_enum_to_nick (MW_TYPE_ORIGIN, origin));
    }

  g_key_file_set_string_list (file, ORIGIN, "Source", (const char * const *) nicks->pdata,
                              nicks->len);
  g_key_file_set_string (file, ORIGIN, "Grade", mw_enum_to_nick (MW_TYPE_GRADE, profile->grade));
  write_string (file, ORIGIN, "Provider", profile->provider_id);
}

static gboolean
is_key_name (const char *key)
{
  return *key != '\0' && strpbrk (key, "=[]#\n\r") == NULL &&
         !g_ascii_isspace (key[0]) && !g_ascii_isspace (key[strlen (key) - 1]);
}

/* The profile knows everything an exporter remembered, so these groups are
 * replaced. Sorted, so that the same account gives the same file. */
static void
write_exports (GKeyFile  *file,
               MwProfile *profile)
{
  g_auto(GStrv) groups = g_key_file_get_groups (file, NULL);
  g_autoptr(GList) targets = g_list_sort (g_hash_table_get_keys (profile->exports),
                                          (GCompareFunc) strcmp);

  for (gsize i = 0; groups[i] != NULL; i++)
    {
      if (g_str_has_prefix (groups[i], EXPORT_PREFIX))
        g_key_file_remove_group (file, groups[i], NULL);
    }

  for (GList *l = targets; l != NULL; l = l->next)
    {
      g_autofree char *group = export_group_name (l->data);
      GHashTable *values = g_hash_table_lookup (profile->exports, l->data);
      g_autoptr(GList) keys = g_list_sort (g_hash_table_get_keys (values), (GCompareFunc) strcmp);

      for (GList *k = keys; k != NULL; k = k->next)
        {
          if (is_key_name (k->data))
            g_key_file_set_string (file, group, k->data, g_hash_table_lookup (values, k->data));
        }
    }
}

/* A key that stands twice, which only a hand can have written: the last one
 * counts, and removing it would bring the one before back. */
static void
drop_repeated_keys (GKeyFile   *file,
                    const char *group)
{
  g_auto(GStrv) keys = g_key_file_get_keys (file, group, NULL, NULL);
  g_autoptr(GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  for (gsize i = 0; keys[i] != NULL; i++)
    g_hash_table_replace (values, keys[i], g_key_file_get_value (file, group, keys[i], NULL));
  if (g_hash_table_size (values) == g_strv_length (keys))
    return;

  g_key_file_remove_group (file, group, NULL);
  for (gsize i = 0; keys[i] != NULL; i++)
    g_key_file_set_value (file, group, keys[i], g_hash_table_lookup (values, keys[i]));
}

static GKeyFile *
load_former (const char *former,
             gsize       length)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_auto(GStrv) groups = NULL;

  if (former != NULL)
    g_key_file_load_from_data (file, former, length, G_KEY_FILE_KEEP_COMMENTS |
                               G_KEY_FILE_KEEP_TRANSLATIONS, NULL);
  groups = g_key_file_get_groups (file, NULL);
  for (gsize i = 0; groups[i] != NULL; i++)
    drop_repeated_keys (file, groups[i]);

  return g_steal_pointer (&file);
}

char *
mw_profile_keyfile_render (MwProfile  *profile,
                           const char *former,
                           gsize       former_length)
{
  g_autoptr(GKeyFile) file = NULL;

  g_return_val_if_fail (profile != NULL, NULL);

  file = load_former (former, former_length);
  write_account (file, profile);
  write_service (file, INCOMING, profile->incoming);
  write_service (file, OUTGOING, profile->outgoing);
  if (profile->outgoing != NULL)
    {
      g_key_file_set_boolean (file, OUTGOING, "Authenticate",
                              profile->outgoing->auth != MW_AUTH_NONE);
      g_key_file_set_boolean (file, OUTGOING, "OwnCredentials", profile->own_credentials);
    }

  g_key_file_set_boolean (file, POP, "LeaveOnServer", profile->leave_on_server);
  g_key_file_set_uint64 (file, POP, "DeleteAfterDays", profile->delete_after_days);
  if (profile->pop_minutes > 0)
    g_key_file_set_uint64 (file, POP, "Minutes", profile->pop_minutes);
  write_origins (file, profile);
  write_folders (file, profile->folders);
  write_alternatives (file, profile);
  write_exports (file, profile);

  return g_key_file_to_data (file, NULL, NULL);
}
