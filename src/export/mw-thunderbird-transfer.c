/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-thunderbird-transfer.h"

#include <string.h>
#include <unistd.h>

#include "core/mw-error.h"
#include "export/mw-export-facts.h"
#include "export/mw-system-authority.h"
#include "export/mw-thunderbird-account.h"
#include "export/mw-thunderbird-authorities.h"
#include "export/mw-thunderbird-facts.h"
#include "export/mw-thunderbird-folder.h"
#include "export/mw-thunderbird-passwords.h"
#include "export/mw-thunderbird-pins.h"
#include "export/mw-thunderbird-sign-in.h"

#define LOGINS "logins.json"
#define PREFS "prefs.js"
#define PREFS_BACKUP "prefs-mailwright-backup.js"
#define USER_PREFS "user.js"

/* The order of writing matters, for a Thunderbird that starts after a crash: a
 * password without an account is harmless, an account without its password
 * asks for it. So passwords come before settings, and go after them. */

typedef struct {
  MwThunderbirdTransfer  *transfer;    /* borrowed */
  MwThunderbirdFolder    *folder;
  MwExportReport         *report;
  GString                *notes;
  MwThunderbirdAccount   *account;
  MwThunderbirdPrefs     *prefs;
  MwThunderbirdSettings  *settings;
  GBytes                 *prefs_before; /* NULL: no such file */
  MwThunderbirdPrefs     *former_prefs; /* the same, to be compared with */
  MwThunderbirdSettings  *former;
  MwThunderbirdPasswords *passwords;
  MwThunderbirdPins      *pins;
} Work;

void
mw_thunderbird_transfer_free (MwThunderbirdTransfer *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->target, mw_export_target_unref);
  g_clear_pointer (&self->profile, mw_profile_unref);
  g_clear_pointer (&self->incoming, mw_secret_unref);
  g_clear_pointer (&self->outgoing, mw_secret_unref);
  g_clear_pointer (&self->options, mw_export_options_free);
  g_free (self->helper_path);
  g_free (self);
}

