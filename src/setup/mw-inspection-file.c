/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-inspection-file.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "core/mw-secret.h"
#include "setup/mw-inspection.h"

#define CHUNK_SIZE (64 * 1024)

/* Taken at once, so that no copy is left behind by growing. */
#define READ_SIZE (MW_INSPECTION_MAX_SIZE + CHUNK_SIZE)

typedef struct {
  char         *content;      /* READ_SIZE, of which there may be a password in some */
  gsize         length;
  GInputStream *stream;
  GCancellable *stop;         /* by the caller or by the clock */
  gulong        cancelled_id;
  guint         timer_id;
  gboolean      timed_out;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_handle_id (&job->timer_id, g_source_remove);
  mw_secret_wipe_bytes (job->content, job->length);
  g_free (job->content);
  g_clear_object (&job->stream);
  g_object_unref (job->stop);
  g_free (job);
}

static void
stop_cb (GCancellable *cancellable,
         gpointer      user_data)
{
  g_cancellable_cancel (user_data);
}

static gboolean
time_out_cb (gpointer user_data)
{
  Job *job = user_data;

  job->timer_id = 0;
  job->timed_out = TRUE;
  g_cancellable_cancel (job->stop);
  return G_SOURCE_REMOVE;
}

static void
end (GTask  *task,
     GError *error)
{
  Job *job = g_task_get_task_data (task);

  g_clear_handle_id (&job->timer_id, g_source_remove);
  g_cancellable_disconnect (g_task_get_cancellable (task), job->cancelled_id);
  if (job->timed_out)
    {
      g_clear_error (&error);
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "%s",
                               g_strerror (ETIMEDOUT));
    }
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, mw_secret_bytes_new_take (g_steal_pointer (&job->content),
                                                           job->length),
                           (GDestroyNotify) g_bytes_unref);
}

static void
on_bytes_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (object), result, &error);

  job->length += MAX (n, 0);
  if (n <= 0 || job->length > MW_INSPECTION_MAX_SIZE)
    {
      end (task, error);
      return;
    }

  g_input_stream_read_async (job->stream, job->content + job->length, CHUNK_SIZE,
                             G_PRIORITY_DEFAULT, job->stop, on_bytes_cb,
                             g_steal_pointer (&task));
}

/* Opening never waits, whatever it is that is opened. */
static int
open_file (const char  *path,
           GError     **error)
{
  int fd;

  if (g_str_equal (path, "-"))
    fd = fcntl (STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
  else
    fd = g_open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY, 0);
  if (fd < 0)
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s", g_strerror (errno));

  return fd;
}

void
mw_inspection_file_read_async (const char          *path,
                               guint                timeout_ms,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  GError *error = NULL;
  Job *job;
  int fd;

  g_return_if_fail (path != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_inspection_file_read_async);
  fd = open_file (path, &error);
  if (fd < 0)
    {
      g_task_return_error (task, error);
      return;
    }

  job = g_new0 (Job, 1);
  job->content = g_malloc (READ_SIZE);
  job->stream = g_unix_input_stream_new (fd, TRUE);
  job->stop = g_cancellable_new ();
  g_task_set_task_data (task, job, job_free);
  if (cancellable != NULL)
    job->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (stop_cb),
                                               g_object_ref (job->stop), g_object_unref);
  if (timeout_ms > 0 && !g_str_equal (path, "-"))
    job->timer_id = g_timeout_add (timeout_ms, time_out_cb, job);
  g_input_stream_read_async (job->stream, job->content, CHUNK_SIZE, G_PRIORITY_DEFAULT,
                             job->stop, on_bytes_cb, g_steal_pointer (&task));
}

GBytes *
mw_inspection_file_read_finish (GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_inspection_file_read_async), NULL);
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
