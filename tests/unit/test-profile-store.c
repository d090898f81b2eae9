/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/mw-error.h"
#include "store/mw-profile-keyfile.h"
#include "store/mw-profile-store.h"
#include "store/mw-secret-binding.h"
#include "store/mw-secret-store-memory.h"

#define ID "0e1b2f34-5a6c-4d7e-8f90-123456789abc"
#define OTHER_ID "0e1b9999-5a6c-4d7e-8f90-123456789abc"

/* --- helpers --- */

static MwService *
service_new (const char   *endpoint_text,
             const char   *user_name,
             MwAuthMethod  auth,
             const char   *pin)
{
  g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse (endpoint_text);

  g_assert_nonnull (endpoint);
  return mw_service_new (endpoint, user_name, auth, pin);
}

static void
set_certificate (MwService  *service,
                 const char *text)
{
  g_autoptr(GBytes) der = g_bytes_new (text, strlen (text));

  g_assert_true (mw_service_set_certificate (service, der));
}

static MwProfile *
profile_new (const char *id)
{
  MwProfile *profile = mw_profile_new ();

  g_free (profile->id);
  profile->id = g_strdup (id);
  profile->label = g_strdup ("Praca");
  profile->address = g_strdup ("jan@example.test");
  profile->incoming = service_new ("imaps:mail.example.test", "jan@example.test",
                                   MW_AUTH_PLAIN, NULL);
  profile->outgoing = service_new ("submissions:mail.example.test", "jan@example.test",
                                   MW_AUTH_PLAIN, NULL);
  return profile;
}

/* Every member differs from what a new profile has. */
static MwProfile *
full_profile_new (void)
{
  const char *names[MW_N_FOLDER_USES] = {
    [MW_FOLDER_USE_SENT] = "INBOX.Wysłane ", [MW_FOLDER_USE_DRAFTS] = " [Robocze]",
    [MW_FOLDER_USE_TRASH] = "a\\b;c", [MW_FOLDER_USE_JUNK] = "Śmieci",
    [MW_FOLDER_USE_ARCHIVE] = "=#",
  };
  MwProfile *profile = profile_new (ID);

  g_free (profile->label);
  profile->label = g_strdup ("  [Praca]; \"zażółć\" = \\gęślą\n# 2");
  profile->sender_name = g_strdup ("Jan „Żółw” Kowalski");
  profile->description = g_strdup ("");
  profile->folders = mw_mail_folders_new (names, '.', "INBOX.");
  profile->signature = g_strdup ("Jan\n\n  wcięte\tz tabulatorem\n-- \n[Account]\nFormat=9\n");
  profile->is_default = TRUE;
  profile->notifications = FALSE;
  mw_service_free (profile->incoming);
  profile->incoming = service_new ("pop3:[2001:db8::10]:1100", "użytkownik; z \\ukośnikiem",
                                   MW_AUTH_SCRAM_SHA_256,
                                   "9834876dcfb05cb167a5c24953eba58c"
                                   "4ac89b1adf57f28f2f9d09af107ee8f0");
  set_certificate (profile->incoming, "aaa");
  mw_service_set_anchor (profile->incoming, "0123456789ABCDEF0123456789abcdef"
                         "0123456789abcdef0123456789abcdef", "CN=Za\305\274,O=Test\\, Inc.");
  g_assert_nonnull (profile->incoming->anchor);
  profile->incoming->expires = 1826800000;
  mw_service_free (profile->outgoing);
  profile->outgoing = service_new ("submission+plain:smtp.example.test:2525", NULL, MW_AUTH_NONE,
                                   NULL);
  profile->own_credentials = TRUE;
  profile->leave_on_server = FALSE;
  profile->delete_after_days = 14;
  profile->pop_minutes = 15;
  g_ptr_array_add (profile->alternatives,
                   service_new ("imap:imap.example.test", "jan", MW_AUTH_PASSWORD_COMMAND, NULL));
  g_ptr_array_add (profile->alternatives,
                   service_new ("submission:smtp.example.test", "jan", MW_AUTH_LOGIN, "00ff"));
  profile->origins = 1u << MW_ORIGIN_PROVIDER | 1u << MW_ORIGIN_MANUAL;
  profile->grade = MW_GRADE_B;
  profile->provider_id = g_strdup ("example");
  profile->state = MW_OUTCOME_CERT_EXPIRED;
  profile->created = 1795300000;
  profile->last_checked = 1795300001;
  mw_profile_set_export_value (profile, "evolution", "AccountUid", "a1b2");
  mw_profile_set_export_value (profile, "thunderbird:x]y[%5D\nż\xb3.default", "Account",
                               "account 1");
  return profile;
}

static void
wait_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GAsyncResult **out_result = user_data;

  *out_result = g_object_ref (result);
}

static GAsyncResult *
wait_for_result (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static void
load (MwProfileStore *store)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  mw_profile_store_load_async (store, NULL, wait_cb, &result);
  mw_profile_store_load_finish (store, wait_for_result (&result), &error);
  g_assert_no_error (error);
}

