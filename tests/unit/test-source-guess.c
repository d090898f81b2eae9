/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "discovery/mw-source-guess.h"

static void
on_found_cb (MwSource  *source,
             GPtrArray *candidates,
             gpointer   user_data)
{
  GPtrArray **found = user_data;

  g_assert_null (*found);
  *found = g_ptr_array_ref (candidates);
}

static void
on_result_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GAsyncResult **out = user_data;

  *out = g_object_ref (result);
}

static char *
describe (MwCandidate *candidate)
{
  g_autofree char *endpoint = mw_endpoint_to_string (mw_candidate_get_endpoint (candidate));

  g_assert_null (mw_candidate_get_user_names (candidate));
  g_assert_cmpuint (mw_candidate_get_origins (candidate), ==, 1u << MW_ORIGIN_GUESS);
  return g_strdup_printf ("%s %s",
                          mw_enum_to_nick (MW_TYPE_GRADE, mw_candidate_get_grade (candidate)),
                          endpoint);
}

static void
test_all (void)
{
  static const char * const wanted[] = {
    "G imaps:imap.example.test:993", "G imap:imap.example.test:143",
    "G imaps:mail.example.test:993", "G imap:mail.example.test:143",
    "D imaps:example.test:993", "D imap:example.test:143",
    "G pop3s:pop3.example.test:995", "G pop3:pop3.example.test:110",
    "G pop3s:pop.example.test:995", "G pop3:pop.example.test:110",
    "G pop3s:mail.example.test:995", "G pop3:mail.example.test:110",
    "D pop3s:example.test:995", "D pop3:example.test:110",
    "G submissions:smtp.example.test:465", "G submission:smtp.example.test:587",
    "G submissions:mail.example.test:465", "G submission:mail.example.test:587",
    "D submissions:example.test:465", "D submission:example.test:587",
  };
  g_autoptr(MwSource) source = mw_source_guess_new ();
  g_autoptr(MwAddress) address = mw_address_parse ("jan@example.test", NULL);
  g_autoptr(GPtrArray) found = NULL;
  g_autoptr(GPtrArray) answer = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  g_signal_connect (source, "found", G_CALLBACK (on_found_cb), &found);
  mw_source_find_async (source, address, NULL, on_result_cb, &result);
  g_assert_nonnull (found);
  g_assert_null (result);

  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  answer = mw_source_find_finish (source, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (answer->len, ==, G_N_ELEMENTS (wanted));
  g_assert_cmpuint (found->len, ==, answer->len);

  for (guint i = 0; i < answer->len; i++)
    {
      g_autofree char *text = describe (g_ptr_array_index (answer, i));

      g_assert_cmpstr (text, ==, wanted[i]);
    }
}

static void
test_long_domain (void)
{
  g_autofree char *label = g_strnfill (60, 'a');
  g_autofree char *domain = NULL;
  g_auto(GStrv) hosts = NULL;

  /* 249 octets: room for nothing below it but the domain itself. */
  domain = g_strdup_printf ("%s.%s.%s.%s.test", label, label, label, label);
  g_assert_cmpuint (strlen (domain), ==, 248);
  hosts = mw_source_guess_dup_hosts (domain);
  g_assert_cmpuint (g_strv_length (hosts), ==, 6);

  g_clear_pointer (&hosts, g_strfreev);
  g_free (domain);
  domain = g_strdup_printf ("%s.%s.%s.%s.a.test", label, label, label, label);
  hosts = mw_source_guess_dup_hosts (domain);
  g_assert_cmpuint (g_strv_length (hosts), ==, 1);
  g_assert_cmpstr (hosts[0], ==, domain);
}

static void
test_cancelled (void)
{
  g_autoptr(MwSource) source = mw_source_guess_new ();
  g_autoptr(MwAddress) address = mw_address_parse ("jan@example.test", NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GPtrArray) found = NULL;
  g_autoptr(GPtrArray) answer = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_signal_connect (source, "found", G_CALLBACK (on_found_cb), &found);
  mw_source_find_async (source, address, cancellable, on_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  answer = mw_source_find_finish (source, result, &error);
  g_assert_null (answer);
  g_assert_null (found);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/source-guess/all", test_all);
  g_test_add_func ("/source-guess/long-domain", test_long_domain);
  g_test_add_func ("/source-guess/cancelled", test_cancelled);

  return g_test_run ();
}
