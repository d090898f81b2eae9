/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-share-link.h"

#include <string.h>

#include "core/mw-error.h"
#include "setup/mw-share-note.h"
#include "setup/mw-share-offer.h"

#define JAN "jan.kowalski@example.test"
#define IN "imaps:imap.example.test"
#define OUT "submissions:smtp.example.test"

typedef struct {
  const char  *server;
  const char  *user_name;
  MwAuthMethod auth;
} Side;

typedef struct {
  const char *name;
  const char *address;
  const char *label;
  const char *sender_name;
  Side        incoming;
  Side        outgoing;           /* server NULL: receive only */
  Side        alternatives[8];
  const char *links[3];           /* by MwShareAudience; NULL: a user name is in the way */
  guint       notes[3];
} Account;

#define BIT(note) (1u << MW_SHARE_NOTE_ ## note)

static const Account accounts[] = {
  { "whole-address", JAN, JAN, NULL,
    { IN, JAN, MW_AUTH_PLAIN }, { OUT, JAN, MW_AUTH_LOGIN }, { { NULL } },
    { "mailto-setup:@example.test?in=" IN "&out=" OUT,
      "mailto-setup:jan.kowalski@example.test?in=" IN "&out=" OUT,
      "mailto-setup:?in=" IN "&out=" OUT "&prov=Example%20Mail" },
    { 0, BIT (ADDRESS), 0 } },
  { "local-part", JAN, "Work", "Jan Kowalski",
    { "pop3:pop.example.test:110", "jan.kowalski", MW_AUTH_PASSWORD_COMMAND },
    { "submission:smtp.example.test:587", "jan.kowalski", MW_AUTH_CRAM_MD5 }, { { NULL } },
    { "mailto-setup:@example.test?in=pop3:pop.example.test&out=submission:smtp.example.test"
      "&unf=local",
      "mailto-setup:jan.kowalski@example.test?in=pop3:pop.example.test"
      "&out=submission:smtp.example.test&unf=local&name=Jan%20Kowalski&acct=Work",
      "mailto-setup:?in=pop3:pop.example.test&out=submission:smtp.example.test&unf=local"
      "&prov=Example%20Mail" },
    { 0, BIT (ADDRESS) | BIT (NAME), 0 } },
  { "literal", JAN, JAN, NULL, { IN, "u12345", MW_AUTH_PLAIN }, { OUT, "u12345", MW_AUTH_PLAIN },
    { { "imap:imap.example.test", "u678", MW_AUTH_PLAIN } },
    { NULL, "mailto-setup:jan.kowalski@example.test?in=" IN "&out=" OUT "&un=u12345", NULL },
    { 0, BIT (ADDRESS) | BIT (USER_NAME), 0 } },
  { "literal-outgoing", JAN, JAN, NULL,
    { IN, "jan.kowalski", MW_AUTH_PLAIN }, { OUT, "relay-17", MW_AUTH_PLAIN }, { { NULL } },
    { NULL, "mailto-setup:jan.kowalski@example.test?in=" IN "&out=" OUT "&unf=local&oun=relay-17",
      NULL },
    { 0, BIT (ADDRESS) | BIT (USER_NAME), 0 } },
  { "two-forms", JAN, JAN, NULL,
    { IN, JAN, MW_AUTH_PLAIN }, { OUT, "jan.kowalski", MW_AUTH_PLAIN }, { { NULL } },
    { NULL, "mailto-setup:jan.kowalski@example.test?in=" IN "&out=" OUT "&oun=jan.kowalski", NULL },
    { 0, BIT (ADDRESS) | BIT (USER_NAME), 0 } },
  { "no-login-to-send", JAN, JAN, NULL,
    { IN, "jan.kowalski", MW_AUTH_PLAIN }, { OUT, NULL, MW_AUTH_NONE }, { { NULL } },
    { "mailto-setup:@example.test?in=" IN "&out=" OUT "&unf=local&out-auth=none",
      "mailto-setup:jan.kowalski@example.test?in=" IN "&out=" OUT "&unf=local&out-auth=none",
      "mailto-setup:?in=" IN "&out=" OUT "&unf=local&out-auth=none&prov=Example%20Mail" },
    { 0, BIT (ADDRESS), 0 } },
  { "receive-only", JAN, JAN, NULL, { IN, JAN, MW_AUTH_OAUTH2 }, { NULL }, { { NULL } },
    { "mailto-setup:@example.test?in=" IN "&auth=oauth2",
      "mailto-setup:jan.kowalski@example.test?in=" IN "&auth=oauth2",
      "mailto-setup:?in=" IN "&auth=oauth2&prov=Example%20Mail" },
    { 0, BIT (ADDRESS), 0 } },
  { "ports", JAN, JAN, NULL,
    { IN ":143", JAN, MW_AUTH_PLAIN }, { "submission:smtp.example.test:2525", JAN, MW_AUTH_PLAIN },
    { { NULL } },
    { "mailto-setup:@example.test?in=" IN ":143&out=submission:smtp.example.test:2525",
      "mailto-setup:jan.kowalski@example.test?in=" IN ":143&out=submission:smtp.example.test:2525",
      "mailto-setup:?in=" IN ":143&out=submission:smtp.example.test:2525&prov=Example%20Mail" },
    { 0, BIT (ADDRESS), 0 } },
  { "alternatives", JAN, JAN, NULL,
    { IN, JAN, MW_AUTH_PLAIN }, { OUT, JAN, MW_AUTH_PLAIN },
    { { "submission:smtp.example.test:587", JAN, MW_AUTH_PLAIN },
      { "imap+plain:imap.example.test:143", JAN, MW_AUTH_PLAIN },
      { "pop3s:pop.example.test:995", "jan.kowalski", MW_AUTH_PLAIN },
      { "imap:imap.example.test:143", JAN, MW_AUTH_PLAIN },
      { IN, JAN, MW_AUTH_PLAIN },
      { "imaps:b.example.test", JAN, MW_AUTH_PLAIN },
      { "imaps:c.example.test", JAN, MW_AUTH_PLAIN },
      { "imaps:d.example.test", JAN, MW_AUTH_PLAIN } },
    { "mailto-setup:@example.test?in=" IN "&in=imap:imap.example.test&in=imaps:b.example.test"
      "&in=imaps:c.example.test&out=" OUT "&out=submission:smtp.example.test",
      "mailto-setup:jan.kowalski@example.test?in=" IN "&in=imap:imap.example.test"
      "&in=imaps:b.example.test&in=imaps:c.example.test&out=" OUT
      "&out=submission:smtp.example.test",
      "mailto-setup:?in=" IN "&in=imap:imap.example.test&in=imaps:b.example.test"
      "&in=imaps:c.example.test&out=" OUT "&out=submission:smtp.example.test"
      "&prov=Example%20Mail" },
    { 0, BIT (ADDRESS), 0 } },
  { "odd-letters", "zo\xc3\xab+a&b@xn--bcher-kva.example", " Poczta \xe2\x9c\x89 ", "Zoe\xcc\x88",
    { IN, "zo\xc3\xab+a&b@xn--bcher-kva.example", MW_AUTH_PLAIN }, { NULL }, { { NULL } },
    { "mailto-setup:@xn--bcher-kva.example?in=" IN,
      "mailto-setup:zo%C3%AB+a%26b@xn--bcher-kva.example?in=" IN "&name=Zo%C3%AB"
      "&acct=Poczta%20%E2%9C%89",
      "mailto-setup:?in=" IN "&prov=Example%20Mail" },
    { 0, BIT (ADDRESS) | BIT (NAME), 0 } },
  { "idn", "jan+shop@xn--bcher-kva.example", " Poczta \xe2\x9c\x89 ", "Zoe\xcc\x88",
    { IN, "jan+shop@xn--bcher-kva.example", MW_AUTH_PLAIN }, { NULL }, { { NULL } },
    { "mailto-setup:@xn--bcher-kva.example?in=" IN,
      "mailto-setup:jan+shop@xn--bcher-kva.example?in=" IN "&name=Zo%C3%AB"
      "&acct=Poczta%20%E2%9C%89",
      "mailto-setup:?in=" IN "&prov=Example%20Mail" },
    { 0, BIT (ADDRESS) | BIT (NAME), 0 } },
  { "names-that-no-link-holds", JAN, "two\nlines", "a\xe2\x80\xae" "b",
    { IN, JAN, MW_AUTH_PLAIN }, { NULL }, { { NULL } },
    { "mailto-setup:@example.test?in=" IN, "mailto-setup:jan.kowalski@example.test?in=" IN,
      "mailto-setup:?in=" IN "&prov=Example%20Mail" },
    { 0, BIT (ADDRESS), 0 } },
  { "named-after-the-person", "info@kowalski.test", "Firma", "Jan Kowalski",
    { "imaps:imap.kowalski.test", "info@kowalski.test", MW_AUTH_PLAIN }, { NULL }, { { NULL } },
    { "mailto-setup:@kowalski.test?in=imaps:imap.kowalski.test",
      "mailto-setup:info@kowalski.test?in=imaps:imap.kowalski.test&name=Jan%20Kowalski&acct=Firma",
      "mailto-setup:?in=imaps:imap.kowalski.test&prov=Example%20Mail" },
    { BIT (HIDDEN_NAME), BIT (ADDRESS) | BIT (NAME), BIT (HIDDEN_NAME) } },
};

