/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/mw-domain.h"
#include "discovery/mw-provider-table.h"

static MwProviderTable *
read_table (const char  *text,
            gboolean     built_in,
            gboolean     whole)
{
  g_autoptr(MwProviderTable) table = mw_provider_table_new ();
  g_autoptr(GError) error = NULL;

  g_assert_true (mw_provider_table_add (table, text, strlen (text), built_in, &error) == whole);
  g_assert_true (whole == (error == NULL));
  return g_steal_pointer (&table);
}

static MwProvider *
find_domain (MwProviderTable *table,
             const char      *domain,
             gboolean         confirmed)
{
  GPtrArray *matches = mw_provider_table_lookup_domain (table, domain);
  MwProviderMatch *match;

  g_assert_nonnull (matches);
  match = g_ptr_array_index (matches, 0);
  g_assert_true (match->confirmed == confirmed);
  return match->provider;
}

static char *
join_mx (MwProviderTable *table,
         const char      *host)
{
  GPtrArray *matches = mw_provider_table_lookup_mx (table, host);
  g_autoptr(GString) ids = g_string_new (NULL);

  for (guint i = 0; matches != NULL && i < matches->len; i++)
    {
      MwProviderMatch *match = g_ptr_array_index (matches, i);

      g_string_append_printf (ids, "%s%s%s", i > 0 ? " " : "", match->provider->id,
                              match->confirmed ? "" : "?");
    }

  return g_string_free (g_steal_pointer (&ids), FALSE);
}

static const char whole_entry[] =
  "[mail]\nName=Poczta Łąka\nCountry=PL;\nGrade=A\nDomains=laka.test;\n"
  "DomainCandidates=maybe.test;\nMx=mx.laka.test;\nMxCandidates=host.test;\n"
  "MxExcept=vps.mx.laka.test;\nImap=imap.laka.test:993:tls;imap.laka.test:143:starttls;\n"
  "Pop3=pop.laka.test:995:tls;\nSmtp=smtp.laka.test:465:tls;\n"
  "ImapCandidates=other.laka.test:993:tls;{mx}:993:tls;\n"
  "UserName=local;full;\nUserNameSmtp={local}@laka.test;\nAuth=password;oauth2;\n"
  "Steps=enable-imap;app-password:two-step;\nPopMinutes=15\nAppPasswordLength=16\n"
  "Help=https://laka.test/pomoc\n"
  "Help-enable-imap=https://laka.test/imap\nSource=ispdb;\n";

