/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "core/mw-error.h"
#include "core/mw-export-target.h"
#include "core/mw-secret.h"
#include "store/mw-waiting-list.h"

#define FIRST "6f1b0c3e-52a7-4d0b-9a62-8b1d3c1f0a11"
#define SECOND "0b54a5a8-7c6e-4c9b-8d53-1f6f1d5b2c22"

typedef struct {
  char *data_dir;
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->data_dir = g_dir_make_tmp ("mw-waiting-XXXXXX", NULL);
  fixture->folder = g_build_filename (fixture->data_dir, "accounts", NULL);
  fixture->path = g_build_filename (fixture->folder, "waiting.account", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_unlink (fixture->path);
  g_rmdir (fixture->folder);
  g_rmdir (fixture->data_dir);
  g_free (fixture->data_dir);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static GPtrArray *
load (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *waits = mw_waiting_list_load (fixture->data_dir, &error);

  g_assert_no_error (error);
  return waits;
}

static void
save (Fixture   *fixture,
      GPtrArray *waits)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (mw_waiting_list_save (fixture->data_dir, waits, &error));
  g_assert_no_error (error);
}

static void
test_round_trip (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(GPtrArray) waits = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_wait_free);
  g_autoptr(GPtrArray) read = NULL;
  g_autofree char *text = NULL;
  MwExportOptions options = { .take_over = TRUE, .trust_authority = TRUE };
  MwWait *wait;
  GStatBuf status;

  options.primary_password = mw_secret_new ("open sesame", -1);
  g_ptr_array_add (waits, mw_wait_new (FIRST, "thunderbird:a b;c=d.default", &options));
  g_ptr_array_add (waits, mw_wait_new (SECOND, "evolution", NULL));
  mw_secret_unref (options.primary_password);
  g_assert_null (((MwWait *) waits->pdata[0])->options->primary_password);
  save (fixture, waits);

  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  g_assert_null (strstr (text, "sesame"));

  read = load (fixture);
  g_assert_cmpuint (read->len, ==, 2);
  wait = read->pdata[0];
  g_assert_cmpstr (wait->account_id, ==, FIRST);
  g_assert_cmpstr (wait->target_id, ==, "thunderbird:a b;c=d.default");
  g_assert_true (wait->options->take_over);
  g_assert_true (wait->options->trust_authority);
  g_assert_false (wait->options->accept_place);
  g_assert_null (wait->options->primary_password);
  wait = read->pdata[1];
  g_assert_cmpstr (wait->account_id, ==, SECOND);
  g_assert_false (wait->options->take_over);
}

static void
test_nothing (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(GPtrArray) waits = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_wait_free);
  g_autoptr(GPtrArray) read = load (fixture);

  g_assert_cmpuint (read->len, ==, 0);

  /* Nothing is made to say that there is nothing. */
  save (fixture, waits);
  g_assert_false (g_file_test (fixture->folder, G_FILE_TEST_EXISTS));

  g_ptr_array_add (waits, mw_wait_new (FIRST, "evolution", NULL));
  save (fixture, waits);
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  g_ptr_array_set_size (waits, 0);
  save (fixture, waits);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  save (fixture, waits);
}

