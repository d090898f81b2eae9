/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-evolution-cert-db.h"

#include <string.h>

/* A number is groups of seven bits, the most significant first; the high bit
 * marks the last one. A text is its length plus one, and its bytes. The file
 * is a version, a count, and the entries: issuer, subject, host, fingerprint
 * and trust. */

#define VERSION 0x100
#define MAX_TEXT 65536
#define TRUST_FULLY 3

typedef struct {
  GBytes  *raw;
  char    *host;
  char    *fingerprint;
  guint32  trust;
} Entry;

struct _MwEvolutionCertDb
{
  GPtrArray *entries; /* element-type Entry */
};

typedef struct {
  const guchar *data;
  gsize         size;
  gsize         at;
} Reader;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_clear_pointer (&entry->raw, g_bytes_unref);
  g_free (entry->host);
  g_free (entry->fingerprint);
  g_free (entry);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Entry, entry_free)

static gboolean
read_number (Reader  *reader,
             guint32 *value)
{
  *value = 0;
  while (reader->at < reader->size)
    {
      guchar byte = reader->data[reader->at++];

      if (*value > G_MAXUINT32 >> 7)
        return FALSE;
      *value = *value << 7 | (byte & 0x7f);
      if ((byte & 0x80) != 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
read_text (Reader  *reader,
           char   **text)
{
  guint32 length;

  if (!read_number (reader, &length) || length == 0 || length > MAX_TEXT ||
      length - 1 > reader->size - reader->at)
    return FALSE;

  length--;
  if (text != NULL)
    *text = g_strndup ((const char *) reader->data + reader->at, length);
  reader->at += length;
  return TRUE;
}

static Entry *
read_entry (Reader *reader)
{
  g_autoptr(Entry) entry = g_new0 (Entry, 1);
  gsize start = reader->at;

  if (!read_text (reader, NULL) || !read_text (reader, NULL) ||
      !read_text (reader, &entry->host) || !read_text (reader, &entry->fingerprint) ||
      !read_number (reader, &entry->trust))
    return NULL;

  entry->raw = g_bytes_new (reader->data + start, reader->at - start);
  return g_steal_pointer (&entry);
}

static void
append_number (GByteArray *array,
               guint32     value)
{
  guchar bytes[5];
  gsize start = sizeof bytes - 1;

  bytes[start] = (value & 0x7f) | 0x80;
  for (value >>= 7; value != 0; value >>= 7)
    bytes[--start] = value & 0x7f;
  g_byte_array_append (array, bytes + start, sizeof bytes - start);
}

static void
append_text (GByteArray *array,
             const char *text)
{
  gsize length = strlen (text);

  append_number (array, length + 1);
  g_byte_array_append (array, (const guchar *) text, length);
}

/* The same as Evolution writes: issuer and subject stay empty. */
static Entry *
entry_new (const char *host,
           const char *fingerprint)
{
  Entry *entry = g_new0 (Entry, 1);
  GByteArray *array = g_byte_array_new ();

  append_text (array, "");
  append_text (array, "");
  append_text (array, host);
  append_text (array, fingerprint);
  append_number (array, TRUST_FULLY);
  entry->raw = g_byte_array_free_to_bytes (array);
  entry->host = g_strdup (host);
  entry->fingerprint = g_strdup (fingerprint);
  entry->trust = TRUST_FULLY;
  return entry;
}

MwEvolutionCertDb *
mw_evolution_cert_db_parse (GBytes *data)
{
  g_autoptr(MwEvolutionCertDb) self = g_new0 (MwEvolutionCertDb, 1);
  Reader reader = { NULL, 0, 0 };
  guint32 version, count;

  self->entries = g_ptr_array_new_with_free_func (entry_free);
  if (data == NULL)
    return g_steal_pointer (&self);

  reader.data = g_bytes_get_data (data, &reader.size);
  if (!read_number (&reader, &version) || version != VERSION || !read_number (&reader, &count))
    return NULL;

  for (guint32 i = 0; i < count; i++)
    {
      Entry *entry = read_entry (&reader);

      if (entry == NULL)
        return NULL;
      g_ptr_array_add (self->entries, entry);
    }

  return reader.at == reader.size ? g_steal_pointer (&self) : NULL;
}

void
mw_evolution_cert_db_free (MwEvolutionCertDb *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->entries);
  g_free (self);
}

char *
mw_evolution_cert_db_get_fingerprint (GBytes *der)
{
  g_autofree char *md5 = NULL;
  GString *text;

  g_return_val_if_fail (der != NULL, NULL);

  /* Not our choice of a hash: Evolution looks its certificates up so. */
  md5 = g_compute_checksum_for_bytes (G_CHECKSUM_MD5, der);
  text = g_string_new (NULL);
  for (const char *p = md5; *p != '\0'; p += 2)
    g_string_append_printf (text, "%.2s:", p);
  return g_string_free (text, FALSE);
}

gboolean
mw_evolution_cert_db_put (MwEvolutionCertDb *self,
                          const char        *host,
                          const char        *fingerprint)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (host != NULL, FALSE);
  g_return_val_if_fail (fingerprint != NULL, FALSE);

  for (guint i = self->entries->len; i > 0; i--)
    {
      Entry *entry = self->entries->pdata[i - 1];

      if (strcmp (entry->host, host) != 0 || strcmp (entry->fingerprint, fingerprint) != 0)
        continue;
      if (entry->trust == TRUST_FULLY)
        return FALSE;
      g_ptr_array_remove_index (self->entries, i - 1);
    }

  g_ptr_array_add (self->entries, entry_new (host, fingerprint));
  return TRUE;
}

gboolean
mw_evolution_cert_db_remove (MwEvolutionCertDb *self,
                             const char        *host,
                             const char        *fingerprint)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (host != NULL, FALSE);
  g_return_val_if_fail (fingerprint != NULL, FALSE);

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      if (strcmp (entry->host, host) == 0 && strcmp (entry->fingerprint, fingerprint) == 0 &&
          entry->trust == TRUST_FULLY)
        {
          g_ptr_array_remove_index (self->entries, i);
          return TRUE;
        }
    }

  return FALSE;
}

gboolean
mw_evolution_cert_db_mentions (MwEvolutionCertDb *self,
                               const char        *fingerprint)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (fingerprint != NULL, FALSE);

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      if (strcmp (entry->fingerprint, fingerprint) == 0)
        return TRUE;
    }

  return FALSE;
}

GBytes *
mw_evolution_cert_db_to_bytes (MwEvolutionCertDb *self)
{
  GByteArray *array = g_byte_array_new ();

  g_return_val_if_fail (self != NULL, NULL);

  append_number (array, VERSION);
  append_number (array, self->entries->len);
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];
      gsize size;
      const guchar *data = g_bytes_get_data (entry->raw, &size);

      g_byte_array_append (array, data, size);
    }

  return g_byte_array_free_to_bytes (array);
}
