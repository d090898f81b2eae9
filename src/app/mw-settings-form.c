/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-settings-form.h"

#include <glib/gi18n.h>

#include "app/mw-entry-binding.h"
#include "app/mw-foreign-text.h"
#include "app/mw-server-form.h"
#include "app/mw-tab-order.h"

struct _MwSettingsForm
{
  AdwBin         parent_instance;

  /* Template widgets */
  GtkEditable   *name_row;
  GtkEditable   *address_row;
  GtkEditable   *password_row;
  MwServerForm  *incoming_form;
  AdwActionRow  *incoming_source_row;
  GtkEditable   *user_row;
  MwServerForm  *outgoing_form;
  AdwActionRow  *outgoing_source_row;
  GtkSwitch     *authentication_switch;
  GtkWidget     *same_row;
  GtkSwitch     *same_switch;
  GtkEditable   *outgoing_user_row;
  GtkEditable   *outgoing_password_row;
  GtkLabel      *error_label;

  /* Owned */
  MwSetup       *setup;
  GBindingGroup *setup_bindings;
  MwEndpoint    *filled_in[2];

  gboolean       passwords_optional;
  gboolean       changed;
  gboolean       updating;
};

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
on_protocol_selected (MwSettingsForm *self)
{
  g_signal_emit (self, signals[PROTOCOL_CHANGED], 0);
}

static void
show_error (MwSettingsForm *self,
            const char     *sentence)
{
  gtk_label_set_text (self->error_label, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), sentence != NULL);
}

static void
update_visibility (MwSettingsForm *self)
{
  gboolean authentication = gtk_switch_get_active (self->authentication_switch);
  gboolean same = gtk_switch_get_active (self->same_switch);

  gtk_widget_set_visible (self->same_row, authentication);
  gtk_widget_set_visible (GTK_WIDGET (self->outgoing_user_row), authentication && !same);
  gtk_widget_set_visible (GTK_WIDGET (self->outgoing_password_row), authentication && !same);
}

static gboolean
take_address (MwSettingsForm *self)
{
  const char *text = gtk_editable_get_text (self->address_row);
  MwAddress *address = mw_setup_get_address (self->setup);
  g_autoptr(GError) error = NULL;
  g_autoptr(MwAdvice) advice = NULL;

  if (address != NULL && g_str_equal (text, mw_address_get_display (address)))
    return TRUE;
  if (mw_setup_set_address (self->setup, text, TRUE, &error))
    return TRUE;

  advice = mw_advice_for_error (error);
  show_error (self, advice->text);
  gtk_widget_grab_focus (GTK_WIDGET (self->address_row));

  return FALSE;
}

static gboolean
take_password (MwSettingsForm *self,
               MwSide          side,
               GtkEditable    *row)
{
  g_autoptr(MwSecret) secret = mw_secret_new_typed (gtk_editable_get_text (row));

  if (secret == NULL)
    {
      if (self->passwords_optional || mw_setup_has_password (self->setup, side))
        return TRUE;
      show_error (self, _("Type the password."));
      gtk_widget_grab_focus (GTK_WIDGET (row));
      return FALSE;
    }

  mw_setup_set_password (self->setup, side, secret);

  return TRUE;
}

/* What was filled in and left alone was not typed by the person: it stays with
 * the sources that named it, and with the questions that belong to them. One
 * that was typed or saved before stays with its proof. */
static gboolean
was_left_alone (MwSettingsForm *self,
                MwSide          side,
                MwEndpoint     *endpoint)
{
  GPtrArray *servers = mw_setup_get_servers (self->setup, side);

  if (servers != NULL && servers->len > 0)
    return endpoint != NULL
           && servers->len == 1
           && mw_endpoint_equal (endpoint, g_ptr_array_index (servers, 0));

  return endpoint != NULL
         && self->filled_in[side] != NULL
         && mw_endpoint_equal (endpoint, self->filled_in[side]);
}

static gboolean
take_server (MwSettingsForm *self,
             MwSide          side,
             MwServerForm   *form)
{
  const char *problem;
  g_autoptr(MwEndpoint) endpoint = mw_server_form_get_endpoint (form, &problem);
  g_autoptr(GPtrArray) endpoints = NULL;

  if (problem != NULL)
    {
      show_error (self, problem);
      return FALSE;
    }

  if (was_left_alone (self, side, endpoint))
    return TRUE;

  if (endpoint != NULL)
    {
      endpoints = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_endpoint_unref);
      g_ptr_array_add (endpoints, g_steal_pointer (&endpoint));
    }
  mw_setup_set_servers (self->setup, side, endpoints);
  if (side == MW_SIDE_INCOMING)
    mw_setup_set_protocol (self->setup, mw_server_form_get_protocol (form));

  return TRUE;
}

