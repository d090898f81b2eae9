/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "export/nss-helper/mw-nss-frame.h"

G_BEGIN_DECLS

/* What the helper is asked to do. A message is the protocol, the job, the
 * kind of key to make if there is none, "1" and the primary password or "0"
 * and "", then
 *
 * - to compare or store: for each log-in its user name, "1" and the password
 *   or "0" and "", the number of records to look through, and each record's
 *   encrypted user name and password;
 * - to decrypt: each record's encrypted user name and password;
 * - about an authority: the SHA-256 of its certificate, and base64 of the
 *   certificate to trust it, else "". */

typedef enum {
  MW_NSS_REQUEST_COMPARE,
  MW_NSS_REQUEST_STORE,
  MW_NSS_REQUEST_DECRYPT,
  MW_NSS_REQUEST_LOOK,
  MW_NSS_REQUEST_TRUST,
  MW_NSS_REQUEST_FORGET,
} MwNssRequestJob;

typedef struct {
  const char        *user;
  const char        *password; /* NULL: only look for the user name */
  const char *const *records;  /* user name, password, user name, … */
  guint              n_records;
} MwNssQuestion;

typedef struct {
  MwNssRequestJob    job;
  gboolean           aes;
  const char        *primary_password; /* NULL: not given */
  GArray            *questions;        /* element MwNssQuestion */
  const char *const *records;          /* to decrypt: user name, password, … */
  guint              n_records;
  const char        *sha256;           /* about an authority */
  const char        *certificate;
} MwNssRequest;

/**
 * mw_nss_request_parse:
 * @frame: a message; lives longer than the result
 *
 * Returns: (transfer full) (nullable): what is asked, %NULL for anything else
 */
MwNssRequest *mw_nss_request_parse (MwNssFrame   *frame);
void          mw_nss_request_free  (MwNssRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwNssRequest, mw_nss_request_free)

G_END_DECLS
