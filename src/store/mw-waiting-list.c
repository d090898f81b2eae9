/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "store/mw-waiting-list.h"

#include <string.h>
#include <unistd.h>

#include "core/mw-error.h"
#include "store/mw-account-folder.h"

/* No UUID, so the folder does not take it for an account. */
#define FILE_ID "waiting"

#define FORMAT 1
#define HEAD_GROUP "Waiting"
#define GROUP_PREFIX "Hand-over "

G_DEFINE_BOXED_TYPE (MwWait, mw_wait, mw_wait_copy, mw_wait_free)

MwWait *
mw_wait_new (const char            *account_id,
             const char            *target_id,
             const MwExportOptions *options)
{
  MwWait *self;

  g_return_val_if_fail (account_id != NULL, NULL);
  g_return_val_if_fail (target_id != NULL, NULL);

  self = g_new0 (MwWait, 1);
  self->account_id = g_strdup (account_id);
  self->target_id = g_strdup (target_id);
  self->options = mw_export_options_copy (options);
  g_clear_pointer (&self->options->primary_password, mw_secret_unref);
  return self;
}

MwWait *
mw_wait_copy (const MwWait *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return mw_wait_new (self->account_id, self->target_id, self->options);
}

void
mw_wait_free (MwWait *self)
{
  g_free (self->account_id);
  g_free (self->target_id);
  g_clear_pointer (&self->options, mw_export_options_free);
  g_free (self);
}

static gboolean
holds (GPtrArray *waits,
       MwWait    *wanted)
{
  for (guint i = 0; i < waits->len; i++)
    {
      MwWait *wait = waits->pdata[i];

      if (g_str_equal (wait->account_id, wanted->account_id) &&
          g_str_equal (wait->target_id, wanted->target_id))
        return TRUE;
    }

  return FALSE;
}

/* Transfer full; %NULL when the group makes no sense. */
static MwWait *
read_wait (GKeyFile   *file,
           const char *group)
{
  g_autofree char *account_id = g_key_file_get_string (file, group, "Account", NULL);
  g_autofree char *target_id = g_key_file_get_string (file, group, "Target", NULL);
  MwExportOptions options = { 0 };

  if (account_id == NULL || !g_uuid_string_is_valid (account_id) ||
      target_id == NULL || *target_id == '\0')
    return NULL;

  options.take_over = g_key_file_get_boolean (file, group, "TakeOver", NULL);
  options.accept_place = g_key_file_get_boolean (file, group, "AcceptPlace", NULL);
  options.trust_authority = g_key_file_get_boolean (file, group, "TrustAuthority", NULL);
  return mw_wait_new (account_id, target_id, &options);
}

static void
read_waits (GKeyFile  *file,
            GPtrArray *waits)
{
  g_auto(GStrv) groups = g_key_file_get_groups (file, NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      g_autoptr(MwWait) wait = NULL;

      if (g_str_has_prefix (groups[i], GROUP_PREFIX))
        wait = read_wait (file, groups[i]);
      if (wait != NULL && !holds (waits, wait))
        g_ptr_array_add (waits, g_steal_pointer (&wait));
    }
}

GPtrArray *
mw_waiting_list_load (const char  *data_dir,
                      GError     **error)
{
  g_autoptr(GPtrArray) waits = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_wait_free);
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autoptr(GError) local_error = NULL;
  g_autofree char *text = NULL;
  gboolean success;
  gsize length;
  int fd;

  g_return_val_if_fail (data_dir != NULL, NULL);

  if (!mw_account_folder_open (data_dir, FALSE, &fd, error))
    return NULL;
  if (fd < 0)
    return g_steal_pointer (&waits);

  success = mw_account_folder_read (fd, FILE_ID, &text, &length, error);
  close (fd);
  if (!success)
    return NULL;
  if (text == NULL)
    return g_steal_pointer (&waits);

  if (!g_key_file_load_from_data (file, text, length, G_KEY_FILE_NONE, &local_error))
    {
      g_set_error (error, MW_STORE_ERROR, MW_STORE_ERROR_DAMAGED,
                   "The list of what waits cannot be read: %s", local_error->message);
      return NULL;
    }
  if (g_key_file_get_integer (file, HEAD_GROUP, "Format", NULL) == FORMAT)
    read_waits (file, waits);
  return g_steal_pointer (&waits);
}

static void
write_yes (GKeyFile   *file,
           const char *group,
           const char *key,
           gboolean    said)
{
  if (said)
    g_key_file_set_boolean (file, group, key, TRUE);
}

static char *
render (GPtrArray *waits,
        gsize     *length)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();

  g_key_file_set_integer (file, HEAD_GROUP, "Format", FORMAT);
  for (guint i = 0; i < waits->len; i++)
    {
      MwWait *wait = waits->pdata[i];
      g_autofree char *group = g_strdup_printf (GROUP_PREFIX "%u", i + 1);

      g_key_file_set_string (file, group, "Account", wait->account_id);
      g_key_file_set_string (file, group, "Target", wait->target_id);
      write_yes (file, group, "TakeOver", wait->options->take_over);
      write_yes (file, group, "AcceptPlace", wait->options->accept_place);
      write_yes (file, group, "TrustAuthority", wait->options->trust_authority);
    }

  return g_key_file_to_data (file, length, NULL);
}

static gboolean
remove_file (int      fd,
             GError **error)
{
  g_autoptr(GError) local_error = NULL;

  if (mw_account_folder_remove (fd, FILE_ID, &local_error) ||
      g_error_matches (local_error, MW_STORE_ERROR, MW_STORE_ERROR_NOT_FOUND))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

gboolean
mw_waiting_list_save (const char  *data_dir,
                      GPtrArray   *waits,
                      GError     **error)
{
  g_autofree char *text = NULL;
  gboolean success;
  gsize length;
  int fd;

  g_return_val_if_fail (data_dir != NULL, FALSE);
  g_return_val_if_fail (waits != NULL, FALSE);

  if (!mw_account_folder_open (data_dir, waits->len > 0, &fd, error))
    return FALSE;
  if (fd < 0)
    return TRUE;

  if (waits->len == 0)
    success = remove_file (fd, error);
  else
    {
      text = render (waits, &length);
      success = mw_account_folder_write (fd, FILE_ID, text, length, error);
    }
  close (fd);
  return success;
}
