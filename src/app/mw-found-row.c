/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-found-row.h"

#include <glib/gi18n.h>

#include "app/mw-foreign-text.h"
#include "core/mw-address.h"
#include "setup/mw-advice-found.h"
#include "setup/mw-advice.h"

#define LABEL_MAX_CHARS 80
#define ADDRESS_MAX_CHARS 254

struct _MwFoundRow
{
  AdwActionRow    parent_instance;

  /* Borrowed */
  GtkCheckButton *check;

  /* Owned */
  MwFoundAccount *account;
};

G_DEFINE_FINAL_TYPE (MwFoundRow, mw_found_row, ADW_TYPE_ACTION_ROW)

enum {
  TOGGLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
can_import (MwFoundAccount *account)
{
  return account->obstacle == MW_FOUND_OBSTACLE_NONE && account->saved_id == NULL;
}

static void
add_line (GString    *string,
          const char *line)
{
  if (line == NULL || *line == '\0')
    return;
  if (string->len > 0)
    g_string_append_c (string, '\n');
  g_string_append (string, line);
}

static char *
describe_service (MwService *service)
{
  g_autofree char *host = mw_foreign_text_new_host (mw_endpoint_get_host (service->endpoint));

  return g_strdup_printf ("%s: %s, %s", mw_advice_name_protocol (service->endpoint), host,
                          mw_advice_describe_security (service->endpoint));
}

static void
add_services (GString   *string,
              MwProfile *profile)
{
  for (guint side = 0; side < 2; side++)
    {
      MwService *service = mw_profile_get_service (profile, side);
      g_autofree char *line = NULL;

      if (service == NULL)
        continue;
      line = describe_service (service);
      add_line (string, line);
    }
}

/* What signs in by a browser has no password to come along. */
static void
add_password (GString        *string,
              MwFoundAccount *account)
{
  MwService *incoming = account->profile->incoming;
  const char *words;

  if (!can_import (account))
    return;
  if (incoming != NULL && incoming->auth == MW_AUTH_OAUTH2)
    {
      add_line (string, _("It has no password: you sign in at the provider’s web page."));
      return;
    }

  words = mw_advice_describe_found_passwords (account);
  add_line (string, words != NULL ? words : _("Its password comes along."));
}

static char *
make_address (MwProfile *profile)
{
  g_autoptr(MwAddress) address = NULL;

  if (profile->address == NULL)
    return NULL;

  address = mw_address_parse (profile->address, NULL);
  return mw_foreign_text_new (address != NULL ? mw_address_get_display (address)
                                              : profile->address, ADDRESS_MAX_CHARS);
}

static void
fill (MwFoundRow *self)
{
  MwProfile *profile = self->account->profile;
  const char *name = profile->label != NULL ? profile->label : profile->address;
  g_autofree char *address = make_address (profile);
  g_autofree char *obstacle = mw_advice_describe_obstacle (self->account);
  g_auto(GStrv) notes = mw_advice_dup_found_notes (self->account);
  g_autoptr(GString) subtitle = g_string_new (NULL);
  g_autofree char *title = NULL;

  /* Translators: an account of a mail program that has no name. */
  title = name != NULL ? mw_foreign_text_new (name, LABEL_MAX_CHARS)
                       : g_strdup (_("Account Without a Name"));
  if (g_strcmp0 (profile->label, profile->address) != 0)
    add_line (subtitle, address);
  add_services (subtitle, profile);
  add_line (subtitle, obstacle);
  add_password (subtitle, self->account);
  for (guint i = 0; notes[i] != NULL; i++)
    add_line (subtitle, notes[i]);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle->str);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle->str,
                                  -1);
}

static void
on_toggled (MwFoundRow *self)
{
  g_signal_emit (self, signals[TOGGLED], 0);
}

static void
mw_found_row_dispose (GObject *object)
{
  MwFoundRow *self = MW_FOUND_ROW (object);

  g_clear_pointer (&self->account, mw_found_account_unref);

  G_OBJECT_CLASS (mw_found_row_parent_class)->dispose (object);
}

static void
mw_found_row_class_init (MwFoundRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mw_found_row_dispose;

  signals[TOGGLED] =
    g_signal_new ("toggled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mw_found_row_init (MwFoundRow *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 0);

  self->check = GTK_CHECK_BUTTON (gtk_check_button_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->check), GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), GTK_WIDGET (self->check));
  g_signal_connect_object (self->check, "toggled",
                           G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
}

GtkWidget *
mw_found_row_new (MwFoundAccount *account)
{
  MwFoundRow *self;
  gboolean possible;

  g_return_val_if_fail (account != NULL, NULL);

  self = g_object_new (MW_TYPE_FOUND_ROW, NULL);
  self->account = mw_found_account_ref (account);
  possible = can_import (account);
  gtk_check_button_set_active (self->check, possible);
  gtk_widget_set_sensitive (GTK_WIDGET (self->check), possible);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), GTK_WIDGET (self->check));
  fill (self);

  return GTK_WIDGET (self);
}

MwFoundAccount *
mw_found_row_get_account (MwFoundRow *self)
{
  g_return_val_if_fail (MW_IS_FOUND_ROW (self), NULL);

  return self->account;
}

gboolean
mw_found_row_get_active (MwFoundRow *self)
{
  g_return_val_if_fail (MW_IS_FOUND_ROW (self), FALSE);

  return gtk_check_button_get_active (self->check);
}

void
mw_found_row_set_active (MwFoundRow *self,
                         gboolean    active)
{
  g_return_if_fail (MW_IS_FOUND_ROW (self));

  if (can_import (self->account))
    gtk_check_button_set_active (self->check, active);
}
