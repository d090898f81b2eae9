/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-inspection.h"

#include <string.h>

#include "discovery/mw-autoconfig-xml.h"
#include "discovery/mw-pacc-document.h"
#include "net/mw-signed-file.h"
#include "setup/mw-dclogin.h"
#include "setup/mw-inspection-link.h"
#include "setup/mw-mobileconfig.h"
#include "setup/mw-plist.h"

/* A document says what it is near its beginning. */
#define HEAD_SIZE (16 * 1024)

G_DEFINE_ENUM_TYPE (MwInspectionKind, mw_inspection_kind,
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_KIND_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_KIND_AUTOCONFIG, "autoconfig"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_KIND_PACC, "pacc"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_KIND_MOBILECONFIG, "mobileconfig"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_KIND_LINK, "link"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_KIND_DCLOGIN, "dclogin"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_KIND_THUNDERBIRD_PROFILE,
                                         "thunderbird-profile"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_KIND_EVOLUTION, "evolution"))

G_DEFINE_ENUM_TYPE (MwInspectionRefusal, mw_inspection_refusal,
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_REFUSAL_NONE, "NONE"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_REFUSAL_EMPTY, "EMPTY"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_REFUSAL_UNKNOWN, "UNKNOWN"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_REFUSAL_TOO_LONG, "TOO_LONG"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_REFUSAL_TOO_DEEP, "TOO_DEEP"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_REFUSAL_BAD_ENCODING, "BAD_ENCODING"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_REFUSAL_DAMAGED, "DAMAGED"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_REFUSAL_NO_SERVER, "NO_SERVER"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_REFUSAL_ENCRYPTED, "ENCRYPTED"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_REFUSAL_BINARY, "BINARY"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_REFUSAL_SECRET, "SECRET"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_REFUSAL_FRAGMENT, "FRAGMENT"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_REFUSAL_VERSION, "VERSION"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_REFUSAL_MUST, "MUST"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_REFUSAL_TOO_MANY, "TOO_MANY"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_REFUSAL_DUPLICATE, "DUPLICATE"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_REFUSAL_BAD_ESCAPE, "BAD_ESCAPE"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_REFUSAL_NOT_UTF8, "NOT_UTF8"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_REFUSAL_FORBIDDEN_CHAR, "FORBIDDEN_CHAR"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_REFUSAL_BAD_ADDRESS, "BAD_ADDRESS"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_REFUSAL_BAD_SERVER, "BAD_SERVER"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_REFUSAL_BAD_HOST, "BAD_HOST"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_REFUSAL_BAD_PORT, "BAD_PORT"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_REFUSAL_BAD_VALUE, "BAD_VALUE"),
                    G_DEFINE_ENUM_VALUE (MW_INSPECTION_REFUSAL_INSECURE, "INSECURE"))

/* One kind of settings: how it is told from others by its beginning, as text or
 * as it is, and how it is read. */
