/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-inspection-signer.h"

#include "net/mw-signed-file.h"

static void
on_prepared_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  MwTlsCredentials *credentials = MW_TLS_CREDENTIALS (object);
  g_autoptr(GTask) task = G_TASK (user_data);
  GBytes *file = g_task_get_task_data (task);
  g_autoptr(GBytes) content = NULL;
  GError *error = NULL;
  char *signer = NULL;
  gsize length;
  const char *data = g_bytes_get_data (file, &length);

  if (!mw_tls_credentials_prepare_finish (credentials, result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  mw_tls_credentials_wait (credentials);
  content = mw_signed_file_open (data, length, credentials, &signer, NULL);
  g_task_return_pointer (task, signer, g_free);
}

void
mw_inspection_signer_find_async (GBytes              *content,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(MwTlsCredentials) credentials = NULL;
  g_autoptr(GTask) task = NULL;
  gsize length;
  const char *data;

  g_return_if_fail (content != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_inspection_signer_find_async);
  data = g_bytes_get_data (content, &length);
  if (!mw_signed_file_is_one (data, length))
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }

  credentials = mw_tls_credentials_new ();
  g_task_set_task_data (task, g_bytes_ref (content), (GDestroyNotify) g_bytes_unref);
  mw_tls_credentials_prepare_async (credentials, NULL, on_prepared_cb, g_steal_pointer (&task));
}

char *
mw_inspection_signer_find_finish (GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_inspection_signer_find_async), NULL);
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
