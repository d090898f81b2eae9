/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-about.h"

#include <glib/gi18n.h>

#include "app/mw-control-names.h"
#include "app/mw-help.h"

/* The same sentences as in the metainfo, so that they are translated once. */
static const struct {
  const char *tag;
  const char *text;
} news[] = {
  { "p", N_("The first version: address and password in, a working account in Thunderbird and "
            "Evolution out.") },
  { "li", N_("Finds the servers of an address, and proves that receiving and sending work before "
             "anything is saved") },
  { "li", N_("Names the cause of each problem, with the server’s own words, a repair, and a page "
             "of help") },
  { "li", N_("Accounts can be edited, copied, shared as a file and imported from Thunderbird and "
             "Evolution") },
  { "li", N_("A command line for administrators and scripts") },
  { "li", N_("English and Polish, with help in both") },
};

static char *
make_news (void)
{
  GString *markup = g_string_new (NULL);
  gboolean in_list = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (news); i++)
    {
      g_autofree char *text = g_markup_escape_text (_(news[i].text), -1);
      gboolean is_item = g_str_equal (news[i].tag, "li");

      if (is_item != in_list)
        g_string_append (markup, is_item ? "<ul>" : "</ul>");
      in_list = is_item;
      g_string_append_printf (markup, "<%s>%s</%s>", news[i].tag, text, news[i].tag);
    }
  if (in_list)
    g_string_append (markup, "</ul>");

  return g_string_free (markup, FALSE);
}

static const char *
get_variable (const char *name)
{
  const char *value = g_getenv (name);

  return value != NULL && *value != '\0' ? value : "not set";
}

/* For those who look after the program, so in English. */
static char *
make_facts (void)
{
  g_autofree char *system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  gboolean is_flatpak = g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);

  return g_strdup_printf ("Mailwright %s\n"
                          "GTK %u.%u.%u, libadwaita %u.%u.%u, GLib %u.%u.%u\n"
                          "System: %s\n"
                          "Desktop: %s, %s\n"
                          "Packaging: %s\n"
                          "Language: %s\n",
                          PACKAGE_VERSION,
                          gtk_get_major_version (), gtk_get_minor_version (),
                          gtk_get_micro_version (),
                          adw_get_major_version (), adw_get_minor_version (),
                          adw_get_micro_version (),
                          glib_major_version, glib_minor_version, glib_micro_version,
                          system != NULL ? system : "unknown",
                          get_variable ("XDG_CURRENT_DESKTOP"), get_variable ("XDG_SESSION_TYPE"),
                          is_flatpak ? "Flatpak" : "native",
                          g_get_language_names ()[0]);
}

void
mw_about_show (GtkWindow *parent)
{
  /* Translators: put the names of the translators here, one a line. */
  const char *translators = _("translator-credits");
  g_autofree char *markup = make_news ();
  g_autofree char *facts = make_facts ();
  GtkWidget *about;

  g_return_if_fail (GTK_IS_WINDOW (parent));

  if (g_str_equal (translators, "translator-credits"))
    translators = "";

  about = g_object_new (ADW_TYPE_ABOUT_WINDOW,
                        "transient-for", parent,
                        "application-name", "Mailwright",
                        "application-icon", APPLICATION_ID,
                        "version", PACKAGE_VERSION,
                        "developer-name", _("The Mailwright contributors"),
                        "copyright", _("© The Mailwright contributors"),
                        "license-type", GTK_LICENSE_GPL_3_0,
                        "comments", _("Mailwright sets up your mail account in Thunderbird or "
                                      "Evolution. It does not read your mail."),
                        "release-notes-version", PACKAGE_VERSION,
                        "release-notes", markup,
                        "debug-info", facts,
                        "debug-info-filename", "mailwright.txt",
                        "translator-credits", translators,
                        NULL);
  mw_control_names_mend (about);
  mw_help_attach (GTK_WINDOW (about), NULL);
  gtk_window_present (GTK_WINDOW (about));
}
