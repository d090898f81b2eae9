/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

#include "core/mw-error.h"

G_BEGIN_DECLS

/**
 * mw_socket_error_to_outcome:
 * @error: what a socket call failed with
 *
 * The one place where errors of the operating system become outcomes.
 */
MwOutcome mw_socket_error_to_outcome (const GError  *error);

/**
 * mw_socket_error_set:
 * @error: return location for a %MW_PROBE_ERROR
 * @socket_error: what a socket call failed with
 */
void      mw_socket_error_set        (GError       **error,
                                      const GError  *socket_error);

G_END_DECLS
