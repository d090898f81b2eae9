/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-review-page.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/mw-consent.h"
#include "app/mw-control-names.h"
#include "app/mw-entry-pause.h"
#include "app/mw-foreign-text.h"
#include "app/mw-heading.h"
#include "app/mw-host-markup.h"
#include "app/mw-review-details.h"
#include "app/mw-review-row.h"
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
  GtkWidget    *named_row;
  GtkWidget    *change_button;
  GtkEditable  *address_row;
  GtkWidget    *domain_row;
  GtkLabel     *error_label;
  GtkWidget    *without_list;
  GtkSwitch    *without_button;
  GtkWidget    *details_expander;
  AdwBin       *details_bin;
  GtkWidget    *consent_list;
  AdwActionRow *consent_row;
  GtkSwitch    *consent_button;
  GtkWidget    *continue_button;
  GtkWidget    *waiting_box;
  GtkLabel     *waiting_label;
  GtkWidget    *leave_out_button;

  /* Owned */
  MwEngine     *engine;
  GBytes       *content;
  MwInspection *inspection;
  MwEntryPause *pause;
  char         *address;      /* as it stands there, maybe no address yet */
  char         *named_domain; /* where the link or file says it is */
  char         *behind;       /* what stands behind a name: the @ and a domain */
  char         *domain;       /* the tick is about this one */

  guint         delay;
  gboolean      needs_consent;
  gboolean      armed;        /* the page was there long enough */
  gboolean      fixed;        /* only what stands before the @ can be typed */
  gboolean      filling;      /* the address is not the person's */
  gboolean      typed;        /* the domain is the person's */
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
  const char *heard = sentence;

  if (sentence == NULL && self->fixed)
    heard = self->behind;
  gtk_label_set_text (self->error_label, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), sentence != NULL);
  mw_control_names_describe_entry (GTK_WIDGET (self->address_row), heard, sentence != NULL);
}

static char *
explain_domain (MwReviewPage *self)
{
  g_autoptr(MwAddress) address = mw_address_parse (self->address, NULL);
  g_autofree char *domain = NULL;

  if (!self->fixed || address == NULL ||
      g_str_equal (mw_address_get_domain (address), self->named_domain))
    return NULL;

  domain = mw_foreign_text_describe_host (self->named_domain);
  /* Translators: %s is the domain of e-mail addresses. */
  return g_strdup_printf (_("This link is only for addresses at %s."), domain);
}

/* Whether what stands there is an address; otherwise it is said. */
static gboolean
check_address (MwReviewPage *self)
{
  g_autofree char *sentence = mw_advice_explain_address (self->address);

  if (sentence == NULL)
    sentence = explain_domain (self);
  if (sentence != NULL)
    show_error (self, sentence);
  return sentence == NULL;
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
      gtk_list_box_append (list, mw_review_row_new (endpoint, NULL));
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

/* It is never the default button: Enter says yes to nothing. */
static void
update_continue (MwReviewPage *self)
{
  gboolean said = !self->needs_consent || gtk_switch_get_active (self->consent_button);

  gtk_widget_set_sensitive (self->continue_button, self->armed && said);
}

/* A yes is about one domain. */
static void
update_consent (MwReviewPage *self,
                const char   *domain)
{
  g_autofree char *hosts = mw_review_text_list_hosts (self->inspection);
  g_autofree char *shown = domain != NULL ? mw_host_markup_new (domain) : NULL;
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;

  self->needs_consent = self->inspection->candidates->len > 0 &&
                        mw_setup_review_needs_consent (self->engine, self->inspection);
  if (g_strcmp0 (self->domain, domain) != 0)
    gtk_switch_set_active (self->consent_button, FALSE);
  g_free (self->domain);
  self->domain = g_strdup (domain);

  /* Translators: %s is the domain of an e-mail address. */
  title = domain != NULL ? g_strdup_printf (_("I have an account at %s"), shown)
                         : g_strdup (_("I have an account there"));
  /* Translators: %s is a list of host names, one on each line. */
  subtitle = g_strdup_printf (_("Then the password may be sent to\n%s"), hosts);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->consent_row), title);
  adw_action_row_set_subtitle (self->consent_row, subtitle);
  gtk_widget_set_visible (self->consent_list, self->needs_consent);
  gtk_widget_set_sensitive (GTK_WIDGET (self->consent_row), domain != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->consent_button), domain != NULL);
}

