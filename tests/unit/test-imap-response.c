/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "protocol/mw-imap-response.h"

typedef struct {
  const char   *name;
  const char   *line;
  MwImapKind    kind;
  MwImapStatus  status;
  const char   *tag;
  const char   *code;
  const char   *arguments;
  const char   *text;
  gint64        literal;
} Case;

#define U MW_IMAP_KIND_UNTAGGED
#define T MW_IMAP_KIND_TAGGED
#define C MW_IMAP_KIND_CONTINUATION

static const Case cases[] = {
  { "greeting", "* OK IMAP ready\r\n", U, MW_IMAP_STATUS_OK, "", "", "", "IMAP ready", -1 },
  { "bare-lf", "* OK ready\n", U, MW_IMAP_STATUS_OK, "", "", "", "ready", -1 },
  { "no-line-end", "* OK ready", U, MW_IMAP_STATUS_OK, "", "", "", "ready", -1 },
  { "no-text", "* OK\r\n", U, MW_IMAP_STATUS_OK, "", "", "", "", -1 },
  { "code", "* OK [CAPABILITY IMAP4rev1 ID] hi\r\n", U, MW_IMAP_STATUS_OK, "",
    "CAPABILITY", "IMAP4rev1 ID", "hi", -1 },
  { "code-alone", "* NO [ALERT]\r\n", U, MW_IMAP_STATUS_NO, "", "ALERT", "", "", -1 },
  { "code-empty", "* NO [] x\r\n", U, MW_IMAP_STATUS_NO, "", "", "", "x", -1 },
  { "code-open", "* NO [ALERT x\r\n", U, MW_IMAP_STATUS_NO, "", "", "", "[ALERT x", -1 },
  { "preauth", "* PREAUTH hi\r\n", U, MW_IMAP_STATUS_PREAUTH, "", "", "", "hi", -1 },
  { "bye", "* BYE [UNAVAILABLE] later\r\n", U, MW_IMAP_STATUS_BYE, "", "UNAVAILABLE", "",
    "later", -1 },
  { "lower-case", "* bye later\r\n", U, MW_IMAP_STATUS_BYE, "", "", "", "later", -1 },
  { "capability", "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n", U, MW_IMAP_STATUS_CAPABILITY, "", "", "",
    "IMAP4rev1 AUTH=PLAIN", -1 },
  { "data", "* 3 EXISTS\r\n", U, MW_IMAP_STATUS_DATA, "", "", "", "3 EXISTS", -1 },
  { "data-word", "* OKAY then\r\n", U, MW_IMAP_STATUS_DATA, "", "", "", "OKAY then", -1 },
  { "literal", "* LIST () \"/\" {5}\r\n", U, MW_IMAP_STATUS_DATA, "", "", "",
    "LIST () \"/\" {5}", 5 },
  { "literal-only-in-data", "* OK see {5}\r\n", U, MW_IMAP_STATUS_OK, "", "", "", "see {5}", -1 },
  { "tagged", "a1 OK [READ-ONLY] done\r\n", T, MW_IMAP_STATUS_OK, "a1", "READ-ONLY", "", "done",
    -1 },
  { "tagged-no", "A7 NO nope\r\n", T, MW_IMAP_STATUS_NO, "A7", "", "", "nope", -1 },
  { "tagged-bad", "a1 BAD what\r\n", T, MW_IMAP_STATUS_BAD, "a1", "", "", "what", -1 },
  { "continuation", "+ VXNlcm5hbWU6\r\n", C, MW_IMAP_STATUS_DATA, "", "", "", "VXNlcm5hbWU6", -1 },
  { "continuation-empty", "+ \r\n", C, MW_IMAP_STATUS_DATA, "", "", "", "", -1 },
  { "continuation-bare", "+\r\n", C, MW_IMAP_STATUS_DATA, "", "", "", "", -1 },
};

static const char * const refused[] = {
  "", "\r\n", "\n", "*\r\n", "* \r\n", "a1\r\n", "a1 \r\n", "+OK POP3 ready\r\n",
  "220 mx ESMTP\r\n", "HTTP/1.1 400 Bad Request\r\n", "SSH-2.0-OpenSSH\r\n", "a1 BYE x\r\n",
  "a1 3 EXISTS\r\n", "\"q\" OK x\r\n", " * OK x\r\n",
  "a234567890123456789012345678901234 OK x\r\n",
};

static void
assert_span (MwSpan      span,
             const char *expected)
{
  g_assert_cmpmem (span.bytes, span.length, expected, strlen (expected));
}

static void
test_parse (gconstpointer data)
{
  const Case *test = data;
  MwImapResponse response;

  g_assert_true (mw_imap_response_parse (&response, test->line, strlen (test->line)));
  g_assert_cmpint (response.kind, ==, test->kind);
  g_assert_cmpint (response.status, ==, test->status);
  assert_span (response.tag, test->tag);
  assert_span (response.code, test->code);
  assert_span (response.code_arguments, test->arguments);
  assert_span (response.text, test->text);
  g_assert_cmpint (response.literal, ==, test->literal);
}

static void
test_refuse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      MwImapResponse response;

      g_test_message ("%s", refused[i]);
      g_assert_false (mw_imap_response_parse (&response, refused[i], strlen (refused[i])));
    }
}

static void
test_find_literal (void)
{
  static const struct {
    const char *line;
    gint64      octets;
  } table[] = {
    { "x {0}\r\n", 0 },
    { "{12}", 12 },
    { "{999999999}\r\n", 999999999 },
    { "{1999999999}\r\n", -1 },
    { "{}\r\n", -1 },
    { "12}\r\n", -1 },
    { "{12\r\n", -1 },
    { "{1a}\r\n", -1 },
    { "{12} \r\n", -1 },
    { "", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_cmpint (mw_imap_response_find_literal (table[i].line, strlen (table[i].line)), ==,
                     table[i].octets);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/imap-response/parse/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_parse);
    }
  g_test_add_func ("/imap-response/refuse", test_refuse);
  g_test_add_func ("/imap-response/find-literal", test_find_literal);

  return g_test_run ();
}
