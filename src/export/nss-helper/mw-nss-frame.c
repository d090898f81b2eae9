/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/nss-helper/mw-nss-frame.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "core/mw-secret.h"

/* On the wire: size of the rest (u32), then for each field its length (u32),
 * its bytes and a NUL, so that a received field is a C string where it lies.
 * Numbers are big-endian. */
#define MAX_SIZE (16 * 1024 * 1024)

static gboolean
wait_for_fd (int    fd,
             short  events,
             gint64 deadline)
{
  for (;;)
    {
      struct pollfd poll_fd = { .fd = fd, .events = events };
      gint64 left = (deadline - g_get_monotonic_time ()) / 1000;
      int n;

      if (left <= 0)
        return FALSE;
      n = poll (&poll_fd, 1, (int) MIN (left, 60 * 1000));
      if (n > 0)
        return TRUE;
      if (n < 0 && errno != EINTR)
        return FALSE;
    }
}

static gboolean
read_all (int     fd,
          guint8 *bytes,
          gsize   size,
          gint64  deadline)
{
  while (size > 0)
    {
      gssize n;

      if (!wait_for_fd (fd, POLLIN, deadline))
        return FALSE;
      n = read (fd, bytes, size);
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      bytes += n;
      size -= n;
    }

  return TRUE;
}

static gboolean
write_all (int           fd,
           const guint8 *bytes,
           gsize         size,
           gint64        deadline)
{
  while (size > 0)
    {
      gssize n;

      if (!wait_for_fd (fd, POLLOUT, deadline))
        return FALSE;
      /* A blocking pipe takes PIPE_BUF at once when poll() says so; more
       * could hold this thread beyond its deadline. */
      n = write (fd, bytes, MIN (size, 4096));
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      bytes += n;
      size -= n;
    }

  return TRUE;
}

static guint32
get_number (const guint8 *bytes)
{
  guint32 number;

  memcpy (&number, bytes, sizeof number);
  return GUINT32_FROM_BE (number);
}

static void
put_number (guint8  *bytes,
            guint32  number)
{
  number = GUINT32_TO_BE (number);
  memcpy (bytes, &number, sizeof number);
}

static gboolean
split_fields (MwNssFrame *self)
{
  gsize at = 0;

  while (at < self->size)
    {
      guint32 length;

      if (self->size - at < 5)
        return FALSE;
      length = get_number (self->block + at);
      at += 4;
      if (length >= self->size - at)
        return FALSE;
      if (memchr (self->block + at, '\0', length + 1) != self->block + at + length)
        return FALSE;
      g_ptr_array_add (self->fields, self->block + at);
      at += length + 1;
    }

  return TRUE;
}

MwNssFrame *
mw_nss_frame_read (int    fd,
                   gint64 deadline)
{
  g_autoptr(MwNssFrame) self = g_new0 (MwNssFrame, 1);
  guint8 head[4];

  self->fields = g_ptr_array_new ();
  if (!read_all (fd, head, sizeof head, deadline))
    return NULL;
  if (get_number (head) > MAX_SIZE)
    return NULL;

  self->size = get_number (head);
  self->block = g_malloc0 (self->size);
  if (!read_all (fd, self->block, self->size, deadline) || !split_fields (self))
    return NULL;

  return g_steal_pointer (&self);
}

gboolean
mw_nss_frame_write (int                fd,
                    const char *const *fields,
                    gsize              n_fields,
                    gint64             deadline)
{
  gsize size = 4, at = 4;
  guint8 *block;
  gboolean ok;

  /* Counted first: a buffer that grows leaves copies behind. */
  for (gsize i = 0; i < n_fields; i++)
    size += 4 + strlen (fields[i]) + 1;
  if (size - 4 > MAX_SIZE)
    return FALSE;

  block = g_malloc (size);
  put_number (block, size - 4);
  for (gsize i = 0; i < n_fields; i++)
    {
      gsize length = strlen (fields[i]);

      put_number (block + at, length);
      memcpy (block + at + 4, fields[i], length + 1);
      at += 4 + length + 1;
    }

  ok = write_all (fd, block, size, deadline);
  mw_secret_wipe_bytes (block, size);
  g_free (block);
  return ok;
}

void
mw_nss_frame_free (MwNssFrame *self)
{
  g_return_if_fail (self != NULL);

  mw_secret_wipe_bytes (self->block, self->size);
  g_free (self->block);
  g_ptr_array_unref (self->fields);
  g_free (self);
}
