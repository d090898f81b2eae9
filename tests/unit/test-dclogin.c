/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-dclogin.h"

#include <string.h>

#include "core/mw-error.h"
#include "setup/mw-inspection.h"

#define JAN "dclogin:jan@example.test?v=1"

typedef struct {
  const char *text;
  const char *address;
  const char *servers;          /* "SERVICE:HOST:PORT USER", in order */
  const char *incoming_password;
  const char *outgoing_password;
} Good;

static const Good good[] = {
  { JAN "&p=hunter2", "jan@example.test", "", "hunter2", "hunter2" },
  { JAN, "jan@example.test", "", NULL, NULL },
  { "DCLOGIN://jan@example.test/?p=x&v=1", "jan@example.test", "", "x", "x" },
  { "dclogin://jan@b%C3%BCcher.example?p=x&v=1", "jan@xn--bcher-kva.example", "", "x", "x" },
  { "dclogin:jan%2Bshop%40example.test?p=x&v=1", "jan+shop@example.test", "", "x", "x" },
  { JAN "&p=a+b%2B%25%26%3D%C5%BC%CC%81", "jan@example.test", "", "a b+%&=\u017c\u0301",
    "a b+%&=\u017c\u0301" },
  { JAN "&p=both&ipw=in", "jan@example.test", "", "in", "both" },
  { JAN "&spw=out&p=both", "jan@example.test", "", "both", "out" },
  { JAN "&ipw=in", "jan@example.test", "", "in", NULL },
  { JAN "&p=x&ih=IMAP.example.test&ip=993&is=ssl&iu=j.k&sh=smtp.example.test&sp=587&ss=starttls"
    "&su=j%20k&ic=1&sc=0",
    "jan@example.test",
    "imaps:imap.example.test:993 j.k|submission:smtp.example.test:587 j k|", "x", "x" },
  { JAN "&p=x&ih=imap.example.test&sh=smtp.example.test", "jan@example.test",
    "imaps:imap.example.test:993 -|imap:imap.example.test:143 -|"
    "submissions:smtp.example.test:465 -|submission:smtp.example.test:587 -|", "x", "x" },
  { JAN "&p=x&ih=imap.example.test&ip=143&is=default", "jan@example.test",
    "imap:imap.example.test:143 -|", "x", "x" },
  { JAN "&p=x&sh=smtp.example.test&sp=465", "jan@example.test",
    "submissions:smtp.example.test:465 -|", "x", "x" },
  { JAN "&p=x&ih=imap.example.test&ip=1993&is=ssl", "jan@example.test",
    "imaps:imap.example.test:1993 -|", "x", "x" },
  { JAN "&p=x&future=1&&x", "jan@example.test", "", "x", "x" },
};

typedef struct {
  const char *text;
  MwLinkError code;
} Bad;

#define BAD(text, code) { text, MW_LINK_ERROR_ ## code }

static const Bad bad[] = {
  BAD ("dclogin", SCHEME),
  BAD ("dcaccount:https://example.test/new", SCHEME),
  BAD ("dclogin:", DAMAGED),
  BAD ("dclogin:jan@example.test", DAMAGED),
  BAD ("dclogin:jan@example.test?p=hunter2", DAMAGED),
  BAD (JAN "&p=hunter2 ", DAMAGED),
  BAD (JAN "&p=hunter2#x", FRAGMENT),
  BAD ("dclogin:jan@example.test?p=hunter2&v=2", VERSION),
  BAD (JAN "&p=hunter2&p=hunter3", DUPLICATE),
  BAD (JAN "&v=1&p=hunter2", DUPLICATE),
  BAD ("dclogin:?v=1&p=hunter2", BAD_ADDRESS),
  BAD ("dclogin:jan?v=1&p=hunter2", BAD_ADDRESS),
  BAD ("dclogin:jan@localhost?v=1&p=hunter2", BAD_ADDRESS),
  BAD ("dclogin:jan@[192.168.1.1]?v=1&p=hunter2", BAD_ADDRESS),
  BAD ("dclogin:jan@a@example.test?v=1&p=hunter2", BAD_ADDRESS),
  BAD ("dclogin:jan%00@example.test?v=1&p=hunter2", FORBIDDEN_CHAR),
  BAD (JAN "&p=hunter2%0A", FORBIDDEN_CHAR),
  BAD (JAN "&p=hunter2%FF", NOT_UTF8),
  BAD (JAN "&p=hunter2%", BAD_ESCAPE),
  BAD (JAN "&p=hunter2&is=plain", INSECURE),
  BAD (JAN "&p=hunter2&ih=imap.example.test&ss=plain", INSECURE),
  BAD (JAN "&p=hunter2&ic=2", INSECURE),
  BAD (JAN "&p=hunter2&ic=3", INSECURE),
  BAD (JAN "&p=hunter2&sc=2", INSECURE),
  BAD (JAN "&p=hunter2&sc=9", INSECURE),
  BAD (JAN "&p=hunter2&is=wireguard", BAD_SERVER),
  BAD (JAN "&p=hunter2&ih=10.0.0.1", BAD_HOST),
  BAD (JAN "&p=hunter2&sh=localhost", BAD_HOST),
  BAD (JAN "&p=hunter2&ih=mail", BAD_HOST),
  BAD (JAN "&p=hunter2&ih=imap.example.test&ip=0", BAD_PORT),
  BAD (JAN "&p=hunter2&sp=65536", BAD_PORT),
};

