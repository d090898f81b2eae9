/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The words both sides of the pipe know. */
#define MW_NSS_PROTOCOL "mailwright-nss-2"
#define MW_NSS_JOB_NAME_COMPARE "compare"
#define MW_NSS_JOB_NAME_STORE "store"
#define MW_NSS_JOB_NAME_DECRYPT "decrypt"
#define MW_NSS_JOB_NAME_LOOK "look-for-authority"
#define MW_NSS_JOB_NAME_TRUST "trust-authority"
#define MW_NSS_JOB_NAME_FORGET "forget-authority"
#define MW_NSS_AUTHORITY_ABSENT "absent"
#define MW_NSS_AUTHORITY_KNOWN "known"
#define MW_NSS_AUTHORITY_TRUSTED "trusted"
#define MW_NSS_KEY_AES "aes"
#define MW_NSS_KEY_DES3 "des3"
#define MW_NSS_STATUS_OK "ok"
#define MW_NSS_STATUS_PRIMARY_PASSWORD "primary-password"
#define MW_NSS_STATUS_WRONG_PASSWORD "wrong-primary-password"
#define MW_NSS_STATUS_ERROR "error"

/* Descriptors of the helper program. */
#define MW_NSS_FD_REQUEST 3
#define MW_NSS_FD_REPLY 4
#define MW_NSS_FD_FOLDER 5

/**
 * MwNssFrame:
 *
 * One message between Mailwright and its NSS helper: a list of strings in
 * one block of memory, which is wiped when it is freed.
 */
typedef struct {
  guint8    *block;
  gsize      size;
  GPtrArray *fields; /* element const char *, into block */
} MwNssFrame;

/**
 * mw_nss_frame_read:
 * @fd: a pipe
 * @deadline: monotonic time in µs at which to give up
 *
 * Returns: (transfer full) (nullable): the message, %NULL when the pipe was
 *   closed, is late, or does not carry a message
 */
MwNssFrame *mw_nss_frame_read  (int                fd,
                                gint64             deadline);

/**
 * mw_nss_frame_write:
 * @fd: a pipe
 * @fields: (array length=n_fields): strings
 * @n_fields: how many
 * @deadline: monotonic time in µs at which to give up
 *
 * Returns: whether all of it went out
 */
gboolean    mw_nss_frame_write (int                fd,
                                const char *const *fields,
                                gsize              n_fields,
                                gint64             deadline);
void        mw_nss_frame_free  (MwNssFrame        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwNssFrame, mw_nss_frame_free)

G_END_DECLS
