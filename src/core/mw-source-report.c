/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-source-report.h"

struct _MwSourceReport
{
  MwOrigin         origin;
  MwGrade          grade;
  MwSourceOutcome  outcome;
  MwOutcome        cause;
  guint            n_servers;
  char            *detail;
  gint64           elapsed_us;
};

G_DEFINE_BOXED_TYPE (MwSourceReport, mw_source_report, mw_source_report_ref, mw_source_report_unref)

static void
mw_source_report_clear (gpointer data)
{
  MwSourceReport *self = data;

  g_free (self->detail);
}

MwSourceReport *
mw_source_report_new (MwOrigin         origin,
                      MwGrade          grade,
                      MwSourceOutcome  outcome,
                      MwOutcome        cause,
                      guint            n_servers,
                      const char      *detail,
                      gint64           elapsed_us)
{
  MwSourceReport *self = g_rc_box_new0 (MwSourceReport);

  self->origin = origin;
  self->grade = grade;
  self->outcome = outcome;
  self->cause = cause;
  self->n_servers = n_servers;
  self->detail = g_strdup (detail);
  self->elapsed_us = elapsed_us;
  return self;
}

static int
get_weight (MwSourceOutcome outcome)
{
  static const MwSourceOutcome weights[] = {
    MW_SOURCE_OUTCOME_SKIPPED, MW_SOURCE_OUTCOME_NOTHING, MW_SOURCE_OUTCOME_TIMEOUT,
    MW_SOURCE_OUTCOME_FAILED, MW_SOURCE_OUTCOME_FOUND, MW_SOURCE_OUTCOME_PENDING,
  };
  int i = 0;

  while (weights[i] != outcome)
    i++;
  return i;
}

MwSourceReport *
mw_source_report_merge (MwSourceReport *a,
                        MwSourceReport *b)
{
  g_autofree char *detail = NULL;
  MwSourceReport *more;

  g_return_val_if_fail (a != NULL, NULL);
  g_return_val_if_fail (b != NULL, NULL);
  g_return_val_if_fail (a->origin == b->origin, NULL);

  more = get_weight (b->outcome) > get_weight (a->outcome) ? b : a;
  if (a->detail != NULL && b->detail != NULL && !g_str_equal (a->detail, b->detail))
    detail = g_strconcat (a->detail, "; ", b->detail, NULL);
  else
    detail = g_strdup (a->detail != NULL ? a->detail : b->detail);

  return mw_source_report_new (a->origin,
                               a->outcome == b->outcome ? MIN (a->grade, b->grade) : more->grade,
                               more->outcome, more->cause, a->n_servers + b->n_servers, detail,
                               MAX (a->elapsed_us, b->elapsed_us));
}

MwSourceReport *
mw_source_report_ref (MwSourceReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_rc_box_acquire (self);
}

void
mw_source_report_unref (MwSourceReport *self)
{
  g_return_if_fail (self != NULL);

  g_rc_box_release_full (self, mw_source_report_clear);
}

MwOrigin
mw_source_report_get_origin (MwSourceReport *self)
{
  g_return_val_if_fail (self != NULL, MW_ORIGIN_GUESS);

  return self->origin;
}

MwGrade
mw_source_report_get_grade (MwSourceReport *self)
{
  g_return_val_if_fail (self != NULL, MW_GRADE_L);

  return self->grade;
}

MwSourceOutcome
mw_source_report_get_outcome (MwSourceReport *self)
{
  g_return_val_if_fail (self != NULL, MW_SOURCE_OUTCOME_FAILED);

  return self->outcome;
}

MwOutcome
mw_source_report_get_cause (MwSourceReport *self)
{
  g_return_val_if_fail (self != NULL, MW_OUTCOME_WORKS);

  return self->cause;
}

guint
mw_source_report_get_n_servers (MwSourceReport *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_servers;
}

const char *
mw_source_report_get_detail (MwSourceReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->detail;
}

gint64
mw_source_report_get_elapsed_us (MwSourceReport *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->elapsed_us;
}