static void
test_whole_entry (void)
{
  g_autoptr(MwProviderTable) table = read_table (whole_entry, TRUE, TRUE);
  MwProvider *provider = find_domain (table, "laka.test", TRUE);
  g_auto(GStrv) incoming = NULL;
  g_auto(GStrv) outgoing = NULL;
  MwProviderServer *server;

  g_assert_cmpstr (provider->id, ==, "mail");
  g_assert_cmpstr (provider->name, ==, "Poczta Łąka");
  g_assert_cmpstr (provider->initials, ==, "PŁ");
  g_assert_cmpint (provider->grade, ==, 'A');
  g_assert_cmpuint (provider->pop_minutes, ==, 15);
  g_assert_cmpuint (provider->app_password_length, ==, 16);
  g_assert_cmpuint (provider->auth, ==, MW_PROVIDER_AUTH_PASSWORD | MW_PROVIDER_AUTH_OAUTH2);
  g_assert_true (mw_provider_takes_password (provider));

  g_assert_cmpuint (provider->servers->len, ==, 6);
  server = g_ptr_array_index (provider->servers, 1);
  g_assert_cmpstr (server->host, ==, "imap.laka.test");
  g_assert_cmpuint (server->port, ==, 143);
  g_assert_true (server->confirmed);
  g_assert_cmpint (server->security, ==, MW_SECURITY_STARTTLS);
  server = g_ptr_array_index (provider->servers, 2);
  g_assert_cmpstr (server->host, ==, "other.laka.test");
  g_assert_false (server->confirmed);
  server = g_ptr_array_index (provider->servers, 3);
  g_assert_cmpstr (server->host, ==, "{mx}");
  g_assert_false (server->confirmed);

  incoming = mw_provider_dup_user_names (provider, MW_PROTOCOL_IMAP, "jan", "laka.test");
  g_assert_cmpstr (incoming[0], ==, "jan");
  g_assert_cmpstr (incoming[1], ==, "jan@laka.test");
  g_assert_null (incoming[2]);
  outgoing = mw_provider_dup_user_names (provider, MW_PROTOCOL_SMTP, "jan", "maybe.test");
  g_assert_cmpstr (outgoing[0], ==, "jan@laka.test");
  g_assert_null (outgoing[1]);

  g_assert_cmpstr (mw_provider_get_hint (provider, MW_HINT_KIND_ENABLE_IMAP)->uri, ==,
                   "https://laka.test/imap");
  g_assert_cmpstr (mw_provider_get_hint (provider, MW_HINT_KIND_APP_PASSWORD)->uri, ==,
                   "https://laka.test/pomoc");
  g_assert_cmpint (mw_provider_get_hint (provider, MW_HINT_KIND_APP_PASSWORD)->condition, ==,
                   MW_HINT_CONDITION_TWO_STEP);
  g_assert_null (mw_provider_get_hint (provider, MW_HINT_KIND_BRIDGE));

  g_assert_true (find_domain (table, "maybe.test", FALSE) == provider);
  g_assert_null (mw_provider_table_lookup_domain (table, "www.laka.test"));
}

/* What others wrote is a candidate, however it grades itself, and its web
 * addresses are not opened. */
static void
test_from_others (void)
{
  g_autoptr(MwProviderTable) table = read_table (whole_entry, FALSE, TRUE);
  MwProvider *provider = find_domain (table, "laka.test", FALSE);

  g_assert_false (mw_provider_is_confirmed (provider));
  g_assert_cmpint (provider->grade, ==, 'D');
  g_assert_null (provider->help_uri);
  g_assert_null (mw_provider_get_hint (provider, MW_HINT_KIND_ENABLE_IMAP)->uri);
  for (guint i = 0; i < provider->servers->len; i++)
    g_assert_false (((MwProviderServer *) g_ptr_array_index (provider->servers, i))->confirmed);
}

static void
test_weak_entry (void)
{
  g_autoptr(MwProviderTable) table =
    read_table ("[c]\nName=C\nGrade=C\nDomains=c.test;\nImap=imap.c.test:993:tls;\n"
                "Help=https://c.test/\nSteps=enable-imap;\nSource=ispdb;\n", TRUE, TRUE);
  MwProvider *provider = find_domain (table, "c.test", FALSE);

  g_assert_false (((MwProviderServer *) g_ptr_array_index (provider->servers, 0))->confirmed);
  g_assert_null (mw_provider_get_hint (provider, MW_HINT_KIND_ENABLE_IMAP)->uri);
}

