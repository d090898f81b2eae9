/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-mail-folders.h"

#include <string.h>

#define MAX_NAME 1000

struct _MwMailFolders
{
  char *names[MW_N_FOLDER_USES];
  char *prefix;         /* never NULL */
  char  delimiter;
};

/* It goes along with profiles, which are written in a thread. */
G_DEFINE_BOXED_TYPE (MwMailFolders, mw_mail_folders, mw_mail_folders_ref, mw_mail_folders_unref)

static void
mw_mail_folders_clear (gpointer data)
{
  MwMailFolders *self = data;

  for (guint i = 0; i < MW_N_FOLDER_USES; i++)
    g_free (self->names[i]);
  g_free (self->prefix);
}

static gboolean
is_visible_text (const char *text)
{
  if (strlen (text) > MAX_NAME || !g_utf8_validate (text, -1, NULL))
    return FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      GUnicodeType type = g_unichar_type (c);

      if (g_unichar_iscntrl (c) || type == G_UNICODE_FORMAT ||
          type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR)
        return FALSE;
    }

  return TRUE;
}

MwMailFolders *
mw_mail_folders_new (const char * const *names,
                     char                delimiter,
                     const char         *prefix)
{
  g_autoptr(MwMailFolders) self = NULL;
  gboolean is_empty;

  g_return_val_if_fail (names != NULL, NULL);

  self = g_atomic_rc_box_new0 (MwMailFolders);
  self->delimiter = mw_mail_folders_is_delimiter (delimiter) ? delimiter : '\0';
  self->prefix = g_strdup (prefix != NULL && is_visible_text (prefix) ? prefix : "");
  is_empty = self->delimiter == '\0' && *self->prefix == '\0';

  for (guint i = 0; i < MW_N_FOLDER_USES; i++)
    {
      if (!mw_mail_folders_is_name (names[i]))
        continue;
      self->names[i] = g_strdup (names[i]);
      is_empty = FALSE;
    }

  return is_empty ? NULL : g_steal_pointer (&self);
}

MwMailFolders *
mw_mail_folders_ref (MwMailFolders *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
mw_mail_folders_unref (MwMailFolders *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, mw_mail_folders_clear);
}

gboolean
mw_mail_folders_is_name (const char *name)
{
  return name != NULL && *name != '\0' && g_ascii_strcasecmp (name, "INBOX") != 0 &&
         is_visible_text (name);
}

gboolean
mw_mail_folders_is_delimiter (char delimiter)
{
  return g_ascii_isgraph (delimiter) && !g_ascii_isalnum (delimiter) &&
         strchr ("&,-", delimiter) == NULL;
}

const char *
mw_mail_folders_get_name (MwMailFolders *self,
                          MwFolderUse    use)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (use < MW_N_FOLDER_USES, NULL);

  return self->names[use];
}

char *
mw_mail_folders_make_path (MwMailFolders *self,
                           MwFolderUse    use)
{
  char *path;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (use < MW_N_FOLDER_USES, NULL);

  if (self->names[use] == NULL ||
      (self->delimiter != '/' && strchr (self->names[use], '/') != NULL))
    return NULL;

  path = g_strdup (self->names[use]);
  if (self->delimiter != '\0')
    g_strdelimit (path, (const char[]) { self->delimiter, '\0' }, '/');

  /* RFC 3501 §5.1: the one name whose capitals do not matter. */
  if (g_ascii_strncasecmp (path, "INBOX/", 6) == 0)
    memcpy (path, "INBOX", 5);

  return path;
}

char
mw_mail_folders_get_delimiter (MwMailFolders *self)
{
  g_return_val_if_fail (self != NULL, '\0');

  return self->delimiter;
}

const char *
mw_mail_folders_get_prefix (MwMailFolders *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->prefix;
}

gboolean
mw_mail_folders_equal (MwMailFolders *a,
                       MwMailFolders *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  for (guint i = 0; i < MW_N_FOLDER_USES; i++)
    {
      if (g_strcmp0 (a->names[i], b->names[i]) != 0)
        return FALSE;
    }

  return a->delimiter == b->delimiter && g_str_equal (a->prefix, b->prefix);
}
