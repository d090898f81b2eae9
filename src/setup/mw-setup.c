/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-setup-private.h"

#include "core/mw-domain.h"
#include "setup/mw-setup-review.h"

G_DEFINE_ENUM_TYPE (MwSetupState, mw_setup_state,
                    G_DEFINE_ENUM_VALUE (MW_SETUP_STATE_IDLE, "idle"),
                    G_DEFINE_ENUM_VALUE (MW_SETUP_STATE_CHECKING, "checking"),
                    G_DEFINE_ENUM_VALUE (MW_SETUP_STATE_QUESTION, "question"),
                    G_DEFINE_ENUM_VALUE (MW_SETUP_STATE_PROBLEM, "problem"),
                    G_DEFINE_ENUM_VALUE (MW_SETUP_STATE_VERIFIED, "verified"),
                    G_DEFINE_ENUM_VALUE (MW_SETUP_STATE_SAVED, "saved"))

G_DEFINE_FINAL_TYPE (MwSetup, mw_setup, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_STATE,
  PROP_SENDER_NAME,
  PROP_LABEL,
  PROP_DESCRIPTION,
  PROP_SIGNATURE,
  PROP_MAKE_DEFAULT,
  PROP_NOTIFICATIONS,
  PROP_LEAVE_ON_SERVER,
  PROP_OUTGOING_AUTHENTICATION,
  PROP_SAME_CREDENTIALS,
  PROP_RECEIVE_ONLY,
  PROP_LOG_IN,
  PROP_BROWSER_SIGN_IN,
  PROP_USE_ISPDB,
  PROP_DELETE_AFTER_DAYS,
  PROP_TIMEOUT,
  N_PROPS
};

