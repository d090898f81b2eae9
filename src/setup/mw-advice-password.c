/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-advice-password.h"

#include <glib/gi18n.h>

#include "setup/mw-advice-hint.h"

static void
add_sentence (GString    *text,
              const char *sentence)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
}

char *
mw_advice_describe_password (guint       notes,
                             MwProvider *provider)
{
  g_autoptr(GString) text = g_string_new (NULL);

  if ((notes & MW_PASSWORD_NOTE_LINE_END) != 0)
    add_sentence (text, _("A line break came along with the password and is left out."));
  if ((notes & MW_PASSWORD_NOTE_BLANKS) != 0 && provider != NULL)
    {
      g_autofree char *name = mw_advice_name_provider (provider);
      /* Translators: %s is a mail provider. */
      g_autofree char *sentence = g_strdup_printf (_("App passwords of %s have no blanks, so they "
                                                     "are left out."), name);

      add_sentence (text, sentence);
    }
  if ((notes & MW_PASSWORD_NOTE_EDGES) != 0)
    add_sentence (text, _("The password begins or ends with a blank. If that is not meant, "
                          "remove it."));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What kind of password it is follows from the first hint about one. */
char *
mw_advice_explain_password (MwProvider *provider)
{
  for (guint i = 0; provider != NULL && i < provider->hints->len; i++)
    {
      const MwHint *hint = provider->hints->pdata[i];

      if (hint->kind == MW_HINT_KIND_APP_PASSWORD || hint->kind == MW_HINT_KIND_AUTH_CODE ||
          hint->kind == MW_HINT_KIND_SEPARATE_PASSWORD || hint->kind == MW_HINT_KIND_BRIDGE)
        return mw_advice_describe_hint (hint, provider);
    }

  return g_strdup (_("It is the password you use to read your mail in the browser. The provider "
                     "or the administrator of the domain gave it to you, or you chose it in the "
                     "customer panel. Some providers want one made for mail programs instead."));
}
