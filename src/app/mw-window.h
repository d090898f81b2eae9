/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "app/mw-application.h"

G_BEGIN_DECLS

#define MW_TYPE_WINDOW (mw_window_get_type ())

/**
 * MwWindow:
 *
 * The one window: it holds the set-up under way and decides which page is
 * shown.
 */
G_DECLARE_FINAL_TYPE (MwWindow, mw_window, MW, WINDOW, AdwApplicationWindow)

MwWindow *mw_window_new          (MwApplication *application);

/**
 * mw_window_add_account:
 *
 * Begins a new account, unless one is under way; then that one stays.
 */
void      mw_window_add_account  (MwWindow      *self);

/**
 * mw_window_open_address:
 * @text: an address, not checked yet
 * @typed: the person typed it; %FALSE when it came from a link
 *
 * Begins a new account with this address.
 */
void      mw_window_open_address (MwWindow      *self,
                                  const char    *text,
                                  gboolean       typed);

/**
 * mw_window_review_link:
 * @address: (nullable): what the link names as an address, not checked yet
 *
 * Says that a link carries settings, which are not read, and asks whether to
 * go on with the address alone.
 */
void      mw_window_review_link  (MwWindow      *self,
                                  const char    *address);

/**
 * mw_window_open_file:
 * @file: settings, not looked at yet
 *
 * Shows what a file says, before anything is done with it.
 */
void      mw_window_open_file    (MwWindow      *self,
                                  GFile         *file);

/**
 * mw_window_show_message:
 *
 * Shows a sentence that has to be read, over whatever page there is.
 */
void      mw_window_show_message (MwWindow      *self,
                                  const char    *heading,
                                  const char    *text);

/**
 * mw_window_add_toast:
 *
 * Shows a sentence for a few seconds. Text from outside is fine in @text.
 */
void      mw_window_add_toast    (MwWindow      *self,
                                  const char    *text);

/**
 * mw_window_has_dialog:
 *
 * Returns: whether a modal dialog stands before the window; what was pressed
 *   twice opens one
 */
gboolean  mw_window_has_dialog   (MwWindow      *self);

G_END_DECLS
