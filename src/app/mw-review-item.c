/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-review-item.h"

#include "setup/mw-advice-refusal.h"
#include "setup/mw-inspection.h"

MwReviewItem *
mw_review_item_new (GBytes     *content,
                    const char *name)
{
  g_autoptr(MwInspection) inspection = NULL;
  MwReviewItem *self;

  g_return_val_if_fail (content != NULL, NULL);

  inspection = mw_inspection_new (content, NULL);
  if (inspection->refusal != MW_INSPECTION_REFUSAL_NONE)
    return mw_review_item_new_refused (name, mw_advice_describe_refusal (inspection->kind,
                                                                         inspection->refusal));

  self = g_new0 (MwReviewItem, 1);
  self->content = g_bytes_ref (content);
  self->name = g_strdup (name);
  return self;
}

MwReviewItem *
mw_review_item_new_refused (const char *name,
                            const char *problem)
{
  MwReviewItem *self;

  g_return_val_if_fail (problem != NULL, NULL);

  self = g_new0 (MwReviewItem, 1);
  self->name = g_strdup (name);
  self->problem = g_strdup (problem);
  return self;
}

void
mw_review_item_free (MwReviewItem *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->content, g_bytes_unref);
  g_free (self->name);
  g_free (self->signer);
  g_clear_pointer (&self->file, mw_password_file_unref);
  g_free (self->problem);
  g_free (self);
}

gboolean
mw_review_item_equal (MwReviewItem *self,
                      MwReviewItem *other)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (other == NULL || g_strcmp0 (self->name, other->name) != 0 ||
      g_strcmp0 (self->problem, other->problem) != 0)
    return FALSE;
  if (self->content == NULL || other->content == NULL)
    return self->content == other->content;

  return g_bytes_equal (self->content, other->content);
}
