/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "protocol/mw-imap-mailboxes.h"

#include <string.h>

#include "core/mw-mailbox-name.h"

/* One response is no longer: a name and a few words. */
#define MAX_RESPONSE 4096

/* Fewer than the lines that may come in one go. */
#define MAX_LISTED 200

struct _MwImapMailboxes
{
  GString  *response;           /* as far as it was received */
  char     *names[MW_N_FOLDER_USES];
  char     *prefix;             /* of the personal namespace; nullable */
  guint     listed;
  char      delimiter;
  gboolean  is_too_long;
  gboolean  is_utf8;            /* names are not in modified UTF-7 */
};

static const char * const attributes[MW_N_FOLDER_USES] = {
  [MW_FOLDER_USE_SENT] = "\\Sent",
  [MW_FOLDER_USE_DRAFTS] = "\\Drafts",
  [MW_FOLDER_USE_TRASH] = "\\Trash",
  [MW_FOLDER_USE_JUNK] = "\\Junk",
  [MW_FOLDER_USE_ARCHIVE] = "\\Archive",
};

/* Everything up to a blank or a parenthesis. */
static MwSpan
take_atom (MwSpan *rest)
{
  MwSpan atom = *rest;
  gsize count = 0;

  while (count < atom.length && strchr (" ()\"", atom.bytes[count]) == NULL)
    count++;

  *rest = mw_span_skip (*rest, count);
  atom.length = count;
  return atom;
}

static gboolean
take_char (MwSpan *rest,
           char    c)
{
  *rest = mw_span_skip_blanks (*rest);
  if (rest->length == 0 || rest->bytes[0] != c)
    return FALSE;

  *rest = mw_span_skip (*rest, 1);
  return TRUE;
}

static gboolean
take_quoted (MwSpan  *rest,
             GString *out)
{
  for (gsize i = 1; i < rest->length; i++)
    {
      if (rest->bytes[i] == '"')
        {
          *rest = mw_span_skip (*rest, i + 1);
          return TRUE;
        }
      if (rest->bytes[i] == '\\' && ++i == rest->length)
        return FALSE;
      g_string_append_c (out, rest->bytes[i]);
    }

  return FALSE;
}

static gboolean
take_literal (MwSpan  *rest,
              GString *out)
{
  gsize octets = 0;
  gsize i;

  for (i = 1; i < rest->length && g_ascii_isdigit (rest->bytes[i]); i++)
    octets = MIN (octets * 10 + (rest->bytes[i] - '0'), MAX_RESPONSE);

  if (i == 1 || rest->length < i + 3 || memcmp (rest->bytes + i, "}\r\n", 3) != 0)
    return FALSE;
  *rest = mw_span_skip (*rest, i + 3);
  if (rest->length < octets)
    return FALSE;

  g_string_append_len (out, rest->bytes, octets);
  *rest = mw_span_skip (*rest, octets);
  return TRUE;
}

/* A string in any of its forms. NIL is none: @out stays as it is. */
static gboolean
take_string (MwSpan   *rest,
             GString  *out,
             gboolean *out_is_nil)
{
  MwSpan atom;

  *out_is_nil = FALSE;
  *rest = mw_span_skip_blanks (*rest);
  if (rest->length == 0)
    return FALSE;
  if (rest->bytes[0] == '"')
    return take_quoted (rest, out);
  if (rest->bytes[0] == '{')
    return take_literal (rest, out);

  atom = take_atom (rest);
  *out_is_nil = mw_span_equal (atom, "NIL");
  if (!*out_is_nil)
    g_string_append_len (out, atom.bytes, atom.length);
  return atom.length > 0;
}

static gboolean
take_delimiter (MwSpan *rest,
                char   *out_delimiter)
{
  g_autoptr(GString) text = g_string_new (NULL);
  gboolean is_nil;

  if (!take_string (rest, text, &is_nil))
    return FALSE;

  *out_delimiter = text->len == 1 ? text->str[0] : '\0';
  return is_nil || mw_mail_folders_is_delimiter (*out_delimiter);
}

static char *
decode_name (MwImapMailboxes *self,
             GString         *name)
{
  if (!self->is_utf8)
    return mw_mailbox_name_decode (name->str, name->len);

  return g_utf8_validate_len (name->str, name->len, NULL) ? g_strdup (name->str) : NULL;
}

