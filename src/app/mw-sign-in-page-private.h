/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "app/mw-elsewhere-view.h"
#include "app/mw-entry-pause.h"
#include "app/mw-hint-card.h"
#include "app/mw-network-notice.h"
#include "app/mw-password-note.h"
#include "app/mw-sign-in-page.h"

G_BEGIN_DECLS

struct _MwSignInPage
{
  AdwBin            parent_instance;

  /* Template widgets */
  GtkLabel         *protocol_label;
  GtkWidget        *link_label;
  GtkWidget        *keyring_label;
  GtkWidget        *without_saving_list;
  GtkSwitch        *without_saving_switch;
  MwNetworkNotice  *network_notice;
  MwHintCard       *hint_card;
  GtkEditable      *name_row;
  GtkEditable      *address_row;
  GtkEditable      *password_row;
  GtkLabel         *password_help_label;
  GtkLinkButton    *password_help_link;
  GtkWidget        *password_note_box;
  MwPasswordNote   *password_note;
  GtkLabel         *error_label;
  GtkLabel         *domain_label;
  GtkLabel         *promise_label;
  GtkWidget        *connect_button;
  MwElsewhereView  *elsewhere_view;
  GtkWidget        *advanced_button;

  /* Owned */
  MwSetup          *setup;
  MwProviderLookup *lookup;
  GBindingGroup    *setup_bindings;
  MwEntryPause     *address_pause;

  gboolean          from_link;
  gboolean          keyring_missing;
};

/**
 * mw_sign_in_page_explain:
 *
 * Shows what is known of the address as it stands in the entry, and only the
 * ways on that its provider leaves.
 */
void mw_sign_in_page_explain (MwSignInPage *self);

G_END_DECLS
