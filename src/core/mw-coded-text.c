/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-coded-text.h"

#include <string.h>

/* The same text can be read in more than one way ("\\" is one backslash or
 * two), so every place where the next character could begin is followed. More
 * than a few at a time never differ. */
#define MAX_PLACES 16

/* Escaped twice or thrice by programs that pass each other's texts on. */
#define MAX_BACKSLASHES 8

typedef struct {
  gsize places[MAX_PLACES];
  guint n_places;
} Front;

typedef struct {
  const char *text;
  gsize       length;
  gboolean    fold;
} Reader;

static void
front_add (Front *self,
           gsize  place)
{
  for (guint i = 0; i < self->n_places; i++)
    {
      if (self->places[i] == place)
        return;
    }

  if (self->n_places < MAX_PLACES)
    self->places[self->n_places++] = place;
}

static gboolean
is_same_byte (Reader *reader,
              char    a,
              char    b)
{
  return a == b || (reader->fold && g_ascii_tolower (a) == g_ascii_tolower (b));
}

/* Code points beyond ASCII are compared as they are. */
static gboolean
is_same (Reader   *reader,
         gunichar  a,
         gunichar  b)
{
  return a == b || (a < 0x80 && b < 0x80 && is_same_byte (reader, a, b));
}

/* Reads digits; returns where they end, or 0 when there are too few. */
static gsize
read_number (Reader   *reader,
             gsize     place,
             guint     base,
             guint     minimum,
             guint     maximum,
             gunichar *out_value)
{
  guint n_digits = 0;

  *out_value = 0;
  while (n_digits < maximum && place < reader->length)
    {
      char c = reader->text[place];
      int digit = g_ascii_xdigit_value (c);

      if (digit < 0 || digit >= (int) base)
        break;
      *out_value = *out_value * base + digit;
      place++;
      n_digits++;
    }

  return n_digits >= minimum ? place : 0;
}

static gboolean
has_prefix (Reader     *reader,
            gsize       place,
            const char *prefix)
{
  gsize length = strlen (prefix);

  return place + length <= reader->length &&
         g_ascii_strncasecmp (reader->text + place, prefix, length) == 0;
}

/* One byte, written as a number. */
static void
read_byte_codes (Reader *reader,
                 gsize   place,
                 gsize   after_backslashes,
                 guchar  wanted,
                 Front  *next)
{
  gsize end;
  gunichar value;

  if (place < reader->length && (reader->text[place] == '%' || reader->text[place] == '='))
    {
      end = read_number (reader, place + 1, 16, 2, 2, &value);
      if (end != 0 && is_same_byte (reader, value, wanted))
        front_add (next, end);
    }

  if (after_backslashes == place)
    return;

  end = read_number (reader, after_backslashes, 8, 3, 3, &value);
  if (end != 0 && is_same_byte (reader, value, wanted))
    front_add (next, end);
  if (has_prefix (reader, after_backslashes, "x"))
    {
      end = read_number (reader, after_backslashes + 1, 16, 2, 2, &value);
      if (end != 0 && is_same_byte (reader, value, wanted))
        front_add (next, end);
    }
}

/* XML 1.0 §4.1 and §4.6. */
static void
read_entity (Reader   *reader,
             gsize     place,
             gunichar  wanted,
             Front    *next)
{
  static const struct {
    const char *name;
    gunichar    value;
  } entities[] = {
    { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }, { "&apos;", '\'' },
  };
  gboolean hexadecimal = has_prefix (reader, place, "&#x");
  gsize end = 0;
  gunichar value;

  for (gsize i = 0; i < G_N_ELEMENTS (entities); i++)
    {
      if (entities[i].value == wanted && has_prefix (reader, place, entities[i].name))
        front_add (next, place + strlen (entities[i].name));
    }

  if (hexadecimal)
    end = read_number (reader, place + 3, 16, 1, 8, &value);
  else if (has_prefix (reader, place, "&#"))
    end = read_number (reader, place + 2, 10, 1, 8, &value);
  if (end != 0 && is_same (reader, value, wanted))
    front_add (next, has_prefix (reader, end, ";") ? end + 1 : end);
}

/* RFC 8259 §7, with its pairs; and the braces of C-like languages. */
static void
read_unicode_escape (Reader   *reader,
                     gsize     after_backslashes,
                     gunichar  wanted,
                     Front    *next)
{
  gunichar value, low;
  gsize end;

  if (has_prefix (reader, after_backslashes, "u{"))
    {
      end = read_number (reader, after_backslashes + 2, 16, 1, 8, &value);
      if (end != 0 && has_prefix (reader, end, "}") && is_same (reader, value, wanted))
        front_add (next, end + 1);
      return;
    }

  if (!has_prefix (reader, after_backslashes, "u"))
    return;
  end = read_number (reader, after_backslashes + 1, 16, 4, 4, &value);
  if (end == 0)
    return;
  if (is_same (reader, value, wanted))
    front_add (next, end);
  if (value < 0xd800 || value > 0xdbff || wanted < 0x10000)
    return;

  while (end < reader->length && reader->text[end] == '\\')
    end++;
  if (!has_prefix (reader, end, "u"))
    return;
  end = read_number (reader, end + 1, 16, 4, 4, &low);
  if (end != 0 && low >= 0xdc00 && low <= 0xdfff &&
      wanted == ((value - 0xd800) << 10) + (low - 0xdc00) + 0x10000)
    front_add (next, end);
}

