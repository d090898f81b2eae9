/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "net/mw-line-channel.h"

#include <string.h>

#include "core/mw-error.h"

#define CHUNK 4096
#define MAX_LINE 8192
/* Between two writes: a server that talks without being asked is stopped. */
#define MAX_LINES 256
#define MAX_BYTES (64 * 1024)

struct _MwLineChannel
{
  GObject parent_instance;

  /* Owned */
  MwTransport  *transport;
  MwTranscript *transcript;
  GByteArray   *received;
  GError       *broken;   /* why nothing more is read */

  guint         lines;    /* since the last write */
  gsize         bytes;
  gboolean      reading;
  guint8        chunk[CHUNK];
};

G_DEFINE_FINAL_TYPE (MwLineChannel, mw_line_channel, G_TYPE_OBJECT)

static void
log_lines (MwLineChannel *self,
           char           direction,
           const char    *text,
           gsize          size,
           gboolean       sensitive)
{
  const char *end = text + size;

  if (self->transcript == NULL)
    return;
  if (sensitive)
    {
      mw_transcript_add (self->transcript, direction, text, size, TRUE);
      return;
    }

  while (text < end)
    {
      const char *newline = memchr (text, '\n', end - text);
      const char *next = newline != NULL ? newline + 1 : end;

      mw_transcript_add (self->transcript, direction, text, next - text, FALSE);
      text = next;
    }
}

static void
break_off (MwLineChannel *self,
           const char    *reason)
{
  g_clear_error (&self->broken);
  self->broken = g_error_new_literal (MW_PROBE_ERROR, MW_OUTCOME_PROTOCOL, reason);
  g_byte_array_set_size (self->received, 0);
  mw_transport_close (self->transport, NULL);
}

/* Takes the first whole line out of what was received. */
static GBytes *
take_line (MwLineChannel *self)
{
  const char *data = (const char *) self->received->data;
  gsize size = self->received->len;
  const char *newline = size > 0 ? memchr (data, '\n', size) : NULL;
  gsize length = newline != NULL ? (gsize) (newline - data) + 1 : size;
  GBytes *line;

  if (self->broken != NULL)
    return NULL;

  if (length > MAX_LINE)
    break_off (self, "The server sent a line without end");
  else if (size > 0 && memchr (data, '\0', length) != NULL)
    break_off (self, "The server sent a NUL byte");
  else if (newline != NULL && (self->lines + 1 > MAX_LINES || self->bytes + length > MAX_BYTES))
    break_off (self, "The server does not stop talking");

  if (self->broken != NULL || newline == NULL)
    return NULL;

  self->lines++;
  self->bytes += length;
  log_lines (self, 'S', data, length, FALSE);
  line = g_bytes_new (data, length);
  g_byte_array_remove_range (self->received, 0, length);
  return line;
}

/* What a read waits for. */
typedef struct {
  gint64 deadline;
  void (*more) (GTask *task);
} Read;

