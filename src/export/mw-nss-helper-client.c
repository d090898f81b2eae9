/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-nss-helper-client.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib-unix.h>
#include <glib/gstdio.h>

#include "core/mw-error.h"
#include "export/nss-helper/mw-nss-frame.h"

#define PROGRAM "mailwright-nss-helper"
#define TIME_LIMIT_S 25

MwNssRecord *
mw_nss_record_new (const char *encrypted_user,
                   const char *encrypted_password)
{
  MwNssRecord *self;

  g_return_val_if_fail (encrypted_user != NULL, NULL);
  g_return_val_if_fail (encrypted_password != NULL, NULL);

  self = g_new0 (MwNssRecord, 1);
  self->user = g_strdup (encrypted_user);
  self->password = g_strdup (encrypted_password);
  return self;
}

void
mw_nss_record_free (MwNssRecord *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->user);
  g_free (self->password);
  g_free (self->clear_user);
  g_clear_pointer (&self->clear_password, mw_secret_unref);
  g_free (self);
}

MwNssLogin *
mw_nss_login_new (const char *user,
                  MwSecret   *password)
{
  MwNssLogin *self;

  g_return_val_if_fail (user != NULL, NULL);

  self = g_new0 (MwNssLogin, 1);
  self->user = g_strdup (user);
  self->password = password != NULL ? mw_secret_ref (password) : NULL;
  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_nss_record_free);
  self->match = -1;
  return self;
}

void
mw_nss_login_add_record (MwNssLogin *self,
                         const char *encrypted_user,
                         const char *encrypted_password)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_add (self->records, mw_nss_record_new (encrypted_user, encrypted_password));
}

void
mw_nss_login_free (MwNssLogin *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->user);
  g_clear_pointer (&self->password, mw_secret_unref);
  g_ptr_array_unref (self->records);
  g_free (self->encrypted_user);
  g_free (self->encrypted_password);
  g_free (self);
}

/* The helper may die while it is written to, and a library has no say in how
 * its process treats SIGPIPE. */
static gboolean
write_without_sigpipe (int        fd,
                       GPtrArray *fields,
                       gint64     deadline)
{
  const struct timespec at_once = { 0, 0 };
  sigset_t pipe_set, old_set, pending;
  gboolean ok, was_pending;

  sigemptyset (&pipe_set);
  sigaddset (&pipe_set, SIGPIPE);
  sigpending (&pending);
  was_pending = sigismember (&pending, SIGPIPE) == 1;
  pthread_sigmask (SIG_BLOCK, &pipe_set, &old_set);
  ok = mw_nss_frame_write (fd, (const char *const *) fields->pdata, fields->len, deadline);
  if (!ok && !was_pending)
    sigtimedwait (&pipe_set, NULL, &at_once);
  pthread_sigmask (SIG_SETMASK, &old_set, NULL);
  return ok;
}

/* Borrows every string; a password goes from its MwSecret straight into
 * the block that mw_nss_frame_write() wipes. */
static GPtrArray *
begin_request (const MwNssStore *store,
               const char       *job)
{
  GPtrArray *fields = g_ptr_array_new ();
  MwSecret *primary = store->primary_password;

  g_ptr_array_add (fields, (gpointer) MW_NSS_PROTOCOL);
  g_ptr_array_add (fields, (gpointer) job);
  g_ptr_array_add (fields, (gpointer) (store->prefer_aes ? MW_NSS_KEY_AES : MW_NSS_KEY_DES3));
  g_ptr_array_add (fields, (gpointer) (primary != NULL ? "1" : "0"));
  g_ptr_array_add (fields, (gpointer) (primary != NULL ? mw_secret_peek (primary) : ""));
  return fields;
}

static void
add_records (GPtrArray *fields,
             GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    {
      MwNssRecord *record = records->pdata[i];

      g_ptr_array_add (fields, record->user);
      g_ptr_array_add (fields, record->password);
    }
}

