/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gi18n.h>

#include "core/mw-domain.h"
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

char *
mw_advice_describe_browser_sign_in (MwProfile  *profile,
                                    const char *program)
{
  MwService *service;
  const char *company;

  g_return_val_if_fail (profile != NULL, NULL);
  g_return_val_if_fail (program != NULL, NULL);

  service = profile->incoming;
  if (service == NULL || service->auth != MW_AUTH_OAUTH2)
    service = profile->outgoing;
  if (service == NULL || service->auth != MW_AUTH_OAUTH2)
    return NULL;

  company = find_company (mw_endpoint_get_host (service->endpoint));
  if (company == NULL)
    /* Translators: %s is the name of a mail program. */
    return g_strdup_printf (_("%s will show your provider’s sign-in page once."), program);

  /* Translators: the name of a mail program, and of a company such as Google. */
  return g_strdup_printf (_("%s will show the sign-in page of %s once."), program, company);
}
