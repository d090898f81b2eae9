/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-advice-private.h"

#include <glib/gi18n.h>

/* What a provider is known for, as a reason why signing in failed. */
typedef struct {
  MwHintKind       kind;
  MwHintCondition  condition;
  const char      *title;
  const char      *text;
} CauseRow;

static const CauseRow cause_rows[] = {
  { MW_HINT_KIND_APP_PASSWORD, MW_HINT_CONDITION_ALWAYS, N_("App Password"),
    N_("{provider} only takes app passwords from mail programs, not the password you use on the "
       "web.") },
  { MW_HINT_KIND_APP_PASSWORD, MW_HINT_CONDITION_TWO_STEP, N_("App Password"),
    N_("If two-step sign-in is on, {provider} wants an app password instead of the one you use on "
       "the web.") },
  { MW_HINT_KIND_APP_PASSWORD, MW_HINT_CONDITION_MAYBE, N_("App Password"),
    N_("{provider} may want an app password instead of the one you use on the web.") },
  { MW_HINT_KIND_AUTH_CODE, MW_HINT_CONDITION_ALWAYS, N_("Authorization Code"),
    N_("{provider} wants an authorization code instead of the password you use on the web.") },
  { MW_HINT_KIND_AUTH_CODE, MW_HINT_CONDITION_MAYBE, N_("Authorization Code"),
    N_("{provider} may want an authorization code instead of the password you use on the web.") },
  { MW_HINT_KIND_SEPARATE_PASSWORD, MW_HINT_CONDITION_ALWAYS, N_("Password for Mail Programs"),
    N_("{provider} has a password of its own for mail programs, which you choose on its pages.") },
  { MW_HINT_KIND_SEPARATE_PASSWORD, MW_HINT_CONDITION_MAYBE, N_("Password for Mail Programs"),
    N_("{provider} may want a password of its own for mail programs, which you choose on its "
       "pages.") },
  { MW_HINT_KIND_ENABLE_IMAP, MW_HINT_CONDITION_ALWAYS, N_("Mail Programs Switched Off"),
    N_("{provider} lets mail programs in only after you have switched them on in its settings.") },
  { MW_HINT_KIND_ENABLE_IMAP, MW_HINT_CONDITION_MAYBE, N_("Mail Programs Switched Off"),
    N_("{provider} may let mail programs in only after you have switched them on in its "
       "settings.") },
  { MW_HINT_KIND_ENABLE_SMTP, MW_HINT_CONDITION_ALWAYS, N_("Sending Switched Off"),
    N_("{provider} lets mail programs send only after it has been switched on in its settings.") },
  { MW_HINT_KIND_ENABLE_SMTP, MW_HINT_CONDITION_MAYBE, N_("Sending Switched Off"),
    N_("{provider} may let mail programs send only after it has been switched on in its "
       "settings.") },
  { MW_HINT_KIND_APPROVE_COMPUTER, MW_HINT_CONDITION_ALWAYS, N_("Computer Not Approved"),
    N_("{provider} wants each computer approved before it may sign in.") },
  { MW_HINT_KIND_APPROVE_COMPUTER, MW_HINT_CONDITION_MAYBE, N_("Computer Not Approved"),
    N_("{provider} may want each computer approved before it may sign in.") },
  { MW_HINT_KIND_BRIDGE, MW_HINT_CONDITION_ALWAYS, N_("Bridge Program"),
    N_("{provider} works with mail programs only through its own bridge program on this "
       "computer.") },
  { MW_HINT_KIND_PAID_PLAN, MW_HINT_CONDITION_ALWAYS, N_("Paid Plan"),
    N_("{provider} lets mail programs in for paying customers only.") },
  { MW_HINT_KIND_PAID_PLAN, MW_HINT_CONDITION_MAYBE, N_("Paid Plan"),
    N_("{provider} may let mail programs in for paying customers only.") },
};

