/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "core/mw-error.h"
#include "export/mw-evolution-plan.h"
#include "export/mw-evolution-source.h"

#define TARGET "evolution"

static MwService *
service_new (const char   *endpoint_text,
             const char   *user_name,
             MwAuthMethod  auth)
{
  g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse (endpoint_text);

  g_assert_nonnull (endpoint);
  return mw_service_new (endpoint, user_name, auth, NULL);
}

static MwProfile *
profile_new (const char *incoming,
             const char *outgoing)
{
  MwProfile *profile = mw_profile_new ();

  profile->label = g_strdup ("Praca");
  profile->address = g_strdup ("jan@example.test");
  profile->sender_name = g_strdup ("Jan „Żółw” Kowalski");
  profile->incoming = service_new (incoming, "jan;\\=[x]", MW_AUTH_PLAIN);
  if (outgoing != NULL)
    profile->outgoing = service_new (outgoing, "jan@example.test", MW_AUTH_LOGIN);
  return profile;
}

static MwProfile *
usual_profile_new (void)
{
  return profile_new ("imaps:mail.example.test", "submission:smtp.example.test");
}

static const MwEvolutionUids uids = { (char *) "A", (char *) "T", (char *) "I", (char *) "S" };

static void
assert_key (const char *data,
            const char *group,
            const char *key,
            const char *value)
{
  g_autoptr(GKeyFile) file = mw_evolution_source_load (data);
  g_autofree char *present = NULL;

  g_assert_nonnull (file);
  present = g_key_file_get_string (file, group, key, NULL);
  g_test_message ("[%s] %s", group, key);
  g_assert_cmpstr (present, ==, value);
}

/* --- the key files --- */

static void
test_account (void)
{
  g_autoptr(MwProfile) profile = usual_profile_new ();
  g_autofree char *data = mw_evolution_source_render (MW_EVOLUTION_ACCOUNT, profile, &uids, NULL);
  g_autofree char *again = NULL;

  assert_key (data, "Data Source", "DisplayName", "Praca");
  assert_key (data, "Data Source", "Enabled", "true");
  assert_key (data, "Data Source", "Parent", "");
  assert_key (data, "Mail Account", "BackendName", "imapx");
  assert_key (data, "Mail Account", "IdentityUid", "I");
  assert_key (data, "Authentication", "Host", "mail.example.test");
  assert_key (data, "Authentication", "Port", "993");
  assert_key (data, "Authentication", "User", "jan;\\=[x]");
  assert_key (data, "Authentication", "Method", "PLAIN");
  assert_key (data, "Authentication", "RememberPassword", "true");
  assert_key (data, "Security", "Method", "ssl-on-alternate-port");
  g_assert_null (strstr (data, "[Pop Backend]"));

  again = mw_evolution_source_render (MW_EVOLUTION_ACCOUNT, profile, &uids, data);
  g_assert_cmpstr (again, ==, data);
}

static MwMailFolders *
make_folders (const char *sent,
              const char *trash)
{
  const char *names[MW_N_FOLDER_USES] = {
    [MW_FOLDER_USE_SENT] = sent, [MW_FOLDER_USE_DRAFTS] = "INBOX.Robocze",
    [MW_FOLDER_USE_TRASH] = trash, [MW_FOLDER_USE_JUNK] = "Śmieci",
    [MW_FOLDER_USE_ARCHIVE] = "a/b",
  };

  return mw_mail_folders_new (names, '.', NULL);
}

static char *
render_identity (MwProfile             *profile,
                 const MwEvolutionUids *names,
                 const char            *former)
{
  return mw_evolution_source_render (MW_EVOLUTION_IDENTITY, profile, names, former);
}

