/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "protocol/mw-smtp-reply.h"

typedef struct {
  const char *name;
  const char *line;
  int         code;
  gboolean    is_last;
  int         enhanced_class;
  int         subject;
  int         detail;
  const char *text;
} Case;

static const Case cases[] = {
  { "simple", "250 Ok\r\n", 250, TRUE, 0, 0, 0, "Ok" },
  { "bare", "250\r\n", 250, TRUE, 0, 0, 0, "" },
  { "blank", "250 \r\n", 250, TRUE, 0, 0, 0, "" },
  { "bare-lf", "250 Ok\n", 250, TRUE, 0, 0, 0, "Ok" },
  { "continuation", "250-PIPELINING\r\n", 250, FALSE, 0, 0, 0, "PIPELINING" },
  { "enhanced", "535 5.7.8 Wrong\r\n", 535, TRUE, 5, 7, 8, "5.7.8 Wrong" },
  { "enhanced-alone", "235 2.7.0\r\n", 235, TRUE, 2, 7, 0, "2.7.0" },
  { "enhanced-long", "535-5.7.139 Wrong\r\n", 535, FALSE, 5, 7, 139, "5.7.139 Wrong" },
  { "enhanced-other-class", "550 4.7.1 Wrong\r\n", 550, TRUE, 0, 0, 0, "4.7.1 Wrong" },
  { "enhanced-glued", "550 5.7.1x Wrong\r\n", 550, TRUE, 0, 0, 0, "5.7.1x Wrong" },
  { "enhanced-too-long", "550 5.7.1000 Wrong\r\n", 550, TRUE, 0, 0, 0, "5.7.1000 Wrong" },
  { "enhanced-short", "550 5.7 Wrong\r\n", 550, TRUE, 0, 0, 0, "5.7 Wrong" },
};

static const char * const refused[] = {
  "", "\r\n", "25\r\n", "250x\r\n", "150 x\r\n", "650 x\r\n", "260 x\r\n", "25a x\r\n",
  "HTTP/1.1 400\r\n",
  "SSH-2.0-x\r\n", "* OK IMAP\r\n", "+OK POP\r\n", " 250 x\r\n", "2500 x\r\n",
};

static void
test_parse (gconstpointer data)
{
  const Case *test = data;
  MwSmtpReply reply;

  g_assert_true (mw_smtp_reply_parse (&reply, test->line, strlen (test->line)));
  g_assert_cmpint (reply.code, ==, test->code);
  g_assert_cmpint (reply.is_last, ==, test->is_last);
  g_assert_cmpint (reply.enhanced_class, ==, test->enhanced_class);
  g_assert_cmpint (reply.subject, ==, test->subject);
  g_assert_cmpint (reply.detail, ==, test->detail);
  g_assert_cmpmem (reply.text.bytes, reply.text.length, test->text, strlen (test->text));
}

static void
test_refuse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      MwSmtpReply reply;

      g_test_message ("%s", refused[i]);
      g_assert_false (mw_smtp_reply_parse (&reply, refused[i], strlen (refused[i])));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/smtp-reply/parse/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_parse);
    }
  g_test_add_func ("/smtp-reply/refuse", test_refuse);

  return g_test_run ();
}
