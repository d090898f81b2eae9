/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-advice-found.h"

#include <glib/gi18n.h>

char *
mw_advice_describe_obstacle (MwFoundAccount *account)
{
  g_return_val_if_fail (account != NULL, NULL);

  switch (account->obstacle)
    {
    case MW_FOUND_OBSTACLE_NONE:
      return NULL;
    case MW_FOUND_OBSTACLE_KIND:
      /* Translators: %s is a technical word, such as “ews” or “nntp”. */
      return g_strdup_printf (_("It is not a mail account with IMAP or POP3 but of the kind “%s”, "
                                "which Mailwright does not know."), account->kind);
    case MW_FOUND_OBSTACLE_NO_ADDRESS:
      return g_strdup (_("It has no e-mail address."));
    case MW_FOUND_OBSTACLE_ONLINE_ACCOUNT:
      return g_strdup (_("It is one of the online accounts of GNOME, which keeps its passwords. "
                         "Add it with its address instead."));
    case MW_FOUND_OBSTACLE_NO_SERVER:
    default:
      return g_strdup (_("It names no server for receiving mail."));
    }
}

const char *
mw_advice_describe_found_passwords (MwFoundAccount *account)
{
  g_return_val_if_fail (account != NULL, NULL);

  switch (account->passwords)
    {
    case MW_FOUND_PASSWORDS_NONE:
      if (account->profile->incoming != NULL &&
          account->profile->incoming->auth == MW_AUTH_OAUTH2)
        return _("It signs in through the browser; that has to be done once more elsewhere.");
      return _("No password is kept for it there; it has to be entered.");
    case MW_FOUND_PASSWORDS_LOCKED:
      return account->client == MW_MAIL_CLIENT_THUNDERBIRD
        ? _("Its password is locked with the primary password of Thunderbird.")
        : _("Its password is in the keyring, which is locked.");
    case MW_FOUND_PASSWORDS_UNREADABLE:
      return _("Its password cannot be read; it has to be entered.");
    case MW_FOUND_PASSWORDS_FOUND:
    default:
      return NULL;
    }
}

static const char *
describe_note (MwFoundNote note)
{
  switch (note)
    {
    case MW_FOUND_NOTE_DAMAGED:
      return _("The file with its settings is damaged; something may be missing.");
    case MW_FOUND_NOTE_MORE_ADDRESSES:
      return _("It has more addresses; only the first comes along.");
    case MW_FOUND_NOTE_SIGNATURE_FILE:
      return _("Its signature is in a file that cannot be used, and stays behind.");
    case MW_FOUND_NOTE_SIGNATURE_FORMATTED:
      return _("Its signature is formatted; only the words come along.");
    case MW_FOUND_NOTE_REPLY_TO:
      return _("Answers go to another address there; that setting stays behind.");
    case MW_FOUND_NOTE_LOG_IN:
      return _("It logs in there without a password or in a way that Mailwright does not know; "
               "here it will use a password.");
    case MW_FOUND_NOTE_CLEAR_TEXT:
      return _("It uses a server without encryption: others on the way can read the password.");
    case MW_FOUND_NOTE_NO_SENDING:
      return _("It names no server for sending that can be used: it can only receive.");
    case MW_FOUND_NOTE_DEFAULT:
      return _("There it is the account you write from; importing it does not make it so "
               "elsewhere.");
    case MW_FOUND_NOTE_OFF:
    default:
      return _("It is switched off there.");
    }
}

char **
mw_advice_dup_found_notes (MwFoundAccount *account)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (account != NULL, NULL);

  if (account->saved_id != NULL)
    g_strv_builder_add (builder, account->ours
                                   ? _("Mailwright has put it there; it is among your accounts.")
                                   : _("It is among your accounts already."));
  else if (account->address_saved)
    g_strv_builder_add (builder, _("There is an account with this address already, with other "
                                   "servers."));

  for (guint note = 0; note < MW_N_FOUND_NOTES; note++)
    {
      if (mw_found_account_has_note (account, note))
        g_strv_builder_add (builder, describe_note (note));
    }

  return g_strv_builder_end (builder);
}
