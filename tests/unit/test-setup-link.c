/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-setup-link.h"

#include <string.h>

#include "core/mw-error.h"
#include "setup/mw-inspection.h"

#define JAN "mailto-setup:jan@example.com"
#define X10 "xxxxxxxxxx"
#define X60 X10 X10 X10 X10 X10 X10
#define X250 X60 X60 X60 X60 X10

typedef struct {
  const char *text;
  /* What it says, as the writer writes it; NULL for the same. */
  const char *canonical;
} Good;

static const Good good[] = {
  /* The page's own */
  { JAN, NULL },
  { "mailto-setup:jan.kowalski@example.com?v=1&in=imaps:ssl0.ovh.net:993&"
    "out=submissions:ssl0.ovh.net:465",
    "mailto-setup:jan.kowalski@example.com?in=imaps:ssl0.ovh.net&out=submissions:ssl0.ovh.net" },
  { JAN "?in=imaps:ssl0.ovh.net&in=pop3s:ssl0.ovh.net&out=submissions:ssl0.ovh.net&"
    "out=submission:ssl0.ovh.net&prov=OVHcloud&unf=email",
    JAN "?in=imaps:ssl0.ovh.net&in=pop3s:ssl0.ovh.net&out=submissions:ssl0.ovh.net&"
    "out=submission:ssl0.ovh.net&prov=OVHcloud" },
  { "mailto-setup:@example.com?in=imaps:ssl0.ovh.net&out=submissions:ssl0.ovh.net", NULL },
  { "mailto-setup:?prov=OVHcloud&in=imaps:ssl0.ovh.net&out=submissions:ssl0.ovh.net",
    "mailto-setup:?in=imaps:ssl0.ovh.net&out=submissions:ssl0.ovh.net&prov=OVHcloud" },
  { "mailto-setup:%E6%9D%8E@b%C3%BCcher.example",
    "mailto-setup:%E6%9D%8E@xn--bcher-kva.example" },
  { "MAILTO-SETUP:jan@example.com", JAN },
  { "mailto-setup://jan@example.com/?v=1", JAN },
  { "mailto-setup:jan+shop@example.com?name=Jan%20Kowalski",
    "mailto-setup:jan+shop@example.com?name=Jan%20Kowalski" },
  { JAN "?x-campaign=7&future=1", JAN },

  /* Addresses */
  { "mailto-setup:jan@EXAMPLE.Com", JAN },
  { "mailto-setup:j%61n@ex%61mple%2Ecom", JAN },
  { "mailto-setup:jan@example.com/", JAN },
  { "mailto-setup:@example.com", NULL },
  { "mailto-setup://@example.com/", "mailto-setup:@example.com" },
  { "mailto-setup:jan@xn--bcher-kva.example", NULL },
  { "mailto-setup:jan@bu%CC%88cher.example", "mailto-setup:jan@xn--bcher-kva.example" },
  { "mailto-setup:jan@example%E3%80%82com", JAN },
  { "mailto-setup:z%C3%B3%C5%82w@example.com", NULL },
  { "mailto-setup:zo%CC%81%C5%82w@example.com", "mailto-setup:z%C3%B3%C5%82w@example.com" },
  { "mailto-setup:a%26b%2Fc!$'*=@example.com", "mailto-setup:a%26b%2Fc%21%24%27%2A=@example.com" },
  { "mailto-setup:50%2525@example.com", "mailto-setup:50%2525@example.com" },

  /* Servers */
  { JAN "?in=IMAPS:Mail.Example.COM:993", JAN "?in=imaps:mail.example.com" },
  { JAN "?IN=imap:mail.example.com&Out=submission:mail.example.com:2587",
    JAN "?in=imap:mail.example.com&out=submission:mail.example.com:2587" },
  { JAN "?in=imaps%3Amail%2Eexample.com%3A65535", JAN "?in=imaps:mail.example.com:65535" },
  { JAN "?in=imaps:mail.b%C3%BCcher.example", JAN "?in=imaps:mail.xn--bcher-kva.example" },
  { JAN "?in=pop3s:a.test&in=imap:b.test&in=imaps:c.test&in=pop3:d.test", NULL },
  { JAN "?in=imaps:" X60 "xxx.example.com", NULL },
  { JAN "?in=imaps:mail.example.com:1", NULL },
  { JAN "?in=imaps:123.example.com", NULL },
  { "mailto-setup:?in=imaps:mail.example.com", NULL },
  { "mailto-setup:?out=submission:mail.example.com", NULL },

  /* User names */
  { JAN "?unf=local", NULL },
  { JAN "?unf=LOCAL&un=jk", JAN "?unf=local&un=jk" },
  { JAN "?iun=jk&un=both", JAN "?iun=jk&oun=both" },
  { JAN "?oun=jk", NULL },
  { JAN "?iun=jk&oun=jk", JAN "?un=jk" },
  { JAN "?un=", JAN },
  { JAN "?un=DOM%5Cjan", NULL },
  { JAN "?un=" X250 "abcd", NULL },

  /* The rest */
  { JAN "?auth=app-password&out-auth=none", NULL },
  { JAN "?auth=Password", JAN "?auth=password" },
  { JAN "?auth=oauth2", NULL },
  { JAN "?auth=moonlight&client=kmail", JAN },
  { JAN "?client=Thunderbird", JAN "?client=thunderbird" },
  { JAN "?name=a+b", JAN "?name=a+b" },
  { JAN "?name=100%2525", JAN "?name=100%2525" },
  { JAN "?name=Zo%CC%81%C5%82w", JAN "?name=Z%C3%B3%C5%82w" },
  { JAN "?name=%20%20", JAN },
  { JAN "?name=" X60 "xxxx", NULL },
  { JAN "?acct=Work&prov=O%27Neil%20%26%20Co", NULL },
  { JAN "?help=https://help.example.com/mail%3Flang%3Dpl", NULL },
  { JAN "?help=https%3A%2F%2Fhelp.example.com%2F", JAN "?help=https://help.example.com/" },
  { JAN "?must=in,OUT,must,client&v=1", JAN },
  { JAN "?x-" X10 X10 X10 "=1", JAN },
  { JAN "?passwords=1&x-password=2&keys=3", JAN },
};

