/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-enums.h"

G_BEGIN_DECLS

/**
 * MwExportItem:
 * @MW_EXPORT_ITEM_PROFILE: a profile of the mail program; the folder of its profiles
 * @MW_EXPORT_ITEM_ACCOUNT: the account; its address
 * @MW_EXPORT_ITEM_LABEL: how the account is called in the list
 * @MW_EXPORT_ITEM_SENDER_NAME: the name messages are sent under
 * @MW_EXPORT_ITEM_ADDRESS: the address messages are sent from
 * @MW_EXPORT_ITEM_INCOMING_SERVER: `service:host:port`, as in `imaps:mail.example.org:993`
 * @MW_EXPORT_ITEM_INCOMING_USER: user name for receiving
 * @MW_EXPORT_ITEM_INCOMING_AUTH: nick of an [enum@Mw.AuthMethod]
 * @MW_EXPORT_ITEM_INCOMING_PASSWORD: never with its value: empty where there
 *   is one
 * @MW_EXPORT_ITEM_OUTGOING_SERVER: `service:host:port`
 * @MW_EXPORT_ITEM_OUTGOING_USER: user name for sending
 * @MW_EXPORT_ITEM_OUTGOING_AUTH: nick of an [enum@Mw.AuthMethod]
 * @MW_EXPORT_ITEM_OUTGOING_PASSWORD: never with its value
 * @MW_EXPORT_ITEM_SIGNATURE: text below messages
 * @MW_EXPORT_ITEM_NOTIFICATIONS: `true` or `false`
 * @MW_EXPORT_ITEM_DEFAULT: the account messages are written from; its name
 * @MW_EXPORT_ITEM_KEEP_ON_SERVER: POP3: how long messages stay; `true`,
 *   `false`, or days
 * @MW_EXPORT_ITEM_FOLDER: a special folder; `use:path`
 * @MW_EXPORT_ITEM_CERTIFICATE: a certificate that is trusted for one host; `host:port`
 * @MW_EXPORT_ITEM_AUTHORITY: a certification authority; its name
 *
 * What of an account in a mail program a change is about, and what its values
 * look like.
 */
typedef enum {
  MW_EXPORT_ITEM_PROFILE,
  MW_EXPORT_ITEM_ACCOUNT,
  MW_EXPORT_ITEM_LABEL,
  MW_EXPORT_ITEM_SENDER_NAME,
  MW_EXPORT_ITEM_ADDRESS,
  MW_EXPORT_ITEM_INCOMING_SERVER,
  MW_EXPORT_ITEM_INCOMING_USER,
  MW_EXPORT_ITEM_INCOMING_AUTH,
  MW_EXPORT_ITEM_INCOMING_PASSWORD,
  MW_EXPORT_ITEM_OUTGOING_SERVER,
  MW_EXPORT_ITEM_OUTGOING_USER,
  MW_EXPORT_ITEM_OUTGOING_AUTH,
  MW_EXPORT_ITEM_OUTGOING_PASSWORD,
  MW_EXPORT_ITEM_SIGNATURE,
  MW_EXPORT_ITEM_NOTIFICATIONS,
  MW_EXPORT_ITEM_DEFAULT,
  MW_EXPORT_ITEM_KEEP_ON_SERVER,
  MW_EXPORT_ITEM_FOLDER,
  MW_EXPORT_ITEM_CERTIFICATE,
  MW_EXPORT_ITEM_AUTHORITY,
} MwExportItem;

#define MW_TYPE_EXPORT_ITEM (mw_export_item_get_type ())

GType mw_export_item_get_type (void) G_GNUC_CONST;

/**
 * MwExportChange:
 * @item: what it is about
 * @former: (nullable): its value so far; %NULL when it is new
 * @latter: (nullable): its value to be; %NULL when it goes
 *
 * One thing that handing an account over changes in the mail program, in
 * terms of accounts and not of files. `setup/` makes sentences of it.
 */
typedef struct {
  MwExportItem  item;
  char         *former;
  char         *latter;
} MwExportChange;

/**
 * mw_export_change_new:
 *
 * Returns: (transfer full): a change
 */
MwExportChange *mw_export_change_new  (MwExportItem    item,
                                       const char     *former,
                                       const char     *latter);
void            mw_export_change_free (MwExportChange *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwExportChange, mw_export_change_free)

G_END_DECLS
