/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-host-markup.h"

#include <string.h>

#include "core/mw-domain.h"
#include "core/mw-host-look.h"

/* Unicode Standard Annex #9; a name reads from left to right in any text. */
#define LEFT_TO_RIGHT_ISOLATE "\u2066"
#define END_OF_ISOLATE "\u2069"

/* Both forms have the same number of labels. */
static const char *
find_last_labels (const char *name,
                  guint       n_labels)
{
  const char *p = name + strlen (name);

  while (p > name)
    {
      if (p[-1] == '.' && --n_labels == 0)
        break;
      p--;
    }

  return p;
}

static guint
count_labels (const char *name)
{
  guint n_labels = 1;

  for (; *name != '\0'; name++)
    n_labels += *name == '.';

  return n_labels;
}

static char *
make_form (const char *name,
           guint       n_registered)
{
  const char *tail = n_registered > 0 ? find_last_labels (name, n_registered)
                                      : name + strlen (name);
  g_autofree char *start = g_markup_escape_text (name, tail - name);
  g_autofree char *end = g_markup_escape_text (tail, -1);

  /* Where a long name is broken, a hyphen would be read as a part of it. */
  return g_strdup_printf (LEFT_TO_RIGHT_ISOLATE "<span insert_hyphens=\"false\">%s<b>%s</b></span>"
                          END_OF_ISOLATE, start, end);
}

char *
mw_host_markup_new (const char *host)
{
  const char *registered;
  g_autofree char *letters = NULL;
  g_autofree char *ascii = NULL;
  g_autofree char *shown = NULL;
  guint n_registered;

  g_return_val_if_fail (host != NULL, NULL);

  registered = mw_domain_get_registrable (host);
  n_registered = registered != NULL ? count_labels (registered) : 0;
  letters = mw_domain_to_unicode (host);
  ascii = make_form (host, n_registered);
  if (g_str_equal (letters, host))
    return g_steal_pointer (&ascii);

  shown = make_form (letters, n_registered);
  return g_strdup_printf ("%s (%s)", shown, ascii);
}

gboolean
mw_host_markup_is_unreadable (const char *host)
{
  g_return_val_if_fail (host != NULL, FALSE);

  return mw_host_look_judge (host, NULL) > MW_HOST_LOOK_LETTERS;
}
