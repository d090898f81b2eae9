/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <nss.h>

#include "export/nss-helper/mw-nss-frame.h"
#include "export/nss-helper/mw-sdr.h"

/* The one program that touches Thunderbird's password store. NSS keeps its
 * state per process and cannot wait, so it does not live in Mailwright.
 *
 * One request on descriptor 3, one reply on descriptor 4, both pipes;
 * descriptor 5 is the profile folder, so that a name that is swapped meanwhile
 * cannot lead elsewhere. Nothing on the command line, nothing
 * from the environment. Passwords come in and are never given out again.
 *
 * Request: protocol, job, kind of key to make if there is none, then for each
 *   login its user name, "1" and the password or "0" and "", the number of
 *   records to look through, and each record's encrypted user name and
 *   password.
 * Reply: status, detail, then for each login the number of the record with
 *   this user name or "", "1" if its password is this one too or "0", and
 *   (job "store", when not the same) the encrypted user name and password. */

#define TIME_LIMIT_S 20

typedef struct {
  const char  *user;
  const char  *password; /* NULL: only look for the user name */
  const char **records;  /* user name, password, user name, … */
  guint        n_records;
} Login;

typedef struct {
  gboolean  store;
  gboolean  aes;
  GArray   *logins; /* element Login */
} Job;

static void
harden (void)
{
  const struct rlimit none = { 0, 0 };

  prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
  setrlimit (RLIMIT_CORE, &none);
  umask (077);
  close_range (MW_NSS_FD_FOLDER + 1, ~0U, 0);
  alarm (TIME_LIMIT_S);
}

static gboolean
read_number (const char *text,
             guint       max,
             guint      *number)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (text, 10, 0, max, &value, NULL))
    return FALSE;
  *number = value;
  return TRUE;
}

static gboolean
read_job (GPtrArray *fields,
          Job       *job)
{
  const char **field = (const char **) fields->pdata;
  guint at = 3;

  if (fields->len < 3 || strcmp (field[0], MW_NSS_PROTOCOL) != 0)
    return FALSE;
  job->store = strcmp (field[1], MW_NSS_JOB_NAME_STORE) == 0;
  if (!job->store && strcmp (field[1], MW_NSS_JOB_NAME_COMPARE) != 0)
    return FALSE;
  job->aes = strcmp (field[2], MW_NSS_KEY_AES) == 0;

  while (at < fields->len)
    {
      Login login = { 0 };

      if (fields->len - at < 4 ||
          !read_number (field[at + 3], (fields->len - at - 4) / 2, &login.n_records))
        return FALSE;
      login.user = field[at];
      login.password = strcmp (field[at + 1], "1") == 0 ? field[at + 2] : NULL;
      login.records = field + at + 4;
      g_array_append_val (job->logins, login);
      at += 4 + 2 * login.n_records;
    }

  return TRUE;
}

static gboolean
answer_login (PK11SlotInfo *slot,
              const Job    *job,
              const Login  *login,
              GPtrArray    *reply)
{
  int match = -1;
  gboolean same;

  for (guint i = 0; slot != NULL && match < 0 && i < login->n_records; i++)
    if (mw_sdr_matches (slot, login->records[2 * i], login->user))
      match = i;
  same = match >= 0 && login->password != NULL &&
         mw_sdr_matches (slot, login->records[2 * match + 1], login->password);

  g_ptr_array_add (reply, match >= 0 ? g_strdup_printf ("%d", match) : g_strdup (""));
  g_ptr_array_add (reply, g_strdup (same ? "1" : "0"));
  if (job->store && !same && login->password != NULL)
    {
      char *user = mw_sdr_encrypt (slot, login->user);
      char *password = mw_sdr_encrypt (slot, login->password);

      g_ptr_array_add (reply, user);
      g_ptr_array_add (reply, password);
      return user != NULL && password != NULL;
    }
  g_ptr_array_add (reply, g_strdup (""));
  g_ptr_array_add (reply, g_strdup (""));
  return TRUE;
}

