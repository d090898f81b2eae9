/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <locale.h>

#include <glib/gi18n.h>

#include "app/mw-application.h"
#include "setup/mw-engine.h"

int
main (int   argc,
      char *argv[])
{
  g_autoptr(MwApplication) application = NULL;

  mw_engine_clean_environment ();

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  g_set_prgname ("mailwright");
  g_set_application_name ("Mailwright");
  gtk_window_set_default_icon_name (APPLICATION_ID);

  application = mw_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
