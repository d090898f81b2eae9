/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-settings-form.h"

#include <glib/gi18n.h>

#include "app/mw-auth-row.h"
#include "app/mw-control-names.h"
#include "app/mw-entry-binding.h"
#include "app/mw-field-note.h"
#include "app/mw-server-form.h"
#include "app/mw-source-row.h"
#include "app/mw-tab-order.h"
#include "app/mw-user-name-row.h"
#include "setup/mw-typed-password.h"

struct _MwSettingsForm
{
  AdwBin         parent_instance;

  /* Template widgets */
  GtkEditable   *name_row;
  GtkEditable   *address_row;
  MwFieldNote   *address_note;
  GtkEditable   *password_row;
  MwFieldNote   *password_note;
  MwServerForm  *incoming_form;
  MwSourceRow   *incoming_source_row;
  MwUserNameRow *user_row;
  MwAuthRow     *auth_row;
  MwServerForm  *outgoing_form;
  MwSourceRow   *outgoing_source_row;
  AdwActionRow  *authentication_row;
  GtkSwitch     *authentication_switch;
  GtkWidget     *same_row;
  GtkSwitch     *same_switch;
  MwUserNameRow *outgoing_user_row;
  GtkEditable   *outgoing_password_row;
  MwFieldNote   *outgoing_password_note;
  MwAuthRow     *outgoing_auth_row;

  /* Owned */
  MwSetup       *setup;
  GBindingGroup *setup_bindings;
  MwEndpoint    *filled_in[2];  /* by MwSide: not typed by the person, or NULL */

  gboolean       protocol_chosen;
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
  g_autoptr(MwAddress) address = NULL;
  g_autoptr(MwAdvice) advice = NULL;
  g_autoptr(GError) error = NULL;

  if (*text == '\0' && !finished)
    return NULL;

  address = mw_address_parse (text, &error);
  if (address != NULL)
    return NULL;

  advice = mw_advice_for_error (error);

  return g_strdup (advice->text);
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

static void
take_address (MwSettingsForm *self)
{
  const char *text = gtk_editable_get_text (self->address_row);
  MwAddress *address = mw_setup_get_address (self->setup);

  if (address == NULL || !g_str_equal (text, mw_address_get_display (address)))
    mw_setup_set_address (self->setup, text, TRUE, NULL);
}

static void
take_password (MwSettingsForm *self,
               MwSide          side,
               GtkEditable    *row)
{
  g_autoptr(MwSecret) secret = mw_typed_password_read (gtk_editable_get_text (row),
                                                       mw_setup_get_provider (self->setup), NULL);

  if (secret == NULL)
    return;

  mw_setup_set_password (self->setup, side, secret);
  if (side == MW_SIDE_INCOMING)
    g_object_set (self->setup, "browser-sign-in", FALSE, NULL);
}

static gboolean
is_as_entered (MwSettingsForm *self,
               MwSide          side,
               MwEndpoint     *endpoint)
{
  GPtrArray *servers = mw_setup_get_servers (self->setup, side);

  if (servers == NULL || servers->len == 0)
    return endpoint == NULL;

  return endpoint != NULL
         && servers->len == 1
         && mw_endpoint_equal (endpoint, g_ptr_array_index (servers, 0));
}

/* What was filled in and left alone was not typed by the person: it stays with
 * the sources that named it, and with the questions that belong to them. One
 * that was typed or saved before stays with its proof. */
static void
take_server (MwSettingsForm *self,
             MwSide          side,
             MwServerForm   *form,
             gboolean        adopt)
{
  g_autoptr(MwEndpoint) endpoint = mw_server_form_get_endpoint (form);
  g_autoptr(GPtrArray) endpoints = NULL;
  MwEndpoint *filled_in = self->filled_in[side];
  gboolean left_alone = !adopt && endpoint != NULL && filled_in != NULL
                        && mw_endpoint_equal (endpoint, filled_in);

  if (!left_alone && is_as_entered (self, side, endpoint) && endpoint != NULL)
    return;

  if (endpoint != NULL && !left_alone)
    {
      endpoints = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_endpoint_unref);
      g_ptr_array_add (endpoints, mw_endpoint_ref (endpoint));
    }
  mw_setup_set_servers (self->setup, side, endpoints);
  if (side == MW_SIDE_INCOMING && (!left_alone || self->protocol_chosen))
    mw_setup_set_protocol (self->setup, mw_server_form_get_protocol (form));
}

static void
take_user_name (MwSettingsForm *self,
                MwSide          side,
                MwUserNameRow  *row)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));

  mw_setup_set_user_name (self->setup, side, *text != '\0' ? text : NULL);
}

/* What the person typed has no source, and is not taken for anybody's else. */
static void
fill_in (MwSettingsForm *self,
         MwSide          side,
         MwServerForm   *form,
         MwSourceRow    *source_row,
         MwProtocol      protocol)
{
  MwServerBasis basis;
  g_autoptr(MwEndpoint) endpoint = mw_setup_suggest_server (self->setup, protocol, &basis);

  g_clear_pointer (&self->filled_in[side], mw_endpoint_unref);
  if (endpoint != NULL && basis != MW_SERVER_BASIS_TYPED)
    self->filled_in[side] = mw_endpoint_ref (endpoint);
  mw_server_form_set_endpoint (form, endpoint);
  mw_source_row_show (source_row, self->setup, self->filled_in[side], basis);
}

