/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-advice-refusal.h"

#include <glib/gi18n.h>

const char *
mw_advice_describe_kind (MwInspectionKind kind)
{
  switch (kind)
    {
    case MW_INSPECTION_KIND_AUTOCONFIG:
      return _("Settings document (autoconfig)");
    case MW_INSPECTION_KIND_PACC:
      return _("Settings document (PACC)");
    case MW_INSPECTION_KIND_MOBILECONFIG:
      return _("Configuration profile (mobileconfig)");
    case MW_INSPECTION_KIND_THUNDERBIRD_PROFILE:
      return _("Profile folder of Thunderbird");
    case MW_INSPECTION_KIND_EVOLUTION:
      return _("Accounts of Evolution");
    case MW_INSPECTION_KIND_UNKNOWN:
    default:
      return _("Nothing that is known");
    }
}

const char *
mw_advice_describe_refusal (MwInspectionRefusal refusal)
{
  switch (refusal)
    {
    case MW_INSPECTION_REFUSAL_EMPTY:
      return _("There is nothing in it.");
    case MW_INSPECTION_REFUSAL_TOO_LONG:
      return _("It is much longer than settings are.");
    case MW_INSPECTION_REFUSAL_TOO_DEEP:
      return _("Its elements are nested deeper than those of settings.");
    case MW_INSPECTION_REFUSAL_BAD_ENCODING:
      return _("It is no readable text. Perhaps it was damaged on its way.");
    case MW_INSPECTION_REFUSAL_DAMAGED:
      return _("It is damaged or not complete.");
    case MW_INSPECTION_REFUSAL_NO_SERVER:
      return _("There is no mail server in it that can be used.");
    case MW_INSPECTION_REFUSAL_ENCRYPTED:
      return _("It is encrypted, so that only one device can read it.");
    case MW_INSPECTION_REFUSAL_BINARY:
      return _("It is in Apple’s binary form. On a Mac, “plutil -convert xml1” makes it readable.");
    case MW_INSPECTION_REFUSAL_NONE:
      return _("It can be used.");
    case MW_INSPECTION_REFUSAL_UNKNOWN:
    default:
      return _("It is no kind of settings that Mailwright reads.");
    }
}
