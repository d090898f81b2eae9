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
 * @text: what the person typed, not checked yet
 *
 * Begins a new account with this address, unless one is under way.
 */
void      mw_window_open_address (MwWindow      *self,
                                  const char    *text);

/**
 * mw_window_review_content:
 * @content: a link, or settings, not looked at yet
 * @name: (nullable): foreign text: what the file is called, %NULL for a link
 *
 * Shows what @content says, before anything is done with it: now, or when what
 * is under way has ended.
 *
 * Returns: %FALSE when too much waits already, so that it is dropped
 */
gboolean  mw_window_review_content (MwWindow    *self,
                                    GBytes      *content,
                                    const char  *name);

/**
 * mw_window_come_to_front:
 *
 * Presents the window with the dialog that stands before it.
 */
void      mw_window_come_to_front (MwWindow     *self);

/**
 * mw_window_open_file:
 * @file: settings, not looked at yet
 *
 * Reads it, and then does what mw_window_review_content() does.
 */
void      mw_window_open_file    (MwWindow      *self,
                                  GFile         *file);

/**
 * mw_window_review_clipboard:
 *
 * Shows what a link in the clipboard says, or that there is none, as soon as
 * the window is in front.
 */
void      mw_window_review_clipboard (MwWindow   *self);

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
