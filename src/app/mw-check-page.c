/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-check-page.h"

#include <glib/gi18n.h>

#include "app/mw-consent.h"
#include "app/mw-control-names.h"
#include "app/mw-details-view.h"
#include "app/mw-foreign-text.h"
#include "app/mw-heading.h"
#include "app/mw-step-row.h"
#include "app/mw-tab-order.h"
#include "setup/mw-setup-review.h"

/* Whole seconds: more would be nothing but unrest. */
#define TICK_MS 250

struct _MwCheckPage
{
  AdwBin         parent_instance;

  /* Template widgets */
  MwHeading     *heading;
  GtkWidget     *question_box;
  GtkLabel      *question_label;
  GtkListBox    *hosts_list;
  GtkWidget     *refuse_button;
  GtkWidget     *allow_button;
  GtkWidget     *progress_list;
  GtkWidget     *browser_label;
  MwStepRow     *receiving_row;
  MwStepRow     *sending_row;
  GtkLabel      *elapsed_label;
  GtkWidget     *cancel_button;
  MwDetailsView *details_view;

  /* Owned */
  MwSetup       *setup;
  GSignalGroup  *setup_signals;
  guint          tick_id;

  gboolean       waiting;  /* for the network */
};

G_DEFINE_FINAL_TYPE (MwCheckPage, mw_check_page, ADW_TYPE_BIN)

static gboolean
side_works (MwCheckPage *self,
            MwSide       side)
{
  MwVerdict *verdict = mw_setup_get_verdict (self->setup, side);

  return verdict != NULL && verdict->outcome == MW_OUTCOME_WORKS;
}

static void
update_side (MwCheckPage *self,
             MwSide       side,
             MwStepRow   *row)
{
  gboolean checking = mw_setup_get_state (self->setup) == MW_SETUP_STATE_CHECKING;
  g_autofree char *words = NULL;

  if (self->waiting)
    words = g_strdup (_("Waiting for the network"));
  else
    words = mw_setup_describe_progress (self->setup, side);
  mw_step_row_set_words (row, words, TRUE);
  if (side_works (self, side))
    mw_step_row_set_mark (row, MW_STEP_MARK_DONE);
  else
    mw_step_row_set_mark (row, checking || self->waiting ? MW_STEP_MARK_BUSY : MW_STEP_MARK_NONE);
}

static void
update_elapsed (MwCheckPage *self)
{
  gint64 elapsed_us = MAX (mw_setup_get_elapsed_us (self->setup), 0);
  g_autofree char *text = NULL;

  /* Translators: how long the check has taken so far, in seconds. */
  text = g_strdup_printf (_("%d s"), (int) (elapsed_us / G_USEC_PER_SEC));
  gtk_label_set_text (self->elapsed_label, text);
}

/* Who named a host, from whichever of its endpoints says most. */
static char *
describe_sources (MwCheckPage *self,
                  const char  *host)
{
  GPtrArray *verdicts = mw_setup_get_verdicts (self->setup);
  MwAddress *address = mw_setup_get_address (self->setup);
  g_autofree char *domain = mw_foreign_text_new_host (mw_address_get_domain_display (address));
  guint origins = 0;

  for (guint i = 0; verdicts != NULL && i < verdicts->len; i++)
    {
      MwVerdict *verdict = g_ptr_array_index (verdicts, i);
      MwEndpoint *endpoint = mw_candidate_get_endpoint (verdict->candidate);

      if (g_str_equal (mw_endpoint_get_host (endpoint), host))
        origins |= mw_candidate_get_origins (verdict->candidate);
    }

  return mw_advice_name_sources (origins, domain);
}

