/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "core/mw-enums.h"
#include "setup/mw-advice-change.h"

/* Between isolates, as everything from outside. */
#define Q(text) "\u2068" text "\u2069"

typedef struct {
  MwExportItem  item;
  const char   *former;
  const char   *latter;
  const char   *sentence;
} Case;

static const Case cases[] = {
  { MW_EXPORT_ITEM_PROFILE, NULL, "/home/jan/.thunderbird",
    "A profile is made in " Q ("/home/jan/.thunderbird") },
  { MW_EXPORT_ITEM_ACCOUNT, NULL, "jan@example.org",
    "The account " Q ("jan@example.org") " is added" },
  { MW_EXPORT_ITEM_ACCOUNT, "jan@example.org", NULL,
    "The account " Q ("jan@example.org") " is removed" },
  { MW_EXPORT_ITEM_INCOMING_SERVER, NULL, "imaps:imap.example.org:993",
    "Receiving: " Q ("imap.example.org") ", port 993, SSL/TLS" },
  { MW_EXPORT_ITEM_INCOMING_SERVER, "imap:mail.example.org:143", "imaps:imap.example.org:993",
    "Receiving: " Q ("imap.example.org") ", port 993, SSL/TLS instead of "
    Q ("mail.example.org") ", port 143, STARTTLS" },
  { MW_EXPORT_ITEM_OUTGOING_SERVER, "submission+plain:mail.example.org:25", NULL,
    "Sending: no longer " Q ("mail.example.org") ", port 25, no encryption" },
  { MW_EXPORT_ITEM_OUTGOING_SERVER, "junk", "submission:xn--bcher-kva.example:587",
    "Sending: " Q ("b\303\274cher.example") ", port 587, STARTTLS instead of " Q ("junk") },
  { MW_EXPORT_ITEM_INCOMING_PASSWORD, NULL, "", "The password is stored" },
  { MW_EXPORT_ITEM_INCOMING_PASSWORD, "", "", "The stored password is replaced" },
  { MW_EXPORT_ITEM_OUTGOING_PASSWORD, "", NULL, "The stored password for sending is deleted" },
  { MW_EXPORT_ITEM_SENDER_NAME, NULL, "Jan", "Messages are sent as “" Q ("Jan") "”" },
  { MW_EXPORT_ITEM_SENDER_NAME, "{new}", "{old}",
    "Messages are sent as “" Q ("{old}") "” instead of “" Q ("{new}") "”" },
  { MW_EXPORT_ITEM_LABEL, "a\u202eb", "two\nlines",
    "The account is called “" Q ("two lines") "” instead of “" Q ("ab") "”" },
  { MW_EXPORT_ITEM_DEFAULT, "Praca", "Dom",
    "“" Q ("Dom") "” becomes the default account instead of “" Q ("Praca") "”" },
  { MW_EXPORT_ITEM_DEFAULT, NULL, "Dom", "“" Q ("Dom") "” becomes the default account" },
  { MW_EXPORT_ITEM_OUTGOING_AUTH, "PLAIN", "oauth2",
    "Signing in to send: in the browser instead of with the password" },
  { MW_EXPORT_ITEM_NOTIFICATIONS, NULL, "true", "New messages are announced" },
  { MW_EXPORT_ITEM_NOTIFICATIONS, "true", "false", "New messages are not announced" },
  { MW_EXPORT_ITEM_KEEP_ON_SERVER, "true", "false",
    "Messages are deleted from the server once they were fetched" },
  { MW_EXPORT_ITEM_KEEP_ON_SERVER, NULL, "true", "Messages stay on the server" },
  { MW_EXPORT_ITEM_KEEP_ON_SERVER, "true", "1", "Messages stay on the server for 1 day" },
  { MW_EXPORT_ITEM_KEEP_ON_SERVER, "true", "14", "Messages stay on the server for 14 days" },
  { MW_EXPORT_ITEM_FOLDER, "sent:Sent", "sent:Wys\305\202ane",
    "Sent messages go to: " Q ("Wys\305\202ane") " instead of " Q ("Sent") },
  { MW_EXPORT_ITEM_FOLDER, "junk:a:b", NULL, "Junk no longer goes to: " Q ("a:b") },
  { MW_EXPORT_ITEM_CERTIFICATE, NULL, "imap.example.org:993",
    "The certificate you accepted for " Q ("imap.example.org:993") " is accepted there, too" },
  { MW_EXPORT_ITEM_AUTHORITY, NULL, "Firm CA",
    "The certification authority “" Q ("Firm CA") "” is trusted for every server" },
};