static void
work_free (Work *work)
{
  g_clear_pointer (&work->folder, mw_thunderbird_folder_free);
  g_clear_pointer (&work->report, mw_export_report_unref);
  g_string_free (work->notes, TRUE);
  g_clear_pointer (&work->account, mw_thunderbird_account_free);
  g_clear_pointer (&work->settings, mw_thunderbird_settings_free);
  g_clear_pointer (&work->prefs, mw_thunderbird_prefs_free);
  g_clear_pointer (&work->former, mw_thunderbird_settings_free);
  g_clear_pointer (&work->former_prefs, mw_thunderbird_prefs_free);
  g_clear_pointer (&work->prefs_before, g_bytes_unref);
  g_clear_pointer (&work->passwords, mw_thunderbird_passwords_free);
  g_clear_pointer (&work->pins, mw_thunderbird_pins_free);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static void
add_note (Work       *work,
          const char *note)
{
  g_string_append_printf (work->notes, "%s%s", work->notes->len > 0 ? " " : "", note);
}

/* The same folder is "thunderbird" as long as it is the only one, and
 * "thunderbird:FOLDER" when there are more. */
static gboolean
is_this_folder (Work       *work,
                const char *id)
{
  const char *name = mw_thunderbird_folder_get_name (work->folder);
  const char *colon = strchr (id, ':');

  if (colon != NULL)
    return strcmp (colon + 1, name) == 0;
  return g_strcmp0 (mw_profile_get_export_value (work->transfer->profile, id, "Profile"),
                    name) == 0;
}

/* What an earlier export to this profile folder remembered. */
static char *
remembered (Work       *work,
            const char *key)
{
  const char *id = work->transfer->target->id;
  g_autofree char *short_id = g_strndup (id, strcspn (id, ":"));
  g_autofree char *long_id = g_strconcat (short_id, ":",
                                          mw_thunderbird_folder_get_name (work->folder), NULL);
  const char *const ids[] = { id, long_id, short_id };
  const char *value = NULL;

  for (gsize i = 0; value == NULL && i < G_N_ELEMENTS (ids); i++)
    if (is_this_folder (work, ids[i]))
      value = mw_profile_get_export_value (work->transfer->profile, ids[i], key);

  return g_strdup (value);
}

static const char * const folder_keys[MW_N_FOLDER_USES] = {
  [MW_FOLDER_USE_SENT] = "SentFolder",
  [MW_FOLDER_USE_DRAFTS] = "DraftsFolder",
  [MW_FOLDER_USE_TRASH] = "TrashFolder",
  [MW_FOLDER_USE_JUNK] = "JunkFolder",
  [MW_FOLDER_USE_ARCHIVE] = "ArchiveFolder",
};

static gboolean
remembers (Work       *work,
           const char *key)
{
  g_autofree char *value = remembered (work, key);

  return g_strcmp0 (value, "true") == 0;
}

static MwThunderbirdAccount *
remembered_account (Work *work)
{
  MwThunderbirdAccount *account = mw_thunderbird_account_new ();

  account->account = remembered (work, "Account");
  account->server = remembered (work, "Server");
  account->identity = remembered (work, "Identity");
  account->smtp = remembered (work, "Smtp");
  account->former_account = remembered (work, "FormerAccount");
  account->former_smtp = remembered (work, "FormerSmtp");
  for (guint i = 0; i < MW_N_FOLDER_USES; i++)
    account->folders[i] = remembered (work, folder_keys[i]);
  account->taken_over = remembers (work, "TakenOver");
  account->smtp_found = remembers (work, "SmtpFound");
  account->notifications = remembered (work, "Notifications");
  account->keeping = remembered (work, "KeepOnServer");
  account->signature = remembered (work, "Signature");
  return account;
}

static void
remember (Work       *work,
          const char *key,
          const char *value)
{
  if (value != NULL)
    g_hash_table_insert (work->report->values, g_strdup (key), g_strdup (value));
}

/* What is remembered stays remembered until something else is. */
static void
remember_if (Work       *work,
             const char *key,
             gboolean    value)
{
  if (value || remembers (work, key))
    remember (work, key, value ? "true" : "false");
}

static void
remember_account (Work *work)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *old_time = remembered (work, "Time");
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");

  if (work->report->outcome == MW_EXPORT_OUTCOME_UNCHANGED && old_time != NULL)
    remember (work, "Time", old_time);
  else
    remember (work, "Time", time);
  remember (work, "Profile", mw_thunderbird_folder_get_name (work->folder));
  remember (work, "Account", work->account->account);
  remember (work, "Server", work->account->server);
  remember (work, "Identity", work->account->identity);
  remember (work, "Smtp", work->account->smtp);
  remember (work, "FormerAccount", work->account->former_account);
  remember (work, "FormerSmtp", work->account->former_smtp);
  for (guint i = 0; i < MW_N_FOLDER_USES; i++)
    remember (work, folder_keys[i], work->account->folders[i]);
  remember_if (work, "TakenOver", work->account->taken_over);
  remember_if (work, "SmtpFound", work->account->smtp_found);
  remember (work, "Notifications", work->account->notifications);
  remember (work, "KeepOnServer", work->account->keeping);
  remember (work, "Signature", work->account->signature);
  remember (work, "Pins", work->pins->remembered);
  if (work->report->target->access == MW_TARGET_ACCESS_UNUSUAL_PLACE)
    remember (work, "Place", work->report->target->place);
}

static gboolean
read_prefs (Work    *work,
            GError **error)
{
  const char *data = "";
  gsize size = 0;

  if (!mw_thunderbird_folder_read (work->folder, PREFS, &work->prefs_before, error))
    return FALSE;
  if (work->prefs_before != NULL)
    data = g_bytes_get_data (work->prefs_before, &size);
  work->prefs = mw_thunderbird_prefs_parse (data != NULL ? data : "", size, error);
  if (work->prefs != NULL)
    work->former_prefs = mw_thunderbird_prefs_parse (data != NULL ? data : "", size, error);
  if (work->former_prefs == NULL)
    {
      g_prefix_error (error, "%s: ", mw_thunderbird_folder_get_path (work->folder));
      return FALSE;
    }

  work->settings = mw_thunderbird_settings_new (work->prefs);
  work->former = mw_thunderbird_settings_new (work->former_prefs);
  return TRUE;
}

/* Once the person has said yes to a place, it is not asked about again, and
 * what was put there can be taken away. */
static gboolean
was_accepted (MwThunderbirdTransfer *transfer)
{
  MwExportTarget *target = transfer->target;
  const char *id = mw_profile_find_export (transfer->profile, target->id, target->profile);

  return id != NULL && target->place != NULL &&
         g_strcmp0 (mw_profile_get_export_value (transfer->profile, id, "Place"),
                    target->place) == 0;
}

