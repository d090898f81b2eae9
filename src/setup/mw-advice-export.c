/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gi18n.h>

#include "setup/mw-advice.h"

static char *
describe_note (MwExportNote  note,
               const char   *name)
{
  switch (note)
    {
    case MW_EXPORT_NOTE_DEFAULT_NOT_SET:
      /* Translators: %s is the name of a mail program. */
      return g_strdup_printf (_("Mailwright could not make it the account you write from; choose "
                                "it in the settings of %s."), name);
    case MW_EXPORT_NOTE_NOTIFICATIONS_NOT_SET:
      /* Translators: %s is the name of a mail program. */
      return g_strdup_printf (_("Mailwright could not switch off notifications of new mail; do "
                                "that in the settings of %s."), name);
    case MW_EXPORT_NOTE_LOCAL_MAIL:
      /* Translators: %s is the name of a mail program; the words in quotation
       * marks are how Evolution calls these in your language. */
      return g_strdup_printf (_("%s puts the mail of this account into the Inbox of “On This "
                                "Computer”."), name);
    case MW_EXPORT_NOTE_FETCHES_LATER:
      /* Translators: %s is the name of a mail program; the words in quotation
       * marks are how Evolution calls that button in your language. */
      return g_strdup_printf (_("%s fetches its mail when you choose “Send / Receive”, or at its "
                                "next start."), name);
    case MW_EXPORT_NOTE_BROWSER_SIGN_IN:
      /* Translators: %s is the name of a mail program. */
      return g_strdup_printf (_("%s will open the provider’s web page and ask you to sign in "
                                "there once."), name);
    case MW_EXPORT_NOTE_CERTIFICATE_QUESTION:
      /* Translators: %s is the name of a mail program. */
      return g_strdup_printf (_("%s will ask once about the certificate that you accepted."),
                              name);
    case MW_EXPORT_NOTE_CERTIFICATE_KEPT:
      /* Translators: %s is the name of a mail program. */
      return g_strdup_printf (_("%s goes on trusting the certificate that you accepted."), name);
    case MW_EXPORT_NOTE_OPEN_QUESTION:
      /* Translators: %s is the name of a mail program. */
      return g_strdup_printf (_("If %s is just asking for the password of this account, close "
                                "that question: the other accounts wait for it."), name);
    case MW_EXPORT_NOTE_STAYS:
      /* Translators: %s is the name of a mail program. */
      return g_strdup_printf (_("The account stays in %s: it was made there by hand."), name);
    case MW_EXPORT_NOTE_AUTHORITY_OFFERED:
      /* Translators: %s is the name of a mail program. */
      return g_strdup_printf (_("%s does not know the certification authority of the mail "
                                "server, which this computer trusts. Until it may trust it, "
                                "too, it will not connect."), name);
    case MW_EXPORT_NOTE_AUTHORITY_UNKNOWN:
      /* Translators: %s is the name of a mail program. */
      return g_strdup_printf (_("%s does not trust the certification authority of the mail "
                                "server and will not connect."), name);
    case MW_EXPORT_NOTE_OTHER_STORE:
      /* Translators: %s is the name of a mail program. */
      return g_strdup_printf (_("This %s keeps its passwords where Mailwright cannot put "
                                "them; it will ask for this one."), name);
    case MW_EXPORT_NOTE_NOTIFICATIONS_SHARED:
      /* Translators: both %s are the name of a mail program. */
      return g_strdup_printf (_("%s now looks for new mail of this account only when you tell it "
                                "to; notifications have one switch for all accounts of %s."),
                              name, name);
    case MW_EXPORT_NOTE_USER_SETTINGS:
      /* Translators: %s is the name of a mail program; user.js is a file. */
      return g_strdup_printf (_("The file user.js in the profile of %s sets the list of accounts, "
                                "so this account may not appear."), name);
    case MW_EXPORT_NOTE_PASSWORD_STAYS:
      /* Translators: %s is the name of a mail program. */
      return g_strdup_printf (_("The passwords of %s are locked with a primary password, so the "
                                "password of this account stays among them."), name);
    case MW_EXPORT_NOTE_ASKS_TWICE:
      /* Translators: %s is the name of a mail program. */
      return g_strdup_printf (_("%s asks for the password when it first receives mail, and again "
                                "when it first sends some."), name);
    case MW_EXPORT_NOTE_OTHER_METHOD:
    default:
      /* Translators: %s is the name of a mail program. */
      return g_strdup_printf (_("%s does not know the way of logging in that was checked and "
                                "will try another; the server may refuse that."), name);
    }
}

static const char *
get_name (MwMailClient client)
{
  return client == MW_MAIL_CLIENT_EVOLUTION ? "Evolution" : "Thunderbird";
}

char **
mw_advice_dup_export_notes (MwMailClient client,
                            guint        notes)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (int note = 0; note < MW_N_EXPORT_NOTES; note++)
    {
      if ((notes & (1u << note)) != 0)
        {
          g_autofree char *sentence = describe_note (note, get_name (client));

          g_strv_builder_add (builder, sentence);
        }
    }

  return g_strv_builder_end (builder);
}
