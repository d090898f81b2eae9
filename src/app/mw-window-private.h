/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "app/mw-accounts-page.h"
#include "app/mw-advanced-page.h"
#include "app/mw-check-page.h"
#include "app/mw-done-page.h"
#include "app/mw-problem-page.h"
#include "app/mw-sign-in-page.h"
#include "app/mw-sleep-monitor.h"
#include "app/mw-type-page.h"
#include "app/mw-window.h"

G_BEGIN_DECLS

struct _MwWindow
{
  AdwApplicationWindow  parent_instance;

  /* Template widgets */
  AdwWindowTitle       *window_title;
  GtkWidget            *back_button;
  GtkWidget            *menu_button;
  AdwToastOverlay      *toast_overlay;
  GtkStack             *stack;
  MwAccountsPage       *accounts_page;
  MwTypePage           *type_page;
  MwSignInPage         *sign_in_page;
  MwCheckPage          *check_page;
  MwProblemPage        *problem_page;
  MwAdvancedPage       *advanced_page;
  MwDonePage           *done_page;

  /* Owned */
  MwSetup              *setup;
  MwProviderLookup     *lookup;
  MwProfile            *opened;       /* the saved account that is checked again */
  GCancellable         *cancellable;  /* of the window's own questions */
  GCancellable         *check;        /* of the run under way */
  MwSleepMonitor       *sleep_monitor;
  char                 *came_from;    /* page the run was started on */
  char                 *advanced_from;
  GPtrArray            *deletions;    /* element MwDeletion */

  /* Borrowed */
  GtkWidget            *pressed_page; /* only compared: where a click began */

  gboolean              keyring_missing;
  gboolean              from_link;
  gboolean              asleep;
  gboolean              interrupted;  /* a run was stopped, and is to begin anew */
  guint                 n_restarts;   /* since a button was pressed */
};

/* mw-window.c */
void        mw_window_show_page        (MwWindow      *self,
                                        const char    *name);
const char *mw_window_get_page         (MwWindow      *self);
void        mw_window_take_setup       (MwWindow      *self,
                                        MwSetup       *setup,
                                        MwProfile     *opened);
void        mw_window_show_home        (MwWindow      *self);

/* mw-window-actions.c */
void        mw_window_install_actions  (MwWindowClass *klass);

/* mw-window-help.c */
void        mw_window_show_help        (MwWindow      *self);

/* mw-window-check.c */
void        mw_window_watch_sleep         (MwWindow   *self);

/**
 * mw_window_check_network:
 *
 * To be called when the network may be another: a run that it was taken from
 * under waits for it.
 */
void        mw_window_check_network       (MwWindow   *self);

/**
 * mw_window_resume_check:
 *
 * To be called when a run has ended.
 *
 * Returns: whether it was only interrupted
 */
gboolean    mw_window_resume_check        (MwWindow   *self);

/**
 * mw_window_forget_interruption:
 *
 * To be called when the person starts a run or leaves it.
 */
void        mw_window_forget_interruption (MwWindow   *self);

/* mw-window-accounts.c */
void        mw_window_check_account    (MwWindow      *self,
                                        const char    *id);
void        mw_window_export_account   (MwWindow      *self,
                                        const char    *id);
void        mw_window_delete_account   (MwWindow      *self,
                                        const char    *id);
void        mw_window_import_accounts  (MwWindow      *self);
void        mw_window_stop_waiting     (MwWindow      *self,
                                        const char    *id);
void        mw_window_account_checked  (MwWindow      *self);
void        mw_window_finish_deletions (MwWindow      *self);

G_END_DECLS