static void
test_strange_files (Fixture       *fixture,
                    gconstpointer  data)
{
#define HEAD "[Waiting]\nFormat=1\n"
  static const struct {
    const char *text;
    guint       n_waits;
  } table[] = {
    { "", 0 },
    { HEAD, 0 },
    { HEAD "[Hand-over 1]\nAccount=" FIRST "\nTarget=evolution\n", 1 },
    /* a later format may mean anything */
    { "[Waiting]\nFormat=2\n[Hand-over 1]\nAccount=" FIRST "\nTarget=evolution\n", 0 },
    { "[Hand-over 1]\nAccount=" FIRST "\nTarget=evolution\n", 0 },
    { HEAD "[Hand-over 1]\nAccount=../../x\nTarget=evolution\n", 0 },
    { HEAD "[Hand-over 1]\nAccount=" FIRST "\nTarget=\n", 0 },
    { HEAD "[Hand-over 1]\nAccount=" FIRST "\n", 0 },
    { HEAD "[Something]\nAccount=" FIRST "\nTarget=evolution\n", 0 },
    /* the same twice, and what a person wrote as a boolean */
    { HEAD "[Hand-over 1]\nAccount=" FIRST "\nTarget=evolution\nTakeOver=maybe\n"
      "[Hand-over 2]\nAccount=" FIRST "\nTarget=evolution\n", 1 },
    { HEAD "[Hand-over 1]\nAccount=" FIRST "\nTarget=evolution\n"
      "[Hand-over 2]\nAccount=" FIRST "\nTarget=thunderbird\n", 2 },
  };
#undef HEAD

  g_assert_cmpint (g_mkdir (fixture->folder, 0700), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(GPtrArray) waits = NULL;

      g_test_message ("file %" G_GSIZE_FORMAT, i);
      g_assert_true (g_file_set_contents (fixture->path, table[i].text, -1, NULL));
      waits = load (fixture);
      g_assert_cmpuint (waits->len, ==, table[i].n_waits);
      for (guint k = 0; k < waits->len; k++)
        g_assert_false (((MwWait *) waits->pdata[k])->options->take_over);
    }
}

static void
test_damaged (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (g_mkdir (fixture->folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (fixture->path, "no key file", -1, NULL));
  g_assert_null (mw_waiting_list_load (fixture->data_dir, &error));
  g_assert_error (error, MW_STORE_ERROR, MW_STORE_ERROR_DAMAGED);
}

/* One profile may become two while an account waits, and the other way round. */
static void
test_names_of_targets (void)
{
  static const struct {
    const char *id;
    const char *profile;
    const char *wanted;
    gboolean    meant;
    const char *whole;
  } table[] = {
    { "thunderbird", "a.default", "thunderbird", TRUE, "thunderbird:a.default" },
    { "thunderbird", "a.default", "thunderbird:a.default", TRUE, "thunderbird:a.default" },
    { "thunderbird:a.default", "a.default", "thunderbird:a.default", TRUE,
      "thunderbird:a.default" },
    { "thunderbird", "a.default", "thunderbird:b.default", FALSE, "thunderbird:a.default" },
    { "thunderbird:a.default", "a.default", "thunderbird", FALSE, "thunderbird:a.default" },
    { "thunderbird-snap", "a.default", "thunderbird:a.default", FALSE,
      "thunderbird-snap:a.default" },
    { "thunderbird", NULL, "thunderbird:a.default", FALSE, "thunderbird" },
    { "evolution", NULL, "evolution", TRUE, "evolution" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(MwExportTarget) target = NULL;
      g_autofree char *whole = NULL;

      g_test_message ("%s", table[i].wanted);
      target = mw_export_target_new (table[i].id, MW_MAIL_CLIENT_THUNDERBIRD,
                                     MW_PACKAGING_DISTRO);
      target->profile = g_strdup (table[i].profile);
      g_assert_cmpint (mw_export_target_is_called (target, table[i].wanted), ==, table[i].meant);
      whole = mw_export_target_dup_whole_id (target);
      g_assert_cmpstr (whole, ==, table[i].whole);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/waiting-list/round-trip", Fixture, NULL, set_up, test_round_trip, tear_down);
  g_test_add ("/waiting-list/nothing", Fixture, NULL, set_up, test_nothing, tear_down);
  g_test_add ("/waiting-list/strange-files", Fixture, NULL, set_up, test_strange_files,
              tear_down);
  g_test_add ("/waiting-list/damaged", Fixture, NULL, set_up, test_damaged, tear_down);
  g_test_add_func ("/waiting-list/names-of-targets", test_names_of_targets);

  return g_test_run ();
}
