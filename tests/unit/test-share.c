/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-share.h"

#include <string.h>

#include "core/mw-error.h"
#include "discovery/mw-autoconfig-xml.h"
#include "setup/mw-mobileconfig.h"
#include "setup/mw-share-text.h"

typedef struct {
  const char  *server;
  const char  *user_name;
  MwAuthMethod auth;
} Side;

typedef struct {
  const char *name;
  const char *address;
  const char *label;
  const char *sender_name;
  Side        incoming;
  Side        outgoing;        /* server NULL: receive only */
  Side        alternatives[3];
  gboolean    own_credentials;
  gboolean    deletes;         /* POP3: takes messages off the server */
  guint       days;
  gboolean    personal;
  const char *wanted_name;     /* NULL: the label */
  const char *only_autoconfig; /* why not the other; NULL: both */
} Account;

#define JAN "jan.kowalski@example.test"

static const Account accounts[] = {
  { .name = "imap", .address = JAN, .label = "Example Mail",
    .incoming = { "imaps:imap.example.test:993", JAN, MW_AUTH_PLAIN },
    .outgoing = { "submissions:smtp.example.test:465", JAN, MW_AUTH_LOGIN } },
  { .name = "starttls", .address = JAN, .label = "Example",
    .incoming = { "imap:mail.example.test:143", "jan.kowalski", MW_AUTH_PASSWORD_COMMAND },
    .outgoing = { "submission:mail.example.test:587", "jan.kowalski", MW_AUTH_CRAM_MD5 } },
  { .name = "pop3", .address = JAN, .label = "Example",
    .incoming = { "pop3s:pop.example.test:995", JAN, MW_AUTH_PASSWORD_COMMAND },
    .outgoing = { "submission:smtp.example.test:587", JAN, MW_AUTH_PLAIN }, .days = 14 },
  { .name = "pop3-starttls", .address = JAN, .label = "Example",
    .incoming = { "pop3:pop.example.test:110", "example\\jan.kowalski", MW_AUTH_SCRAM_SHA_256 },
    .outgoing = { "submission:smtp.example.test:587", "jan.kowalski%example.test",
                  MW_AUTH_SCRAM_SHA_1 },
    .deletes = TRUE, .days = 7 },
  { .name = "own-outgoing-user", .address = JAN, .label = "Example", .own_credentials = TRUE,
    .incoming = { "imaps:imap.example.test:993", JAN, MW_AUTH_PLAIN },
    .outgoing = { "submission:relay.example.org:587", "relay-17", MW_AUTH_PLAIN },
    .personal = TRUE },
  { .name = "no-outgoing-login", .address = JAN, .label = "Example",
    .incoming = { "imaps:imap.example.test:993", JAN, MW_AUTH_UNKNOWN },
    .outgoing = { "submission:smtp.example.test:587", NULL, MW_AUTH_NONE } },
  { .name = "receive-only", .address = JAN, .label = "Example",
    .incoming = { "imaps:imap.example.test:993", JAN, MW_AUTH_PLAIN },
    .only_autoconfig = "outgoing server" },
  { .name = "non-ascii", .address = "zoë@example.test", .label = "Poczta „Żółw” <&> ✉ \"'",
    .sender_name = "Zoë & Æon",
    .incoming = { "imaps:imap.example.test:993", "zoë", MW_AUTH_PLAIN },
    .outgoing = { "submissions:smtp.example.test:465", "zoë@example.test", MW_AUTH_PLAIN },
    .personal = TRUE },
  { .name = "idn", .address = "jan@xn--bcher-kva.test", .label = "jan@bücher.test",
    .incoming = { "imaps:imap.xn--bcher-kva.test:993", "jan@xn--bcher-kva.test", MW_AUTH_PLAIN },
    .outgoing = { "submissions:smtp.xn--bcher-kva.test:465", "jan", MW_AUTH_PLAIN },
    .wanted_name = "bücher.test" },
  { .name = "alternatives", .address = JAN, .label = "Example",
    .incoming = { "imaps:imap.example.test:993", JAN, MW_AUTH_PLAIN },
    .outgoing = { "submissions:smtp.example.test:465", JAN, MW_AUTH_PLAIN },
    .alternatives = {
      { "submission:smtp.example.test:587", JAN, MW_AUTH_PLAIN },
      { "pop3s:pop.example.test:995", "jan.kowalski", MW_AUTH_PLAIN },
      { "imap:imap.example.test:143", JAN, MW_AUTH_PLAIN },
    } },
  { .name = "oauth", .address = JAN, .label = "Example",
    .incoming = { "imaps:imap.example.test:993", JAN, MW_AUTH_OAUTH2 },
    .outgoing = { "submission:smtp.example.test:587", JAN, MW_AUTH_OAUTH2 },
    .only_autoconfig = "browser" },
  { .name = "other-ports", .address = JAN, .label = "Example",
    .incoming = { "imaps:imap.example.test:10993", JAN, MW_AUTH_PLAIN },
    .outgoing = { "submission:smtp.example.test:2525", JAN, MW_AUTH_PLAIN } },
  { .name = "crossed-ports", .address = JAN, .label = "Example",
    .incoming = { "imaps:imap.example.test:143", JAN, MW_AUTH_PLAIN },
    .outgoing = { "submission:smtp.example.test:465", JAN, MW_AUTH_PLAIN },
    .only_autoconfig = "port 143" },
  { .name = "label-is-the-address", .address = JAN, .label = JAN, .wanted_name = "example.test",
    .incoming = { "imaps:imap.example.test:993", JAN, MW_AUTH_PLAIN },
    .outgoing = { "submissions:smtp.example.test:465", JAN, MW_AUTH_PLAIN } },
  { .name = "label-is-the-person", .address = "info@example.test", .label = "Kowalski, Jan",
    .sender_name = "Jan Kowalski", .wanted_name = "example.test",
    .incoming = { "imaps:imap.example.test:993", "info@example.test", MW_AUTH_PLAIN },
    .outgoing = { "submissions:smtp.example.test:465", "info@example.test", MW_AUTH_PLAIN } },
  { .name = "label-of-the-person-wanted", .address = "info@example.test",
    .label = "Kowalski, Jan", .sender_name = "Jan Kowalski", .personal = TRUE,
    .incoming = { "imaps:imap.example.test:993", "info@example.test", MW_AUTH_PLAIN },
    .outgoing = { "submissions:smtp.example.test:465", "info@example.test", MW_AUTH_PLAIN } },
};

