/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-tile.h"

struct _MwTile
{
  GtkButton  parent_instance;

  /* Template widgets */
  GtkLabel  *title_label;
  GtkLabel  *subtitle_label;
};

G_DEFINE_FINAL_TYPE (MwTile, mw_tile, GTK_TYPE_BUTTON)

enum {
  PROP_0,
  PROP_TITLE,
  PROP_SUBTITLE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
mw_tile_get_property (GObject    *object,
                      guint       prop_id,
                      GValue     *value,
                      GParamSpec *pspec)
{
  MwTile *self = MW_TILE (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, gtk_label_get_label (self->title_label));
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, gtk_label_get_label (self->subtitle_label));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mw_tile_set_property (GObject      *object,
                      guint         prop_id,
                      const GValue *value,
                      GParamSpec   *pspec)
{
  MwTile *self = MW_TILE (object);
  const char *text;

  switch (prop_id)
    {
    case PROP_TITLE:
      text = g_value_get_string (value);
      gtk_label_set_label (self->title_label, text != NULL ? text : "");
      gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, text != NULL ? text : "",
                                      -1);
      break;
    case PROP_SUBTITLE:
      text = g_value_get_string (value);
      gtk_label_set_label (self->subtitle_label, text != NULL ? text : "");
      gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text != NULL ? text : "",
                                      -1);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mw_tile_class_init (MwTileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mw_tile_get_property;
  object_class->set_property = mw_tile_set_property;

  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUBTITLE] =
    g_param_spec_string ("subtitle", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "mw-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, MwTile, title_label);
  gtk_widget_class_bind_template_child (widget_class, MwTile, subtitle_label);
}

static void
mw_tile_init (MwTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
