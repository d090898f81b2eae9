/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "core/mw-error.h"
#include "export/mw-file-transaction.h"

typedef struct {
  char *path;
} Fixture;

static char *home;

static char *
at (Fixture    *fixture,
    const char *name)
{
  return g_build_filename (fixture->path, name, NULL);
}

static void
put (Fixture    *fixture,
     const char *name,
     const char *text)
{
  g_autofree char *path = at (fixture, name);

  g_assert_true (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static void
check (Fixture    *fixture,
       const char *name,
       const char *expected)
{
  g_autofree char *path = at (fixture, name);
  g_autofree char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  g_assert_cmpstr (text, ==, expected);
}

static guint
count_files (Fixture *fixture)
{
  g_autoptr(GDir) dir = g_dir_open (fixture->path, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->path = g_dir_make_tmp ("mailwright-files-XXXXXX", NULL);
  g_assert_nonnull (fixture->path);
  put (fixture, "one", "old one");
  put (fixture, "key", "old key");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", fixture->path);

  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (fixture->path);
}

static int
open_it (MwFileTransaction *transaction,
         Fixture           *fixture)
{
  g_autoptr(GError) error = NULL;
  int folder = mw_file_transaction_open_folder (transaction, fixture->path, FALSE, &error);

  g_assert_no_error (error);
  return folder;
}

static void
stage (MwFileTransaction *transaction,
       int                folder,
       const char        *name,
       const char        *text)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr(GError) error = NULL;

  mw_file_transaction_stage (transaction, folder, name, bytes, &error);
  g_assert_no_error (error);
}

static void
test_commit (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(MwFileTransaction) transaction = mw_file_transaction_new ();
  int folder = open_it (transaction, fixture);
  g_autofree char *path = at (fixture, "two");
  g_autoptr(GError) error = NULL;
  GStatBuf status;

  stage (transaction, folder, "one", "new one");
  stage (transaction, folder, "two", "new two");
  check (fixture, "one", "old one");
  check (fixture, "two", NULL);
  mw_file_transaction_commit (transaction, &error);
  g_assert_no_error (error);
  g_clear_pointer (&transaction, mw_file_transaction_free);

  check (fixture, "one", "new one");
  check (fixture, "two", "new two");
  check (fixture, "key", "old key");
  g_assert_cmpuint (count_files (fixture), ==, 3);
  g_assert_no_errno (g_stat (path, &status));
  g_assert_cmpuint (status.st_mode & 07777, ==, 0600);
}

static void
test_not_committed (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(MwFileTransaction) transaction = mw_file_transaction_new ();
  int folder = open_it (transaction, fixture);
  g_autofree char *deep = at (fixture, "a/b");
  g_autofree char *made = at (fixture, "a");
  g_autoptr(GError) error = NULL;
  int inner;

  /* Two that someone else writes: one was there, one was not. */
  g_assert_true (mw_file_transaction_guard (transaction, folder, "key", NULL));
  g_assert_true (mw_file_transaction_guard (transaction, folder, "cert", NULL));
  put (fixture, "key", "half a key");
  put (fixture, "cert", "a certificate");

  /* A folder made on the way. */
  g_assert_no_errno (g_mkdir (made, 0700));
  inner = mw_file_transaction_open_folder (transaction, deep, TRUE, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (deep, G_FILE_TEST_IS_DIR));
  stage (transaction, inner, "file", "x");

  g_clear_pointer (&transaction, mw_file_transaction_free);
  check (fixture, "key", "old key");
  check (fixture, "cert", NULL);
  g_assert_false (g_file_test (deep, G_FILE_TEST_EXISTS));
}

static void
test_undo (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(MwFileTransaction) transaction = mw_file_transaction_new ();
  g_autoptr(GBytes) contents = g_bytes_new_static ("new", 3);
  g_autoptr(GError) error = NULL;
  int folder = mw_file_transaction_open_folder (transaction, fixture->path, FALSE, &error);
  guint n;

  put (fixture, "changed", "old");
  put (fixture, "removed", "old");
  n = count_files (fixture);
  g_assert_true (mw_file_transaction_stage (transaction, folder, "changed", contents, &error));
  g_assert_true (mw_file_transaction_stage (transaction, folder, "made", contents, &error));
  g_assert_true (mw_file_transaction_stage_removal (transaction, folder, "removed", &error));
  g_assert_true (mw_file_transaction_stage_removal (transaction, folder, "missing", &error));
  g_assert_true (mw_file_transaction_commit (transaction, &error));
  check (fixture, "changed", "new");
  check (fixture, "made", "new");
  check (fixture, "removed", NULL);

  mw_file_transaction_undo (transaction);
  check (fixture, "changed", "old");
  check (fixture, "made", NULL);
  check (fixture, "removed", "old");
  g_assert_cmpuint (count_files (fixture), ==, n);
}

/* The second rename fails; the first is undone. */
static void
test_late_failure (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(MwFileTransaction) transaction = mw_file_transaction_new ();
  int folder = open_it (transaction, fixture);
  g_autofree char *two = at (fixture, "two");
  g_autoptr(GError) error = NULL;

  stage (transaction, folder, "one", "new one");
  stage (transaction, folder, "new", "new");
  stage (transaction, folder, "two", "new two");
  g_assert_no_errno (g_mkdir (two, 0700));
  g_assert_false (mw_file_transaction_commit (transaction, &error));
  g_assert_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_READ_ONLY);
  g_assert_nonnull (strstr (error->message, two));

  check (fixture, "one", "old one");
  check (fixture, "new", NULL);
  g_assert_no_errno (g_rmdir (two));
  g_assert_cmpuint (count_files (fixture), ==, 2);
}

/* The disk is full while the new files are written: none takes its name. */
static void
test_full_disk (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(MwFileTransaction) transaction = mw_file_transaction_new ();
  int folder = open_it (transaction, fixture);
  g_autofree char *large = g_strnfill (100000, 'x');
  g_autoptr(GError) error = NULL;
  struct rlimit old, small;

  stage (transaction, folder, "one", "new one");
  stage (transaction, folder, "large", large);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_no_errno (getrlimit (RLIMIT_FSIZE, &old));
  small = old;
  small.rlim_cur = 4096;
  g_assert_no_errno (setrlimit (RLIMIT_FSIZE, &small));
  g_assert_false (mw_file_transaction_commit (transaction, &error));
  g_assert_no_errno (setrlimit (RLIMIT_FSIZE, &old));
  g_assert_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_READ_ONLY);
  g_assert_nonnull (strstr (error->message, "/large"));

  check (fixture, "one", "old one");
  g_assert_cmpuint (count_files (fixture), ==, 2);
}

