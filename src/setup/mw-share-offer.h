/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "setup/mw-share-link.h"
#include "setup/mw-share-qr.h"

G_BEGIN_DECLS

/**
 * MwShareForm:
 * @MW_SHARE_FORM_LINK: a link
 * @MW_SHARE_FORM_QR: a link as a QR code
 * @MW_SHARE_FORM_TEXT: a table for people
 * @MW_SHARE_FORM_AUTOCONFIG: a settings document
 * @MW_SHARE_FORM_MOBILECONFIG: a configuration profile for Apple's systems
 *
 * How settings can be given to others.
 */
typedef enum {
  MW_SHARE_FORM_LINK,
  MW_SHARE_FORM_QR,
  MW_SHARE_FORM_TEXT,
  MW_SHARE_FORM_AUTOCONFIG,
  MW_SHARE_FORM_MOBILECONFIG,
} MwShareForm;

/**
 * MwShareOffer:
 * @form: how the settings are given
 * @text: (nullable): exactly what others get; with %MW_SHARE_FORM_QR what the
 *   code says. %NULL when it cannot be made
 * @qr: (nullable): the code, with %MW_SHARE_FORM_QR
 * @notes: a bit for each thing to know, `1 << MW_SHARE_NOTE_…`
 * @error: (nullable): a %MW_SHARE_ERROR: why it cannot be made
 *
 * The settings of an account for others, to be looked at first. Never with a
 * password.
 */
typedef struct {
  MwShareForm  form;
  char        *text;
  MwShareQr   *qr;
  guint        notes;
  GError      *error;
} MwShareOffer;

/**
 * mw_share_offer_new:
 * @profile: an account
 * @form: how to give its settings
 * @audience: whom they are for; only links have a form for all customers of a
 *   provider, the other forms are those for the domain then
 * @provider_name: (nullable): what the provider is called in a link for all
 *   its customers
 *
 * Returns: (transfer full): what to offer
 */
MwShareOffer *mw_share_offer_new  (MwProfile       *profile,
                                   MwShareForm      form,
                                   MwShareAudience  audience,
                                   const char      *provider_name);
void          mw_share_offer_free (MwShareOffer    *self);

/**
 * mw_share_form_is_link:
 *
 * Returns: whether it is a link, written or as a code
 */
gboolean      mw_share_form_is_link (MwShareForm    form);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwShareOffer, mw_share_offer_free)

G_END_DECLS