static void
test_mistakes (void)
{
  static const char * const lines[] = {
    "Name=\n", "Name=a\tb\n", "Grade=F\n", "Grade=AB\n", "Source=\n",
    "Domains=Upper.test;\n", "Domains=a b.test;\n", "Domains=192.0.2.1;\n", "Domains=single;\n",
    "Domains=żółw.test;\n", "Mx=.test;\n", "Imap=imap.x.test:993;\n", "Imap=imap.x.test:0:tls;\n",
    "Imap=imap.x.test:70000:tls;\n", "Imap=imap.x.test:993:none;\n", "Imap=192.0.2.1:993:tls;\n",
    "Imap={mx}.x.test:993:tls;\n", "Smtp=smtp x.test:465:tls;\n", "UserName=nobody;\n",
    "UserName={local}{domain};\n", "Auth=biometric;\n", "Steps=dance;\n",
    "Steps=enable-imap:never;\n", "Steps=bridge;bridge;\n", "PopMinutes=often\n",
    "PopMinutes=0\n", "Help=http://x.test/\n", "Help=https://user@x.test/\n",
    "Help=https://x.test:8443/\n", "Help=https://192.0.2.1/\n", "Help=javascript:alert(1)\n",
    "Initials=much too long\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *text = NULL;
      g_autoptr(MwProviderTable) table = NULL;

      /* Of two keys of one name the last counts. */
      text = g_strconcat ("[before]\nName=B\nGrade=A\nDomains=before.test;\nSource=s;\n"
                          "[x]\nName=X\nGrade=A\nSource=s;\nDomains=x.test;\n", lines[i],
                          "[after]\nName=A\nGrade=A\nDomains=after.test;\nSource=s;\n", NULL);
      g_test_message ("%s", lines[i]);
      table = read_table (text, TRUE, FALSE);
      g_assert_nonnull (mw_provider_table_lookup_domain (table, "before.test"));
      g_assert_nonnull (mw_provider_table_lookup_domain (table, "after.test"));
      g_assert_null (mw_provider_table_lookup_domain (table, "x.test"));
    }
}

static void
test_mx (void)
{
  static const struct {
    const char *host;
    const char *ids;
  } rows[] = {
    { "mx.laka.test", "mail" },
    { "a.mx.laka.test", "mail" },
    { "b.a.mx.laka.test", "mail" },
    { "xmx.laka.test", "" },
    { "laka.test", "" },
    { "mx.laka.test.evil.test", "" },
    { "vps.mx.laka.test", "" },
    { "n1.vps.mx.laka.test", "" },
    { "host.test", "mail?" },
    { "test", "" },
  };
  g_autoptr(MwProviderTable) table = read_table (whole_entry, TRUE, TRUE);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *ids = join_mx (table, rows[i].host);

      g_test_message ("%s", rows[i].host);
      g_assert_cmpstr (ids, ==, rows[i].ids);
    }
}

/* The longest name counts; entries of the same name come in their order, and
 * what was added later cannot take an exchanger away. */
static void
test_mx_several (void)
{
  static const char text[] =
    "[one]\nName=1\nGrade=A\nMx=mx.test;\nSource=s;\n"
    "[two]\nName=2\nGrade=C\nMxCandidates=mx.test;\nSource=s;\n"
    "[three]\nName=3\nGrade=A\nMx=pro.mx.test;\nSource=s;\n";
  static const char other[] =
    "[other]\nName=O\nMx=mx.test;new.test;\nMxExcept=mx.test;a.mx.test;\n";
  g_autoptr(MwProviderTable) table = read_table (text, TRUE, TRUE);
  g_autofree char *several = NULL;
  g_autofree char *longest = NULL;
  g_autofree char *added = NULL;

  g_assert_true (mw_provider_table_add (table, other, strlen (other), FALSE, NULL));
  several = join_mx (table, "a.mx.test");
  longest = join_mx (table, "a.pro.mx.test");
  added = join_mx (table, "new.test");
  g_assert_cmpstr (several, ==, "one two? other?");
  g_assert_cmpstr (longest, ==, "three");
  g_assert_cmpstr (added, ==, "other?");
}

