/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-address.h"
#include "core/mw-conflict.h"
#include "core/mw-export-target.h"
#include "core/mw-profile.h"
#include "core/mw-provider.h"
#include "core/mw-source-report.h"
#include "core/mw-verdict.h"

G_BEGIN_DECLS

/**
 * MW_ADVICE_PORTAL_URI:
 *
 * A page in clear text, kept by GNOME for this: a network that wants to be
 * signed in to puts its own page in its place.
 */
#define MW_ADVICE_PORTAL_URI "http://nmcheck.gnome.org/"

/**
 * MwAdviceAction:
 *
 * The one repair that helps, for the one button of the Problem page.
 */
typedef enum {
  MW_ADVICE_ACTION_NONE,
  MW_ADVICE_ACTION_TRY_AGAIN,
  MW_ADVICE_ACTION_EDIT_ADDRESS,
  MW_ADVICE_ACTION_EDIT_PASSWORD,
  MW_ADVICE_ACTION_EDIT_USER_NAME,
  MW_ADVICE_ACTION_EDIT_SERVERS,
  MW_ADVICE_ACTION_SEPARATE_OUTGOING,
  MW_ADVICE_ACTION_ENABLE_OUTGOING_AUTH,
  MW_ADVICE_ACTION_ALLOW_HOST,
  MW_ADVICE_ACTION_SHOW_CERTIFICATE,
  MW_ADVICE_ACTION_RECEIVE_ONLY,
  MW_ADVICE_ACTION_OPEN_URI,
  MW_ADVICE_ACTION_ASK_PROVIDER,
  MW_ADVICE_ACTION_OPEN_PORTAL,
  MW_ADVICE_ACTION_OTHER_USER_NAME,
  MW_ADVICE_ACTION_SWITCH_SECURITY,
  MW_ADVICE_ACTION_BROWSER_SIGN_IN,
} MwAdviceAction;

#define MW_TYPE_ADVICE_ACTION (mw_advice_action_get_type ())
GType mw_advice_action_get_type (void) G_GNUC_CONST;

/**
 * MwAdvice:
 * @title: one short line in the language of the interface
 * @text: one sentence: what is the matter and what helps
 * @action: what the button does
 * @action_label: (nullable): its label, with mnemonic
 * @uri: (nullable): for %MW_ADVICE_ACTION_OPEN_URI the provider's page, https,
 *   from the built-in list; for %MW_ADVICE_ACTION_OPEN_PORTAL where the
 *   network's own page shows up
 * @user_name: (nullable): for %MW_ADVICE_ACTION_OTHER_USER_NAME what to try
 *   instead
 * @causes: (nullable) (element-type MwAdvice): what else is likely with this
 *   provider, likeliest first; each with its own action, which may be none
 *
 * What to tell the person. The only place where outcomes become sentences.
 */
typedef struct {
  char           *title;
  char           *text;
  MwAdviceAction  action;
  char           *action_label;
  char           *uri;
  char           *user_name;
  GPtrArray      *causes;
} MwAdvice;

/**
 * MwAdviceFacts:
 * @address: (nullable): the address
 * @verdict: (nullable): the probe that decided it
 * @hosts: (nullable) (array zero-terminated=1): hosts that need a yes
 * @provider: (nullable): who keeps the mail, where that is known
 * @receiving_works: the receiving side is proved, the problem is with sending
 * @own_password: sending has a user name and password of its own
 * @password_missing: and nobody has given it
 * @browser_sign_in: no password was wanted, the mail program will sign in
 * @browser_programs: the mail programs that can do so there
 *   (1 << MW_MAIL_CLIENT_…)
 * @auth_chosen: the person said by which method to sign in
 *
 * What an outcome is explained with. All of it is borrowed.
 */
typedef struct {
  MwAddress          *address;
  MwVerdict          *verdict;
  const char * const *hosts;
  MwProvider         *provider;
  gboolean            receiving_works;
  gboolean            own_password;
  gboolean            password_missing;
  gboolean            browser_sign_in;
  guint               browser_programs;
  gboolean            auth_chosen;
} MwAdviceFacts;

#define MW_TYPE_ADVICE (mw_advice_get_type ())
GType     mw_advice_get_type     (void) G_GNUC_CONST;
MwAdvice *mw_advice_copy         (MwAdvice        *self);
void      mw_advice_free         (MwAdvice        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwAdvice, mw_advice_free)

/**
 * mw_advice_for_outcome:
 * @outcome: what became of the set-up
 * @facts: (nullable): what is known besides
 *
 * Returns: (transfer full): title, sentence and repair
 */
MwAdvice *mw_advice_for_outcome  (MwOutcome            outcome,
                                  const MwAdviceFacts *facts);

/**
 * mw_advice_mention_limited_network:
 * @self: what was said of @outcome, before it is handed out
 *
 * Adds that the network does not reach the whole internet, where that may be
 * the cause.
 */