/* Whether a hint may explain this outcome, on that side. */
static gboolean
may_explain (MwHintKind           kind,
             MwOutcome            outcome,
             const MwAdviceFacts *facts)
{
  gboolean outgoing = facts->verdict != NULL &&
                      mw_endpoint_get_side (mw_candidate_get_endpoint (
                        facts->verdict->candidate)) == MW_SIDE_OUTGOING;

  /* What the headline says is not said twice. */
  switch ((int) outcome)
    {
    case MW_OUTCOME_NEED_APP_PASSWORD:
      return kind == MW_HINT_KIND_ENABLE_IMAP && !outgoing;
    case MW_OUTCOME_IMAP_DISABLED:
      return kind == MW_HINT_KIND_PAID_PLAN;
    case MW_OUTCOME_NEED_OAUTH:
      return kind == MW_HINT_KIND_APP_PASSWORD;
    case MW_OUTCOME_NOTHING_FOUND:
      return kind == MW_HINT_KIND_PAID_PLAN;
    case MW_OUTCOME_BAD_CREDENTIALS:
    case MW_OUTCOME_LOGIN_REFUSED:
    case MW_OUTCOME_MECH_WEAK:
    case MW_OUTCOME_IP_NOT_APPROVED:
      break;
    default:
      return FALSE;
    }

  switch ((int) kind)
    {
    case MW_HINT_KIND_ENABLE_IMAP:
      return !outgoing;
    case MW_HINT_KIND_ENABLE_SMTP:
      return outgoing;
    case MW_HINT_KIND_HOST_FROM_PANEL:
    case MW_HINT_KIND_NO_IMAP:
    case MW_HINT_KIND_BROWSER_SIGN_IN:
    case MW_HINT_KIND_EXCHANGE:
      return FALSE;
    default:
      return TRUE;
    }
}

static const CauseRow *
find_cause_row (const MwHint *hint)
{
  const CauseRow *any = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cause_rows); i++)
    {
      if (cause_rows[i].kind != hint->kind)
        continue;
      if (cause_rows[i].condition == hint->condition)
        return &cause_rows[i];
      any = &cause_rows[i];
    }

  /* The last one claims least. */
  return any;
}

/* Of the lists only the built-in one, where it is confirmed, may have a page
 * opened. Pages of a document were looked at when it was read. */
static const char *
get_page (MwProvider *provider,
          const char *uri)
{
  if (mw_provider_is_listed (provider) && !mw_provider_is_confirmed (provider))
    return NULL;
  if (uri == NULL)
    uri = provider->help_uri;

  return uri != NULL && g_str_has_prefix (uri, "https://") ? uri : NULL;
}

/* The hint that stands behind the headline itself. */
static const MwHint *
find_headline_hint (MwOutcome   outcome,
                    MwProvider *provider)
{
  const MwHint *hint = NULL;

  switch ((int) outcome)
    {
    case MW_OUTCOME_NEED_APP_PASSWORD:
      hint = mw_provider_get_hint (provider, MW_HINT_KIND_APP_PASSWORD);
      return hint != NULL ? hint : mw_provider_get_hint (provider, MW_HINT_KIND_AUTH_CODE);
    case MW_OUTCOME_IMAP_DISABLED:
      hint = mw_provider_get_hint (provider, MW_HINT_KIND_ENABLE_IMAP);
      return hint != NULL ? hint : mw_provider_get_hint (provider, MW_HINT_KIND_ENABLE_SMTP);
    case MW_OUTCOME_IP_NOT_APPROVED:
      return mw_provider_get_hint (provider, MW_HINT_KIND_APPROVE_COMPUTER);
    case MW_OUTCOME_NEED_OAUTH:
      return mw_provider_get_hint (provider, MW_HINT_KIND_BROWSER_SIGN_IN);
    default:
      return NULL;
    }
}

/* The page that the headline speaks of: the way to it is the repair, unless
 * there is something to be typed here first; then it comes as a cause. */
static void
add_page (MwAdvice            *self,
          MwOutcome            outcome,
          const MwAdviceFacts *facts)
{
  const MwHint *hint = find_headline_hint (outcome, facts->provider);
  const char *page = hint != NULL ? get_page (facts->provider, hint->uri) : NULL;
  const CauseRow *row;
  MwAdviceRow cause;

  if (page == NULL)
    return;

  if (self->action != MW_ADVICE_ACTION_EDIT_PASSWORD)
    {
      mw_advice_set_action (self, MW_ADVICE_ACTION_OPEN_URI, page);
      return;
    }

  row = find_cause_row (hint);
  if (row == NULL)
    return;
  cause = (MwAdviceRow) { outcome, NULL, row->title, row->text, MW_ADVICE_ACTION_NONE };
  g_ptr_array_add (self->causes, mw_advice_new (&cause, facts));
  mw_advice_set_action (self->causes->pdata[self->causes->len - 1], MW_ADVICE_ACTION_OPEN_URI,
                        page);
}

