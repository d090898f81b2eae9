/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-address.h"

#include "core/mw-error.h"

#define A64 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define A60 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

typedef struct {
  const char *typed;
  const char *text;      /* NULL: refused with error */
  const char *display;   /* NULL: the same as text */
  int         error;
} Case;

static const Case cases[] = {
  { "jan@example.test", "jan@example.test" },
  { "  jan@example.test \n", "jan@example.test" },
  { "<jan@example.test>", "jan@example.test" },
  { "mailto:jan@example.test", "jan@example.test" },
  { "MAILTO:jan@example.test", "jan@example.test" },
  { "Jan.Kowalski+work@Example.TEST", "Jan.Kowalski+work@example.test" },
  { "jan@example.test.", "jan@example.test" },
  { "jan@a.b.c.example.test", "jan@a.b.c.example.test" },
  { "o'neil!#$%&*/=?^_`{|}~-@example.test", "o'neil!#$%&*/=?^_`{|}~-@example.test" },
  { "1@2.example.test", "1@2.example.test" },
  { "zażółć@example.test", "zażółć@example.test" },
  { "jan@żółw.test", "jan@xn--w-uga1v8h.test", "jan@żółw.test" },
  { "jan@ŻÓŁW.TEST", "jan@xn--w-uga1v8h.test", "jan@żółw.test" },
  { "jan@xn--w-uga1v8h.test", "jan@xn--w-uga1v8h.test", "jan@żółw.test" },
  { "jan@例え。テスト", "jan@xn--r8jz45g.xn--zckzah", "jan@例え.テスト" },
  { "jan@żółw｡test", "jan@xn--w-uga1v8h.test", "jan@żółw.test" },
  { "jan＠ｅｘａｍｐｌｅ．ｔｅｓｔ", "jan@example.test" },
  { "jan@z\u0307o\u0301\u0142w.test", "jan@xn--w-uga1v8h.test", "jan@żółw.test" },
  { "JAN@XN--W-UGA1V8H.TEST", "JAN@xn--w-uga1v8h.test", "JAN@żółw.test" },
  { "jan@exаmple.test", "jan@xn--exmple-4nf.test" },
  { A64 "@example.test", A64 "@example.test" },

  { "", NULL, NULL, MW_ADDRESS_ERROR_EMPTY },
  { "   ", NULL, NULL, MW_ADDRESS_ERROR_EMPTY },
  { "mailto:", NULL, NULL, MW_ADDRESS_ERROR_EMPTY },
  { "jan", NULL, NULL, MW_ADDRESS_ERROR_NO_AT },
  { "jan.example.test", NULL, NULL, MW_ADDRESS_ERROR_NO_AT },
  { "jan@jan@example.test", NULL, NULL, MW_ADDRESS_ERROR_TWO_AT },
  { "jan＠@example.test", NULL, NULL, MW_ADDRESS_ERROR_TWO_AT },
  { "jan@@example.test", NULL, NULL, MW_ADDRESS_ERROR_TWO_AT },
  { "jan kowalski@example.test", NULL, NULL, MW_ADDRESS_ERROR_BLANK },
  { "jan@example .test", NULL, NULL, MW_ADDRESS_ERROR_BLANK },
  { "jan@exam\tple.test", NULL, NULL, MW_ADDRESS_ERROR_BLANK },
  { "jan\r\nRCPT TO:x@example.test", NULL, NULL, MW_ADDRESS_ERROR_BLANK },
  { "ja\xc2\xa0n@example.test", NULL, NULL, MW_ADDRESS_ERROR_BLANK },
  { "ja\xe2\x80\x8bn@example.test", NULL, NULL, MW_ADDRESS_ERROR_BLANK },
  { "ja\xe2\x80\xaen@example.test", NULL, NULL, MW_ADDRESS_ERROR_BLANK },
  { "@example.test", NULL, NULL, MW_ADDRESS_ERROR_NO_LOCAL_PART },
  { "@", NULL, NULL, MW_ADDRESS_ERROR_NO_LOCAL_PART },
  { "jan@", NULL, NULL, MW_ADDRESS_ERROR_NO_DOMAIN },
  { ".jan@example.test", NULL, NULL, MW_ADDRESS_ERROR_BAD_LOCAL_PART },
  { "jan.@example.test", NULL, NULL, MW_ADDRESS_ERROR_BAD_LOCAL_PART },
  { "ja..n@example.test", NULL, NULL, MW_ADDRESS_ERROR_BAD_LOCAL_PART },
  { "\"jan\"@example.test", NULL, NULL, MW_ADDRESS_ERROR_BAD_LOCAL_PART },
  { "jan(x)@example.test", NULL, NULL, MW_ADDRESS_ERROR_BAD_LOCAL_PART },
  { "jan\\@example.test", NULL, NULL, MW_ADDRESS_ERROR_BAD_LOCAL_PART },
  { "jan\xff@example.test", NULL, NULL, MW_ADDRESS_ERROR_BAD_LOCAL_PART },
  { "jan@example", NULL, NULL, MW_ADDRESS_ERROR_BAD_DOMAIN },
  { "jan@example..test", NULL, NULL, MW_ADDRESS_ERROR_BAD_DOMAIN },
  { "jan@.example.test", NULL, NULL, MW_ADDRESS_ERROR_BAD_DOMAIN },
  { "jan@-example.test", NULL, NULL, MW_ADDRESS_ERROR_BAD_DOMAIN },
  { "jan@example-.test", NULL, NULL, MW_ADDRESS_ERROR_BAD_DOMAIN },
  { "jan@exa_mple.test", NULL, NULL, MW_ADDRESS_ERROR_BAD_DOMAIN },
  { "jan@exa%6dple.test", NULL, NULL, MW_ADDRESS_ERROR_BAD_DOMAIN },
  { "jan@example.test:993", NULL, NULL, MW_ADDRESS_ERROR_BAD_DOMAIN },
  { "jan@192.0.2.1", NULL, NULL, MW_ADDRESS_ERROR_BAD_DOMAIN },
  { "jan@[192.0.2.1]", NULL, NULL, MW_ADDRESS_ERROR_BAD_DOMAIN },
  { "jan@" A64 ".test", NULL, NULL, MW_ADDRESS_ERROR_BAD_DOMAIN },
  { "a" A64 "@example.test", NULL, NULL, MW_ADDRESS_ERROR_TOO_LONG },
  {
    A64 "@" A60 "." A60 "." A60 "." "aaaaaaa.test",
    NULL, NULL, MW_ADDRESS_ERROR_TOO_LONG,
  },
  { "imaps://imap.example.test", NULL, NULL, MW_ADDRESS_ERROR_URI },
  { "https://mail.example.test/inbox", NULL, NULL, MW_ADDRESS_ERROR_URI },
  { "imap://jan@example.test", NULL, NULL, MW_ADDRESS_ERROR_URI },
};

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autoptr(MwAddress) address = NULL;
  g_autoptr(MwAddress) again = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *joined = NULL;
  g_autofree char *joined_display = NULL;

  address = mw_address_parse (test->typed, &error);
  if (test->text == NULL)
    {
      g_assert_error (error, MW_ADDRESS_ERROR, test->error);
      g_assert_null (address);
      return;
    }

  g_assert_no_error (error);
  g_assert_cmpstr (mw_address_get_text (address), ==, test->text);
  g_assert_cmpstr (mw_address_get_display (address), ==,
                   test->display != NULL ? test->display : test->text);

  joined = g_strdup_printf ("%s@%s", mw_address_get_local_part (address),
                            mw_address_get_domain (address));
  g_assert_cmpstr (joined, ==, test->text);
  joined_display = g_strdup_printf ("%s@%s", mw_address_get_local_part (address),
                                    mw_address_get_domain_display (address));
  g_assert_cmpstr (joined_display, ==, mw_address_get_display (address));

  /* What is kept can be read again, in either form. */
  again = mw_address_parse (mw_address_get_display (address), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mw_address_get_text (again), ==, test->text);
}

/* The same letters, composed and not. */
static void
test_composed (void)
{
  g_autoptr(MwAddress) composed = mw_address_parse ("z\xc3\xb3@\xc3\xb3.test", NULL);
  g_autoptr(MwAddress) apart = mw_address_parse ("zo\xcc\x81@o\xcc\x81.test", NULL);

  g_assert_cmpstr (mw_address_get_text (composed), ==, mw_address_get_text (apart));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/address/%" G_GSIZE_FORMAT, i);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/address/composed", test_composed);

  return g_test_run ();
}
