/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz.h"

#include "export/nss-helper/mw-nss-frame.h"
#include "export/nss-helper/mw-nss-request.h"

/* What the password helper reads from its pipe, and what Mailwright reads from
 * the helper. */

static gsize read_bytes;

static void
touch (const char *text)
{
  read_bytes += text != NULL ? strlen (text) : 0;
}

static void
check_request (MwNssFrame *frame)
{
  g_autoptr(MwNssRequest) request = mw_nss_request_parse (frame);

  if (request == NULL)
    return;
  touch (request->primary_password);
  touch (request->sha256);
  touch (request->certificate);
  for (guint i = 0; i < 2 * request->n_records; i++)
    touch (request->records[i]);
  for (guint i = 0; i < request->questions->len; i++)
    {
      MwNssQuestion *question = &g_array_index (request->questions, MwNssQuestion, i);

      touch (question->user);
      touch (question->password);
      for (guint j = 0; j < 2 * question->n_records; j++)
        touch (question->records[j]);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  gint64 deadline = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  g_autoptr(MwNssFrame) frame = NULL;
  int fd = memfd_create ("frame", MFD_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, data, size), ==, (gssize) size);
  g_assert_cmpint (lseek (fd, 0, SEEK_SET), ==, 0);
  frame = mw_nss_frame_read (fd, deadline);
  close (fd);
  if (frame == NULL)
    return 0;

  for (guint i = 0; i < frame->fields->len; i++)
    touch (frame->fields->pdata[i]);
  check_request (frame);
  return 0;
}