typedef struct {
  const char *text;
  MwLinkError code;
} Bad;

#define BAD(text, code) { text, MW_LINK_ERROR_ ## code }

static const Bad bad[] = {
  /* The page's own */
  BAD (JAN "?must=future", MUST),
  BAD (JAN "?v=2", VERSION),
  BAD (JAN "?p=hunter2", SECRET),
  BAD (JAN "?PassWord=x", SECRET),
  BAD ("mailto-setup:jan:hunter2@example.com", SECRET),
  BAD (JAN "?in=imaps:10.0.0.1", BAD_HOST),
  BAD (JAN "?in=imaps:[::1]:993", BAD_HOST),
  BAD (JAN "?in=imaps:localhost", BAD_HOST),
  BAD (JAN "?in=plain:mail.example.com", BAD_SERVER),
  BAD (JAN "?in=imaps:mail.example.com:0", BAD_PORT),
  BAD (JAN "?in=imaps:mail.example.com:65536", BAD_PORT),
  BAD (JAN "?in=imaps:mail.example.com:0993", BAD_PORT),
  BAD (JAN "?name=%E2%80%AEnaj", FORBIDDEN_CHAR),
  BAD (JAN "?name=a%0Ab", FORBIDDEN_CHAR),
  BAD (JAN "?name=%FF", NOT_UTF8),
  BAD (JAN "?name=%zz", BAD_ESCAPE),
  BAD (JAN "?name=a&name=b", DUPLICATE),
  BAD (JAN "?v=1&amp;in=imaps:mail.example.com", DAMAGED),
  BAD (JAN "#x", FRAGMENT),
  BAD (JAN "?name=" X60 "xxxxx", TOO_LONG),
  BAD (JAN "?in=imaps:a.test&in=imaps:b.test&in=imaps:c.test&in=imaps:d.test&in=imaps:e.test",
       TOO_MANY),
  BAD ("mailto-setup:", EMPTY),
  BAD ("mailto-setup:jan", BAD_ADDRESS),

  /* No link */
  BAD ("", SCHEME),
  BAD ("mailto-setup", SCHEME),
  BAD ("mailto:jan@example.com", SCHEME),
  BAD (" mailto-setup:jan@example.com", SCHEME),

  /* Secrets, hidden or together with something else */
  BAD (JAN "?v=2&must=x&pw=hunter2#", SECRET),
  BAD (JAN "?v=1&%70%61SS=hunter2", SECRET),
  BAD (JAN "?v=1&amp;password=hunter2", SECRET),
  BAD (JAN "?password", SECRET),
  BAD (JAN "?pass%20word=hunter2", SECRET),
  BAD (JAN "?pass\r\n word=hunter2", SECRET),
  BAD (JAN "?%zz=1&token=hunter2", SECRET),
  BAD (JAN "#access_token=hunter2", SECRET),
  BAD (JAN "&refresh_token=hunter2", SECRET),
  BAD (JAN "?name=x?code=hunter2", SECRET),
  BAD ("mailto-setup:jan%3Ahunter2@example.com", SECRET),
  BAD ("mailto-setup://jan:hunter2@example.com/?v=2", SECRET),
  BAD ("mailto-setup:?secret=hunter2", SECRET),

  /* The form of it */
  BAD (JAN " ", DAMAGED),
  BAD ("mailto-setup:jan@b\xc3\xbc" "cher.example", DAMAGED),
  BAD (JAN "\x7f", DAMAGED),
  BAD (JAN "?", DAMAGED),
  BAD (JAN "?v=1&", DAMAGED),
  BAD (JAN "?v=1&&name=x", DAMAGED),
  BAD (JAN "?v", DAMAGED),
  BAD (JAN "?=1", DAMAGED),
  BAD (JAN "?na_me=x", DAMAGED),
  BAD (JAN "?n%61me=x", DAMAGED),
  BAD (JAN "?%2570assword=x", DAMAGED),
  BAD (JAN "?name=a=b", DAMAGED),
  BAD (JAN "?name=<b>", DAMAGED),
  BAD (JAN "?name=[x]", DAMAGED),
  BAD (JAN "?name=%", BAD_ESCAPE),
  BAD (JAN "?name=%4", BAD_ESCAPE),
  BAD (JAN "?name=a%00b", FORBIDDEN_CHAR),
  BAD (JAN "?name=%C2%85", FORBIDDEN_CHAR),
  BAD (JAN "?name=%E2%80%A8", FORBIDDEN_CHAR),
  BAD (JAN "?name=a%E2%80%8Bb", FORBIDDEN_CHAR),
  BAD (JAN "?name=%EF%BB%BFb", FORBIDDEN_CHAR),
  BAD (JAN "?name=%E2%81%A6b", FORBIDDEN_CHAR),
  BAD (JAN "?name=%D8%9Cb", FORBIDDEN_CHAR),
  BAD (JAN "?future=%E2%80%AE", FORBIDDEN_CHAR),
  BAD (JAN "?x-a=%0D", FORBIDDEN_CHAR),
  BAD (JAN "?x-a=%C0%AF", NOT_UTF8),
  BAD (JAN "?name=%ED%A0%80", NOT_UTF8),
  BAD (JAN "?future=1&Future=2", DUPLICATE),
  BAD (JAN "?x-a=1&x-a=1", DUPLICATE),
  BAD (JAN "?unf=email&UNF=email", DUPLICATE),
  BAD (JAN "?x-" X10 X10 X10 "a=1", TOO_LONG),
  BAD ("mailto-setup:?v=1", EMPTY),
  BAD ("mailto-setup:?prov=OVHcloud", EMPTY),
  BAD ("mailto-setup:///", EMPTY),

  /* A newer link may be anything, as long as it is one */
  BAD (JAN "?v=", VERSION),
  BAD (JAN "?v=01", VERSION),
  BAD (JAN "?v=1&v=2", VERSION),
  BAD (JAN "?name=%E2%80%AE&in=gopher:x&v=2", VERSION),
  BAD (JAN "?must=v,future&in=gopher:x", MUST),
  BAD (JAN "?must=", MUST),
  BAD (JAN "?must=in,", MUST),
  BAD (JAN "?must=x-campaign", MUST),

  /* Addresses */
  BAD ("mailto-setup:@", BAD_ADDRESS),
  BAD ("mailto-setup:jan@", BAD_ADDRESS),
  BAD ("mailto-setup:jan@example", BAD_ADDRESS),
  BAD ("mailto-setup:jan@localhost", BAD_ADDRESS),
  BAD ("mailto-setup:jan@mail.localhost", BAD_ADDRESS),
  BAD ("mailto-setup:jan@example.com.", BAD_ADDRESS),
  BAD ("mailto-setup:jan@example..com", BAD_ADDRESS),
  BAD ("mailto-setup:jan@10.0.0.1", BAD_ADDRESS),
  BAD ("mailto-setup:jan@-example.com", BAD_ADDRESS),
  BAD ("mailto-setup:jan@exam_ple.com", BAD_ADDRESS),
  BAD ("mailto-setup:jan@" X60 "xxxx.com", BAD_ADDRESS),
  BAD ("mailto-setup:jan@a@example.com", BAD_ADDRESS),
  BAD ("mailto-setup:jan%40a@example.com", BAD_ADDRESS),
  BAD ("mailto-setup:jan%40example.com", BAD_ADDRESS),
  BAD ("mailto-setup:jan%EF%BC%A0a@example.com", BAD_ADDRESS),
  BAD ("mailto-setup:%3Cjan@example.com%3E", BAD_ADDRESS),
  BAD ("mailto-setup:.jan@example.com", BAD_ADDRESS),
  BAD ("mailto-setup:j..an@example.com", BAD_ADDRESS),
  BAD ("mailto-setup:%20jan@example.com", BAD_ADDRESS),
  BAD ("mailto-setup:jan/x@example.com", BAD_ADDRESS),
  BAD ("mailto-setup:jan,x@example.com", BAD_ADDRESS),
  BAD ("mailto-setup:jan&x@example.com", BAD_ADDRESS),
  BAD ("mailto-setup:" X60 "xxxxx@example.com", BAD_ADDRESS),
  BAD ("mailto-setup:jan%00@example.com", FORBIDDEN_CHAR),
  BAD ("mailto-setup:jan%E2%80%AE@example.com", FORBIDDEN_CHAR),
  BAD ("mailto-setup:jan%FF@example.com", NOT_UTF8),
  BAD ("mailto-setup:jan%zz@example.com", BAD_ESCAPE),
  BAD ("mailto-setup:jan@ex%E2%80%8Dample.com", FORBIDDEN_CHAR),

  /* Servers */
  BAD (JAN "?in=", BAD_SERVER),
  BAD (JAN "?in=imaps", BAD_SERVER),
  BAD (JAN "?in=mail.example.com", BAD_SERVER),
  BAD (JAN "?in=:mail.example.com", BAD_SERVER),
  BAD (JAN "?in=%20imaps:mail.example.com", BAD_SERVER),
  BAD (JAN "?in=imap+plain:mail.example.com", BAD_SERVER),
  BAD (JAN "?in=submissions:mail.example.com", BAD_SERVER),
  BAD (JAN "?out=imaps:mail.example.com", BAD_SERVER),
  BAD (JAN "?out=submission+plain:mail.example.com", BAD_SERVER),
  BAD (JAN "?in=imaps:", BAD_HOST),
  BAD (JAN "?in=imaps:mail", BAD_HOST),
  BAD (JAN "?in=imaps:mail.example.com.", BAD_HOST),
  BAD (JAN "?in=imaps:mail..com", BAD_HOST),
  BAD (JAN "?in=imaps:.mail.com", BAD_HOST),
  BAD (JAN "?in=imaps:1.2.3", BAD_HOST),
  BAD (JAN "?in=imaps:2130706433", BAD_HOST),
  BAD (JAN "?in=imaps:0x7f.1", BAD_HOST),
  BAD (JAN "?in=imaps:127.0x1", BAD_HOST),
  BAD (JAN "?in=imaps:10%2E0%2E0%2E1", BAD_HOST),
  BAD (JAN "?in=imaps:%EF%BC%91%EF%BC%90.0.0.1", BAD_HOST),
  BAD (JAN "?in=imaps:fe80::1", BAD_HOST),
  BAD (JAN "?in=imaps:evil.localhost", BAD_HOST),
  BAD (JAN "?in=imaps:LOCALHOST.localdomain", BAD_HOST),
  BAD (JAN "?in=imaps:mail_1.example.com", BAD_HOST),
  BAD (JAN "?in=imaps:mail.example.com%20", BAD_HOST),
  BAD (JAN "?in=imaps:jan@example.com", BAD_HOST),
  BAD (JAN "?in=imaps:example.com/x", BAD_HOST),
  BAD (JAN "?in=imaps:" X60 "xxxx.example.com", BAD_HOST),
  BAD (JAN "?in=imaps:" X60 "." X60 "." X60 "." X60 "." X10, BAD_HOST),
  BAD (JAN "?in=imaps:xn--bcher-kv.example", BAD_HOST),
  BAD (JAN "?in=imaps:xn--mail-.example", BAD_HOST),
  BAD (JAN "?in=imaps:xn--a-ecp.ru", BAD_HOST),
  BAD (JAN "?in=imaps:xn--Bcher-Kva.xn--99999999999", BAD_HOST),
  BAD (JAN "?in=imaps:ma%E2%80%8Dil.example.com", FORBIDDEN_CHAR),
  BAD (JAN "?in=imaps:mail.example.com:", BAD_PORT),
  BAD (JAN "?in=imaps:mail.example.com:993:1", BAD_PORT),
  BAD (JAN "?in=imaps:mail.example.com:-1", BAD_PORT),
  BAD (JAN "?in=imaps:mail.example.com:+993", BAD_PORT),
  BAD (JAN "?in=imaps:mail.example.com:0x3e1", BAD_PORT),
  BAD (JAN "?in=imaps:mail.example.com:99999999999999999999", BAD_PORT),

  /* Values */
  BAD (JAN "?unf=both", BAD_VALUE),
  BAD (JAN "?out-auth=plain", BAD_VALUE),
  BAD (JAN "?help=http://help.example.com/", BAD_VALUE),
  BAD (JAN "?help=javascript:alert(1)", BAD_VALUE),
  BAD (JAN "?help=https://example.com@evil.test/", BAD_VALUE),
  BAD (JAN "?help=https://127.0.0.1/", BAD_VALUE),
  BAD (JAN "?help=https:///x", BAD_VALUE),
  BAD (JAN "?un=" X250 "abcde", TOO_LONG),
};