typedef struct {
  MwInspectionKind kind;
  gboolean       (*recognise) (const char *head, const char *data, gsize length);
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
has_root (const char *head,
          const char *name)
{
  const char *root = find_root (head);

  return g_str_has_prefix (root, name) &&
         (g_ascii_isspace (root[strlen (name)]) || strchr (">/", root[strlen (name)]) != NULL);
}

static gboolean
recognise_autoconfig (const char *head,
                      const char *data,
                      gsize       length)
{
  return has_root (head, "<clientConfig");
}

/* Any property list; most are about something else, but those are a matter of
 * reading it. */
static gboolean
recognise_mobileconfig (const char *head,
                        const char *data,
                        gsize       length)
{
  return has_root (head, "<plist") || mw_plist_is_binary (data, length) ||
         mw_signed_file_is_one (data, length);
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

static gboolean
recognise_pacc (const char *head,
                const char *data,
                gsize       length)
{
  return *head == '{' && strstr (head, "\"protocols\"") != NULL;
}

static void
read_pacc (MwInspection *self,
           const char   *data,
           gsize         length)
{
  g_autoptr(MwPaccDocument) document = NULL;

  if (length > MW_PACC_DOCUMENT_MAX_SIZE)
    {
      self->refusal = MW_INSPECTION_REFUSAL_TOO_LONG;
      return;
    }

  document = mw_pacc_document_parse (data, length, self->address, MW_ORIGIN_FILE, MW_GRADE_L,
                                     NULL);
  if (document == NULL)
    {
      self->refusal = g_utf8_validate (data, length, NULL) ? MW_INSPECTION_REFUSAL_DAMAGED
                                                           : MW_INSPECTION_REFUSAL_BAD_ENCODING;
      return;
    }

  self->candidates = g_ptr_array_ref (document->candidates);
  self->skipped = g_ptr_array_ref (document->skipped);
  self->provider = mw_provider_ref (document->provider);
  if (*document->provider->name != '\0')
    self->name = g_strdup (document->provider->name);
  self->label = g_strdup (self->name);
  if (self->candidates->len == 0)
    self->refusal = MW_INSPECTION_REFUSAL_NO_SERVER;
}

static void
take_account (MwInspection          *self,
              MwMobileconfigAccount *account)
{
  self->candidates = g_ptr_array_ref (account->candidates);
  self->label = g_strdup (account->label);
  if (self->address == NULL && account->address != NULL)
    self->address = mw_address_ref (account->address);
  if (account->incoming_password != NULL)
    self->incoming_password = mw_secret_ref (account->incoming_password);
  if (account->outgoing_password != NULL)
    self->outgoing_password = mw_secret_ref (account->outgoing_password);
}

/* The first account that has a server; what else there is, is named. */
static void
take_profile (MwInspection   *self,
              MwMobileconfig *profile)
{
  self->name = g_strdup (profile->name);
  self->skipped = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < profile->accounts->len; i++)
    {
      MwMobileconfigAccount *account = g_ptr_array_index (profile->accounts, i);

      if (account->candidates->len > 0 && self->candidates == NULL)
        take_account (self, account);
      else if (account->candidates->len > 0)
        g_ptr_array_add (self->skipped, g_strdup_printf ("account %u: only one is read", i + 1));
      for (guint j = 0; j < account->skipped->len; j++)
        g_ptr_array_add (self->skipped, g_strdup (account->skipped->pdata[j]));
    }
  for (guint i = 0; i < profile->ignored->len; i++)
    g_ptr_array_add (self->skipped, g_strdup_printf ("%s: no mail account",
                                                     (char *) profile->ignored->pdata[i]));

  if (profile->encrypted)
    self->refusal = MW_INSPECTION_REFUSAL_ENCRYPTED;
  else if (self->candidates == NULL)
    self->refusal = MW_INSPECTION_REFUSAL_NO_SERVER;
}

static void
read_mobileconfig (MwInspection *self,
                   const char   *data,
                   gsize         length)
{
  g_autoptr(MwMobileconfig) profile = NULL;
  g_autoptr(GBytes) content = NULL;
  g_autoptr(GError) error = NULL;

  if (length > MW_PLIST_MAX_SIZE)
    {
      self->refusal = MW_INSPECTION_REFUSAL_TOO_LONG;
      return;
    }
  /* A signature makes nothing better, so it is not looked at. */
  if (mw_signed_file_is_one (data, length))
    {
      content = mw_signed_file_open (data, length, NULL, NULL, NULL);
      if (content == NULL)
        {
          self->refusal = MW_INSPECTION_REFUSAL_DAMAGED;
          return;
        }
      data = g_bytes_get_data (content, &length);
    }
  if (mw_plist_is_binary (data, length))
    {
      self->refusal = MW_INSPECTION_REFUSAL_BINARY;
      return;
    }

  profile = mw_mobileconfig_parse (data, length, &error);
  if (profile != NULL)
    take_profile (self, profile);
  else if (g_error_matches (error, G_MARKUP_ERROR, G_MARKUP_ERROR_UNKNOWN_ELEMENT))
    self->kind = MW_INSPECTION_KIND_UNKNOWN;
  else
    self->refusal = error->domain == G_CONVERT_ERROR ? MW_INSPECTION_REFUSAL_BAD_ENCODING
                                                     : MW_INSPECTION_REFUSAL_DAMAGED;
}

static gboolean
recognise_link (const char *head,
                const char *data,
                gsize       length)
{
  return mw_setup_link_has_scheme (head);
}

static gboolean
recognise_dclogin (const char *head,
                   const char *data,
                   gsize       length)
{
  return mw_dclogin_has_scheme (head);
}

MwInspection *
mw_inspection_new (GBytes    *content,
                   MwAddress *address)
{
  static const Reader readers[] = {
    { MW_INSPECTION_KIND_AUTOCONFIG, recognise_autoconfig, read_autoconfig },
    { MW_INSPECTION_KIND_PACC, recognise_pacc, read_pacc },
    { MW_INSPECTION_KIND_MOBILECONFIG, recognise_mobileconfig, read_mobileconfig },
    { MW_INSPECTION_KIND_LINK, recognise_link, mw_inspection_read_link },
    { MW_INSPECTION_KIND_DCLOGIN, recognise_dclogin, mw_inspection_read_dclogin },
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
      if (readers[i].recognise (head, data, length))
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
  g_clear_pointer (&self->incoming_password, mw_secret_unref);
  g_clear_pointer (&self->outgoing_password, mw_secret_unref);
  g_clear_pointer (&self->link, mw_setup_link_unref);
  g_free (self->domain);
  g_free (self);
}
