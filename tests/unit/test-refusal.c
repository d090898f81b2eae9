/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "protocol/mw-refusal.h"

/* What servers answer, and the one cause each answer is taken for. Most codes
 * are played in tests/dialogues; here are the words. */

typedef struct {
  const char *line;
  MwOutcome   outcome;
} Case;

static const Case imap_cases[] = {
  /* Gmail */
  { "a1 NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)", MW_OUTCOME_BAD_CREDENTIALS },
  { "a1 NO [ALERT] Invalid credentials (Failure)", MW_OUTCOME_BAD_CREDENTIALS },
  { "a1 NO [ALERT] Application-specific password required: "
    "https://support.google.com/accounts/answer/185833 (Failure)", MW_OUTCOME_NEED_APP_PASSWORD },
  { "a1 NO [ALERT] Please log in via your web browser: "
    "https://support.google.com/mail/accounts/answer/78754 (Failure)", MW_OUTCOME_IP_NOT_APPROVED },
  { "a1 NO [ALERT] Web login required: "
    "http://support.google.com/mail/bin/answer.py?answer=78754 (Failure)",
    MW_OUTCOME_IP_NOT_APPROVED },
  { "a1 NO [WEBALERT https://example.test/] Web login required.", MW_OUTCOME_IP_NOT_APPROVED },
  { "a1 NO [WEBALERT https://example.test/] (Failure)", MW_OUTCOME_IP_NOT_APPROVED },
  { "a1 NO [ALERT] Your account is not enabled for IMAP use. Please visit your Gmail settings "
    "page and enable your account for IMAP access. (Failure)", MW_OUTCOME_IMAP_DISABLED },
  { "a1 NO [ALERT] IMAP access is disabled for your domain. Please contact your domain "
    "administrator for questions about this feature. (Failure)", MW_OUTCOME_IMAP_DISABLED },
  { "a1 NO [ALERT] Too many simultaneous connections. (Failure)", MW_OUTCOME_TEMPORARY },
  { "a1 NO [OVERQUOTA] Account exceeded command or bandwidth limits.", MW_OUTCOME_TEMPORARY },

  /* Yandex: one sentence for two causes */
  { "a1 NO [AUTHENTICATIONFAILED] LOGIN invalid credentials or IMAP is disabled sc=c_1",
    MW_OUTCOME_LOGIN_REFUSED },
  { "a1 NO [AUTHENTICATIONFAILED] AUTHENTICATE Invalid credentials or IMAP is disabled sc=x",
    MW_OUTCOME_LOGIN_REFUSED },
  { "a1 NO [AUTHENTICATIONFAILED] AUTHENTICATE Ommm", MW_OUTCOME_LOGIN_REFUSED },
  { "a1 NO [UNAVAILABLE] AUTHENTICATE internal server error", MW_OUTCOME_TEMPORARY },
  { "a1 BAD [PRIVACYREQUIRED] AUTHENTICATE Working without SSL/TLS encryption is not allowed",
    MW_OUTCOME_NEED_TLS },

  /* GMX, web.de, mail.com: the same words while IMAP is switched off */
  { "a1 NO authentication failed", MW_OUTCOME_LOGIN_REFUSED },

  /* Exchange, Outlook.com, Microsoft 365 */
  { "a1 NO LOGIN failed.", MW_OUTCOME_LOGIN_REFUSED },
  { "a1 NO AUTHENTICATE failed.", MW_OUTCOME_LOGIN_REFUSED },
  { "a1 BAD User is authenticated but not connected.", MW_OUTCOME_LOGIN_REFUSED },
  { "a1 NO [AUTHENTICATIONFAILED] AuthFailed:LogonDenied-BasicAuthBlocked-<UserType:OutlookCom> "
    "LogonFailed-BasicAuthBlocked", MW_OUTCOME_NEED_OAUTH },
  { "a1 NO Invalid username or password.", MW_OUTCOME_BAD_CREDENTIALS },

  /* iCloud */
  { "a1 NO [AUTHENTICATIONFAILED] Authentication Failed", MW_OUTCOME_BAD_CREDENTIALS },
  { "a1 BAD [UNAVAILABLE] Service temporarily unavailable", MW_OUTCOME_TEMPORARY },

  /* Yahoo, AOL */
  { "a1 NO [AUTHENTICATIONFAILED] LOGIN Invalid credentials", MW_OUTCOME_BAD_CREDENTIALS },
  { "a1 NO [AUTHENTICATIONFAILED] (#MBR1212) Incorrect username or password.",
    MW_OUTCOME_BAD_CREDENTIALS },
  { "a1 NO [AUTHORIZATIONFAILED] Incorrect username or password. (#MBR1212)",
    MW_OUTCOME_BAD_CREDENTIALS },
  { "a1 NO [AUTHENTICATIONFAILED] Please use an app password", MW_OUTCOME_NEED_APP_PASSWORD },
  { "a1 NO [LIMIT] LOGIN Rate limit hit.", MW_OUTCOME_TEMPORARY },

  /* QQ, 163 */
  { "a1 NO Login fail. Please using authorized code to login.", MW_OUTCOME_NEED_APP_PASSWORD },
  { "a1 NO Login fail. Authorized code is incorrect.", MW_OUTCOME_BAD_CREDENTIALS },
  { "a1 NO Login fail. Account is abnormal, service is not open, password is incorrect, login "
    "frequency limited, or system is busy. More information at https://help.mail.qq.com/",
    MW_OUTCOME_LOGIN_REFUSED },
  { "a1 NO LOGIN Login error or password error", MW_OUTCOME_BAD_CREDENTIALS },
  { "a2 NO EXAMINE Unsafe Login. Please contact kefu@188.com for help", MW_OUTCOME_LOGIN_REFUSED },

  /* Mail.ru */
  { "a1 NO [AUTHENTICATIONFAILED] NEOBHODIM parol prilozheniya "
    "https://help.mail.ru/mail/security/protection/external / Application password is REQUIRED",
    MW_OUTCOME_NEED_APP_PASSWORD },

  /* Zoho */
  { "a1 NO [AUTHENTICATIONFAILED] Invalid credentials(Failure)", MW_OUTCOME_BAD_CREDENTIALS },
  { "a1 NO [ALERT] You are yet to enable IMAP for your account. Please contact your "
    "administrator (Failure)", MW_OUTCOME_IMAP_DISABLED },

  /* Fastmail */
  { "a1 NO Incorrect username or password.", MW_OUTCOME_BAD_CREDENTIALS },
  { "a1 NO Incorrect username, password or access token.", MW_OUTCOME_BAD_CREDENTIALS },

  /* Proton Bridge */
  { "a1 NO no such user", MW_OUTCOME_BAD_CREDENTIALS },

  /* Dovecot */
  { "a1 NO [AUTHENTICATIONFAILED] Authentication failed.", MW_OUTCOME_BAD_CREDENTIALS },
  { "a1 NO [UNAVAILABLE] Temporary authentication failure. [mx:2026-11-22 01:30:00]",
    MW_OUTCOME_TEMPORARY },
  { "a1 NO Temporary authentication failure.", MW_OUTCOME_TEMPORARY },
  { "a1 NO [UNAVAILABLE] Maximum number of connections from user+IP exceeded "
    "(mail_max_userip_connections=10)", MW_OUTCOME_TEMPORARY },
  { "a1 NO Maximum number of connections from user+IP exceeded", MW_OUTCOME_TEMPORARY },
  { "a1 NO [EXPIRED] Password expired.", MW_OUTCOME_PASSWORD_EXPIRED },
  { "* BYE Too many invalid IMAP commands.", MW_OUTCOME_PROTOCOL },
  { "* BAD [ALERT] Plaintext authentication not allowed without SSL/TLS, but your client did it "
    "anyway. If anyone was listening, the password was exposed.", MW_OUTCOME_LOGIN_REFUSED },

  /* Cyrus */
  { "a1 NO authentication failure", MW_OUTCOME_BAD_CREDENTIALS },
  { "a1 NO Login failed: authentication failure", MW_OUTCOME_BAD_CREDENTIALS },
  { "a1 NO Login failed: user not found", MW_OUTCOME_BAD_CREDENTIALS },
  { "a1 NO Login failed: account disabled", MW_OUTCOME_ACCOUNT_BLOCKED },
  { "a1 NO temporary authentication failure", MW_OUTCOME_TEMPORARY },

  /* Courier */
  { "a1 NO Login failed.", MW_OUTCOME_LOGIN_REFUSED },

  /* hMailServer, Stalwart */
  { "a1 NO Invalid user name or password. Please use full email address as user name.",
    MW_OUTCOME_BAD_CREDENTIALS },
  { "a1 NO [AUTHENTICATIONFAILED] Authentication failed", MW_OUTCOME_BAD_CREDENTIALS },

  /* Codes count more than words, capitals nothing. */
  { "a1 NO [authenticationfailed] no", MW_OUTCOME_BAD_CREDENTIALS },
  { "a1 NO [UNAVAILABLE] Please use an app password", MW_OUTCOME_TEMPORARY },
  { "a1 NO [AUTHENTICATIONFAILED] This user does not have access rights to this service",
    MW_OUTCOME_IMAP_DISABLED },
  { "a1 NO Your account is locked", MW_OUTCOME_ACCOUNT_BLOCKED },
  { "a1 NO [NEWCODE] what", MW_OUTCOME_LOGIN_REFUSED },
  { "a1 NO", MW_OUTCOME_LOGIN_REFUSED },
};

