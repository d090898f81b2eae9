/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-export-note.h"

G_DEFINE_ENUM_TYPE (MwExportNote, mw_export_note,
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_NOTE_DEFAULT_NOT_SET, "default-not-set"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_NOTE_NOTIFICATIONS_NOT_SET,
                                         "notifications-not-set"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_NOTE_LOCAL_MAIL, "local-mail"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_NOTE_FETCHES_LATER, "fetches-later"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_NOTE_BROWSER_SIGN_IN, "browser-sign-in"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_NOTE_CERTIFICATE_QUESTION,
                                         "certificate-question"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_NOTE_CERTIFICATE_KEPT, "certificate-kept"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_NOTE_OPEN_QUESTION, "open-question"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_NOTE_OTHER_METHOD, "other-method"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_NOTE_STAYS, "stays"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_NOTE_AUTHORITY_OFFERED, "authority-offered"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_NOTE_AUTHORITY_UNKNOWN, "authority-unknown"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_NOTE_OTHER_STORE, "other-store"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_NOTE_NOTIFICATIONS_SHARED,
                                         "notifications-shared"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_NOTE_USER_SETTINGS, "user-settings"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_NOTE_PASSWORD_STAYS, "password-stays"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_NOTE_ASKS_TWICE, "asks-twice"))
