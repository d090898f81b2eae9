/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-server-form.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/mw-field-note.h"
#include "core/mw-domain.h"
#include "core/mw-typed-server.h"

struct _MwServerForm
{
  AdwPreferencesGroup  parent_instance;

  /* Template widgets */
  AdwComboRow         *protocol_row;
  GtkEditable         *host_row;
  MwFieldNote         *host_note;
  GtkEditable         *port_row;
  MwFieldNote         *port_note;
  AdwComboRow         *security_row;

  /* Owned */
  GtkWidget           *warning_image; /* stands in the row while it is needed */
  char                *filled_host;   /* what set_endpoint put in last */

  MwSide               side;
  guint                paste_id;
  gboolean             updating;
  gboolean             server_needed;
};

G_DEFINE_FINAL_TYPE (MwServerForm, mw_server_form, ADW_TYPE_PREFERENCES_GROUP)

enum {
  PROP_0,
  PROP_SIDE,
  N_PROPS,
};

enum {
  CHANGED,
  PROTOCOL_SELECTED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* The order of the rows in the template. */
static const MwSecurity securities[] = {
  MW_SECURITY_TLS,
  MW_SECURITY_STARTTLS,
  MW_SECURITY_NONE,
};

static MwSecurity
get_security (MwServerForm *self)
{
  guint selected = adw_combo_row_get_selected (self->security_row);

  return selected < G_N_ELEMENTS (securities) ? securities[selected] : MW_SECURITY_TLS;
}

static void
set_security (MwServerForm *self,
              MwSecurity    security)
{
  for (guint i = 0; i < G_N_ELEMENTS (securities); i++)
    if (securities[i] == security)
      adw_combo_row_set_selected (self->security_row, i);
}

static void
set_protocol (MwServerForm *self,
              MwProtocol    protocol)
{
  if (self->side == MW_SIDE_INCOMING)
    adw_combo_row_set_selected (self->protocol_row, protocol == MW_PROTOCOL_POP3 ? 1 : 0);
}

static void
set_port (MwServerForm *self,
          guint         port)
{
  g_autofree char *text = g_strdup_printf ("%u", port);

  gtk_editable_set_text (self->port_row, text);
}

static guint
read_port (MwServerForm *self)
{
  return mw_typed_server_parse_port (gtk_editable_get_text (self->port_row));
}

/* Whether a port is the usual one of some service of this side, so that it
 * follows the other choices. One that is not was meant as typed. */
static gboolean
is_usual_port (MwServerForm *self,
               guint         port)
{
  static const guint16 incoming[] = { 993, 143, 995, 110 };
  static const guint16 outgoing[] = { 465, 587 };
  const guint16 *ports = self->side == MW_SIDE_INCOMING ? incoming : outgoing;
  gsize n_ports = self->side == MW_SIDE_INCOMING ? G_N_ELEMENTS (incoming)
                                                 : G_N_ELEMENTS (outgoing);

  for (gsize i = 0; i < n_ports; i++)
    if (ports[i] == port)
      return TRUE;

  return FALSE;
}

static void
show_warning (MwServerForm *self,
              gboolean      needed)
{
  AdwActionRow *row = ADW_ACTION_ROW (self->security_row);
  gboolean shown = gtk_widget_get_parent (self->warning_image) != NULL;

  if (needed && !shown)
    adw_action_row_add_prefix (row, self->warning_image);
  else if (shown && !needed)
    adw_action_row_remove (row, self->warning_image);
}

static void
update_notes (MwServerForm *self)
{
  MwSecurity security = get_security (self);
  const char *note = "";

  switch (security)
    {
    case MW_SECURITY_STARTTLS:
      note = _("Guides that say “SSL off” with port 143, 110 or 587 mean this");
      break;
    case MW_SECURITY_NONE:
      note = _("Anyone on the way can read the password and the mail. Only for a server in your "
               "own network; for any other one you are asked once more.");
      break;
    case MW_SECURITY_TLS:
    default:
      break;
    }

  show_warning (self, security == MW_SECURITY_NONE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->security_row), note);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->security_row),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, note, -1);
}

