/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "core/mw-error.h"
#include "export/mw-folder-access.h"
#include "export/mw-install-scan.h"
#include "export/mw-sandbox.h"
#include "export/mw-thunderbird-install-hash.h"
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
  g_autofree char *closed = g_strdup_printf ("chmod -R u+rwX '%s'", fixture->home);

  g_assert_true (g_spawn_command_line_sync (closed, NULL, NULL, NULL, NULL));

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

/* --- file systems without locks --- */

/* What asking for a lock answers instead; 0 to ask the system. */
static int lock_answer;

/* In place of the C library's, for the library under test, too. */
int
fcntl (int fd,
       int command,
       ...)
{
  va_list arguments;
  void *argument;

  va_start (arguments, command);
  argument = va_arg (arguments, void *);
  va_end (arguments);
  if (lock_answer != 0 && command == F_OFD_SETLK)
    {
      errno = lock_answer;
      return -1;
    }
  return syscall (SYS_fcntl, fd, command, argument);
}

static void
test_no_locks (Fixture       *fixture,
               gconstpointer  data)
{
  static const int answers[] = { ENOLCK, EOPNOTSUPP, EACCES };
  g_autofree char *path = g_build_filename (fixture->home, ".parentlock", NULL);
  int folder = open (fixture->home, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr(GError) error = NULL;

      lock_answer = answers[i];
      g_assert_cmpint (mw_thunderbird_lock_take (folder, fixture->home, &error), ==, -1);
      lock_answer = 0;
      g_assert_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_NO_LOCK);
      /* Nothing is left behind, */
      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    }

  /* and what was there stays. */
  put (fixture->home, ".parentlock", "");
  lock_answer = ENOLCK;
  g_assert_cmpint (mw_thunderbird_lock_take (folder, fixture->home, NULL), ==, -1);
  lock_answer = 0;
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  close (folder);
}

/* --- places and what is wrong with them --- */

