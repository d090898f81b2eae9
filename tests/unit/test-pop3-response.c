/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "protocol/mw-pop3-response.h"

typedef struct {
  const char   *name;
  const char   *line;
  MwPop3Status  status;
  const char   *code;
  const char   *text;
} Case;

static const Case cases[] = {
  { "ok", "+OK ready\r\n", MW_POP3_STATUS_OK, "", "ready" },
  { "ok-bare", "+OK\n", MW_POP3_STATUS_OK, "", "" },
  { "lower-case", "+ok ready\r\n", MW_POP3_STATUS_OK, "", "ready" },
  { "err", "-ERR no\r\n", MW_POP3_STATUS_ERR, "", "no" },
  { "code", "-ERR [AUTH] wrong\r\n", MW_POP3_STATUS_ERR, "AUTH", "wrong" },
  { "code-with-slash", "-ERR [SYS/TEMP] later\r\n", MW_POP3_STATUS_ERR, "SYS/TEMP", "later" },
  { "code-with-hyphen", "-ERR [IN-USE]\r\n", MW_POP3_STATUS_ERR, "IN-USE", "" },
  { "no-code", "-ERR [192.0.2.7] blocked\r\n", MW_POP3_STATUS_ERR, "", "[192.0.2.7] blocked" },
  { "open-code", "-ERR [AUTH wrong\r\n", MW_POP3_STATUS_ERR, "", "[AUTH wrong" },
  { "empty-code", "-ERR [] x\r\n", MW_POP3_STATUS_ERR, "", "[] x" },
  { "challenge", "+ VXNlcm5hbWU6\r\n", MW_POP3_STATUS_CHALLENGE, "", "VXNlcm5hbWU6" },
  { "challenge-empty", "+ \r\n", MW_POP3_STATUS_CHALLENGE, "", "" },
  { "challenge-bare", "+\r\n", MW_POP3_STATUS_CHALLENGE, "", "" },
};

static const char * const refused[] = {
  "", "\r\n", "OK\r\n", "+OKAY\r\n", "-ERROR\r\n", "* OK IMAP\r\n", "220 mx\r\n", " +OK\r\n",
  "-\r\n",
};

static void
test_parse (gconstpointer data)
{
  const Case *test = data;
  MwPop3Response response;

  g_assert_true (mw_pop3_response_parse (&response, test->line, strlen (test->line)));
  g_assert_cmpint (response.status, ==, test->status);
  g_assert_cmpmem (response.code.bytes, response.code.length, test->code, strlen (test->code));
  g_assert_cmpmem (response.text.bytes, response.text.length, test->text, strlen (test->text));
}

static void
test_refuse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      MwPop3Response response;

      g_test_message ("%s", refused[i]);
      g_assert_false (mw_pop3_response_parse (&response, refused[i], strlen (refused[i])));
    }
}

static void
test_take_item (void)
{
  static const struct {
    const char *line;
    const char *item;
  } table[] = {
    { "SASL PLAIN\r\n", "SASL PLAIN" },
    { "..stuffed\r\n", ".stuffed" },
    { "\r\n", "" },
    { ".\r\n", NULL },
    { ".\n", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      MwSpan item;
      gboolean more = mw_pop3_response_take_item (table[i].line, strlen (table[i].line), &item);

      g_assert_cmpint (more, ==, table[i].item != NULL);
      if (more)
        g_assert_cmpmem (item.bytes, item.length, table[i].item, strlen (table[i].item));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/pop3-response/parse/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_parse);
    }
  g_test_add_func ("/pop3-response/refuse", test_refuse);
  g_test_add_func ("/pop3-response/take-item", test_take_item);

  return g_test_run ();
}
