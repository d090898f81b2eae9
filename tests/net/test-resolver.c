/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "client.h"
#include "core/mw-error.h"
#include "fake-resolver.h"
#include "net/mw-dns-records.h"

#define LONG_MS 20000

typedef struct {
  GResolver      *system;
  MwFakeResolver *fake;
  MwResolver     *resolver;
} Fixture;

/* What a look-up brought. */
typedef struct {
  GPtrArray  *answer;
  char      **hosts;
  GError     *error;
  gboolean    over;
} Answer;

static void
answer_clear (Answer *answer)
{
  g_clear_pointer (&answer->answer, g_ptr_array_unref);
  g_clear_pointer (&answer->hosts, g_strfreev);
  g_clear_error (&answer->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->system = g_resolver_get_default ();
  fixture->fake = mw_fake_resolver_new ();
  g_resolver_set_default (G_RESOLVER (fixture->fake));
  fixture->resolver = mw_resolver_new (LONG_MS);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->resolver);
  g_resolver_set_default (fixture->system);
  g_object_unref (fixture->system);
  g_object_unref (fixture->fake);
}

static void
addresses_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  Answer *answer = user_data;

  answer->answer = mw_resolver_lookup_addresses_finish (MW_RESOLVER (object), result,
                                                        &answer->error);
  answer->over = TRUE;
}

static void
srv_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  Answer *answer = user_data;

  answer->answer = mw_resolver_lookup_srv_finish (MW_RESOLVER (object), result, &answer->error);
  answer->over = TRUE;
}

static void
mx_cb (GObject      *object,
       GAsyncResult *result,
       gpointer      user_data)
{
  Answer *answer = user_data;

  answer->hosts = mw_resolver_lookup_mx_finish (MW_RESOLVER (object), result, &answer->error);
  answer->over = TRUE;
}

static void
text_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Answer *answer = user_data;

  answer->answer = mw_resolver_lookup_text_finish (MW_RESOLVER (object), result, &answer->error);
  answer->over = TRUE;
}

static void
wait_for (Answer *answer)
{
  g_assert_false (answer->over);
  while (!answer->over)
    g_main_context_iteration (NULL, TRUE);
}

static void
ask (Fixture       *fixture,
     const char    *host,
     GSocketFamily  family,
     Answer        *answer)
{
  mw_resolver_lookup_addresses_async (fixture->resolver, host, family, NULL, addresses_cb, answer);
  wait_for (answer);
}

static void
assert_address (Answer     *answer,
                guint       i,
                const char *wanted)
{
  g_autofree char *text = NULL;

  g_assert_no_error (answer->error);
  g_assert_cmpuint (answer->answer->len, >, i);
  text = g_inet_address_to_string (g_ptr_array_index (answer->answer, i));
  g_assert_cmpstr (text, ==, wanted);
}

static void
test_families (Fixture       *fixture,
               gconstpointer  data)
{
  g_auto(Answer) ipv4 = { 0 };
  g_auto(Answer) ipv6 = { 0 };
  g_auto(Answer) none = { 0 };

  mw_fake_resolver_add_address (fixture->fake, "imap.example.test.", "192.0.2.1");
  mw_fake_resolver_add_address (fixture->fake, "imap.example.test.", "192.0.2.2");
  mw_fake_resolver_add_address (fixture->fake, "imap.example.test.", "2001:db8::1");
  mw_fake_resolver_add_address (fixture->fake, "four.example.test.", "192.0.2.4");

  ask (fixture, "imap.example.test", G_SOCKET_FAMILY_IPV4, &ipv4);
  assert_address (&ipv4, 0, "192.0.2.1");
  assert_address (&ipv4, 1, "192.0.2.2");
  g_assert_cmpuint (ipv4.answer->len, ==, 2);
  ask (fixture, "imap.example.test", G_SOCKET_FAMILY_IPV6, &ipv6);
  assert_address (&ipv6, 0, "2001:db8::1");
  ask (fixture, "four.example.test", G_SOCKET_FAMILY_IPV6, &none);
  g_assert_error (none.error, MW_PROBE_ERROR, MW_OUTCOME_DNS_NXDOMAIN);
}