static void
check_stage_error (Fixture       *fixture,
                   const char    *name,
                   MwExportError  code)
{
  g_autoptr(MwFileTransaction) transaction = mw_file_transaction_new ();
  int folder = open_it (transaction, fixture);
  g_autoptr(GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autofree char *path = at (fixture, name);
  g_autoptr(GError) error = NULL;

  g_assert_false (mw_file_transaction_stage (transaction, folder, name, bytes, &error));
  g_assert_error (error, MW_EXPORT_ERROR, code);
  g_assert_nonnull (strstr (error->message, path));
}

static void
test_unsafe_files (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *one = at (fixture, "one");
  g_autofree char *link = at (fixture, "link");
  g_autofree char *dangling = at (fixture, "dangling");
  g_autofree char *fifo = at (fixture, "fifo");
  g_autofree char *folder = at (fixture, "folder");

  g_assert_no_errno (symlink ("one", link));
  check_stage_error (fixture, "link", MW_EXPORT_ERROR_UNSAFE);
  g_assert_no_errno (symlink ("nowhere", dangling));
  check_stage_error (fixture, "dangling", MW_EXPORT_ERROR_UNSAFE);
  g_assert_no_errno (mkfifo (fifo, 0600));
  check_stage_error (fixture, "fifo", MW_EXPORT_ERROR_UNSAFE);
  g_assert_no_errno (g_mkdir (folder, 0700));
  check_stage_error (fixture, "folder", MW_EXPORT_ERROR_UNSAFE);
  g_assert_no_errno (g_chmod (one, 0602));
  check_stage_error (fixture, "one", MW_EXPORT_ERROR_UNSAFE);
  g_assert_no_errno (g_chmod (one, 0400));
  check_stage_error (fixture, "one", MW_EXPORT_ERROR_READ_ONLY);
  check (fixture, "one", "old one");
}

static void
check_folder_error (const char    *path,
                    MwExportError  code)
{
  g_autoptr(MwFileTransaction) transaction = mw_file_transaction_new ();
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (mw_file_transaction_open_folder (transaction, path, FALSE, &error), ==, -1);
  g_assert_error (error, MW_EXPORT_ERROR, code);
}

static void
test_folders (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *link = at (fixture, "link");
  g_autofree char *real = at (fixture, "real");
  g_autofree char *missing = at (fixture, "missing");
  g_autofree char *file = at (fixture, "one");

  g_assert_no_errno (g_mkdir (real, 0700));
  g_assert_no_errno (symlink ("real", link));
  check_folder_error (link, MW_EXPORT_ERROR_UNSAFE);
  check_folder_error (missing, MW_EXPORT_ERROR_NO_TARGET);
  check_folder_error (file, MW_EXPORT_ERROR_NO_TARGET);
  g_assert_no_errno (g_chmod (real, 0707));
  check_folder_error (real, MW_EXPORT_ERROR_UNSAFE);
  g_assert_no_errno (g_chmod (real, 0500));
  check_folder_error (real, MW_EXPORT_ERROR_READ_ONLY);
  /* Someone else's: for root any other, for others root's. */
  if (geteuid () == 0)
    {
      g_assert_no_errno (g_chmod (real, 0700));
      g_assert_no_errno (chown (real, 65534, 65534));
      check_folder_error (real, MW_EXPORT_ERROR_UNSAFE);
    }
  else
    {
      check_folder_error ("/usr/lib", MW_EXPORT_ERROR_UNSAFE);
    }
}

/* Every step below the home folder counts, not only the last. */
static void
test_home (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *inner = g_build_filename (home, "real/profile", NULL);
  g_autofree char *link = g_build_filename (home, "link", NULL);
  g_autofree char *through = g_build_filename (home, "link/profile", NULL);
  g_autofree char *real = g_build_filename (home, "real", NULL);

  g_assert_no_errno (g_mkdir_with_parents (inner, 0700));
  g_assert_no_errno (symlink ("real", link));
  check_folder_error (through, MW_EXPORT_ERROR_UNSAFE);
  g_assert_no_errno (unlink (link));
  g_assert_no_errno (g_rmdir (inner));
  g_assert_no_errno (g_rmdir (real));
}

/* After the person's yes a link is followed, and what it leads to is checked. */
static void
test_unusual_place (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *real = at (fixture, "real");
  g_autofree char *link = at (fixture, "link");
  g_autofree char *file = at (fixture, "real/theirs");
  g_autoptr(MwFileTransaction) cautious = mw_file_transaction_new ();
  g_autoptr(MwFileTransaction) transaction = mw_file_transaction_new ();
  g_autoptr(GBytes) contents = NULL;
  g_autoptr(GError) error = NULL;
  int folder;

  g_assert_no_errno (g_mkdir (real, 0700));
  g_assert_no_errno (symlink (real, link));
  g_assert_cmpint (mw_file_transaction_open_folder (cautious, link, FALSE, &error), ==, -1);
  g_assert_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_UNSAFE);
  g_clear_error (&error);

  mw_file_transaction_accept_place (transaction);
  folder = mw_file_transaction_open_folder (transaction, link, FALSE, &error);
  g_assert_no_error (error);
  stage (transaction, folder, "new", "new");
  mw_file_transaction_commit (transaction, &error);
  g_assert_no_error (error);
  check (fixture, "real/new", "new");

  g_assert_no_errno (g_chmod (real, 0707));
  g_assert_cmpint (mw_file_transaction_open_folder (transaction, link, FALSE, &error), ==, -1);
  g_assert_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_UNSAFE);
  g_clear_error (&error);
  g_assert_no_errno (g_chmod (real, 0700));
  if (geteuid () != 0)
    return;

  /* Somebody else's folder, and then somebody else's file in it. */
  g_assert_no_errno (chown (real, 12345, getegid ()));
  g_assert_cmpint (mw_file_transaction_open_folder (cautious, real, FALSE, &error), ==, -1);
  g_assert_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_UNSAFE);
  g_clear_error (&error);
  folder = mw_file_transaction_open_folder (transaction, real, FALSE, &error);
  g_assert_no_error (error);
  put (fixture, "real/theirs", "");
  g_assert_no_errno (chown (file, 12345, getegid ()));
  g_assert_false (mw_file_transaction_read (transaction, folder, "theirs", &contents, &error));
  g_assert_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_UNSAFE);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  /* Before anyone asks for it: GLib looks only once. */
  home = g_dir_make_tmp ("mailwright-home-XXXXXX", NULL);
  g_setenv ("HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) \
  g_test_add ("/file-transaction/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("home", test_home);
  ADD ("commit", test_commit);
  ADD ("undo", test_undo);
  ADD ("not-committed", test_not_committed);
  ADD ("late-failure", test_late_failure);
  ADD ("full-disk", test_full_disk);
  ADD ("unsafe-files", test_unsafe_files);
  ADD ("folders", test_folders);
  ADD ("unusual-place", test_unusual_place);
#undef ADD

  result = g_test_run ();
  g_rmdir (home);
  g_free (home);
  return result;
}
