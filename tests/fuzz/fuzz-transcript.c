/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "fuzz.h"

#include "core/mw-transcript.h"

#define PASSWORD "zażółć \"gęślą\" \\jaźń 1"

/* Whatever a server says can be shown, and never holds the password. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static MwTranscript *transcript;
  g_autofree char *shown = NULL;

  if (transcript == NULL)
    {
      transcript = mw_transcript_new (10);
      mw_transcript_add_secret (transcript, "jan@example.test", PASSWORD, strlen (PASSWORD));
    }

  shown = mw_transcript_redact (transcript, (const char *) data, size);
  g_assert_true (g_utf8_validate (shown, -1, NULL));
  g_assert_null (strstr (shown, PASSWORD));
  g_assert_null (strpbrk (shown, "\r\n\033"));

  return 0;
}
