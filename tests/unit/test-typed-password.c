/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "setup/mw-advice-password.h"
#include "setup/mw-typed-password.h"

typedef struct {
  const char *text;
  guint       length;      /* of the provider's app passwords, 0 for no provider */
  const char *password;    /* NULL for none */
  guint       notes;
} Row;

static const Row rows[] = {
  { "", 0, NULL, 0 },
  { "", 16, NULL, 0 },
  { "hunter2", 0, "hunter2", 0 },
  { "hunter2\n", 0, "hunter2", MW_PASSWORD_NOTE_LINE_END },
  { "\r\nhunter2\r\n", 0, "hunter2", MW_PASSWORD_NOTE_LINE_END },
  { "\n\r\n", 0, NULL, MW_PASSWORD_NOTE_LINE_END },
  { "one\ntwo", 0, "one\ntwo", 0 },
  { " hunter2", 0, " hunter2", MW_PASSWORD_NOTE_EDGES },
  { "hunter2 ", 16, "hunter2 ", MW_PASSWORD_NOTE_EDGES },
  { "hunter2\t\n", 0, "hunter2\t", MW_PASSWORD_NOTE_EDGES | MW_PASSWORD_NOTE_LINE_END },
  { "hunter2\xc2\xa0", 0, "hunter2\xc2\xa0", MW_PASSWORD_NOTE_EDGES },
  { " ", 0, " ", MW_PASSWORD_NOTE_EDGES },
  /* Only what has exactly the form of an app password is changed. */
  { "abcd efgh ijkl mnop", 16, "abcdefghijklmnop", MW_PASSWORD_NOTE_BLANKS },
  { " abcd efgh ijkl mnop\n", 16, "abcdefghijklmnop",
    MW_PASSWORD_NOTE_BLANKS | MW_PASSWORD_NOTE_LINE_END },
  { "abcd\xc2\xa0" "efgh\xc2\xa0ijkl\xc2\xa0mnop", 16, "abcdefghijklmnop",
    MW_PASSWORD_NOTE_BLANKS },
  { "abcdefghijklmnop", 16, "abcdefghijklmnop", 0 },
  { "abcd efgh ijkl mnop", 0, "abcd efgh ijkl mnop", 0 },
  { "abcd efgh ijkl mno", 16, "abcd efgh ijkl mno", 0 },
  { "abcd efgh ijkl mnopq", 16, "abcd efgh ijkl mnopq", 0 },
  { "abcd efgh-ijkl mnop", 16, "abcd efgh-ijkl mnop", 0 },
  { "abcd efgh ijkl mno\xc3\xb3", 16, "abcd efgh ijkl mno\xc3\xb3", 0 },
  { "correct horse battery", 16, "correct horse battery", 0 },
};

static MwProvider *
make_provider (guint length)
{
  MwProvider *provider;

  if (length == 0)
    return NULL;

  provider = mw_provider_new ("mail");
  provider->name = g_strdup ("Mail");
  provider->app_password_length = length;
  return provider;
}

static void
test_read (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(MwProvider) provider = make_provider (rows[i].length);
      guint notes = G_MAXUINT;
      g_autoptr(MwSecret) secret = mw_typed_password_read (rows[i].text, provider, &notes);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpstr (secret != NULL ? mw_secret_peek (secret) : NULL, ==, rows[i].password);
      g_assert_cmpuint (notes, ==, rows[i].notes);
    }
}

static void
test_sentences (void)
{
  g_autoptr(MwProvider) provider = make_provider (16);
  g_autofree char *nothing = mw_advice_describe_password (0, provider);
  g_autofree char *all = mw_advice_describe_password (MW_PASSWORD_NOTE_LINE_END |
                                                      MW_PASSWORD_NOTE_BLANKS |
                                                      MW_PASSWORD_NOTE_EDGES, provider);
  g_autofree char *usual = mw_advice_explain_password (provider);
  g_autofree char *special = NULL;

  g_assert_cmpstr (nothing, ==, "");
  g_assert_nonnull (strstr (all, "line break"));
  g_assert_nonnull (strstr (all, "App passwords of Mail have no blanks"));
  g_assert_nonnull (strstr (all, "begins or ends"));

  g_assert_nonnull (strstr (usual, "in the browser"));
  g_ptr_array_add (provider->hints, mw_hint_new (MW_HINT_KIND_ENABLE_IMAP,
                                                 MW_HINT_CONDITION_ALWAYS, NULL));
  g_ptr_array_add (provider->hints, mw_hint_new (MW_HINT_KIND_SEPARATE_PASSWORD,
                                                 MW_HINT_CONDITION_ALWAYS, NULL));
  special = mw_advice_explain_password (provider);
  g_assert_nonnull (strstr (special, "separate password"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/typed-password/read", test_read);
  g_test_add_func ("/typed-password/sentences", test_sentences);

  return g_test_run ();
}
