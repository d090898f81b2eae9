/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "core/mw-error.h"
#include "export/mw-thunderbird-logins.h"

#define RECORD(id, origin, realm) \
  "{\"id\":" id ",\"hostname\":\"" origin "\",\"httpRealm\":\"" realm "\"," \
  "\"encryptedUsername\":\"U" id "\",\"encryptedPassword\":\"P" id "\",\"guid\":\"{" id "}\"," \
  "\"timesUsed\":9007199254740993,\"own\":{\"x\":[1,2.5,null,true,\"\305\274\"]}}"

#define STORE \
  "{\"strange\":[1],\"nextId\":2,\"logins\":[" \
  RECORD ("1", "imap://mail.test", "imap://mail.test") "," \
  RECORD ("5", "imap://mail.test", "imap://mail.test") "," \
  RECORD ("3", "imap://mail.test", "another realm") "," \
  "{\"id\":4,\"guid\":\"{4}\",\"deleted\":true},7]," \
  "\"potentiallyVulnerablePasswords\":[],\"version\":3}"

static MwThunderbirdLogins *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  MwThunderbirdLogins *logins;

  logins = mw_thunderbird_logins_parse (text, text != NULL ? strlen (text) : 0, &error);
  g_assert_no_error (error);
  return logins;
}

static void
test_keeps_everything (void)
{
  g_autoptr(MwThunderbirdLogins) logins = parse (STORE);
  gsize size;
  g_autofree char *data = mw_thunderbird_logins_to_data (logins, &size);

  g_assert_cmpstr (data, ==, STORE);
}

static void
test_find (void)
{
  g_autoptr(MwThunderbirdLogins) logins = parse (STORE);
  g_autoptr(GPtrArray) found = mw_thunderbird_logins_find (logins, "imap://mail.test");
  g_autoptr(GPtrArray) none = mw_thunderbird_logins_find (logins, "smtp://mail.test");

  g_assert_cmpuint (found->len, ==, 2);
  g_assert_cmpstr (mw_thunderbird_logins_get_user (found->pdata[0]), ==, "U1");
  g_assert_cmpstr (mw_thunderbird_logins_get_password (found->pdata[1]), ==, "P5");
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_add (void)
{
  g_autoptr(MwThunderbirdLogins) logins = parse (STORE);
  g_autoptr(GPtrArray) found = NULL;
  g_autofree char *data = NULL;
  gsize size;

  mw_thunderbird_logins_add (logins, "smtp://mail.test", "new user", "new password", 1000);
  found = mw_thunderbird_logins_find (logins, "smtp://mail.test");
  g_assert_cmpuint (found->len, ==, 1);
  /* nextId was smaller than a number in use. */
  g_assert_cmpint (json_object_get_int_member (found->pdata[0], "id"), ==, 6);
  g_assert_cmpint (json_object_get_int_member (found->pdata[0], "encType"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (found->pdata[0], "timeCreated"), ==, 1000);
  g_assert_true (json_object_get_null_member (found->pdata[0], "formSubmitURL"));
  data = mw_thunderbird_logins_to_data (logins, &size);
  g_assert_nonnull (strstr (data, "\"nextId\":7,"));
  g_assert_nonnull (strstr (data, "\"own\":{\"x\":[1,2.5,null,true,\"\305\274\"]}"));
}

static void
test_update_and_remove (void)
{
  g_autoptr(MwThunderbirdLogins) logins = parse (STORE);
  g_autoptr(GPtrArray) found = mw_thunderbird_logins_find (logins, "imap://mail.test");
  g_autoptr(GPtrArray) left = NULL;

  mw_thunderbird_logins_update (logins, found->pdata[1], "user", "password", 2000);
  mw_thunderbird_logins_remove (logins, found->pdata[0]);
  left = mw_thunderbird_logins_find (logins, "imap://mail.test");
  g_assert_cmpuint (left->len, ==, 1);
  g_assert_cmpstr (mw_thunderbird_logins_get_password (left->pdata[0]), ==, "password");
  g_assert_cmpint (json_object_get_int_member (left->pdata[0], "id"), ==, 5);
  g_assert_cmpint (json_object_get_int_member (left->pdata[0], "timePasswordChanged"), ==, 2000);
}

static void
test_new_store (void)
{
  g_autoptr(MwThunderbirdLogins) logins = parse (NULL);
  g_autofree char *data = NULL;
  gsize size;

  mw_thunderbird_logins_add (logins, "imap://mail.test", "u", "p", 1);
  data = mw_thunderbird_logins_to_data (logins, &size);
  g_assert_true (g_str_has_prefix (data, "{\"nextId\":2,\"logins\":[{\"id\":1,"));
  g_assert_true (g_str_has_suffix (data, "\"version\":3}"));
}

static void
test_damaged (void)
{
  static const char *const texts[] = {
    "", "{", "[]", "null", "{}", "{\"logins\":{}}", "{\"logins\":[{\"id\":1,", "no JSON",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (mw_thunderbird_logins_parse (texts[i], strlen (texts[i]), &error));
      g_assert_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_DAMAGED);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/thunderbird-logins/keeps-everything", test_keeps_everything);
  g_test_add_func ("/thunderbird-logins/find", test_find);
  g_test_add_func ("/thunderbird-logins/add", test_add);
  g_test_add_func ("/thunderbird-logins/update-and-remove", test_update_and_remove);
  g_test_add_func ("/thunderbird-logins/new-store", test_new_store);
  g_test_add_func ("/thunderbird-logins/damaged", test_damaged);
  return g_test_run ();
}
