/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

/* The account that comes of a set-up: what was entered, what was proved now, and
 * what an account that was saved before keeps. */

#include "config.h"

#include "setup/mw-browser-sign-in.h"
#include "setup/mw-setup-private.h"

/* Servers of a saved account that were tried again keep the source that named
 * them at first. */
static gboolean
is_saved_server (MwSetup   *self,
                 MwVerdict *verdict)
{
  return self->saved != NULL && self->saved->incoming != NULL &&
         mw_endpoint_equal (self->saved->incoming->endpoint,
                            mw_candidate_get_endpoint (verdict->candidate));
}

/* The log-in name: as typed, as proved, as a source has it, or the address. */
static const char *
choose_saved_user_name (MwSetup   *self,
                        MwSide     side,
                        MwVerdict *verdict)
{
  const char *typed = mw_setup_choose_user_name (self, side);
  const char * const *forms = NULL;

  if (typed != NULL)
    return typed;
  /* What the sign-in page asks for is the address. */
  if (self->browser_sign_in)
    return mw_address_get_text (self->address);
  if (verdict != NULL && mw_setup_verdict_works (verdict) && verdict->user_name != NULL)
    return verdict->user_name;

  forms = verdict != NULL ? mw_candidate_get_user_names (verdict->candidate) : NULL;
  return forms != NULL && forms[0] != NULL ? forms[0] : mw_address_get_text (self->address);
}

/* The method that was proved, now or before the account was saved. */
static MwAuthMethod
choose_auth (MwSetup    *self,
             MwSide      side,
             MwEndpoint *endpoint,
             MwVerdict  *verdict)
{
  MwService *former = self->saved != NULL ? mw_profile_get_service (self->saved, side) : NULL;

  if (self->browser_sign_in)
    return MW_AUTH_OAUTH2;
  if (verdict != NULL && mw_setup_verdict_works (verdict) && verdict->auth != MW_AUTH_UNKNOWN)
    return verdict->auth;
  if (self->auth[side] != MW_AUTH_UNKNOWN)
    return self->auth[side];
  if (former != NULL && former->auth != MW_AUTH_NONE &&
      !mw_browser_sign_in_is_used (self->saved) &&
      mw_endpoint_equal (former->endpoint, endpoint))
    return former->auth;
  return MW_AUTH_PLAIN;
}

/* The pinned certificate, as it was seen now or when the account was saved. */
static void
add_certificate (MwSetup   *self,
                 MwSide     side,
                 MwService *service,
                 MwVerdict *verdict)
{
  MwService *former = self->saved != NULL ? mw_profile_get_service (self->saved, side) : NULL;
  MwCertificateReport *report = NULL;

  if (verdict != NULL && verdict->tls != NULL)
    report = mw_tls_facts_get_report (verdict->tls);
  if (report != NULL &&
      mw_service_set_certificate (service, mw_certificate_report_get_der (report)))
    return;

  if (former != NULL)
    mw_service_set_certificate (service, former->certificate);
}

/* The authority that made the server a trusted one, now or before. A pin
 * needs none. */
static void
add_anchor (MwSetup   *self,
            MwSide     side,
            MwService *service,
            MwVerdict *verdict)
{
  MwService *former = self->saved != NULL ? mw_profile_get_service (self->saved, side) : NULL;
  MwCertificate *anchor;

  if (service->pin != NULL)
    return;

  if (verdict != NULL && verdict->tls != NULL && mw_tls_facts_get_report (verdict->tls) != NULL &&
      mw_endpoint_equal (mw_candidate_get_endpoint (verdict->candidate), service->endpoint))
    {
      anchor = mw_certificate_report_get_anchor (mw_tls_facts_get_report (verdict->tls));
      if (anchor != NULL)
        mw_service_set_anchor (service, anchor->sha256, anchor->subject);
    }
  else if (former != NULL && mw_endpoint_equal (former->endpoint, service->endpoint))
    {
      mw_service_set_anchor (service, former->anchor, former->anchor_name);
    }
}