enum {
  CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

void
mw_setup_set_state (MwSetup      *self,
                    MwSetupState  state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/* Something was entered: the proof of that side no longer holds. */
static void
forget_proof (MwSetup *self,
              MwSide   side)
{
  self->proved[side] = FALSE;
  self->stale[side] = TRUE;
  if (self->state != MW_SETUP_STATE_CHECKING)
    mw_setup_set_state (self, MW_SETUP_STATE_IDLE);
}

static void
forget_proofs (MwSetup *self)
{
  forget_proof (self, MW_SIDE_INCOMING);
  forget_proof (self, MW_SIDE_OUTGOING);
}

static void
mw_setup_get_property (GObject    *object,
                       guint       prop_id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  MwSetup *self = MW_SETUP (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_SENDER_NAME:
      g_value_set_string (value, self->sender_name);
      break;
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_DESCRIPTION:
      g_value_set_string (value, self->description);
      break;
    case PROP_SIGNATURE:
      g_value_set_string (value, self->signature);
      break;
    case PROP_MAKE_DEFAULT:
      g_value_set_boolean (value, self->make_default);
      break;
    case PROP_NOTIFICATIONS:
      g_value_set_boolean (value, self->notifications);
      break;
    case PROP_LEAVE_ON_SERVER:
      g_value_set_boolean (value, self->leave_on_server);
      break;
    case PROP_OUTGOING_AUTHENTICATION:
      g_value_set_boolean (value, self->outgoing_authentication);
      break;
    case PROP_SAME_CREDENTIALS:
      g_value_set_boolean (value, self->same_credentials);
      break;
    case PROP_RECEIVE_ONLY:
      g_value_set_boolean (value, self->receive_only);
      break;
    case PROP_LOG_IN:
      g_value_set_boolean (value, self->log_in);
      break;
    case PROP_BROWSER_SIGN_IN:
      g_value_set_boolean (value, self->browser_sign_in);
      break;
    case PROP_USE_ISPDB:
      g_value_set_boolean (value, self->use_ispdb);
      break;
    case PROP_DELETE_AFTER_DAYS:
      g_value_set_uint (value, self->delete_after_days);
      break;
    case PROP_TIMEOUT:
      g_value_set_uint (value, self->timeout);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
set_string (MwSetup    *self,
            char      **member,
            const char *value,
            guint       prop_id)
{
  if (g_strcmp0 (*member, value) == 0)
    return;

  g_free (*member);
  *member = g_strdup (value);
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
}

static gboolean
set_boolean (MwSetup  *self,
             gboolean *member,
             gboolean  value,
             guint     prop_id)
{
  if (*member == value)
    return FALSE;

  *member = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
  return TRUE;
}

static gboolean
set_uint (MwSetup *self,
          guint   *member,
          guint    value,
          guint    prop_id)
{
  if (*member == value)
    return FALSE;

  *member = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
  return TRUE;
}

static void
mw_setup_set_property (GObject      *object,
                       guint         prop_id,
                       const GValue *value,
                       GParamSpec   *pspec)
{
  MwSetup *self = MW_SETUP (object);

  switch (prop_id)
    {
    case PROP_SENDER_NAME:
      set_string (self, &self->sender_name, g_value_get_string (value), prop_id);
      break;
    case PROP_LABEL:
      set_string (self, &self->label, g_value_get_string (value), prop_id);
      break;
    case PROP_DESCRIPTION:
      set_string (self, &self->description, g_value_get_string (value), prop_id);
      break;
    case PROP_SIGNATURE:
      set_string (self, &self->signature, g_value_get_string (value), prop_id);
      break;
    case PROP_MAKE_DEFAULT:
      set_boolean (self, &self->make_default, g_value_get_boolean (value), prop_id);
      break;
    case PROP_NOTIFICATIONS:
      set_boolean (self, &self->notifications, g_value_get_boolean (value), prop_id);
      break;
    case PROP_LEAVE_ON_SERVER:
      if (set_boolean (self, &self->leave_on_server, g_value_get_boolean (value), prop_id))
        self->pop_entered = TRUE;
      break;
    case PROP_OUTGOING_AUTHENTICATION:
      if (set_boolean (self, &self->outgoing_authentication, g_value_get_boolean (value),
                       prop_id))
        forget_proof (self, MW_SIDE_OUTGOING);
      break;
    case PROP_SAME_CREDENTIALS:
      if (set_boolean (self, &self->same_credentials, g_value_get_boolean (value), prop_id))
        forget_proof (self, MW_SIDE_OUTGOING);
      break;
    case PROP_RECEIVE_ONLY:
      if (set_boolean (self, &self->receive_only, g_value_get_boolean (value), prop_id))
        forget_proof (self, MW_SIDE_OUTGOING);
      break;
    case PROP_LOG_IN:
      if (set_boolean (self, &self->log_in, g_value_get_boolean (value), prop_id))
        forget_proofs (self);
      break;
    case PROP_BROWSER_SIGN_IN:
      if (set_boolean (self, &self->browser_sign_in, g_value_get_boolean (value), prop_id))
        forget_proofs (self);
      break;
    case PROP_USE_ISPDB:
      set_boolean (self, &self->use_ispdb, g_value_get_boolean (value), prop_id);
      break;
    case PROP_DELETE_AFTER_DAYS:
      if (set_uint (self, &self->delete_after_days, g_value_get_uint (value), prop_id))
        self->pop_entered = TRUE;
      break;
    case PROP_TIMEOUT:
      set_uint (self, &self->timeout, g_value_get_uint (value), prop_id);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mw_setup_dispose (GObject *object)
{
  MwSetup *self = MW_SETUP (object);

  mw_setup_end_run (self);
  for (guint side = 0; side < 2; side++)
    g_clear_pointer (&self->secrets[side], mw_secret_unref);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (mw_setup_parent_class)->dispose (object);
}

static void
mw_setup_finalize (GObject *object)
{
  MwSetup *self = MW_SETUP (object);

  g_clear_pointer (&self->address, mw_address_unref);
  g_clear_pointer (&self->provider, mw_provider_unref);
  g_clear_pointer (&self->chosen_provider, mw_provider_unref);
  for (guint side = 0; side < 2; side++)
    {
      g_free (self->user_names[side]);
      g_clear_pointer (&self->servers[side], g_ptr_array_unref);
      g_clear_pointer (&self->decided[side], mw_verdict_unref);
    }
  mw_redactor_unref (self->redactor);
  g_hash_table_unref (self->allowed);
  g_hash_table_unref (self->reviewed);
  g_free (self->suggested_label);
  g_clear_pointer (&self->suggestions, g_ptr_array_unref);
  g_hash_table_unref (self->pins);
  g_free (self->sender_name);
  g_free (self->label);
  g_free (self->description);
  g_free (self->signature);
  g_ptr_array_unref (self->verdicts);
  g_ptr_array_unref (self->reports);
  g_ptr_array_unref (self->conflicts);
  g_hash_table_unref (self->presentations);
  g_clear_pointer (&self->advice, mw_advice_free);
  g_strfreev (self->consent_hosts);
  g_ptr_array_unref (self->alternatives);
  g_clear_pointer (&self->opened, mw_profile_unref);
  g_clear_pointer (&self->saved, mw_profile_unref);
  g_free (self->id);

  G_OBJECT_CLASS (mw_setup_parent_class)->finalize (object);
}

static void
add_string_property (guint       prop_id,
                     const char *name)
{
  properties[prop_id] = g_param_spec_string (name, NULL, NULL, NULL,
                                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                             G_PARAM_STATIC_STRINGS);
}

static void
add_boolean_property (guint       prop_id,
                      const char *name,
                      gboolean    preset)
{
  properties[prop_id] = g_param_spec_boolean (name, NULL, NULL, preset,
                                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                              G_PARAM_STATIC_STRINGS);
}

static void
add_uint_property (guint       prop_id,
                   const char *name,
                   guint       maximum)
{
  properties[prop_id] = g_param_spec_uint (name, NULL, NULL, 0, maximum, 0,
                                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                           G_PARAM_STATIC_STRINGS);
}

static void
mw_setup_class_init (MwSetupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mw_setup_dispose;
  object_class->finalize = mw_setup_finalize;
  object_class->get_property = mw_setup_get_property;
  object_class->set_property = mw_setup_set_property;

  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, MW_TYPE_SETUP_STATE,
                                              MW_SETUP_STATE_IDLE,
                                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                              G_PARAM_STATIC_STRINGS);
  add_string_property (PROP_SENDER_NAME, "sender-name");
  add_string_property (PROP_LABEL, "label");
  add_string_property (PROP_DESCRIPTION, "description");
  add_string_property (PROP_SIGNATURE, "signature");
  add_boolean_property (PROP_MAKE_DEFAULT, "make-default", FALSE);
  add_boolean_property (PROP_NOTIFICATIONS, "notifications", TRUE);
  add_boolean_property (PROP_LEAVE_ON_SERVER, "leave-on-server", TRUE);
  add_boolean_property (PROP_OUTGOING_AUTHENTICATION, "outgoing-authentication", TRUE);
  add_boolean_property (PROP_SAME_CREDENTIALS, "same-credentials", TRUE);
  add_boolean_property (PROP_RECEIVE_ONLY, "receive-only", FALSE);
  add_boolean_property (PROP_LOG_IN, "log-in", TRUE);
  add_boolean_property (PROP_BROWSER_SIGN_IN, "browser-sign-in", FALSE);
  add_boolean_property (PROP_USE_ISPDB, "use-ispdb", TRUE);
  add_uint_property (PROP_DELETE_AFTER_DAYS, "delete-after-days", 365);
  add_uint_property (PROP_TIMEOUT, "timeout", 3600);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mw_setup_init (MwSetup *self)
{
  self->redactor = mw_redactor_new ();
  self->allowed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->reviewed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->pins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_verdict_unref);
  self->reports = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_source_report_unref);
  self->conflicts = g_ptr_array_new ();
  self->alternatives = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_service_free);
  self->presentations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->outcome = MW_OUTCOME_PENDING;
  self->verified_us = -1;
  self->protocol = -1;
  self->notifications = TRUE;
  self->leave_on_server = TRUE;
  self->outgoing_authentication = TRUE;
  self->same_credentials = TRUE;
  self->log_in = TRUE;
  self->use_ispdb = TRUE;
}

MwSetup *
mw_setup_new (MwEngine *engine)
{
  MwSetup *self;

  g_return_val_if_fail (MW_IS_ENGINE (engine), NULL);

  self = g_object_new (MW_TYPE_SETUP, NULL);
  self->engine = g_object_ref (engine);
  return self;
}

MwEngine *
mw_setup_get_engine (MwSetup *self)
{
  g_return_val_if_fail (MW_IS_SETUP (self), NULL);

  return self->engine;
}

MwSetupState
mw_setup_get_state (MwSetup *self)
{
  g_return_val_if_fail (MW_IS_SETUP (self), MW_SETUP_STATE_IDLE);

  return self->state;
}

gboolean
mw_setup_set_address (MwSetup     *self,
                      const char  *text,
                      gboolean     typed,
                      GError     **error)
{
  g_autoptr(MwAddress) address = NULL;

  g_return_val_if_fail (MW_IS_SETUP (self), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  address = mw_address_parse (text, error);
  if (address == NULL)
    return FALSE;

  if (self->address == NULL || self->domain_typed != typed ||
      !g_str_equal (mw_address_get_text (address), mw_address_get_text (self->address)))
    {
      forget_proofs (self);
      g_hash_table_remove_all (self->allowed);
      mw_setup_drop_inspection (self);
      g_clear_pointer (&self->provider, mw_provider_unref);
      g_clear_pointer (&self->saved, mw_profile_unref);
      g_clear_pointer (&self->id, g_free);
      self->password_kept = FALSE;
      /* Back to the account that was opened. */
      if (self->opened != NULL &&
          g_str_equal (mw_address_get_text (address), self->opened->address))
        self->saved = mw_profile_ref (self->opened);
    }

  g_clear_pointer (&self->address, mw_address_unref);
  self->address = g_steal_pointer (&address);
  self->domain_typed = typed;
  mw_redactor_add_person (self->redactor, mw_address_get_text (self->address));
  mw_redactor_add_person (self->redactor, mw_address_get_display (self->address));
  return TRUE;
}

void
mw_setup_set_provider (MwSetup    *self,
                       MwProvider *provider)
{
  g_return_if_fail (MW_IS_SETUP (self));

  g_clear_pointer (&self->provider, mw_provider_unref);
  if (provider != NULL)
    self->provider = mw_provider_ref (provider);
}

MwAddress *
mw_setup_get_address (MwSetup *self)
{
  g_return_val_if_fail (MW_IS_SETUP (self), NULL);

  return self->address;
}

MwProvider *
mw_setup_get_provider (MwSetup *self)
{
  MwVerdict *verdict;
  MwProvider *found = NULL;
  MwProvider *listed = NULL;

  g_return_val_if_fail (MW_IS_SETUP (self), NULL);

  if (self->provider != NULL)
    return self->provider;

  verdict = self->decided[MW_SIDE_INCOMING];
  if (verdict != NULL)
    found = mw_candidate_get_provider (verdict->candidate);
  if (found != NULL && mw_provider_is_listed (found))
    return found;

  if (self->chosen_provider != NULL)
    return self->chosen_provider;
  if (self->address != NULL)
    listed = mw_engine_lookup_provider (self->engine, mw_address_get_domain (self->address));
  if (listed != NULL)
    return listed;

  /* What a document says holds whichever server was decided on; what DNS alone
   * leads to speaks for its own servers only. */
  for (guint i = 0; found == NULL && i < self->verdicts->len; i++)
    {
      verdict = g_ptr_array_index (self->verdicts, i);
      if (mw_candidate_get_grade (verdict->candidate) <= MW_GRADE_C)
        found = mw_candidate_get_provider (verdict->candidate);
    }

  /* Who sent a link may also have written the document. */
  return self->domain_typed ? found : NULL;
}

void
mw_setup_set_password (MwSetup  *self,
                       MwSide    side,
                       MwSecret *secret)
{
  MwSecret *former;

  g_return_if_fail (MW_IS_SETUP (self));

  former = self->secrets[side];
  if (former != NULL && secret != NULL && mw_secret_equal (former, secret))
    return;

  self->secrets[side] = secret != NULL ? mw_secret_ref (secret) : NULL;
  self->passwords_typed &= ~(1u << side);
  g_clear_pointer (&former, mw_secret_unref);

  /* Forgetting the password of a saved account changes nothing about it. */
  if (secret == NULL)
    return;

  self->password_kept = FALSE;
  self->password_new = TRUE;
  self->passwords_typed |= 1u << side;
  mw_redactor_add_secret (self->redactor, mw_secret_peek (secret),
                          mw_secret_get_length (secret));
  forget_proof (self, side);
  if (side == MW_SIDE_INCOMING && self->same_credentials)
    forget_proof (self, MW_SIDE_OUTGOING);
}

gboolean
mw_setup_has_password (MwSetup *self,
                       MwSide   side)
{
  g_return_val_if_fail (MW_IS_SETUP (self), FALSE);

  return self->secrets[side] != NULL;
}

gboolean
mw_setup_needs_password (MwSetup *self)
{
  g_return_val_if_fail (MW_IS_SETUP (self), FALSE);

  return self->log_in && !self->browser_sign_in && !self->proved[MW_SIDE_INCOMING] &&
         self->secrets[MW_SIDE_INCOMING] == NULL;
}

MwRedactor *
mw_setup_get_redactor (MwSetup *self)
{
  g_return_val_if_fail (MW_IS_SETUP (self), NULL);

  return self->redactor;
}

void
mw_setup_set_user_name (MwSetup    *self,
                        MwSide      side,
                        const char *user_name)
{
  g_return_if_fail (MW_IS_SETUP (self));

  if (g_strcmp0 (self->user_names[side], user_name) == 0)
    return;

  g_free (self->user_names[side]);
  self->user_names[side] = g_strdup (user_name);
  if (user_name != NULL)
    mw_redactor_add_person (self->redactor, user_name);
  forget_proof (self, side);
  if (side == MW_SIDE_INCOMING && self->same_credentials)
    forget_proof (self, MW_SIDE_OUTGOING);
}

const char *
mw_setup_get_user_name (MwSetup *self,
                        MwSide   side)
{
  g_return_val_if_fail (MW_IS_SETUP (self), NULL);

  return self->user_names[side];
}

void
mw_setup_set_auth (MwSetup      *self,
                   MwSide        side,
                   MwAuthMethod  method)
{
  g_return_if_fail (MW_IS_SETUP (self));
  g_return_if_fail (method != MW_AUTH_NONE && method != MW_AUTH_OAUTH2);

  if (self->auth[side] == method)
    return;

  self->auth[side] = method;
  forget_proof (self, side);
}

MwAuthMethod
mw_setup_get_auth (MwSetup *self,
                   MwSide   side)
{
  g_return_val_if_fail (MW_IS_SETUP (self), MW_AUTH_UNKNOWN);

  return self->auth[side];
}

void
mw_setup_set_servers (MwSetup   *self,
                      MwSide     side,
                      GPtrArray *endpoints)
{
  g_return_if_fail (MW_IS_SETUP (self));

  if (self->servers[side] == NULL && (endpoints == NULL || endpoints->len == 0))
    return;

  g_clear_pointer (&self->servers[side], g_ptr_array_unref);
  if (endpoints != NULL && endpoints->len > 0)
    {
      self->servers[side] = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_endpoint_unref);
      for (guint i = 0; i < endpoints->len; i++)
        g_ptr_array_add (self->servers[side], mw_endpoint_ref (endpoints->pdata[i]));
    }

  forget_proof (self, side);
}

static MwEndpoint *
switch_security (MwEndpoint *endpoint)
{
  gboolean is_tls = mw_endpoint_get_security (endpoint) == MW_SECURITY_TLS;

  return mw_endpoint_new (mw_endpoint_get_protocol (endpoint),
                          is_tls ? MW_SECURITY_STARTTLS : MW_SECURITY_TLS,
                          mw_endpoint_get_host (endpoint), mw_endpoint_get_port (endpoint));
}

gboolean
mw_setup_switch_security (MwSetup *self,
                          MwSide   side)
{
  g_autoptr(GPtrArray) servers = NULL;
  MwVerdict *verdict;
  guint index;

  g_return_val_if_fail (MW_IS_SETUP (self), FALSE);

  verdict = self->decided[side];
  servers = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_endpoint_unref);
  for (guint i = 0; self->servers[side] != NULL && i < self->servers[side]->len; i++)
    g_ptr_array_add (servers, mw_endpoint_ref (self->servers[side]->pdata[i]));
  if (verdict == NULL || verdict->outcome != MW_OUTCOME_WRONG_TLS_MODE ||
      !g_ptr_array_find_with_equal_func (servers, mw_candidate_get_endpoint (verdict->candidate),
                                         (GEqualFunc) mw_endpoint_equal, &index))
    return FALSE;

  mw_endpoint_unref (servers->pdata[index]);
  servers->pdata[index] = switch_security (mw_candidate_get_endpoint (verdict->candidate));
  mw_setup_set_servers (self, side, servers);
  return TRUE;
}

GPtrArray *
mw_setup_get_servers (MwSetup *self,
                      MwSide   side)
{
  g_return_val_if_fail (MW_IS_SETUP (self), NULL);

  return self->servers[side];
}

void
mw_setup_set_protocol (MwSetup *self,
                       int      protocol)
{
  g_return_if_fail (MW_IS_SETUP (self));
  g_return_if_fail (protocol == -1 || protocol == MW_PROTOCOL_IMAP ||
                    protocol == MW_PROTOCOL_POP3);

  if (self->protocol == protocol)
    return;

  self->protocol = protocol;
  forget_proof (self, MW_SIDE_INCOMING);
}

int
mw_setup_get_protocol (MwSetup *self)
{
  g_return_val_if_fail (MW_IS_SETUP (self), -1);

  return self->protocol;
}

void
mw_setup_choose_provider (MwSetup    *self,
                          MwProvider *provider)
{
  g_return_if_fail (MW_IS_SETUP (self));

  if (self->chosen_provider == provider)
    return;

  if (provider != NULL)
    mw_provider_ref (provider);
  g_clear_pointer (&self->chosen_provider, mw_provider_unref);
  self->chosen_provider = provider;
  forget_proofs (self);
  /* Whose servers they were may have been the former choice. */
  if (self->task == NULL)
    mw_setup_clear_results (self);
}

MwProvider *
mw_setup_get_chosen_provider (MwSetup *self)
{
  g_return_val_if_fail (MW_IS_SETUP (self), NULL);

  return self->chosen_provider;
}

void
mw_setup_allow_host (MwSetup    *self,
                     const char *host)
{
  char *normal;

  g_return_if_fail (MW_IS_SETUP (self));
  g_return_if_fail (host != NULL);

  normal = mw_domain_normalize (host);
  if (normal == NULL)
    normal = g_ascii_strdown (host, -1);
  g_hash_table_add (self->allowed, normal);
}

char *
mw_setup_make_pin_key (MwEndpoint *endpoint)
{
  return g_strdup_printf ("%s:%u", mw_endpoint_get_host (endpoint),
                          mw_endpoint_get_port (endpoint));
}

gboolean
mw_setup_add_pin (MwSetup    *self,
                  const char *sha256,
                  const char *host,
                  guint16     port)
{
  g_autoptr(GString) hex = g_string_new (NULL);

  g_return_val_if_fail (MW_IS_SETUP (self), FALSE);
  g_return_val_if_fail (sha256 != NULL, FALSE);
  g_return_val_if_fail (host != NULL, FALSE);

  for (const char *p = sha256; *p != '\0'; p++)
    {
      if (g_ascii_isxdigit (*p))
        g_string_append_c (hex, g_ascii_tolower (*p));
      else if (*p != ':')
        return FALSE;
    }

  if (hex->len != 64)
    return FALSE;

  g_hash_table_replace (self->pins, g_strdup_printf ("%s:%u", host, port),
                        g_strdup (hex->str));
  return TRUE;
}
