/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-person-mask.h"

#include <arpa/inet.h>
#include <string.h>

#include "core/mw-coded-text.h"
#include "core/mw-domain.h"
#include "core/mw-secret-forms.h"
#include "core/mw-server-words.h"

/* What stands in for what is not told. */
#define LEFT_OUT "…"

/* Shorter names stand in many a text by chance. */
#define MIN_NAME 3

/* So much of the base64 of a name is no chance. */
#define MIN_CODED_NAME 6

typedef struct {
  char      *name;
  gboolean   is_common;   /* only with an @ behind it is it the person */
  GPtrArray *forms;       /* element MwSecretForm */
} Person;

struct _MwPersonMask
{
  GPtrArray  *persons;    /* element Person */
  GHashTable *servers;    /* set of IP addresses */
};

static void
person_free (gpointer data)
{
  Person *self = data;

  g_free (self->name);
  g_ptr_array_unref (self->forms);
  g_free (self);
}

/* Whether a letter or digit stands at @position; bytes that are no UTF-8 are
 * none. */
static gboolean
is_part_of_word (const char *text,
                 gsize       length,
                 gsize       position)
{
  gunichar c;

  while (position > 0 && position < length && ((guchar) text[position] & 0xc0) == 0x80)
    position--;
  if (position >= length)
    return FALSE;

  c = g_utf8_get_char_validated (text + position, length - position);
  return c != (gunichar) -1 && c != (gunichar) -2 && g_unichar_isalnum (c);
}

static gboolean
is_person (Person     *person,
           const char *text,
           gsize       length,
           gsize       position,
           gsize      *out_end)
{
  gsize after;

  if (position > 0 && is_part_of_word (text, length, position - 1) &&
      is_part_of_word (text, length, position))
    return FALSE;
  if (!mw_coded_text_match (person->name, strlen (person->name), text, length, position,
                            TRUE, out_end))
    return FALSE;

  return mw_coded_text_match ("@", 1, text, length, *out_end, FALSE, &after) ||
         (!person->is_common && !is_part_of_word (text, length, *out_end));
}

static void
hide_persons (MwPersonMask *self,
              GString      *text)
{
  g_autoptr(GString) shown = g_string_sized_new (text->len);

  for (gsize i = 0; i < text->len;)
    {
      gsize start = i;

      for (guint j = 0; j < self->persons->len && i == start; j++)
        {
          Person *person = self->persons->pdata[j];
          MwSecretForm *form;
          gsize end;

          if (is_person (person, text->str, text->len, i, &end))
            {
              g_string_append (shown, LEFT_OUT);
              i = end;
              continue;
            }
          form = mw_secret_forms_find (person->forms, text->str, text->len, i, &end);
          if (form != NULL && form->is_coded &&
              mw_secret_get_length (form->bytes) >= MIN_CODED_NAME)
            i = mw_secret_forms_replace (person->forms, form, shown, LEFT_OUT, text->str,
                                         text->len, end);
        }
      if (i == start)
        g_string_append_c (shown, text->str[i++]);
    }

  g_string_truncate (text, 0);
  g_string_append_len (text, shown->str, shown->len);
}

/* Reads four numbers, with dots, or with hyphens as in the names that providers
 * give to the connections of their customers. */
static gsize
read_ipv4 (const char *text,
           gsize       length,
           char       *out_literal)
{
  gsize i = 0;
  guint n_numbers = 0;
  char separator = '\0';

  while (n_numbers < 4)
    {
      gsize digits = 0;

      while (i + digits < length && g_ascii_isdigit (text[i + digits]))
        digits++;
      if (digits == 0 || digits > 3)
        return 0;
      i += digits;
      if (++n_numbers == 4)
        break;
      if (i >= length || (text[i] != '.' && text[i] != '-') ||
          (separator != '\0' && text[i] != separator))
        return 0;
      separator = text[i++];
    }

  memcpy (out_literal, text, i);
  out_literal[i] = '\0';
  g_strdelimit (out_literal, "-", '.');
  return i;
}

static gsize
read_ipv6 (const char *text,
           gsize       length,
           char       *out_literal)
{
  guchar bytes[16];
  gsize i = 0;

  while (i < length && i < INET6_ADDRSTRLEN - 1 &&
         (g_ascii_isxdigit (text[i]) || text[i] == ':' || text[i] == '.'))
    i++;
  while (i > 0 && text[i - 1] == '.')
    i--;

  memcpy (out_literal, text, i);
  out_literal[i] = '\0';
  if (strchr (out_literal, ':') != NULL && i > 3 && inet_pton (AF_INET6, out_literal, bytes) == 1)
    return i;

  /* With a colon for the sentence behind it. */
  if (i > 4 && out_literal[i - 1] == ':')
    {
      out_literal[--i] = '\0';
      if (inet_pton (AF_INET6, out_literal, bytes) == 1)
        return i;
    }
  return 0;
}

