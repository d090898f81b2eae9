/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "fuzz.h"

#include "core/mw-transcript.h"

#define PASSWORD "zażółć \"gęślą\" \\jaźń 1"
#define USER "jan@example.test"

/* Ways to write the password that the input may choose, by a byte each; as
 * other programs write them. */
static const char * const forms[] = {
  PASSWORD,
  "zażółć \\\"gęślą\\\" \\\\jaźń 1",
  "za%C5%BC%C3%B3%C5%82%C4%87%20%22g%C4%99%C5%9Bl%C4%85%22%20%5Cja%C5%BA%C5%84%201",
  "za%c5%bcółć%20\"gęślą\" \\jaźń+1",
  "7a61c5bcc3b3c582c487202267c499c59b6cc48522205c6a61c5bac5842031",
  "za\\u017c\\u00f3\\u0142\\u0107 \\\"g\\u0119\\u015bl\\u0105\\\" \\\\ja\\u017a\\u0144 1",
  "za&#380;&#xf3;&#322;&#263; &quot;g&#281;&#347;l&#261;&quot; \\ja&#378;&#324; 1",
  "emHFvMOzxYLEhyAiZ8SZxZtsxIUiIFxqYcW6xYQgMQ==",
  "AGphbkBleGFtcGxlLnRlc3QAemHFvMOzxYLEhyAiZ8SZxZtsxIUiIFxqYcW6xYQgMQ==",
  "x6emHFvMOzxYLEhyAiZ8SZxZtsxIUiIFxqYcW6xYQgMQ",
  "za=C5=BC=C3=B3=C5=82=C4=87 \"g=C4=99=\r\n=C5=9Bl=C4=85\" \\ja=C5=BA=C5=84 1",
  "za&AXwA8wFCAQc- \"g&ARkBWw-l&AQU-\" \\ja&AXoBRA- 1",
};

/* No more of the password than this may be left, of whatever form. */
static const char * const traces[] = {
  PASSWORD, "żółć", "gęślą", "jaźń", "%C5%BC%C3%B3", "%c5%bc%c3%b3", "C5BCC3B3", "c5bcc3b3",
  "\\u017c\\u00f3", "&#380;&#xf3;", "FvMOzxYLEhyAiZ8SZ", "=C5=BC=C3", "AXwA8wFCAQc",
};

static MwRedactor *
redactor_new (void)
{
  MwRedactor *redactor = mw_redactor_new ();

  mw_redactor_add_person (redactor, USER);
  mw_redactor_add_secret (redactor, PASSWORD, strlen (PASSWORD));
  return redactor;
}

/* Bytes from 0x80 on stand for a form of the password. */
static GString *
write_forms (const guint8 *data,
             gsize         size)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < size; i++)
    {
      if (data[i] >= 0x80 && data[i] < 0x80 + G_N_ELEMENTS (forms))
        g_string_append (text, forms[data[i] - 0x80]);
      else
        g_string_append_c (text, data[i]);
    }

  return text;
}

static gboolean
holds_trace (const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (traces); i++)
    {
      if (strstr (text, traces[i]) != NULL)
        return TRUE;
    }

  return FALSE;
}

static gboolean
mentions_trace (const guint8 *data,
                gsize         size)
{
  g_autofree char *text = g_utf8_make_valid ((const char *) data, size);

  return holds_trace (text);
}

/* Whatever a server says can be shown, and no form of the password survives,
 * also when it comes in one line after the other. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(MwRedactor) redactor = redactor_new ();
  g_autoptr(MwTranscript) transcript = mw_transcript_new (50, redactor);
  g_autoptr(GString) text = write_forms (data, size);
  /* Without the NUL, for the sanitizer to see who reads on. */
  g_autofree char *bytes = g_memdup2 (text->str, text->len);
  g_autofree char *shown = NULL;
  g_auto(GStrv) lines = NULL;

  shown = mw_redactor_redact (redactor, bytes, text->len,
                              size % 2 == 0 ? MW_REDACTOR_HIDE_NOTHING
                              : MW_REDACTOR_HIDE_PERSON | MW_REDACTOR_HIDE_ADDRESSES);
  g_assert_true (g_utf8_validate (shown, -1, NULL));
  g_assert_null (strpbrk (shown, "\r\n\033"));
  g_assert_null (strstr (shown, PASSWORD));
  /* Parts of the password that the input brought itself are its own. */
  if (!mentions_trace (data, size))
    g_assert_false (holds_trace (shown));

  lines = g_strsplit (text->str, "\n", 40);
  for (gsize i = 0; lines[i] != NULL; i++)
    mw_transcript_add (transcript, *lines[i] == 'C' ? 'C' : 'S', lines[i], strlen (lines[i]),
                       *lines[i] == '!');
  for (guint i = 0; i < mw_transcript_get_n_lines (transcript); i++)
    {
      g_autofree char *line = mw_transcript_dup_line (transcript, i, MW_REDACTOR_HIDE_NOTHING);

      g_assert_true (g_utf8_validate (line, -1, NULL));
      g_assert_null (strstr (line, PASSWORD));
    }

  return 0;
}
