/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <nss.h>

#include "core/mw-error.h"
#include "export/mw-nss-helper-client.h"
#include "export/nss-helper/mw-sdr.h"

#define USER "jan@example.test"
#define PASSWORD "za\305\274\303\263\305\202\304\207 " \
  "\"g\304\231\305\233l\304\205\" \\ja\305\272\305\204 1"

#define PRIMARY "pri\305\272n\304\205 \"1\" \\"

typedef enum {
  KEY_DES3 = 1 << 0,
  KEY_AES = 1 << 1,
  KEY_PRIMARY_PASSWORD = 1 << 2,
} Keys;

typedef struct {
  char *path;
  int   fd;
} Folder;

static Folder *
folder_new (void)
{
  Folder *folder = g_new0 (Folder, 1);

  folder->path = g_dir_make_tmp ("mailwright-nss-XXXXXX", NULL);
  g_assert_nonnull (folder->path);
  folder->fd = open (folder->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  g_assert_cmpint (folder->fd, >=, 0);
  return folder;
}

static void
folder_free (Folder *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder->path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder->path, name, NULL);

      g_assert_no_errno (g_remove (path));
    }
  g_assert_no_errno (g_rmdir (folder->path));
  close (folder->fd);
  g_free (folder->path);
  g_free (folder);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Folder, folder_free)

static gboolean
make_keys (const char *path,
           Keys        keys)
{
  g_autofree char *directory = g_strconcat ("sql:", path, NULL);
  NSSInitContext *context;
  PK11SlotInfo *slot;
  gboolean ok;

  context = NSS_InitContext (directory, "", "", SECMOD_DB, NULL,
                             NSS_INIT_NOMODDB | NSS_INIT_NOROOTINIT);
  if (context == NULL)
    return FALSE;
  slot = PK11_GetInternalKeySlot ();
  if (PK11_NeedUserInit (slot))
    ok = PK11_InitPin (slot, NULL, "") == SECSuccess;
  else
    ok = !PK11_NeedLogin (slot) || PK11_CheckUserPassword (slot, PRIMARY) == SECSuccess;
  if (ok && (keys & KEY_DES3) != 0)
    ok = mw_sdr_make_key (slot, FALSE);
  if (ok && (keys & KEY_AES) != 0)
    ok = mw_sdr_make_key (slot, TRUE);
  if (ok && (keys & KEY_PRIMARY_PASSWORD) != 0)
    ok = PK11_ChangePW (slot, "", PRIMARY) == SECSuccess;
  PK11_FreeSlot (slot);
  return NSS_ShutdownContext (context) == SECSuccess && ok;
}