static MwService *
make_service (const Side *side)
{
  g_autoptr(MwEndpoint) endpoint = NULL;

  if (side->server == NULL)
    return NULL;
  endpoint = mw_endpoint_parse (side->server);
  g_assert_nonnull (endpoint);
  return mw_service_new (endpoint, side->user_name, side->auth, NULL);
}

static MwProfile *
make_profile (const Account *account)
{
  MwProfile *profile = mw_profile_new ();

  profile->address = g_strdup (account->address);
  profile->label = g_strdup (account->label);
  profile->sender_name = g_strdup (account->sender_name);
  profile->signature = g_strdup ("the-signature");
  profile->description = g_strdup ("the-description");
  profile->incoming = make_service (&account->incoming);
  profile->outgoing = make_service (&account->outgoing);
  profile->own_credentials = account->own_credentials;
  profile->leave_on_server = !account->deletes;
  profile->delete_after_days = account->days;
  for (gsize i = 0; i < G_N_ELEMENTS (account->alternatives); i++)
    {
      if (account->alternatives[i].server != NULL)
        g_ptr_array_add (profile->alternatives, make_service (&account->alternatives[i]));
    }

  return profile;
}

static char *
render (const Account *account,
        MwShareFormat  format,
        GError       **error)
{
  g_autoptr(MwProfile) profile = make_profile (account);
  g_autoptr(GBytes) bytes = NULL;

  bytes = mw_share_render (profile, format,
                           account->personal ? MW_SHARE_PERSONAL : MW_SHARE_NOTHING_PERSONAL,
                           NULL, NULL, error);
  if (bytes == NULL)
    return NULL;
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* A server as it comes back: how to sign in is found out by trying, but not
 * whether to. */
static void
add_wanted (GString       *list,
            const Account *account,
            const Side    *side,
            gboolean       with_user_name)
{
  g_autoptr(MwEndpoint) endpoint = NULL;

  if (side->server == NULL)
    return;

  endpoint = mw_endpoint_parse (side->server);
  g_string_append_printf (list, "%s:%s:%u %s %s\n", mw_endpoint_get_service (endpoint),
                          mw_endpoint_get_host (endpoint), mw_endpoint_get_port (endpoint),
                          side->user_name != NULL && with_user_name ? side->user_name : "-",
                          side->auth == MW_AUTH_NONE || side->auth == MW_AUTH_OAUTH2
                          ? mw_enum_to_nick (MW_TYPE_AUTH_METHOD, side->auth) : "unknown");
}

static void
add_wanted_side (GString       *list,
                 const Account *account,
                 const Side    *side)
{
  g_autoptr(MwEndpoint) endpoint = NULL;

  add_wanted (list, account, side, TRUE);
  if (side->server == NULL)
    return;

  endpoint = mw_endpoint_parse (side->server);
  for (gsize i = 0; i < G_N_ELEMENTS (account->alternatives); i++)
    {
      g_autoptr(MwEndpoint) other = NULL;

      if (account->alternatives[i].server == NULL)
        continue;
      other = mw_endpoint_parse (account->alternatives[i].server);
      if (mw_endpoint_get_side (other) == mw_endpoint_get_side (endpoint))
        add_wanted (list, account, &account->alternatives[i], TRUE);
    }
}

static char *
describe (GPtrArray *candidates,
          MwGrade    grade)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < candidates->len; i++)
    {
      MwCandidate *candidate = g_ptr_array_index (candidates, i);
      MwEndpoint *endpoint = mw_candidate_get_endpoint (candidate);
      const char * const *user_names = mw_candidate_get_user_names (candidate);

      g_assert_cmpint (mw_candidate_get_grade (candidate), ==, grade);
      g_assert_cmpuint (mw_candidate_get_origins (candidate), ==, 1 << MW_ORIGIN_FILE);
      g_string_append_printf (list, "%s:%s:%u %s %s\n", mw_endpoint_get_service (endpoint),
                              mw_endpoint_get_host (endpoint), mw_endpoint_get_port (endpoint),
                              user_names != NULL && user_names[0] != NULL ? user_names[0] : "-",
                              mw_enum_to_nick (MW_TYPE_AUTH_METHOD,
                                               mw_candidate_get_auth (candidate)));
    }

  return g_string_free (list, FALSE);
}