static void
test_folders (void)
{
  const MwEvolutionUids later = {
    (char *) "A", (char *) "T", (char *) "I", (char *) "S",
    { [MW_FOLDER_USE_SENT] = (char *) "Wysłane", [MW_FOLDER_USE_DRAFTS] = (char *) "Szkice",
      [MW_FOLDER_USE_TRASH] = (char *) "Kosz" },
  };
  g_autoptr(MwProfile) profile = usual_profile_new ();
  g_autoptr(MwProfile) pop = usual_profile_new ();
  g_autofree char *account = NULL;
  g_autofree char *identity = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *followed = NULL;
  g_autofree char *moved = NULL;
  g_autofree char *of_pop = NULL;
  g_autofree char *as_evolution = NULL;

  profile->folders = make_folders ("Wysłane", "Kosz");
  account = mw_evolution_source_render (MW_EVOLUTION_ACCOUNT, profile, &uids, NULL);
  identity = render_identity (profile, &uids, NULL);
  assert_key (account, "Imapx Backend", "RealTrashPath", "Kosz");
  assert_key (account, "Imapx Backend", "UseRealTrashPath", "true");
  assert_key (account, "Imapx Backend", "RealJunkPath", "Śmieci");
  assert_key (account, "Mail Account", "ArchiveFolder", NULL);
  assert_key (identity, "Mail Submission", "SentFolder", "folder://A/Wys%C5%82ane");
  assert_key (identity, "Mail Composition", "DraftsFolder", "folder://A/INBOX/Robocze");

  /* What stands there without our doing stays, and so does the same in
   * Evolution's letters. */
  g_clear_pointer (&profile->folders, mw_mail_folders_unref);
  profile->folders = make_folders ("Sent", "Bin");
  kept = render_identity (profile, &uids, identity);
  g_assert_cmpstr (kept, ==, identity);
  as_evolution = g_strdup ("[Data Source]\nDisplayName=Praca\nEnabled=true\n"
                           "[Mail Submission]\nSentFolder=folder://A/Wys%c5%82ane\n"
                           "[Mail Composition]\nDraftsFolder=folder://A/Own\n");
  followed = render_identity (profile, &later, as_evolution);
  assert_key (followed, "Mail Submission", "SentFolder", "folder://A/Sent");
  assert_key (followed, "Mail Composition", "DraftsFolder", "folder://A/Own");
  moved = mw_evolution_source_render (MW_EVOLUTION_ACCOUNT, profile, &later, account);
  assert_key (moved, "Imapx Backend", "RealTrashPath", "Bin");
  assert_key (moved, "Imapx Backend", "RealJunkPath", "Śmieci");

  /* POP3 has no folders. */
  mw_service_free (pop->incoming);
  pop->incoming = service_new ("pop3s:pop3.example.test", "jan", MW_AUTH_PLAIN);
  pop->folders = make_folders ("Sent", "Bin");
  of_pop = render_identity (pop, &uids, NULL);
  assert_key (of_pop, "Mail Submission", "SentFolder", "folder://local/Sent");
}

