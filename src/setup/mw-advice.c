/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-advice.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "core/mw-error.h"

G_DEFINE_ENUM_TYPE (MwAdviceAction, mw_advice_action,
                    G_DEFINE_ENUM_VALUE (MW_ADVICE_ACTION_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (MW_ADVICE_ACTION_TRY_AGAIN, "try-again"),
                    G_DEFINE_ENUM_VALUE (MW_ADVICE_ACTION_EDIT_ADDRESS, "edit-address"),
                    G_DEFINE_ENUM_VALUE (MW_ADVICE_ACTION_EDIT_PASSWORD, "edit-password"),
                    G_DEFINE_ENUM_VALUE (MW_ADVICE_ACTION_EDIT_USER_NAME, "edit-user-name"),
                    G_DEFINE_ENUM_VALUE (MW_ADVICE_ACTION_EDIT_SERVERS, "edit-servers"),
                    G_DEFINE_ENUM_VALUE (MW_ADVICE_ACTION_ENABLE_OUTGOING_AUTH,
                                         "enable-outgoing-auth"),
                    G_DEFINE_ENUM_VALUE (MW_ADVICE_ACTION_ALLOW_HOST, "allow-host"),
                    G_DEFINE_ENUM_VALUE (MW_ADVICE_ACTION_SHOW_CERTIFICATE, "show-certificate"),
                    G_DEFINE_ENUM_VALUE (MW_ADVICE_ACTION_RECEIVE_ONLY, "receive-only"),
                    G_DEFINE_ENUM_VALUE (MW_ADVICE_ACTION_OPEN_URI, "open-uri"),
                    G_DEFINE_ENUM_VALUE (MW_ADVICE_ACTION_ASK_PROVIDER, "ask-provider"),
                    G_DEFINE_ENUM_VALUE (MW_ADVICE_ACTION_OPEN_PORTAL, "open-portal"))

G_DEFINE_BOXED_TYPE (MwAdvice, mw_advice, mw_advice_copy, mw_advice_free)

typedef struct {
  int             code;
  const char     *title;
  const char     *text;
  MwAdviceAction  action;
} AdviceRow;

/* Translators: in all these sentences {host} stands for a server such as
 * imap.example.com, and {domain} for what stands behind the @ sign. Keep both
 * as they are. */
static const AdviceRow outcome_rows[] = {
  { MW_OUTCOME_WORKS, N_("Everything Works"),
    N_("Receiving and sending mail were both tried and both work."),
    MW_ADVICE_ACTION_NONE },
  { MW_OUTCOME_PENDING, N_("Checking"),
    N_("The servers are still being tried."), MW_ADVICE_ACTION_NONE },
  { MW_OUTCOME_NOT_NEEDED, N_("Not Needed"),
    N_("A better server did the job."), MW_ADVICE_ACTION_NONE },
  { MW_OUTCOME_CANCELLED, N_("Check Cancelled"),
    N_("The check was stopped before it was over. Nothing was saved."),
    MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_OUTCOME_OFFLINE, N_("No Network Connection"),
    N_("This computer is offline. Connect it to a network, then try again."),
    MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_OUTCOME_PORTAL, N_("Network Wants You to Sign In"),
    N_("This network answers in place of the mail servers until you have signed in to it. "
       "Open its sign-in page, sign in, then try again."),
    MW_ADVICE_ACTION_OPEN_PORTAL },
  { MW_OUTCOME_DNS_NXDOMAIN, N_("Server Does Not Exist"),
    N_("There is no server named {host}. Check the spelling of its name."),
    MW_ADVICE_ACTION_EDIT_SERVERS },
  { MW_OUTCOME_DNS_FAIL, N_("Name Server Does Not Answer"),
    N_("The address of {host} could not be looked up, because the name server of this network "
       "gave no answer."),
    MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_OUTCOME_REFUSED, N_("Connection Refused"),
    N_("{host} is there but does not accept mail connections. The server name or the port may "
       "be wrong, or the service is switched off."),
    MW_ADVICE_ACTION_EDIT_SERVERS },
  { MW_OUTCOME_TIMEOUT, N_("Server Does Not Answer"),
    N_("{host} did not answer in time. The server may be down, its name may be wrong, or this "
       "network may block mail connections."),
    MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_OUTCOME_UNREACHABLE, N_("Server Cannot Be Reached"),
    N_("There is no way from this network to {host}."), MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_OUTCOME_NOT_MAIL_SERVER, N_("Not a Mail Server"),
    N_("Something answers at {host}, but it is not a mail server."),
    MW_ADVICE_ACTION_EDIT_SERVERS },
  { MW_OUTCOME_WRONG_TLS_MODE, N_("Wrong Security Setting"),
    N_("{host} does not use this kind of encryption at this port. Choose the other one: "
       "SSL/TLS instead of STARTTLS, or STARTTLS instead of SSL/TLS."),
    MW_ADVICE_ACTION_EDIT_SERVERS },
  { MW_OUTCOME_TLS_TOO_OLD, N_("Outdated Encryption"),
    N_("{host} only offers encryption that is no longer safe. Your provider has to update it."),
    MW_ADVICE_ACTION_ASK_PROVIDER },
  { MW_OUTCOME_CERT_EXPIRED, N_("Certificate Has Expired"),
    N_("The certificate of {host} is out of date, so nobody can tell whether it is the real "
       "server. Your password was not sent."),
    MW_ADVICE_ACTION_SHOW_CERTIFICATE },
  { MW_OUTCOME_CERT_NOT_YET, N_("Certificate Is Not Valid Yet"),
    N_("The certificate of {host} becomes valid later. Check the date and time of this "
       "computer. Your password was not sent."),
    MW_ADVICE_ACTION_SHOW_CERTIFICATE },
  { MW_OUTCOME_CERT_NAME, N_("Certificate Is for Another Server"),
    N_("What answers as {host} shows the certificate of another server. Your password was not "
       "sent."),
    MW_ADVICE_ACTION_SHOW_CERTIFICATE },
  { MW_OUTCOME_CERT_SELF_SIGNED, N_("Certificate Is Not Confirmed by Anybody"),
    N_("{host} made its certificate itself, so nobody can tell whether it is the real server. "
       "Your password was not sent."),
    MW_ADVICE_ACTION_SHOW_CERTIFICATE },
  { MW_OUTCOME_CERT_UNKNOWN_CA, N_("Certificate From an Unknown Authority"),
    N_("The certificate of {host} was issued by an authority this computer does not know. Your "
       "password was not sent."),
    MW_ADVICE_ACTION_SHOW_CERTIFICATE },
  { MW_OUTCOME_CERT_REVOKED, N_("Certificate Was Revoked"),
    N_("The certificate of {host} was declared invalid. Your password was not sent."),
    MW_ADVICE_ACTION_ASK_PROVIDER },
  { MW_OUTCOME_CERT_PIN_CHANGED, N_("Certificate Has Changed"),
    N_("{host} no longer shows the certificate you trusted. Somebody may be in between. Your "
       "password was not sent."),
    MW_ADVICE_ACTION_SHOW_CERTIFICATE },
  { MW_OUTCOME_CERT_WEAK, N_("Certificate Is Too Weak"),
    N_("The certificate of {host} uses a key or signature that can be forged. Your password "
       "was not sent."),
    MW_ADVICE_ACTION_ASK_PROVIDER },
  { MW_OUTCOME_CERT_PURPOSE, N_("Certificate Is Not for Servers"),
    N_("The certificate of {host} was issued for another purpose. Your password was not sent."),
    MW_ADVICE_ACTION_ASK_PROVIDER },
  { MW_OUTCOME_CERT_INCOMPLETE, N_("Certificate Is Incomplete"),
    N_("{host} does not show who confirmed its certificate. Your provider has to complete the "
       "chain. Your password was not sent."),
    MW_ADVICE_ACTION_SHOW_CERTIFICATE },
  { MW_OUTCOME_TLS_FAILED, N_("Encryption Failed"),
    N_("No encrypted connection to {host} could be made."), MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_OUTCOME_CLIENT_CERTIFICATE, N_("Server Wants a Certificate From You"),
    N_("{host} only lets in people who have a certificate of their own. Mailwright cannot do "
       "that."),
    MW_ADVICE_ACTION_ASK_PROVIDER },
  { MW_OUTCOME_STARTTLS_MISSING, N_("Server Offers No Encryption"),
    N_("{host} does not offer to encrypt the connection, or somebody in between hides the "
       "offer. Your password was not sent."),
    MW_ADVICE_ACTION_EDIT_SERVERS },
  { MW_OUTCOME_STARTTLS_INJECTED, N_("Connection Was Tampered With"),
    N_("Somebody between this computer and {host} put words into the conversation. Your "
       "password was not sent. Do not use this network for mail."),
    MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_OUTCOME_PREAUTH, N_("Server Does Not Ask for a Password"),
    N_("{host} treats everybody as signed in already, which proves nothing. Your password was "
       "not sent."),
    MW_ADVICE_ACTION_ASK_PROVIDER },
  { MW_OUTCOME_NEED_TLS, N_("Encryption Is Required"),
    N_("{host} only takes a password over an encrypted connection. Choose SSL/TLS or STARTTLS."),
    MW_ADVICE_ACTION_EDIT_SERVERS },
  { MW_OUTCOME_MECH_NONE, N_("No Common Way to Sign In"),
    N_("{host} offers no way to sign in with a password that Mailwright knows."),
    MW_ADVICE_ACTION_ASK_PROVIDER },
  { MW_OUTCOME_MECH_WEAK, N_("Way to Sign In Was Refused"),
    N_("{host} does not accept a plain password for this account. You may need an app password "
       "from your provider."),
    MW_ADVICE_ACTION_EDIT_PASSWORD },
  { MW_OUTCOME_NEED_OAUTH, N_("Sign-In in the Browser Needed"),
    N_("{host} takes no passwords from mail programs. Sign in through your browser in the mail "
       "program itself."),
    MW_ADVICE_ACTION_ASK_PROVIDER },
  { MW_OUTCOME_NEED_APP_PASSWORD, N_("App Password Needed"),
    N_("{host} wants an app password here, not the one you use on the web. Create one on your "
       "provider’s pages and type it."),
    MW_ADVICE_ACTION_EDIT_PASSWORD },
  { MW_OUTCOME_IMAP_DISABLED, N_("Mail Programs Are Switched Off"),
    N_("Your account exists, but access by mail programs is switched off. Switch IMAP or POP "
       "on in your provider’s web mail settings, then try again."),
    MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_OUTCOME_BAD_CREDENTIALS, N_("Password or User Name Refused"),
    N_("{host} says that the user name or the password is wrong. Type the password again; some "
       "providers want a separate password for mail programs."),
    MW_ADVICE_ACTION_EDIT_PASSWORD },
  { MW_OUTCOME_LOGIN_REFUSED, N_("Sign-In Refused"),
    N_("{host} refused to sign you in without saying why. Mail programs may have to be allowed "
       "in your provider’s web mail settings first, or the password is not the right one."),
    MW_ADVICE_ACTION_EDIT_PASSWORD },
  { MW_OUTCOME_IP_NOT_APPROVED, N_("This Computer Is Not Approved"),
    N_("{host} does not know this computer yet. Approve it on your provider’s pages, then try "
       "again."),
    MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_OUTCOME_EXCHANGE_ONLY, N_("Only Exchange Is Offered"),
    N_("{host} can only be used by Exchange programs; IMAP and POP are switched off there."),
    MW_ADVICE_ACTION_ASK_PROVIDER },
  { MW_OUTCOME_PASSWORD_EXPIRED, N_("Password Has Expired"),
    N_("{host} wants a new password. Change it on your provider’s pages, then type the new one."),
    MW_ADVICE_ACTION_EDIT_PASSWORD },
  { MW_OUTCOME_ACCOUNT_BLOCKED, N_("Account Is Blocked"),
    N_("{host} does not let this account in. Only your provider can tell why."),
    MW_ADVICE_ACTION_ASK_PROVIDER },
  { MW_OUTCOME_TEMPORARY, N_("Server Is Busy"),
    N_("{host} cannot help at the moment. Wait a few minutes, then try again; your password "
       "may well be right."),
    MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_OUTCOME_IN_USE, N_("Mailbox Is in Use"),
    N_("Signing in worked, but another program has the mailbox open at the moment."),
    MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_OUTCOME_SEND_AUTH_REQUIRED, N_("Sending Needs Signing In"),
    N_("{host} does not take mail without signing in. Switch “Outgoing server requires "
       "authentication” on."),
    MW_ADVICE_ACTION_ENABLE_OUTGOING_AUTH },
  { MW_OUTCOME_SENDER_NOT_ALLOWED, N_("Sender Address Not Allowed"),
    N_("{host} let you in, but it does not let you send as this address."),
    MW_ADVICE_ACTION_EDIT_USER_NAME },
  { MW_OUTCOME_RELAY_DENIED, N_("Server Does Not Send for You"),
    N_("{host} refused to pass on mail from this address."), MW_ADVICE_ACTION_EDIT_SERVERS },
  { MW_OUTCOME_DISCONNECTED, N_("Connection Was Closed"),
    N_("{host} closed the connection before the check was over."), MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_OUTCOME_SMTPUTF8_MISSING, N_("Address Not Supported for Sending"),
    N_("{host} cannot send for an address with letters beyond ASCII before the @ sign."),
    MW_ADVICE_ACTION_ASK_PROVIDER },
  { MW_OUTCOME_NOTHING_FOUND, N_("No Mail Server Found"),
    N_("No mail server was found for {domain}. Check the address; if it is right, enter the "
       "servers your provider gave you by hand."),
    MW_ADVICE_ACTION_EDIT_SERVERS },
  { MW_OUTCOME_CONSENT_NEEDED, N_("Is This Your Mail Server?"),
    N_("Mail for {domain} seems to be kept at {host}, but nobody you can trust has said so. "
       "Your password was not sent. Allow it only if you know that name from your provider."),
    MW_ADVICE_ACTION_ALLOW_HOST },
  { MW_OUTCOME_PROTOCOL, N_("Server Answer Not Understood"),
    N_("{host} gave an answer that makes no sense for a mail server."),
    MW_ADVICE_ACTION_TRY_AGAIN },
};

/* Only the outgoing server is missing. */
static const AdviceRow no_sending_row = {
  MW_OUTCOME_NOTHING_FOUND, N_("No Server for Sending Found"),
  N_("Receiving mail works, but no server that sends mail was found for {domain}. Enter it by "
     "hand, or use the account for receiving only."),
  MW_ADVICE_ACTION_EDIT_SERVERS
};

/* What works may be less than everything. */
static const AdviceRow receiving_works_row = {
  MW_OUTCOME_WORKS, N_("Receiving Works"),
  N_("Receiving mail was tried and works. Sending was left out."), MW_ADVICE_ACTION_NONE
};

static const AdviceRow open_sending_row = {
  MW_OUTCOME_WORKS, N_("Everything Works"),
  N_("Receiving mail works. {host} takes mail for your own address without signing in; sending "
     "elsewhere was not tried."),
  MW_ADVICE_ACTION_NONE
};

static const AdviceRow servers_answer_row = {
  MW_OUTCOME_WORKS, N_("Servers Answer"),
  N_("The servers were found and answer as they should. The password was not tried."),
  MW_ADVICE_ACTION_NONE
};

static const AdviceRow clear_text_row = {
  MW_OUTCOME_CONSENT_NEEDED, N_("Send the Password Unprotected?"),
  N_("The connection to {host} is not encrypted, and it leaves your own network: everybody on "
     "the way could read your password and your mail. Your password was not sent."),
  MW_ADVICE_ACTION_ALLOW_HOST
};

static const AdviceRow address_rows[] = {
  { MW_ADDRESS_ERROR_EMPTY, N_("No Address"),
    N_("Type your e-mail address."), MW_ADVICE_ACTION_EDIT_ADDRESS },
  { MW_ADDRESS_ERROR_NO_AT, N_("Address Is Not Complete"),
    N_("Type the whole address, with the @ sign and what follows it."),
    MW_ADVICE_ACTION_EDIT_ADDRESS },
  { MW_ADDRESS_ERROR_TWO_AT, N_("Too Many @ Signs"),
    N_("An address has one @ sign only."), MW_ADVICE_ACTION_EDIT_ADDRESS },
  { MW_ADDRESS_ERROR_BLANK, N_("Blank in the Address"),
    N_("An address has no blanks inside."), MW_ADVICE_ACTION_EDIT_ADDRESS },
  { MW_ADDRESS_ERROR_NO_LOCAL_PART, N_("Address Is Not Complete"),
    N_("The part before the @ sign is missing."), MW_ADVICE_ACTION_EDIT_ADDRESS },
  { MW_ADDRESS_ERROR_NO_DOMAIN, N_("Address Is Not Complete"),
    N_("The part after the @ sign is missing, for example example.com."),
    MW_ADVICE_ACTION_EDIT_ADDRESS },
  { MW_ADDRESS_ERROR_BAD_LOCAL_PART, N_("Address Cannot Exist"),
    N_("The part before the @ sign has characters that do not belong there."),
    MW_ADVICE_ACTION_EDIT_ADDRESS },
  { MW_ADDRESS_ERROR_BAD_DOMAIN, N_("Address Cannot Exist"),
    N_("There can be no such name after the @ sign. Check it for a typing mistake."),
    MW_ADVICE_ACTION_EDIT_ADDRESS },
  { MW_ADDRESS_ERROR_TOO_LONG, N_("Address Is Too Long"),
    N_("No e-mail address is that long."), MW_ADVICE_ACTION_EDIT_ADDRESS },
  { MW_ADDRESS_ERROR_URI, N_("Not an E-Mail Address"),
    N_("This is the address of a server or a web page. Type your e-mail address here; servers "
       "can be entered by hand later."),
    MW_ADVICE_ACTION_EDIT_ADDRESS },
};

static const AdviceRow store_rows[] = {
  { MW_STORE_ERROR_NO_SERVICE, N_("No Password Storage"),
    N_("This desktop runs no keyring, so passwords cannot be kept. You can go on; the mail "
       "program gets the password all the same."),
    MW_ADVICE_ACTION_NONE },
  { MW_STORE_ERROR_LOCKED, N_("Keyring Is Locked"),
    N_("The keyring stayed locked, so the password could not be put into it or taken from it."),
    MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_STORE_ERROR_NOT_STORED, N_("Password Was Not Kept"),
    N_("The keyring did not give back what was put into it."), MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_STORE_ERROR_DAMAGED, N_("Account File Is Damaged"),
    N_("The file of a saved account cannot be understood. Nothing was deleted."),
    MW_ADVICE_ACTION_NONE },
  { MW_STORE_ERROR_FILE, N_("Account File Cannot Be Used"),
    N_("The account file could not be read or written. Check that there is room and that the "
       "folder is yours."),
    MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_STORE_ERROR_NOT_FOUND, N_("No Such Account"),
    N_("There is no saved account of that name."), MW_ADVICE_ACTION_NONE },
  { MW_STORE_ERROR_AMBIGUOUS, N_("Several Accounts Match"),
    N_("More than one saved account matches. Use more of its identifier."),
    MW_ADVICE_ACTION_NONE },
};

static const AdviceRow export_rows[] = {
  { MW_EXPORT_ERROR_NO_TARGET, N_("Mail Program Not Found"),
    N_("There is no such mail program on this computer."), MW_ADVICE_ACTION_NONE },
  { MW_EXPORT_ERROR_RUNNING, N_("Mail Program Is Running"),
    N_("Close the mail program, then hand the account over again."),
    MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_EXPORT_ERROR_DAMAGED, N_("Mail Program’s Data Is Damaged"),
    N_("A file of the mail program cannot be understood. Nothing was changed."),
    MW_ADVICE_ACTION_NONE },
  { MW_EXPORT_ERROR_READ_ONLY, N_("Mail Program’s Data Is Read-Only"),
    N_("A file of the mail program cannot be written. Nothing was changed."),
    MW_ADVICE_ACTION_NONE },
  { MW_EXPORT_ERROR_UNSAFE, N_("Mail Program’s Data Is Not Safe"),
    N_("A file of the mail program belongs to somebody else or lies in an unexpected place. "
       "Nothing was changed."),
    MW_ADVICE_ACTION_NONE },
  { MW_EXPORT_ERROR_PRIMARY_PASSWORD, N_("Primary Password Set"),
    N_("The mail program’s passwords are locked by a primary password, so it will ask for the "
       "mail password once."),
    MW_ADVICE_ACTION_NONE },
  { MW_EXPORT_ERROR_EXISTS_ELSEWHERE, N_("Account Is There Already"),
    N_("This address was added through the Online Accounts of the desktop. Nothing was changed."),
    MW_ADVICE_ACTION_NONE },
  { MW_EXPORT_ERROR_REFUSED, N_("Mail Program Refused the Account"),
    N_("The mail program’s account service did not accept the account. Nothing was changed."),
    MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_EXPORT_ERROR_HELPER, N_("Password Could Not Be Handed Over"),
    N_("The helper that writes the mail program’s password store failed. Nothing was changed."),
    MW_ADVICE_ACTION_TRY_AGAIN },
};

static const char *
get_action_label (MwAdviceAction action)
{
  switch (action)
    {
    case MW_ADVICE_ACTION_TRY_AGAIN:
      return _("_Try Again");
    case MW_ADVICE_ACTION_EDIT_ADDRESS:
      return _("Change _Address");
    case MW_ADVICE_ACTION_EDIT_PASSWORD:
      return _("_Try Again");
    case MW_ADVICE_ACTION_EDIT_USER_NAME:
      return _("Change _User Name");
    case MW_ADVICE_ACTION_EDIT_SERVERS:
      return _("_Enter the Servers by Hand");
    case MW_ADVICE_ACTION_ENABLE_OUTGOING_AUTH:
      return _("_Sign In for Sending");
    case MW_ADVICE_ACTION_ALLOW_HOST:
      return _("_Send the Password There");
    case MW_ADVICE_ACTION_SHOW_CERTIFICATE:
      return _("Show _Certificate");
    case MW_ADVICE_ACTION_RECEIVE_ONLY:
      return _("_Receive Only");
    case MW_ADVICE_ACTION_OPEN_URI:
      return _("_Open Provider’s Page");
    case MW_ADVICE_ACTION_ASK_PROVIDER:
      return _("Copy Letter to _Provider");
    case MW_ADVICE_ACTION_OPEN_PORTAL:
      return _("_Open Sign-In Page");
    case MW_ADVICE_ACTION_NONE:
    default:
      return NULL;
    }
}

static char *
fill_in (const char *text,
         const char *host,
         const char *domain)
{
  g_autoptr(GString) filled = g_string_new (text);

  g_string_replace (filled, "{host}", host, 0);
  g_string_replace (filled, "{domain}", domain, 0);
  return g_strdup (filled->str);
}

static MwAdvice *
advice_new (const AdviceRow *row,
            const char      *host,
            const char      *domain)
{
  MwAdvice *self = g_new0 (MwAdvice, 1);

  self->title = g_strdup (_(row->title));
  self->text = fill_in (_(row->text), host, domain);
  self->action = row->action;
  self->action_label = g_strdup (get_action_label (row->action));
  if (row->action == MW_ADVICE_ACTION_OPEN_PORTAL)
    self->uri = g_strdup (MW_ADVICE_PORTAL_URI);
  return self;
}

static const AdviceRow *
find_row (const AdviceRow *rows,
          gsize            n_rows,
          int              code)
{
  for (gsize i = 0; i < n_rows; i++)
    {
      if (rows[i].code == code)
        return &rows[i];
    }

  return NULL;
}

static gboolean
is_on_side (MwVerdict *verdict,
            MwSide     side)
{
  return verdict != NULL &&
         mw_endpoint_get_side (mw_candidate_get_endpoint (verdict->candidate)) == side;
}

static gboolean
is_clear_text (MwVerdict *verdict)
{
  return verdict != NULL && mw_endpoint_get_security (mw_candidate_get_endpoint (
                                verdict->candidate)) == MW_SECURITY_NONE;
}

/* The verdict is that of the outgoing side, unless sending was left out. */
static const AdviceRow *
find_proof_row (MwVerdict *verdict)
{
  if (verdict->stage <= MW_STAGE_CAPABILITY)
    return &servers_answer_row;
  if (is_on_side (verdict, MW_SIDE_INCOMING))
    return &receiving_works_row;
  if (verdict->auth == MW_AUTH_NONE)
    return &open_sending_row;
  return find_row (outcome_rows, G_N_ELEMENTS (outcome_rows), MW_OUTCOME_WORKS);
}

MwAdvice *
mw_advice_copy (MwAdvice *self)
{
  MwAdvice *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (MwAdvice, 1);
  copy->title = g_strdup (self->title);
  copy->text = g_strdup (self->text);
  copy->action = self->action;
  copy->action_label = g_strdup (self->action_label);
  copy->uri = g_strdup (self->uri);
  return copy;
}

void
mw_advice_free (MwAdvice *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->title);
  g_free (self->text);
  g_free (self->action_label);
  g_free (self->uri);
  g_free (self);
}

