/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "probe/mw-http-head.h"

#include <string.h>

#include "core/mw-domain.h"

/* More than a portal needs to name its page. */
#define MAX_LINES 40

#define NETWORK_AUTHENTICATION_REQUIRED 511

static void read_next (GTask *owned);

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
  GPtrArray *lines = g_task_get_task_data (task);
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

  mw_line_channel_read_async (channel, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (owned),
                                                                            "timeout")),
                              g_task_get_cancellable (owned), on_line_cb, owned);
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
  GPtrArray *lines = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  GTask *task;

  g_return_if_fail (MW_IS_LINE_CHANNEL (channel));

  task = g_task_new (channel, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_http_head_read_async);
  g_task_set_check_cancellable (task, FALSE);
  g_ptr_array_add (lines, dup_line (status_line, length));
  g_task_set_task_data (task, lines, (GDestroyNotify) g_ptr_array_unref);
  g_object_set_data (G_OBJECT (task), "timeout", GUINT_TO_POINTER (timeout_ms));
  read_next (task);
}

char **
mw_http_head_read_finish (GAsyncResult *result)
{
  GPtrArray *lines;

  g_return_val_if_fail (g_async_result_is_tagged (result, mw_http_head_read_async), NULL);

  g_task_propagate_boolean (G_TASK (result), NULL);
  lines = g_task_get_task_data (G_TASK (result));
  return g_strdupv ((char **) lines->pdata);
}
