/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-family-report.h"

G_DEFINE_BOXED_TYPE (MwFamilyReport, mw_family_report, mw_family_report_ref,
                     mw_family_report_unref)

G_DEFINE_ENUM_TYPE (MwFamily, mw_family,
                    G_DEFINE_ENUM_VALUE (MW_FAMILY_IPV6, "ipv6"),
                    G_DEFINE_ENUM_VALUE (MW_FAMILY_IPV4, "ipv4"))

static void
mw_family_report_clear (gpointer data)
{
  MwFamilyReport *self = data;

  for (guint i = 0; i < MW_N_FAMILIES; i++)
    g_free (self->results[i].address);
}

MwFamilyReport *
mw_family_report_new (void)
{
  MwFamilyReport *self = g_rc_box_new0 (MwFamilyReport);

  for (guint i = 0; i < MW_N_FAMILIES; i++)
    {
      self->results[i].outcome = MW_OUTCOME_NOT_NEEDED;
      self->results[i].elapsed_us = -1;
    }
  return self;
}

void
mw_family_report_set (MwFamilyReport *self,
                      MwFamily        family,
                      const char     *address,
                      MwOutcome       outcome,
                      gint64          elapsed_us)
{
  MwFamilyResult *result;
  g_autofree char *former = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (family < MW_N_FAMILIES);

  result = &self->results[family];
  former = result->address;
  result->address = g_strdup (address);
  result->outcome = outcome;
  result->elapsed_us = elapsed_us;
}

MwFamilyReport *
mw_family_report_ref (MwFamilyReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_rc_box_acquire (self);
}

void
mw_family_report_unref (MwFamilyReport *self)
{
  g_return_if_fail (self != NULL);

  g_rc_box_release_full (self, mw_family_report_clear);
}

gboolean
mw_family_report_is_broken (MwFamilyReport *self,
                            MwFamily        family)
{
  const MwFamilyResult *result;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (family < MW_N_FAMILIES, FALSE);

  result = &self->results[family];
  return self->results[1 - family].outcome == MW_OUTCOME_WORKS && result->elapsed_us >= 0 &&
         (result->outcome == MW_OUTCOME_REFUSED || result->outcome == MW_OUTCOME_TIMEOUT ||
          result->outcome == MW_OUTCOME_UNREACHABLE);
}
