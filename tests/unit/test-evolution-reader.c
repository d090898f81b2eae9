/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "export/mw-evolution-reader.h"
#include "export/mw-evolution-registry.h"
#include "export/mw-plain-text.h"

#define NOTE(name) (1u << MW_FOUND_NOTE_##name)

static void
add_entry (GPtrArray  *entries,
           const char *uid,
           const char *data)
{
  MwEvolutionEntry *entry = mw_evolution_entry_new (uid, NULL, data, TRUE, TRUE);

  g_assert_nonnull (entry);
  g_ptr_array_add (entries, entry);
}

/* "imaps:imap.example.test:993 jan PLAIN" */
static char *
describe (MwService *service)
{
  g_autofree char *server = NULL;

  if (service == NULL)
    return g_strdup ("-");

  server = mw_endpoint_to_string (service->endpoint);
  return g_strdup_printf ("%s %s %s", server, service->user_name != NULL ? service->user_name : "-",
                          mw_enum_to_nick (MW_TYPE_AUTH_METHOD, service->auth));
}

typedef struct {
  const char      *backend;
  const char      *account;     /* the rest of the account source */
  const char      *identity;    /* the rest of [Mail Identity] */
  const char      *transport;   /* the groups of the transport source */
  const char      *incoming;
  const char      *outgoing;
  MwFoundObstacle  obstacle;
  guint            notes;
} ServiceCase;

#define IMAPS "[Authentication]\nHost=imap.example.test\nPort=993\nUser=jan\nMethod=PLAIN\n" \
  "[Security]\nMethod=ssl-on-alternate-port\n"
#define SMTP "[Mail Transport]\nBackendName=smtp\n" \
  "[Authentication]\nHost=smtp.example.test\nUser=jan\nMethod=LOGIN\n" \
  "[Security]\nMethod=starttls-on-standard-port\n"
#define IN "imaps:imap.example.test:993 jan PLAIN"
#define OUT "submission:smtp.example.test:587 jan LOGIN"
#define ADDRESS "Address=jan@example.test\n"

static const ServiceCase service_cases[] = {
  { "imapx", IMAPS, ADDRESS, SMTP, IN, OUT, MW_FOUND_OBSTACLE_NONE, 0 },
  { "pop", IMAPS, ADDRESS, SMTP, "pop3s:imap.example.test:993 jan PLAIN", OUT,
    MW_FOUND_OBSTACLE_NONE, 0 },
  { "imapx", "[Authentication]\nHost=imap.example.test\nMethod=none\n", ADDRESS, SMTP,
    "imap+plain:imap.example.test:143 jan@example.test password-command", OUT,
    MW_FOUND_OBSTACLE_NONE, NOTE (CLEAR_TEXT) },
  { "imapx", "[Authentication]\nHost=imap.gmail.com\nUser=jan\nMethod=Google\n"
    "[Security]\nMethod=ssl-on-alternate-port\n", ADDRESS, SMTP,
    "imaps:imap.gmail.com:993 jan oauth2", OUT, MW_FOUND_OBSTACLE_NONE, 0 },
  { "imapx", "[Authentication]\nHost=imap.example.test\nUser=jan\nMethod=GSSAPI\n"
    "[Security]\nMethod=ssl-on-alternate-port\n", ADDRESS, SMTP,
    "imaps:imap.example.test:993 jan unknown", OUT, MW_FOUND_OBSTACLE_NONE, NOTE (LOG_IN) },
  { "imapx", IMAPS, ADDRESS, "[Mail Transport]\nBackendName=smtp\n"
    "[Authentication]\nHost=smtp.example.test\nMethod=none\n"
    "[Security]\nMethod=ssl-on-alternate-port\n",
    IN, "submissions:smtp.example.test:465 - none", MW_FOUND_OBSTACLE_NONE, 0 },
  { "imapx", IMAPS, ADDRESS, "[Mail Transport]\nBackendName=sendmail\n", IN, "-",
    MW_FOUND_OBSTACLE_NONE, NOTE (NO_SENDING) },
  { "imapx", IMAPS, ADDRESS "Aliases=office@example.test\nReplyTo=other@example.test\n", SMTP,
    IN, OUT, MW_FOUND_OBSTACLE_NONE, NOTE (MORE_ADDRESSES) | NOTE (REPLY_TO) },
  { "imapx", "[Authentication]\nHost=no host\n", ADDRESS, SMTP, "-", "-",
    MW_FOUND_OBSTACLE_NO_SERVER, 0 },
  { "imapx", IMAPS, "Address=jan\n", SMTP, "-", "-", MW_FOUND_OBSTACLE_NO_ADDRESS, 0 },
  { "none", "", ADDRESS, SMTP, "-", "-", MW_FOUND_OBSTACLE_NO_SERVER, 0 },
  { "ews", IMAPS, ADDRESS, SMTP, "-", "-", MW_FOUND_OBSTACLE_KIND, 0 },
  { "microsoft365", IMAPS, ADDRESS, SMTP, "-", "-", MW_FOUND_OBSTACLE_KIND, 0 },
};

