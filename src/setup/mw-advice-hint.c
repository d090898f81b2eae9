/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-advice-hint.h"

#include <glib/gi18n.h>

#include "core/mw-foreign-words.h"

typedef struct {
  MwHintKind       kind;
  MwHintCondition  condition;
  const char      *text;
} HintRow;

/* A kind has one sentence for each condition that makes a difference; the
 * first row of a kind stands for the rest.
 *
 * Translators: in all these sentences {provider} stands for the name of a mail
 * provider. Keep it as it is. */
static const HintRow rows[] = {
  { MW_HINT_KIND_APP_PASSWORD, MW_HINT_CONDITION_ALWAYS,
    N_("{provider} wants an app password, not the password you use on the web. Make one on "
       "its pages and use it here.") },
  { MW_HINT_KIND_APP_PASSWORD, MW_HINT_CONDITION_TWO_STEP,
    N_("If two-step sign-in is on, {provider} wants an app password. Make one on its pages "
       "and use it here.") },
  { MW_HINT_KIND_APP_PASSWORD, MW_HINT_CONDITION_MAYBE,
    N_("{provider} may want an app password instead of the password you use on the web.") },
  { MW_HINT_KIND_AUTH_CODE, MW_HINT_CONDITION_ALWAYS,
    N_("{provider} wants an authorization code, not the password you use on the web. Get one "
       "in its web mail settings and use it here.") },
  { MW_HINT_KIND_ENABLE_IMAP, MW_HINT_CONDITION_ALWAYS,
    N_("First switch access by mail programs (IMAP or POP) on, in the web mail settings of "
       "{provider}.") },
  { MW_HINT_KIND_ENABLE_IMAP, MW_HINT_CONDITION_MAYBE,
    N_("Access by mail programs (IMAP or POP) may have to be switched on first, in the web mail "
       "settings of {provider}.") },
  { MW_HINT_KIND_ENABLE_SMTP, MW_HINT_CONDITION_ALWAYS,
    N_("First switch sending by mail programs (SMTP) on, in the web mail settings of "
       "{provider}.") },
  { MW_HINT_KIND_ENABLE_SMTP, MW_HINT_CONDITION_MAYBE,
    N_("Sending by mail programs (SMTP) may have to be switched on first, in the web mail settings "
       "of {provider}.") },
  { MW_HINT_KIND_SEPARATE_PASSWORD, MW_HINT_CONDITION_ALWAYS,
    N_("{provider} has a separate password for mail programs. Choose one on its pages and use "
       "it here.") },
  { MW_HINT_KIND_SEPARATE_PASSWORD, MW_HINT_CONDITION_MAYBE,
    N_("{provider} may want the separate password for mail programs that you chose on its "
       "pages.") },
  { MW_HINT_KIND_APPROVE_COMPUTER, MW_HINT_CONDITION_ALWAYS,
    N_("{provider} lets a computer in only after you have approved it on its pages.") },
  { MW_HINT_KIND_APPROVE_COMPUTER, MW_HINT_CONDITION_TWO_STEP,
    N_("If two-step sign-in is on, {provider} lets a computer in only after you have approved it "
       "on its pages.") },
  { MW_HINT_KIND_HOST_FROM_PANEL, MW_HINT_CONDITION_ALWAYS,
    N_("{provider} gives each customer a server of their own. If Mailwright does not find yours, "
       "look for its name in the customer panel and enter it by hand.") },
  { MW_HINT_KIND_BROWSER_SIGN_IN, MW_HINT_CONDITION_ALWAYS,
    N_("{provider} takes no passwords from mail programs, so there is none to type here. You sign "
       "in on its own page, which your mail program shows.") },
  { MW_HINT_KIND_NO_IMAP, MW_HINT_CONDITION_ALWAYS,
    N_("{provider} lets no mail programs in, so this account cannot be set up. Use the app or the "
       "web site of {provider}.") },
  { MW_HINT_KIND_BRIDGE, MW_HINT_CONDITION_ALWAYS,
    N_("{provider} works with mail programs only through its own bridge program on this computer. "
       "Start it, then enter by hand the servers, the user name and the password it shows.") },
  { MW_HINT_KIND_PAID_PLAN, MW_HINT_CONDITION_ALWAYS,
    N_("At {provider} only paying customers can use mail programs.") },
  { MW_HINT_KIND_PAID_PLAN, MW_HINT_CONDITION_MAYBE,
    N_("At {provider} mail programs may be for paying customers only.") },
  { MW_HINT_KIND_EXCHANGE, MW_HINT_CONDITION_ALWAYS,
    N_("{provider} may let only programs in that speak Exchange, not IMAP or POP.") },
  { MW_HINT_KIND_DOCUMENTATION, MW_HINT_CONDITION_ALWAYS,
    N_("{provider} has a page about setting up mail programs.") },
};

char *
mw_advice_name_provider (MwProvider *provider)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (provider != NULL, NULL);

  if (mw_provider_is_listed (provider))
    return g_strdup (provider->name);

  name = mw_foreign_words_isolate (provider->name);
  /* Translators: the quotation marks of your language around what somebody
   * else said. */
  return g_strdup_printf (_("“%s”"), name);
}

char *
mw_advice_describe_hint (const MwHint *hint,
                         MwProvider   *provider)
{
  const HintRow *row = NULL;
  g_autofree char *name = NULL;
  g_autoptr(GString) text = NULL;

  g_return_val_if_fail (hint != NULL, NULL);
  g_return_val_if_fail (provider != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (rows[i].kind == hint->kind &&
          (row == NULL || rows[i].condition == hint->condition))
        row = &rows[i];
    }
  /* There is a row for every kind; the tests walk them. */
  g_assert (row != NULL);

  text = g_string_new (_(row->text));
  name = mw_advice_name_provider (provider);
  g_string_replace (text, "{provider}", name, 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
mw_advice_describe_keeper (MwProvider *provider,
                           const char *domain,
                           gboolean    sure)
{
  g_autoptr(GString) text = NULL;

  g_return_val_if_fail (provider != NULL, NULL);
  g_return_val_if_fail (domain != NULL, NULL);

  /* Translators: {domain} stands for the domain of an e-mail address, {provider} for the name of
   * a mail provider. Keep them as they are. */
  text = g_string_new (sure ? _("Mail for {domain} is kept by {provider}.")
                            : _("Mail for {domain} may be kept by {provider}."));
  g_string_replace (text, "{provider}", provider->name, 0);
  g_string_replace (text, "{domain}", domain, 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
mw_advice_describe_page (MwProvider *provider)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (provider != NULL, NULL);

  name = mw_advice_name_provider (provider);
  /* Translators: a button that opens a web page; %s is a mail provider. */
  return g_strdup_printf (_("Open the Page of %s"), name);
}

char *
mw_advice_quote_hint (const MwHint *hint)
{
  g_autoptr(GString) text = g_string_new (NULL);

  g_return_val_if_fail (hint != NULL, NULL);

  if (hint->words != NULL)
    {
      g_autofree char *words = mw_foreign_words_isolate (hint->words);

      g_string_append_printf (text, _("“%s”"), words);
    }
  if (hint->page != NULL)
    {
      g_autofree char *page = mw_foreign_words_isolate (hint->page);

      if (text->len > 0)
        g_string_append_c (text, '\n');
      /* Translators: %s is a web address that somebody else gave; it cannot be
       * clicked. */
      g_string_append_printf (text, _("The page it names: %s"), page);
    }

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