static MwSetupLink *
parse (const char  *text,
       GError     **error)
{
  return mw_setup_link_parse (text, strlen (text), error);
}

static void
test_good (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(MwSetupLink) link = parse (good[i].text, &error);
      g_autoptr(MwSetupLink) back = NULL;
      g_autofree char *written = NULL;

      g_test_message ("%s", good[i].text);
      g_assert_no_error (error);
      written = mw_setup_link_to_string (link);
      g_assert_cmpstr (written, ==, good[i].canonical != NULL ? good[i].canonical : good[i].text);
      back = parse (written, &error);
      g_assert_no_error (error);
      g_assert_true (mw_setup_link_equal (link, back));
    }
}

static void
test_bad (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(MwSetupLink) link = parse (bad[i].text, &error);

      g_test_message ("%s", bad[i].text);
      g_assert_null (link);
      g_assert_error (error, MW_LINK_ERROR, (int) bad[i].code);
      g_assert_null (strstr (error->message, "hunter2"));
    }
}

/* Every field by itself, as the rest of the program sees it. */
static void
test_fields (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MwSetupLink) link =
    parse ("mailto-setup:jan@b%C3%BCcher.example?in=imap:a.test&in=pop3s:b.test:1995&"
           "out=submissions:c.test&unf=local&iun=in%20user&oun=out&auth=app-password&"
           "out-auth=none&name=Jan&acct=Work&prov=O%27Neil&help=https://h.test/x&"
           "client=evolution&future=1&x-quiet=2&Other-Key=3", &error);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autofree char *address = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (link->local_part, ==, "jan");
  g_assert_cmpstr (link->domain, ==, "xn--bcher-kva.example");
  address = mw_setup_link_get_address (link);
  g_assert_cmpstr (address, ==, "jan@xn--bcher-kva.example");
  g_assert_cmpuint (link->incoming->len, ==, 2);
  first = mw_endpoint_to_string (link->incoming->pdata[0]);
  g_assert_cmpstr (first, ==, "imap:a.test:143");
  second = mw_endpoint_to_string (link->incoming->pdata[1]);
  g_assert_cmpstr (second, ==, "pop3s:b.test:1995");
  g_assert_cmpuint (link->outgoing->len, ==, 1);
  third = mw_endpoint_to_string (link->outgoing->pdata[0]);
  g_assert_cmpstr (third, ==, "submissions:c.test:465");
  g_assert_true (link->user_is_local_part);
  g_assert_cmpstr (link->incoming_user, ==, "in user");
  g_assert_cmpstr (link->outgoing_user, ==, "out");
  g_assert_cmpint (link->auth, ==, MW_LINK_AUTH_APP_PASSWORD);
  g_assert_true (link->outgoing_without_login);
  g_assert_cmpstr (link->sender_name, ==, "Jan");
  g_assert_cmpstr (link->account_name, ==, "Work");
  g_assert_cmpstr (link->provider_name, ==, "O'Neil");
  g_assert_cmpstr (link->help_uri, ==, "https://h.test/x");
  g_assert_cmpstr (link->client, ==, "evolution");
  g_assert_cmpuint (link->ignored->len, ==, 2);
  g_assert_cmpstr (link->ignored->pdata[0], ==, "future");
  g_assert_cmpstr (link->ignored->pdata[1], ==, "other-key");
}

