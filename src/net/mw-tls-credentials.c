/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "net/mw-tls-credentials.h"

#include "net/mw-tls-credentials-private.h"

/* NORMAL alone still offers TLS 1.0 and 1.1, and SHA-1 in TLS 1.2 (RFC 9155).
 * The profile refuses keys and signatures below 112 bits, whatever a system
 * priority file says. */
#define PRIORITY "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-SIGN-RSA-SHA1:-SIGN-ECDSA-SHA1:" \
                 "%PROFILE_MEDIUM"

struct _MwTlsCredentials
{
  GObject parent_instance;

  /* Owned */
  GMutex                            lock; /* for native while the loader runs */
  gnutls_certificate_credentials_t  native;
  gnutls_priority_t                 priority;
  MwTurnQueue                      *turns;
  GPtrArray                        *waiting; /* GTask; non-NULL while the loader runs */
  GThread                          *loader;
  gboolean                          prepared;
};

G_DEFINE_FINAL_TYPE (MwTlsCredentials, mw_tls_credentials, G_TYPE_OBJECT)

static gpointer
load_thread (gpointer data)
{
  g_autoptr(GTask) task = G_TASK (data);
  MwTlsCredentials *self = g_task_get_source_object (task);
  int loaded;

  g_mutex_lock (&self->lock);
  loaded = gnutls_certificate_set_x509_system_trust (self->native);
  g_mutex_unlock (&self->lock);

  g_task_return_int (task, loaded);
  return NULL;
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  MwTlsCredentials *self = MW_TLS_CREDENTIALS (object);
  g_autoptr(GPtrArray) waiting = g_steal_pointer (&self->waiting);
  gssize loaded = g_task_propagate_int (G_TASK (result), NULL);

  /* Without anchors every certificate is of an unknown authority, which is
   * what the report of each connection then says. */
  if (loaded <= 0)
    g_info ("The system trust store gave no certificate: %" G_GSSIZE_FORMAT, loaded);
  else
    g_debug ("The system trust store gave %" G_GSSIZE_FORMAT " certificates", loaded);

  self->prepared = TRUE;
  for (guint i = 0; i < waiting->len; i++)
    g_task_return_boolean (g_ptr_array_index (waiting, i), TRUE);
}

static void
mw_tls_credentials_finalize (GObject *object)
{
  MwTlsCredentials *self = MW_TLS_CREDENTIALS (object);

  g_mutex_clear (&self->lock);
  g_clear_pointer (&self->native, gnutls_certificate_free_credentials);
  g_clear_pointer (&self->priority, gnutls_priority_deinit);
  g_clear_pointer (&self->turns, mw_turn_queue_free);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_pointer (&self->loader, g_thread_unref);

  G_OBJECT_CLASS (mw_tls_credentials_parent_class)->finalize (object);
}

static void
mw_tls_credentials_class_init (MwTlsCredentialsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mw_tls_credentials_finalize;

  /* GNUTLS_DEBUG_LEVEL in the environment was read before main(); at high
   * levels it would print what travels inside TLS. */
  gnutls_global_set_log_level (0);
}

static void
mw_tls_credentials_init (MwTlsCredentials *self)
{
  int code;

  g_mutex_init (&self->lock);
  self->turns = mw_turn_queue_new ();

  /* Both fail only without memory, or with a mistake in the string. */
  code = gnutls_certificate_allocate_credentials (&self->native);
  if (code != GNUTLS_E_SUCCESS)
    g_error ("Cannot allocate TLS credentials: %s", gnutls_strerror (code));
  code = gnutls_priority_init (&self->priority, PRIORITY, NULL);
  if (code != GNUTLS_E_SUCCESS)
    g_error ("Cannot use TLS priorities: %s", gnutls_strerror (code));
}

gnutls_certificate_credentials_t
mw_tls_credentials_get_native (MwTlsCredentials *self)
{
  return self->native;
}

gnutls_priority_t
mw_tls_credentials_get_priority (MwTlsCredentials *self)
{
  return self->priority;
}

MwTurnQueue *
mw_tls_credentials_get_turns (MwTlsCredentials *self)
{
  return self->turns;
}

MwTlsCredentials *
mw_tls_credentials_new (void)
{
  return g_object_new (MW_TYPE_TLS_CREDENTIALS, NULL);
}

const char *
mw_tls_credentials_get_version (void)
{
  static char *version;

  if (g_once_init_enter (&version))
    g_once_init_leave (&version, g_strconcat ("GnuTLS ", gnutls_check_version (NULL), NULL));

  return version;
}

gboolean
mw_tls_credentials_add_ca_file (MwTlsCredentials  *self,
                                const char        *path,
                                GError           **error)
{
  g_autofree char *pem = NULL;
  gnutls_datum_t data;
  gsize size;
  int loaded;

  g_return_val_if_fail (MW_IS_TLS_CREDENTIALS (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  if (!g_file_get_contents (path, &pem, &size, error))
    return FALSE;

  data.data = (unsigned char *) pem;
  data.size = size;
  g_mutex_lock (&self->lock);
  loaded = gnutls_certificate_set_x509_trust_mem (self->native, &data, GNUTLS_X509_FMT_PEM);
  g_mutex_unlock (&self->lock);

  if (loaded <= 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   "There is no certificate in %s", path);
      return FALSE;
    }

  return TRUE;
}

void
mw_tls_credentials_prepare_async (MwTlsCredentials    *self,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  GTask *loader;

  g_return_if_fail (MW_IS_TLS_CREDENTIALS (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_tls_credentials_prepare_async);

  if (self->prepared)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (self->waiting != NULL)
    {
      g_ptr_array_add (self->waiting, g_steal_pointer (&task));
      return;
    }

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->waiting, g_steal_pointer (&task));

  loader = g_task_new (self, NULL, loaded_cb, NULL);
  g_task_set_source_tag (loader, load_thread);
  /* Not one of the ten threads all tasks share: look-ups at a silent name
   * server can hold those for seconds. */
  self->loader = g_thread_new ("mw-trust-store", load_thread, loader);
}

void
mw_tls_credentials_wait (MwTlsCredentials *self)
{
  g_return_if_fail (MW_IS_TLS_CREDENTIALS (self));

  g_clear_pointer (&self->loader, g_thread_join);
}

gboolean
mw_tls_credentials_prepare_finish (MwTlsCredentials  *self,
                                   GAsyncResult      *result,
                                   GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_tls_credentials_prepare_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
