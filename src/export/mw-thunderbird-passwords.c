/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-thunderbird-passwords.h"

#include <string.h>

#include "core/mw-error.h"
#include "export/mw-nss-helper-client.h"
#include "export/mw-thunderbird-logins.h"
#include "export/mw-thunderbird-values.h"

/* One side of the account: row n of each list. */
struct _MwThunderbirdPasswords
{
  MwThunderbirdFolder *folder;  /* borrowed */
  MwSecret            *primary_password; /* borrowed; may be NULL */
  MwThunderbirdLogins *logins;
  gboolean             is_new;
  gboolean             changed;
  GPtrArray           *origins; /* element utf8 */
  GPtrArray           *records; /* element GPtrArray of JsonObject */
  GPtrArray           *wanted;  /* element MwNssLogin */
};

MwThunderbirdPasswords *
mw_thunderbird_passwords_read (MwThunderbirdFolder  *folder,
                               MwSecret             *primary,
                               GError              **error)
{
  g_autoptr(MwThunderbirdPasswords) self = g_new0 (MwThunderbirdPasswords, 1);
  g_autoptr(GBytes) contents = NULL;
  const char *data = NULL;
  gsize size = 0;

  g_return_val_if_fail (folder != NULL, NULL);

  self->folder = folder;
  self->primary_password = primary;
  self->origins = g_ptr_array_new_with_free_func (g_free);
  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->wanted = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_nss_login_free);
  if (!mw_thunderbird_folder_read (folder, "logins.json", &contents, error))
    return NULL;

  self->is_new = contents == NULL;
  if (contents != NULL)
    {
      data = g_bytes_get_data (contents, &size);
      /* An empty file is not an absent one: something went wrong there. */
      data = data != NULL ? data : "";
    }
  self->logins = mw_thunderbird_logins_parse (data, size, error);
  if (self->logins == NULL)
    {
      g_prefix_error (error, "%s: ", mw_thunderbird_folder_get_path (folder));
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
mw_thunderbird_passwords_free (MwThunderbirdPasswords *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->logins, mw_thunderbird_logins_free);
  g_ptr_array_unref (self->origins);
  g_ptr_array_unref (self->records);
  g_ptr_array_unref (self->wanted);
  g_free (self);
}

void
mw_thunderbird_passwords_want (MwThunderbirdPasswords *self,
                               MwService              *service,
                               MwSecret               *password)
{
  MwNssLogin *login;
  GPtrArray *records;
  char *origin;

  g_return_if_fail (self != NULL);
  g_return_if_fail (service != NULL);

  if (service->user_name == NULL)
    return;

  origin = mw_thunderbird_values_get_origin (service);
  records = mw_thunderbird_logins_find (self->logins, origin);
  login = mw_nss_login_new (service->user_name, password);
  for (guint i = 0; i < records->len; i++)
    mw_nss_login_add_record (login, mw_thunderbird_logins_get_user (records->pdata[i]),
                             mw_thunderbird_logins_get_password (records->pdata[i]));
  g_ptr_array_add (self->origins, origin);
  g_ptr_array_add (self->records, records);
  g_ptr_array_add (self->wanted, login);
}

/* A locked store is no error when nobody said how to open it: that is said in
 * @report. */
static gboolean
ask_helper (MwThunderbirdPasswords  *self,
            const char              *helper_path,
            MwNssJob                 job,
            MwExportReport          *report,
            GError                 **error)
{
  MwNssStore store = {
    .helper_path = helper_path,
    .prefer_aes = mw_thunderbird_folder_get_prefers_aes (self->folder),
    .primary_password = self->primary_password,
  };
  g_autoptr(GError) local_error = NULL;

  if (helper_path == NULL)
    {
      g_set_error_literal (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_HELPER,
                           "The password helper is not installed");
      return FALSE;
    }
  if (job == MW_NSS_JOB_STORE)
    store.folder_fd = mw_thunderbird_folder_open_store (self->folder, error);
  else
    store.folder_fd = mw_thunderbird_folder_find_store (self->folder, error);
  if (store.folder_fd < 0)
    return FALSE;
  if (mw_nss_helper_run (&store, job, self->wanted, &local_error))
    return TRUE;

  if (self->primary_password == NULL &&
      g_error_matches (local_error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_PRIMARY_PASSWORD))
    {
      report->password = MW_EXPORT_PASSWORD_PRIMARY_PASSWORD;
      return TRUE;
    }
  g_propagate_prefixed_error (error, g_steal_pointer (&local_error), "%s: ",
                              mw_thunderbird_folder_get_path (self->folder));
  return FALSE;
}

/* Returns how many wanted passwords the store does not hold yet. */
static guint
count_missing (MwThunderbirdPasswords *self)
{
  guint missing = 0;

  for (guint i = 0; i < self->wanted->len; i++)
    {
      MwNssLogin *login = self->wanted->pdata[i];

      missing += login->password != NULL && !login->same;
    }

  return missing;
}