static void
assert_length (gsize length,
               int   code)
{
  g_autoptr(GString) text = g_string_new (JAN "?x-a=");
  g_autoptr(MwSetupLink) link = NULL;
  g_autoptr(GError) error = NULL;

  while (text->len < length)
    g_string_append_c (text, 'a');
  link = mw_setup_link_parse (text->str, text->len, &error);
  if (code < 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, MW_LINK_ERROR, code);
}

static void
assert_params (guint n,
               int   code)
{
  g_autoptr(GString) text = g_string_new (JAN "?v=1");
  g_autoptr(MwSetupLink) link = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 1; i < n; i++)
    g_string_append_printf (text, "&x-%u=%u", i, i);
  link = mw_setup_link_parse (text->str, text->len, &error);
  if (code < 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, MW_LINK_ERROR, code);
}

static void
test_limits (void)
{
  g_autofree char *huge = g_strnfill (1024 * 1024, '&');
  g_autofree char *secret = g_strconcat (JAN "?", huge, "password=hunter2", NULL);
  g_autoptr(MwSetupLink) link = NULL;
  g_autoptr(GError) error = NULL;

  assert_length (MW_SETUP_LINK_MAX, -1);
  assert_length (MW_SETUP_LINK_MAX + 1, MW_LINK_ERROR_TOO_LONG);
  assert_length (1024 * 1024, MW_LINK_ERROR_TOO_LONG);
  assert_params (32, -1);
  assert_params (33, MW_LINK_ERROR_TOO_MANY);

  /* Whoever sent a password in a link of any length has to hear of it. */
  link = parse (secret, &error);
  g_assert_error (error, MW_LINK_ERROR, MW_LINK_ERROR_SECRET);
}

