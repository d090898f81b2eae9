/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-json.h"

void
mw_json_add_string (JsonBuilder *builder,
                    const char  *name,
                    const char  *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

void
mw_json_add_boolean (JsonBuilder *builder,
                     const char  *name,
                     gboolean     value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

void
mw_json_add_int (JsonBuilder *builder,
                 const char  *name,
                 gint64       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

void
mw_json_add_strings (JsonBuilder        *builder,
                     const char         *name,
                     const char * const *values)
{
  json_builder_set_member_name (builder, name);
  if (values == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }

  json_builder_begin_array (builder);
  for (gsize i = 0; values[i] != NULL; i++)
    json_builder_add_string_value (builder, values[i]);
  json_builder_end_array (builder);
}

void
mw_json_add_string_array (JsonBuilder *builder,
                          const char  *name,
                          GPtrArray   *values)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; values != NULL && i < values->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (values, i));
  json_builder_end_array (builder);
}

void
mw_json_add_time (JsonBuilder *builder,
                  const char  *name,
                  gint64       seconds)
{
  g_autoptr(GDateTime) time = seconds != 0 ? g_date_time_new_from_unix_utc (seconds) : NULL;
  g_autofree char *text = time != NULL ? g_date_time_format_iso8601 (time) : NULL;

  mw_json_add_string (builder, name, text);
}

void
mw_json_add_milliseconds (JsonBuilder *builder,
                          const char  *name,
                          gint64       microseconds)
{
  json_builder_set_member_name (builder, name);
  if (microseconds >= 0)
    json_builder_add_int_value (builder, (microseconds + 500) / 1000);
  else
    json_builder_add_null_value (builder);
}

void
mw_json_add_origins (JsonBuilder *builder,
                     const char  *name,
                     guint        origins)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (int i = MW_ORIGIN_PROVIDER; i <= MW_ORIGIN_MANUAL; i++)
    {
      if ((origins & (1u << i)) != 0)
        json_builder_add_string_value (builder, mw_enum_to_nick (MW_TYPE_ORIGIN, i));
    }
  json_builder_end_array (builder);
}

void
mw_json_add_auth (JsonBuilder  *builder,
                  const char   *name,
                  MwAuthMethod  auth)
{
  const char *nick = mw_enum_to_nick (MW_TYPE_AUTH_METHOD, auth);

  mw_json_add_string (builder, name, auth != MW_AUTH_UNKNOWN ? nick : NULL);
}

void
mw_json_add_candidate (JsonBuilder *builder,
                       MwCandidate *candidate,
                       const char  *user_name)
{
  MwEndpoint *endpoint = mw_candidate_get_endpoint (candidate);
  MwProvider *provider = mw_candidate_get_provider (candidate);
  const char * const *user_names = mw_candidate_get_user_names (candidate);
  gboolean is_named = user_names != NULL && user_names[0] != NULL;

  json_builder_begin_object (builder);
  mw_json_add_string (builder, "service", mw_endpoint_get_service (endpoint));
  mw_json_add_string (builder, "host", mw_endpoint_get_host (endpoint));
  mw_json_add_int (builder, "port", mw_endpoint_get_port (endpoint));
  mw_json_add_string (builder, "security",
                      mw_enum_to_nick (MW_TYPE_SECURITY, mw_endpoint_get_security (endpoint)));
  mw_json_add_string (builder, "user", is_named ? user_names[0] : user_name);
  mw_json_add_auth (builder, "auth", mw_candidate_get_auth (candidate));
  mw_json_add_origins (builder, "sources", mw_candidate_get_origins (candidate));
  mw_json_add_string (builder, "grade",
                      mw_enum_to_nick (MW_TYPE_GRADE, mw_candidate_get_grade (candidate)));
  mw_json_add_string (builder, "provider", provider != NULL ? provider->id : NULL);
  json_builder_end_object (builder);
}

void
mw_json_add_notes (JsonBuilder *builder,
                   const char  *name,
                   guint        notes)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (int i = MW_NOTE_HELO; i <= MW_NOTE_FOLDERS_INCOMPLETE; i++)
    {
      if ((notes & (1u << i)) != 0)
        json_builder_add_string_value (builder, mw_enum_to_nick (MW_TYPE_NOTE, i));
    }
  json_builder_end_array (builder);
}

void
mw_json_add_folders (JsonBuilder   *builder,
                     const char    *name,
                     MwMailFolders *folders)
{
  char delimiter[2] = "";

  json_builder_set_member_name (builder, name);
  if (folders == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }

  json_builder_begin_object (builder);
  for (int i = 0; i < MW_N_FOLDER_USES; i++)
    mw_json_add_string (builder, mw_enum_to_nick (MW_TYPE_FOLDER_USE, i),
                        mw_mail_folders_get_name (folders, i));
  delimiter[0] = mw_mail_folders_get_delimiter (folders);
  mw_json_add_string (builder, "delimiter", delimiter[0] != '\0' ? delimiter : NULL);
  mw_json_add_string (builder, "prefix", mw_mail_folders_get_prefix (folders));
  json_builder_end_object (builder);
}
