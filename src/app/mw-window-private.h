/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "app/mw-accounts-page.h"
#include "app/mw-advanced-page.h"
#include "app/mw-check-page.h"
#include "app/mw-compare-page.h"
#include "app/mw-done-page.h"
#include "app/mw-edit-page.h"
#include "app/mw-problem-page.h"
#include "app/mw-review-item.h"
#include "app/mw-review-page.h"
#include "app/mw-sign-in-page.h"
#include "app/mw-sleep-monitor.h"
#include "app/mw-type-page.h"
#include "app/mw-window.h"

G_BEGIN_DECLS

/**
 * MwWindowTask:
 * @MW_WINDOW_TASK_ADD: a new account is set up
 * @MW_WINDOW_TASK_CHECK: a saved account is checked again
 * @MW_WINDOW_TASK_EDIT: a saved account is changed on its page
 * @MW_WINDOW_TASK_PASSWORD: it gets another password
 * @MW_WINDOW_TASK_SERVERS: it gets the servers that are named now
 *
 * What the set-up of the window is for.
 */
typedef enum {
  MW_WINDOW_TASK_ADD,
  MW_WINDOW_TASK_CHECK,
  MW_WINDOW_TASK_EDIT,
  MW_WINDOW_TASK_PASSWORD,
  MW_WINDOW_TASK_SERVERS,
} MwWindowTask;

typedef struct _MwWindowDrift MwWindowDrift;

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
  MwReviewPage         *review_page;
  MwSignInPage         *sign_in_page;
  MwCheckPage          *check_page;
  MwProblemPage        *problem_page;

  /* Children of the stack once they were asked for; until then NULL. To make
   * them takes as long as all the rest of the window. */
  MwAdvancedPage       *advanced_page;
  MwComparePage        *compare_page;
  MwDonePage           *done_page;
  MwEditPage           *edit_page;

  /* Owned */
  MwSetup              *setup;
  MwProviderLookup     *lookup;
  MwProfile            *opened;       /* the saved account it is about, NULL for a new one */
  MwWindowDrift        *drift;        /* what has changed since that was saved */
  GCancellable         *cancellable;  /* of the window's own questions */
  GCancellable         *check;        /* of the run under way */
  MwSleepMonitor       *sleep_monitor;
  char                 *came_from;    /* page the run was started on */
  char                 *advanced_from;
  GPtrArray            *deletions;    /* element MwDeletion */
  GtkFileChooserNative *chooser;      /* while a file is being chosen */
  MwReviewItem         *reviewed;     /* what the review page shows, or the set-up came from */
  GQueue                reviews;      /* element MwReviewItem, waiting for that page */

  /* Borrowed */
  GtkWidget            *pressed_page; /* only compared: where a click began */
  AdwToast             *waiting_toast; /* while it is shown */
  GtkWidget            *question;     /* weak: about a change, until it is answered */

  MwWindowTask          task;
  gboolean              saving;       /* a change */
  gboolean              proving;      /* the keyring is asked for what the proof takes */
  gboolean              closing;      /* the question about changes came from closing */
  gboolean              keyring_missing;
  gboolean              loaded;       /* the saved accounts are known */
  gboolean              awake;        /* the keyring and the network were asked for */
  gboolean              left_out;     /* more came from outside than may wait */
  gboolean              from_link;    /* the address came from outside */
  gboolean              asleep;
  gboolean              looking;      /* for a link in the clipboard */
  gboolean              interrupted;  /* a run was stopped, and is to begin anew */
  guint                 n_restarts;   /* since a button was pressed */
  guint                 n_reading;    /* files on their way to the review */
  guint                 review_id;    /* a source: the next review is due */
  gboolean              from_review;  /* the set-up began on the review page */
};

/* mw-window.c */

/**
 * mw_window_get_engine:
 *
 * Returns: (transfer none): the engine of the application; not to be asked for
 *   once the window is closing
 */
MwEngine       *mw_window_get_engine   (MwWindow      *self);

/**
 * mw_window_get_store:
 *
 * Returns: (transfer none): the accounts of the engine
 */
MwProfileStore *mw_window_get_store    (MwWindow      *self);

/**
 * mw_window_find_profile:
 * @id: of an account
 *
 * Returns: (transfer full) (nullable): the account, %NULL when it is deleted
 */
MwProfile      *mw_window_find_profile (MwWindow      *self,
                                        const char    *id);

/**
 * mw_window_find_address:
 *
 * Returns: (transfer full) (nullable): the account that has @address already
 */
MwProfile      *mw_window_find_address (MwWindow      *self,
                                        MwAddress     *address);

void        mw_window_show_page        (MwWindow      *self,
                                        const char    *name);
const char *mw_window_get_page         (MwWindow      *self);
void        mw_window_take_setup       (MwWindow      *self,
                                        MwSetup       *setup,
                                        MwProfile     *opened);
void        mw_window_show_home        (MwWindow      *self);

/* The page, made when it is asked for the first time. */
MwAdvancedPage *mw_window_ensure_advanced_page (MwWindow *self);
MwComparePage  *mw_window_ensure_compare_page  (MwWindow *self);
MwDonePage     *mw_window_ensure_done_page     (MwWindow *self);
MwEditPage     *mw_window_ensure_edit_page     (MwWindow *self);

void        mw_window_begin_setup      (MwWindow      *self);

