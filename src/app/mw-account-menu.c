/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-account-menu.h"

#include <glib/gi18n.h>

/* What an account needs for an entry. */
typedef gboolean (*Condition) (MwAccountItem *item);

static gboolean
is_waiting (MwAccountItem *item)
{
  return mw_account_item_get_waiting_for (item) != NULL;
}

static gboolean
has_server (MwAccountItem *item)
{
  return mw_account_item_get_profile (item)->incoming != NULL;
}

static gboolean
takes_password (MwService *service)
{
  return service != NULL && service->auth != MW_AUTH_OAUTH2 && service->auth != MW_AUTH_NONE;
}

static gboolean
has_password (MwAccountItem *item)
{
  MwProfile *profile = mw_account_item_get_profile (item);

  return takes_password (profile->incoming) || takes_password (profile->outgoing);
}

static gboolean
is_not_default (MwAccountItem *item)
{
  return has_server (item) && !mw_account_item_get_profile (item)->is_default;
}

static const struct {
  guint       section;
  const char *label;
  const char *action;
  Condition   condition;
} entries[] = {
  { 0, N_("Stop _Waiting"), "win.stop-waiting", is_waiting },
  { 1, N_("_Edit…"), "win.edit-account", NULL },
  { 1, N_("Change _Password…"), "win.change-password", has_password },
  { 1, N_("_Check Again"), "win.check-account", has_server },
  { 2, N_("D_uplicate"), "win.duplicate-account", has_server },
  { 2, N_("_Share Set-Up…"), "win.share-account", has_server },
  { 2, N_("E_xport…"), "win.export-account", has_server },
  { 2, N_("Set as De_fault"), "win.set-default-account", is_not_default },
  { 3, N_("_Delete…"), "win.delete-account", NULL },
};

GMenuModel *
mw_account_menu_new (MwAccountItem *item)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) section = g_menu_new ();
  const char *id;

  g_return_val_if_fail (MW_IS_ACCOUNT_ITEM (item), NULL);

  id = mw_account_item_get_id (item);
  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      g_autoptr(GMenuItem) entry = NULL;

      if (i > 0 && entries[i].section != entries[i - 1].section)
        {
          if (g_menu_model_get_n_items (G_MENU_MODEL (section)) > 0)
            g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
          g_object_unref (section);
          section = g_menu_new ();
        }
      if (entries[i].condition != NULL && !entries[i].condition (item))
        continue;

      entry = g_menu_item_new (_(entries[i].label), NULL);
      g_menu_item_set_action_and_target (entry, entries[i].action, "s", id);
      g_menu_append_item (section, entry);
    }

  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  return G_MENU_MODEL (menu);
}
