/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-thunderbird-authorities.h"

#include <string.h>

#include "core/mw-error.h"
#include "export/mw-nss-helper-client.h"
#include "export/mw-system-authority.h"

#define ACCOUNTS "mail.accountmanager.accounts"
#define PREFIX "mailwright.authority."
#define CERTIFICATES "cert9.db"

static MwNssStore
get_store (MwThunderbirdAuthorities *self)
{
  return (MwNssStore) {
    .helper_path = self->helper_path,
    .folder_fd = mw_thunderbird_folder_find_store (self->folder, NULL),
    .prefer_aes = mw_thunderbird_folder_get_prefers_aes (self->folder),
    .primary_password = self->options->primary_password,
  };
}

/* A store that is locked, and nobody said how to open it. */
static gboolean
is_locked (MwThunderbirdAuthorities *self,
           const GError             *error)
{
  return self->options->primary_password == NULL &&
         g_error_matches (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_PRIMARY_PASSWORD);
}

/* Takes @error, unless it only says that the store is locked. */
static gboolean
pass_on (MwThunderbirdAuthorities  *self,
         GError                    *error,
         GError                   **out_error)
{
  if (is_locked (self, error))
    {
      self->report->password = MW_EXPORT_PASSWORD_PRIMARY_PASSWORD;
      g_error_free (error);
      return TRUE;
    }
  g_propagate_prefixed_error (out_error, error, "%s: ",
                              mw_thunderbird_folder_get_path (self->folder));
  return FALSE;
}

/* What the profile has; nothing where that cannot be found out. */
static gboolean
look (MwThunderbirdAuthorities  *self,
      const char                *sha256,
      MwNssAuthority            *authority,
      GError                   **error)
{
  MwNssStore store = get_store (self);
  GError *local_error = NULL;

  *authority = MW_NSS_HAS_NO_AUTHORITY;
  if (store.folder_fd < 0 || store.helper_path == NULL ||
      mw_nss_helper_look_for_authority (&store, sha256, authority, &local_error))
    return TRUE;
  return pass_on (self, local_error, error);
}

/* Makes @store one that may be changed. */
static gboolean
open_store (MwThunderbirdAuthorities  *self,
            MwNssStore                *store,
            GError                   **error)
{
  if (self->helper_path == NULL)
    {
      g_set_error_literal (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_HELPER,
                           "The password helper is not installed");
      return FALSE;
    }

  *store = get_store (self);
  store->folder_fd = mw_thunderbird_folder_open_store (self->folder, error);
  return store->folder_fd >= 0;
}

static void
note_change (MwThunderbirdAuthorities *self,
             const char               *former,
             const char               *latter)
{
  g_ptr_array_add (self->report->updated,
                   g_build_filename (mw_thunderbird_folder_get_path (self->folder),
                                     CERTIFICATES, NULL));
  g_ptr_array_add (self->report->changes,
                   mw_export_change_new (MW_EXPORT_ITEM_AUTHORITY, former, latter));
}

/* Takes @authority. */
static void
say_needed (MwThunderbirdAuthorities *self,
            MwExportAuthority        *authority)
{
  self->report->notes |= 1u << (authority->offered ? MW_EXPORT_NOTE_AUTHORITY_OFFERED
                                                   : MW_EXPORT_NOTE_AUTHORITY_UNKNOWN);
  g_ptr_array_add (self->report->needs_authority, authority);
}

static gboolean
put_in (MwThunderbirdAuthorities  *self,
        const char                *setting,
        const char                *account,
        MwExportAuthority         *authority,
        GBytes                    *der,
        GError                   **error)
{
  MwNssStore store;
  GError *local_error = NULL;

  if (!self->options->dry_run)
    {
      if (!open_store (self, &store, error))
        return FALSE;
      if (!mw_nss_helper_trust_authority (&store, der, &local_error))
        {
          gboolean locked = is_locked (self, local_error);

          if (locked)
            say_needed (self, mw_export_authority_new (authority->name, authority->sha256, TRUE));
          return pass_on (self, local_error, error);
        }
      if (!mw_thunderbird_folder_stage_store (self->folder, error))
        return FALSE;
    }

  mw_thunderbird_settings_list_add (self->settings, setting, account, NULL);
  note_change (self, NULL, authority->name);
  return TRUE;
}

