/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gtk/gtk.h>

#include "core/mw-provider.h"

G_BEGIN_DECLS

/**
 * mw_provider_mark_new:
 * @provider: a listed provider
 *
 * A coloured disc with the initials of a provider; the colour is always the
 * same one. It is for the eye: the name has to stand beside it.
 *
 * Returns: (transfer floating): the disc
 */
GtkWidget *mw_provider_mark_new (MwProvider *provider);

G_END_DECLS
