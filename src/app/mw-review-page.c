/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-review-page.h"

#include <glib/gi18n.h>

#include "app/mw-consent.h"
#include "app/mw-control-names.h"
#include "app/mw-entry-pause.h"
#include "app/mw-foreign-text.h"
#include "app/mw-heading.h"
#include "app/mw-host-markup.h"
#include "app/mw-review-text.h"
#include "app/mw-tab-order.h"
#include "setup/mw-advice.h"
#include "setup/mw-setup-review.h"

struct _MwReviewPage
{
  AdwBin        parent_instance;

  /* Template widgets */
  MwHeading    *heading;
  GtkLabel     *origin_label;
  GtkListBox   *incoming_list;
  GtkListBox   *outgoing_list;
  GtkWidget    *incoming_box;
  GtkWidget    *outgoing_box;
  GtkLabel     *elsewhere_label;
  GtkLabel     *notes_label;
  GtkEditable  *address_row;
  GtkLabel     *error_label;
  GtkWidget    *consent_list;
  AdwActionRow *consent_row;
  GtkSwitch    *consent_button;
  GtkWidget    *continue_button;

  /* Owned */
  MwEngine     *engine;
  GBytes       *content;
  MwInspection *inspection;
  MwEntryPause *pause;
  char         *domain;       /* the tick is about this one */

  guint         delay;
  gboolean      needs_consent;
  gboolean      armed;        /* the page was there long enough */
  gboolean      filling;      /* the address is the file's */
  gboolean      typed;
};

G_DEFINE_FINAL_TYPE (MwReviewPage, mw_review_page, ADW_TYPE_BIN)

enum {
  ACCEPTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
show_error (MwReviewPage *self,
            const char   *sentence)
{
  gtk_label_set_text (self->error_label, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), sentence != NULL);
  mw_control_names_describe_entry (GTK_WIDGET (self->address_row), sentence, sentence != NULL);
}

/* Whether what stands there is an address; otherwise it is said. */
static gboolean
check_address (MwReviewPage *self)
{
  g_autofree char *sentence =
    mw_advice_explain_address (gtk_editable_get_text (self->address_row));

  if (sentence != NULL)
    show_error (self, sentence);
  return sentence == NULL;
}

static GtkWidget *
make_server_row (MwEndpoint *endpoint)
{
  const char *host = mw_endpoint_get_host (endpoint);
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = mw_host_markup_new (host);
  g_autofree char *subtitle = mw_review_text_describe_server (endpoint);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle,
                                  -1);
  return row;
}

static gboolean
fill_list (MwReviewPage *self,
           MwSide        side,
           GtkListBox   *list)
{
  GPtrArray *candidates = self->inspection->candidates;
  GtkListBoxRow *old;
  gboolean any = FALSE;

  while ((old = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (old));

  for (guint i = 0; i < candidates->len; i++)
    {
      MwEndpoint *endpoint = mw_candidate_get_endpoint (candidates->pdata[i]);

      if (mw_endpoint_get_side (endpoint) != side)
        continue;
      gtk_list_box_append (list, make_server_row (endpoint));
      any = TRUE;
    }

  return any;
}

static void
update_texts (MwReviewPage *self,
              const char   *domain)
{
  g_autofree char *places = NULL;
  g_autofree char *notes = mw_review_text_tell_notes (self->inspection);

  if (domain != NULL)
    places = mw_review_text_tell_places (self->inspection, domain);
  gtk_label_set_markup (self->elsewhere_label, places != NULL ? places : "");
  gtk_widget_set_visible (GTK_WIDGET (self->elsewhere_label), places != NULL);
  gtk_label_set_text (self->notes_label, notes);
  gtk_widget_set_visible (GTK_WIDGET (self->notes_label), *notes != '\0');
}

static void
update_continue (MwReviewPage *self)
{
  gboolean said = !self->needs_consent || gtk_switch_get_active (self->consent_button);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_widget_set_sensitive (self->continue_button, self->armed && said);
  if (self->needs_consent)
    gtk_widget_remove_css_class (self->continue_button, "suggested-action");
  else
    gtk_widget_add_css_class (self->continue_button, "suggested-action");

  /* Enter says yes to nothing. */
  if (GTK_IS_WINDOW (root) && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_window_set_default_widget (GTK_WINDOW (root),
                                   self->needs_consent ? NULL : self->continue_button);
}

/* A yes is about one domain. */
static void
update_consent (MwReviewPage *self,
                const char   *domain)
{
  g_autofree char *shown = domain != NULL ? mw_foreign_text_describe_host (domain) : NULL;
  g_autofree char *title = NULL;

  self->needs_consent = mw_setup_review_needs_consent (self->engine, self->inspection);
  if (g_strcmp0 (self->domain, domain) != 0)
    gtk_switch_set_active (self->consent_button, FALSE);
  g_free (self->domain);
  self->domain = g_strdup (domain);

  /* Translators: %s is the domain of an e-mail address. */
  title = domain != NULL ? g_strdup_printf (_("I have an account at %s"), shown)
                         : g_strdup (_("I have an account there"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->consent_row), title);
  gtk_widget_set_visible (self->consent_list, self->needs_consent);
  gtk_widget_set_sensitive (self->consent_list, domain != NULL);
}

/* Reads the file again: it may have places for the address. */
static void
update (MwReviewPage *self)
{
  g_autoptr(MwAddress) address = NULL;
  const char *domain = NULL;

  if (self->content == NULL)
    return;

  address = mw_address_parse (gtk_editable_get_text (self->address_row), NULL);
  if (address != NULL)
    domain = mw_address_get_domain (address);
  g_clear_pointer (&self->inspection, mw_inspection_free);
  self->inspection = mw_inspection_new (self->content, address);

  fill_list (self, MW_SIDE_INCOMING, self->incoming_list);
  gtk_widget_set_visible (self->outgoing_box,
                          fill_list (self, MW_SIDE_OUTGOING, self->outgoing_list));
  update_texts (self, domain);
  update_consent (self, domain);
  update_continue (self);
}

static void
on_address_changed_cb (MwReviewPage *self)
{
  if (self->filling)
    return;

  self->typed = TRUE;
  show_error (self, NULL);
  update (self);
}

static void
on_address_paused_cb (MwReviewPage *self)
{
  if (*gtk_editable_get_text (self->address_row) != '\0')
    check_address (self);
}

static void
on_consent_toggled_cb (MwReviewPage *self)
{
  update_continue (self);
}

static void
on_continue_clicked_cb (MwReviewPage *self)
{
  if (!check_address (self))
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->address_row));
      return;
    }

  g_signal_emit (self, signals[ACCEPTED], 0);
}