/* When the certificate ends, as it was seen now or when the account was saved. */
static void
add_expiry (MwSetup   *self,
            MwSide     side,
            MwService *service,
            MwVerdict *verdict)
{
  MwService *former = self->saved != NULL ? mw_profile_get_service (self->saved, side) : NULL;

  if (verdict != NULL && verdict->tls != NULL && mw_tls_facts_get_report (verdict->tls) != NULL &&
      mw_endpoint_equal (mw_candidate_get_endpoint (verdict->candidate), service->endpoint))
    service->expires =
      mw_certificate_report_get_not_after (mw_tls_facts_get_report (verdict->tls));
  else if (former != NULL && mw_endpoint_equal (former->endpoint, service->endpoint))
    service->expires = former->expires;
}

/* What is entered by hand and never tried (or the best guess so far) may be
 * saved as well, so an untested side falls back to the first server. */
static MwService *
make_service (MwSetup *self,
              MwSide   side)
{
  MwVerdict *verdict = self->decided[side];
  MwEndpoint *endpoint;
  g_autofree char *key = NULL;
  MwService *service;
  gboolean open = side == MW_SIDE_OUTGOING && !self->outgoing_authentication &&
                  !self->browser_sign_in;

  /* It was about servers that are not the ones entered now. */
  if (self->servers[side] != NULL && self->stale[side])
    verdict = NULL;

  if (self->servers[side] != NULL && !mw_setup_verdict_works (verdict))
    endpoint = self->servers[side]->pdata[0];
  else if (verdict != NULL)
    endpoint = mw_candidate_get_endpoint (verdict->candidate);
  else
    return NULL;

  key = mw_setup_make_pin_key (endpoint);
  service = mw_service_new (endpoint,
                            open ? NULL : choose_saved_user_name (self, side, verdict),
                            open ? MW_AUTH_NONE : choose_auth (self, side, endpoint, verdict),
                            g_hash_table_lookup (self->pins, key));
  add_certificate (self, side, service, verdict);
  add_anchor (self, side, service, verdict);
  add_expiry (self, side, service, verdict);
  return service;
}

/* What the server said now, or when the account was saved. Half of what it
 * has to say does not replace all of it. */
static MwMailFolders *
choose_folders (MwSetup   *self,
                MwService *incoming)
{
  MwService *former = self->saved != NULL ? self->saved->incoming : NULL;
  MwVerdict *verdict = self->decided[MW_SIDE_INCOMING];
  MwMailFolders *folders = NULL;
  gboolean is_whole = FALSE;

  if (former != NULL && mw_endpoint_equal (former->endpoint, incoming->endpoint) &&
      g_strcmp0 (former->user_name, incoming->user_name) == 0)
    folders = self->saved->folders;

  if (verdict != NULL && verdict->outcome == MW_OUTCOME_WORKS &&
      verdict->stage == MW_STAGE_DONE &&
      mw_endpoint_equal (mw_candidate_get_endpoint (verdict->candidate), incoming->endpoint))
    {
      is_whole = (verdict->notes & (1u << MW_NOTE_FOLDERS_INCOMPLETE)) == 0;
      if (is_whole || folders == NULL)
        folders = verdict->folders;
    }

  return folders != NULL ? mw_mail_folders_ref (folders) : NULL;
}

static void
add_alternative (MwProfile *profile,
                 MwService *service)
{
  for (guint i = 0; i < profile->alternatives->len; i++)
    {
      MwService *known = g_ptr_array_index (profile->alternatives, i);

      if (mw_endpoint_equal (known->endpoint, service->endpoint))
        return;
    }
  g_ptr_array_add (profile->alternatives, mw_service_copy (service));
}

/* Receiving can be switched to what answered in this run or an earlier one,
 * and back to what the account had. */
static void
choose_alternatives (MwSetup   *self,
                     MwProfile *profile)
{
  MwService *former = self->saved != NULL ? self->saved->incoming : NULL;

  for (guint i = 0; i < self->alternatives->len; i++)
    add_alternative (profile, g_ptr_array_index (self->alternatives, i));
  if (former != NULL)
    add_alternative (profile, former);

  for (guint i = profile->alternatives->len; i > 0; i--)
    {
      MwService *service = g_ptr_array_index (profile->alternatives, i - 1);

      if (mw_endpoint_get_protocol (service->endpoint) ==
          mw_endpoint_get_protocol (profile->incoming->endpoint))
        g_ptr_array_remove_index (profile->alternatives, i - 1);
    }
}

/* The provider's name and the address, where somebody who is trusted with the
 * servers said who it is. */