static Work *
work_new (MwThunderbirdTransfer  *transfer,
          gboolean                create,
          GError                **error)
{
  g_autoptr(Work) work = g_new0 (Work, 1);
  g_autoptr(MwExportTarget) target = NULL;
  g_autofree char *pins = NULL;

  work->transfer = transfer;
  work->notes = g_string_new (NULL);
  if (was_accepted (transfer))
    transfer->options->accept_place = TRUE;
  work->folder = mw_thunderbird_folder_open (transfer->target, create, transfer->options, error);
  if (work->folder == NULL)
    return NULL;

  target = mw_thunderbird_folder_dup_target (work->folder);
  work->report = mw_export_report_new (target);
  work->account = remembered_account (work);
  if (!read_prefs (work, error))
    return NULL;
  work->passwords = mw_thunderbird_passwords_read (work->folder,
                                                   transfer->options->primary_password, error);
  if (work->passwords == NULL)
    return NULL;
  pins = remembered (work, "Pins");
  work->pins = mw_thunderbird_pins_read (work->folder, pins, error);
  if (work->pins == NULL)
    return NULL;

  return g_steal_pointer (&work);
}

/* Plans to write one file and says so. */
static gboolean
stage (Work        *work,
       const char  *name,
       gboolean     is_new,
       char        *data,
       gsize        size,
       GError     **error)
{
  g_autoptr(GBytes) contents = g_bytes_new_take (data, size);

  g_ptr_array_add (is_new ? work->report->created : work->report->updated,
                   g_build_filename (mw_thunderbird_folder_get_path (work->folder), name, NULL));
  return work->transfer->options->dry_run ||
         mw_thunderbird_folder_stage (work->folder, name, contents, error);
}

static gboolean
stage_logins (Work    *work,
              GError **error)
{
  gsize size;
  char *data;

  if (!mw_thunderbird_passwords_get_changed (work->passwords))
    return TRUE;
  data = mw_thunderbird_passwords_to_data (work->passwords, &size);
  return stage (work, LOGINS, mw_thunderbird_passwords_get_is_new (work->passwords),
                data, size, error);
}

static gboolean
stage_pins (Work    *work,
            GError **error)
{
  gsize size;
  char *data;

  if (work->pins->after == NULL)
    return TRUE;
  data = g_bytes_unref_to_data (g_steal_pointer (&work->pins->after), &size);
  return stage (work, MW_THUNDERBIRD_PINS_FILE, work->pins->before == NULL, data, size, error);
}

static gboolean
stage_prefs (Work    *work,
             GError **error)
{
  gsize size;
  char *data;

  if (work->settings->created->len == 0 && work->settings->updated->len == 0)
    return TRUE;
  g_ptr_array_extend (work->report->created, work->settings->created,
                      (GCopyFunc) g_strdup, NULL);
  g_ptr_array_extend (work->report->updated, work->settings->updated,
                      (GCopyFunc) g_strdup, NULL);
  if (work->prefs_before != NULL)
    {
      g_ptr_array_add (work->report->backups,
                       g_build_filename (mw_thunderbird_folder_get_path (work->folder),
                                         PREFS_BACKUP, NULL));
      if (!work->transfer->options->dry_run &&
          !mw_thunderbird_folder_stage (work->folder, PREFS_BACKUP, work->prefs_before, error))
        return FALSE;
    }
  data = mw_thunderbird_prefs_to_data (work->prefs, &size);
  return stage (work, PREFS, work->prefs_before == NULL, data, size, error);
}

static gboolean
finish (Work      *work,
        gboolean   removing,
        GError   **error)
{
  MwExportReport *report = work->report;

  if ((removing && !stage_prefs (work, error)) ||
      !stage_logins (work, error) || !stage_pins (work, error) ||
      (!removing && !stage_prefs (work, error)))
    return FALSE;
  report->outcome = report->created->len > 0 || report->updated->len > 0
                      ? MW_EXPORT_OUTCOME_DONE : MW_EXPORT_OUTCOME_UNCHANGED;
  if (!work->transfer->options->dry_run && report->outcome == MW_EXPORT_OUTCOME_DONE &&
      !mw_thunderbird_folder_commit (work->folder, error))
    return FALSE;

  if (work->notes->len > 0)
    report->message = g_strdup (work->notes->str);
  return TRUE;
}