/* Reads it again: it may have places for the address. */
static void
update (MwReviewPage *self)
{
  g_autoptr(MwAddress) address = mw_address_parse (self->address, NULL);
  const char *domain = self->fixed ? self->named_domain : NULL;

  if (address != NULL && !self->fixed)
    domain = mw_address_get_domain (address);
  g_clear_pointer (&self->inspection, mw_inspection_free);
  self->inspection = mw_inspection_new (self->content, address);

  gtk_widget_set_visible (self->incoming_box,
                          fill_list (self, MW_SIDE_INCOMING, self->incoming_list));
  gtk_widget_set_visible (self->outgoing_box,
                          fill_list (self, MW_SIDE_OUTGOING, self->outgoing_list));
  update_texts (self, domain);
  update_consent (self, domain);
  update_continue (self);
}

static void
take_text (MwReviewPage *self)
{
  const char *text = gtk_editable_get_text (self->address_row);

  g_free (self->address);
  self->address = self->fixed && strchr (text, '@') == NULL
                  ? g_strconcat (text, "@", self->named_domain, NULL) : g_strdup (text);
}

/* Whoever only changes what stands before the @ has not said where the account
 * is. */
static gboolean
is_named_domain (MwReviewPage *self)
{
  g_autoptr(MwAddress) address = NULL;
  g_autofree char *text = NULL;
  const char *at = strrchr (self->address, '@');

  if (self->named_domain == NULL || at == NULL)
    return FALSE;

  text = g_strconcat ("x", at, NULL);
  address = mw_address_parse (text, NULL);
  return address != NULL && g_str_equal (mw_address_get_domain (address), self->named_domain);
}

static void
on_address_changed_cb (MwReviewPage *self)
{
  if (self->filling)
    return;

  take_text (self);
  if (!self->fixed && !is_named_domain (self))
    self->typed = TRUE;
  show_error (self, NULL);
  update (self);
}

static void
on_change_clicked_cb (MwReviewPage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->address_row), TRUE);
  gtk_widget_set_visible (self->named_row, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->address_row));
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
      on_change_clicked_cb (self);
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
  update_continue (self);
}

static void
arm_later (MwReviewPage *self)
{
  disarm (self);
  self->delay = g_timeout_add (MW_CONSENT_WAIT_MS, on_delay_cb, self);
}

/* The click that brings the window to front is no yes. */
static void
on_active_cb (MwReviewPage *self,
              GParamSpec   *pspec,
              GtkWindow    *window)
{
  if (gtk_window_is_active (window))
    arm_later (self);
  else
    disarm (self);
}

static void
mw_review_page_map (GtkWidget *widget)
{
  MwReviewPage *self = MW_REVIEW_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  GTK_WIDGET_CLASS (mw_review_page_parent_class)->map (widget);

  g_signal_connect_swapped (root, "notify::is-active", G_CALLBACK (on_active_cb), self);
  arm_later (self);
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
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->named_domain, g_free);
  g_clear_pointer (&self->behind, g_free);
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
  gtk_widget_class_bind_template_child (widget_class, MwReviewPage, named_row);
  gtk_widget_class_bind_template_child (widget_class, MwReviewPage, change_button);
  gtk_widget_class_bind_template_child (widget_class, MwReviewPage, address_row);
  gtk_widget_class_bind_template_child (widget_class, MwReviewPage, domain_row);
  gtk_widget_class_bind_template_child (widget_class, MwReviewPage, error_label);
  gtk_widget_class_bind_template_child (widget_class, MwReviewPage, without_list);
  gtk_widget_class_bind_template_child (widget_class, MwReviewPage, without_button);
  gtk_widget_class_bind_template_child (widget_class, MwReviewPage, details_expander);
  gtk_widget_class_bind_template_child (widget_class, MwReviewPage, details_bin);
  gtk_widget_class_bind_template_child (widget_class, MwReviewPage, consent_list);
  gtk_widget_class_bind_template_child (widget_class, MwReviewPage, consent_row);
  gtk_widget_class_bind_template_child (widget_class, MwReviewPage, consent_button);
  gtk_widget_class_bind_template_child (widget_class, MwReviewPage, continue_button);
  gtk_widget_class_bind_template_child (widget_class, MwReviewPage, waiting_box);
  gtk_widget_class_bind_template_child (widget_class, MwReviewPage, waiting_label);
  gtk_widget_class_bind_template_child (widget_class, MwReviewPage, leave_out_button);
  gtk_widget_class_bind_template_callback (widget_class, on_address_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_address_paused_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_change_clicked_cb);
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