static gboolean
save (MwProfileStore  *store,
      MwProfile       *profile,
      GError         **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  mw_profile_store_save_async (store, profile, NULL, wait_cb, &result);
  return mw_profile_store_save_finish (store, wait_for_result (&result), error);
}

typedef struct {
  char           *data_dir;
  char           *folder;
  char           *file;
  MwProfileStore *store;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *top = g_dir_make_tmp ("mw-store-XXXXXX", NULL);

  fixture->data_dir = g_build_filename (top, "share", "mailwright", NULL);
  fixture->folder = g_build_filename (fixture->data_dir, "accounts", NULL);
  fixture->file = g_build_filename (fixture->folder, ID ".account", NULL);
  fixture->store = mw_profile_store_new (fixture->data_dir);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *share = g_path_get_dirname (fixture->data_dir);
  g_autofree char *top = g_path_get_dirname (share);
  g_autofree char *quoted = g_shell_quote (top);
  g_autofree char *command = g_strdup_printf ("rm -r -- %s", quoted);

  /* What it read once more, because the folder had changed, may still run. */
  g_object_add_weak_pointer (G_OBJECT (fixture->store), (gpointer *) &fixture->store);
  g_object_unref (fixture->store);
  while (fixture->store != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (fixture->data_dir);
  g_free (fixture->folder);
  g_free (fixture->file);
}

static void
write_file (Fixture    *fixture,
            const char *text)
{
  g_assert_cmpint (g_mkdir_with_parents (fixture->folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (fixture->file, text, -1, NULL));
}

static char *
read_file (const char *path)
{
  char *text;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

/* --- the key file --- */

static void
test_keyfile_round_trip (void)
{
  g_autoptr(MwProfile) profile = full_profile_new ();
  g_autofree char *text = mw_profile_keyfile_render (profile, NULL, 0);
  g_autofree char *again = NULL;
  g_autoptr(MwProfile) parsed = NULL;
  g_autoptr(GError) error = NULL;
  gboolean newer = TRUE;

  parsed = mw_profile_keyfile_parse (text, strlen (text), ID, &newer, &error);
  g_assert_no_error (error);
  g_assert_false (newer);
  g_assert_true (mw_profile_equal (parsed, profile));

  again = mw_profile_keyfile_render (parsed, text, strlen (text));
  g_assert_cmpstr (again, ==, text);
}

/* A name is what the server calls it; what can be none is not read. */
static void
test_keyfile_folders (void)
{
  static const char former[] =
    "[Account]\nFormat=1\nAddress=jan@example.test\n"
    "[Incoming]\nService=imaps\nHost=imap.example.test\nPort=993\n"
    "[Folders]\nSent=\\sA;B\\\\ \\s\nTrash=a\\nb\nJunk=a\u202eb\nDrafts=\nArchive=INBOX\n"
    "Delimiter=aa\nPrefix=x\\ty\nImportant=1\n";
  g_autoptr(MwProfile) profile = mw_profile_keyfile_parse (former, strlen (former), ID, NULL, NULL);
  g_autofree char *text = NULL;

  g_assert_nonnull (profile);
  g_assert_nonnull (profile->folders);
  g_assert_cmpstr (mw_mail_folders_get_name (profile->folders, MW_FOLDER_USE_SENT), ==,
                   " A;B\\  ");
  for (guint i = MW_FOLDER_USE_DRAFTS; i < MW_N_FOLDER_USES; i++)
    g_assert_null (mw_mail_folders_get_name (profile->folders, i));
  g_assert_cmpint (mw_mail_folders_get_delimiter (profile->folders), ==, '\0');
  g_assert_cmpstr (mw_mail_folders_get_prefix (profile->folders), ==, "");

  g_clear_pointer (&profile->folders, mw_mail_folders_unref);
  text = mw_profile_keyfile_render (profile, former, strlen (former));
  g_assert_null (strstr (text, "Sent="));
  g_assert_null (strstr (text, "Delimiter="));
  g_assert_nonnull (strstr (text, "Important=1\n"));
}

static void
test_keyfile_keeps_unknown (void)
{
  static const char former[] =
    "# mine\n"
    "[Account]\nFormat=1\nAddress=old@example.test\nLabel[pl]=Stare\nColour=red\nDescription=gone\n"
    "\n[Incoming]\nService=imaps\nHost=old.example.test\nPort=993\nColour=blue\n"
    "\n[Later]\nKey=value\n"
    "\n[Export evolution]\nAccountUid=old\n"
    "\n[Alternative 1]\nService=imaps\nHost=old.example.test\nPort=993\n";
  g_autoptr(MwProfile) profile = profile_new (ID);
  g_autofree char *text = mw_profile_keyfile_render (profile, former, strlen (former));

  g_assert_nonnull (strstr (text, "# mine\n"));
  g_assert_nonnull (strstr (text, "Colour=red\n"));
  g_assert_nonnull (strstr (text, "Colour=blue\n"));
  g_assert_nonnull (strstr (text, "Label[pl]=Stare\n"));
  g_assert_nonnull (strstr (text, "[Later]\nKey=value\n"));
  g_assert_nonnull (strstr (text, "Address=jan@example.test\n"));
  g_assert_null (strstr (text, "old.example.test"));
  g_assert_null (strstr (text, "Description"));
  g_assert_null (strstr (text, "[Export"));
  g_assert_null (strstr (text, "[Alternative"));
}

static void
test_keyfile_sides_go (void)
{
  g_autoptr(MwProfile) profile = profile_new (ID);
  g_autofree char *before = mw_profile_keyfile_render (profile, NULL, 0);
  g_autofree char *text = NULL;
  g_autoptr(MwProfile) parsed = NULL;

  g_clear_pointer (&profile->outgoing, mw_service_free);
  text = mw_profile_keyfile_render (profile, before, strlen (before));
  g_assert_null (strstr (text, "[Outgoing]"));
  parsed = mw_profile_keyfile_parse (text, strlen (text), ID, NULL, NULL);
  g_assert_true (mw_profile_equal (parsed, profile));
}

static void
test_keyfile_no_log_in_wins (void)
{
  static const char text[] =
    "[Account]\nFormat=1\nAddress=jan@example.test\n"
    "[Outgoing]\nService=submission\nHost=smtp.example.test\nPort=587\nAuth=PLAIN\n"
    "Authenticate=false\n";
  g_autoptr(MwProfile) profile = mw_profile_keyfile_parse (text, strlen (text), ID, NULL, NULL);

  g_assert_nonnull (profile);
  g_assert_cmpint (profile->outgoing->auth, ==, MW_AUTH_NONE);
}

/* What a person may leave out. */
static void
test_keyfile_completed (void)
{
  static const char text[] =
    "[Account]\nFormat=1\nAddress=jan@example.test\n"
    "[Incoming]\nService=imaps\nHost=imap.example.test\nPort=993\n"
    "[Outgoing]\nService=submission\nHost=smtp.example.test\nPort=587\nAuthenticate=false\n";
  g_autoptr(MwProfile) profile = mw_profile_keyfile_parse (text, strlen (text), ID, NULL, NULL);

  g_assert_cmpstr (profile->label, ==, "jan@example.test");
  g_assert_cmpstr (profile->incoming->user_name, ==, "jan@example.test");
  g_assert_null (profile->outgoing->user_name);
}

#define HEAD "[Account]\nFormat=1\nAddress=jan@example.test\n"

static void
test_keyfile_damaged (void)
{
  static const char * const texts[] = {
    "",
    "no key file",
    "[Account]\n",
    "[Account]\nFormat=0\nAddress=jan@example.test\n",
    "[Account]\nFormat=one\nAddress=jan@example.test\n",
    "[Account]\nFormat=-1\nAddress=jan@example.test\n",
    "[Account]\nFormat=1\n",
    "[Account]\nFormat=1\nAddress=\n",
    "[Account]\nFormat=1\nAddress=jan\\n@example.test\n",
    "[Account]\nFormat=1\nAddress=jan@example.test\nLabel=bad \\q escape\n",
    "[Account]\nFormat=1\nAddress=jan@example.test\nLabel=\xff\xfe\n",
    "[Account]\nFormat=1\nAddress=jan@example.test\nDefault=perhaps\n",
    "\xef\xbb\xbf[Account]\nFormat=1",
    HEAD "[Incoming]\n",
    HEAD "[Incoming]\nService=imaps\nHost=mail.example.test\n",
    HEAD "[Incoming]\nService=imaps\nHost=mail.example.test\nPort=0\n",
    HEAD "[Incoming]\nService=imaps\nHost=mail.example.test\nPort=65536\n",
    HEAD "[Incoming]\nService=imaps\nHost=mail.example.test\nPort=993x\n",
    HEAD "[Incoming]\nService=imaps:evil\nHost=mail.example.test\nPort=993\n",
    HEAD "[Incoming]\nService=gopher\nHost=mail.example.test\nPort=993\n",
    HEAD "[Incoming]\nService=submission\nHost=mail.example.test\nPort=587\n",
    HEAD "[Outgoing]\nService=imaps\nHost=mail.example.test\nPort=993\n",
    HEAD "[Incoming]\nService=imaps\nHost=\nPort=993\n",
    HEAD "[Incoming]\nService=imaps\nHost=mail example test\nPort=993\n",
    HEAD "[Incoming]\nService=imaps\nHost=mail.example.test:25\nPort=993\n",
    HEAD "[Incoming]\nService=imaps\nHost=m]:99:[\nPort=993\n",
    HEAD "[Incoming]\nService=imaps\nHost=mail.example.test\nPort=993\nUser=a\\r\\nb\n",
    HEAD "[Alternative 1]\nService=imaps\n",
    HEAD "[Pop]\nDeleteAfterDays=-3\n",
    HEAD "[Pop]\nDeleteAfterDays=99999999999\n",
    HEAD "[Pop]\nMinutes=-1\n",
    HEAD "[Pop]\nMinutes=1441\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(MwProfile) profile = NULL;

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      profile = mw_profile_keyfile_parse (texts[i], strlen (texts[i]), ID, NULL, &error);
      g_assert_null (profile);
      g_assert_error (error, MW_STORE_ERROR, MW_STORE_ERROR_DAMAGED);
    }
}

static void
test_keyfile_nul (void)
{
  static const char text[] = HEAD "Label=a\0b\n";
  g_autoptr(GError) error = NULL;

  g_assert_null (mw_profile_keyfile_parse (text, sizeof text - 1, ID, NULL, &error));
  g_assert_error (error, MW_STORE_ERROR, MW_STORE_ERROR_DAMAGED);
}

static void
test_keyfile_words_of_later (void)
{
  static const char text[] =
    HEAD "State=moon-phase\nNew=thing\n"
    "[Incoming]\nService=imaps\nHost=mail.example.test\nPort=993\nAuth=TELEPATHY\n"
    "[Origin]\nSource=provider;oracle;\nGrade=AA\n";
  g_autoptr(GError) error = NULL;
  g_autoptr(MwProfile) profile = mw_profile_keyfile_parse (text, strlen (text), ID, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (profile->state, ==, MW_OUTCOME_PENDING);
  g_assert_cmpint (profile->incoming->auth, ==, MW_AUTH_UNKNOWN);
  g_assert_cmpint (profile->grade, ==, MW_GRADE_L);
  g_assert_cmpuint (profile->origins, ==, 1u << MW_ORIGIN_PROVIDER);
}

static void
test_keyfile_newer (void)
{
  static const char text[] = "[Account]\nFormat=2\nAddress=jan@example.test\n";
  static const char odd[] = "[Account]\nFormat=2\nAddresses=jan@example.test\n";
  g_autoptr(MwProfile) profile = NULL;
  gboolean newer = FALSE;

  profile = mw_profile_keyfile_parse (text, strlen (text), ID, &newer, NULL);
  g_assert_nonnull (profile);
  g_assert_true (newer);

  newer = FALSE;
  g_assert_null (mw_profile_keyfile_parse (odd, strlen (odd), ID, &newer, NULL));
  g_assert_true (newer);
}

/* --- the store --- */

static void
test_store_save_and_load (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autoptr(MwProfile) profile = full_profile_new ();
  g_autoptr(MwProfileStore) second = mw_profile_store_new (fixture->data_dir);
  g_autoptr(GError) error = NULL;
  GPtrArray *profiles;
  struct stat info;

  load (fixture->store);
  g_assert_cmpuint (mw_profile_store_get_profiles (fixture->store)->len, ==, 0);
  g_assert_false (g_file_test (fixture->folder, G_FILE_TEST_EXISTS));

  g_assert_true (save (fixture->store, profile, &error));
  g_assert_no_error (error);
  profiles = mw_profile_store_get_profiles (fixture->store);
  g_assert_cmpuint (profiles->len, ==, 1);
  g_assert_true (mw_profile_equal (profiles->pdata[0], profile));

  g_assert_cmpint (g_stat (fixture->folder, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  g_assert_cmpint (g_stat (fixture->file, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);

  load (second);
  profiles = mw_profile_store_get_profiles (second);
  g_assert_cmpuint (profiles->len, ==, 1);
  g_assert_true (mw_profile_equal (profiles->pdata[0], profile));
}

static void
assert_names (MwProfileStore *store,
              const char     *expected)
{
  GPtrArray *profiles = mw_profile_store_get_profiles (store);
  g_autoptr(GString) names = g_string_new (NULL);

  for (guint i = 0; i < profiles->len; i++)
    {
      MwProfile *profile = profiles->pdata[i];

      g_string_append_printf (names, "%s%c ", profile->label, profile->id[0]);
    }

  g_assert_cmpstr (names->str, ==, expected);
}

/* Saved one after the other, and read all at once. */
static void
test_store_order (Fixture       *fixture,
                  gconstpointer  data)
{
  static const char * const names[] = { "m", "z", "a", "m", "b" };
  g_autoptr(MwProfileStore) second = mw_profile_store_new (fixture->data_dir);
  g_autoptr(GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *id = g_strdup_printf ("%u" "%s", (guint) (9 - i), &ID[1]);
      g_autoptr(MwProfile) profile = profile_new (id);

      g_free (profile->label);
      profile->label = g_strdup (names[i]);
      g_assert_true (save (fixture->store, profile, &error));
      g_assert_no_error (error);
    }

  assert_names (fixture->store, "a7 b5 m6 m9 z8 ");
  load (second);
  assert_names (second, "a7 b5 m6 m9 z8 ");
}

static void
test_store_damaged (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *first = g_strconcat (fixture->file, ".damaged-1", NULL);
  g_autofree char *second = g_strconcat (fixture->file, ".damaged-2", NULL);
  g_autofree char *text = NULL;
  g_autoptr(MwProfile) profile = profile_new (ID);
  GPtrArray *damaged;

  write_file (fixture, "junk");
  load (fixture->store);
  damaged = mw_profile_store_get_damaged (fixture->store);
  g_assert_cmpuint (damaged->len, ==, 1);
  g_assert_cmpstr (damaged->pdata[0], ==, first);
  g_assert_false (g_file_test (fixture->file, G_FILE_TEST_EXISTS));
  text = read_file (first);
  g_assert_cmpstr (text, ==, "junk");

  /* A second one does not replace the first. */
  write_file (fixture, "more junk");
  load (fixture->store);
  g_assert_cmpuint (damaged->len, ==, 2);
  g_assert_true (g_file_test (first, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (second, G_FILE_TEST_EXISTS));

  /* Saving over a damaged file sets it aside too. */
  write_file (fixture, "junk again");
  g_assert_true (save (fixture->store, profile, NULL));
  load (fixture->store);
  g_assert_cmpuint (mw_profile_store_get_profiles (fixture->store)->len, ==, 1);
}

static void
test_store_newer_is_read_only (Fixture       *fixture,
                               gconstpointer  data)
{
  static const char newer[] = "[Account]\nFormat=7\nAddress=jan@example.test\nLabel=Later\n";
  g_autoptr(MwProfile) copy = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  GPtrArray *profiles;

  write_file (fixture, newer);
  load (fixture->store);
  profiles = mw_profile_store_get_profiles (fixture->store);
  g_assert_cmpuint (profiles->len, ==, 1);

  copy = mw_profile_copy (profiles->pdata[0]);
  g_free (copy->label);
  copy->label = g_strdup ("Changed");
  g_assert_false (save (fixture->store, copy, &error));
  g_assert_error (error, MW_STORE_ERROR, MW_STORE_ERROR_FILE);
  text = read_file (fixture->file);
  g_assert_cmpstr (text, ==, newer);
}

static void
test_store_link_is_not_followed (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autofree char *elsewhere = g_build_filename (fixture->data_dir, "elsewhere", NULL);
  g_autoptr(MwProfile) profile = profile_new (ID);
  g_autofree char *good = mw_profile_keyfile_render (profile, NULL, 0);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (fixture->folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (elsewhere, good, -1, NULL));
  g_assert_cmpint (symlink (elsewhere, fixture->file), ==, 0);

  load (fixture->store);
  g_assert_cmpuint (mw_profile_store_get_profiles (fixture->store)->len, ==, 0);
  g_assert_cmpuint (mw_profile_store_get_damaged (fixture->store)->len, ==, 1);

  g_free (profile->label);
  profile->label = g_strdup ("Changed");
  g_assert_false (save (fixture->store, profile, &error));
  g_assert_error (error, MW_STORE_ERROR, MW_STORE_ERROR_FILE);
  text = read_file (elsewhere);
  g_assert_cmpstr (text, ==, good);
  g_assert_true (g_file_test (fixture->file, G_FILE_TEST_IS_SYMLINK));
}

static void
test_store_default_moves (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autoptr(MwProfile) first = profile_new (ID);
  g_autoptr(MwProfile) second = profile_new (OTHER_ID);
  g_autoptr(MwProfileStore) again = mw_profile_store_new (fixture->data_dir);
  g_autoptr(MwProfile) found = NULL;

  first->is_default = TRUE;
  second->is_default = TRUE;
  g_assert_true (save (fixture->store, first, NULL));
  g_assert_true (save (fixture->store, second, NULL));

  found = mw_profile_store_find (fixture->store, ID, NULL);
  g_assert_false (found->is_default);
  g_clear_pointer (&found, mw_profile_unref);

  load (again);
  found = mw_profile_store_find (again, ID, NULL);
  g_assert_false (found->is_default);
  g_clear_pointer (&found, mw_profile_unref);
  found = mw_profile_store_find (again, OTHER_ID, NULL);
  g_assert_true (found->is_default);
}

static void
test_store_find (Fixture       *fixture,
                 gconstpointer  data)
{
  static const struct {
    const char *key;
    const char *id;     /* NULL = error */
    int         code;
  } rows[] = {
    { ID, ID, 0 },
    { "0E1B2F34-5A6C-4D7E-8F90-123456789ABC", ID, 0 },
    { "0e1b2", ID, 0 },
    { "0e1b9", OTHER_ID, 0 },
    { "0e1b", NULL, MW_STORE_ERROR_AMBIGUOUS },
    { "", NULL, MW_STORE_ERROR_NOT_FOUND },
    { "0e1c", NULL, MW_STORE_ERROR_NOT_FOUND },
    { "Jan@Example.test", ID, 0 },
    { "ANNA@example.test", OTHER_ID, 0 },
    { "dom", OTHER_ID, 0 },
    { "praca", ID, 0 },
    { "nobody@example.test", NULL, MW_STORE_ERROR_NOT_FOUND },
  };
  g_autoptr(MwProfile) first = profile_new (ID);
  g_autoptr(MwProfile) second = profile_new (OTHER_ID);

  g_free (second->label);
  g_free (second->address);
  second->label = g_strdup ("Dom");
  second->address = g_strdup ("anna@example.test");
  g_assert_true (save (fixture->store, first, NULL));
  g_assert_true (save (fixture->store, second, NULL));

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(MwProfile) found = mw_profile_store_find (fixture->store, rows[i].key, &error);

      g_test_message ("“%s”", rows[i].key);
      if (rows[i].id != NULL)
        {
          g_assert_no_error (error);
          g_assert_cmpstr (found->id, ==, rows[i].id);
        }
      else
        {
          g_assert_null (found);
          g_assert_error (error, MW_STORE_ERROR, rows[i].code);
        }
    }
}

static void
test_store_delete (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(MwProfile) profile = profile_new (ID);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GAsyncResult) again = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (save (fixture->store, profile, NULL));
  mw_profile_store_delete_async (fixture->store, ID, NULL, wait_cb, &result);
  g_assert_true (mw_profile_store_delete_finish (fixture->store, wait_for_result (&result),
                                                 &error));
  g_assert_no_error (error);
  g_assert_cmpuint (mw_profile_store_get_profiles (fixture->store)->len, ==, 0);
  g_assert_false (g_file_test (fixture->file, G_FILE_TEST_EXISTS));

  mw_profile_store_delete_async (fixture->store, ID, NULL, wait_cb, &again);
  g_assert_false (mw_profile_store_delete_finish (fixture->store, wait_for_result (&again),
                                                  &error));
  g_assert_error (error, MW_STORE_ERROR, MW_STORE_ERROR_NOT_FOUND);
}

static void
count_cb (MwProfileStore *store,
          guint          *count)
{
  (*count)++;
}

static gboolean
give_up_cb (gpointer user_data)
{
  g_error ("The store did not notice the other one");
  return G_SOURCE_REMOVE;
}

static void
test_store_notices_others (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autoptr(MwProfileStore) other = mw_profile_store_new (fixture->data_dir);
  g_autoptr(MwProfile) profile = profile_new (ID);
  g_autoptr(MwProfile) second = profile_new (OTHER_ID);
  guint count = 0;
  guint timeout;

  g_assert_true (save (fixture->store, profile, NULL));
  load (fixture->store);
  g_signal_connect (fixture->store, "changed", G_CALLBACK (count_cb), &count);

  g_assert_true (save (other, second, NULL));
  timeout = g_timeout_add_seconds (10, give_up_cb, NULL);
  while (count == 0)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
  g_assert_cmpuint (mw_profile_store_get_profiles (fixture->store)->len, ==, 2);

  /* A save that changes nothing says nothing. */
  count = 0;
  g_assert_true (save (fixture->store, profile, NULL));
  g_assert_cmpuint (count, ==, 0);
}

static void
test_store_overlapping_saves (Fixture       *fixture,
                              gconstpointer  data)
{
  GAsyncResult *results[20] = { NULL, };
  g_autoptr(MwProfileStore) again = mw_profile_store_new (fixture->data_dir);
  guint n_default = 0;

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autofree char *id = g_uuid_string_random ();
      g_autoptr(MwProfile) profile = profile_new (id);

      profile->is_default = TRUE;
      mw_profile_store_save_async (fixture->store, profile, NULL, wait_cb, &results[i]);
    }

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_assert_true (mw_profile_store_save_finish (fixture->store,
                                                   wait_for_result (&results[i]), NULL));
      g_object_unref (results[i]);
    }

  load (again);
  g_assert_cmpuint (mw_profile_store_get_profiles (again)->len, ==, G_N_ELEMENTS (results));
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      MwProfile *profile = mw_profile_store_get_profiles (again)->pdata[i];

      n_default += profile->is_default;
    }
  g_assert_cmpuint (n_default, ==, 1);
}

static GHashTable *
one_value (const char *key,
           const char *value)
{
  GHashTable *values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  g_hash_table_insert (values, g_strdup (key), g_strdup (value));
  return values;
}

static void
remember (MwProfileStore *store,
          const char     *id,
          const char     *target_id,
          const char     *key,
          const char     *value)
{
  g_autoptr(GHashTable) values = one_value (key, value);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  mw_profile_store_remember_async (store, id, target_id, NULL, values, wait_cb, &result);
  mw_profile_store_remember_finish (store, wait_for_result (&result), &error);
  g_assert_no_error (error);
}

static void
check_value (MwProfileStore *store,
             const char     *id,
             const char     *target_id,
             const char     *key,
             const char     *expected)
{
  g_autoptr(MwProfile) profile = mw_profile_store_find (store, id, NULL);

  g_assert_nonnull (profile);
  g_assert_cmpstr (mw_profile_get_export_value (profile, target_id, key), ==, expected);
}

/* Two processes that do not know of each other write one account. */
static void
test_store_two_processes (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr(MwProfile) profile = profile_new (id);
  g_autoptr(MwProfile) changed = NULL;
  g_autoptr(MwProfileStore) other = mw_profile_store_new (fixture->data_dir);
  g_autoptr(MwProfileStore) again = mw_profile_store_new (fixture->data_dir);
  g_autoptr(GHashTable) values = one_value ("AccountUid", "none");
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GAsyncResult) deleted = NULL;
  g_autoptr(GError) error = NULL;

  mw_profile_set_export_value (profile, "evolution", "Old", "value");
  g_assert_true (save (fixture->store, profile, NULL));
  load (other);

  remember (fixture->store, id, "thunderbird", "Account", "account7");
  remember (other, id, "evolution", "AccountUid", "c3d4");
  check_value (other, id, "thunderbird", "Account", "account7");

  /* This one does not know of the last two, and changes something else. */
  changed = mw_profile_copy (profile);
  mw_profile_set_export_value (changed, "evolution", "Old", "changed");
  g_free (changed->label);
  changed->label = g_strdup ("Another name");
  g_assert_true (save (fixture->store, changed, NULL));

  load (again);
  check_value (again, id, "thunderbird", "Account", "account7");
  check_value (again, id, "evolution", "AccountUid", "c3d4");
  check_value (again, id, "evolution", "Old", "value");
  remember (other, id, "evolution", "Old", NULL);
  check_value (other, id, "evolution", "Old", NULL);
  check_value (fixture->store, id, "evolution", "AccountUid", "c3d4");

  /* Deleted by the other process: nothing brings it back. */
  mw_profile_store_delete_async (other, id, NULL, wait_cb, &deleted);
  g_assert_true (mw_profile_store_delete_finish (other, wait_for_result (&deleted), NULL));
  mw_profile_store_remember_async (fixture->store, id, "evolution", NULL, values, wait_cb, &result);
  g_assert_false (mw_profile_store_remember_finish (fixture->store, wait_for_result (&result),
                                                    &error));
  g_assert_error (error, MW_STORE_ERROR, MW_STORE_ERROR_NOT_FOUND);
}

static void
test_store_many_processes (Fixture       *fixture,
                           gconstpointer  data)
{
  enum { STORES = 4, VALUES = 10 };
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr(MwProfile) profile = profile_new (id);
  g_autoptr(MwProfileStore) again = mw_profile_store_new (fixture->data_dir);
  MwProfileStore *stores[STORES];
  GAsyncResult *results[STORES][VALUES] = { 0 };

  g_assert_true (save (fixture->store, profile, NULL));
  for (guint i = 0; i < STORES; i++)
    stores[i] = mw_profile_store_new (fixture->data_dir);
  for (guint j = 0; j < VALUES; j++)
    for (guint i = 0; i < STORES; i++)
      {
        g_autofree char *key = g_strdup_printf ("Key%u%u", i, j);
        g_autoptr(GHashTable) values = one_value (key, "x");

        mw_profile_store_remember_async (stores[i], id, "evolution", NULL, values, wait_cb,
                                         &results[i][j]);
      }

  for (guint i = 0; i < STORES; i++)
    {
      for (guint j = 0; j < VALUES; j++)
        {
          g_assert_true (mw_profile_store_remember_finish (stores[i],
                                                           wait_for_result (&results[i][j]),
                                                           NULL));
          g_object_unref (results[i][j]);
        }
      g_object_unref (stores[i]);
    }

  load (again);
  for (guint i = 0; i < STORES; i++)
    for (guint j = 0; j < VALUES; j++)
      {
        g_autofree char *key = g_strdup_printf ("Key%u%u", i, j);

        check_value (again, id, "evolution", key, "x");
      }
}

/* --- what a password is bound to --- */

static MwSecret *
look_up (MwSecretStore *store,
         MwProfile     *profile,
         MwSide         side)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  MwSecret *secret;

  mw_secret_store_lookup_async (store, profile, side, NULL, wait_cb, &result);
  secret = mw_secret_store_lookup_finish (store, wait_for_result (&result), &error);
  g_assert_no_error (error);
  return secret;
}

static void
assert_found (MwSecretStore *store,
              MwProfile     *profile,
              gboolean       incoming,
              gboolean       outgoing)
{
  g_autoptr(MwSecret) first = look_up (store, profile, MW_SIDE_INCOMING);
  g_autoptr(MwSecret) second = look_up (store, profile, MW_SIDE_OUTGOING);

  g_assert_cmpint (first != NULL, ==, incoming);
  g_assert_cmpint (second != NULL, ==, outgoing);
}

static void
keep (MwSecretStore *store,
      MwProfile     *profile,
      MwSide         side,
      const char    *password)
{
  g_autoptr(MwSecret) secret = mw_secret_new (password, -1);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  mw_secret_store_save_async (store, profile, side, secret, NULL, wait_cb, &result);
  g_assert_true (mw_secret_store_save_finish (store, wait_for_result (&result), &error));
  g_assert_no_error (error);
}

static void
set_service (MwService  **service,
             const char  *endpoint,
             const char  *user_name)
{
  mw_service_free (*service);
  *service = service_new (endpoint, user_name, MW_AUTH_PLAIN, NULL);
}

static void
test_secret_shared (void)
{
  g_autoptr(MwSecretStore) store = mw_secret_store_memory_new ();
  g_autoptr(MwProfile) profile = profile_new (ID);

  keep (store, profile, MW_SIDE_INCOMING, "zażółć \"gęślą\" \\jaźń 1");
  assert_found (store, profile, TRUE, TRUE);

  /* A changed outgoing server does not inherit the shared password. */
  set_service (&profile->outgoing, "submissions:evil.example.test", "jan@example.test");
  assert_found (store, profile, TRUE, FALSE);
  set_service (&profile->outgoing, "submission:mail.example.test", "jan@example.test");
  assert_found (store, profile, TRUE, FALSE);
  set_service (&profile->outgoing, "submissions:mail.example.test", "anna@example.test");
  assert_found (store, profile, TRUE, FALSE);
  set_service (&profile->outgoing, "submissions:mail.example.test", "jan@example.test");
  assert_found (store, profile, TRUE, TRUE);

  set_service (&profile->incoming, "imaps:evil.example.test", "jan@example.test");
  assert_found (store, profile, FALSE, FALSE);
  set_service (&profile->incoming, "imaps:mail.example.test:994", "jan@example.test");
  assert_found (store, profile, FALSE, FALSE);
  set_service (&profile->incoming, "imap:mail.example.test:993", "jan@example.test");
  assert_found (store, profile, FALSE, FALSE);
}

static void
test_secret_own (void)
{
  g_autoptr(MwSecretStore) store = mw_secret_store_memory_new ();
  g_autoptr(MwProfile) profile = profile_new (ID);
  g_autoptr(MwSecret) incoming = NULL;
  g_autoptr(MwSecret) outgoing = NULL;
  g_autoptr(GHashTable) binding = NULL;

  profile->own_credentials = TRUE;
  keep (store, profile, MW_SIDE_INCOMING, "first");
  assert_found (store, profile, TRUE, FALSE);
  keep (store, profile, MW_SIDE_OUTGOING, "second");
  incoming = look_up (store, profile, MW_SIDE_INCOMING);
  outgoing = look_up (store, profile, MW_SIDE_OUTGOING);
  g_assert_cmpstr (mw_secret_peek (incoming), ==, "first");
  g_assert_cmpstr (mw_secret_peek (outgoing), ==, "second");

  /* Shared from now on: the second one is gone. */
  profile->own_credentials = FALSE;
  keep (store, profile, MW_SIDE_INCOMING, "third");
  profile->own_credentials = TRUE;
  assert_found (store, profile, TRUE, FALSE);

  mw_service_free (profile->outgoing);
  profile->outgoing = service_new ("submission:mail.example.test", NULL, MW_AUTH_NONE, NULL);
  binding = mw_secret_binding_new (profile, MW_SIDE_OUTGOING);
  g_assert_null (binding);
}

static void
add_store_test (const char *path,
                void      (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/profile-keyfile/round-trip", test_keyfile_round_trip);
  g_test_add_func ("/profile-keyfile/folders", test_keyfile_folders);
  g_test_add_func ("/profile-keyfile/keeps-unknown", test_keyfile_keeps_unknown);
  g_test_add_func ("/profile-keyfile/sides-go", test_keyfile_sides_go);
  g_test_add_func ("/profile-keyfile/no-log-in-wins", test_keyfile_no_log_in_wins);
  g_test_add_func ("/profile-keyfile/completed", test_keyfile_completed);
  g_test_add_func ("/profile-keyfile/damaged", test_keyfile_damaged);
  g_test_add_func ("/profile-keyfile/nul", test_keyfile_nul);
  g_test_add_func ("/profile-keyfile/words-of-later", test_keyfile_words_of_later);
  g_test_add_func ("/profile-keyfile/newer", test_keyfile_newer);
  add_store_test ("/profile-store/save-and-load", test_store_save_and_load);
  add_store_test ("/profile-store/order", test_store_order);
  add_store_test ("/profile-store/damaged", test_store_damaged);
  add_store_test ("/profile-store/newer", test_store_newer_is_read_only);
  add_store_test ("/profile-store/link", test_store_link_is_not_followed);
  add_store_test ("/profile-store/default", test_store_default_moves);
  add_store_test ("/profile-store/find", test_store_find);
  add_store_test ("/profile-store/delete", test_store_delete);
  add_store_test ("/profile-store/others", test_store_notices_others);
  add_store_test ("/profile-store/overlap", test_store_overlapping_saves);
  add_store_test ("/profile-store/two-processes", test_store_two_processes);
  add_store_test ("/profile-store/many-processes", test_store_many_processes);
  g_test_add_func ("/secret-binding/shared", test_secret_shared);
  g_test_add_func ("/secret-binding/own", test_secret_own);

  return g_test_run ();
}