static void
test_pop (void)
{
  static const struct {
    gboolean    leave;
    guint       days;
    const char *keep_text;
    const char *days_text;
  } rows[] = {
    { TRUE, 0, "true", "0" },
    { TRUE, 14, "true", "14" },
    { TRUE, 4000, "true", "365" },
    { FALSE, 0, "false", "0" },
    { FALSE, 14, "false", "0" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(MwProfile) profile = profile_new ("pop3:mail.example.test", NULL);
      g_autofree char *data = NULL;

      profile->leave_on_server = rows[i].leave;
      profile->delete_after_days = rows[i].days;
      data = mw_evolution_source_render (MW_EVOLUTION_ACCOUNT, profile, &uids, NULL);
      assert_key (data, "Mail Account", "BackendName", "pop");
      assert_key (data, "Security", "Method", "starttls-on-standard-port");
      assert_key (data, "Pop Backend", "KeepOnServer", rows[i].keep_text);
      assert_key (data, "Pop Backend", "DeleteAfterDays", rows[i].days_text);
    }
}

/* Only where Evolution would ask more often than it may. */
static void
test_pop_minutes (void)
{
  static const struct {
    const char *endpoint;
    guint       minutes;
    const char *text;
  } rows[] = {
    { "pop3:mail.example.test", 0, NULL },
    { "pop3:mail.example.test", 15, NULL },
    { "pop3:mail.example.test", 90, "90" },
    { "imap:mail.example.test", 90, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(MwProfile) profile = profile_new (rows[i].endpoint, NULL);
      g_autofree char *data = NULL;

      profile->pop_minutes = rows[i].minutes;
      data = mw_evolution_source_render (MW_EVOLUTION_ACCOUNT, profile, &uids, NULL);
      assert_key (data, "Refresh", "IntervalMinutes", rows[i].text);
    }
}

static void
test_auth (void)
{
  static const struct {
    const char   *endpoint;
    MwAuthMethod  auth;
    const char   *method;
  } rows[] = {
    { "imaps:a.test", MW_AUTH_PASSWORD_COMMAND, "none" },
    { "imaps:a.test", MW_AUTH_UNKNOWN, "none" },
    { "imaps:a.test", MW_AUTH_LOGIN, "LOGIN" },
    { "imaps:a.test", MW_AUTH_CRAM_MD5, "CRAM-MD5" },
    { "imaps:a.test", MW_AUTH_SCRAM_SHA_256, "CRAM-MD5" },
    { "imap+plain:a.test", MW_AUTH_SCRAM_SHA_1, "CRAM-MD5" },
    { "imaps:imap.gmail.com", MW_AUTH_OAUTH2, "Google" },
    { "imaps:outlook.office365.com", MW_AUTH_OAUTH2, "Outlook" },
    { "pop3s:pop.mail.yahoo.com", MW_AUTH_OAUTH2, "Yahoo" },
    { "submissions:a.test", MW_AUTH_UNKNOWN, "PLAIN" },
    { "submissions:a.test", MW_AUTH_NONE, "none" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(MwProfile) profile = profile_new ("imaps:mail.example.test", NULL);
      g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse (rows[i].endpoint);
      gboolean outgoing = mw_endpoint_get_side (endpoint) == MW_SIDE_OUTGOING;
      MwService **service = outgoing ? &profile->outgoing : &profile->incoming;
      g_autofree char *data = NULL;

      g_clear_pointer (service, mw_service_free);
      *service = service_new (rows[i].endpoint, "jan", rows[i].auth);
      data = mw_evolution_source_render (outgoing ? MW_EVOLUTION_TRANSPORT : MW_EVOLUTION_ACCOUNT,
                                         profile, &uids, NULL);
      g_test_message ("%s", rows[i].endpoint);
      assert_key (data, "Authentication", "Method", rows[i].method);
      assert_key (data, "Authentication", "User", rows[i].auth == MW_AUTH_NONE ? NULL : "jan");
    }
}

static void
test_transport_identity_signature (void)
{
  g_autoptr(MwProfile) profile = usual_profile_new ();
  g_autofree char *transport = mw_evolution_source_render (MW_EVOLUTION_TRANSPORT, profile,
                                                           &uids, NULL);
  g_autofree char *identity = mw_evolution_source_render (MW_EVOLUTION_IDENTITY, profile,
                                                          &uids, NULL);
  g_autofree char *signature = mw_evolution_source_render (MW_EVOLUTION_SIGNATURE, profile,
                                                           &uids, NULL);

  assert_key (transport, "Data Source", "Parent", "A");
  assert_key (transport, "Mail Transport", "BackendName", "smtp");
  assert_key (transport, "Authentication", "Host", "smtp.example.test");
  assert_key (transport, "Authentication", "Port", "587");
  assert_key (transport, "Authentication", "Method", "LOGIN");
  assert_key (transport, "Security", "Method", "starttls-on-standard-port");
  assert_key (identity, "Data Source", "Parent", "A");
  assert_key (identity, "Mail Identity", "Address", "jan@example.test");
  assert_key (identity, "Mail Identity", "Name", "Jan „Żółw” Kowalski");
  assert_key (identity, "Mail Identity", "SignatureUid", "S");
  assert_key (identity, "Mail Submission", "TransportUid", "T");
  assert_key (identity, "Mail Submission", "SentFolder", "folder://local/Sent");
  assert_key (identity, "Mail Composition", "DraftsFolder", "folder://local/Drafts");
  assert_key (signature, "Mail Signature", "MimeType", "text/plain");
  assert_key (signature, "Data Source", "Parent", "");
}

static void
test_keeps_what_is_not_ours (void)
{
  static const char former[] =
    "# by hand\n"
    "[Data Source]\nDisplayName=Old\nDisplayName[pl]=Stara\nEnabled=false\nParent=X\n"
    "[Mail Identity]\nName=Old\nAddress=jan@example.test\nOrganization=Żółw S.A.\n"
    "SignatureUid=own\n"
    "[Mail Submission]\nSentFolder=folder://A/Sent\nTransportUid=T\nRepliesToOriginFolder=true\n"
    "[Mail Composition]\nDraftsFolder=folder://A/Drafts\n"
    "[Something]\nElse=1\n";
  MwEvolutionUids leave = { (char *) "A", (char *) "T", (char *) "I", NULL };
  g_autoptr(MwProfile) profile = usual_profile_new ();
  g_autofree char *data = mw_evolution_source_render (MW_EVOLUTION_IDENTITY, profile, &leave,
                                                      former);

  g_assert_nonnull (strstr (data, "# by hand\n"));
  assert_key (data, "Data Source", "DisplayName", "Praca");
  assert_key (data, "Data Source", "DisplayName[pl]", NULL);
  assert_key (data, "Data Source", "Enabled", "true");
  assert_key (data, "Data Source", "Parent", "X");
  assert_key (data, "Mail Identity", "Organization", "Żółw S.A.");
  assert_key (data, "Mail Identity", "SignatureUid", "own");
  assert_key (data, "Mail Submission", "SentFolder", "folder://A/Sent");
  assert_key (data, "Mail Submission", "RepliesToOriginFolder", "true");
  assert_key (data, "Mail Composition", "DraftsFolder", "folder://A/Drafts");
  assert_key (data, "Something", "Else", "1");

  /* A translation of the name that stays is left alone. */
  g_free (profile->label);
  profile->label = g_strdup ("Old");
  g_free (data);
  data = mw_evolution_source_render (MW_EVOLUTION_IDENTITY, profile, &leave, former);
  assert_key (data, "Data Source", "DisplayName", "Old");
  assert_key (data, "Data Source", "DisplayName[pl]", "Stara");

  /* An empty name does not delete the one the person gave. */
  g_clear_pointer (&profile->sender_name, g_free);
  g_clear_pointer (&data, g_free);
  data = mw_evolution_source_render (MW_EVOLUTION_IDENTITY, profile, &leave, former);
  assert_key (data, "Mail Identity", "Name", "Old");
}

static void
test_hostile (void)
{
  static const char * const names[] = {
    "x\n[Authentication]\nHost=evil.test",
    "  leading",
    "\\n not a line",
    "a;b",
    "#x",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(MwProfile) profile = usual_profile_new ();
      g_autofree char *data = NULL;

      g_free (profile->label);
      profile->label = g_strdup (names[i]);
      data = mw_evolution_source_render (MW_EVOLUTION_ACCOUNT, profile, &uids, NULL);
      assert_key (data, "Data Source", "DisplayName", names[i]);
      assert_key (data, "Authentication", "Host", "mail.example.test");
    }

  g_assert_null (mw_evolution_source_load ("junk"));
  g_assert_null (mw_evolution_source_load ("[Other]\nKey=1\n"));
}

static void
test_uid (void)
{
  static const char * const bad[] = { "", ".", "../x", "a/b", ".hidden", "a b", "a\nb", "ż" };
  g_autofree char *uid = mw_evolution_source_new_uid ();

  g_assert_cmpuint (strlen (uid), ==, 40);
  g_assert_true (mw_evolution_source_is_uid (uid));
  g_assert_true (mw_evolution_source_is_uid ("1234.5678.0@host-1"));
  g_assert_false (mw_evolution_source_is_uid (NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (mw_evolution_source_is_uid (bad[i]));
}

/* --- the plan --- */

static GPtrArray *
entries_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) mw_evolution_entry_free);
}

static void
add_entry (GPtrArray  *entries,
           const char *uid,
           const char *data,
           gboolean    removable)
{
  g_autofree char *path = g_strconcat ("/source/", uid, NULL);

  g_ptr_array_add (entries, mw_evolution_entry_new (uid, path, data, removable, removable));
}

static MwEvolutionEdit *
find_edit (GPtrArray       *edits,
           MwEvolutionKind  kind)
{
  for (guint i = 0; i < edits->len; i++)
    {
      MwEvolutionEdit *edit = edits->pdata[i];

      if (edit->kind == kind)
        return edit;
    }

  return NULL;
}

/* What Evolution has after a plan was carried out. */
static void
carry_out (MwEvolutionPlan *plan,
           GPtrArray       *entries)
{
  for (guint i = 0; i < plan->edits->len; i++)
    {
      MwEvolutionEdit *edit = plan->edits->pdata[i];

      for (guint j = 0; j < entries->len; j++)
        {
          MwEvolutionEntry *entry = entries->pdata[j];

          if (g_str_equal (entry->uid, edit->uid))
            {
              g_ptr_array_remove_index (entries, j);
              break;
            }
        }

      add_entry (entries, edit->uid, edit->data, TRUE);
    }
}

static void
remember (MwProfile       *profile,
          MwEvolutionPlan *plan)
{
  mw_profile_set_export_value (profile, TARGET, "AccountUid", plan->uids.account);
  mw_profile_set_export_value (profile, TARGET, "TransportUid", plan->uids.transport);
  mw_profile_set_export_value (profile, TARGET, "IdentityUid", plan->uids.identity);
  mw_profile_set_export_value (profile, TARGET, "SignatureUid", plan->uids.signature);
}

static void
test_plan_new (void)
{
  g_autoptr(GPtrArray) entries = entries_new ();
  g_autoptr(MwProfile) profile = usual_profile_new ();
  g_autoptr(MwEvolutionPlan) first = NULL;
  g_autoptr(MwEvolutionPlan) second = NULL;
  g_autoptr(MwEvolutionPlan) third = NULL;
  g_autoptr(GError) error = NULL;

  profile->signature = g_strdup ("Jan");
  first = mw_evolution_plan_new (entries, profile, TARGET, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (first->edits->len, ==, 4);
  g_assert_cmpuint (first->removals->len, ==, 0);
  g_assert_false (first->server_differs);
  carry_out (first, entries);
  remember (profile, first);

  second = mw_evolution_plan_new (entries, profile, TARGET, &error);
  g_assert_cmpuint (second->edits->len, ==, 0);
  g_assert_cmpstr (second->uids.account, ==, first->uids.account);
  g_assert_cmpstr (second->uids.signature, ==, first->uids.signature);

  /* The signature goes with the text. */
  g_clear_pointer (&profile->signature, g_free);
  third = mw_evolution_plan_new (entries, profile, TARGET, &error);
  g_assert_cmpuint (third->edits->len, ==, 1);
  g_assert_nonnull (find_edit (third->edits, MW_EVOLUTION_IDENTITY));
  g_assert_cmpuint (third->removals->len, ==, 1);
  g_assert_nonnull (find_edit (third->removals, MW_EVOLUTION_SIGNATURE));
}

static void
test_plan_finds_by_address (void)
{
  g_autoptr(GPtrArray) entries = entries_new ();
  g_autoptr(MwProfile) profile = usual_profile_new ();
  g_autoptr(MwProfile) pop = profile_new ("pop3s:mail.example.test", NULL);
  g_autoptr(MwEvolutionPlan) first = mw_evolution_plan_new (entries, profile, TARGET, NULL);
  g_autoptr(MwEvolutionPlan) second = NULL;
  g_autoptr(MwEvolutionPlan) third = NULL;

  carry_out (first, entries);
  g_free (profile->address);
  profile->address = g_strdup ("JAN@example.test");
  second = mw_evolution_plan_new (entries, profile, TARGET, NULL);
  g_assert_cmpstr (second->uids.account, ==, first->uids.account);
  g_assert_cmpuint (second->edits->len, ==, 1);

  /* Another protocol is another account. */
  third = mw_evolution_plan_new (entries, pop, TARGET, NULL);
  g_assert_cmpstr (third->uids.account, !=, first->uids.account);
}

static void
test_plan_server_differs (void)
{
  g_autoptr(GPtrArray) entries = entries_new ();
  g_autoptr(MwProfile) profile = usual_profile_new ();
  g_autoptr(MwEvolutionPlan) first = mw_evolution_plan_new (entries, profile, TARGET, NULL);
  g_autoptr(MwEvolutionPlan) second = NULL;
  g_autoptr(MwEvolutionPlan) third = NULL;

  carry_out (first, entries);
  remember (profile, first);

  g_free (profile->label);
  profile->label = g_strdup ("Inna");
  second = mw_evolution_plan_new (entries, profile, TARGET, NULL);
  g_assert_cmpuint (second->edits->len, ==, 3);
  g_assert_false (second->server_differs);
  carry_out (second, entries);

  mw_service_free (profile->incoming);
  profile->incoming = service_new ("imap:mail.example.test", "jan;\\=[x]", MW_AUTH_PLAIN);
  third = mw_evolution_plan_new (entries, profile, TARGET, NULL);
  g_assert_cmpuint (third->edits->len, ==, 1);
  g_assert_true (third->server_differs);
}

static void
test_plan_sign_in (void)
{
  static const struct {
    const char *incoming;
    const char *outgoing;
    gboolean    can;
  } rows[] = {
    { "imaps:imap.gmail.com", "submissions:smtp.gmail.com", TRUE },
    { "imaps:notgmail.com", "submissions:smtp.gmail.com", FALSE },
    { "imaps:imap.gmail.com", "submissions:smtp.example.test", FALSE },
    { "imaps:imap.gmail.com", NULL, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GPtrArray) entries = entries_new ();
      g_autoptr(MwProfile) profile = profile_new (rows[i].incoming, rows[i].outgoing);
      g_autoptr(MwEvolutionPlan) plan = NULL;
      g_autoptr(GError) error = NULL;

      profile->incoming->auth = MW_AUTH_OAUTH2;
      if (profile->outgoing != NULL)
        profile->outgoing->auth = MW_AUTH_OAUTH2;
      plan = mw_evolution_plan_new (entries, profile, TARGET, &error);
      if (rows[i].can)
        g_assert_no_error (error);
      else
        g_assert_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_SIGN_IN);
    }
}

static void
test_plan_exists_elsewhere (void)
{
  static const char account[] =
    "[Data Source]\nDisplayName=GOA\nEnabled=true\nParent=C\n"
    "[Mail Account]\nBackendName=imapx\nIdentityUid=GI\n";
  static const char identity[] =
    "[Data Source]\nEnabled=true\nParent=C\n[Mail Identity]\nAddress=Jan@Example.test\n";
  g_autoptr(GPtrArray) entries = entries_new ();
  g_autoptr(MwProfile) profile = usual_profile_new ();
  g_autoptr(MwEvolutionPlan) plan = NULL;
  g_autoptr(GError) error = NULL;

  add_entry (entries, "C", "[Data Source]\nEnabled=true\n[Collection]\nIdentity=x\n", FALSE);
  add_entry (entries, "GA", account, FALSE);
  add_entry (entries, "GI", identity, FALSE);
  plan = mw_evolution_plan_new (entries, profile, TARGET, &error);
  g_assert_null (plan);
  g_assert_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_EXISTS_ELSEWHERE);
  g_clear_error (&error);

  /* Read as files they say only by their parent whose they are. */
  g_ptr_array_set_size (entries, 0);
  add_entry (entries, "C", "[Data Source]\nEnabled=true\n[GNOME Online Accounts]\nAccountId=1\n",
             TRUE);
  add_entry (entries, "GA", account, TRUE);
  add_entry (entries, "GI", identity, TRUE);
  plan = mw_evolution_plan_new (entries, profile, TARGET, &error);
  g_assert_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_EXISTS_ELSEWHERE);
  g_clear_error (&error);

  /* Or they are no files at all. */
  g_ptr_array_set_size (entries, 0);
  add_entry (entries, "C", "[Data Source]\nEnabled=true\n[GNOME Online Accounts]\nAccountId=1\n"
             "[Collection]\nIdentity=jan@example.test\n", TRUE);
  plan = mw_evolution_plan_new (entries, profile, TARGET, &error);
  g_assert_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_EXISTS_ELSEWHERE);
  g_clear_error (&error);

  /* Switched off there, it provides nothing. */
  g_ptr_array_set_size (entries, 0);
  add_entry (entries, "GA", account, FALSE);
  add_entry (entries, "GI", identity, FALSE);
  add_entry (entries, "C", "[Data Source]\nEnabled=false\n[Collection]\nIdentity=x\n", FALSE);
  plan = mw_evolution_plan_new (entries, profile, TARGET, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plan->edits->len, ==, 3);
}

