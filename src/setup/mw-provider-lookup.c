/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-provider-lookup.h"

#include <string.h>

#include "core/mw-address.h"
#include "core/mw-domain.h"
#include "core/mw-error.h"
#include "net/mw-resolver.h"
#include "setup/mw-engine-private.h"

/* Longer than between two letters, shorter than a person notices. */
#define PAUSE_MS 600

/* A hint that comes later is of no use: the password has been typed. */
#define DEADLINE_MS 3000

struct _MwProviderLookup
{
  GObject parent_instance;

  /* Owned */
  MwEngine     *engine;
  char         *domain;      /* NULL while there is no whole address */
  GHashTable   *exchangers;  /* domain → name of its mail exchanger, "" for none */
  GCancellable *question;    /* the one that is waited for */
  MwProvider   *provider;

  guint         pause;
  gboolean      ask_exchanger;
  gboolean      sure;
  gboolean      by_exchanger;
};

G_DEFINE_FINAL_TYPE (MwProviderLookup, mw_provider_lookup, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_ASK_EXCHANGER,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What the name service was asked; it may answer when nobody waits any more. */
typedef struct {
  MwProviderLookup *lookup;
  GCancellable     *cancellable;
  char             *domain;
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->lookup);
  g_object_unref (question->cancellable);
  g_free (question->domain);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
set_found (MwProviderLookup *self,
           MwProviderMatch  *match,
           gboolean          by_exchanger)
{
  MwProvider *provider = match != NULL ? match->provider : NULL;
  gboolean sure = match != NULL && match->confirmed;

  if (self->provider == provider && self->sure == sure && self->by_exchanger == by_exchanger)
    return;

  if (provider != NULL)
    mw_provider_ref (provider);
  g_clear_pointer (&self->provider, mw_provider_unref);
  self->provider = provider;
  self->sure = sure;
  self->by_exchanger = by_exchanger;
  g_signal_emit (self, signals[CHANGED], 0);
}

static MwProviderMatch *
first_match (GPtrArray *matches)
{
  return matches != NULL ? g_ptr_array_index (matches, 0) : NULL;
}

/* The one place that derives the answer: a domain that is surely somebody's,
 * then its mail exchanger, then whose the domain may be. */
static void
update_found (MwProviderLookup *self)
{
  MwProviderTable *table = mw_engine_get_providers (self->engine);
  const char *exchanger = NULL;
  MwProviderMatch *listed = NULL;
  MwProviderMatch *kept = NULL;

  if (self->domain != NULL)
    {
      listed = first_match (mw_provider_table_lookup_domain (table, self->domain));
      exchanger = g_hash_table_lookup (self->exchangers, self->domain);
    }
  if (self->ask_exchanger && exchanger != NULL && *exchanger != '\0')
    kept = first_match (mw_provider_table_lookup_mx (table, exchanger));

  if (kept == NULL || (listed != NULL && listed->confirmed))
    set_found (self, listed, FALSE);
  else
    set_found (self, kept, TRUE);
}

static void
stop_asking (MwProviderLookup *self)
{
  g_clear_handle_id (&self->pause, g_source_remove);
  g_cancellable_cancel (self->question);
  g_clear_object (&self->question);
}

static void
on_answer_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(Question) question = user_data;
  MwProviderLookup *self = question->lookup;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) names = NULL;
  const char *exchanger;

  names = mw_resolver_lookup_mx_finish (MW_RESOLVER (object), result, &error);
  if (question->cancellable != self->question)
    return;

  g_clear_object (&self->question);
  /* What went wrong is asked again when the domain is typed again. */
  if (names == NULL && !g_error_matches (error, MW_PROBE_ERROR, MW_OUTCOME_DNS_NXDOMAIN))
    return;

  exchanger = names != NULL && names[0] != NULL ? names[0] : "";
  g_hash_table_insert (self->exchangers, g_steal_pointer (&question->domain),
                       g_strdup (exchanger));
  update_found (self);
}

