/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-enums.h"
#include "core/mw-export-authority.h"
#include "core/mw-export-change.h"
#include "core/mw-export-note.h"

G_BEGIN_DECLS

/**
 * MwMailClient:
 *
 * A mail program that can take an account.
 */
typedef enum {
  MW_MAIL_CLIENT_EVOLUTION,
  MW_MAIL_CLIENT_THUNDERBIRD,
} MwMailClient;

/**
 * MwPackaging:
 *
 * @MW_PACKAGING_DISTRO: a package of the distribution
 * @MW_PACKAGING_FLATPAK: a Flatpak
 * @MW_PACKAGING_SNAP: a Snap
 * @MW_PACKAGING_MANUAL: unpacked by hand, from its maker's archive
 *
 * How a mail program was installed.
 */
typedef enum {
  MW_PACKAGING_DISTRO,
  MW_PACKAGING_FLATPAK,
  MW_PACKAGING_SNAP,
  MW_PACKAGING_MANUAL,
} MwPackaging;

/**
 * MwTargetAccess:
 * @MW_TARGET_ACCESS_OK: an account can be handed over
 * @MW_TARGET_ACCESS_UNUSUAL_PLACE: the folder is a symbolic link, lies outside
 *   the home folder or belongs to somebody else; it can be done after the
 *   person said yes to that (`accept_place` of #MwExportOptions)
 * @MW_TARGET_ACCESS_UNSAFE: others may write into the folder
 * @MW_TARGET_ACCESS_UNREADABLE: the folder cannot be opened
 * @MW_TARGET_ACCESS_READ_ONLY: nothing can be written into the folder
 * @MW_TARGET_ACCESS_DAMAGED: the list of profiles cannot be understood
 * @MW_TARGET_ACCESS_NOT_GRANTED: the sandbox Mailwright runs in does not reach
 *   the folder; whether there is such a program is not known
 * @MW_TARGET_ACCESS_NO_SERVICE: the program is there, the service that takes
 *   its accounts does not answer
 *
 * Whether a target can be used.
 */
typedef enum {
  MW_TARGET_ACCESS_OK,
  MW_TARGET_ACCESS_UNUSUAL_PLACE,
  MW_TARGET_ACCESS_UNSAFE,
  MW_TARGET_ACCESS_UNREADABLE,
  MW_TARGET_ACCESS_READ_ONLY,
  MW_TARGET_ACCESS_DAMAGED,
  MW_TARGET_ACCESS_NOT_GRANTED,
  MW_TARGET_ACCESS_NO_SERVICE,
} MwTargetAccess;

#define MW_TYPE_MAIL_CLIENT (mw_mail_client_get_type ())
#define MW_TYPE_PACKAGING (mw_packaging_get_type ())
#define MW_TYPE_TARGET_ACCESS (mw_target_access_get_type ())

GType mw_mail_client_get_type   (void) G_GNUC_CONST;
GType mw_packaging_get_type     (void) G_GNUC_CONST;
GType mw_target_access_get_type (void) G_GNUC_CONST;

#define MW_TYPE_EXPORT_TARGET (mw_export_target_get_type ())

/**
 * MwExportTarget:
 *
 * One place an account can be handed to. Filled by the exporter that found
 * it, then only read.
 */
typedef struct _MwExportTarget MwExportTarget;

struct _MwExportTarget
{
  char         *id;            /* "evolution", "thunderbird", "thunderbird:PROFILE-FOLDER" … */
  MwMailClient  client;
  MwPackaging   packaging;
  char         *program;       /* "Thunderbird", "Betterbird" …, as people call it */
  char         *version;       /* may be NULL */
  char         *data_folder;   /* absolute; may not exist yet */
  char         *profile;       /* Thunderbird: profile folder name; NULL = none yet */
  char         *profile_name;  /* what people call the profile; may be NULL */
  char        **launch;        /* argv that starts the program; may be NULL */
  gboolean      running;
  gboolean      is_default;    /* of several profiles the one the program starts */
  gboolean      is_installed;  /* the program itself was found */
  gboolean      from_sandbox;  /* seen from inside our own Flatpak */
  MwTargetAccess access;
  char         *place;         /* the folder that access is about, links resolved; NULL = none */
};

