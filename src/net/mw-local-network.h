/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define MW_TYPE_LOCAL_NETWORK (mw_local_network_get_type ())

/**
 * MwLocalNetwork:
 *
 * What a computer reaches without a way to the internet, as it stood when it
 * was looked at: itself, the subnets its interfaces are connected to, the
 * names of its hosts file, and name servers in those subnets. Looking asks
 * the kernel and two small files, never the network.
 */
typedef struct _MwLocalNetwork MwLocalNetwork;

GType           mw_local_network_get_type      (void) G_GNUC_CONST;

/**
 * mw_local_network_new:
 * @hosts: (nullable): text of a hosts file (hosts(5))
 * @resolv_conf: (nullable): text of a resolver configuration (resolv.conf(5))
 *
 * Returns: (transfer full): a computer whose interfaces are not connected
 */
MwLocalNetwork *mw_local_network_new           (const char     *hosts,
                                                const char     *resolv_conf);

/**
 * mw_local_network_read:
 *
 * Returns: (transfer full): this computer, as it is now
 */
MwLocalNetwork *mw_local_network_read          (void);
MwLocalNetwork *mw_local_network_ref           (MwLocalNetwork *self);
void            mw_local_network_unref         (MwLocalNetwork *self);

/**
 * mw_local_network_add_subnet:
 * @address: any address in it
 * @length: of the prefix, in bits
 *
 * An interface that is up, has a carrier and is not the loop-back one is
 * connected to this subnet. For the maker, before it is handed out.
 */
void            mw_local_network_add_subnet    (MwLocalNetwork *self,
                                                GInetAddress   *address,
                                                guint           length);

/**
 * mw_local_network_has_address:
 *
 * Returns: whether @address is a loop-back one or lies in a connected subnet
 */
gboolean        mw_local_network_has_address   (MwLocalNetwork *self,
                                                GInetAddress   *address);

/**
 * mw_local_network_knows:
 * @host: a normalised name or an IP literal
 *
 * Returns: whether @host leads to this computer or a connected subnet, as far
 *   as that is known without a question: a literal, `localhost` and names
 *   below it (RFC 6761), or a name of the hosts file
 */
gboolean        mw_local_network_knows         (MwLocalNetwork *self,
                                                const char     *host);

/**
 * mw_local_network_knows_inside:
 * @domain: (nullable): a normalised domain, %NULL for one that is not known yet
 *
 * Returns: whether it knows any name inside @domain
 */
gboolean        mw_local_network_knows_inside  (MwLocalNetwork *self,
                                                const char     *domain);

/**
 * mw_local_network_may_reach:
 * @host: a normalised name or an IP literal
 *
 * Literals and names of the hosts file are known or not. Any other name may be
 * looked up when a subnet is connected and a name server lies in one or on
 * this computer, or when it ends in `.local` (RFC 6762): the question goes no
 * further than that.
 *
 * Returns: whether it makes sense to look @host up or to dial it
 */
gboolean        mw_local_network_may_reach     (MwLocalNetwork *self,
                                                const char     *host);

/**
 * mw_local_network_may_reach_inside:
 * @domain: (nullable): a normalised domain, %NULL for one that is not known yet
 *
 * Returns: whether that is so for any name inside @domain
 */
gboolean        mw_local_network_may_reach_inside (MwLocalNetwork *self,
                                                   const char     *domain);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwLocalNetwork, mw_local_network_unref)

G_END_DECLS
