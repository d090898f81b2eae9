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

/* As a person or another program may have written it. */
#define ODD_RECORD(id, more) \
  "{ \"id\" : " id ", \"hostname\":\"imap://mail.test\"," \
  "\"httpRealm\":\"imap:\\/\\/mail.test\",\n" \
  " \"encryptedUsername\":\"U\" , \"encryptedPassword\":\"P\"" more " }"

#define ODD_STORE(next_id, records) \
  "\n{ \"logins\" : [], \"version\":3.0, \"x\":1E2, \"y\":-0.10,\n" \
  "  \"z\":18446744073709551617,\n" \
  "  \"name\":\"\\u0105\\/\\ud83d\\ude00 \\ud83d \\\\ud83d \\u0000\\udc00 \\\" \\\\\"," \
  " \"twice\":1, \"twice\":{\"logins\":[1]},\n" \
  next_id "  \"logins\": [ " records " ]  }\n"

typedef struct {
  const char *name;
  const char *before;
  const char *after;
} ChangeCase;

#define CHANGED "\"encryptedUsername\":\"new U\" , \"encryptedPassword\":\"new P\""

static const ChangeCase update_cases[] = {
  { "members",
    ODD_STORE ("", ODD_RECORD ("1", ", \"encType\":0, \"timePasswordChanged\" : 1.5e3")),
    ODD_STORE ("", "{ \"id\" : 1, \"hostname\":\"imap://mail.test\","
               "\"httpRealm\":\"imap:\\/\\/mail.test\",\n " CHANGED
               ", \"encType\":1, \"timePasswordChanged\" : 2000 }") },
  { "members-that-were-not-there",
    ODD_STORE ("", ODD_RECORD ("1", "") " , 7,{}"),
    ODD_STORE ("", "{\"timePasswordChanged\":2000,\"encType\":1, \"id\" : 1, "
               "\"hostname\":\"imap://mail.test\",\"httpRealm\":\"imap:\\/\\/mail.test\",\n "
               CHANGED " } , 7,{}") },
};

static const ChangeCase remove_cases[] = {
  { "only", ODD_STORE ("", ODD_RECORD ("1", "")), ODD_STORE ("", "") },
  { "first", ODD_STORE ("", ODD_RECORD ("1", "") " ,\n{\"a\":1.0 }"),
    ODD_STORE ("", "{\"a\":1.0 }") },
  { "middle", ODD_STORE ("", "1e1 ,\n" ODD_RECORD ("1", "") " ,\t2e2"),
    ODD_STORE ("", "1e1 ,\t2e2") },
  { "last", ODD_STORE ("", "[ 1.0] ,\n" ODD_RECORD ("1", "")), ODD_STORE ("", "[ 1.0]") },
};

static void
check_text (MwThunderbirdLogins *logins,
            const char          *expected)
{
  gsize size;
  g_autofree char *data = mw_thunderbird_logins_to_data (logins, &size);
  g_autoptr(MwThunderbirdLogins) again = parse (data);

  g_assert_cmpstr (data, ==, expected);
  g_assert_cmpuint (size, ==, strlen (expected));
  g_assert_nonnull (again);
}

static void
test_update_text (gconstpointer user_data)
{
  const ChangeCase *test = user_data;
  g_autoptr(MwThunderbirdLogins) logins = parse (test->before);
  g_autoptr(GPtrArray) found = mw_thunderbird_logins_find (logins, "imap://mail.test");

  g_assert_cmpuint (found->len, ==, 1);
  check_text (logins, test->before);
  mw_thunderbird_logins_update (logins, found->pdata[0], "new U", "new P", 2000);
  check_text (logins, test->after);
}

static void
test_remove_text (gconstpointer user_data)
{
  const ChangeCase *test = user_data;
  g_autoptr(MwThunderbirdLogins) logins = parse (test->before);
  g_autoptr(GPtrArray) found = mw_thunderbird_logins_find (logins, "imap://mail.test");

  g_assert_cmpuint (found->len, ==, 1);
  mw_thunderbird_logins_remove (logins, found->pdata[0]);
  check_text (logins, test->after);
}

/* The number of the next record, however odd what is there. */
static void
test_next_id (void)
{
  static const struct {
    const char *before;
    const char *records;
    int         id;
  } cases[] = {
    { "\"nextId\":7,", "", 7 },
    { "\"nextId\":7,", "{\"id\":7},{\"id\":12}", 13 },
    { "\"nextId\": 0 ,", "", 1 },
    { "\"nextId\":-5,", "{\"id\":-9}", 1 },
    { "\"nextId\":\"9\",", "{\"id\":\"8\"}", 1 },
    { "\"nextId\":null,", "{\"id\":2}", 3 },
    { "\"nextId\":9223372036854775807,", "{\"id\":9007199254740993}", 1 },
    { "\"nextId\":1e400,", "{\"id\":[]}", 1 },
    { "", "", 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *before = g_strdup_printf ("{%s\"logins\":[%s]}", cases[i].before,
                                                 cases[i].records);
      g_autoptr(MwThunderbirdLogins) logins = parse (before);
      g_autoptr(GPtrArray) found = NULL;
      g_autofree char *data = NULL;
      g_autoptr(JsonNode) root = NULL;
      gsize size;

      mw_thunderbird_logins_add (logins, "imap://mail.test", "u", "p", 1);
      found = mw_thunderbird_logins_find (logins, "imap://mail.test");
      g_assert_cmpint (json_object_get_int_member (found->pdata[0], "id"), ==, cases[i].id);
      data = mw_thunderbird_logins_to_data (logins, &size);
      root = json_from_string (data, NULL);
      g_assert_nonnull (root);
      g_assert_cmpint (json_object_get_int_member (json_node_get_object (root), "nextId"), ==,
                       cases[i].id + 1);
      g_assert_nonnull (strstr (data, cases[i].records));
    }
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
    "{\"logins\":[]} {}", "{\"logins\":[],}", "{\"logins\":[1,]}", "{\"logins\":[01]}",
    "{\"logins\":[.5]}", "{\"logins\":[\"\\x41\"]}", "{\"logins\":[\"\n\"]}",
    "{\"logins\":[] /* a comment */}", "{logins:[]}", "{\"logins\":[\"\xff\"]}",
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
  for (gsize i = 0; i < G_N_ELEMENTS (update_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/thunderbird-logins/update/", update_cases[i].name,
                                           NULL);

      g_test_add_data_func (path, &update_cases[i], test_update_text);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (remove_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/thunderbird-logins/remove/", remove_cases[i].name,
                                           NULL);

      g_test_add_data_func (path, &remove_cases[i], test_remove_text);
    }
  g_test_add_func ("/thunderbird-logins/next-id", test_next_id);
  g_test_add_func ("/thunderbird-logins/find", test_find);
  g_test_add_func ("/thunderbird-logins/add", test_add);
  g_test_add_func ("/thunderbird-logins/update-and-remove", test_update_and_remove);
  g_test_add_func ("/thunderbird-logins/new-store", test_new_store);
  g_test_add_func ("/thunderbird-logins/damaged", test_damaged);
  return g_test_run ();
}