static const Case pop3_cases[] = {
  { "-ERR [AUTH] Authentication failed.", MW_OUTCOME_BAD_CREDENTIALS },
  { "-ERR [AUTH] Username and password not accepted.", MW_OUTCOME_BAD_CREDENTIALS },
  { "-ERR [SYS/PERM] Your account is not enabled for POP access.", MW_OUTCOME_IMAP_DISABLED },
  { "-ERR [AUTH] Application-specific password required", MW_OUTCOME_NEED_APP_PASSWORD },
  { "-ERR [SYS/TEMP] Temporary authentication failure.", MW_OUTCOME_TEMPORARY },
  { "-ERR [IN-USE] Do you have another POP session running?", MW_OUTCOME_IN_USE },
  { "-ERR maildrop already locked", MW_OUTCOME_IN_USE },
  { "-ERR authentication failed", MW_OUTCOME_LOGIN_REFUSED },            /* GMX */
  { "-ERR Logon failure: unknown user name or bad password.",
    MW_OUTCOME_BAD_CREDENTIALS },                                         /* Exchange */
  { "-ERR Please using authorized code to login.", MW_OUTCOME_NEED_APP_PASSWORD },   /* QQ */
  { "-ERR Invalid user name or password.", MW_OUTCOME_BAD_CREDENTIALS }, /* hMailServer */
  { "-ERR Login failed.", MW_OUTCOME_LOGIN_REFUSED },                    /* Courier */
  { "-ERR", MW_OUTCOME_LOGIN_REFUSED },
};

