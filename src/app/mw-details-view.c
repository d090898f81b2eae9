/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-details-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "app/mw-certificate-view.h"
#include "app/mw-foreign-text.h"
#include "setup/mw-setup-trust.h"

#define DETAIL_MAX_CHARS 200

struct _MwDetailsView
{
  GtkBox             parent_instance;

  /* Template widgets */
  MwCertificateView *certificate_view;
  GtkWidget         *incoming_group;
  GtkListBox        *incoming_list;
  GtkWidget         *outgoing_group;
  GtkListBox        *outgoing_list;
  GtkWidget         *sources_group;
  GtkListBox        *sources_list;
  GtkListBox        *conflicts_list;

  /* Owned */
  MwSetup           *setup;
  GSignalGroup      *setup_signals;
};

G_DEFINE_FINAL_TYPE (MwDetailsView, mw_details_view, GTK_TYPE_BOX)

/* A row is reused for whatever stands in its place, so that the focus of a
 * screen reader survives an update. */
static AdwActionRow *
ensure_row (GtkListBox *list,
            int         index)
{
  GtkListBoxRow *found = gtk_list_box_get_row_at_index (list, index);
  AdwActionRow *row;
  GtkWidget *time_label;

  if (found != NULL)
    return ADW_ACTION_ROW (found);

  row = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_title_lines (row, 0);
  adw_action_row_set_subtitle_lines (row, 0);

  time_label = gtk_label_new (NULL);
  gtk_widget_add_css_class (time_label, "numeric");
  gtk_widget_add_css_class (time_label, "dim-label");
  adw_action_row_add_suffix (row, time_label);
  g_object_set_data (G_OBJECT (row), "time-label", time_label);

  gtk_list_box_append (list, GTK_WIDGET (row));

  return row;
}

/* A screen reader speaks the description with the row; nothing happens where
 * nothing is new. */
static void
set_row_text (AdwActionRow *row,
              const char   *title,
              const char   *subtitle)
{
  if (g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), title) != 0)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (g_strcmp0 (adw_action_row_get_subtitle (row), subtitle) == 0)
    return;

  adw_action_row_set_subtitle (row, subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle,
                                  -1);
}

static void
cut_rows (GtkListBox *list,
          GtkWidget  *group,
          int         n_rows)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, n_rows)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));

  gtk_widget_set_visible (group, n_rows > 0);
}

static void
set_row_time (AdwActionRow *row,
              gint64        elapsed_us)
{
  GtkLabel *label = g_object_get_data (G_OBJECT (row), "time-label");
  g_autofree char *text = NULL;

  if (elapsed_us >= 0)
    {
      int milliseconds = (int) MIN (elapsed_us / 1000, G_MAXINT);

      /* Translators: a duration in milliseconds. */
      text = g_strdup_printf (_("%d ms"), milliseconds);
    }

  gtk_label_set_text (label, text != NULL ? text : "");
}

static const char *
describe_service (MwEndpoint *endpoint)
{
  switch (mw_endpoint_get_protocol (endpoint))
    {
    case MW_PROTOCOL_IMAP:
      return "IMAP";
    case MW_PROTOCOL_POP3:
      return "POP3";
    case MW_PROTOCOL_SMTP:
    default:
      return "SMTP";
    }
}