static void
test_sentences (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(MwExportChange) change = mw_export_change_new (cases[i].item, cases[i].former,
                                                               cases[i].latter);
      g_autofree char *sentence = mw_advice_describe_change (change);

      g_assert_cmpstr (sentence, ==, cases[i].sentence);
    }
}

/* Whatever changes, and whichever way, there is a sentence that leaves no hole. */
static void
test_every_item (void)
{
  g_autoptr(GEnumClass) items = g_type_class_ref (MW_TYPE_EXPORT_ITEM);
  static const char * const values[][2] = { { NULL, "sent:x" }, { "sent:y", "sent:x" },
                                            { "sent:y", NULL } };

  for (guint i = 0; i < items->n_values; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (values); j++)
      {
        g_autoptr(MwExportChange) change = mw_export_change_new (items->values[i].value,
                                                                 values[j][0], values[j][1]);
        g_autofree char *sentence = mw_advice_describe_change (change);

        g_test_message ("%s", sentence);
        g_assert_nonnull (sentence);
        g_assert_null (strchr (sentence, '{'));
        g_assert_false (g_str_has_suffix (sentence, "."));
      }
}

static void
test_too_long (void)
{
  g_autofree char *name = g_strnfill (5000, 'x');
  g_autoptr(MwExportChange) change = mw_export_change_new (MW_EXPORT_ITEM_LABEL, NULL, name);
  g_autofree char *sentence = mw_advice_describe_change (change);

  g_assert_cmpuint (strlen (sentence), <, 200);
}

static void
add (GPtrArray    *changes,
     MwExportItem  item,
     const char   *former,
     const char   *latter)
{
  g_ptr_array_add (changes, mw_export_change_new (item, former, latter));
}

static void
test_goes_without_saying (void)
{
  g_autoptr(GPtrArray) changes =
    g_ptr_array_new_with_free_func ((GDestroyNotify) mw_export_change_free);
  g_auto(GStrv) sentences = NULL;
  g_autofree char *all = NULL;

  add (changes, MW_EXPORT_ITEM_ACCOUNT, NULL, "jan@example.org");
  add (changes, MW_EXPORT_ITEM_LABEL, NULL, "jan@example.org");
  add (changes, MW_EXPORT_ITEM_INCOMING_USER, NULL, "jan@example.org");
  add (changes, MW_EXPORT_ITEM_INCOMING_AUTH, NULL, "PLAIN");
  add (changes, MW_EXPORT_ITEM_OUTGOING_USER, NULL, "other");
  add (changes, MW_EXPORT_ITEM_OUTGOING_AUTH, NULL, "oauth2");
  sentences = mw_advice_dup_changes (changes);
  all = g_strjoinv ("\n", sentences);
  g_assert_cmpstr (all, ==, "The account " Q ("jan@example.org") " is added\n"
                            "User name for sending: " Q ("other") "\n"
                            "Signing in to send: in the browser");

  /* In an account that is there already each of them is news. */
  g_clear_pointer (&sentences, g_strfreev);
  g_ptr_array_remove_index (changes, 0);
  sentences = mw_advice_dup_changes (changes);
  g_assert_cmpuint (g_strv_length (sentences), ==, 5);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/advice-change/sentences", test_sentences);
  g_test_add_func ("/advice-change/every-item", test_every_item);
  g_test_add_func ("/advice-change/too-long", test_too_long);
  g_test_add_func ("/advice-change/goes-without-saying", test_goes_without_saying);
  return g_test_run ();
}