static void
test_folder (void)
{
  g_autoptr(MwProviderTable) table = mw_provider_table_new ();
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(GPtrArray) none = NULL;
  g_autofree char *folder = g_dir_make_tmp ("mw-providers-XXXXXX", NULL);
  static const struct {
    const char *name;
    const char *text;
  } files[] = {
    { "a.keyfile", "[a]\nName=A\nDomains=a.test;\n" },
    { "b.keyfile", "this is no key file" },
    { "c.keyfile", "[c]\nName=C\nDomains=c.test;\n[d]\nDomains=d.test;\n[e]\nGrade=F\n" },
    { "d.txt", "[t]\nName=T\nDomains=t.test;\n" },
    { ".hidden.keyfile", "[h]\nName=H\nDomains=h.test;\n" },
  };
  g_autofree char *inner = g_build_filename (folder, "z.keyfile", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (folder, files[i].name, NULL);

      g_assert_true (g_file_set_contents (path, files[i].text, -1, NULL));
    }
  g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);

  problems = mw_provider_table_add_folder (table, folder);
  g_assert_cmpuint (problems->len, ==, 3);
  g_assert_nonnull (strstr (g_ptr_array_index (problems, 0), "b.keyfile: "));
  g_assert_nonnull (strstr (g_ptr_array_index (problems, 1), "c.keyfile: [d] Name"));
  g_assert_nonnull (strstr (g_ptr_array_index (problems, 2), "z.keyfile: "));
  find_domain (table, "a.test", FALSE);
  find_domain (table, "c.test", FALSE);
  g_assert_cmpuint (mw_provider_table_count_domains (table), ==, 2);

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (folder, files[i].name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (inner), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);

  none = mw_provider_table_add_folder (table, folder);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
check_built_in (MwProvider *provider)
{
  gboolean has_incoming = FALSE;
  gboolean has_outgoing = FALSE;

  g_test_message ("%s", provider->id);
  g_assert_true (provider->built_in);
  g_assert_cmpuint (g_strv_length (provider->sources), >, 0);

  for (guint i = 0; i < provider->servers->len; i++)
    {
      MwProviderServer *server = g_ptr_array_index (provider->servers, i);
      g_autoptr(MwEndpoint) endpoint = NULL;

      g_assert_true (mw_provider_is_confirmed (provider) || !server->confirmed);
      g_assert_null (strchr (server->host, '{'));
      endpoint = mw_endpoint_new (server->protocol, server->security, server->host, server->port);
      g_assert_true (mw_endpoint_is_mail_port (endpoint) || !server->confirmed);
      if (mw_endpoint_get_side (endpoint) == MW_SIDE_OUTGOING)
        has_outgoing = TRUE;
      else
        has_incoming = TRUE;
    }

  /* Either both sides are known, or a hint says why nothing is. */
  g_assert_true (has_incoming == has_outgoing);
  if (!has_incoming)
    g_assert_true (mw_provider_get_hint (provider, MW_HINT_KIND_NO_IMAP) != NULL ||
                   mw_provider_get_hint (provider, MW_HINT_KIND_BRIDGE) != NULL ||
                   mw_provider_get_hint (provider, MW_HINT_KIND_HOST_FROM_PANEL) != NULL);
  if (!mw_provider_takes_password (provider))
    g_assert_true (mw_provider_get_hint (provider, MW_HINT_KIND_NO_IMAP) != NULL ||
                   mw_provider_get_hint (provider, MW_HINT_KIND_BRIDGE) != NULL ||
                   mw_provider_get_hint (provider, MW_HINT_KIND_BROWSER_SIGN_IN) != NULL);
}

/* A mistake in the list itself is a critical message, which ends the test. */
static void
test_built_in (void)
{
  g_autoptr(MwProviderTable) table = mw_provider_table_new_built_in ();
  GPtrArray *providers = mw_provider_table_get_providers (table);

  g_assert_cmpuint (providers->len, >=, 120);
  g_assert_cmpuint (mw_provider_table_count_domains (table), >=, 350);
  g_test_message ("%u providers, %u domains", providers->len,
                  mw_provider_table_count_domains (table));

  for (guint i = 0; i < providers->len; i++)
    check_built_in (g_ptr_array_index (providers, i));
}