/* Only the provider itself may say that messages are deleted: a file from
 * elsewhere is read without that. */
static void
check_pop_options (const Account *account,
                   MwAddress     *address,
                   const char    *text)
{
  gboolean is_pop = strstr (text, "\"pop3\"") != NULL;
  g_autoptr(MwAutoconfigXml) document = NULL;

  document = mw_autoconfig_xml_parse (text, strlen (text), address, MW_ORIGIN_AUTOCONFIG,
                                      MW_GRADE_B, NULL);
  g_assert_cmpint (document->provider->leave_on_server, ==,
                   !is_pop ? -1 : account->deletes ? 0 : 1);
  g_assert_cmpuint (document->provider->days_on_server, ==,
                    is_pop && !account->deletes ? account->days : 0);
  /* The reader would pass it over. */
  g_assert_true ((strstr (text, "daysToLeave") != NULL) ==
                 (document->provider->days_on_server > 0));
}

static void
test_autoconfig (gconstpointer data)
{
  const Account *account = data;
  g_autoptr(MwAddress) address = mw_address_parse (account->address, NULL);
  g_autoptr(MwAutoconfigXml) document = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = render (account, MW_SHARE_FORMAT_AUTOCONFIG, &error);
  g_autofree char *found = NULL;
  g_autoptr(GString) wanted = g_string_new (NULL);

  g_assert_no_error (error);
  document = mw_autoconfig_xml_parse (text, strlen (text), address, MW_ORIGIN_FILE, MW_GRADE_L,
                                      &error);
  g_assert_no_error (error);

  add_wanted_side (wanted, account, &account->incoming);
  add_wanted_side (wanted, account, &account->outgoing);
  found = describe (document->candidates, MW_GRADE_L);
  g_assert_cmpstr (found, ==, wanted->str);
  g_assert_cmpuint (document->skipped->len, ==, 0);
  g_assert_cmpstr (document->name, ==,
                   account->wanted_name != NULL ? account->wanted_name : account->label);
  g_assert_cmpuint (document->domains->len, ==, 1);
  g_assert_cmpstr (document->domains->pdata[0], ==, mw_address_get_domain (address));

  check_pop_options (account, address, text);
}

/* Both readings of a port that says nothing are there; the right one counts. */
static gboolean
has_other_port (const Account *account)
{
  return g_str_equal (account->name, "other-ports");
}

