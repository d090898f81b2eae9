/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "setup/mw-password-file.h"

#define CONTENT "<plist>hunter2</plist>"
#define OTHER   "<plist>hunter3</plist>"

typedef struct {
  char           *folder;
  char           *path;
  char           *spare;      /* another name in the folder */
  MwPasswordFile *file;
} Fixture;

static void
put (const char *path,
     const char *content)
{
  g_assert_true (g_file_set_contents_full (path, content, -1, G_FILE_SET_CONTENTS_NONE, 0600,
                                           NULL));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GBytes) content = g_bytes_new_static (CONTENT, sizeof CONTENT - 1);

  fixture->folder = g_dir_make_tmp ("mw-password-file-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "firma.mobileconfig", NULL);
  fixture->spare = g_build_filename (fixture->folder, "spare", NULL);
  put (fixture->path, CONTENT);
  fixture->file = mw_password_file_new (fixture->path, content);
  g_assert_nonnull (fixture->file);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_pointer (&fixture->file, mw_password_file_unref);
  g_unlink (fixture->path);
  g_unlink (fixture->spare);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->spare);
}

static void
on_deleted (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
delete (Fixture  *fixture,
        GError  **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  mw_password_file_delete_async (fixture->file, NULL, on_deleted, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return mw_password_file_delete_finish (result, error);
}

static void
assert_is_left_alone (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (delete (fixture, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG);
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

static void
test_deleted (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (mw_password_file_is_own (fixture->file));
  g_assert_true (delete (fixture, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));

  g_assert_false (mw_password_file_is_own (fixture->file));
  g_assert_true (delete (fixture, &error));
  g_assert_no_error (error);
}

static void
test_changed (Fixture       *fixture,
              gconstpointer  data)
{
  int fd = g_open (fixture->path, O_WRONLY, 0);

  g_assert_cmpint (write (fd, OTHER, sizeof OTHER - 1), ==, sizeof OTHER - 1);
  close (fd);
  assert_is_left_alone (fixture);
}

static void
test_longer (Fixture       *fixture,
             gconstpointer  data)
{
  int fd = g_open (fixture->path, O_WRONLY | O_APPEND, 0);

  g_assert_cmpint (write (fd, "\n", 1), ==, 1);
  close (fd);
  assert_is_left_alone (fixture);
}

/* Another one with the same words belongs to somebody who put it there. */
static void
test_replaced (Fixture       *fixture,
               gconstpointer  data)
{
  put (fixture->spare, CONTENT);
  g_assert_cmpint (g_rename (fixture->spare, fixture->path), ==, 0);
  g_assert_false (mw_password_file_is_own (fixture->file));
  assert_is_left_alone (fixture);
}

static void
test_symbolic_link (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (g_rename (fixture->path, fixture->spare), ==, 0);
  g_assert_cmpint (symlink (fixture->spare, fixture->path), ==, 0);
  g_assert_false (mw_password_file_is_own (fixture->file));
  g_assert_false (delete (fixture, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TOO_MANY_LINKS);
  g_assert_true (g_file_test (fixture->spare, G_FILE_TEST_EXISTS));
}

static void
test_second_name (Fixture       *fixture,
                  gconstpointer  data)
{
  g_assert_cmpint (link (fixture->path, fixture->spare), ==, 0);
  g_assert_false (mw_password_file_is_own (fixture->file));
}

static void
test_no_file (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(GBytes) content = g_bytes_new_static (CONTENT, sizeof CONTENT - 1);

  g_assert_null (mw_password_file_new (fixture->folder, content));
  g_assert_null (mw_password_file_new (fixture->spare, content));
  g_assert_cmpint (mkfifo (fixture->spare, 0600), ==, 0);
  g_assert_null (mw_password_file_new (fixture->spare, content));
}

#define ADD(name, function) \
  g_test_add ("/password-file/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("deleted", test_deleted);
  ADD ("changed", test_changed);
  ADD ("longer", test_longer);
  ADD ("replaced", test_replaced);
  ADD ("symbolic-link", test_symbolic_link);
  ADD ("second-name", test_second_name);
  ADD ("no-file", test_no_file);

  return g_test_run ();
}
