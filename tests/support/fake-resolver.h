/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define MW_TYPE_FAKE_RESOLVER (mw_fake_resolver_get_type ())

/**
 * MwFakeResolver:
 *
 * A name server inside the test, to be put in place of the system's. It knows
 * a zone of lines, one of
 *
 *   `A NAME ADDRESS` (of either family; NAME may be `*.DOMAIN`)
 *   `SRV SERVICE DOMAIN PRIORITY WEIGHT PORT TARGET`
 *   `MX DOMAIN PREFERENCE TARGET`
 *   `TXT NAME STRING|STRING` (one record)
 *   `FAIL NAME`, `FAIL TYPE NAME` (the server fails for this name)
 *   `SILENT NAME`, `SILENT TYPE NAME` (no answer)
 *
 * TYPE is `A`, `AAAA`, `SRV`, `MX` or `TXT`. In the last two the name of a
 * record is `_SERVICE._tcp.DOMAIN`, DOMAIN or NAME, and `*` stands for all. A
 * NAME with a final dot is only known to who asks with a final dot.
 */
G_DECLARE_FINAL_TYPE (MwFakeResolver, mw_fake_resolver, MW, FAKE_RESOLVER, GResolver)

MwFakeResolver *mw_fake_resolver_new             (void);

/**
 * mw_fake_resolver_install:
 * @zone: (array zero-terminated=1): lines
 *
 * Returns: (transfer full): the default resolver from now on
 */
MwFakeResolver *mw_fake_resolver_install         (const char * const  *zone);

/**
 * mw_fake_resolver_add:
 * @line: of the zone
 */
void            mw_fake_resolver_add             (MwFakeResolver      *self,
                                                  const char          *line);

/**
 * mw_fake_resolver_add_address:
 * @address: IPv4 or IPv6
 */
void            mw_fake_resolver_add_address     (MwFakeResolver      *self,
                                                  const char          *name,
                                                  const char          *address);

/**
 * mw_fake_resolver_add_record:
 * @record: (transfer floating): as g_resolver_lookup_records() gives it
 */
void            mw_fake_resolver_add_record      (MwFakeResolver      *self,
                                                  const char          *name,
                                                  GVariant            *record);

/**
 * mw_fake_resolver_forget:
 *
 * Empties the zone.
 */
void            mw_fake_resolver_forget          (MwFakeResolver      *self);

/**
 * mw_fake_resolver_set_delay:
 * @family: of the questions, %G_SOCKET_FAMILY_INVALID for records
 */
void            mw_fake_resolver_set_delay       (MwFakeResolver      *self,
                                                  GSocketFamily        family,
                                                  guint                delay_ms);

/**
 * mw_fake_resolver_get_questions:
 *
 * Returns: (transfer none) (element-type utf8): `A NAME`, `AAAA NAME`,
 *   `SRV NAME` and `MX NAME` in the order they were asked
 */
GPtrArray      *mw_fake_resolver_get_questions   (MwFakeResolver      *self);
guint           mw_fake_resolver_get_n_questions (MwFakeResolver      *self);

G_END_DECLS