static GPtrArray *
make_entries (const ServiceCase *row,
              const char        *parent)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_evolution_entry_free);
  g_autofree char *account = NULL;
  g_autofree char *identity = NULL;
  g_autofree char *transport = NULL;

  account = g_strdup_printf ("[Data Source]\nDisplayName=Jan\nParent=%s\n"
                             "[Mail Account]\nBackendName=%s\nIdentityUid=I\n%s",
                             parent, row->backend, row->account);
  identity = g_strdup_printf ("[Data Source]\nDisplayName=Jan\n[Mail Identity]\n%s"
                              "[Mail Submission]\nTransportUid=T\n", row->identity);
  transport = g_strdup_printf ("[Data Source]\nDisplayName=Jan\nParent=%s\n%s", parent,
                               row->transport);
  add_entry (entries, "A", account);
  add_entry (entries, "I", identity);
  add_entry (entries, "T", transport);
  return entries;
}

static void
test_services (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (service_cases); i++)
    {
      const ServiceCase *row = &service_cases[i];
      g_autoptr(GPtrArray) entries = make_entries (row, "");
      g_autoptr(GPtrArray) findings = mw_evolution_reader_read_entries (entries, NULL, "other");
      MwEvolutionFinding *finding;
      g_autofree char *incoming = NULL;
      g_autofree char *outgoing = NULL;

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpuint (findings->len, ==, 1);
      finding = findings->pdata[0];
      incoming = describe (finding->account->profile->incoming);
      outgoing = describe (finding->account->profile->outgoing);
      g_assert_cmpstr (incoming, ==, row->incoming);
      g_assert_cmpstr (outgoing, ==, row->outgoing);
      g_assert_cmpint (finding->account->obstacle, ==, row->obstacle);
      g_assert_cmpuint (finding->account->notes, ==, row->notes);
    }
}

/* Whose password it is depends on what the parent is. */
static void
test_parents (void)
{
  static const struct {
    const char      *parent;
    MwFoundObstacle  obstacle;
    const char      *secrets;
    guint            notes;
  } cases[] = {
    { "[Data Source]\nDisplayName=x\n", MW_FOUND_OBSTACLE_NONE, "A", 0 },
    { "[Data Source]\nDisplayName=x\nEnabled=false\n[Collection]\nBackendName=none\n",
      MW_FOUND_OBSTACLE_NONE, "A P", NOTE (OFF) },
    { "[Data Source]\nDisplayName=x\n[Collection]\nBackendName=google\n"
      "[GNOME Online Accounts]\nAccountId=account_1\n",
      MW_FOUND_OBSTACLE_ONLINE_ACCOUNT, NULL, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) entries = make_entries (&service_cases[0], "P");
      g_autoptr(GPtrArray) findings = NULL;
      MwEvolutionFinding *finding;

      add_entry (entries, "P", cases[i].parent);
      findings = mw_evolution_reader_read_entries (entries, NULL, NULL);
      finding = findings->pdata[0];
      g_assert_cmpint (finding->account->obstacle, ==, cases[i].obstacle);
      g_assert_cmpstr (finding->secret_uids[MW_SIDE_INCOMING], ==, cases[i].secrets);
      g_assert_cmpuint (finding->account->notes, ==, cases[i].notes);
      g_assert_cmpstr (finding->account->profile->address, ==, "jan@example.test");
    }
}