static void
add_logins (GPtrArray *fields,
            GPtrArray *logins,
            GPtrArray *numbers)
{
  for (guint i = 0; i < logins->len; i++)
    {
      MwNssLogin *login = logins->pdata[i];

      g_ptr_array_add (numbers, g_strdup_printf ("%u", login->records->len));
      g_ptr_array_add (fields, login->user);
      g_ptr_array_add (fields, (gpointer) (login->password != NULL ? "1" : "0"));
      g_ptr_array_add (fields, (gpointer) (login->password != NULL
                                             ? mw_secret_peek (login->password) : ""));
      g_ptr_array_add (fields, numbers->pdata[i]);
      add_records (fields, login->records);
    }
}

static gboolean
read_answer (MwNssLogin  *login,
             gpointer    *fields,
             MwNssJob     job)
{
  const char *match = fields[0];
  guint64 number = 0;

  login->match = -1;
  if (*match != '\0')
    {
      if (login->records->len == 0 ||
          !g_ascii_string_to_unsigned (match, 10, 0, login->records->len - 1, &number, NULL))
        return FALSE;
      login->match = (int) number;
    }
  login->same = strcmp (fields[1], "1") == 0;
  g_clear_pointer (&login->encrypted_user, g_free);
  g_clear_pointer (&login->encrypted_password, g_free);
  if (job == MW_NSS_JOB_COMPARE || login->same || login->password == NULL)
    return TRUE;

  login->encrypted_user = g_strdup (fields[2]);
  login->encrypted_password = g_strdup (fields[3]);
  return *login->encrypted_user != '\0' && *login->encrypted_password != '\0';
}

static gboolean
read_answers (GPtrArray *logins,
              gpointer  *fields,
              guint      n_fields,
              MwNssJob   job)
{
  if (n_fields != 4 * logins->len)
    return FALSE;
  for (guint i = 0; i < logins->len; i++)
    if (!read_answer (logins->pdata[i], fields + 4 * i, job))
      return FALSE;

  return TRUE;
}

static gboolean
read_clear_texts (GPtrArray *records,
                  gpointer  *fields,
                  guint      n_fields)
{
  if (n_fields != 3 * records->len)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      MwNssRecord *record = records->pdata[i];

      g_clear_pointer (&record->clear_user, g_free);
      g_clear_pointer (&record->clear_password, mw_secret_unref);
      if (strcmp (fields[3 * i], "1") != 0)
        continue;
      record->clear_user = g_strdup (fields[3 * i + 1]);
      record->clear_password = mw_secret_new (fields[3 * i + 2], -1);
    }

  return TRUE;
}

static gboolean
senseless_answer (GError **error)
{
  g_set_error_literal (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_HELPER,
                       "The password helper gave an answer that makes no sense");
  return FALSE;
}

static gboolean
read_status (MwNssFrame  *reply,
             GError     **error)
{
  const char *status;

  if (reply == NULL || reply->fields->len < 2)
    {
      g_set_error_literal (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_HELPER,
                           "The password helper gave no answer");
      return FALSE;
    }

  status = reply->fields->pdata[0];
  if (strcmp (status, MW_NSS_STATUS_OK) == 0)
    return TRUE;
  if (strcmp (status, MW_NSS_STATUS_PRIMARY_PASSWORD) == 0)
    g_set_error_literal (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_PRIMARY_PASSWORD,
                         "The password store is locked by a primary password");
  else if (strcmp (status, MW_NSS_STATUS_WRONG_PASSWORD) == 0)
    g_set_error_literal (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_PRIMARY_PASSWORD,
                         "The primary password is wrong");
  else
    g_set_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_DAMAGED,
                 "The password store (key4.db, cert9.db) cannot be used: %s",
                 (const char *) reply->fields->pdata[1]);
  return FALSE;
}