/* NSS keeps its state per process, so each store is made by a child. */
static void
folder_make_some_keys (Folder *folder,
                       Keys    keys)
{
  int status = -1;
  pid_t child = fork ();

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    _exit (make_keys (folder->path, keys) ? 0 : 1);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

static void
folder_change_database (Folder     *folder,
                        const char *script)
{
  g_autofree char *path = g_build_filename (folder->path, "key4.db", NULL);
  const char *argv[] = {
    "/usr/bin/python3", "-c",
    "import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(sys.argv[2])",
    path, script, NULL
  };
  g_autoptr(GError) error = NULL;
  int status = -1;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
}

/* Newer NSS keeps two kinds of key under one identifier, which is what
 * Thunderbird does to an older profile. Older NSS would write the second over
 * the first, which therefore gets another identifier (a102) meanwhile. */
static void
folder_add_aes_key (Folder *folder)
{
  folder_change_database (folder, "UPDATE nssPrivate SET a102 = x'00'");
  folder_make_some_keys (folder, KEY_AES);
  folder_change_database (folder,
                          "UPDATE nssPrivate SET a102 = x'f8000000000000000000000000000001'");
}

static void
folder_make_keys (Folder *folder,
                  Keys    keys)
{
  if ((keys & (KEY_AES | KEY_DES3)) != (KEY_AES | KEY_DES3))
    {
      folder_make_some_keys (folder, keys);
      return;
    }

  folder_make_some_keys (folder, keys & ~KEY_AES);
  folder_add_aes_key (folder);
}

static gboolean
folder_has (Folder     *folder,
            const char *name)
{
  g_autofree char *path = g_build_filename (folder->path, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static GPtrArray *
one_login (const char *user,
           const char *password)
{
  GPtrArray *logins = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_nss_login_free);
  g_autoptr(MwSecret) secret = password != NULL ? mw_secret_new (password, -1) : NULL;

  g_ptr_array_add (logins, mw_nss_login_new (user, secret));
  return logins;
}

static gboolean
run (Folder    *folder,
     MwNssJob   job,
     gboolean   aes,
     GPtrArray *logins,
     GError   **error)
{
  MwNssStore store = { .helper_path = NSS_HELPER, .folder_fd = folder->fd, .prefer_aes = aes };

  return mw_nss_helper_run (&store, job, logins, error);
}

/* The cipher's object identifier, as it stands in a record. */
static gboolean
record_is_aes (const char *record)
{
  static const guint8 aes[] = { 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2a };
  static const guint8 des3[] = { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x03, 0x07 };
  gsize size;
  g_autofree guint8 *der = g_base64_decode (record, &size);
  gboolean is_aes = memmem (der, size, aes, sizeof aes) != NULL;

  g_assert_true (is_aes || memmem (der, size, des3, sizeof des3) != NULL);
  return is_aes;
}

static void
check_record (Folder     *folder,
              MwNssLogin *made,
              const char *user,
              const char *password,
              int         match,
              gboolean    same)
{
  g_autoptr(GPtrArray) logins = one_login (user, password);
  g_autoptr(GError) error = NULL;

  mw_nss_login_add_record (logins->pdata[0], "not base64 !", "");
  mw_nss_login_add_record (logins->pdata[0], made->encrypted_user, made->encrypted_password);
  run (folder, MW_NSS_JOB_COMPARE, FALSE, logins, &error);
  g_assert_no_error (error);
  g_assert_cmpint (((MwNssLogin *) logins->pdata[0])->match, ==, match);
  g_assert_cmpint (((MwNssLogin *) logins->pdata[0])->same, ==, same);
  g_assert_null (((MwNssLogin *) logins->pdata[0])->encrypted_user);
}

typedef struct {
  const char *name;
  Keys        keys;
  gboolean    prefer_aes;
  gboolean    expect_aes;
} StoreCase;

static const StoreCase store_cases[] = {
  { "aes-only", KEY_AES, FALSE, TRUE },
  { "des3-only", KEY_DES3, TRUE, FALSE },
  { "both", KEY_AES | KEY_DES3, FALSE, TRUE },
  { "no-key-aes", 0, TRUE, TRUE },
  { "no-key-des3", 0, FALSE, FALSE },
};

static void
test_store (gconstpointer data)
{
  const StoreCase *test = data;
  g_autoptr(Folder) folder = folder_new ();
  g_autoptr(GPtrArray) logins = one_login (USER, PASSWORD);
  g_autoptr(GError) error = NULL;
  MwNssLogin *login = logins->pdata[0];

  folder_make_keys (folder, test->keys);
  run (folder, MW_NSS_JOB_STORE, test->prefer_aes, logins, &error);
  g_assert_no_error (error);
  g_assert_cmpint (login->match, ==, -1);
  g_assert_cmpint (record_is_aes (login->encrypted_user), ==, test->expect_aes);
  g_assert_cmpint (record_is_aes (login->encrypted_password), ==, test->expect_aes);
  g_assert_false (folder_has (folder, "pkcs11.txt"));

  check_record (folder, login, USER, PASSWORD, 1, TRUE);
  check_record (folder, login, USER, "another", 1, FALSE);
  check_record (folder, login, USER, PASSWORD "x", 1, FALSE);
  check_record (folder, login, USER, NULL, 1, FALSE);
  check_record (folder, login, "piet@example.test", PASSWORD, -1, FALSE);
}

static void
test_store_again (void)
{
  g_autoptr(Folder) folder = folder_new ();
  g_autoptr(GPtrArray) first = one_login (USER, PASSWORD);
  g_autoptr(GPtrArray) second = one_login (USER, PASSWORD);
  g_autoptr(GPtrArray) changed = one_login (USER, "new");
  g_autoptr(GError) error = NULL;
  MwNssLogin *made = first->pdata[0];

  run (folder, MW_NSS_JOB_STORE, TRUE, first, &error);
  g_assert_no_error (error);
  g_assert_true (folder_has (folder, "key4.db"));

  mw_nss_login_add_record (second->pdata[0], made->encrypted_user, made->encrypted_password);
  run (folder, MW_NSS_JOB_STORE, TRUE, second, &error);
  g_assert_no_error (error);
  g_assert_true (((MwNssLogin *) second->pdata[0])->same);
  g_assert_null (((MwNssLogin *) second->pdata[0])->encrypted_password);

  mw_nss_login_add_record (changed->pdata[0], made->encrypted_user, made->encrypted_password);
  run (folder, MW_NSS_JOB_STORE, TRUE, changed, &error);
  g_assert_no_error (error);
  g_assert_cmpint (((MwNssLogin *) changed->pdata[0])->match, ==, 0);
  g_assert_false (((MwNssLogin *) changed->pdata[0])->same);
  check_record (folder, changed->pdata[0], USER, "new", 1, TRUE);
}

static void
test_compare_changes_nothing (void)
{
  g_autoptr(Folder) folder = folder_new ();
  g_autoptr(GPtrArray) logins = one_login (USER, PASSWORD);
  g_autoptr(GError) error = NULL;

  run (folder, MW_NSS_JOB_COMPARE, TRUE, logins, &error);
  g_assert_no_error (error);
  g_assert_cmpint (((MwNssLogin *) logins->pdata[0])->match, ==, -1);
  g_assert_false (folder_has (folder, "key4.db"));
  g_assert_false (folder_has (folder, "cert9.db"));
}

static void
test_primary_password (void)
{
  g_autoptr(Folder) folder = folder_new ();
  g_autoptr(GPtrArray) logins = one_login (USER, PASSWORD);
  g_autoptr(GError) error = NULL;

  folder_make_keys (folder, KEY_AES | KEY_PRIMARY_PASSWORD);
  g_assert_false (run (folder, MW_NSS_JOB_STORE, TRUE, logins, &error));
  g_assert_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_PRIMARY_PASSWORD);
  g_clear_error (&error);
  g_assert_false (run (folder, MW_NSS_JOB_COMPARE, TRUE, logins, &error));
  g_assert_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_PRIMARY_PASSWORD);
}

