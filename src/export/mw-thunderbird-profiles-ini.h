/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MwThunderbirdProfileEntry:
 *
 * One profile of a `profiles.ini`.
 */
typedef struct {
  char     *folder;     /* absolute */
  char     *name;       /* what people call it; may be NULL */
  gboolean  is_default; /* Default=1 */
} MwThunderbirdProfileEntry;

/**
 * MwThunderbirdProfilesIni:
 *
 * What a `profiles.ini` says.
 */
typedef struct {
  char       *root;         /* the folder it lies in */
  GPtrArray  *profiles;     /* element MwThunderbirdProfileEntry */
  GHashTable *installs;     /* hash → absolute folder of the profile it starts */
  GKeyFile   *file;
} MwThunderbirdProfilesIni;

/**
 * mw_thunderbird_profiles_ini_parse:
 * @data: the file; may be empty
 * @size: its size
 * @root: the folder it lies in
 * @error: return location for %MW_EXPORT_ERROR_DAMAGED
 *
 * Returns: (transfer full) (nullable): its contents
 */
MwThunderbirdProfilesIni *mw_thunderbird_profiles_ini_parse (const char *data,
                                                             gsize       size,
                                                             const char *root,
                                                             GError    **error);
void                      mw_thunderbird_profiles_ini_free  (MwThunderbirdProfilesIni *self);

/**
 * mw_thunderbird_profiles_ini_add:
 * @folder_name: name of a profile folder beside the file
 *
 * Returns: (transfer full): the file with that profile, which is the default
 */
char                     *mw_thunderbird_profiles_ini_add   (MwThunderbirdProfilesIni *self,
                                                             const char *folder_name,
                                                             gsize      *size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwThunderbirdProfilesIni, mw_thunderbird_profiles_ini_free)

G_END_DECLS
