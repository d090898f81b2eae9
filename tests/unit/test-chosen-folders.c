/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-chosen-folders.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "core/mw-error.h"
#include "export/mw-document-path.h"
#include "export/mw-open-no-follow.h"

typedef struct {
  char *folder;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("mailwright-chosen-XXXXXX", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", fixture->folder);

  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (fixture->folder);
}

static char *
put (Fixture    *fixture,
     const char *name,
     const char *text)
{
  char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_no_errno (g_mkdir_with_parents (folder, 0700));
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static void
test_inner (void)
{
  static const struct {
    const char *path;
    const char *inner;
  } rows[] = {
    { "/run/user/7/doc/1a2b/.thunderbird", ".thunderbird" },
    { "/run/user/7/doc/1a2b/.thunderbird/x.default", ".thunderbird/x.default" },
    { "/run/flatpak/doc/1a2b/Mail", "Mail" },
    { "/run/user/7/doc/1a2b", NULL },
    { "/run/user/7/doc/1a2b/", NULL },
    { "/run/user/7/doc//x", NULL },
    { "/run/user/7/document/1a2b/x", NULL },
    { "/run/user/7", NULL },
    { "/run/user/8/doc/1a2b/x", NULL },
    { "/home/jan/run/user/7/doc/1a2b/x", NULL },
    { "/", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].path);
      g_assert_cmpstr (mw_document_path_find_inner ("/run/user/7", rows[i].path), ==,
                       rows[i].inner);
    }
}

/* A path that looks right is no document where no portal is. */
static void
test_arrives (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *path = g_build_filename (g_get_user_runtime_dir (), "doc", "1", "x", NULL);

  g_assert_true (mw_document_path_is (path));
  g_assert_false (mw_document_path_arrives (path));
  g_assert_false (mw_document_path_is (fixture->folder));
}

static void
test_look (Fixture       *fixture,
           gconstpointer  data)
{
  static const struct {
    const char *file;
    const char *chosen;
    const char *used;   /* NULL: not one of Thunderbird's */
  } rows[] = {
    { "root/profiles.ini", "root", "root" },
    { "a/x.default/prefs.js", "a/x.default", "a/x.default" },
    { "b/x.default/compatibility.ini", "b/x.default", "b/x.default" },
    { "org.test.App/.thunderbird/profiles.ini", "org.test.App", "org.test.App/.thunderbird" },
    { "c/.thunderbird/profiles.ini", "c", NULL },
    { "d/letters/prefs.txt", "d/letters", NULL },
    { "e/profiles.ini/x", "e", NULL },
    { "f/x.default/prefs.js", "f", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *file = put (fixture, rows[i].file, "");
      g_autofree char *chosen = g_build_filename (fixture->folder, rows[i].chosen, NULL);
      g_autofree char *used = NULL;
      g_autofree char *wanted = NULL;
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", rows[i].file);
      used = mw_chosen_folders_look (chosen, "/h/org.test.App/.thunderbird", &error);
      if (rows[i].used == NULL)
        {
          g_assert_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_NO_TARGET);
          g_assert_null (used);
          continue;
        }
      wanted = g_build_filename (fixture->folder, rows[i].used, NULL);
      g_assert_no_error (error);
      g_assert_cmpstr (used, ==, wanted);
    }
}

static void
test_find (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *text = g_strdup_printf ("[Folder 1]\nHidden=/h/.thunderbird\nChosen=%s\n"
                                           "[Folder 2]\nHidden=/h/gone\nChosen=/nowhere/at/all\n"
                                           "[Folder 3]\nHidden=/h/odd\nChosen=relative\n"
                                           "[Folder 4]\nHidden=/h/none\n", fixture->folder);
  g_autofree char *file = put (fixture, "choices", text);
  g_autofree char *damaged = put (fixture, "damaged", "[Folder");
  g_autofree char *found = mw_chosen_folders_find (file, "/h/.thunderbird");
  static const char *const without[] = { "/h/gone", "/h/odd", "/h/none", "/h" };

  g_assert_cmpstr (found, ==, fixture->folder);
  for (gsize i = 0; i < G_N_ELEMENTS (without); i++)
    g_assert_null (mw_chosen_folders_find (file, without[i]));
  g_assert_null (mw_chosen_folders_find (damaged, "/h"));
  g_assert_null (mw_chosen_folders_find ("/nowhere/at/all", "/h"));
}

/* What was reached anyway is no choice for what is hidden. */
static void
test_take (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *choices = g_build_filename (fixture->folder, "own", "choices", NULL);
  g_autofree char *ini = put (fixture, "root/profiles.ini", "");
  g_autofree char *root = g_path_get_dirname (ini);
  g_autoptr(GError) error = NULL;

  g_assert_false (mw_chosen_folders_take (choices, "/h/.thunderbird", root, &error));
  g_assert_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_NO_TARGET);
  g_assert_false (g_file_test (choices, G_FILE_TEST_EXISTS));
}

static void
test_open (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *file = put (fixture, "file", "x");
  g_autofree char *link = g_build_filename (fixture->folder, "link", NULL);
  int folder = open (fixture->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int fd;

  g_assert_no_errno (symlink ("file", link));
  fd = mw_open_no_follow (folder, "file", O_RDONLY | O_CLOEXEC);
  g_assert_cmpint (fd, >=, 0);
  close (fd);
  g_assert_cmpint (mw_open_no_follow (folder, "link", O_RDONLY | O_CLOEXEC), ==, -1);
  g_assert_cmpint (errno, ==, ELOOP);
  g_assert_cmpint (mw_open_no_follow (folder, "none", O_RDONLY | O_CLOEXEC), ==, -1);
  g_assert_cmpint (errno, ==, ENOENT);
  close (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chosen-folders/inner", test_inner);
#define ADD(path, func) \
  g_test_add ("/chosen-folders/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("arrives", test_arrives);
  ADD ("look", test_look);
  ADD ("find", test_find);
  ADD ("take", test_take);
  ADD ("open", test_open);
#undef ADD

  return g_test_run ();
}
