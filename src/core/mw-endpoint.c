/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-endpoint.h"

#include <string.h>

#include "core/mw-domain.h"

struct _MwEndpoint
{
  MwProtocol  protocol;
  MwSecurity  security;
  char       *host;
  guint16     port;
};

typedef struct {
  const char *name;
  MwProtocol  protocol;
  MwSecurity  security;
  guint16     port;
} ServiceName;

/* RFC 6186 §3, RFC 8314 §5.1; clear text has no name there. */
static const ServiceName services[] = {
  { "imaps", MW_PROTOCOL_IMAP, MW_SECURITY_TLS, 993 },
  { "imap", MW_PROTOCOL_IMAP, MW_SECURITY_STARTTLS, 143 },
  { "imap+plain", MW_PROTOCOL_IMAP, MW_SECURITY_NONE, 143 },
  { "pop3s", MW_PROTOCOL_POP3, MW_SECURITY_TLS, 995 },
  { "pop3", MW_PROTOCOL_POP3, MW_SECURITY_STARTTLS, 110 },
  { "pop3+plain", MW_PROTOCOL_POP3, MW_SECURITY_NONE, 110 },
  { "submissions", MW_PROTOCOL_SMTP, MW_SECURITY_TLS, 465 },
  { "submission", MW_PROTOCOL_SMTP, MW_SECURITY_STARTTLS, 587 },
  { "submission+plain", MW_PROTOCOL_SMTP, MW_SECURITY_NONE, 587 },
};

G_DEFINE_BOXED_TYPE (MwEndpoint, mw_endpoint, mw_endpoint_ref, mw_endpoint_unref)

static const ServiceName *
find_service (MwProtocol protocol,
              MwSecurity security)
{
  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    {
      if (services[i].protocol == protocol && services[i].security == security)
        return &services[i];
    }

  g_assert_not_reached ();
}

static void
mw_endpoint_clear (gpointer data)
{
  MwEndpoint *self = data;

  g_free (self->host);
}

MwEndpoint *
mw_endpoint_new (MwProtocol  protocol,
                 MwSecurity  security,
                 const char *host,
                 guint16     port)
{
  MwEndpoint *self;

  g_return_val_if_fail (host != NULL && *host != '\0', NULL);

  self = g_atomic_rc_box_new0 (MwEndpoint);
  self->protocol = protocol;
  self->security = security;
  /* A place for the domain, in a document that nobody filled in, is no name. */
  self->host = strchr (host, '%') == NULL ? g_ascii_strdown (host, -1) : g_strdup (host);
  self->port = port != 0 ? port : mw_endpoint_default_port (protocol, security);
  return self;
}

/* Takes "host", "host:port", "[v6]" or "[v6]:port" apart. */
static char *
split_host_port (const char *text,
                 guint16    *out_port)
{
  g_autofree char *host = NULL;
  const char *port = NULL;
  guint64 number;

  *out_port = 0;

  if (text[0] == '[')
    {
      const char *end = strchr (text, ']');

      if (end == NULL || (end[1] != '\0' && end[1] != ':'))
        return NULL;
      host = g_strndup (text + 1, end - text - 1);
      if (!g_hostname_is_ip_address (host))
        return NULL;
      if (end[1] == ':')
        port = end + 2;
    }
  else
    {
      const char *colon = strchr (text, ':');
      g_autofree char *name = NULL;

      if (colon != NULL)
        port = colon + 1;
      name = colon != NULL ? g_strndup (text, colon - text) : g_strdup (text);
      if (g_hostname_is_ip_address (name))
        host = g_steal_pointer (&name);
      else
        host = mw_domain_normalize (name);
    }

  if (host == NULL)
    return NULL;

  if (port != NULL)
    {
      if (!g_ascii_string_to_unsigned (port, 10, 1, G_MAXUINT16, &number, NULL))
        return NULL;
      *out_port = number;
    }

  return g_steal_pointer (&host);
}

MwEndpoint *
mw_endpoint_parse (const char *text)
{
  g_autofree char *stripped = NULL;
  g_autofree char *name = NULL;
  g_autofree char *host = NULL;
  const char *colon;
  guint16 port;

  g_return_val_if_fail (text != NULL, NULL);

  stripped = g_strstrip (g_strdup (text));
  colon = strchr (stripped, ':');
  if (colon == NULL)
    return NULL;

  name = g_ascii_strdown (stripped, colon - stripped);
  host = split_host_port (colon + 1, &port);
  if (host == NULL)
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    {
      if (g_str_equal (services[i].name, name))
        return mw_endpoint_new (services[i].protocol, services[i].security, host, port);
    }

  return NULL;
}

MwEndpoint *
mw_endpoint_ref (MwEndpoint *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
mw_endpoint_unref (MwEndpoint *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, mw_endpoint_clear);
}

MwProtocol
mw_endpoint_get_protocol (MwEndpoint *self)
{
  g_return_val_if_fail (self != NULL, MW_PROTOCOL_IMAP);

  return self->protocol;
}

MwSecurity
mw_endpoint_get_security (MwEndpoint *self)
{
  g_return_val_if_fail (self != NULL, MW_SECURITY_TLS);

  return self->security;
}

MwSide
mw_endpoint_get_side (MwEndpoint *self)
{
  g_return_val_if_fail (self != NULL, MW_SIDE_INCOMING);

  return self->protocol == MW_PROTOCOL_SMTP ? MW_SIDE_OUTGOING : MW_SIDE_INCOMING;
}

const char *
mw_endpoint_get_host (MwEndpoint *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->host;
}

guint16
mw_endpoint_get_port (MwEndpoint *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->port;
}

const char *
mw_endpoint_get_service (MwEndpoint *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return find_service (self->protocol, self->security)->name;
}

char *
mw_endpoint_to_string (MwEndpoint *self)
{
  gboolean bracket;

  g_return_val_if_fail (self != NULL, NULL);

  bracket = strchr (self->host, ':') != NULL;
  return g_strdup_printf ("%s:%s%s%s:%u", mw_endpoint_get_service (self),
                          bracket ? "[" : "", self->host, bracket ? "]" : "",
                          self->port);
}

gboolean
mw_endpoint_equal (MwEndpoint *a,
                   MwEndpoint *b)
{
  g_return_val_if_fail (a != NULL, FALSE);
  g_return_val_if_fail (b != NULL, FALSE);

  return a->protocol == b->protocol && a->security == b->security &&
         a->port == b->port && g_str_equal (a->host, b->host);
}

guint
mw_endpoint_hash (MwEndpoint *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_str_hash (self->host) ^ ((guint) self->port << 4) ^
         ((guint) self->protocol << 2) ^ (guint) self->security;
}

guint16
mw_endpoint_default_port (MwProtocol protocol,
                          MwSecurity security)
{
  return find_service (protocol, security)->port;
}

gboolean
mw_endpoint_is_mail_port (MwEndpoint *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    {
      if (services[i].port == self->port)
        return TRUE;
    }

  return FALSE;
}

const char *
mw_endpoint_get_alpn (MwEndpoint *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (mw_endpoint_is_mail_port (self))
    return NULL;

  switch (self->protocol)
    {
    case MW_PROTOCOL_IMAP:
      return "imap";
    case MW_PROTOCOL_POP3:
      return "pop3";
    case MW_PROTOCOL_SMTP:
    default:
      return NULL;
    }
}