static gboolean
on_delay_cb (gpointer user_data)
{
  MwReviewPage *self = MW_REVIEW_PAGE (user_data);

  self->delay = 0;
  self->armed = TRUE;
  update_continue (self);
  return G_SOURCE_REMOVE;
}

static void
disarm (MwReviewPage *self)
{
  g_clear_handle_id (&self->delay, g_source_remove);
  self->armed = FALSE;
  self->delay = g_timeout_add (MW_CONSENT_WAIT_MS, on_delay_cb, self);
  update_continue (self);
}

static void
on_active_cb (MwReviewPage *self,
              GParamSpec   *pspec,
              GtkWindow    *window)
{
  if (gtk_window_is_active (window))
    disarm (self);
}

static void
mw_review_page_map (GtkWidget *widget)
{
  MwReviewPage *self = MW_REVIEW_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  GTK_WIDGET_CLASS (mw_review_page_parent_class)->map (widget);

  g_signal_connect_swapped (root, "notify::is-active", G_CALLBACK (on_active_cb), self);
  disarm (self);
}

static void
mw_review_page_unmap (GtkWidget *widget)
{
  MwReviewPage *self = MW_REVIEW_PAGE (widget);

  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), on_active_cb, self);
  g_clear_handle_id (&self->delay, g_source_remove);

  GTK_WIDGET_CLASS (mw_review_page_parent_class)->unmap (widget);
}

static gboolean
mw_review_page_grab_focus (GtkWidget *widget)
{
  MwReviewPage *self = MW_REVIEW_PAGE (widget);

  return gtk_widget_grab_focus (GTK_WIDGET (self->heading));
}

static void
mw_review_page_dispose (GObject *object)
{
  MwReviewPage *self = MW_REVIEW_PAGE (object);

  g_clear_handle_id (&self->delay, g_source_remove);
  g_clear_object (&self->pause);
  g_clear_object (&self->engine);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_clear_pointer (&self->inspection, mw_inspection_free);
  g_clear_pointer (&self->domain, g_free);

  G_OBJECT_CLASS (mw_review_page_parent_class)->dispose (object);
}

