/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-evolution-facts.h"

#include <string.h>

#include "export/mw-export-facts.h"

#define SOURCE "Data Source"
#define AUTHENTICATION "Authentication"

/* The sources, as they are or as they will be. */
typedef struct {
  GPtrArray       *entries;
  MwEvolutionPlan *plan;      /* NULL: as they are */
} View;

static char *
get (GKeyFile   *file,
     const char *group,
     const char *key)
{
  return file != NULL ? g_key_file_get_string (file, group, key, NULL) : NULL;
}

static MwEvolutionEdit *
find_edit (GPtrArray  *edits,
           const char *uid)
{
  for (guint i = 0; i < edits->len; i++)
    {
      MwEvolutionEdit *edit = edits->pdata[i];

      if (g_str_equal (edit->uid, uid))
        return edit;
    }

  return NULL;
}

/* Returns %NULL when there is no such source. */
static GKeyFile *
load (const View      *view,
      const char      *uid,
      MwEvolutionKind  kind)
{
  MwEvolutionEntry *entry;
  MwEvolutionEdit *edit;

  if (uid == NULL || *uid == '\0')
    return NULL;
  edit = view->plan != NULL ? find_edit (view->plan->edits, uid) : NULL;
  if (edit != NULL)
    return mw_evolution_source_load (edit->data);
  if (view->plan != NULL && find_edit (view->plan->removals, uid) != NULL)
    return NULL;

  entry = mw_evolution_plan_find_entry (view->entries, uid, kind);
  return entry != NULL ? g_key_file_ref (entry->file) : NULL;
}

static MwSecurity
to_security (const char *method)
{
  if (g_strcmp0 (method, "ssl-on-alternate-port") == 0)
    return MW_SECURITY_TLS;
  return g_strcmp0 (method, "starttls-on-standard-port") == 0 ? MW_SECURITY_STARTTLS
                                                              : MW_SECURITY_NONE;
}

static MwAuthMethod
to_auth (const char *method,
         MwProtocol  protocol)
{
  static const char * const browser[] = { "Google", "Outlook", "Yahoo", "XOAUTH2", NULL };
  int value;

  if (method == NULL || g_str_equal (method, "none"))
    return protocol == MW_PROTOCOL_SMTP ? MW_AUTH_NONE : MW_AUTH_PASSWORD_COMMAND;
  if (g_strv_contains (browser, method))
    return MW_AUTH_OAUTH2;
  return mw_enum_from_nick (MW_TYPE_AUTH_METHOD, method, &value) ? value : MW_AUTH_UNKNOWN;
}

static void
read_service (MwExportFacts *facts,
              GKeyFile      *file,
              MwProtocol     protocol)
{
  gboolean outgoing = protocol == MW_PROTOCOL_SMTP;
  g_autofree char *host = get (file, AUTHENTICATION, "Host");
  g_autofree char *security = get (file, "Security", "Method");
  g_autofree char *method = get (file, AUTHENTICATION, "Method");

  if (host == NULL)
    return;
  mw_export_facts_set_server (facts, protocol, to_security (security), host,
                              g_key_file_get_integer (file, AUTHENTICATION, "Port", NULL));
  mw_export_facts_take (facts, outgoing ? MW_EXPORT_ITEM_OUTGOING_USER
                                        : MW_EXPORT_ITEM_INCOMING_USER,
                        get (file, AUTHENTICATION, "User"));
  mw_export_facts_take (facts, outgoing ? MW_EXPORT_ITEM_OUTGOING_AUTH
                                        : MW_EXPORT_ITEM_INCOMING_AUTH,
                        g_strdup (mw_enum_to_nick (MW_TYPE_AUTH_METHOD,
                                                   to_auth (method, protocol))));
}

/* "folder://UID/PATH"; those on this computer are nobody's choice. */
static void
read_folder (MwExportFacts *facts,
             MwFolderUse    use,
             GKeyFile      *file,
             const char    *group,
             const char    *key)
{
  g_autofree char *uri = get (file, group, key);
  const char *path;

  if (uri == NULL || !g_str_has_prefix (uri, "folder://") ||
      g_str_has_prefix (uri, "folder://local/"))
    return;
  path = strchr (uri + strlen ("folder://"), '/');
  if (path != NULL)
    mw_export_facts_take_folder (facts, use, g_uri_unescape_string (path + 1, NULL));
}

