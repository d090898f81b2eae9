/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define MW_TYPE_FAKE_RESOLVER (mw_fake_resolver_get_type ())

/* A name server inside the test: set it with g_resolver_set_default(). It
 * counts the questions. */
G_DECLARE_FINAL_TYPE (MwFakeResolver, mw_fake_resolver, MW, FAKE_RESOLVER, GResolver)

MwFakeResolver *mw_fake_resolver_new             (void);

/**
 * mw_fake_resolver_add_address:
 * @name: with a final dot, as names are looked up
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
 * mw_fake_resolver_add_failure:
 *
 * The name server has no answer for @name now.
 */
void            mw_fake_resolver_add_failure     (MwFakeResolver      *self,
                                                  const char          *name);

/**
 * mw_fake_resolver_set_delay:
 * @family: of the questions, %G_SOCKET_FAMILY_INVALID for records
 */
void            mw_fake_resolver_set_delay       (MwFakeResolver      *self,
                                                  GSocketFamily        family,
                                                  guint                delay_ms);
guint           mw_fake_resolver_get_n_questions (MwFakeResolver      *self);

G_END_DECLS
