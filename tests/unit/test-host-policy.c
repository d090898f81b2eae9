/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-host-policy.h"

/* Facts are written as words. Without a word: not typed, a port of mail, a
 * public address, protected. */
typedef struct {
  MwGrade         grade;
  const char     *words;
  gboolean        dial;
  MwHostDecision  decision;
} Row;

#define SILENT MW_HOST_DECISION_SILENT
#define ASK MW_HOST_DECISION_ASK
#define REFUSE MW_HOST_DECISION_REFUSE

static const Row rows[] = {
  /* The person's own word is taken. */
  { MW_GRADE_U, "", TRUE, SILENT },
  { MW_GRADE_U, "odd-port", TRUE, SILENT },
  { MW_GRADE_U, "local", TRUE, SILENT },
  { MW_GRADE_U, "clear", TRUE, ASK },
  { MW_GRADE_U, "clear allowed", TRUE, SILENT },
  { MW_GRADE_U, "clear local", TRUE, SILENT },
  { MW_GRADE_U, "clear local odd-port", TRUE, SILENT },

  { MW_GRADE_A, "typed", TRUE, SILENT },
  { MW_GRADE_A, "", TRUE, SILENT },
  { MW_GRADE_A, "odd-port", TRUE, SILENT },
  { MW_GRADE_A, "local", FALSE, ASK },
  { MW_GRADE_A, "clear", FALSE, REFUSE },

  { MW_GRADE_B, "typed", TRUE, SILENT },
  { MW_GRADE_B, "", TRUE, ASK },
  { MW_GRADE_B, "typed odd-port", TRUE, SILENT },
  { MW_GRADE_B, "typed local", FALSE, ASK },
  { MW_GRADE_B, "typed clear", FALSE, REFUSE },

  { MW_GRADE_C, "typed", TRUE, SILENT },
  { MW_GRADE_C, "", TRUE, ASK },
  { MW_GRADE_C, "typed odd-port", FALSE, REFUSE },
  { MW_GRADE_C, "typed local", FALSE, ASK },
  { MW_GRADE_C, "typed clear", FALSE, REFUSE },

  { MW_GRADE_G, "typed guess-name guess-conditions", TRUE, SILENT },
  { MW_GRADE_G, "typed guess-name", TRUE, ASK },
  { MW_GRADE_G, "typed guess-conditions", TRUE, ASK },
  { MW_GRADE_G, "guess-name guess-conditions", TRUE, ASK },
  { MW_GRADE_G, "typed guess-name guess-conditions odd-port", FALSE, REFUSE },
  { MW_GRADE_G, "typed guess-name guess-conditions local", FALSE, ASK },
  { MW_GRADE_G, "typed guess-name guess-conditions clear", FALSE, REFUSE },

  { MW_GRADE_D, "typed", TRUE, ASK },
  { MW_GRADE_D, "typed named-by-a", TRUE, SILENT },
  { MW_GRADE_D, "typed named-by-b-or-c", TRUE, SILENT },
  { MW_GRADE_D, "named-by-b-or-c", TRUE, ASK },
  { MW_GRADE_D, "typed guess-name guess-conditions", TRUE, SILENT },
  { MW_GRADE_D, "typed guess-name", TRUE, ASK },
  { MW_GRADE_D, "typed guess-conditions", TRUE, ASK },
  { MW_GRADE_D, "typed srv-id", TRUE, SILENT },
  { MW_GRADE_D, "srv-id", TRUE, ASK },
  { MW_GRADE_D, "typed srv-id odd-port", FALSE, REFUSE },
  { MW_GRADE_D, "typed srv-id local", FALSE, ASK },
  { MW_GRADE_D, "typed srv-id clear", FALSE, REFUSE },

  { MW_GRADE_L, "", TRUE, ASK },
  { MW_GRADE_L, "typed", TRUE, ASK },
  { MW_GRADE_L, "named-by-a", TRUE, SILENT },
  { MW_GRADE_L, "typed named-by-b-or-c", TRUE, SILENT },
  { MW_GRADE_L, "named-by-b-or-c", TRUE, ASK },
  { MW_GRADE_L, "typed guess-name guess-conditions srv-id", TRUE, ASK },
  { MW_GRADE_L, "odd-port", FALSE, REFUSE },
  { MW_GRADE_L, "named-by-a odd-port", FALSE, REFUSE },
  { MW_GRADE_L, "named-by-a local", FALSE, ASK },
  { MW_GRADE_L, "clear", FALSE, REFUSE },
  { MW_GRADE_L, "reviewed", TRUE, SILENT },
  { MW_GRADE_L, "typed reviewed", TRUE, SILENT },
  { MW_GRADE_L, "reviewed odd-port", FALSE, REFUSE },
  { MW_GRADE_L, "reviewed local", FALSE, ASK },
  { MW_GRADE_L, "reviewed clear", FALSE, REFUSE },
  { MW_GRADE_D, "reviewed", TRUE, SILENT },
  { MW_GRADE_D, "reviewed local", FALSE, ASK },

  /* A yes to this very host opens all but clear text. */
  { MW_GRADE_D, "typed allowed", TRUE, SILENT },
  { MW_GRADE_G, "typed allowed", TRUE, SILENT },
  { MW_GRADE_L, "allowed", TRUE, SILENT },
  { MW_GRADE_L, "allowed odd-port local", TRUE, SILENT },
  { MW_GRADE_L, "allowed clear", FALSE, REFUSE },
  { MW_GRADE_A, "allowed clear", FALSE, REFUSE },

  /* The port is refused before an address is asked about. */
  { MW_GRADE_D, "typed odd-port local", FALSE, REFUSE },
};

