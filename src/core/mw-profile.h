/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-endpoint.h"
#include "core/mw-mail-folders.h"

G_BEGIN_DECLS

#define MW_TYPE_SERVICE (mw_service_get_type ())

/**
 * MwService:
 * @endpoint: the server
 * @user_name: log-in name; %NULL for an outgoing server without log-in
 * @auth: the method that was proved, %MW_AUTH_NONE without log-in
 * @pin: (nullable): SHA-256 (hex) of the one certificate accepted here
 * @certificate: (nullable): that certificate's DER, for mail programs that
 *   want the whole of it; see mw_service_set_certificate()
 * @anchor: (nullable): SHA-256 (hex) of the authority that made the server's
 *   certificate a trusted one when it was proved; see mw_service_set_anchor()
 * @anchor_name: (nullable): distinguished name of that authority
 * @expires: when the server's certificate ends, as it was last seen; Unix
 *   time, 0 when that is not known
 *
 * One side of an account.
 */
typedef struct {
  MwEndpoint   *endpoint;
  char         *user_name;
  MwAuthMethod  auth;
  char         *pin;
  GBytes       *certificate;
  char         *anchor;
  char         *anchor_name;
  gint64        expires;
} MwService;

GType      mw_service_get_type (void) G_GNUC_CONST;
MwService *mw_service_new      (MwEndpoint   *endpoint,
                                const char   *user_name,
                                MwAuthMethod  auth,
                                const char   *pin);
MwService *mw_service_copy     (MwService    *self);
void       mw_service_free     (MwService    *self);

/**
 * mw_service_set_certificate:
 * @der: (nullable): a certificate
 *
 * Keeps @der if it is the pinned certificate.
 *
 * Returns: whether it is
 */
gboolean   mw_service_set_certificate (MwService *self,
                                       GBytes    *der);

/**
 * mw_service_set_anchor:
 * @sha256: (nullable): SHA-256 (hex) of an authority
 * @name: (nullable): its distinguished name
 *
 * Keeps which authority the server's certificate comes from: mail programs
 * with a trust store of their own may not know it. What is no SHA-256 is
 * taken for none.
 */
void       mw_service_set_anchor      (MwService  *self,
                                       const char *sha256,
                                       const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwService, mw_service_free)

#define MW_TYPE_PROFILE (mw_profile_get_type ())

/**
 * MwProfile:
 *
 * A finished account, without its passwords. Fill a new one or a copy, then
 * hand it out; what was handed out is only read.
 */
typedef struct _MwProfile MwProfile;

struct _MwProfile
{
  char       *id;              /* UUID, never NULL */
  char       *label;           /* account name shown to the person */
  char       *address;         /* whole address, domain in ASCII */
  char       *sender_name;     /* name in From; may be empty */
  char       *description;     /* may be NULL */
  char       *signature;       /* plain text, lines end in LF; may be NULL */
  gboolean    is_default;
  gboolean    notifications;
  MwService  *incoming;        /* NULL while unfinished */
  MwService  *outgoing;        /* NULL for "receive only" */
  MwMailFolders *folders;      /* of the incoming server; may be NULL */
  gboolean    own_credentials; /* outgoing has a password of its own */
  gboolean    leave_on_server; /* POP3 */
  guint       delete_after_days; /* POP3; 0 = never */
  guint       pop_minutes;     /* POP3 may be asked once in so many; 0 = often */
  GPtrArray  *alternatives;    /* element MwService: proved too */
  guint       origins;         /* 1 << MW_ORIGIN_… of the incoming server */
  MwGrade     grade;
  char       *provider_id;     /* may be NULL */
  MwOutcome   state;           /* of the last check */
  gint64      created;         /* Unix time */
  gint64      last_checked;    /* Unix time; 0 = never */
  GHashTable *exports;         /* target id → (key → value), for the exporter to find again */
};

GType       mw_profile_get_type          (void) G_GNUC_CONST;

/**
 * mw_profile_new:
 *
 * Returns: (transfer full): an empty account with a fresh id, created now
 */
MwProfile  *mw_profile_new               (void);
MwProfile  *mw_profile_copy              (MwProfile  *self);
MwProfile  *mw_profile_ref               (MwProfile  *self);
void        mw_profile_unref             (MwProfile  *self);

/**
 * mw_profile_get_service:
 *
 * Returns: (transfer none) (nullable): that side of the account
 */
MwService  *mw_profile_get_service       (MwProfile  *self,
                                          MwSide      side);

/**
 * mw_profile_get_export_value:
 * @target_id: id of an export target
 * @key: a key the exporter set
 *
 * Returns: (transfer none) (nullable): what was remembered
 */
const char *mw_profile_get_export_value  (MwProfile  *self,
                                          const char *target_id,
                                          const char *key);

/**
 * mw_profile_find_export:
 * @target_id: id of an export target as it is now
 * @folder: (nullable): name of the profile folder that target is, if it is one
 *
 * The same folder is "thunderbird" as long as it is the only one, and
 * "thunderbird:FOLDER" when there are more.
 *
 * Returns: (transfer none) (nullable): the id under which the account was
 *   handed over there, %NULL if it was not
 */
const char *mw_profile_find_export       (MwProfile  *self,
                                          const char *target_id,
                                          const char *folder);

/**
 * mw_profile_set_export_value:
 * @target_id: id of an export target
 * @key: what the exporter wants to find again
 * @value: (nullable): what to remember; %NULL to forget
 */
void        mw_profile_set_export_value  (MwProfile  *self,
                                          const char *target_id,
                                          const char *key,
                                          const char *value);

/**
 * mw_profile_equal:
 *
 * Returns: whether both say the same in every member
 */
gboolean    mw_profile_equal             (MwProfile  *a,
                                          MwProfile  *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwProfile, mw_profile_unref)

G_END_DECLS