/* Bits of what a mailbox is for. None when no letter can be in it. */
static gboolean
take_uses (MwSpan *rest,
           guint  *out_uses)
{
  gboolean is_nowhere = FALSE;

  *out_uses = 0;
  if (!take_char (rest, '('))
    return FALSE;

  while (!take_char (rest, ')'))
    {
      MwSpan attribute = take_atom (rest);

      if (attribute.length == 0)
        return FALSE;
      if (mw_span_equal (attribute, "\\Noselect") || mw_span_equal (attribute, "\\NonExistent"))
        is_nowhere = TRUE;
      for (guint i = 0; i < MW_N_FOLDER_USES; i++)
        {
          if (mw_span_equal (attribute, attributes[i]))
            *out_uses |= 1u << i;
        }
    }

  if (is_nowhere)
    *out_uses = 0;
  return TRUE;
}

/* (attributes) delimiter name, and what later standards add. */
static void
read_list (MwImapMailboxes *self,
           MwSpan           rest)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *name = NULL;
  gboolean is_nil;
  guint uses;
  char delimiter;

  self->listed++;
  if (!take_uses (&rest, &uses) || uses == 0 || !take_delimiter (&rest, &delimiter) ||
      !take_string (&rest, text, &is_nil) || is_nil)
    return;

  /* One delimiter for all: the mailboxes of other namespaces are not ours. */
  if (self->delimiter != '\0' && delimiter != self->delimiter)
    return;

  name = decode_name (self, text);
  if (!mw_mail_folders_is_name (name))
    return;

  for (guint i = 0; i < MW_N_FOLDER_USES; i++)
    {
      if ((uses & (1u << i)) != 0 && self->names[i] == NULL)
        self->names[i] = g_strdup (name);
    }
  self->delimiter = delimiter;
}

/* The first personal namespace: ((prefix delimiter …)…) or NIL. */
static void
read_namespace (MwImapMailboxes *self,
                MwSpan           rest)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *prefix = NULL;
  gboolean is_nil;
  char delimiter;

  if (self->prefix != NULL || !take_char (&rest, '(') || !take_char (&rest, '(') ||
      !take_string (&rest, text, &is_nil) || is_nil || !take_delimiter (&rest, &delimiter))
    return;

  prefix = decode_name (self, text);
  if (prefix == NULL)
    return;

  self->prefix = g_steal_pointer (&prefix);
  if (self->delimiter == '\0')
    self->delimiter = delimiter;
}

static void
read_enabled (MwImapMailboxes *self,
              MwSpan           rest)
{
  while (rest.length > 0)
    {
      if (mw_span_equal (mw_span_take_word (&rest), "UTF8=ACCEPT"))
        self->is_utf8 = TRUE;
    }
}

MwImapMailboxes *
mw_imap_mailboxes_new (void)
{
  MwImapMailboxes *self = g_new0 (MwImapMailboxes, 1);

  self->response = g_string_new (NULL);
  return self;
}

void
mw_imap_mailboxes_free (MwImapMailboxes *self)
{
  g_return_if_fail (self != NULL);

  g_string_free (self->response, TRUE);
  for (guint i = 0; i < MW_N_FOLDER_USES; i++)
    g_free (self->names[i]);
  g_free (self->prefix);
  g_free (self);
}

gboolean
mw_imap_mailboxes_wants (MwSpan text)
{
  MwSpan word = mw_span_take_word (&text);

  return mw_span_equal (word, "LIST") || mw_span_equal (word, "NAMESPACE") ||
         mw_span_equal (word, "ENABLED");
}

void
mw_imap_mailboxes_add (MwImapMailboxes *self,
                       MwSpan           text)
{
  g_return_if_fail (self != NULL);

  if (self->response->len + text.length > MAX_RESPONSE)
    self->is_too_long = TRUE;
  else
    g_string_append_len (self->response, text.bytes, text.length);
}

void
mw_imap_mailboxes_end (MwImapMailboxes *self)
{
  MwSpan rest, word;

  g_return_if_fail (self != NULL);

  rest = (MwSpan) { self->response->str, self->response->len };
  word = mw_span_take_word (&rest);

  if (self->is_too_long)
    self->listed++;
  else if (mw_span_equal (word, "LIST") && !mw_imap_mailboxes_is_full (self))
    read_list (self, rest);
  else if (mw_span_equal (word, "NAMESPACE"))
    read_namespace (self, rest);
  else if (mw_span_equal (word, "ENABLED"))
    read_enabled (self, rest);

  self->is_too_long = FALSE;
  g_string_truncate (self->response, 0);
}

gboolean
mw_imap_mailboxes_is_full (MwImapMailboxes *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->listed >= MAX_LISTED;
}

gboolean
mw_imap_mailboxes_is_utf8 (MwImapMailboxes *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_utf8;
}

MwMailFolders *
mw_imap_mailboxes_make_folders (MwImapMailboxes *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return mw_mail_folders_new ((const char * const *) self->names, self->delimiter, self->prefix);
}