static void
return_read (MwLineChannel *self,
             GTask         *task,
             GBytes        *line,
             GError        *error)
{
  self->reading = FALSE;
  if (line != NULL)
    g_task_return_pointer (task, line, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
received_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  MwLineChannel *self = g_task_get_source_object (task);
  Read *read = g_task_get_task_data (task);
  GError *error = NULL;
  gssize size = mw_transport_read_finish (MW_TRANSPORT (object), result, &error);

  if (size < 0)
    {
      return_read (self, task, NULL, error);
      return;
    }
  if (size == 0)
    {
      return_read (self, task, NULL,
                   g_error_new_literal (MW_PROBE_ERROR, MW_OUTCOME_DISCONNECTED,
                                        "The server closed the connection"));
      return;
    }

  g_byte_array_append (self->received, self->chunk, size);
  memset (self->chunk, 0, size);
  read->more (g_steal_pointer (&task));
}

static void
read_more (GTask *owned)
{
  g_autoptr(GTask) task = owned;
  MwLineChannel *self = g_task_get_source_object (task);
  Read *read = g_task_get_task_data (task);
  GBytes *line = take_line (self);
  GCancellable *cancellable = g_task_get_cancellable (task);
  gint64 left = (read->deadline - g_get_monotonic_time ()) / 1000;

  if (line != NULL)
    return_read (self, task, line, NULL);
  else if (self->broken != NULL)
    return_read (self, task, NULL, g_error_copy (self->broken));
  else
    mw_transport_read_async (self->transport, self->chunk, CHUNK, MAX (left, 0),
                             cancellable, received_cb, g_steal_pointer (&task));
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  GError *error = NULL;

  if (mw_transport_write_finish (MW_TRANSPORT (object), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
mw_line_channel_finalize (GObject *object)
{
  MwLineChannel *self = MW_LINE_CHANNEL (object);

  g_clear_object (&self->transport);
  g_clear_pointer (&self->transcript, mw_transcript_unref);
  g_clear_pointer (&self->received, g_byte_array_unref);
  g_clear_error (&self->broken);

  G_OBJECT_CLASS (mw_line_channel_parent_class)->finalize (object);
}

static void
mw_line_channel_class_init (MwLineChannelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mw_line_channel_finalize;
}

static void
mw_line_channel_init (MwLineChannel *self)
{
  self->received = g_byte_array_new ();
}

MwLineChannel *
mw_line_channel_new (MwTransport  *transport,
                     MwTranscript *transcript)
{
  MwLineChannel *self;

  g_return_val_if_fail (MW_IS_TRANSPORT (transport), NULL);

  self = g_object_new (MW_TYPE_LINE_CHANNEL, NULL);
  self->transport = g_object_ref (transport);
  if (transcript != NULL)
    self->transcript = mw_transcript_ref (transcript);

  return self;
}

void
mw_line_channel_read_async (MwLineChannel       *self,
                            guint                timeout_ms,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Read *read;

  g_return_if_fail (MW_IS_LINE_CHANNEL (self));
  g_return_if_fail (!self->reading);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_line_channel_read_async);
  g_task_set_check_cancellable (task, FALSE);

  read = g_new0 (Read, 1);
  read->deadline = g_get_monotonic_time () + (gint64) timeout_ms * 1000;
  read->more = read_more;
  g_task_set_task_data (task, read, g_free);

  self->reading = TRUE;
  read_more (g_steal_pointer (&task));
}

GBytes *
mw_line_channel_read_finish (MwLineChannel  *self,
                             GAsyncResult   *result,
                             GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_line_channel_read_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mw_line_channel_write_async (MwLineChannel       *self,
                             GBytes              *bytes,
                             gboolean             sensitive,
                             guint                timeout_ms,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  const char *data;
  gsize size;

  g_return_if_fail (MW_IS_LINE_CHANNEL (self));
  g_return_if_fail (bytes != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_line_channel_write_async);
  g_task_set_check_cancellable (task, FALSE);

  data = g_bytes_get_data (bytes, &size);
  log_lines (self, 'C', data, size, sensitive);
  self->lines = 0;
  self->bytes = 0;
  mw_transport_write_async (self->transport, bytes, timeout_ms, cancellable,
                            written_cb, g_steal_pointer (&task));
}

gboolean
mw_line_channel_write_finish (MwLineChannel  *self,
                              GAsyncResult   *result,
                              GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_line_channel_write_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
mw_line_channel_is_empty (MwLineChannel *self)
{
  g_return_val_if_fail (MW_IS_LINE_CHANNEL (self), FALSE);

  return self->received->len == 0 && !mw_transport_has_unread (self->transport);
}

MwTransport *
mw_line_channel_get_transport (MwLineChannel *self)
{
  g_return_val_if_fail (MW_IS_LINE_CHANNEL (self), NULL);

  return self->transport;
}