/* What is in the link or file is shown whole, which an entry would not do. */
static void
fill_address (MwReviewPage *self)
{
  MwAddress *address = self->inspection->address;
  gboolean named = address != NULL;

  self->filling = TRUE;
  gtk_editable_set_text (self->address_row, named ? mw_address_get_display (address) : "");
  self->filling = FALSE;
  take_text (self);
  mw_entry_pause_forget (self->pause);
  gtk_widget_set_visible (self->named_row, named);
  gtk_widget_set_visible (GTK_WIDGET (self->address_row), !named);
  if (named)
    {
      g_autofree char *title = mw_review_text_describe_address (address);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->named_row), title);
    }
}

/* Of a whole company there is only the domain, which may be long. */
static void
fill_domain (MwReviewPage *self)
{
  const char *title = self->fixed ? _("Name before the @") : _("Email address");

  g_clear_pointer (&self->behind, g_free);
  if (self->fixed)
    {
      g_autofree char *domain = mw_host_markup_new (self->named_domain);
      g_autofree char *heard = mw_foreign_text_describe_host (self->named_domain);
      g_autofree char *shown = g_strconcat ("@", domain, NULL);

      self->behind = g_strconcat ("@", heard, NULL);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->domain_row), shown);
    }
  gtk_widget_set_visible (self->domain_row, self->fixed);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->address_row), title);
  mw_control_names_mend (GTK_WIDGET (self->address_row));
  show_error (self, NULL);
}

static void
fill_details (MwReviewPage *self)
{
  MwSetupLink *link = self->inspection->link;
  GtkWidget *details = link != NULL ? mw_review_details_new (link) : NULL;

  gtk_expander_set_expanded (GTK_EXPANDER (self->details_expander), FALSE);
  adw_bin_set_child (self->details_bin, details);
  gtk_widget_set_visible (self->details_expander, details != NULL);
  gtk_switch_set_active (self->without_button, FALSE);
  gtk_widget_set_visible (self->without_list, link != NULL && link->outgoing_without_login);
}

void
mw_review_page_show (MwReviewPage *self,
                     MwEngine     *engine,
                     GBytes       *content,
                     const char   *name,
                     const char   *signer)
{
  MwInspection *inspection;
  g_autofree char *origin = NULL;

  g_return_if_fail (MW_IS_REVIEW_PAGE (self));
  g_return_if_fail (MW_IS_ENGINE (engine));
  g_return_if_fail (content != NULL);

  mw_review_page_clear (self);
  self->engine = g_object_ref (engine);
  self->content = g_bytes_ref (content);
  self->inspection = inspection = mw_inspection_new (content, NULL);
  self->fixed = inspection->domain != NULL;
  self->named_domain = g_strdup (inspection->domain);
  if (inspection->address != NULL)
    self->named_domain = g_strdup (mw_address_get_domain (inspection->address));

  origin = mw_review_text_tell_origin (inspection, name, signer);
  gtk_label_set_text (self->origin_label, origin);
  mw_heading_set_text (self->heading, inspection->candidates->len > 0
                                      ? _("Look at These Settings First")
                                      : _("Look at This Address First"));
  fill_address (self);
  fill_domain (self);
  fill_details (self);
  update (self);
}

void
mw_review_page_clear (MwReviewPage *self)
{
  g_return_if_fail (MW_IS_REVIEW_PAGE (self));

  g_clear_object (&self->engine);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_clear_pointer (&self->inspection, mw_inspection_free);
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->named_domain, g_free);
  g_clear_pointer (&self->behind, g_free);
  g_clear_pointer (&self->domain, g_free);
  gtk_switch_set_active (self->consent_button, FALSE);
  self->fixed = FALSE;
  self->typed = FALSE;
  show_error (self, NULL);
}

void
mw_review_page_set_waiting (MwReviewPage *self,
                            guint         n_waiting,
                            gboolean      left_out)
{
  g_autofree char *text = NULL;

  g_return_if_fail (MW_IS_REVIEW_PAGE (self));

  text = mw_review_text_tell_waiting (n_waiting, left_out);
  gtk_label_set_text (self->waiting_label, text);
  gtk_widget_set_visible (self->waiting_box, *text != '\0');
  gtk_widget_set_visible (self->leave_out_button, n_waiting > 0);
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
  return self->address;
}

gboolean
mw_review_page_get_send_without_login (MwReviewPage *self)
{
  g_return_val_if_fail (MW_IS_REVIEW_PAGE (self), FALSE);

  return gtk_widget_get_visible (self->without_list) &&
         gtk_switch_get_active (self->without_button);
}
