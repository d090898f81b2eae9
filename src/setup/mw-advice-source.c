/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gi18n.h>

#include "setup/mw-advice.h"

const char *
mw_advice_describe_origin (MwOrigin origin)
{
  switch (origin)
    {
    case MW_ORIGIN_PROVIDER:
      return _("Mailwright’s own list of providers");
    case MW_ORIGIN_AUTOCONFIG:
      return _("Settings document of the domain");
    case MW_ORIGIN_PACC:
      return _("Mail configuration of the domain");
    case MW_ORIGIN_ISPDB:
      return _("Public settings database");
    case MW_ORIGIN_MX:
      return _("Mail servers of the domain in the name service");
    case MW_ORIGIN_SRV:
      return _("Service records in the name service");
    case MW_ORIGIN_GUESS:
      return _("Usual server names");
    case MW_ORIGIN_HTTP_AUTOCONFIG:
      return _("Settings document, not encrypted");
    case MW_ORIGIN_LOCAL_FILE:
      return _("Settings on this computer");
    case MW_ORIGIN_LINK:
      return _("The link");
    case MW_ORIGIN_FILE:
      return _("A file");
    case MW_ORIGIN_MANUAL:
    default:
      return _("Entered by hand");
    }
}

const char *
mw_advice_describe_source_outcome (MwSourceOutcome outcome)
{
  switch (outcome)
    {
    case MW_SOURCE_OUTCOME_FOUND:
      return _("Found servers");
    case MW_SOURCE_OUTCOME_NOTHING:
      return _("Nothing found");
    case MW_SOURCE_OUTCOME_TIMEOUT:
      return _("No answer in time");
    case MW_SOURCE_OUTCOME_SKIPPED:
      return _("Not asked");
    case MW_SOURCE_OUTCOME_FAILED:
    default:
      return _("Could not be asked");
    }
}