static void
test_literals (Fixture       *fixture,
               gconstpointer  data)
{
  g_auto(Answer) ipv4 = { 0 };
  g_auto(Answer) ipv6 = { 0 };
  g_auto(Answer) other = { 0 };

  ask (fixture, "192.0.2.9", G_SOCKET_FAMILY_IPV4, &ipv4);
  assert_address (&ipv4, 0, "192.0.2.9");
  ask (fixture, "[2001:db8::9]", G_SOCKET_FAMILY_IPV6, &ipv6);
  assert_address (&ipv6, 0, "2001:db8::9");
  ask (fixture, "192.0.2.9", G_SOCKET_FAMILY_IPV6, &other);
  g_assert_error (other.error, MW_PROBE_ERROR, MW_OUTCOME_DNS_NXDOMAIN);
  g_assert_cmpuint (mw_fake_resolver_get_n_questions (fixture->fake), ==, 0);
}

static void
test_asks_once (Fixture       *fixture,
                gconstpointer  data)
{
  Answer answers[20] = { 0 };
  g_auto(Answer) later = { 0 };

  mw_fake_resolver_add_address (fixture->fake, "imap.example.test.", "192.0.2.1");
  mw_fake_resolver_set_delay (fixture->fake, G_SOCKET_FAMILY_IPV4, 30);
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    mw_resolver_lookup_addresses_async (fixture->resolver, "imap.example.test",
                                        G_SOCKET_FAMILY_IPV4, NULL, addresses_cb, &answers[i]);
  wait_for (&answers[G_N_ELEMENTS (answers) - 1]);
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_assert_true (answers[i].over);
      assert_address (&answers[i], 0, "192.0.2.1");
      answer_clear (&answers[i]);
    }
  g_assert_cmpuint (mw_fake_resolver_get_n_questions (fixture->fake), ==, 1);

  ask (fixture, "imap.example.test", G_SOCKET_FAMILY_IPV4, &later);
  assert_address (&later, 0, "192.0.2.1");
  g_assert_cmpuint (mw_fake_resolver_get_n_questions (fixture->fake), ==, 1);
}

static void
test_failures (Fixture       *fixture,
               gconstpointer  data)
{
  g_auto(Answer) unknown = { 0 };
  g_auto(Answer) again = { 0 };
  g_auto(Answer) failed = { 0 };

  mw_fake_resolver_add (fixture->fake, "FAIL broken.example.test.");
  ask (fixture, "unknown.example.test", G_SOCKET_FAMILY_IPV4, &unknown);
  g_assert_error (unknown.error, MW_PROBE_ERROR, MW_OUTCOME_DNS_NXDOMAIN);
  ask (fixture, "unknown.example.test", G_SOCKET_FAMILY_IPV4, &again);
  g_assert_error (again.error, MW_PROBE_ERROR, MW_OUTCOME_DNS_NXDOMAIN);
  g_assert_cmpuint (mw_fake_resolver_get_n_questions (fixture->fake), ==, 1);
  ask (fixture, "broken.example.test", G_SOCKET_FAMILY_IPV4, &failed);
  g_assert_error (failed.error, MW_PROBE_ERROR, MW_OUTCOME_DNS_FAIL);
}

static void
test_timeout (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(MwResolver) hasty = mw_resolver_new (50);
  g_auto(Answer) answer = { 0 };

  mw_fake_resolver_set_delay (fixture->fake, G_SOCKET_FAMILY_IPV4, 300);
  mw_resolver_lookup_addresses_async (hasty, "imap.example.test", G_SOCKET_FAMILY_IPV4, NULL,
                                      addresses_cb, &answer);
  wait_for (&answer);
  g_assert_error (answer.error, MW_PROBE_ERROR, MW_OUTCOME_TIMEOUT);
  client_run (400); /* the late answer finds nobody */
}