static void
update_verdict_row (AdwActionRow *row,
                    MwVerdict    *verdict,
                    GPtrArray    *verdicts,
                    const char   *domain)
{
  MwEndpoint *endpoint = mw_candidate_get_endpoint (verdict->candidate);
  g_autofree char *host = mw_foreign_text_new_host (mw_endpoint_get_host (endpoint));
  g_autofree char *stage = mw_advice_describe_stage (verdict);
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;
  g_autofree char *sources = NULL;
  g_autofree char *family = mw_advice_describe_family (verdict, verdicts);
  g_auto(GStrv) notes = mw_advice_dup_notes (verdict->notes);
  g_autoptr(GString) lines = NULL;
  guint port = mw_endpoint_get_port (endpoint);

  /* Translators: a server's name and its port number. */
  title = g_strdup_printf (_("%s, port %u"), host, port);
  /* Translators: protocol, kind of encryption, and what happened there, as
   * in "IMAP, SSL/TLS: Works". */
  subtitle = g_strdup_printf (_("%s, %s: %s"),
                              describe_service (endpoint),
                              mw_advice_describe_security (endpoint),
                              stage);

  lines = g_string_new (subtitle);
  if (family != NULL)
    g_string_append_printf (lines, "\n%s", family);
  for (gsize i = 0; notes[i] != NULL; i++)
    g_string_append_printf (lines, "\n%s", notes[i]);
  sources = mw_advice_name_sources (mw_candidate_get_origins (verdict->candidate), domain);
  g_string_append_c (lines, '\n');
  /* Translators: who named this server, as in "Named by: Name service (SRV)". */
  g_string_append_printf (lines, _("Named by: %s"), sources);
  set_row_text (row, title, lines->str);
  set_row_time (row, verdict->elapsed_us[MW_STAGE_DONE]);
}

static void
update_source_row (AdwActionRow   *row,
                   MwRedactor     *redactor,
                   MwSourceReport *report,
                   const char     *domain)
{
  g_autofree char *name = NULL;
  g_autofree char *state = mw_advice_describe_source (report);
  g_autofree char *harmless = mw_redactor_mask (redactor, mw_source_report_get_detail (report),
                                                MW_REDACTOR_HIDE_NOTHING);
  g_autofree char *detail = mw_foreign_text_new (harmless, DETAIL_MAX_CHARS);
  g_autofree char *subtitle = NULL;
  MwSourceOutcome outcome = mw_source_report_get_outcome (report);
  gboolean asked = outcome != MW_SOURCE_OUTCOME_PENDING && outcome != MW_SOURCE_OUTCOME_SKIPPED;

  name = mw_advice_name_sources (1u << mw_source_report_get_origin (report), domain);
  subtitle = g_strdup_printf ("%s%s%s", state, *detail != '\0' ? "\n" : "", detail);
  set_row_text (row, name, subtitle);
  gtk_accessible_update_state (GTK_ACCESSIBLE (row),
                               GTK_ACCESSIBLE_STATE_BUSY, outcome == MW_SOURCE_OUTCOME_PENDING,
                               -1);
  set_row_time (row, asked ? mw_source_report_get_elapsed_us (report) : -1);
}

static void
update_conflict_row (AdwActionRow *row,
                     MwConflict   *conflict,
                     const char   *domain)
{
  g_autofree char *text = mw_advice_describe_conflict (conflict, domain);

  set_row_text (row, mw_advice_title_conflict (conflict), text);
}

static char *
dup_domain (MwSetup *setup)
{
  MwAddress *address = mw_setup_get_address (setup);

  return address != NULL ? mw_foreign_text_new_host (mw_address_get_domain_display (address))
                         : NULL;
}

static void
update_verdicts (MwDetailsView *self,
                 const char    *domain)
{
  GPtrArray *verdicts = mw_setup_get_verdicts (self->setup);
  int n_rows[2] = { 0, 0 };

  for (guint i = 0; i < verdicts->len; i++)
    {
      MwVerdict *verdict = g_ptr_array_index (verdicts, i);
      MwSide side = mw_endpoint_get_side (mw_candidate_get_endpoint (verdict->candidate));
      GtkListBox *list = side == MW_SIDE_INCOMING ? self->incoming_list : self->outgoing_list;

      update_verdict_row (ensure_row (list, n_rows[side]++), verdict, verdicts, domain);
    }

  cut_rows (self->incoming_list, self->incoming_group, n_rows[MW_SIDE_INCOMING]);
  cut_rows (self->outgoing_list, self->outgoing_group, n_rows[MW_SIDE_OUTGOING]);
}

