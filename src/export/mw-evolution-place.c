/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-evolution-place.h"

#include "export/mw-evolution-registry.h"
#include "export/mw-evolution-signature.h"

#define FLATPAK_ID "org.gnome.Evolution"

static gboolean
is_sandboxed (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

MwEvolutionPlace *
mw_evolution_place_new (MwPackaging packaging)
{
  MwEvolutionPlace *self = g_new0 (MwEvolutionPlace, 1);
  const char *home = g_get_home_dir ();

  if (packaging == MW_PACKAGING_FLATPAK)
    {
      self->bus_name = g_strdup (FLATPAK_ID "." MW_EVOLUTION_REGISTRY_NAME);
      self->config_folder = g_build_filename (home, ".var", "app", FLATPAK_ID, "config",
                                              "evolution", NULL);
      self->data_folder = g_build_filename (home, ".var", "app", FLATPAK_ID, "data", NULL);
      self->has_files = !is_sandboxed ();
      return self;
    }

  self->bus_name = g_strdup (MW_EVOLUTION_REGISTRY_NAME);
  self->config_folder = mw_evolution_signature_get_folder ();
  self->data_folder = g_strdup (g_get_user_data_dir ());
  self->has_keyring = TRUE;
  self->has_settings = !is_sandboxed ();
  if (self->has_settings)
    {
      g_autofree char *sources = g_build_filename (self->config_folder, "sources", NULL);

      self->has_files = g_file_test (sources, G_FILE_TEST_IS_DIR);
    }

  return self;
}

void
mw_evolution_place_free (MwEvolutionPlace *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->bus_name);
  g_free (self->config_folder);
  g_free (self->data_folder);
  g_free (self);
}
