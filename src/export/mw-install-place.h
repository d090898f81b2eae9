/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-export-target.h"

G_BEGIN_DECLS

/**
 * MwInstallView:
 * @home: the person's home folder
 * @system_root: the root of the file system, `/` but in tests
 * @search_path: (nullable): folders with programs, as in PATH
 * @config_home: (nullable): what programs use instead of `~/.config`
 * @choices: (nullable): the file that says which folders the person chose for
 *   what the sandbox hides
 *
 * What is looked at when programs are searched for.
 */
typedef struct {
  const char *home;
  const char *system_root;
  const char *search_path;
  const char *config_home;
  const char *choices;
} MwInstallView;

/**
 * MwInstallProgram:
 *
 * A program that keeps its data as Thunderbird does.
 */
typedef struct {
  const char *name;         /* as people call it */
  const char *command;      /* looked for in PATH, and the name of its icon; may be NULL */
  const char *folders[5];   /* below the system's root */
} MwInstallProgram;

/**
 * MwInstallPlace:
 *
 * A way such programs are installed, and where they then keep their profiles.
 */
typedef struct {
  const char        *id;
  MwPackaging        packaging;
  const char        *root;          /* of the profiles, below the home folder */
  MwInstallProgram   programs[2];   /* who shares this root; the last may be empty */
  const char        *home_install;  /* a folder below the home folder; may be NULL */
  const char        *inner_folder;  /* what a sandboxed one calls its folder; may be NULL */
  const char        *launch[4];     /* NULL: the command */
} MwInstallPlace;

/**
 * MwInstallation:
 *
 * A program that is there.
 */
typedef struct {
  const char  *program;     /* its name */
  MwPackaging  packaging;
  char        *hash;        /* of its folder, as profiles.ini has it; may be NULL */
  char        *version;     /* may be NULL */
  char       **launch;      /* argv */
} MwInstallation;

/**
 * mw_install_places:
 * @n_places: (out): how many
 *
 * Returns: (transfer none): where to look
 */
const MwInstallPlace *mw_install_places        (gsize                *n_places);

/**
 * mw_install_place_find:
 *
 * Reads files; runs nothing.
 *
 * Returns: (transfer full) (element-type MwInstallation): which of its
 *   programs are there
 */
GPtrArray            *mw_install_place_find    (const MwInstallPlace *place,
                                                const MwInstallView  *view);

/**
 * mw_install_place_find_outside:
 *
 * The same from inside our own Flatpak, where programs cannot be seen, but
 * their icons.
 *
 * Returns: (transfer full) (element-type MwInstallation): which of its
 *   programs are there
 */
GPtrArray            *mw_install_place_find_outside (const MwInstallPlace *place,
                                                     const MwInstallView  *view);

/**
 * mw_install_place_has_hash:
 * @hash: of an installation, as profiles.ini has it
 *
 * Returns: whether this is an installation such a place usually has
 */
gboolean              mw_install_place_has_hash (const MwInstallPlace *place,
                                                 const char           *hash);

/**
 * mw_install_read_file:
 * @path: an absolute path
 * @size: (out) (optional): in bytes
 * @error: return location for a #GFileError
 *
 * Reads a small file that others wrote. Waits for nobody.
 *
 * Returns: (transfer full) (nullable): what is in it
 */
char                 *mw_install_read_file     (const char           *path,
                                                gsize                *size,
                                                GError              **error);

/**
 * mw_install_read_value:
 * @path: an absolute path
 * @key: what a line starts with, "Version="
 *
 * Reads a number with dots, "153.7.0" out of "LastVersion=153.7.0_2026/2026".
 * Not with #GKeyFile: such files have comments that it does not take.
 *
 * Returns: (transfer full) (nullable): the number
 */
char                 *mw_install_read_value    (const char           *path,
                                                const char           *key);

G_END_DECLS
