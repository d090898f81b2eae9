/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-host-look.h"

#include "core/mw-domain.h"

typedef struct {
  const char *text;             /* in letters, or as A-labels */
  MwHostLook  look;
} Row;

#define ROW(text, look) { text, MW_HOST_LOOK_ ## look }

static const Row rows[] = {
  ROW ("mail.example.com", PLAIN),
  ROW ("1-2.example.com", PLAIN),
  ROW ("bücher.example", LETTERS),
  ROW ("mail.żółw.test", LETTERS),
  ROW ("faß.de", LETTERS),
  ROW ("李.example", LETTERS),
  ROW ("日本メール.jp", LETTERS),
  ROW ("mail日本.jp", LETTERS),
  ROW ("mail우편.kr", LETTERS),
  ROW ("пример.рф", LETTERS),
  ROW ("почта.com", LETTERS),
  ROW ("ящик1-2.com", LETTERS),
  ROW ("παράδειγμα.com", LETTERS),
  ROW ("דואר.com", LETTERS),
  ROW ("бүтээгдэхүүн.com", LETTERS),

  /* All of them look Latin */
  ROW ("аррӏе.com", IMITATION),
  ROW ("mail.аррӏе.com", IMITATION),
  ROW ("раураӏ.example", IMITATION),
  ROW ("сор.evil.com", IMITATION),
  ROW ("а1-2.com", IMITATION),
  ROW ("ικα.com", IMITATION),
  ROW ("յսոս.com", IMITATION),
  ROW ("იოყ.com", IMITATION),
  ROW ("דוח.com", IMITATION),
  /* where they are at home */
  ROW ("хор.ru", LETTERS),
  ROW ("оса.рф", LETTERS),
  ROW ("сор.бел", LETTERS),
  ROW ("ικα.gr", LETTERS),
  ROW ("ικα.ελ", LETTERS),
  ROW ("דוח.il", LETTERS),
  /* somebody else's home is none */
  ROW ("аррӏе.gr", IMITATION),
  ROW ("ικα.ru", IMITATION),

  /* Mixed within a label */
  ROW ("exаmple.com", UNREADABLE),
  ROW ("gοοgle.com", UNREADABLE),
  ROW ("почтаmail.ru", UNREADABLE),
  ROW ("почтаα.ru", UNREADABLE),
  ROW ("メール우편.jp", UNREADABLE),
  /* but not between labels */
  ROW ("почта.example.com", LETTERS),

  /* A-labels that decode to nothing, or to another name */
  ROW ("xn--bcher-kv.example", UNREADABLE),
  ROW ("xn--99999999999.example", UNREADABLE),
  ROW ("xn--exmple-4nf.test", UNREADABLE),
};

static void
test_rows (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = mw_domain_normalize (rows[i].text);
      g_autofree char *letters = NULL;
      g_autofree char *shown = NULL;

      g_test_message ("%s", rows[i].text);
      g_assert_nonnull (name);
      g_assert_cmpint (mw_host_look_judge (name, NULL), ==, rows[i].look);
      mw_host_look_judge (name, &letters);
      if (rows[i].look <= MW_HOST_LOOK_LETTERS)
        g_assert_cmpstr (letters, ==, rows[i].text);
      else
        g_assert_null (letters);

      shown = mw_domain_to_unicode (name);
      g_assert_cmpstr (shown, ==, letters != NULL ? letters : name);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/host-look/rows", test_rows);

  return g_test_run ();
}
