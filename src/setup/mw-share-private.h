/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-address.h"
#include "setup/mw-share.h"

G_BEGIN_DECLS

/*
 * MwShare:
 *
 * What a file is made of.
 */
typedef struct {
  MwProfile     *profile;   /* borrowed */
  MwAddress     *address;   /* owned */
  MwShareFlags   flags;
  char          *name;      /* owned: of the account, fit to be seen by others */
  MwSecret      *incoming;  /* borrowed; may be NULL */
  MwSecret      *outgoing;  /* borrowed; may be NULL */
} MwShare;

/* Both write into @text, which needs no checks of its own: all texts of the
 * account were found to be fit for XML. */
gboolean mw_share_put_autoconfig   (MwShare  *self,
                                    GString  *text,
                                    GError  **error);
gboolean mw_share_put_mobileconfig (MwShare  *self,
                                    GString  *text,
                                    GError  **error);

/* Text as XML wants it. Byte by byte, so that no copy of a password stays
 * behind. */
void     mw_share_put_escaped      (GString    *text,
                                    const char *value);

G_END_DECLS
