/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-inspection.h"

#include <string.h>

#include "discovery/mw-autoconfig-xml.h"

/* A document says what it is near its beginning. */
#define HEAD_SIZE (16 * 1024)

G_DEFINE_ENUM_TYPE (MwInspectionKind, mw_inspection_kind,
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_KIND_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_KIND_AUTOCONFIG, "autoconfig"))

G_DEFINE_ENUM_TYPE (MwInspectionRefusal, mw_inspection_refusal,
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_REFUSAL_NONE, "NONE"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_REFUSAL_EMPTY, "EMPTY"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_REFUSAL_UNKNOWN, "UNKNOWN"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_REFUSAL_TOO_LONG, "TOO_LONG"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_REFUSAL_TOO_DEEP, "TOO_DEEP"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_REFUSAL_BAD_ENCODING, "BAD_ENCODING"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_REFUSAL_DAMAGED, "DAMAGED"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_REFUSAL_NO_SERVER, "NO_SERVER"))

/* One kind of settings: how it is told from others by its beginning, and how it
 * is read. */
typedef struct {
  MwInspectionKind kind;
  gboolean       (*recognise) (const char *head);
  void           (*read)      (MwInspection *self, const char *data, gsize length);
} Reader;

/* What is damaged is recognised as well: encodings whose letters are those of
 * ASCII, with or without NULs between, look the same here. */
static char *
make_head (const char *data,
           gsize       length)
{
  g_autoptr(GString) head = g_string_new (NULL);
  gsize i = 0;

  while (i < length && ((guchar) data[i] >= 0x80 || g_ascii_isspace (data[i]) || data[i] == '\0'))
    i++;
  for (; i < length && head->len < HEAD_SIZE; i++)
    {
      if (data[i] != '\0')
        g_string_append_c (head, data[i]);
    }

  return g_string_free (g_steal_pointer (&head), FALSE);
}

/* The first element of XML, behind declarations and comments. */
static const char *
find_root (const char *head)
{
  const char *end;

  while (*head == '<' && (head[1] == '?' || head[1] == '!'))
    {
      if (g_str_has_prefix (head, "<!--"))
        end = strstr (head + 4, "-->");
      else
        end = strchr (head, '>');
      end = end != NULL ? strchr (end, '>') : NULL;
      if (end == NULL)
        return "";
      head = end + 1;
      while (g_ascii_isspace (*head))
        head++;
    }

  return head;
}

static gboolean
recognise_autoconfig (const char *head)
{
  const char *root = find_root (head);
  const char *name = "<clientConfig";

  return g_str_has_prefix (root, name) &&
         (g_ascii_isspace (root[strlen (name)]) || strchr (">/", root[strlen (name)]) != NULL);
}

static MwInspectionRefusal
read_error (const GError *error)
{
  if (error->domain == G_CONVERT_ERROR)
    return MW_INSPECTION_REFUSAL_BAD_ENCODING;
  /* Its root and its length were looked at before. */
  if (g_error_matches (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT))
    return MW_INSPECTION_REFUSAL_TOO_DEEP;

  return MW_INSPECTION_REFUSAL_DAMAGED;
}

static void
read_autoconfig (MwInspection *self,
                 const char   *data,
                 gsize         length)
{
  g_autoptr(MwAutoconfigXml) document = NULL;
  g_autoptr(GError) error = NULL;

  if (length > MW_AUTOCONFIG_XML_MAX_SIZE)
    {
      self->refusal = MW_INSPECTION_REFUSAL_TOO_LONG;
      return;
    }

  document = mw_autoconfig_xml_parse (data, length, self->address, MW_ORIGIN_FILE, MW_GRADE_L,
                                      &error);
  if (document == NULL)
    {
      self->refusal = read_error (error);
      return;
    }

  self->candidates = g_ptr_array_ref (document->candidates);
  self->skipped = g_ptr_array_ref (document->skipped);
  self->provider = mw_provider_ref (document->provider);
  self->name = g_strdup (document->name);
  self->label = g_strdup (document->short_name != NULL ? document->short_name : document->name);
  if (self->candidates->len == 0)
    self->refusal = MW_INSPECTION_REFUSAL_NO_SERVER;
}

MwInspection *
mw_inspection_new (GBytes    *content,
                   MwAddress *address)
{
  static const Reader readers[] = {
    { MW_INSPECTION_KIND_AUTOCONFIG, recognise_autoconfig, read_autoconfig },
  };
  MwInspection *self;
  g_autofree char *head = NULL;
  const char *data;
  gsize length;

  g_return_val_if_fail (content != NULL, NULL);

  self = g_new0 (MwInspection, 1);
  self->address = address != NULL ? mw_address_ref (address) : NULL;
  data = g_bytes_get_data (content, &length);
  head = make_head (data, length);

  for (gsize i = 0; i < G_N_ELEMENTS (readers); i++)
    {
      if (readers[i].recognise (head))
        {
          self->kind = readers[i].kind;
          readers[i].read (self, data, length);
          break;
        }
    }

  if (self->kind == MW_INSPECTION_KIND_UNKNOWN)
    self->refusal = *head == '\0' && length <= MW_INSPECTION_MAX_SIZE
                    ? MW_INSPECTION_REFUSAL_EMPTY : MW_INSPECTION_REFUSAL_UNKNOWN;
  if (self->candidates == NULL)
    self->candidates = g_ptr_array_new ();
  if (self->skipped == NULL)
    self->skipped = g_ptr_array_new ();

  return self;
}

void
mw_inspection_free (MwInspection *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->address, mw_address_unref);
  g_ptr_array_unref (self->candidates);
  g_ptr_array_unref (self->skipped);
  g_free (self->name);
  g_free (self->label);
  g_clear_pointer (&self->provider, mw_provider_unref);
  g_free (self);
}
