/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-export-change.h"

G_DEFINE_ENUM_TYPE (MwExportItem, mw_export_item,
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_ITEM_PROFILE, "profile"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_ITEM_ACCOUNT, "account"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_ITEM_LABEL, "label"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_ITEM_SENDER_NAME, "sender-name"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_ITEM_ADDRESS, "address"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_ITEM_INCOMING_SERVER, "incoming-server"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_ITEM_INCOMING_USER, "incoming-user"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_ITEM_INCOMING_AUTH, "incoming-auth"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_ITEM_INCOMING_PASSWORD, "incoming-password"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_ITEM_OUTGOING_SERVER, "outgoing-server"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_ITEM_OUTGOING_USER, "outgoing-user"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_ITEM_OUTGOING_AUTH, "outgoing-auth"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_ITEM_OUTGOING_PASSWORD, "outgoing-password"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_ITEM_SIGNATURE, "signature"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_ITEM_NOTIFICATIONS, "notifications"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_ITEM_DEFAULT, "default"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_ITEM_KEEP_ON_SERVER, "keep-on-server"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_ITEM_FOLDER, "folder"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_ITEM_CERTIFICATE, "certificate"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_ITEM_AUTHORITY, "authority"))

MwExportChange *
mw_export_change_new (MwExportItem  item,
                      const char   *former,
                      const char   *latter)
{
  MwExportChange *self = g_new0 (MwExportChange, 1);

  self->item = item;
  self->former = g_strdup (former);
  self->latter = g_strdup (latter);
  return self;
}

void
mw_export_change_free (MwExportChange *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->former);
  g_free (self->latter);
  g_free (self);
}
