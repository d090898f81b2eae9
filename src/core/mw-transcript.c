/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-transcript.h"

#include <string.h>

#include "core/mw-secret.h"
#include "core/mw-server-words.h"

/* What stands in for a secret. */
#define DOTS "••••"

/* How much of what a server said is kept to find what it said in pieces: the
 * longest coding of any password that fits into one of its lines. */
#define MAX_STREAM (4 * 1024)

/* How far back a secret may begin that ends in the newest line: one of 160
 * letters, each of them as "\u0041". Farther would take too long each time. */
#define MAX_PIECES 1024

/* One line: "C: …", "S: …" or "*: …". */
typedef struct {
  gint64 time_us;
  gsize  stream_end;  /* of the server's lines, where its words end in the stream */
} LineFacts;

struct _MwTranscript
{
  guint       limit;
  MwRedactor *redactor;
  GPtrArray  *lines;
  GArray     *facts;    /* element LineFacts, beside the lines */
  GString    *stream;   /* what the server said last, wiped */
};

G_DEFINE_BOXED_TYPE (MwTranscript, mw_transcript, mw_transcript_ref, mw_transcript_unref)

/* Of the stream, only the last @kept bytes stay. */
static void
wipe_stream (MwTranscript *self,
             gsize         kept)
{
  GString *stream = self->stream;
  gsize dropped = stream->len - MIN (stream->len, kept);

  memmove (stream->str, stream->str + dropped, stream->len - dropped);
  g_string_truncate (stream, stream->len - dropped);
  mw_secret_wipe_bytes (stream->str + stream->len, stream->allocated_len - stream->len);

  for (guint i = 0; i < self->facts->len; i++)
    {
      gsize *end = &g_array_index (self->facts, LineFacts, i).stream_end;

      *end -= MIN (*end, dropped);
    }
}

static void
mw_transcript_clear (gpointer data)
{
  MwTranscript *self = data;

  wipe_stream (self, 0);
  g_string_free (self->stream, TRUE);
  g_array_unref (self->facts);
  g_ptr_array_unref (self->lines);
  mw_redactor_unref (self->redactor);
}

MwTranscript *
mw_transcript_new (guint       limit,
                   MwRedactor *redactor)
{
  MwTranscript *self;

  g_return_val_if_fail (redactor != NULL, NULL);

  self = g_rc_box_new0 (MwTranscript);
  self->limit = limit;
  self->redactor = mw_redactor_ref (redactor);
  self->lines = g_ptr_array_new_with_free_func (g_free);
  self->facts = g_array_new (FALSE, TRUE, sizeof (LineFacts));
  /* As much as it will ever need: growing would leave copies behind. */
  self->stream = g_string_sized_new (2 * MAX_STREAM);
  return self;
}

MwTranscript *
mw_transcript_ref (MwTranscript *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_rc_box_acquire (self);
}

void
mw_transcript_unref (MwTranscript *self)
{
  g_return_if_fail (self != NULL);

  g_rc_box_release_full (self, mw_transcript_clear);
}

/* How much of a line with a secret is not secret: up to the command or the
 * name of the mechanism. A line that is nothing but an answer has no such
 * part. */
static gsize
measure_command (const char *line,
                 gsize       length)
{
  static const char * const commands[] = { "AUTHENTICATE ", "AUTH ", "LOGIN ", "PASS ", "USER " };
  gsize start = 0;

  if (length > 2 && line[0] == 'a' && g_ascii_isdigit (line[1]))
    {
      start = 1 + strspn (line + 1, "0123456789");
      if (start >= length || line[start] != ' ')
        return 0;
      start++;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      gsize size = strlen (commands[i]);
      const char *blank;

      if (start + size >= length || strncmp (line + start, commands[i], size) != 0)
        continue;
      if (i >= 2)
        return start + size;
      blank = memchr (line + start + size, ' ', length - start - size);
      return blank != NULL ? (gsize) (blank - line) + 1 : 0;
    }

  return 0;
}

/* "+ ", "334 ": what follows belongs to a log-in. */
static gsize
measure_challenge (const char *line,
                   gsize       length)
{
  if (length > 2 && strncmp (line, "+ ", 2) == 0)
    return 2;
  if (length > 4 && strncmp (line, "334", 3) == 0)
    return 4;

  return 0;
}

static void
add_line (MwTranscript *self,
          char          direction,
          const char   *shown)
{
  LineFacts facts = { g_get_monotonic_time (), self->stream->len };

  g_ptr_array_add (self->lines, g_strdup_printf ("%c: %s", direction, shown));
  g_array_append_val (self->facts, facts);
}

/* Keeps @shown of the line, and hides the rest from now on wherever it is
 * repeated. */
static void
add_hidden (MwTranscript *self,
            char          direction,
            const char   *line,
            gsize         length,
            gsize         shown)
{
  g_autofree char *command = g_strndup (line, shown);
  g_autofree char *text = NULL;
  gsize start = 0;
  gsize end;

  mw_redactor_add_exchange (self->redactor, line + shown, length - shown);
  /* A password may look like a command. */
  if (direction == 'C' && mw_redactor_find_secret (self->redactor, command, shown, &start, &end))
    *command = '\0';
  text = g_strconcat (command, DOTS, NULL);
  add_line (self, direction, text);
}

