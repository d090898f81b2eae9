/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "setup/mw-setup.h"

G_BEGIN_DECLS

#define MW_TYPE_PROBLEM_PAGE (mw_problem_page_get_type ())

/**
 * MwProblemPage:
 *
 * What went wrong, and the one thing that helps.
 */
G_DECLARE_FINAL_TYPE (MwProblemPage, mw_problem_page, MW, PROBLEM_PAGE, AdwBin)

void mw_problem_page_set_setup       (MwProblemPage *self,
                                      MwSetup       *setup);

/**
 * mw_problem_page_update:
 *
 * Shows the result of the run that has just ended.
 */
void mw_problem_page_update          (MwProblemPage *self);

/**
 * mw_problem_page_forget_password:
 *
 * Empties the password entry, once the password is no longer needed there.
 */
void mw_problem_page_forget_password (MwProblemPage *self);

/**
 * mw_problem_page_update_network:
 *
 * To be called when the network may be another.
 */
void mw_problem_page_update_network  (MwProblemPage *self);

G_END_DECLS