static GSubprocess *
start_helper (const char  *helper_path,
              int          folder_fd,
              int         *to_helper,
              int         *from_helper,
              GError     **error)
{
  g_autoptr(GSubprocessLauncher) launcher = NULL;
  GSubprocess *process;
  char *no_environment[] = { NULL };
  int request[2], reply[2];

  if (!g_unix_open_pipe (request, FD_CLOEXEC, error))
    return NULL;
  if (!g_unix_open_pipe (reply, FD_CLOEXEC, error))
    {
      close (request[0]);
      close (request[1]);
      return NULL;
    }

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                        G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_set_environ (launcher, no_environment);
  g_subprocess_launcher_take_fd (launcher, request[0], MW_NSS_FD_REQUEST);
  g_subprocess_launcher_take_fd (launcher, reply[1], MW_NSS_FD_REPLY);
  g_subprocess_launcher_take_fd (launcher, fcntl (folder_fd, F_DUPFD_CLOEXEC, 0),
                                 MW_NSS_FD_FOLDER);
  process = g_subprocess_launcher_spawn (launcher, error, helper_path, NULL);
  g_subprocess_launcher_close (launcher);
  if (process == NULL)
    {
      close (request[1]);
      close (reply[0]);
      return NULL;
    }

  *to_helper = request[1];
  *from_helper = reply[0];
  return process;
}

/* Returns the answer to @request, %NULL when there is none. */
static MwNssFrame *
ask (const MwNssStore  *store,
     GPtrArray         *request,
     GError           **error)
{
  guint time_limit = store->time_limit > 0 ? store->time_limit : TIME_LIMIT_S;
  gint64 deadline = g_get_monotonic_time () + time_limit * G_USEC_PER_SEC;
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(MwNssFrame) reply = NULL;
  g_autoptr(GError) local_error = NULL;
  int to_helper, from_helper;

  process = start_helper (store->helper_path, store->folder_fd,
                          &to_helper, &from_helper, &local_error);
  if (process == NULL)
    {
      g_set_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_HELPER,
                   "The password helper cannot be started: %s", local_error->message);
      return NULL;
    }

  if (write_without_sigpipe (to_helper, request, deadline))
    reply = mw_nss_frame_read (from_helper, deadline);
  close (to_helper);
  close (from_helper);
  if (reply == NULL)
    g_subprocess_force_exit (process);
  /* key4.db is closed only when the helper is gone. */
  g_subprocess_wait (process, NULL, NULL);

  return read_status (reply, error) ? g_steal_pointer (&reply) : NULL;
}

static gboolean
is_store (const MwNssStore *store)
{
  return store != NULL && store->folder_fd >= 0 && store->helper_path != NULL &&
         g_path_is_absolute (store->helper_path);
}

gboolean
mw_nss_helper_run (const MwNssStore  *store,
                   MwNssJob           job,
                   GPtrArray         *logins,
                   GError           **error)
{
  g_autoptr(GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) request = NULL;
  g_autoptr(MwNssFrame) reply = NULL;

  g_return_val_if_fail (is_store (store), FALSE);
  g_return_val_if_fail (logins != NULL, FALSE);

  request = begin_request (store, job == MW_NSS_JOB_STORE ? MW_NSS_JOB_NAME_STORE
                                                          : MW_NSS_JOB_NAME_COMPARE);
  add_logins (request, logins, numbers);
  reply = ask (store, request, error);
  if (reply == NULL)
    return FALSE;
  return read_answers (logins, reply->fields->pdata + 2, reply->fields->len - 2, job) ||
         senseless_answer (error);
}

gboolean
mw_nss_helper_decrypt (const MwNssStore  *store,
                       GPtrArray         *records,
                       GError           **error)
{
  g_autoptr(GPtrArray) request = NULL;
  g_autoptr(MwNssFrame) reply = NULL;

  g_return_val_if_fail (is_store (store), FALSE);
  g_return_val_if_fail (records != NULL, FALSE);

  request = begin_request (store, MW_NSS_JOB_NAME_DECRYPT);
  add_records (request, records);
  reply = ask (store, request, error);
  if (reply == NULL)
    return FALSE;
  return read_clear_texts (records, reply->fields->pdata + 2, reply->fields->len - 2) ||
         senseless_answer (error);
}