static MwService *
make_service (const Side *side)
{
  g_autoptr(MwEndpoint) endpoint = NULL;

  if (side->server == NULL)
    return NULL;
  endpoint = mw_endpoint_parse (side->server);
  g_assert_nonnull (endpoint);
  return mw_service_new (endpoint, side->user_name, side->auth, NULL);
}

static MwProfile *
make_profile (const Account *account)
{
  MwProfile *profile = mw_profile_new ();

  profile->address = g_strdup (account->address);
  profile->label = g_strdup (account->label);
  profile->sender_name = g_strdup (account->sender_name);
  profile->description = g_strdup ("the-description");
  profile->signature = g_strdup ("the-signature");
  profile->incoming = make_service (&account->incoming);
  profile->outgoing = make_service (&account->outgoing);
  for (gsize i = 0; i < G_N_ELEMENTS (account->alternatives); i++)
    {
      if (account->alternatives[i].server != NULL)
        g_ptr_array_add (profile->alternatives, make_service (&account->alternatives[i]));
    }

  return profile;
}

static void
test_link (gconstpointer data)
{
  const Account *account = data;
  g_autoptr(MwProfile) profile = make_profile (account);

  for (int audience = 0; audience < 3; audience++)
    {
      g_autoptr(MwShareOffer) offer = NULL;
      g_autoptr(MwSetupLink) link = NULL;
      g_autoptr(MwSetupLink) back = NULL;
      g_autoptr(GError) error = NULL;

      offer = mw_share_offer_new (profile, MW_SHARE_FORM_LINK, (MwShareAudience) audience,
                                  " Example Mail");
      g_assert_cmpstr (offer->text, ==, account->links[audience]);
      if (account->links[audience] == NULL)
        {
          g_assert_true (g_error_matches (offer->error, MW_SHARE_ERROR,
                                          MW_SHARE_ERROR_USER_NAME) ||
                         g_error_matches (offer->error, MW_SHARE_ERROR, MW_SHARE_ERROR_TEXT));
          continue;
        }

      g_assert_no_error (offer->error);
      g_assert_cmphex (offer->notes, ==, account->notes[audience]);
      link = mw_share_link_new (profile, (MwShareAudience) audience,
                                audience == MW_SHARE_AUDIENCE_PROVIDER ? "Example Mail" : NULL,
                                &error);
      g_assert_no_error (error);
      back = mw_setup_link_parse (offer->text, strlen (offer->text), &error);
      g_assert_no_error (error);
      g_assert_true (mw_setup_link_equal (link, back));
      g_assert_cmpuint (back->ignored->len, ==, 0);
    }
}