static void
add_pin_changes (GPtrArray  *servers,
                 gboolean    added,
                 GPtrArray  *changes)
{
  for (guint i = 0; i < servers->len; i++)
    g_ptr_array_add (changes, mw_export_change_new (MW_EXPORT_ITEM_CERTIFICATE,
                                                    added ? NULL : servers->pdata[i],
                                                    added ? servers->pdata[i] : NULL));
}

/* The passwords say themselves what happens to them. */
static void
add_changes (Work *work)
{
  MwExportReport *report = work->report;

  mw_thunderbird_facts_add_changes (work->former, work->settings, work->account,
                                    work->transfer->profile->address, report->changes);
  add_pin_changes (work->pins->added, TRUE, report->changes);
  add_pin_changes (work->pins->removed, FALSE, report->changes);
  mw_export_facts_sort (report->changes);
}

/* Whether the person may be taken by their word about an account of theirs. */
static gboolean
check_by_hand (Work    *work,
               GError **error)
{
  const MwExportOptions *options = work->transfer->options;

  work->report->takes_over = work->account->takes_over;
  if (!work->account->takes_over || options->dry_run || options->take_over)
    return TRUE;

  g_set_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_MADE_BY_HAND,
               "%s has this account already, and Mailwright did not make it",
               mw_thunderbird_folder_get_path (work->folder));
  return FALSE;
}

static gboolean
has_auth (MwProfile    *profile,
          MwAuthMethod  auth)
{
  return profile->incoming->auth == auth ||
         (profile->outgoing != NULL && profile->outgoing->auth == auth);
}

/* Whether Thunderbird can sign in where the account does so in a browser. */
static gboolean
check_sign_in (MwThunderbirdTransfer  *self,
               GError                **error)
{
  for (guint side = 0; side < 2; side++)
    {
      MwService *service = mw_profile_get_service (self->profile, side);

      if (service == NULL || service->auth != MW_AUTH_OAUTH2 ||
          mw_thunderbird_sign_in_is_known (service->endpoint))
        continue;
      g_set_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_SIGN_IN,
                   "Thunderbird has no sign-in page for %s",
                   mw_endpoint_get_host (service->endpoint));
      return FALSE;
    }

  return TRUE;
}

/* What a person's user.js says is read after our settings, at every start. */
static void
note_user_prefs (Work *work)
{
  static const char * const lists[] = { "mail.accountmanager.accounts", "mail.smtpservers" };
  g_autoptr(MwThunderbirdPrefs) prefs = NULL;
  g_autoptr(GBytes) contents = NULL;
  const char *data;
  gsize size;

  if (!mw_thunderbird_folder_read (work->folder, USER_PREFS, &contents, NULL) || contents == NULL)
    return;
  data = g_bytes_get_data (contents, &size);
  prefs = mw_thunderbird_prefs_parse (data != NULL ? data : "", size, NULL);
  for (gsize i = 0; prefs != NULL && i < G_N_ELEMENTS (lists); i++)
    {
      const char *forced = mw_thunderbird_prefs_get_string (prefs, lists[i]);

      if (forced != NULL &&
          g_strcmp0 (forced, mw_thunderbird_prefs_get_string (work->prefs, lists[i])) != 0)
        work->report->notes |= 1u << MW_EXPORT_NOTE_USER_SETTINGS;
    }
}

static void
note_what_is_left_out (Work *work)
{
  MwProfile *profile = work->transfer->profile;

  if (has_auth (profile, MW_AUTH_OAUTH2))
    work->report->notes |= 1u << MW_EXPORT_NOTE_BROWSER_SIGN_IN;
  if (has_auth (profile, MW_AUTH_SCRAM_SHA_1) || has_auth (profile, MW_AUTH_SCRAM_SHA_256))
    work->report->notes |= 1u << MW_EXPORT_NOTE_OTHER_METHOD;
  if (!profile->notifications)
    work->report->notes |= 1u << MW_EXPORT_NOTE_NOTIFICATIONS_SHARED;
  if (work->report->password == MW_EXPORT_PASSWORD_PRIMARY_PASSWORD)
    add_note (work, "Thunderbird's passwords are locked by a primary password; "
                    "the account was handed over without its password.");
}

static MwSecret *
outgoing_secret (MwThunderbirdTransfer *transfer)
{
  if (transfer->outgoing != NULL || transfer->profile->own_credentials)
    return transfer->outgoing;
  return transfer->incoming;
}