static void
update_question (MwCheckPage *self)
{
  const char * const *hosts = mw_setup_get_consent_hosts (self->setup);
  MwAdvice *advice = mw_setup_get_advice (self->setup);
  g_autofree char *unused = mw_setup_describe_unused_hosts (self->setup);
  g_autofree char *text = NULL;
  g_autofree char *heard = NULL;
  GtkListBoxRow *old;

  while ((old = gtk_list_box_get_row_at_index (self->hosts_list, 0)) != NULL)
    gtk_list_box_remove (self->hosts_list, GTK_WIDGET (old));

  for (gsize i = 0; hosts != NULL && hosts[i] != NULL; i++)
    {
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *host = mw_foreign_text_describe_host (hosts[i]);
      g_autofree char *sources = describe_sources (self, hosts[i]);
      g_autofree char *subtitle = NULL;

      /* Translators: who named this server, as in "Named by: Name service
       * (SRV)". */
      subtitle = g_strdup_printf (_("Named by: %s"), sources);
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), host);
      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), *sources != '\0' ? subtitle : "");
      gtk_list_box_append (self->hosts_list, row);
    }

  text = g_strjoin ("\n\n", advice != NULL ? advice->text : "", unused, NULL);
  gtk_label_set_text (self->question_label, text);
  if (advice != NULL && advice->action_label != NULL)
    {
      gtk_button_set_label (GTK_BUTTON (self->allow_button), advice->action_label);
      mw_control_names_mend (self->allow_button);
    }

  /* It has the focus, so the question is heard with it. */
  heard = g_strdup_printf ("%s %s", advice != NULL ? advice->title : "", text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->refuse_button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, heard,
                                  -1);
}

static char *
make_heading (MwCheckPage *self)
{
  MwAddress *address = mw_setup_get_address (self->setup);
  MwAdvice *advice = mw_setup_get_advice (self->setup);
  g_autofree char *name = NULL;

  if (mw_setup_get_state (self->setup) == MW_SETUP_STATE_QUESTION && advice != NULL)
    return g_strdup (advice->title);
  if (address == NULL)
    return g_strdup (_("Checking…"));

  name = mw_foreign_text_new (mw_address_get_display (address), 254);

  /* Translators: %s is an e-mail address. */
  return g_strdup_printf (_("Checking %s"), name);
}

/* The one place that derives what is visible from the state. */
static void
mw_check_page_update (MwCheckPage *self)
{
  g_autofree char *heading = NULL;
  gboolean question;
  gboolean browser;

  if (self->setup == NULL)
    return;

  question = mw_setup_get_state (self->setup) == MW_SETUP_STATE_QUESTION;
  heading = make_heading (self);
  mw_heading_set_text (self->heading, heading);

  gtk_widget_set_visible (self->question_box, question);
  gtk_widget_set_visible (self->progress_list, !question);
  g_object_get (self->setup, "browser-sign-in", &browser, NULL);
  gtk_widget_set_visible (self->browser_label, browser && !question);
  gtk_widget_set_visible (GTK_WIDGET (self->elapsed_label), !question);
  gtk_widget_set_visible (self->cancel_button, !question);

  update_side (self, MW_SIDE_INCOMING, self->receiving_row);
  update_side (self, MW_SIDE_OUTGOING, self->sending_row);
  update_elapsed (self);
}

