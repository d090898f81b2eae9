/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <json-glib/json-glib.h>

#include "setup/mw-setup.h"

G_BEGIN_DECLS

/**
 * mw_verification_add_hints:
 * @builder: where to: an object that is open
 * @provider: (nullable): who keeps the mail
 *
 * Adds the member `hints`.
 */
void mw_verification_add_hints   (JsonBuilder    *builder,
                                  MwProvider     *provider);

/**
 * mw_verification_add_sources:
 * @builder: where to: an object that is open
 * @reports: (element-type MwSourceReport): what each source said
 * @redactor: knows the secrets
 * @hide: what to hide besides secrets
 *
 * Adds the member `sources`.
 */
void mw_verification_add_sources (JsonBuilder    *builder,
                                  GPtrArray      *reports,
                                  MwRedactor     *redactor,
                                  MwRedactorHide  hide);

/**
 * mw_verification_add_conflicts:
 * @builder: where to: an object that is open
 * @conflicts: (element-type MwConflict): where sources disagree
 * @redactor: knows the secrets
 * @hide: what to hide besides secrets
 *
 * Adds the member `conflicts`.
 */
void mw_verification_add_conflicts (JsonBuilder    *builder,
                                    GPtrArray      *conflicts,
                                    MwRedactor     *redactor,
                                    MwRedactorHide  hide);

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
void mw_verification_add         (JsonBuilder    *builder,
                                  MwSetup        *setup,
                                  MwRedactorHide  hide);

G_END_DECLS
