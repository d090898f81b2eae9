/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define MW_TYPE_SECRET (mw_secret_get_type ())

/**
 * MwSecret:
 *
 * A password: reference-counted (atomically), wiped when the last reference
 * goes, never a property, never printed.
 */
typedef struct _MwSecret MwSecret;

GType       mw_secret_get_type   (void) G_GNUC_CONST;

/**
 * mw_secret_new:
 * @bytes: the password, UTF-8 without NUL
 * @length: its length, or -1 when NUL-terminated
 *
 * Returns: (transfer full): a copy that will be wiped
 */
MwSecret   *mw_secret_new        (const char *bytes,
                                  gssize      length);

/**
 * mw_secret_new_typed:
 * @text: what somebody typed or pasted as a password
 *
 * What is copied from a page or a file often has a line end behind it, which
 * nobody sees among dots and which is part of no password.
 *
 * Returns: (transfer full) (nullable): the password, %NULL when there is none
 */
MwSecret   *mw_secret_new_typed  (const char *text);
MwSecret   *mw_secret_ref        (MwSecret   *self);
void        mw_secret_unref      (MwSecret   *self);

/**
 * mw_secret_peek:
 *
 * Returns: (transfer none): the password, NUL-terminated; do not keep it
 */
const char *mw_secret_peek       (MwSecret   *self);
gsize       mw_secret_get_length (MwSecret   *self);

/**
 * mw_secret_equal:
 *
 * Compares in a time that depends on the lengths only.
 *
 * Returns: whether both are the same password
 */
gboolean    mw_secret_equal      (MwSecret   *a,
                                  MwSecret   *b);

/**
 * mw_secret_wipe_bytes:
 * @bytes: (nullable): memory that held a secret
 * @size: its size
 *
 * Overwrites @bytes so that the compiler cannot leave it out.
 */
void        mw_secret_wipe_bytes (void       *bytes,
                                  gsize       size);

/**
 * mw_secret_free_bytes:
 * @string: (nullable) (transfer full): a NUL-terminated copy of a secret
 *
 * Wipes @string and frees it.
 */
void        mw_secret_free_bytes (char       *string);

/**
 * mw_secret_bytes_new_take:
 * @data: (transfer full): memory from g_malloc() that holds a secret
 * @size: its size
 *
 * Returns: (transfer full): bytes that are wiped when the last reference goes
 */
GBytes     *mw_secret_bytes_new_take (void   *data,
                                      gsize   size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwSecret, mw_secret_unref)

G_END_DECLS