/* Whether a secret begins before @border, not too far, and ends behind it. */
static gboolean
is_across (MwTranscript *self,
           gsize         border,
           gsize        *out_start)
{
  gsize end;

  for (*out_start = border - MIN (border, MAX_PIECES); *out_start < border; (*out_start)++)
    {
      if (!mw_redactor_find_secret (self->redactor, self->stream->str, self->stream->len,
                                    out_start, &end))
        return FALSE;
      if (*out_start < border && end > border)
        return TRUE;
    }

  return FALSE;
}

/* A secret may come in pieces, one line each. Lines that make up one together
 * are hidden as a whole. */
static void
join_lines (MwTranscript *self,
            const char   *line,
            gsize         length)
{
  gsize prefix = mw_server_words_keep (line, length);
  gsize start, from;

  if (length > MAX_STREAM)
    return;

  if (self->stream->len + length + 1 > 2 * MAX_STREAM)
    wipe_stream (self, MAX_PIECES);
  start = self->stream->len;
  if (start > 0)
    g_string_append_c (self->stream, '\n');
  g_string_append_len (self->stream, line + prefix, length - prefix);
  g_array_index (self->facts, LineFacts, self->facts->len - 1).stream_end = self->stream->len;

  if (!is_across (self, start, &from))
    return;

  for (guint i = 0; i < self->lines->len; i++)
    {
      char **shown = (char **) &self->lines->pdata[i];

      if ((*shown)[0] == 'S' && g_array_index (self->facts, LineFacts, i).stream_end > from)
        {
          g_free (*shown);
          *shown = g_strdup ("S: " DOTS);
        }
    }
  wipe_stream (self, 0);
}

/* What a person calls a folder says much about them, and nothing about the
 * server: of those that are for no special use only that they are there is
 * kept. Returns how much of the line, @length for all. */
static gsize
measure_folder (const char *line,
                gsize       length)
{
  static const char * const uses[] = { "\\Sent", "\\Drafts", "\\Trash", "\\Junk", "\\Archive" };
  static const char start[] = "* LIST (";
  g_autofree char *attributes = NULL;
  const char *end;

  if (length < strlen (start) || g_ascii_strncasecmp (line, start, strlen (start)) != 0)
    return length;

  end = memchr (line, ')', length);
  if (end == NULL)
    return strlen (start);

  attributes = g_ascii_strdown (line, end - line);
  for (gsize i = 0; i < G_N_ELEMENTS (uses); i++)
    {
      g_autofree char *use = g_ascii_strdown (uses[i], -1);

      if (strstr (attributes, use) != NULL)
        return length;
    }

  return end + 1 - line;
}

void
mw_transcript_add (MwTranscript *self,
                   char          direction,
                   const char   *line,
                   gsize         length,
                   gboolean      sensitive)
{
  g_autofree char *shown = NULL;
  gsize challenge, kept;

  g_return_if_fail (self != NULL);
  g_return_if_fail (line != NULL || length == 0);

  while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r'))
    length--;

  /* What is not kept any more may still be repeated by the next server. */
  challenge = direction == 'S' ? measure_challenge (line, length) : 0;
  if (self->lines->len >= self->limit)
    {
      if (sensitive || challenge > 0)
        mw_redactor_add_exchange (self->redactor, line, length);
      return;
    }

  if (sensitive || challenge > 0)
    {
      add_hidden (self, direction, line, length,
                  sensitive ? measure_command (line, length) : challenge);
      return;
    }

  kept = direction == 'S' ? measure_folder (line, length) : length;
  shown = mw_redactor_redact (self->redactor, line, kept, MW_REDACTOR_HIDE_NOTHING);
  if (kept < length)
    {
      g_autofree char *beginning = g_steal_pointer (&shown);

      shown = g_strconcat (beginning, " …", NULL);
    }
  add_line (self, direction, shown);
  if (direction == 'S')
    join_lines (self, line, length);
}

guint
mw_transcript_get_n_lines (MwTranscript *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->lines->len;
}

char *
mw_transcript_dup_line (MwTranscript   *self,
                        guint           index,
                        MwRedactorHide  hide)
{
  g_autofree char *shown = NULL;
  const char *line;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->lines->len, NULL);

  line = self->lines->pdata[index];
  /* Once more, for secrets that came later. What we say ourselves holds none
   * but those that were taken out. */
  shown = line[0] == 'S'
          ? mw_redactor_redact (self->redactor, line + 3, strlen (line + 3), hide)
          : mw_redactor_mask (self->redactor, line + 3, hide);
  return g_strdup_printf ("%c: %s", line[0], shown);
}

gboolean
mw_transcript_holds_secret (MwTranscript *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->lines->len; i++)
    {
      const char *line = self->lines->pdata[i];

      if (line[0] == 'S' && strstr (line, DOTS) != NULL)
        return TRUE;
    }

  return FALSE;
}

gboolean
mw_transcript_may_show_word (MwTranscript *self,
                             const char   *word)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (word != NULL, FALSE);

  for (guint i = 0; i < self->lines->len; i++)
    {
      const char *line = self->lines->pdata[i];

      if (line[0] == 'S' && strstr (line, word) != NULL)
        return TRUE;
    }

  return mw_server_words_contain (word, strlen (word)) || !mw_transcript_holds_secret (self);
}

gint64
mw_transcript_get_time_us (MwTranscript *self,
                           guint         index)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (index < self->facts->len, 0);

  return g_array_index (self->facts, LineFacts, index).time_us;
}
