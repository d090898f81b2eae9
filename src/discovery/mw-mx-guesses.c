/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-mx-guesses.h"

#include <string.h>

#include "core/mw-domain.h"
#include "discovery/mw-source-guess.h"

/* After what a source was told, before the bare domain: where mail goes there
 * is a mail server, which is more than can be said of a web site. */
#define FIRST_RANK (1 << 23)

typedef struct {
  MwProtocol  protocol;
  const char *prefix;
} Guess;

static const Guess guesses[] = {
  { MW_PROTOCOL_IMAP, "imap." },
  { MW_PROTOCOL_IMAP, "mail." },
  { MW_PROTOCOL_SMTP, "smtp." },
  { MW_PROTOCOL_SMTP, "mail." },
};

static gboolean
is_someones (const char *domain)
{
  return strchr (domain, '.') != NULL && !mw_domain_is_ip_literal (domain) &&
         !mw_domain_is_public_suffix (domain);
}

char **
mw_mx_guesses_dup_domains (const char *domain,
                           const char *exchanger)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  const char *registrable, *above;

  g_return_val_if_fail (domain != NULL, NULL);
  g_return_val_if_fail (exchanger != NULL, NULL);

  if (mw_domain_is_inside (exchanger, domain))
    return g_strv_builder_end (builder);

  above = strchr (domain, '.');
  while (above != NULL && !mw_domain_is_inside (exchanger, above + 1))
    above = strchr (above + 1, '.');
  if (above != NULL && is_someones (above + 1))
    g_strv_builder_add (builder, above + 1);

  registrable = mw_domain_get_registrable (exchanger);
  if (registrable != NULL && is_someones (exchanger) &&
      (above == NULL || !g_str_equal (registrable, above + 1)))
    g_strv_builder_add (builder, registrable);

  return g_strv_builder_end (builder);
}

static void
add (GPtrArray  *candidates,
     MwProtocol  protocol,
     const char *host)
{
  static const MwSecurity securities[] = { MW_SECURITY_TLS, MW_SECURITY_STARTTLS };
  int rank = FIRST_RANK + (int) candidates->len;

  for (gsize i = 0; i < G_N_ELEMENTS (securities); i++)
    {
      g_autoptr(MwEndpoint) endpoint = mw_endpoint_new (protocol, securities[i], host, 0);

      g_ptr_array_add (candidates, mw_candidate_new (endpoint, MW_ORIGIN_MX, MW_GRADE_D, NULL,
                                                     MW_AUTH_UNKNOWN, rank));
    }
}

void
mw_mx_guesses_add (GPtrArray  *candidates,
                   const char *domain,
                   const char *exchanger)
{
  g_auto(GStrv) domains = NULL;
  g_auto(GStrv) usual = NULL;

  g_return_if_fail (candidates != NULL);
  g_return_if_fail (domain != NULL);
  g_return_if_fail (exchanger != NULL);

  domains = mw_mx_guesses_dup_domains (domain, exchanger);
  for (gsize i = 0; domains[i] != NULL; i++)
    {
      for (gsize j = 0; j < G_N_ELEMENTS (guesses); j++)
        {
          g_autofree char *name = g_strconcat (guesses[j].prefix, domains[i], NULL);
          g_autofree char *host = mw_domain_normalize (name);

          if (host != NULL)
            add (candidates, guesses[j].protocol, host);
        }
    }

  /* Guessed anyway, and with more trust than an MX record deserves. */
  usual = mw_source_guess_dup_hosts (domain);
  if (!is_someones (exchanger) || g_strv_contains ((const char * const *) usual, exchanger))
    return;

  add (candidates, MW_PROTOCOL_IMAP, exchanger);
  add (candidates, MW_PROTOCOL_SMTP, exchanger);
}
