/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-guess-conditions.h"

#include "core/mw-domain.h"
#include "core/mw-error.h"

/* All look-ups run at once. Only when the mail exchanger turns out to be
 * elsewhere, its addresses and those of the hosts follow; the prober asks for
 * the latter anyway, and the resolver shares the answers. */

typedef enum {
  ANSWER_NO,
  ANSWER_YES,
  ANSWER_UNKNOWN,
} Answer;

struct _MwGuessConditions
{
  char       *domain;
  gboolean    public_suffix;
  Answer      wildcard;
  Answer      mx_elsewhere;
  gboolean    mx_known; /* of a provider whose servers are known */
  GHashTable *sharing; /* hosts with an address of the mail exchanger */
};

G_DEFINE_BOXED_TYPE (MwGuessConditions, mw_guess_conditions,
                     mw_guess_conditions_ref, mw_guess_conditions_unref)

#define RANDOM_LABELS 2

static const GSocketFamily families[] = { G_SOCKET_FAMILY_IPV4, G_SOCKET_FAMILY_IPV6 };

typedef struct {
  MwGuessConditions  *conditions;
  char              **hosts;
  char               *mx;
  MwProviderTable    *providers; /* may be NULL */
  GHashTable         *addresses; /* host → GPtrArray of GInetAddress */
  guint               pending;
} Check;

typedef struct {
  GTask *task;
  char  *host;
} Question;

static void
mw_guess_conditions_clear (gpointer data)
{
  MwGuessConditions *self = data;

  g_free (self->domain);
  g_hash_table_unref (self->sharing);
}

static void
check_free (gpointer data)
{
  Check *check = data;

  mw_guess_conditions_unref (check->conditions);
  g_strfreev (check->hosts);
  g_free (check->mx);
  g_clear_pointer (&check->providers, mw_provider_table_unref);
  g_hash_table_unref (check->addresses);
  g_free (check);
}

static Question *
question_new (GTask      *task,
              const char *host)
{
  Question *question = g_new0 (Question, 1);
  Check *check = g_task_get_task_data (task);

  check->pending++;
  question->task = g_object_ref (task);
  question->host = g_strdup (host);
  return question;
}

static void
question_free (Question *question)
{
  g_object_unref (question->task);
  g_free (question->host);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static gboolean
share_an_address (GPtrArray *a,
                  GPtrArray *b)
{
  if (a == NULL || b == NULL)
    return FALSE;

  for (guint i = 0; i < a->len; i++)
    {
      if (g_ptr_array_find_with_equal_func (b, g_ptr_array_index (a, i),
                                            (GEqualFunc) g_inet_address_equal, NULL))
        return TRUE;
    }

  return FALSE;
}

static void
compare_addresses (Check *check)
{
  GPtrArray *mx_addresses;

  if (check->mx == NULL)
    return;

  mx_addresses = g_hash_table_lookup (check->addresses, check->mx);
  for (gsize i = 0; check->hosts[i] != NULL; i++)
    {
      if (share_an_address (g_hash_table_lookup (check->addresses, check->hosts[i]),
                            mx_addresses))
        g_hash_table_add (check->conditions->sharing, g_strdup (check->hosts[i]));
    }
}

static void
finish_question (GTask *task)
{
  Check *check = g_task_get_task_data (task);

  check->pending--;
  if (check->pending > 0 || g_task_return_error_if_cancelled (task))
    return;

  compare_addresses (check);
  g_task_return_pointer (task,
                         mw_guess_conditions_ref (check->conditions),
                         (GDestroyNotify) mw_guess_conditions_unref);
}

static void
mw_guess_conditions_addresses_cb (GObject      *object,
                                  GAsyncResult *result,
                                  gpointer      user_data)
{
  g_autoptr(Question) question = user_data;
  g_autoptr(GPtrArray) addresses = NULL;
  Check *check = g_task_get_task_data (question->task);
  GPtrArray *known;

  /* An error means that there is nothing to share. */
  addresses = mw_resolver_lookup_addresses_finish (MW_RESOLVER (object), result, NULL);
  known = g_hash_table_lookup (check->addresses, question->host);

  if (addresses != NULL && known == NULL)
    g_hash_table_insert (check->addresses,
                         g_strdup (question->host),
                         g_ptr_array_ref (addresses));
  else if (addresses != NULL)
    {
      /* What came from the resolver is shared, so it is not added to. */
      GPtrArray *both = g_ptr_array_copy (known, (GCopyFunc) g_object_ref, NULL);

      g_ptr_array_set_free_func (both, g_object_unref);
      g_ptr_array_extend (both, addresses, (GCopyFunc) g_object_ref, NULL);
      g_hash_table_insert (check->addresses, g_strdup (question->host), both);
    }

  finish_question (question->task);
}

static void
ask_addresses (GTask               *task,
               MwResolver          *resolver,
               const char          *host,
               GAsyncReadyCallback  callback)
{
  for (gsize i = 0; i < G_N_ELEMENTS (families); i++)
    mw_resolver_lookup_addresses_async (resolver,
                                        host,
                                        families[i],
                                        g_task_get_cancellable (task),
                                        callback,
                                        question_new (task, host));
}

static gboolean
is_of_a_provider (Check      *check,
                  const char *exchanger)
{
  GPtrArray *matches = NULL;

  if (check->providers != NULL)
    matches = mw_provider_table_lookup_mx (check->providers, exchanger);

  return matches != NULL && ((MwProviderMatch *) g_ptr_array_index (matches, 0))->confirmed;
}

static void
mw_guess_conditions_mx_cb (GObject      *object,
                           GAsyncResult *result,
                           gpointer      user_data)
{
  MwResolver *resolver = MW_RESOLVER (object);
  g_autoptr(Question) question = user_data;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) names = NULL;
  Check *check = g_task_get_task_data (question->task);
  MwGuessConditions *conditions = check->conditions;

  names = mw_resolver_lookup_mx_finish (resolver, result, &error);

  if (names == NULL)
    {
      conditions->mx_elsewhere =
        g_error_matches (error, MW_PROBE_ERROR, MW_OUTCOME_DNS_NXDOMAIN) ? ANSWER_NO
                                                                         : ANSWER_UNKNOWN;
    }
  else if (names[0] == NULL || *names[0] == '\0')
    {
      /* A null MX (RFC 7505): no mail exchanger at all. */
      conditions->mx_elsewhere = ANSWER_NO;
    }
  else if (is_of_a_provider (check, names[0]))
    {
      /* Whatever answers under the domain, its mail is kept elsewhere. */
      conditions->mx_elsewhere = ANSWER_YES;
      conditions->mx_known = TRUE;
    }
  else if (mw_domain_is_inside (names[0], conditions->domain))
    {
      conditions->mx_elsewhere = ANSWER_NO;
    }
  else
    {
      conditions->mx_elsewhere = ANSWER_YES;
      check->mx = g_strdup (names[0]);
      ask_addresses (question->task, resolver, check->mx, mw_guess_conditions_addresses_cb);
      for (gsize i = 0; check->hosts[i] != NULL; i++)
        ask_addresses (question->task, resolver, check->hosts[i],
                       mw_guess_conditions_addresses_cb);
    }

  finish_question (question->task);
}