static void
test_mobileconfig (gconstpointer data)
{
  const Account *account = data;
  g_autoptr(MwMobileconfig) file = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = render (account, MW_SHARE_FORMAT_MOBILECONFIG, &error);
  g_autoptr(GString) wanted = g_string_new (NULL);
  g_autofree char *found = NULL;
  MwMobileconfigAccount *back;

  if (account->only_autoconfig != NULL)
    {
      g_assert_null (text);
      g_assert_true (error->domain == MW_SHARE_ERROR);
      g_assert_nonnull (strstr (error->message, account->only_autoconfig));
      return;
    }

  g_assert_no_error (error);
  file = mw_mobileconfig_parse (text, strlen (text), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (file->accounts->len, ==, 1);
  g_assert_cmpuint (file->ignored->len, ==, 0);

  back = file->accounts->pdata[0];
  g_assert_cmpuint (back->skipped->len, ==, 0);
  g_assert_cmpstr (back->label, ==,
                   account->wanted_name != NULL ? account->wanted_name : account->label);
  g_assert_cmpstr (file->name, ==, back->label);
  g_assert_cmpstr (back->sender_name, ==, account->personal ? account->sender_name : NULL);
  g_assert_cmpstr (back->address != NULL ? mw_address_get_text (back->address) : NULL, ==,
                   account->personal ? account->address : NULL);
  g_assert_null (back->incoming_password);
  g_assert_null (back->outgoing_password);

  add_wanted (wanted, account, &account->incoming, account->personal);
  if (has_other_port (account))
    g_string_append (wanted, "imap:imap.example.test:10993 - unknown\n"
                             "submissions:smtp.example.test:2525 - unknown\n");
  add_wanted (wanted, account, &account->outgoing, account->personal);
  found = describe (back->candidates, MW_GRADE_L);
  g_assert_cmpstr (found, ==, wanted->str);
}

/* Nothing of the person is in a file that did not have to have it. */
static void
test_not_personal (void)
{
  const char * const words[] = {
    "kowalski", "Kowalski", "jan", "Jan", "the-signature", "the-description", "aabbcc", "/home",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (accounts); i++)
    {
      for (MwShareFormat format = 0; format <= MW_SHARE_FORMAT_MOBILECONFIG; format++)
        {
          g_autofree char *text = NULL;

          if (accounts[i].personal ||
              (accounts[i].only_autoconfig != NULL && format == MW_SHARE_FORMAT_MOBILECONFIG))
            continue;
          text = render (&accounts[i], format, NULL);
          g_assert_nonnull (text);
          for (gsize j = 0; j < G_N_ELEMENTS (words); j++)
            g_assert_null (strstr (text, words[j]));
        }
    }
}

static void
test_refused (void)
{
  static const struct {
    const char  *server;
    const char  *user_name;
    const char  *label;
    MwShareError code;
  } cases[] = {
    { "imap+plain:imap.example.test:143", JAN, "x", MW_SHARE_ERROR_CLEAR_TEXT },
    { "imaps:imap.example.test:993", "u12345", "x", MW_SHARE_ERROR_USER_NAME },
    { "imaps:imap.example.test:993", "%EMAILADDRESS%", "x", MW_SHARE_ERROR_USER_NAME },
    { "imaps:imap.example.test:993", "jan.kowalski%EMAILDOMAIN%", "x", MW_SHARE_ERROR_USER_NAME },
    { "imaps:imap.example.test:993", "2jan.kowalski", "x", MW_SHARE_ERROR_USER_NAME },
    { "imaps:imap.example.test:993", "jan.kowalski2", "x", MW_SHARE_ERROR_USER_NAME },
    { "imaps:imap.example.test:993", "a\x01" "b", "x", MW_SHARE_ERROR_TEXT },
    { "imaps:imap.example.test:993", JAN, "two\nlines", MW_SHARE_ERROR_TEXT },
    { "imaps:imap.example.test:993", JAN, "\xff", MW_SHARE_ERROR_TEXT },
    { NULL, NULL, "x", MW_SHARE_ERROR_UNFINISHED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Account account = {
        .address = JAN, .label = cases[i].label,
        .incoming = { cases[i].server, cases[i].user_name, MW_AUTH_PLAIN },
      };
      g_autoptr(GError) error = NULL;
      g_autofree char *text = render (&account, MW_SHARE_FORMAT_AUTOCONFIG, &error);

      g_assert_null (text);
      g_assert_error (error, MW_SHARE_ERROR, (int) cases[i].code);
    }
}

/* What cannot be said of a further server does not hold back the rest. */
static void
test_alternative_left_out (void)
{
  Account account = accounts[0];
  g_autofree char *text = NULL;

  account.alternatives[0] = (Side) { "imap+plain:clear.example.test", JAN, MW_AUTH_PLAIN };
  account.alternatives[1] = (Side) { "imaps:named.example.test", "u12345", MW_AUTH_PLAIN };
  account.alternatives[2] = (Side) { "imaps:kept.example.test", JAN, MW_AUTH_PLAIN };
  text = render (&account, MW_SHARE_FORMAT_AUTOCONFIG, NULL);
  g_assert_nonnull (strstr (text, "kept.example.test"));
  g_assert_null (strstr (text, "clear.example.test"));
  g_assert_null (strstr (text, "named.example.test"));
}

static void
test_password (void)
{
  static const char * const passwords[] = {
    "simple", "<&>\"'", "  ends with a blank ", "zażółć ✉", "]]>", "&amp;", "-->",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (passwords); i++)
    {
      g_autoptr(MwProfile) profile = make_profile (&accounts[4]);
      g_autoptr(MwSecret) incoming = mw_secret_new (passwords[i], -1);
      g_autoptr(MwSecret) outgoing = mw_secret_new ("another", -1);
      g_autoptr(MwMobileconfig) file = NULL;
      g_autoptr(GBytes) bytes = NULL;
      MwMobileconfigAccount *back;

      bytes = mw_share_render (profile, MW_SHARE_FORMAT_MOBILECONFIG, MW_SHARE_PERSONAL,
                               incoming, outgoing, NULL);
      file = mw_mobileconfig_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                    NULL);
      back = file->accounts->pdata[0];
      g_assert_true (mw_secret_equal (back->incoming_password, incoming));
      g_assert_true (mw_secret_equal (back->outgoing_password, outgoing));
    }
}

static void
test_password_shared (void)
{
  g_autoptr(MwProfile) profile = make_profile (&accounts[0]);
  g_autoptr(MwSecret) secret = mw_secret_new ("one for both", -1);
  g_autoptr(MwSecret) bad = mw_secret_new ("a\x02", -1);
  g_autoptr(MwMobileconfig) file = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;
  MwMobileconfigAccount *back;

  bytes = mw_share_render (profile, MW_SHARE_FORMAT_MOBILECONFIG, MW_SHARE_PERSONAL, secret,
                           NULL, NULL);
  file = mw_mobileconfig_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
  back = file->accounts->pdata[0];
  g_assert_true (mw_secret_equal (back->incoming_password, secret));
  g_assert_true (mw_secret_equal (back->outgoing_password, secret));

  g_assert_null (mw_share_render (profile, MW_SHARE_FORMAT_MOBILECONFIG, MW_SHARE_PERSONAL,
                                  bad, NULL, &error));
  g_assert_error (error, MW_SHARE_ERROR, MW_SHARE_ERROR_TEXT);
}

/* A device replaces a file it has by one with the same identity. */
static void
test_identity (void)
{
  g_autoptr(MwProfile) profile = make_profile (&accounts[0]);
  g_autoptr(MwProfile) other = make_profile (&accounts[0]);
  g_autoptr(GBytes) first = NULL;
  g_autoptr(GBytes) again = NULL;
  g_autoptr(GBytes) different = NULL;

  first = mw_share_render (profile, MW_SHARE_FORMAT_MOBILECONFIG, 0, NULL, NULL, NULL);
  again = mw_share_render (profile, MW_SHARE_FORMAT_MOBILECONFIG, 0, NULL, NULL, NULL);
  different = mw_share_render (other, MW_SHARE_FORMAT_MOBILECONFIG, 0, NULL, NULL, NULL);
  g_assert_true (g_bytes_equal (first, again));
  g_assert_false (g_bytes_equal (first, different));
}

static const Account *
find_account (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (accounts); i++)
    {
      if (g_str_equal (accounts[i].name, name))
        return &accounts[i];
    }

  g_assert_not_reached ();
}