/* The password itself is nobody's business. */
static void
add_change (MwThunderbirdPasswords *self,
            guint                   i,
            gboolean                was_there,
            gboolean                will_be,
            MwExportReport         *report)
{
  gboolean outgoing = g_str_has_prefix (self->origins->pdata[i], "smtp:");

  g_ptr_array_add (report->changes,
                   mw_export_change_new (outgoing ? MW_EXPORT_ITEM_OUTGOING_PASSWORD
                                                  : MW_EXPORT_ITEM_INCOMING_PASSWORD,
                                         was_there ? "" : NULL, will_be ? "" : NULL));
}

static void
take_over (MwThunderbirdPasswords *self,
           gboolean                dry_run,
           MwExportReport         *report)
{
  gint64 now = g_get_real_time () / 1000;

  for (guint i = 0; i < self->wanted->len; i++)
    {
      MwNssLogin *login = self->wanted->pdata[i];
      const char *origin = self->origins->pdata[i];
      GPtrArray *records = self->records->pdata[i];

      if (login->password == NULL || login->same)
        continue;
      g_ptr_array_add (login->match < 0 ? report->created : report->updated, g_strdup (origin));
      add_change (self, i, login->match >= 0, TRUE, report);
      self->changed = TRUE;
      if (dry_run)
        continue;
      if (login->match < 0)
        mw_thunderbird_logins_add (self->logins, origin, login->encrypted_user,
                                   login->encrypted_password, now);
      else
        mw_thunderbird_logins_update (self->logins, records->pdata[login->match],
                                      login->encrypted_user, login->encrypted_password, now);
    }
}

/* Looking first leaves the store alone when all is there already. */
static gboolean
look_and_encrypt (MwThunderbirdPasswords  *self,
                  const char              *helper_path,
                  gboolean                 dry_run,
                  MwExportReport          *report,
                  GError                 **error)
{
  if (!ask_helper (self, helper_path, MW_NSS_JOB_COMPARE, report, error))
    return FALSE;
  if (report->password == MW_EXPORT_PASSWORD_PRIMARY_PASSWORD || dry_run ||
      count_missing (self) == 0)
    return TRUE;
  return ask_helper (self, helper_path, MW_NSS_JOB_STORE, report, error) &&
         mw_thunderbird_folder_stage_store (self->folder, error);
}

/* Versions to come may keep log-ins in a database of their own and give up
 * logins.json. What they do not read helps nobody. */
static gboolean
uses_other_store (MwThunderbirdPasswords *self)
{
  static const char *const origins[] = { "imap://", "mailbox://", "smtp://", "https://" };
  g_autoptr(GBytes) database = NULL;
  const char *data;
  gsize size;

  if (!self->is_new ||
      !mw_thunderbird_folder_read (self->folder, "logins.db", &database, NULL) ||
      database == NULL)
    return FALSE;

  /* Each row names where its log-in belongs; an empty database does not. */
  data = g_bytes_get_data (database, &size);
  for (gsize i = 0; i < G_N_ELEMENTS (origins); i++)
    if (size > 0 && memmem (data, size, origins[i], strlen (origins[i])) != NULL)
      return TRUE;
  return FALSE;
}

gboolean
mw_thunderbird_passwords_store (MwThunderbirdPasswords  *self,
                                const char              *helper_path,
                                gboolean                 dry_run,
                                MwExportReport          *report,
                                GError                 **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (report != NULL, FALSE);

  report->password = MW_EXPORT_PASSWORD_NOT_STORED;
  if (count_missing (self) == 0)
    return TRUE;

  /* A dry run for a profile that is still to be made has nothing to look at. */
  if (mw_thunderbird_folder_get_fd (self->folder) >= 0 &&
      !look_and_encrypt (self, helper_path, dry_run, report, error))
    return FALSE;
  if (report->password == MW_EXPORT_PASSWORD_PRIMARY_PASSWORD)
    return TRUE;

  take_over (self, dry_run, report);
  if (uses_other_store (self))
    report->notes |= 1u << MW_EXPORT_NOTE_OTHER_STORE;
  report->password = MW_EXPORT_PASSWORD_STORED;
  return TRUE;
}

gboolean
mw_thunderbird_passwords_forget (MwThunderbirdPasswords  *self,
                                 const char              *helper_path,
                                 MwExportReport          *report,
                                 GError                 **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (report != NULL, FALSE);

  if (self->wanted->len == 0)
    return TRUE;
  if (!ask_helper (self, helper_path, MW_NSS_JOB_COMPARE, report, error))
    return FALSE;

  for (guint i = 0; i < self->wanted->len; i++)
    {
      MwNssLogin *login = self->wanted->pdata[i];
      GPtrArray *records = self->records->pdata[i];

      if (login->match < 0)
        continue;
      mw_thunderbird_logins_remove (self->logins, records->pdata[login->match]);
      g_ptr_array_add (report->updated, g_strdup (self->origins->pdata[i]));
      add_change (self, i, TRUE, FALSE, report);
      self->changed = TRUE;
    }
  return TRUE;
}

gboolean
mw_thunderbird_passwords_get_changed (MwThunderbirdPasswords *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->changed;
}

gboolean
mw_thunderbird_passwords_get_is_new (MwThunderbirdPasswords *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_new;
}

char *
mw_thunderbird_passwords_to_data (MwThunderbirdPasswords *self,
                                  gsize                  *size)
{
  g_return_val_if_fail (self != NULL, NULL);

  return mw_thunderbird_logins_to_data (self->logins, size);
}
