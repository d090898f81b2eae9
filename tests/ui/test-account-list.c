/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "app/mw-account-list.h"
#include "app/mw-account-menu.h"

/* --- helpers --- */

static MwService *
make_service (const char   *endpoint_text,
              MwAuthMethod  auth)
{
  g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse (endpoint_text);

  return mw_service_new (endpoint, "jan", auth, NULL);
}

static MwProfile *
make_profile (const char *address,
              const char *label)
{
  MwProfile *profile = mw_profile_new ();

  profile->address = g_strdup (address);
  profile->label = g_strdup (label);
  profile->incoming = make_service ("imaps:imap.example.test", MW_AUTH_PLAIN);
  profile->outgoing = make_service ("submissions:smtp.example.test", MW_AUTH_PLAIN);
  return profile;
}

static void
result_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
save (MwProfileStore *store,
      MwProfile      *profile)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  mw_profile_store_save_async (store, profile, NULL, result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  mw_profile_store_save_finish (store, result, &error);
  g_assert_no_error (error);
}

static void
delete (MwProfileStore *store,
        const char     *id)
{
  g_autoptr(GAsyncResult) result = NULL;

  mw_profile_store_delete_async (store, id, NULL, result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (mw_profile_store_delete_finish (store, result, NULL));
}

/* What a list told, "position-removed+added" each. */
static void
on_items_changed (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  GString    *told)
{
  g_string_append_printf (told, "%u-%u+%u ", position, removed, added);
}

static void
on_changed (guint *n_changes)
{
  (*n_changes)++;
}

static void
assert_told (GString    *told,
             const char *expected)
{
  g_assert_cmpstr (told->str, ==, expected);
  g_string_truncate (told, 0);
}

typedef struct {
  char           *data_dir;
  MwProfileStore *store;
  MwAccountList  *list;
  GString        *told;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->data_dir = g_dir_make_tmp ("mw-account-list-XXXXXX", NULL);
  fixture->store = mw_profile_store_new (fixture->data_dir);
  fixture->list = mw_account_list_new (fixture->store);
  fixture->told = g_string_new (NULL);
  g_signal_connect (fixture->list, "items-changed", G_CALLBACK (on_items_changed), fixture->told);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *quoted = g_shell_quote (fixture->data_dir);
  g_autofree char *command = g_strdup_printf ("rm -r -- %s", quoted);

  g_assert_finalize_object (fixture->list);
  /* The store may just be reading the folder once more. */
  while (G_OBJECT (fixture->store)->ref_count > 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (fixture->store);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_string_free (fixture->told, TRUE);
  g_free (fixture->data_dir);
}

/* --- the list --- */

static void
test_only_changes_are_told (Fixture       *fixture,
                            gconstpointer  data)
{
  GListModel *model = G_LIST_MODEL (fixture->list);
  g_autoptr(MwProfile) first = make_profile ("a@example.test", "A");
  g_autoptr(MwProfile) second = make_profile ("b@example.test", "B");
  g_autoptr(MwProfile) third = make_profile ("c@example.test", "C");
  g_autoptr(MwAccountItem) item = NULL;
  g_autoptr(MwAccountItem) again = NULL;
  guint n_changes = 0;

  g_assert_cmpint (g_list_model_get_item_type (model), ==, MW_TYPE_ACCOUNT_ITEM);
  save (fixture->store, second);
  assert_told (fixture->told, "0-0+1 ");
  item = g_list_model_get_item (model, 0);
  g_signal_connect_swapped (item, "changed", G_CALLBACK (on_changed), &n_changes);

  /* Others come and go: this one is not touched. */
  save (fixture->store, first);
  save (fixture->store, third);
  assert_told (fixture->told, "1-0+1 2-0+1 ");
  delete (fixture->store, first->id);
  assert_told (fixture->told, "1-1+0 ");
  g_assert_cmpuint (n_changes, ==, 0);

  /* A new state changes its row, but not its place. */
  second->state = MW_OUTCOME_WORKS;
  save (fixture->store, second);
  assert_told (fixture->told, "");
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpint (mw_account_item_get_profile (item)->state, ==, MW_OUTCOME_WORKS);

  /* A new name does. */
  g_free (second->label);
  second->label = g_strdup ("Z");
  save (fixture->store, second);
  assert_told (fixture->told, "0-1+1 ");
  g_assert_cmpuint (n_changes, ==, 2);
  again = g_list_model_get_item (model, 0);
  g_assert_true (again == item);

  /* Nothing new: nothing told. */
  save (fixture->store, second);
  assert_told (fixture->told, "");
  g_assert_cmpuint (n_changes, ==, 2);
}

static void
test_hidden (Fixture       *fixture,
             gconstpointer  data)
{
  GListModel *model = G_LIST_MODEL (fixture->list);
  g_autoptr(GPtrArray) profiles = NULL;

  profiles = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_profile_unref);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *address = g_strdup_printf ("%u@example.test", i);

      g_ptr_array_add (profiles, make_profile (address, address));
      save (fixture->store, profiles->pdata[i]);
    }
  g_string_truncate (fixture->told, 0);

  mw_account_list_set_hidden (fixture->list, ((MwProfile *) profiles->pdata[1])->id, TRUE);
  mw_account_list_set_hidden (fixture->list, ((MwProfile *) profiles->pdata[3])->id, TRUE);
  assert_told (fixture->told, "1-1+0 2-1+0 ");
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 3);

  /* It is gone for good, or comes back. */
  delete (fixture->store, ((MwProfile *) profiles->pdata[1])->id);
  assert_told (fixture->told, "");
  mw_account_list_set_hidden (fixture->list, ((MwProfile *) profiles->pdata[1])->id, FALSE);
  assert_told (fixture->told, "");
  mw_account_list_set_hidden (fixture->list, ((MwProfile *) profiles->pdata[3])->id, FALSE);
  assert_told (fixture->told, "3-0+1 ");
}

