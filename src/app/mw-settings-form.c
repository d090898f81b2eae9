/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-settings-form-private.h"

#include <glib/gi18n.h>

#include "app/mw-control-names.h"
#include "app/mw-entry-binding.h"
#include "app/mw-tab-order.h"

G_DEFINE_FINAL_TYPE (MwSettingsForm, mw_settings_form, ADW_TYPE_BIN)

enum {
  PROP_0,
  PROP_PASSWORDS_OPTIONAL,
  PROP_CHANGED,
  N_PROPS,
};

enum {
  PROTOCOL_CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
set_changed (MwSettingsForm *self,
             gboolean        changed)
{
  if (self->changed == changed)
    return;

  self->changed = changed;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHANGED]);
}

/* Everything that can be typed or chosen calls here. */
static void
on_field_changed_cb (MwSettingsForm *self)
{
  if (!self->updating)
    set_changed (self, TRUE);
}

static void
update_visibility (MwSettingsForm *self)
{
  gboolean authentication = gtk_switch_get_active (self->authentication_switch);
  gboolean same = gtk_switch_get_active (self->same_switch);
  gboolean own = authentication && !same;
  const char *text = authentication
    ? _("You sign in to it with a user name and a password")
    : _("Mail is handed over without signing in. Most providers then refuse to send it.");

  adw_action_row_set_subtitle (self->authentication_row, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->authentication_switch),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  gtk_widget_set_visible (self->same_row, authentication);
  gtk_widget_set_visible (GTK_WIDGET (self->outgoing_user_row), own);
  gtk_widget_set_visible (GTK_WIDGET (self->outgoing_password_row), own);
  gtk_widget_set_visible (GTK_WIDGET (self->outgoing_auth_row), authentication);
  if (!own)
    mw_field_note_clear (self->outgoing_password_note);
}

static char *
check_address (GtkEditable *row,
               gboolean     finished,
               gpointer     user_data)
{
  const char *text = gtk_editable_get_text (row);

  return *text != '\0' || finished ? mw_advice_explain_address (text) : NULL;
}

/* Where the mail program signs in there is no password, unless one is typed. */
static gboolean
is_in_browser (MwSettingsForm *self)
{
  gboolean browser = FALSE;

  if (self->setup != NULL)
    g_object_get (self->setup, "browser-sign-in", &browser, NULL);
  return browser;
}

static void
update_password_titles (MwSettingsForm *self)
{
  const char *title = _("Password");

  if (is_in_browser (self))
    title = _("Password (empty: sign-in in the browser)");
  else if (self->passwords_optional)
    title = _("Password (empty: unchanged)");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->password_row), title);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->outgoing_password_row),
                                 self->passwords_optional
                                 ? _("Password for sending (empty: unchanged)")
                                 : _("Password for sending"));
  mw_control_names_mend (GTK_WIDGET (self));
}

static char *
check_password (GtkEditable *row,
                gboolean     finished,
                gpointer     user_data)
{
  MwSettingsForm *self = MW_SETTINGS_FORM (user_data);
  MwSide side = row == self->password_row ? MW_SIDE_INCOMING : MW_SIDE_OUTGOING;

  if (!finished || *gtk_editable_get_text (row) != '\0' || self->passwords_optional
      || mw_setup_has_password (self->setup, side) || is_in_browser (self))
    return NULL;

  return g_strdup (side == MW_SIDE_INCOMING ? _("Type the password.")
                                            : _("Type the password for sending."));
}

/* A server that was typed may speak both, so it stays. For a saved account
 * whoever listens knows better. */
static void
on_protocol_selected (MwSettingsForm *self)
{
  self->protocol_chosen = TRUE;
  if (self->setup != NULL && !self->passwords_optional
      && mw_server_form_is_untouched (self->incoming_form))
    mw_settings_form_fill_in (self, MW_SIDE_INCOMING,
                              mw_server_form_get_protocol (self->incoming_form));
  g_signal_emit (self, signals[PROTOCOL_CHANGED], 0);
}