/* A link is what is between its ends, whatever stands behind it in memory. */
static void
test_not_terminated (void)
{
  static const char text[] = "mailto-setup:jan@example.com?in=imaps:a.testXXXX\0&p=x";
  g_autoptr(GError) error = NULL;
  g_autoptr(MwSetupLink) part = mw_setup_link_parse (text, strlen (text) - 4, &error);
  g_autofree char *written = mw_setup_link_to_string (part);

  g_assert_no_error (error);
  g_assert_cmpstr (written, ==, JAN "?in=imaps:a.test");
  g_clear_pointer (&part, mw_setup_link_unref);
  part = mw_setup_link_parse (text, strlen (text) + 1, &error);
  g_assert_error (error, MW_LINK_ERROR, MW_LINK_ERROR_DAMAGED);
  g_clear_error (&error);
  part = mw_setup_link_parse (text, sizeof text - 1, &error);
  g_assert_error (error, MW_LINK_ERROR, MW_LINK_ERROR_SECRET);
}

/* What cannot be read back is not written. */
static void
test_unwritable (void)
{
  g_autoptr(MwSetupLink) empty = mw_setup_link_new ();
  g_autoptr(MwSetupLink) plain = parse (JAN, NULL);
  g_autoptr(MwSetupLink) number = parse (JAN, NULL);
  g_autoptr(MwSetupLink) five = parse (JAN, NULL);
  g_autoptr(MwSetupLink) name = parse (JAN, NULL);
  g_autoptr(MwSetupLink) padded = parse (JAN, NULL);

  g_ptr_array_add (plain->incoming, mw_endpoint_parse ("imap+plain:mail.example.com"));
  g_ptr_array_add (number->incoming, mw_endpoint_parse ("imaps:10.0.0.1"));
  for (int i = 0; i < 5; i++)
    g_ptr_array_add (five->outgoing, mw_endpoint_parse ("submission:mail.example.com"));
  name->sender_name = g_strdup ("Jan\u202eKowalski");
  padded->account_name = g_strdup (" Work");

  g_assert_null (mw_setup_link_to_string (empty));
  g_assert_null (mw_setup_link_to_string (plain));
  g_assert_null (mw_setup_link_to_string (number));
  g_assert_null (mw_setup_link_to_string (five));
  g_assert_null (mw_setup_link_to_string (name));
  g_assert_null (mw_setup_link_to_string (padded));
}