static char *
make_label (MwSetup *self)
{
  MwVerdict *verdict = self->decided[MW_SIDE_INCOMING];
  const char *address = mw_address_get_display (self->address);
  MwProvider *provider = NULL;

  if (self->label != NULL && *self->label != '\0')
    return g_strdup (self->label);

  if (verdict != NULL && mw_candidate_get_grade (verdict->candidate) <= MW_GRADE_C)
    provider = mw_candidate_get_provider (verdict->candidate);
  if (provider == NULL || g_str_equal (provider->name, mw_address_get_domain (self->address)))
    return g_strdup (address);

  return g_strdup_printf ("%s (%s)", provider->name, address);
}

static gboolean
is_stale (MwSetup *self)
{
  return self->stale[MW_SIDE_INCOMING] ||
         (self->stale[MW_SIDE_OUTGOING] && !self->receive_only);
}

static gboolean
is_same_service (MwService *a,
                 MwService *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return mw_endpoint_equal (a->endpoint, b->endpoint) && a->auth == b->auth &&
         g_strcmp0 (a->user_name, b->user_name) == 0;
}

/* What the last check found of a saved account holds for as long as it is
 * about the same servers, user names and passwords. */
static gboolean
is_as_saved (MwSetup   *self,
             MwProfile *profile)
{
  return self->saved != NULL && !self->password_new &&
         is_same_service (profile->incoming, self->saved->incoming) &&
         is_same_service (profile->outgoing, self->saved->outgoing);
}

MwProfile *
mw_setup_make_profile (MwSetup *self)
{
  g_autoptr(MwProfile) profile = NULL;
  MwProvider *provider;
  MwVerdict *incoming;

  g_return_val_if_fail (MW_IS_SETUP (self), NULL);

  if (self->address == NULL)
    return NULL;

  /* Saved before: the same account, with what exporters remember. */
  profile = self->saved != NULL ? mw_profile_copy (self->saved) : mw_profile_new ();
  if (self->id != NULL)
    {
      g_free (profile->id);
      profile->id = g_strdup (self->id);
    }
  g_clear_pointer (&profile->incoming, mw_service_free);
  g_clear_pointer (&profile->outgoing, mw_service_free);

  profile->incoming = make_service (self, MW_SIDE_INCOMING);
  if (profile->incoming == NULL)
    return NULL;
  if (!self->receive_only)
    profile->outgoing = make_service (self, MW_SIDE_OUTGOING);
  g_clear_pointer (&profile->folders, mw_mail_folders_unref);
  profile->folders = choose_folders (self, profile->incoming);
  choose_alternatives (self, profile);

  g_free (profile->address);
  profile->address = g_strdup (mw_address_get_text (self->address));
  g_free (profile->label);
  profile->label = make_label (self);
  g_free (profile->sender_name);
  profile->sender_name = g_strdup (self->sender_name != NULL ? self->sender_name : "");
  g_free (profile->description);
  profile->description = g_strdup (self->description);
  g_free (profile->signature);
  profile->signature = g_strdup (self->signature);
  profile->is_default = self->make_default;
  profile->notifications = self->notifications;
  profile->own_credentials = profile->outgoing != NULL && self->outgoing_authentication &&
                             !self->same_credentials && !self->browser_sign_in;
  profile->leave_on_server = self->leave_on_server;
  profile->delete_after_days = self->delete_after_days;
  if (self->outcome != MW_OUTCOME_PENDING && !is_stale (self))
    {
      profile->state = self->outcome;
      profile->last_checked = g_get_real_time () / G_USEC_PER_SEC;
    }
  else if (!is_as_saved (self, profile))
    {
      profile->state = MW_OUTCOME_PENDING;
      profile->last_checked = 0;
    }

  incoming = self->decided[MW_SIDE_INCOMING];
  if (incoming != NULL && !is_saved_server (self, incoming))
    {
      profile->origins = mw_candidate_get_origins (incoming->candidate);
      profile->grade = mw_candidate_get_grade (incoming->candidate);
      provider = mw_candidate_get_provider (incoming->candidate);
      g_free (profile->provider_id);
      profile->provider_id = provider != NULL ? g_strdup (provider->id) : NULL;
      profile->pop_minutes = provider != NULL ? provider->pop_minutes : 0;
    }

  return g_steal_pointer (&profile);
}