/* "id program packaging access" of each target, in lines. */
static void
check_access (Fixture    *fixture,
              const char *search_path,
              const char *expected)
{
  g_autoptr(GPtrArray) targets = look (fixture, search_path);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < targets->len; i++)
    {
      MwExportTarget *target = targets->pdata[i];

      g_string_append_printf (text, "%s|%s|%s|%s%s\n", target->id, target->program,
                              mw_enum_to_nick (MW_TYPE_PACKAGING, target->packaging),
                              mw_enum_to_nick (MW_TYPE_TARGET_ACCESS, target->access),
                              target->is_default ? "|default" : "");
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
put_profile (Fixture    *fixture,
             const char *root,
             const char *more)
{
  g_autofree char *ini = g_strconcat (root, "/profiles.ini", NULL);
  g_autofree char *prefs = g_strconcat (root, "/p/prefs.js", NULL);
  g_autofree char *text = g_strconcat ("[Profile0]\nName=Post\nIsRelative=1\nPath=p\n", more, NULL);

  put (fixture->home, ini, text);
  put (fixture->home, prefs, "");
}

static void
test_betterbird (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *bin = g_build_filename (fixture->root, "home", "bin", NULL);
  g_autofree char *link = g_build_filename (bin, "betterbird", NULL);
  g_autofree char *program = g_build_filename (fixture->root, "home/betterbird/betterbird", NULL);
  g_autofree char *hash = NULL;
  g_autofree char *more = NULL;
  g_autoptr(GPtrArray) targets = NULL;
  MwExportTarget *target;

  /* Unpacked by hand, and the command a link to it. */
  put (fixture->root, "home/betterbird/application.ini", "[App]\nVersion=140.3.1\n");
  put (fixture->root, "home/betterbird/betterbird", "");
  g_assert_no_errno (g_mkdir_with_parents (bin, 0700));
  g_assert_no_errno (symlink ("../betterbird/betterbird", link));
  check_access (fixture, bin, "");
  g_assert_no_errno (g_chmod (program, 0755));
  check_access (fixture, bin, "thunderbird|Betterbird|manual|ok\n");
  targets = look (fixture, bin);
  target = targets->pdata[0];
  g_assert_cmpstr (target->version, ==, "140.3.1");
  g_assert_cmpstr (target->launch[0], ==, "betterbird");

  /* Without a command it is started where it lies. */
  put (fixture->root, "opt/betterbird/application.ini", "[App]\nVersion=140.3.1\n");
  g_ptr_array_unref (targets);
  targets = look (fixture, "");
  target = targets->pdata[0];
  g_assert_cmpstr (target->launch[0], ==, "/opt/betterbird/betterbird");

  /* Both share a folder; who starts which profile says the installation. */
  put (fixture->root, "usr/lib/thunderbird/application.ini", "Version=153.7.0\n");
  put (fixture->root, "usr/lib/betterbird/application.ini", "Version=140.3.1\n");
  hash = mw_thunderbird_install_hash ("/usr/lib/betterbird");
  more = g_strconcat ("[Profile1]\nName=Other\nIsRelative=1\nPath=q\nDefault=1\n"
                      "[InstallFDC34C9F024745EB]\nDefault=q\n[Install", hash, "]\nDefault=p\n",
                      NULL);
  put_profile (fixture, ".thunderbird", more);
  put (fixture->home, ".thunderbird/q/prefs.js", "");
  check_access (fixture, "",
                "thunderbird:p|Betterbird|distro|ok|default\n"
                "thunderbird:q|Thunderbird|distro|ok|default\n");

  put (fixture->home, ".var/app/eu.betterbird.Betterbird/.thunderbird/profiles.ini",
       "[Profile0]\nIsRelative=1\nPath=x\n");
  put (fixture->home, ".var/app/eu.betterbird.Betterbird/.thunderbird/x/prefs.js", "");
  check_access (fixture, "",
                "thunderbird:p|Betterbird|distro|ok|default\n"
                "thunderbird:q|Thunderbird|distro|ok|default\n"
                "thunderbird-flatpak-betterbird|Betterbird|flatpak|ok|default\n");
}

static void
test_versions (Fixture       *fixture,
               gconstpointer  data)
{
  put (fixture->root, "var/lib/flatpak/app/org.mozilla.thunderbird/current/active/files/lib/"
                      "thunderbird/application.ini", "Version=157.0\n");
  put (fixture->root, "snap/thunderbird/current/meta/snap.yaml",
       "name: thunderbird\nversion: '153.7.0esr-1'\n");
  check_scan (fixture,
              "thunderbird-flatpak|-|157.0|flatpak run org.mozilla.thunderbird\n"
              "thunderbird-snap|-|153.7.0|snap run thunderbird\n");
}

static void
break_root (Fixture    *fixture,
            const char *how)
{
  g_autofree char *root = g_build_filename (fixture->home, ".thunderbird", NULL);
  g_autofree char *profile = g_build_filename (root, "p", NULL);
  g_autofree char *ini = g_build_filename (root, "profiles.ini", NULL);
  g_autofree char *moved = g_build_filename (fixture->home, "moved", NULL);

  put_profile (fixture, ".thunderbird", "");
  g_chmod (root, 0700);
  g_chmod (profile, 0700);
  if (g_str_equal (how, "root closed"))
    g_assert_no_errno (g_chmod (root, 0));
  else if (g_str_equal (how, "list closed"))
    g_assert_no_errno (g_chmod (ini, 0));
  else if (g_str_equal (how, "list damaged"))
    put (fixture->home, ".thunderbird/profiles.ini", "[Profile0\nName");
  else if (g_str_equal (how, "list is a pipe"))
    g_assert_no_errno (unlink (ini) == 0 ? mkfifo (ini, 0600) : -1);
  else if (g_str_equal (how, "profile closed"))
    g_assert_no_errno (g_chmod (profile, 0));
  else if (g_str_equal (how, "profile read-only"))
    g_assert_no_errno (g_chmod (profile, 0500));
  else if (g_str_equal (how, "root read-only"))
    g_assert_no_errno (g_chmod (root, 0500));
  else if (g_str_equal (how, "open to all"))
    g_assert_no_errno (g_chmod (profile, 0707));
  else if (g_str_equal (how, "profile is gone"))
    g_assert_no_errno (g_rename (profile, moved));
  else if (g_str_equal (how, "profile is a link"))
    g_assert_no_errno (g_rename (profile, moved) == 0 ? symlink (moved, profile) : -1);
  else if (g_str_equal (how, "profile is a dead link"))
    g_assert_no_errno (g_rename (profile, moved) == 0 ? symlink ("/nonexistent", profile) : -1);
  else if (g_str_equal (how, "root is a link"))
    g_assert_no_errno (g_rename (root, moved) == 0 ? symlink (moved, root) : -1);
  else if (g_str_equal (how, "link to what is open"))
    {
      g_assert_no_errno (g_chmod (profile, 0707));
      g_assert_no_errno (g_rename (profile, moved) == 0 ? symlink (moved, profile) : -1);
    }
  else if (g_str_equal (how, "somebody else's"))
    g_assert_no_errno (chown (profile, 12345, getegid ()));
}

static void
test_access (Fixture       *fixture,
             gconstpointer  data)
{
  static const struct {
    const char *how;
    const char *access;  /* "" = nothing is found */
    const char *place;   /* below the home folder */
  } rows[] = {
    { "as it should be", "ok|default", NULL },
    { "root closed", "unreadable", ".thunderbird" },
    { "list closed", "unreadable", ".thunderbird/profiles.ini" },
    { "list damaged", "damaged", ".thunderbird/profiles.ini" },
    { "list is a pipe", "unreadable", ".thunderbird/profiles.ini" },
    { "profile closed", "unreadable|default", ".thunderbird/p" },
    { "profile read-only", "read-only|default", ".thunderbird/p" },
    { "root read-only", "read-only|default", ".thunderbird" },
    { "open to all", "unsafe|default", ".thunderbird/p" },
    { "profile is gone", "", NULL },
    { "profile is a link", "unusual-place|default", "moved" },
    { "profile is a dead link", "unreadable|default", ".thunderbird/p" },
    { "root is a link", "unusual-place|default", "moved/p" },
    { "link to what is open", "unsafe|default", "moved" },
    { "somebody else's", "unusual-place|default", ".thunderbird/p" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *expected = NULL;
      g_autoptr(GPtrArray) targets = NULL;

      if (g_str_equal (rows[i].how, "somebody else's") && geteuid () != 0)
        continue;
      g_test_message ("%s", rows[i].how);
      tear_down (fixture, NULL);
      set_up (fixture, NULL);
      break_root (fixture, rows[i].how);
      if (*rows[i].access != '\0')
        expected = g_strconcat ("thunderbird|Thunderbird|distro|", rows[i].access, "\n", NULL);
      check_access (fixture, "", expected != NULL ? expected : "");

      targets = look (fixture, "");
      if (targets->len > 0)
        {
          MwExportTarget *target = targets->pdata[0];
          g_autofree char *place = rows[i].place != NULL
                                     ? g_build_filename (fixture->home, rows[i].place, NULL) : NULL;

          g_assert_cmpstr (target->place, ==, place);
        }
    }
}

static void
test_other_roots (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *config = g_build_filename (fixture->root, "config", NULL);
  g_autofree char *link = g_build_filename (fixture->home, ".thunderbird", NULL);
  g_autoptr(GPtrArray) targets = NULL;
  MwInstallView view = { .home = fixture->home, .system_root = fixture->root };

  put_profile (fixture, ".icedove", "");
  check_access (fixture, "", "thunderbird|Thunderbird|distro|ok|default\n");
  /* What the package's start script makes of it; it is one and the same. */
  g_assert_no_errno (symlink (".icedove", link));
  check_access (fixture, "", "thunderbird|Thunderbird|distro|unusual-place|default\n");
  g_assert_no_errno (unlink (link));

  put_profile (fixture, ".config/thunderbird", "");
  targets = look (fixture, "");
  g_assert_cmpuint (targets->len, ==, 2);
  /* The folders have the same name, the targets must not. */
  g_assert_cmpstr (((MwExportTarget *) targets->pdata[0])->id, ==, "thunderbird:p");
  g_assert_cmpstr (((MwExportTarget *) targets->pdata[1])->profile_name, ==, "Post");
  g_assert_true (g_path_is_absolute (((MwExportTarget *) targets->pdata[1])->id));

  put (fixture->root, "config/thunderbird/profiles.ini", "[Profile0]\nIsRelative=1\nPath=later\n");
  put (fixture->root, "config/thunderbird/later/prefs.js", "");
  view.config_home = config;
  g_ptr_array_unref (targets);
  targets = mw_install_scan_thunderbird (&view);
  g_assert_cmpuint (targets->len, ==, 2);
}

static void
test_sandbox (Fixture       *fixture,
              gconstpointer  data)
{
  static const struct {
    const char *filesystems;
    const char *path;
    gboolean    granted;
  } rows[] = {
    { "~/.thunderbird:create;", ".thunderbird", TRUE },
    { "~/.thunderbird:create;", ".thunderbird/x.default", TRUE },
    { "~/.thunderbird:create;", ".thunderbirds", FALSE },
    { "~/.thunderbird:create;", ".config/evolution", FALSE },
    { "xdg-config/evolution:ro;", ".config/evolution", TRUE },
    { "xdg-data/camel_certs;", ".local/share/camel_certs", TRUE },
    { "home;", "snap/thunderbird", TRUE },
    { "home;!~/snap;", "snap/thunderbird", FALSE },
    { "!~/snap;home;", "snap/thunderbird", FALSE },
    { "host;", ".thunderbird", TRUE },
    { "xdg-download;/srv;", ".thunderbird", FALSE },
    { "", ".thunderbird", FALSE },
  };

  g_assert_null (mw_sandbox_find (fixture->root, fixture->home));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *info = g_strdup_printf ("[Application]\nname=x\n[Context]\nshared=ipc;\n"
                                               "filesystems=%s\n", rows[i].filesystems);
      g_autofree char *path = g_build_filename (fixture->home, rows[i].path, NULL);
      g_autoptr(MwSandbox) sandbox = NULL;

      g_test_message ("%s %s", rows[i].filesystems, rows[i].path);
      put (fixture->root, ".flatpak-info", info);
      sandbox = mw_sandbox_find (fixture->root, fixture->home);
      g_assert_nonnull (sandbox);
      g_assert_cmpint (mw_sandbox_is_granted (sandbox, path), ==, rows[i].granted);
    }
}

/* Programs cannot be seen from inside, and a folder that is there proves
 * nothing. */
static void
test_inside (Fixture       *fixture,
             gconstpointer  data)
{
  static const char hidden[] =
    "thunderbird-flatpak|Thunderbird|flatpak|not-granted\n"
    "thunderbird-flatpak-esr|Thunderbird|flatpak|not-granted\n"
    "thunderbird-flatpak-old|Thunderbird|flatpak|not-granted\n"
    "thunderbird-flatpak-betterbird|Betterbird|flatpak|not-granted\n"
    "thunderbird-snap|Thunderbird|snap|not-granted\n";
  g_autofree char *with_icon = g_strconcat ("thunderbird|Thunderbird|distro|ok\n", hidden, NULL);
  g_autofree char *with_profile = g_strconcat ("thunderbird|Thunderbird|distro|ok|default\n",
                                               hidden, NULL);
  g_autoptr(GPtrArray) targets = NULL;
  MwExportTarget *target;

  put (fixture->root, ".flatpak-info", "[Context]\nfilesystems=~/.thunderbird:create;\n");
  put (fixture->root, "usr/lib/thunderbird/application.ini", "Version=1\n");
  put (fixture->home, ".var/app/org.mozilla.thunderbird/.thunderbird/profiles.ini", "");
  check_access (fixture, "", hidden);
  put (fixture->root, "run/host/share/icons/hicolor/64x64/apps/thunderbird.png", "");
  check_access (fixture, "", with_icon);

  put_profile (fixture, ".thunderbird", "");
  check_access (fixture, "", with_profile);
  targets = look (fixture, "");
  target = targets->pdata[0];
  g_assert_true (target->from_sandbox);
  g_assert_null (target->launch);
  g_assert_null (target->version);
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
  ADD ("no-locks", test_no_locks);
  ADD ("betterbird", test_betterbird);
  ADD ("versions", test_versions);
  ADD ("access", test_access);
  ADD ("other-roots", test_other_roots);
  ADD ("sandbox", test_sandbox);
  ADD ("inside", test_inside);
#undef ADD
  g_test_add_func ("/thunderbird-scan/profiles-ini", test_profiles_ini);
  return g_test_run ();
}
