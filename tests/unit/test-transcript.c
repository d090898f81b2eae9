/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>
#include <time.h>

#include "core/mw-transcript.h"

#define PASSWORD "zażółć \"gęślą\" \\jaźń 1"
#define CODED "AGphbkBleGFtcGxlLnRlc3QAemHFvMOzxYLEhyAiZ8SZxZtsxIUiIFxqYcW6xYQgMQ=="

/* Lines as they come, "!" before what is sent as part of a log-in, and what is
 * kept of them. */
typedef struct {
  const char *name;
  const char *lines[8];
  const char *kept[8];
} Case;

static const Case cases[] = {
  {
    "plain",
    { "S: * OK ready\r\n", "!C: a1 AUTHENTICATE PLAIN " CODED "\r\n", "S: a1 NO no" },
    { "S: * OK ready", "C: a1 AUTHENTICATE PLAIN ••••", "S: a1 NO no" },
  },
  {
    "login",
    { "!C: a1 LOGIN \"jan\" \"secret\"", "!C: AUTH LOGIN amFu", "!C: PASS x" },
    { "C: a1 LOGIN ••••", "C: AUTH LOGIN ••••", "C: PASS ••••" },
  },
  {
    "answer-alone",
    { "!C: PLAIN", "!C: a1", "!C: amFu", "!C: a1 LOGINS x" },
    { "C: ••••", "C: ••••", "C: ••••", "C: ••••" },
  },
  {
    "challenge",
    {
      "C: AUTH CRAM-MD5", "S: 334 PDE4OTYuNjk3MTcwOTUyQGV4YW1wbGU+", "!C: amFuIGI5MTNhNjAyYzdlZGE3",
      "S: 535 PDE4OTYuNjk3MTcwOTUyQGV4YW1wbGU+ amFuIGI5MTNhNjAyYzdlZGE3",
    },
    { "C: AUTH CRAM-MD5", "S: 334 ••••", "C: ••••", "S: 535 •••• ••••" },
  },
  {
    "imap-challenge",
    { "S: + cj1hYmMsc2VydmVyLHM9", "S: +", "S: + ", "S: +OK" },
    { "S: + ••••", "S: +", "S: + ", "S: +OK" },
  },
  {
    "echo",
    { "S: a1 BAD what is " CODED "?", "C: NOOP zażółć \"gęślą\" \\jaźń 1" },
    { "S: a1 BAD what is ••••?", "C: NOOP ••••" },
  },
  {
    "two-pieces",
    { "S: 535-5.7.8 Not zażółć \"gę", "S: 535 5.7.8 ślą\" \\jaźń 1, no", "S: 250 OK" },
    { "S: ••••", "S: ••••", "S: 250 OK" },
  },
  {
    "folded",
    {
      "S: * OK AGphbkBleGFtcGxlLnRlc3QAemHFvMOzx", "S: * OK YLEhyAiZ8SZxZts",
      "S: * BYE xIUiIFxqYcW6xYQgMQ==",
    },
    { "S: ••••", "S: ••••", "S: ••••" },
  },
  {
    "folders",
    {
      "S: * LIST (\\HasNoChildren) \"/\" \"My divorce\"",
      "S: * list (\\HasNoChildren \\sent) \"/\" Sent",
      "S: * LIST (\\Marked", "S: * LIST () NIL x", "S: * LISTING", "C: a4 LIST \"\" \"*\"",
    },
    {
      "S: * LIST (\\HasNoChildren) …", "S: * list (\\HasNoChildren \\sent) \"/\" Sent",
      "S: * LIST ( …", "S: * LIST () …", "S: * LISTING", "C: a4 LIST \"\" \"*\"",
    },
  },
  {
    "no-pieces",
    { "S: 250-zażółć", "S: 250 jaźń", "C: QUIT" },
    { "S: 250-zażółć", "S: 250 jaźń", "C: QUIT" },
  },
};

static MwRedactor *
redactor_new (void)
{
  MwRedactor *redactor = mw_redactor_new ();

  mw_redactor_add_secret (redactor, PASSWORD, strlen (PASSWORD));
  return redactor;
}

