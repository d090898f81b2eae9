/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-enums.h"

G_BEGIN_DECLS

#define MW_TYPE_CERTIFICATE (mw_certificate_get_type ())

/**
 * MwCertificate:
 *
 * What one certificate says, and which checks it failed by itself. Its maker
 * fills the public members of a new one; once handed out it is only read. All
 * text in it comes from outside; it is valid UTF-8 on one line, of bounded
 * length, without characters that control a terminal or turn the writing.
 */
typedef struct _MwCertificate MwCertificate;

struct _MwCertificate
{
  char      *subject;     /* owned, nullable: distinguished name (RFC 4514) */
  char      *issuer;      /* owned, nullable: distinguished name */
  char     **names;       /* owned, nullable: dNSName and iPAddress entries */
  char     **srv_names;   /* owned, nullable: SRV-ID entries (RFC 4985), such as
                           * "_imaps.example.com": a dNSName may look the same */
  guint      n_names;     /* how many entries of both there are, listed or not */
  gint64     not_before;  /* first valid second, Unix time; -1 unreadable */
  gint64     not_after;   /* last valid second, Unix time; -1 unreadable */
  char      *key;         /* owned, nullable: kind and size, such as "RSA 2048" */
  char      *signature;   /* owned, nullable: algorithm, such as "RSA-SHA256" */
  char      *sha256;      /* owned, nullable: of the DER, 64 lower-case hex digits */
  GBytes    *der;         /* owned, nullable: as the server sent it */
  gboolean   is_ca;       /* whether it may sign others */
  MwOutcome *problems;    /* owned, nullable: values of the CERT kind, gravest first */
  gsize      n_problems;
};

GType          mw_certificate_get_type (void) G_GNUC_CONST;

/**
 * mw_certificate_new:
 *
 * Returns: (transfer full): a certificate of which nothing is known
 */
MwCertificate *mw_certificate_new      (void);
MwCertificate *mw_certificate_ref      (MwCertificate *self);
void           mw_certificate_unref    (MwCertificate *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwCertificate, mw_certificate_unref)

G_END_DECLS
