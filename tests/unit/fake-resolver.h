/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define FAKE_TYPE_RESOLVER (fake_resolver_get_type ())

/**
 * FakeResolver:
 *
 * A DNS of a test's own, to be put in place of the system's.
 */
G_DECLARE_FINAL_TYPE (FakeResolver, fake_resolver, FAKE, RESOLVER, GResolver)

/**
 * fake_resolver_install:
 * @zone: (array zero-terminated=1): records, one of
 *   `A NAME ADDRESS` (of either family; NAME may be `*.DOMAIN`),
 *   `SRV SERVICE DOMAIN PRIORITY WEIGHT PORT TARGET`,
 *   `MX DOMAIN PREFERENCE TARGET`,
 *   `FAIL NAME` (the server fails for this name), `SILENT NAME` (no answer);
 *   for records the name is `_SERVICE._tcp.DOMAIN` or DOMAIN, `*` stands for all
 *
 * Returns: (transfer full): the default resolver from now on
 */
FakeResolver *fake_resolver_install       (const char * const *zone);

/**
 * fake_resolver_get_questions:
 *
 * Returns: (transfer none) (element-type utf8): `A NAME`, `AAAA NAME`,
 *   `SRV NAME` and `MX NAME` in the order they were asked
 */
GPtrArray    *fake_resolver_get_questions (FakeResolver       *self);

G_END_DECLS
