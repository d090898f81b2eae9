/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-share-offer.h"

#include "setup/mw-share-note.h"
#include "setup/mw-share-text.h"

static void
make_link (MwShareOffer    *self,
           MwProfile       *profile,
           MwShareAudience  audience,
           const char      *provider_name)
{
  g_autoptr(MwSetupLink) link = NULL;

  link = mw_share_link_new (profile, audience,
                            audience == MW_SHARE_AUDIENCE_PROVIDER ? provider_name : NULL,
                            &self->error);
  if (link == NULL)
    return;

  self->text = mw_setup_link_to_string (link);
  self->notes = mw_share_note_find_in_link (profile, link, self->text);
  if (self->form == MW_SHARE_FORM_QR)
    self->qr = mw_share_qr_new (self->text);
  else
    self->notes &= ~(1u << MW_SHARE_NOTE_LONG);
}

static char *
render (MwProfile     *profile,
        MwShareFormat  format,
        MwShareFlags   flags,
        GError       **error)
{
  g_autoptr(GBytes) bytes = mw_share_render (profile, format, flags, NULL, NULL, error);

  return bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes))
                       : NULL;
}

MwShareOffer *
mw_share_offer_new (MwProfile       *profile,
                    MwShareForm      form,
                    MwShareAudience  audience,
                    const char      *provider_name)
{
  MwShareOffer *self;
  MwShareFlags flags = audience == MW_SHARE_AUDIENCE_PERSON ? MW_SHARE_PERSONAL
                                                            : MW_SHARE_NOTHING_PERSONAL;

  g_return_val_if_fail (profile != NULL, NULL);

  self = g_new0 (MwShareOffer, 1);
  self->form = form;
  if (mw_share_form_is_link (form))
    make_link (self, profile, audience, provider_name);
  else if (form == MW_SHARE_FORM_TEXT)
    self->text = mw_share_text_new (profile, flags);
  else
    self->text = render (profile,
                         form == MW_SHARE_FORM_AUTOCONFIG ? MW_SHARE_FORMAT_AUTOCONFIG
                                                          : MW_SHARE_FORMAT_MOBILECONFIG,
                         flags, &self->error);
  if (!mw_share_form_is_link (form) && self->text != NULL)
    self->notes = mw_share_note_find (profile, flags, self->text);

  return self;
}

void
mw_share_offer_free (MwShareOffer *self)
{
  g_free (self->text);
  g_clear_pointer (&self->qr, mw_share_qr_unref);
  g_clear_error (&self->error);
  g_free (self);
}

gboolean
mw_share_form_is_link (MwShareForm form)
{
  return form == MW_SHARE_FORM_LINK || form == MW_SHARE_FORM_QR;
}