/* Some that the product is measured by. */
static void
test_built_in_samples (void)
{
  g_autoptr(MwProviderTable) table = mw_provider_table_new_built_in ();
  static const struct {
    const char *host;
    const char *ids;
  } rows[] = {
    { "aspmx.l.google.com", "gmail" },
    { "mx1.mail.ovh.net", "ovh ovh-pro?" },
    { "vps1234.ovh.net", "" },
    { "firma-pl.mail.protection.outlook.com", "office365" },
    { "live-com.olc.protection.outlook.com", "outlook" },
    { "mta5.am0.yahoodns.net", "yahoo" },
    { "mx-aol.mail.gm0.yahoodns.net", "aol" },
    { "www99.your-server.de", "hetzner" },
    { "static.1.2.clients.your-server.de", "" },
    { "mx1.pobox.com", "pobox?" },
    { "mx.evilgoogle.com", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *ids = join_mx (table, rows[i].host);

      g_test_message ("%s", rows[i].host);
      g_assert_cmpstr (ids, ==, rows[i].ids);
    }

  g_assert_cmpstr (find_domain (table, "wp.pl", TRUE)->name, ==, "WP");
  g_assert_false (mw_provider_takes_password (find_domain (table, "outlook.com", TRUE)));
  g_assert_false (mw_provider_takes_password (find_domain (table, "tuta.io", FALSE)));
  g_assert_false (mw_provider_takes_password (find_domain (table, "protonmail.com", FALSE)));
  g_assert_nonnull (mw_provider_get_hint (find_domain (table, "gmail.com", TRUE),
                                          MW_HINT_KIND_APP_PASSWORD)->uri);
  g_assert_true (find_domain (table, "vip.qq.com", FALSE) != NULL);
}

static char *
join_servers (MwProvider *provider)
{
  g_autoptr(GString) servers = g_string_new (NULL);

  for (guint i = 0; i < provider->servers->len; i++)
    {
      const MwProviderServer *server = g_ptr_array_index (provider->servers, i);

      g_string_append_printf (servers, "%s%s:%u%s", i > 0 ? " " : "", server->host, server->port,
                              server->confirmed ? "" : "?");
    }

  return g_string_free (g_steal_pointer (&servers), FALSE);
}

/* The hosts that the guides people have in hand name. */
static void
test_named (void)
{
  static const struct {
    const char *id;
    char        grade;
    const char *servers;
  } rows[] = {
    { "ovh", 'A', "ssl0.ovh.net:993 imap.mail.ovh.net:993 ssl0.ovh.net:995 pop.mail.ovh.net:995 "
                  "ssl0.ovh.net:465 smtp.mail.ovh.net:465 ssl0.ovh.net:587" },
    { "ovh-ca", 'C', "imap.mail.ovh.ca:993? pop.mail.ovh.ca:995? smtp.mail.ovh.ca:465?" },
    { "forpsi", 'B', "imap.forpsi.com:993 pop3.forpsi.com:995 smtp.forpsi.com:465 "
                     "smtp.forpsi.com:587" },
    { "wp", 'A', "imap.wp.pl:993 pop3.wp.pl:995 smtp.wp.pl:465 smtp.wp.pl:587" },
    { "o2", 'A', "poczta.o2.pl:993 poczta.o2.pl:995 poczta.o2.pl:465 poczta.o2.pl:587" },
    { "homepl", 'E', "poczta.home.pl:993? poczta.home.pl:995? poczta.home.pl:465? "
                     "poczta.home.pl:587?" },
  };
  g_autoptr(MwProviderTable) table = mw_provider_table_new_built_in ();
  GPtrArray *providers = mw_provider_table_get_providers (table);
  guint n_polish = 0;
  guint n_found = 0;

  for (guint i = 0; i < providers->len; i++)
    {
      MwProvider *provider = g_ptr_array_index (providers, i);
      g_autofree char *servers = join_servers (provider);

      n_polish += g_strv_contains ((const char * const *) provider->countries, "PL");
      g_assert_cmpint (g_utf8_strlen (provider->initials, -1), >=, 1);
      for (gsize j = 0; j < G_N_ELEMENTS (rows); j++)
        {
          if (!g_str_equal (rows[j].id, provider->id))
            continue;
          n_found++;
          g_assert_cmpint (provider->grade, ==, rows[j].grade);
          g_assert_cmpstr (servers, ==, rows[j].servers);
        }
    }
  g_assert_cmpuint (n_found, ==, G_N_ELEMENTS (rows));
  g_assert_cmpuint (n_polish, >=, 13);
  g_assert_cmpuint (find_domain (table, "web.de", TRUE)->pop_minutes, ==, 15);
}

/* No list of people says whose these are, so they are likely, not sure; what
 * is to know of them is known all the same. */
static void
test_likely (void)
{
  static const struct {
    const char *domain;
    MwHintKind  kind;
  } rows[] = {
    { "hey.com", MW_HINT_KIND_NO_IMAP },
    { "tuta.com", MW_HINT_KIND_NO_IMAP },
    { "tutanota.com", MW_HINT_KIND_NO_IMAP },
    { "proton.me", MW_HINT_KIND_BRIDGE },
    { "pm.me", MW_HINT_KIND_BRIDGE },
  };
  g_autoptr(MwProviderTable) table = mw_provider_table_new_built_in ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_nonnull (mw_provider_get_hint (find_domain (table, rows[i].domain, FALSE),
                                            rows[i].kind));
}

/* GLib lets the environment put files in the place of what was compiled in. */
static void
test_overlay (void)
{
  g_autofree char *folder = NULL;
  g_autofree char *overlay = NULL;
  g_autofree char *path = NULL;
  g_autoptr(MwProviderTable) table = NULL;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }

  folder = g_dir_make_tmp ("mw-providers-XXXXXX", NULL);
  path = g_build_filename (folder, "world.keyfile", NULL);
  g_assert_true (g_file_set_contents (path, "[evil]\nName=E\nGrade=A\nSource=s;\n"
                                      "Domains=gmail.com;\nImap=imap.evil.test:993:tls;\n",
                                      -1, NULL));
  overlay = g_strdup_printf ("/io/github/mailwright/Mailwright/providers=%s", folder);
  g_setenv ("G_RESOURCE_OVERLAYS", overlay, TRUE);

  table = mw_provider_table_new_built_in ();
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_assert_cmpstr (find_domain (table, "gmail.com", TRUE)->id, ==, "gmail");
}