/* A transport that sends for two accounts is not changed for one of them. */
static void
test_plan_shared_transport (void)
{
  g_autoptr(GPtrArray) entries = entries_new ();
  g_autoptr(MwProfile) profile = usual_profile_new ();
  g_autoptr(MwEvolutionPlan) first = mw_evolution_plan_new (entries, profile, TARGET, NULL);
  g_autoptr(MwEvolutionPlan) second = NULL;
  g_autofree char *other = NULL;

  carry_out (first, entries);
  other = g_strdup_printf ("[Data Source]\nEnabled=true\n"
                           "[Mail Identity]\nAddress=anna@example.test\n"
                           "[Mail Submission]\nTransportUid=%s\n", first->uids.transport);
  add_entry (entries, "other", other, TRUE);

  second = mw_evolution_plan_new (entries, profile, TARGET, NULL);
  g_assert_cmpstr (second->uids.transport, !=, first->uids.transport);
  g_assert_null (find_edit (second->edits, MW_EVOLUTION_TRANSPORT)->path);
  g_assert_nonnull (find_edit (second->edits, MW_EVOLUTION_IDENTITY)->path);
}

static void
test_plan_receive_only (void)
{
  g_autoptr(GPtrArray) entries = entries_new ();
  g_autoptr(MwProfile) profile = usual_profile_new ();
  g_autoptr(MwEvolutionPlan) first = mw_evolution_plan_new (entries, profile, TARGET, NULL);
  g_autoptr(MwEvolutionPlan) second = NULL;

  carry_out (first, entries);
  g_clear_pointer (&profile->outgoing, mw_service_free);
  second = mw_evolution_plan_new (entries, profile, TARGET, NULL);
  g_assert_cmpuint (second->edits->len, ==, 1);
  assert_key (find_edit (second->edits, MW_EVOLUTION_IDENTITY)->data, "Mail Submission",
              "TransportUid", "");
  g_assert_nonnull (find_edit (second->removals, MW_EVOLUTION_TRANSPORT));
}