static char *
make_text (GRand *rand,
           guint  max)
{
  static const gunichar letters[] = {
    'a', 'Z', '0', '-', '.', '_', '~', '+', '%', '&', '=', '?', '#', '/', ':', '@', ';', ',', '!',
    '"', '\'', '<', '>', '\\', '(', ')', '[', ']', '{', '}', '|', '^', '`', '$', '*', ' ',
    0xf3, 0x142, 0x5d0, 0x627, 0x674e, 0x1f4e7, 0x212b,
  };
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *normal = NULL;
  guint n = g_rand_int_range (rand, 1, max + 1);

  while (n-- > 0)
    g_string_append_unichar (text, letters[g_rand_int_range (rand, 0, G_N_ELEMENTS (letters))]);
  g_strstrip (text->str);
  normal = g_utf8_normalize (text->str, -1, G_NORMALIZE_NFC);
  return *normal != '\0' ? g_steal_pointer (&normal) : NULL;
}

static void
make_servers (GRand     *rand,
              GPtrArray *servers,
              gboolean   outgoing)
{
  static const char * const hosts[] = {
    "mail.example.com", "a.test", "xn--bcher-kva.example", "1.a--b.example.co.uk",
    "xn--80ak6aa92e.test",
  };

  for (int n = g_rand_int_range (rand, 0, MW_SETUP_LINK_MAX_SERVERS + 1); n > 0; n--)
    g_ptr_array_add (servers,
                     mw_endpoint_new (outgoing ? MW_PROTOCOL_SMTP
                                               : (MwProtocol) g_rand_int_range (rand, 0, 2),
                                      g_rand_int_range (rand, 0, 2),
                                      hosts[g_rand_int_range (rand, 0, G_N_ELEMENTS (hosts))],
                                      g_rand_boolean (rand) ? 0 : g_rand_int_range (rand, 1,
                                                                                    65536)));
}

