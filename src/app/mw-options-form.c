/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-options-form.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/mw-entry-binding.h"
#include "app/mw-foreign-text.h"

#define LABEL_MAX_CHARS 80

/* Four lines are usual; a thousand letters are a page. */
#define SIGNATURE_LONG_CHARS 1000
#define SIGNATURE_MAX_BYTES (16 * 1024)
#define PREVIEW_MAX_CHARS 1000

struct _MwOptionsForm
{
  AdwBin         parent_instance;

  /* Template widgets */
  AdwPreferencesGroup *about_group;
  GtkWidget     *label_row;
  GtkWidget     *description_row;
  AdwActionRow  *default_row;
  GtkWidget     *default_switch;
  GtkWidget     *notifications_switch;
  AdwActionRow  *leave_row;
  GtkWidget     *leave_switch;
  AdwActionRow  *days_row;
  GtkWidget     *days_button;
  GtkTextView   *signature_view;
  GtkLabel      *signature_note;
  GtkWidget     *preview_box;
  GtkLabel      *preview_label;

  /* Owned */
  MwSetup       *setup;
  GBindingGroup *setup_bindings;
  GSignalGroup  *setup_signals;

  gboolean       pop3;
};

G_DEFINE_FINAL_TYPE (MwOptionsForm, mw_options_form, ADW_TYPE_BIN)

/* Returns: (transfer full) (nullable): the name of the account that has the mark */
static char *
find_default (MwOptionsForm *self)
{
  MwProfileStore *store = mw_engine_get_profile_store (mw_setup_get_engine (self->setup));
  GPtrArray *profiles = mw_profile_store_get_profiles (store);
  g_autoptr(MwProfile) own = mw_setup_make_profile (self->setup);

  for (guint i = 0; profiles != NULL && i < profiles->len; i++)
    {
      MwProfile *other = g_ptr_array_index (profiles, i);

      if (other->is_default && (own == NULL || !g_str_equal (other->id, own->id)))
        return mw_foreign_text_new (other->label, LABEL_MAX_CHARS);
    }

  return NULL;
}

/* Says which account loses the mark, before it does. */
static void
update_default_row (MwOptionsForm *self)
{
  gboolean wanted = gtk_switch_get_active (GTK_SWITCH (self->default_switch));
  g_autofree char *other = self->setup != NULL ? find_default (self) : NULL;
  g_autofree char *text = NULL;

  if (wanted && other != NULL)
    /* Translators: %s is the name of another account. */
    text = g_strdup_printf (_("Takes the place of %s"), other);
  else if (wanted)
    text = g_strdup (_("New messages are written from it"));
  else if (other != NULL)
    /* Translators: %s is the name of another account. */
    text = g_strdup_printf (_("The default account is %s"), other);
  else
    text = g_strdup (_("It becomes the default only where a mail program has none"));

  adw_action_row_set_subtitle (self->default_row, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->default_switch),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

/* The two names are easily taken for one another. */
static void
update_about_group (MwOptionsForm *self)
{
  g_autofree char *name = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *text = NULL;
  g_autofree char *escaped = NULL;

  g_object_get (self->setup, "sender-name", &name, NULL);
  shown = mw_foreign_text_new (name != NULL ? name : "", LABEL_MAX_CHARS);
  if (*shown != '\0')
    /* Translators: %s is the person's name, as in the sender of messages. */
    text = g_strdup_printf (_("Only you see the account name and the description. People you "
                              "write to see the name “%s”."), shown);
  else
    text = g_strdup (_("Only you see the account name and the description. People you write to "
                       "see your address without a name."));

  /* The description of a group is markup. */
  escaped = g_markup_escape_text (text, -1);
  adw_preferences_group_set_description (self->about_group, escaped);
}

static void
update_pop_rows (MwOptionsForm *self)
{
  gboolean leave = gtk_switch_get_active (GTK_SWITCH (self->leave_switch));
  int days = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->days_button));
  const char *leaving = leave
    ? _("Other devices and the web mail still have them")
    : _("Each message is deleted there once your mail program has collected it");
  const char *deleting = days == 0 ? _("They are never deleted")
                                   : _("Then your mail program deletes them there");

  adw_action_row_set_subtitle (self->leave_row, leaving);
  adw_action_row_set_subtitle (self->days_row, deleting);
  gtk_widget_set_visible (GTK_WIDGET (self->days_row), self->pop3 && leave);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->leave_switch),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, leaving, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->days_button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, deleting, -1);
}

static char *
dup_signature (MwOptionsForm *self)
{
  char *text = NULL;

  g_object_get (gtk_text_view_get_buffer (self->signature_view), "text", &text, NULL);

  return text;
}