void      mw_advice_mention_limited_network (MwAdvice *self,
                                             MwOutcome outcome);

/**
 * mw_advice_for_error:
 * @error: an error of one of the domains in core/mw-error.h, or of GIO
 *
 * Returns: (transfer full): title, sentence and repair
 */
MwAdvice *mw_advice_for_error    (const GError       *error);

/**
 * mw_advice_explain_address:
 * @text: what was typed as an e-mail address
 *
 * Returns: (transfer full) (nullable): what is wrong with it, %NULL where
 *   nothing is
 */
char     *mw_advice_explain_address (const char         *text);

/**
 * mw_advice_describe_stage:
 * @verdict: a probe under way or finished
 *
 * Returns: (transfer full): what it is doing or did, in words
 */
char     *mw_advice_describe_stage (MwVerdict        *verdict);

/**
 * mw_advice_describe_family:
 * @verdict: a probe
 * @verdicts: (nullable) (element-type MwVerdict): all probes of the run
 *
 * Silence over IPv6 is the server's fault only when somebody else does answer
 * over IPv6.
 *
 * Returns: (transfer full) (nullable): which kind of Internet address does not
 *   work there and whose fault that is; %NULL when there is nothing to say
 */
char     *mw_advice_describe_family (MwVerdict       *verdict,
                                     GPtrArray       *verdicts);

/**
 * mw_advice_dup_notes:
 * @notes: of a verdict, `1 << MW_NOTE_…`
 *
 * Returns: (transfer full) (array zero-terminated=1): a sentence for each
 */
char    **mw_advice_dup_notes      (guint             notes);

/**
 * mw_advice_dup_export_notes:
 * @client: the mail program
 * @notes: of an [struct@Mw.ExportReport], `1 << MW_EXPORT_NOTE_…`
 *
 * Returns: (transfer full) (array zero-terminated=1): a sentence for each
 */
char    **mw_advice_dup_export_notes (MwMailClient     client,
                                      guint            notes);

/**
 * mw_advice_describe_security:
 * @endpoint: a server
 *
 * Returns: (transfer none): how its connection is protected, as the guides of
 *   providers call it
 */
const char *mw_advice_describe_security (MwEndpoint *endpoint);

/**
 * mw_advice_name_protocol:
 * @endpoint: a server
 *
 * Returns: (transfer none): what it speaks, a name that is the same in all
 *   languages
 */
const char *mw_advice_name_protocol     (MwEndpoint *endpoint);

/**
 * mw_advice_name_sources:
 * @origins: sources of settings, a bit for each: `1 << MW_ORIGIN_…`
 * @domain: (nullable): the domain that was searched for, fit to be shown
 *
 * Returns: (transfer full): what they are called, with the domain where they
 *   are its own
 */
char       *mw_advice_name_sources        (guint           origins,
                                           const char     *domain);

/**
 * mw_advice_describe_source:
 * @report: a source that came back, or is still being asked
 *
 * Returns: (transfer full): what became of it, in words
 */
char       *mw_advice_describe_source     (MwSourceReport *report);

/**
 * mw_advice_explain_source:
 * @report: a source that came back
 *
 * What lies behind mw_advice_describe_source(), as far as it can be said in
 * plain words. Names in it come from outside.
 *
 * Returns: (transfer full) (nullable): a sentence or a name, if there is more
 *   to say
 */
char       *mw_advice_explain_source      (MwSourceReport *report);

/**
 * mw_advice_describe_search:
 * @reports: (element-type MwSourceReport): all sources
 *
 * Returns: (transfer full): how far the search is, on one line
 */
char       *mw_advice_describe_search     (GPtrArray      *reports);

/**
 * mw_advice_describe_grade:
 * @grade: how far a path deserves trust
 *
 * Returns: (transfer none): what that means for a server, in words
 */
const char *mw_advice_describe_grade      (MwGrade         grade);

/**
 * mw_advice_title_conflict:
 * @conflict: where sources disagree
 *
 * Returns: (transfer none): what they disagree about
 */
const char *mw_advice_title_conflict      (MwConflict     *conflict);

/**
 * mw_advice_describe_conflict:
 * @conflict: where sources disagree
 * @domain: (nullable): as for mw_advice_name_sources()
 *
 * Returns: (transfer full): a line for each opinion, what counts most first
 */
char       *mw_advice_describe_conflict   (MwConflict     *conflict,
                                           const char     *domain);

/**
 * mw_advice_describe_browser_sign_in:
 * @profile: an account
 * @program: name of the mail program that gets it
 *
 * Some accounts have no password: their mail program shows a page of the
 * provider where the person signs in.
 *
 * Returns: (transfer full) (nullable): the sentence that says so; %NULL when
 *   the program will not have to ask
 */
char           *mw_advice_describe_browser_sign_in (MwProfile  *profile,
                                                    const char *program);

G_END_DECLS
