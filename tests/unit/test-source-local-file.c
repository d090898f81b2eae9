/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-source-local-file.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "discovery/mw-autoconfig-xml.h"

#define SERVER(host) \
  "<clientConfig><emailProvider id='x'><incomingServer type='imap'><hostname>" host \
  "</hostname><socketType>SSL</socketType></incomingServer></emailProvider></clientConfig>"

typedef struct {
  const char *name;
  const char *address;  /* default jan@example.test */
  const char *own;      /* text of the person's file, NULL: none */
  const char *shared;   /* of the administrator's */
  const char *found;    /* host */
  const char *detail;   /* part of it; NULL: there is none */
} Case;

static const Case cases[] = {
  { "none", NULL, NULL, NULL, NULL, NULL },
  { "own", NULL, SERVER ("a.test"), NULL, "a.test", "own/example.test.xml: 1 servers" },
  { "shared", NULL, NULL, SERVER ("b.test"), "b.test", "shared/example.test.xml: 1 servers" },
  { "own-counts-more", NULL, SERVER ("a.test"), SERVER ("b.test"), "a.test", "own" },
  { "own-refused", NULL, "<clientConfig>", SERVER ("b.test"), "b.test",
    "own/example.test.xml: Error on line 1 char 15: Document ended" },
  { "own-without-servers", NULL, "<clientConfig/>", SERVER ("b.test"), "b.test",
    "own/example.test.xml: 0 servers; " },
  { "web-page", NULL, "<html>", NULL, NULL, "own/example.test.xml: A web page" },
  { "placeholder", NULL, SERVER ("imap.%EMAILDOMAIN%"), NULL, "imap.example.test", "1 servers" },
  { "other-domain", "jan@sub.example.test", SERVER ("a.test"), NULL, NULL, NULL },
};

static char *folder;

static void
on_result_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GAsyncResult **out = user_data;

  *out = g_object_ref (result);
}

/* What stands in the two folders, and what the source says of it. */
static GPtrArray *
search (const char  *text,
        char       **out_detail)
{
  g_autofree char *own = g_build_filename (folder, "own", NULL);
  g_autofree char *shared = g_build_filename (folder, "shared", NULL);
  const char *folders[] = { own, shared, NULL };
  g_autoptr(MwSource) source = mw_source_local_file_new (folders);
  g_autoptr(MwAddress) address = mw_address_parse (text, NULL);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GPtrArray *found;

  g_assert_cmpint (mw_source_get_origin (source), ==, MW_ORIGIN_LOCAL_FILE);
  mw_source_find_async (source, address, NULL, on_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  found = mw_source_find_finish (source, result, &error);
  g_assert_no_error (error);
  *out_detail = mw_source_dup_detail (source);
  return found;
}

static void
put (const char *name,
     const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, "example.test.xml", NULL);
  g_autoptr(GError) error = NULL;

  g_unlink (path);
  if (text != NULL)
    g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autoptr(GPtrArray) found = NULL;
  g_autofree char *detail = NULL;

  put ("own", one->own);
  put ("shared", one->shared);
  found = search (one->address != NULL ? one->address : "jan@example.test", &detail);

  if (one->detail == NULL)
    g_assert_null (detail);
  else
    {
      g_assert_nonnull (detail);
      if (strstr (detail, one->detail) == NULL)
        g_assert_cmpstr (detail, ==, one->detail);
    }

  g_assert_cmpuint (found->len, ==, one->found != NULL ? 1 : 0);
  if (one->found != NULL)
    {
      MwCandidate *candidate = g_ptr_array_index (found, 0);

      g_assert_cmpstr (mw_endpoint_get_host (mw_candidate_get_endpoint (candidate)), ==,
                       one->found);
      g_assert_cmpint (mw_candidate_get_grade (candidate), ==, MW_GRADE_D);
      g_assert_cmpuint (mw_candidate_get_origins (candidate), ==, 1u << MW_ORIGIN_LOCAL_FILE);
    }
}

/* Neither blocks nor grows with what stands there. */
static void
test_odd_files (void)
{
  g_autofree char *path = g_build_filename (folder, "own", "example.test.xml", NULL);
  g_autofree char *large = g_strnfill (MW_AUTOCONFIG_XML_MAX_SIZE + 1, ' ');

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr(GPtrArray) found = NULL;
      g_autofree char *detail = NULL;

      put ("own", i == 0 ? large : NULL);
      put ("shared", NULL);
      if (i == 1)
        g_assert_cmpint (mkfifo (path, 0600), ==, 0);
      else if (i == 2)
        g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
      else if (i == 3)
        g_assert_cmpint (symlink ("/dev/zero", path), ==, 0);

      found = search ("jan@example.test", &detail);
      g_assert_cmpuint (found->len, ==, 0);
      g_assert_nonnull (detail);
      g_assert_nonnull (strstr (detail, "own/example.test.xml: Not a regular file of at most"));
      if (i == 2)
        g_rmdir (path);
    }
  g_unlink (path);
}

int
main (int   argc,
      char *argv[])
{
  static const char * const names[] = { "own", "shared" };
  int failures;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("mw-local-file-XXXXXX", NULL);
  g_assert_nonnull (folder);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/source-local-file/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/source-local-file/odd-files", test_odd_files);

  failures = g_test_run ();
  put ("own", NULL);
  put ("shared", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_rmdir (path);
    }
  g_rmdir (folder);
  g_free (folder);
  return failures;
}
