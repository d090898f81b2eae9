/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-advice-share.h"

#include <glib/gi18n.h>

#include "setup/mw-share-note.h"

#define BIT(note) (1u << (note))

/* One sentence for all that tells of the person, NULL when nothing does. */
static const char *
describe_person (guint notes)
{
  gboolean name = (notes & BIT (MW_SHARE_NOTE_NAME)) != 0;
  gboolean user_name = (notes & BIT (MW_SHARE_NOTE_USER_NAME)) != 0;

  if ((notes & BIT (MW_SHARE_NOTE_ADDRESS)) == 0)
    {
      if (name || user_name)
        return _("Whoever gets this learns the name in it.");
      if ((notes & BIT (MW_SHARE_NOTE_HIDDEN_NAME)) != 0)
        return _("Your name, or a part of your address, stands in the name of a server or of the "
                 "domain. Whoever gets this learns it.");
      return NULL;
    }

  if (name && user_name)
    return _("Whoever gets this learns the address, the name and the user name in it.");
  if (name)
    return _("Whoever gets this learns the address and the name in it.");
  if (user_name)
    return _("Whoever gets this learns the address and the user name in it.");
  return _("Whoever gets this learns the address in it.");
}

char **
mw_advice_dup_share_notes (guint notes)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  const char *person = describe_person (notes);

  if (person != NULL)
    g_strv_builder_add (builder, person);
  if ((notes & BIT (MW_SHARE_NOTE_CERTIFICATE)) != 0)
    g_strv_builder_add (builder, _("A certificate of this account was accepted by hand. That is "
                                   "not passed on, so other programs will not trust the server."));
  if ((notes & BIT (MW_SHARE_NOTE_OWN_PASSWORD)) != 0)
    g_strv_builder_add (builder, _("Sending has a password of its own here. A link cannot say "
                                   "that: whoever follows it enters it under Advanced Settings."));
  if ((notes & BIT (MW_SHARE_NOTE_LONG)) != 0)
    g_strv_builder_add (builder, _("This is much for a QR code: print it large, and try it out."));

  return g_strv_builder_end (builder);
}