static const char *
choose (const char * const *words)
{
  return words[g_test_rand_int_range (0, (gint32) g_strv_length ((char **) words))];
}

static MwService *
make_random_service (MwSide      side,
                     const char *address)
{
  static const char * const incoming[] = { "imaps", "imap", "pop3s", "pop3", NULL };
  static const char * const outgoing[] = { "submissions", "submission", NULL };
  static const char * const hosts[] = { "mail.example.test", "ssl0.ovh.net", "a.b.c.example.org",
                                        "xn--bcher-kva.example", "1.example.net", NULL };
  static const char * const names[] = { "jan", "u1", "jan%example", "a b",
                                        "\xc5\xbb\xc3\xb3\xc5\x82w", "x&un=y",
                                        "x=y?z#1", "DOM\\jan", NULL };
  static const MwAuthMethod methods[] = { MW_AUTH_PLAIN, MW_AUTH_OAUTH2, MW_AUTH_NONE,
                                          MW_AUTH_CRAM_MD5 };
  g_autofree char *server = NULL;
  g_autoptr(MwEndpoint) endpoint = NULL;
  MwAuthMethod auth = methods[g_test_rand_int_range (0, G_N_ELEMENTS (methods))];

  if (auth == MW_AUTH_NONE && side == MW_SIDE_INCOMING)
    auth = MW_AUTH_PLAIN;
  server = g_strdup_printf ("%s:%s:%d", choose (side == MW_SIDE_INCOMING ? incoming : outgoing),
                            choose (hosts), g_test_rand_int_range (1, 65536));
  endpoint = mw_endpoint_parse (server);
  g_assert_nonnull (endpoint);
  return mw_service_new (endpoint,
                         auth == MW_AUTH_NONE ? NULL
                         : g_test_rand_bit () ? address : choose (names), auth, NULL);
}

