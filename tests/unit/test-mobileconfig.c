/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-mobileconfig.h"

#include <string.h>

#define STRING(key, value) "<key>" key "</key><string>" value "</string>"
#define NUMBER(key, value) "<key>" key "</key><integer>" value "</integer>"
#define YES(key) "<key>" key "</key><true/>"
#define ROOT(payloads) \
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" \
  "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\"" \
  " \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n" \
  "<plist version=\"1.0\"><dict><key>PayloadContent</key><array>" payloads "</array>" \
  STRING ("PayloadDisplayName", " Example Mail ") STRING ("PayloadType", "Configuration") \
  "</dict></plist>"
#define MAIL(rest) "<dict>" STRING ("PayloadType", "com.apple.mail.managed") rest "</dict>"
#define IMAP STRING ("EmailAccountType", "EmailTypeIMAP")
#define IN_HOST STRING ("IncomingMailServerHostName", "imap.example.test")
#define IN_TLS YES ("IncomingMailServerUseSSL")
#define OUT_HOST STRING ("OutgoingMailServerHostName", "smtp.example.test")
#define OUT_TLS YES ("OutgoingMailServerUseSSL")
#define INCOMING IN_HOST IN_TLS NUMBER ("IncomingMailServerPortNumber", "993")

typedef struct {
  const char *name;
  const char *text;
  const char *wanted;   /* of all accounts, one line for each server */
  const char *skipped;
  const char *ignored;
  const char *error;
} Case;

