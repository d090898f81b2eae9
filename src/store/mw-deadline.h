/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MwDeadline:
 *
 * A cancellable that is also cancelled when the time is up, for calls into
 * libraries whose own time-outs are too long or missing. Used in the main
 * context it was made in.
 */
typedef struct _MwDeadline MwDeadline;

MwDeadline   *mw_deadline_new             (guint         seconds,
                                           GCancellable *cancellable);
void          mw_deadline_free            (MwDeadline   *self);
GCancellable *mw_deadline_get_cancellable (MwDeadline   *self);

/**
 * mw_deadline_has_passed:
 *
 * Returns: whether the time was up before the caller cancelled
 */
gboolean      mw_deadline_has_passed      (MwDeadline   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwDeadline, mw_deadline_free)

G_END_DECLS
