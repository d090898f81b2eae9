/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MW_CONSENT_WAIT_MS:
 *
 * How long a question stands before it takes a yes, in milliseconds.
 */
#define MW_CONSENT_WAIT_MS 500

/**
 * mw_consent_guard_button:
 * @button: a button that says yes to something that cannot be taken back, such
 *   as where a password goes
 *
 * Holds @button back for %MW_CONSENT_WAIT_MS whenever it appears, so that a
 * click or a key that was meant for what stood there before is no yes. To be
 * called once, and then never gtk_widget_set_sensitive().
 */
void mw_consent_guard_button   (GtkWidget        *button);

/**
 * mw_consent_guard_response:
 * @dialog: a question, not yet presented, whose default response is another
 * @response: the response that says yes, added already
 *
 * The same for a response of a dialog.
 */
void mw_consent_guard_response (AdwMessageDialog *dialog,
                                const char       *response);

G_END_DECLS