MwAdvice *
mw_advice_for_outcome (MwOutcome           outcome,
                       MwAddress          *address,
                       MwVerdict          *verdict,
                       const char * const *hosts)
{
  const AdviceRow *row = find_row (outcome_rows, G_N_ELEMENTS (outcome_rows), outcome);
  g_autofree char *joined = NULL;
  const char *host = _("the server");
  const char *domain = _("this address");

  if (row == NULL)
    g_return_val_if_reached (NULL);

  if (outcome == MW_OUTCOME_NOTHING_FOUND && is_on_side (verdict, MW_SIDE_OUTGOING))
    row = &no_sending_row;
  if (outcome == MW_OUTCOME_WORKS && verdict != NULL)
    row = find_proof_row (verdict);
  if (outcome == MW_OUTCOME_CONSENT_NEEDED && is_clear_text (verdict))
    row = &clear_text_row;

  if (verdict != NULL)
    host = mw_endpoint_get_host (mw_candidate_get_endpoint (verdict->candidate));
  if (hosts != NULL && hosts[0] != NULL)
    host = joined = g_strjoinv (", ", (char **) hosts);
  if (address != NULL)
    domain = mw_address_get_domain_display (address);

  return advice_new (row, host, domain);
}

void
mw_advice_mention_limited_network (MwAdvice  *self,
                                   MwOutcome  outcome)
{
  const char *sentence = _("This network does not reach the whole internet, which may be the "
                           "cause.");
  char *text;

  g_return_if_fail (self != NULL);

  switch ((int) outcome)
    {
    case MW_OUTCOME_DNS_NXDOMAIN:
    case MW_OUTCOME_DNS_FAIL:
    case MW_OUTCOME_REFUSED:
    case MW_OUTCOME_TIMEOUT:
    case MW_OUTCOME_UNREACHABLE:
    case MW_OUTCOME_DISCONNECTED:
    case MW_OUTCOME_NOTHING_FOUND:
      text = g_strdup_printf ("%s %s", self->text, sentence);
      g_free (self->text);
      self->text = text;
      break;
    default:
      break;
    }
}