static void
follow_port (MwServerForm *self)
{
  guint port = read_port (self);

  if (port == 0 || is_usual_port (self, port))
    set_port (self, mw_endpoint_default_port (mw_server_form_get_protocol (self),
                                              get_security (self)));
}

static void
on_protocol_selected_cb (MwServerForm *self)
{
  if (self->updating)
    return;

  self->updating = TRUE;
  follow_port (self);
  self->updating = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
  g_signal_emit (self, signals[PROTOCOL_SELECTED], 0);
}

static void
on_security_selected_cb (MwServerForm *self)
{
  update_notes (self);
  if (self->updating)
    return;

  self->updating = TRUE;
  follow_port (self);
  self->updating = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* A well-known port says what kind of encryption is meant, and which protocol.
 * None says that there should be no encryption. */
static void
obey_port (MwServerForm *self,
           guint         port)
{
  self->updating = TRUE;
  if (port == 993 || port == 143)
    set_protocol (self, MW_PROTOCOL_IMAP);
  else if (port == 995 || port == 110)
    set_protocol (self, MW_PROTOCOL_POP3);
  if (port == 993 || port == 995 || port == 465)
    set_security (self, MW_SECURITY_TLS);
  else if (get_security (self) == MW_SECURITY_TLS)
    set_security (self, MW_SECURITY_STARTTLS);
  self->updating = FALSE;
}

static void
on_port_changed_cb (MwServerForm *self)
{
  guint port = read_port (self);

  if (self->updating)
    return;

  g_signal_emit (self, signals[CHANGED], 0);
  if (is_usual_port (self, port))
    obey_port (self, port);
}

static void
on_host_changed_cb (MwServerForm *self)
{
  if (!self->updating)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* The scheme of the other side would be nonsense here. */
static void
obey_scheme (MwServerForm  *self,
             MwTypedServer *server)
{
  gboolean outgoing = server->protocol == MW_PROTOCOL_SMTP;

  if (!server->is_named || outgoing != (self->side == MW_SIDE_OUTGOING))
    return;

  set_protocol (self, server->protocol);
  set_security (self, server->security);
}

static void
set_text (GtkEditable *row,
          const char  *text)
{
  if (!g_str_equal (gtk_editable_get_text (row), text))
    gtk_editable_set_text (row, text);
}

/* The entry keeps only the name; what else was pasted goes where it belongs. */
static void
tidy_host (MwServerForm *self)
{
  g_autoptr(MwTypedServer) server =
    mw_typed_server_parse (gtk_editable_get_text (self->host_row));

  obey_scheme (self, server);
  if (server->port != 0)
    set_port (self, server->port);
  set_text (self->host_row, server->host);
}

/* Somebody may paste the whole server here as well. */
static void
tidy_port (MwServerForm *self)
{
  const char *text = gtk_editable_get_text (self->port_row);
  guint port = mw_typed_server_parse_port (text);
  g_autoptr(MwTypedServer) server = NULL;

  if (port == 0 && strchr (text, '.') != NULL)
    {
      g_autofree char *whole = g_strdup (text);

      set_port (self, mw_endpoint_default_port (mw_server_form_get_protocol (self),
                                                get_security (self)));
      gtk_editable_set_text (self->host_row, whole);
      tidy_host (self);
    }
  else if (port != 0)
    {
      g_autofree char *digits = g_strdup_printf ("%u", port);

      set_text (self->port_row, digits);
    }
}

static gboolean
on_pasted (gpointer user_data)
{
  MwServerForm *self = MW_SERVER_FORM (user_data);

  self->paste_id = 0;
  tidy_host (self);
  tidy_port (self);

  return G_SOURCE_REMOVE;
}

/* Typing comes letter by letter, and is left alone until it is over. */
static void
on_text_inserted (MwServerForm *self,
                  const char   *text,
                  int           length)
{
  if (!self->updating && length > 1 && self->paste_id == 0)
    self->paste_id = g_idle_add (on_pasted, self);
}

static void
on_focus_left (MwServerForm *self)
{
  tidy_host (self);
  tidy_port (self);
}

/* Returns: (transfer full) (nullable): the name as the name service has it */
static char *
dup_host (const char *typed)
{
  g_autofree char *host = NULL;

  if (!mw_domain_is_ip_literal (typed))
    return mw_domain_normalize (typed);

  host = g_strdup (*typed == '[' ? typed + 1 : typed);
  if (g_str_has_suffix (host, "]"))
    host[strlen (host) - 1] = '\0';

  return g_steal_pointer (&host);
}

static char *
check_host (GtkEditable *row,
            gboolean     finished,
            gpointer     user_data)
{
  MwServerForm *self = MW_SERVER_FORM (user_data);
  g_autoptr(MwTypedServer) server = mw_typed_server_parse (gtk_editable_get_text (row));
  g_autofree char *host = dup_host (server->host);

  if (host != NULL || (*server->host == '\0' && !(finished && self->server_needed)))
    return NULL;
  if (*server->host == '\0')
    return g_strdup (_("Type the server. Without a check nothing is looked for."));
  if (strchr (server->host, '@') != NULL)
    return g_strdup (_("This is an email address, not a server. A server looks like "
                       "“mail.example.com”."));

  return g_strdup (_("This is not the name of a server. It looks like “mail.example.com”."));
}

static char *
check_port (GtkEditable *row,
            gboolean     finished,
            gpointer     user_data)
{
  const char *text = gtk_editable_get_text (row);

  if (mw_typed_server_parse_port (text) != 0 || (*text == '\0' && !finished))
    return NULL;

  return g_strdup (_("A port is a number from 1 to 65535."));
}

static void
mw_server_form_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  MwServerForm *self = MW_SERVER_FORM (object);

  switch (prop_id)
    {
    case PROP_SIDE:
      self->side = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mw_server_form_constructed (GObject *object)
{
  MwServerForm *self = MW_SERVER_FORM (object);
  gboolean incoming = self->side == MW_SIDE_INCOMING;

  G_OBJECT_CLASS (mw_server_form_parent_class)->constructed (object);

  gtk_widget_set_visible (GTK_WIDGET (self->protocol_row), incoming);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->host_row),
                                 incoming ? _("Incoming server") : _("Outgoing server"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->port_row),
                                 incoming ? _("Incoming port") : _("Outgoing port"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->security_row),
                                 incoming ? _("Incoming security") : _("Outgoing security"));
  mw_server_form_set_endpoint (self, NULL);
}

static void
mw_server_form_dispose (GObject *object)
{
  MwServerForm *self = MW_SERVER_FORM (object);

  g_clear_handle_id (&self->paste_id, g_source_remove);
  g_clear_object (&self->warning_image);

  G_OBJECT_CLASS (mw_server_form_parent_class)->dispose (object);
}

static void
mw_server_form_finalize (GObject *object)
{
  MwServerForm *self = MW_SERVER_FORM (object);

  g_free (self->filled_host);

  G_OBJECT_CLASS (mw_server_form_parent_class)->finalize (object);
}

static void
mw_server_form_class_init (MwServerFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = mw_server_form_set_property;
  object_class->constructed = mw_server_form_constructed;
  object_class->dispose = mw_server_form_dispose;
  object_class->finalize = mw_server_form_finalize;

  properties[PROP_SIDE] =
    g_param_spec_enum ("side", NULL, NULL, MW_TYPE_SIDE, MW_SIDE_INCOMING,
                       G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PROTOCOL_SELECTED] =
    g_signal_new ("protocol-selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (MW_TYPE_FIELD_NOTE);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "mw-server-form.ui");
  gtk_widget_class_bind_template_child (widget_class, MwServerForm, protocol_row);
  gtk_widget_class_bind_template_child (widget_class, MwServerForm, host_row);
  gtk_widget_class_bind_template_child (widget_class, MwServerForm, host_note);
  gtk_widget_class_bind_template_child (widget_class, MwServerForm, port_row);
  gtk_widget_class_bind_template_child (widget_class, MwServerForm, port_note);
  gtk_widget_class_bind_template_child (widget_class, MwServerForm, security_row);
  gtk_widget_class_bind_template_callback (widget_class, on_protocol_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_security_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_port_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_host_changed_cb);
}

static void
watch (MwServerForm *self,
       GtkEditable  *row)
{
  GtkEventController *controller = gtk_event_controller_focus_new ();

  g_signal_connect_object (controller, "leave",
                           G_CALLBACK (on_focus_left), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (row), controller);
  g_signal_connect_object (gtk_editable_get_delegate (row), "insert-text",
                           G_CALLBACK (on_text_inserted), self, G_CONNECT_SWAPPED);
}

static void
mw_server_form_init (MwServerForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->warning_image =
    g_object_ref_sink (g_object_new (GTK_TYPE_IMAGE,
                                     "icon-name", "dialog-warning-symbolic",
                                     "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                     NULL));
  gtk_widget_add_css_class (self->warning_image, "warning");
  watch (self, self->host_row);
  watch (self, self->port_row);
  mw_field_note_set_check (self->host_note, check_host, self);
  mw_field_note_set_check (self->port_note, check_port, self);
}

void
mw_server_form_set_endpoint (MwServerForm *self,
                             MwEndpoint   *endpoint)
{
  g_return_if_fail (MW_IS_SERVER_FORM (self));

  self->updating = TRUE;
  if (endpoint != NULL)
    {
      gtk_editable_set_text (self->host_row, mw_endpoint_get_host (endpoint));
      set_protocol (self, mw_endpoint_get_protocol (endpoint));
      set_security (self, mw_endpoint_get_security (endpoint));
      set_port (self, mw_endpoint_get_port (endpoint));
    }
  else
    {
      gtk_editable_set_text (self->host_row, "");
      set_security (self, MW_SECURITY_TLS);
      set_port (self, mw_endpoint_default_port (mw_server_form_get_protocol (self),
                                                MW_SECURITY_TLS));
    }
  self->updating = FALSE;
  g_free (self->filled_host);
  self->filled_host = g_strdup (gtk_editable_get_text (self->host_row));
  mw_field_note_clear (self->host_note);
  mw_field_note_clear (self->port_note);
  update_notes (self);
}

MwEndpoint *
mw_server_form_get_endpoint (MwServerForm *self)
{
  g_autofree char *host = NULL;
  guint port;

  g_return_val_if_fail (MW_IS_SERVER_FORM (self), NULL);

  tidy_host (self);
  tidy_port (self);
  host = dup_host (gtk_editable_get_text (self->host_row));
  port = read_port (self);
  if (host == NULL || port == 0)
    return NULL;

  return mw_endpoint_new (mw_server_form_get_protocol (self), get_security (self), host,
                          (guint16) port);
}

gboolean
mw_server_form_check (MwServerForm *self,
                      gboolean      server_needed,
                      gboolean      take_focus)
{
  gboolean good;

  g_return_val_if_fail (MW_IS_SERVER_FORM (self), FALSE);

  tidy_host (self);
  tidy_port (self);
  self->server_needed = server_needed;
  good = mw_field_note_check (self->host_note, take_focus);
  good = mw_field_note_check (self->port_note, take_focus && good) && good;

  return good;
}

gboolean
mw_server_form_is_untouched (MwServerForm *self)
{
  const char *host;

  g_return_val_if_fail (MW_IS_SERVER_FORM (self), FALSE);

  host = gtk_editable_get_text (self->host_row);

  return *host == '\0' || g_strcmp0 (host, self->filled_host) == 0;
}

MwProtocol
mw_server_form_get_protocol (MwServerForm *self)
{
  g_return_val_if_fail (MW_IS_SERVER_FORM (self), MW_PROTOCOL_IMAP);

  if (self->side == MW_SIDE_OUTGOING)
    return MW_PROTOCOL_SMTP;

  return adw_combo_row_get_selected (self->protocol_row) == 1 ? MW_PROTOCOL_POP3 : MW_PROTOCOL_IMAP;
}
