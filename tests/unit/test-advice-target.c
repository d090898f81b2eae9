/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "setup/mw-advice-target.h"

/* A mail program as it was found, and the words for it. */
static const struct {
  const char  *id;
  MwPackaging  packaging;
  gboolean     is_installed;
  const char  *version;
  const char  *profile;
  const char  *profile_name;
  gboolean     is_default;
  gboolean     running;
  gboolean     from_sandbox;
  const char  *words;
} lines[] = {
  { .id = "thunderbird", .packaging = MW_PACKAGING_DISTRO, .is_installed = TRUE,
    .version = "153.7.0", .profile = "x.default", .is_default = TRUE, .running = TRUE,
    .words = "From the distribution · Version 153.7.0 · Running" },
  { .id = "thunderbird:x.default", .packaging = MW_PACKAGING_DISTRO, .is_installed = TRUE,
    .profile = "x.default", .profile_name = "Work",
    .words = "From the distribution · Profile “Work”" },
  { .id = "thunderbird:x.default", .packaging = MW_PACKAGING_MANUAL, .is_installed = TRUE,
    .profile = "x.default", .is_default = TRUE,
    .words = "Installed by hand · Profile “x.default”, the usual one" },
  { .id = "/home/x", .packaging = MW_PACKAGING_DISTRO, .profile = "x",
    .profile_name = "a\nb\xe2\x80\xae" "c",
    .words = "The program itself was not found · Profile “a bc”" },
  { .id = "thunderbird-flatpak", .packaging = MW_PACKAGING_FLATPAK, .is_installed = TRUE,
    .words = "Flatpak" },
  { .id = "thunderbird-snap", .packaging = MW_PACKAGING_SNAP,
    .words = "Snap, the program itself was not found" },
  { .id = "thunderbird-snap", .packaging = MW_PACKAGING_SNAP, .from_sandbox = TRUE,
    .words = "Snap" },
  { .id = "thunderbird", .packaging = MW_PACKAGING_DISTRO, .from_sandbox = TRUE,
    .words = "" },
};

static void
test_lines (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      MwExportTarget target = {
        .id = (char *) lines[i].id,
        .client = MW_MAIL_CLIENT_THUNDERBIRD,
        .packaging = lines[i].packaging,
        .is_installed = lines[i].is_installed,
        .version = (char *) lines[i].version,
        .profile = (char *) lines[i].profile,
        .profile_name = (char *) lines[i].profile_name,
        .is_default = lines[i].is_default,
        .running = lines[i].running,
        .from_sandbox = lines[i].from_sandbox,
      };
      g_autofree char *words = mw_advice_describe_target (&target);

      g_assert_cmpstr (words, ==, lines[i].words);
    }
}

/* Why it cannot be used; part of the sentence. */
static const struct {
  MwTargetAccess  access;
  const char     *place;
  gboolean        usable;
  const char     *part;     /* NULL: nothing is said */
} reasons[] = {
  { MW_TARGET_ACCESS_OK, NULL, TRUE, NULL },
  { MW_TARGET_ACCESS_UNUSUAL_PLACE, "/srv/mail/p", TRUE, "over a link and is really /srv/mail/p" },
  { MW_TARGET_ACCESS_UNUSUAL_PLACE, "/data/p", TRUE, "/data/p lies outside of your home" },
  { MW_TARGET_ACCESS_UNSAFE, "/data/p", FALSE, "Other users of this computer" },
  { MW_TARGET_ACCESS_UNREADABLE, "/data/p", FALSE, "/data/p cannot be opened" },
  { MW_TARGET_ACCESS_READ_ONLY, NULL, FALSE, "into the folder /data" },
  { MW_TARGET_ACCESS_DAMAGED, "/data/profiles.ini", FALSE, "/data/profiles.ini, is damaged" },
  { MW_TARGET_ACCESS_NOT_GRANTED, "/data/p", FALSE, "may not look into the folder /data/p" },
  { MW_TARGET_ACCESS_NO_SERVICE, NULL, FALSE, "service" },
};

static void
test_reasons (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      MwExportTarget target = {
        .id = (char *) "thunderbird",
        .client = MW_MAIL_CLIENT_THUNDERBIRD,
        .data_folder = (char *) "/data",
        .profile = (char *) "p",
        .access = reasons[i].access,
        .place = (char *) reasons[i].place,
      };
      g_autofree char *text = mw_advice_describe_target_access (&target);
      g_autofree char *command = mw_advice_dup_target_command (&target);

      g_assert_cmpint (mw_advice_can_use_target (&target), ==, reasons[i].usable);
      g_assert_cmpint (text != NULL, ==, reasons[i].part != NULL);
      if (text != NULL)
        g_assert_nonnull (strstr (text, reasons[i].part));
      g_assert_cmpint (command != NULL, ==, target.access == MW_TARGET_ACCESS_NOT_GRANTED);
    }
}

static void
test_commands (void)
{
  g_autofree char *home = g_build_filename (g_get_home_dir (), ".var/app/x/.thunderbird", NULL);
  const struct {
    const char *folder;
    const char *argument; /* NULL: no command */
  } rows[] = {
    { home, "~/.var/app/x/.thunderbird" },
    { "/data/with space", "'/data/with space'" },
    { "/data/$(x)", "'/data/$(x)'" },
    { "/data/two\nlines", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MwExportTarget target = {
        .id = (char *) "thunderbird-flatpak",
        .data_folder = (char *) rows[i].folder,
        .access = MW_TARGET_ACCESS_NOT_GRANTED,
      };
      g_autofree char *command = mw_advice_dup_target_command (&target);
      g_autofree char *expected = NULL;

      if (rows[i].argument != NULL)
        expected = g_strdup_printf ("flatpak override --user --filesystem=%s " APPLICATION_ID,
                                    rows[i].argument);
      g_assert_cmpstr (command, ==, expected);
    }
}

/* From one Evolution to the next it differs what can be promised. */
static void
test_evolution (void)
{
  MwExportTarget target = {
    .id = (char *) "evolution",
    .client = MW_MAIL_CLIENT_EVOLUTION,
    .packaging = MW_PACKAGING_DISTRO,
    .data_folder = (char *) "/data",
  };
  g_autofree char *plain = mw_advice_describe_target_access (&target);
  g_autofree char *inside = NULL;
  g_autofree char *flatpak = NULL;

  g_assert_null (plain);
  target.from_sandbox = TRUE;
  inside = mw_advice_describe_target_access (&target);
  g_assert_nonnull (strstr (inside, "default"));
  target.packaging = MW_PACKAGING_FLATPAK;
  flatpak = mw_advice_describe_target_access (&target);
  g_assert_nonnull (strstr (flatpak, "ask for the password itself"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/advice-target/lines", test_lines);
  g_test_add_func ("/advice-target/reasons", test_reasons);
  g_test_add_func ("/advice-target/commands", test_commands);
  g_test_add_func ("/advice-target/evolution", test_evolution);
  return g_test_run ();
}
