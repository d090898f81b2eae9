/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-advice-browser.h"

#include <glib/gi18n.h>

#include "core/mw-domain.h"
#include "setup/mw-advice-hint.h"
#include "setup/mw-advice.h"

/* Whose page the mail program shows, by the domain of the server. */
static const struct {
  const char *domain;
  const char *company;
} companies[] = {
  { "gmail.com", "Google" },
  { "googlemail.com", "Google" },
  { "google.com", "Google" },
  { "outlook.com", "Microsoft" },
  { "office365.com", "Microsoft" },
  { "hotmail.com", "Microsoft" },
  { "live.com", "Microsoft" },
  { "yahoo.com", "Yahoo" },
  { "aol.com", "AOL" },
  { "mail.ru", "Mail.ru" },
  { "yandex.com", "Yandex" },
  { "yandex.ru", "Yandex" },
  { "fastmail.com", "Fastmail" },
  { "comcast.net", "Comcast" },
};

static const char *
find_company (const char *host)
{
  for (gsize i = 0; i < G_N_ELEMENTS (companies); i++)
    {
      if (mw_domain_is_inside (host, companies[i].domain))
        return companies[i].company;
    }

  return NULL;
}

static char *
make_sentence (const char *company,
               const char *program)
{
  if (company == NULL)
    /* Translators: %s is the name of a mail program. */
    return g_strdup_printf (_("%s will show your provider’s sign-in page once."), program);

  /* Translators: the name of a mail program, and of a company such as Google. */
  return g_strdup_printf (_("%s will show the sign-in page of %s once."), program, company);
}

char *
mw_advice_describe_browser_sign_in (MwProfile  *profile,
                                    const char *program)
{
  MwService *service;

  g_return_val_if_fail (profile != NULL, NULL);
  g_return_val_if_fail (program != NULL, NULL);

  service = profile->incoming;
  if (service == NULL || service->auth != MW_AUTH_OAUTH2)
    service = profile->outgoing;
  if (service == NULL || service->auth != MW_AUTH_OAUTH2)
    return NULL;

  return make_sentence (find_company (mw_endpoint_get_host (service->endpoint)), program);
}

const char *
mw_advice_name_sign_in_programs (guint programs)
{
  gboolean thunderbird = (programs & (1u << MW_MAIL_CLIENT_THUNDERBIRD)) != 0;
  gboolean evolution = (programs & (1u << MW_MAIL_CLIENT_EVOLUTION)) != 0;

  if (thunderbird && evolution)
    return _("Thunderbird or Evolution");

  return evolution ? "Evolution" : "Thunderbird";
}

char *
mw_advice_describe_sign_in_page (MwProvider *provider,
                                 guint       programs)
{
  const char *company = NULL;

  g_return_val_if_fail (provider != NULL, NULL);

  for (guint i = 0; company == NULL && i < provider->servers->len; i++)
    {
      MwProviderServer *server = g_ptr_array_index (provider->servers, i);

      company = find_company (server->host);
    }

  return make_sentence (company, mw_advice_name_sign_in_programs (programs));
}

char *
mw_advice_describe_missing_program (MwProvider *provider,
                                    guint       programs)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (provider != NULL, NULL);

  name = mw_advice_name_provider (provider);
  if (programs == 0)
    /* Translators: %s is the name of a mail provider. */
    return g_strdup_printf (_("Neither Thunderbird nor Evolution has a sign-in page for %s. Ask "
                              "it which password it takes from mail programs."), name);

  /* Translators: the name of a mail provider, and "Thunderbird", "Evolution",
   * or "Thunderbird or Evolution". */
  return g_strdup_printf (_("No mail program on this computer can sign in to %s. Install %s, then "
                            "come back to this page."),
                          name, mw_advice_name_sign_in_programs (programs));
}
