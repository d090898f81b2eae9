/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-details-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "app/mw-certificate-view.h"
#include "app/mw-foreign-text.h"
#include "app/mw-step-row.h"
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
  GtkLabel          *search_label;
  GtkListBox        *sources_list;
  GtkListBox        *conflicts_list;

  /* Owned */
  MwSetup           *setup;
  GSignalGroup      *setup_signals;

  gboolean           live;  /* the run is under way */
};

G_DEFINE_FINAL_TYPE (MwDetailsView, mw_details_view, GTK_TYPE_BOX)

/* A row is reused for whatever stands in its place, so that the focus of a
 * screen reader survives an update. */
static MwStepRow *
ensure_row (GtkListBox *list,
            int         index)
{
  GtkListBoxRow *found = gtk_list_box_get_row_at_index (list, index);
  GtkWidget *row;

  if (found != NULL)
    return MW_STEP_ROW (found);

  row = mw_step_row_new ();
  gtk_list_box_append (list, row);

  return MW_STEP_ROW (row);
}

/* While a run is under way a server keeps the row it got first, so that
 * nothing moves under the eyes of whoever reads. */
static MwStepRow *
ensure_server_row (GtkListBox *list,
                   MwEndpoint *endpoint)
{
  GtkListBoxRow *found;
  MwStepRow *row;
  int index = 0;

  while ((found = gtk_list_box_get_row_at_index (list, index)) != NULL)
    {
      MwEndpoint *other = g_object_get_data (G_OBJECT (found), "endpoint");

      if (other != NULL && mw_endpoint_equal (other, endpoint))
        return MW_STEP_ROW (found);
      index++;
    }

  row = ensure_row (list, index);
  g_object_set_data_full (G_OBJECT (row), "endpoint", mw_endpoint_ref (endpoint),
                          (GDestroyNotify) mw_endpoint_unref);

  return row;
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

/* What is known of it only when it has answered. */
static void
append_findings (GString    *lines,
                 MwVerdict  *verdict,
                 GPtrArray  *verdicts,
                 const char *domain)
{
  g_autofree char *family = mw_advice_describe_family (verdict, verdicts);
  g_auto(GStrv) notes = mw_advice_dup_notes (verdict->notes);
  g_autofree char *sources = NULL;

  if (family != NULL)
    g_string_append_printf (lines, "\n%s", family);
  for (gsize i = 0; notes[i] != NULL; i++)
    g_string_append_printf (lines, "\n%s", notes[i]);
  sources = mw_advice_name_sources (mw_candidate_get_origins (verdict->candidate), domain);
  g_string_append_c (lines, '\n');
  /* Translators: who named this server, as in "Named by: Name service (SRV)". */
  g_string_append_printf (lines, _("Named by: %s"), sources);
}

static void
update_verdict_row (MwDetailsView *self,
                    MwStepRow     *row,
                    MwVerdict     *verdict,
                    const char    *domain)
{
  MwEndpoint *endpoint = mw_candidate_get_endpoint (verdict->candidate);
  g_autofree char *host = mw_foreign_text_new_host (mw_endpoint_get_host (endpoint));
  g_autofree char *stage = mw_advice_describe_stage (verdict);
  g_autofree char *title = NULL;
  g_autoptr(GString) lines = g_string_new (NULL);
  guint port = mw_endpoint_get_port (endpoint);

  /* Translators: a server's name and its port number. */
  title = g_strdup_printf (_("%s, port %u"), host, port);
  /* Translators: protocol, kind of encryption, and what happened there, as
   * in "IMAP, SSL/TLS: Works". */
  g_string_append_printf (lines, _("%s, %s: %s"),
                          mw_advice_name_protocol (endpoint),
                          mw_advice_describe_security (endpoint),
                          stage);
  if (!self->live)
    append_findings (lines, verdict, mw_setup_get_verdicts (self->setup), domain);

  mw_step_row_set_title (row, title);
  mw_step_row_set_words (row, lines->str, self->live);
  mw_step_row_set_duration (row, verdict->elapsed_us[MW_STAGE_DONE]);
}

static void
update_source_row (MwDetailsView  *self,
                   MwStepRow      *row,
                   MwSourceReport *report,
                   const char     *domain)
{
  g_autofree char *name = NULL;
  g_autofree char *state = mw_advice_describe_source (report);
  g_autofree char *detail = mw_advice_explain_source (report);
  g_autofree char *harmless = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *words = NULL;
  MwSourceOutcome outcome = mw_source_report_get_outcome (report);
  gboolean asked = outcome != MW_SOURCE_OUTCOME_PENDING && outcome != MW_SOURCE_OUTCOME_SKIPPED;

  harmless = mw_redactor_mask (mw_setup_get_redactor (self->setup), detail,
                               MW_REDACTOR_HIDE_NOTHING);
  shown = mw_foreign_text_new (harmless, DETAIL_MAX_CHARS);
  name = mw_advice_name_sources (1u << mw_source_report_get_origin (report), domain);
  words = g_strdup_printf ("%s%s%s", state, *shown != '\0' ? "\n" : "", shown);
  mw_step_row_set_title (row, name);
  mw_step_row_set_words (row, self->live ? state : words, self->live);
  mw_step_row_set_duration (row, asked ? mw_source_report_get_elapsed_us (report) : -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (row),
                               GTK_ACCESSIBLE_STATE_BUSY, outcome == MW_SOURCE_OUTCOME_PENDING,
                               -1);
}

static void
update_conflict_row (MwStepRow  *row,
                     MwConflict *conflict,
                     const char *domain)
{
  g_autofree char *text = mw_advice_describe_conflict (conflict, domain);

  mw_step_row_set_title (row, mw_advice_title_conflict (conflict));
  mw_step_row_set_words (row, text, FALSE);
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
  GtkListBox *lists[] = { self->incoming_list, self->outgoing_list };
  GtkWidget *groups[] = { self->incoming_group, self->outgoing_group };
  int n_rows[2] = { 0, 0 };

  for (guint i = 0; i < verdicts->len; i++)
    {
      MwVerdict *verdict = g_ptr_array_index (verdicts, i);
      MwEndpoint *endpoint = mw_candidate_get_endpoint (verdict->candidate);
      MwSide side = mw_endpoint_get_side (endpoint);
      MwStepRow *row = self->live ? ensure_server_row (lists[side], endpoint)
                                  : ensure_row (lists[side], n_rows[side]);

      update_verdict_row (self, row, verdict, domain);
      n_rows[side]++;
    }

  for (guint side = 0; side < 2; side++)
    cut_rows (lists[side], groups[side], n_rows[side]);
}

static void
update_sources (MwDetailsView *self,
                const char    *domain)
{
  GPtrArray *reports = mw_setup_get_source_reports (self->setup);
  GPtrArray *conflicts = mw_setup_get_conflicts (self->setup);
  g_autofree char *search = mw_advice_describe_search (reports);
  guint n_conflicts = self->live ? 0 : conflicts->len;

  for (guint i = 0; i < reports->len; i++)
    update_source_row (self, ensure_row (self->sources_list, i), reports->pdata[i], domain);
  for (guint i = 0; i < n_conflicts; i++)
    update_conflict_row (ensure_row (self->conflicts_list, i), conflicts->pdata[i], domain);

  gtk_label_set_text (self->search_label, search);
  cut_rows (self->sources_list, self->sources_group, reports->len);
  cut_rows (self->conflicts_list, GTK_WIDGET (self->conflicts_list), n_conflicts);
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

/* While a run is under way nothing is taken away and nothing grows in the
 * middle; the rest is said when it has ended. */
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

  self->live = mw_setup_get_state (self->setup) == MW_SETUP_STATE_CHECKING;
  domain = dup_domain (self->setup);
  update_sources (self, domain);
  update_verdicts (self, domain);
  mw_certificate_view_set_report (self->certificate_view,
                                  self->live ? NULL : find_certificate (self->setup),
                                  mw_setup_get_redactor (self->setup));
}

/* The rows of the run before are in its order. */
static void
on_state_changed (MwDetailsView *self)
{
  if (self->setup != NULL && mw_setup_get_state (self->setup) == MW_SETUP_STATE_CHECKING)
    clear (self);

  mw_details_view_update (self);
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
  gtk_widget_class_bind_template_child (widget_class, MwDetailsView, search_label);
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
                                  G_CALLBACK (on_state_changed), self);
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
