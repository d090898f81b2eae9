/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-advice-change.h"

#include <string.h>

#include <glib/gi18n.h>

#include "core/mw-domain.h"
#include "core/mw-foreign-words.h"
#include "setup/mw-advice.h"

/* Host names, addresses and names of accounts; a folder has a path. */
#define MAX_CHARS 100
#define MAX_HOST_CHARS 255

/* A sentence for each of: it is new, it becomes another, it goes. */
typedef struct {
  MwExportItem  item;
  const char   *appears;
  const char   *changes;
  const char   *goes;
} Row;

/* Translators: {new} and {old} are values of what the sentence is about: names,
 * addresses, folders, or a server, as in “imap.example.org, port 993,
 * SSL/TLS”. */
static const Row rows[] = {
  { MW_EXPORT_ITEM_PROFILE,
    N_("A profile is made in {new}"),
    N_("A profile is made in {new} instead of {old}"),
    N_("The profile in {old} is deleted") },
  { MW_EXPORT_ITEM_ACCOUNT,
    N_("The account {new} is added"),
    N_("The account {new} takes the place of {old}"),
    N_("The account {old} is removed") },
  { MW_EXPORT_ITEM_LABEL,
    N_("The account is called “{new}”"),
    N_("The account is called “{new}” instead of “{old}”"),
    N_("The account is no longer called “{old}”") },
  { MW_EXPORT_ITEM_SENDER_NAME,
    N_("Messages are sent as “{new}”"),
    N_("Messages are sent as “{new}” instead of “{old}”"),
    N_("Messages are no longer sent as “{old}”") },
  { MW_EXPORT_ITEM_ADDRESS,
    N_("Messages are sent from {new}"),
    N_("Messages are sent from {new} instead of {old}"),
    N_("Messages are no longer sent from {old}") },
  { MW_EXPORT_ITEM_INCOMING_SERVER,
    N_("Receiving: {new}"),
    N_("Receiving: {new} instead of {old}"),
    N_("Receiving: no longer {old}") },
  { MW_EXPORT_ITEM_INCOMING_USER,
    N_("User name for receiving: {new}"),
    N_("User name for receiving: {new} instead of {old}"),
    N_("User name for receiving: no longer {old}") },
  { MW_EXPORT_ITEM_INCOMING_AUTH,
    N_("Signing in to receive: {new}"),
    N_("Signing in to receive: {new} instead of {old}"),
    N_("Signing in to receive: no longer {old}") },
  { MW_EXPORT_ITEM_INCOMING_PASSWORD,
    N_("The password is stored"),
    N_("The stored password is replaced"),
    N_("The stored password is deleted") },
  { MW_EXPORT_ITEM_OUTGOING_SERVER,
    N_("Sending: {new}"),
    N_("Sending: {new} instead of {old}"),
    N_("Sending: no longer {old}") },
  { MW_EXPORT_ITEM_OUTGOING_USER,
    N_("User name for sending: {new}"),
    N_("User name for sending: {new} instead of {old}"),
    N_("User name for sending: no longer {old}") },
  { MW_EXPORT_ITEM_OUTGOING_AUTH,
    N_("Signing in to send: {new}"),
    N_("Signing in to send: {new} instead of {old}"),
    N_("Signing in to send: no longer {old}") },
  { MW_EXPORT_ITEM_OUTGOING_PASSWORD,
    N_("The password for sending is stored"),
    N_("The stored password for sending is replaced"),
    N_("The stored password for sending is deleted") },
  { MW_EXPORT_ITEM_SIGNATURE,
    N_("Under each message: “{new}”"),
    N_("Under each message: “{new}” instead of “{old}”"),
    N_("Under messages: no longer “{old}”") },
  { MW_EXPORT_ITEM_DEFAULT,
    N_("“{new}” becomes the default account"),
    N_("“{new}” becomes the default account instead of “{old}”"),
    N_("“{old}” is no longer the default account") },
  { MW_EXPORT_ITEM_CERTIFICATE,
    N_("The certificate you accepted for {new} is accepted there, too"),
    N_("Certificate: {new} instead of {old}"),
    N_("The certificate of {old} is no longer accepted there") },
  { MW_EXPORT_ITEM_AUTHORITY,
    N_("The certification authority “{new}” is trusted for every server"),
    N_("Certification authority: “{new}” instead of “{old}”"),
    N_("The certification authority “{old}” is no longer trusted") },
};

