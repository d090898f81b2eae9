/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "app/mw-accounts-page.h"
#include "app/mw-advanced-page.h"
#include "app/mw-check-page.h"
#include "app/mw-done-page.h"
#include "app/mw-problem-page.h"
#include "app/mw-sign-in-page.h"
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
  char                 *came_from;    /* page the run was started on */
  char                 *advanced_from;
  GPtrArray            *deletions;    /* element MwDeletion */

  /* Borrowed */
  GtkWidget            *pressed_page; /* only compared: where a click began */

  gboolean              keyring_missing;
  gboolean              from_link;
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
