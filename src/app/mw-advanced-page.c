/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-advanced-page.h"

#include "app/mw-save-question.h"
#include "app/mw-settings-form.h"
#include "app/mw-tab-order.h"
#include "setup/mw-setup-servers.h"

struct _MwAdvancedPage
{
  AdwBin          parent_instance;

  /* Template widgets */
  MwSettingsForm *form;
  GtkWidget      *check_button;

  /* Owned */
  MwSetup        *setup;
};

G_DEFINE_FINAL_TYPE (MwAdvancedPage, mw_advanced_page, ADW_TYPE_BIN)

static void
on_check_clicked_cb (MwAdvancedPage *self)
{
  if (self->setup != NULL && mw_settings_form_take (self->form))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.check", NULL);
}

/* The question named the servers, and what it means that one does not encrypt. */
static void
on_save_answered (MwAdvancedPage *self,
                  const char     *response)
{
  g_auto(GStrv) hosts = NULL;

  if (self->setup == NULL || !g_str_equal (response, "save"))
    return;

  mw_settings_form_adopt (self->form);
  hosts = mw_setup_dup_unconfirmed_hosts (self->setup);
  for (gsize i = 0; hosts[i] != NULL; i++)
    mw_setup_allow_host (self->setup, hosts[i]);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.save-untested", NULL);
}

static void
on_save_clicked_cb (MwAdvancedPage *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  g_autoptr(MwEndpoint) incoming = NULL;
  g_autoptr(MwEndpoint) outgoing = NULL;
  GtkWidget *question;

  if (self->setup == NULL || !mw_settings_form_check_whole (self->form))
    return;

  incoming = mw_settings_form_get_server (self->form, MW_SIDE_INCOMING);
  outgoing = mw_settings_form_get_server (self->form, MW_SIDE_OUTGOING);
  question = mw_save_question_new (window, incoming, outgoing);
  g_signal_connect_object (question, "response",
                           G_CALLBACK (on_save_answered), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (question));
}

static void
mw_advanced_page_map (GtkWidget *widget)
{
  MwAdvancedPage *self = MW_ADVANCED_PAGE (widget);

  GTK_WIDGET_CLASS (mw_advanced_page_parent_class)->map (widget);

  gtk_window_set_default_widget (GTK_WINDOW (gtk_widget_get_root (widget)), self->check_button);
}

/* An address that was typed here is shown where the person goes back to. */
static void
mw_advanced_page_unmap (GtkWidget *widget)
{
  mw_settings_form_keep_address (MW_ADVANCED_PAGE (widget)->form);

  GTK_WIDGET_CLASS (mw_advanced_page_parent_class)->unmap (widget);
}

static gboolean
mw_advanced_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (MW_ADVANCED_PAGE (widget)->form));
}

static void
mw_advanced_page_dispose (GObject *object)
{
  MwAdvancedPage *self = MW_ADVANCED_PAGE (object);

  g_clear_object (&self->setup);

  G_OBJECT_CLASS (mw_advanced_page_parent_class)->dispose (object);
}

static void
mw_advanced_page_class_init (MwAdvancedPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mw_advanced_page_dispose;
  widget_class->map = mw_advanced_page_map;
  widget_class->unmap = mw_advanced_page_unmap;
  widget_class->grab_focus = mw_advanced_page_grab_focus;
  mw_tab_order_pass_through (widget_class);

  g_type_ensure (MW_TYPE_SETTINGS_FORM);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "mw-advanced-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MwAdvancedPage, form);
  gtk_widget_class_bind_template_child (widget_class, MwAdvancedPage, check_button);
  gtk_widget_class_bind_template_callback (widget_class, on_check_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked_cb);
}

static void
mw_advanced_page_init (MwAdvancedPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
mw_advanced_page_set_setup (MwAdvancedPage *self,
                            MwSetup        *setup)
{
  g_return_if_fail (MW_IS_ADVANCED_PAGE (self));
  g_return_if_fail (setup == NULL || MW_IS_SETUP (setup));

  if (g_set_object (&self->setup, setup))
    mw_settings_form_set_setup (self->form, setup);
}

void
mw_advanced_page_update (MwAdvancedPage *self)
{
  g_return_if_fail (MW_IS_ADVANCED_PAGE (self));
  g_return_if_fail (self->setup != NULL);

  mw_settings_form_update (self->form);
}

void
mw_advanced_page_forget_password (MwAdvancedPage *self)
{
  g_return_if_fail (MW_IS_ADVANCED_PAGE (self));

  mw_settings_form_forget_passwords (self->form);
}