/* The folder of each use, new, another, and none. */
static const char * const folder_rows[MW_N_FOLDER_USES][3] = {
  [MW_FOLDER_USE_SENT] = {
    N_("Sent messages go to: {new}"),
    N_("Sent messages go to: {new} instead of {old}"),
    N_("Sent messages no longer go to: {old}"),
  },
  [MW_FOLDER_USE_DRAFTS] = {
    N_("Drafts go to: {new}"),
    N_("Drafts go to: {new} instead of {old}"),
    N_("Drafts no longer go to: {old}"),
  },
  [MW_FOLDER_USE_TRASH] = {
    N_("Deleted messages go to: {new}"),
    N_("Deleted messages go to: {new} instead of {old}"),
    N_("Deleted messages no longer go to: {old}"),
  },
  [MW_FOLDER_USE_JUNK] = {
    N_("Junk goes to: {new}"),
    N_("Junk goes to: {new} instead of {old}"),
    N_("Junk no longer goes to: {old}"),
  },
  [MW_FOLDER_USE_ARCHIVE] = {
    N_("Archived messages go to: {new}"),
    N_("Archived messages go to: {new} instead of {old}"),
    N_("Archived messages no longer go to: {old}"),
  },
};

static char *
quote (const char *text,
       guint       max_chars)
{
  g_autofree char *words = mw_foreign_words_clean (text, max_chars);

  return mw_foreign_words_isolate (words);
}

static char *
describe_server (const char *text)
{
  g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse (text);
  g_autofree char *unicode = NULL;
  g_autofree char *host = NULL;

  /* What stands in a mail program may be no server at all. */
  if (endpoint == NULL)
    return quote (text, MAX_HOST_CHARS);

  unicode = mw_domain_to_unicode (mw_endpoint_get_host (endpoint));
  host = quote (unicode, MAX_HOST_CHARS);
  /* Translators: a server, its port, and the kind of encryption. */
  return g_strdup_printf (_("%s, port %u, %s"), host, mw_endpoint_get_port (endpoint),
                          mw_advice_describe_security (endpoint));
}

static const char *
describe_auth (const char *nick)
{
  int auth;

  if (!mw_enum_from_nick (MW_TYPE_AUTH_METHOD, nick, &auth))
    auth = MW_AUTH_UNKNOWN;

  switch (auth)
    {
    case MW_AUTH_NONE:
      /* Translators: a way to sign in. */
      return _("not at all");
    case MW_AUTH_PLAIN:
    case MW_AUTH_LOGIN:
    case MW_AUTH_PASSWORD_COMMAND:
      /* Translators: a way to sign in. */
      return _("with the password");
    case MW_AUTH_CRAM_MD5:
    case MW_AUTH_SCRAM_SHA_1:
    case MW_AUTH_SCRAM_SHA_256:
      /* Translators: a way to sign in. */
      return _("with the password, encrypted");
    case MW_AUTH_OAUTH2:
      /* Translators: a way to sign in. */
      return _("in the browser");
    case MW_AUTH_UNKNOWN:
    default:
      /* Translators: a way to sign in. */
      return _("in another way");
    }
}

/* The value of an item, fit to stand in a sentence. */
static char *
describe_value (MwExportItem  item,
                const char   *value)
{
  const char *colon;

  if (value == NULL)
    return NULL;

  switch (item)
    {
    case MW_EXPORT_ITEM_INCOMING_SERVER:
    case MW_EXPORT_ITEM_OUTGOING_SERVER:
      return describe_server (value);
    case MW_EXPORT_ITEM_INCOMING_AUTH:
    case MW_EXPORT_ITEM_OUTGOING_AUTH:
      return g_strdup (describe_auth (value));
    case MW_EXPORT_ITEM_FOLDER:
      colon = strchr (value, ':');
      return quote (colon != NULL ? colon + 1 : value, MAX_CHARS);
    case MW_EXPORT_ITEM_PROFILE:
    case MW_EXPORT_ITEM_ACCOUNT:
    case MW_EXPORT_ITEM_ADDRESS:
    case MW_EXPORT_ITEM_CERTIFICATE:
      return quote (value, MAX_HOST_CHARS);
    case MW_EXPORT_ITEM_LABEL:
    case MW_EXPORT_ITEM_SENDER_NAME:
    case MW_EXPORT_ITEM_INCOMING_USER:
    case MW_EXPORT_ITEM_INCOMING_PASSWORD:
    case MW_EXPORT_ITEM_OUTGOING_USER:
    case MW_EXPORT_ITEM_OUTGOING_PASSWORD:
    case MW_EXPORT_ITEM_SIGNATURE:
    case MW_EXPORT_ITEM_NOTIFICATIONS:
    case MW_EXPORT_ITEM_DEFAULT:
    case MW_EXPORT_ITEM_KEEP_ON_SERVER:
    case MW_EXPORT_ITEM_AUTHORITY:
    default:
      return quote (value, MAX_CHARS);
    }
}

static char *
fill_in (const char *appears,
         const char *changes,
         const char *goes,
         const char *former,
         const char *latter)
{
  const char *text = latter == NULL ? goes : former == NULL ? appears : changes;
  GString *sentence = g_string_new (NULL);

  /* In one go: a value may look like a placeholder. */
  for (const char *p = _(text); *p != '\0'; p++)
    {
      gboolean is_new = g_str_has_prefix (p, "{new}");

      if (!is_new && !g_str_has_prefix (p, "{old}"))
        {
          g_string_append_c (sentence, *p);
          continue;
        }
      if (is_new ? latter != NULL : former != NULL)
        g_string_append (sentence, is_new ? latter : former);
      p += strlen ("{new}") - 1;
    }

  return g_string_free (sentence, FALSE);
}