static gboolean
ask_about_authority (const MwNssStore  *store,
                     const char        *job,
                     const char        *sha256,
                     const char        *certificate,
                     MwNssAuthority    *authority,
                     GError           **error)
{
  static const char *const states[] = {
    [MW_NSS_HAS_NO_AUTHORITY] = MW_NSS_AUTHORITY_ABSENT,
    [MW_NSS_HAS_UNTRUSTED_AUTHORITY] = MW_NSS_AUTHORITY_KNOWN,
    [MW_NSS_HAS_TRUSTED_AUTHORITY] = MW_NSS_AUTHORITY_TRUSTED,
  };
  g_autoptr(GPtrArray) request = begin_request (store, job);
  g_autoptr(MwNssFrame) reply = NULL;

  g_ptr_array_add (request, (gpointer) sha256);
  g_ptr_array_add (request, (gpointer) certificate);
  reply = ask (store, request, error);
  if (reply == NULL)
    return FALSE;

  for (gsize i = 0; reply->fields->len == 3 && i < G_N_ELEMENTS (states); i++)
    if (strcmp (reply->fields->pdata[2], states[i]) == 0)
      {
        *authority = i;
        return TRUE;
      }
  return senseless_answer (error);
}

gboolean
mw_nss_helper_look_for_authority (const MwNssStore  *store,
                                  const char        *sha256,
                                  MwNssAuthority    *authority,
                                  GError           **error)
{
  g_return_val_if_fail (is_store (store), FALSE);
  g_return_val_if_fail (sha256 != NULL, FALSE);
  g_return_val_if_fail (authority != NULL, FALSE);

  return ask_about_authority (store, MW_NSS_JOB_NAME_LOOK, sha256, "", authority, error);
}

gboolean
mw_nss_helper_trust_authority (const MwNssStore  *store,
                               GBytes            *der,
                               GError           **error)
{
  g_autofree char *sha256 = NULL;
  g_autofree char *base64 = NULL;
  MwNssAuthority authority;
  gconstpointer data;
  gsize size;

  g_return_val_if_fail (is_store (store), FALSE);
  g_return_val_if_fail (der != NULL, FALSE);

  data = g_bytes_get_data (der, &size);
  sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, der);
  base64 = g_base64_encode (data, size);
  if (!ask_about_authority (store, MW_NSS_JOB_NAME_TRUST, sha256, base64, &authority, error))
    return FALSE;
  return authority == MW_NSS_HAS_TRUSTED_AUTHORITY || senseless_answer (error);
}

gboolean
mw_nss_helper_forget_authority (const MwNssStore  *store,
                                const char        *sha256,
                                GError           **error)
{
  MwNssAuthority authority;

  g_return_val_if_fail (is_store (store), FALSE);
  g_return_val_if_fail (sha256 != NULL, FALSE);

  if (!ask_about_authority (store, MW_NSS_JOB_NAME_FORGET, sha256, "", &authority, error))
    return FALSE;
  return authority == MW_NSS_HAS_NO_AUTHORITY || senseless_answer (error);
}

/* A program that gets passwords must be nobody's but root's or the person's. */
static gboolean
is_trustworthy (const char *path)
{
  GStatBuf status;

  return g_stat (path, &status) == 0 && S_ISREG (status.st_mode) &&
         (status.st_mode & S_IXUSR) != 0 && (status.st_mode & S_IWOTH) == 0 &&
         (status.st_uid == 0 || status.st_uid == geteuid ());
}

char *
mw_nss_helper_find (void)
{
  /* Seen from the folder of the running program: moved as a whole
   * (DESTDIR), or not installed at all. */
  static const char *const beside[] = {
    "../libexec/" PROGRAM,
    "../lib/" PROGRAM,
    "../export/nss-helper/" PROGRAM,
    "../../src/export/nss-helper/" PROGRAM,
  };
  g_autofree char *program = NULL;
  g_autofree char *folder = NULL;

  if (is_trustworthy (LIBEXECDIR "/" PROGRAM))
    return g_strdup (LIBEXECDIR "/" PROGRAM);

  program = g_file_read_link ("/proc/self/exe", NULL);
  if (program == NULL)
    return NULL;
  folder = g_path_get_dirname (program);
  for (gsize i = 0; i < G_N_ELEMENTS (beside); i++)
    {
      g_autofree char *path = g_build_filename (folder, beside[i], NULL);

      if (is_trustworthy (path))
        return g_canonicalize_filename (path, NULL);
    }

  return NULL;
}