typedef struct {
  const char *name;
  Keys        keys;
  const char *primary_password;
  gboolean    opens;
} PrimaryCase;

static const PrimaryCase primary_cases[] = {
  { "aes", KEY_AES | KEY_PRIMARY_PASSWORD, PRIMARY, TRUE },
  { "des3", KEY_DES3 | KEY_PRIMARY_PASSWORD, PRIMARY, TRUE },
  { "both", KEY_AES | KEY_DES3 | KEY_PRIMARY_PASSWORD, PRIMARY, TRUE },
  { "no-key-yet", KEY_PRIMARY_PASSWORD, PRIMARY, TRUE },
  { "wrong", KEY_AES | KEY_PRIMARY_PASSWORD, "wrong", FALSE },
  { "empty", KEY_AES | KEY_PRIMARY_PASSWORD, "", FALSE },
  { "given-for-nothing", KEY_AES, "wrong", TRUE },
};

static void
test_primary_password_given (gconstpointer data)
{
  const PrimaryCase *test = data;
  g_autoptr(Folder) folder = folder_new ();
  g_autoptr(MwSecret) primary = mw_secret_new (test->primary_password, -1);
  g_autoptr(GPtrArray) first = one_login (USER, PASSWORD);
  g_autoptr(GPtrArray) second = one_login (USER, PASSWORD);
  MwNssLogin *made = first->pdata[0];
  MwNssStore store = { NSS_HELPER, folder->fd, TRUE, primary, 0 };
  g_autoptr(GError) error = NULL;

  folder_make_keys (folder, test->keys);
  g_assert_cmpint (mw_nss_helper_run (&store, MW_NSS_JOB_STORE, first, &error), ==, test->opens);
  if (!test->opens)
    {
      g_assert_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_PRIMARY_PASSWORD);
      g_assert_nonnull (strstr (error->message, "wrong"));
      return;
    }
  g_assert_no_error (error);

  mw_nss_login_add_record (second->pdata[0], made->encrypted_user, made->encrypted_password);
  mw_nss_helper_run (&store, MW_NSS_JOB_COMPARE, second, &error);
  g_assert_no_error (error);
  g_assert_true (((MwNssLogin *) second->pdata[0])->same);
}

static void
add_made_by (GPtrArray *records,
             Folder    *folder,
             MwSecret  *primary)
{
  g_autoptr(GPtrArray) logins = one_login (USER, PASSWORD);
  MwNssLogin *login = logins->pdata[0];
  MwNssStore store = { NSS_HELPER, folder->fd, TRUE, primary, 0 };
  g_autoptr(GError) error = NULL;

  mw_nss_helper_run (&store, MW_NSS_JOB_STORE, logins, &error);
  g_assert_no_error (error);
  g_ptr_array_add (records, mw_nss_record_new (login->encrypted_user,
                                               login->encrypted_password));
}