/* One caller who leaves takes nothing away from the others. */
static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_auto(Answer) leaves = { 0 };
  g_auto(Answer) stays = { 0 };
  g_auto(Answer) late = { 0 };

  mw_fake_resolver_add_address (fixture->fake, "imap.example.test.", "192.0.2.1");
  mw_fake_resolver_set_delay (fixture->fake, G_SOCKET_FAMILY_IPV4, 100);
  mw_resolver_lookup_addresses_async (fixture->resolver, "imap.example.test",
                                      G_SOCKET_FAMILY_IPV4, cancellable, addresses_cb, &leaves);
  mw_resolver_lookup_addresses_async (fixture->resolver, "imap.example.test",
                                      G_SOCKET_FAMILY_IPV4, NULL, addresses_cb, &stays);
  g_cancellable_cancel (cancellable);
  wait_for (&leaves);
  g_assert_error (leaves.error, MW_PROBE_ERROR, MW_OUTCOME_CANCELLED);
  wait_for (&stays);
  assert_address (&stays, 0, "192.0.2.1");

  mw_resolver_lookup_addresses_async (fixture->resolver, "imap.example.test",
                                      G_SOCKET_FAMILY_IPV4, cancellable, addresses_cb, &late);
  wait_for (&late);
  g_assert_error (late.error, MW_PROBE_ERROR, MW_OUTCOME_CANCELLED);
}

/* Nobody waits any more, and the resolver goes before the answer comes. */
static void
test_abandoned (Fixture       *fixture,
                gconstpointer  data)
{
  MwResolver *resolver = mw_resolver_new (LONG_MS);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_auto(Answer) answer = { 0 };

  mw_fake_resolver_set_delay (fixture->fake, G_SOCKET_FAMILY_IPV4, 100);
  mw_resolver_lookup_addresses_async (resolver, "imap.example.test", G_SOCKET_FAMILY_IPV4,
                                      cancellable, addresses_cb, &answer);
  g_cancellable_cancel (cancellable);
  wait_for (&answer);
  g_assert_finalize_object (resolver);
  client_run (200);
}

static void
ask_srv (Fixture    *fixture,
         const char *service,
         Answer     *answer)
{
  mw_resolver_lookup_srv_async (fixture->resolver, service, "example.test", NULL, srv_cb, answer);
  wait_for (answer);
}

static void
test_srv (Fixture       *fixture,
          gconstpointer  data)
{
  g_auto(Answer) imaps = { 0 };
  g_auto(Answer) refused = { 0 };
  g_auto(Answer) none = { 0 };
  GSrvTarget *first;

  mw_fake_resolver_add_record (fixture->fake, "_imaps._tcp.example.test",
                               g_variant_new ("(qqqs)", 20, 100, 993, "second.example.test"));
  mw_fake_resolver_add_record (fixture->fake, "_imaps._tcp.example.test",
                               g_variant_new ("(qqqs)", 10, 0, 1993, "FIRST.Example.test."));
  mw_fake_resolver_add_record (fixture->fake, "_imaps._tcp.example.test",
                               g_variant_new ("(qqqs)", 5, 0, 993, "not a name"));
  mw_fake_resolver_add_record (fixture->fake, "_pop3s._tcp.example.test",
                               g_variant_new ("(qqqs)", 0, 0, 0, "."));

  ask_srv (fixture, "imaps", &imaps);
  g_assert_no_error (imaps.error);
  g_assert_cmpuint (imaps.answer->len, ==, 2);
  first = g_ptr_array_index (imaps.answer, 0);
  g_assert_cmpstr (g_srv_target_get_hostname (first), ==, "first.example.test");
  g_assert_cmpuint (g_srv_target_get_port (first), ==, 1993);

  ask_srv (fixture, "pop3s", &refused);
  g_assert_no_error (refused.error);
  g_assert_cmpuint (refused.answer->len, ==, 1);
  g_assert_cmpstr (g_srv_target_get_hostname (g_ptr_array_index (refused.answer, 0)), ==, "");

  ask_srv (fixture, "submission", &none);
  g_assert_error (none.error, MW_PROBE_ERROR, MW_OUTCOME_DNS_NXDOMAIN);
}

static void
test_mx (Fixture       *fixture,
         gconstpointer  data)
{
  g_auto(Answer) answer = { 0 };
  const char *wanted[] = { "first.example.test", "second.example.test", NULL };

  mw_fake_resolver_add_record (fixture->fake, "example.test",
                               g_variant_new ("(qs)", 200, "second.example.test"));
  mw_fake_resolver_add_record (fixture->fake, "example.test",
                               g_variant_new ("(qs)", 10, "First.example.test."));
  mw_resolver_lookup_mx_async (fixture->resolver, "example.test", NULL, mx_cb, &answer);
  wait_for (&answer);
  g_assert_no_error (answer.error);
  g_assert_cmpstrv ((char **) wanted, answer.hosts);
}