static const Case smtp_cases[] = {
  /* Gmail; its answers have several lines */
  { "535 5.7.8 Username and Password not accepted. For more information, go to\n"
    "5.7.8  https://support.google.com/mail/?p=BadCredentials a1 - gsmtp",
    MW_OUTCOME_BAD_CREDENTIALS },
  { "534 5.7.9 Application-specific password required. For more information, go to\n"
    "5.7.9  https://support.google.com/mail/?p=InvalidSecondFactor a1 - gsmtp",
    MW_OUTCOME_NEED_APP_PASSWORD },
  { "534 5.7.9 For your safety an application-specific\n5.7.9 password is required",
    MW_OUTCOME_NEED_APP_PASSWORD },
  { "534 5.7.9 Please log in with your web browser and then try again. For more",
    MW_OUTCOME_IP_NOT_APPROVED },
  { "534 5.7.14 <https://accounts.google.com/signin/continue?x=1\n"
    "5.7.14 nWhV3Qy6> Please log in via your web\n5.7.14 browser and then try again.",
    MW_OUTCOME_IP_NOT_APPROVED },
  { "454 4.7.0 Too many login attempts, please try again later. a1 - gsmtp",
    MW_OUTCOME_TEMPORARY },

  /* Microsoft 365 */
  { "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the "
    "Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.",
    MW_OUTCOME_IMAP_DISABLED },
  { "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the "
    "Mailbox.", MW_OUTCOME_IMAP_DISABLED },
  { "535 5.7.139 Authentication unsuccessful, basic authentication is disabled.",
    MW_OUTCOME_NEED_OAUTH },
  { "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security "
    "defaults policy. Contact your administrator.", MW_OUTCOME_NEED_OAUTH },
  { "535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.",
    MW_OUTCOME_BAD_CREDENTIALS },
  { "535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be "
    "authenticated successfully. Contact your administrator.", MW_OUTCOME_LOGIN_REFUSED },
  { "535 5.7.139 Authentication unsuccessful, federated STS service was unreachable.",
    MW_OUTCOME_TEMPORARY },
  { "535 5.7.139 Authentication unsuccessful", MW_OUTCOME_LOGIN_REFUSED },
  /* Exchange */
  { "535 5.7.3 Authentication unsuccessful", MW_OUTCOME_LOGIN_REFUSED },

  /* Yahoo, AOL */
  { "535 5.7.0 (#AUTH005) Too many bad auth attempts.", MW_OUTCOME_LOGIN_REFUSED },
  { "535 5.7.0 Too many failed logins.", MW_OUTCOME_TEMPORARY },

  /* Yandex */
  { "535 5.7.8 Error: authentication failed: This user does not have access rights to this "
    "service", MW_OUTCOME_IMAP_DISABLED },
  { "535 5.7.8 Error: authentication failed: Invalid user or password!",
    MW_OUTCOME_BAD_CREDENTIALS },

  /* Mail.ru */
  { "535 5.7.0 NEOBHODIM parol prilozheniya https://help.mail.ru/mail/security/protection/"
    "external / Application password is REQUIRED", MW_OUTCOME_NEED_APP_PASSWORD },

  /* QQ, 163 */
  { "535 Login Fail. Please enter your authorization code to login. More information in "
    "http://service.mail.qq.com/", MW_OUTCOME_NEED_APP_PASSWORD },
  { "535 Login fail. Account is abnormal, service is not open, password is incorrect, login "
    "frequency limited, or system is busy.", MW_OUTCOME_LOGIN_REFUSED },
  { "535 Error: authentication failed", MW_OUTCOME_BAD_CREDENTIALS },

  /* Fastmail, GMX, iCloud, Stalwart */
  { "535 5.7.0 Incorrect username, password or access token", MW_OUTCOME_BAD_CREDENTIALS },
  { "535 Authentication credentials invalid", MW_OUTCOME_BAD_CREDENTIALS },
  { "535 5.7.8 Authentication credentials invalid.", MW_OUTCOME_BAD_CREDENTIALS },

  /* Exim, Postfix, hMailServer */
  { "535 Incorrect authentication data", MW_OUTCOME_BAD_CREDENTIALS },
  { "435 Unable to authenticate at present", MW_OUTCOME_TEMPORARY },
  { "503 AUTH command used when not advertised", MW_OUTCOME_MECH_NONE },
  { "535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6", MW_OUTCOME_BAD_CREDENTIALS },
  { "535 5.7.8 Error: authentication failed: generic failure", MW_OUTCOME_TEMPORARY },
  { "535 5.7.8 Error: authentication failed: no mechanism available", MW_OUTCOME_MECH_NONE },
  { "454 4.7.0 Temporary authentication failure: Connection lost to authentication server",
    MW_OUTCOME_TEMPORARY },
  { "535 Authentication failed. Restarting authentication process.", MW_OUTCOME_BAD_CREDENTIALS },

  { "535 5.7.8 Please use an APP PASSWORD", MW_OUTCOME_NEED_APP_PASSWORD },
  { "534 5.7.14 Untrusted", MW_OUTCOME_IP_NOT_APPROVED },
  { "554 5.7.8 no", MW_OUTCOME_LOGIN_REFUSED },
  { "500 5.7.13 disabled", MW_OUTCOME_MECH_NONE },
};