/* What stands in the table of a help desk. */
static void
test_text (void)
{
  static const struct {
    const char   *account;
    MwShareFlags  flags;
    const char   *parts;      /* between bars; with a minus: not there */
  } texts[] = {
    { "imap", MW_SHARE_NOTHING_PERSONAL,
      "Mail settings for example.test\n|Receiving Mail\nProtocol: IMAP\n"
      "Server: imap.example.test\nPort: 993\nSecurity: SSL/TLS\n"
      "User name: the whole email address\n|Sending Mail\nProtocol: SMTP\n"
      "Server: smtp.example.test\nPort: 465\n|authentication: yes\n|"
      "Same password for sending and receiving: yes\n|-kowalski|-the-signature|-the-description" },
    { "imap", MW_SHARE_PERSONAL,
      "Mail settings for jan.kowalski@example.test\n|User name: jan.kowalski@example.test\n" },
    { "starttls", MW_SHARE_NOTHING_PERSONAL,
      "Port: 143\nSecurity: STARTTLS\nUser name: the part of the email address before the @\n" },
    { "pop3-starttls", MW_SHARE_NOTHING_PERSONAL,
      "Protocol: POP3\n|User name: the one your provider gave you\n|-kowalski" },
    { "own-outgoing-user", MW_SHARE_NOTHING_PERSONAL,
      "Same password for sending and receiving: no\n|-relay-17" },
    { "no-outgoing-login", MW_SHARE_NOTHING_PERSONAL,
      "User name: none|authentication: no\n|-Same password" },
    { "receive-only", MW_SHARE_NOTHING_PERSONAL, "Receiving Mail|-Sending Mail" },
    { "alternatives", MW_SHARE_NOTHING_PERSONAL,
      "These servers work, too\nSMTP: smtp.example.test, port 587, STARTTLS\n"
      "POP3: pop.example.test, port 995, SSL/TLS\n|-kowalski" },
    { "idn", MW_SHARE_NOTHING_PERSONAL,
      "Mail settings for b\u00fccher.test\n|Server: imap.xn--bcher-kva.test\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(MwProfile) profile = make_profile (find_account (texts[i].account));
      g_autofree char *text = mw_share_text_new (profile, texts[i].flags);
      g_auto(GStrv) parts = g_strsplit (texts[i].parts, "|", -1);

      g_test_message ("%s:\n%s", texts[i].account, text);
      for (gsize j = 0; parts[j] != NULL; j++)
        {
          gboolean absent = *parts[j] == '-';

          g_test_message ("%s", parts[j]);
          g_assert_true ((strstr (text, parts[j] + absent) == NULL) == absent);
        }
    }
}

static void
test_reveals_person (void)
{
  static const struct {
    const char *address;
    const char *name;
    const char *server;
    gboolean    reveals;
  } rows[] = {
    { "jan.kowalski@example.test", "Jan Kowalski", "imap.example.test", FALSE },
    { "biuro@kowalski.test", "Jan KOWALSKI", "imap.kowalski.test", TRUE },
    { "biuro@example.test", NULL, "biuro.example.test", TRUE },
    { "biuro@example.test", "", "imap.example.test", FALSE },
    /* Two letters stand in everything. */
    { "im@example.test", "E. T.", "imap.example.test", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(MwProfile) profile = mw_profile_new ();

      profile->address = g_strdup (rows[i].address);
      profile->sender_name = g_strdup (rows[i].name);
      g_test_message ("%s", rows[i].address);
      g_assert_true (mw_share_text_reveals_person (profile, rows[i].server) == rows[i].reveals);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (accounts); i++)
    {
      g_autofree char *autoconfig = g_strconcat ("/share/autoconfig/", accounts[i].name, NULL);
      g_autofree char *mobileconfig = g_strconcat ("/share/mobileconfig/", accounts[i].name, NULL);

      g_test_add_data_func (autoconfig, &accounts[i], test_autoconfig);
      g_test_add_data_func (mobileconfig, &accounts[i], test_mobileconfig);
    }
  g_test_add_func ("/share/not-personal", test_not_personal);
  g_test_add_func ("/share/refused", test_refused);
  g_test_add_func ("/share/alternative-left-out", test_alternative_left_out);
  g_test_add_func ("/share/password", test_password);
  g_test_add_func ("/share/password-shared", test_password_shared);
  g_test_add_func ("/share/identity", test_identity);
  g_test_add_func ("/share/text", test_text);
  g_test_add_func ("/share/reveals-person", test_reveals_person);

  return g_test_run ();
}
