/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-account-list.h"

struct _MwAccountList
{
  GObject         parent_instance;

  /* Owned */
  MwProfileStore *store;
  GPtrArray      *items;
  GHashTable     *hidden;   /* set of ids */
};

static void mw_account_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MwAccountList, mw_account_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      mw_account_list_model_init))

static GType
mw_account_list_get_item_type (GListModel *model)
{
  return MW_TYPE_ACCOUNT_ITEM;
}

static guint
mw_account_list_get_n_items (GListModel *model)
{
  return MW_ACCOUNT_LIST (model)->items->len;
}

static gpointer
mw_account_list_get_item (GListModel *model,
                          guint       position)
{
  MwAccountList *self = MW_ACCOUNT_LIST (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
mw_account_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = mw_account_list_get_item_type;
  iface->get_n_items = mw_account_list_get_n_items;
  iface->get_item = mw_account_list_get_item;
}

/* id → profile, all of it borrowed from the store */
static GHashTable *
collect_profiles (MwAccountList *self)
{
  GPtrArray *profiles = mw_profile_store_get_profiles (self->store);
  GHashTable *table = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < profiles->len; i++)
    {
      MwProfile *profile = profiles->pdata[i];

      if (!g_hash_table_contains (self->hidden, profile->id))
        g_hash_table_insert (table, profile->id, profile);
    }

  return table;
}

static gboolean
is_gone (MwAccountList *self,
         guint          position,
         GHashTable    *profiles)
{
  MwAccountItem *item = self->items->pdata[position];

  return !g_hash_table_contains (profiles, mw_account_item_get_id (item));
}

/* Neighbours go together. */
static void
remove_gone (MwAccountList *self,
             GHashTable    *profiles)
{
  guint end = self->items->len;

  while (end > 0)
    {
      guint start = end;

      while (start > 0 && is_gone (self, start - 1, profiles))
        start--;

      if (start == end)
        {
          end--;
          continue;
        }

      g_ptr_array_remove_range (self->items, start, end - start);
      g_list_model_items_changed (G_LIST_MODEL (self), start, end - start, 0);
      end = start;
    }
}

/* Takes out of @profiles what has an item already. */
static void
update_known (MwAccountList *self,
              GHashTable    *profiles)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      MwAccountItem *item = self->items->pdata[i];
      g_autoptr(MwProfile) profile = NULL;

      profile = mw_profile_ref (g_hash_table_lookup (profiles, mw_account_item_get_id (item)));
      g_hash_table_remove (profiles, profile->id);
      /* Sorted and searched lists look at it once more. */
      if (mw_account_item_set_profile (item, profile))
        g_list_model_items_changed (G_LIST_MODEL (self), i, 1, 1);
    }
}

static void
add_new (MwAccountList *self,
         GHashTable    *profiles)
{
  GPtrArray *stored = mw_profile_store_get_profiles (self->store);
  guint n_before = self->items->len;

  /* In the order of the store, which is nearly the one they are shown in. */
  for (guint i = 0; i < stored->len; i++)
    {
      MwProfile *profile = stored->pdata[i];

      if (g_hash_table_contains (profiles, profile->id))
        g_ptr_array_add (self->items, mw_account_item_new (profile));
    }

  if (self->items->len > n_before)
    g_list_model_items_changed (G_LIST_MODEL (self), n_before, 0, self->items->len - n_before);
}

static void
mw_account_list_update (MwAccountList *self)
{
  g_autoptr(GHashTable) profiles = collect_profiles (self);

  remove_gone (self, profiles);
  update_known (self, profiles);
  add_new (self, profiles);
}

static void
mw_account_list_finalize (GObject *object)
{
  MwAccountList *self = MW_ACCOUNT_LIST (object);

  g_clear_object (&self->store);
  g_ptr_array_unref (self->items);
  g_hash_table_unref (self->hidden);

  G_OBJECT_CLASS (mw_account_list_parent_class)->finalize (object);
}

static void
mw_account_list_class_init (MwAccountListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mw_account_list_finalize;
}

static void
mw_account_list_init (MwAccountList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

MwAccountList *
mw_account_list_new (MwProfileStore *store)
{
  MwAccountList *self;

  g_return_val_if_fail (MW_IS_PROFILE_STORE (store), NULL);

  self = g_object_new (MW_TYPE_ACCOUNT_LIST, NULL);
  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (mw_account_list_update), self,
                           G_CONNECT_SWAPPED);
  mw_account_list_update (self);
  return self;
}

void
mw_account_list_set_hidden (MwAccountList *self,
                            const char    *id,
                            gboolean       hidden)
{
  g_return_if_fail (MW_IS_ACCOUNT_LIST (self));
  g_return_if_fail (id != NULL);

  if (hidden)
    g_hash_table_add (self->hidden, g_strdup (id));
  else
    g_hash_table_remove (self->hidden, id);
  mw_account_list_update (self);
}
