/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-advice-private.h"

#include <glib/gi18n.h>

/* Where Proton Mail Bridge and its kin listen. */
#define BRIDGE_IMAP_PORT 1143
#define BRIDGE_SMTP_PORT 1025

static MwEndpoint *
get_endpoint (const MwAdviceFacts *facts)
{
  return facts->verdict != NULL ? mw_candidate_get_endpoint (facts->verdict->candidate) : NULL;
}

static gboolean
has_hint (const MwAdviceFacts *facts,
          MwHintKind           kind)
{
  return facts->provider != NULL && mw_provider_get_hint (facts->provider, kind) != NULL;
}

static gboolean
is_outgoing (const MwAdviceFacts *facts)
{
  MwEndpoint *endpoint = get_endpoint (facts);

  return endpoint != NULL && mw_endpoint_get_side (endpoint) == MW_SIDE_OUTGOING;
}

/* It may show the whole chain, but not that it was not revoked. */
static gboolean
lacks_staple (const MwAdviceFacts *facts)
{
  MwTlsFacts *tls = facts->verdict != NULL ? facts->verdict->tls : NULL;
  MwCertificateReport *report = tls != NULL ? mw_tls_facts_get_report (tls) : NULL;

  return report != NULL && mw_certificate_report_get_lacks_staple (report) &&
         mw_certificate_report_get_missing_issuer (report) == NULL;
}

/* A port that was typed with the wrong one of the two. What a source has named
 * is not made the person's own word by a button. */
static gboolean
is_typed (const MwAdviceFacts *facts)
{
  return facts->verdict != NULL &&
         mw_candidate_get_grade (facts->verdict->candidate) == MW_GRADE_U;
}

static gboolean
is_tls (const MwAdviceFacts *facts)
{
  MwEndpoint *endpoint = get_endpoint (facts);

  return endpoint != NULL && mw_endpoint_get_security (endpoint) == MW_SECURITY_TLS;
}

static gboolean
is_typed_tls (const MwAdviceFacts *facts)
{
  return is_typed (facts) && is_tls (facts);
}

static gboolean
is_clear_text (const MwAdviceFacts *facts)
{
  MwEndpoint *endpoint = get_endpoint (facts);

  return endpoint != NULL && mw_endpoint_get_security (endpoint) == MW_SECURITY_NONE;
}

static gboolean
is_unlooked (const MwAdviceFacts *facts)
{
  return facts->verdict != NULL && facts->verdict->stage == MW_STAGE_RESOLVE;
}

/* It spoke before it said no. */
static gboolean
has_spoken (const MwAdviceFacts *facts)
{
  return facts->verdict != NULL &&
         (facts->verdict->stage > MW_STAGE_GREETING || facts->verdict->server_text != NULL);
}

static gboolean
is_let_in (const MwAdviceFacts *facts)
{
  return facts->verdict != NULL && facts->verdict->stage > MW_STAGE_AUTH &&
         facts->verdict->auth != MW_AUTH_NONE && facts->verdict->auth != MW_AUTH_UNKNOWN;
}

static gboolean
is_sending_only (const MwAdviceFacts *facts)
{
  return is_outgoing (facts) && facts->receiving_works && !facts->own_password;
}

static gboolean
is_receiving_proved (const MwAdviceFacts *facts)
{
  return facts->receiving_works;
}

static gboolean
lacks_password (const MwAdviceFacts *facts)
{
  return facts->password_missing;
}

static gboolean
offers_no_log_in (const MwAdviceFacts *facts)
{
  return is_outgoing (facts) && facts->verdict->stage <= MW_STAGE_AUTH &&
         (facts->verdict->auth_offered == NULL || facts->verdict->auth_offered[0] == NULL);
}