static char *
list_servers (GPtrArray *candidates)
{
  g_autoptr(GString) list = g_string_new (NULL);

  for (guint i = 0; i < candidates->len; i++)
    {
      MwCandidate *candidate = candidates->pdata[i];
      const char * const *names = mw_candidate_get_user_names (candidate);
      g_autofree char *server = mw_endpoint_to_string (mw_candidate_get_endpoint (candidate));

      g_assert_cmpint (mw_candidate_get_grade (candidate), ==, MW_GRADE_L);
      g_string_append_printf (list, "%s %s|", server, names != NULL ? names[0] : "-");
    }

  return g_string_free (g_steal_pointer (&list), FALSE);
}

static const char *
peek (MwSecret *secret)
{
  return secret != NULL ? mw_secret_peek (secret) : NULL;
}

static void
test_good (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(MwDclogin) link = mw_dclogin_parse (good[i].text, strlen (good[i].text), &error);
      g_autofree char *servers = NULL;

      g_test_message ("%s", good[i].text);
      g_assert_no_error (error);
      servers = list_servers (link->candidates);
      g_assert_cmpstr (mw_address_get_text (link->address), ==, good[i].address);
      g_assert_cmpstr (servers, ==, good[i].servers);
      g_assert_cmpstr (peek (link->incoming_password), ==, good[i].incoming_password);
      g_assert_cmpstr (peek (link->outgoing_password), ==, good[i].outgoing_password);
    }
}

static void
test_bad (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(MwDclogin) link = mw_dclogin_parse (bad[i].text, strlen (bad[i].text), &error);

      g_test_message ("%s", bad[i].text);
      g_assert_null (link);
      g_assert_error (error, MW_LINK_ERROR, (int) bad[i].code);
      g_assert_null (strstr (error->message, "hunter"));
    }
}

static void
test_too_long (void)
{
  g_autofree char *more = g_strnfill (2048, 'x');
  g_autofree char *text = g_strconcat (JAN "&p=", more, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_null (mw_dclogin_parse (text, strlen (text), &error));
  g_assert_error (error, MW_LINK_ERROR, MW_LINK_ERROR_TOO_LONG);
}

static void
test_inspection (void)
{
  static const char text[] = "\t" JAN "&p=hunter2&ih=imap.example.test&is=ssl\n";
  g_autoptr(GBytes) content = g_bytes_new_static (text, strlen (text));
  g_autoptr(GBytes) clear = g_bytes_new_static (JAN "&is=plain", strlen (JAN "&is=plain"));
  g_autoptr(MwInspection) inspection = mw_inspection_new (content, NULL);
  g_autoptr(MwInspection) refused = mw_inspection_new (clear, NULL);

  g_assert_cmpint (inspection->kind, ==, MW_INSPECTION_KIND_DCLOGIN);
  g_assert_cmpint (inspection->refusal, ==, MW_INSPECTION_REFUSAL_NONE);
  g_assert_cmpstr (mw_address_get_text (inspection->address), ==, "jan@example.test");
  g_assert_cmpuint (inspection->candidates->len, ==, 1);
  g_assert_cmpstr (peek (inspection->incoming_password), ==, "hunter2");
  g_assert_cmpstr (peek (inspection->outgoing_password), ==, "hunter2");
  g_assert_cmpint (refused->kind, ==, MW_INSPECTION_KIND_DCLOGIN);
  g_assert_cmpint (refused->refusal, ==, MW_INSPECTION_REFUSAL_INSECURE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dclogin/good", test_good);
  g_test_add_func ("/dclogin/bad", test_bad);
  g_test_add_func ("/dclogin/too-long", test_too_long);
  g_test_add_func ("/dclogin/inspection", test_inspection);

  return g_test_run ();
}
