/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MwRedactorHide:
 * @MW_REDACTOR_HIDE_NOTHING: only secrets, which are always hidden
 * @MW_REDACTOR_HIDE_PERSON: also the part of the address before the @, and
 *   log-in names
 * @MW_REDACTOR_HIDE_ADDRESSES: also network addresses that are not a public
 *   one of a server, for they tell where the person is
 *
 * What else a text must not tell.
 */
typedef enum {
  MW_REDACTOR_HIDE_NOTHING = 0,
  MW_REDACTOR_HIDE_PERSON = 1 << 0,
  MW_REDACTOR_HIDE_ADDRESSES = 1 << 1,
} MwRedactorHide;

/**
 * MwPersonMask:
 *
 * Takes out of a text what tells who and where the person is.
 */
typedef struct _MwPersonMask MwPersonMask;

MwPersonMask *mw_person_mask_new         (void);
void          mw_person_mask_free        (MwPersonMask   *self);

/**
 * mw_person_mask_add_name:
 * @name: an e-mail address or a log-in name
 *
 * From now on it is hidden; of an address only what stands before the @.
 */
void          mw_person_mask_add_name    (MwPersonMask   *self,
                                          const char     *name);

/**
 * mw_person_mask_add_server:
 * @text: the IP address of a server; other texts have no effect
 *
 * A public address of a server says nothing about the person.
 */
void          mw_person_mask_add_server  (MwPersonMask   *self,
                                          const char     *text);

/**
 * mw_person_mask_apply:
 * @text: (inout): the text
 * @hide: what to hide
 */
void          mw_person_mask_apply       (MwPersonMask   *self,
                                          GString        *text,
                                          MwRedactorHide  hide);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwPersonMask, mw_person_mask_free)

G_END_DECLS