static void
take_user_name (MwSettingsForm *self,
                MwSide          side,
                GtkEditable    *row)
{
  const char *text = gtk_editable_get_text (row);

  mw_setup_set_user_name (self->setup, side, *text != '\0' ? text : NULL);
}

static MwEndpoint *
guess_endpoint (MwSettingsForm *self,
                MwSide          side)
{
  MwAddress *address = mw_setup_get_address (self->setup);
  gboolean pop3 = mw_setup_get_protocol (self->setup) == MW_PROTOCOL_POP3;
  MwProtocol protocol = pop3 ? MW_PROTOCOL_POP3 : MW_PROTOCOL_IMAP;
  const char *prefix = pop3 ? "pop3" : "imap";
  g_autofree char *host = NULL;

  if (address == NULL)
    return NULL;
  if (side == MW_SIDE_OUTGOING)
    {
      protocol = MW_PROTOCOL_SMTP;
      prefix = "smtp";
    }

  host = g_strdup_printf ("%s.%s", prefix, mw_address_get_domain (address));

  return mw_endpoint_new (protocol, MW_SECURITY_TLS, host, 0);
}

static MwEndpoint *
find_endpoint (MwSettingsForm *self,
               MwSide          side)
{
  GPtrArray *servers = mw_setup_get_servers (self->setup, side);
  MwVerdict *verdict = mw_setup_get_verdict (self->setup, side);

  if (servers != NULL && servers->len > 0)
    return mw_endpoint_ref (g_ptr_array_index (servers, 0));
  if (verdict != NULL)
    return mw_endpoint_ref (mw_candidate_get_endpoint (verdict->candidate));

  return guess_endpoint (self, side);
}

/* Who named what find_endpoint() finds; nobody when it was typed here. */
static guint
find_origins (MwSettingsForm *self,
              MwSide          side)
{
  GPtrArray *servers = mw_setup_get_servers (self->setup, side);
  MwVerdict *verdict = mw_setup_get_verdict (self->setup, side);

  if (servers != NULL && servers->len > 0)
    return 0;
  if (verdict != NULL)
    return mw_candidate_get_origins (verdict->candidate) & ~(1u << MW_ORIGIN_MANUAL);

  return 1u << MW_ORIGIN_GUESS;
}

static void
show_source (MwSettingsForm *self,
             MwSide          side,
             AdwActionRow   *row)
{
  MwEndpoint *endpoint = self->filled_in[side];
  guint origins = find_origins (self, side);
  g_autofree char *domain = NULL;
  g_autofree char *host = NULL;
  g_autofree char *sources = NULL;
  g_autofree char *subtitle = NULL;

  gtk_widget_set_visible (GTK_WIDGET (row), endpoint != NULL && origins != 0);
  if (endpoint == NULL || origins == 0)
    return;

  domain = mw_foreign_text_new_host (
    mw_address_get_domain_display (mw_setup_get_address (self->setup)));
  host = mw_foreign_text_new_host (mw_endpoint_get_host (endpoint));
  sources = mw_advice_name_sources (origins, domain);
  /* Translators: a server that was filled in, and who named it. */
  subtitle = g_strdup_printf (_("%s, named by: %s"), host, sources);
  adw_action_row_set_subtitle (row, subtitle);
}

static void
fill_form (MwSettingsForm *self,
           MwSide          side,
           MwServerForm   *form,
           AdwActionRow   *source_row)
{
  g_clear_pointer (&self->filled_in[side], mw_endpoint_unref);
  self->filled_in[side] = find_endpoint (self, side);
  mw_server_form_set_endpoint (form, self->filled_in[side]);
  show_source (self, side, source_row);
}