/* Two runs that know nothing of each other plan the same sources; what the
 * first one made of them is used by the second. */
static void
test_plan_after_crash (void)
{
  g_autoptr(MwProfile) profile = usual_profile_new ();
  g_autoptr(GPtrArray) entries = entries_new ();
  g_autoptr(MwEvolutionPlan) first = mw_evolution_plan_new (entries, profile, TARGET, NULL);
  g_autoptr(MwEvolutionPlan) second = mw_evolution_plan_new (entries, profile, TARGET, NULL);
  g_autoptr(MwEvolutionPlan) third = NULL;
  g_autoptr(MwEvolutionPlan) fourth = NULL;
  guint n = entries->len;

  g_assert_cmpstr (first->uids.account, ==, second->uids.account);
  g_assert_cmpstr (first->uids.transport, ==, second->uids.transport);
  g_assert_cmpstr (first->uids.identity, ==, second->uids.identity);
  g_assert_cmpstr (first->uids.account, !=, first->uids.identity);

  carry_out (first, entries);
  third = mw_evolution_plan_new (entries, profile, TARGET, NULL);
  g_assert_false (third->takes_over);
  g_assert_cmpuint (third->edits->len, ==, 0);

  /* The account itself was not made; its identity and transport were. */
  for (guint i = entries->len; i > n; i--)
    if (g_key_file_has_group (((MwEvolutionEntry *) entries->pdata[i - 1])->file, "Mail Account"))
      g_ptr_array_remove_index (entries, i - 1);
  fourth = mw_evolution_plan_new (entries, profile, TARGET, NULL);
  g_assert_cmpstr (fourth->uids.transport, ==, first->uids.transport);
  g_assert_cmpstr (fourth->uids.identity, ==, first->uids.identity);
  g_assert_cmpuint (fourth->edits->len, ==, 1);
}

