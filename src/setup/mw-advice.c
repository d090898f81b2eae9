/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-advice.h"

#include <glib/gi18n.h>

#include "core/mw-domain.h"
#include "setup/mw-advice-hint.h"
#include "setup/mw-advice-private.h"

G_DEFINE_ENUM_TYPE (MwAdviceAction, mw_advice_action,
                    G_DEFINE_ENUM_VALUE (MW_ADVICE_ACTION_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (MW_ADVICE_ACTION_TRY_AGAIN, "try-again"),
                    G_DEFINE_ENUM_VALUE (MW_ADVICE_ACTION_EDIT_ADDRESS, "edit-address"),
                    G_DEFINE_ENUM_VALUE (MW_ADVICE_ACTION_EDIT_PASSWORD, "edit-password"),
                    G_DEFINE_ENUM_VALUE (MW_ADVICE_ACTION_EDIT_USER_NAME, "edit-user-name"),
                    G_DEFINE_ENUM_VALUE (MW_ADVICE_ACTION_EDIT_SERVERS, "edit-servers"),
                    G_DEFINE_ENUM_VALUE (MW_ADVICE_ACTION_SEPARATE_OUTGOING,
                                         "separate-outgoing"),
                    G_DEFINE_ENUM_VALUE (MW_ADVICE_ACTION_ENABLE_OUTGOING_AUTH,
                                         "enable-outgoing-auth"),
                    G_DEFINE_ENUM_VALUE (MW_ADVICE_ACTION_ALLOW_HOST, "allow-host"),
                    G_DEFINE_ENUM_VALUE (MW_ADVICE_ACTION_SHOW_CERTIFICATE, "show-certificate"),
                    G_DEFINE_ENUM_VALUE (MW_ADVICE_ACTION_RECEIVE_ONLY, "receive-only"),
                    G_DEFINE_ENUM_VALUE (MW_ADVICE_ACTION_OPEN_URI, "open-uri"),
                    G_DEFINE_ENUM_VALUE (MW_ADVICE_ACTION_ASK_PROVIDER, "ask-provider"),
                    G_DEFINE_ENUM_VALUE (MW_ADVICE_ACTION_OPEN_PORTAL, "open-portal"),
                    G_DEFINE_ENUM_VALUE (MW_ADVICE_ACTION_OTHER_USER_NAME, "other-user-name"),
                    G_DEFINE_ENUM_VALUE (MW_ADVICE_ACTION_SWITCH_SECURITY, "switch-security"),
                    G_DEFINE_ENUM_VALUE (MW_ADVICE_ACTION_BROWSER_SIGN_IN, "browser-sign-in"))

G_DEFINE_BOXED_TYPE (MwAdvice, mw_advice, mw_advice_copy, mw_advice_free)

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
    case MW_ADVICE_ACTION_SEPARATE_OUTGOING:
      return _("_Try Again");
    case MW_ADVICE_ACTION_EDIT_USER_NAME:
      return _("Change _User Name");
    case MW_ADVICE_ACTION_EDIT_SERVERS:
      return _("Change _Server Settings");
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
    case MW_ADVICE_ACTION_OTHER_USER_NAME:
      return _("Try This _User Name");
    case MW_ADVICE_ACTION_SWITCH_SECURITY:
      return _("Change _Encryption");
    case MW_ADVICE_ACTION_BROWSER_SIGN_IN:
      return _("_Set Up Without a Password");
    case MW_ADVICE_ACTION_NONE:
    default:
      return NULL;
    }
}

static const char *
get_host (const MwAdviceFacts *facts)
{
  if (facts != NULL && facts->verdict != NULL)
    return mw_endpoint_get_host (mw_candidate_get_endpoint (facts->verdict->candidate));

  return _("the server");
}

static const char *
get_protocol (const MwAdviceFacts *facts)
{
  if (facts == NULL || facts->verdict == NULL)
    return "IMAP";

  switch (mw_endpoint_get_protocol (mw_candidate_get_endpoint (facts->verdict->candidate)))
    {
    case MW_PROTOCOL_POP3:
      return "POP";
    case MW_PROTOCOL_SMTP:
      return "SMTP";
    case MW_PROTOCOL_IMAP:
    default:
      return "IMAP";
    }
}

/* Both forms of each: whoever is asked must see the one that cannot look like
 * another name. */
static char *
describe_hosts (const MwAdviceFacts *facts)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) both = NULL;

  if (facts == NULL || facts->hosts == NULL || facts->hosts[0] == NULL)
    return g_strdup (get_host (facts));

  for (gsize i = 0; facts->hosts[i] != NULL; i++)
    {
      g_autofree char *host = mw_domain_describe (facts->hosts[i]);

      g_strv_builder_add (builder, host);
    }

  both = g_strv_builder_end (builder);
  return g_strjoinv (", ", both);
}

