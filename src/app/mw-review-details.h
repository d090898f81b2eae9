/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "setup/mw-setup-link.h"

G_BEGIN_DECLS

/**
 * mw_review_details_new:
 * @link: a link
 *
 * What else stands in a link, as text and nothing more: an address of a help
 * page is not opened, a name is not used before the person has seen it in its
 * place.
 *
 * Returns: (transfer floating) (nullable): a list, %NULL when there is nothing
 */
GtkWidget *mw_review_details_new (MwSetupLink *link);

G_END_DECLS