static MwSetupLink *
make_link (GRand *rand)
{
  static const char * const local_parts[] = { "jan", "j+x", "a!#$%&'*/=?^_`{|}~-b", "żółw", NULL };
  static const char * const clients[] = { "evolution", "thunderbird", NULL };
  MwSetupLink *link = mw_setup_link_new ();

  if (g_rand_int_range (rand, 0, 4) > 0)
    {
      link->domain = g_strdup (g_rand_boolean (rand) ? "example.com" : "xn--w-uga1v8h.test");
      link->local_part = g_strdup (local_parts[g_rand_int_range (rand, 0, 5)]);
    }
  make_servers (rand, link->incoming, FALSE);
  make_servers (rand, link->outgoing, TRUE);
  link->user_is_local_part = g_rand_boolean (rand);
  if (g_rand_boolean (rand))
    link->incoming_user = make_text (rand, 40);
  if (g_rand_boolean (rand))
    link->outgoing_user = g_rand_boolean (rand) ? g_strdup (link->incoming_user)
                                                : make_text (rand, 40);
  link->auth = g_rand_int_range (rand, 0, 4);
  link->outgoing_without_login = g_rand_boolean (rand);
  if (g_rand_boolean (rand))
    link->sender_name = make_text (rand, MW_SETUP_LINK_MAX_TEXT);
  if (g_rand_boolean (rand))
    link->account_name = make_text (rand, MW_SETUP_LINK_MAX_TEXT);
  if (g_rand_boolean (rand))
    link->provider_name = make_text (rand, MW_SETUP_LINK_MAX_TEXT);
  if (g_rand_boolean (rand))
    link->help_uri = g_strdup ("https://help.example.com/a%20b?q=1&r=2#top");
  link->client = g_strdup (clients[g_rand_int_range (rand, 0, 3)]);
  return link;
}

static void
test_written_is_read (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (1);
  guint n_written = 0;

  for (int i = 0; i < 5000; i++)
    {
      g_autoptr(MwSetupLink) link = make_link (rand);
      g_autofree char *text = mw_setup_link_to_string (link);
      g_autoptr(MwSetupLink) back = NULL;
      g_autoptr(GError) error = NULL;

      /* Only what says nothing, or too much, may be left unwritten. */
      if (text == NULL)
        continue;
      n_written++;
      g_assert_false (g_str_has_prefix (text, "mailto-setup:/"));
      back = parse (text, &error);
      g_assert_no_error (error);
      g_assert_true (mw_setup_link_equal (link, back));
    }

  g_assert_cmpuint (n_written, >, 4500);
}

/* Cut and changed links are refused or read, but never told. */
static void
test_mutations (void)
{
  static const char link[] =
    JAN "?v=1&in=imaps:mail.example.com:993&out=submissions:mail.example.com&un=Xsecret9&"
    "name=Xsecret9&prov=%C5%BB%C3%B3%C5%82w&help=https://help.example.com/&password=Xsecret9";
  g_autoptr(GRand) rand = g_rand_new_with_seed (2);

  for (int i = 0; i < 20000; i++)
    {
      g_autofree char *text = g_strdup (link);
      g_autoptr(MwSetupLink) read = NULL;
      g_autoptr(MwSetupLink) back = NULL;
      g_autofree char *written = NULL;
      g_autoptr(GError) error = NULL;
      gsize length = i < (int) sizeof link ? (gsize) i : sizeof link - 1;

      for (int n = i < (int) sizeof link ? 0 : g_rand_int_range (rand, 1, 4); n > 0; n--)
        text[g_rand_int_range (rand, 0, sizeof link - 1)] ^= 1 << g_rand_int_range (rand, 0, 8);
      read = mw_setup_link_parse (text, length, &error);
      if (read == NULL)
        {
          g_assert_null (strstr (error->message, "Xsecret9"));
          continue;
        }
      written = mw_setup_link_to_string (read);
      g_assert_nonnull (written);
      back = parse (written, NULL);
      g_assert_true (mw_setup_link_equal (read, back));
    }
}

static MwInspection *
inspect (const char *text,
         const char *typed)
{
  g_autoptr(GBytes) content = g_bytes_new (text, strlen (text));
  g_autoptr(MwAddress) address = typed != NULL ? mw_address_parse (typed, NULL) : NULL;

  return mw_inspection_new (content, address);
}