/* A name that was filled in is not searched for places again. */
static char *
fill_in (const char          *text,
         const MwAdviceFacts *facts)
{
  g_autoptr(GString) filled = g_string_new (NULL);
  g_autofree char *hosts = describe_hosts (facts);
  g_autofree char *provider = NULL;
  const struct {
    const char *place;
    const char *name;
  } names[] = {
    { "{host}", hosts },
    { "{domain}", facts != NULL && facts->address != NULL
                  ? mw_address_get_domain_display (facts->address) : _("this address") },
    { "{provider}", facts != NULL && facts->provider != NULL
                    ? (provider = mw_advice_name_provider (facts->provider)) : "" },
    { "{protocol}", get_protocol (facts) },
  };

  while (*text != '\0')
    {
      gsize i = 0;

      while (i < G_N_ELEMENTS (names) && !g_str_has_prefix (text, names[i].place))
        i++;
      if (i < G_N_ELEMENTS (names))
        {
          g_string_append (filled, names[i].name);
          text += strlen (names[i].place);
        }
      else
        {
          g_string_append_c (filled, *text++);
        }
    }

  return g_string_free (g_steal_pointer (&filled), FALSE);
}

const MwAdviceRow *
mw_advice_find_row (const MwAdviceRow   *rows,
                    gsize                n_rows,
                    int                  code,
                    const MwAdviceFacts *facts)
{
  for (gsize i = 0; i < n_rows; i++)
    {
      if (rows[i].code == code &&
          (rows[i].condition == NULL || (facts != NULL && rows[i].condition (facts))))
        return &rows[i];
    }

  return NULL;
}

MwAdvice *
mw_advice_new (const MwAdviceRow   *row,
               const MwAdviceFacts *facts)
{
  MwAdvice *self = g_new0 (MwAdvice, 1);

  self->title = fill_in (_(row->title), facts);
  self->text = fill_in (_(row->text), facts);
  mw_advice_set_action (self, row->action,
                        row->action == MW_ADVICE_ACTION_OPEN_PORTAL ? MW_ADVICE_PORTAL_URI : NULL);
  return self;
}

void
mw_advice_set_action (MwAdvice       *self,
                      MwAdviceAction  action,
                      const char     *uri)
{
  self->action = action;
  g_free (self->action_label);
  self->action_label = g_strdup (get_action_label (action));
  g_free (self->uri);
  self->uri = g_strdup (uri);
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
  copy->user_name = g_strdup (self->user_name);
  if (self->causes != NULL)
    copy->causes = g_ptr_array_copy (self->causes, (GCopyFunc) mw_advice_copy, NULL);
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
  g_free (self->user_name);
  g_clear_pointer (&self->causes, g_ptr_array_unref);
  g_free (self);
}

MwAdvice *
mw_advice_for_outcome (MwOutcome            outcome,
                       const MwAdviceFacts *facts)
{
  const MwAdviceRow *row = mw_advice_find_outcome_row (outcome, facts);
  MwAdvice *self;

  if (row == NULL)
    g_return_val_if_reached (NULL);

  self = mw_advice_new (row, facts);
  /* Where nothing was found, there are no settings to change yet. */
  if (outcome == MW_OUTCOME_NOTHING_FOUND && row->action == MW_ADVICE_ACTION_EDIT_SERVERS)
    {
      g_free (self->action_label);
      self->action_label = g_strdup (_("_Enter the Servers by Hand"));
    }
  /* No password goes anywhere. */
  if (outcome == MW_OUTCOME_CONSENT_NEEDED && facts != NULL && facts->browser_sign_in)
    {
      g_free (self->action_label);
      self->action_label = g_strdup (_("_Use This Server"));
    }
  if (facts != NULL)
    mw_advice_add_causes (self, outcome, facts);

  return self;
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

char *
mw_advice_describe_stage (MwVerdict *verdict)
{
  const MwAdviceFacts facts = { .verdict = verdict };

  g_return_val_if_fail (verdict != NULL, NULL);

  if (verdict->outcome == MW_OUTCOME_WORKS && verdict->stage == MW_STAGE_CAPABILITY)
    return g_strdup (_("Answers; nobody signed in"));
  if (verdict->outcome == MW_OUTCOME_WORKS)
    return g_strdup (_("Works"));
  if (verdict->outcome != MW_OUTCOME_PENDING)
    return g_strdup (_(mw_advice_find_outcome_row (verdict->outcome, &facts)->title));

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
      if (verdict->is_waiting)
        return g_strdup (_("The server makes us wait, as it does after a wrong password"));
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

const char *
mw_advice_name_protocol (MwEndpoint *endpoint)
{
  g_return_val_if_fail (endpoint != NULL, NULL);

  switch (mw_endpoint_get_protocol (endpoint))
    {
    case MW_PROTOCOL_POP3:
      return "POP3";
    case MW_PROTOCOL_SMTP:
      return "SMTP";
    case MW_PROTOCOL_IMAP:
    default:
      return "IMAP";
    }
}
