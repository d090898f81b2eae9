/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "probe/mw-portal.h"

#define MAX_WITNESSES 3
#define OURS "5555555555555555555555555555555555555555555555555555555555555555"
#define OTHER "7777777777777777777777777777777777777777777777777777777777777777"

/* One endpoint: where it is, and what it showed. */
typedef struct {
  const char *endpoint;
  const char *addresses;  /* NULL: not known */
  const char *sha256;     /* NULL: no TLS */
  MwOutcome   problem;    /* WORKS: trusted */
} Server;

typedef struct {
  const char *name;
  gboolean    portal;
  const char *names;      /* in the certificate */
  const char *subject;
  Server      servers[MAX_WITNESSES];
} Case;

#define SELF MW_OUTCOME_CERT_SELF_SIGNED
#define MISNAMED MW_OUTCOME_CERT_NAME

static const Case cases[] = {
  { "two-providers", TRUE, "portal.hotel.test", NULL,
    { { "imaps:imap.one.test", "203.0.113.1", OURS, MISNAMED },
      { "submissions:smtp.two.test", "203.0.113.2", OURS, MISNAMED } } },
  { "one-provider-self-signed", TRUE, NULL, "CN=gateway",
    { { "imaps:imap.one.test", "203.0.113.1", OURS, SELF },
      { "submissions:smtp.one.test", "203.0.113.2 2001:db8::2", OURS, SELF } } },
  { "found-among-others", TRUE, NULL, NULL,
    { { "imaps:pop.one.test", "203.0.113.9", OTHER, SELF },
      { "imaps:imap.one.test", "203.0.113.1", OURS, SELF },
      { "submissions:smtp.one.test", "203.0.113.2", OURS, SELF } } },

  /* The common server at home, and its kin. */
  { "one-server", FALSE, NULL, "CN=localhost",
    { { "imaps:imap.home.test", "203.0.113.1", OURS, SELF },
      { "submissions:smtp.home.test", "203.0.113.1", OURS, SELF } } },
  { "one-server-both-families", FALSE, NULL, NULL,
    { { "imaps:imap.home.test", "203.0.113.1 2001:db8::1", OURS, SELF },
      { "submissions:smtp.home.test", "2001:db8::1", OURS, SELF } } },
  { "one-server-two-domains", FALSE, NULL, NULL,
    { { "imaps:imap.one.test", "203.0.113.1", OURS, SELF },
      { "submissions:smtp.two.test", "203.0.113.1", OURS, SELF } } },
  { "one-name", FALSE, NULL, NULL,
    { { "imaps:mail.home.test", "203.0.113.1", OURS, SELF },
      { "submissions:mail.home.test", "203.0.113.2", OURS, SELF } } },
  { "literals", FALSE, NULL, NULL,
    { { "imaps:203.0.113.1", "203.0.113.1", OURS, SELF },
      { "submissions:203.0.113.2", "203.0.113.2", OURS, SELF } } },
  { "own-network", FALSE, NULL, NULL,
    { { "imaps:imap.firm.test", "10.0.0.1", OURS, SELF },
      { "submissions:smtp.firm.test", "10.0.0.2", OURS, SELF } } },
  { "addresses-unknown", FALSE, NULL, NULL,
    { { "imaps:imap.one.test", NULL, OURS, SELF },
      { "submissions:smtp.two.test", "203.0.113.2", OURS, SELF } } },

  /* Somebody had it made for these servers. */
  { "names-one-of-them", FALSE, "imap.one.test", NULL,
    { { "imaps:imap.one.test", "203.0.113.1", OURS, MW_OUTCOME_CERT_EXPIRED },
      { "submissions:smtp.two.test", "203.0.113.2", OURS, MW_OUTCOME_CERT_EXPIRED } } },
  { "names-their-domain", FALSE, "SRV1.One.test", NULL,
    { { "imaps:imap.one.test", "203.0.113.1", OURS, SELF },
      { "submissions:smtp.one.test", "203.0.113.2", OURS, SELF } } },
  { "names-it-by-wildcard", FALSE, "*.two.test", NULL,
    { { "imaps:imap.one.test", "203.0.113.1", OURS, SELF },
      { "submissions:smtp.two.test", "203.0.113.2", OURS, SELF } } },
  { "names-it-in-the-subject", FALSE, NULL, "CN=Mail.One.test",
    { { "imaps:imap.one.test", "203.0.113.1", OURS, SELF },
      { "submissions:smtp.one.test", "203.0.113.2", OURS, SELF } } },
  { "hoster", FALSE, "server12.hoster.test", NULL,
    { { "imaps:imap.one.test", "203.0.113.1", OURS, MISNAMED },
      { "submissions:smtp.one.test", "203.0.113.2", OURS, MISNAMED } } },

  /* It speaks mail. */
  { "starttls", FALSE, NULL, NULL,
    { { "imaps:imap.one.test", "203.0.113.1", OURS, SELF },
      { "submissions:smtp.two.test", "203.0.113.2", OURS, SELF },
      { "submission:smtp.two.test", "203.0.113.2", OURS, SELF } } },

  { "two-certificates", FALSE, NULL, NULL,
    { { "imaps:imap.one.test", "203.0.113.1", OURS, SELF },
      { "submissions:smtp.two.test", "203.0.113.2", OTHER, SELF } } },
  { "trusted", FALSE, NULL, NULL,
    { { "imaps:imap.one.test", "203.0.113.1", OURS, MW_OUTCOME_WORKS },
      { "submissions:smtp.two.test", "203.0.113.2", OURS, MW_OUTCOME_WORKS } } },
  { "no-tls", FALSE, NULL, NULL,
    { { "imaps:imap.one.test", "203.0.113.1", NULL, SELF },
      { "submissions:smtp.two.test", "203.0.113.2", NULL, SELF } } },
  { "alone", FALSE, NULL, NULL,
    { { "imaps:imap.one.test", "203.0.113.1", OURS, SELF } } },
};