static MwAdvice *
advice_for_unknown_error (const GError *error)
{
  MwAdvice *self = g_new0 (MwAdvice, 1);

  self->title = g_strdup (_("Something Went Wrong"));
  /* Translators: %s is an untranslated description for experts. */
  self->text = g_strdup_printf (_("This should not have happened: %s"), error->message);
  self->action = MW_ADVICE_ACTION_TRY_AGAIN;
  self->action_label = g_strdup (get_action_label (self->action));
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
  const AdviceRow *row = NULL;
  MwAdvice *self;

  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == MW_PROBE_ERROR)
    return mw_advice_for_outcome (error->code, NULL, NULL, NULL);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return mw_advice_for_outcome (MW_OUTCOME_CANCELLED, NULL, NULL, NULL);

  if (error->domain == MW_ADDRESS_ERROR)
    row = find_row (address_rows, G_N_ELEMENTS (address_rows), error->code);
  else if (error->domain == MW_STORE_ERROR)
    row = find_row (store_rows, G_N_ELEMENTS (store_rows), error->code);
  else if (error->domain == MW_EXPORT_ERROR)
    row = find_row (export_rows, G_N_ELEMENTS (export_rows), error->code);

  if (row == NULL)
    return advice_for_unknown_error (error);

  self = advice_new (row, "", "");
  if (g_error_matches (error, MW_STORE_ERROR, MW_STORE_ERROR_FILE) ||
      g_error_matches (error, MW_STORE_ERROR, MW_STORE_ERROR_DAMAGED) ||
      g_error_matches (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_DAMAGED) ||
      g_error_matches (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_READ_ONLY) ||
      g_error_matches (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_UNSAFE))
    add_detail (self, error);
  return self;
}

