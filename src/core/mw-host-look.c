/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-host-look.h"

#include <string.h>

#include "core/mw-domain.h"

/* Those that are written together in China, Japan and Korea; Latin letters go
 * with each. */
enum {
  LATIN = 1,
  HAN = 2,
  KANA = 4,
  HANGUL = 8,
  BOPOMOFO = 16,
};

static gboolean
scripts_go_together (guint scripts)
{
  return (scripts & ~(LATIN | HAN | KANA)) == 0 || (scripts & ~(LATIN | HAN | HANGUL)) == 0 ||
         (scripts & ~(LATIN | HAN | BOPOMOFO)) == 0;
}

/* Returns: a bit for each script that may stand beside others, 0 for none */
static guint
get_script_bit (GUnicodeScript script)
{
  switch ((int) script)
    {
    case G_UNICODE_SCRIPT_LATIN:
      return LATIN;
    case G_UNICODE_SCRIPT_HAN:
      return HAN;
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
      return KANA;
    case G_UNICODE_SCRIPT_HANGUL:
      return HANGUL;
    case G_UNICODE_SCRIPT_BOPOMOFO:
      return BOPOMOFO;
    default:
      return 0;
    }
}

static gboolean
label_can_be_read (const char *label)
{
  GUnicodeScript other = G_UNICODE_SCRIPT_COMMON;
  guint scripts = 0;

  for (const char *p = label; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      GUnicodeScript script = g_unichar_get_script (c);

      if (c != '-' && c != 0x30fb && !g_unichar_isalnum (c) && !g_unichar_ismark (c))
        return FALSE;
      if (script == G_UNICODE_SCRIPT_COMMON || script == G_UNICODE_SCRIPT_INHERITED)
        continue;

      if (get_script_bit (script) != 0)
        scripts |= get_script_bit (script);
      else if (other == G_UNICODE_SCRIPT_COMMON || other == script)
        other = script;
      else
        return FALSE;
    }

  return other != G_UNICODE_SCRIPT_COMMON ? scripts == 0 : scripts_go_together (scripts);
}

/* Letters that can be taken for Latin ones in small print, and the top-level
 * domains at whose place people know them as their own. */
static const struct {
  GUnicodeScript  script;
  const char     *letters;
  const char     *homes;
} imitations[] = {
  { G_UNICODE_SCRIPT_CYRILLIC,
    "\u0430\u0433\u0435\u043e\u043f\u0440\u0441\u0443\u0445\u044a\u044b\u044c\u044e"
    "\u0455\u0456\u0458\u0461\u0475\u04bb\u04bd\u04cf\u0501\u050d\u0517\u051b\u051d",
    ".bg.by.kg.kz.mk.mn.rs.ru.su.tj.ua.uz." },
  { G_UNICODE_SCRIPT_GREEK,
    "\u03b1\u03b7\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c9", ".cy.gr." },
  { G_UNICODE_SCRIPT_ARMENIAN,
    "\u0561\u0563\u0566\u0567\u056c\u0570\u0575\u0578\u057d\u0582\u0585", ".am." },
  { G_UNICODE_SCRIPT_GEORGIAN, "\u10d8\u10dd\u10e7\u10eb\u10ee\u10fd\u10ff", ".ge." },
  { G_UNICODE_SCRIPT_HEBREW, "\u05d3\u05d5\u05d7\u05d9\u05df\u05e1\u05f0\u05f2", ".il." },
};

static gboolean
is_at_home (gsize       i,
            const char *top_level)
{
  g_autofree char *word = g_strdup_printf (".%s.", top_level);

  return strstr (imitations[i].homes, word) != NULL ||
         g_unichar_get_script (g_utf8_get_char (top_level)) == imitations[i].script;
}

/* Digits and hyphens are the same in all of them. */
static gboolean
label_imitates (const char *label,
                const char *top_level)
{
  for (gsize i = 0; i < G_N_ELEMENTS (imitations); i++)
    {
      gboolean any = FALSE;
      const char *p;

      for (p = label; *p != '\0'; p = g_utf8_next_char (p))
        {
          gunichar c = g_utf8_get_char (p);

          if (g_unichar_get_script (c) == G_UNICODE_SCRIPT_COMMON)
            continue;
          if (g_utf8_strchr (imitations[i].letters, -1, c) == NULL)
            break;
          any = TRUE;
        }
      if (any && *p == '\0')
        return !is_at_home (i, top_level);
    }

  return FALSE;
}

static MwHostLook
judge_letters (const char *letters)
{
  g_auto(GStrv) labels = g_strsplit (letters, ".", -1);
  guint n_labels = g_strv_length (labels);
  MwHostLook look = MW_HOST_LOOK_PLAIN;

  for (guint i = 0; i < n_labels; i++)
    {
      if (!label_can_be_read (labels[i]))
        return MW_HOST_LOOK_UNREADABLE;
      if (i + 1 < n_labels && label_imitates (labels[i], labels[n_labels - 1]))
        look = MW_HOST_LOOK_IMITATION;
      else if (!g_str_is_ascii (labels[i]))
        look = MAX (look, MW_HOST_LOOK_LETTERS);
    }

  return look;
}

MwHostLook
mw_host_look_judge (const char  *name,
                    char       **out_letters)
{
  g_autofree char *letters = NULL;
  g_autofree char *back = NULL;
  MwHostLook look;

  g_return_val_if_fail (name != NULL, MW_HOST_LOOK_UNREADABLE);

  if (out_letters != NULL)
    *out_letters = NULL;

  /* An A-label can be made to decode to anything, to broken UTF-8 or to marks
   * that change how the rest is read. */
  letters = g_hostname_to_unicode (name);
  if (letters == NULL || !g_utf8_validate (letters, -1, NULL))
    return MW_HOST_LOOK_UNREADABLE;
  back = mw_domain_normalize (letters);
  if (g_strcmp0 (back, name) != 0)
    return MW_HOST_LOOK_UNREADABLE;

  look = judge_letters (letters);
  if (out_letters != NULL && look <= MW_HOST_LOOK_LETTERS)
    *out_letters = g_steal_pointer (&letters);
  return look;
}