/* Every way by which a source names a host, with the grade that the weakest
 * step of the way gives it. The domain is typed unless it comes from a link. */
typedef struct {
  MwOrigin        origin;
  const char     *way;
  MwGrade         grade;
  const char     *words;
  MwHostDecision  decision;
} Way;

static const Way ways[] = {
  { MW_ORIGIN_MANUAL, "typed by hand", MW_GRADE_U, "", SILENT },
  { MW_ORIGIN_MANUAL, "typed by hand: own network", MW_GRADE_U, "local", SILENT },

  { MW_ORIGIN_PROVIDER, "our list: domain and host sure", MW_GRADE_A, "", SILENT },
  { MW_ORIGIN_PROVIDER, "our list: domain or host not sure", MW_GRADE_D, "", ASK },
  { MW_ORIGIN_PROVIDER, "our list: the exchanger's own name", MW_GRADE_D, "", ASK },
  { MW_ORIGIN_PROVIDER, "a list of this computer", MW_GRADE_D, "", ASK },
  { MW_ORIGIN_MX, "exchanger of our list, host sure", MW_GRADE_A, "", SILENT },
  { MW_ORIGIN_MX, "exchanger of our list: a second product", MW_GRADE_D, "", ASK },
  { MW_ORIGIN_MX, "a name in the exchanger's domain", MW_GRADE_D, "", ASK },
  { MW_ORIGIN_MX, "the same, but B names it, too", MW_GRADE_D, "named-by-b-or-c", SILENT },

  { MW_ORIGIN_AUTOCONFIG, "https of the domain", MW_GRADE_B, "", SILENT },
  { MW_ORIGIN_AUTOCONFIG, "https of the domain: odd port", MW_GRADE_B, "odd-port", SILENT },
  { MW_ORIGIN_AUTOCONFIG, "https of the domain: own network", MW_GRADE_B, "local", ASK },
  { MW_ORIGIN_AUTOCONFIG, "https of the domain of a link", MW_GRADE_B, "not-typed", ASK },
  { MW_ORIGIN_AUTOCONFIG, "https of the exchanger's domain", MW_GRADE_D, "", ASK },
  { MW_ORIGIN_PACC, "https of the domain", MW_GRADE_B, "", SILENT },
  { MW_ORIGIN_PACC, "https of the domain of a link", MW_GRADE_B, "not-typed", ASK },
  { MW_ORIGIN_HTTP_AUTOCONFIG, "http of the domain", MW_GRADE_D, "", ASK },
  { MW_ORIGIN_HTTP_AUTOCONFIG, "the same: a guess, too", MW_GRADE_D,
    "guess-name guess-conditions", SILENT },

  { MW_ORIGIN_ISPDB, "database for the domain", MW_GRADE_C, "", SILENT },
  { MW_ORIGIN_ISPDB, "database for the domain: odd port", MW_GRADE_C, "odd-port", REFUSE },
  { MW_ORIGIN_ISPDB, "database for the domain of a link", MW_GRADE_C, "not-typed", ASK },
  { MW_ORIGIN_ISPDB, "database, about another domain", MW_GRADE_D, "", ASK },
  { MW_ORIGIN_ISPDB, "database for the exchanger's domain", MW_GRADE_D, "", ASK },

  { MW_ORIGIN_SRV, "SRV", MW_GRADE_D, "", ASK },
  { MW_ORIGIN_SRV, "SRV: odd port", MW_GRADE_D, "odd-port", REFUSE },
  { MW_ORIGIN_SRV, "SRV: own network", MW_GRADE_D, "local", ASK },
  { MW_ORIGIN_SRV, "SRV: the certificate names the domain", MW_GRADE_D, "srv-id", SILENT },
  { MW_ORIGIN_SRV, "SRV: B names the host, too", MW_GRADE_D, "named-by-b-or-c", SILENT },
  { MW_ORIGIN_SRV, "SRV: A names the host, too", MW_GRADE_D, "named-by-a", SILENT },
  { MW_ORIGIN_SRV, "SRV: a guess, too", MW_GRADE_D, "guess-name guess-conditions", SILENT },

  { MW_ORIGIN_GUESS, "a usual name", MW_GRADE_G, "guess-name guess-conditions", SILENT },
  { MW_ORIGIN_GUESS, "a usual name: wildcard, or mail elsewhere", MW_GRADE_G, "guess-name", ASK },
  { MW_ORIGIN_GUESS, "the domain itself", MW_GRADE_D, "guess-conditions", ASK },

  { MW_ORIGIN_LOCAL_FILE, "settings of this computer", MW_GRADE_D, "", ASK },
  { MW_ORIGIN_LINK, "link", MW_GRADE_L, "not-typed", ASK },
  { MW_ORIGIN_LINK, "link: A names the host, too", MW_GRADE_L, "not-typed named-by-a", SILENT },
  { MW_ORIGIN_LINK, "link: B names the host, too", MW_GRADE_L, "not-typed named-by-b-or-c", ASK },
  { MW_ORIGIN_FILE, "file", MW_GRADE_L, "not-typed", ASK },
  { MW_ORIGIN_FILE, "file, domain typed: B names it, too", MW_GRADE_L, "named-by-b-or-c", SILENT },
};

