/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-hint.h"

G_DEFINE_ENUM_TYPE (MwHintKind, mw_hint_kind,
                    G_DEFINE_ENUM_VALUE (MW_HINT_KIND_APP_PASSWORD, "app-password"),
                    G_DEFINE_ENUM_VALUE (MW_HINT_KIND_AUTH_CODE, "auth-code"),
                    G_DEFINE_ENUM_VALUE (MW_HINT_KIND_ENABLE_IMAP, "enable-imap"),
                    G_DEFINE_ENUM_VALUE (MW_HINT_KIND_ENABLE_SMTP, "enable-smtp"),
                    G_DEFINE_ENUM_VALUE (MW_HINT_KIND_SEPARATE_PASSWORD, "separate-password"),
                    G_DEFINE_ENUM_VALUE (MW_HINT_KIND_APPROVE_COMPUTER, "approve-computer"),
                    G_DEFINE_ENUM_VALUE (MW_HINT_KIND_HOST_FROM_PANEL, "host-from-panel"),
                    G_DEFINE_ENUM_VALUE (MW_HINT_KIND_BROWSER_SIGN_IN, "browser-sign-in"),
                    G_DEFINE_ENUM_VALUE (MW_HINT_KIND_NO_IMAP, "no-imap"),
                    G_DEFINE_ENUM_VALUE (MW_HINT_KIND_BRIDGE, "bridge"),
                    G_DEFINE_ENUM_VALUE (MW_HINT_KIND_PAID_PLAN, "paid-plan"),
                    G_DEFINE_ENUM_VALUE (MW_HINT_KIND_EXCHANGE, "exchange"),
                    G_DEFINE_ENUM_VALUE (MW_HINT_KIND_DOCUMENTATION, "documentation"))

G_DEFINE_ENUM_TYPE (MwHintCondition, mw_hint_condition,
                    G_DEFINE_ENUM_VALUE (MW_HINT_CONDITION_ALWAYS, "always"),
                    G_DEFINE_ENUM_VALUE (MW_HINT_CONDITION_TWO_STEP, "two-step"),
                    G_DEFINE_ENUM_VALUE (MW_HINT_CONDITION_MAYBE, "maybe"))

G_DEFINE_BOXED_TYPE (MwHint, mw_hint, mw_hint_copy, mw_hint_free)

MwHint *
mw_hint_new (MwHintKind       kind,
             MwHintCondition  condition,
             const char      *uri)
{
  MwHint *self = g_new0 (MwHint, 1);

  self->kind = kind;
  self->condition = condition;
  self->uri = g_strdup (uri);
  return self;
}

MwHint *
mw_hint_copy (MwHint *self)
{
  MwHint *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = mw_hint_new (self->kind, self->condition, self->uri);
  copy->page = g_strdup (self->page);
  copy->words = g_strdup (self->words);
  return copy;
}

void
mw_hint_free (MwHint *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->uri);
  g_free (self->page);
  g_free (self->words);
  g_free (self);
}
