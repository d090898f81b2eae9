/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-server-form.h"

#include <string.h>

#include <glib/gi18n.h>

#include "core/mw-domain.h"

struct _MwServerForm
{
  AdwPreferencesGroup  parent_instance;

  /* Template widgets */
  AdwComboRow         *protocol_row;
  GtkEditable         *host_row;
  GtkEditable         *port_row;
  AdwComboRow         *security_row;

  MwSide               side;
  gboolean             updating;
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

static const struct {
  const char *scheme;
  MwProtocol  protocol;
  MwSecurity  security;
} schemes[] = {
  { "imaps", MW_PROTOCOL_IMAP, MW_SECURITY_TLS },
  { "imap", MW_PROTOCOL_IMAP, MW_SECURITY_STARTTLS },
  { "pop3s", MW_PROTOCOL_POP3, MW_SECURITY_TLS },
  { "pops", MW_PROTOCOL_POP3, MW_SECURITY_TLS },
  { "pop3", MW_PROTOCOL_POP3, MW_SECURITY_STARTTLS },
  { "pop", MW_PROTOCOL_POP3, MW_SECURITY_STARTTLS },
  { "submissions", MW_PROTOCOL_SMTP, MW_SECURITY_TLS },
  { "smtps", MW_PROTOCOL_SMTP, MW_SECURITY_TLS },
  { "submission", MW_PROTOCOL_SMTP, MW_SECURITY_STARTTLS },
  { "smtp", MW_PROTOCOL_SMTP, MW_SECURITY_STARTTLS },
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
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->port_row)));
  guint64 port;

  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT16, &port, NULL))
    return 0;

  return (guint) port;
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
update_notes (MwServerForm *self)
{
  const char *note = "";

  switch (get_security (self))
    {
    case MW_SECURITY_STARTTLS:
      note = _("Guides that say “SSL off” with port 143, 110 or 587 mean this");
      break;
    case MW_SECURITY_NONE:
      note = _("Anyone on the way can read the password. Only for a server in your own network.");
      break;
    case MW_SECURITY_TLS:
    default:
      break;
    }

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->security_row), note);
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

static void
on_port_changed_cb (MwServerForm *self)
{
  guint port;

  gtk_widget_remove_css_class (GTK_WIDGET (self->port_row), "error");
  if (self->updating)
    return;

  g_signal_emit (self, signals[CHANGED], 0);
  port = read_port (self);
  if (!is_usual_port (self, port))
    return;

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
on_host_changed_cb (MwServerForm *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->host_row), "error");
  if (!self->updating)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* Takes the scheme off @text and chooses what it says. */
static const char *
take_scheme (MwServerForm *self,
             const char   *text)
{
  const char *end = strstr (text, "://");

  if (end == NULL)
    return text;

  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      gboolean outgoing = schemes[i].protocol == MW_PROTOCOL_SMTP;

      if (strlen (schemes[i].scheme) != (gsize) (end - text)
          || g_ascii_strncasecmp (text, schemes[i].scheme, end - text) != 0
          || outgoing != (self->side == MW_SIDE_OUTGOING))
        continue;

      set_protocol (self, schemes[i].protocol);
      set_security (self, schemes[i].security);
      break;
    }

  return end + strlen ("://");
}

/* Servers are pasted in many forms: "imaps://mail.example.com/",
 * "MAIL.EXAMPLE.COM:993", with blanks around. The entry keeps only the name. */
static void
tidy_host (MwServerForm *self)
{
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (self->host_row)));
  g_autofree char *host = NULL;
  const char *rest;
  const char *colon;

  rest = take_scheme (self, typed);
  host = g_strndup (rest, strcspn (rest, "/?#"));

  /* A colon is the port's, unless there are more of them, as in an IPv6
   * address; then only one after the bracket counts. */
  colon = strrchr (host, ':');
  if (colon != NULL
      && (strchr (host, ':') == colon || (colon > host && colon[-1] == ']'))
      && colon[1] != '\0' && strspn (colon + 1, "0123456789") == strlen (colon + 1))
    {
      gtk_editable_set_text (self->port_row, colon + 1);
      host[colon - host] = '\0';
    }

  if (!g_str_equal (host, gtk_editable_get_text (self->host_row)))
    gtk_editable_set_text (self->host_row, host);
}

static void
on_host_focus_left (GtkEventControllerFocus *controller,
                    MwServerForm            *self)
{
  tidy_host (self);
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
mw_server_form_class_init (MwServerFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = mw_server_form_set_property;
  object_class->constructed = mw_server_form_constructed;

  properties[PROP_SIDE] =
    g_param_spec_enum ("side", NULL, NULL, MW_TYPE_SIDE, MW_SIDE_INCOMING,
                       G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PROTOCOL_SELECTED] =
    g_signal_new ("protocol-selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "mw-server-form.ui");
  gtk_widget_class_bind_template_child (widget_class, MwServerForm, protocol_row);
  gtk_widget_class_bind_template_child (widget_class, MwServerForm, host_row);
  gtk_widget_class_bind_template_child (widget_class, MwServerForm, port_row);
  gtk_widget_class_bind_template_child (widget_class, MwServerForm, security_row);
  gtk_widget_class_bind_template_callback (widget_class, on_protocol_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_security_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_port_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_host_changed_cb);
}

static void
mw_server_form_init (MwServerForm *self)
{
  GtkEventController *controller;

  gtk_widget_init_template (GTK_WIDGET (self));

  controller = gtk_event_controller_focus_new ();
  g_signal_connect (controller, "leave", G_CALLBACK (on_host_focus_left), self);
  gtk_widget_add_controller (GTK_WIDGET (self->host_row), controller);
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
  update_notes (self);
}

MwEndpoint *
mw_server_form_get_endpoint (MwServerForm  *self,
                             const char   **out_problem)
{
  g_autofree char *host = NULL;
  const char *typed;
  guint port;

  g_return_val_if_fail (MW_IS_SERVER_FORM (self), NULL);
  g_return_val_if_fail (out_problem != NULL, NULL);

  *out_problem = NULL;
  tidy_host (self);
  typed = gtk_editable_get_text (self->host_row);
  if (*typed == '\0')
    return NULL;

  if (mw_domain_is_ip_literal (typed))
    {
      host = g_strdup (*typed == '[' ? typed + 1 : typed);
      if (g_str_has_suffix (host, "]"))
        host[strlen (host) - 1] = '\0';
    }
  else
    host = mw_domain_normalize (typed);

  if (host == NULL)
    {
      *out_problem = _("This is not the name of a server. It looks like “mail.example.com”.");
      gtk_widget_add_css_class (GTK_WIDGET (self->host_row), "error");
      gtk_widget_grab_focus (GTK_WIDGET (self->host_row));
      return NULL;
    }

  port = read_port (self);
  if (port == 0)
    {
      *out_problem = _("A port is a number from 1 to 65535.");
      gtk_widget_add_css_class (GTK_WIDGET (self->port_row), "error");
      gtk_widget_grab_focus (GTK_WIDGET (self->port_row));
      return NULL;
    }

  return mw_endpoint_new (mw_server_form_get_protocol (self), get_security (self), host,
                          (guint16) port);
}

MwProtocol
mw_server_form_get_protocol (MwServerForm *self)
{
  g_return_val_if_fail (MW_IS_SERVER_FORM (self), MW_PROTOCOL_IMAP);

  if (self->side == MW_SIDE_OUTGOING)
    return MW_PROTOCOL_SMTP;

  return adw_combo_row_get_selected (self->protocol_row) == 1 ? MW_PROTOCOL_POP3 : MW_PROTOCOL_IMAP;
}
