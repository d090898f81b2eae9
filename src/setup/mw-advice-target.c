/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-advice-target.h"

#include <string.h>

#include <glib/gi18n.h>

#include "core/mw-foreign-words.h"
#include "export/mw-document-path.h"

#define MAX_CHARS 80
#define MAX_CHARS_OF_PATH 1000

/* "~/.thunderbird"; for Flatpak, too, which puts in the home folder itself. Of a
 * folder that was chosen only its name is known in a sandbox. */
static char *
shorten_folder (const char *folder)
{
  const char *home = g_get_home_dir ();
  const char *inner = mw_document_path_find_inner (g_get_user_runtime_dir (), folder);
  gsize length = strlen (home);

  if (inner != NULL)
    return g_strdup (inner);
  if (strncmp (folder, home, length) == 0 && folder[length] == '/')
    return g_strconcat ("~", folder + length, NULL);
  return g_strdup (folder);
}

/* What was found without its program is said to be without one, except from
 * inside the sandbox, where programs cannot be seen. */
static const char *
describe_packaging (MwExportTarget *target)
{
  gboolean missing = !target->is_installed && !target->from_sandbox;

  switch (target->packaging)
    {
    case MW_PACKAGING_FLATPAK:
      return missing ? _("Flatpak, the program itself was not found") : _("Flatpak");
    case MW_PACKAGING_SNAP:
      return missing ? _("Snap, the program itself was not found") : _("Snap");
    case MW_PACKAGING_MANUAL:
      /* Translators: how a mail program was installed: from an archive, not with
       * a package manager. */
      return _("Installed by hand");
    case MW_PACKAGING_DISTRO:
    default:
      if (missing)
        return _("The program itself was not found");
      /* Translators: how a mail program was installed: as a package of the Linux
       * distribution. */
      return target->is_installed ? _("From the distribution") : NULL;
    }
}

/* "thunderbird:FOLDER", or a path, when there are more. */
static gboolean
is_one_of_several (MwExportTarget *target)
{
  return strpbrk (target->id, ":/") != NULL;
}

static char *
describe_profile (MwExportTarget *target)
{
  const char *name = target->profile_name != NULL ? target->profile_name : target->profile;
  g_autofree char *clean = NULL;

  if (name == NULL || !is_one_of_several (target))
    return NULL;
  clean = mw_foreign_words_clean (name, MAX_CHARS);
  if (target->is_default)
    /* Translators: %s is the name of a profile of Thunderbird. */
    return g_strdup_printf (_("Profile “%s”, the usual one"), clean);
  /* Translators: %s is the name of a profile of Thunderbird. */
  return g_strdup_printf (_("Profile “%s”"), clean);
}

/* Folders have names that others gave. */
char *
mw_advice_show_folder (const char *folder)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (folder != NULL, NULL);

  name = shorten_folder (folder);
  return mw_foreign_words_clean (name, MAX_CHARS_OF_PATH);
}

char *
mw_advice_describe_target (MwExportTarget *target)
{
  g_autoptr(GStrvBuilder) parts = g_strv_builder_new ();
  g_autofree char *version = NULL;
  g_autofree char *profile = NULL;
  g_auto(GStrv) words = NULL;
  const char *packaging;

  g_return_val_if_fail (target != NULL, NULL);

  packaging = describe_packaging (target);
  profile = describe_profile (target);
  if (packaging != NULL)
    g_strv_builder_add (parts, packaging);
  if (target->version != NULL)
    {
      g_autofree char *clean = mw_foreign_words_clean (target->version, MAX_CHARS);

      /* Translators: %s is the version of a program, such as 128.5.0. */
      version = g_strdup_printf (_("Version %s"), clean);
      g_strv_builder_add (parts, version);
    }
  if (profile != NULL)
    g_strv_builder_add (parts, profile);
  if (target->running)
    /* Translators: said of a mail program. */
    g_strv_builder_add (parts, _("Running"));

  words = g_strv_builder_end (parts);
  return g_strjoinv (" · ", words);
}

