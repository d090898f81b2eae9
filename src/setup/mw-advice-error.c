/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-advice-private.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "core/mw-error.h"

static const MwAdviceRow address_rows[] = {
  { MW_ADDRESS_ERROR_EMPTY, NULL, N_("No Address"),
    N_("Type your e-mail address."), MW_ADVICE_ACTION_EDIT_ADDRESS },
  { MW_ADDRESS_ERROR_NO_AT, NULL, N_("Address Is Not Complete"),
    N_("Type the whole address, with the @ sign and what follows it."),
    MW_ADVICE_ACTION_EDIT_ADDRESS },
  { MW_ADDRESS_ERROR_TWO_AT, NULL, N_("Too Many @ Signs"),
    N_("An address has one @ sign only."), MW_ADVICE_ACTION_EDIT_ADDRESS },
  { MW_ADDRESS_ERROR_BLANK, NULL, N_("Blank in the Address"),
    N_("An address has no blanks inside."), MW_ADVICE_ACTION_EDIT_ADDRESS },
  { MW_ADDRESS_ERROR_NO_LOCAL_PART, NULL, N_("Address Is Not Complete"),
    N_("The part before the @ sign is missing."), MW_ADVICE_ACTION_EDIT_ADDRESS },
  { MW_ADDRESS_ERROR_NO_DOMAIN, NULL, N_("Address Is Not Complete"),
    N_("The part after the @ sign is missing, for example example.com."),
    MW_ADVICE_ACTION_EDIT_ADDRESS },
  { MW_ADDRESS_ERROR_BAD_LOCAL_PART, NULL, N_("Address Cannot Exist"),
    N_("The part before the @ sign has characters that do not belong there."),
    MW_ADVICE_ACTION_EDIT_ADDRESS },
  { MW_ADDRESS_ERROR_BAD_DOMAIN, NULL, N_("Address Cannot Exist"),
    N_("There can be no such name after the @ sign. Check it for a typing mistake."),
    MW_ADVICE_ACTION_EDIT_ADDRESS },
  { MW_ADDRESS_ERROR_TOO_LONG, NULL, N_("Address Is Too Long"),
    N_("No e-mail address is that long."), MW_ADVICE_ACTION_EDIT_ADDRESS },
  { MW_ADDRESS_ERROR_URI, NULL, N_("Not an E-Mail Address"),
    N_("This is the address of a server or a web page. Type your e-mail address here; servers "
       "can be entered by hand later."),
    MW_ADVICE_ACTION_EDIT_ADDRESS },
};

static const MwAdviceRow store_rows[] = {
  { MW_STORE_ERROR_NO_SERVICE, NULL, N_("No Password Storage"),
    N_("This desktop runs no keyring, so passwords cannot be kept. You can go on; the mail "
       "program gets the password all the same."),
    MW_ADVICE_ACTION_NONE },
  { MW_STORE_ERROR_LOCKED, NULL, N_("Keyring Is Locked"),
    N_("The keyring stayed locked, so the password could not be put into it or taken from it."),
    MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_STORE_ERROR_NOT_STORED, NULL, N_("Password Was Not Kept"),
    N_("The keyring did not give back what was put into it."), MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_STORE_ERROR_DAMAGED, NULL, N_("Account File Is Damaged"),
    N_("The file of a saved account cannot be understood. Nothing was deleted."),
    MW_ADVICE_ACTION_NONE },
  { MW_STORE_ERROR_FILE, NULL, N_("Account File Cannot Be Used"),
    N_("The account file could not be read or written. Check that there is room and that the "
       "folder is yours."),
    MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_STORE_ERROR_NOT_FOUND, NULL, N_("No Such Account"),
    N_("There is no saved account of that name."), MW_ADVICE_ACTION_NONE },
  { MW_STORE_ERROR_AMBIGUOUS, NULL, N_("Several Accounts Match"),
    N_("More than one saved account matches. Use more of its identifier."),
    MW_ADVICE_ACTION_NONE },
};

static const MwAdviceRow export_rows[] = {
  { MW_EXPORT_ERROR_NO_TARGET, NULL, N_("Mail Program Not Found"),
    N_("There is no such mail program on this computer."), MW_ADVICE_ACTION_NONE },
  { MW_EXPORT_ERROR_RUNNING, NULL, N_("Mail Program Is Running"),
    N_("Close the mail program, then hand the account over again."),
    MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_EXPORT_ERROR_DAMAGED, NULL, N_("Mail Program’s Data Is Damaged"),
    N_("A file of the mail program cannot be understood. Nothing was changed."),
    MW_ADVICE_ACTION_NONE },
  { MW_EXPORT_ERROR_READ_ONLY, NULL, N_("Mail Program’s Data Is Read-Only"),
    N_("A file of the mail program cannot be written. Nothing was changed."),
    MW_ADVICE_ACTION_NONE },
  { MW_EXPORT_ERROR_UNSAFE, NULL, N_("Mail Program’s Data Is Not Safe"),
    N_("A file of the mail program belongs to somebody else or lies in an unexpected place. "
       "Nothing was changed."),
    MW_ADVICE_ACTION_NONE },
  { MW_EXPORT_ERROR_PRIMARY_PASSWORD, NULL, N_("Primary Password Set"),
    N_("The mail program’s passwords are locked by a primary password, so it will ask for the "
       "mail password once."),
    MW_ADVICE_ACTION_NONE },
  { MW_EXPORT_ERROR_EXISTS_ELSEWHERE, NULL, N_("Account Is There Already"),
    N_("This address was added through the Online Accounts of the desktop. Nothing was changed."),
    MW_ADVICE_ACTION_NONE },
  { MW_EXPORT_ERROR_REFUSED, NULL, N_("Mail Program Refused the Account"),
    N_("The mail program’s account service did not accept the account. Nothing was changed."),
    MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_EXPORT_ERROR_HELPER, NULL, N_("Password Could Not Be Handed Over"),
    N_("The helper that writes the mail program’s password store failed. Nothing was changed."),
    MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_EXPORT_ERROR_MADE_BY_HAND, NULL, N_("Account Is There Already"),
    N_("The mail program has this account already; it was not made by Mailwright. Nothing was "
       "changed."),
    MW_ADVICE_ACTION_NONE },
  { MW_EXPORT_ERROR_NOT_GRANTED, NULL, N_("Mail Program Cannot Be Reached"),
    N_("Mailwright is not allowed to open the mail program’s folder. Nothing was changed."),
    MW_ADVICE_ACTION_NONE },
  { MW_EXPORT_ERROR_SIGN_IN, NULL, N_("Browser Sign-In Not Supported"),
    N_("This account signs in through the browser, and the mail program does not know how that "
       "is done at this provider. Nothing was changed."),
    MW_ADVICE_ACTION_NONE },
  { MW_EXPORT_ERROR_NO_LOCK, NULL, N_("Cannot Tell Whether It Is Running"),
    N_("The disk that the mail program’s data lies on knows no locks, so nobody can tell whether "
       "the program is using it. Nothing was changed."),
    MW_ADVICE_ACTION_NONE },
};