static gboolean
has_primary_password (PK11SlotInfo *slot)
{
  return PK11_NeedLogin (slot) && !PK11_NeedUserInit (slot) &&
         PK11_CheckUserPassword (slot, "") != SECSuccess;
}

static gboolean
prepare_to_store (PK11SlotInfo *slot,
                  const Job    *job)
{
  if (PK11_NeedUserInit (slot) && PK11_InitPin (slot, NULL, "") != SECSuccess)
    return FALSE;
  return mw_sdr_have_key (slot) || mw_sdr_make_key (slot, job->aes);
}

static const char *
work (PK11SlotInfo *slot,
      const Job    *job,
      GPtrArray    *reply)
{
  if (slot != NULL && has_primary_password (slot))
    return MW_NSS_STATUS_PRIMARY_PASSWORD;
  if (job->store && (slot == NULL || !prepare_to_store (slot, job)))
    return MW_NSS_STATUS_ERROR;

  for (guint i = 0; i < job->logins->len; i++)
    if (!answer_login (slot, job, &g_array_index (job->logins, Login, i), reply))
      return MW_NSS_STATUS_ERROR;

  return MW_NSS_STATUS_OK;
}

static const char *
open_and_work (const Job *job,
               GPtrArray *reply)
{
  /* NOMODDB: the profile's pkcs11.txt names libraries to load, code of
   * whoever wrote the profile. Without the flag it would be run here. */
  guint32 flags = NSS_INIT_NOMODDB | NSS_INIT_NOROOTINIT | NSS_INIT_OPTIMIZESPACE |
                  (job->store ? 0 : NSS_INIT_READONLY);
  NSSInitContext *context = NULL;
  PK11SlotInfo *slot = NULL;
  const char *status;

  /* A store that is not there cannot be opened for reading: nothing in it. */
  if (job->store || (access ("key4.db", F_OK) == 0 && access ("cert9.db", F_OK) == 0))
    {
      context = NSS_InitContext ("sql:.", "", "", SECMOD_DB, NULL, flags);
      if (context == NULL)
        return MW_NSS_STATUS_ERROR;
      slot = PK11_GetInternalKeySlot ();
    }

  status = work (slot, job, reply);

  if (slot != NULL)
    PK11_FreeSlot (slot);
  if (context != NULL)
    NSS_ShutdownContext (context);
  return status;
}

int
main (void)
{
  gint64 deadline = g_get_monotonic_time () + TIME_LIMIT_S * G_USEC_PER_SEC;
  g_autoptr(MwNssFrame) request = NULL;
  g_autoptr(GPtrArray) reply = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GArray) logins = g_array_new (FALSE, FALSE, sizeof (Login));
  Job job = { .logins = logins };
  const char *status = MW_NSS_STATUS_ERROR;

  harden ();
  if (fchdir (MW_NSS_FD_FOLDER) != 0)
    return EXIT_FAILURE;
  request = mw_nss_frame_read (MW_NSS_FD_REQUEST, deadline);
  if (request == NULL || !read_job (request->fields, &job))
    return EXIT_FAILURE;

  g_ptr_array_add (reply, NULL);
  g_ptr_array_add (reply, NULL);
  status = open_and_work (&job, reply);
  if (strcmp (status, MW_NSS_STATUS_OK) != 0)
    g_ptr_array_set_size (reply, 2);
  reply->pdata[0] = g_strdup (status);
  reply->pdata[1] = strcmp (status, MW_NSS_STATUS_ERROR) == 0
                      ? g_strdup_printf ("NSS error %d", PORT_GetError ())
                      : g_strdup ("");

  return mw_nss_frame_write (MW_NSS_FD_REPLY, (const char *const *) reply->pdata,
                             reply->len, deadline) ? EXIT_SUCCESS : EXIT_FAILURE;
}