/**
 * mw_window_is_busy:
 *
 * Returns: whether something stands in the window that a link or a file must
 *   not throw away
 */
gboolean    mw_window_is_busy          (MwWindow      *self);

/**
 * mw_window_find_dialog:
 *
 * Returns: (transfer none) (nullable): the modal dialog before the window
 */
GtkWindow  *mw_window_find_dialog      (MwWindow      *self);

/* mw-window-files.c */
void        mw_window_install_file_actions (MwWindowClass *klass);

/* mw-window-review.c */
void        mw_window_install_review_actions (MwWindowClass *klass);
void        mw_window_watch_reviews    (MwWindow      *self);

/**
 * mw_window_review:
 * @item: (transfer full): what came from outside
 *
 * Shows it on the review page, now or when it is its turn.
 *
 * Returns: %FALSE when too much waits already, so that it is dropped
 */
gboolean    mw_window_review           (MwWindow      *self,
                                        MwReviewItem  *item);

/**
 * mw_window_show_next_review:
 *
 * Shows what waits longest, unless something else is under way.
 *
 * Returns: whether it did
 */
gboolean    mw_window_show_next_review (MwWindow      *self);

/**
 * mw_window_show_next_review_later:
 *
 * The same when the event that is handled now is over. To be called whenever
 * the way may be free.
 */
void        mw_window_show_next_review_later (MwWindow *self);
void        mw_window_forget_waiting   (MwWindow      *self);

/**
 * mw_window_get_suggested_client:
 *
 * Returns: (transfer none) (nullable): the mail program that is suggested by
 *   the link which the set-up under way came from
 */
const char *mw_window_get_suggested_client (MwWindow  *self);

/**
 * mw_window_offer_deletion:
 *
 * To be called when the account is done. It may have come out of a file, with
 * its password.
 */
void        mw_window_offer_deletion   (MwWindow      *self);

/* mw-window-paste.c */
void        mw_window_install_paste_actions (MwWindowClass *klass);
void        mw_window_accept_drops     (MwWindow      *self);

/* mw-window-actions.c */
void        mw_window_install_actions  (MwWindowClass *klass);
void        mw_window_start_check      (MwWindow      *self);
void        mw_window_show_advanced    (MwWindow      *self,
                                        const char    *from);

/* mw-window-menu.c */
void        mw_window_install_menu_actions (MwWindowClass *klass);

/* mw-window-edit.c */
void        mw_window_install_edit_actions (MwWindowClass *klass);

/**
 * mw_window_focus_page_later:
 *
 * Gives the focus to the page that is shown, once the menu it was chosen in is
 * closed.
 */
void        mw_window_focus_page_later (MwWindow      *self);

void        mw_window_edit_account     (MwWindow      *self,
                                        MwProfile     *profile);
gboolean    mw_window_leave_edit       (MwWindow      *self,
                                        gboolean       closing);

/* mw-window-save.c */

/**
 * mw_window_open_account:
 * @profile: a saved account
 * @task: what is done with it
 *
 * Makes it the account that the set-up of the window is about.
 */
void        mw_window_open_account     (MwWindow      *self,
                                        MwProfile     *profile,
                                        MwWindowTask   task);

/**
 * mw_window_prove:
 * @unproved: the sides to prove, a bit 1 << #MwSide each
 *
 * Checks the account that is open with the passwords that were typed and, where
 * none was, those of the keyring. What is missing is asked for.
 */
void        mw_window_prove            (MwWindow      *self,
                                        guint          unproved);

/**
 * mw_window_prove_and_save:
 *
 * Saves the account that is open, after a check where the change wants one.
 */
void        mw_window_prove_and_save   (MwWindow      *self);

/**
 * mw_window_save_verified:
 *
 * To be called when the check of a change has ended well.
 */
void        mw_window_save_verified    (MwWindow      *self);

/* mw-window-passwords.c */

/* What is done with a password that the keyring has for a side. */
typedef void (*MwWindowTakePassword)  (MwSetup       *setup,
                                       MwSide         side,
                                       MwSecret      *secret);

/* Goes on once the keyring has answered; the last of its errors is given. */
typedef void (*MwWindowPasswordsDone) (MwWindow      *self,
                                       guint          sides,
                                       const GError  *error);

/**
 * mw_window_look_up_passwords:
 * @sides: handed to @done, a bit 1 << #MwSide each
 * @take: called for each password that the keyring has
 * @done: called at the end, unless the window is about another set-up by then
 *
 * Looks for the passwords of the account that is open.
 */
void        mw_window_look_up_passwords (MwWindow              *self,
                                         guint                  sides,
                                         MwWindowTakePassword   take,
                                         MwWindowPasswordsDone  done);

/* mw-window-drift.c */
void        mw_window_watch_drift      (MwWindow      *self);
void        mw_window_check_ended      (MwWindow      *self,
                                        MwSetup       *setup);
void        mw_window_forget_drift     (MwWindow      *self);

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
void        mw_window_undo_deletion    (MwWindow      *self);
void        mw_window_import_accounts  (MwWindow      *self);
void        mw_window_stop_waiting     (MwWindow      *self,
                                        const char    *id);
void        mw_window_account_checked  (MwWindow      *self);
void        mw_window_finish_deletions (MwWindow      *self);

G_END_DECLS
