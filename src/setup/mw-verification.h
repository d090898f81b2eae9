/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <json-glib/json-glib.h>

#include "setup/mw-setup.h"

G_BEGIN_DECLS

/**
 * mw_verification_add:
 * @builder: where to: an object that is open
 * @setup: a set-up whose check has ended
 * @hide: what to hide besides secrets
 *
 * Adds what a run found out, as members of an object: the keys of `verify` on
 * the command line, which the report has, too. What is missing is null, never
 * left out. Whatever came from outside has gone through the redactor.
 */
void mw_verification_add (JsonBuilder    *builder,
                          MwSetup        *setup,
                          MwRedactorHide  hide);

G_END_DECLS