/* Starting must not wait for the list. Not under valgrind and the like. */
static void
test_speed (void)
{
  gint64 started = g_get_monotonic_time ();
  gint64 elapsed;

  for (guint i = 0; i < 10; i++)
    {
      g_autoptr(MwProviderTable) table = mw_provider_table_new_built_in ();

      g_assert_nonnull (table);
    }

  elapsed = (g_get_monotonic_time () - started) / 10;
  g_test_message ("%" G_GINT64_FORMAT " µs", elapsed);
  g_assert_cmpint (elapsed, <, 100 * 1000);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/provider-table/whole-entry", test_whole_entry);
  g_test_add_func ("/provider-table/from-others", test_from_others);
  g_test_add_func ("/provider-table/weak-entry", test_weak_entry);
  g_test_add_func ("/provider-table/mistakes", test_mistakes);
  g_test_add_func ("/provider-table/mx", test_mx);
  g_test_add_func ("/provider-table/mx-several", test_mx_several);
  g_test_add_func ("/provider-table/folder", test_folder);
  g_test_add_func ("/provider-table/built-in", test_built_in);
  g_test_add_func ("/provider-table/built-in-samples", test_built_in_samples);
  g_test_add_func ("/provider-table/named", test_named);
  g_test_add_func ("/provider-table/likely", test_likely);
  g_test_add_func ("/provider-table/overlay", test_overlay);
  g_test_add_func ("/provider-table/speed", test_speed);

  return g_test_run ();
}
