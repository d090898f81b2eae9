/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-candidate.h"

G_BEGIN_DECLS

/**
 * mw_mx_guesses_dup_domains:
 * @domain: the e-mail domain, normalised
 * @exchanger: its best mail exchanger, normalised
 *
 * The domains whose usual names are worth a try because the mail goes there:
 * the nearest domain above @domain that the exchanger is in, and the
 * exchanger's registrable domain. None where the exchanger is in @domain
 * itself: that says nothing about the domain above. Never a public suffix.
 *
 * Returns: (transfer full) (array zero-terminated=1): may be empty
 */
char **mw_mx_guesses_dup_domains (const char *domain,
                                  const char *exchanger);

/**
 * mw_mx_guesses_add:
 * @candidates: (element-type MwCandidate): where to add
 * @domain: the e-mail domain, normalised
 * @exchanger: its best mail exchanger, normalised
 *
 * Adds the usual names of these domains and the exchanger itself, all of grade
 * D: DNS alone says that they have to do with @domain.
 */
void   mw_mx_guesses_add         (GPtrArray  *candidates,
                                  const char *domain,
                                  const char *exchanger);

G_END_DECLS