static MwProfile *
make_random_profile (void)
{
  static const char * const addresses[] = { "jan@example.test", "j.k+x@xn--bcher-kva.example",
                                            "'a=b*c!$@example.test", NULL };
  static const char * const texts[] = { "", "Work", "Jan & S\xc3\xb3nowie", "a=b&p=c", "100%",
                                        "\xe2\x80\xaegnp", "two\nlines", "\"<b>\"", NULL };
  MwProfile *profile = mw_profile_new ();

  profile->address = g_strdup (choose (addresses));
  profile->label = g_strdup (choose (texts));
  profile->sender_name = g_strdup (choose (texts));
  profile->incoming = make_random_service (MW_SIDE_INCOMING, profile->address);
  if (g_test_rand_bit ())
    profile->outgoing = make_random_service (MW_SIDE_OUTGOING, profile->address);
  for (int i = g_test_rand_int_range (0, 12); i > 0; i--)
    g_ptr_array_add (profile->alternatives,
                     make_random_service (g_test_rand_bit () ? MW_SIDE_INCOMING : MW_SIDE_OUTGOING,
                                          profile->address));

  return profile;
}

static void
assert_user (MwSetupLink *link,
             MwProfile   *profile,
             MwService   *service,
             const char  *literal)
{
  const char *at = strchr (profile->address, '@');
  g_autofree char *local_part = g_strndup (profile->address, (gsize) (at - profile->address));
  const char *name = literal != NULL ? literal
                     : link->user_is_local_part ? local_part : profile->address;

  if (service->user_name != NULL)
    g_assert_cmpstr (name, ==, service->user_name);
  else
    g_assert_true (link->outgoing_without_login);
}

/* Whatever the account: whoever reads the link gets its servers and its user
 * names, and nothing of the person who did not want it. */
static void
test_random (void)
{
  guint n_links = 0;

  for (int i = 0; i < 3000; i++)
    {
      g_autoptr(MwProfile) profile = make_random_profile ();
      MwShareAudience audience = (MwShareAudience) g_test_rand_int_range (0, 3);
      g_autoptr(MwShareOffer) offer = NULL;
      g_autoptr(MwSetupLink) back = NULL;
      g_autoptr(GError) error = NULL;

      /* Codes take their time. */
      offer = mw_share_offer_new (profile, i % 50 == 0 ? MW_SHARE_FORM_QR : MW_SHARE_FORM_LINK,
                                  audience, "A & B");
      if (offer->text == NULL)
        {
          g_assert_true (audience != MW_SHARE_AUDIENCE_PERSON);
          g_assert_error (offer->error, MW_SHARE_ERROR, MW_SHARE_ERROR_USER_NAME);
          continue;
        }

      n_links++;
      g_assert_true ((offer->qr != NULL) == (i % 50 == 0));
      back = mw_setup_link_parse (offer->text, strlen (offer->text), &error);
      g_assert_no_error (error);
      g_assert_true (mw_endpoint_equal (back->incoming->pdata[0], profile->incoming->endpoint));
      assert_user (back, profile, profile->incoming, back->incoming_user);
      g_assert_cmpuint (back->outgoing->len > 0, ==, profile->outgoing != NULL);
      if (profile->outgoing != NULL)
        {
          g_assert_true (mw_endpoint_equal (back->outgoing->pdata[0],
                                            profile->outgoing->endpoint));
          assert_user (back, profile, profile->outgoing, back->outgoing_user);
        }
      if (audience == MW_SHARE_AUDIENCE_PERSON)
        continue;

      g_assert_null (back->local_part);
      g_assert_null (back->incoming_user);
      g_assert_null (back->outgoing_user);
      g_assert_null (back->sender_name);
      g_assert_null (back->account_name);
    }
  g_assert_cmpuint (n_links, >, 1000);
}