static char *
describe_keeping (const char *value)
{
  guint64 days;

  if (g_strcmp0 (value, "true") == 0)
    return g_strdup (_("Messages stay on the server"));
  if (value == NULL || !g_ascii_string_to_unsigned (value, 10, 1, G_MAXUINT, &days, NULL))
    return g_strdup (_("Messages are deleted from the server once they were fetched"));

  /* Translators: %u is a number of days. */
  return g_strdup_printf (ngettext ("Messages stay on the server for %u day",
                                    "Messages stay on the server for %u days", (guint) days),
                          (guint) days);
}

static char *
describe_folder (const MwExportChange *change,
                 const char           *former,
                 const char           *latter)
{
  const char *value = change->latter != NULL ? change->latter : change->former;
  g_autofree char *word = g_strndup (value, strcspn (value, ":"));
  int use;

  if (!mw_enum_from_nick (MW_TYPE_FOLDER_USE, word, &use))
    return g_strdup (latter != NULL ? latter : former);
  return fill_in (folder_rows[use][0], folder_rows[use][1], folder_rows[use][2], former, latter);
}

char *
mw_advice_describe_change (const MwExportChange *change)
{
  g_autofree char *former = NULL;
  g_autofree char *latter = NULL;

  g_return_val_if_fail (change != NULL, NULL);
  g_return_val_if_fail (change->former != NULL || change->latter != NULL, NULL);

  if (change->item == MW_EXPORT_ITEM_KEEP_ON_SERVER)
    return describe_keeping (change->latter);
  if (change->item == MW_EXPORT_ITEM_NOTIFICATIONS)
    return g_strdup (g_strcmp0 (change->latter, "true") == 0
                       ? _("New messages are announced")
                       : _("New messages are not announced"));

  former = describe_value (change->item, change->former);
  latter = describe_value (change->item, change->latter);
  if (change->item == MW_EXPORT_ITEM_FOLDER)
    return describe_folder (change, former, latter);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (rows[i].item == change->item)
        return fill_in (rows[i].appears, rows[i].changes, rows[i].goes, former, latter);
    }

  g_return_val_if_reached (NULL);
}

static const MwExportChange *
find_new (GPtrArray    *changes,
          MwExportItem  item)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const MwExportChange *change = changes->pdata[i];

      if (change->item == item && change->former == NULL)
        return change;
    }

  return NULL;
}

static gboolean
goes_without_saying (const MwExportChange *change,
                     const MwExportChange *account)
{
  int auth;

  if (account == NULL || change->former != NULL)
    return FALSE;

  switch (change->item)
    {
    case MW_EXPORT_ITEM_LABEL:
    case MW_EXPORT_ITEM_INCOMING_USER:
    case MW_EXPORT_ITEM_OUTGOING_USER:
      return g_strcmp0 (change->latter, account->latter) == 0;
    case MW_EXPORT_ITEM_INCOMING_AUTH:
    case MW_EXPORT_ITEM_OUTGOING_AUTH:
      return !mw_enum_from_nick (MW_TYPE_AUTH_METHOD, change->latter, &auth) ||
             (auth != MW_AUTH_OAUTH2 && auth != MW_AUTH_NONE);
    case MW_EXPORT_ITEM_PROFILE:
    case MW_EXPORT_ITEM_ACCOUNT:
    case MW_EXPORT_ITEM_SENDER_NAME:
    case MW_EXPORT_ITEM_ADDRESS:
    case MW_EXPORT_ITEM_INCOMING_SERVER:
    case MW_EXPORT_ITEM_INCOMING_PASSWORD:
    case MW_EXPORT_ITEM_OUTGOING_SERVER:
    case MW_EXPORT_ITEM_OUTGOING_PASSWORD:
    case MW_EXPORT_ITEM_SIGNATURE:
    case MW_EXPORT_ITEM_NOTIFICATIONS:
    case MW_EXPORT_ITEM_DEFAULT:
    case MW_EXPORT_ITEM_KEEP_ON_SERVER:
    case MW_EXPORT_ITEM_FOLDER:
    case MW_EXPORT_ITEM_CERTIFICATE:
    case MW_EXPORT_ITEM_AUTHORITY:
    default:
      return FALSE;
    }
}

char **
mw_advice_dup_changes (GPtrArray *changes)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  const MwExportChange *account;

  g_return_val_if_fail (changes != NULL, NULL);

  account = find_new (changes, MW_EXPORT_ITEM_ACCOUNT);
  for (guint i = 0; i < changes->len; i++)
    {
      const MwExportChange *change = changes->pdata[i];
      g_autofree char *sentence = mw_advice_describe_change (change);

      if (!goes_without_saying (change, account))
        g_strv_builder_add (builder, sentence);
    }

  return g_strv_builder_end (builder);
}