static void
test_kept (gconstpointer data)
{
  const Case *test = data;
  g_autoptr(MwRedactor) redactor = redactor_new ();
  g_autoptr(MwTranscript) transcript = mw_transcript_new (100, redactor);

  for (guint i = 0; test->lines[i] != NULL; i++)
    {
      gboolean sensitive = test->lines[i][0] == '!';
      const char *line = test->lines[i] + (sensitive ? 1 : 0);

      mw_transcript_add (transcript, line[0], line + 3, strlen (line + 3), sensitive);
    }

  for (guint i = 0; test->kept[i] != NULL; i++)
    {
      g_autofree char *line = mw_transcript_dup_line (transcript, i, MW_REDACTOR_HIDE_NOTHING);

      g_assert_cmpstr (line, ==, test->kept[i]);
    }
}

/* A password that is typed after a server said it. */
static void
test_later (void)
{
  g_autoptr(MwRedactor) redactor = redactor_new ();
  g_autoptr(MwTranscript) transcript = mw_transcript_new (3, redactor);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *weak = NULL;

  mw_transcript_add (transcript, 'S', "* OK blue monkey", 16, FALSE);
  before = mw_transcript_dup_line (transcript, 0, MW_REDACTOR_HIDE_NOTHING);
  g_assert_cmpstr (before, ==, "S: * OK blue monkey");
  mw_redactor_add_secret (redactor, "monkey", 6);
  after = mw_transcript_dup_line (transcript, 0, MW_REDACTOR_HIDE_NOTHING);
  g_assert_cmpstr (after, ==, "S: * OK blue ••••");
  mw_redactor_add_public (redactor, "monkey.example.test");
  weak = mw_transcript_dup_line (transcript, 0, MW_REDACTOR_HIDE_NOTHING);
  g_assert_cmpstr (weak, ==, "S: * OK ••••");
}

/* However much was said before, the pieces are put together. */
static void
test_pieces_after_much (void)
{
  g_autofree char *long_line = g_strnfill (4000, 'x');

  for (guint i = 1; i < 200; i++)
    {
      g_autoptr(MwRedactor) redactor = redactor_new ();
      g_autoptr(MwTranscript) transcript = mw_transcript_new (10, redactor);

      mw_transcript_add (transcript, 'S', long_line, 4000, FALSE);
      mw_transcript_add (transcript, 'S', long_line, 4000, FALSE);
      mw_transcript_add (transcript, 'S', long_line, i, FALSE);
      mw_transcript_add (transcript, 'S', "zażółć \"gę", 15, FALSE);
      mw_transcript_add (transcript, 'S', "ślą\" \\jaźń 1", 16, FALSE);
      for (guint j = 3; j < 5; j++)
        {
          g_autofree char *line = mw_transcript_dup_line (transcript, j,
                                                          MW_REDACTOR_HIDE_NOTHING);

          g_assert_cmpstr (line, ==, "S: ••••");
        }
    }
}

/* All that a hostile server can say to us is read in little time. */
static void
test_much_to_join (void)
{
  g_autoptr(MwRedactor) redactor = redactor_new ();
  g_autoptr(MwTranscript) transcript = mw_transcript_new (200, redactor);
  clock_t started = clock ();

  for (guint i = 0; i < 200; i++)
    mw_transcript_add (transcript, 'S', "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", 40, FALSE);
  g_assert_cmpint (clock () - started, <, 2 * CLOCKS_PER_SEC);
}

static void
test_limit_and_time (void)
{
  g_autoptr(MwRedactor) redactor = redactor_new ();
  g_autoptr(MwTranscript) transcript = mw_transcript_new (2, redactor);
  gint64 started = g_get_monotonic_time ();

  mw_transcript_add (transcript, '*', "TLS 1.3", 7, FALSE);
  g_usleep (2000);
  mw_transcript_add (transcript, 'S', "* OK", 4, FALSE);
  mw_transcript_add (transcript, 'S', "too much", 8, FALSE);

  g_assert_cmpuint (mw_transcript_get_n_lines (transcript), ==, 2);
  g_assert_cmpint (mw_transcript_get_time_us (transcript, 0), >=, started);
  g_assert_cmpint (mw_transcript_get_time_us (transcript, 1), >=,
                   mw_transcript_get_time_us (transcript, 0) + 2000);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/transcript/kept/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_kept);
    }
  g_test_add_func ("/transcript/later", test_later);
  g_test_add_func ("/transcript/pieces-after-much", test_pieces_after_much);
  g_test_add_func ("/transcript/much-to-join", test_much_to_join);
  g_test_add_func ("/transcript/limit-and-time", test_limit_and_time);

  return g_test_run ();
}