static gboolean
need (MwThunderbirdAuthorities  *self,
      const char                *account,
      MwService                 *service,
      GError                   **error)
{
  g_autofree char *setting = g_strconcat (PREFIX, service->anchor, NULL);
  g_autoptr(MwExportAuthority) authority = NULL;
  g_autoptr(GBytes) der = NULL;
  MwAuthorityKind kind = mw_system_authority_find ("", service->anchor, &der);
  MwNssAuthority present;

  if (kind == MW_AUTHORITY_KIND_PUBLIC)
    return TRUE;
  if (!look (self, service->anchor, &present, error))
    return FALSE;
  if (present == MW_NSS_HAS_TRUSTED_AUTHORITY)
    {
      /* Put in for another account; now for this one, too. */
      if (mw_thunderbird_prefs_get_string (self->settings->prefs, setting) != NULL)
        mw_thunderbird_settings_list_add (self->settings, setting, account, NULL);
      return TRUE;
    }

  /* One that is there without trust is somebody's decision. */
  authority = mw_export_authority_new (service->anchor_name, service->anchor,
                                       kind == MW_AUTHORITY_KIND_LOCAL &&
                                       present == MW_NSS_HAS_NO_AUTHORITY);
  if (authority->offered && self->options->trust_authority)
    return put_in (self, setting, account, authority, der, error);
  say_needed (self, g_steal_pointer (&authority));
  return TRUE;
}

/* Whether the authority a server depends on counts: a pin decides alone. */
static gboolean
has_anchor (MwService *service)
{
  return service != NULL && service->anchor != NULL && service->pin == NULL &&
         mw_endpoint_get_security (service->endpoint) != MW_SECURITY_NONE;
}

static gboolean
is_needed_by (MwProfile  *profile,
              const char *sha256)
{
  for (int side = MW_SIDE_INCOMING; profile != NULL && side <= MW_SIDE_OUTGOING; side++)
    {
      MwService *service = mw_profile_get_service (profile, side);

      if (has_anchor (service) && g_strcmp0 (service->anchor, sha256) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Says in @gone whether it could be taken out; a locked store keeps it. */
static gboolean
take_out (MwThunderbirdAuthorities  *self,
          const char                *sha256,
          gboolean                  *gone,
          GError                   **error)
{
  MwNssStore store;
  GError *local_error = NULL;

  if (!self->options->dry_run)
    {
      if (!open_store (self, &store, error))
        return FALSE;
      if (!mw_nss_helper_forget_authority (&store, sha256, &local_error))
        return pass_on (self, local_error, error);
      if (!mw_thunderbird_folder_stage_store (self->folder, error))
        return FALSE;
    }

  *gone = TRUE;
  note_change (self, sha256, NULL);
  return TRUE;
}

/* Strikes out the accounts that need it no more; the last one takes it along. */
static gboolean
release (MwThunderbirdAuthorities  *self,
         const char                *setting,
         const char                *account,
         MwProfile                 *profile,
         GError                   **error)
{
  const char *sha256 = setting + strlen (PREFIX);
  g_auto(GStrv) users = mw_thunderbird_settings_get_list (self->settings, setting);
  g_autoptr(GPtrArray) former = g_ptr_array_new ();
  gboolean is_settled = FALSE;

  for (guint i = 0; users[i] != NULL; i++)
    if (mw_thunderbird_settings_list_has (self->settings, ACCOUNTS, users[i]) &&
        (g_strcmp0 (users[i], account) != 0 || is_needed_by (profile, sha256)))
      is_settled = TRUE;
    else
      g_ptr_array_add (former, users[i]);

  if (!is_settled && !take_out (self, sha256, &is_settled, error))
    return FALSE;
  for (guint i = 0; is_settled && i < former->len; i++)
    mw_thunderbird_settings_list_remove (self->settings, setting, former->pdata[i]);
  return TRUE;
}

gboolean
mw_thunderbird_authorities_apply (MwThunderbirdAuthorities  *self,
                                  const char                *account,
                                  MwProfile                 *profile,
                                  GError                   **error)
{
  g_autoptr(GPtrArray) settings = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail ((account == NULL) == (profile == NULL), FALSE);


  settings = mw_thunderbird_prefs_list (self->settings->prefs, PREFIX);
  for (guint i = 0; i < settings->len; i++)
    if (!release (self, settings->pdata[i], account, profile, error))
      return FALSE;

  for (int side = MW_SIDE_INCOMING; profile != NULL && side <= MW_SIDE_OUTGOING; side++)
    {
      MwService *service = mw_profile_get_service (profile, side);

      if (!has_anchor (service) || self->shares_authorities ||
          (side == MW_SIDE_OUTGOING && has_anchor (profile->incoming) &&
           strcmp (profile->incoming->anchor, service->anchor) == 0))
        continue;
      if (!need (self, account, service, error))
        return FALSE;
    }

  return TRUE;
}