static void
test_refused (void)
{
  static const struct {
    const char  *incoming;
    const char  *outgoing;
    const char  *address;
    const char  *user_name;
    MwShareError code;
  } cases[] = {
    { "imap+plain:imap.example.test", OUT, JAN, JAN, MW_SHARE_ERROR_CLEAR_TEXT },
    { IN, "submission+plain:smtp.example.test", JAN, JAN, MW_SHARE_ERROR_CLEAR_TEXT },
    { "imaps:192.0.2.1", OUT, JAN, JAN, MW_SHARE_ERROR_HOST },
    { "imaps:[2001:db8::1]", OUT, JAN, JAN, MW_SHARE_ERROR_HOST },
    { "imaps:localhost", OUT, JAN, JAN, MW_SHARE_ERROR_HOST },
    { IN, "submissions:relay", JAN, JAN, MW_SHARE_ERROR_HOST },
    { IN, OUT, JAN, "a\x01" "b", MW_SHARE_ERROR_TEXT },
    { NULL, OUT, JAN, JAN, MW_SHARE_ERROR_UNFINISHED },
    { IN, OUT, NULL, JAN, MW_SHARE_ERROR_UNFINISHED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Account account = {
        .address = cases[i].address, .label = "x",
        .incoming = { cases[i].incoming, cases[i].user_name, MW_AUTH_PLAIN },
        .outgoing = { cases[i].outgoing, cases[i].user_name, MW_AUTH_PLAIN },
      };
      g_autoptr(MwProfile) profile = make_profile (&account);
      g_autoptr(MwSetupLink) link = NULL;
      g_autoptr(GError) error = NULL;

      link = mw_share_link_new (profile, MW_SHARE_AUDIENCE_PERSON, NULL, &error);
      g_assert_null (link);
      g_assert_error (error, MW_SHARE_ERROR, (int) cases[i].code);
    }
}

/* What is said besides what the link has in it. */
static void
test_notes (void)
{
  g_autofree char *pin = g_strnfill (64, 'a');
  g_autoptr(MwProfile) profile = make_profile (&accounts[0]);
  g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse (IN);
  g_autoptr(MwShareOffer) link = NULL;
  g_autoptr(MwShareOffer) qr = NULL;
  g_autoptr(MwShareOffer) text = NULL;

  mw_service_free (profile->incoming);
  profile->incoming = mw_service_new (endpoint, JAN, MW_AUTH_PLAIN, pin);
  profile->own_credentials = TRUE;
  profile->sender_name = g_strdup ("Jan \xc5\xbb\xc3\xb3\xc5\x82w");
  for (int i = 0; i < 6; i++)
    {
      g_autofree char *server = g_strdup_printf ("%s:a-rather-long-name-of-a-server-%d.%s.test:1%d",
                                                 i < 3 ? "imaps" : "submissions", i,
                                                 "in-a-long-domain", i);
      Side side = { server, JAN, MW_AUTH_PLAIN };

      g_ptr_array_add (profile->alternatives, make_service (&side));
    }

  link = mw_share_offer_new (profile, MW_SHARE_FORM_LINK, MW_SHARE_AUDIENCE_DOMAIN, NULL);
  g_assert_cmphex (link->notes, ==, BIT (CERTIFICATE) | BIT (OWN_PASSWORD));
  g_assert_null (strstr (link->text, "aaaa"));
  qr = mw_share_offer_new (profile, MW_SHARE_FORM_QR, MW_SHARE_AUDIENCE_PROVIDER,
                           "Firma \xc5\xbb\xc3\xb3\xc5\x82w");
  g_assert_cmphex (qr->notes, ==, BIT (CERTIFICATE) | BIT (OWN_PASSWORD) | BIT (LONG) |
                                  BIT (HIDDEN_NAME));
  text = mw_share_offer_new (profile, MW_SHARE_FORM_TEXT, MW_SHARE_AUDIENCE_PERSON, NULL);
  g_assert_cmphex (text->notes, ==, BIT (CERTIFICATE) | BIT (ADDRESS) | BIT (NAME));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (accounts); i++)
    {
      g_autofree char *path = g_strconcat ("/share-link/", accounts[i].name, NULL);

      g_test_add_data_func (path, &accounts[i], test_link);
    }
  g_test_add_func ("/share-link/random", test_random);
  g_test_add_func ("/share-link/refused", test_refused);
  g_test_add_func ("/share-link/notes", test_notes);

  return g_test_run ();
}
