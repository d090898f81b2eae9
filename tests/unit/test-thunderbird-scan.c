/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "core/mw-error.h"
#include "export/mw-install-scan.h"
#include "export/mw-thunderbird-lock.h"
#include "export/mw-thunderbird-profiles-ini.h"

typedef struct {
  char *home;
  char *root; /* of the system */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->home = g_dir_make_tmp ("mailwright-home-XXXXXX", NULL);
  fixture->root = g_dir_make_tmp ("mailwright-root-XXXXXX", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s' '%s'", fixture->home, fixture->root);

  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (fixture->home);
  g_free (fixture->root);
}

static void
put (const char *base,
     const char *name,
     const char *text)
{
  g_autofree char *path = g_build_filename (base, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_no_errno (g_mkdir_with_parents (folder, 0700));
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static GPtrArray *
look (Fixture    *fixture,
      const char *search_path)
{
  const MwInstallView view = {
    .home = fixture->home,
    .system_root = fixture->root,
    .search_path = search_path,
  };

  return mw_install_scan_thunderbird (&view);
}

/* "id profile version launch" of each target, in lines */
static char *
scan (Fixture *fixture)
{
  g_autoptr(GPtrArray) targets = NULL;
  GString *text = g_string_new (NULL);

  targets = look (fixture, "");
  for (guint i = 0; i < targets->len; i++)
    {
      MwExportTarget *target = targets->pdata[i];
      g_autofree char *launch = target->launch != NULL ? g_strjoinv (" ", target->launch)
                                                       : g_strdup ("-");

      g_string_append_printf (text, "%s|%s|%s|%s\n", target->id,
                              target->profile != NULL ? target->profile : "-",
                              target->version != NULL ? target->version : "-", launch);
    }
  return g_string_free (text, FALSE);
}

static void
check_scan (Fixture    *fixture,
            const char *expected)
{
  g_autofree char *text = scan (fixture);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_nothing (Fixture       *fixture,
              gconstpointer  data)
{
  check_scan (fixture, "");
}

static void
test_never_started (Fixture       *fixture,
                    gconstpointer  data)
{
  put (fixture->root, "usr/lib/thunderbird/application.ini",
       "; a comment\n\n[App]\nVendor=Mozilla\nVersion=153.7.0\n[Gecko]\nMinVersion=1\n");
  put (fixture->root, "var/lib/flatpak/app/org.mozilla.thunderbird/current/x", "");
  put (fixture->home, ".local/share/flatpak/app/org.mozilla.Thunderbird/current/x", "");
  put (fixture->root, "snap/thunderbird/current", "");
  check_scan (fixture,
              "thunderbird|-|153.7.0|thunderbird\n"
              "thunderbird-flatpak|-|-|flatpak run org.mozilla.thunderbird\n"
              "thunderbird-flatpak-old|-|-|flatpak run org.mozilla.Thunderbird\n"
              "thunderbird-snap|-|-|snap run thunderbird\n");
}

static void
test_search_path (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *folder = g_build_filename (fixture->root, "opt", NULL);
  g_autofree char *path = g_build_filename (folder, "thunderbird", NULL);
  g_autofree char *search_path = g_strconcat ("relative:/nonexistent:", folder, NULL);
  g_autoptr(GPtrArray) targets = NULL;

  put (folder, "thunderbird", "#!/bin/sh\n");
  g_assert_no_errno (g_chmod (path, 0755));
  targets = look (fixture, search_path);
  g_assert_cmpuint (targets->len, ==, 1);

  /* A script that starts the Snap is no Thunderbird of its own. */
  put (folder, "thunderbird", "#!/bin/sh\nexec /snap/bin/thunderbird \"$@\"\n");
  g_assert_no_errno (g_chmod (path, 0755));
  g_ptr_array_unref (targets);
  targets = look (fixture, search_path);
  g_assert_cmpuint (targets->len, ==, 0);
}

/* The empty "default" next to the used one is a decoy. */
static void
test_one_profile (Fixture       *fixture,
                  gconstpointer  data)
{
  put (fixture->home, ".thunderbird/profiles.ini",
       "[Profile1]\nName=default\nIsRelative=1\nPath=aaaa.default\nDefault=1\n\n"
       "[Profile0]\nName=default-default\nIsRelative=1\nPath=bbbb.default-default\n\n"
       "[General]\nStartWithLastProfile=1\nVersion=2\n");
  put (fixture->home, ".thunderbird/aaaa.default/times.json", "{}");
  put (fixture->home, ".thunderbird/bbbb.default-default/prefs.js", "");
  put (fixture->home, ".thunderbird/bbbb.default-default/compatibility.ini",
       "[Compatibility]\nLastVersion=153.7.0_20261110162734/20261110162734\n");
  check_scan (fixture, "thunderbird|bbbb.default-default|153.7.0|-\n");
}

static void
test_several_profiles (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autofree char *outside = g_strdup_printf ("[Profile3]\nIsRelative=0\nPath=%s/p\n",
                                              fixture->root);
  g_autofree char *inside = g_strdup_printf ("[Profile4]\nIsRelative=0\nPath=%s/Mail/d\n",
                                             fixture->home);
  g_autofree char *ini = g_strconcat (
    "[Profile0]\nIsRelative=1\nPath=a\nDefault=1\n[Profile1]\nIsRelative=1\nPath=b\n"
    "[Profile2]\nIsRelative=1\nPath=c\n[Profile9]\nIsRelative=1\nPath=gone\n",
    outside, inside,
    "[InstallFDC34C9F024745EB]\nDefault=b\nLocked=1\n[Install0000000000000000]\nDefault=c\n",
    NULL);

  put (fixture->home, ".thunderbird/profiles.ini", ini);
  for (const char *name = "abc"; *name != '\0'; name++)
    {
      char folder[] = ".thunderbird/_/prefs.js";

      *strchr (folder, '_') = *name;
      put (fixture->home, folder, "");
    }
  put (fixture->home, "Mail/d/prefs.js", "");
  put (fixture->root, "p/prefs.js", "");
  check_scan (fixture,
              "thunderbird:b|b|-|-\n"
              "thunderbird:c|c|-|-\n"
              "thunderbird:a|a|-|-\n"
              "thunderbird:d|d|-|-\n"
              "thunderbird:p|p|-|-\n");
}

static void
test_flatpak_profile (Fixture       *fixture,
                      gconstpointer  data)
{
  put (fixture->home, ".var/app/org.mozilla.thunderbird_esr/.thunderbird/profiles.ini",
       "[Profile0]\nIsRelative=1\nPath=x.default\n[InstallBD520B11F73A6B64]\nDefault=x.default\n");
  put (fixture->home, ".var/app/org.mozilla.thunderbird_esr/.thunderbird/x.default/prefs.js", "");
  check_scan (fixture, "thunderbird-flatpak-esr|x.default|-|-\n");
}

static void
test_folder (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *folder = g_build_filename (fixture->home, "somewhere", "prof", NULL);
  g_autoptr(MwExportTarget) target = NULL;

  g_assert_null (mw_install_scan_thunderbird_folder (folder, fixture->home));
  put (folder, "prefs.js", "");
  target = mw_install_scan_thunderbird_folder (folder, fixture->home);
  g_assert_nonnull (target);
  g_assert_cmpstr (target->id, ==, "thunderbird:prof");
  g_assert_cmpstr (target->profile, ==, "prof");
  g_assert_true (g_str_has_suffix (target->data_folder, "/somewhere"));
}

/* Another process holds the old kind of record lock, as Thunderbird does. */
static void
test_lock (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->home, ".parentlock", NULL);
  g_autoptr(GError) error = NULL;
  int to_child[2], from_child[2], folder, lock, status;
  char byte = 'x';
  pid_t child;

  folder = open (fixture->home, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  g_assert_cmpint (folder, >=, 0);
  g_assert_false (mw_thunderbird_lock_is_held (fixture->home));
  g_assert_no_errno (pipe (to_child));
  g_assert_no_errno (pipe (from_child));
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
      int fd = open (path, O_WRONLY | O_CREAT | O_TRUNC, 0666);

      if (fcntl (fd, F_SETLK, &whole) != 0 || write (from_child[1], &byte, 1) != 1 ||
          read (to_child[0], &byte, 1) != 1)
        _exit (1);
      _exit (0);
    }

  g_assert_cmpint (read (from_child[0], &byte, 1), ==, 1);
  g_assert_true (mw_thunderbird_lock_is_held (fixture->home));
  g_assert_cmpint (mw_thunderbird_lock_take (folder, fixture->home, &error), ==, -1);
  g_assert_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_RUNNING);
  g_clear_error (&error);
  g_assert_cmpint (write (to_child[1], &byte, 1), ==, 1);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);

  /* The file is still there, and so would be a stale link: not running. */
  g_assert_false (mw_thunderbird_lock_is_held (fixture->home));
  lock = mw_thunderbird_lock_take (folder, fixture->home, &error);
  g_assert_no_error (error);
  /* Looking must not lose our own. */
  g_assert_true (mw_thunderbird_lock_is_held (fixture->home));
  g_assert_cmpint (mw_thunderbird_lock_take (folder, fixture->home, NULL), ==, -1);
  close (lock);
  g_assert_false (mw_thunderbird_lock_is_held (fixture->home));
  close (folder);
  for (int i = 0; i < 2; i++)
    {
      close (to_child[i]);
      close (from_child[i]);
    }
}

static void
test_profiles_ini (void)
{
  static const char text[] =
    "# mine\n\n[Profile0]\nName=x\nIsRelative=1\nPath=x\nDefault=1\nOdd=1\n\n"
    "[General]\nStartWithLastProfile=0\nVersion=2\n";
  g_autoptr(MwThunderbirdProfilesIni) ini = NULL;
  g_autoptr(MwThunderbirdProfilesIni) empty = NULL;
  g_autoptr(MwThunderbirdProfilesIni) damaged = NULL;
  g_autofree char *data = NULL;
  g_autofree char *first = NULL;
  g_autoptr(GError) error = NULL;
  gsize size;

  ini = mw_thunderbird_profiles_ini_parse (text, strlen (text), "/home/jan/.thunderbird", &error);
  g_assert_no_error (error);
  data = mw_thunderbird_profiles_ini_add (ini, "abcd.mailwright", &size);
  g_assert_cmpstr (data, ==,
                   "# mine\n\n[Profile0]\nName=x\nIsRelative=1\nPath=x\nOdd=1\n\n"
                   "[General]\nStartWithLastProfile=0\nVersion=2\n\n"
                   "[Profile1]\nName=default-mailwright\nIsRelative=1\nPath=abcd.mailwright\n"
                   "Default=1\n");

  empty = mw_thunderbird_profiles_ini_parse (NULL, 0, "/home/jan/.thunderbird", &error);
  g_assert_no_error (error);
  first = mw_thunderbird_profiles_ini_add (empty, "abcd.mailwright", &size);
  g_assert_cmpstr (first, ==,
                   "[Profile0]\nName=default\nIsRelative=1\nPath=abcd.mailwright\nDefault=1\n\n"
                   "[General]\nStartWithLastProfile=1\nVersion=2\n");

  damaged = mw_thunderbird_profiles_ini_parse ("\0\0\0\0", 4, "/home/jan/.thunderbird", &error);
  g_assert_null (damaged);
  g_assert_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_DAMAGED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) \
  g_test_add ("/thunderbird-scan/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("nothing", test_nothing);
  ADD ("never-started", test_never_started);
  ADD ("search-path", test_search_path);
  ADD ("one-profile", test_one_profile);
  ADD ("several-profiles", test_several_profiles);
  ADD ("flatpak-profile", test_flatpak_profile);
  ADD ("folder", test_folder);
  ADD ("lock", test_lock);
#undef ADD
  g_test_add_func ("/thunderbird-scan/profiles-ini", test_profiles_ini);
  return g_test_run ();
}
