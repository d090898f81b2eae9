/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-source-local-file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "discovery/mw-autoconfig-xml.h"

struct _MwSourceLocalFile
{
  GObject parent_instance;

  /* Owned */
  char **folders;
  char  *detail;
};

static void mw_source_local_file_iface_init (MwSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MwSourceLocalFile, mw_source_local_file, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MW_TYPE_SOURCE,
                                                      mw_source_local_file_iface_init))

/* One file: the thread reads it, and touches nothing else. */
typedef struct {
  char       *path;
  GByteArray *data;
  GError     *error;
} Document;

static void
document_free (gpointer data)
{
  Document *document = data;

  g_free (document->path);
  g_byte_array_unref (document->data);
  g_clear_error (&document->error);
  g_free (document);
}

static gboolean
set_errno (GError **error)
{
  int code = errno;

  g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (code), g_strerror (code));
  return FALSE;
}

/* Other files than regular ones would block, or never end. */
static gboolean
read_all (int           file,
          GByteArray   *out_data,
          GError      **error)
{
  struct stat status;
  gssize count;

  if (fstat (file, &status) != 0)
    return set_errno (error);
  if (!S_ISREG (status.st_mode) || status.st_size > MW_AUTOCONFIG_XML_MAX_SIZE)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                   "Not a regular file of at most %d bytes", MW_AUTOCONFIG_XML_MAX_SIZE);
      return FALSE;
    }

  do
    {
      guint8 buffer[4096];

      count = read (file, buffer, sizeof buffer);
      if (count > 0)
        g_byte_array_append (out_data, buffer, count);
    }
  while ((count > 0 && out_data->len <= MW_AUTOCONFIG_XML_MAX_SIZE) ||
         (count < 0 && errno == EINTR));

  return count < 0 ? set_errno (error) : TRUE;
}

static void
read_document (Document *document)
{
  int file = open (document->path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

  if (file < 0)
    {
      set_errno (&document->error);
      return;
    }

  read_all (file, document->data, &document->error);
  close (file);
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_ptr_array_foreach (task_data, (GFunc) read_document, NULL);
  g_task_return_boolean (task, TRUE);
}

static gboolean
is_missing (const GError *error)
{
  return g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT) ||
         g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOTDIR);
}

/* The first file that names a server is the last one that is looked at. */
static GPtrArray *
find_servers (MwSourceLocalFile *self,
              GPtrArray         *documents,
              MwAddress         *address)
{
  g_autoptr(GString) said = g_string_new (NULL);
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_candidate_unref);

  for (guint i = 0; i < documents->len && found->len == 0; i++)
    {
      Document *document = g_ptr_array_index (documents, i);
      g_autoptr(MwAutoconfigXml) settings = NULL;
      g_autofree char *summary = NULL;

      if (is_missing (document->error))
        continue;

      if (document->error == NULL)
        settings = mw_autoconfig_xml_parse ((const char *) document->data->data,
                                            document->data->len, address,
                                            MW_ORIGIN_LOCAL_FILE, MW_GRADE_D, &document->error);
      if (settings != NULL)
        {
          g_ptr_array_unref (found);
          found = g_ptr_array_ref (settings->candidates);
          summary = mw_autoconfig_xml_summarise (settings);
        }
      g_string_append_printf (said, "%s%s: %s", said->len > 0 ? "; " : "", document->path,
                              summary != NULL ? summary : document->error->message);
    }

  g_free (self->detail);
  self->detail = said->len > 0 ? g_strdup (said->str) : NULL;
  return found;
}

static void
on_read_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);

  g_task_return_pointer (task,
                         find_servers (g_task_get_source_object (task),
                                       g_task_get_task_data (G_TASK (result)),
                                       g_task_get_task_data (task)),
                         (GDestroyNotify) g_ptr_array_unref);
}

static MwOrigin
mw_source_local_file_get_origin (MwSource *source)
{
  return MW_ORIGIN_LOCAL_FILE;
}

static MwGrade
mw_source_local_file_get_grade (MwSource *source)
{
  return MW_GRADE_D;
}

static void
mw_source_local_file_find_async (MwSource            *source,
                                 MwAddress           *address,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  MwSourceLocalFile *self = MW_SOURCE_LOCAL_FILE (source);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *name = g_strconcat (mw_address_get_domain (address), ".xml", NULL);
  g_autoptr(GTask) reading = NULL;
  GPtrArray *documents = g_ptr_array_new_with_free_func (document_free);

  g_task_set_source_tag (task, mw_source_local_file_find_async);
  g_task_set_task_data (task, mw_address_ref (address), (GDestroyNotify) mw_address_unref);

  for (gsize i = 0; self->folders[i] != NULL; i++)
    {
      Document *document = g_new0 (Document, 1);

      document->path = g_build_filename (self->folders[i], name, NULL);
      document->data = g_byte_array_new ();
      g_ptr_array_add (documents, document);
    }

  reading = g_task_new (NULL, NULL, on_read_cb, g_steal_pointer (&task));
  g_task_set_source_tag (reading, mw_source_local_file_find_async);
  g_task_set_task_data (reading, documents, (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (reading, read_thread);
}

static GPtrArray *
mw_source_local_file_find_finish (MwSource      *source,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_source_local_file_find_async), NULL);
  g_return_val_if_fail (g_task_is_valid (result, source), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static char *
mw_source_local_file_dup_detail (MwSource *source)
{
  return g_strdup (MW_SOURCE_LOCAL_FILE (source)->detail);
}

static void
mw_source_local_file_finalize (GObject *object)
{
  MwSourceLocalFile *self = MW_SOURCE_LOCAL_FILE (object);

  g_strfreev (self->folders);
  g_free (self->detail);

  G_OBJECT_CLASS (mw_source_local_file_parent_class)->finalize (object);
}

static void
mw_source_local_file_iface_init (MwSourceInterface *iface)
{
  iface->get_origin = mw_source_local_file_get_origin;
  iface->get_grade = mw_source_local_file_get_grade;
  iface->find_async = mw_source_local_file_find_async;
  iface->find_finish = mw_source_local_file_find_finish;
  iface->dup_detail = mw_source_local_file_dup_detail;
}

static void
mw_source_local_file_class_init (MwSourceLocalFileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mw_source_local_file_finalize;
}

static void
mw_source_local_file_init (MwSourceLocalFile *self)
{
}

MwSource *
mw_source_local_file_new (const char * const *folders)
{
  MwSourceLocalFile *self;

  g_return_val_if_fail (folders != NULL, NULL);

  self = g_object_new (MW_TYPE_SOURCE_LOCAL_FILE, NULL);
  self->folders = g_strdupv ((char **) folders);
  return MW_SOURCE (self);
}
