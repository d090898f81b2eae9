/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * MwHintKind:
 * @MW_HINT_KIND_APP_PASSWORD: a password made for mail programs is wanted
 *   instead of the one of the web site
 * @MW_HINT_KIND_AUTH_CODE: the same, called authorisation code
 * @MW_HINT_KIND_ENABLE_IMAP: access by mail programs must be switched on first
 * @MW_HINT_KIND_ENABLE_SMTP: sending by mail programs must be switched on first
 * @MW_HINT_KIND_SEPARATE_PASSWORD: mail has a password of its own, which the
 *   person chooses
 * @MW_HINT_KIND_APPROVE_COMPUTER: each computer must be approved first
 * @MW_HINT_KIND_HOST_FROM_PANEL: every customer has another server, which the
 *   provider's pages name
 * @MW_HINT_KIND_BROWSER_SIGN_IN: passwords are refused; signing in happens in
 *   the browser
 * @MW_HINT_KIND_NO_IMAP: mail programs cannot be used at all
 * @MW_HINT_KIND_BRIDGE: mail programs need the provider's own program running
 *   on this computer
 * @MW_HINT_KIND_PAID_PLAN: mail programs are for paying customers only
 * @MW_HINT_KIND_EXCHANGE: only programs that speak Exchange's own protocols can
 *   be used
 * @MW_HINT_KIND_DOCUMENTATION: the provider has a page about mail programs
 *
 * What a person has to know of a provider before typing a password. The nicks
 * are the `kind` words of the command line.
 */
typedef enum {
  MW_HINT_KIND_APP_PASSWORD,
  MW_HINT_KIND_AUTH_CODE,
  MW_HINT_KIND_ENABLE_IMAP,
  MW_HINT_KIND_ENABLE_SMTP,
  MW_HINT_KIND_SEPARATE_PASSWORD,
  MW_HINT_KIND_APPROVE_COMPUTER,
  MW_HINT_KIND_HOST_FROM_PANEL,
  MW_HINT_KIND_BROWSER_SIGN_IN,
  MW_HINT_KIND_NO_IMAP,
  MW_HINT_KIND_BRIDGE,
  MW_HINT_KIND_PAID_PLAN,
  MW_HINT_KIND_EXCHANGE,
  MW_HINT_KIND_DOCUMENTATION,
} MwHintKind;

/**
 * MwHintCondition:
 * @MW_HINT_CONDITION_ALWAYS: holds for every account of the provider
 * @MW_HINT_CONDITION_TWO_STEP: holds once two-step sign-in is on
 * @MW_HINT_CONDITION_MAYBE: holds for some accounts, or is not confirmed
 */
typedef enum {
  MW_HINT_CONDITION_ALWAYS,
  MW_HINT_CONDITION_TWO_STEP,
  MW_HINT_CONDITION_MAYBE,
} MwHintCondition;

#define MW_TYPE_HINT_KIND (mw_hint_kind_get_type ())
#define MW_TYPE_HINT_CONDITION (mw_hint_condition_get_type ())
#define MW_TYPE_HINT (mw_hint_get_type ())

GType mw_hint_kind_get_type      (void) G_GNUC_CONST;
GType mw_hint_condition_get_type (void) G_GNUC_CONST;

/**
 * MwHint:
 * @kind: what there is to know
 * @condition: for whom it holds
 * @uri: (nullable): the provider's own page about it, https, which a button
 *   may open: from the built-in list where the entry is confirmed, or from the
 *   e-mail domain itself
 * @page: (nullable): a page that may only be shown as text
 * @words: (nullable): what the provider itself says about it: foreign text,
 *   but clean and short
 *
 * One hint. It carries no sentence: those are made in setup/.
 */
typedef struct {
  MwHintKind       kind;
  MwHintCondition  condition;
  char            *uri;
  char            *page;
  char            *words;
} MwHint;

GType   mw_hint_get_type (void) G_GNUC_CONST;
MwHint *mw_hint_new      (MwHintKind       kind,
                          MwHintCondition  condition,
                          const char      *uri);
MwHint *mw_hint_copy     (MwHint          *self);
void    mw_hint_free     (MwHint          *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwHint, mw_hint_free)

G_END_DECLS