static gboolean
on_pause_cb (gpointer user_data)
{
  MwProviderLookup *self = MW_PROVIDER_LOOKUP (user_data);
  g_autoptr(MwResolver) resolver = NULL;
  Question *question;

  self->pause = 0;
  /* Before the sign-in of a network every name leads to its own page. */
  if (mw_engine_get_network (self->engine) >= MW_NETWORK_CONDITION_PORTAL)
    return G_SOURCE_REMOVE;

  resolver = mw_resolver_new (DEADLINE_MS);
  self->question = g_cancellable_new ();
  question = g_new0 (Question, 1);
  question->lookup = g_object_ref (self);
  question->cancellable = g_object_ref (self->question);
  question->domain = g_strdup (self->domain);
  mw_resolver_lookup_mx_async (resolver, self->domain, self->question, on_answer_cb, question);
  return G_SOURCE_REMOVE;
}

/* "firma.p" and "com.pl" are on the way to something; an IP address has no mail
 * exchanger. */
static gboolean
is_complete (const char *domain)
{
  const char *dot = strrchr (domain, '.');

  return dot != NULL && strlen (dot) > 2 && !mw_domain_is_ip_literal (domain) &&
         mw_domain_get_registrable (domain) != NULL;
}

static void
ask_after_a_pause (MwProviderLookup *self)
{
  stop_asking (self);
  if (self->ask_exchanger && self->domain != NULL && !self->sure &&
      is_complete (self->domain) && !g_hash_table_contains (self->exchangers, self->domain))
    self->pause = g_timeout_add (PAUSE_MS, on_pause_cb, self);
}

static void
mw_provider_lookup_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  MwProviderLookup *self = MW_PROVIDER_LOOKUP (object);

  switch (prop_id)
    {
    case PROP_ASK_EXCHANGER:
      g_value_set_boolean (value, self->ask_exchanger);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mw_provider_lookup_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  MwProviderLookup *self = MW_PROVIDER_LOOKUP (object);

  switch (prop_id)
    {
    case PROP_ASK_EXCHANGER:
      if (self->ask_exchanger == g_value_get_boolean (value))
        break;
      self->ask_exchanger = g_value_get_boolean (value);
      update_found (self);
      ask_after_a_pause (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mw_provider_lookup_dispose (GObject *object)
{
  MwProviderLookup *self = MW_PROVIDER_LOOKUP (object);

  stop_asking (self);
  g_clear_object (&self->engine);
  g_clear_pointer (&self->domain, g_free);
  g_clear_pointer (&self->exchangers, g_hash_table_unref);
  g_clear_pointer (&self->provider, mw_provider_unref);

  G_OBJECT_CLASS (mw_provider_lookup_parent_class)->dispose (object);
}

static void
mw_provider_lookup_class_init (MwProviderLookupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = mw_provider_lookup_get_property;
  object_class->set_property = mw_provider_lookup_set_property;
  object_class->dispose = mw_provider_lookup_dispose;

  properties[PROP_ASK_EXCHANGER] =
    g_param_spec_boolean ("ask-exchanger", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mw_provider_lookup_init (MwProviderLookup *self)
{
  self->exchangers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

MwProviderLookup *
mw_provider_lookup_new (MwEngine *engine)
{
  MwProviderLookup *self;

  g_return_val_if_fail (MW_IS_ENGINE (engine), NULL);

  self = g_object_new (MW_TYPE_PROVIDER_LOOKUP, NULL);
  self->engine = g_object_ref (engine);
  return self;
}

void
mw_provider_lookup_set_text (MwProviderLookup *self,
                             const char       *text)
{
  g_autoptr(MwAddress) address = NULL;
  const char *domain = NULL;

  g_return_if_fail (MW_IS_PROVIDER_LOOKUP (self));
  g_return_if_fail (text != NULL);

  address = mw_address_parse (text, NULL);
  if (address != NULL)
    domain = mw_address_get_domain (address);
  /* The part before the @ makes no difference. */
  if (g_strcmp0 (self->domain, domain) == 0)
    return;

  g_free (self->domain);
  self->domain = g_strdup (domain);
  update_found (self);
  ask_after_a_pause (self);
}

MwProvider *
mw_provider_lookup_get_provider (MwProviderLookup *self)
{
  g_return_val_if_fail (MW_IS_PROVIDER_LOOKUP (self), NULL);

  return self->provider;
}

gboolean
mw_provider_lookup_is_sure (MwProviderLookup *self)
{
  g_return_val_if_fail (MW_IS_PROVIDER_LOOKUP (self), FALSE);

  return self->sure;
}

gboolean
mw_provider_lookup_is_by_exchanger (MwProviderLookup *self)
{
  g_return_val_if_fail (MW_IS_PROVIDER_LOOKUP (self), FALSE);

  return self->by_exchanger;
}