static char *
describe_unusual_place (MwExportTarget *target,
                        const char     *place)
{
  g_autofree char *path = g_build_filename (target->data_folder, target->profile, NULL);

  if (g_strcmp0 (path, target->place) == 0)
    /* Translators: %s is a folder. */
    return g_strdup_printf (_("The folder %s lies outside of your home folder or belongs to "
                              "somebody else. It is used only after you said yes to that."), place);

  /* Translators: %s is a folder. */
  return g_strdup_printf (_("The folder is reached over a link and is really %s. It is used only "
                            "after you said yes to that."), place);
}

/* What is different from what the person may expect. */
static char *
describe_evolution (MwExportTarget *target)
{
  if (target->client != MW_MAIL_CLIENT_EVOLUTION)
    return NULL;
  if (target->packaging == MW_PACKAGING_FLATPAK)
    return g_strdup (_("As a Flatpak, Evolution keeps passwords where no other program can put "
                       "them: it will ask for the password itself."));
  /* There the settings of Evolution cannot be reached. */
  if (target->from_sandbox)
    return g_strdup (_("Which account is the default one can only be chosen in Evolution."));
  return NULL;
}

char *
mw_advice_describe_target_access (MwExportTarget *target)
{
  g_autofree char *place = NULL;

  g_return_val_if_fail (target != NULL, NULL);

  place = mw_advice_show_folder (target->place != NULL ? target->place : target->data_folder);
  switch (target->access)
    {
    case MW_TARGET_ACCESS_UNUSUAL_PLACE:
      return describe_unusual_place (target, place);
    case MW_TARGET_ACCESS_UNSAFE:
      /* Translators: %s is a folder. */
      return g_strdup_printf (_("Other users of this computer can write into the folder %s. Take "
                                "that permission away first."), place);
    case MW_TARGET_ACCESS_UNREADABLE:
      /* Translators: %s is a file or a folder. */
      return g_strdup_printf (_("%s cannot be opened. Check that it is yours, and that the disk it "
                                "lies on is connected."), place);
    case MW_TARGET_ACCESS_READ_ONLY:
      /* Translators: %s is a folder. */
      return g_strdup_printf (_("Nothing can be written into the folder %s."), place);
    case MW_TARGET_ACCESS_DAMAGED:
      /* Translators: %s is a file. */
      return g_strdup_printf (_("The list of profiles, %s, is damaged. Nobody can tell which "
                                "profile the program uses."), place);
    case MW_TARGET_ACCESS_NOT_GRANTED:
      /* Translators: %s is a folder. A Flatpak sees only the folders it was allowed to see. */
      return g_strdup_printf (_("Mailwright may not look into the folder %s. If this program is on "
                                "this computer, run the command, then start Mailwright again:"),
                              place);
    case MW_TARGET_ACCESS_NO_SERVICE:
      return g_strdup (_("The service that keeps Evolution’s accounts cannot be reached. It "
                         "belongs to the desktop session."));
    case MW_TARGET_ACCESS_OK:
    default:
      return describe_evolution (target);
    }
}

char *
mw_advice_dup_target_command (MwExportTarget *target)
{
  g_autofree char *folder = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *quoted = NULL;
  gsize plain;

  g_return_val_if_fail (target != NULL, NULL);

  if (target->access != MW_TARGET_ACCESS_NOT_GRANTED)
    return NULL;

  folder = shorten_folder (target->place != NULL ? target->place : target->data_folder);
  shown = mw_advice_show_folder (folder);
  /* What looks different from what it is, is not for copying. */
  if (strcmp (folder, shown) != 0)
    return NULL;

  plain = strspn (folder, "~/._-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
  quoted = folder[plain] == '\0' ? g_strdup (folder) : g_shell_quote (folder);
  return g_strconcat ("flatpak override --user --filesystem=", quoted, " " APPLICATION_ID, NULL);
}

gboolean
mw_advice_can_use_target (MwExportTarget *target)
{
  g_return_val_if_fail (target != NULL, FALSE);

  return target->access == MW_TARGET_ACCESS_OK ||
         target->access == MW_TARGET_ACCESS_UNUSUAL_PLACE;
}