/* A public address of a server says nothing about the person. */
static gboolean
may_show_address (MwPersonMask *self,
                  const char   *literal)
{
  guchar bytes[16];

  if (!g_hash_table_contains (self->servers, literal))
    return FALSE;
  if (inet_pton (AF_INET, literal, bytes) == 1)
    return mw_address_bytes_are_public (bytes, 4);

  return inet_pton (AF_INET6, literal, bytes) == 1 && mw_address_bytes_are_public (bytes, 16);
}

/* "Hello host.of-the-person.example [192.0.2.1]": without the name, either. */
static void
drop_host_before (GString *shown)
{
  gsize end = shown->len;
  gsize start;

  if (end == 0 || (shown->str[end - 1] != '[' && shown->str[end - 1] != '('))
    return;
  end--;
  while (end > 0 && (shown->str[end - 1] == '(' || shown->str[end - 1] == ' '))
    end--;
  start = end;
  while (start > 0 && (g_ascii_isalnum (shown->str[start - 1]) ||
                       strchr (".-_", shown->str[start - 1]) != NULL))
    start--;
  if (start == end || start == 0 || memchr (shown->str + start, '.', end - start) == NULL)
    return;

  g_string_erase (shown, start, end - start);
  g_string_insert (shown, start, LEFT_OUT);
}

static void
hide_addresses (MwPersonMask *self,
                GString      *text)
{
  g_autoptr(GString) shown = g_string_sized_new (text->len);

  for (gsize i = 0; i < text->len;)
    {
      char literal[INET6_ADDRSTRLEN];
      gboolean begins = i == 0 || !is_part_of_word (text->str, text->len, i - 1);
      gsize size = 0;

      if (begins)
        size = read_ipv6 (text->str + i, text->len - i, literal);
      if (begins && size == 0)
        size = read_ipv4 (text->str + i, text->len - i, literal);
      if (size == 0)
        {
          g_string_append_c (shown, text->str[i++]);
          continue;
        }

      if (may_show_address (self, literal))
        {
          g_string_append_len (shown, text->str + i, size);
        }
      else
        {
          drop_host_before (shown);
          g_string_append (shown, LEFT_OUT);
        }
      i += size;
    }

  g_string_truncate (text, 0);
  g_string_append_len (text, shown->str, shown->len);
}

MwPersonMask *
mw_person_mask_new (void)
{
  MwPersonMask *self = g_new0 (MwPersonMask, 1);

  self->persons = g_ptr_array_new_with_free_func (person_free);
  self->servers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
mw_person_mask_free (MwPersonMask *self)
{
  g_ptr_array_unref (self->persons);
  g_hash_table_unref (self->servers);
  g_free (self);
}

void
mw_person_mask_add_name (MwPersonMask *self,
                         const char   *name)
{
  const char *at;
  g_autofree char *short_name = NULL;
  Person *person;

  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL);

  at = strrchr (name, '@');
  short_name = at != NULL ? g_strndup (name, at - name) : g_strdup (name);
  if (*short_name == '\0')
    return;

  for (guint i = 0; i < self->persons->len; i++)
    {
      if (g_str_equal (((Person *) self->persons->pdata[i])->name, short_name))
        return;
    }

  person = g_new0 (Person, 1);
  person->is_common = g_utf8_strlen (short_name, -1) < MIN_NAME ||
                      mw_server_words_contain (short_name, strlen (short_name));
  person->forms = mw_secret_forms_new (name, strlen (name));
  if (at != NULL)
    {
      g_autoptr(GPtrArray) more = mw_secret_forms_new (short_name, strlen (short_name));

      for (guint i = 0; i < more->len; i++)
        {
          MwSecretForm *form = more->pdata[i];

          mw_secret_forms_add (person->forms, mw_secret_peek (form->bytes),
                               mw_secret_get_length (form->bytes), form->is_coded);
        }
    }
  person->name = g_steal_pointer (&short_name);
  g_ptr_array_add (self->persons, person);
}

void
mw_person_mask_add_server (MwPersonMask *self,
                           const char   *text)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (text != NULL);

  g_hash_table_add (self->servers, g_strdup (text));
}

void
mw_person_mask_apply (MwPersonMask   *self,
                      GString        *text,
                      MwRedactorHide  hide)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (text != NULL);

  if ((hide & MW_REDACTOR_HIDE_PERSON) != 0)
    hide_persons (self, text);
  if ((hide & MW_REDACTOR_HIDE_ADDRESSES) != 0)
    hide_addresses (self, text);
}
