/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * mw_entry_binding_add:
 * @group: bindings of a page to its set-up
 * @property: a string property of the set-up
 * @entry: an entry or a text buffer, anything with a `text` property
 *
 * Keeps the entry and the property the same, both ways. Unlike a plain binding
 * it takes %NULL as empty, which an entry does not.
 */
void mw_entry_binding_add (GBindingGroup *group,
                           const char    *property,
                           gpointer       entry);

G_END_DECLS