/* After a log-in, MAIL refused. */
static const Case sender_cases[] = {
  { "553 5.7.1 <jan@example.test>: Sender address rejected: not owned by user jan",
    MW_OUTCOME_SENDER_NOT_ALLOWED },
  { "550 5.7.60 SMTP; Client does not have permissions to send as this sender",
    MW_OUTCOME_SENDER_NOT_ALLOWED },
  { "451 4.0.0 backend: invalid return path: not owned by user",
    MW_OUTCOME_SENDER_NOT_ALLOWED },                                      /* Proton Bridge */
  { "550 5.1.8 Access denied, bad outbound sender", MW_OUTCOME_ACCOUNT_BLOCKED },
  { "554 5.7.1 Relay access denied", MW_OUTCOME_RELAY_DENIED },
  { "530 5.7.57 Client not authenticated to send mail.", MW_OUTCOME_SEND_AUTH_REQUIRED },
  { "451 4.7.1 Greylisted", MW_OUTCOME_TEMPORARY },
};

static const Case service_cases[] = {
  { "Too many connections from your address", MW_OUTCOME_TEMPORARY },
  { "Maximum number of connections from user+IP exceeded", MW_OUTCOME_TEMPORARY },
  { "Service unavailable", MW_OUTCOME_TEMPORARY },
  { "try again\nlater", MW_OUTCOME_TEMPORARY },
  { "Access denied", MW_OUTCOME_REFUSED },
  { "", MW_OUTCOME_REFUSED },
};