/* Every field says what is wrong with it; the first one gets the focus. */
static gboolean
check_fields (MwSettingsForm *self,
              gboolean        servers_needed)
{
  gboolean receive_only;
  gboolean good;

  g_object_get (self->setup, "receive-only", &receive_only, NULL);
  good = mw_field_note_check (self->address_note, TRUE);
  good = mw_field_note_check (self->password_note, good) && good;
  good = mw_server_form_check (self->incoming_form, servers_needed, good) && good;
  good = mw_server_form_check (self->outgoing_form, servers_needed && !receive_only, good) && good;
  good = mw_field_note_check (self->outgoing_password_note, good) && good;

  return good;
}

static gboolean
mw_settings_form_grab_focus (GtkWidget *widget)
{
  MwSettingsForm *self = MW_SETTINGS_FORM (widget);

  if (*gtk_editable_get_text (self->address_row) == '\0')
    return gtk_widget_grab_focus (GTK_WIDGET (self->address_row));

  return gtk_widget_child_focus (GTK_WIDGET (self->incoming_form), GTK_DIR_TAB_FORWARD);
}

static void
mw_settings_form_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  MwSettingsForm *self = MW_SETTINGS_FORM (object);

  switch (prop_id)
    {
    case PROP_PASSWORDS_OPTIONAL:
      g_value_set_boolean (value, self->passwords_optional);
      break;
    case PROP_CHANGED:
      g_value_set_boolean (value, self->changed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mw_settings_form_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  MwSettingsForm *self = MW_SETTINGS_FORM (object);

  switch (prop_id)
    {
    case PROP_PASSWORDS_OPTIONAL:
      mw_settings_form_set_passwords_optional (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mw_settings_form_dispose (GObject *object)
{
  MwSettingsForm *self = MW_SETTINGS_FORM (object);

  g_clear_object (&self->setup_bindings);
  g_clear_object (&self->setup);
  g_clear_pointer (&self->filled_in[MW_SIDE_INCOMING], mw_endpoint_unref);
  g_clear_pointer (&self->filled_in[MW_SIDE_OUTGOING], mw_endpoint_unref);

  G_OBJECT_CLASS (mw_settings_form_parent_class)->dispose (object);
}

static void
mw_settings_form_class_init (MwSettingsFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mw_settings_form_dispose;
  object_class->get_property = mw_settings_form_get_property;
  object_class->set_property = mw_settings_form_set_property;
  widget_class->grab_focus = mw_settings_form_grab_focus;
  mw_tab_order_pass_through (widget_class);

  properties[PROP_PASSWORDS_OPTIONAL] =
    g_param_spec_boolean ("passwords-optional", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_CHANGED] =
    g_param_spec_boolean ("changed", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[PROTOCOL_CHANGED] =
    g_signal_new ("protocol-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (MW_TYPE_AUTH_ROW);
  g_type_ensure (MW_TYPE_FIELD_NOTE);
  g_type_ensure (MW_TYPE_SERVER_FORM);
  g_type_ensure (MW_TYPE_SOURCE_ROW);
  g_type_ensure (MW_TYPE_USER_NAME_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "mw-settings-form.ui");
  gtk_widget_class_bind_template_child (widget_class, MwSettingsForm, name_row);
  gtk_widget_class_bind_template_child (widget_class, MwSettingsForm, address_row);
  gtk_widget_class_bind_template_child (widget_class, MwSettingsForm, address_note);
  gtk_widget_class_bind_template_child (widget_class, MwSettingsForm, password_row);
  gtk_widget_class_bind_template_child (widget_class, MwSettingsForm, password_note);
  gtk_widget_class_bind_template_child (widget_class, MwSettingsForm, incoming_form);
  gtk_widget_class_bind_template_child (widget_class, MwSettingsForm, incoming_source_row);
  gtk_widget_class_bind_template_child (widget_class, MwSettingsForm, user_row);
  gtk_widget_class_bind_template_child (widget_class, MwSettingsForm, auth_row);
  gtk_widget_class_bind_template_child (widget_class, MwSettingsForm, outgoing_form);
  gtk_widget_class_bind_template_child (widget_class, MwSettingsForm, outgoing_source_row);
  gtk_widget_class_bind_template_child (widget_class, MwSettingsForm, authentication_row);
  gtk_widget_class_bind_template_child (widget_class, MwSettingsForm, authentication_switch);
  gtk_widget_class_bind_template_child (widget_class, MwSettingsForm, same_row);
  gtk_widget_class_bind_template_child (widget_class, MwSettingsForm, same_switch);
  gtk_widget_class_bind_template_child (widget_class, MwSettingsForm, outgoing_user_row);
  gtk_widget_class_bind_template_child (widget_class, MwSettingsForm, outgoing_password_row);
  gtk_widget_class_bind_template_child (widget_class, MwSettingsForm, outgoing_password_note);
  gtk_widget_class_bind_template_child (widget_class, MwSettingsForm, outgoing_auth_row);
}

static void
connect_fields (MwSettingsForm *self)
{
  const struct {
    gpointer    field;
    const char *signal;
  } fields[] = {
    { self->name_row, "changed" },
    { self->address_row, "changed" },
    { self->password_row, "changed" },
    { self->incoming_form, "changed" },
    { self->user_row, "changed" },
    { self->auth_row, "notify::selected" },
    { self->outgoing_form, "changed" },
    { self->authentication_switch, "notify::active" },
    { self->same_switch, "notify::active" },
    { self->outgoing_user_row, "changed" },
    { self->outgoing_password_row, "changed" },
    { self->outgoing_auth_row, "notify::selected" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    g_signal_connect_object (fields[i].field, fields[i].signal,
                             G_CALLBACK (on_field_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
mw_settings_form_init (MwSettingsForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->setup_bindings = g_binding_group_new ();
  mw_entry_binding_add (self->setup_bindings, "sender-name", self->name_row);
  g_binding_group_bind (self->setup_bindings, "outgoing-authentication",
                        self->authentication_switch, "active",
                        G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_binding_group_bind (self->setup_bindings, "same-credentials",
                        self->same_switch, "active",
                        G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_signal_connect_swapped (self->authentication_switch, "notify::active",
                            G_CALLBACK (update_visibility), self);
  g_signal_connect_swapped (self->same_switch, "notify::active",
                            G_CALLBACK (update_visibility), self);
  g_signal_connect_object (self->address_row, "changed",
                           G_CALLBACK (mw_settings_form_update_user_names), self,
                           G_CONNECT_SWAPPED);
  mw_field_note_set_check (self->address_note, check_address, self);
  mw_field_note_set_check (self->password_note, check_password, self);
  mw_field_note_set_check (self->outgoing_password_note, check_password, self);
  connect_fields (self);
  g_signal_connect_object (self->incoming_form, "protocol-selected",
                           G_CALLBACK (on_protocol_selected), self, G_CONNECT_SWAPPED);
  update_visibility (self);
}

void
mw_settings_form_set_setup (MwSettingsForm *self,
                            MwSetup        *setup)
{
  g_return_if_fail (MW_IS_SETTINGS_FORM (self));
  g_return_if_fail (setup == NULL || MW_IS_SETUP (setup));

  if (!g_set_object (&self->setup, setup))
    return;

  self->updating = TRUE;
  g_binding_group_set_source (self->setup_bindings, setup);
  mw_settings_form_forget_passwords (self);
  self->updating = FALSE;
  set_changed (self, FALSE);
}

void
mw_settings_form_set_passwords_optional (MwSettingsForm *self,
                                         gboolean        optional)
{
  g_return_if_fail (MW_IS_SETTINGS_FORM (self));

  if (self->passwords_optional == optional)
    return;

  self->passwords_optional = optional;
  update_password_titles (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PASSWORDS_OPTIONAL]);
}

void
mw_settings_form_update (MwSettingsForm *self)
{
  g_return_if_fail (MW_IS_SETTINGS_FORM (self));
  g_return_if_fail (self->setup != NULL);

  self->updating = TRUE;
  mw_settings_form_fill (self);
  self->protocol_chosen = FALSE;
  self->updating = FALSE;
  update_password_titles (self);
  update_visibility (self);
  mw_settings_form_update_user_names (self);
  mw_field_note_clear (self->address_note);
  mw_field_note_clear (self->password_note);
  mw_field_note_clear (self->outgoing_password_note);
  set_changed (self, FALSE);
}

gboolean
mw_settings_form_take (MwSettingsForm *self)
{
  g_return_val_if_fail (MW_IS_SETTINGS_FORM (self), FALSE);
  g_return_val_if_fail (self->setup != NULL, FALSE);

  if (!check_fields (self, FALSE))
    return FALSE;

  mw_settings_form_take_everything (self, FALSE);

  return TRUE;
}

gboolean
mw_settings_form_check_whole (MwSettingsForm *self)
{
  g_return_val_if_fail (MW_IS_SETTINGS_FORM (self), FALSE);
  g_return_val_if_fail (self->setup != NULL, FALSE);

  return check_fields (self, TRUE);
}

MwEndpoint *
mw_settings_form_get_server (MwSettingsForm *self,
                             MwSide          side)
{
  g_return_val_if_fail (MW_IS_SETTINGS_FORM (self), NULL);

  return mw_server_form_get_endpoint (side == MW_SIDE_INCOMING ? self->incoming_form
                                                               : self->outgoing_form);
}

void
mw_settings_form_adopt (MwSettingsForm *self)
{
  g_return_if_fail (MW_IS_SETTINGS_FORM (self));
  g_return_if_fail (self->setup != NULL);

  mw_settings_form_take_everything (self, TRUE);
}

void
mw_settings_form_keep_address (MwSettingsForm *self)
{
  g_return_if_fail (MW_IS_SETTINGS_FORM (self));

  if (self->setup != NULL && mw_setup_get_state (self->setup) != MW_SETUP_STATE_CHECKING)
    mw_settings_form_take_address (self);
}

gboolean
mw_settings_form_get_changed (MwSettingsForm *self)
{
  g_return_val_if_fail (MW_IS_SETTINGS_FORM (self), FALSE);

  return self->changed;
}

MwProtocol
mw_settings_form_get_protocol (MwSettingsForm *self)
{
  g_return_val_if_fail (MW_IS_SETTINGS_FORM (self), MW_PROTOCOL_IMAP);

  return mw_server_form_get_protocol (self->incoming_form);
}

void
mw_settings_form_set_incoming (MwSettingsForm *self,
                               MwEndpoint     *endpoint)
{
  g_return_if_fail (MW_IS_SETTINGS_FORM (self));

  self->updating = TRUE;
  g_clear_pointer (&self->filled_in[MW_SIDE_INCOMING], mw_endpoint_unref);
  mw_server_form_set_endpoint (self->incoming_form, endpoint);
  mw_source_row_show (self->incoming_source_row, self->setup, NULL, MW_SERVER_BASIS_TYPED);
  self->updating = FALSE;
  set_changed (self, TRUE);
}

void
mw_settings_form_focus_password (MwSettingsForm *self,
                                 MwSide          side,
                                 const char     *sentence)
{
  g_return_if_fail (MW_IS_SETTINGS_FORM (self));

  mw_field_note_show (side == MW_SIDE_OUTGOING ? self->outgoing_password_note
                                               : self->password_note, sentence);
  gtk_widget_grab_focus (GTK_WIDGET (side == MW_SIDE_OUTGOING ? self->outgoing_password_row
                                                              : self->password_row));
}

void
mw_settings_form_forget_passwords (MwSettingsForm *self)
{
  g_return_if_fail (MW_IS_SETTINGS_FORM (self));

  gtk_editable_set_text (self->password_row, "");
  gtk_editable_set_text (self->outgoing_password_row, "");
}
