/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

/* What the Sign-in page says of the address while it is typed: what its
 * provider wants, and who gets the password. */

#include "config.h"

#include "app/mw-sign-in-page-private.h"

#include <glib/gi18n.h>

#include "app/mw-foreign-text.h"
#include "setup/mw-advice-hint.h"
#include "setup/mw-advice-password.h"

/* What a run for the same domain found out, by its settings document for
 * instance. */
static MwProvider *
get_found_provider (MwSignInPage *self,
                    MwAddress    *address)
{
  MwAddress *tried = self->setup != NULL ? mw_setup_get_address (self->setup) : NULL;

  if (tried == NULL || address == NULL ||
      !g_str_equal (mw_address_get_domain (tried), mw_address_get_domain (address)))
    return NULL;

  return mw_setup_get_provider (self->setup);
}

/* Where the password comes from. A page is opened only for a provider whose
 * entry is confirmed; others have none. */
static void
explain_password (MwSignInPage *self,
                  MwProvider   *provider)
{
  g_autofree char *text = mw_advice_explain_password (provider);
  const char *uri = provider != NULL && mw_provider_is_confirmed (provider) ? provider->help_uri
                                                                            : NULL;
  g_autofree char *page = uri != NULL ? mw_advice_describe_page (provider) : NULL;

  gtk_label_set_text (self->password_help_label, text);
  gtk_link_button_set_uri (self->password_help_link, uri != NULL ? uri : "");
  gtk_button_set_label (GTK_BUTTON (self->password_help_link), page != NULL ? page : "");
  gtk_widget_set_visible (GTK_WIDGET (self->password_help_link), uri != NULL);
  mw_password_note_set_provider (self->password_note, provider);
}

/* A provider that takes no password is not sent one. Servers entered by hand
 * are the person's own affair, and so is a password that stands there when a
 * mail exchanger tells of such a provider. */
static void
update_hints (MwSignInPage *self,
              MwAddress    *address,
              const char   *domain)
{
  gboolean by_hand = self->setup != NULL &&
                     mw_setup_get_servers (self->setup, MW_SIDE_INCOMING) != NULL;
  MwProvider *found = get_found_provider (self, address);
  MwProvider *chosen = self->setup != NULL ? mw_setup_get_chosen_provider (self->setup) : NULL;
  MwProvider *provider = NULL;
  gboolean by_exchanger = FALSE;
  gboolean closed = FALSE;
  gboolean hopeless = FALSE;

  if (chosen != NULL && !by_hand)
    {
      g_autofree char *keeper = NULL;

      provider = chosen;
      /* Translators: %s is a mail provider. */
      keeper = g_strdup_printf (_("You chose %s: its servers are tried first."), provider->name);
      mw_hint_card_set_provider (self->hint_card, provider, keeper);
    }
  else if (self->lookup != NULL && domain != NULL && !by_hand)
    {
      provider = mw_provider_lookup_get_provider (self->lookup);
      by_exchanger = mw_provider_lookup_is_by_exchanger (self->lookup);
      mw_hint_card_show_found (self->hint_card, self->lookup, domain);
    }
  if (provider == NULL)
    {
      mw_hint_card_set_provider (self->hint_card, by_hand ? NULL : found, NULL);
      closed = found != NULL && !by_hand && !mw_provider_takes_password (found) &&
               mw_setup_get_outcome (self->setup) == MW_OUTCOME_NEED_OAUTH;
    }

  explain_password (self, provider != NULL ? provider : found);

  if (provider != NULL && mw_provider_is_confirmed (provider) &&
      (!by_exchanger || (mw_provider_lookup_is_sure (self->lookup) &&
                         !mw_sign_in_page_has_password (self))))
    {
      closed = !mw_provider_takes_password (provider);
      hopeless = mw_provider_get_hint (provider, MW_HINT_KIND_NO_IMAP) != NULL;
    }

  gtk_widget_set_visible (GTK_WIDGET (self->password_row), !closed);
  gtk_widget_set_visible (GTK_WIDGET (self->password_note_box), !closed);
  gtk_widget_set_visible (GTK_WIDGET (self->promise_label), !closed);
  gtk_widget_set_visible (self->connect_button, !closed);
  mw_elsewhere_view_set_provider (self->elsewhere_view,
                                  provider != NULL || by_hand ? provider : found, self->setup,
                                  closed);
  gtk_widget_set_visible (self->advanced_button, !hopeless);
}

/* Whose servers get the password. What a mail exchanger tells is not enough to
 * promise it: the domain may name servers of its own. */
static char *
make_keeper (MwSignInPage *self,
             const char   *domain)
{
  MwProvider *provider = NULL;

  if (self->lookup != NULL && mw_provider_lookup_is_sure (self->lookup) &&
      !mw_provider_lookup_is_by_exchanger (self->lookup))
    provider = mw_provider_lookup_get_provider (self->lookup);

  return g_strdup (provider != NULL ? provider->name : domain);
}

void
mw_sign_in_page_explain (MwSignInPage *self)
{
  g_autoptr(MwAddress) address = mw_address_parse (gtk_editable_get_text (self->address_row), NULL);
  g_autofree char *keeper = NULL;
  g_autofree char *domain = NULL;
  g_autofree char *ascii = NULL;
  g_autofree char *both = NULL;
  g_autofree char *promise = NULL;
  gboolean differ = FALSE;

  if (address != NULL)
    {
      domain = mw_foreign_text_new_host (mw_address_get_domain_display (address));
      ascii = mw_foreign_text_new_host (mw_address_get_domain (address));
      differ = !g_str_equal (domain, ascii);
      keeper = make_keeper (self, domain);
      /* Translators: the same domain in two forms, with national letters and
       * as the name service knows it. */
      both = g_strdup_printf (_("Servers know the domain %s as %s."), domain, ascii);
    }

  if (address == NULL && self->keyring_missing)
    promise = g_strdup (_("Your password is sent only to the servers of your mail provider, over "
                          "an encrypted connection."));
  else if (address == NULL)
    promise = g_strdup (_("Your password is sent only to the servers of your mail provider, over "
                          "an encrypted connection, and kept in this computer’s keyring."));
  else if (self->keyring_missing)
    /* Translators: %s is a mail provider, or the domain of the e-mail address. */
    promise = g_strdup_printf (_("Your password is sent only to the servers of %s, over an "
                                 "encrypted connection."), keeper);
  else
    /* Translators: %s is a mail provider, or the domain of the e-mail address. */
    promise = g_strdup_printf (_("Your password is sent only to the servers of %s, over an "
                                 "encrypted connection, and kept in this computer’s keyring."),
                               keeper);

  gtk_label_set_text (self->domain_label, differ ? both : "");
  gtk_widget_set_visible (GTK_WIDGET (self->domain_label), differ);
  gtk_label_set_text (self->promise_label, promise);
  update_hints (self, address, domain);
}
