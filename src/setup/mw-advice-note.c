/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gi18n.h>

#include "setup/mw-advice.h"

static const char *
describe_note (MwNote note)
{
  switch (note)
    {
    case MW_NOTE_HELO:
      /* Translators: EHLO is a command of the SMTP protocol. */
      return _("The server is a very old one: it knows no EHLO, so it cannot say what it "
               "supports.");
    case MW_NOTE_UTF8_MISSING:
      return _("The server takes no mail with international addresses (no UTF8=ACCEPT): mail to "
               "this address may not arrive there.");
    case MW_NOTE_UIDL_MISSING:
      /* Translators: POP3 is a way to fetch mail; UIDL is one of its commands. */
      return _("The server does not mark messages (no UIDL in POP3): mail programs may fetch mail "
               "that is left on it again and again.");
    case MW_NOTE_RECIPIENT_LATER:
      return _("The server puts off mail to new recipients for a while: a first message may be "
               "late.");
    case MW_NOTE_FOLDERS_INCOMPLETE:
    default:
      return _("The server’s list of folders could not be read to its end: mail programs may not "
               "find the folders for sent mail, drafts or trash by themselves.");
    }
}

char **
mw_advice_dup_notes (guint notes)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (int note = MW_NOTE_HELO; note <= MW_NOTE_FOLDERS_INCOMPLETE; note++)
    {
      if ((notes & (1u << note)) != 0)
        g_strv_builder_add (builder, describe_note (note));
    }

  return g_strv_builder_end (builder);
}