/* Before TLS everybody may speak. */
static const Case early_cases[] = {
  { "a1 NO [AUTHENTICATIONFAILED] Invalid credentials", MW_OUTCOME_STARTTLS_MISSING },
  { "a1 NO [ALERT] Application-specific password required", MW_OUTCOME_STARTTLS_MISSING },
  { "* BYE [EXPIRED] Your password has expired", MW_OUTCOME_STARTTLS_MISSING },
  { "a1 NO [UNAVAILABLE] no", MW_OUTCOME_TEMPORARY },
  { "* BYE Server shutting down", MW_OUTCOME_TEMPORARY },
};

static void
assert_outcome (const Case *test,
                MwOutcome   outcome)
{
  g_test_message ("%s", test->line);
  g_assert_cmpstr (mw_enum_to_nick (MW_TYPE_OUTCOME, outcome), ==,
                   mw_enum_to_nick (MW_TYPE_OUTCOME, test->outcome));
}

static void
test_imap (gconstpointer data)
{
  const Case *test = data;
  MwImapResponse response;

  g_assert_true (mw_imap_response_parse (&response, test->line, strlen (test->line)));
  assert_outcome (test, mw_refusal_from_imap (&response, MW_OUTCOME_LOGIN_REFUSED));
}

static void
test_early (gconstpointer data)
{
  const Case *test = data;
  MwImapResponse response;

  g_assert_true (mw_imap_response_parse (&response, test->line, strlen (test->line)));
  assert_outcome (test, mw_refusal_before_login (&response, MW_OUTCOME_STARTTLS_MISSING));
}

static void
test_pop3 (gconstpointer data)
{
  const Case *test = data;
  MwPop3Response response;

  g_assert_true (mw_pop3_response_parse (&response, test->line, strlen (test->line)));
  assert_outcome (test, mw_refusal_from_pop3 (&response, TRUE, TRUE));
}

/* The code of the last line, the words of all. */
static MwSpan
parse_reply (const char  *lines,
             MwSmtpReply *reply)
{
  g_assert_true (mw_smtp_reply_parse (reply, lines, strcspn (lines, "\n")));

  return (MwSpan) { reply->text.bytes, strlen (lines) - (reply->text.bytes - lines) };
}

static void
test_smtp_auth (gconstpointer data)
{
  const Case *test = data;
  MwSmtpReply reply;
  MwSpan text = parse_reply (test->line, &reply);

  assert_outcome (test, mw_refusal_from_smtp_auth (&reply, text));
}

static void
test_sender (gconstpointer data)
{
  const Case *test = data;
  MwSmtpReply reply;
  MwSpan text = parse_reply (test->line, &reply);

  assert_outcome (test, mw_refusal_from_smtp_sender (&reply, text, FALSE, TRUE));
}

static void
test_service (gconstpointer data)
{
  const Case *test = data;

  g_assert_cmpint (mw_refusal_of_service ((MwSpan) { test->line, strlen (test->line) }), ==,
                   test->outcome);
}

static void
add_cases (const char    *name,
           const Case    *cases,
           gsize          n_cases,
           GTestDataFunc  function)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      g_autofree char *path = g_strdup_printf ("/refusal/%s/%" G_GSIZE_FORMAT, name, i);

      g_test_add_data_func (path, &cases[i], function);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_cases ("imap", imap_cases, G_N_ELEMENTS (imap_cases), test_imap);
  add_cases ("before-login", early_cases, G_N_ELEMENTS (early_cases), test_early);
  add_cases ("pop3", pop3_cases, G_N_ELEMENTS (pop3_cases), test_pop3);
  add_cases ("sender", sender_cases, G_N_ELEMENTS (sender_cases), test_sender);
  add_cases ("smtp-auth", smtp_cases, G_N_ELEMENTS (smtp_cases), test_smtp_auth);
  add_cases ("service", service_cases, G_N_ELEMENTS (service_cases), test_service);

  return g_test_run ();
}
