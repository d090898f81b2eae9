/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-provider-letter.h"

#include <glib/gi18n.h>
#include <string.h>

#define WORDS_MAX_CHARS 200

static char *
quote_server (MwRedactor *redactor,
              const char *text)
{
  g_autofree char *words = mw_redactor_redact (redactor, text, strlen (text),
                                               MW_REDACTOR_HIDE_NOTHING);
  glong length = g_utf8_strlen (words, -1);
  g_autofree char *beginning = g_utf8_substring (words, 0, MIN (length, WORDS_MAX_CHARS));
  g_autofree char *whole = g_strconcat (beginning, length > WORDS_MAX_CHARS ? "…" : NULL, NULL);

  return g_strdup_printf (_("“%s”"), whole);
}

static void
append_attempt (GString    *string,
                MwRedactor *redactor,
                MwVerdict  *verdict)
{
  MwEndpoint *endpoint = mw_candidate_get_endpoint (verdict->candidate);
  g_autofree char *server = mw_endpoint_to_string (endpoint);
  g_autofree char *stage = mw_advice_describe_stage (verdict);

  g_string_append_printf (string, "- %s: %s", server, stage);
  if (verdict->server_text != NULL && *verdict->server_text != '\0')
    {
      g_autofree char *quoted = quote_server (redactor, verdict->server_text);

      g_string_append_printf (string, " %s", quoted);
    }
  g_string_append_c (string, '\n');
}

static gboolean
is_worth_telling (MwVerdict *verdict)
{
  return verdict->outcome != MW_OUTCOME_NOT_NEEDED
         && verdict->outcome != MW_OUTCOME_PENDING
         && verdict->outcome != MW_OUTCOME_CANCELLED;
}

char *
mw_provider_letter_new_text (MwSetup *setup)
{
  g_autoptr(GString) string = g_string_new (NULL);
  GPtrArray *verdicts;
  MwAddress *address;

  g_return_val_if_fail (MW_IS_SETUP (setup), NULL);

  address = mw_setup_get_address (setup);
  verdicts = mw_setup_get_verdicts (setup);

  /* Translators: a letter to a mail provider; %s is the domain. */
  g_string_append_printf (string, _("Hello,\n\n"
                                    "I would like to use my mail account at %s with a mail "
                                    "program.\n\n"
                                    "Please tell me:\n"
                                    "- the servers, ports and kinds of encryption for receiving "
                                    "(IMAP or POP) and for sending (SMTP),\n"
                                    "- the user name to sign in with,\n"
                                    "- whether access by mail programs has to be switched on, or "
                                    "needs a password of its own.\n"),
                          address != NULL ? mw_address_get_domain_display (address) : "?");

  if (verdicts != NULL && verdicts->len > 0)
    {
      g_string_append (string, "\n");
      g_string_append (string, _("This was tried, with these answers:"));
      g_string_append (string, "\n");
    }
  for (guint i = 0; verdicts != NULL && i < verdicts->len; i++)
    if (is_worth_telling (g_ptr_array_index (verdicts, i)))
      append_attempt (string, mw_setup_get_redactor (setup), g_ptr_array_index (verdicts, i));

  return g_string_free (g_steal_pointer (&string), FALSE);
}
