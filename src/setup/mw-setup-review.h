/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "setup/mw-inspection.h"
#include "setup/mw-setup.h"

G_BEGIN_DECLS

/**
 * mw_setup_review_needs_consent:
 * @engine: whose list of providers counts
 * @inspection: settings out of a link or file, with the address they are for
 *
 * The built-in list may name every host of it for that address; then
 * nothing has to be said beyond what is shown.
 *
 * Returns: whether the person has to say that they have an account there,
 *   before a host of it may get the password
 */
gboolean mw_setup_review_needs_consent (MwEngine     *engine,
                                        MwInspection *inspection);

/**
 * mw_setup_take_inspection:
 * @self: a set-up whose address is entered
 * @inspection: settings out of a link or file for that address
 * @consent: whether the person said yes to the hosts in it
 *
 * The servers of the link or file are tried beside those that are found, with
 * the grade of a link: certificates have to be valid, nothing is sent in clear
 * text, and a name that leads into the own network is asked about. Where a
 * source that deserves trust names other hosts, these are used. A password
 * inside is used until another one is entered. Another address forgets it all.
 *
 * The name it has for the account is only a suggestion, to be shown once the
 * account works. There need not be any server in it. Where it fixes the domain, the address
 * counts as one out of a link.
 */
void     mw_setup_take_inspection      (MwSetup      *self,
                                        MwInspection *inspection,
                                        gboolean      consent);

/**
 * mw_setup_dup_unused_hosts:
 *
 * After a run: what the link or file asked for on each side where another host
 * is used, because a better source named it.
 *
 * Returns: (transfer full) (array zero-terminated=1): these hosts, empty when
 *   it was followed
 */
char   **mw_setup_dup_unused_hosts     (MwSetup      *self);

/**
 * mw_setup_describe_unused_hosts:
 *
 * Returns: (transfer full) (nullable): "The link asked for …", %NULL when it
 *   was followed
 */
char    *mw_setup_describe_unused_hosts (MwSetup     *self);

/**
 * mw_setup_has_inspection:
 *
 * Returns: whether servers out of a link or file are part of it
 */
gboolean mw_setup_has_inspection       (MwSetup      *self);

/**
 * mw_setup_drop_inspection:
 *
 * Forgets the servers of the link or file, the yes to them, and the name.
 */
void     mw_setup_drop_inspection      (MwSetup      *self);

G_END_DECLS
