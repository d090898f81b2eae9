/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-account-row.h"

#include <glib/gi18n.h>

#include "app/mw-foreign-text.h"
#include "setup/mw-advice.h"

#define LABEL_MAX_CHARS 80
#define ADDRESS_MAX_CHARS 254

struct _MwAccountRow
{
  AdwActionRow   parent_instance;

  /* Template widgets */
  AdwAvatar     *avatar;
  GtkMenuButton *menu_button;

  /* Owned */
  MwProfile     *profile;
};

G_DEFINE_FINAL_TYPE (MwAccountRow, mw_account_row, ADW_TYPE_ACTION_ROW)

static char *
describe_last_checked (MwProfile *profile)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autoptr(GDateTime) then = g_date_time_new_from_unix_local (profile->last_checked);
  g_autofree char *date = NULL;
  int year, month, day, then_year, then_month, then_day;

  if (profile->last_checked == 0 || then == NULL)
    return g_strdup (_("Not checked yet"));

  g_date_time_get_ymd (now, &year, &month, &day);
  g_date_time_get_ymd (then, &then_year, &then_month, &then_day);
  if (year == then_year && month == then_month && day == then_day)
    return g_strdup (profile->outgoing != NULL ? _("Works, checked today")
                                               : _("Receives only, checked today"));

  date = g_date_time_format (then, "%x");

  if (profile->outgoing == NULL)
    /* Translators: %s is a date. */
    return g_strdup_printf (_("Receives only, checked on %s"), date);

  /* Translators: %s is a date. */
  return g_strdup_printf (_("Works, checked on %s"), date);
}

static char *
describe_state (MwProfile  *profile,
                const char *waiting_for)
{
  g_autoptr(MwAdvice) advice = NULL;

  if (waiting_for != NULL)
    /* Translators: %s is the name of a mail program. */
    return g_strdup_printf (_("Waiting for %s to close"), waiting_for);
  if (profile->state == MW_OUTCOME_WORKS)
    return describe_last_checked (profile);
  if (profile->state == MW_OUTCOME_BAD_CREDENTIALS)
    return g_strdup (_("Password was refused"));
  if (profile->state == MW_OUTCOME_PENDING)
    return g_strdup (_("Not checked yet"));

  advice = mw_advice_for_outcome (profile->state, NULL);

  return g_strdup (advice->title);
}

static char *
describe_exports (MwProfile *profile)
{
  gboolean evolution = FALSE;
  gboolean thunderbird = FALSE;
  GHashTableIter iter;
  gpointer key;

  if (profile->exports == NULL)
    return NULL;

  g_hash_table_iter_init (&iter, profile->exports);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      evolution |= g_str_has_prefix (key, "evolution");
      thunderbird |= g_str_has_prefix (key, "thunderbird");
    }

  if (evolution && thunderbird)
    return g_strdup (_("In Evolution and Thunderbird"));
  if (evolution)
    return g_strdup (_("In Evolution"));
  if (thunderbird)
    return g_strdup (_("In Thunderbird"));

  return NULL;
}

static char *
make_subtitle (MwProfile  *profile,
               const char *waiting_for)
{
  g_autoptr(MwAddress) parsed = mw_address_parse (profile->address, NULL);
  g_autofree char *address = NULL;
  g_autofree char *state = describe_state (profile, waiting_for);
  g_autofree char *exports = describe_exports (profile);
  g_autoptr(GString) string = g_string_new (NULL);

  address = mw_foreign_text_new (parsed != NULL ? mw_address_get_display (parsed)
                                                : profile->address,
                                 ADDRESS_MAX_CHARS);
  if (g_strcmp0 (profile->label, profile->address) != 0)
    g_string_append_printf (string, "%s\n", address);
  g_string_append (string, state);
  if (exports != NULL)
    g_string_append_printf (string, " · %s", exports);
  if (profile->is_default)
    g_string_append_printf (string, " · %s", _("Default account"));

  return g_string_free (g_steal_pointer (&string), FALSE);
}

static void
on_action (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  MwAccountRow *self = MW_ACCOUNT_ROW (widget);

  if (g_str_equal (action_name, "account.menu"))
    gtk_menu_button_popup (self->menu_button);
  else if (g_str_equal (action_name, "account.check"))
    gtk_widget_activate_action (widget, "win.check-account", "s", self->profile->id);
  else if (g_str_equal (action_name, "account.export"))
    gtk_widget_activate_action (widget, "win.export-account", "s", self->profile->id);
  else if (g_str_equal (action_name, "account.stop-waiting"))
    gtk_widget_activate_action (widget, "win.stop-waiting", "s", self->profile->id);
  else if (g_str_equal (action_name, "account.delete"))
    gtk_widget_activate_action (widget, "win.delete-account", "s", self->profile->id);
}

static void
on_secondary_pressed_cb (MwAccountRow *self)
{
  gtk_menu_button_popup (self->menu_button);
}

static void
on_long_pressed_cb (MwAccountRow *self)
{
  gtk_menu_button_popup (self->menu_button);
}

static void
mw_account_row_dispose (GObject *object)
{
  MwAccountRow *self = MW_ACCOUNT_ROW (object);

  g_clear_pointer (&self->profile, mw_profile_unref);

  G_OBJECT_CLASS (mw_account_row_parent_class)->dispose (object);
}

static void
mw_account_row_class_init (MwAccountRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mw_account_row_dispose;

  gtk_widget_class_install_action (widget_class, "account.menu", NULL, on_action);
  gtk_widget_class_install_action (widget_class, "account.check", NULL, on_action);
  gtk_widget_class_install_action (widget_class, "account.export", NULL, on_action);
  gtk_widget_class_install_action (widget_class, "account.stop-waiting", NULL, on_action);
  gtk_widget_class_install_action (widget_class, "account.delete", NULL, on_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "account.delete", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0, "account.delete", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "account.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK,
                                       "account.menu", NULL);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "mw-account-row.ui");
  gtk_widget_class_bind_template_child (widget_class, MwAccountRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, MwAccountRow, menu_button);
  gtk_widget_class_bind_template_callback (widget_class, on_secondary_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_long_pressed_cb);
}

static void
mw_account_row_init (MwAccountRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
mw_account_row_new (void)
{
  return g_object_new (MW_TYPE_ACCOUNT_ROW, NULL);
}

void
mw_account_row_set_profile (MwAccountRow *self,
                            MwProfile    *profile,
                            const char   *waiting_for)
{
  g_autofree char *label = NULL;
  g_autofree char *subtitle = NULL;
  g_autofree char *menu_name = NULL;

  g_return_if_fail (MW_IS_ACCOUNT_ROW (self));
  g_return_if_fail (profile != NULL);

  mw_profile_ref (profile);
  g_clear_pointer (&self->profile, mw_profile_unref);
  self->profile = profile;

  label = mw_foreign_text_new (profile->label != NULL && *profile->label != '\0'
                               ? profile->label : profile->address,
                               LABEL_MAX_CHARS);
  subtitle = make_subtitle (profile, waiting_for);
  /* Translators: name of the menu of one account; %s is the account's name. */
  menu_name = g_strdup_printf (_("Menu of %s"), label);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "account.stop-waiting", waiting_for != NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), label);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  adw_avatar_set_text (self->avatar, profile->sender_name != NULL && *profile->sender_name != '\0'
                                     ? profile->sender_name : profile->address);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->menu_button), _("Account Menu"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, menu_name,
                                  -1);
}

MwProfile *
mw_account_row_get_profile (MwAccountRow *self)
{
  g_return_val_if_fail (MW_IS_ACCOUNT_ROW (self), NULL);

  return self->profile;
}