/* More than that is no signature, and one long line of it takes GTK seconds to lay
 * out. */
static gboolean
cut_signature (MwOptionsForm *self,
               char          *text)
{
  const char *end;

  if (strlen (text) <= SIGNATURE_MAX_BYTES)
    return FALSE;

  end = g_utf8_find_prev_char (text, text + SIGNATURE_MAX_BYTES + 1);
  text[end - text] = '\0';
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->signature_view), text, -1);

  return TRUE;
}

static void
show_signature_note (MwOptionsForm *self,
                     const char    *text,
                     gboolean       cut)
{
  long length = g_utf8_strlen (text, -1);
  g_autofree char *note = NULL;

  if (cut)
    note = g_strdup (_("That was too long for a signature; the end was cut off."));
  else if (length > SIGNATURE_LONG_CHARS)
    /* Translators: %lu is a number of letters, more than a thousand. */
    note = g_strdup_printf (ngettext ("This is long: %lu letter below every message.",
                                      "This is long: %lu letters below every message.",
                                      (unsigned long) length), (unsigned long) length);

  gtk_label_set_text (self->signature_note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->signature_note), note != NULL);
}

/* Mail programs put the line with two dashes before it, but for once. */
static void
update_signature (MwOptionsForm *self)
{
  g_autofree char *text = dup_signature (self);
  gboolean cut = cut_signature (self, text);
  const char *dashes = g_str_has_prefix (text, "-- \n") ? "" : "-- \n";
  gboolean whole = g_utf8_strlen (text, -1) <= PREVIEW_MAX_CHARS;
  g_autofree char *shown = whole ? g_strdup (text)
                                 : g_utf8_substring (text, 0, PREVIEW_MAX_CHARS);
  g_autofree char *preview = NULL;

  preview = g_strdup_printf ("%s\n\n%s%s%s", _("… the last line of your message."), dashes, shown,
                             whole ? "" : "…");
  gtk_label_set_text (self->preview_label, preview);
  gtk_widget_set_visible (self->preview_box, *text != '\0');
  show_signature_note (self, text, cut);
}

static void
mw_options_form_dispose (GObject *object)
{
  MwOptionsForm *self = MW_OPTIONS_FORM (object);

  g_clear_object (&self->setup);
  g_clear_object (&self->setup_bindings);
  g_clear_object (&self->setup_signals);

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
  gtk_widget_class_bind_template_child (widget_class, MwOptionsForm, about_group);
  gtk_widget_class_bind_template_child (widget_class, MwOptionsForm, description_row);
  gtk_widget_class_bind_template_child (widget_class, MwOptionsForm, default_row);
  gtk_widget_class_bind_template_child (widget_class, MwOptionsForm, default_switch);
  gtk_widget_class_bind_template_child (widget_class, MwOptionsForm, notifications_switch);
  gtk_widget_class_bind_template_child (widget_class, MwOptionsForm, leave_row);
  gtk_widget_class_bind_template_child (widget_class, MwOptionsForm, leave_switch);
  gtk_widget_class_bind_template_child (widget_class, MwOptionsForm, days_row);
  gtk_widget_class_bind_template_child (widget_class, MwOptionsForm, days_button);
  gtk_widget_class_bind_template_child (widget_class, MwOptionsForm, signature_view);
  gtk_widget_class_bind_template_child (widget_class, MwOptionsForm, signature_note);
  gtk_widget_class_bind_template_child (widget_class, MwOptionsForm, preview_box);
  gtk_widget_class_bind_template_child (widget_class, MwOptionsForm, preview_label);
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

  self->setup_signals = g_signal_group_new (MW_TYPE_SETUP);
  g_signal_group_connect_swapped (self->setup_signals, "notify::sender-name",
                                  G_CALLBACK (update_about_group), self);
  g_signal_connect_object (self->default_switch, "notify::active",
                           G_CALLBACK (update_default_row), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->leave_switch, "notify::active",
                           G_CALLBACK (update_pop_rows), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->days_button, "notify::value",
                           G_CALLBACK (update_pop_rows), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (signature, "changed",
                           G_CALLBACK (update_signature), self, G_CONNECT_SWAPPED);
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
  g_signal_group_set_target (self->setup_signals, setup);
  update_default_row (self);
  if (setup != NULL)
    update_about_group (self);
}

void
mw_options_form_set_protocol (MwOptionsForm *self,
                              MwProtocol     protocol)
{
  g_return_if_fail (MW_IS_OPTIONS_FORM (self));

  self->pop3 = protocol == MW_PROTOCOL_POP3;
  gtk_widget_set_visible (GTK_WIDGET (self->leave_row), self->pop3);
  update_pop_rows (self);
}
