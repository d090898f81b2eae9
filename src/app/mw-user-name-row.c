/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-user-name-row.h"

#include <glib/gi18n.h>

#include "app/mw-control-names.h"
#include "app/mw-foreign-text.h"

#define NAME_MAX_CHARS 64

struct _MwUserNameRow
{
  AdwEntryRow    parent_instance;

  /* Borrowed */
  GtkMenuButton *button;

  MwSide         side;
};

G_DEFINE_FINAL_TYPE (MwUserNameRow, mw_user_name_row, ADW_TYPE_ENTRY_ROW)

enum {
  PROP_0,
  PROP_SIDE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
choose (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  gtk_editable_set_text (GTK_EDITABLE (widget), g_variant_get_string (parameter, NULL));
  gtk_widget_grab_focus (widget);
}

static void
add_form (GMenu      *menu,
          const char *name)
{
  g_autofree char *shown = mw_foreign_text_new (name, NAME_MAX_CHARS);
  g_auto(GStrv) parts = g_strsplit (shown, "_", -1);
  /* One of these would be taken for a mnemonic. */
  g_autofree char *label = g_strjoinv ("__", parts);
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "user-name.choose", "s", name);
  g_menu_append_item (menu, item);
}

static void
update_menu (MwUserNameRow *self,
             MwAddress     *address)
{
  g_autoptr(GMenu) menu = g_menu_new ();

  gtk_widget_set_visible (GTK_WIDGET (self->button), address != NULL);
  if (address == NULL)
    return;

  add_form (menu, mw_address_get_text (address));
  add_form (menu, mw_address_get_local_part (address));
  gtk_menu_button_set_menu_model (self->button, G_MENU_MODEL (menu));
}

static void
mw_user_name_row_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  MwUserNameRow *self = MW_USER_NAME_ROW (object);

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
mw_user_name_row_constructed (GObject *object)
{
  MwUserNameRow *self = MW_USER_NAME_ROW (object);
  const char *name = self->side == MW_SIDE_INCOMING ? _("Usual User Names")
                                                    : _("Usual User Names for Sending");

  G_OBJECT_CLASS (mw_user_name_row_parent_class)->constructed (object);

  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  mw_user_name_row_set_usual (self, NULL, NULL);
}

static void
mw_user_name_row_class_init (MwUserNameRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = mw_user_name_row_set_property;
  object_class->constructed = mw_user_name_row_constructed;

  properties[PROP_SIDE] =
    g_param_spec_enum ("side", NULL, NULL, MW_TYPE_SIDE, MW_SIDE_INCOMING,
                       G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "user-name.choose", "s", choose);
}

static void
mw_user_name_row_init (MwUserNameRow *self)
{
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->button, "view-more-symbolic");
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "flat");
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), GTK_WIDGET (self->button));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
}

void
mw_user_name_row_set_usual (MwUserNameRow *self,
                            MwAddress     *address,
                            const char    *usual)
{
  gboolean incoming;
  gboolean is_address;
  g_autofree char *shown = NULL;
  g_autofree char *title = NULL;

  g_return_if_fail (MW_IS_USER_NAME_ROW (self));

  incoming = self->side == MW_SIDE_INCOMING;
  is_address = usual == NULL
               || (address != NULL && g_str_equal (usual, mw_address_get_text (address)));
  shown = mw_foreign_text_new (usual != NULL ? usual : "", NAME_MAX_CHARS);

  if (!incoming)
    title = g_strdup (_("User name for sending"));
  else if (is_address)
    title = g_strdup (_("User name (empty: the whole address)"));
  else
    /* Translators: %s is a log-in name. */
    title = g_strdup_printf (_("User name (empty: %s)"), shown);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  mw_control_names_mend (GTK_WIDGET (self));
  update_menu (self, address);
}
