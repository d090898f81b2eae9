/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-candidate.h"

struct _MwCandidate
{
  MwEndpoint    *endpoint;
  guint          origins;
  MwGrade        grade;
  char         **user_names;
  MwAuthMethod   auth;
  int            rank;
  MwProvider    *provider;
};

G_DEFINE_BOXED_TYPE (MwCandidate, mw_candidate, mw_candidate_ref, mw_candidate_unref)

static void
mw_candidate_clear (gpointer data)
{
  MwCandidate *self = data;

  mw_endpoint_unref (self->endpoint);
  g_strfreev (self->user_names);
  g_clear_pointer (&self->provider, mw_provider_unref);
}

MwCandidate *
mw_candidate_new (MwEndpoint         *endpoint,
                  MwOrigin            origin,
                  MwGrade             grade,
                  const char * const *user_names,
                  MwAuthMethod        auth,
                  int                 rank)
{
  MwCandidate *self;

  g_return_val_if_fail (endpoint != NULL, NULL);

  self = g_rc_box_new0 (MwCandidate);
  self->endpoint = mw_endpoint_ref (endpoint);
  self->origins = 1u << origin;
  self->grade = grade;
  self->user_names = g_strdupv ((char **) user_names);
  self->auth = auth;
  self->rank = rank;
  return self;
}

MwCandidate *
mw_candidate_new_for_provider (MwEndpoint         *endpoint,
                               MwOrigin            origin,
                               MwGrade             grade,
                               const char * const *user_names,
                               int                 rank,
                               MwProvider         *provider)
{
  MwCandidate *self;

  g_return_val_if_fail (provider != NULL, NULL);

  self = mw_candidate_new (endpoint, origin, grade, user_names,
                           mw_provider_takes_password (provider) ? MW_AUTH_UNKNOWN
                                                                 : MW_AUTH_OAUTH2,
                           rank);
  self->provider = mw_provider_ref (provider);
  return self;
}

MwCandidate *
mw_candidate_new_told (MwEndpoint         *endpoint,
                       MwOrigin            origin,
                       MwGrade             grade,
                       const char * const *user_names,
                       MwAuthMethod        auth,
                       int                 rank,
                       MwProvider         *provider)
{
  MwCandidate *self = mw_candidate_new (endpoint, origin, grade, user_names, auth, rank);

  if (self != NULL && provider != NULL)
    self->provider = mw_provider_ref (provider);
  return self;
}

static MwProvider *
choose_provider (MwProvider *better,
                 MwProvider *other)
{
  if (better == NULL || (other != NULL && !mw_provider_is_listed (better) &&
                         mw_provider_is_listed (other)))
    return other;

  return better;
}

static char **
join_user_names (const char * const *first,
                 const char * const *second)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  if (first == NULL)
    return g_strdupv ((char **) second);

  g_strv_builder_addv (builder, (const char **) first);
  for (gsize i = 0; second != NULL && second[i] != NULL; i++)
    {
      if (!g_strv_contains (first, second[i]))
        g_strv_builder_add (builder, second[i]);
    }

  return g_strv_builder_end (builder);
}

/* The order a source wants counts as much as the source. A guess wants none,
 * even where its grade is the better one. */
static int
join_ranks (MwCandidate *better,
            MwCandidate *other)
{
  if (better->grade == other->grade || mw_candidate_is_guess (better))
    return MIN (better->rank, other->rank);

  return better->rank;
}

MwCandidate *
mw_candidate_merge (MwCandidate *a,
                    MwCandidate *b)
{
  MwCandidate *self;
  MwCandidate *better;
  MwCandidate *other;

  g_return_val_if_fail (a != NULL, NULL);
  g_return_val_if_fail (b != NULL, NULL);
  g_return_val_if_fail (mw_endpoint_equal (a->endpoint, b->endpoint), NULL);

  better = b->grade < a->grade ? b : a;
  other = better == a ? b : a;

  self = g_rc_box_new0 (MwCandidate);
  self->endpoint = mw_endpoint_ref (better->endpoint);
  self->origins = a->origins | b->origins;
  self->grade = better->grade;
  self->user_names = join_user_names ((const char * const *) better->user_names,
                                      (const char * const *) other->user_names);
  self->auth = better->auth != MW_AUTH_UNKNOWN ? better->auth : other->auth;
  self->rank = join_ranks (better, other);
  self->provider = choose_provider (better->provider, other->provider);
  if (self->provider != NULL)
    mw_provider_ref (self->provider);
  return self;
}

MwCandidate *
mw_candidate_ref (MwCandidate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_rc_box_acquire (self);
}

void
mw_candidate_unref (MwCandidate *self)
{
  g_return_if_fail (self != NULL);

  g_rc_box_release_full (self, mw_candidate_clear);
}

MwEndpoint *
mw_candidate_get_endpoint (MwCandidate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->endpoint;
}

guint
mw_candidate_get_origins (MwCandidate *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->origins;
}

gboolean
mw_candidate_is_guess (MwCandidate *self)
{
  static const guint guesses = 1u << MW_ORIGIN_GUESS | 1u << MW_ORIGIN_MX;

  g_return_val_if_fail (self != NULL, FALSE);

  /* By its mail exchanger, a known provider is found, too. */
  return (self->origins & ~guesses) == 0 && self->provider == NULL;
}

MwGrade
mw_candidate_get_grade (MwCandidate *self)
{
  g_return_val_if_fail (self != NULL, MW_GRADE_L);

  return self->grade;
}

const char * const *
mw_candidate_get_user_names (MwCandidate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char * const *) self->user_names;
}

MwAuthMethod
mw_candidate_get_auth (MwCandidate *self)
{
  g_return_val_if_fail (self != NULL, MW_AUTH_UNKNOWN);

  return self->auth;
}

int
mw_candidate_get_rank (MwCandidate *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->rank;
}

MwProvider *
mw_candidate_get_provider (MwCandidate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->provider;
}

int
mw_candidate_compare (MwCandidate *a,
                      MwCandidate *b)
{
  g_return_val_if_fail (a != NULL, 0);
  g_return_val_if_fail (b != NULL, 0);

  if (a->grade != b->grade)
    return (int) a->grade - (int) b->grade;

  /* The protocol outweighs the security: a provider that offers IMAP only by
   * STARTTLS and POP3 by TLS is still an IMAP provider. */
  if (mw_endpoint_get_protocol (a->endpoint) != mw_endpoint_get_protocol (b->endpoint))
    return (int) mw_endpoint_get_protocol (a->endpoint) -
           (int) mw_endpoint_get_protocol (b->endpoint);

  if (mw_endpoint_get_security (a->endpoint) != mw_endpoint_get_security (b->endpoint))
    return (int) mw_endpoint_get_security (a->endpoint) -
           (int) mw_endpoint_get_security (b->endpoint);

  return a->rank - b->rank;
}