static gboolean
is_bridge (const MwAdviceFacts *facts)
{
  MwEndpoint *endpoint = get_endpoint (facts);
  const char *host;
  guint16 port;

  if (endpoint == NULL)
    return FALSE;

  host = mw_endpoint_get_host (endpoint);
  port = mw_endpoint_get_port (endpoint);
  return (port == BRIDGE_IMAP_PORT || port == BRIDGE_SMTP_PORT) &&
         (g_str_equal (host, "127.0.0.1") || g_str_equal (host, "::1") ||
          g_str_equal (host, "localhost"));
}

static gboolean
has_no_imap (const MwAdviceFacts *facts)
{
  return has_hint (facts, MW_HINT_KIND_NO_IMAP);
}

static gboolean
needs_bridge (const MwAdviceFacts *facts)
{
  return has_hint (facts, MW_HINT_KIND_BRIDGE);
}

static gboolean
has_server_in_panel (const MwAdviceFacts *facts)
{
  return has_hint (facts, MW_HINT_KIND_HOST_FROM_PANEL);
}

static gboolean
needs_browser (const MwAdviceFacts *facts)
{
  return has_hint (facts, MW_HINT_KIND_BROWSER_SIGN_IN);
}

/* The provider is known for it; the server did not say so. */
static gboolean
wants_other_password (const MwAdviceFacts *facts,
                      MwHintKind           kind)
{
  return facts->verdict != NULL && has_hint (facts, kind) &&
         facts->verdict->outcome != MW_OUTCOME_NEED_APP_PASSWORD;
}

static gboolean
wants_auth_code (const MwAdviceFacts *facts)
{
  return wants_other_password (facts, MW_HINT_KIND_AUTH_CODE);
}

static gboolean
wants_app_password (const MwAdviceFacts *facts)
{
  return wants_other_password (facts, MW_HINT_KIND_APP_PASSWORD);
}

/* What works may be less than everything: the verdict is that of the outgoing
 * side, unless sending was left out. */
static gboolean
is_not_signed_in (const MwAdviceFacts *facts)
{
  return facts->verdict != NULL && facts->verdict->stage <= MW_STAGE_CAPABILITY;
}

static gboolean
is_receiving (const MwAdviceFacts *facts)
{
  return facts->verdict != NULL && !is_outgoing (facts);
}

static gboolean
is_open (const MwAdviceFacts *facts)
{
  return facts->verdict != NULL && facts->verdict->auth == MW_AUTH_NONE;
}

/* Translators: in all these sentences {host} stands for a server such as
 * imap.example.com, {domain} for what stands behind the @ sign, {provider} for
 * the name of a mail provider, and {protocol} for IMAP, POP or SMTP. Keep them
 * as they are. */
