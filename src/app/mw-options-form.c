/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-options-form.h"

#include <glib/gi18n.h>

#include "app/mw-entry-binding.h"
#include "app/mw-foreign-text.h"

#define LABEL_MAX_CHARS 80

struct _MwOptionsForm
{
  AdwBin         parent_instance;

  /* Template widgets */
  GtkWidget     *label_row;
  GtkWidget     *description_row;
  AdwActionRow  *default_row;
  GtkWidget     *default_switch;
  GtkWidget     *notifications_switch;
  GtkWidget     *leave_row;
  GtkWidget     *leave_switch;
  GtkWidget     *days_row;
  GtkWidget     *days_button;
  GtkTextView   *signature_view;

  /* Owned */
  MwSetup       *setup;
  GBindingGroup *setup_bindings;
};

G_DEFINE_FINAL_TYPE (MwOptionsForm, mw_options_form, ADW_TYPE_BIN)

/* Says which account loses the mark, before it does. */
static void
update_default_row (MwOptionsForm *self)
{
  MwProfileStore *store = mw_engine_get_profile_store (mw_setup_get_engine (self->setup));
  GPtrArray *profiles = mw_profile_store_get_profiles (store);
  g_autoptr(MwProfile) own = mw_setup_make_profile (self->setup);
  g_autofree char *text = NULL;

  for (guint i = 0; profiles != NULL && i < profiles->len; i++)
    {
      MwProfile *other = g_ptr_array_index (profiles, i);
      g_autofree char *label = NULL;

      if (!other->is_default || (own != NULL && g_str_equal (other->id, own->id)))
        continue;
      label = mw_foreign_text_new (other->label, LABEL_MAX_CHARS);
      /* Translators: %s is the name of another account. */
      text = g_strdup_printf (_("Takes the place of %s"), label);
    }

  adw_action_row_set_subtitle (self->default_row, text != NULL ? text : "");
}

static void
mw_options_form_dispose (GObject *object)
{
  MwOptionsForm *self = MW_OPTIONS_FORM (object);

  g_clear_object (&self->setup);
  g_clear_object (&self->setup_bindings);

  G_OBJECT_CLASS (mw_options_form_parent_class)->dispose (object);
}

static void
mw_options_form_class_init (MwOptionsFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mw_options_form_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "mw-options-form.ui");
  gtk_widget_class_bind_template_child (widget_class, MwOptionsForm, label_row);
  gtk_widget_class_bind_template_child (widget_class, MwOptionsForm, description_row);
  gtk_widget_class_bind_template_child (widget_class, MwOptionsForm, default_row);
  gtk_widget_class_bind_template_child (widget_class, MwOptionsForm, default_switch);
  gtk_widget_class_bind_template_child (widget_class, MwOptionsForm, notifications_switch);
  gtk_widget_class_bind_template_child (widget_class, MwOptionsForm, leave_row);
  gtk_widget_class_bind_template_child (widget_class, MwOptionsForm, leave_switch);
  gtk_widget_class_bind_template_child (widget_class, MwOptionsForm, days_row);
  gtk_widget_class_bind_template_child (widget_class, MwOptionsForm, days_button);
  gtk_widget_class_bind_template_child (widget_class, MwOptionsForm, signature_view);
}

static void
mw_options_form_init (MwOptionsForm *self)
{
  const GBindingFlags flags = G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL;
  GtkTextBuffer *signature;

  gtk_widget_init_template (GTK_WIDGET (self));

  signature = gtk_text_view_get_buffer (self->signature_view);
  self->setup_bindings = g_binding_group_new ();
  mw_entry_binding_add (self->setup_bindings, "label", self->label_row);
  mw_entry_binding_add (self->setup_bindings, "description", self->description_row);
  mw_entry_binding_add (self->setup_bindings, "signature", signature);
  g_binding_group_bind (self->setup_bindings, "make-default",
                        self->default_switch, "active", flags);
  g_binding_group_bind (self->setup_bindings, "notifications",
                        self->notifications_switch, "active", flags);
  g_binding_group_bind (self->setup_bindings, "leave-on-server",
                        self->leave_switch, "active", flags);
  g_binding_group_bind (self->setup_bindings, "delete-after-days",
                        self->days_button, "value", flags);

  g_object_bind_property (self->leave_switch, "active", self->days_row, "sensitive",
                          G_BINDING_SYNC_CREATE);
}

void
mw_options_form_set_setup (MwOptionsForm *self,
                           MwSetup       *setup)
{
  g_return_if_fail (MW_IS_OPTIONS_FORM (self));
  g_return_if_fail (setup == NULL || MW_IS_SETUP (setup));

  if (!g_set_object (&self->setup, setup))
    return;

  g_binding_group_set_source (self->setup_bindings, setup);
  if (setup != NULL)
    update_default_row (self);
}

void
mw_options_form_set_protocol (MwOptionsForm *self,
                              MwProtocol     protocol)
{
  g_return_if_fail (MW_IS_OPTIONS_FORM (self));

  gtk_widget_set_visible (self->leave_row, protocol == MW_PROTOCOL_POP3);
  gtk_widget_set_visible (self->days_row, protocol == MW_PROTOCOL_POP3);
}
