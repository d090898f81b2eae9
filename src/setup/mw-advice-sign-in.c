/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-advice-private.h"

#include <glib/gi18n.h>

/* What a server wants that offers no way to sign in with a password, or none
 * that can carry this one, or that has not been asked for it. */

static gboolean
holds (char       **words,
       const char  *word)
{
  for (gsize i = 0; words != NULL && words[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (words[i], word) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
offers (const MwAdviceFacts *facts,
        const char          *mechanism)
{
  return facts->verdict != NULL && holds (facts->verdict->auth_offered, mechanism);
}

static gboolean
offers_password (const MwAdviceFacts *facts)
{
  return offers (facts, "PLAIN") || offers (facts, "LOGIN") || offers (facts, "CRAM-MD5") ||
         offers (facts, "SCRAM-SHA-1") || offers (facts, "SCRAM-SHA-256");
}

/* Where a password is taken by one of the mechanisms, and was refused, the
 * others explain nothing. Dovecot names the commands of POP3 in any case. */
static gboolean
offers_instead (const MwAdviceFacts *facts,
                const char          *mechanism)
{
  return offers (facts, mechanism) && !offers_password (facts);
}

/* Mailwright knows a way to sign in here and did not even try it. */
static gboolean
cannot_carry (const MwAdviceFacts *facts)
{
  MwVerdict *verdict = facts->verdict;

  if (verdict == NULL || verdict->auth != MW_AUTH_UNKNOWN || verdict->stage < MW_STAGE_CAPABILITY)
    return FALSE;

  switch (mw_endpoint_get_protocol (mw_candidate_get_endpoint (verdict->candidate)))
    {
    case MW_PROTOCOL_IMAP:
      if (verdict->capabilities != NULL && !holds (verdict->capabilities, "LOGINDISABLED"))
        return TRUE;
      break;
    case MW_PROTOCOL_POP3:
      if (holds (verdict->capabilities, "USER"))
        return TRUE;
      break;
    case MW_PROTOCOL_SMTP:
    default:
      break;
    }

  return offers_password (facts);
}

static gboolean
needs_kerberos (const MwAdviceFacts *facts)
{
  return offers_instead (facts, "GSSAPI") || offers_instead (facts, "GS2-KRB5") ||
         offers_instead (facts, "GSS-SPNEGO") || offers_instead (facts, "KERBEROS_V4");
}

static gboolean
needs_certificate (const MwAdviceFacts *facts)
{
  return offers_instead (facts, "EXTERNAL");
}

static gboolean
needs_windows (const MwAdviceFacts *facts)
{
  return offers_instead (facts, "NTLM");
}

static gboolean
did_not_prove_itself (const MwAdviceFacts *facts)
{
  return facts->verdict != NULL && facts->verdict->stage == MW_STAGE_AUTH &&
         (facts->verdict->auth == MW_AUTH_SCRAM_SHA_1 ||
          facts->verdict->auth == MW_AUTH_SCRAM_SHA_256);
}

static gboolean
is_in_browser (const MwAdviceFacts *facts)
{
  return facts->browser_sign_in;
}

/* Servers may have been found, but not such. */
static gboolean
is_in_browser_in_vain (const MwAdviceFacts *facts)
{
  return facts->browser_sign_in && facts->browser_programs == 0;
}

static gboolean
can_use_browser (const MwAdviceFacts *facts)
{
  return facts->browser_programs != 0;
}

static gboolean
chosen_by_hand (const MwAdviceFacts *facts)
{
  return facts->auth_chosen;
}

static const MwAdviceRow rows[] = {
  { MW_OUTCOME_WORKS, is_in_browser, N_("Servers Are Ready"),
    N_("The servers answer and let people sign in through the browser. Nobody has signed in yet; "
       "your mail program shows the sign-in page when it starts."),
    MW_ADVICE_ACTION_NONE },
  { MW_OUTCOME_NEED_OAUTH, can_use_browser, N_("Sign-In in the Browser Needed"),
    N_("{host} takes no passwords from mail programs. The account can be set up without one: your "
       "mail program then shows the sign-in page once."),
    MW_ADVICE_ACTION_BROWSER_SIGN_IN },
  { MW_OUTCOME_MECH_NONE, is_in_browser, N_("No Sign-In in the Browser"),
    N_("{host} does not let people sign in through the browser. Ask your provider which password "
       "it takes from mail programs."),
    MW_ADVICE_ACTION_ASK_PROVIDER },
  { MW_OUTCOME_CONSENT_NEEDED, is_in_browser, N_("Is This Your Mail Server?"),
    N_("Mail for {domain} seems to be kept at {host}, but nobody you can trust has said so. Allow "
       "it only if you know that name from your provider: your mail program will sign in there."),
    MW_ADVICE_ACTION_ALLOW_HOST },
  { MW_OUTCOME_NOTHING_FOUND, is_in_browser_in_vain, N_("No Sign-In Page Known"),
    N_("No server was found for {domain} at which Thunderbird or Evolution could show a sign-in "
       "page. Ask your provider which password it takes from mail programs."),
    MW_ADVICE_ACTION_ASK_PROVIDER },
  { MW_OUTCOME_MECH_NONE, chosen_by_hand, N_("Way to Sign In Is Not Offered"),
    N_("{host} does not offer the way to sign in that was chosen, or does not take it for this "
       "account. Choose “Automatic”."),
    MW_ADVICE_ACTION_EDIT_SERVERS },
  { MW_OUTCOME_MECH_NONE, cannot_carry, N_("User Name or Password Cannot Be Sent"),
    N_("{host} has no way to take every character of your user name and password; line breaks, "
       "and letters like ł or é at some servers, are not possible. Check both for stray "
       "characters."),
    MW_ADVICE_ACTION_EDIT_PASSWORD },
  { MW_OUTCOME_MECH_NONE, needs_kerberos, N_("Kerberos Needed"),
    N_("{host} lets in those who have signed in to the network of their organization by Kerberos, "
       "and takes no password. Mailwright cannot do that; ask the administrator."),
    MW_ADVICE_ACTION_ASK_PROVIDER },
  { MW_OUTCOME_MECH_NONE, needs_certificate, N_("Server Wants a Certificate From You"),
    N_("{host} only lets in people who have a certificate of their own. Mailwright cannot do "
       "that."),
    MW_ADVICE_ACTION_ASK_PROVIDER },
  { MW_OUTCOME_MECH_NONE, needs_windows, N_("Windows Sign-In Needed"),
    N_("{host} only knows the way Windows computers sign in to their network (NTLM), which is not "
       "safe any more. Mailwright cannot do that; ask the administrator."),
    MW_ADVICE_ACTION_ASK_PROVIDER },
  { MW_OUTCOME_PROTOCOL, did_not_prove_itself, N_("Server Did Not Prove Itself"),
    N_("Signing in at {host} works only if the server shows that it knows your password, too, and "
       "it did not do so by the rules. It may not be your mail server."),
    MW_ADVICE_ACTION_ASK_PROVIDER },
};

const MwAdviceRow *
mw_advice_find_sign_in_row (MwOutcome            outcome,
                            const MwAdviceFacts *facts)
{
  return mw_advice_find_row (rows, G_N_ELEMENTS (rows), outcome, facts);
}