static void
read_keeping (MwExportFacts *facts,
              GKeyFile      *account)
{
  int days = g_key_file_get_integer (account, "Pop Backend", "DeleteAfterDays", NULL);
  char *value;

  if (!g_key_file_get_boolean (account, "Pop Backend", "KeepOnServer", NULL))
    value = g_strdup ("false");
  else
    value = days > 0 ? g_strdup_printf ("%d", days) : g_strdup ("true");
  mw_export_facts_take (facts, MW_EXPORT_ITEM_KEEP_ON_SERVER, value);
}

static void
read_account (MwExportFacts *facts,
              GKeyFile      *account)
{
  g_autofree char *backend = get (account, "Mail Account", "BackendName");
  gboolean pop3 = g_strcmp0 (backend, "pop") == 0;

  mw_export_facts_take (facts, MW_EXPORT_ITEM_LABEL, get (account, SOURCE, "DisplayName"));
  read_service (facts, account, pop3 ? MW_PROTOCOL_POP3 : MW_PROTOCOL_IMAP);
  if (pop3)
    read_keeping (facts, account);
  read_folder (facts, MW_FOLDER_USE_ARCHIVE, account, "Mail Account", "ArchiveFolder");
  mw_export_facts_take_folder (facts, MW_FOLDER_USE_TRASH,
                               get (account, "Imapx Backend", "RealTrashPath"));
  mw_export_facts_take_folder (facts, MW_FOLDER_USE_JUNK,
                               get (account, "Imapx Backend", "RealJunkPath"));
}

static MwExportFacts *
read_facts (const View *view,
            const char *uid)
{
  MwExportFacts *facts = mw_export_facts_new ();
  g_autoptr(GKeyFile) account = load (view, uid, MW_EVOLUTION_ACCOUNT);
  g_autofree char *identity_uid = get (account, "Mail Account", "IdentityUid");
  g_autoptr(GKeyFile) identity = load (view, identity_uid, MW_EVOLUTION_IDENTITY);
  g_autofree char *transport_uid = get (identity, "Mail Submission", "TransportUid");
  g_autoptr(GKeyFile) transport = load (view, transport_uid, MW_EVOLUTION_TRANSPORT);

  if (account != NULL)
    read_account (facts, account);
  if (transport != NULL)
    read_service (facts, transport, MW_PROTOCOL_SMTP);
  if (identity == NULL)
    return facts;

  mw_export_facts_take (facts, MW_EXPORT_ITEM_SENDER_NAME,
                        get (identity, "Mail Identity", "Name"));
  mw_export_facts_take (facts, MW_EXPORT_ITEM_ADDRESS,
                        get (identity, "Mail Identity", "Address"));
  read_folder (facts, MW_FOLDER_USE_SENT, identity, "Mail Submission", "SentFolder");
  read_folder (facts, MW_FOLDER_USE_DRAFTS, identity, "Mail Composition", "DraftsFolder");
  return facts;
}

static gboolean
is_there (const View *view,
          const char *uid)
{
  g_autoptr(GKeyFile) account = load (view, uid, MW_EVOLUTION_ACCOUNT);

  return account != NULL && g_key_file_get_boolean (account, SOURCE, "Enabled", NULL);
}

void
mw_evolution_facts_add_changes (GPtrArray       *entries,
                                MwEvolutionPlan *plan,
                                const char      *address,
                                GPtrArray       *changes)
{
  const View former = { entries, NULL };
  const View latter = { entries, plan };
  const char *uid;
  gboolean was_there, stays;

  g_return_if_fail (entries != NULL);
  g_return_if_fail (plan != NULL);
  g_return_if_fail (changes != NULL);

  uid = plan->uids.account;
  was_there = is_there (&former, uid);
  stays = is_there (&latter, uid);
  if (was_there != stays)
    g_ptr_array_add (changes, mw_export_change_new (MW_EXPORT_ITEM_ACCOUNT,
                                                    was_there ? address : NULL,
                                                    stays ? address : NULL));
  if (stays)
    {
      g_autoptr(MwExportFacts) before = read_facts (&former, uid);
      g_autoptr(MwExportFacts) after = read_facts (&latter, uid);

      /* That of a new account was said with it. */
      if (!was_there)
        {
          mw_export_facts_take (before, MW_EXPORT_ITEM_ADDRESS, NULL);
          mw_export_facts_take (after, MW_EXPORT_ITEM_ADDRESS, NULL);
        }
      mw_export_facts_add_changes (before, after, changes);
    }
}