static void
mw_review_page_class_init (MwReviewPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mw_review_page_dispose;
  widget_class->map = mw_review_page_map;
  widget_class->unmap = mw_review_page_unmap;
  widget_class->grab_focus = mw_review_page_grab_focus;
  mw_tab_order_pass_through (widget_class);

  signals[ACCEPTED] = g_signal_new ("accepted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (MW_TYPE_HEADING);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "mw-review-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MwReviewPage, heading);
  gtk_widget_class_bind_template_child (widget_class, MwReviewPage, origin_label);
  gtk_widget_class_bind_template_child (widget_class, MwReviewPage, incoming_list);
  gtk_widget_class_bind_template_child (widget_class, MwReviewPage, outgoing_list);
  gtk_widget_class_bind_template_child (widget_class, MwReviewPage, incoming_box);
  gtk_widget_class_bind_template_child (widget_class, MwReviewPage, outgoing_box);
  gtk_widget_class_bind_template_child (widget_class, MwReviewPage, elsewhere_label);
  gtk_widget_class_bind_template_child (widget_class, MwReviewPage, notes_label);
  gtk_widget_class_bind_template_child (widget_class, MwReviewPage, address_row);
  gtk_widget_class_bind_template_child (widget_class, MwReviewPage, error_label);
  gtk_widget_class_bind_template_child (widget_class, MwReviewPage, consent_list);
  gtk_widget_class_bind_template_child (widget_class, MwReviewPage, consent_row);
  gtk_widget_class_bind_template_child (widget_class, MwReviewPage, consent_button);
  gtk_widget_class_bind_template_child (widget_class, MwReviewPage, continue_button);
  gtk_widget_class_bind_template_callback (widget_class, on_address_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_consent_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_continue_clicked_cb);
}

static void
mw_review_page_init (MwReviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->pause = mw_entry_pause_new (self->address_row);
  g_signal_connect_object (self->pause, "paused", G_CALLBACK (on_address_paused_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
fill_address (MwReviewPage *self,
              MwAddress    *address)
{
  self->filling = TRUE;
  gtk_editable_set_text (self->address_row,
                         address != NULL ? mw_address_get_display (address) : "");
  self->filling = FALSE;
  mw_entry_pause_forget (self->pause);
}

void
mw_review_page_show_file (MwReviewPage *self,
                          MwEngine     *engine,
                          GBytes       *content,
                          const char   *name,
                          const char   *signer)
{
  g_autofree char *origin = NULL;

  g_return_if_fail (MW_IS_REVIEW_PAGE (self));
  g_return_if_fail (MW_IS_ENGINE (engine));
  g_return_if_fail (content != NULL);

  mw_review_page_clear (self);
  self->engine = g_object_ref (engine);
  self->content = g_bytes_ref (content);
  self->inspection = mw_inspection_new (content, NULL);
  origin = mw_review_text_tell_origin (self->inspection, name, signer);
  gtk_label_set_text (self->origin_label, origin);
  mw_heading_set_text (self->heading, _("Look at These Settings First"));
  gtk_widget_set_visible (self->incoming_box, TRUE);
  fill_address (self, self->inspection->address);
  update (self);
}

void
mw_review_page_show_link (MwReviewPage *self,
                          const char   *address)
{
  g_autoptr(MwAddress) parsed = NULL;

  g_return_if_fail (MW_IS_REVIEW_PAGE (self));

  mw_review_page_clear (self);
  mw_heading_set_text (self->heading, _("A Link With Mail Settings"));
  gtk_label_set_text (self->origin_label,
                      _("This version does not read such links yet. Go on, and Mailwright looks "
                        "for the servers of your address itself. Nothing else in the link is "
                        "used."));
  gtk_widget_set_visible (self->incoming_box, FALSE);
  gtk_widget_set_visible (self->outgoing_box, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->elsewhere_label), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->notes_label), FALSE);
  gtk_widget_set_visible (self->consent_list, FALSE);
  self->needs_consent = FALSE;

  parsed = address != NULL ? mw_address_parse (address, NULL) : NULL;
  fill_address (self, parsed);
  update_continue (self);
}

void
mw_review_page_clear (MwReviewPage *self)
{
  g_return_if_fail (MW_IS_REVIEW_PAGE (self));

  g_clear_object (&self->engine);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_clear_pointer (&self->inspection, mw_inspection_free);
  g_clear_pointer (&self->domain, g_free);
  gtk_switch_set_active (self->consent_button, FALSE);
  self->typed = FALSE;
  show_error (self, NULL);
}

MwInspection *
mw_review_page_get_inspection (MwReviewPage *self)
{
  g_return_val_if_fail (MW_IS_REVIEW_PAGE (self), NULL);

  return self->inspection;
}

gboolean
mw_review_page_get_consent (MwReviewPage *self)
{
  g_return_val_if_fail (MW_IS_REVIEW_PAGE (self), FALSE);

  return self->needs_consent && gtk_switch_get_active (self->consent_button);
}

const char *
mw_review_page_get_address (MwReviewPage *self,
                            gboolean     *out_typed)
{
  g_return_val_if_fail (MW_IS_REVIEW_PAGE (self), NULL);

  *out_typed = self->typed;
  return gtk_editable_get_text (self->address_row);
}