/* The protocol that was entered, else the one the last run decided on. */
static MwProtocol
find_protocol (MwSettingsForm *self)
{
  GPtrArray *servers = mw_setup_get_servers (self->setup, MW_SIDE_INCOMING);
  MwVerdict *verdict = mw_setup_get_verdict (self->setup, MW_SIDE_INCOMING);
  MwEndpoint *endpoint = NULL;

  if (servers != NULL && servers->len > 0)
    endpoint = g_ptr_array_index (servers, 0);
  else if (mw_setup_get_protocol (self->setup) == -1 && verdict != NULL)
    endpoint = mw_candidate_get_endpoint (verdict->candidate);

  if (endpoint != NULL)
    return mw_endpoint_get_protocol (endpoint);

  return mw_setup_get_protocol (self->setup) == MW_PROTOCOL_POP3 ? MW_PROTOCOL_POP3
                                                                 : MW_PROTOCOL_IMAP;
}

/* A server that was typed may speak both, so it stays. For a saved account
 * whoever listens knows better. */
static void
on_protocol_selected (MwSettingsForm *self)
{
  self->protocol_chosen = TRUE;
  if (self->setup != NULL && !self->passwords_optional
      && mw_server_form_is_untouched (self->incoming_form))
    fill_in (self, MW_SIDE_INCOMING, self->incoming_form, self->incoming_source_row,
             mw_server_form_get_protocol (self->incoming_form));
  g_signal_emit (self, signals[PROTOCOL_CHANGED], 0);
}

/* What an empty entry stands for, as far as that is known. */
static const char *
find_usual_user_name (MwSettingsForm *self)
{
  MwVerdict *verdict = mw_setup_get_verdict (self->setup, MW_SIDE_INCOMING);
  const char * const *names = NULL;

  if (verdict != NULL && mw_setup_get_servers (self->setup, MW_SIDE_INCOMING) == NULL)
    names = mw_candidate_get_user_names (verdict->candidate);

  return names != NULL ? names[0] : NULL;
}

static void
update_user_names (MwSettingsForm *self)
{
  g_autoptr(MwAddress) address = mw_address_parse (gtk_editable_get_text (self->address_row), NULL);
  MwAddress *entered = self->setup != NULL ? mw_setup_get_address (self->setup) : NULL;
  const char *usual = NULL;

  if (address != NULL && entered != NULL
      && g_str_equal (mw_address_get_text (address), mw_address_get_text (entered)))
    usual = find_usual_user_name (self);

  mw_user_name_row_set_usual (self->user_row, address, usual);
  mw_user_name_row_set_usual (self->outgoing_user_row, address, NULL);
}

static void
fill_user_name (MwSettingsForm *self,
                MwSide          side,
                MwUserNameRow  *row)
{
  const char *user_name = mw_setup_get_user_name (self->setup, side);

  gtk_editable_set_text (GTK_EDITABLE (row), user_name != NULL ? user_name : "");
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

static void
take_everything (MwSettingsForm *self,
                 gboolean        adopt)
{
  gboolean own = gtk_switch_get_active (self->authentication_switch)
                 && !gtk_switch_get_active (self->same_switch);

  take_address (self);
  take_password (self, MW_SIDE_INCOMING, self->password_row);
  take_server (self, MW_SIDE_INCOMING, self->incoming_form, adopt);
  take_server (self, MW_SIDE_OUTGOING, self->outgoing_form, adopt);
  take_user_name (self, MW_SIDE_INCOMING, self->user_row);
  mw_setup_set_auth (self->setup, MW_SIDE_INCOMING, mw_auth_row_get_method (self->auth_row));
  mw_setup_set_auth (self->setup, MW_SIDE_OUTGOING,
                     mw_auth_row_get_method (self->outgoing_auth_row));

  if (own)
    {
      take_password (self, MW_SIDE_OUTGOING, self->outgoing_password_row);
      take_user_name (self, MW_SIDE_OUTGOING, self->outgoing_user_row);
    }
  else
    {
      mw_setup_set_user_name (self->setup, MW_SIDE_OUTGOING, NULL);
      mw_setup_set_password (self->setup, MW_SIDE_OUTGOING, NULL);
    }
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
                           G_CALLBACK (update_user_names), self, G_CONNECT_SWAPPED);
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
  MwAddress *address;

  g_return_if_fail (MW_IS_SETTINGS_FORM (self));
  g_return_if_fail (self->setup != NULL);

  self->updating = TRUE;
  address = mw_setup_get_address (self->setup);
  gtk_editable_set_text (self->address_row,
                         address != NULL ? mw_address_get_display (address) : "");
  fill_in (self, MW_SIDE_INCOMING, self->incoming_form, self->incoming_source_row,
           find_protocol (self));
  fill_in (self, MW_SIDE_OUTGOING, self->outgoing_form, self->outgoing_source_row,
           MW_PROTOCOL_SMTP);
  fill_user_name (self, MW_SIDE_INCOMING, self->user_row);
  fill_user_name (self, MW_SIDE_OUTGOING, self->outgoing_user_row);
  mw_auth_row_set_method (self->auth_row, mw_setup_get_auth (self->setup, MW_SIDE_INCOMING));
  mw_auth_row_set_method (self->outgoing_auth_row,
                          mw_setup_get_auth (self->setup, MW_SIDE_OUTGOING));
  self->protocol_chosen = FALSE;
  self->updating = FALSE;
  update_password_titles (self);
  update_visibility (self);
  update_user_names (self);
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

  take_everything (self, FALSE);

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

  take_everything (self, TRUE);
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
