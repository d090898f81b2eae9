/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "probe/mw-http-head.h"

#include <string.h>

#include "core/mw-domain.h"

/* More than a portal needs to name its page. */
#define MAX_LINES 40

#define NETWORK_AUTHENTICATION_REQUIRED 511

typedef struct {
  GPtrArray *lines;
  gint64     until_us; /* monotonic */
} Head;

static void read_next (GTask *owned);

static void
head_free (gpointer data)
{
  Head *head = data;

  g_ptr_array_unref (head->lines);
  g_free (head);
}

static char *
dup_line (const char *line,
          gsize       length)
{
  g_autofree char *copy = g_strndup (line, length);

  return g_strdup (g_strchomp (copy));
}

static void
on_line_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  GPtrArray *lines = ((Head *) g_task_get_task_data (task))->lines;
  g_autoptr(GBytes) line = NULL;
  const char *data;
  gsize length;

  /* What came before the end, or before patience ran out, is what there is. */
  line = mw_line_channel_read_finish (MW_LINE_CHANNEL (object), result, NULL);
  if (line != NULL)
    {
      data = g_bytes_get_data (line, &length);
      g_ptr_array_add (lines, dup_line (data, length));
    }

  if (line == NULL || lines->len >= MAX_LINES ||
      *(const char *) lines->pdata[lines->len - 1] == '\0')
    g_task_return_boolean (task, TRUE);
  else
    read_next (g_steal_pointer (&task));
}

static void
read_next (GTask *owned)
{
  MwLineChannel *channel = g_task_get_source_object (owned);
  Head *head = g_task_get_task_data (owned);
  gint64 left_ms = (head->until_us - g_get_monotonic_time ()) / 1000;

  mw_line_channel_read_async (channel, MAX (left_ms, 1), g_task_get_cancellable (owned),
                              on_line_cb, owned);
}

static guint
parse_status (const char *line)
{
  const char *blank = strchr (line, ' ');

  return blank != NULL ? (guint) g_ascii_strtoull (blank + 1, NULL, 10) : 0;
}

static gboolean
is_elsewhere (const char *location,
              const char *host)
{
  g_autoptr(GUri) uri = g_uri_parse (location, G_URI_FLAGS_NONE, NULL);
  g_autofree char *normal = NULL;

  /* Without a host it stays where it is. */
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return FALSE;

  normal = mw_domain_normalize (g_uri_get_host (uri));
  return g_strcmp0 (normal != NULL ? normal : g_uri_get_host (uri), host) != 0;
}

gboolean
mw_http_head_begins (const char *line,
                     gsize       length)
{
  const char *start = "HTTP/1.";

  return length > strlen (start) && memcmp (line, start, strlen (start)) == 0;
}

gboolean
mw_http_head_leads_away (const char * const *lines,
                         const char         *host)
{
  const char *name = "location:";
  guint status;

  g_return_val_if_fail (lines != NULL && lines[0] != NULL, FALSE);
  g_return_val_if_fail (host != NULL, FALSE);

  status = parse_status (lines[0]);
  if (status == NETWORK_AUTHENTICATION_REQUIRED)
    return TRUE;
  if (status < 300 || status > 399)
    return FALSE;

  for (gsize i = 1; lines[i] != NULL; i++)
    {
      if (g_ascii_strncasecmp (lines[i], name, strlen (name)) == 0)
        {
          g_autofree char *location = g_strdup (lines[i] + strlen (name));

          return is_elsewhere (g_strstrip (location), host);
        }
    }

  return FALSE;
}

void
mw_http_head_read_async (MwLineChannel       *channel,
                         const char          *status_line,
                         gsize                length,
                         guint                timeout_ms,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  Head *head;
  GTask *task;

  g_return_if_fail (MW_IS_LINE_CHANNEL (channel));

  head = g_new0 (Head, 1);
  head->lines = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  g_ptr_array_add (head->lines, dup_line (status_line, length));
  head->until_us = g_get_monotonic_time () + timeout_ms * G_GINT64_CONSTANT (1000);

  task = g_task_new (channel, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_http_head_read_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, head, head_free);
  read_next (task);
}

char **
mw_http_head_read_finish (GAsyncResult *result)
{
  Head *head;

  g_return_val_if_fail (g_async_result_is_tagged (result, mw_http_head_read_async), NULL);

  g_task_propagate_boolean (G_TASK (result), NULL);
  head = g_task_get_task_data (G_TASK (result));
  return g_strdupv ((char **) head->lines->pdata);
}