/* What Evolution itself left behind. */
static void
test_real_folder (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "evolution", "sources",
                                                 NULL);
  g_autofree char *folder = mw_evolution_reader_find_folder (path);
  g_autofree char *none = mw_evolution_reader_find_folder ("/");
  g_autoptr(GPtrArray) entries = NULL;
  g_autoptr(GPtrArray) findings = NULL;
  MwEvolutionFinding *finding;
  MwProfile *jan, *piet;
  g_autofree char *incoming = NULL;

  g_assert_nonnull (folder);
  g_assert_null (none);
  entries = mw_evolution_reader_load_files (folder);
  findings = mw_evolution_reader_read_entries (entries, folder,
                                               "3310cdc4e702e948bdd71b6467b2cdfa5d87d132");
  g_assert_cmpuint (findings->len, ==, 2);

  finding = findings->pdata[0];
  jan = finding->account->profile;
  incoming = describe (jan->incoming);
  g_assert_cmpstr (incoming, ==, "imaps:imap.example.test:993 jan@example.test PLAIN");
  g_assert_cmpstr (jan->sender_name, ==, "Jan Kowalski");
  g_assert_cmpstr (jan->signature, ==, "Jan Kowalski\nul. Żółwia 1");
  g_assert_cmpuint (finding->account->notes, ==, NOTE (DEFAULT));
  g_assert_cmpstr (g_hash_table_lookup (finding->account->values, "AccountUid"), ==,
                   "3310cdc4e702e948bdd71b6467b2cdfa5d87d132");
  g_assert_cmpstr (finding->secret_uids[MW_SIDE_OUTGOING], ==,
                   "f46321e687782e4435ff3f2e19efd0397148e6c8");
  g_assert_cmpstr (mw_mail_folders_get_name (jan->folders, MW_FOLDER_USE_SENT), ==, "Sent");
  g_assert_cmpstr (mw_mail_folders_get_name (jan->folders, MW_FOLDER_USE_TRASH), ==, "Trash");
  g_assert_cmpint (jan->grade, ==, MW_GRADE_L);

  finding = findings->pdata[1];
  piet = finding->account->profile;
  g_assert_cmpstr (piet->address, ==, "piet@example.test");
  g_assert_true (piet->leave_on_server);
  g_assert_cmpuint (piet->delete_after_days, ==, 0);
  g_assert_null (piet->folders);
}

static void
test_html (void)
{
  static const struct {
    const char *html;
    const char *text;
  } cases[] = {
    { "Jan", "Jan" },
    { "<p>Jan</p>", "Jan" },
    { "<p>Jan<br>Kowalski</p><div>ul. <b>Żółwia</b>  1</div>", "Jan\nKowalski\nul. Żółwia 1" },
    { "<div><div>a</div></div><p>b</p>", "a\nb" },
    { "a<BR/>\n b", "a\nb" },
    { "a &lt;b&gt; &amp;amp; &#8212; &#x2713;&nbsp;c &unknown; &",
      "a <b> &amp; — ✓ c &unknown; &" },
    { "<style>p { x }</style><!-- > no -->a", "a" },
    { "a<script>alert('<p>')", "a" },
    { "<a href=\"https://example.test/\">here</a>", "here" },
    { "a < b", "a < b" },
    { "&#0;&#xd800;&#x1b;", "&#0;&#xd800;&#x1b;" },
    { "<p></p>", NULL },
    { "", NULL },
    { "\xff", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = mw_plain_text_from_html (cases[i].html);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/evolution-reader/services", test_services);
  g_test_add_func ("/evolution-reader/parents", test_parents);
  g_test_add_func ("/evolution-reader/real-folder", test_real_folder);
  g_test_add_func ("/evolution-reader/html", test_html);
  return g_test_run ();
}