/* --- order and search --- */

static void
test_order (void)
{
  static const char * const labels[] = { "żaba", "Zebra", "zebra 2", "łoś", "Ala", "ćma", "" };
  /* Where no language says better. */
  static const char * const expected = "Default,Ala,x@example.test,Zebra,zebra 2,ćma,łoś,żaba,";
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GString) order = g_string_new (NULL);
  g_autoptr(MwProfile) usual = make_profile ("y@example.test", "Default");

  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      g_autoptr(MwProfile) profile = make_profile ("x@example.test", labels[i]);

      g_ptr_array_add (items, mw_account_item_new (profile));
    }
  usual->is_default = TRUE;
  g_ptr_array_add (items, mw_account_item_new (usual));

  for (guint i = 0; i < items->len; i++)
    for (guint j = i + 1; j < items->len; j++)
      if (mw_account_item_compare (items->pdata[i], items->pdata[j]) > 0)
        {
          gpointer item = items->pdata[i];

          items->pdata[i] = items->pdata[j];
          items->pdata[j] = item;
        }
  for (guint i = 0; i < items->len; i++)
    g_string_append_printf (order, "%s,", mw_account_item_get_name (items->pdata[i]));

  g_assert_cmpstr (order->str, ==, expected);
}

static void
test_search (void)
{
  static const struct {
    const char *text;
    gboolean    found;
  } rows[] = {
    { "", TRUE },
    { "   ", TRUE },
    { "praca", TRUE },
    { "PRACA", TRUE },
    { "zazolc", TRUE },
    { "ŻÓŁĆ", TRUE },
    { "Lodz", TRUE },
    { "bücher", TRUE },
    { "BUCHER", TRUE },
    { "xn--bcher", TRUE },
    { "jan@", TRUE },
    { "gęś jan", TRUE },
    { "straße", TRUE },
    { "STRASSE", TRUE },
    { "jan piet", FALSE },
    { "work", FALSE },
    { "\xff", FALSE },
  };
  g_autoptr(MwProfile) profile = make_profile ("jan@xn--bcher-kva.test", "Praca – zażółć");
  g_autoptr(MwAccountItem) item = NULL;

  profile->description = g_strdup ("Gęś z Łodzi, Straße 7. Lodz");
  item = mw_account_item_new (profile);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto(GStrv) words = mw_account_item_make_words (rows[i].text);

      g_test_message ("%s", rows[i].text);
      g_assert_cmpint (mw_account_item_matches (item, (const char * const *) words), ==,
                       rows[i].found);
    }
}