static const MwAdviceRow rows[] = {
  { MW_OUTCOME_WORKS, is_not_signed_in, N_("Servers Answer"),
    N_("The servers were found and answer as they should. The password was not tried."),
    MW_ADVICE_ACTION_NONE },
  { MW_OUTCOME_WORKS, is_receiving, N_("Receiving Works"),
    N_("Receiving mail was tried and works. Sending was left out."), MW_ADVICE_ACTION_NONE },
  { MW_OUTCOME_WORKS, is_open, N_("Everything Works"),
    N_("Receiving mail works. {host} takes mail for your own address without signing in; sending "
       "elsewhere was not tried."),
    MW_ADVICE_ACTION_NONE },
  { MW_OUTCOME_WORKS, NULL, N_("Everything Works"),
    N_("Receiving and sending mail were both tried and both work."),
    MW_ADVICE_ACTION_NONE },
  { MW_OUTCOME_PENDING, NULL, N_("Checking"),
    N_("The servers are still being tried."), MW_ADVICE_ACTION_NONE },
  { MW_OUTCOME_NOT_NEEDED, NULL, N_("Not Needed"),
    N_("A better server did the job."), MW_ADVICE_ACTION_NONE },
  { MW_OUTCOME_CANCELLED, NULL, N_("Check Cancelled"),
    N_("The check was stopped before it was over. Nothing was saved."),
    MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_OUTCOME_OFFLINE, NULL, N_("No Network Connection"),
    N_("This computer is offline. Connect it to a network, then try again."),
    MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_OUTCOME_PORTAL, NULL, N_("Network Wants You to Sign In"),
    N_("This network answers in place of the mail servers until you have signed in to it. "
       "Open its sign-in page, sign in, then try again."),
    MW_ADVICE_ACTION_OPEN_PORTAL },
  { MW_OUTCOME_DNS_NXDOMAIN, NULL, N_("Server Does Not Exist"),
    N_("There is no server named {host}. Check the spelling of its name."),
    MW_ADVICE_ACTION_EDIT_SERVERS },
  { MW_OUTCOME_DNS_FAIL, NULL, N_("Server Name Could Not Be Looked Up"),
    N_("The address of {host} could not be looked up, because the name server of this network "
       "gave no usable answer."),
    MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_OUTCOME_REFUSED, is_bridge, N_("Bridge Is Not Running"),
    N_("No program answers at {host}. Start your provider’s bridge program on this computer, "
       "then try again."),
    MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_OUTCOME_REFUSED, has_spoken, N_("Server Turned This Computer Away"),
    N_("{host} answered, but let nobody sign in from here. Its own words may say why; your "
       "provider can help."),
    MW_ADVICE_ACTION_ASK_PROVIDER },
  { MW_OUTCOME_REFUSED, NULL, N_("Connection Refused"),
    N_("{host} is there but does not accept mail connections. The server name or the port may "
       "be wrong, or the service is switched off."),
    MW_ADVICE_ACTION_EDIT_SERVERS },
  { MW_OUTCOME_TIMEOUT, is_unlooked, N_("Server Name Could Not Be Looked Up"),
    N_("The address of {host} could not be looked up, because the name server of this network "
       "gave no usable answer."),
    MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_OUTCOME_TIMEOUT, has_spoken, N_("Server Stopped Answering"),
    N_("{host} answered at first, but then took too long. It may be busy; wait a few minutes, "
       "then try again."),
    MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_OUTCOME_TIMEOUT, NULL, N_("Server Does Not Answer"),
    N_("{host} did not answer in time. The server may be down, its name may be wrong, or this "
       "network may block mail connections."),
    MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_OUTCOME_UNREACHABLE, NULL, N_("Server Cannot Be Reached"),
    N_("There is no way from this network to {host}."), MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_OUTCOME_NOT_MAIL_SERVER, NULL, N_("Not the Expected Mail Server"),
    N_("Something answers at {host}, but it is not the mail server that was expected there. Check "
       "the server name and the port."),
    MW_ADVICE_ACTION_EDIT_SERVERS },
  { MW_OUTCOME_WRONG_TLS_MODE, is_typed_tls, N_("Wrong Security Setting"),
    N_("{host} does not begin with SSL/TLS at this port. Servers that speak first there use "
       "STARTTLS."),
    MW_ADVICE_ACTION_SWITCH_SECURITY },
  { MW_OUTCOME_WRONG_TLS_MODE, is_typed, N_("Wrong Security Setting"),
    N_("{host} begins with SSL/TLS at this port and does not use STARTTLS there."),
    MW_ADVICE_ACTION_SWITCH_SECURITY },
  { MW_OUTCOME_WRONG_TLS_MODE, NULL, N_("Wrong Security Setting"),
    N_("{host} does not use this kind of encryption at this port. Choose the other one: "
       "SSL/TLS instead of STARTTLS, or STARTTLS instead of SSL/TLS."),
    MW_ADVICE_ACTION_EDIT_SERVERS },
  { MW_OUTCOME_TLS_TOO_OLD, NULL, N_("Outdated Encryption"),
    N_("{host} only offers encryption that is no longer safe. Your provider has to update it."),
    MW_ADVICE_ACTION_ASK_PROVIDER },
  { MW_OUTCOME_CERT_EXPIRED, NULL, N_("Certificate Has Expired"),
    N_("The certificate of {host} is out of date, so nobody can tell whether it is the real "
       "server. Your password was not sent."),
    MW_ADVICE_ACTION_SHOW_CERTIFICATE },
  { MW_OUTCOME_CERT_NOT_YET, NULL, N_("Certificate Is Not Valid Yet"),
    N_("The certificate of {host} becomes valid later. Check the date and time of this "
       "computer. Your password was not sent."),
    MW_ADVICE_ACTION_SHOW_CERTIFICATE },
  { MW_OUTCOME_CERT_NAME, NULL, N_("Certificate Is for Another Server"),
    N_("What answers as {host} shows the certificate of another server. Your password was not "
       "sent."),
    MW_ADVICE_ACTION_SHOW_CERTIFICATE },
  { MW_OUTCOME_CERT_SELF_SIGNED, is_bridge, N_("Certificate of the Bridge"),
    N_("The bridge program on this computer made its certificate itself. That is usual for a "
       "bridge; look at the certificate and trust it there. Your password was not sent."),
    MW_ADVICE_ACTION_SHOW_CERTIFICATE },
  { MW_OUTCOME_CERT_SELF_SIGNED, NULL, N_("Certificate Is Not Confirmed by Anybody"),
    N_("{host} made its certificate itself, so nobody can tell whether it is the real server. "
       "Your password was not sent."),
    MW_ADVICE_ACTION_SHOW_CERTIFICATE },
  { MW_OUTCOME_CERT_UNKNOWN_CA, NULL, N_("Certificate From an Unknown Authority"),
    N_("The certificate of {host} was issued by an authority this computer does not know. Your "
       "password was not sent."),
    MW_ADVICE_ACTION_SHOW_CERTIFICATE },
  { MW_OUTCOME_CERT_REVOKED, NULL, N_("Certificate Was Revoked"),
    N_("The certificate of {host} was declared invalid. Your password was not sent."),
    MW_ADVICE_ACTION_ASK_PROVIDER },
  { MW_OUTCOME_CERT_PIN_CHANGED, NULL, N_("Certificate Has Changed"),
    N_("{host} no longer shows the certificate you trusted. Somebody may be in between. Your "
       "password was not sent."),
    MW_ADVICE_ACTION_SHOW_CERTIFICATE },
  { MW_OUTCOME_CERT_WEAK, NULL, N_("Certificate Is Too Weak"),
    N_("The certificate of {host} uses a key or signature that can be forged. Your password "
       "was not sent."),
    MW_ADVICE_ACTION_ASK_PROVIDER },
  { MW_OUTCOME_CERT_PURPOSE, NULL, N_("Certificate Is Not for Servers"),
    N_("The certificate of {host} was issued for another purpose. Your password was not sent."),
    MW_ADVICE_ACTION_ASK_PROVIDER },
  { MW_OUTCOME_CERT_INCOMPLETE, lacks_staple, N_("Certificate Lacks a Proof"),
    N_("{host} does not show, as it should, that its certificate was not revoked. Your provider "
       "has to renew that proof. Your password was not sent."),
    MW_ADVICE_ACTION_SHOW_CERTIFICATE },
  { MW_OUTCOME_CERT_INCOMPLETE, NULL, N_("Certificate Is Incomplete"),
    N_("{host} does not show who confirmed its certificate. Your provider has to complete the "
       "chain. Your password was not sent."),
    MW_ADVICE_ACTION_SHOW_CERTIFICATE },
  { MW_OUTCOME_TLS_FAILED, NULL, N_("Encryption Failed"),
    N_("No encrypted connection to {host} could be made."), MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_OUTCOME_CLIENT_CERTIFICATE, NULL, N_("Server Wants a Certificate From You"),
    N_("{host} only lets in people who have a certificate of their own. Mailwright cannot do "
       "that."),
    MW_ADVICE_ACTION_ASK_PROVIDER },
  { MW_OUTCOME_STARTTLS_MISSING, NULL, N_("Connection Is Not Encrypted"),
    N_("{host} does not encrypt the connection at this port, or somebody in between prevents it. "
       "Your password was not sent."),
    MW_ADVICE_ACTION_EDIT_SERVERS },
  { MW_OUTCOME_STARTTLS_INJECTED, NULL, N_("Connection Was Tampered With"),
    N_("Something was slipped into the connection to {host} before it was encrypted, by somebody "
       "in between or by a faulty server. Your password was not sent. Try again from another "
       "network."),
    MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_OUTCOME_PREAUTH, NULL, N_("Server Does Not Ask for a Password"),
    N_("{host} says that you are signed in already, before anybody asked for a password. That "
       "proves nothing and may be an attack. Your password was not sent."),
    MW_ADVICE_ACTION_ASK_PROVIDER },
  { MW_OUTCOME_NEED_TLS, NULL, N_("Encryption Is Required"),
    N_("{host} only takes a password over an encrypted connection. Choose SSL/TLS or STARTTLS."),
    MW_ADVICE_ACTION_EDIT_SERVERS },
  { MW_OUTCOME_MECH_NONE, offers_no_log_in, N_("No Signing In at This Server"),
    N_("{host} lets nobody sign in for sending at this port. Another port may be the right one; "
       "if your provider says that sending needs no signing in, switch “Outgoing server requires "
       "authentication” off."),
    MW_ADVICE_ACTION_EDIT_SERVERS },
  { MW_OUTCOME_MECH_NONE, NULL, N_("No Common Way to Sign In"),
    N_("{host} offers no way to sign in with this user name and password that Mailwright could "
       "use."),
    MW_ADVICE_ACTION_ASK_PROVIDER },
  { MW_OUTCOME_MECH_WEAK, NULL, N_("Way to Sign In Was Refused"),
    N_("{host} refused this way of signing in as not safe enough for your account. You may need "
       "an app password from your provider."),
    MW_ADVICE_ACTION_EDIT_PASSWORD },
  { MW_OUTCOME_NEED_OAUTH, needs_browser, N_("Sign-In in the Browser Needed"),
    N_("{provider} takes no passwords from mail programs. Add the account in the mail program "
       "itself, which lets you sign in through the browser."),
    MW_ADVICE_ACTION_ASK_PROVIDER },
  { MW_OUTCOME_NEED_OAUTH, NULL, N_("Sign-In in the Browser Needed"),
    N_("{host} takes no passwords from mail programs. Add the account in the mail program "
       "itself, which lets you sign in through the browser."),
    MW_ADVICE_ACTION_ASK_PROVIDER },
  { MW_OUTCOME_NEED_APP_PASSWORD, wants_auth_code, N_("Authorization Code Needed"),
    N_("{provider} takes an authorization code from mail programs, not your password, and refused "
       "what you typed. Create a code on its pages and type it here."),
    MW_ADVICE_ACTION_EDIT_PASSWORD },
  { MW_OUTCOME_NEED_APP_PASSWORD, wants_app_password, N_("App Password Needed"),
    N_("{provider} only takes app passwords from mail programs, and refused what you typed. "
       "Create an app password on its pages and type it here; the password you use on the web "
       "does not work."),
    MW_ADVICE_ACTION_EDIT_PASSWORD },
  { MW_OUTCOME_NEED_APP_PASSWORD, NULL, N_("App Password Needed"),
    N_("{host} wants an app password here, also called an authorization code, not the password "
       "you use on the web. Create one on your provider’s pages and type it."),
    MW_ADVICE_ACTION_EDIT_PASSWORD },
  { MW_OUTCOME_IMAP_DISABLED, is_outgoing, N_("Sending Is Switched Off"),
    N_("{host} says that this account may not send from mail programs. Your provider, or the "
       "administrator of your organization, has to switch it on."),
    MW_ADVICE_ACTION_ASK_PROVIDER },
  { MW_OUTCOME_IMAP_DISABLED, NULL, N_("Mail Programs Are Switched Off"),
    N_("{host} says that mail programs may not use this account. Switch {protocol} on in your "
       "provider’s web mail settings, then try again."),
    MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_OUTCOME_BAD_CREDENTIALS, is_bridge, N_("Bridge Refused the Password"),
    N_("The bridge program on this computer has a user name and a password of its own. Copy both "
       "from its window; the password you use on the web does not work."),
    MW_ADVICE_ACTION_EDIT_PASSWORD },
  { MW_OUTCOME_BAD_CREDENTIALS, is_sending_only, N_("Password or User Name Refused for Sending"),
    N_("Receiving works, but {host} says that the user name or the password is wrong. Sending may "
       "have a user name and password of its own; type them here."),
    MW_ADVICE_ACTION_SEPARATE_OUTGOING },
  { MW_OUTCOME_BAD_CREDENTIALS, NULL, N_("Password or User Name Refused"),
    N_("{host} says that the user name or the password is wrong. Type the password again; some "
       "providers want a separate password for mail programs."),
    MW_ADVICE_ACTION_EDIT_PASSWORD },
  { MW_OUTCOME_LOGIN_REFUSED, is_let_in, N_("Mailbox Was Not Opened"),
    N_("{host} accepted the password but did not open the mailbox. Mail programs may have to be "
       "allowed in your provider’s web mail settings first, or it may pass by itself."),
    MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_OUTCOME_LOGIN_REFUSED, is_sending_only, N_("Sign-In for Sending Refused"),
    N_("Receiving works, but {host} refused to sign you in and did not say clearly why. Sending "
       "may have to be allowed by your provider first, or it has a user name and password of its "
       "own; type them here."),
    MW_ADVICE_ACTION_SEPARATE_OUTGOING },
  { MW_OUTCOME_LOGIN_REFUSED, NULL, N_("Sign-In Refused"),
    N_("{host} refused to sign you in and did not say clearly why. Mail programs may have to be "
       "allowed in your provider’s web mail settings first, or the password is not the right "
       "one."),
    MW_ADVICE_ACTION_EDIT_PASSWORD },
  { MW_OUTCOME_IP_NOT_APPROVED, NULL, N_("Sign In on the Web First"),
    N_("{host} wants to be sure that it is you. Sign in to your mail in a web browser on this "
       "computer, confirm that it was you if you are asked, then try again."),
    MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_OUTCOME_EXCHANGE_ONLY, NULL, N_("Only Exchange Is Offered"),
    N_("Mail for {domain} is kept on an Exchange server that does not let other mail programs in. "
       "Ask its administrator whether IMAP can be switched on."),
    MW_ADVICE_ACTION_ASK_PROVIDER },
  { MW_OUTCOME_PASSWORD_EXPIRED, NULL, N_("Password Has Expired"),
    N_("{host} wants a new password. Change it on your provider’s pages, then type the new one."),
    MW_ADVICE_ACTION_EDIT_PASSWORD },
  { MW_OUTCOME_ACCOUNT_BLOCKED, NULL, N_("Account Is Not Let In"),
    N_("{host} does not let this account in. Only your provider can tell why."),
    MW_ADVICE_ACTION_ASK_PROVIDER },
  { MW_OUTCOME_TEMPORARY, NULL, N_("Server Is Busy"),
    N_("{host} cannot help at the moment. Wait a few minutes, then try again; your password "
       "may well be right."),
    MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_OUTCOME_IN_USE, NULL, N_("Mailbox Is in Use"),
    N_("{host} accepted the password, but another program has the mailbox open, or it was opened "
       "a moment ago."),
    MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_OUTCOME_SEND_AUTH_REQUIRED, lacks_password, N_("Password for Sending Is Missing"),
    N_("Sending has a user name and password of its own. Type the password for sending."),
    MW_ADVICE_ACTION_EDIT_PASSWORD },
  { MW_OUTCOME_SEND_AUTH_REQUIRED, is_let_in, N_("Server Asks to Sign In Again"),
    N_("{host} accepted the password for sending, but then asked for it once more. Another port "
       "may be the right one."),
    MW_ADVICE_ACTION_EDIT_SERVERS },
  { MW_OUTCOME_SEND_AUTH_REQUIRED, NULL, N_("Sending Needs Signing In"),
    N_("{host} does not take mail without signing in. Switch “Outgoing server requires "
       "authentication” on."),
    MW_ADVICE_ACTION_ENABLE_OUTGOING_AUTH },
  { MW_OUTCOME_SENDER_NOT_ALLOWED, NULL, N_("Sender Address Not Allowed"),
    N_("{host} let you in, but it does not let this user send as your address. Another user name "
       "may be the right one."),
    MW_ADVICE_ACTION_EDIT_USER_NAME },
  { MW_OUTCOME_RELAY_DENIED, NULL, N_("Server Does Not Send for You"),
    N_("{host} let you in, but refused to pass on mail from your address. Another server may be "
       "the right one."),
    MW_ADVICE_ACTION_EDIT_SERVERS },
  { MW_OUTCOME_DISCONNECTED, NULL, N_("Connection Was Closed"),
    N_("{host} closed the connection before the check was over."), MW_ADVICE_ACTION_TRY_AGAIN },
  { MW_OUTCOME_SMTPUTF8_MISSING, NULL, N_("Address Not Supported for Sending"),
    N_("{host} cannot send for an address with letters beyond ASCII before the @ sign. Receiving "
       "works without it."),
    MW_ADVICE_ACTION_RECEIVE_ONLY },
  { MW_OUTCOME_NOTHING_FOUND, is_receiving_proved, N_("No Server for Sending Found"),
    N_("Receiving mail works, but no server that sends mail was found for {domain}. Enter it by "
       "hand, or use the account for receiving only."),
    MW_ADVICE_ACTION_EDIT_SERVERS },
  { MW_OUTCOME_NOTHING_FOUND, has_no_imap, N_("Not Usable With Mail Programs"),
    N_("{provider} does not let mail programs in. Use its own app or web site, or set up another "
       "address here."),
    MW_ADVICE_ACTION_EDIT_ADDRESS },
  { MW_OUTCOME_NOTHING_FOUND, needs_bridge, N_("Bridge Program Needed"),
    N_("{provider} works with mail programs only through its own bridge program on this computer. "
       "Install and start it, then enter the servers and the password it shows."),
    MW_ADVICE_ACTION_EDIT_SERVERS },
  { MW_OUTCOME_NOTHING_FOUND, has_server_in_panel, N_("Name of Your Server Needed"),
    N_("At {provider} each customer has another server. Look it up on its pages and enter it by "
       "hand."),
    MW_ADVICE_ACTION_EDIT_SERVERS },
  { MW_OUTCOME_NOTHING_FOUND, NULL, N_("No Mail Server Found"),
    N_("No mail server was found for {domain}. Check the address; if it is right, enter the "
       "servers your provider gave you by hand."),
    MW_ADVICE_ACTION_EDIT_SERVERS },
  { MW_OUTCOME_CONSENT_NEEDED, is_clear_text, N_("Send the Password Unprotected?"),
    N_("The connection to {host} is not encrypted, and it leaves your own network: everybody on "
       "the way could read your password and your mail. Your password was not sent."),
    MW_ADVICE_ACTION_ALLOW_HOST },
  { MW_OUTCOME_CONSENT_NEEDED, NULL, N_("Is This Your Mail Server?"),
    N_("Mail for {domain} seems to be kept at {host}, but nobody you can trust has said so. "
       "Your password was not sent. Allow it only if you know that name from your provider."),
    MW_ADVICE_ACTION_ALLOW_HOST },
  { MW_OUTCOME_PROTOCOL, NULL, N_("Server Answer Not Understood"),
    N_("{host} answered in a way that Mailwright does not understand."),
    MW_ADVICE_ACTION_TRY_AGAIN },
};

const MwAdviceRow *
mw_advice_find_outcome_row (MwOutcome            outcome,
                            const MwAdviceFacts *facts)
{
  const MwAdviceRow *row = mw_advice_find_sign_in_row (outcome, facts);

  return row != NULL ? row : mw_advice_find_row (rows, G_N_ELEMENTS (rows), outcome, facts);
}