static gboolean
has_word (const char *words,
          const char *word)
{
  g_auto(GStrv) list = g_strsplit (words, " ", -1);

  return g_strv_contains ((const char * const *) list, word);
}

static MwHostFacts
read_facts (MwGrade     grade,
            const char *words)
{
  return (MwHostFacts) {
    .grade = grade,
    .domain_typed = has_word (words, "typed"),
    .named_by_a = has_word (words, "named-by-a"),
    .named_by_b_or_c = has_word (words, "named-by-b-or-c"),
    .guess_name = has_word (words, "guess-name"),
    .guess_conditions = has_word (words, "guess-conditions"),
    .srv_id = has_word (words, "srv-id"),
    .allowed = has_word (words, "allowed"),
    .reviewed = has_word (words, "reviewed"),
    .mail_port = !has_word (words, "odd-port"),
    .address_public = !has_word (words, "local"),
    .security_none = has_word (words, "clear"),
    .built_in = has_word (words, "built-in"),
  };
}

static void
test_rows (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MwHostFacts facts = read_facts (rows[i].grade, rows[i].words);

      g_test_message ("%s %s", mw_enum_to_nick (MW_TYPE_GRADE, rows[i].grade), rows[i].words);
      g_assert_cmpint (mw_host_policy_may_dial (&facts), ==, rows[i].dial);
      g_assert_cmpint (mw_host_policy_decide (&facts), ==, rows[i].decision);
    }
}

static void
test_ways (void)
{
  g_autoptr(GEnumClass) origins = g_type_class_ref (MW_TYPE_ORIGIN);
  guint seen = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      MwHostFacts facts = read_facts (ways[i].grade, ways[i].words);

      facts.domain_typed = !has_word (ways[i].words, "not-typed");
      g_test_message ("%s: %s", mw_enum_to_nick (MW_TYPE_ORIGIN, ways[i].origin), ways[i].way);
      g_assert_cmpint (mw_host_policy_decide (&facts), ==, ways[i].decision);
      seen |= 1u << ways[i].origin;
    }

  /* Who adds a source says here how far it is trusted. */
  for (guint i = 0; i < origins->n_values; i++)
    {
      g_test_message ("%s", origins->values[i].value_nick);
      g_assert_true ((seen & 1u << origins->values[i].value) != 0);
    }
}

/* A certificate that nobody vouches for: the question is asked for a name that
 * was typed, and for no other whatever else speaks for it. */