static MwVerdict *
make_verdict (const Case   *c,
              const Server *server)
{
  g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse (server->endpoint);
  g_autoptr(MwCandidate) candidate = mw_candidate_new (endpoint, MW_ORIGIN_GUESS, MW_GRADE_G,
                                                       NULL, MW_AUTH_UNKNOWN, 0);
  gboolean trusted = server->problem == MW_OUTCOME_WORKS;
  g_autoptr(GPtrArray) chain = g_ptr_array_new_with_free_func (
    (GDestroyNotify) mw_certificate_unref);
  g_autoptr(MwCertificateReport) report = NULL;
  MwCertificate *leaf = mw_certificate_new ();
  MwVerdict *verdict = mw_verdict_new (candidate);

  g_ptr_array_add (chain, leaf);
  leaf->subject = g_strdup (c->subject);
  leaf->names = c->names != NULL ? g_strsplit (c->names, " ", -1) : NULL;
  leaf->sha256 = g_strdup (server->sha256);
  report = mw_certificate_report_new (chain, &server->problem, trusted ? 0 : 1, NULL, FALSE);
  if (server->sha256 != NULL)
    verdict->tls = mw_tls_facts_new ("TLS1.3", NULL, trusted, FALSE, report);
  return verdict;
}

static GPtrArray *
make_addresses (const char *text)
{
  g_auto(GStrv) words = text != NULL ? g_strsplit (text, " ", -1) : NULL;
  GPtrArray *addresses;

  if (words == NULL)
    return NULL;

  addresses = g_ptr_array_new_with_free_func (g_object_unref);
  for (gsize i = 0; words[i] != NULL; i++)
    g_ptr_array_add (addresses, g_inet_address_new_from_string (words[i]));
  return addresses;
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  MwPortalWitness witnesses[MAX_WITNESSES];
  const char *sha256;
  gsize n = 0;

  for (; n < MAX_WITNESSES && c->servers[n].endpoint != NULL; n++)
    {
      witnesses[n].verdict = make_verdict (c, &c->servers[n]);
      witnesses[n].addresses = make_addresses (c->servers[n].addresses);
    }

  sha256 = mw_portal_find_certificate (witnesses, n);
  g_assert_cmpstr (sha256, ==, c->portal ? OURS : NULL);

  for (gsize i = 0; i < n; i++)
    {
      mw_verdict_unref (witnesses[i].verdict);
      g_clear_pointer (&witnesses[i].addresses, g_ptr_array_unref);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/portal/certificate/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  return g_test_run ();
}