static void
test_search_follows (void)
{
  g_autoptr(MwProfile) profile = make_profile ("jan@example.test", "Old");
  g_autoptr(MwProfile) renamed = mw_profile_copy (profile);
  g_autoptr(MwAccountItem) item = mw_account_item_new (profile);
  g_auto(GStrv) words = mw_account_item_make_words ("new");

  g_assert_false (mw_account_item_matches (item, (const char * const *) words));
  g_free (renamed->label);
  renamed->label = g_strdup ("New");
  g_assert_true (mw_account_item_set_profile (item, renamed));
  g_assert_true (mw_account_item_matches (item, (const char * const *) words));
}

static void
test_initials (void)
{
  static const struct {
    const char *label;
    const char *initials;
  } rows[] = {
    { "jan@example.test", "J" },
    { "Fundacja Zielony Żółw", "FŻ" },
    { "łódź", "Ł" },
    { "🎉 Party", "P" },
    { "🎉", "X" },
    { "  – 7 dwarfs", "7D" },
    { "", "X" },
    { NULL, "X" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(MwProfile) profile = make_profile ("x@example.test", rows[i].label);
      g_autoptr(MwAccountItem) item = mw_account_item_new (profile);
      g_autofree char *initials = mw_account_item_dup_initials (item);

      g_assert_cmpstr (initials, ==, rows[i].initials);
    }
}

/* --- the menu --- */

static char *
read_menu (GMenuModel *menu,
           const char *id)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr(GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);

      g_assert_cmpint (g_menu_model_get_n_items (section), >, 0);
      for (int j = 0; j < g_menu_model_get_n_items (section); j++)
        {
          g_autofree char *action = NULL;
          g_autofree char *target = NULL;

          g_assert_true (g_menu_model_get_item_attribute (section, j, "action", "s", &action));
          g_assert_true (g_menu_model_get_item_attribute (section, j, "target", "s", &target));
          g_assert_cmpstr (target, ==, id);
          g_string_append_printf (text, "%s ", action + strlen ("win."));
        }
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_menu (MwProfile  *profile,
             const char *waiting_for,
             const char *expected)
{
  g_autoptr(MwAccountItem) item = mw_account_item_new (profile);
  g_autoptr(GMenuModel) menu = NULL;
  g_autofree char *text = NULL;

  mw_account_item_set_waiting_for (item, waiting_for);
  menu = mw_account_menu_new (item);
  text = read_menu (menu, profile->id);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_menu (void)
{
  g_autoptr(MwProfile) profile = make_profile ("jan@example.test", "Jan");

  assert_menu (profile, NULL, "edit-account change-password check-account duplicate-account "
               "share-account export-account set-default-account delete-account ");
  assert_menu (profile, "Thunderbird", "stop-waiting edit-account change-password check-account "
               "duplicate-account share-account export-account set-default-account "
               "delete-account ");

  profile->is_default = TRUE;
  assert_menu (profile, NULL, "edit-account change-password check-account duplicate-account "
               "share-account export-account delete-account ");

  /* A sign-in in the browser has no password that could be changed here. */
  profile->incoming->auth = profile->outgoing->auth = MW_AUTH_OAUTH2;
  assert_menu (profile, NULL, "edit-account check-account duplicate-account share-account "
               "export-account delete-account ");

  g_clear_pointer (&profile->incoming, mw_service_free);
  g_clear_pointer (&profile->outgoing, mw_service_free);
  assert_menu (profile, NULL, "edit-account delete-account ");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/account-list/only-changes-are-told", Fixture, NULL, set_up,
              test_only_changes_are_told, tear_down);
  g_test_add ("/account-list/hidden", Fixture, NULL, set_up, test_hidden, tear_down);
  g_test_add_func ("/account-item/order", test_order);
  g_test_add_func ("/account-item/search", test_search);
  g_test_add_func ("/account-item/search-follows", test_search_follows);
  g_test_add_func ("/account-item/initials", test_initials);
  g_test_add_func ("/account-menu/entries", test_menu);

  return g_test_run ();
}
