/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <nss.h>

#include "core/mw-secret.h"
#include "export/nss-helper/mw-nss-authority.h"
#include "export/nss-helper/mw-nss-frame.h"
#include "export/nss-helper/mw-nss-request.h"
#include "export/nss-helper/mw-sdr.h"

/* The one program that touches Thunderbird's password store. NSS keeps its
 * state per process and cannot wait, so it does not live in Mailwright.
 *
 * One request on descriptor 3, one reply on descriptor 4, both pipes;
 * descriptor 5 is the profile folder, so that a name that is swapped meanwhile
 * cannot lead elsewhere. Nothing on the command line, nothing
 * from the environment. Passwords come in; only job "decrypt", which looks at
 * accounts that are to be taken over from there, gives some out.
 *
 * Reply: status, detail, then
 * - to compare or store: for each log-in the number of the record with this
 *   user name or "", "1" if its password is this one too or "0", and (job
 *   "store", when not the same) the encrypted user name and password;
 * - to decrypt: for each record "1", its user name and its password, or "0",
 *   "" and "" if this store has no key to it;
 * - about an authority: "absent", "known" or "trusted", as it is in the end.
 * The request is described in mw-nss-request.h. */

#define TIME_LIMIT_S 20

static void
harden (void)
{
  const struct rlimit none = { 0, 0 };

  prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
  prctl (PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  setrlimit (RLIMIT_CORE, &none);
  umask (077);
  close_range (MW_NSS_FD_FOLDER + 1, ~0U, 0);
  alarm (TIME_LIMIT_S);
}

static gboolean
answer_question (PK11SlotInfo        *slot,
                 const MwNssRequest  *request,
                 const MwNssQuestion *question,
                 GPtrArray           *reply)
{
  int match = -1;
  gboolean same;

  for (guint i = 0; slot != NULL && match < 0 && i < question->n_records; i++)
    if (mw_sdr_matches (slot, question->records[2 * i], question->user))
      match = i;
  same = match >= 0 && question->password != NULL &&
         mw_sdr_matches (slot, question->records[2 * match + 1], question->password);

  g_ptr_array_add (reply, match >= 0 ? g_strdup_printf ("%d", match) : g_strdup (""));
  g_ptr_array_add (reply, g_strdup (same ? "1" : "0"));
  if (request->job == MW_NSS_REQUEST_STORE && !same && question->password != NULL)
    {
      char *user = mw_sdr_encrypt (slot, question->user);
      char *password = mw_sdr_encrypt (slot, question->password);

      g_ptr_array_add (reply, user);
      g_ptr_array_add (reply, password);
      return user != NULL && password != NULL;
    }
  g_ptr_array_add (reply, g_strdup (""));
  g_ptr_array_add (reply, g_strdup (""));
  return TRUE;
}

static void
decrypt_record (PK11SlotInfo *slot,
                const char   *encrypted_user,
                const char   *encrypted_password,
                GPtrArray    *reply)
{
  g_autoptr(MwSecret) user = slot != NULL ? mw_sdr_decrypt (slot, encrypted_user) : NULL;
  g_autoptr(MwSecret) password = slot != NULL ? mw_sdr_decrypt (slot, encrypted_password) : NULL;
  gboolean both = user != NULL && password != NULL;

  g_ptr_array_add (reply, g_strdup (both ? "1" : "0"));
  g_ptr_array_add (reply, g_strdup (both ? mw_secret_peek (user) : ""));
  g_ptr_array_add (reply, g_strdup (both ? mw_secret_peek (password) : ""));
}

static gboolean
has_primary_password (PK11SlotInfo *slot)
{
  return PK11_NeedLogin (slot) && !PK11_NeedUserInit (slot) &&
         PK11_CheckUserPassword (slot, "") != SECSuccess;
}

static const char *
unlock (PK11SlotInfo       *slot,
        const MwNssRequest *request)
{
  if (!has_primary_password (slot))
    return MW_NSS_STATUS_OK;
  if (request->primary_password == NULL)
    return MW_NSS_STATUS_PRIMARY_PASSWORD;
  return PK11_CheckUserPassword (slot, request->primary_password) == SECSuccess
           ? MW_NSS_STATUS_OK : MW_NSS_STATUS_WRONG_PASSWORD;
}

static gboolean
prepare_to_store (PK11SlotInfo       *slot,
                  const MwNssRequest *request)
{
  if (PK11_NeedUserInit (slot) && PK11_InitPin (slot, NULL, "") != SECSuccess)
    return FALSE;
  return mw_sdr_have_key (slot) || mw_sdr_make_key (slot, request->aes);
}

static gboolean
answer_about_authority (PK11SlotInfo       *slot,
                        const MwNssRequest *request,
                        GPtrArray          *reply)
{
  gboolean ok = TRUE;

  if (request->job == MW_NSS_REQUEST_TRUST)
    ok = slot != NULL && mw_nss_authority_trust (slot, request->sha256, request->certificate);
  else if (request->job == MW_NSS_REQUEST_FORGET)
    ok = slot == NULL || mw_nss_authority_forget (slot, request->sha256);

  g_ptr_array_add (reply, g_strdup (slot != NULL ? mw_nss_authority_look (slot, request->sha256)
                                                 : MW_NSS_AUTHORITY_ABSENT));
  return ok;
}

static const char *
work (PK11SlotInfo       *slot,
      const MwNssRequest *request,
      GPtrArray          *reply)
{
  const char *status = slot != NULL ? unlock (slot, request) : MW_NSS_STATUS_OK;

  if (strcmp (status, MW_NSS_STATUS_OK) != 0)
    return status;
  if (request->job == MW_NSS_REQUEST_STORE &&
      (slot == NULL || !prepare_to_store (slot, request)))
    return MW_NSS_STATUS_ERROR;

  for (guint i = 0; i < request->questions->len; i++)
    if (!answer_question (slot, request,
                          &g_array_index (request->questions, MwNssQuestion, i), reply))
      return MW_NSS_STATUS_ERROR;
  for (guint i = 0; i < request->n_records; i++)
    decrypt_record (slot, request->records[2 * i], request->records[2 * i + 1], reply);
  if (request->sha256 != NULL && !answer_about_authority (slot, request, reply))
    return MW_NSS_STATUS_ERROR;

  return MW_NSS_STATUS_OK;
}

static const char *
open_and_work (const MwNssRequest *request,
               GPtrArray          *reply)
{
  gboolean changes = request->job == MW_NSS_REQUEST_STORE ||
                     request->job == MW_NSS_REQUEST_TRUST ||
                     request->job == MW_NSS_REQUEST_FORGET;
  /* NOMODDB: the profile's pkcs11.txt names libraries to load, code of
   * whoever wrote the profile. Without the flag it would be run here. */
  guint32 flags = NSS_INIT_NOMODDB | NSS_INIT_NOROOTINIT | NSS_INIT_OPTIMIZESPACE |
                  (changes ? 0 : NSS_INIT_READONLY);
  NSSInitContext *context = NULL;
  PK11SlotInfo *slot = NULL;
  const char *status;

  /* A store that is not there cannot be opened for reading: nothing in it. */
  if (changes || (access ("key4.db", F_OK) == 0 && access ("cert9.db", F_OK) == 0))
    {
      context = NSS_InitContext ("sql:.", "", "", SECMOD_DB, NULL, flags);
      if (context == NULL)
        return MW_NSS_STATUS_ERROR;
      slot = PK11_GetInternalKeySlot ();
    }

  status = work (slot, request, reply);

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
  g_autoptr(MwNssFrame) frame = NULL;
  g_autoptr(MwNssRequest) request = NULL;
  g_autoptr(GPtrArray) reply = NULL;
  const char *status = MW_NSS_STATUS_ERROR;

  harden ();
  if (fchdir (MW_NSS_FD_FOLDER) != 0)
    return EXIT_FAILURE;
  frame = mw_nss_frame_read (MW_NSS_FD_REQUEST, deadline);
  if (frame != NULL)
    request = mw_nss_request_parse (frame);
  if (request == NULL)
    return EXIT_FAILURE;

  reply = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_secret_free_bytes);
  g_ptr_array_add (reply, NULL);
  g_ptr_array_add (reply, NULL);
  status = open_and_work (request, reply);
  if (strcmp (status, MW_NSS_STATUS_OK) != 0)
    g_ptr_array_set_size (reply, 2);
  reply->pdata[0] = g_strdup (status);
  reply->pdata[1] = strcmp (status, MW_NSS_STATUS_ERROR) == 0
                      ? g_strdup_printf ("NSS error %d", PORT_GetError ())
                      : g_strdup ("");

  return mw_nss_frame_write (MW_NSS_FD_REPLY, (const char *const *) reply->pdata,
                             reply->len, deadline) ? EXIT_SUCCESS : EXIT_FAILURE;
}