/* How many bytes of a line break stand there (RFC 2045 §6.7, RFC 5322 §2.2.3). */
static gsize
measure_break (Reader *reader,
               gsize   place)
{
  gsize end = place;

  if (has_prefix (reader, end, "="))
    end++;
  if (has_prefix (reader, end, "\r"))
    end++;
  if (!has_prefix (reader, end, "\n"))
    return 0;
  end++;
  return end - place;
}

static void
read_byte (Reader *reader,
           gsize   place,
           guchar  wanted,
           Front  *next)
{
  gsize after = place;

  if (place >= reader->length)
    return;

  if (is_same_byte (reader, reader->text[place], wanted))
    front_add (next, place + 1);
  if (wanted == ' ' && reader->text[place] != '\0' &&
      strchr ("+_\n", reader->text[place]) != NULL)
    front_add (next, place + 1);

  while (after < reader->length && after - place < MAX_BACKSLASHES && reader->text[after] == '\\')
    {
      after++;
      if (after < reader->length && is_same_byte (reader, reader->text[after], wanted))
        front_add (next, after + 1);
    }
  read_byte_codes (reader, place, after, wanted, next);
}

static void
read_character (Reader   *reader,
                gsize     place,
                gunichar  wanted,
                Front    *next)
{
  gsize after = place;

  while (after < reader->length && after - place < MAX_BACKSLASHES && reader->text[after] == '\\')
    after++;

  read_entity (reader, place, wanted, next);
  if (after > place)
    read_unicode_escape (reader, after, wanted, next);
}

/* A place behind a line break is as good as one before it. */
static void
step_over_breaks (Reader *reader,
                  Front  *front)
{
  for (guint i = 0; i < front->n_places; i++)
    {
      gsize place = front->places[i];
      gsize size = measure_break (reader, place);

      if (size == 0)
        continue;
      front_add (front, place + size);
      if (has_prefix (reader, place + size, " ") || has_prefix (reader, place + size, "\t"))
        front_add (front, place + size + 1);
    }
}

static gunichar
character_at (const char *wanted,
              gsize       left)
{
  gunichar c = g_utf8_get_char_validated (wanted, left);

  return c == (gunichar) -1 || c == (gunichar) -2 ? 0 : c;
}

/* The places in the text where one may be after all of @wanted; none when it
 * does not stand there. */
static Front
follow (Reader     *reader,
        const char *wanted,
        gsize       wanted_length,
        gsize       position)
{
  Front front = { .places = { position }, .n_places = 1 };
  /* What is written as one character may be several bytes of @wanted. */
  Front ahead[6];
  gboolean waiting = FALSE;

  for (gsize k = 0; k < G_N_ELEMENTS (ahead); k++)
    ahead[k].n_places = 0;

  for (gsize i = 0; i < wanted_length; i++)
    {
      Front next = ahead[1];
      gunichar character = character_at (wanted + i, wanted_length - i);
      gsize size = character != 0 ? g_unichar_to_utf8 (character, NULL) : 1;

      if (waiting)
        memmove (&ahead[1], &ahead[2], sizeof ahead - 2 * sizeof ahead[0]);
      ahead[G_N_ELEMENTS (ahead) - 1].n_places = 0;

      if (i > 0)
        step_over_breaks (reader, &front);
      for (guint j = 0; j < front.n_places; j++)
        {
          read_byte (reader, front.places[j], wanted[i], &next);
          if (character != 0)
            read_character (reader, front.places[j], character,
                            size == 1 ? &next : &ahead[size - 1]);
        }

      waiting = FALSE;
      for (gsize k = 1; k < G_N_ELEMENTS (ahead); k++)
        waiting = waiting || ahead[k].n_places > 0;
      front = next;
      if (front.n_places == 0 && !waiting)
        break;
    }

  return front;
}

gboolean
mw_coded_text_may_begin (char c)
{
  return c != '\0' && strchr ("\\%=&+_\n", c) != NULL;
}

gboolean
mw_coded_text_match (const char *wanted,
                     gsize       wanted_length,
                     const char *text,
                     gsize       length,
                     gsize       position,
                     gboolean    fold,
                     gsize      *out_end)
{
  Reader reader = { text, length, fold };
  Front front;

  g_return_val_if_fail (wanted != NULL, FALSE);
  g_return_val_if_fail (text != NULL || length == 0, FALSE);

  /* Most texts hold nothing of the kind, and are read quickly. */
  if (wanted_length == 0 || position >= length ||
      (!is_same_byte (&reader, text[position], wanted[0]) &&
       !mw_coded_text_may_begin (text[position])))
    return FALSE;

  front = follow (&reader, wanted, wanted_length, position);
  *out_end = 0;
  for (guint i = 0; i < front.n_places; i++)
    *out_end = MAX (*out_end, front.places[i]);
  return front.n_places > 0;
}