static void
test_plan_removal (void)
{
  g_autoptr(GPtrArray) entries = entries_new ();
  g_autoptr(MwProfile) profile = usual_profile_new ();
  g_autoptr(MwEvolutionPlan) first = NULL;
  g_autoptr(MwProfile) twin = NULL;
  g_autoptr(MwEvolutionPlan) nothing = NULL;
  g_autoptr(MwEvolutionPlan) unwritten = NULL;
  g_autoptr(MwEvolutionPlan) removal = NULL;

  profile->signature = g_strdup ("Jan");
  first = mw_evolution_plan_new (entries, profile, TARGET, NULL);
  carry_out (first, entries);

  /* Only what an export of this very account has made. */
  twin = mw_profile_copy (profile);
  g_free (twin->id);
  twin->id = g_uuid_string_random ();
  nothing = mw_evolution_plan_new_removal (entries, twin, TARGET);
  g_assert_cmpuint (nothing->removals->len, ==, 0);

  /* That it did was not written down before a crash. */
  unwritten = mw_evolution_plan_new_removal (entries, profile, TARGET);
  g_assert_cmpuint (unwritten->removals->len, ==, 4);

  remember (profile, first);
  removal = mw_evolution_plan_new_removal (entries, profile, TARGET);
  g_assert_cmpuint (removal->removals->len, ==, 4);
  g_assert_cmpuint (removal->edits->len, ==, 0);

  mw_profile_set_export_value (profile, TARGET, "SignatureUid", "../../../etc/passwd");
  g_clear_pointer (&removal, mw_evolution_plan_free);
  removal = mw_evolution_plan_new_removal (entries, profile, TARGET);
  g_assert_null (removal->uids.signature);
  g_assert_cmpuint (removal->removals->len, ==, 3);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/evolution-source/account", test_account);
  g_test_add_func ("/evolution-source/folders", test_folders);
  g_test_add_func ("/evolution-source/pop", test_pop);
  g_test_add_func ("/evolution-source/pop-minutes", test_pop_minutes);
  g_test_add_func ("/evolution-source/auth", test_auth);
  g_test_add_func ("/evolution-source/others", test_transport_identity_signature);
  g_test_add_func ("/evolution-source/keeps", test_keeps_what_is_not_ours);
  g_test_add_func ("/evolution-source/hostile", test_hostile);
  g_test_add_func ("/evolution-source/uid", test_uid);
  g_test_add_func ("/evolution-plan/new", test_plan_new);
  g_test_add_func ("/evolution-plan/by-address", test_plan_finds_by_address);
  g_test_add_func ("/evolution-plan/server-differs", test_plan_server_differs);
  g_test_add_func ("/evolution-plan/sign-in", test_plan_sign_in);
  g_test_add_func ("/evolution-plan/exists-elsewhere", test_plan_exists_elsewhere);
  g_test_add_func ("/evolution-plan/shared-transport", test_plan_shared_transport);
  g_test_add_func ("/evolution-plan/receive-only", test_plan_receive_only);
  g_test_add_func ("/evolution-plan/after-crash", test_plan_after_crash);
  g_test_add_func ("/evolution-plan/removal", test_plan_removal);

  return g_test_run ();
}