GType           mw_export_target_get_type (void) G_GNUC_CONST;
MwExportTarget *mw_export_target_new      (const char     *id,
                                           MwMailClient    client,
                                           MwPackaging     packaging);

/**
 * mw_export_target_copy:
 *
 * Returns: (transfer full): the same, to be filled in further
 */
MwExportTarget *mw_export_target_copy     (MwExportTarget *self);
MwExportTarget *mw_export_target_ref      (MwExportTarget *self);
void            mw_export_target_unref    (MwExportTarget *self);

/**
 * mw_export_target_is_called:
 * @id: an id that was remembered
 *
 * An account remembers "thunderbird:FOLDER"; while there is one profile only,
 * the same target is called "thunderbird", and the other way round.
 *
 * Returns: whether @id means this target
 */
gboolean        mw_export_target_is_called (MwExportTarget *self,
                                            const char     *id);

/**
 * mw_export_target_dup_whole_id:
 *
 * Returns: (transfer full): an id that still means this target when there are
 *   more profiles
 */
char           *mw_export_target_dup_whole_id (MwExportTarget *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwExportTarget, mw_export_target_unref)

/**
 * MwExportOutcome:
 * @MW_EXPORT_OUTCOME_DONE: the account is there now
 * @MW_EXPORT_OUTCOME_UNCHANGED: it already was, exactly so
 * @MW_EXPORT_OUTCOME_FAILED: nothing was changed
 */
typedef enum {
  MW_EXPORT_OUTCOME_DONE,
  MW_EXPORT_OUTCOME_UNCHANGED,
  MW_EXPORT_OUTCOME_FAILED,
} MwExportOutcome;

/**
 * MwExportPassword:
 *
 * What became of the password in the mail program.
 */
typedef enum {
  MW_EXPORT_PASSWORD_STORED,
  MW_EXPORT_PASSWORD_NOT_STORED,
  MW_EXPORT_PASSWORD_PRIMARY_PASSWORD,
} MwExportPassword;

#define MW_TYPE_EXPORT_OUTCOME (mw_export_outcome_get_type ())
#define MW_TYPE_EXPORT_PASSWORD (mw_export_password_get_type ())

GType mw_export_outcome_get_type  (void) G_GNUC_CONST;
GType mw_export_password_get_type (void) G_GNUC_CONST;

#define MW_TYPE_EXPORT_REPORT (mw_export_report_get_type ())

/**
 * MwExportReport:
 *
 * What an export did, or with `--dry-run` would do. Filled by the exporter,
 * then only read.
 */
typedef struct _MwExportReport MwExportReport;

struct _MwExportReport
{
  MwExportTarget   *target;        /* owned */
  MwExportOutcome   outcome;
  GPtrArray        *created;       /* element utf8: files, prefs or sources */
  GPtrArray        *updated;       /* element utf8 */
  GPtrArray        *changes;       /* element MwExportChange: the same in terms of accounts */
  GPtrArray        *backups;       /* element utf8: files that keep what was there before */
  gboolean          takes_over;    /* the person had made the account by hand */
  MwExportPassword  password;
  gboolean          needs_restart; /* of the mail program */
  guint             notes;         /* 1 << MW_EXPORT_NOTE_… */
  GPtrArray        *needs_authority; /* element MwExportAuthority: unknown to the program */
  char             *message;       /* developer text of a failure; may be NULL */
  GHashTable       *values;        /* key → value: to remember in the profile */
};

GType           mw_export_report_get_type (void) G_GNUC_CONST;
MwExportReport *mw_export_report_new      (MwExportTarget *target);
MwExportReport *mw_export_report_ref      (MwExportReport *self);
void            mw_export_report_unref    (MwExportReport *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwExportReport, mw_export_report_unref)

G_END_DECLS
