/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/nss-helper/mw-nss-request.h"

#include <string.h>

#define N_HEAD_FIELDS 5

static const char *const job_names[] = {
  [MW_NSS_REQUEST_COMPARE] = MW_NSS_JOB_NAME_COMPARE,
  [MW_NSS_REQUEST_STORE] = MW_NSS_JOB_NAME_STORE,
  [MW_NSS_REQUEST_DECRYPT] = MW_NSS_JOB_NAME_DECRYPT,
  [MW_NSS_REQUEST_LOOK] = MW_NSS_JOB_NAME_LOOK,
  [MW_NSS_REQUEST_TRUST] = MW_NSS_JOB_NAME_TRUST,
  [MW_NSS_REQUEST_FORGET] = MW_NSS_JOB_NAME_FORGET,
};

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
read_job (const char      *name,
          MwNssRequestJob *job)
{
  for (gsize i = 0; i < G_N_ELEMENTS (job_names); i++)
    if (strcmp (name, job_names[i]) == 0)
      {
        *job = i;
        return TRUE;
      }

  return FALSE;
}

static gboolean
read_questions (MwNssRequest      *self,
                const char *const *field,
                guint              n_fields)
{
  guint at = 0;

  while (at < n_fields)
    {
      MwNssQuestion question = { 0 };

      if (n_fields - at < 4 ||
          !read_number (field[at + 3], (n_fields - at - 4) / 2, &question.n_records))
        return FALSE;
      question.user = field[at];
      question.password = strcmp (field[at + 1], "1") == 0 ? field[at + 2] : NULL;
      question.records = field + at + 4;
      g_array_append_val (self->questions, question);
      at += 4 + 2 * question.n_records;
    }

  return TRUE;
}

static gboolean
read_body (MwNssRequest      *self,
           const char *const *field,
           guint              n_fields)
{
  switch (self->job)
    {
    case MW_NSS_REQUEST_DECRYPT:
      self->records = field;
      self->n_records = n_fields / 2;
      return n_fields % 2 == 0;
    case MW_NSS_REQUEST_LOOK:
    case MW_NSS_REQUEST_TRUST:
    case MW_NSS_REQUEST_FORGET:
      if (n_fields != 2)
        return FALSE;
      self->sha256 = field[0];
      self->certificate = field[1];
      return TRUE;
    case MW_NSS_REQUEST_COMPARE:
    case MW_NSS_REQUEST_STORE:
    default:
      return read_questions (self, field, n_fields);
    }
}

MwNssRequest *
mw_nss_request_parse (MwNssFrame *frame)
{
  g_autoptr(MwNssRequest) self = g_new0 (MwNssRequest, 1);
  const char *const *field;

  g_return_val_if_fail (frame != NULL, NULL);

  self->questions = g_array_new (FALSE, FALSE, sizeof (MwNssQuestion));
  field = (const char *const *) frame->fields->pdata;
  if (frame->fields->len < N_HEAD_FIELDS || strcmp (field[0], MW_NSS_PROTOCOL) != 0 ||
      !read_job (field[1], &self->job))
    return NULL;
  self->aes = strcmp (field[2], MW_NSS_KEY_AES) == 0;
  self->primary_password = strcmp (field[3], "1") == 0 ? field[4] : NULL;
  if (!read_body (self, field + N_HEAD_FIELDS, frame->fields->len - N_HEAD_FIELDS))
    return NULL;

  return g_steal_pointer (&self);
}

void
mw_nss_request_free (MwNssRequest *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->questions);
  g_free (self);
}