static void
mw_guess_conditions_random_cb (GObject      *object,
                               GAsyncResult *result,
                               gpointer      user_data)
{
  g_autoptr(Question) question = user_data;
  g_autoptr(GPtrArray) addresses = NULL;
  g_autoptr(GError) error = NULL;
  Check *check = g_task_get_task_data (question->task);

  addresses = mw_resolver_lookup_addresses_finish (MW_RESOLVER (object), result, &error);

  if (addresses != NULL)
    check->conditions->wildcard = ANSWER_YES;
  else if (check->conditions->wildcard == ANSWER_NO &&
           !g_error_matches (error, MW_PROBE_ERROR, MW_OUTCOME_DNS_NXDOMAIN))
    check->conditions->wildcard = ANSWER_UNKNOWN;

  finish_question (question->task);
}

static void
ask_random_label (GTask      *task,
                  MwResolver *resolver,
                  const char *domain)
{
  Check *check = g_task_get_task_data (task);
  g_autofree char *name = NULL;
  g_autofree char *host = NULL;

  name = g_strdup_printf ("%08x%08x.%s", g_random_int (), g_random_int (), domain);
  host = mw_domain_normalize (name);

  /* Under a very long domain such a name does not fit, but a guess may. */
  if (host != NULL)
    ask_addresses (task, resolver, host, mw_guess_conditions_random_cb);
  else
    check->conditions->wildcard = ANSWER_UNKNOWN;
}

void
mw_guess_conditions_check_async (MwResolver          *resolver,
                                 const char          *domain,
                                 const char * const  *hosts,
                                 MwProviderTable     *providers,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  MwGuessConditions *self;
  Check *check;

  g_return_if_fail (MW_IS_RESOLVER (resolver));
  g_return_if_fail (domain != NULL);
  g_return_if_fail (hosts != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_guess_conditions_check_async);

  self = g_rc_box_new0 (MwGuessConditions);
  self->domain = g_strdup (domain);
  self->public_suffix = mw_domain_is_public_suffix (domain);
  self->sharing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  check = g_new0 (Check, 1);
  check->conditions = self;
  check->hosts = g_strdupv ((char **) hosts);
  check->providers = providers != NULL ? mw_provider_table_ref (providers) : NULL;
  check->addresses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                            (GDestroyNotify) g_ptr_array_unref);
  g_task_set_task_data (task, check, check_free);

  mw_resolver_lookup_mx_async (resolver,
                               domain,
                               cancellable,
                               mw_guess_conditions_mx_cb,
                               question_new (task, domain));
  for (guint i = 0; i < RANDOM_LABELS; i++)
    ask_random_label (task, resolver, domain);
}

MwGuessConditions *
mw_guess_conditions_check_finish (GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_guess_conditions_check_async), NULL);
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

MwGuessConditions *
mw_guess_conditions_ref (MwGuessConditions *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_rc_box_acquire (self);
}

void
mw_guess_conditions_unref (MwGuessConditions *self)
{
  g_return_if_fail (self != NULL);

  g_rc_box_release_full (self, mw_guess_conditions_clear);
}

gboolean
mw_guess_conditions_hold (MwGuessConditions *self,
                          const char        *host)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (host != NULL, FALSE);

  if (self->public_suffix || self->wildcard != ANSWER_NO ||
      !mw_domain_is_inside (host, self->domain))
    return FALSE;

  return self->mx_elsewhere == ANSWER_NO || g_hash_table_contains (self->sharing, host);
}

const char *
mw_guess_conditions_get_objection (MwGuessConditions *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->public_suffix)
    return MW_GUESS_OBJECTION_PUBLIC_SUFFIX;
  if (self->wildcard == ANSWER_YES)
    return MW_GUESS_OBJECTION_WILDCARD;
  if (self->wildcard == ANSWER_UNKNOWN || self->mx_elsewhere == ANSWER_UNKNOWN)
    return MW_GUESS_OBJECTION_NO_ANSWER;
  if (self->mx_known)
    return MW_GUESS_OBJECTION_PROVIDER;
  if (self->mx_elsewhere == ANSWER_YES)
    return MW_GUESS_OBJECTION_ELSEWHERE;

  return NULL;
}
