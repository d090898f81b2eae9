/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-source-row.h"

#include <glib/gi18n.h>

#include "app/mw-foreign-text.h"

struct _MwSourceRow
{
  AdwActionRow parent_instance;
};

G_DEFINE_FINAL_TYPE (MwSourceRow, mw_source_row, ADW_TYPE_ACTION_ROW)

/* Who named @endpoint: nobody when it was not a candidate of the last run. */
static MwCandidate *
find_candidate (MwSetup    *setup,
                MwEndpoint *endpoint)
{
  GPtrArray *verdicts = mw_setup_get_verdicts (setup);

  for (guint i = 0; i < verdicts->len; i++)
    {
      MwVerdict *verdict = g_ptr_array_index (verdicts, i);

      if (mw_endpoint_equal (mw_candidate_get_endpoint (verdict->candidate), endpoint))
        return verdict->candidate;
    }

  return NULL;
}

static const char *
get_protocol_name (MwEndpoint *endpoint)
{
  switch (mw_endpoint_get_protocol (endpoint))
    {
    case MW_PROTOCOL_IMAP:
      return "IMAP";
    case MW_PROTOCOL_POP3:
      return "POP";
    case MW_PROTOCOL_SMTP:
    default:
      return "SMTP";
    }
}

static char *
describe_basis (MwSetup    *setup,
                MwEndpoint *endpoint,
                MwServerBasis  basis)
{
  MwCandidate *candidate = find_candidate (setup, endpoint);
  guint origins = candidate != NULL ? mw_candidate_get_origins (candidate) : 0;
  g_autofree char *domain = mw_foreign_text_new_host (
    mw_address_get_domain_display (mw_setup_get_address (setup)));
  g_autofree char *sources = NULL;

  origins &= ~(1u << MW_ORIGIN_MANUAL);
  if (origins == 0)
    origins = 1u << MW_ORIGIN_GUESS;
  sources = mw_advice_name_sources (origins, domain);

  switch (basis)
    {
    case MW_SERVER_BASIS_ANSWERED:
      /* Translators: %s is who named this server. */
      return g_strdup_printf (_("It answers. Named by: %s"), sources);
    case MW_SERVER_BASIS_SILENT:
      /* Translators: the first %s is IMAP, POP or SMTP, the second who named
       * this server. */
      return g_strdup_printf (_("No %s server answered when it was tried. Named by: %s"),
                              get_protocol_name (endpoint), sources);
    case MW_SERVER_BASIS_GUESS:
      return g_strdup (_("A guess: a usual name that nobody has tried yet"));
    case MW_SERVER_BASIS_TYPED:
    default:
      return NULL;
    }
}

static void
mw_source_row_class_init (MwSourceRowClass *klass)
{
}

static void
mw_source_row_init (MwSourceRow *self)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _("Filled in for you"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
mw_source_row_show (MwSourceRow   *self,
                    MwSetup       *setup,
                    MwEndpoint    *endpoint,
                    MwServerBasis  basis)
{
  g_autofree char *host = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *text = NULL;
  guint port;

  g_return_if_fail (MW_IS_SOURCE_ROW (self));
  g_return_if_fail (MW_IS_SETUP (setup));

  gtk_widget_set_visible (GTK_WIDGET (self), endpoint != NULL);
  if (endpoint == NULL)
    return;

  host = mw_foreign_text_new_host (mw_endpoint_get_host (endpoint));
  port = mw_endpoint_get_port (endpoint);
  reason = describe_basis (setup, endpoint, basis);
  /* Translators: a server's name, its port number, the kind of encryption, and
   * in a line of its own where that is known from. */
  text = g_strdup_printf (_("%s, port %u, %s\n%s"), host, port,
                          mw_advice_describe_security (endpoint), reason);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}