static gboolean
user_name_was_refused (MwOutcome            outcome,
                       const MwAdviceFacts *facts)
{
  return (outcome == MW_OUTCOME_BAD_CREDENTIALS || outcome == MW_OUTCOME_LOGIN_REFUSED) &&
         facts->verdict != NULL && facts->verdict->stage == MW_STAGE_AUTH &&
         facts->verdict->user_name != NULL && facts->address != NULL;
}

/* Nobody said what the user name looks like there, so the other usual form of
 * it may be the right one. */
static char *
find_other_user_name (const MwAdviceFacts *facts)
{
  const char * const *forms;

  if (facts->provider != NULL && mw_provider_is_listed (facts->provider))
    return NULL;

  forms = mw_candidate_get_user_names (facts->verdict->candidate);
  if (forms != NULL && forms[0] != NULL)
    return NULL;

  return mw_address_make_other_user_name (facts->address, facts->verdict->user_name);
}

static void
add_user_name (MwAdvice            *self,
               const MwAdviceRow   *row,
               char                *user_name,
               const MwAdviceFacts *facts)
{
  g_autoptr(GString) text = NULL;
  MwAdvice *cause;

  if (user_name == NULL)
    return;

  cause = mw_advice_new (row, facts);
  text = g_string_new (cause->text);
  g_string_replace (text, "{user}", user_name, 1);
  g_free (cause->text);
  cause->text = g_string_free (g_steal_pointer (&text), FALSE);
  cause->user_name = user_name;
  g_ptr_array_add (self->causes, cause);
}

/* Each is one press of a button: nothing is tried in silence. */
static void
add_user_names (MwAdvice            *self,
                MwOutcome            outcome,
                const MwAdviceFacts *facts)
{
  static const MwAdviceRow untagged = {
    MW_OUTCOME_BAD_CREDENTIALS, NULL, N_("Addition in the Address"),
    N_("What follows the “+” is mostly no part of the user name, which would be “{user}”."),
    MW_ADVICE_ACTION_OTHER_USER_NAME
  };
  static const MwAdviceRow other = {
    MW_OUTCOME_BAD_CREDENTIALS, NULL, N_("Other User Name"),
    N_("Some servers want the user name “{user}” instead."), MW_ADVICE_ACTION_OTHER_USER_NAME
  };

  if (!user_name_was_refused (outcome, facts))
    return;

  add_user_name (self, &untagged,
                 mw_address_make_untagged_user_name (facts->address, facts->verdict->user_name),
                 facts);
  add_user_name (self, &other, find_other_user_name (facts), facts);
}

void
mw_advice_add_causes (MwAdvice            *self,
                      MwOutcome            outcome,
                      const MwAdviceFacts *facts)
{
  MwProvider *provider = facts->provider;

  self->causes = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_advice_free);
  add_user_names (self, outcome, facts);
  if (provider != NULL)
    add_page (self, outcome, facts);

  for (guint i = 0; provider != NULL && i < provider->hints->len; i++)
    {
      const MwHint *hint = provider->hints->pdata[i];
      const CauseRow *row = find_cause_row (hint);
      const char *page = get_page (provider, hint->uri);
      MwAdviceRow cause;

      if (row == NULL || !may_explain (hint->kind, outcome, facts))
        continue;

      cause = (MwAdviceRow) { outcome, NULL, row->title, row->text, MW_ADVICE_ACTION_NONE };
      g_ptr_array_add (self->causes, mw_advice_new (&cause, facts));
      if (page != NULL)
        mw_advice_set_action (self->causes->pdata[self->causes->len - 1],
                              MW_ADVICE_ACTION_OPEN_URI, page);
    }

  if (self->causes->len == 0)
    g_clear_pointer (&self->causes, g_ptr_array_unref);
}
