/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "app/mw-causes-view.h"
#include "app/mw-details-view.h"
#include "app/mw-heading.h"
#include "app/mw-problem-page.h"

G_BEGIN_DECLS

/* From the third refusal in ten minutes on, a lock-out is likely. */
#define MW_PROBLEM_PAGE_N_REFUSALS 3

struct _MwProblemPage
{
  AdwBin         parent_instance;

  /* Template widgets */
  MwHeading     *title;
  GtkLabel      *text_label;
  GtkWidget     *server_box;
  GtkLabel      *server_label;
  GtkLabel      *words_label;
  GtkWidget     *lock_label;
  GtkWidget     *entries_box;
  GtkEditable   *user_row;
  GtkEditable   *password_row;
  GtkLabel      *error_label;
  GtkWidget     *repair_button;
  MwCausesView  *causes_view;
  GtkWidget     *receive_only_tile;
  GtkWidget     *again_tile;
  GtkWidget     *advanced_tile;
  GtkWidget     *letter_tile;
  MwDetailsView *details_view;

  /* Owned */
  MwSetup       *setup;

  MwSide         side;
  gboolean       separates;  /* what is typed here is for sending only */
  char          *refused;    /* the address that the refusals are of */
  gint64         refusals[MW_PROBLEM_PAGE_N_REFUSALS];  /* when, newest first */
};

/**
 * mw_problem_page_has_own_password:
 *
 * Returns: whether the problem is one of sending, with a password of its own
 */
gboolean mw_problem_page_has_own_password (MwProblemPage *self);

/**
 * mw_problem_page_take_entries:
 * @password_needed: whether a missing password is an error, which is shown
 *
 * Hands over to the set-up what was typed on the page.
 *
 * Returns: whether to go on
 */
gboolean mw_problem_page_take_entries     (MwProblemPage *self,
                                           gboolean       password_needed);

/**
 * mw_problem_page_perform:
 * @advice: not the set-up's own, which ends with the next run
 *
 * Does what the button of @advice promises.
 */
void     mw_problem_page_perform          (MwProblemPage *self,
                                           MwAdvice      *advice);

G_END_DECLS
