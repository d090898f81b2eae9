/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-auth-row.h"

#include <glib/gi18n.h>

struct _MwAuthRow
{
  AdwComboRow parent_instance;

  MwSide      side;
};

G_DEFINE_FINAL_TYPE (MwAuthRow, mw_auth_row, ADW_TYPE_COMBO_ROW)

enum {
  PROP_0,
  PROP_SIDE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static const struct {
  MwAuthMethod method;
  const char  *name;
} methods[] = {
  { MW_AUTH_UNKNOWN, N_("Automatic") },
  { MW_AUTH_PLAIN, N_("Password (PLAIN)") },
  { MW_AUTH_LOGIN, N_("Password (LOGIN)") },
  { MW_AUTH_CRAM_MD5, N_("Encrypted password (CRAM-MD5)") },
  { MW_AUTH_SCRAM_SHA_1, N_("Encrypted password (SCRAM-SHA-1)") },
  { MW_AUTH_SCRAM_SHA_256, N_("Encrypted password (SCRAM-SHA-256)") },
  /* Sending has no such command: keep it last. */
  { MW_AUTH_PASSWORD_COMMAND, N_("Password (command of the protocol)") },
};

static void
mw_auth_row_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  MwAuthRow *self = MW_AUTH_ROW (object);

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
mw_auth_row_constructed (GObject *object)
{
  MwAuthRow *self = MW_AUTH_ROW (object);
  gboolean incoming = self->side == MW_SIDE_INCOMING;
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);

  G_OBJECT_CLASS (mw_auth_row_parent_class)->constructed (object);

  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      if (incoming || methods[i].method != MW_AUTH_PASSWORD_COMMAND)
        gtk_string_list_append (names, _(methods[i].name));
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (names));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self),
                                 incoming ? _("Authentication") : _("Authentication for sending"));
}

static void
mw_auth_row_class_init (MwAuthRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = mw_auth_row_set_property;
  object_class->constructed = mw_auth_row_constructed;

  properties[PROP_SIDE] =
    g_param_spec_enum ("side", NULL, NULL, MW_TYPE_SIDE, MW_SIDE_INCOMING,
                       G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mw_auth_row_init (MwAuthRow *self)
{
}

void
mw_auth_row_set_method (MwAuthRow    *self,
                        MwAuthMethod  method)
{
  g_return_if_fail (MW_IS_AUTH_ROW (self));

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      if (methods[i].method == method)
        adw_combo_row_set_selected (ADW_COMBO_ROW (self), i);
    }
}

MwAuthMethod
mw_auth_row_get_method (MwAuthRow *self)
{
  guint selected;

  g_return_val_if_fail (MW_IS_AUTH_ROW (self), MW_AUTH_UNKNOWN);

  selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self));

  return selected < G_N_ELEMENTS (methods) ? methods[selected].method : MW_AUTH_UNKNOWN;
}