static void
check_clear (GPtrArray *records,
             guint      i,
             gboolean   readable)
{
  MwNssRecord *record = records->pdata[i];

  g_assert_cmpstr (record->clear_user, ==, readable ? USER : NULL);
  g_assert_cmpstr (record->clear_password != NULL ? mw_secret_peek (record->clear_password) : NULL,
                   ==, readable ? PASSWORD : NULL);
}

/* Records of both kinds of key, of another store, and rubbish. */
static void
test_decrypt (void)
{
  g_autoptr(Folder) folder = folder_new ();
  g_autoptr(Folder) other = folder_new ();
  g_autoptr(MwSecret) primary = mw_secret_new (PRIMARY, -1);
  g_autoptr(GPtrArray) records =
    g_ptr_array_new_with_free_func ((GDestroyNotify) mw_nss_record_free);
  MwNssStore store = { .helper_path = NSS_HELPER, .folder_fd = folder->fd };
  g_autoptr(GError) error = NULL;

  /* Neither key4.db nor cert9.db: nothing to read, and nothing is made. */
  g_ptr_array_add (records, mw_nss_record_new ("MDIEEPgAAAAA", "!"));
  mw_nss_helper_decrypt (&store, records, &error);
  g_assert_no_error (error);
  check_clear (records, 0, FALSE);
  g_assert_false (folder_has (folder, "key4.db"));

  folder_make_keys (folder, KEY_DES3 | KEY_PRIMARY_PASSWORD);
  add_made_by (records, folder, primary);
  folder_add_aes_key (folder);
  add_made_by (records, folder, primary);
  folder_make_keys (other, KEY_AES);
  add_made_by (records, other, NULL);

  g_assert_false (mw_nss_helper_decrypt (&store, records, &error));
  g_assert_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_PRIMARY_PASSWORD);
  g_clear_error (&error);
  store.primary_password = primary;
  mw_nss_helper_decrypt (&store, records, &error);
  g_assert_no_error (error);
  check_clear (records, 0, FALSE);
  check_clear (records, 1, TRUE);
  check_clear (records, 2, TRUE);
  check_clear (records, 3, FALSE);
}

static void
test_damaged_store (void)
{
  g_autoptr(Folder) folder = folder_new ();
  g_autoptr(GPtrArray) logins = one_login (USER, PASSWORD);
  g_autofree char *path = g_build_filename (folder->path, "key4.db", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "this is no database at all\n", -1, NULL));
  g_assert_false (run (folder, MW_NSS_JOB_STORE, TRUE, logins, &error));
  g_assert_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_DAMAGED);
}

/* A helper that is not there, and one that dies without reading. */
static void
test_bad_helper (void)
{
  static const char *const programs[] = { "/nonexistent/helper", "/bin/false" };
  g_autoptr(Folder) folder = folder_new ();
  g_autofree char *long_password = g_strnfill (200000, 'x');
  g_autoptr(GPtrArray) logins = one_login (USER, long_password);
  g_autoptr(GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      MwNssStore store = { .helper_path = programs[i], .folder_fd = folder->fd };

      g_assert_false (mw_nss_helper_run (&store, MW_NSS_JOB_STORE, logins, &error));
      g_assert_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_HELPER);
      g_clear_error (&error);
    }
}

/* One that does not answer is ended. */
static void
test_helper_that_hangs (void)
{
  static const char script[] =
    "#!/bin/sh\n"
    "echo $$ > /proc/$$/fd/5/pid\n"
    "exec sleep 1000\n";
  g_autoptr(Folder) folder = folder_new ();
  g_autofree char *path = g_build_filename (folder->path, "helper", NULL);
  g_autofree char *pid_path = g_build_filename (folder->path, "pid", NULL);
  g_autofree char *pid = NULL;
  g_autoptr(GPtrArray) logins = one_login (USER, PASSWORD);
  MwNssStore store = { .helper_path = path, .folder_fd = folder->fd, .time_limit = 2 };
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (path, script, -1, NULL));
  g_assert_no_errno (g_chmod (path, 0700));
  g_assert_false (mw_nss_helper_run (&store, MW_NSS_JOB_COMPARE, logins, &error));
  g_assert_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_HELPER);
  g_assert_true (g_file_get_contents (pid_path, &pid, NULL, NULL));
  g_assert_cmpint (kill ((pid_t) atoi (pid), 0), ==, -1);
  g_assert_cmpint (errno, ==, ESRCH);
}