static void
update_sources (MwDetailsView *self,
                const char    *domain)
{
  GPtrArray *reports = mw_setup_get_source_reports (self->setup);
  GPtrArray *conflicts = mw_setup_get_conflicts (self->setup);

  for (guint i = 0; i < reports->len; i++)
    update_source_row (ensure_row (self->sources_list, i), mw_setup_get_redactor (self->setup),
                       g_ptr_array_index (reports, i), domain);
  for (guint i = 0; i < conflicts->len; i++)
    update_conflict_row (ensure_row (self->conflicts_list, i),
                         g_ptr_array_index (conflicts, i), domain);

  cut_rows (self->sources_list, self->sources_group, reports->len);
  cut_rows (self->conflicts_list, GTK_WIDGET (self->conflicts_list), conflicts->len);
}

/* The certificate is shown only where it is what stopped the run. */
static MwCertificateReport *
find_certificate (MwSetup *setup)
{
  MwVerdict *verdict = mw_setup_get_certificate_verdict (setup);

  return verdict != NULL ? mw_tls_facts_get_report (verdict->tls) : NULL;
}

static void
clear (MwDetailsView *self)
{
  cut_rows (self->sources_list, self->sources_group, 0);
  cut_rows (self->conflicts_list, GTK_WIDGET (self->conflicts_list), 0);
  cut_rows (self->incoming_list, self->incoming_group, 0);
  cut_rows (self->outgoing_list, self->outgoing_group, 0);
  mw_certificate_view_set_report (self->certificate_view, NULL, NULL);
}

static void
mw_details_view_update (MwDetailsView *self)
{
  g_autofree char *domain = NULL;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  if (self->setup == NULL)
    {
      clear (self);
      return;
    }

  domain = dup_domain (self->setup);
  update_sources (self, domain);
  update_verdicts (self, domain);
  mw_certificate_view_set_report (self->certificate_view,
                                  find_certificate (self->setup),
                                  mw_setup_get_redactor (self->setup));
}

static void
mw_details_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (mw_details_view_parent_class)->map (widget);

  mw_details_view_update (MW_DETAILS_VIEW (widget));
}

static void
mw_details_view_dispose (GObject *object)
{
  MwDetailsView *self = MW_DETAILS_VIEW (object);

  g_clear_object (&self->setup_signals);
  g_clear_object (&self->setup);

  G_OBJECT_CLASS (mw_details_view_parent_class)->dispose (object);
}

static void
mw_details_view_class_init (MwDetailsViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mw_details_view_dispose;
  widget_class->map = mw_details_view_map;

  g_type_ensure (MW_TYPE_CERTIFICATE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "mw-details-view.ui");
  gtk_widget_class_bind_template_child (widget_class, MwDetailsView, certificate_view);
  gtk_widget_class_bind_template_child (widget_class, MwDetailsView, incoming_group);
  gtk_widget_class_bind_template_child (widget_class, MwDetailsView, incoming_list);
  gtk_widget_class_bind_template_child (widget_class, MwDetailsView, outgoing_group);
  gtk_widget_class_bind_template_child (widget_class, MwDetailsView, outgoing_list);
  gtk_widget_class_bind_template_child (widget_class, MwDetailsView, sources_group);
  gtk_widget_class_bind_template_child (widget_class, MwDetailsView, sources_list);
  gtk_widget_class_bind_template_child (widget_class, MwDetailsView, conflicts_list);
}

static void
mw_details_view_init (MwDetailsView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->setup_signals = g_signal_group_new (MW_TYPE_SETUP);
  g_signal_group_connect_swapped (self->setup_signals, "changed",
                                  G_CALLBACK (mw_details_view_update), self);
  g_signal_group_connect_swapped (self->setup_signals, "notify::state",
                                  G_CALLBACK (mw_details_view_update), self);
}

void
mw_details_view_set_setup (MwDetailsView *self,
                           MwSetup       *setup)
{
  g_return_if_fail (MW_IS_DETAILS_VIEW (self));
  g_return_if_fail (setup == NULL || MW_IS_SETUP (setup));

  if (!g_set_object (&self->setup, setup))
    return;

  g_signal_group_set_target (self->setup_signals, setup);
  mw_details_view_update (self);
}