/* RFC 7505: a domain that takes no mail. */
static void
test_null_mx (Fixture       *fixture,
              gconstpointer  data)
{
  g_auto(Answer) answer = { 0 };

  mw_fake_resolver_add_record (fixture->fake, "example.test", g_variant_new ("(qs)", 0, "."));
  mw_resolver_lookup_mx_async (fixture->resolver, "example.test", NULL, mx_cb, &answer);
  wait_for (&answer);
  g_assert_no_error (answer.error);
  g_assert_cmpuint (g_strv_length (answer.hosts), ==, 0);
}

static void
ask_text (Fixture      *fixture,
          const char   *name,
          GCancellable *cancellable,
          Answer       *answer)
{
  mw_resolver_lookup_text_async (fixture->resolver, name, cancellable, text_cb, answer);
  wait_for (answer);
}

static void
test_text (Fixture       *fixture,
           gconstpointer  data)
{
  g_auto(Answer) text = { 0 };
  g_auto(Answer) again = { 0 };
  g_auto(Answer) none = { 0 };
  g_auto(Answer) failed = { 0 };
  g_auto(Answer) cancelled = { 0 };
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  mw_fake_resolver_add (fixture->fake, "TXT _a.example.test v=1; a=|b");
  mw_fake_resolver_add (fixture->fake, "TXT _a.example.test second");
  mw_fake_resolver_add (fixture->fake, "FAIL TXT _b.example.test");

  ask_text (fixture, "_a.example.test", NULL, &text);
  g_assert_no_error (text.error);
  g_assert_cmpuint (text.answer->len, ==, 2);
  g_assert_cmpstr (text.answer->pdata[0], ==, "v=1; a=b");
  g_assert_cmpstr (text.answer->pdata[1], ==, "second");
  ask_text (fixture, "_a.example.test", NULL, &again);
  g_assert_cmpuint (mw_fake_resolver_get_n_questions (fixture->fake), ==, 1);

  ask_text (fixture, "example.test", NULL, &none);
  g_assert_error (none.error, MW_PROBE_ERROR, MW_OUTCOME_DNS_NXDOMAIN);
  ask_text (fixture, "_b.example.test", NULL, &failed);
  g_assert_error (failed.error, MW_PROBE_ERROR, MW_OUTCOME_DNS_FAIL);
  g_cancellable_cancel (cancellable);
  ask_text (fixture, "_c.example.test", cancellable, &cancelled);
  g_assert_error (cancelled.error, MW_PROBE_ERROR, MW_OUTCOME_CANCELLED);
}

static void
test_text_timeout (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(MwResolver) hasty = mw_resolver_new (50);
  g_auto(Answer) answer = { 0 };

  mw_fake_resolver_add (fixture->fake, "SILENT TXT *");
  mw_resolver_lookup_text_async (hasty, "_a.example.test", NULL, text_cb, &answer);
  wait_for (&answer);
  g_assert_error (answer.error, MW_PROBE_ERROR, MW_OUTCOME_TIMEOUT);
}

/* What name servers say, as it comes over the wire. */
typedef struct {
  guint8      n_records;
  const char *data;
  gsize       length;
  const char *wanted[3];
  gboolean    fails;
} Wire;

#define RECORD(length, strings) "\xc0\x0c\0\x10\0\x01\0\0\0\x3c\0" length strings
#define ALIAS "\xc0\x0c\0\x05\0\x01\0\0\0\x3c\0\x02\xc0\x0c"
#define OF(text) (text), sizeof (text) - 1

static const Wire wires[] = {
  { 1, OF (RECORD ("\x09", "\x03" "abc" "\x04" "defg")), { "abcdefg" } },
  { 2, OF (RECORD ("\x01", "\0") RECORD ("\x02", "\x01" "b")), { "", "b" } },
  { 2, OF (ALIAS RECORD ("\x02", "\x01" "b")), { "b" } },
  { 1, OF (RECORD ("\0", "")), { "" } },
  /* Not UTF-8, a NUL, a string that is longer than its record. */
  { 2, OF (RECORD ("\x03", "\x02" "\xc5\xff") RECORD ("\x02", "\x01" "b")), { "b" } },
  { 2, OF (RECORD ("\x04", "\x03" "a\0b") RECORD ("\x02", "\x01" "b")), { "b" } },
  { 2, OF (RECORD ("\x03", "\x7f" "ab") RECORD ("\x02", "\x01" "b")), { "b" } },
  /* A record that is longer than the answer. */
  { 1, OF (RECORD ("\x20", "\x03" "abc")), .fails = TRUE },
  { 1, OF ("\xc0\x0c\0\x10"), .fails = TRUE },
};