/* pkcs11.txt names libraries for NSS to load: whoever wrote the profile must
 * not get code run next to a password. */
static void
test_evil_modules (void)
{
  g_autoptr(Folder) folder = folder_new ();
  g_autoptr(GPtrArray) logins = one_login (USER, PASSWORD);
  g_autofree char *mark = g_build_filename (folder->path, "evil", NULL);
  g_autofree char *list = g_build_filename (folder->path, "pkcs11.txt", NULL);
  g_autofree char *text = NULL;
  g_autofree char *after = NULL;
  g_autoptr(GError) error = NULL;

  /* The library writes a file "evil" into the working directory. */
  text = g_strdup_printf ("library=%s\nname=Evil\nNSS=trustOrder=100\n\n", EVIL_MODULE);
  g_assert_true (g_file_set_contents (list, text, -1, NULL));
  run (folder, MW_NSS_JOB_STORE, TRUE, logins, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (mark, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_get_contents (list, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, text);
}

static void
check_file (Folder     *folder,
            const char *name,
            const char *expected)
{
  g_autofree char *path = g_build_filename (folder->path, name, NULL);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, expected);
}

/* What a helper can see of the program that starts it: a shell script in its
 * place writes it down. */
static void
test_what_the_helper_sees (void)
{
  static const char script[] =
    "#!/bin/sh\n"
    "cd /proc/$$/fd/5 || exit 1\n"
    "tr '\\0' '\\n' < /proc/$$/environ > environ\n"
    "tr '\\0' '\\n' < /proc/$$/cmdline > cmdline\n"
    "ls -l /proc/$$/fd > descriptors\n";
  g_autoptr(Folder) folder = folder_new ();
  g_autofree char *path = g_build_filename (folder->path, "helper", NULL);
  g_autoptr(GPtrArray) logins = one_login (USER, PASSWORD);
  g_autofree char *open_path = g_build_filename (folder->path, "open-here", NULL);
  g_autofree char *expected = g_strdup_printf ("/bin/sh\n%s\n", path);
  g_autofree char *list_path = g_build_filename (folder->path, "descriptors", NULL);
  g_autofree char *list = NULL;
  g_autoptr(GError) error = NULL;
  MwNssStore store = { .helper_path = path, .folder_fd = folder->fd };
  int open_here;

  open_here = open (open_path, O_RDWR | O_CREAT, 0600);
  g_assert_cmpint (open_here, >=, 0);
  g_setenv ("MAILWRIGHT_TEST_MARK", "seen", TRUE);
  g_assert_true (g_file_set_contents (path, script, -1, NULL));
  g_assert_no_errno (g_chmod (path, 0700));
  g_assert_false (mw_nss_helper_run (&store, MW_NSS_JOB_STORE, logins, &error));
  g_assert_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_HELPER);
  g_assert_null (strstr (error->message, USER));

  check_file (folder, "environ", "");
  check_file (folder, "cmdline", expected);
  g_assert_true (g_file_get_contents (list_path, &list, NULL, NULL));
  g_assert_nonnull (strstr (list, " 5 -> "));
  g_assert_null (strstr (list, "open-here"));
  close (open_here);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (store_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/thunderbird-nss/store/", store_cases[i].name, NULL);

      g_test_add_data_func (path, &store_cases[i], test_store);
    }
  g_test_add_func ("/thunderbird-nss/store/again", test_store_again);
  g_test_add_func ("/thunderbird-nss/compare/changes-nothing", test_compare_changes_nothing);
  g_test_add_func ("/thunderbird-nss/primary-password/not-given", test_primary_password);
  for (gsize i = 0; i < G_N_ELEMENTS (primary_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/thunderbird-nss/primary-password/",
                                           primary_cases[i].name, NULL);

      g_test_add_data_func (path, &primary_cases[i], test_primary_password_given);
    }
  g_test_add_func ("/thunderbird-nss/decrypt", test_decrypt);
  g_test_add_func ("/thunderbird-nss/damaged-store", test_damaged_store);
  g_test_add_func ("/thunderbird-nss/bad-helper", test_bad_helper);
  g_test_add_func ("/thunderbird-nss/helper-that-hangs", test_helper_that_hangs);
  g_test_add_func ("/thunderbird-nss/evil-modules", test_evil_modules);
  g_test_add_func ("/thunderbird-nss/what-the-helper-sees", test_what_the_helper_sees);
  return g_test_run ();
}