static void
on_state_changed (MwCheckPage *self)
{
  mw_check_page_update (self);

  if (mw_setup_get_state (self->setup) != MW_SETUP_STATE_QUESTION)
    return;

  update_question (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (self->refuse_button);
}

static gboolean
on_tick (gpointer user_data)
{
  MwCheckPage *self = MW_CHECK_PAGE (user_data);

  if (self->setup != NULL && mw_setup_get_state (self->setup) == MW_SETUP_STATE_CHECKING)
    update_elapsed (self);

  return G_SOURCE_CONTINUE;
}

static void
on_allow_clicked_cb (MwCheckPage *self)
{
  const char * const *hosts = mw_setup_get_consent_hosts (self->setup);
  g_auto(GStrv) copy = g_strdupv ((char **) hosts);

  for (gsize i = 0; copy != NULL && copy[i] != NULL; i++)
    mw_setup_allow_host (self->setup, copy[i]);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.check", NULL);
}

static void
mw_check_page_map (GtkWidget *widget)
{
  MwCheckPage *self = MW_CHECK_PAGE (widget);

  GTK_WIDGET_CLASS (mw_check_page_parent_class)->map (widget);

  /* No default widget: Enter must never say yes to the question. */
  gtk_window_set_default_widget (GTK_WINDOW (gtk_widget_get_root (widget)), NULL);
  mw_check_page_update (self);
  self->tick_id = g_timeout_add (TICK_MS, on_tick, self);
}

static gboolean
mw_check_page_grab_focus (GtkWidget *widget)
{
  MwCheckPage *self = MW_CHECK_PAGE (widget);

  if (gtk_widget_get_visible (self->question_box))
    return gtk_widget_grab_focus (self->refuse_button);

  return gtk_widget_grab_focus (GTK_WIDGET (self->heading));
}

static void
mw_check_page_unmap (GtkWidget *widget)
{
  MwCheckPage *self = MW_CHECK_PAGE (widget);

  g_clear_handle_id (&self->tick_id, g_source_remove);

  GTK_WIDGET_CLASS (mw_check_page_parent_class)->unmap (widget);
}

static void
mw_check_page_dispose (GObject *object)
{
  MwCheckPage *self = MW_CHECK_PAGE (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_object (&self->setup_signals);
  g_clear_object (&self->setup);

  G_OBJECT_CLASS (mw_check_page_parent_class)->dispose (object);
}

static void
mw_check_page_class_init (MwCheckPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mw_check_page_dispose;
  widget_class->map = mw_check_page_map;
  widget_class->unmap = mw_check_page_unmap;
  widget_class->grab_focus = mw_check_page_grab_focus;
  mw_tab_order_pass_through (widget_class);

  g_type_ensure (MW_TYPE_DETAILS_VIEW);
  g_type_ensure (MW_TYPE_HEADING);
  g_type_ensure (MW_TYPE_STEP_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "mw-check-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MwCheckPage, heading);
  gtk_widget_class_bind_template_child (widget_class, MwCheckPage, question_box);
  gtk_widget_class_bind_template_child (widget_class, MwCheckPage, question_label);
  gtk_widget_class_bind_template_child (widget_class, MwCheckPage, hosts_list);
  gtk_widget_class_bind_template_child (widget_class, MwCheckPage, refuse_button);
  gtk_widget_class_bind_template_child (widget_class, MwCheckPage, allow_button);
  gtk_widget_class_bind_template_child (widget_class, MwCheckPage, progress_list);
  gtk_widget_class_bind_template_child (widget_class, MwCheckPage, browser_label);
  gtk_widget_class_bind_template_child (widget_class, MwCheckPage, receiving_row);
  gtk_widget_class_bind_template_child (widget_class, MwCheckPage, sending_row);
  gtk_widget_class_bind_template_child (widget_class, MwCheckPage, elapsed_label);
  gtk_widget_class_bind_template_child (widget_class, MwCheckPage, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, MwCheckPage, details_view);
  gtk_widget_class_bind_template_callback (widget_class, on_allow_clicked_cb);
}

static void
mw_check_page_init (MwCheckPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  mw_consent_guard_button (self->allow_button);

  self->setup_signals = g_signal_group_new (MW_TYPE_SETUP);
  g_signal_group_connect_swapped (self->setup_signals, "changed",
                                  G_CALLBACK (mw_check_page_update), self);
  g_signal_group_connect_swapped (self->setup_signals, "notify::state",
                                  G_CALLBACK (on_state_changed), self);
}

void
mw_check_page_set_setup (MwCheckPage *self,
                         MwSetup     *setup)
{
  g_return_if_fail (MW_IS_CHECK_PAGE (self));
  g_return_if_fail (setup == NULL || MW_IS_SETUP (setup));

  if (!g_set_object (&self->setup, setup))
    return;

  g_signal_group_set_target (self->setup_signals, setup);
  mw_details_view_set_setup (self->details_view, setup);
  mw_check_page_update (self);
}

void
mw_check_page_set_waiting (MwCheckPage *self,
                           gboolean     waiting)
{
  g_return_if_fail (MW_IS_CHECK_PAGE (self));

  self->waiting = waiting;
  mw_check_page_update (self);
}