static const MwAdviceRow share_rows[] = {
  { MW_SHARE_ERROR_UNFINISHED, NULL, N_("A Server Is Missing"),
    N_("A file of this kind needs more than this account has: a server to receive from, and for "
       "Apple’s configuration profiles also one to send through."),
    MW_ADVICE_ACTION_NONE },
  { MW_SHARE_ERROR_CLEAR_TEXT, NULL, N_("A Server Is Not Protected"),
    N_("This account sends the password unprotected. Settings like that are not passed on."),
    MW_ADVICE_ACTION_NONE },
  { MW_SHARE_ERROR_SIGN_IN, NULL, N_("Signs In Through the Browser"),
    N_("Apple’s configuration profiles cannot say that an account signs in through the browser. "
       "Add the account on the device itself."),
    MW_ADVICE_ACTION_NONE },
  { MW_SHARE_ERROR_PORT, NULL, N_("Unusual Port"),
    N_("On the port of this account a configuration profile would be understood in another way "
       "than the server works."),
    MW_ADVICE_ACTION_NONE },
  { MW_SHARE_ERROR_USER_NAME, NULL, N_("Personal User Name"),
    N_("The user name of this account is not made of the address, so this would be of no use to "
       "others. It can only be made for one person."),
    MW_ADVICE_ACTION_NONE },
  { MW_SHARE_ERROR_TEXT, NULL, N_("A Character Does Not Fit"),
    N_("The address, a name, a user name or the password has a character that cannot be passed on "
       "in this form."),
    MW_ADVICE_ACTION_NONE },
  { MW_SHARE_ERROR_HOST, NULL, N_("No Server for Everybody"),
    N_("A link can only name servers that everybody can find, such as imap.example.com. This "
       "account has a server without such a name."),
    MW_ADVICE_ACTION_NONE },
};

static MwAdvice *
advice_for_unknown_error (const GError *error)
{
  MwAdvice *self = g_new0 (MwAdvice, 1);

  self->title = g_strdup (_("Something Went Wrong"));
  /* Translators: %s is an untranslated description for experts. */
  self->text = g_strdup_printf (_("This should not have happened: %s"), error->message);
  mw_advice_set_action (self, MW_ADVICE_ACTION_TRY_AGAIN, NULL);
  return self;
}

/* Errors about files are no use without the name of the file. */
static void
add_detail (MwAdvice     *self,
            const GError *error)
{
  char *text = g_strdup_printf ("%s (%s)", self->text, error->message);

  g_free (self->text);
  self->text = text;
}

MwAdvice *
mw_advice_for_error (const GError *error)
{
  const MwAdviceRow *row = NULL;
  MwAdvice *self;

  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == MW_PROBE_ERROR)
    return mw_advice_for_outcome (error->code, NULL);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return mw_advice_for_outcome (MW_OUTCOME_CANCELLED, NULL);

  if (error->domain == MW_ADDRESS_ERROR)
    row = mw_advice_find_row (address_rows, G_N_ELEMENTS (address_rows), error->code, NULL);
  else if (error->domain == MW_STORE_ERROR)
    row = mw_advice_find_row (store_rows, G_N_ELEMENTS (store_rows), error->code, NULL);
  else if (error->domain == MW_EXPORT_ERROR)
    row = mw_advice_find_row (export_rows, G_N_ELEMENTS (export_rows), error->code, NULL);
  else if (error->domain == MW_SHARE_ERROR)
    row = mw_advice_find_row (share_rows, G_N_ELEMENTS (share_rows), error->code, NULL);

  if (row == NULL)
    return advice_for_unknown_error (error);

  self = mw_advice_new (row, NULL);
  if (g_error_matches (error, MW_STORE_ERROR, MW_STORE_ERROR_FILE) ||
      g_error_matches (error, MW_STORE_ERROR, MW_STORE_ERROR_DAMAGED) ||
      g_error_matches (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_DAMAGED) ||
      g_error_matches (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_READ_ONLY) ||
      g_error_matches (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_UNSAFE))
    add_detail (self, error);
  return self;
}

char *
mw_advice_explain_address (const char *text)
{
  g_autoptr(MwAddress) address = NULL;
  g_autoptr(MwAdvice) advice = NULL;
  g_autoptr(GError) error = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  address = mw_address_parse (text, &error);
  if (address != NULL)
    return NULL;

  advice = mw_advice_for_error (error);
  return g_steal_pointer (&advice->text);
}
