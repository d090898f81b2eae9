/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-enums.h"
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
 * How a mail program was installed.
 */
typedef enum {
  MW_PACKAGING_DISTRO,
  MW_PACKAGING_FLATPAK,
  MW_PACKAGING_SNAP,
} MwPackaging;

#define MW_TYPE_MAIL_CLIENT (mw_mail_client_get_type ())
#define MW_TYPE_PACKAGING (mw_packaging_get_type ())

GType mw_mail_client_get_type (void) G_GNUC_CONST;
GType mw_packaging_get_type   (void) G_GNUC_CONST;

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
  char         *version;       /* may be NULL */
  char         *data_folder;   /* absolute; may not exist yet */
  char         *profile;       /* Thunderbird: profile folder name; NULL = none yet */
  char        **launch;        /* argv that starts the program; may be NULL */
  gboolean      running;
};

GType           mw_export_target_get_type (void) G_GNUC_CONST;
MwExportTarget *mw_export_target_new      (const char     *id,
                                           MwMailClient    client,
                                           MwPackaging     packaging);
MwExportTarget *mw_export_target_ref      (MwExportTarget *self);
void            mw_export_target_unref    (MwExportTarget *self);

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
  char             *message;       /* developer text of a failure; may be NULL */
  GHashTable       *values;        /* key → value: to remember in the profile */
};

GType           mw_export_report_get_type (void) G_GNUC_CONST;
MwExportReport *mw_export_report_new      (MwExportTarget *target);
MwExportReport *mw_export_report_ref      (MwExportReport *self);
void            mw_export_report_unref    (MwExportReport *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwExportReport, mw_export_report_unref)

G_END_DECLS
