/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-provider-tiles.h"

#include <langinfo.h>
#include <string.h>

#include "app/mw-provider-mark.h"

#define MAX_TILES 6
#define COLUMNS 2

struct _MwProviderTiles
{
  AdwBin     parent_instance;

  /* Owned */
  GPtrArray *providers;   /* element MwProvider, beside the buttons */
  GtkGrid   *grid;
};

G_DEFINE_FINAL_TYPE (MwProviderTiles, mw_provider_tiles, ADW_TYPE_BIN)

enum {
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Where the person lives, or where the language is at home; empty when neither
 * is said. */
static char *
dup_country (void)
{
  static const struct {
    const char *language;
    const char *country;
  } homes[] = {
    { "cs", "CZ" }, { "de", "DE" }, { "fr", "FR" }, { "it", "IT" }, { "ja", "JP" },
    { "pl", "PL" }, { "ru", "RU" }, { "sk", "SK" }, { "uk", "UA" },
  };
  const char *code = nl_langinfo (_NL_ADDRESS_COUNTRY_AB2);
  const char * const *names = g_get_language_names ();

  if (code != NULL && strlen (code) == 2)
    return g_strdup (code);

  for (gsize i = 0; names[i] != NULL; i++)
    {
      const char *place = strchr (names[i], '_');

      if (place != NULL && strlen (place) == 3)
        return g_strdup (place + 1);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (homes); i++)
    {
      if (g_strcmp0 (names[0], homes[i].language) == 0)
        return g_strdup (homes[i].country);
    }

  return g_strdup ("");
}

static void
on_clicked_cb (MwProviderTiles *self,
               GtkButton       *button)
{
  gpointer place = g_object_get_data (G_OBJECT (button), "place");

  g_signal_emit (self, signals[CHOSEN], 0,
                 g_ptr_array_index (self->providers, GPOINTER_TO_UINT (place)));
}

static GtkWidget *
make_button (MwProviderTiles *self,
             guint            place)
{
  MwProvider *provider = g_ptr_array_index (self->providers, place);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *name = gtk_label_new (provider->name);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_wrap (GTK_LABEL (name), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (name), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (name), 2);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_box_append (GTK_BOX (box), mw_provider_mark_new (provider));
  gtk_box_append (GTK_BOX (box), name);

  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "card");
  gtk_widget_add_css_class (button, "tile");
  /* The initials are for the eye. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, provider->name,
                                  -1);
  g_object_set_data (G_OBJECT (button), "place", GUINT_TO_POINTER (place));
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  return button;
}

static void
mw_provider_tiles_dispose (GObject *object)
{
  MwProviderTiles *self = MW_PROVIDER_TILES (object);

  g_clear_pointer (&self->providers, g_ptr_array_unref);

  G_OBJECT_CLASS (mw_provider_tiles_parent_class)->dispose (object);
}

static void
mw_provider_tiles_class_init (MwProviderTilesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mw_provider_tiles_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, MW_TYPE_PROVIDER);
}

static void
mw_provider_tiles_init (MwProviderTiles *self)
{
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_homogeneous (self->grid, TRUE);
  gtk_grid_set_column_spacing (self->grid, 9);
  gtk_grid_set_row_spacing (self->grid, 9);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->grid));
}

void
mw_provider_tiles_fill (MwProviderTiles *self,
                        MwEngine        *engine)
{
  g_autofree char *country = NULL;
  g_autoptr(GPtrArray) known = NULL;

  g_return_if_fail (MW_IS_PROVIDER_TILES (self));
  g_return_if_fail (MW_IS_ENGINE (engine));

  if (self->providers != NULL)
    return;

  country = dup_country ();
  known = mw_engine_dup_well_known_providers (engine, country, MAX_TILES);
  self->providers = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_provider_unref);
  for (guint i = 0; i < known->len; i++)
    {
      g_ptr_array_add (self->providers, mw_provider_ref (g_ptr_array_index (known, i)));
      gtk_grid_attach (self->grid, make_button (self, i), i % COLUMNS, i / COLUMNS, 1, 1);
    }
}