static void
test_text_wire (gconstpointer data)
{
  static const char head[] = "\x12\x34\x81\x80\0\x01\0\0\0\0\0\0"
                             "\x01" "a" "\x04" "test" "\0" "\0\x10\0\x01";
  const Wire *wire = data;
  g_autoptr(GByteArray) message = g_byte_array_new ();
  g_autoptr(GPtrArray) texts = NULL;
  g_autoptr(GError) error = NULL;
  guint n = 0;

  g_byte_array_append (message, (const guint8 *) head, sizeof head - 1);
  g_byte_array_append (message, (const guint8 *) wire->data, wire->length);
  message->data[7] = wire->n_records;

  texts = mw_dns_records_read_texts (message->data, message->len, &error);
  if (wire->fails)
    {
      g_assert_error (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_INTERNAL);
      return;
    }

  g_assert_no_error (error);
  for (; n < texts->len; n++)
    g_assert_cmpstr (texts->pdata[n], ==, wire->wanted[n]);
  g_assert_null (wire->wanted[n]);
}

/* Whatever is missing at its end, a message is read to its end or refused. */
static void
test_text_cut (void)
{
  static const char whole[] = "\x12\x34\x81\x80\0\0\0\x01\0\0\0\0" "\0\0\x10\0\x01"
                              "\0\0\0\x3c\0\x04" "\x03" "abc";

  for (gsize i = 0; i < sizeof whole - 1; i++)
    {
      g_autofree guint8 *part = g_memdup2 (whole, i);
      g_autoptr(GError) error = NULL;

      g_assert_null (mw_dns_records_read_texts (part, i, &error));
      g_assert_error (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_INTERNAL);
    }
}

/* Without another resolver in its place: the system's, hosts file included. */
static void
test_system (void)
{
  g_autoptr(MwResolver) resolver = mw_resolver_new (LONG_MS);
  Answer answers[30] = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    mw_resolver_lookup_addresses_async (resolver, "localhost", G_SOCKET_FAMILY_IPV4, NULL,
                                        addresses_cb, &answers[i]);
  wait_for (&answers[0]);
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      while (!answers[i].over)
        g_main_context_iteration (NULL, TRUE);
      assert_address (&answers[i], 0, "127.0.0.1");
      answer_clear (&answers[i]);
    }
}

/* Names that no name server is asked about, because they cannot be. */
static void
test_system_no_such_name (void)
{
  static const char * const names[] = { "a..b", "example..test." };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(MwResolver) resolver = mw_resolver_new (LONG_MS);
      Answer answer = { 0 };

      mw_resolver_lookup_addresses_async (resolver, names[i], G_SOCKET_FAMILY_IPV4, NULL,
                                          addresses_cb, &answer);
      wait_for (&answer);
      g_assert_error (answer.error, MW_PROBE_ERROR, MW_OUTCOME_DNS_NXDOMAIN);
      answer_clear (&answer);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/resolver/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("families", test_families);
  ADD ("literals", test_literals);
  ADD ("asks-once", test_asks_once);
  ADD ("failures", test_failures);
  ADD ("timeout", test_timeout);
  ADD ("cancelled", test_cancelled);
  ADD ("abandoned", test_abandoned);
  ADD ("srv", test_srv);
  ADD ("mx", test_mx);
  ADD ("null-mx", test_null_mx);
  ADD ("text", test_text);
  ADD ("text-timeout", test_text_timeout);
#undef ADD
  for (gsize i = 0; i < G_N_ELEMENTS (wires); i++)
    {
      g_autofree char *path = g_strdup_printf ("/resolver/text-wire/%" G_GSIZE_FORMAT, i);

      g_test_add_data_func (path, &wires[i], test_text_wire);
    }
  g_test_add_func ("/resolver/text-cut", test_text_cut);
  g_test_add_func ("/resolver/system", test_system);
  g_test_add_func ("/resolver/system-no-such-name", test_system_no_such_name);
  return g_test_run ();
}