char *
mw_advice_describe_stage (MwVerdict *verdict)
{
  const AdviceRow *row;

  g_return_val_if_fail (verdict != NULL, NULL);

  if (verdict->outcome != MW_OUTCOME_PENDING)
    {
      row = find_row (outcome_rows, G_N_ELEMENTS (outcome_rows), verdict->outcome);
      if (verdict->outcome == MW_OUTCOME_WORKS)
        return g_strdup (_("Works"));
      if (verdict->outcome == MW_OUTCOME_CONSENT_NEEDED && is_clear_text (verdict))
        row = &clear_text_row;
      return g_strdup (row != NULL ? _(row->title) : "");
    }

  switch (verdict->stage)
    {
    case MW_STAGE_RESOLVE:
      return g_strdup (_("Looking up the server"));
    case MW_STAGE_CONNECT:
      return g_strdup (_("Connecting"));
    case MW_STAGE_TLS:
      return g_strdup (_("Encrypting the connection"));
    case MW_STAGE_GREETING:
      return g_strdup (_("Waiting for the server’s greeting"));
    case MW_STAGE_CAPABILITY:
      return g_strdup (_("Asking what the server can do"));
    case MW_STAGE_AUTH:
      return g_strdup (_("Signing in"));
    case MW_STAGE_MAILBOX:
      return g_strdup (_("Opening the mailbox"));
    case MW_STAGE_SENDER:
      return g_strdup (_("Checking the sender address"));
    case MW_STAGE_DONE:
    default:
      return g_strdup (_("Finishing"));
    }
}

const char *
mw_advice_describe_security (MwEndpoint *endpoint)
{
  g_return_val_if_fail (endpoint != NULL, NULL);

  switch (mw_endpoint_get_security (endpoint))
    {
    case MW_SECURITY_TLS:
      return "SSL/TLS";
    case MW_SECURITY_STARTTLS:
      return "STARTTLS";
    case MW_SECURITY_NONE:
    default:
      return _("no encryption");
    }
}