static const Case cases[] = {
  { .name = "usual",
    .text = ROOT (MAIL (IMAP INCOMING
                        STRING ("IncomingMailServerAuthentication", "EmailAuthPassword")
                        STRING ("IncomingMailServerUsername", "jan@example.test")
                        OUT_HOST OUT_TLS NUMBER ("OutgoingMailServerPortNumber", "587")
                        STRING ("OutgoingMailServerUsername", "relay"))),
    .wanted = "imaps:imap.example.test:993 jan@example.test unknown\n"
              "submission:smtp.example.test:587 relay unknown\n" },
  { .name = "pop",
    .text = ROOT (MAIL (STRING ("EmailAccountType", "EmailTypePOP") IN_HOST IN_TLS
                        NUMBER ("IncomingMailServerPortNumber", "995"))),
    .wanted = "pop3s:imap.example.test:995 - unknown\n" },
  { .name = "pop-starttls",
    .text = ROOT (MAIL (STRING ("EmailAccountType", "EmailTypePOP") IN_HOST IN_TLS
                        NUMBER ("IncomingMailServerPortNumber", "110"))),
    .wanted = "pop3:imap.example.test:110 - unknown\n" },
  { .name = "no-port",
    .text = ROOT (MAIL (IMAP IN_HOST IN_TLS OUT_HOST OUT_TLS)),
    .wanted = "imaps:imap.example.test:993 - unknown\nimap:imap.example.test:143 - unknown\n"
              "submissions:smtp.example.test:465 - unknown\n"
              "submission:smtp.example.test:587 - unknown\n" },
  { .name = "port-that-says-nothing",
    .text = ROOT (MAIL (IMAP IN_HOST IN_TLS NUMBER ("IncomingMailServerPortNumber", "9993"))),
    .wanted = "imaps:imap.example.test:9993 - unknown\n"
              "imap:imap.example.test:9993 - unknown\n" },
  { .name = "no-login-for-sending",
    .text = ROOT (MAIL (IMAP INCOMING OUT_HOST OUT_TLS
                        NUMBER ("OutgoingMailServerPortNumber", "465")
                        STRING ("OutgoingMailServerAuthentication", "EmailAuthNone"))),
    .wanted = "imaps:imap.example.test:993 - unknown\n"
              "submissions:smtp.example.test:465 - none\n" },
  { .name = "host-is-normalised",
    .text = ROOT (MAIL (IMAP IN_TLS NUMBER ("IncomingMailServerPortNumber", "993")
                        STRING ("IncomingMailServerHostName", " IMAP.Bücher.test. "))),
    .wanted = "imaps:imap.xn--bcher-kva.test:993 - unknown\n" },
  { .name = "two-accounts",
    .text = ROOT (MAIL (IMAP INCOMING) MAIL (IMAP INCOMING)),
    .wanted = "imaps:imap.example.test:993 - unknown\nimaps:imap.example.test:993 - unknown\n" },
  { .name = "other-payloads",
    .text = ROOT ("<dict>" STRING ("PayloadType", "com.apple.wifi.managed") "</dict>"
                  MAIL (IMAP INCOMING)
                  "<dict>" STRING ("PayloadType", "com.apple.wifi.managed") "</dict>"
                  "<dict>" STRING ("PayloadType", "com.apple.carddav.account") "</dict>"
                  "<dict>" STRING ("PayloadType", "lies &#x202e;") "</dict>"
                  "<string>no payload</string>"),
    .wanted = "imaps:imap.example.test:993 - unknown\n",
    .ignored = "com.apple.wifi.managed\ncom.apple.carddav.account\n" },
  { .name = "no-payload", .text = ROOT (""), .wanted = "" },
  { .name = "clear-text",
    .text = ROOT (MAIL (IMAP IN_HOST "<key>IncomingMailServerUseSSL</key><false/>" OUT_HOST)),
    .wanted = "",
    .skipped = "incoming server: clear text\noutgoing server: clear text\n" },
  { .name = "unknown-methods",
    .text = ROOT (MAIL (IMAP INCOMING
                        STRING ("IncomingMailServerAuthentication", "EmailAuthNone")
                        OUT_HOST OUT_TLS
                        STRING ("OutgoingMailServerAuthentication", "EmailAuthNTLM"))),
    .wanted = "",
    .skipped = "incoming server: no way of signing in that is known\n"
               "outgoing server: no way of signing in that is known\n" },
  { .name = "no-type", .text = ROOT (MAIL (INCOMING)), .wanted = "",
    .skipped = "incoming server: of a kind that is not known\n" },
  { .name = "no-host", .text = ROOT (MAIL (IMAP IN_TLS)), .wanted = "",
    .skipped = "incoming server: no host\n" },
  { .name = "ip-address",
    .text = ROOT (MAIL (IMAP IN_TLS STRING ("IncomingMailServerHostName", "127.0.0.1"))),
    .wanted = "", .skipped = "incoming server: its host is an IP address\n" },
  { .name = "single-label",
    .text = ROOT (MAIL (IMAP IN_TLS STRING ("IncomingMailServerHostName", "localhost"))),
    .wanted = "", .skipped = "incoming server: its host has no domain\n" },
  { .name = "impossible-host",
    .text = ROOT (MAIL (IMAP IN_TLS STRING ("IncomingMailServerHostName", "a b/c"))),
    .wanted = "", .skipped = "incoming server: its host is no name that can exist\n" },
  { .name = "port-0",
    .text = ROOT (MAIL (IMAP IN_HOST IN_TLS NUMBER ("IncomingMailServerPortNumber", "0"))),
    .wanted = "", .skipped = "incoming server: its port is not between 1 and 65535\n" },
  { .name = "port-70000",
    .text = ROOT (MAIL (IMAP IN_HOST IN_TLS NUMBER ("IncomingMailServerPortNumber", "70000"))),
    .wanted = "", .skipped = "incoming server: its port is not between 1 and 65535\n" },
  { .name = "port-is-text",
    .text = ROOT (MAIL (IMAP IN_HOST IN_TLS STRING ("IncomingMailServerPortNumber", "993"))),
    .wanted = "", .skipped = "incoming server: its port is not between 1 and 65535\n" },
  { .name = "control-in-user-name",
    .text = ROOT (MAIL (IMAP INCOMING STRING ("IncomingMailServerUsername", "a&#10;b"))),
    .wanted = "", .skipped = "incoming server: a control character in its user name\n" },
  { .name = "other-property-list", .text = "<plist><dict/></plist>",
    .error = "no configuration profile" },
  { .name = "array-as-root", .text = "<plist><array/></plist>",
    .error = "no configuration profile" },
  { .name = "binary", .text = "bplist00", .error = "binary" },
};

