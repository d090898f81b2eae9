/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-thunderbird-found-passwords.h"

#include <string.h>

#include "core/mw-error.h"
#include "export/mw-nss-helper-client.h"
#include "export/mw-thunderbird-logins.h"
#include "export/mw-thunderbird-values.h"

/* The records that may belong to one side of an account: a row of those that
 * go to the helper. */
typedef struct {
  MwFoundAccount *account;   /* borrowed */
  MwSide          side;
  guint           first;
  guint           n_records;
} Place;

static void
set_all (GPtrArray        *accounts,
         MwFoundPasswords  passwords)
{
  for (guint i = 0; i < accounts->len; i++)
    {
      MwFoundAccount *account = accounts->pdata[i];

      if (account->profile->incoming != NULL)
        account->passwords = passwords;
    }
}

static MwThunderbirdLogins *
read_logins (MwThunderbirdFolder  *folder,
             GError              **error)
{
  g_autoptr(GBytes) contents = NULL;
  const char *data = NULL;
  gsize size = 0;

  if (!mw_thunderbird_folder_read (folder, "logins.json", &contents, error))
    return NULL;
  if (contents != NULL)
    {
      data = g_bytes_get_data (contents, &size);
      data = data != NULL ? data : "";
    }
  return mw_thunderbird_logins_parse (data, size, error);
}

static void
add_side (MwThunderbirdLogins *logins,
          MwFoundAccount      *account,
          MwSide               side,
          GPtrArray           *records,
          GArray              *places)
{
  MwService *service = mw_profile_get_service (account->profile, side);
  g_autofree char *origin = NULL;
  g_autoptr(GPtrArray) found = NULL;
  Place place = { account, side, records->len, 0 };

  if (service == NULL || service->user_name == NULL || service->auth == MW_AUTH_NONE ||
      service->auth == MW_AUTH_OAUTH2)
    return;

  origin = mw_thunderbird_values_get_origin (service);
  found = mw_thunderbird_logins_find (logins, origin);
  for (guint i = 0; i < found->len; i++)
    {
      const char *user = mw_thunderbird_logins_get_user (found->pdata[i]);
      const char *password = mw_thunderbird_logins_get_password (found->pdata[i]);

      if (user != NULL && password != NULL)
        g_ptr_array_add (records, mw_nss_record_new (user, password));
    }

  place.n_records = records->len - place.first;
  if (place.n_records > 0)
    g_array_append_val (places, place);
}

/* Of several people's log-ins on one server only one is the account's. */
static void
take_answers (GPtrArray *records,
              GArray    *places)
{
  for (guint i = 0; i < places->len; i++)
    {
      Place *place = &g_array_index (places, Place, i);
      MwFoundAccount *account = place->account;
      MwService *service = mw_profile_get_service (account->profile, place->side);
      MwSecret **secret = place->side == MW_SIDE_INCOMING ? &account->incoming
                                                          : &account->outgoing;

      for (guint j = place->first; j < place->first + place->n_records; j++)
        {
          MwNssRecord *record = records->pdata[j];

          if (record->clear_user == NULL || record->clear_password == NULL)
            account->passwords = MW_FOUND_PASSWORDS_UNREADABLE;
          else if (*secret == NULL && strcmp (record->clear_user, service->user_name) == 0)
            *secret = mw_secret_ref (record->clear_password);
        }
    }
}

void
mw_thunderbird_found_passwords_read (MwThunderbirdFolder *folder,
                                     const char          *helper_path,
                                     MwSecret            *primary,
                                     GPtrArray           *accounts)
{
  g_autoptr(MwThunderbirdLogins) logins = NULL;
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(GArray) places = NULL;
  g_autoptr(GError) error = NULL;
  MwNssStore store = {
    .helper_path = helper_path,
    .primary_password = primary,
  };

  g_return_if_fail (folder != NULL);
  g_return_if_fail (accounts != NULL);

  logins = read_logins (folder, &error);
  if (logins == NULL)
    {
      g_info ("Passwords of Thunderbird cannot be read: %s", error->message);
      set_all (accounts, MW_FOUND_PASSWORDS_UNREADABLE);
      return;
    }

  records = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_nss_record_free);
  places = g_array_new (FALSE, FALSE, sizeof (Place));
  for (guint i = 0; i < accounts->len; i++)
    {
      add_side (logins, accounts->pdata[i], MW_SIDE_INCOMING, records, places);
      add_side (logins, accounts->pdata[i], MW_SIDE_OUTGOING, records, places);
    }
  if (records->len == 0)
    return;

  store.folder_fd = mw_thunderbird_folder_find_store (folder, NULL);
  if (helper_path == NULL || !mw_nss_helper_decrypt (&store, records, &error))
    {
      gboolean locked = g_error_matches (error, MW_EXPORT_ERROR,
                                         MW_EXPORT_ERROR_PRIMARY_PASSWORD);

      g_info ("Passwords of Thunderbird cannot be read: %s",
              error != NULL ? error->message : "no password helper");
      for (guint i = 0; i < places->len; i++)
        g_array_index (places, Place, i).account->passwords =
          locked ? MW_FOUND_PASSWORDS_LOCKED : MW_FOUND_PASSWORDS_UNREADABLE;
      return;
    }

  take_answers (records, places);
  for (guint i = 0; i < accounts->len; i++)
    {
      MwFoundAccount *account = accounts->pdata[i];

      mw_found_account_take_passwords (account, g_steal_pointer (&account->incoming),
                                       g_steal_pointer (&account->outgoing));
    }
}