/* Asks the helper for what is not in the store yet. */
static gboolean
export_passwords (Work    *work,
                  GError **error)
{
  MwThunderbirdTransfer *transfer = work->transfer;
  MwProfile *profile = transfer->profile;

  if (profile->incoming->auth != MW_AUTH_OAUTH2)
    mw_thunderbird_passwords_want (work->passwords, profile->incoming, transfer->incoming);
  if (profile->outgoing != NULL && profile->outgoing->auth != MW_AUTH_OAUTH2)
    mw_thunderbird_passwords_want (work->passwords, profile->outgoing,
                                   outgoing_secret (transfer));
  return mw_thunderbird_passwords_store (work->passwords, transfer->helper_path,
                                         transfer->options->dry_run, work->report, error);
}

static gboolean
apply_authorities (Work        *work,
                   const char  *account,
                   MwProfile   *profile,
                   GError     **error)
{
  MwThunderbirdAuthorities authorities = {
    .folder = work->folder,
    .settings = work->settings,
    .helper_path = work->transfer->helper_path,
    .options = work->transfer->options,
    .report = work->report,
    .shares_authorities = work->transfer->target->packaging == MW_PACKAGING_DISTRO &&
                          mw_system_authority_nss_shares (""),
  };

  return mw_thunderbird_authorities_apply (&authorities, account, profile, error);
}

MwExportReport *
mw_thunderbird_transfer_export (MwThunderbirdTransfer  *self,
                                GError                **error)
{
  g_autoptr(Work) work = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (!check_sign_in (self, error))
    return NULL;

  work = work_new (self, TRUE, error);
  if (work == NULL)
    return NULL;

  if (mw_thunderbird_folder_get_is_new (work->folder))
    {
      const char *path = mw_thunderbird_folder_get_path (work->folder);

      g_ptr_array_add (work->report->created, g_strdup (path));
      /* A dry run does not know the name yet, only the place. */
      g_ptr_array_add (work->report->changes,
                       mw_export_change_new (MW_EXPORT_ITEM_PROFILE, NULL,
                                             self->target->data_folder));
      /* A window "use as default mail program?" would stand in the way. */
      mw_thunderbird_prefs_set_bool (work->prefs, "mail.shell.checkDefaultClient", FALSE);
    }
  mw_thunderbird_account_apply (work->account, work->settings, self->profile);
  if (!check_by_hand (work, error))
    return NULL;
  mw_thunderbird_pins_apply (work->pins, work->settings, self->profile);
  if (!export_passwords (work, error) ||
      !apply_authorities (work, work->account->account, self->profile, error))
    return NULL;

  note_what_is_left_out (work);
  note_user_prefs (work);
  add_changes (work);
  if (!finish (work, FALSE, error))
    return NULL;

  remember_account (work);
  return g_steal_pointer (&work->report);
}

MwExportReport *
mw_thunderbird_transfer_remove (MwThunderbirdTransfer  *self,
                                GError                **error)
{
  g_autoptr(Work) work = NULL;
  gboolean smtp_removed = FALSE;

  g_return_val_if_fail (self != NULL, NULL);

  work = work_new (self, FALSE, error);
  if (work == NULL)
    return NULL;

  if (mw_thunderbird_account_remove (work->account, work->settings, self->profile, &smtp_removed))
    {
      mw_thunderbird_passwords_want (work->passwords, self->profile->incoming, NULL);
      if (smtp_removed && self->profile->outgoing != NULL)
        mw_thunderbird_passwords_want (work->passwords, self->profile->outgoing, NULL);
      if (!mw_thunderbird_passwords_forget (work->passwords, self->helper_path,
                                            work->report, error))
        return NULL;
      if (!apply_authorities (work, NULL, NULL, error))
        return NULL;
      if (work->report->password == MW_EXPORT_PASSWORD_PRIMARY_PASSWORD)
        work->report->notes |= 1u << MW_EXPORT_NOTE_PASSWORD_STAYS;
      mw_thunderbird_pins_apply (work->pins, work->settings, NULL);
      add_changes (work);
    }
  else if (work->account->taken_over)
    {
      work->report->takes_over = TRUE;
      work->report->notes |= 1u << MW_EXPORT_NOTE_STAYS;
      add_note (work, "The account was made by hand in Thunderbird, and stays there.");
    }
  return finish (work, TRUE, error) ? g_steal_pointer (&work->report) : NULL;
}