static void
test_pin (void)
{
  static const struct {
    const char *words;
    gboolean    pin;
  } typed_hosts[] = {
    { "", TRUE },
    { "odd-port", TRUE },
    { "local", TRUE },
    { "clear", FALSE },
    { "clear local", FALSE },
    { "built-in", FALSE },
    { "built-in local allowed", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (typed_hosts); i++)
    {
      MwHostFacts facts = read_facts (MW_GRADE_U, typed_hosts[i].words);

      g_test_message ("%s", typed_hosts[i].words);
      g_assert_cmpint (mw_host_policy_may_pin (&facts), ==, typed_hosts[i].pin);
    }

  for (int grade = MW_GRADE_U + 1; grade <= MW_GRADE_L; grade++)
    {
      MwHostFacts facts = read_facts (grade, "typed named-by-a named-by-b-or-c guess-name "
                                             "guess-conditions srv-id allowed reviewed");

      g_assert_false (mw_host_policy_may_pin (&facts));
    }
}

#define N_FACTS 11

static MwHostFacts
facts_from_bits (MwGrade grade,
                 guint   bits)
{
  return (MwHostFacts) {
    .grade = grade,
    .domain_typed = (bits & 1) != 0,
    .named_by_a = (bits & 2) != 0,
    .named_by_b_or_c = (bits & 4) != 0,
    .guess_name = (bits & 8) != 0,
    .guess_conditions = (bits & 16) != 0,
    .srv_id = (bits & 32) != 0,
    .allowed = (bits & 64) != 0,
    .mail_port = (bits & 128) != 0,
    .address_public = (bits & 256) != 0,
    .reviewed = (bits & 1024) != 0,
    .security_none = (bits & 512) == 0, /* so that a set bit is never worse */
  };
}

static void
check_rules (const MwHostFacts *facts)
{
  MwHostDecision decision = mw_host_policy_decide (facts);
  gboolean dial = mw_host_policy_may_dial (facts);
  gboolean own_word = facts->grade == MW_GRADE_U || facts->allowed;

  /* No password where nobody may even knock. */
  g_assert_true (decision != SILENT || dial);

  if (facts->security_none && facts->grade != MW_GRADE_U)
    g_assert_true (decision == REFUSE && !dial);
  else if (facts->security_none && facts->address_public && !facts->allowed)
    g_assert_true (decision == ASK && dial);
  else if (own_word)
    g_assert_true (decision == SILENT && dial);
  else if (!facts->address_public)
    g_assert_true (decision != SILENT && !dial);
  else if (!facts->mail_port && facts->grade > MW_GRADE_B)
    g_assert_true (decision == REFUSE && !dial);
  else
    g_assert_true (decision != REFUSE && dial);

  /* What a link names is never helped by DNS. */
  if (facts->grade == MW_GRADE_L && !facts->allowed && !facts->reviewed && !facts->named_by_a &&
      !(facts->named_by_b_or_c && facts->domain_typed))
    g_assert_true (decision != SILENT);

  /* A domain that was not typed vouches for nothing of its own. */
  if (!own_word && !facts->reviewed && !facts->domain_typed && !facts->named_by_a &&
      facts->grade != MW_GRADE_A)
    g_assert_true (decision != SILENT);
}

/* Every grade with every set of facts. */
static void
test_all (void)
{
  for (int grade = MW_GRADE_U; grade <= MW_GRADE_L; grade++)
    {
      for (guint bits = 0; bits < 1u << N_FACTS; bits++)
        {
          MwHostFacts facts = facts_from_bits (grade, bits);

          check_rules (&facts);
          for (guint bit = 0; bit < N_FACTS; bit++)
            {
              MwHostFacts better = facts_from_bits (grade, bits | 1u << bit);

              /* In clear text a local address is the better one. */
              if (better.security_none && better.address_public != facts.address_public)
                continue;

              /* One more good fact never makes it stricter. */
              g_assert_cmpint (mw_host_policy_decide (&better), <=,
                               mw_host_policy_decide (&facts));
              g_assert_true (mw_host_policy_may_dial (&better) ||
                             !mw_host_policy_may_dial (&facts));
            }
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/host-policy/rows", test_rows);
  g_test_add_func ("/host-policy/ways", test_ways);
  g_test_add_func ("/host-policy/all", test_all);
  g_test_add_func ("/host-policy/pin", test_pin);

  return g_test_run ();
}
