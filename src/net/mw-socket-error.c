/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "net/mw-socket-error.h"

MwOutcome
mw_socket_error_to_outcome (const GError *error)
{
  if (error->domain != G_IO_ERROR)
    return MW_OUTCOME_UNREACHABLE;

  switch (error->code)
    {
    case G_IO_ERROR_CANCELLED:
      return MW_OUTCOME_CANCELLED;
    case G_IO_ERROR_CONNECTION_REFUSED:
      return MW_OUTCOME_REFUSED;
    case G_IO_ERROR_TIMED_OUT:
      return MW_OUTCOME_TIMEOUT;
    /* The same value as G_IO_ERROR_BROKEN_PIPE. */
    case G_IO_ERROR_CONNECTION_CLOSED:
    case G_IO_ERROR_NOT_CONNECTED:
    case G_IO_ERROR_CLOSED:
      return MW_OUTCOME_DISCONNECTED;
    default:
      return MW_OUTCOME_UNREACHABLE;
    }
}

void
mw_socket_error_set (GError       **error,
                     const GError  *socket_error)
{
  g_set_error_literal (error, MW_PROBE_ERROR, mw_socket_error_to_outcome (socket_error),
                       socket_error->message);
}