static char *
describe (MwMobileconfig *file)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < file->accounts->len; i++)
    {
      MwMobileconfigAccount *account = file->accounts->pdata[i];

      for (guint j = 0; j < account->candidates->len; j++)
        {
          MwCandidate *candidate = account->candidates->pdata[j];
          MwEndpoint *endpoint = mw_candidate_get_endpoint (candidate);
          const char * const *user_names = mw_candidate_get_user_names (candidate);

          g_assert_cmpint (mw_candidate_get_grade (candidate), ==, MW_GRADE_L);
          g_assert_cmpuint (mw_candidate_get_origins (candidate), ==, 1 << MW_ORIGIN_FILE);
          g_string_append_printf (list, "%s:%s:%u %s %s\n", mw_endpoint_get_service (endpoint),
                                  mw_endpoint_get_host (endpoint),
                                  mw_endpoint_get_port (endpoint),
                                  user_names != NULL && user_names[0] != NULL
                                  ? user_names[0] : "-",
                                  mw_enum_to_nick (MW_TYPE_AUTH_METHOD,
                                                   mw_candidate_get_auth (candidate)));
        }
    }

  return g_string_free (list, FALSE);
}

static void
add_lines (GString   *text,
           GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (text, "%s\n", (const char *) lines->pdata[i]);
}

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(MwMobileconfig) file = mw_mobileconfig_parse (test->text, strlen (test->text), &error);
  g_autoptr(GString) skipped = g_string_new (NULL);
  g_autoptr(GString) ignored = g_string_new (NULL);
  g_autofree char *found = NULL;

  if (test->error != NULL)
    {
      g_assert_null (file);
      g_assert_nonnull (strstr (error->message, test->error));
      return;
    }

  g_assert_no_error (error);
  found = describe (file);
  g_assert_cmpstr (found, ==, test->wanted);
  g_assert_cmpstr (file->name, ==, "Example Mail");
  for (guint i = 0; i < file->accounts->len; i++)
    add_lines (skipped, ((MwMobileconfigAccount *) file->accounts->pdata[i])->skipped);
  add_lines (ignored, file->ignored);
  g_assert_cmpstr (skipped->str, ==, test->skipped != NULL ? test->skipped : "");
  g_assert_cmpstr (ignored->str, ==, test->ignored != NULL ? test->ignored : "");
}

static void
test_person (void)
{
  static const char text[] =
    ROOT (MAIL (IMAP INCOMING STRING ("EmailAddress", " Jan@Bücher.test ")
                STRING ("EmailAccountName", "Jan Kowalski")
                STRING ("EmailAccountDescription", "Work &amp; Play")
                STRING ("IncomingPassword", "s&lt;3") STRING ("OutgoingPassword", "other"))
          MAIL (IMAP INCOMING STRING ("EmailAddress", "nonsense")
                STRING ("EmailAccountName", "  ")
                STRING ("IncomingPassword", "same") STRING ("OutgoingPassword", "unused")
                YES ("OutgoingPasswordSameAsIncomingPassword")));
  g_autoptr(MwMobileconfig) file = mw_mobileconfig_parse (text, strlen (text), NULL);
  MwMobileconfigAccount *account = file->accounts->pdata[0];

  g_assert_cmpstr (mw_address_get_text (account->address), ==, "Jan@xn--bcher-kva.test");
  g_assert_cmpstr (account->sender_name, ==, "Jan Kowalski");
  g_assert_cmpstr (account->label, ==, "Work & Play");
  g_assert_cmpstr (mw_secret_peek (account->incoming_password), ==, "s<3");
  g_assert_cmpstr (mw_secret_peek (account->outgoing_password), ==, "other");

  account = file->accounts->pdata[1];
  g_assert_null (account->address);
  g_assert_null (account->sender_name);
  g_assert_null (account->label);
  g_assert_cmpstr (mw_secret_peek (account->incoming_password), ==, "same");
  g_assert_cmpstr (mw_secret_peek (account->outgoing_password), ==, "same");
}

static void
test_encrypted (void)
{
  static const char text[] =
    "<plist><dict><key>EncryptedPayloadContent</key><data>AAAA</data>"
    STRING ("PayloadType", "Configuration") "</dict></plist>";
  g_autoptr(MwMobileconfig) file = mw_mobileconfig_parse (text, strlen (text), NULL);

  g_assert_true (file->encrypted);
  g_assert_cmpuint (file->accounts->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/mobileconfig/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/mobileconfig/person", test_person);
  g_test_add_func ("/mobileconfig/encrypted", test_encrypted);

  return g_test_run ();
}
