/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "setup/mw-advice.h"
#include "setup/mw-json.h"
#include "setup/mw-report-text.h"

/* Words that only the sentence of this note has. */
typedef struct {
  MwNote      note;
  const char *words;
} Case;

static const Case cases[] = {
  { MW_NOTE_HELO, "EHLO" },
  { MW_NOTE_UTF8_MISSING, "international addresses" },
  { MW_NOTE_UIDL_MISSING, "UIDL" },
  { MW_NOTE_RECIPIENT_LATER, "puts off mail" },
  { MW_NOTE_FOLDERS_INCOMPLETE, "list of folders" },
};

static void
test_sentences (void)
{
  g_autoptr(GEnumClass) notes = g_type_class_ref (MW_TYPE_NOTE);

  g_assert_cmpuint (notes->n_values, ==, G_N_ELEMENTS (cases));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto(GStrv) said = mw_advice_dup_notes (1u << cases[i].note);

      g_assert_cmpuint (g_strv_length (said), ==, 1);
      g_test_message ("%s", said[0]);
      g_assert_nonnull (strstr (said[0], cases[i].words));
      g_assert_true (g_str_has_suffix (said[0], "."));
    }
}

static void
test_several (void)
{
  g_auto(GStrv) none = mw_advice_dup_notes (0);
  g_auto(GStrv) two = mw_advice_dup_notes (1u << MW_NOTE_RECIPIENT_LATER | 1u << MW_NOTE_HELO);

  g_assert_cmpuint (g_strv_length (none), ==, 0);
  g_assert_cmpuint (g_strv_length (two), ==, 2);
  g_assert_nonnull (strstr (two[0], "EHLO"));
  g_assert_nonnull (strstr (two[1], "puts off mail"));
}

/* Words that only the sentence of this note has. */
static const struct {
  MwExportNote  note;
  const char   *words;
} export_cases[] = {
  { MW_EXPORT_NOTE_DEFAULT_NOT_SET, "the account you write from" },
  { MW_EXPORT_NOTE_NOTIFICATIONS_NOT_SET, "notifications" },
  { MW_EXPORT_NOTE_LOCAL_MAIL, "On This Computer" },
  { MW_EXPORT_NOTE_FETCHES_LATER, "Send / Receive" },
  { MW_EXPORT_NOTE_BROWSER_SIGN_IN, "web page" },
  { MW_EXPORT_NOTE_CERTIFICATE_QUESTION, "ask once about the certificate" },
  { MW_EXPORT_NOTE_CERTIFICATE_KEPT, "goes on trusting" },
  { MW_EXPORT_NOTE_OPEN_QUESTION, "close that question" },
  { MW_EXPORT_NOTE_OTHER_METHOD, "way of logging in" },
  { MW_EXPORT_NOTE_AUTHORITY_OFFERED, "which this computer trusts" },
  { MW_EXPORT_NOTE_AUTHORITY_UNKNOWN, "does not trust" },
  { MW_EXPORT_NOTE_OTHER_STORE, "cannot put them" },
  { MW_EXPORT_NOTE_STAYS, "made there by hand" },
  { MW_EXPORT_NOTE_NOTIFICATIONS_SHARED, "one switch for all accounts" },
  { MW_EXPORT_NOTE_USER_SETTINGS, "user.js" },
  { MW_EXPORT_NOTE_PASSWORD_STAYS, "stays among them" },
  { MW_EXPORT_NOTE_ASKS_TWICE, "asks for the password" },
};

static void
test_export (void)
{
  g_auto(GStrv) none = mw_advice_dup_export_notes (MW_MAIL_CLIENT_EVOLUTION, 0);
  g_auto(GStrv) other = mw_advice_dup_export_notes (MW_MAIL_CLIENT_THUNDERBIRD, 1u);

  g_assert_cmpuint (g_strv_length (none), ==, 0);
  g_assert_nonnull (strstr (other[0], "Thunderbird"));
  g_assert_cmpuint (MW_N_EXPORT_NOTES, ==, G_N_ELEMENTS (export_cases));
  for (gsize i = 0; i < G_N_ELEMENTS (export_cases); i++)
    {
      g_auto(GStrv) said = mw_advice_dup_export_notes (MW_MAIL_CLIENT_EVOLUTION,
                                                       1u << export_cases[i].note);

      g_assert_cmpuint (g_strv_length (said), ==, 1);
      g_test_message ("%s", said[0]);
      g_assert_nonnull (strstr (said[0], export_cases[i].words));
      g_assert_nonnull (strstr (said[0], "Evolution"));
      g_assert_true (g_str_has_suffix (said[0], "."));
    }
}

static void
add_probe (JsonBuilder *builder,
           guint        notes)
{
  json_builder_begin_object (builder);
  mw_json_add_string (builder, "service", "imaps");
  mw_json_add_string (builder, "host", "mail.example.test");
  mw_json_add_int (builder, "port", 993);
  mw_json_add_string (builder, "outcome", "works");
  mw_json_add_string (builder, "address", "192.0.2.1");
  mw_json_add_notes (builder, "notes", notes);
  json_builder_end_object (builder);
}

static char *
write_report (guint notes)
{
  static const char * const lists[] = { "sources", "conflicts", "timeline" };
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;

  json_builder_begin_object (builder);
  mw_json_add_string (builder, "program", "Mailwright");
  mw_json_add_string (builder, "incoming", NULL);
  mw_json_add_string (builder, "outgoing", NULL);
  json_builder_set_member_name (builder, "probes");
  json_builder_begin_array (builder);
  add_probe (builder, notes);
  json_builder_end_array (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      json_builder_set_member_name (builder, lists[i]);
      json_builder_begin_array (builder);
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  return mw_report_text_new (json_node_get_object (root));
}

static void
test_report (void)
{
  g_autofree char *quiet = write_report (0);

  g_assert_null (strstr (quiet, "note"));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = write_report (1u << cases[i].note);
      const char *line = strstr (text, "  note: The server");

      g_assert_nonnull (line);
      g_assert_nonnull (strstr (line, cases[i].words));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/advice-note/sentences", test_sentences);
  g_test_add_func ("/advice-note/several", test_several);
  g_test_add_func ("/advice-note/export", test_export);
  g_test_add_func ("/advice-note/report", test_report);
  return g_test_run ();
}