static void
fill_user_name (MwSettingsForm *self,
                MwSide          side,
                GtkEditable    *row)
{
  const char *user_name = mw_setup_get_user_name (self->setup, side);

  gtk_editable_set_text (row, user_name != NULL ? user_name : "");
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

  g_type_ensure (MW_TYPE_SERVER_FORM);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "mw-settings-form.ui");
  gtk_widget_class_bind_template_child (widget_class, MwSettingsForm, name_row);
  gtk_widget_class_bind_template_child (widget_class, MwSettingsForm, address_row);
  gtk_widget_class_bind_template_child (widget_class, MwSettingsForm, password_row);
  gtk_widget_class_bind_template_child (widget_class, MwSettingsForm, incoming_form);
  gtk_widget_class_bind_template_child (widget_class, MwSettingsForm, incoming_source_row);
  gtk_widget_class_bind_template_child (widget_class, MwSettingsForm, user_row);
  gtk_widget_class_bind_template_child (widget_class, MwSettingsForm, outgoing_form);
  gtk_widget_class_bind_template_child (widget_class, MwSettingsForm, outgoing_source_row);
  gtk_widget_class_bind_template_child (widget_class, MwSettingsForm, authentication_switch);
  gtk_widget_class_bind_template_child (widget_class, MwSettingsForm, same_row);
  gtk_widget_class_bind_template_child (widget_class, MwSettingsForm, same_switch);
  gtk_widget_class_bind_template_child (widget_class, MwSettingsForm, outgoing_user_row);
  gtk_widget_class_bind_template_child (widget_class, MwSettingsForm, outgoing_password_row);
  gtk_widget_class_bind_template_child (widget_class, MwSettingsForm, error_label);
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
    { self->outgoing_form, "changed" },
    { self->authentication_switch, "notify::active" },
    { self->same_switch, "notify::active" },
    { self->outgoing_user_row, "changed" },
    { self->outgoing_password_row, "changed" },
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
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->password_row),
                                 optional ? _("Password (empty: unchanged)") : _("Password"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->outgoing_password_row),
                                 optional ? _("Password for sending (empty: unchanged)")
                                          : _("Password for sending"));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PASSWORDS_OPTIONAL]);
}

void
mw_settings_form_update (MwSettingsForm *self)
{
  MwAddress *address;

  g_return_if_fail (MW_IS_SETTINGS_FORM (self));
  g_return_if_fail (self->setup != NULL);

  self->updating = TRUE;
  address = mw_setup_get_address (self->setup);
  gtk_editable_set_text (self->address_row,
                         address != NULL ? mw_address_get_display (address) : "");
  fill_form (self, MW_SIDE_INCOMING, self->incoming_form, self->incoming_source_row);
  fill_form (self, MW_SIDE_OUTGOING, self->outgoing_form, self->outgoing_source_row);
  fill_user_name (self, MW_SIDE_INCOMING, self->user_row);
  fill_user_name (self, MW_SIDE_OUTGOING, self->outgoing_user_row);
  self->updating = FALSE;
  update_visibility (self);
  show_error (self, NULL);
  set_changed (self, FALSE);
}

gboolean
mw_settings_form_take (MwSettingsForm *self)
{
  gboolean own;

  g_return_val_if_fail (MW_IS_SETTINGS_FORM (self), FALSE);
  g_return_val_if_fail (self->setup != NULL, FALSE);

  own = gtk_switch_get_active (self->authentication_switch)
        && !gtk_switch_get_active (self->same_switch);

  show_error (self, NULL);
  if (!take_address (self)
      || !take_password (self, MW_SIDE_INCOMING, self->password_row)
      || !take_server (self, MW_SIDE_INCOMING, self->incoming_form)
      || !take_server (self, MW_SIDE_OUTGOING, self->outgoing_form)
      || (own && !take_password (self, MW_SIDE_OUTGOING, self->outgoing_password_row)))
    return FALSE;

  take_user_name (self, MW_SIDE_INCOMING, self->user_row);
  if (own)
    take_user_name (self, MW_SIDE_OUTGOING, self->outgoing_user_row);
  else
    {
      mw_setup_set_user_name (self->setup, MW_SIDE_OUTGOING, NULL);
      mw_setup_set_password (self->setup, MW_SIDE_OUTGOING, NULL);
    }

  return TRUE;
}

void
mw_settings_form_keep_address (MwSettingsForm *self)
{
  const char *text;
  MwAddress *address;

  g_return_if_fail (MW_IS_SETTINGS_FORM (self));

  if (self->setup == NULL || mw_setup_get_state (self->setup) == MW_SETUP_STATE_CHECKING)
    return;

  text = gtk_editable_get_text (self->address_row);
  address = mw_setup_get_address (self->setup);
  if (address == NULL || !g_str_equal (text, mw_address_get_display (address)))
    mw_setup_set_address (self->setup, text, TRUE, NULL);
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
  mw_server_form_set_endpoint (self->incoming_form, endpoint);
  gtk_widget_set_visible (GTK_WIDGET (self->incoming_source_row), FALSE);
  self->updating = FALSE;
  set_changed (self, TRUE);
}

void
mw_settings_form_focus_password (MwSettingsForm *self,
                                 MwSide          side,
                                 const char     *sentence)
{
  g_return_if_fail (MW_IS_SETTINGS_FORM (self));

  show_error (self, sentence);
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