/* Each code of a link is one of an inspection, by the same name. */
static void
test_refusals (void)
{
  g_autoptr(GEnumClass) codes = g_type_class_ref (MW_TYPE_INSPECTION_REFUSAL);

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(MwInspection) inspection = NULL;

      /* Blanks around a link are those of whoever copied it. */
      if (bad[i].code == MW_LINK_ERROR_SCHEME || g_str_has_suffix (bad[i].text, " "))
        continue;
      inspection = inspect (bad[i].text, NULL);
      g_assert_cmpint (inspection->kind, ==, MW_INSPECTION_KIND_LINK);
      g_assert_cmpint (inspection->refusal, !=, MW_INSPECTION_REFUSAL_NONE);
      g_assert_null (inspection->link);
      g_assert_null (inspection->address);
      g_assert_cmpuint (inspection->candidates->len, ==, 0);
      g_assert_nonnull (g_enum_get_value (codes, inspection->refusal));
    }
}

static const char *
get_user_name (MwInspection *inspection,
               guint         i)
{
  const char * const *names = mw_candidate_get_user_names (inspection->candidates->pdata[i]);

  return names != NULL ? names[0] : NULL;
}

static void
test_inspection (void)
{
  g_autoptr(MwInspection) one =
    inspect ("\n" JAN "?in=imaps:a.test&out=submission:b.test&oun=x&prov=P&acct=A\r\n", NULL);
  g_autoptr(MwInspection) local = inspect (JAN "?in=imaps:a.test&unf=local&auth=oauth2", NULL);
  g_autoptr(MwInspection) other = inspect (JAN "?in=imaps:a.test&unf=local", "piet@other.test");
  g_autoptr(MwInspection) company = inspect ("mailto-setup:@example.com?in=imaps:a.test&unf=local",
                                             NULL);
  g_autoptr(MwInspection) mine = inspect ("mailto-setup:@example.com?in=imaps:a.test",
                                          "eva@example.com");
  g_autoptr(MwInspection) strange = inspect ("mailto-setup:@example.com?in=imaps:a.test",
                                             "eva@other.test");
  MwCandidate *candidate;

  g_assert_cmpint (one->kind, ==, MW_INSPECTION_KIND_LINK);
  g_assert_cmpint (one->refusal, ==, MW_INSPECTION_REFUSAL_NONE);
  g_assert_cmpstr (mw_address_get_text (one->address), ==, "jan@example.com");
  g_assert_null (one->domain);
  g_assert_cmpstr (one->name, ==, "P");
  g_assert_cmpstr (one->label, ==, "A");
  g_assert_cmpuint (one->candidates->len, ==, 2);
  candidate = one->candidates->pdata[0];
  g_assert_cmpint (mw_candidate_get_grade (candidate), ==, MW_GRADE_L);
  g_assert_cmpuint (mw_candidate_get_origins (candidate), ==, 1 << MW_ORIGIN_LINK);
  g_assert_cmpint (mw_candidate_get_auth (candidate), ==, MW_AUTH_UNKNOWN);
  g_assert_null (get_user_name (one, 0));
  g_assert_cmpstr (get_user_name (one, 1), ==, "x");

  g_assert_cmpstr (get_user_name (local, 0), ==, "jan");
  g_assert_cmpint (mw_candidate_get_auth (local->candidates->pdata[0]), ==, MW_AUTH_UNKNOWN);
  g_assert_cmpstr (mw_address_get_text (other->address), ==, "piet@other.test");
  g_assert_cmpstr (get_user_name (other, 0), ==, "piet");

  g_assert_null (company->address);
  g_assert_cmpstr (company->domain, ==, "example.com");
  g_assert_cmpstr (get_user_name (company, 0), ==, "%EMAILLOCALPART%");
  g_assert_cmpstr (mw_address_get_text (mine->address), ==, "eva@example.com");
  g_assert_null (strange->address);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/setup-link/good", test_good);
  g_test_add_func ("/setup-link/bad", test_bad);
  g_test_add_func ("/setup-link/fields", test_fields);
  g_test_add_func ("/setup-link/limits", test_limits);
  g_test_add_func ("/setup-link/not-terminated", test_not_terminated);
  g_test_add_func ("/setup-link/unwritable", test_unwritable);
  g_test_add_func ("/setup-link/written-is-read", test_written_is_read);
  g_test_add_func ("/setup-link/mutations", test_mutations);
  g_test_add_func ("/setup-link/refusals", test_refusals);
  g_test_add_func ("/setup-link/inspection", test_inspection);

  return g_test_run ();
}
