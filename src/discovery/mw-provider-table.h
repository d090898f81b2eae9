/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

#include "core/mw-provider.h"

G_BEGIN_DECLS

#define MW_TYPE_PROVIDER_TABLE (mw_provider_table_get_type ())

/**
 * MwProviderTable:
 *
 * The known mail providers: Mailwright's own list, which is compiled in so
 * that no file and no variable of the environment can change it, and files an
 * administrator or the person added. Filled once, then only read, from any
 * thread. The format is described in data/providers/README.md.
 */
typedef struct _MwProviderTable MwProviderTable;

/**
 * MwProviderMatch:
 * @provider: the provider
 * @confirmed: whether it is sure that the name that was looked up belongs to
 *   @provider
 *
 * What a look-up finds.
 */
typedef struct {
  MwProvider *provider;
  gboolean    confirmed;
} MwProviderMatch;

GType            mw_provider_table_get_type       (void) G_GNUC_CONST;

/**
 * mw_provider_table_new:
 *
 * Returns: (transfer full): a table that knows nobody
 */
MwProviderTable *mw_provider_table_new            (void);

/**
 * mw_provider_table_new_built_in:
 *
 * Returns: (transfer full): a table with Mailwright's own list
 */
MwProviderTable *mw_provider_table_new_built_in   (void);
MwProviderTable *mw_provider_table_ref            (MwProviderTable  *self);
void             mw_provider_table_unref          (MwProviderTable  *self);

/**
 * mw_provider_table_add:
 * @data: a key file
 * @length: its size in bytes
 * @built_in: whether it is part of Mailwright's own list
 * @error: return location for a %MW_DISCOVERY_ERROR
 *
 * Adds the providers of one file. A group that is wrong is left out, the others
 * are taken.
 *
 * Returns: whether all of it could be used; %FALSE with @error for the first
 *   mistake
 */
gboolean         mw_provider_table_add            (MwProviderTable  *self,
                                                   const char       *data,
                                                   gsize             length,
                                                   gboolean          built_in,
                                                   GError          **error);

/**
 * mw_provider_table_add_folder:
 * @path: a folder of files named `*.keyfile`; one that does not exist is empty
 *
 * Adds the files a person or an administrator wrote, in alphabetical order.
 * They come after what is in the table already.
 *
 * Returns: (transfer full) (element-type utf8): one line of developer text for
 *   each file that could not be used whole
 */
GPtrArray       *mw_provider_table_add_folder     (MwProviderTable  *self,
                                                   const char       *path);

/**
 * mw_provider_table_lookup_domain:
 * @domain: an e-mail domain, normalised
 *
 * Returns: (transfer none) (nullable) (element-type MwProviderMatch): who keeps
 *   the mail of exactly this domain, best first
 */
GPtrArray       *mw_provider_table_lookup_domain  (MwProviderTable  *self,
                                                   const char       *domain);

/**
 * mw_provider_table_lookup_mx:
 * @host: a mail exchanger, normalised
 *
 * Looks for the longest known name that @host is or lies below.
 *
 * Returns: (transfer none) (nullable) (element-type MwProviderMatch): whose mail
 *   exchanger it is, several where it serves several products, best first
 */
GPtrArray       *mw_provider_table_lookup_mx      (MwProviderTable  *self,
                                                   const char       *host);

/**
 * mw_provider_table_get_providers:
 *
 * Returns: (transfer none) (element-type MwProvider): all of them
 */
GPtrArray       *mw_provider_table_get_providers  (MwProviderTable  *self);

/**
 * mw_provider_table_has_server:
 * @host: name of a server, normalised
 *
 * Returns: whether it is a server of a provider of Mailwright's own list
 */
gboolean         mw_provider_table_has_server     (MwProviderTable  *self,
                                                   const char       *host);

/**
 * mw_provider_table_count_domains:
 *
 * Returns: how many e-mail domains are known
 */
guint            mw_provider_table_count_domains  (MwProviderTable  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwProviderTable, mw_provider_table_unref)

G_END_DECLS
