/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "discovery/mw-source.h"

G_BEGIN_DECLS

#define MW_TYPE_SOURCE_SRV (mw_source_srv_get_type ())

/**
 * MwSourceSrv:
 *
 * What the domain says in DNS about its mail services (RFC 6186 and RFC 8314
 * §5.1). DNS is not validated, so all of it is grade D.
 */
G_DECLARE_FINAL_TYPE (MwSourceSrv, mw_source_srv, MW, SOURCE_SRV, GObject)

/**
 * mw_source_srv_new:
 * @resolver: the records are looked up here
 *
 * Returns: (transfer full): a source that has not asked yet
 */
MwSource *mw_source_srv_new          (MwResolver  *resolver);

/**
 * mw_source_srv_is_refused:
 * @service: a service name such as `imaps`
 *
 * Returns: whether the domain said that it does not offer this service
 *   (target ".", RFC 2782)
 */
gboolean  mw_source_srv_is_refused   (MwSourceSrv *self,
                                      const char  *service);

/**
 * mw_source_srv_get_priority:
 * @candidate: a candidate this source found
 *
 * Returns: the priority of its record; the smaller one is preferred, across
 *   services too (RFC 6186 §3.4)
 */
guint     mw_source_srv_get_priority (MwCandidate *candidate);

G_END_DECLS
